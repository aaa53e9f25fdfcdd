"""Outcomes that nobody gives: in time, late or not to be told, from two dates; the lowest grade of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from sqs_core import Criteria
from sqs_core.cli import main
from sqs_core.criteria.diff import diff_criteria
from sqs_core.errors import UsageError
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.records.computed import computed_words
from sqs_core.records.migration import migrate_record
from sqs_core.records.migration_audit import audit_migration
from sqs_core.scoring.checks import check_case
from sqs_core.scoring.differences import compare_markings, measure_agreement
from sqs_core.scoring.states import progress
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.record_files import decode, encode

FILE = next(file for file in shipped_criteria() if file.stem == "social-care-audit")


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    """What is asked of a child's case: a decision within one working day, an assessment within 45."""
    return read_criteria(FILE.read_bytes(), FILE.name).of("children")


@pytest.fixture
def session(criteria: Criteria) -> Session:
    """A case about to be looked at."""
    return Session(criteria, CaseRecord("01", criteria.id, criteria.hash))


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        (None, "cannot-be-told"),
        (date(2026, 4, 2), "on-time"),
        (date(2026, 4, 7), "on-time"),  # Good Friday, a weekend and Easter Monday lie between
        (date(2026, 4, 8), "late"),
        (date(2026, 4, 1), "cannot-be-told"),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(
    session: Session, decided: date | None, outcome: str
) -> None:
    session = session.setting("referred", date(2026, 4, 2)).setting("decided", decided)
    assert session.record.judged("decide.timely") == outcome


def test_nobody_gives_a_computed_outcome_and_reasons_for_it_can_be_ticked(session: Session) -> None:
    session = session.setting("referred", date(2026, 3, 2)).setting("decided", date(2026, 3, 6))
    with pytest.raises(
        UsageError, match="decide.timely is computed from 'Referral received on' and 'Decision"
    ):
        session.judging("decide.timely", "on-time")
    ticked = session.ticking("decide.timely", "information").record
    assert (ticked.judged("decide.timely"), ticked.answer("decide.timely").reasons) == (
        "late",
        ("information",),
    )
    assert session.undoing().record.judged("decide.timely") == "cannot-be-told"
    asked = session.criteria.question("decide.timely")
    assert computed_words(session.criteria, session.record, asked) == (
        "Computed: 4 working days; at most 1 working day. "
        "Referral received on 2026-03-02; Decision on what happens next 2026-03-06."
    )


def test_of_a_case_that_nobody_looked_at_nothing_is_said_and_a_date_that_is_missing_is_told(
    session: Session,
) -> None:
    assert session.setting("referred", None).record.judged("decide.timely") is None
    record = session.setting("referred", date(2026, 3, 2)).setting("assessed", date(2026, 3, 1)).record
    told = check_case(session.criteria, record, lambda keys: keys[-1] if keys else "")
    assert [(p.where, p.what, p.advice) for p in told if p.code == "C205"] == [
        (
            "decide.timely",
            "decide.timely cannot be told: no date 'Decision on what happens next' is recorded",
            True,
        ),
        (
            "assess.timely",
            "assess.timely cannot be told: 'Assessment finished on' is before 'Referral received on'",
            True,
        ),
    ]


def test_a_grade_within_a_case_is_the_lowest_of_those_that_are_asked(session: Session) -> None:
    session = session.setting("visits_due", False).setting("others_involved", True)
    for question in ("assess.quality", "child.voice", "agencies", "supervision"):
        session = session.judging(question, "strong")
    assert session.record.judged("case.grade") is None
    session = session.judging("record", "weak")
    assert session.record.judged("case.grade") == "weak"
    session = session.judging("record", "not-applicable")
    assert session.record.judged("case.grade") == "strong"
    session = session.setting("visits_due", True)
    assert session.record.judged("case.grade") is None


def test_what_somebody_wrote_into_the_file_is_computed_anew(session: Session) -> None:
    record = session.setting("referred", date(2026, 3, 2)).setting("decided", date(2026, 3, 6)).record
    answer = evolve(record.answer("decide.timely"), outcome="on-time", evidence="Tab 1.")
    data = encode(record.answering("decide.timely", answer), session.criteria)
    read = decode(data, CaseRecord, "cases/01.toml", session.criteria)
    assert read.answer("decide.timely") == evolve(answer, outcome="late")


def test_a_plan_is_part_of_a_case_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "autumn")
    new = ["new", folder, "--criteria", "social-care-audit", "--service", "Anytown", "--dates", "2026-11-23"]
    assert main([*new, "--cases", "children=2,plans=3"]) == 2
    assert (
        "plans are parts of cases, and not numbered by themselves; add each with" in capsys.readouterr().err
    )
    folder = str(tmp_path / "winter")
    new[1] = folder
    assert main([*new, "--cases", "children=2"]) == 0
    assert main(["case", "add", folder, "02-1", "--population", "plans"]) == 0
    assert main(["case", "add", folder, "03-1", "--population", "plans"]) == 2
    assert (
        "'03-1' is no part of a case that is there: call plan 1 of case 01 '01-1'" in capsys.readouterr().err
    )
    plans = open_inspection(folder).population("plans")
    assert [plans.next_part(), plans.next_part("02-1")] == ["01-1", "02-2"]
    (tmp_path / "winter" / "cases" / "02.toml").unlink()
    assert main(["check", folder]) != 0
    told = "plans/cases/02-1.toml: C303 is part of a case '02', which is not there; add that case, or call it"
    assert told in capsys.readouterr().out


def test_an_answer_to_what_a_new_version_computes_is_parked_and_a_computed_one_is_computed_anew() -> None:
    local = next(file for file in shipped_criteria() if file.stem == "local-audit").read_text("utf-8")

    def version(name: str, within: int) -> Criteria:
        timely = f'timely = {{ start = "opened", end = "seen", within = {within} }}'
        text = local.replace('id = "local-audit" ', f'id = "{name}" ')
        text = text.replace('[[facts]]\nid = "opened"', '[[facts]]\nid = "seen"\ntext = "Seen"\nkind = "date"\n\n[[facts]]\nid = "opened"')  # fmt: skip
        return read_criteria(text.replace('short = "contact"', f'short = "contact"\n{timely}').encode(), name)

    plain, two, nine = read_criteria(local.encode(), "local-audit.toml"), version("b", 2), version("c", 9)
    session = Session(plain, CaseRecord("01", plain.id, plain.hash)).setting("opened", date(2026, 3, 2))
    record = session.judging("deliver.contact", "sufficient").record
    difference = diff_criteria(plain, two)
    parked = migrate_record(record, difference)
    assert audit_migration(parked, difference) == []
    assert [(p.question, p.why) for p in parked.record.parked] == [
        ("deliver.contact", "deliver.contact is computed in b")
    ]
    session = Session(two, parked.record).setting("seen", date(2026, 3, 9))
    assert session.record.judged("deliver.contact") == "insufficient"
    difference = diff_criteria(two, nine)
    anew = migrate_record(session.ticking("deliver.contact", "gaps").record, difference)
    assert audit_migration(anew, difference) == []
    assert anew.record.answer("deliver.contact") == Answer("sufficient", ("gaps",))


def test_two_markings_differ_in_dates_and_grades_and_not_in_what_is_computed_from_them(
    session: Session,
) -> None:
    first = session.setting("referred", date(2026, 3, 2)).setting("decided", date(2026, 3, 3))
    second = session.setting("referred", date(2026, 3, 2)).setting("decided", date(2026, 3, 9))
    marked = [one.judging("record", grade).record for one, grade in ((first, "good"), (second, "weak"))]
    found = compare_markings(session.criteria, marked[0], marked[1])
    assert [(d.item, d.first, d.second) for d in found] == [
        ("decided", "2026-03-03", "2026-03-09"),
        ("record", "good", "weak"),
    ]
    agreement = measure_agreement(session.criteria, [(marked[0], marked[1])])
    assert "decide.timely" not in agreement.questions
    assert agreement.whole.raw.units == 1


def test_what_cannot_be_told_is_neither_answered_nor_left_to_answer(session: Session) -> None:
    untold = session.setting("referred", date(2026, 4, 2))
    told = untold.setting("decided", date(2026, 4, 7))
    before, after = (progress(session.criteria, one.record) for one in (untold, told))
    assert (before[0], after) == (0, (1, before[1] + 1))
