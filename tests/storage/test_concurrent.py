"""Two people who save one record: both are kept, and only the same question is a conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from sqs_core.errors import HeldError
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.narrative import Strength
from sqs_core.storage.atomic import StaleError
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.concurrent import recover_copy, save_merged
from sqs_core.storage.moderation.sign_off import finish
from sqs_core.storage.record_files import Stored
from sqs_core.storage.rescue import RescueCopy, unsaved_copies

NOT_KNOWN, GOOD = Answer("not-known"), Answer("sufficient")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place of its own for what a person keeps on the machine."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


@pytest.fixture
def base(folder: InspectionFolder) -> Stored[CaseRecord]:
    """Case 07 as both read it."""
    return folder.case("07")


def theirs(folder: InspectionFolder, base: Stored[CaseRecord], question: str, answer: Answer) -> str:
    """Somebody else answers, and saves first."""
    return folder.save_case(base.record.answering(question, answer), expect=base.hash)


def test_where_nobody_else_saved_a_record_is_saved_as_it_is(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    record = base.record.answering("roh.plan", NOT_KNOWN)
    saved = save_merged(folder, record, base)
    assert (saved.record, saved.hash) == (record, folder.case("07").hash)
    assert (saved.taken, saved.conflicts) == ((), ())


def test_answers_to_different_questions_are_both_kept(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    theirs(folder, base, "vul.plan", NOT_KNOWN)
    saved = save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)
    both = base.record.answering("vul.plan", NOT_KNOWN).answering("roh.plan", NOT_KNOWN)
    assert (saved.record, folder.case("07").record) == (both, both)
    assert (saved.taken, saved.conflicts) == ((("answers", "vul.plan"),), ())
    assert verify_inspection(folder.path) == ()


def test_facts_and_answers_are_both_kept(folder: InspectionFolder, base: Stored[CaseRecord]) -> None:
    folder.save_case(base.record.noting("health_wellbeing_need", None), expect=base.hash)
    saved = save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)
    assert "health_wellbeing_need" not in saved.record.facts
    assert saved.record.judged("roh.plan") == "not-known"


def test_the_same_question_answered_otherwise_is_a_conflict_with_both_sides(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    theirs(folder, base, "roh.plan", evolve(GOOD, evidence="The plan of May."))
    ours = base.record.answering("roh.plan", evolve(NOT_KNOWN, said="Not seen.")).answering(
        "vul.plan", NOT_KNOWN
    )
    saved = save_merged(folder, ours, base)
    (conflict,) = saved.conflicts
    assert conflict.field == ("answers", "roh.plan")
    assert conflict.ours == {"outcome": "not-known", "said": "Not seen."}
    assert conflict.theirs == {"outcome": "sufficient", "evidence": "The plan of May."}
    # Other questions are never blocked, and what is on the disk stays there.
    assert saved.record.judged("vul.plan") == "not-known"
    assert folder.case("07").record.answer("roh.plan") == evolve(GOOD, evidence="The plan of May.")


def test_our_side_of_a_conflict_can_be_saved_over_theirs(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    theirs(folder, base, "roh.plan", GOOD)
    saved = save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)
    again = saved.record.answering("roh.plan", NOT_KNOWN)
    assert save_merged(folder, again, Stored(saved.record, saved.hash)).conflicts == ()
    assert folder.case("07").record.judged("roh.plan") == "not-known"


def test_two_who_judge_alike_may_each_note_something(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    answer = base.record.answer("roh.plan")
    theirs(folder, base, "roh.plan", evolve(answer, said="It was agreed by telephone."))
    saved = save_merged(
        folder, base.record.answering("roh.plan", evolve(answer, learning="Write it up.")), base
    )
    assert saved.conflicts == ()
    assert saved.record.answer("roh.plan") == evolve(
        answer, said="It was agreed by telephone.", learning="Write it up."
    )


def test_two_who_say_the_same_do_not_conflict(folder: InspectionFolder, base: Stored[CaseRecord]) -> None:
    now = theirs(folder, base, "roh.plan", NOT_KNOWN)
    saved = save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)
    assert (saved.hash, saved.conflicts) == (now, ())


def test_a_case_finished_meanwhile_is_not_changed(folder: InspectionFolder, base: Stored[CaseRecord]) -> None:
    finish(folder, "07")
    with pytest.raises(HeldError, match="somebody else finished the case since it was read"):
        save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)
    assert folder.case("07").record == evolve(base.record, status="finished")


def test_a_case_taken_away_meanwhile_is_not_made_anew(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    (folder.path / "cases" / "07.toml").unlink()
    with pytest.raises(StaleError, match="the file is gone since it was read"):
        save_merged(folder, base.record.answering("roh.plan", NOT_KNOWN), base)


def test_interviews_and_the_letter_are_merged_too(folder: InspectionFolder) -> None:
    person, letter = folder.interview("A"), folder.narrative()
    question, *_ = person.record.answers
    folder.save_interview(person.record.noting("note", "Seen on Monday."), expect=person.hash)
    other = next(o for o in ("yes", "no", "not-known") if o != person.record.judged(question))
    changed = evolve(person.record, answers={**person.record.answers, question: Answer(other)})
    saved = save_merged(folder, changed, person)
    assert (saved.record.note, saved.record.judged(question)) == ("Seen on Monday.", other)
    folder.save_narrative(evolve(letter.record, summary="All is well."), expect=letter.hash)
    merged = save_merged(folder, evolve(letter.record, strengths=(Strength("Mine."),)), letter)
    assert (merged.record.summary, merged.record.strengths) == ("All is well.", (Strength("Mine."),))


# ---------------------------------------------------------------- copies of what could not be saved


def kept(folder: InspectionFolder, record: CaseRecord, base: str) -> RescueCopy:
    copy = RescueCopy(folder.path, folder.criteria, "case", record.case)
    assert copy.save(record, base)
    return copy


def test_a_copy_is_told_of_whoever_saves_the_record_since(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    copy = kept(folder, base.record.answering("roh.plan", NOT_KNOWN), base.hash)
    theirs(folder, base, "vul.plan", NOT_KNOWN)
    assert unsaved_copies(folder.path) == (copy.path,)


def test_a_copy_is_told_of_until_its_words_are_saved(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    record = base.record.answering("roh.plan", NOT_KNOWN)
    kept(folder, record, base.hash)
    now = folder.save_case(record, expect=base.hash)
    assert unsaved_copies(folder.path) == ()
    folder.save_case(record.answering("vul.plan", NOT_KNOWN), expect=now)
    assert unsaved_copies(folder.path) == ()


def test_a_copy_is_told_of_until_it_is_thrown_away(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    copy = kept(folder, base.record.answering("roh.plan", NOT_KNOWN), base.hash)
    copy.remove()
    assert unsaved_copies(folder.path) == ()


def test_what_a_copy_says_is_put_into_the_record_and_it_goes(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    folder.save_case(base.record.answering("lor.plan", NOT_KNOWN), expect=base.hash)
    before = folder.case("07")
    copy = kept(folder, before.record.answering("roh.plan", NOT_KNOWN), before.hash)
    theirs(folder, before, "vul.plan", NOT_KNOWN)
    assert copy.path is not None
    saved = recover_copy(folder, copy.path)
    judged = {question: saved.record.judged(question) for question in ("lor.plan", "roh.plan", "vul.plan")}
    assert judged == dict.fromkeys(judged, "not-known")
    assert (saved.conflicts, unsaved_copies(folder.path), copy.path.exists()) == ((), (), False)


def test_a_copy_that_conflicts_stays(folder: InspectionFolder, base: Stored[CaseRecord]) -> None:
    copy = kept(folder, base.record.answering("roh.plan", NOT_KNOWN), "sha256:nobody knows")
    theirs(folder, base, "roh.plan", GOOD)
    assert copy.path is not None
    (conflict,) = recover_copy(folder, copy.path).conflicts
    assert (conflict.field, conflict.ours) == (("answers", "roh.plan"), {"outcome": "not-known"})
    assert unsaved_copies(folder.path) == (copy.path,)


def test_a_copy_is_kept_of_what_is_too_large_to_be_saved(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    copy = kept(folder, base.record.answering("roh.plan", Answer(evidence="x" * (1 << 20))), base.hash)
    assert unsaved_copies(folder.path) == (copy.path,)


def test_a_copy_whose_words_were_put_into_a_record_of_somebody_else_is_told_of_no_longer(
    folder: InspectionFolder, base: Stored[CaseRecord]
) -> None:
    ours = base.record.answering("roh.plan", NOT_KNOWN)
    RescueCopy(folder.path, folder.criteria, "case", "07").save(ours, base.hash)
    now = theirs(folder, base, "vul.plan", NOT_KNOWN)
    assert len(unsaved_copies(folder.path)) == 1
    stored = folder.case("07")
    folder.save_case(stored.record.answering("roh.plan", NOT_KNOWN), expect=now)
    assert unsaved_copies(folder.path) == ()
