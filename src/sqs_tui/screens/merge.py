"""Merging another inspector's folder: what both changed is decided here, and nothing is written before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqs_core.state import path_typed
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, beside, line
from sqs_tui.paint.words import number
from sqs_tui.pictures.merge import Merging, choose_picture, merge_picture, side_pane
from sqs_tui.screens.merge_deeds import DEEDS, HELP
from sqs_tui.screens.merge_work import MergeWork

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp

LEFT = 44
WIDE = 110


class MergeScreen(MergeWork):
    """Choose a folder, decide what both changed, look at the effect, write."""

    deeds = DEEDS
    help_text = HELP

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        self._below = 0

    # ------------------------------------------------------------ what is drawn

    def where(self) -> str:
        """Which folder into which."""
        other = f" ▸ {self.other.name}" if self.read or self.busy else ""
        return f"{self.desk.inspection.place} ▸ Merge{other}"

    def far(self) -> str:
        """How far the work is, or that nothing is written."""
        return self.busy or ("nothing written yet" if self.read else "")

    def panes(self, width: int) -> tuple[int, int]:
        """The list at the side, where there is room."""
        return (LEFT, 0) if width >= WIDE and self.differences else (0, 0)

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The folders to choose from, or one difference."""
        if self.busy and self.read is None:
            return [
                EMPTY,
                line(f"  {self.busy} …"),
                EMPTY,
                line(("  Esc gives up; nothing is written.", "dim")),
            ]
        if self.read is None:
            if self.folders is None:
                self.folders = self.near()
                self.cursor = 0
            return choose_picture(self.folders, self.cursor, width, height)
        aside = bool(self.panes(self.size.width)[0])
        rows, self.box, self._below = merge_picture(self.seen(), width, height, aside=aside)
        return rows

    def side(self, name: str, width: int, height: int) -> Sequence[Line]:
        """The list of differences."""
        return beside(
            ((side_pane(self.seen(), width - 1, height), width - 1), ((), 1)), gap="│", height=height
        )

    def seen(self) -> Merging:
        """What is to be drawn."""
        from sqs_core.storage.merge.choices import equal_records

        assert self.read is not None
        plan = self.read.plan
        taken = tuple(t for _, t in plan.taken)
        return Merging(
            self.desk.criteria,
            self.other.name,
            equal_records(plan),
            taken,
            self.differences,
            self.kept(self.name_here),
            self.cursor,
            self.choice,
            self.effect_here(),
            self.top,
            self.why_open,
        )

    def tip(self) -> Line:
        """What is the matter with the other folder, else what stays."""
        if self.read and self.read.problems:
            return line((f" ! to look at in {self.other.name}: {self.read.problems[0]}", "warn"))
        return line((" The other folder stays as it is; its history is kept.", "dim"))

    def footer_deeds(self) -> Sequence[Deed]:
        """Fewer while the folder is being chosen."""
        if self.read is None and not self.asking:
            first = [d._replace(words="open it") for d in self.keys.deeds if d.id == "merge.following"]
            return [*first, *(d for d in self.keys.deeds if d.id == "merge.path")]
        return super().footer_deeds()

    # ------------------------------------------------------------ keys

    def other_key(self, key: str) -> bool:
        """Arrows."""
        total = len(self.differences) if self.read else len(self.folders or ())
        if key in ("down", "j", "up", "k"):
            self.commit()
            self.cursor = (self.cursor + (1 if key in ("down", "j") else -1)) % max(1, total)
            self.top = 0
        elif key in ("pagedown", "pageup") and self.read:
            down = key == "pagedown"
            self.top = max(0, self.top + (3 if down and self._below > 0 else 0 if down else -3))
        else:
            return False
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click chooses a line; a second one on a folder opens it."""
        again, self.cursor = row == self.cursor, row
        if again and self.read is None:
            self.do_following()
        self.draw()

    def do_this(self) -> None:
        """Ours stands."""
        self._take("ours")

    def do_that(self) -> None:
        """Theirs stands."""
        self._take("theirs")

    def _take(self, side: str) -> None:
        if self.differences:
            self._choose(side)

    def _choose(self, side: str) -> None:
        from sqs_core.storage.merge.choices import between

        self.at()
        self.choose(taken=side, between=between(self.differences[self.cursor]))

    def choose(self, **changes: object) -> None:
        """Change the choice in view; the folder it is about is kept with it."""
        from attrs import evolve

        known = self.kept(self.name_here)
        if not known.about:
            self.desk.choices[self.kind, self.name_here] = evolve(known, about=str(self.other.resolve()))
        super().choose(**changes)

    def do_rest_ours(self) -> None:
        """Ours for all that is left."""
        self._rest("ours")

    def do_rest_theirs(self) -> None:
        """Theirs for all that is left."""
        self._rest("theirs")

    def _rest(self, side: str) -> None:
        from sqs_core.storage.merge.choices import side_chosen

        here, count = self.cursor, 0
        for at, difference in enumerate(self.differences):
            if side_chosen(self.kept(self.name_here), difference) is None:
                self.cursor = at
                self._choose(side)
                count += 1
        self.cursor = here
        self.sqs.say(f"{number(count, 'difference')} decided; Backspace takes one back")
        self.draw()

    def do_clear(self) -> None:
        """Take the choice back; the reason stays."""
        if self.differences:
            self.choose(taken="", between="")

    def do_following(self) -> None:
        """The folder with the mark; after that, the next difference to decide."""
        from sqs_core.storage.merge.choices import side_chosen

        if self.busy:
            return
        if self.read is None:
            if self.folders:
                self.start(self.folders[self.cursor].path)
            else:
                self.do_path()
            return
        choices, total = self.kept(self.name_here), len(self.differences)
        for step in range(1, total + 1):
            at = (self.cursor + step) % total
            if side_chosen(choices, self.differences[at]) is None:
                self.cursor, self.top = at, 0
                self.draw()
                return
        self.sqs.say("nothing is left to decide; W shows what it does, and writes it")

    def do_path(self) -> None:
        """Type the path of another folder."""

        def typed(words: str) -> None:
            if words.strip():
                self.start(path_typed(words))

        if self.busy:
            self.sqs.say("Esc gives this up first")
        else:
            self.ask("Folder to merge into this one:", "", typed)

    def do_taken(self) -> None:
        """All that is taken without asking."""
        from sqs_tui.screens.merge_taken import TakenScreen

        if self.read is not None:
            self.sqs.push_screen(TakenScreen(self.other.name, tuple(t for _, t in self.read.plan.taken)))

    def do_back(self) -> None:
        """Give up reading; from the differences to the folders; from there out.  Every choice is kept."""
        if self.why_open:
            self.stop_writing()
        elif self.busy.startswith("writing"):
            self.sqs.say("it is being written: a moment, please")
        elif self.busy:
            self.cancelled, self.busy = True, ""
            self.sqs.say("given up; nothing was written")
            self.draw()
        elif self.read is not None:
            self.read, self.folders, self.cursor = None, None, 0
            self.draw()
        else:
            self.sqs.pop_screen()

    def do_undo(self) -> None:
        """Choices are not steps of a case."""
        self.sqs.say("Backspace takes this choice back")


def open_merge(app: SqsApp) -> None:
    """Merge another inspector's folder into the one that is open."""
    if app.desk is None:
        app.say("open the inspection first that is merged into")
    elif app.desk.second or app.desk.practice:
        app.say("merging is of the inspection itself: no second marking, no practice")
    else:
        app.commit()
        app.push_screen(MergeScreen())
