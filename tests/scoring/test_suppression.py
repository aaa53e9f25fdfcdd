"""Small counts are left out, and with them what would give them away."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.suppression import LEAST, Cell, suppressed_cells


def cell(**parts: str) -> Cell:
    return frozenset(parts.items())


def with_totals(cells: dict[tuple[str, str], int]) -> dict[Cell, int]:
    """The cells with the totals of rows, columns and all."""
    found: Counter[Cell] = Counter()
    for (row, column), number in cells.items():
        for one in (cell(row=row, column=column), cell(row=row), cell(column=column), cell()):
            found[one] += number
    return dict(found)


def test_one_small_cell_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    cells = {("a", "x"): 2, ("a", "y"): 9, ("a", "z"): 12, ("b", "x"): 8, ("b", "y"): 7, ("b", "z"): 20}
    assert suppressed_cells(with_totals(cells)) == {
        cell(row="a", column="x"): "small",
        cell(row="a", column="y"): "total",
        cell(row="b", column="x"): "total",
        cell(row="b", column="y"): "total",
    }


def test_without_totals_only_the_small_ones_go_and_an_empty_cell_is_shown() -> None:
    cells = {cell(column="x"): 4, cell(column="y"): 0, cell(column="z"): 5}
    assert suppressed_cells(cells) == {cell(column="x"): "small"}


def test_a_question_left_out_is_not_its_theme_less_the_other_questions() -> None:
    cells = {cell(question="1.1"): 3, cell(question="1.2"): 9, cell(question="2.1"): 8, cell(theme="1"): 12}
    within = {("question", q): ("theme", q[0]) for q in ("1.1", "1.2", "2.1")}
    assert suppressed_cells(cells, within=within) == {
        cell(question="1.1"): "small",
        cell(question="1.2"): "total",
    }


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(0, 12), min_size=1
    )
)
def test_no_line_gives_away_what_it_leaves_out(cells: dict[tuple[str, str], int]) -> None:
    numbers = with_totals(cells)
    hidden = suppressed_cells(numbers)
    assert {one for one, number in numbers.items() if 0 < number < LEAST} <= set(hidden)
    lines: defaultdict[tuple[Cell, str], set[Cell]] = defaultdict(set)
    for one in numbers:
        for part in one:
            lines[one - {part}, part[0]].add(one)
    for (whole, _), parts in lines.items():
        unknown = [one for one in (whole, *parts) if one in hidden]
        alone = len([one for one in parts if numbers[one]]) == 1
        assert len(unknown) != 1 or alone, (numbers, hidden)
