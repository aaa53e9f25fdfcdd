"""Undo across restarts: the past of a case, found in the history off the UI thread."""

from __future__ import annotations

from contextlib import suppress

from attrs import evolve
from textual.app import App

from sqs_core.errors import SqsError
from sqs_core.records import Session
from sqs_core.records.case import MOST_STEPS
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.audit.undo import open_session
from sqs_tui.workspace import Workspace


def recover(app: App[None], workspace: Workspace, case: str) -> None:
    """Find the past of ``case`` once, and enter that it was opened; nobody waits for either."""
    if case in workspace.recovered or case not in workspace.sessions:
        return
    workspace.recovered.add(case)
    folder = workspace.folder

    def work() -> None:
        try:
            session, _ = open_session(folder, case)
        except SqsError:  # undo then goes back as far as this run does
            return
        app.call_later(join, workspace, session)
        log_opening(folder, case)

    app.run_worker(work, thread=True, group="past")


def recover_now(workspace: Workspace, case: str) -> None:
    """Find the past of ``case`` at once: somebody wants to undo before it has arrived."""
    if case not in workspace.histories:
        with suppress(SqsError):
            join(workspace, open_session(workspace.folder, case)[0])


def join(workspace: Workspace, session: Session) -> None:
    """Put the past of ``session`` before what was done in this run, once."""
    case = session.record.case
    now = workspace.sessions.get(case)
    # A past that was read before somebody else changed the case does not meet it: it is read again.
    if now is not None and case not in workspace.histories and _meet(now, session):
        workspace.histories.add(case)
        workspace.sessions[case] = with_past(now, session)


def with_past(now: Session, stored: Session) -> Session:
    """Return ``now`` with the past of ``stored``, which it meets, before it."""
    run = (*now.past, now.record)
    past = (*stored.past, *run[run.index(stored.record) : -1])[-MOST_STEPS:]
    untouched = not now.past and not now.future
    return evolve(now, past=past, future=stored.future if untouched else now.future)


def _meet(now: Session, stored: Session) -> bool:
    return stored.record in (*now.past, now.record)
