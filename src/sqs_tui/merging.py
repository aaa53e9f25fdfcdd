"""The work of a merge that is done off the UI thread: by the core, told step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.errors import NotSavedError
from sqs_core.letter.effect import effect
from sqs_tui.decisions import PATIENCE
from sqs_tui.messages import MergeDone, MergeRead, MergeReady

if TYPE_CHECKING:
    from sqs_core.storage.merge.plan import MergeInputs, MergePlan
    from sqs_core.storage.moderation.pending_decisions import PendingChoices
    from sqs_tui.desk import Desk

Told = Callable[[int, int], None]


def read_merge(desk: Desk, other: Path, told: Told) -> MergeRead:
    """Read this inspection and ``other``, and find where they differ."""
    from sqs_core.storage.audit.verify import verify_inspection
    from sqs_core.storage.folder import open_inspection
    from sqs_core.storage.merge.plan import gather, planned

    if not desk.saver.flush(PATIENCE):
        raise NotSavedError("not everything is saved yet; try again when row 1 says it is")
    theirs = open_inspection(other)
    ours = open_inspection(desk.folder.path, actor=desk.folder.actor)
    found = gather(ours, [theirs], told=told)
    problems = tuple(str(problem) for problem in verify_inspection(theirs.path))
    return MergeRead(found, planned(found, lambda difference: None), problems)


def weigh_merge(found: MergeInputs, choices: PendingChoices) -> MergeReady:
    """The merge as it was decided, and what it would do to board and letter."""
    from sqs_core.storage.merge.choices import considered
    from sqs_core.storage.merge.effects import merged

    plan = considered(found, choices)
    return MergeReady(plan, effect(*merged(plan)))


def write_merge(
    desk: Desk, first: MergePlan, plan: MergePlan, choices: PendingChoices, told: Told
) -> MergeDone:
    """Write ``plan``, enter the reasons given where the ``first`` one differed, and read everything again."""
    from sqs_core.storage.merge.apply import apply
    from sqs_core.storage.merge.choices import enter_reasons
    from sqs_tui.snapshot import read_folder

    written = apply(plan, told)
    enter_reasons(plan.ours.folder, (d for _, d in first.differences), choices)
    return MergeDone(written, read_folder(desk.folder.path))
