"""The moments of work are those of the history: changes to a case, by whom and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

from sqs_core.scoring.pace import Moment, time_spent
from sqs_core.storage.audit import history
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.audit.timing import moments
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.examples import write_example

NOON = datetime(2012, 11, 27, 12, 0, tzinfo=UTC)


def entered(folder: Path, minutes: int, what: str, path: str, case: str = "07") -> None:
    time = NOON + timedelta(minutes=minutes)
    history.append(folder, time=time, who="CN", what=what, case=case, new={"path": path, "hash": ""})


def test_only_what_somebody_does_at_a_case_tells_time(tmp_path: Path) -> None:
    entered(tmp_path, 0, "fact", "cases/07.toml")
    entered(tmp_path, 1, "merge", "cases/07.toml")
    entered(tmp_path, 2, "answer", "second/07.toml")
    entered(tmp_path, 3, "letter", "letter.toml", "")
    entered(tmp_path, 4, "answer", "cases/07.toml")
    first = (Moment("CN", "07", NOON), Moment("CN", "07", NOON + timedelta(minutes=4)))
    assert moments(tmp_path) == (first, 5)
    assert moments(tmp_path, second=True) == ((Moment("CN", "07", NOON + timedelta(minutes=2)),), 5)


def test_looking_again_reads_only_what_was_added(tmp_path: Path) -> None:
    entered(tmp_path, 0, "fact", "cases/07.toml")
    _, number = moments(tmp_path)
    entered(tmp_path, 5, "answer", "cases/07.toml")
    assert moments(tmp_path, after=number) == ((Moment("CN", "07", NOON + timedelta(minutes=5)),), 2)


def test_without_a_history_or_with_one_that_cannot_be_read_no_time_is_told(tmp_path: Path) -> None:
    assert moments(tmp_path) == ((), 0)
    (tmp_path / history.NAME).write_bytes(b"\xff not a line\n")
    assert moments(tmp_path) == ((), 0)


def test_answers_saved_through_the_folder_show_their_minutes(tmp_path: Path) -> None:
    clock = iter(NOON + timedelta(minutes=3 * n) for n in range(99))
    folder = evolve(write_example(tmp_path / "it")[0], actor=Actor("CN", lambda: next(clock)))
    for outcome in ("sufficient", "insufficient", "sufficient"):
        session, known = open_session(folder, "07")
        folder.save_case(session.judging("roh.plan", outcome).record, expect=known)
    assert time_spent(moments(folder.path)[0])["07"].minutes == 6
