"""Two people at one letter, and live figures that are followed through an edit."""

from __future__ import annotations

import pytest

from sqs_core.records.narrative import EditedParagraph, Narrative, Strength
from sqs_core.workflow.figures import ShownText, followed, stored_text
from sqs_core.workflow.letter_merge import ClashSide, merge_letters, settled

BASE = Narrative(summary="S.", paragraphs={"1.1": EditedParagraph(text="A.")}, strengths=(Strength("one"),))


def test_changes_of_different_parts_are_both_kept() -> None:
    ours = Narrative("Ours.", paragraphs=BASE.paragraphs, strengths=(Strength("one"), Strength("two")))
    theirs = Narrative(
        "S.", {"roh.plan": "of"}, {"1.2": EditedParagraph(add="B.")}, (Strength("one"), Strength("three"))
    )
    merged, clashes = merge_letters(BASE, ours, theirs)
    both = (Strength("one"), Strength("three"), Strength("two"))
    assert merged == Narrative("Ours.", {"roh.plan": "of"}, {"1.2": EditedParagraph(add="B.")}, both)
    assert clashes == ()


@pytest.mark.parametrize(
    ("side", "kept"), [("ours", "Ours."), ("theirs", "Theirs."), ("both", "Theirs.\n\nOurs.")]
)
def test_of_a_text_that_both_changed_each_side_can_stand(side: ClashSide, kept: str) -> None:
    merged, clashes = merge_letters(BASE, Narrative("Ours."), Narrative("Theirs."))
    summary = next(clash for clash in clashes if clash.name == "summary")
    assert (merged.summary, summary.ours, summary.theirs) == ("Ours.", "Ours.", "Theirs.")
    assert settled(merged, summary, side).summary == kept


SHOWN = ShownText("[two] and [two] of [six]", (("two", "{a|of}"), ("two", "{b|of}"), ("six", "{c|of}")))


@pytest.mark.parametrize(
    ("edited", "stored"),
    [
        ("[two] of [six]", "{a|of} of {c|of}"),
        ("So [two] and [two] of [six].", "So {a|of} and {b|of} of {c|of}."),
        ("[two] and [three] of [six]", "{a|of} and [three] of {c|of}"),
        (" and [two] of [six]", " and {b|of} of {c|of}"),
        ("[two] and [two] of [six] [new]", "{a|of} and {b|of} of {c|of} {n|of}"),
    ],
)
def test_a_figure_stays_what_it_counts_through_an_edit(edited: str, stored: str) -> None:
    after = followed(SHOWN, edited, {"new": "{n|of}"})
    assert stored_text(after, edited) == stored
