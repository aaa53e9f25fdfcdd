"""Folders of several inspectors into one: equal, one-sided, both-sided."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve

from changing import change, ticking
from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, Problem, RecordError, SqsError
from sqs_core.records import Inspection
from sqs_core.storage.audit import history
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.plan import plan
from sqs_core.storage.merge.three_way import FieldDifference, Side
from sqs_core.storage.moderation.sign_off import finish, override
from systems import links


@pytest.fixture
def ours(tmp_path: Path, criteria: Criteria) -> InspectionFolder:
    made = new_inspection(tmp_path / "ours", Inspection("S", criteria.id, criteria.hash), criteria, cases=3)
    made = evolve(made, actor=Actor("CN", ticking()))
    change(made, "01", lambda s: s.setting("rosh_identified", True))
    return made


def copy(folder: InspectionFolder, name: str) -> InspectionFolder:
    path = shutil.copytree(folder.path, folder.path.parent / name)
    return open_inspection(path, actor=Actor(name.upper(), ticking()))


def undecided(difference: FieldDifference) -> Side | None:
    return None


def theirs(difference: FieldDifference) -> Side | None:
    return "theirs"


def test_what_one_side_changed_is_taken_and_what_is_equal_is_merged(ours: InspectionFolder) -> None:
    ab, cd = copy(ours, "ab"), copy(ours, "cd")
    change(ours, "01", lambda s: s.judging("lor.plan", "sufficient"))
    change(ab, "01", lambda s: s.judging("lor.plan", "sufficient").judging("roh.plan", "sufficient"))
    change(cd, "01", lambda s: s.noting("lor.plan", "evidence", "p.3").setting("rosh_identified", None))
    cd.add_case(cd.new_case("04"))
    found = plan(ours, [ab, cd], undecided)
    assert found.differences == ()
    assert set(apply(found)) == {"cases/01.toml", "cases/04.toml"}
    record = ours.case("01").record
    assert (record.judged("lor.plan"), record.judged("roh.plan")) == ("sufficient", "sufficient")
    assert record.answer("lor.plan").evidence == "p.3"
    assert "rosh_identified" not in record.facts
    assert verify_inspection(ours.path) == ()


def test_what_both_changed_is_a_difference_and_nothing_is_written_while_one_is_left(
    ours: InspectionFolder,
) -> None:
    ab = copy(ours, "ab")
    change(ours, "01", lambda s: s.judging("roh.plan", "sufficient"))
    change(ab, "01", lambda s: s.judging("roh.plan", "insufficient", ("victims",)))
    change(ab, "02", lambda s: s.judging("lor.plan", "sufficient"))
    before = {p: p.read_bytes() for p in ours.path.rglob("*") if p.is_file()}
    found = plan(ours, [ab], undecided)
    (_, difference) = found.differences[0]
    assert difference == FieldDifference(
        "cases/01.toml",
        ("answers", "roh.plan", "outcome"),
        None,
        {"outcome": "sufficient", "reasons": None},
        {"outcome": "insufficient", "reasons": ["victims"]},
    )
    with pytest.raises(HeldError, match="to be decided first"):
        apply(found)
    assert {p: p.read_bytes() for p in ours.path.rglob("*") if p.is_file()} == before


def test_a_decision_is_carried_out_and_entered_with_the_others_head(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    change(ours, "01", lambda s: s.judging("roh.plan", "sufficient"))
    change(ab, "01", lambda s: s.judging("roh.plan", "insufficient", ("victims",)))
    apply(plan(ours, [ab], theirs))
    assert ours.case("01").record.answer("roh.plan").reasons == ("victims",)
    last = history.read(ours.path)[0][-1]
    assert last.what == "merge"
    assert last.new == {
        "from": "ab",
        "head": history.head(ab.path),
        "entries": len(history.read(ab.path)[0]),
        "decided": {"cases/01.toml: answers.roh.plan.outcome": "theirs"},
    }
    (kept,) = (p for p in (ours.path / "merged").glob("*.jsonl") if "texts" not in p.name)
    assert kept.read_bytes() == (ab.path / history.NAME).read_bytes()


def test_merging_again_does_nothing(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    change(ab, "02", lambda s: s.judging("lor.plan", "sufficient"))
    apply(plan(ours, [ab], undecided))
    entries = history.read(ours.path)[0]
    assert apply(plan(ours, [ab], undecided)) == ()
    assert history.read(ours.path)[0] == entries


def test_a_merge_stopped_half_way_says_what_is_in_place_and_is_completed_by_the_same_again(
    ours: InspectionFolder,
) -> None:
    ab = copy(ours, "ab")
    for case in ("04", "05"):
        ab.add_case(ab.new_case(case))
    found = plan(ours, [ab], undecided)
    in_its_way = ours.path / "cases" / "05.toml"
    in_its_way.mkdir()
    with pytest.raises(SqsError) as stopped:
        apply(found)
    assert stopped.value.problems[-1] == Problem(
        "",
        "the merge stopped half-way: in place: cases/04.toml; not yet: cases/05.toml",
        "the same merge again completes it",
    )
    in_its_way.rmdir()
    assert apply(plan(ours, [ab], undecided)) == ("cases/05.toml",)
    assert verify_inspection(ours.path) == ()


def test_a_record_added_by_a_merge_that_was_stopped_before_its_entry_is_entered_by_the_next(
    ours: InspectionFolder,
) -> None:
    ab = copy(ours, "ab")
    ab.add_case(ab.new_case("04"))
    log = ours.path / history.NAME
    before = log.read_bytes()
    apply(plan(ours, [ab], undecided))
    log.write_bytes(before)
    assert apply(plan(ours, [ab], undecided)) == ()
    entries = history.read(ours.path)[0]
    assert [(e.what, e.case) for e in entries][-2:] == [("merge", "04"), ("merge", "")]
    apply(plan(ours, [ab], undecided))
    assert history.read(ours.path)[0] == entries


def test_what_was_decided_once_is_not_asked_again(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    change(ours, "01", lambda s: s.judging("roh.plan", "sufficient"))
    change(ab, "01", lambda s: s.judging("roh.plan", "not-known"))
    apply(plan(ours, [ab], lambda difference: "ours"))
    change(ab, "01", lambda s: s.judging("lor.plan", "sufficient"))
    again = plan(ours, [ab], undecided)
    assert again.differences == ()
    apply(again)
    record = ours.case("01").record
    assert (record.judged("roh.plan"), record.judged("lor.plan")) == ("sufficient", "sufficient")


def test_a_merge_back_takes_what_was_merged_before(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    change(ours, "01", lambda s: s.judging("roh.plan", "sufficient"))
    change(ab, "02", lambda s: s.judging("lor.plan", "sufficient"))
    apply(plan(ours, [ab], undecided))
    change(ab, "02", lambda s: s.judging("lor.plan", "not-known"))
    back = plan(ab, [ours], undecided)
    assert back.differences == ()
    apply(back)
    assert ab.case("02").record.judged("lor.plan") == "not-known"
    assert ab.case("01").record.judged("roh.plan") == "sufficient"


def test_a_case_finished_here_and_gone_on_with_there_is_to_be_decided(ours: InspectionFolder) -> None:
    stored = ours.case("02")
    answered = stored.record
    ab = copy(ours, "ab")
    ours.save_case(evolve(answered, status="finished"), expect=stored.hash)
    change(ab, "02", lambda s: s.judging("lor.plan", "sufficient"))
    (_, difference) = plan(ours, [ab], undecided).differences[0]
    assert (difference.field, difference.ours, difference.theirs) == (("status",), "finished", None)


def test_a_purged_case_does_not_come_back_unasked(ours: InspectionFolder) -> None:
    from sqs_core.storage.audit.purge import purge

    ab = copy(ours, "ab")
    change(ab, "01", lambda s: s.judging("roh.plan", "sufficient"))
    purge(ours, ["01"], "drawn by mistake")
    (_, difference) = plan(ours, [ab], undecided).differences[0]
    assert (difference.record, difference.field, difference.ours) == ("cases/01.toml", ("*",), None)
    apply(plan(ours, [ab], theirs))
    assert ours.case("01").record.judged("roh.plan") == "sufficient"


def test_overrides_of_different_questions_are_joined(folder: InspectionFolder) -> None:
    finish(folder, "07")
    ab = copy(folder, "ab")
    override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead")
    override(ab, "07", "roh.victim", "sufficient", why="b", authority="head")
    found = plan(folder, [ab], undecided)
    assert found.differences == ()
    apply(found)
    joined = folder.case("07").record.overrides
    assert {o.question for o in joined} == {"roh.plan", "roh.victim"}
    assert joined[0].time < joined[1].time


def test_overrides_of_one_question_are_to_be_decided(folder: InspectionFolder) -> None:
    ab = copy(folder, "ab")
    override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead")
    override(ab, "07", "roh.plan", "not-known", why="b", authority="head")
    assert [d.field for _, d in plan(folder, [ab], undecided).differences] == [("overrides",)]


def test_interviews_and_the_letter_are_merged_too(folder: InspectionFolder) -> None:
    ab = copy(folder, "ab")
    interview = ab.interview("A")
    ab.save_interview(interview.record.noting("note", "Came late."), expect=interview.hash)
    narrative = ab.narrative()
    ab.save_narrative(evolve(narrative.record, summary="Mixed."), expect=narrative.hash)
    apply(plan(folder, [ab], undecided))
    assert folder.interview("A").record.note == "Came late."
    assert folder.narrative().record.summary == "Mixed."


def test_folders_without_a_history_are_merged_from_the_base_given(darlington: Path, tmp_path: Path) -> None:
    base = open_inspection(shutil.copytree(darlington, tmp_path / "base"))
    folder, ab = open_inspection(darlington), copy(base, "ab")
    for changed, old, new in (
        (folder, '"sufficient"', '"not-known"'),
        (ab, "custody = false", "custody = true"),
    ):
        path = changed.path / "cases" / "01.toml"
        path.write_text(path.read_text().replace(old, new, 1))
    assert len(plan(folder, [ab], undecided).differences) > 0
    found = plan(folder, [ab], undecided, base)
    assert found.differences == ()
    apply(found)
    record = folder.case("01").record
    assert (record.facts["custody"], record.judged("lor.assess")) == (True, "not-known")


def test_a_record_that_cannot_be_read_stops_the_merge_and_is_named(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    (ab.path / "cases" / "02.toml").write_text("format = 9\n")
    with pytest.raises(RecordError, match=r"ab[/\\]cases[/\\]02\.toml"):
        plan(ours, [ab], undecided)


def test_a_record_changed_while_it_was_merged_is_not_overwritten(ours: InspectionFolder) -> None:
    ab = copy(ours, "ab")
    change(ab, "02", lambda s: s.judging("lor.plan", "sufficient"))
    found = plan(ours, [ab], undecided)
    change(ours, "02", lambda s: s.judging("lor.plan", "not-known"))
    with pytest.raises(HeldError, match="changed by"):
        apply(found)
    assert ours.case("02").record.judged("lor.plan") == "not-known"


@links
def test_a_record_that_is_no_file_is_named_once_where_it_stands(ours: InspectionFolder) -> None:
    record = ours.path / "cases" / "03.toml"
    record.unlink()
    record.symlink_to(ours.path / "cases" / "04.toml")
    with pytest.raises(RecordError) as refused:
        plan(ours, [ours], lambda difference: None)
    assert [(p.where, p.code) for p in refused.value.problems] == [(str(record), "R001")]
