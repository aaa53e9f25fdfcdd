"""The course of a merge: both folders read, weighed, written, and read again, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.message import Message
from textual.worker import get_current_worker

from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.letter.effect import Effect
from sqs_core.storage.merge.three_way import FieldDifference
from sqs_tui.merging import Told, read_merge, weigh_merge, write_merge
from sqs_tui.messages import MergeDone, MergeRead, MergeReady, MergeTold
from sqs_tui.paint.words import number
from sqs_tui.pictures.merge import Folder
from sqs_tui.screens.choosing import Choosing

EVERY = 25
"""A screen hears of every so many records only."""


class MergeWork(Choosing):
    """A screen on which a folder is merged into the one that is open."""

    kind = "merge"

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Folder] | None = None
        self.read: MergeRead | None = None
        self.other = Path()
        self.busy = ""
        self.cursor = 0
        self.cancelled = False

    # ------------------------------------------------------------ what there is

    @property
    def differences(self) -> tuple[FieldDifference, ...]:
        """What both sides changed."""
        return tuple(d for _, d in self.read.plan.differences) if self.read else ()

    @property
    def name_here(self) -> str:
        """Under what name the choices are kept."""
        from sqs_core.storage.moderation.pending_decisions import merge_name

        return merge_name(self.other)

    def at(self) -> tuple[str, str] | None:
        """Under what name the choice in view is kept."""
        from sqs_core.storage.merge.choices import place_of

        if not self.differences:
            return None
        self.cursor = max(0, min(self.cursor, len(self.differences) - 1))
        return self.name_here, place_of(self.differences[self.cursor])

    def near(self) -> list[Folder]:
        """The folders that may be meant: with choices kept, beside this one, open lately."""
        from sqs_core.storage.merge.choices import near
        from sqs_core.storage.moderation.pending_decisions import begun_merges, merge_name

        here = self.desk.folder.path.resolve()
        begun = {
            c.about: f"{number(len(kept), 'choice')} kept"
            for c in begun_merges(here)
            if (kept := self.kept(merge_name(Path(c.about))).choices)
        }
        found = [*begun, *map(str, near(here)), *(r.path for r in self.sqs.memory.recent)]
        return [
            Folder(path, path.name if path.parent == here.parent else str(path), begun.get(str(path), ""))
            for path in map(Path, dict.fromkeys(found))
            if path != here
        ]

    def effect_here(self) -> Effect | None:
        """What the merge would do as it is decided so far; None before anything is."""
        read, choices = self.read, self.kept(self.name_here)
        if read is None or not any(c.taken for c in choices.choices.values()):
            return None
        taken = tuple((place, c.taken) for place, c in choices.choices.items())
        return self.effect_for((self.other, taken), lambda: weigh_merge(read.found, choices).effect)

    # ------------------------------------------------------------ the work

    def start(self, other: Path) -> None:
        """Read both folders, off the UI thread."""
        if other.resolve() == self.desk.folder.path.resolve():
            raise UsageError("that is this folder: choose another")
        self.other, self.busy, self.cancelled = other, "reading", False
        desk = self.desk
        self._work(lambda told: read_merge(desk, other, told))
        self.draw()

    def do_write(self) -> None:
        """Look at the whole effect, then write."""
        from sqs_core.storage.merge.choices import place_of, side_chosen, unexplained

        self.stop_writing()
        read = self.read
        if read is None or self.busy:
            return
        choices = self.kept(self.name_here)
        left = [d for d in self.differences if side_chosen(choices, d) is None]
        if left:
            raise HeldError(f"{number(len(left), 'difference')} to decide first; Enter goes there")
        if silent := unexplained(self.differences, choices):
            self.cursor = self.differences.index(silent[0])
            self.draw()
            raise UsageError(f"say why first (e): {place_of(silent[0])}")
        self.busy = "reckoning"
        self._work(lambda told: weigh_merge(read.found, choices))
        self.draw()

    def on_merge_ready(self, message: MergeReady) -> None:
        """Show what it does; writing is one key from there."""
        from sqs_core.storage.merge.choices import named, side_chosen, words_of
        from sqs_tui.screens.effect import EffectScreen

        self.busy = ""
        if self.cancelled or not self.is_current:
            return
        criteria, choices = self.desk.criteria, self.kept(self.name_here)
        changed = message.plan.changed
        rows = [(number(len(changed), "record"), "changed by the merge")]
        rows += [(f"{number(len(message.plan.taken), 'field')}", "taken or decided")]
        for d in self.differences:
            side = side_chosen(choices, d)
            value = words_of(criteria, d, d.ours if side == "ours" else d.theirs)
            rows.append((named(criteria, d), f"{'← ours' if side == 'ours' else '→ theirs'}: {value}"))
        self.sqs.push_screen(
            EffectScreen(f"Merge ▸ {self.other.name}", rows, message.effect, lambda: self._write(message))
        )

    def _write(self, ready: MergeReady) -> None:
        assert self.read is not None
        desk, first, choices = self.desk, self.read.plan, self.kept(self.name_here)
        if not desk.saver.flush(5.0):
            raise HeldError("not everything is saved yet; try again when row 1 says it is")
        self.busy = "writing"
        self._work(lambda told: write_merge(desk, first, ready.plan, choices, told))
        self.draw()

    def on_merge_done(self, message: MergeDone) -> None:
        """Work goes on with the records as they are now."""
        before = self.desk
        self.sqs.put_on_desk(message.snapshot)
        self.desk.version = before.version + 1  # what was drawn of the records before is drawn anew
        name = self.name_here
        self.chosen(name, tuple(self.kept(name).choices))
        self.read, self.folders, self.busy, self.cursor = None, None, "", 0
        self.sqs.count()
        self.sqs.say(f"merged: {number(len(message.written), 'record')} written from {self.other.name}")
        self.draw()

    def on_merge_read(self, message: MergeRead) -> None:
        """Both were read."""
        if self.cancelled:
            return
        self.read, self.busy, self.cursor, self.top = message, "", 0, 0
        self.do_first()

    def do_first(self) -> None:
        """The first difference nothing is chosen about."""
        self.cursor = -1
        self.do_following()
        self.cursor = max(0, self.cursor)
        self.draw()

    def on_merge_told(self, message: MergeTold) -> None:
        """How far it is, or why it ended."""
        if message.error is not None:
            self.busy = ""
            if not self.cancelled:
                self.sqs.warn(message.error)
        elif self.busy:
            self.busy = f"{self.busy.split()[0]} {message.done} of {message.total}"
        self.draw()

    def _work(self, work: Callable[[Told], Message]) -> None:
        def go() -> None:
            worker = get_current_worker()

            def told(done: int, total: int) -> None:
                if (self.cancelled or worker.is_cancelled) and not self.busy.startswith("writing"):
                    raise SqsError("given up; nothing was written")
                if done % EVERY == 0:
                    self.post_message(MergeTold(done, total))

            try:
                self.post_message(work(told))
            except SqsError as error:
                self.post_message(MergeTold(error=error))

        self.run_worker(go, thread=True, group="merge")
