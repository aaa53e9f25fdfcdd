"""Row 1: the place, the progress, the last save; a message for a while, a failure as long as it lasts."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve, frozen
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from sqs_core.state import at_home
from sqs_core.text import shown
from sqs_tui.autosave import Key
from sqs_tui.styles import DIM, GOOD, HERE, TITLE, WARN

CHANGED = "it was changed"


@frozen
class News:
    """A failed save, a message, the time of the last save, all in words, and whether a save is running."""

    failure: str = ""
    message: str = ""
    warning: bool = False
    saved: str = ""
    writing: bool = False

    def with_message(self, message: str, *, warning: bool) -> News:
        """Return the news with another message."""
        return evolve(self, message=message, warning=warning)

    def saved_at(self, at: datetime, *, failure: str, writing: bool) -> News:
        """Return the news after a record was saved."""
        return evolve(self, saved=f"✓ saved {at:%H:%M:%S}", failure=failure, writing=writing)

    def failing(self, failure: str) -> News:
        """Return the news after a save failed, or works again."""
        return evolve(self, failure=failure)

    def slow(self, writing: bool) -> News:
        """Return the news while a save takes long, or has ended."""
        return evolve(self, writing=writing)

    @property
    def words(self) -> str:
        """What is shown instead of the place; "" for nothing."""
        return shown(f"! NOT SAVED: {self.failure}" if self.failure else self.message)


def row_1(news: News, where: str, far: str, width: int) -> Content:
    """Return row 1 in exactly ``width`` cells.

    A failed save stays there, in words; a message stands in for the place, and for the time where it is long.
    """
    saved = Content.styled("● writing ", WARN) if news.writing and not news.failure else Content.empty()
    if not saved and news.saved and not news.failure:
        saved = Content.styled(f"{news.saved} ", GOOD)
    if not news.words:
        right = Content.assemble((f"{far}  ", DIM), saved) if far else saved
        place = Content.styled(shown(f" {where}"), TITLE).truncate(
            max(10, width - right.cell_length - 1), ellipsis=True
        )
        return _between(place, right, width)
    left = Content.styled(news_rows(news, width)[0], WARN if news.failure or news.warning else HERE)
    # A sentence is not cut for the sake of the time: that comes back in four seconds.
    fits = not news.warning and left.cell_length + 2 + saved.cell_length <= width
    return _between(left, saved, width) if fits and not news.failure else left


def goes_on(news: News, width: int) -> Content:
    """Return what row 1 has no room for: of a message the rows under it, of a failure one over the footer."""
    rest = news_rows(news, width)[1:]
    style = WARN if news.failure or news.warning else HERE
    if news.failure:
        rest = [" ".join(rest)] if rest else []
    return Content("\n").join(Content.styled(f" {row}", style).truncate(width, ellipsis=True) for row in rest)


def news_rows(news: News, width: int) -> list[str]:
    """Return the words in rows, cut at a blank; a path longer than a row is cut where the row ends."""
    words = Content(news.words)
    first, *rest = words.wrap(width - 2) or [Content.empty()]
    if rest and first.cell_length < width // 2:
        head, tail = words.divide([_fitting(news.words, width - 2)])[:2]
        return [f" {head.plain}", tail.plain]
    return [f" {first.plain.rstrip()}", *(row.plain.strip() for row in rest)]


def _fitting(words: str, width: int) -> int:
    """Return how many characters of ``words`` fit into ``width`` cells."""
    return len(Content(words).truncate(width).plain)


def _between(left: Content, right: Content, width: int) -> Content:
    return left + Content(" " * max(0, width - left.cell_length - right.cell_length)) + right


def failure_words(key: Key, words: str, copy: str) -> str:
    """Return why the record ``key`` was not saved, and where what was typed is kept."""
    what = words.removeprefix("not saved: ").removeprefix("not saved, for ").partition(";")[0]
    kept = f"kept in memory and in {at_home(copy)}" if copy else "kept in memory"
    if what.startswith(CHANGED):
        kept = f"^P “from disk” takes theirs; yours is {kept}"
    _, kind, name = key
    record = {"letter": "the letter", "second": f"second marking {name}"}.get(kind, f"{kind} {name}")
    return f"{record}{what[2:]} - {kept}" if what.startswith("it ") else f"{what} - {kept}"


class StatusBar(Widget):
    """The first row."""

    DEFAULT_CSS = """
    StatusBar { height: 1; dock: top; }
    """

    where: reactive[str] = reactive("")
    far: reactive[str] = reactive("")
    news: reactive[News] = reactive(News())

    def render(self) -> Content:
        """Return the row."""
        return row_1(self.news, self.where, self.far, self.size.width)


class MoreNews(Widget):
    """What of a message row 1 has no room for, over the rows under it for as long as it is told."""

    DEFAULT_CSS = """
    MoreNews { layer: news; dock: top; offset: 0 1; height: auto; display: none; background: $background; }
    """

    def show_news(self, news: News) -> None:
        """Show the rest of ``news``; nothing of a failure, which stays and would hide what is under it."""
        more = Content.empty() if news.failure else goes_on(news, self.screen.size.width)
        if more or self.display:
            self.news, self.display = more, bool(more)

    news: reactive[Content] = reactive(Content.empty, layout=True)

    def render(self) -> Content:
        """Return the rows."""
        return self.news


class Hint(Widget):
    """One row; ``tip`` is shown when nothing more important is: a failure that row 1 has no room for."""

    DEFAULT_CSS = """
    Hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    tip: reactive[Content] = reactive(Content.empty, always_update=True)
    news: reactive[News] = reactive(News())

    def show(self, tip: Content) -> None:
        """Show ``tip``; the same one is not painted again."""
        if not self.tip.is_same(tip):
            self.tip = tip

    def render(self) -> Content:
        """Return the row."""
        return (self.news.failure and goes_on(self.news, self.size.width)) or self.tip
