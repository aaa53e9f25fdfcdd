"""Deciding where two folders differ: only what was chosen between these very things counts."""

from __future__ import annotations

from pathlib import Path

import pytest

import populations
from changing import change
from sqs_core.errors import HeldError
from sqs_core.letter.effect import effect
from sqs_core.storage.audit import history
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.blinding import BlindedError
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import inspections_beside
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.choices import (
    between,
    considered,
    enter_reasons,
    named,
    needs_why,
    take_name,
    unexplained,
)
from sqs_core.storage.merge.effects import merged
from sqs_core.storage.merge.plan import MergeInputs, gather, planned
from sqs_core.storage.merge.three_way import FieldDifference
from sqs_core.storage.moderation.pending_decisions import PendingChoice, PendingChoices
from sqs_core.storage.moderation.second import draw_seconds
from sqs_core.workflow.merging import can_be_merged
from twice import gone_apart

JUDGED = "02:answers.roh.plan.outcome"


@pytest.fixture
def ours(tmp_path: Path) -> InspectionFolder:
    return write_example(tmp_path / "leeds")[0]


@pytest.fixture
def found(ours: InspectionFolder) -> MergeInputs:
    return gather(ours, [open_inspection(gone_apart(ours.path))])


def differences(found: MergeInputs) -> dict[str, FieldDifference]:
    return {take_name(d): d for _, d in planned(found, lambda d: None).differences}


def chosen(found: MergeInputs, **why: str) -> PendingChoices:
    choices = PendingChoices()
    for place, difference in differences(found).items():
        choice = PendingChoice("theirs", why.get(place.rpartition(".")[2], ""), between=between(difference))
        choices = choices.choosing(place, choice)
    return choices


def test_what_differs_is_named_for_people_and_says_where_a_reason_is_needed(found: MergeInputs) -> None:
    criteria = found.ours.folder.criteria
    assert {p: (named(criteria, d), needs_why(d)) for p, d in differences(found).items()} == {
        "02:answers.roh.plan.evidence": ("02  risk of harm plan, evidence", False),
        JUDGED: ("02  risk of harm plan, judgement", True),
    }


def test_choices_are_carried_out_as_the_command_would(found: MergeInputs) -> None:
    by_choice = considered(found, chosen(found)).changed
    assert by_choice == planned(found, lambda d: "theirs").changed


def test_a_choice_between_other_things_than_differ_now_does_not_count(
    ours: InspectionFolder, found: MergeInputs
) -> None:
    before = chosen(found)
    theirs = found.others[0][0].folder
    change(theirs, "02", lambda s: s.judging("roh.plan", "sufficient"))
    change(theirs, "02", lambda s: s.judging("roh.plan", "not-applicable"))
    again = gather(ours, [theirs])
    assert [take_name(d) for _, d in considered(again, before).differences] == [JUDGED]


def test_a_judgement_put_over_another_wants_a_reason(found: MergeInputs) -> None:
    kinds = differences(found).values()
    assert [take_name(d) for d in unexplained(kinds, chosen(found))] == [JUDGED]
    assert unexplained(kinds, chosen(found, outcome="the system was down")) == ()


def test_the_reason_is_entered_once_the_merge_is_written_and_can_be_purged(
    ours: InspectionFolder, found: MergeInputs
) -> None:
    choices = chosen(found, outcome="the system was down")
    kinds = tuple(differences(found).values())
    apply(considered(found, choices))
    enter_reasons(ours, kinds, choices)
    last = history.read(ours.path)[0][-1]
    assert (last.what, last.case, last.new["decided"], last.new["side"]) == ("decide", "02", JUDGED, "theirs")
    assert "the system was down" not in (ours.path / history.NAME).read_text()
    assert verify_inspection(ours.path) == ()


def test_what_a_merge_does_to_board_and_letter_is_known_before_it_is_written(found: MergeInputs) -> None:
    before = {p: p.read_bytes() for p in found.ours.folder.path.rglob("*") if p.is_file()}
    made = effect(*merged(considered(found, chosen(found))))
    counts = {(c.measure, c.subset): (c.before, c.after) for c in made.counts}
    assert counts["cases", ""] == ((14, 14), (15, 15))
    assert counts["roh.plan", ""] == ((6, 10), (6, 9))
    assert {words.number for words in made.words} >= {"1.4", "2.2"}
    assert {p: p.read_bytes() for p in found.ours.folder.path.rglob("*") if p.is_file()} == before


def test_an_inspection_has_others_beside_it(ours: InspectionFolder, found: MergeInputs) -> None:
    assert inspections_beside(ours.path) == (ours.path.parent / "leeds-cd",)


def test_reading_tells_how_far_it_is_and_can_be_given_up(ours: InspectionFolder, found: MergeInputs) -> None:
    heard: list[tuple[int, int]] = []
    gather(ours, [found.others[0][0].folder], on_progress=lambda done, total: heard.append((done, total)))
    assert heard == [*((n, 14) for n in range(14)), *((n, 15) for n in range(15))]

    def enough(done: int, total: int) -> None:
        raise HeldError("given up")

    with pytest.raises(HeldError, match="given up"):
        gather(ours, [], on_progress=enough)


def test_a_case_drawn_after_the_merge_was_planned_is_not_written(
    ours: InspectionFolder, found: MergeInputs
) -> None:
    plan = considered(found, chosen(found))
    draw_seconds(ours, 14, 7)
    before = (ours.path / "cases" / "02.toml").read_bytes()
    with pytest.raises(BlindedError):
        apply(plan)
    assert (ours.path / "cases" / "02.toml").read_bytes() == before


def test_a_folder_under_other_criteria_is_not_offered_and_one_that_cannot_be_read_is(
    ours: InspectionFolder, tmp_path: Path
) -> None:
    other = populations.made(tmp_path / "other").path
    found = [can_be_merged(ours, path) for path in (gone_apart(ours.path), other, tmp_path / "nothing")]
    assert found == [True, False, True]
