"""Undo across restarts: the past of a case, found in the history off the UI thread."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import evolve

from sqs_core.errors import SqsError
from sqs_core.records import Session
from sqs_core.records.session import MOST_STEPS
from sqs_tui.messages import Recovered

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp
    from sqs_tui.desk import Desk


def recover(app: SqsApp, case: str) -> None:
    """Find the past of ``case`` once, and enter that it was opened; nobody waits for either."""
    desk = app.desk
    if desk is None or case in desk.recovered or case not in desk.sessions:
        return
    desk.recovered.add(case)
    folder = desk.folder

    def work() -> None:
        from sqs_core.storage.audit.access_log import log_opening
        from sqs_core.storage.audit.undo import open_session

        try:
            session, _ = open_session(folder, case)
        except SqsError:  # undo then goes back as far as this run does
            return
        app.post_message(Recovered(str(folder.path.resolve()), session))
        log_opening(folder, case)

    app.run_worker(work, thread=True, group="past")


def recover_now(desk: Desk, case: str) -> None:
    """The past of ``case`` at once: somebody wants to undo before it has arrived."""
    from sqs_core.storage.audit.undo import open_session

    if case not in desk.pasts:
        with suppress(SqsError):
            take(desk, open_session(desk.folder, case)[0])


def take(desk: Desk, session: Session) -> None:
    """Put the past of ``session`` before what was done in this run, once."""
    case = session.record.case
    # A past that was read before somebody else changed the case does not meet it: it is read again.
    if case in desk.sessions and case not in desk.pasts and _meet(desk.sessions[case], session):
        desk.pasts.add(case)
        desk.sessions[case] = joined(desk.sessions[case], session)


def _meet(now: Session, stored: Session) -> bool:
    return stored.record in (*now.past, now.record)


def joined(now: Session, stored: Session) -> Session:
    """``now`` with the past of ``stored`` before it; as it was where the two do not meet."""
    run = (*now.past, now.record)
    if not _meet(now, stored):
        return now
    meet = run.index(stored.record)
    past = (*stored.past, *run[meet:-1])[-MOST_STEPS:]
    untouched = not now.past and not now.future
    return evolve(now, past=past, future=stored.future if untouched else now.future)
