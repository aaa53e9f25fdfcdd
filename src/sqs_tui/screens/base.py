"""What every screen shares: row 1 and the footer, the keys that hold everywhere, words to the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from attrs import evolve
from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from sqs_core.errors import SqsError
from sqs_core.workflow.navigation import Location, View
from sqs_tui.base_app import BaseApp
from sqs_tui.bindings import app_bindings
from sqs_tui.messages import GoTo
from sqs_tui.screens.prompt import PAUSE
from sqs_tui.screens.too_small import TooSmall, size_classes
from sqs_tui.styles import text
from sqs_tui.widgets.key_footer import KeyFooter
from sqs_tui.widgets.lines import LinesView, point_at_focus
from sqs_tui.widgets.pasting import Dropped
from sqs_tui.widgets.status_bar import Hint, MoreNews, News, StatusBar

if TYPE_CHECKING:
    from sqs_core.criteria import Criteria
    from sqs_tui.workspace import Workspace


Read = TypeVar("Read")

LISTS = ("strengths", "improvements", "copies")
"""The lists of the letter."""
OF_THE_LETTER = (*LISTS, "actions", "compared")
"""What can be shown everywhere in an inspection that has a letter."""


class SqsScreen(Screen[None]):
    """A screen of ours.

    Its keys come from the catalogue of commands (``BINDINGS = bindings_of("question")``), each runs the
    action of that name.  It composes its own widgets; ``update_view`` gives them the values to show, when
    the screen comes into view and when a record changed.
    """

    app = getters.app(BaseApp)
    BINDINGS: ClassVar[list[BindingType]] = app_bindings()
    ESCAPE_TO_MINIMIZE = False

    view: ClassVar[View]
    help_text: ClassVar[str] = ""
    counts: ClassVar[bool] = False
    """Whether it shows figures, so that they are to be counted again when a record changed."""
    shows_notes: ClassVar[bool] = False
    """Whether it shows what was noted in cases, whichever: it is left where one of them is blinded."""
    commits_soon = False
    """Whether what is typed is to be committed in a moment."""
    fits_room: ClassVar[bool] = False
    """Whether what it shows depends on the room there is."""
    saved: ClassVar[str] = "saved"
    """What row 1 says of the last save: choices are "kept" while nothing of them is written."""
    decides: ClassVar[bool] = False
    """Whether records are decided on here: then they stay as the person saw them when they chose."""

    # ------------------------------------------------------------ what each screen says

    def compose_body(self) -> ComposeResult:
        """Yield what stands between row 1 and the row over the footer."""
        raise NotImplementedError

    def update_view(self) -> None:
        """Give the widgets what they are to show now."""

    def recover(self) -> None:
        """Find again what can be undone of the runs before this one: a screen of a case has something."""

    def where(self) -> str:
        """Return where one is, for row 1."""
        return "Short Quality Screening"

    @property
    def location(self) -> Location:
        """Return where one is, to come back to."""
        return Location(self.view)

    def far(self) -> str:
        """Return how far one is, for row 1."""
        return ""

    def paste_goes(self) -> str:
        """Return where a paste would go, for one that no box took."""
        return "no text is being written here"

    def commit(self) -> None:
        """Put what is being typed into its record."""

    def commit_soon(self) -> None:
        """Commit in a moment, whatever else is typed meanwhile, unless it is done before."""
        if not self.commits_soon:
            self.commits_soon = True
            self.set_timer(PAUSE, lambda: self.commit() if self.commits_soon else None)

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """Yield what can be jumped to: the widget, the row in it, a letter of its own or "", and a name."""
        yield from ()

    def jump_to(self, name: str) -> None:
        """Go to what ``jump_targets`` named so."""

    # ------------------------------------------------------------ what all screens share

    def compose(self) -> ComposeResult:
        """Yield row 1, the body, a tip, the footer."""
        self.add_class(*size_classes(self.app.size), update=False)  # laid out for this window from the first
        yield StatusBar()
        yield from self.compose_body()
        yield Hint()
        yield KeyFooter()
        yield MoreNews()
        yield TooSmall()

    @property
    def workspace(self) -> Workspace:
        """The open inspection; only screens that need one ask for it."""
        workspace = self.app.workspace
        assert workspace is not None
        return workspace

    @property
    def criteria(self) -> Criteria:
        """The criteria of the population in view."""
        return self.workspace.criteria

    def in_its_words(self, ours: str) -> str:
        """Return ``ours``, a text of this program on cases, in the words of the population in view."""
        return self.app.in_its_words(ours)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work; none once the screen is left: what they depend on goes before it."""
        return super().active_bindings if self in self.app.screen_stack else {}

    @property
    def writing(self) -> bool:
        """Whether the keys go into a text field."""
        return isinstance(self.focused, Input | TextArea)

    def on_mount(self) -> None:
        """Show what there is to show."""
        self.watch(self.app, "news", self._show_news)
        self.screen_layout_refresh_signal.subscribe(self, self._laid_out)
        self.refresh_view()

    def on_resize(self) -> None:
        """Show what has room now, once it is laid out."""
        if self.fits_room:
            self.call_after_refresh(self.refresh_view)

    def on_screen_resume(self) -> None:
        """Show what may have changed while another screen was in view."""
        self.app.check_blinded()
        if self.counts:
            self.app.count()
        self.app.clear_old_message()
        self.refresh_view()
        point_at_focus(self.focused)
        self.shown_again()

    def shown_again(self) -> None:
        """The screen has come into view, and shows what there is."""

    def _laid_out(self, _: Screen[object]) -> None:
        """Have a box over this screen painted again: it is painted with what lies under it."""
        if self.in_view and not self.is_active:
            self.app.screen.refresh()

    @property
    def in_view(self) -> bool:
        """Whether it is seen: nothing but boxes stands over it."""
        stack = self.app.screen_stack
        return self in stack and all(screen.is_modal for screen in stack[stack.index(self) + 1 :])

    def refresh_view(self) -> None:
        """Show everything as it is now; nothing while another screen is in view, or it is not mounted yet."""
        if self.is_mounted and self.in_view:
            self._show_news(self.app.news)
            self.show_place()
            self.update_view()

    def show_place(self) -> None:
        """Show row 1 as it is now."""
        bar = self.query_one(StatusBar)
        bar.where, bar.far = self.where(), self.far()

    def show_rows(self, lines: str, rows: Sequence[Content]) -> None:
        """Show ``rows`` in the :class:`LinesView` that is called ``lines``: "#summary"."""
        self.query_one(lines, LinesView).show(rows)

    def show_tip(self, words: str, style: str = "$text-muted") -> None:
        """Show ``words`` in the row over the footer, where nothing of more weight stands there."""
        self.query_one(Hint).show(text(f" {words}", style) if words else Content.empty())

    def _show_news(self, news: News) -> None:
        if not self.is_active:  # what changes under another screen has all of that painted again
            return
        self.query_one(StatusBar).news = evolve(news, saved=news.saved.replace("saved", self.saved))
        self.query_one(Hint).news = news
        self.query_one(MoreNews).show_news(news)

    def in_background(
        self,
        read: Callable[[], Read],
        then: Callable[[Read], object],
        refused: Callable[[SqsError], object] | None = None,
    ) -> None:
        """Do ``read`` off the UI thread, and ``then`` with what it gives; row 1 tells what is refused."""
        refused = refused or self.app.show_error

        def work() -> None:
            try:
                found = read()
            except SqsError as error:
                self.call_later(refused, error)
            else:
                self.call_later(then, found)

        self.run_worker(work, thread=True)

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no box took: say what would work."""
        if not self.writing:
            self.app.show_message(f"nothing was pasted: {self.paste_goes()}")

    @on(Dropped)
    def _paste_was_cut(self, message: Dropped) -> None:
        words = f"{message.count} invisible or control characters of the paste were left out"
        self.app.show_message(words)

    # ------------------------------------------------------------ what can be done everywhere

    def go_to(self, location: Location) -> None:
        """Have the application open the screen for ``location``."""
        self.post_message(GoTo(location))

    def action_back(self) -> None:
        """Go out one level; what is being done in the background is given up first."""
        if not self.app.give_up():
            self.commit()
            self.leave()
            self.app.left_page()

    def leave(self) -> None:
        """Go out one level."""
        self.app.pop_screen()

    def action_undo(self) -> None:
        """Say where undo works."""
        self.app.show_message(self.in_its_words("undo works inside a case"))

    def action_redo(self) -> None:
        """Say where redo works."""
        self.app.show_message(self.in_its_words("redo works inside a case"))

    def action_shared(self) -> None:
        """Say where the shared view is."""
        self.app.show_message(self.in_its_words("the shared view is of a question: open a case first"))

    def action_copy(self) -> None:
        """Say where copying works."""
        self.app.show_message("copy works on a note: open a question first")

    def action_editor(self) -> None:
        """Say where the editor works."""
        words = "F4 works in a text that is being written: e writes the evidence of a question"
        self.app.show_message(words)

    def action_again(self) -> None:
        """Say of what reading again is."""
        self.app.show_message(self.in_its_words("open the case whose save was refused first"))

    def action_save(self) -> None:
        """Write now, and say so."""
        self.app.save_now()

    def action_inspection_merge(self) -> None:
        """Merge another inspector's folder into this one."""
        self.go_to(Location("merge"))

    def action_settings(self) -> None:
        """Theme and the rest."""
        self.go_to(Location("settings"))

    def action_view(self, view: str) -> None:
        """Show a view of the inspection, or a list of its letter."""
        self.go_to(Location("list", item=view) if view in LISTS else Location(view))  # type: ignore[arg-type]

    def allows(self, action: str) -> bool:
        """Return whether ``action``, one of the application's own, can be done while this is in view."""
        return True

    def why_not(self, action: str) -> str:
        """Return why ``action`` cannot be done, where ``check_action`` said None; "" for the usual words."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done now."""
        if action in ("letter_proof", "inspection_pace"):
            return False  # plain mode's words; the screens show both beside what they are of
        workspace = self.app.workspace
        if action == "view" and workspace is None:
            return parameters[0] not in (*OF_THE_LETTER, "unsaved")
        if action == "view" and workspace is not None and workspace.second:
            return parameters[0] not in OF_THE_LETTER
        return super().check_action(action, parameters)
