"""What every screen needs of the application: the open inspection, messages, one line asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from attrs import define
from rich.console import RenderableType
from textual import events
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.reactive import reactive

from sqs_core.errors import SqsError
from sqs_core.state import state_folder
from sqs_core.workflow.commands import COMMANDS, key_shown
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.populations import OF_THE_WHOLE
from sqs_tui.ascii_filter import AsciiFilter
from sqs_tui.autosave import Autosave, Key
from sqs_tui.background_task import BackgroundTask, GivenUpError, OnStep
from sqs_tui.crash_report import crash_report
from sqs_tui.key_map import keys_to_use
from sqs_tui.messages import Notice, NotSaved, Saved, TaskDone, TaskProgress
from sqs_tui.recent import Place, RecentInspections
from sqs_tui.settings import Settings, config_file, read_settings, write_settings
from sqs_tui.theme import use_theme
from sqs_tui.typeahead import TypeAhead
from sqs_tui.widgets.lines import point_at_focus
from sqs_tui.widgets.status_bar import News, failure_words

if TYPE_CHECKING:
    from sqs_core.storage.external_editor import TextOf
    from sqs_tui.loading import Snapshot
    from sqs_tui.workspace import Workspace

MESSAGE_SECONDS = 4.0
"""Seconds that a message stays in row 1; a warning stays until the next key."""
PAINT_FIRST = 0.03
"""Seconds that a save waits: encoding a record takes the interpreter from the thread that paints."""
SLOW = 0.2
"""Seconds after which row 1 says that a record is being written."""
DEAF = 0.5
"""Seconds after an editor ended in which Ctrl-C is taken to have been meant for it."""
RECENT: Key = ("", "recent", "")
"""Under this key the list of inspections last open is saved; of it row 1 tells nothing."""


@runtime_checkable
class HoldsText(Protocol):
    """A screen in which something may be typed that is not in a record yet."""

    def commit(self) -> None:
        """Put it into the record."""


@define
class Tick:
    """What else holds with a line, in ``words``, and whether it does."""

    words: str
    on: bool = True

    @property
    def shown(self) -> str:
        """The tick, and the key that changes it."""
        mark, does = ("[x]", "takes it off") if self.on else ("[ ]", "puts it back")
        return f"{mark} {self.words}   F2 {does}"


class BaseApp(TypeAhead):
    """The services of the application; what screens there are it does not know."""

    news: reactive[News] = reactive(News(), init=False, repaint=False)
    """What row 1 tells."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        self.settings: Settings = read_settings(config_file())
        self.keys, wrong = keys_to_use(self.settings.keys)
        self.wrong_settings: tuple[str, ...] = (*self.settings.problems, *wrong)
        """What of the settings cannot be used, until it was told."""
        self._ascii = AsciiFilter()
        self._ascii_asked = ascii_only
        super().__init__()
        self._ascii.enabled = ascii_only or self.settings.ascii
        self.state: Path = state_folder()
        self.recent = RecentInspections()
        self.knows_recent = False
        """Whether the inspections last open were read."""
        self.workspace: Workspace | None = None
        self.way_back: tuple[str, Location] | None = None
        """The folder and the page from which the place in view was opened, where it is of another one."""
        self.messages: list[tuple[str, str]] = []
        """The time and the words of everything that row 1 has told, the oldest first."""
        self.unsent: dict[tuple[str, str], str] = {}
        """What was typed into a line that was left without Enter, by what the line asked for."""
        self.edited_externally: list[TextOf] = []
        """What was given to an editor: its files go once their words are saved."""
        self.autosave = Autosave(self._post_saved, self._post_not_saved)
        self.autosave.hashes[RECENT] = ""
        self.background = BackgroundTask(self)
        self._deaf_until = 0.0
        self._number = 0
        self._told_on: object = None
        self._stays = False
        use_theme(self, self.settings.theme)

    # ------------------------------------------------------------ what row 1 tells

    def in_its_words(self, ours: str) -> str:
        """Return ``ours``, a text of this program on cases, in the words of the population in view.

        As it is on a page that is of the whole inspection.
        """
        page = next((s for s in reversed(self.screen_stack) if not s.is_modal), None)
        if self.workspace is None or getattr(page, "view", "") in OF_THE_WHOLE:
            return ours
        return self.workspace.criteria.in_its_words(ours)

    def show_message(self, words: str, *, warning: bool = False, stays: bool = False) -> None:
        """Tell ``words`` in row 1: for four seconds; a warning, or what ``stays``, until the next key."""
        self.messages.append((f"{datetime.now():%H:%M:%S}", words))
        self.show_progress(words, warning=warning)
        self._stays = stays
        if not (warning or stays):
            number = self._number
            self.set_timer(MESSAGE_SECONDS, lambda: self._clear(number))

    def show_progress(self, words: str, *, warning: bool = False) -> None:
        """Tell ``words`` in row 1 until something else is told; they are not kept."""
        self._number += 1
        self._stays = False
        # A box over the screen is gone by the time it is read: the screen under it is what it is told on.
        self._told_on = next((s for s in reversed(self.screen_stack) if not s.is_modal), None)
        self.news = self.news.with_message(words, warning=warning)

    @cached_property
    def _printed_keys(self) -> Mapping[str, str]:
        return {
            one.id: key_shown(keys[0])
            for one in COMMANDS
            if (keys := self.keys[one.id].split(",") if one.id in self.keys else one.keys)
        }

    def key_of(self, id_: str) -> str:
        """Return the first key of a command as it is printed: its own, or what the settings give it."""
        return self._printed_keys[id_]

    def show_error(self, error: SqsError) -> None:
        """Tell what was refused, and what would work, until the next key."""
        words = "; ".join(part for p in error.problems for part in (p.what, p.remedy) if part)
        self.show_message(words, warning=True)

    def clear_message(self) -> None:
        """Tell nothing more."""
        self._clear(self._number)

    def key_begins(self) -> None:
        """A key was pressed: what stays until then has been read."""
        if self.news.warning or self._stays:
            self.clear_message()

    def _clear(self, number: int) -> None:
        if number == self._number:
            self.news = self.news.with_message("", warning=False)

    # ------------------------------------------------------------ the mouse and the terminal's cursor

    _pressed_at = Offset()
    """Where a button of the mouse was pressed last."""

    async def on_event(self, event: events.Event) -> None:
        """Tell a drag, which selects text, from a click: Textual takes it for one on what it ends on, too."""
        if isinstance(event, events.MouseDown):
            self._pressed_at = event.screen_offset
        if isinstance(event, events.MouseUp):
            right, down = event.screen_offset - self._pressed_at
            if down or abs(right) > 1:  # a hand that is not steady still clicks
                with self.prevent(events.Click):
                    await super().on_event(event)
                return
        await super().on_event(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Put the terminal's cursor on what has the keys now."""
        point_at_focus(event.widget)

    # ------------------------------------------------------------ saving

    def _post_saved(self, key: Key, at: datetime) -> None:
        if self.is_running:
            self.post_message(Saved(key, at))

    def _post_not_saved(self, key: Key, words: str, rescue: str) -> None:
        if self.is_running:
            self.post_message(NotSaved(key, words, rescue))

    def notice(self, words: str) -> None:
        """Tell what the core did beside saving; it may be told off the UI thread."""
        if self.is_running:
            self.post_message(Notice(words))

    def on_notice(self, message: Notice) -> None:
        """Show it until it has been read."""
        self.show_message(message.words, warning=True)

    def on_saved(self, message: Saved) -> None:
        """A record is on the disk."""
        if message.key != RECENT:
            slow = self.news.writing and self.autosave.writing
            self.news = self.news.saved_at(message.at, failure=self._failure(), writing=slow)

    def on_not_saved(self, message: NotSaved) -> None:
        """A record is not on the disk: row 1 tells it until it is."""
        if message.key != RECENT:
            self.messages.append((f"{datetime.now():%H:%M:%S}", f"not saved: {message.words}"))
            self.show_failures()

    def show_failures(self) -> None:
        """Tell of saves that failed and still have to be done, or of none."""
        self.news = self.news.failing(self._failure())

    def _failure(self) -> str:
        failures = {key: words for key, words in self.autosave.failures.items() if key != RECENT}
        if not failures:
            return ""
        key, words = next(iter(failures.items()))
        return failure_words(key, words, self.autosave.copy_of(key))

    def save_started(self) -> None:
        """A record is to be saved, after it was painted.  Row 1 says so only where that takes a while."""
        self.set_timer(PAINT_FIRST, self.autosave.wake)
        self.set_timer(SLOW, self._still_saving)

    def _still_saving(self) -> None:
        writing = self.autosave.writing
        if writing != self.news.writing:
            self.news = self.news.slow(writing)
        if writing:
            self.set_timer(SLOW, self._still_saving)

    def save_now(self) -> None:
        """Write now, and say so."""
        self.commit()
        if not self.autosave.flush(2.0):
            self.show_message("not everything is saved yet; row 1 says when it is")
        else:
            at = self.news.saved.removeprefix("✓ saved ")
            self.show_message(f"already saved at {at}" if at else "everything is saved")

    def commit(self) -> None:
        """Put whatever is being typed into its record."""
        for screen in self.screen_stack:
            if isinstance(screen, HoldsText):
                screen.commit()

    def clear_old_message(self) -> None:
        """Another screen is in view: what was told on the one before no longer belongs here."""
        if self.news.message and not self.news.warning and self._told_on is not self.screen:
            self.clear_message()

    # ------------------------------------------------------------ long work

    def on_task_progress(self, message: TaskProgress) -> None:
        """Say how far it is."""
        self.show_doing(message.words)

    def show_doing(self, so_far: str = "") -> None:
        """Say in row 1 what takes long, how far it is, and the key that ends it."""
        if self.background.given_up:
            keys = "giving up …"
        else:
            keys = "then sqs ends; q again ends it now" if self.background.then_quit else "Esc gives up"
        self.show_progress(f"{self.background.doing} … {so_far}".rstrip() + f"  {keys}")

    def on_task_done(self, message: TaskDone) -> None:
        """It is done, or could not be, or was given up: then row 1 says so."""
        quits, self.background.then_quit = self.background.then_quit, False
        self.background.end()
        self.clear_message()
        if isinstance(message.error, GivenUpError):
            self.show_message(str(message.error))
        elif message.error is not None:
            self.show_error(message.error)
        else:
            self.attempt(lambda: message.then(message.result))
            if quits:
                self.call_later(self.quit_unless_asked, self.news.message)

    def begin(self, words: str, work: Callable[[OnStep], Any], then: Callable[[Any], object]) -> None:
        """Do ``work`` in the background, then ``then`` with its result; ``words`` say what it is."""
        if self.background.begin(words, work, then):
            self.show_doing()
        else:
            self.show_message(f"still {self.background.doing}; Esc gives it up", warning=True)

    # ------------------------------------------------------------ what the application itself knows

    folder_asked_for: str | None = None
    """The folder that is being opened, or was."""
    second = False
    """Whether second markings are worked on."""

    def give_up(self) -> bool:
        """Give up what takes long; return whether there was anything."""
        raise NotImplementedError

    def quit_unless_asked(self, words: str) -> None:
        """End, saying ``words`` to the shell; not where something is asked or went wrong meanwhile."""
        raise NotImplementedError

    def use_snapshot(self, snapshot: Snapshot) -> None:
        """Work on the inspection of ``snapshot`` from now on."""
        raise NotImplementedError

    def check_blinded(self) -> None:
        """Put away cases that are being marked a second time now."""
        raise NotImplementedError

    def count(self) -> None:
        """Count the figures anew, if any record changed."""
        raise NotImplementedError

    def refresh_screen(self) -> None:
        """Show the screen in view as everything is now."""
        raise NotImplementedError

    def open_folder(self, path: str) -> None:
        """Open the inspection at ``path``."""
        raise NotImplementedError

    def turn_to_population(self, name: str = "", then: Location | None = None) -> None:
        """Open the population called ``name`` (the next one) of this inspection, and there go to ``then``."""
        raise NotImplementedError

    def turn_to_folder(self, folder: str, then: Location | None = None) -> None:
        """Open another inspection or population, and there go to ``then``; from some pages Esc leads back."""
        raise NotImplementedError

    def left_page(self) -> None:
        """Go back to the page elsewhere from which the place just left was opened, if any."""
        raise NotImplementedError

    def open_practice(self) -> None:
        """Open the practice cases."""
        raise NotImplementedError

    def attempt(self, what: Callable[[], object], done: str = "") -> None:
        """Do ``what``, and say that it is ``done``; or what was refused."""
        try:
            what()
        except SqsError as error:
            self.show_error(error)
        else:
            if done:
                self.show_message(done)

    # ------------------------------------------------------------ the rest

    def note_place(self, place: Place | None) -> None:
        """Remember where one is, so that opening again lands there; None: only how far the cases are."""
        raise NotImplementedError

    def ask(
        self,
        label: str,
        value: str,
        then: Callable[[str], None],
        *,
        does: str = "keep it",
        live: Callable[[str], None] | None = None,
        tick: Tick | None = None,
    ) -> None:
        """Ask for one line in a box over the screen, as :class:`sqs_tui.screens.prompt.PromptScreen` does."""
        raise NotImplementedError

    def get_line_filters(self) -> list[LineFilter]:
        """Return what changes every line drawn: Textual's own, and ours where only ASCII can be shown."""
        filters = list(super().get_line_filters())
        return [*filters, self._ascii] if self._ascii.enabled else filters

    def choose(self, settings: Settings) -> None:
        """Use other settings from now on, and write them down."""
        self.settings = settings
        self.use_ascii(settings.ascii)
        use_theme(self, settings.theme)
        self.show_cursor(settings.reader_cursor)
        self.attempt(lambda: write_settings(config_file(), settings))

    def use_ascii(self, wanted: bool) -> None:
        """Draw in ASCII from now on, or no longer; a terminal without anything else keeps to it."""
        self._ascii.enabled = wanted or self._ascii_asked
        self.refresh(layout=True)

    def show_cursor(self, shown: bool) -> None:
        """Show the terminal's own cursor from now on, or hide it again."""
        self.write_to_terminal("\x1b[?25h" if shown else "\x1b[?25l")

    def deaf_for_a_moment(self) -> None:
        """Take a Ctrl-C to have been meant for the editor that just ended."""
        self._deaf_until = monotonic() + DEAF

    def deaf(self) -> bool:
        """Return whether a Ctrl-C is taken to have been meant for an editor."""
        return monotonic() < self._deaf_until

    def crash_report(self, error: BaseException | None) -> RenderableType:
        """Return where the program failed, without a word of any record, once what was typed is saved."""
        try:
            self.commit()
        except Exception:  # what failed may be the screen that holds the text
            self.bell()
        kept = "what was typed has been saved."
        if not self.autosave.flush(3.0):
            kept = f"not everything could be saved; {self.where_copies_are()}."
        return crash_report(error, kept)

    def where_copies_are(self) -> str:
        """Return where the copies of what could not be saved are."""
        copies = ", ".join(filter(None, map(self.autosave.copy_of, self.autosave.failures)))
        return f"copies are in {copies or 'memory only'}"

    # ------------------------------------------------------------ the clipboard

    @property
    def clipboard(self) -> str:
        """What was cut or copied here; it goes to the terminal only where a person asks for that."""
        return self._clip

    _clip = ""

    def copy_to_clipboard(self, text: str) -> None:
        """Keep ``text`` for pasting within the program."""
        self._clip = text

    def send_to_terminal_clipboard(self, text: str) -> None:
        """Send ``text`` to the terminal's clipboard."""
        super().copy_to_clipboard(text)
        self.show_message(f"{len(text)} characters sent to the terminal's clipboard")
