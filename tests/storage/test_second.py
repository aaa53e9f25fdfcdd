"""Second markings on disk: drawn by a seed, blinded while open, settled without losing either view."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from sqs_core.errors import HeldError, UsageError
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.second_marking import decide
from sqs_core.scoring.differences import compare_markings
from sqs_core.scoring.states import question_states
from sqs_core.storage.blinding import BlindedError, blinded_cases, is_blinded
from sqs_core.storage.check import check_inspection
from sqs_core.storage.examples import write_example
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.moderation.agreed import (
    finished_pairs,
    markings,
    not_carried_out,
    save_decisions,
    settled_case,
)
from sqs_core.storage.moderation.second import (
    as_second,
    can_be_drawn,
    draw_seconds,
    finish_second,
    save_second,
    second_case,
)
from sqs_core.workflow.composing import compose_report
from systems import links

SEED, DRAWN = 11, ("05", "07", "14")


@pytest.fixture
def folder(tmp_path: Path) -> InspectionFolder:
    return write_example(tmp_path / "d")[0]


@pytest.fixture
def drawn(folder: InspectionFolder) -> InspectionFolder:
    return draw_seconds(folder, 3, SEED)[0]


def mark(folder: InspectionFolder, case: str, **answers: str) -> CaseRecord:
    """A second marking like the first but for ``answers`` (a dot is written ``_``), saved and finished."""
    first = open_original(folder, case)
    stored = second_case(folder, case)
    record = evolve(first, inspector="ZZ", status="open")
    for name, outcome in answers.items():
        record = record.answering(name.replace("_", "."), Answer(outcome, evidence="second view"))
    save_second(folder, record, expect=stored.hash)
    finish_second(folder, case, incomplete=True)
    return record


def open_original(folder: InspectionFolder, case: str) -> CaseRecord:
    from sqs_core.storage.record_files import decode

    data = (folder.path / "second" / "first" / f"{case}.toml").read_bytes()
    return decode(data, CaseRecord, "first", folder.criteria)


def test_the_same_seed_draws_the_same_cases_and_the_record_says_so(folder: InspectionFolder) -> None:
    after, cases = draw_seconds(folder, 3, SEED)
    (draw,) = open_inspection(after.path).inspection.second_draws
    assert (cases, draw.seed, draw.among, draw.drawn) == (DRAWN, SEED, 14, DRAWN)


def test_a_second_marking_begins_with_nothing_of_the_first(drawn: InspectionFolder) -> None:
    assert second_case(drawn, "07").record == drawn.new_case("07")


def test_a_case_is_drawn_once_and_only_when_it_is_completely_marked(drawn: InspectionFolder) -> None:
    stored = drawn.case("01")
    drawn.save_case(stored.record.answering("lor.plan", Answer()), expect=stored.hash)
    among = can_be_drawn(drawn)
    assert set(among) == {f"{n:02}" for n in range(1, 15)} - {"01", *DRAWN}
    with pytest.raises(UsageError, match="10 are fully marked"):
        draw_seconds(drawn, 11, 1)


def test_a_draw_cut_short_is_completed_by_the_next(drawn: InspectionFolder) -> None:
    (drawn.path / "second" / "07.toml").unlink()
    draw_seconds(open_inspection(drawn.path), 1, 5)
    assert is_blinded(drawn.path, "07")


def test_the_same_draw_again_completes_one_cut_short_and_draws_no_more(drawn: InspectionFolder) -> None:
    (drawn.path / "second" / "07.toml").unlink()
    assert draw_seconds(open_inspection(drawn.path), 3, SEED)[1] == DRAWN
    assert blinded_cases(drawn.path) == DRAWN


def test_a_blinded_case_cannot_be_read_and_counts_nowhere(drawn: InspectionFolder) -> None:
    with pytest.raises(BlindedError):
        drawn.case("07")
    records, problems = drawn.cases()
    assert {r.case for r in records}.isdisjoint(DRAWN)
    assert [p.code for p in problems] == ["S101"] * 3
    for figure in (findings_of, compose_report):
        with pytest.raises(BlindedError):
            figure(drawn)
    with pytest.raises(BlindedError):
        markings(drawn, "07")


@pytest.mark.parametrize("content", [b"", b"status = 'finished'", b"\xff", b"format = 99\n# end of record\n"])
def test_a_second_marking_that_cannot_be_read_keeps_the_first_blinded(
    drawn: InspectionFolder, content: bytes
) -> None:
    (drawn.path / "second" / "07.toml").write_bytes(content)
    assert is_blinded(drawn.path, "07")


@links
def test_a_link_that_leads_nowhere_keeps_the_first_blinded(drawn: InspectionFolder) -> None:
    path = drawn.path / "second" / "07.toml"
    path.unlink()
    path.symlink_to("nowhere.toml")
    assert is_blinded(drawn.path, "07")


@links
def test_where_it_cannot_be_seen_which_cases_were_drawn_every_case_is_shut(drawn: InspectionFolder) -> None:
    second = drawn.path / "second"
    second.rename(drawn.path / "elsewhere")
    second.symlink_to(second)  # to whoever may read everything, a folder that cannot be read
    assert blinded_cases(drawn.path) == tuple(f"{n:02}" for n in range(1, 15))
    with pytest.raises(BlindedError):
        drawn.case("01")


def test_the_second_inspector_sees_an_inspection_of_second_markings_alone(
    drawn: InspectionFolder,
) -> None:
    second = as_second(drawn)
    stored = second.case("07")
    now = second.save_case(stored.record.answering("lor.plan", Answer("insufficient")), expect=stored.hash)
    assert second.case_ids() == DRAWN
    assert second_case(drawn, "07").hash == second.case("07").hash == now
    assert findings_of(second).count("lor.plan").k == 0
    assert [p.where for p in check_inspection(second)[1] if p.code == "C102"] == ["second/07.toml:6"]
    with pytest.raises(BlindedError, match="no letter"):
        compose_report(second)
    with pytest.raises(UsageError, match="was not drawn"):
        second.case("01")
    with pytest.raises(UsageError, match="are drawn"):
        second.add_case(second.new_case("15"))


def test_a_finished_second_marking_opens_the_first_and_never_changes(drawn: InspectionFolder) -> None:
    mark(drawn, "07")
    assert drawn.case("07").record.case == "07"
    assert blinded_cases(drawn.path) == ("05", "14")
    stored = second_case(drawn, "07")
    with pytest.raises(HeldError, match="stays as it is"):
        save_second(drawn, stored.record.answering("lor.plan", Answer("insufficient")), expect=stored.hash)
    with pytest.raises(HeldError, match="stays as it is"):
        finish_second(drawn, "07")


def test_an_unfinished_or_unsigned_second_marking_cannot_be_finished(drawn: InspectionFolder) -> None:
    with pytest.raises(UsageError, match="give the rest"):
        finish_second(drawn, "07")
    with pytest.raises(UsageError, match="who marked it"):
        finish_second(drawn, "07", incomplete=True)


def test_nobody_marks_a_case_a_second_time_after_their_own_first(drawn: InspectionFolder) -> None:
    stored = second_case(drawn, "07")
    save_second(drawn, evolve(stored.record, inspector="ab"), expect=stored.hash)
    with pytest.raises(UsageError, match="another must mark it"):
        finish_second(drawn, "07", incomplete=True)


def test_the_pair_compared_is_the_one_marked_blind_whatever_is_corrected_later(
    drawn: InspectionFolder,
) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    stored = drawn.case("07")
    drawn.save_case(stored.record.answering("roh.plan", Answer("sufficient")), expect=stored.hash)
    ((first, second),) = finished_pairs(drawn)
    assert first.answer("roh.plan").outcome == "insufficient"
    assert second.answer("roh.plan").outcome == "sufficient"


def test_differences_name_facts_outcomes_reasons_and_questions_asked_of_one(
    drawn: InspectionFolder,
) -> None:
    first = open_original(drawn, "07")
    second = first.noting("custody", False).noting("health_wellbeing_need", False)
    second = second.answering("roh.plan", Answer("sufficient"))
    second = second.answering("roh.victim", Answer("insufficient", ("not-assessed",)))
    found = compare_markings(drawn.criteria, first, second)
    assert [(d.item, d.kind, d.first, d.second, d.asked_second) for d in found] == [
        ("custody", "fact", "yes", "no", True),
        ("health_wellbeing_need", "fact", "yes", "no", True),
        ("roh.plan", "outcome", "insufficient", "sufficient", True),
        ("roh.victim", "reasons", "insufficient", "insufficient", True),
        ("sen.health.help", "outcome", "sufficient", "sufficient", False),
    ]


def test_what_is_agreed_counts_and_names_both_markings_while_both_stay(drawn: InspectionFolder) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    originals = {p: p.read_bytes() for p in (drawn.path / "second").rglob("*07.toml")}
    both = markings(drawn, "07")
    decision = decide(
        drawn.criteria, both.first.record, both.second.record, "roh.plan", "second", "seen", "CN"
    )
    save_decisions(drawn, "07", {"roh.plan": decision})
    counted = drawn.case("07").record
    agreed = markings(drawn, "07").agreed.record
    assert counted.answer("roh.plan") == Answer("sufficient", evidence="second view")
    assert (agreed.first, agreed.second, agreed.first_hash, agreed.second_hash) == (
        "AB",
        "ZZ",
        both.first.hash,
        both.second.hash,
    )
    assert agreed.answers == {"roh.plan": decision}
    assert {p: p.read_bytes() for p in originals} == originals


def test_a_third_view_and_a_fact_can_be_agreed(drawn: InspectionFolder) -> None:
    mark(drawn, "07", vul_plan="sufficient")
    both = markings(drawn, "07")
    views = (drawn.criteria, both.first.record, both.second.record)
    save_decisions(drawn, "07", {"vul.plan": decide(*views, "vul.plan", "absent", "no plan on file")})
    save_decisions(drawn, "07", {"custody": decide(*views, "custody", "no", "released before the order")})
    counted = drawn.case("07").record
    assert counted.answer("vul.plan").outcome == "absent"
    assert counted.facts["custody"] is False


def test_a_decision_needs_a_reason_why_and_a_known_outcome(drawn: InspectionFolder) -> None:
    mark(drawn, "07")
    both = markings(drawn, "07")
    views = (drawn.criteria, both.first.record, both.second.record)
    for item, taken, why, words in (
        ("roh.plan", "second", " ", "why was it agreed"),
        ("roh.plan", "good", "x", "no outcome 'good'"),
        ("roh.plam", "second", "x", "no fact 'roh.plam'"),
        ("custody", "perhaps", "x", "yes or no"),
    ):
        with pytest.raises(UsageError, match=words):
            decide(*views, item, taken, why)


def test_a_decision_written_but_not_carried_out_is_told_and_can_be_repeated(
    drawn: InspectionFolder,
) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    both = markings(drawn, "07")
    decision = decide(drawn.criteria, both.first.record, both.second.record, "roh.plan", "second", "seen")
    before = (drawn.path / "cases" / "07.toml").read_bytes()
    save_decisions(drawn, "07", {"roh.plan": decision})
    (drawn.path / "cases" / "07.toml").write_bytes(before.replace(b"\n\n", b"\n\n\n", 1))
    assert [(p.where, p.code) for p in not_carried_out(drawn)] == [("agreed/07.toml", "S102")]
    save_decisions(drawn, "07", {"roh.plan": decision})
    assert not_carried_out(drawn) == ()


def test_every_question_of_the_example_is_compared_once(drawn: InspectionFolder) -> None:
    first = open_original(drawn, "07")
    blank = drawn.new_case("07")
    asked = {q for q, s in question_states(drawn.criteria, first).items() if s != "not-asked"}
    found = [d.item for d in compare_markings(drawn.criteria, first, blank) if d.kind == "outcome"]
    assert sorted(found) == sorted(asked)


def test_the_notes_kept_are_of_both_or_of_one_whoever_is_agreed_with(drawn: InspectionFolder) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    both = markings(drawn, "07")
    views = (drawn.criteria, both.first.record, both.second.record)
    first = both.first.record.answer("roh.plan").evidence
    evidence = {}
    for kept in ("", "both", "first", "second"):
        decision = decide(*views, "roh.plan", "second", "seen", kept=kept)
        settled = settled_case(drawn, "07", {"roh.plan": decision})
        evidence[kept] = settled.answer("roh.plan").evidence
    assert evidence == {
        "": "second view",
        "both": f"{first}\n\nsecond view",
        "first": first,
        "second": "second view",
    }


def test_what_keeps_the_notes_of_both_keeps_them_once_however_often_it_is_carried_out(
    drawn: InspectionFolder,
) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    both = markings(drawn, "07")
    decision = decide(
        drawn.criteria, both.first.record, both.second.record, "roh.plan", "first", "seen", kept="both"
    )
    save_decisions(drawn, "07", {"roh.plan": decision})
    once = drawn.case("07")
    save_decisions(drawn, "07", {"roh.plan": decision})
    assert drawn.case("07") == once


def test_the_reasons_of_both_can_be_kept_where_the_outcome_is_one(drawn: InspectionFolder) -> None:
    stored = second_case(drawn, "07")
    first = open_original(drawn, "07")
    other = evolve(first.answer("roh.plan"), reasons=("other",))
    save_second(
        drawn, evolve(first, inspector="ZZ", status="open").answering("roh.plan", other), expect=stored.hash
    )
    finish_second(drawn, "07", incomplete=True)
    both = markings(drawn, "07")
    views = (drawn.criteria, both.first.record, both.second.record)
    save_decisions(drawn, "07", {"roh.plan": decide(*views, "roh.plan", "both", "each saw a part")})
    assert set(drawn.case("07").record.answer("roh.plan").reasons) == {
        *first.answer("roh.plan").reasons,
        "other",
    }
    with pytest.raises(UsageError, match="has two"):
        decide(
            drawn.criteria, first, both.second.record.answering("roh.plan", Answer()), "roh.plan", "both", "x"
        )


def test_what_is_left_open_is_recorded_and_changes_nothing_that_counts(drawn: InspectionFolder) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    both = markings(drawn, "07")
    before = drawn.case("07")
    decision = decide(
        drawn.criteria, both.first.record, both.second.record, "roh.plan", "open", "for the lead", "CN"
    )
    save_decisions(drawn, "07", {"roh.plan": decision})
    assert drawn.case("07") == before
    assert markings(drawn, "07").agreed.record.answers == {"roh.plan": decision}
    assert not_carried_out(drawn) == ()


def test_agreed_with_the_first_after_the_second_it_is_the_first_marking_again(
    drawn: InspectionFolder,
) -> None:
    mark(drawn, "07", roh_plan="sufficient")
    both = markings(drawn, "07")
    views = (drawn.criteria, both.first.record, both.second.record)
    save_decisions(drawn, "07", {"roh.plan": decide(*views, "roh.plan", "second", "seen")})
    save_decisions(drawn, "07", {"roh.plan": decide(*views, "roh.plan", "first", "looked at again")})
    assert drawn.case("07").record.answer("roh.plan") == both.first.record.answer("roh.plan")
