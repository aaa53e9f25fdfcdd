"""What a change would do, before it is made: counts and words, before and after."""

from __future__ import annotations

from attrs import evolve

from sqs_core.letter.effect import CountChange, WordsChange, effect
from sqs_core.scoring.findings import EarlierScreening
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.effects import basis


def test_one_answer_otherwise_changes_its_counts_and_the_words_that_rest_on_them(
    example: InspectionFolder,
) -> None:
    now = basis(example)
    record = example.case("02").record
    other = record.answering("roh.plan", evolve(record.answer("roh.plan"), outcome="insufficient"))
    found = effect(now, now.replacing([other]))
    assert found.counts == (
        CountChange("roh.plan", "", (7, 10), (6, 10)),
        CountChange("roh.plan", "custody", (3, 4), (2, 4)),
        CountChange("roh.plan", "psr", (5, 5), (4, 5)),
    )
    assert [words.number for words in found.words] == ["2.2"]


def test_the_section_on_what_has_changed_since_the_screening_before_is_among_the_words(
    example: InspectionFolder,
) -> None:
    before = EarlierScreening(example.inspection, findings_of(example), frozenset({"roh.plan"}))
    now = evolve(basis(example), earlier=before)
    record = example.case("02").record
    other = record.answering("roh.plan", evolve(record.answer("roh.plan"), outcome="insufficient"))
    told = [words.after for words in effect(now, now.replacing([other])).words]
    assert [words for words in told if "7 of 10 then, 6 of 10 now" in words]


def test_nothing_changed_does_nothing(example: InspectionFolder) -> None:
    now = basis(example)
    assert effect(now, now.replacing([example.case("02").record])) == effect(now, now)
    assert effect(now, now).counts == ()
    assert effect(now, now).words == ()


def test_the_words_that_differ_are_told_from_those_that_stay() -> None:
    change = WordsChange("2.2", "done in seven of the ten cases", "done in only six of the ten cases")
    assert change.parts == (
        (("done in", False), ("seven", True), ("of the ten cases", False)),
        (("done in", False), ("only six", True), ("of the ten cases", False)),
    )
    assert change.first == ("seven of the ten", "only six of the ten")
