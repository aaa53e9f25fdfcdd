"""A text that answers a question: written over "not known" it is the answer, and what is kept is told."""

from __future__ import annotations

from pathlib import Path

from sqs_core.cli import main
from sqs_core.records.case import CaseRecord, Session
from sqs_core.scoring.checks import check_case
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.answering import giving, judging, noting, taking_away
from sqs_core.workflow.navigation import next_open

FILE = Path(__file__).parent.parent / "criteria" / "values.toml"


def test_a_text_written_over_not_known_is_the_answer_and_one_taken_away_is_told(tmp_path: Path) -> None:
    folder = str(tmp_path / "audit")
    version = ["--criteria", str(FILE), "--service", "Pilot", "--dates", "2026-11-23", "--cases", "1"]
    assert main(["new", folder, *version]) == 0
    opened = open_inspection(folder)
    criteria = opened.criteria
    session = Session(criteria, opened.case("01").record).judging("words", "not-known")
    written = noting(criteria, "words", "evidence", "More time.")
    after = written.change(session)
    assert (after.record.answer("words").outcome, after.undoing().record.judged("words")) == (
        "recorded",
        "not-known",
    )
    assert written.description(after.record, session.record) == (
        "Answer: 10 characters. It is the answer now, in place of 'not known'; undo brings that back."
    )
    assert noting(criteria, "words", "evidence", "").change(session) is session  # nothing was written
    kept = "The text written there is kept, not counted."
    for step in (judging(criteria, "words", "not-known"), taking_away(criteria, "words")):
        before, gone = after, step.change(after)
        assert step.description(gone.record, before.record).endswith(kept)
        told = [p.code for p in check_case(criteria, gone.record, lambda path: "")]
        assert "C207" in told
    assert "C207" not in [p.code for p in check_case(criteria, after.record, lambda path: "")]
    assert main(["answer", folder, "01", "words", "not-known", "--evidence", "More time."]) == 2


def test_what_is_next_stops_at_a_computed_answer_that_lacks_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "values.toml"
    demands = 'counts = "insufficient"\ndemands = ["reason"]'
    reasons = 'id = "intime"\nreasons = [{ id = "ill", text = "somebody was ill" }]'
    text = FILE.read_text("utf-8").replace('counts = "insufficient"', demands)
    file.write_text(text.replace('id = "intime"', reasons), "utf-8")
    criteria = read_criteria(file.read_bytes(), "values.toml")
    session = Session(criteria, CaseRecord("01", criteria.id, criteria.hash))
    for question, words in (("referred", "2026-11-02"), ("seen", "2026-11-20")):
        session = giving(criteria, question, words).change(session)
    assert session.record.judged("intime") == "insufficient"
    assert next_open(criteria, session.record, "seen") == "intime"
    assert next_open(criteria, session.ticking("intime", "ill").record, "seen") == "words"
