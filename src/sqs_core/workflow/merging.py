"""Merge another inspector's folder into this one: read, decide each difference, see the effect, write.

>>> merge = read_merge(folder, Path("../leeds-pa"))          # doctest: +SKIP
>>> for difference in merge.differences:
...     keep_side(merge, difference, "theirs", why="the log has it")
>>> plan = ready(merge)                                      # PendingDecisionsError says what is left
>>> effect_of_merge(plan)
>>> write_merge(merge, plan)
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

from sqs_core.errors import SqsError
from sqs_core.letter.effect import Effect, effect
from sqs_core.records.inspection import Inspection
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder, OnProgress, ignore_progress, open_inspection
from sqs_core.storage.layout import INSPECTION
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.choices import (
    between,
    considered,
    enter_reasons,
    equal_records,
    named,
    side_chosen,
    take_name,
    unexplained,
)
from sqs_core.storage.merge.effects import merged
from sqs_core.storage.merge.plan import MergeInputs, MergePlan, gather, planned, same_population
from sqs_core.storage.merge.three_way import FieldDifference, Side
from sqs_core.storage.moderation.pending_decisions import (
    DecisionKind,
    PendingChoice,
    PendingChoices,
    begun_merges,
    merge_name,
    read_choices,
    save_choices,
)
from sqs_core.storage.record_files import decode
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted
from sqs_core.workflow.choosing import keep_choice

KIND: Final[DecisionKind] = "merge"


class PendingDecisionsError(SqsError):
    """A merge cannot be written yet: ``left`` differences are undecided, ``silent`` ones need a reason."""

    def __init__(self, left: int, silent: int) -> None:
        super().__init__(
            f"Nothing is written: {left} to decide, {silent} without a reason. The rest is kept."
        )
        self.left = left
        self.silent = silent


@frozen
class MergeRead:
    """Two folders as they were read, where they differ, and what to check in the other one."""

    folder: InspectionFolder
    other: Path
    found: MergeInputs
    plan: MergePlan
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name under which the choices about it are kept."""
        return merge_name(self.other)

    @property
    def differences(self) -> tuple[FieldDifference, ...]:
        """What both changed: to be decided."""
        return tuple(difference for _, difference in self.plan.differences)

    @property
    def choices(self) -> PendingChoices:
        """The choices made so far, as they are on the disk."""
        return read_choices(self.folder.path, KIND, self.name).record

    @property
    def summary(self) -> str:
        """How many records are equal, taken, and still to be decided."""
        return (
            f"{counted(equal_records(self.plan), 'record')} equal, "
            f"{counted(len(self.plan.taken), 'field')} to take as one side alone changed them, "
            f"{len(self.differences)} to decide."
        )

    @property
    def taken(self) -> tuple[str, ...]:
        """What is taken without asking, by name."""
        return tuple(
            named(self.folder.criteria, FieldDifference(one.record, one.field, None, None, None))
            for _, one in self.plan.taken
        )


def read_merge(folder: InspectionFolder, other: Path, on_progress: OnProgress = ignore_progress) -> MergeRead:
    """Read ``folder`` and the inspection in ``other``, and find where they differ."""
    theirs = same_population(folder, open_inspection(other))
    ours = open_inspection(folder.path, actor=folder.actor)
    found = gather(ours, [theirs], on_progress=on_progress)
    problems = tuple(str(problem) for problem in verify_inspection(theirs.path))
    return MergeRead(ours, theirs.path, found, planned(found, lambda difference: None), problems)


def can_be_merged(folder: InspectionFolder, other: Path) -> bool:
    """Return whether ``other`` is under the criteria of ``folder``, or cannot be read, which tells why."""
    try:
        found = decode(read_bytes(other / INSPECTION), Inspection, INSPECTION)
    except SqsError:
        return True
    ours = folder.inspection
    return (found.criteria, found.criteria_hash) == (ours.criteria, ours.criteria_hash)


def choice_about(merge: MergeRead, difference: FieldDifference) -> PendingChoice | None:
    """Return the choice about ``difference``; None where none was made between what differs now."""
    choices = merge.choices
    return choices.choice(take_name(difference)) if side_chosen(choices, difference) else None


def keep_side(
    merge: MergeRead, difference: FieldDifference, side: Side, why: str | None = None
) -> PendingChoice:
    """Save the choice that ``side`` stands, and ``why`` (None leaves the reason as it is)."""
    changes = {"taken": side, "between": between(difference)} | ({} if why is None else {"why": why})
    about = str(merge.other.resolve())
    return keep_choice(merge.folder.path, KIND, merge.name, take_name(difference), about=about, **changes)


def ready(merge: MergeRead) -> MergePlan:
    """Return the merge as it was decided; PendingDecisionsError while something is left."""
    choices = merge.choices
    left = sum(side_chosen(choices, d) is None for d in merge.differences)
    silent = len(unexplained(merge.differences, choices))
    if left or silent:
        raise PendingDecisionsError(left, silent)
    return considered(merge.found, choices)


def effect_of_merge(plan: MergePlan) -> Effect:
    """Return what the merge would do to board and letter."""
    return effect(*merged(plan))


def write_merge(
    merge: MergeRead, plan: MergePlan, on_progress: OnProgress = ignore_progress
) -> tuple[str, ...]:
    """Write ``plan``, enter the reasons given, forget the choices, and return the records written."""
    choices = merge.choices
    written = tuple(apply(plan, on_progress))
    enter_reasons(merge.folder, merge.differences, choices)
    stored = read_choices(merge.folder.path, KIND, merge.name)
    save_choices(merge.folder.path, KIND, merge.name, PendingChoices(), expect=stored.hash)
    return written


def merges_begun(folder: InspectionFolder) -> tuple[PendingChoices, ...]:
    """Return the merges with choices not written yet."""
    return begun_merges(folder.path)
