"""Small counts are left out, and with them what would give them away."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.suppression import LEAST, TOTAL, Grid, suppressed_cells


def with_totals(cells: dict[tuple[str, str], int]) -> Grid:
    """The cells with the totals of rows, columns and all."""
    found: Counter[tuple[str, str]] = Counter(cells)
    for (row, column), number in cells.items():
        found[row, TOTAL] += number
        found[TOTAL, column] += number
        found[TOTAL, TOTAL] += number
    return dict(found)


def test_one_small_cell_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    cells = {("a", "x"): 2, ("a", "y"): 9, ("a", "z"): 12, ("b", "x"): 8, ("b", "y"): 7, ("b", "z"): 20}
    assert suppressed_cells(with_totals(cells)) == {
        ("a", "x"): "small",
        ("a", "y"): "total",
        ("b", "x"): "total",
        ("b", "y"): "total",
    }


def test_without_totals_only_the_small_ones_go_and_an_empty_cell_is_shown() -> None:
    assert suppressed_cells({("", "x"): 4, ("", "y"): 0, ("", "z"): 5}) == {("", "x"): "small"}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(0, 12), min_size=1
    )
)
def test_no_line_gives_away_what_it_leaves_out(cells: dict[tuple[str, str], int]) -> None:
    grid = with_totals(cells)
    hidden = suppressed_cells(grid)
    assert {cell for cell, number in grid.items() if 0 < number < LEAST} <= set(hidden)
    for place in (0, 1):
        for line in {cell[place] for cell in grid}:
            unknown = [cell for cell in grid if cell[place] == line and cell in hidden]
            alone = len([cell for cell in grid if cell[place] == line and grid[cell]]) == 1
            assert len(unknown) != 1 or alone, (grid, hidden)
