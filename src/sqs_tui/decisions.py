"""Finishing a case, opening it again: by the core, which enters each with why."""

from __future__ import annotations

from sqs_core.errors import HeldError, NotSavedError
from sqs_core.storage.moderation import second, sign_off
from sqs_tui.workspace import Workspace

PATIENCE = 5.0
"""Seconds that what was typed last has to reach the disk, before what is there is decided on."""


def finish(workspace: Workspace, case: str) -> None:
    """Lock the answers of ``case``; UnfinishedError lists all that is missing."""
    check_saved_as_seen(workspace, case)
    if isinstance(workspace.folder, second.SecondFolder):
        second.finish_second(workspace.folder, case)
    else:
        sign_off.finish(workspace.folder, case)
    workspace.read_again(case)


def reopen(workspace: Workspace, case: str, why: str) -> None:
    """Unlock the answers of ``case``, saying why; HeldError for a second marking, which stays as it is."""
    check_saved_as_seen(workspace, case)
    sign_off.reopen(workspace.folder, case, why)
    workspace.read_again(case)


def check_saved_as_seen(workspace: Workspace, case: str) -> None:
    """Refuse to decide on anything but what the person has on the screen.

    Raises:
        NotSavedError: what was typed last is not on the disk yet.
        HeldError: the record was changed outside this program.
    """
    named = workspace.criteria.named(case)
    if not workspace.autosave.flush(PATIENCE):
        raise NotSavedError(f"{named}: not everything is saved yet; try again when row 1 says it is")
    if workspace.folder.case(case).hash != workspace.autosave.hashes[workspace.key("case", case)]:
        raise HeldError(f"{named} was changed outside this program; read it from disk again (^P), then look")
