"""Finishing a case, opening it again, overriding an answer: by the core, which enters each with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqs_core.errors import HeldError, NotSavedError

if TYPE_CHECKING:
    from sqs_tui.desk import Desk

PATIENCE = 5.0
"""Seconds that what was typed last has to reach the disk, before what is there is decided on."""


def finish(desk: Desk, case: str) -> None:
    """Lock the answers of ``case``; UnfinishedError lists all that is missing."""
    from sqs_core.storage.moderation import second
    from sqs_core.storage.moderation import sign_off as deciding

    saved_as_seen(desk, case)
    if isinstance(desk.folder, second.SecondFolder):
        second.finish_second(desk.folder, case)
    else:
        deciding.finish(desk.folder, case)
    desk.read_again(case)


def reopen(desk: Desk, case: str, why: str) -> None:
    """Unlock the answers of ``case``, saying why; HeldError for a second marking, which stays as it is."""
    from sqs_core.storage.moderation import sign_off as deciding

    saved_as_seen(desk, case)
    deciding.reopen(desk.folder, case, why)
    desk.read_again(case)


def override(desk: Desk, case: str, question: str, outcome: str, *, why: str, authority: str) -> None:
    """Let ``outcome`` count for ``question`` instead of its answer, which stays in the record."""
    from sqs_core.storage.moderation import sign_off as deciding

    saved_as_seen(desk, case)
    deciding.override(desk.folder, case, question, outcome, why=why, authority=authority)
    desk.read_again(case)


def saved_as_seen(desk: Desk, case: str) -> None:
    """Refuse to decide on anything but what the person has on the screen."""
    if not desk.saver.flush(PATIENCE):
        raise NotSavedError(f"case {case}: not everything is saved yet; try again when row 1 says it is")
    if desk.folder.case(case).hash != desk.saver.hashes[desk.key("case", case)]:
        raise HeldError(
            f"case {case} was changed outside this program; read it from disk again (^P), then look"
        )
