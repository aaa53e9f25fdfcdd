"""Questions answered with a value and no judgement: numbers, choices, dates and texts."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sqs_core import Criteria
from sqs_core.cli import main
from sqs_core.criteria import Question
from sqs_core.criteria.diff import diff_criteria
from sqs_core.criteria.questions import RECORDED
from sqs_core.errors import RecordError, UsageError
from sqs_core.exports.board import board_csv, board_data
from sqs_core.exports.table import export_tables
from sqs_core.letter.effect import count_changes
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.records.migration import migrate_record
from sqs_core.records.migration_audit import audit_migration
from sqs_core.records.second_marking import apply_decision, decide
from sqs_core.scoring.calibration import calibrate
from sqs_core.scoring.differences import MarkingDifference, compare_markings, measure_agreement
from sqs_core.scoring.findings import Count, count_findings
from sqs_core.scoring.states import APPLYING, State, progress, question_states
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.merge.three_way import merge
from sqs_core.storage.record_files import decode, encode
from sqs_core.workflow.answering import answer_words, answered, choosing, giving
from sqs_core.workflow.effect_words import measure_name

FILE = Path(__file__).parent.parent / "criteria" / "values.toml"


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    """Judgements, and a question of each kind of value."""
    return read_criteria(FILE.read_bytes(), FILE.name)


@pytest.fixture
def session(criteria: Criteria) -> Session:
    """A case about to be looked at."""
    return Session(criteria, CaseRecord("01", criteria.id, criteria.hash))


def _made(session: Session, **words: str) -> CaseRecord:
    for name, typed in words.items():
        session = giving(session.criteria, name, typed).change(session)
    return session.record


def test_a_value_of_each_kind_is_read_back_as_it_was_given(criteria: Criteria, session: Session) -> None:
    record = _made(session, visits="0", agencies="school, police", referred="2/11/2026", words="A worker.")
    assert record.answers == {
        "visits": Answer("recorded", value=0),
        "agencies": Answer("recorded", value=("police", "school")),
        "referred": Answer("recorded", value=date(2026, 11, 2)),
        "words": Answer("recorded", evidence="A worker."),
        "intime": Answer("not-known"),
    }
    assert decode(encode(record, criteria), CaseRecord, "01.toml", criteria) == record
    told = [answer_words(criteria, record, q) for q in ("visits", "agencies", "words", "plan")]
    assert told == ["0", "police; school", "written, 9 characters", ""]


@pytest.mark.parametrize(
    ("question", "words", "said"),
    [
        ("visits", "61", "the answer to visits is a whole number from 0 to 60, not 61"),
        ("visits", "three", "the answer to visits is a whole number, not 'three'"),
        ("agencies", "polise", "the answer to agencies has no choice 'polise'; did you mean 'police'?"),
        ("seen", "soon", "the answer to seen is a date such as 2012-11-26 or 26/11/2012, not 'soon'"),
        (
            "seen",
            "31/11/2026",
            "the answer to seen is a date such as 2012-11-26 or 26/11/2012, not '31/11/2026': there is no such day",
        ),
        ("plan", "3", "no outcome '3' for plan"),
    ],
)
def test_what_is_no_value_of_the_question_is_refused(
    session: Session, question: str, words: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        answered(session, question, words)


def test_states_count_a_value_as_answered_and_conditions_look_at_it(
    criteria: Criteria, session: Session
) -> None:
    blank = progress(criteria, session.record)
    record = _made(session, visits="0", agencies="school")
    states = question_states(criteria, record)
    assert (blank, progress(criteria, record)) == ((0, 7), (2, 9))
    assert [states[name] for name in ("visits", "why.none", "school.ok")] == [
        State.ANSWERED,
        State.UNANSWERED,
        State.UNANSWERED,
    ]
    assert question_states(criteria, _made(session, visits="2"))["why.none"] is State.NOT_ASKED


def test_an_outcome_takes_the_value_away_and_one_undo_brings_it_back(session: Session) -> None:
    given = session.giving("visits", 3)
    unknown = given.judging("visits", "not-known")
    assert unknown.record.answer("visits") == Answer("not-known")
    assert unknown.undoing().record.answer("visits") == Answer("recorded", value=3)
    assert given.judging("visits", None).record.answers == {}
    with pytest.raises(UsageError, match="no outcome 'sufficient' for visits"):
        given.judging("visits", "sufficient")


def test_choices_are_ticked_one_by_one(session: Session) -> None:
    for choice in ("health", "police", "health"):
        session = choosing(session.criteria, "agencies", choice).change(session)
    assert session.record.answer("agencies").value == ("police",)
    assert choosing(session.criteria, "agencies", "police").change(session).record.answers == {}


def test_a_text_is_the_evidence_and_stays_a_note_where_it_is_no_answer(session: Session) -> None:
    written = session.noting("words", "evidence", "A worker who stayed.")
    assert written.record.answer("words") == Answer("recorded", evidence="A worker who stayed.")
    unknown = written.judging("words", "not-known").noting("words", "evidence", "Nobody asked.")
    assert unknown.record.answer("words") == Answer("recorded", evidence="Nobody asked.")
    assert written.noting("words", "evidence", "").record.answers == {}


def test_timeliness_is_computed_from_two_dates_that_are_answers(session: Session) -> None:
    outcomes = [
        _made(session, referred="2026-11-02", seen=day).judged("intime")
        for day in ("2026-11-07", "2026-11-08", "2026-11-01")
    ]
    assert outcomes == ["sufficient", "insufficient", "not-known"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("recorded"), "visits is recorded, and no value is there"),
        (Answer("recorded", value="3"), "the answer to visits is a whole number, not '3'"),
        (Answer("not-known", value=3), "visits has a value and another outcome"),
        (Answer("sufficient", value=3), "no outcome 'sufficient' for visits"),
    ],
)
def test_a_file_whose_answer_is_at_odds_with_itself_is_refused(
    criteria: Criteria, session: Session, answer: Answer, said: str
) -> None:
    data = encode(evolve(session.record, answers={"visits": answer}), criteria)
    with pytest.raises(RecordError, match=said):
        decode(data, CaseRecord, "cases/01.toml", criteria)


def test_two_markings_differ_by_value_and_either_or_another_is_agreed(
    criteria: Criteria, session: Session
) -> None:
    first = _made(session, visits="3", words="One thing.")
    second = _made(session, visits="4", words="Another.")
    assert compare_markings(criteria, first, second) == (MarkingDifference("visits", "outcome", "3", "4"),)
    assert "visits" not in measure_agreement(criteria, [(first, second)]).questions
    agreed = {
        taken: apply_decision(
            criteria, first, first, second, "visits", decide(criteria, first, second, "visits", taken, "seen")
        ).answer("visits")
        for taken in ("second", "5", "not-known")
    }
    assert agreed == {
        "second": Answer("recorded", value=4),
        "5": Answer("recorded", value=5),
        "not-known": Answer("not-known"),
    }


def test_a_merge_never_makes_one_answer_of_two_values() -> None:
    def record(answer: dict[str, Any]) -> dict[str, Any]:
        return {"answers": {"visits": answer}}

    base = record({"outcome": "recorded", "value": 3})
    ours, theirs = record({"outcome": "not-known"}), record({"outcome": "recorded", "value": 4})
    merged = merge("cases/01.toml", base, ours, theirs, lambda difference: None)
    assert [difference.field for difference in merged.differences] == [("answers", "visits", "outcome")]
    chosen = merge("cases/01.toml", base, ours, theirs, lambda difference: "theirs")
    assert chosen.table == theirs


def test_a_value_moves_to_a_version_that_takes_it_and_is_parked_in_one_that_does_not(
    criteria: Criteria, session: Session
) -> None:
    record = _made(session, visits="30", words="A worker.")

    def narrower(question: Question) -> Question:
        return evolve(question, most=20) if question.id == "visits" else question

    wider = evolve(criteria, id="wider", hash="sha256:w")
    narrow = evolve(wider, questions=tuple(map(narrower, criteria.questions)))
    for new, kept in ((wider, {"visits", "words"}), (narrow, {"words"})):
        difference = diff_criteria(criteria, new)
        migrated = migrate_record(record, difference)
        assert audit_migration(migrated, difference) == []
        assert migrated.record.answers.keys() == kept
        assert [parked.question for parked in migrated.record.parked] == sorted({"visits", "words"} - kept)
    assert [c.changed for c in diff_criteria(criteria, narrow).questions if c.changed] == [("range",)]


def test_values_are_counted_by_themselves_and_never_among_judgements(
    criteria: Criteria, session: Session
) -> None:
    records = [
        evolve(_made(session, **given), case=f"0{n}")
        for n, given in enumerate(
            (
                {"visits": "2", "agencies": "police, school", "words": "One."},
                {"visits": "7", "agencies": "none of them"},
                {"visits": "4", "agencies": "school"},
                {},
            ),
            1,
        )
    ]
    records[3] = Session(criteria, records[3]).judging("visits", "not-known").record
    findings = count_findings(criteria, records)
    tally = findings.tally("visits")
    assert (tally.k, tally.n, tally.share) == (0, 0, None)
    assert [findings.tally(q).value_words for q in ("visits", "agencies", "words", "plan")] == [
        "3 of 4 recorded; median 4, from 2 to 7",
        "3 of 4 recorded; police 1 of 3, school 2 of 3, health 0 of 3",
        "written in 1 of 4",
        "",
    ]
    count = findings.count("agencies", "school")
    assert count == Count(("01", "03"), ("01", "02", "03"), ("01", "02", "03", "04"), pending=("04",))
    assert findings.count("words", "other").cases == ("02", "03", "04")


def test_the_counts_of_values_are_those_of_a_recount_of_200_made_up_cases(criteria: Criteria) -> None:
    records = list(synthetic_records(criteria, 200, 7, practice=False))
    findings = count_findings(criteria, records)
    asked = {
        q: [r for r in records if question_states(criteria, r)[q] in APPLYING] for q in ("visits", "words")
    }
    given: dict[str, list[Any]] = {
        q: [value for r in records if (value := r.answers[q].value) is not None]
        for q in ("visits", "agencies")
    }
    numbers, chosen = sorted(given["visits"]), given["agencies"]
    middle = (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2
    written = [r for r in records if r.answers["words"].evidence and r.answers["words"].outcome == "recorded"]
    names = ("police", "school", "health")
    told = ", ".join(f"{name} {sum(name in value for value in chosen)} of {len(chosen)}" for name in names)
    assert [findings.tally(q).value_words for q in ("visits", "agencies", "words")] == [
        f"{len(numbers)} of {len(asked['visits'])} recorded; "
        f"median {middle:g}, from {numbers[0]} to {numbers[-1]}",
        f"{len(chosen)} of 200 recorded; {told}",
        f"written in {len(written)} of {len(asked['words'])}",
    ]
    assert 0 < len(written) < 200 > len(numbers) > 0


def test_what_a_change_does_to_a_choice_is_told_as_a_change_of_its_count(
    criteria: Criteria, session: Session
) -> None:
    before, after = (
        count_findings(criteria, [_made(session, agencies=words)]) for words in ("police", "police, school")
    )
    (change,) = count_changes(before, after)
    assert (str(change), measure_name(criteria, change)) == ("agencies:school  0/1 → 1/1", "agencies: school")


def test_an_assessor_is_compared_by_judgements_alone(criteria: Criteria, session: Session) -> None:
    agreed = (
        Session(criteria, _made(session, visits="3", words="A worker.")).judging("plan", "sufficient").record
    )
    given = (
        Session(criteria, _made(session, visits="4", words="Another.")).judging("plan", "sufficient").record
    )
    found = calibrate(criteria, {"01": agreed}, {"01": given})
    assert [(one.question, one.agreed, one.given) for one in found.judgements] == [
        ("plan", "sufficient", "sufficient")
    ]


def test_tables_have_the_values_and_a_text_only_where_texts_are_asked_for(
    criteria: Criteria, session: Session
) -> None:
    record = _made(session, visits="3", agencies="school", seen="5/11/2026", words="A worker.")
    record = Session(criteria, record).judging("referred", "not-known").record
    answers, cases, *_ = export_tables(criteria, [record], [])
    told = {row["question"]: (row["answer"], row["value"]) for row in answers.dicts}
    assert told == {
        "plan": ("unanswered", None),
        "visits": ("recorded", "3"),
        "agencies": ("recorded", "school"),
        "referred": ("not-known", None),
        "seen": ("recorded", "2026-11-05"),
        "intime": ("not-known", None),
        "words": ("recorded", None),
        "why.none": ("not-asked", None),
        "school.ok": ("unanswered", None),
    }
    row = cases.dicts[0]
    assert [row[name] for name in ("visits", "visits.value", "agencies.school", "agencies.health")] == [
        "recorded",
        3,
        True,
        False,
    ]
    assert [row[name] for name in ("referred", "referred.value", "words")] == ["not-known", None, "recorded"]
    with_text = export_tables(criteria, [record], [], text=True)[0]
    assert [r["evidence"] for r in with_text.dicts if r["question"] == "words"] == ["A worker."]
    without = [str(table.rows) for table in export_tables(criteria, [record], [])]
    assert "A worker." not in "".join(without)


def test_the_board_as_data_and_as_a_table_tells_values_and_no_text(
    criteria: Criteria, session: Session
) -> None:
    records = [
        evolve(_made(session, visits=visits, agencies="police", words="A worker."), case=case)
        for case, visits in (("01", "2"), ("02", "5"))
    ]
    findings = count_findings(criteria, records)
    data = board_data(findings)
    told = {line["id"]: line["value"] for line in data["questions"] if "value" in line}
    assert told["visits"] == {
        "asked": 2,
        "kind": "number",
        "recorded": 2,
        "choices": {},
        "cases": {},
        "numbers": {"01": 2, "02": 5},
        "median": 3.5,
        "range": [2, 5],
        "recorded_in": ["01", "02"],
    }
    assert told["agencies"]["cases"] == {"police": ["01", "02"], "school": [], "health": []}
    assert "A worker." not in str(data)
    lines = {line["id"]: line for line in csv.DictReader(io.StringIO(board_csv(findings)))}
    assert [lines["visits"][column] for column in ("applicable", "recorded", "median", "lowest")] == [
        "",
        "2",
        "3.5",
        "2",
    ]
    assert lines["agencies"]["choices"] == "police=2 school=0 health=0"
    assert "recorded" not in board_csv(count_findings(evolve(criteria, questions=criteria.questions[:1]), []))


def test_a_value_is_given_by_command_shown_kept_in_the_history_and_never_overridden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "trial")
    days = ["--dates", "2026-11-23..2026-11-25", "--cases", "2"]
    assert main(["new", folder, "--criteria", str(FILE), "--service", "Pilot Service", *days]) == 0
    given = (("visits", "12"), ("agencies", "none of them"), ("1.4", "2/11/2026"), ("words", "A worker."))
    for question, words in given:
        assert main(["answer", folder, "01", question, words]) == 0
    assert main(["answer", folder, "01", "visits", "99"]) == 2
    assert main(["override", folder, "01", "visits", "not-known", "--why", "w", "--authority", "lead"]) == 2
    said = capsys.readouterr().err
    assert "A worker." not in said
    assert "visits is answered with a value, and only a judgement is overridden" in said
    for renderer in ("board", "board-html", "grid"):
        out = str(tmp_path / f"out.{renderer}")
        assert main(["report", folder, "-r", renderer, "-o", out]) == 0
        told = Path(out).read_text("utf-8")
        assert "A worker." not in told
        assert ("1 of 2 recorded; median 12, from 12 to 12" in told) == (renderer != "grid")
    capsys.readouterr()
    assert main(["show", folder, "01", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    values = {q["id"]: q["value"] for q in shown["questions"] if "value" in q}
    assert values == {"visits": 12, "agencies": [], "referred": "2026-11-02"}
    assert main(["history", folder, "01"]) == 0
    assert "answers.visits.value: – → 12" in capsys.readouterr().out
    assert RECORDED.id not in Path(folder, "criteria.toml").read_text("utf-8")
    assert any("A worker." in file.read_text("utf-8") for file in Path(folder).rglob("*.*") if file.is_file())
    assert main(["purge", folder, "01", "--why", "kept long enough", "--apply"]) == 0
    assert not any(
        "A worker." in file.read_text("utf-8") for file in Path(folder).rglob("*") if file.is_file()
    )
