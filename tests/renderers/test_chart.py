"""The bars: a block for each case, and a bar where there are many."""

from __future__ import annotations

from sqs_core.renderers.chart import BAR, COUNT, LABEL, blocks, chart, explained


def test_up_to_forty_cases_are_blocks_and_more_are_bars_in_every_row() -> None:
    assert [block.kind for block in blocks(0, 0, 140, 2, 3, 40)] == ["yes", "yes", "no"]
    assert [block.kind for block in blocks(0, 0, 140, 2, 3, 41)] == ["yes", "no"]
    assert [explained(most).split(":")[0] for most in (40, 41)] == [
        "Each block is one case",
        "A bar is as long as its cases are many",
    ]


def test_the_count_of_a_thousand_cases_and_a_long_name_stay_in_the_picture() -> None:
    drawn = chart("c", "title", [("a name of more letters than there is room for", 1000, 1000)])
    (row,) = drawn.rows
    # Bold digits of 14 px are 8 px wide.
    assert row.count_at + len(row.count) * 8 <= drawn.width == LABEL + BAR + COUNT
    assert row.fitted == LABEL - 8
