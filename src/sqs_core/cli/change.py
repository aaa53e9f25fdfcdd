"""Changing one case from the command line, with a retry where somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.errors import HeldError
from sqs_core.records.case import Session
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.second import SecondFolder, check_not_finished
from sqs_core.workflow.retrying import retried


def change_case(
    folder: InspectionFolder,
    case: str,
    change: Callable[[Session], Session],
    *,
    expect: str | None = None,
) -> tuple[Session, str]:
    """Read ``case``, change it and save it; return the session after it and the hash on disk.

    With ``expect``, HeldError where the record on disk is another.  Without it, a record that
    someone else saved in between is read again and changed, so that neither change is lost.
    """

    def once() -> tuple[Session, str]:
        stored = folder.case(case)
        if expect is not None and stored.hash != expect:
            raise HeldError(
                f"{folder.criteria.named(case)} has changed since you read it: it is now {stored.hash}; "
                f"look at it with 'sqs show', then answer again"
            )
        if isinstance(folder, SecondFolder):
            check_not_finished(folder.criteria, stored.record)
        session = change(Session(folder.criteria, stored.record))
        if session.record == stored.record:
            # Perhaps because an earlier try was stopped after the save: then its entry is still due.
            folder.journal.enter_missed(folder.name_of(case))
            return session, stored.hash
        return session, folder.save_case(session.record, expect=stored.hash)

    return once() if expect is not None else retried(once)
