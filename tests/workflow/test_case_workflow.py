"""The facts, the answers, the review and the notes of a case: what every user interface does."""

from __future__ import annotations

import pytest
from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.records.interview import interview_with
from sqs_core.storage.folder import InspectionFolder
from sqs_core.workflow import answering, case_form
from sqs_core.workflow.changes import changed_names
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.progress import PeerCases, PeerCounts, ProgressOfCases
from sqs_core.workflow.review import answers_at_a_glance, review_of
from sqs_core.workflow.search import search


@pytest.fixture
def session(criteria: Criteria) -> Session:
    return Session(criteria, CaseRecord("07", criteria.id, criteria.hash))


def field(criteria: Criteria, name: str) -> case_form.Field:
    return next(field for field in case_form.case_form(criteria) if field.name == name)


# ---------------------------------------------------------------- facts


def test_a_value_is_meant_by_number_letter_or_words(criteria: Criteria) -> None:
    custody, order = field(criteria, "custody"), field(criteria, "order_length")
    assert [case_form.value_called(custody, w) for w in ("1", "Y", "no", "none", "maybe")] == [
        *("yes", "yes", "no", ""),
        None,
    ]
    assert [case_form.value_called(order, w) for w in ("8 months", "=none", "clear")] == [
        "8 months",
        "none",
        "",
    ]


def test_a_fact_says_what_it_would_add_and_once_it_holds_what_it_adds(
    criteria: Criteria, session: Session
) -> None:
    risk, names = field(criteria, "rosh_identified"), criteria.question_numbers
    after = case_form.setting(session, "rosh_identified", "yes")
    assert case_form.switched(criteria, session.record, risk).words(names) == "would add 2.3"
    assert case_form.switched(criteria, after.record, risk).words(names) == "adds 2.3"


def test_leaving_out_a_question_that_was_answered_parks_it_and_says_so(
    criteria: Criteria, session: Session
) -> None:
    before = case_form.setting(session, "rosh_identified", "yes").judging("roh.plan", "sufficient")
    step = answering.recording(criteria, field(criteria, "rosh_identified"), "no")
    after = step.change(before)
    assert step.description(after.record, before.record) == (
        "Risk of harm to others identified: no.\nLeaves out 2.3.\nKept, but no longer counted: 2.3."
    )


def test_every_line_of_the_form_is_set_by_its_name_and_an_unknown_one_is_refused(session: Session) -> None:
    pairs = ("inspector=CN", "assessed_with_case_manager=yes", "order_made=12/09/2012")
    record = case_form.setting_all(session, pairs).record
    criteria = session.criteria
    held = [
        case_form.typed_as(record, field(criteria, n.partition("=")[0])) for n in (*pairs, "case_manager")
    ]
    assert held == ["CN", "yes", "2012-09-12", ""]
    with pytest.raises(UsageError, match="did you mean 'custody'"):
        case_form.setting_all(session, ["custdy=yes"])


# ---------------------------------------------------------------- answers


def test_a_step_names_what_was_entered_without_its_words(criteria: Criteria, session: Session) -> None:
    step = answering.noting(criteria, "roh.plan", "said", "The plan was in the post.")
    assert (step.entered, step.words) == (
        "what the case manager said at 2.3, 25 characters",
        "The plan was in the post.",
    )
    assert step.description(step.change(session).record) == "What the case manager said: 25 characters."


def test_a_note_is_added_to_what_is_there_unless_it_replaces_it(criteria: Criteria, session: Session) -> None:
    session = answering.noting(criteria, "roh.plan", "evidence", "One.").change(session)
    more = answering.noting(criteria, "roh.plan", "evidence", "Two.").change(session)
    other = answering.noting(criteria, "roh.plan", "evidence", "Two.", replaces=True).change(session)
    assert [s.record.answer("roh.plan").evidence for s in (more, other)] == ["One.\nTwo.", "Two."]


def test_an_answer_says_what_it_still_has_to_have(criteria: Criteria, session: Session) -> None:
    no = answering.judging(criteria, "lor.assess", "insufficient").change(session)
    with_reason = answering.ticking(criteria, "lor.assess", tick=["evidence-unclear"])
    assert answering.still_to_say(criteria, no.record, "lor.assess") == ("reason", "evidence")
    assert answering.still_to_say(criteria, with_reason.change(no).record, "lor.assess") == ("evidence",)
    assert answering.still_to_say(criteria, session.record, "lor.assess") == ()


def test_marks_are_set_and_taken_away_and_say_so(criteria: Criteria, session: Session) -> None:
    steps = (
        answering.judging(criteria, "lor.assess", "sufficient"),
        answering.coming_back(criteria, "lor.assess", "ask"),
        answering.discussing(criteria, "lor.assess", True),
        answering.coming_back(criteria, "lor.assess", None),
        answering.taking_away(criteria, "lor.assess"),
    )
    told = []
    for step in steps:
        session = step.change(session)
        told.append(step.description(session.record))
    assert told == [
        "Answer: yes, good enough.",
        "1.1 is marked to come back to.",
        "1.1 is marked to discuss at moderation.",
        "1.1 is no longer marked.",
        "Answer: none.",
    ]
    assert session.record.answer("lor.assess") == Answer(discuss=True)


def test_what_changed_is_named_and_not_quoted(criteria: Criteria, session: Session) -> None:
    after = session.judging("roh.plan", "sufficient").noting("roh.plan", "evidence", "secret")
    after = after.setting("custody", True).attending(inspector="CN")
    assert changed_names(criteria, session.record, after.record) == (
        *("inspector", "fact custody"),
        *("2.3 answer", "2.3 evidence"),
    )


# ---------------------------------------------------------------- review


def test_the_review_leads_to_each_gap_and_keeps_advice_apart(criteria: Criteria, session: Session) -> None:
    session = session.judging("lor.assess", "insufficient", ("evidence-unclear",)).flagging(
        "roh.assess", later="ask"
    )
    found = review_of(criteria, session.record)
    first, flagged = found.stops[0], next(gap for gap in found.stops if gap.code == "C104")
    assert (first.words, first.location) == (
        "1.1 is answered no, but there is no evidence",
        Location("question", "07", "lor.assess"),
    )
    assert (flagged.about, str(flagged)) == (
        "is marked to come back to: “ask”",
        "2.1 is marked to come back to; answer it and take the mark away.",
    )
    assert {gap.location for gap in found.advice} == {Location("facts", "07")}
    _, answers = next(answers_at_a_glance(criteria, session.record))
    assert answers[:2] == (("1.1", "no"), ("1.2", "not answered"))


def test_a_second_marking_is_stopped_by_missing_answers_alone(
    criteria: Criteria, example: InspectionFolder
) -> None:
    whole = example.case("07").record
    without = evolve(whole, answers={q: evolve(a, evidence="") for q, a in whole.answers.items()})
    assert review_of(criteria, without).stops
    assert review_of(criteria, without, second=True).stops == ()


# ---------------------------------------------------------------- search


def test_a_word_is_found_in_every_kind_of_note_whatever_its_letters(criteria: Criteria) -> None:
    case = Session(criteria, CaseRecord("07", criteria.id, criteria.hash))
    case = case.noting("roh.plan", "said", "The CURFEW was lifted.").flagging("lor.assess", later="curfew?")
    person = interview_with("A", criteria.id, criteria.hash, note="x" * 100 + " curfew " + "y" * 100)
    hits = list(search(criteria, [case.record], [person], "Curfew"))
    assert [(hit.location, hit.kind) for hit in hits] == [
        (Location("question", "07", "lor.assess"), "come back"),
        (Location("question", "07", "roh.plan"), "the case manager said"),
        (Location("facts", "interviews/A"), "note"),
    ]
    assert hits[2].around.startswith("… curfew y")  # no excerpt begins in the middle of a word
    assert hits[2].around.endswith("y …")
    assert list(search(criteria, [case.record], [person], " ")) == []


def test_a_question_beside_a_case_is_counted_in_the_others_with_the_reasons_of_those_that_fell_short(
    criteria: Criteria, example: InspectionFolder
) -> None:
    records, _ = example.cases()
    peers = PeerCounts(criteria, ProgressOfCases(criteria))
    first = peers.of("roh.plan", "07", 1, records)
    assert first == PeerCases(7, 2, 0, (("08", ("no-plan",)), ("09", ("victims",))))
    assert peers.of("roh.plan", "07", 1, ()) is first  # as long as the others stay as they are
    assert peers.of("roh.plan", "07", 2, ()) == PeerCases()
