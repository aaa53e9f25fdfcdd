"""What reaches the terminal: the cells that changed, wherever they are in their row, and all of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.tui.test_gates import WIDE

from emulator import Terminal
from sqs_tui.paint.changes import cells_changed
from sqs_tui.paint.lines import Line, Span, cut
from sqs_tui.widgets.narrow import without_repeats

WORDS = st.text(alphabet="ab │漢", max_size=12)
ROWS = st.lists(st.builds(Span, WORDS, st.sampled_from(("", "dim", "yes", "pick"))), max_size=5).map(tuple)


def cells_of(row: Line) -> list[tuple[str, str]]:
    """Each cell of a row as it looks: a blank has no colour, unless the colours are turned round."""
    found = []
    for span in row:
        for character in span.text:
            style = span.style if character != " " or span.style == "pick" else ""
            found += [(character, style)] + ([("", style)] if character == "漢" else [])
    return found


@given(ROWS, ROWS)
def test_painting_the_cells_that_changed_gives_the_new_row(before: Line, after: Line) -> None:
    old, new = cut(before, 30), cut(after, 30)
    row, wanted = cells_of(old), cells_of(new)
    for first, last in cells_changed(old, new):
        row[first:last] = wanted[first:last]
    assert row == wanted


def test_two_changes_far_apart_are_painted_each_for_itself() -> None:
    before = (Span("n", "no"), Span(" risk of harm plan      "), Span("no", "no"))
    after = (Span("y", "yes"), Span(" risk of harm plan     "), Span("yes", "yes"))
    assert cells_changed(before, after) == [(0, 1), (24, 27)]
    assert cells_changed(before, before) == []


def test_a_style_that_holds_is_not_told_again() -> None:
    red, bold = "\x1b[31m", "\x1b[1;32m"
    sent = f"\x1b[1;2H{red}a\x1b[0m{red}b\x1b[0m\x1b[2;2H{red}c\x1b[0mplain{bold}d\x1b[0m"
    assert without_repeats(sent) == f"\x1b[1;2H{red}ab\x1b[2;2Hc\x1b[0mplain{bold}d\x1b[0m"


KEYS = ("n", "1", "2", "y", "n", "3", "]", "y", "[", "x", "u", "d", "b")


def test_the_terminal_shows_what_the_screen_holds_after_many_small_changes(
    example: Path, tmp_path: Path, play: Any
) -> None:
    same = tmp_path / "same"
    shutil.copytree(example, same)
    expected = play(example, "G", "07 roh.plan", "Enter", *KEYS, size=(120, 40)).rows[1:]
    with Terminal("tui", str(same), width=120, height=40) as desk:
        desk.shows("not good enough so far")
        desk.press("G", "Go to")
        desk.press("07 roh.plan")
        desk.press("\r", "7 yes so far")
        for key in KEYS:
            desk.press(key)
        desk.until(lambda: desk.rows[1:] == expected, "the screen that the same keys led to")


def under_row_1(painted: bytes) -> int:
    """The bytes of ``painted`` that are not for row 1, where a little later it is told that all is saved."""
    moves = re.split(rb"(?=\x1b\[\d+;\d+H)", painted)
    return sum(len(part) for part in moves if not part.startswith(b"\x1b[1;"))


def test_an_answer_paints_500_bytes_also_where_reasons_are_ticked_and_evidence_is_there(
    example: Path,
) -> None:
    found: dict[str, int] = {}
    with Terminal("tui", str(example), **WIDE) as desk:
        desk.shows("not good enough so far")
        # The second question has "no plan at all", with reasons of its own: all of the list is another one.
        for place, answers in (("07 roh.plan", "ynxknyn12"), ("08 vul.plan", "ynaynxkn")):
            desk.press("G", "Go to")
            desk.press(f"{place}\r", "Judgement")
            desk.still()
            for n, key in enumerate(answers):
                before = len(desk.painted)
                desk.press(key)
                desk.still()
                found[f"{place} {n} {key}"] = under_row_1(bytes(desk.painted[before:]))
        desk.press("q")
        assert desk.ended() == 0
    assert {what: size for what, size in found.items() if not 0 < size <= 500} == {}
