"""Merging and patching by their laws, over made-up records."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.storage.audit.history_versions import difference, packed, patched, unpacked
from sqs_core.storage.merge.three_way import Side, merge

words = st.sampled_from(["", "a", "b", "a longer note\nof two lines", "# no comment"])
answers = st.fixed_dictionaries(
    {"outcome": st.sampled_from(["sufficient", "insufficient"])},
    optional={
        "reasons": st.lists(st.sampled_from(["victims", "other"]), min_size=1, max_size=2, unique=True),
        "evidence": words.filter(bool),
        "later": words,
    },
)
records = st.fixed_dictionaries(
    {"case": st.just("07")},
    optional={
        "status": st.just("finished"),
        "assessed_with_case_manager": st.booleans(),
        "facts": st.dictionaries(
            st.sampled_from(["custody", "order_made", "order_length"]),
            st.one_of(st.booleans(), st.dates(date(2012, 1, 1), date(2012, 12, 31)), words.filter(bool)),
            min_size=1,
        ),
        "answers": st.dictionaries(
            st.sampled_from(["roh.plan", "lor.plan", "vul.plan"]), answers, min_size=1
        ),
    },
)
NAME = "cases/07.toml"


def ours(difference: object) -> Side | None:
    return "ours"


def theirs(difference: object) -> Side | None:
    return "theirs"


def nobody(difference: object) -> Side | None:
    return None


@given(records, records)
def test_a_patch_leads_there_and_back(old: dict[str, Any], new: dict[str, Any]) -> None:
    back, on = difference(old, new)
    assert patched(old, on) == new
    assert patched(new, back) == old


@given(records)
def test_what_is_packed_is_unpacked_as_it_was_and_no_words_stay_in_it(record: dict[str, Any]) -> None:
    texts: list[Any] = []
    made = packed(record, lambda keys: keys[-1] in ("case", "status", "outcome", "reasons"), texts)
    assert unpacked(made, texts) == record
    assert "longer note" not in str(made)


@given(records, records)
def test_one_sided_changes_are_taken_from_either_side(base: dict[str, Any], changed: dict[str, Any]) -> None:
    for mine, yours in ((base, changed), (changed, base)):
        found = merge(NAME, base, mine, yours, nobody)
        assert (found.table, found.differences) == (changed, ())


@given(records, records)
def test_two_equal_changes_are_no_difference(base: dict[str, Any], changed: dict[str, Any]) -> None:
    found = merge(NAME, base, changed, changed, nobody)
    assert (found.table, found.taken, found.differences) == (changed, (), ())


@settings(max_examples=300)
@given(records, records, records)
def test_it_does_not_matter_who_merges_whom(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    here, there = merge(NAME, base, one, other, ours), merge(NAME, base, other, one, theirs)
    assert here.table == there.table
    undecided = merge(NAME, base, one, other, nobody), merge(NAME, base, other, one, nobody)
    assert {d.field for d in undecided[0].differences} == {d.field for d in undecided[1].differences}


@settings(max_examples=300)
@given(records, records, records)
def test_every_value_of_a_merge_comes_from_one_of_the_sides(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    found = merge(NAME, base, one, other, theirs).table
    assert found is not None
    for question, answer in found.get("answers", {}).items():
        pairs = [
            (side["answers"][question].get("outcome"), side["answers"][question].get("reasons"))
            for side in (one, other)
            if question in side.get("answers", {})
        ]
        if "outcome" in answer:
            assert (answer["outcome"], answer.get("reasons")) in pairs
