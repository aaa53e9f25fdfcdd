"""The application: it opens inspections and screens, and sees to it that nothing is lost."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.actions import ActionParseResult, SkipAction
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea
from textual.worker import Worker, get_current_worker

from sqs_core.errors import SqsError
from sqs_core.storage.external_editor import put_away
from sqs_core.storage.layout import CASES
from sqs_core.storage.moderation.second import as_second
from sqs_core.text import shown
from sqs_core.workflow.commands import key_shown
from sqs_core.workflow.navigation import Location, View
from sqs_tui.autosave import SaveJob
from sqs_tui.base_app import RECENT, BaseApp, Tick
from sqs_tui.bindings import shown_key
from sqs_tui.commands import palette
from sqs_tui.messages import Counted, ExternalChange, GoTo, LetterMerged, Loaded, Loading, NotLoaded
from sqs_tui.recent import Place, Recent, RecentInspections, read_recent, write_recent
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.help import help_screen, messages_page
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.page import PageScreen
from sqs_tui.screens.prompt import PromptScreen
from sqs_tui.screens.stack import to_overview
from sqs_tui.screens.start import StartScreen
from sqs_tui.screens.too_small import HORIZONTAL, VERTICAL
from sqs_tui.shutdown import end_on_signals
from sqs_tui.styles import days
from sqs_tui.terminal import refusal

if TYPE_CHECKING:
    from types import ModuleType

    from sqs_core.records import Narrative
    from sqs_tui.loading import Snapshot
    from sqs_tui.navigation import Navigation
    from sqs_tui.upkeep import Upkeep
    from sqs_tui.workspace import Workspace

OnRead = Callable[[int, int], None]
"""Hears how many cases of how many have been read."""
POLL_SECONDS = 2.0
"""Seconds between two looks at which cases are blinded, and at what others changed."""


LEADS_BACK: tuple[View, ...] = ("left", "letter")
"""Views that lead into any population, or the inspection before, and to which Esc leads back."""


class SqsApp(BaseApp, inherit_bindings=False):
    """The screens on one inspection after another."""

    TITLE = "sqs"
    # One sheet: with more than 64 of its own and of widgets, Textual parses all anew at each new widget.
    CSS = "\n".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.rglob("*.tcss")))
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS = [
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="app.quit"),
        Binding("tab", "focus_next", "next field", show=False, id="app.focus-next"),
        Binding("shift+tab", "focus_previous", "field before", show=False, id="app.focus-previous"),
        Binding(
            "ctrl+c",
            "copy_selection",
            "copy what is selected",
            show=False,
            priority=True,
            id="app.copy-selection",
        ),
    ]

    def __init__(
        self,
        folder: str | None = None,
        case: str | None = None,
        *,
        ascii_marks: bool = False,
        second: bool = False,
    ) -> None:
        super().__init__(ascii_only=ascii_marks)
        self.folder_asked_for, self._case_asked_for, self.second = folder, case, second
        self._carry_on = False
        self._told_of: set[tuple[str, str]] = set()
        """The lines that were refused, and told of when somebody wanted to leave."""
        self._go_after: tuple[Location, tuple[str, Location] | None] | None = None
        self._did_something = True
        self._reader: Worker[None] | None = None
        self._hearing = ExitStack()
        self.reading = ""
        """How far the reading of an inspection is; "" where none is read."""
        self.set_keymap(self.keys)

    # What follows is imported when it is first used: the first frame waits for no screen but its own.

    @cached_property
    def navigation(self) -> Navigation:
        """What opens other screens."""
        from sqs_tui.navigation import Navigation

        return Navigation(self)

    @cached_property
    def upkeep(self) -> Upkeep:
        """What keeps the screens true to the records."""
        from sqs_tui.upkeep import Upkeep

        return Upkeep(self)

    # ------------------------------------------------------------ coming and going

    def get_default_screen(self) -> SqsScreen:
        """Return the first screen: the first thing drawn, and nothing is mounted under it."""
        return StartScreen() if self.folder_asked_for is None else OverviewScreen()

    def on_mount(self) -> None:
        """Listen, and read once the first frame is out: it does not wait for a record."""
        if not self.is_headless:
            hearing = end_on_signals(self.leave, self.deaf)
            self._hearing.enter_context(hearing)
            if self.settings.reader_cursor:
                self.show_cursor(True)
        if self.folder_asked_for is not None:
            self.call_after_refresh(self.read, self.folder_asked_for)
        self.call_after_refresh(self._read_recent)
        self.set_interval(POLL_SECONDS, self.check_blinded)
        self.set_interval(POLL_SECONDS, self.poll_external_changes)
        if self.folder_asked_for is None:
            self._tell_of_settings()

    def on_unmount(self) -> None:
        """Listen no longer, and let the writer end once all is written."""
        self._hearing.close()
        self.autosave.close()

    def _read_recent(self) -> None:
        self.recent = read_recent(self.state)
        self.knows_recent = True
        self.refresh_screen()

    async def action_quit(self) -> None:
        """Leave; what was typed last is on the disk first, and so is a file that is being written."""
        if self.background.doing and not self.background.then_quit:
            self.background.then_quit = not self.background.given_up
            self.show_doing()
        elif not self._tell_of_refused():
            self.leave(0)

    def _tell_of_refused(self) -> bool:
        """Tell, once, of a line that is not in the records, as it cannot be so; whether there is one."""
        self.commit()
        if self.workspace is None or self.workspace.practice:
            return False
        refused = [key for key in self.workspace.unsent if key not in self._told_of]
        for case, name in refused[:1]:
            criteria = self.workspace.criteria
            line = criteria.question(name).short if criteria.has_question(name) else name
            line = criteria.fact(name).text if criteria.has_fact(name) else line
            words = f"{criteria.named(case)}, {line}: not kept as it is typed; q again leaves without it"
            self.show_message(words, warning=True)
        self._told_of.update(refused)
        return bool(refused)

    def quit_unless_asked(self, words: str) -> None:
        """End, saying ``words`` to the shell; not where something is asked or went wrong meanwhile."""
        if not self.screen.is_modal and not self.news.warning:
            self.leave(0, words)

    def leave(self, code: int, words: str = "") -> None:
        """Save what is pending and end with ``code``, saying ``words`` to the shell."""
        self.commit()
        over = (
            self.workspace if self.workspace is not None and self.workspace.practice and code == 0 else None
        )
        if over is None:
            self.note_place(None)
        else:
            self._save_recent(self.recent.without(over.path))
        whole = self.autosave.flush(5.0)
        for which in self.edited_externally:
            put_away(which)
        if over is not None:
            from sqs_tui.loading import throw_practice_away

            throw_practice_away(self.state)
            words = f"{words}\nPractice thrown away.  'sqs', then n, starts a real inspection.".lstrip()
        if not whole and self.autosave.failures:
            words = f"sqs: not everything could be saved; {self.where_copies_are()}"
            code = code or 5
        self.end_with(code, words)

    def end_with(self, code: int, words: str = "") -> None:
        """End with ``code``, saying ``words`` on the shell one came from."""
        # A Text and not a str: Textual would read a str as markup.
        self.exit(return_code=code, message=Text(shown(words)) if words else None)

    # ------------------------------------------------------------ where one was

    def note_place(self, place: Place | None) -> None:
        """Remember where one is, so that opening again lands there; None: only how far the cases are."""
        workspace = self.workspace
        if workspace is None or workspace.folder.room != CASES:  # where one was is remembered of cases only
            return
        known = self.recent.of(workspace.path)
        if known is not None and place == known.place:
            return
        at = place or (known.place if known else Place())
        if at.case in workspace.sessions and workspace.record(at.case).status == "finished":
            at = Place()  # nothing is to be carried on there
        criteria = workspace.criteria
        following = str(criteria.question(at.question).short) if criteria.has_question(at.question) else ""
        when = f"{datetime.now():%Y-%m-%d %H:%M}"
        # How far everything is costs a look at every case: not on each move from question to question.
        seen = _recent(workspace) if known is None or place is None else known
        seen = seen._replace(place=at, next=following, when=when)
        if known is None or seen != known._replace(when=when):
            self._save_recent(self.recent.adding(seen))
            self.save_started()

    def _save_recent(self, recent: RecentInspections) -> None:
        state, self.recent = self.state, recent
        self.autosave.put(RECENT, SaveJob(lambda _: write_recent(state, recent), lambda _: ""), wake=False)

    # ------------------------------------------------------------ opening an inspection

    def open_folder(self, path: str) -> None:
        """Open the inspection at ``path`` where one left it."""
        self._carry_on = True
        self.show_message("opening …")
        self.read(path)

    def turn_to_population(self, name: str = "", then: Location | None = None) -> None:
        """Open the population called ``name`` (the next one) of this inspection, and there go to ``then``."""
        from sqs_core.workflow.populations import other_population, population_meant

        if self.workspace is None or self.reading:
            return
        here = self.workspace.folder
        try:
            folder = other_population(here, name or population_meant(here, ""))
            if self.second:
                as_second(folder)  # interviews are no part of a second marking
        except SqsError as error:
            self.show_error(error)
            return
        self.turn_to_folder(str(folder.address), then)

    def turn_to_folder(self, folder: str, then: Location | None = None) -> None:
        """Open another inspection or population, and there go to ``then``; from some pages Esc leads back."""
        if self.workspace is None or self.reading:
            return
        self.commit()
        if not self.autosave.flush(5.0):
            self.show_message("still saving: try again in a moment", warning=True)
            return
        if self.second:
            self.folder_asked_for = folder
        page, way_back = self.screen, None
        if isinstance(page, SqsScreen) and page.view in LEADS_BACK:
            way_back = str(self.workspace.folder.address), page.location
        self._go_after = (then, way_back) if then is not None else None
        self.read(folder)

    def left_page(self) -> None:
        """Go back to the page elsewhere from which the place just left was opened, if any."""
        if self.way_back is not None and isinstance(self.screen, OverviewScreen):
            self.turn_to_folder(*self.way_back)

    def open_practice(self) -> None:
        """Lay out the practice cases, and open them."""
        self._carry_on = True
        self._read(lambda loading, _: loading.lay_out_practice(self.state))
        self.show_message("laying out the practice cases …")

    def read(self, folder: str) -> None:
        """Read an inspection folder off the UI thread; it arrives as a message."""
        second = self.second and folder == self.folder_asked_for
        self.reading = "from the disk"
        self._read(lambda loading, on_progress: loading.read(folder, second, on_progress, self.notice))

    def _read(self, how: Callable[[ModuleType, OnRead], Snapshot]) -> None:
        def work() -> None:
            from sqs_tui import loading, upkeep  # noqa: F401  what the arriving records need

            worker = get_current_worker()

            def on_progress(done: int, total: int) -> None:
                if worker.is_cancelled:  # the program is being left: do not make it wait
                    raise SqsError("reading was given up")
                self.post_message(Loading(done, total))

            try:
                snapshot = how(loading, on_progress)
                self.post_message(Loaded(snapshot))
                loading.note_opened(snapshot, self.notice)
            except SqsError as error:
                if not worker.is_cancelled:
                    self.post_message(NotLoaded(error))

        self._reader = self.run_worker(work, thread=True, exclusive=True, group="read")

    def give_up(self) -> bool:
        """Give up reading an inspection, or what else takes long; return whether there was anything."""
        if self.reading and self._reader is not None:
            self._reader.cancel()
            self.reading, self.folder_asked_for, self._carry_on = "", None, False
            self._go_after = None
            if self.workspace is None and isinstance(self.screen, OverviewScreen):
                self.screen.leave()
            self.show_message(
                "reading was given up; nothing was changed", warning=True
            )  # also on the next screen
            return True
        if self.background.give_up():
            self.show_doing()
            return True
        return False

    def on_loading(self, message: Loading) -> None:
        """Say how far it is; Esc gives it up, q leaves without waiting for the rest."""
        if self.reading:  # not given up meanwhile
            self.reading = f"{message.done} of {message.total}"
            self.show_progress(f"reading the records … {self.reading}  Esc gives up")

    def on_loaded(self, message: Loaded) -> None:
        """Work on an inspection from now on; a box that was opened while it was read stays open."""
        self.reading = ""
        wanted, self._case_asked_for = self._case_asked_for, None
        stays = self.workspace is None and wanted is None and not self._carry_on
        came_from = self.workspace.folder.path if self.workspace is not None else None
        self.note_place(None)  # how far the cases are that are left now
        self.use_snapshot(message.snapshot)
        gc.freeze()  # what was read stays: looking through all of it for garbage would hold up a key
        self.clear_message()
        assert self.workspace is not None
        for problem in self.workspace.problems:
            self.show_message(str(problem), warning=True)
        if came_from is None:
            self._tell_of_settings()
        overview = to_overview(self, under_boxes=stays)
        place = self.recent.of(self.workspace.path)

        def arrived() -> None:
            overview.refresh_view()
            overview.look_at_times()
            overview.put_cursor(wanted or (place.place.case if place else ""))

        self.call_later(arrived)
        if wanted is not None:
            self._open_case_asked_for(wanted)
        elif self._go_after is not None:
            (then, self.way_back), self._go_after = self._go_after, None
            self.post_message(GoTo(then))
            if self.way_back is not None and self.workspace.folder.path != came_from:
                folder, of = self.workspace.folder, self.workspace.criteria.population
                location = f"in the inspection {folder.path.name}"
                if of is not None and not folder.whole_is_here:
                    location = f"among the {of.many}"
                self.call_later(self._tell_where, location)  # on the page that opens
        elif self._carry_on:
            self._carry_on = False
            self._land()

    def _tell_of_settings(self) -> None:
        """Say once what of the settings cannot be used."""
        wrong, self.wrong_settings = self.wrong_settings, ()
        if wrong:
            self.show_message("; ".join(wrong), warning=True)

    def _tell_where(self, location: str) -> None:
        """Say which population or inspection was opened, and where Esc leads back, that it does."""
        self.show_message(f"{location}; Esc leads back" if self.way_back is not None else location)

    def _open_case_asked_for(self, case: str) -> None:
        assert self.workspace is not None
        try:
            self.workspace.folder.case(case)
        except SqsError as error:
            self.show_error(error)
        else:
            self.post_message(GoTo(Location("question", case)))

    def _land(self) -> None:
        """Land where one was; in a practice that begins, on the facts of its first case."""
        workspace = self.workspace
        assert workspace is not None
        known = self.recent.of(workspace.path)
        if known is not None and known.place.case in workspace.cases:
            self.post_message(GoTo(Location("question", known.place.case)))
        elif workspace.practice:
            self.post_message(GoTo(Location("facts", workspace.cases[0])))

    def use_snapshot(self, snapshot: Snapshot) -> None:
        """Work on the inspection of ``snapshot`` from now on."""
        from sqs_tui.workspace import Workspace

        before = self.workspace
        self.workspace = Workspace.opened(snapshot, self.autosave, self.state)
        if before is not None:
            self.workspace.version = before.version + 1  # what screens keep is out of date
        self.workspace.save_started = self.save_started
        path = self.workspace.path

        def letter_merged(saved: Narrative, merged: Narrative) -> None:
            self.post_message(LetterMerged(path, saved, merged))

        self.workspace.letter_merged = letter_merged

    def on_not_loaded(self, message: NotLoaded) -> None:
        """Say why there is no inspection: in row 1 where there is a screen to stay on, else to the shell."""
        self.reading, self._go_after = "", None
        if self.folder_asked_for is None or self.workspace is not None:
            self.show_error(message.error)
        else:
            self.end_with(message.error.exit_code, str(message.error))

    # ------------------------------------------------------------ from screen to screen

    def on_go_to(self, message: GoTo) -> None:
        """Open the screen for a location."""
        self.navigation.go_to(message.location)

    def refresh_screen(self) -> None:
        """Show the screen in view as everything is now; news can come when the screens are gone already."""
        if self.screen_stack and isinstance(self.screen, SqsScreen):
            self.screen.refresh_view()

    # ------------------------------------------------------------ figures, and what others change

    def count(self) -> None:
        """Count the figures anew off the UI thread, if any record changed."""
        if self.workspace is not None:
            self.upkeep.count()

    def on_counted(self, message: Counted) -> None:
        """Show figures; then load what opens other screens, before the first key asks for it."""
        self.upkeep.counted(message)
        if "navigation" not in vars(self):
            self.call_after_refresh(self.run_worker, lambda: self.navigation, thread=True, group="navigation")

    def check_blinded(self) -> None:
        """Put away the cases that are being marked a second time now, wherever they are shown."""
        if self.workspace is not None:
            self.upkeep.check_blinded()

    def poll_external_changes(self) -> None:
        """Look for records that somebody else changed."""
        if self.workspace is not None and not self.reading and not self.background.doing:
            self.upkeep.poll_external_changes()

    def on_external_change(self, message: ExternalChange) -> None:
        """Show records as somebody else saved them."""
        self.upkeep.show_external_change(message)

    def on_letter_merged(self, message: LetterMerged) -> None:
        """Show what others wrote in the letter meanwhile, beside what was written here."""
        if self.workspace is not None and self.workspace.path == message.path:
            self.workspace.take_letter(message.saved, message.merged)
            self.show_message("the letter was changed elsewhere too; what both wrote is kept")
            self.refresh_screen()

    # ------------------------------------------------------------ keys too early, keys that do nothing

    def on_key(self, event: events.Key) -> None:
        """No widget took the key: what is bound to it is done next."""
        self._did_something = False
        self.call_next(self._tell_if_nothing, event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do ``action``, and remember that something was done."""
        done = await super().run_action(action, default_namespace, namespaces)
        self._did_something = self._did_something or done
        return done

    def _tell_if_nothing(self, event: events.Key) -> None:
        screen = self.screen
        if self._did_something or not isinstance(screen, SqsScreen):
            return
        bound = screen.active_bindings.get(event.key)
        words = screen.why_not(bound.binding.action) if bound is not None else ""
        key = event.character if event.is_printable else event.key
        self.show_message(words or f"{key_shown(key or event.key)} does nothing here; ? lists the keys")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: the screen in view may not allow it."""
        screen = self.screen if self.screen_stack else None
        if isinstance(screen, SqsScreen) and not screen.allows(action):
            return None
        return super().check_action(action, parameters)

    # ------------------------------------------------------------ boxes over the screen

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
        """Ask for one line in a box over the screen, as :class:`PromptScreen` does."""
        # Later: what asks may be a box that is about to close.
        self.call_later(self.push_screen, PromptScreen(label, value, then, does=does, live=live, tick=tick))

    def action_help(self) -> None:
        """Show what can be done here, and every key."""
        if isinstance(self.screen, SqsScreen):
            self.push_screen(help_screen(self.screen))

    def action_messages(self) -> None:
        """Show what was told in row 1."""
        self.push_screen(PageScreen("Messages", lambda _: messages_page(self.messages)))

    def action_commands(self) -> None:
        """Find everything that can be done."""
        self._open_palette("commands")

    def action_go(self) -> None:
        """Go to a question, a case, a flag or a view."""
        self._open_palette("go")

    def action_search(self) -> None:
        """Find words in every note."""
        self._open_palette("search")

    def _open_palette(self, kind: str) -> None:
        self.check_blinded()
        if isinstance(self.screen, SqsScreen):
            self.screen.commit()
            self.push_screen(palette(kind))

    def action_jump(self) -> None:
        """Put a letter on every field."""
        self.navigation.jump()

    def action_copy_selection(self) -> None:
        """Send what the mouse was dragged over to the terminal's clipboard."""
        if isinstance(self.focused, Input | TextArea):  # there it is kept for pasting within the program
            raise SkipAction
        selected = self.screen.get_selected_text()
        if selected:
            self.send_to_terminal_clipboard(selected)
        else:
            self.show_message("nothing is selected; q leaves, everything is saved")

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is printed."""
        return shown_key(binding)


def _recent(workspace: Workspace) -> Recent:
    """Return how far everything in ``workspace`` is."""
    population = workspace.criteria.population
    within = str(population.title) if population and not workspace.folder.whole_is_here else ""
    return Recent(
        path=workspace.path,
        service="Practice inspection" if workspace.practice else workspace.inspection.service,
        population=within,
        dates="made-up cases" if workspace.practice else days(workspace.inspection),
        done=workspace.complete(),
        total=len(workspace.cases),
        later=len(workspace.later()),
        one=workspace.criteria.one,
    )


def run(folder: str | None, case: str | None = None, *, second: bool = False) -> int:
    """Open the screens on ``folder`` (None: this folder if it is an inspection, else the start screen)."""
    words, ascii_marks = refusal()
    if words:
        sys.stderr.write(f"sqs: {words}\n")
        return 2
    if folder is None and (second or Path("inspection.toml").exists()):
        folder = "."
    app = SqsApp(folder, case, ascii_marks=ascii_marks, second=second)
    app.run(mouse="SQS_NO_MOUSE" not in os.environ)
    return app.return_code or 0
