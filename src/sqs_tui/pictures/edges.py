"""Row 1, the five views under it, and the last row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sqs_tui.deeds import Deed, key_shown
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, between, cut, line, parted, short, width_of, wrapped

LEAST = (60, 18)
VIEWS = ("Cases", "Board", "Interviews", "Letter", "Check")


class News(NamedTuple):
    """What row 1 has to tell beside the place: a failure, a message, and when it was last saved."""

    failure: str = ""
    message: str = ""
    warning: bool = False
    saved: str = ""
    writing: bool = False


def header_line(news: News, where: str, far: str, width: int) -> Line:
    """Row 1.  A failed save stays there, in words; a message stands in for the place for a while."""
    if news.failure:
        return line((_rows_of(news, width)[0], "warn"))
    if news.writing:
        saved: Line = (Span("● writing ", "warn"),)
    else:
        saved = (Span(f"{news.saved} ", "good"),) if news.saved else EMPTY
    right = (Span(f"{far}  ", "dim"), *saved) if far else saved
    if news.message:
        left: Line = (Span(_rows_of(news, width)[0], "warn" if news.warning else "here"),)
        # A sentence is not cut for the sake of the time: that comes back in four seconds.
        fits = not news.warning and width_of(left) + 2 + width_of(saved) <= width
        return between(left, saved, width) if fits else left
    return between((Span(" " + short(where, max(10, width - width_of(right) - 2)), "title"),), right, width)


def goes_on(news: News, width: int) -> Line:
    """What row 1 has no room for: it stands in the row over the footer."""
    rest = " ".join(_rows_of(news, width)[1:])
    return (
        line((short(f" {rest}", width), "warn" if news.failure or news.warning else "here"))
        if rest
        else EMPTY
    )


def _rows_of(news: News, width: int) -> list[str]:
    words = f"! NOT SAVED: {news.failure}" if news.failure else news.message
    first, *rest = wrapped(words, width - 2) or [""]
    if rest and len(first) < width // 2:  # a long path: broken where the row ends, not put off whole
        head, tail = parted(line(words), width - 2)
        return [f" {head[0].text}", *(span.text for span in tail)]
    return [f" {first}", *rest]


def tabs(active: str, width: int, right: str = "") -> Line:
    """The five views, the one in view in brackets; each can be pointed at."""
    parts: list[Part] = [" "]
    for place, name in enumerate(VIEWS, 1):
        shown = f"[{name}]" if name == active else name
        parts += [
            (shown, "here" if name == active else "dim", f"key:{place}"),
            "   " if width >= 100 else "  ",
        ]
    left = line(*parts)
    if width_of(left) + len(right) > width - 1:
        right = ""
    return (*cut(left, width - len(right) - 1), Span(right + " ", "dim"))


@lru_cache(maxsize=64)
def footer_line(deeds: tuple[Deed, ...], width: int, *, writing: bool) -> Line:
    """The last row: whole items, those of least weight falling off first; help and commands always."""
    help_ = "F1" if writing else "?"
    right = (
        Span(f"{help_} help", "title", "key:f1"),
        Span("  "),
        Span("^P commands ", "title", "key:ctrl+p"),
    )
    kept = list(deeds)
    room = width - width_of(right) - 2
    while kept and width_of(_items(kept)) > room:
        kept.remove(max(kept, key=lambda deed: deed.foot))
    return between(_items(kept), right, width)


def _items(deeds: Sequence[Deed]) -> Line:
    spans = [Span(" ")]
    for deed in deeds:
        wish = f"key:{deed.key}"
        spans += [Span(key_shown(deed.key), "title", wish), Span(f" {deed.words}  ", "", wish)]
    return tuple(spans)


def too_small(width: int, height: int) -> list[Line]:
    """What stands there when the window has no room for a screen."""
    words = f"needs {LEAST[0]}×{LEAST[1]}, this window is {width}×{height};"
    return [EMPTY, line(f" {words}"), line(" your work is saved.")]
