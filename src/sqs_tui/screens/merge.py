"""Merging another inspector's folder: what both changed is decided here, and nothing is written before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.letter.effect import Effect
from sqs_core.state import path_typed
from sqs_core.storage.layout import inspections_beside
from sqs_core.storage.merge.choices import (
    between,
    considered,
    equal_records,
    named,
    needs_why,
    side_chosen,
    side_words,
    take_name,
    unexplained,
)
from sqs_core.storage.merge.plan import MergePlan
from sqs_core.storage.merge.three_way import FieldDifference, Side
from sqs_core.storage.moderation.pending_decisions import PendingChoices, begun_merges, merge_name
from sqs_core.text import counted
from sqs_core.workflow.merging import KIND, MergeRead, can_be_merged, effect_of_merge, read_merge, write_merge
from sqs_tui.background_task import OnStep
from sqs_tui.bindings import bindings_of
from sqs_tui.effect_rows import effect_rows
from sqs_tui.loading import Snapshot, read_folder
from sqs_tui.screens.decision import WHY_TITLE, ChoiceOption, SidesScreen, option_entries
from sqs_tui.screens.effect import EffectScreen
from sqs_tui.screens.page import PageScreen
from sqs_tui.styles import DIM, FLAG, OF_COUNTS, TITLE, WARN, fitted, joined, shortened, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.note_field import NoteField, WhyText
from sqs_tui.widgets.option_menu import Line, OptionMenu, PlaceMenu
from sqs_tui.widgets.paragraph import ParagraphView
from sqs_tui.widgets.pick_row import Entry, Pick, PickRow
from sqs_tui.widgets.side_pane import SidePane, SideShown

EVERY = 25
"""Row 1 hears of every so many records only."""
SIDES: dict[str, Side] = {"first": "ours", "second": "theirs"}
"""The sides by the ids of their boxes."""
CHOSEN = {"ours": "← ours", "theirs": "→ theirs"}
WHILE_CHOOSING = ("choice_next", "choice_folder")
"""What can be done of a merge before a folder was chosen."""
NOTE = (
    "Field by field: what is equal stays, what one side changed is taken, what both changed you decide.  "
    "Nothing is decided by time, nothing is deleted, and nothing is written before you see what it does to "
    "board and letter.  One folder after the other.  Enter or a click opens one; o takes a path."
)


class MergeScreen(SidesScreen):
    """Choose a folder, decide what both changed, look at the effect, write."""

    view = "merge"
    kind = KIND
    BINDINGS = bindings_of("merge")
    AUTO_FOCUS = "#folders"
    help_text = (
        "What is equal stays, what one side changed is taken, what both changed you decide: ← keeps ours, → "
        "takes theirs, e says why.  Nothing is written while a difference is left.  W shows what the merge "
        "does to board and letter, and then writes it, all or nothing.  Choices are kept as you go, also "
        "when you leave.  'sqs merge' does the same from the command line."
    )

    def __init__(self) -> None:
        super().__init__()
        self._folders: list[Line] | None = None
        self._read: MergeRead | None = None
        self._writing_now = False

    def compose_body(self) -> ComposeResult:
        """Yield the folders to choose from; the differences, and one with both its sides."""
        with Vertical(id="choosing"):
            yield LinesView(id="which")
            yield OptionMenu(id="folders")
            yield ParagraphView(id="note")
        yield ParagraphView(id="nothing")
        with Container(id="middle"):
            with Vertical(id="aside"):
                yield PlaceMenu(id="places", pages=False)
                yield PickRow(id="taken")
            with Vertical(id="sheet"):
                yield LinesView(id="sums")
                yield ParagraphView(id="asked")
                with Horizontal(id="sides"):
                    yield SidePane(id="first")
                    yield SidePane(id="second")
                yield PickRow(id="take")
                yield NoteField("why", self.app.key_of("choice.why"), WHY_TITLE, text=WhyText)
                yield LinesView(id="effect")

    # ------------------------------------------------------------ what there is

    @property
    def menu(self) -> OptionMenu:
        """The differences; the folders, until one is chosen."""
        return self.query_one("#folders" if self._read is None else "#places", OptionMenu)

    @property
    def differences(self) -> tuple[FieldDifference, ...]:
        """What both sides changed."""
        return self._read.differences if self._read else ()

    @property
    def here(self) -> FieldDifference | None:
        """The difference with the mark."""
        marked = self.menu.marked
        return next((one for one in self.differences if take_name(one) == marked), None)

    @property
    def choices(self) -> PendingChoices:
        """The choices made so far."""
        return self.kept(self._read.name) if self._read else PendingChoices()

    @property
    def left(self) -> list[FieldDifference]:
        """What is still to be decided."""
        choices = self.choices
        return [one for one in self.differences if side_chosen(choices, one) is None]

    def at(self) -> tuple[str, str] | None:
        """Return under what name the choice in view is kept."""
        here = self.here
        return (self._read.name, take_name(here)) if self._read and here else None

    # ------------------------------------------------------------ what is shown

    def where(self) -> str:
        """Which folder into which."""
        other = f" ▸ {self._read.other.name}" if self._read else ""
        return f"{self.workspace.inspection.place} ▸ Merge{other}"

    def far(self) -> str:
        """That nothing is written."""
        return "nothing written yet" if self._read else ""

    def update_view(self) -> None:
        """Show the folders to choose from, or the difference with the mark."""
        read = self._read
        self.set_class(read is None, "-choosing")
        self.set_class(read is not None and not self.differences, "-nothing")
        if read is None:
            self._show_folders()
        else:
            self._show_merge(read)
        if read is not None and read.problems:
            self.show_tip(f"! to look at in {read.other.name}: {read.problems[0]}", WARN)
        else:
            self.show_tip("The other folder stays as it is; its history is kept.")
        self.refresh_bindings()

    def _show_folders(self) -> None:
        if self._folders is None:
            self._folders = self._near()
        asked = Content.styled("  Which folder is to be merged into this one?", TITLE)
        none = Content.styled("   No other inspection was found beside this one: o takes a path.", DIM)
        self.show_rows("#which", [asked, Content.empty() if self._folders else none])
        self.menu.show_lines(self._folders)
        note = self.query_one("#note", ParagraphView)
        note.words, note.look = NOTE, DIM

    def _near(self) -> list[Line]:
        """Return the folders that may be meant: with choices kept, beside this one, open lately."""
        here = self.workspace.folder.path.resolve()
        begun = {
            c.about: f"{counted(len(kept), 'choice')} kept"
            for c in begun_merges(here)
            if (kept := self.kept(merge_name(Path(c.about))).choices)
        }
        found = [*begun, *map(str, inspections_beside(here)), *(one.path for one in self.app.recent.recent)]
        lines = []
        for path in map(Path, dict.fromkeys(found)):
            if path != here and (str(path) in begun or can_be_merged(self.workspace.folder, path)):
                name = path.name if path.parent == here.parent else str(path)
                status, room = begun.get(str(path), ""), self.size.width - 8
                name = name if len(name) <= room - len(status) else "…" + name[len(status) - room + 1 :]
                lines.append(Line(str(path), joined(text(name), text(f"  {status}", DIM))))
        return lines

    def _show_merge(self, read: MergeRead) -> None:
        criteria, width = self.criteria, self.query_one("#sheet").size.width or self.size.width
        nothing = self.query_one("#nothing", ParagraphView)
        nothing.words = (
            "Nothing that both changed, so nothing to decide.  W shows what the merge does, then writes it."
            if read.plan.taken
            else f"Nothing to take from {read.other.name}: everything in it is here already."
        )
        if not self.differences:
            return
        room = self.menu.size.width - 4
        choices = self.choices
        self.menu.show_lines(
            Line(take_name(one), _difference_line(criteria, one, choices, room)) for one in self.differences
        )
        fields, records = len(read.plan.taken), equal_records(read.plan)
        taken: list[Entry] = [
            *(Content.styled(" Taken without asking", TITLE), None),
            *(text(f" {counted(fields, 'field')} that one side changed"), None),
            *(Pick("taken", Content.styled(" T lists them", DIM)), None, None),
            text(f" {counted(records, 'record')} equal"),
        ]
        self.query_one("#taken", PickRow).show_picks(taken)
        self.show_rows("#sums", [self._sums(read, width)])
        here = self.here
        if here is not None:
            self._show_difference(read, here, width)

    def _sums(self, read: MergeRead, width: int) -> Content:
        """Return the counts in one row."""
        fields, records, differ = len(read.plan.taken), equal_records(read.plan), len(self.differences)
        words = f"  {counted(records, 'record')} equal · {counted(fields, 'field')} to take · {differ} differ"
        left = len(self.left)
        tail = f" · {left} left to decide" if left else " · all decided: W"
        if len(words + tail) >= width:
            words = f"  {records} equal · {fields} to take · {differ} differ"
        return shortened(words, width - len(tail), DIM) + Content.styled(tail, FLAG)

    def _show_difference(self, read: MergeRead, here: FieldDifference, width: int) -> None:
        criteria, side = self.criteria, side_chosen(self.choices, here)
        asked = self.query_one("#asked", ParagraphView)
        asked.words, asked.look = named(criteria, here), TITLE
        titles = {"ours": "← ours", "theirs": f"→ {read.other.name}"}
        for name, one in SIDES.items():
            before = (("before", side_words(criteria, here, here.base)),)
            value = side_words(criteria, here, getattr(here, one))
            pane = self.query_one(f"#{name}", SidePane)
            style = _judged_style(criteria, here, getattr(here, one))
            pane.show_side(SideShown(titles[one], value, style, before), taken=side == one)
        options = [ChoiceOption("first", "←", "ours"), ChoiceOption("second", "→", read.other.name, "theirs")]
        chosen = next((name for name, one in SIDES.items() if one == side), "")
        entries = option_entries("Take", options, chosen, width)
        if needs_why(here) and not self.choice.why:
            entries.append(text("   a reason is needed: two judgements", FLAG))
        self.query_one("#take", PickRow).show_picks(entries)
        self.show_why()
        about = here.field[1] if len(here.field) > 1 else ""
        rows = effect_rows(criteria, self._effect_here(read), width, first=about)
        self.show_rows("#effect", rows)

    def _effect_here(self, read: MergeRead) -> Effect | None:
        """Return what the merge would do as it is decided so far; None before anything is."""
        choices = self.choices
        taken = tuple((place, c.taken) for place, c in choices.choices.items())
        if not any(side for _, side in taken):
            return None
        about = (read.other, taken)
        return self.effect_for(about, lambda: effect_of_merge(considered(read.found, choices)))

    # ------------------------------------------------------------ choosing a folder

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: most of it is of a merge that was read."""
        own = {str(one.action) for one in bindings_of("merge") if isinstance(one, Binding)}
        if self._read is None and action in own and action not in WHILE_CHOOSING:
            return False
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "#folders")
    def _folder_chosen(self) -> None:
        self.app.attempt(lambda: self._start(Path(self.menu.marked)))

    def action_choice_folder(self) -> None:
        """Type the path of another folder."""

        def typed(words: str) -> None:
            if words.strip():
                self._start(path_typed(words))

        self.app.ask("Folder to merge into this one:", "", typed, does="open it")

    def _start(self, other: Path) -> None:
        """Read both folders, off the UI thread."""
        folder = self.workspace.folder
        if other.resolve() == folder.path.resolve():
            raise UsageError("that is this folder: choose another")

        def work(on_progress: OnStep) -> MergeRead:
            self.workspace.check_saved()
            return read_merge(folder, other, _some_steps(on_progress))

        self.app.begin("reading both folders", work, self._was_read)

    def _was_read(self, read: MergeRead) -> None:
        if not self.is_mounted:
            return
        self._read = read
        self.refresh_view()
        self.to_choice()
        if self.left:
            self.menu.mark(take_name(self.left[0]))

    # ------------------------------------------------------------ choosing a side

    @on(PickRow.Picked, "#take")
    def _picked(self, message: PickRow.Picked) -> None:
        self.take(message.id)

    def take(self, side: str) -> None:
        """Let one side stand."""
        here = self.here
        if here is not None:
            self._choose(here, SIDES[side])
            self.refresh_view()

    def _choose(self, one: FieldDifference, side: Side) -> None:
        assert self._read is not None
        self.change_choice(self._read.name, take_name(one), taken=side, between=between(one))

    def change_choice(self, name: str, item: str, **changes: object) -> None:
        """Change the choice about ``item``; the folder it is about is kept with it."""
        known = self.kept(name)
        if not known.about and self._read is not None:
            self.workspace.choices[KIND, name] = evolve(known, about=str(self._read.other.resolve()))
        super().change_choice(name, item, **changes)

    def action_choice_rest_first(self) -> None:
        """Take our side of all that is left."""
        self._rest("ours")

    def action_choice_rest_second(self) -> None:
        """Take their side of all that is left."""
        self._rest("theirs")

    def _rest(self, side: Side) -> None:
        left = self.left
        for one in left:
            self._choose(one, side)
        self.app.show_message(f"{counted(len(left), 'difference')} decided; Backspace takes one back")
        self.refresh_view()

    def action_choice_clear(self) -> None:
        """Take the choice back; the reason stays."""
        self.choose(taken="", between="")

    def action_choice_next(self) -> None:
        """Go to the next difference to decide."""
        self.commit()
        places, here, left = self.differences, self.here, self.left
        at = places.index(here) if here else -1
        one = next((one for one in (*places[at + 1 :], *places[: at + 1]) if one in left), None)
        if one is not None:
            self.menu.mark(take_name(one))
        elif self._read is not None:
            self.app.show_message("nothing is left to decide; W shows what it does, and writes it")

    @on(PickRow.Picked, "#taken")
    def action_choice_taken(self) -> None:
        """Show all that is taken without asking."""
        read = self._read
        if read is not None:
            records = {one.record for _, one in read.plan.taken}
            foot = f"{len(read.taken)} in {counted(len(records), 'record')}"
            rows = [*(text(name) for name in read.taken), text(foot, DIM)]
            title = f"Merge ▸ {read.other.name} ▸ Taken without asking"
            self.app.push_screen(PageScreen(title, lambda _: rows))

    def action_undo(self) -> None:
        """Say what takes a choice back: it is no step of a case."""
        self.app.show_message("Backspace takes this choice back")

    def action_back(self) -> None:
        """Go out one level; what is being written is not given up."""
        if self._writing_now:
            self.app.show_message("it is being written: a moment, please")
        else:
            super().action_back()

    def leave(self) -> None:
        """Go from the differences to the folders, from there out: every choice is kept."""
        if self.writing or self._read is None:
            super().leave()
        else:
            self._begin_again()

    def _begin_again(self) -> None:
        """Show the folders to choose from."""
        self.commit()
        self._read, self._folders, self._why_of = None, None, None
        self.refresh_view()
        self.to_choice()

    # ------------------------------------------------------------ writing

    def look_at_effect(self) -> None:
        """Show what the merge does; SqsError while a difference is left, or one has no reason."""
        read, choices = self._read, self.choices
        if read is None:
            return
        if self.left:
            raise HeldError(f"{counted(len(self.left), 'difference')} to decide first; Enter goes there")
        if silent := unexplained(self.differences, choices):
            self.menu.mark(take_name(silent[0]))
            raise UsageError(f"say why first (e): {take_name(silent[0])}")

        def work(_: OnStep) -> tuple[MergePlan, Effect]:
            plan = considered(read.found, choices)
            return plan, self.reckoned(lambda: effect_of_merge(plan))

        self.app.begin("reckoning what it does", work, lambda found: self._show_effect(read, *found))

    def _show_effect(self, read: MergeRead, plan: MergePlan, effect: Effect) -> None:
        """Show what it does; writing is one key from there."""
        if not self.is_current or self._read is not read:
            return
        criteria, choices = self.criteria, self.choices
        rows = [(counted(len(plan.changed), "record"), "changed by the merge")]
        rows += [(counted(len(plan.taken), "field"), "taken or decided")]
        for one in self.differences:
            side = side_chosen(choices, one)
            value = side_words(criteria, one, one.ours if side == "ours" else one.theirs)
            rows.append((named(criteria, one), f"{CHOSEN[side or 'ours']}: {value}"))
        title = f"Merge ▸ {read.other.name}"
        self.app.push_screen(EffectScreen(title, rows, effect, lambda: self._write(read, plan)))

    def _write(self, read: MergeRead, plan: MergePlan) -> None:
        self.workspace.check_saved()
        path = str(self.workspace.folder.path)

        def work(on_progress: OnStep) -> tuple[tuple[str, ...], Snapshot] | SqsError:
            try:
                return write_merge(read, plan, _some_steps(on_progress)), read_folder(path)
            except SqsError as error:
                return error

        self._writing_now = True
        self.app.begin("writing the merge", work, self._written)

    def _written(self, result: tuple[tuple[str, ...], Snapshot] | SqsError) -> None:
        """Go on with the records as they are now."""
        self._writing_now = False
        if isinstance(result, SqsError):
            raise result
        written, snapshot = result
        before, other = self.workspace, self._read.other.name if self._read else ""
        self._why_of = None
        self.app.use_snapshot(snapshot)
        self.workspace.version = before.version + 1  # what was drawn of the records before is drawn anew
        self._begin_again()
        self.app.count()
        self.app.show_message(f"merged: {counted(len(written), 'record')} written from {other}")


def _some_steps(on_progress: OnStep) -> Callable[[int, int], None]:
    """Return what hears how many records of how many are done, and tells of some."""

    def on_record(done: int, total: int) -> None:
        if done % EVERY == 0:
            on_progress(f"{done} of {total}")

    return on_record


def _judged_style(criteria: Criteria, one: FieldDifference, value: Any) -> str:
    """Return the style of an outcome, as everywhere else; "" where the difference is no judgement."""
    given = value.get("outcome") if isinstance(value, dict) else None
    return OF_COUNTS[criteria.outcome_of(criteria.question(one.field[1]), given).counts] if given else ""


def _difference_line(
    criteria: Criteria, one: FieldDifference, choices: PendingChoices, width: int
) -> Content:
    """Return one difference for the list, in ``width`` cells."""
    side = side_chosen(choices, one)
    silent = side and needs_why(one) and not choices.choice(take_name(one)).why
    words = (CHOSEN[side] if side else "") + (", say why" if silent else "")
    name = fitted(named(criteria, one), max(8, width - len(words) - 2))
    return joined(name, text(f"  {words}", FLAG))
