"""The author's choices on the letter screen: the wording of a figure, and drafts compared."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.tui.conftest import LOOK

from sqs_core.records.narrative import EditedParagraph
from sqs_core.storage.folder import open_inspection

TO_FIGURE = ("4", *("]",) * 8)


def test_w_says_a_figure_in_the_other_shape_and_back_and_writes_the_choice_down(
    example: Path, play: Any
) -> None:
    there = play(example, *TO_FIGURE, LOOK, "w")
    (before,) = there.looks
    assert "said by" in there.rows[0]
    assert len(open_inspection(example).narrative().record.wording) == 1
    assert there.rows[2:] != before.rows[2:]
    assert play(example, *TO_FIGURE, "w").rows[2:] == before.rows[2:]


def test_a_kept_draft_is_compared_by_figure_and_by_case(example: Path, play: Any) -> None:
    answer = ("^G", "07 roh.plan", "Enter", "y", "Esc")
    played = play(example, "4", "h", "K", LOOK, *answer, size=(120, 40))
    (kept,) = played.looks
    assert "kept as draft 1" in kept.rows[0]
    assert "The letter is as in draft 1." in kept.text
    assert "compared with draft 1" in played.rows[0]
    assert "2.3 risk of harm plan: 7 of 10 → 8 of 10; case 07 went from no to yes" in played.text


def test_where_no_draft_is_kept_the_footer_offers_to_keep_one_and_nothing_else_of_drafts(
    example: Path, play: Any
) -> None:
    played = play(example, "4", "h", LOOK, "X", LOOK, "K", size=(120, 24))
    before, refused = played.looks
    assert "no draft has been kept yet: K keeps" in refused.rows[0]
    before, after = before.rows[-1], played.rows[-1]
    assert "K keep a draft" in before
    deeds = ("draft before", "write to a file")
    assert not any(deed in before for deed in deeds)
    assert all(deed in after for deed in deeds)


def test_a_figure_on_the_letter_follows_an_answer_changed_behind_it(example: Path, play: Any) -> None:
    to_case = (*TO_FIGURE, "Enter", *("Right",) * 7)  # past those that it counts
    rows = [row.split("│")[1].strip() for row in play(example, *to_case).rows if row.count("│") > 1]
    assert "▶ 07    no" in rows[rows.index("not counted") + 1]
    played = play(example, *to_case, "Enter", "y", "Esc")
    text = " ".join(played.text.split())
    assert "▸all but two of the ten cases◂" in text
    assert "risk of harm plan: 8 enough of 10" in text
    assert "[the other two cases]" in text


def test_the_panel_tells_what_the_figure_was_in_the_draft_and_which_answer_changed_it(
    example: Path, play: Any
) -> None:
    play(example, "4", "h", "K")
    played = play(example, "^G", "07 roh.plan", "Enter", "y", "Esc", *TO_FIGURE, size=(120, 40))
    told = " ".join(" ".join(row.rpartition("│")[2] for row in played.rows).split())
    assert "changed since draft 1: was “seven of the ten cases”; case 07 went from no to yes" in told
    assert "Letter, draft 1 kept" in played.rows[0]


def test_the_parts_of_the_letter_are_listed_with_their_marks(example: Path, play: Any) -> None:
    played = play(example, *TO_FIGURE, size=(120, 40))
    left = [row.partition("│")[0].strip() for row in played.rows]
    assert "✓ 2 Protecting the…" in left
    assert "▶ 2.2 ✓" in left
    assert "✎ Outstanding st… 3" in left


def test_a_number_typed_into_the_letter_is_told_and_so_is_a_name(example: Path, play: Any) -> None:
    play(example, "4", "S", " The plan was good in 12 of the 14 cases, Anna Brown said.", "Esc")
    played = play(example, "4", size=(120, 40))
    left = [row.partition("│")[0].strip() for row in played.rows]
    assert "! 1 name" in left
    assert any(row.startswith("! 1 typed number") for row in left)


def test_x_writes_the_letter_that_the_command_line_writes_and_proposes_its_next_form_then(
    example: Path, tmp_path: Path, play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqs_core.cli import main

    monkeypatch.chdir(tmp_path)
    played = play(example, "4", "X", "^U", "letter.html", "Enter", "X")
    assert "letter.txt" in played.text
    assert main(["report", str(example), "-r", "html", "-o", "same"]) == 0
    assert (example / "letter.html").read_bytes() == Path("same").read_bytes()


def test_x_beside_a_draft_writes_what_changed_since_it_as_the_command_line_does(
    example: Path, tmp_path: Path, play: Any
) -> None:
    from sqs_core.cli import main

    answer = ("G", "07 roh.plan", "Enter", "y", "Esc")
    played = play(example, "4", "h", "K", *answer, "X", "^U", str(tmp_path / "letter.md"), "Enter")
    assert "written to" in played.rows[0]
    assert "## Changes since draft 1" in (tmp_path / "letter.md").read_text()
    target = ["-o", str(tmp_path / "same")]
    assert main(["report", str(example), "-r", "markdown", "--since", "last", *target]) == 0
    assert (tmp_path / "letter.md").read_bytes() == (tmp_path / "same").read_bytes()


def test_the_arrows_pass_by_a_noun_that_states_no_number(example: Path, play: Any) -> None:
    looks = play(example, "4", LOOK, "Right", LOOK, "Left", LOOK, "]", "]", "]", LOOK, size=(120, 40)).looks
    first, right, left, down = ([row.rpartition("│")[2].strip() for row in seen.rows[1:9]] for seen in looks)
    assert "figure  first assessment: 12 enough" in right  # not "cases", which stands between
    assert (left, down) == (first, right)


def test_a_file_named_as_the_grid_is_the_grid(example: Path, tmp_path: Path, play: Any) -> None:
    play(example, "4", "X", "^U", str(tmp_path / "grid.html"), "Enter")
    assert "Every case and every question" in (tmp_path / "grid.html").read_text()


def test_a_paragraph_is_written_in_a_box_that_shows_all_of_it_and_what_its_figures_say(
    example: Path, play: Any
) -> None:
    played = play(example, *TO_FIGURE, "E", " More.", LOOK, "Esc")
    (box,) = played.looks
    text = " ".join(" ".join(row.strip("┃ ") for row in box.rows).split())
    assert box.rows[0].startswith(" Letter ▸ paragraph 2.2")
    assert "To make sure the public is protected" in text
    assert "[seven of the ten cases]" in text
    assert "7 of 10 2.3 risk of harm plan" in text
    assert played.rows[0].startswith(" Darlington ▸ Letter"), "Esc keeps it, and its figures stay live"
    paragraph = open_inspection(example).narrative().record.paragraphs["2.2"].text
    assert paragraph.endswith(" More.")
    assert "{roh.plan|of cases}" in paragraph
    assert "[seven of the ten cases]" in played.text or "▸seven of the ten cases◂" in played.text


def test_a_paragraph_looked_at_and_left_stays_composed(example: Path, play: Any) -> None:
    before = open_inspection(example).narrative().record
    play(example, *TO_FIGURE, "E", "Esc")
    assert open_inspection(example).narrative().record == before


def test_a_wrong_figure_is_told_before_its_paragraph_is_left_and_esc_again_leaves_it_so(
    example: Path, play: Any
) -> None:
    left = play(example, *TO_FIGURE, "E", " {roh.plann|of}", "Esc", LOOK, "Esc")
    (told,) = left.looks
    assert told.rows[0].startswith(" no question 'roh.plann' in sqs-2012; did you mean 'roh.plan'?")
    assert "Esc again leaves it so" in f"{told.rows[0]}{told.rows[1]}"
    assert left.rows[0].startswith(" Darlington ▸ Letter")


def test_the_summary_can_have_more_than_one_paragraph(example: Path, play: Any) -> None:
    play(example, "4", "S", "Enter", "Enter", "A second one.", "Esc")
    summary = open_inspection(example).narrative().record.summary
    assert summary.split("\n\n")[1:] == ["A second one."]


MARKED = re.compile("▸([^◂\n]+)◂")
TO_BARE = (*("[",) * 5, *("]",) * 7)
"""Keys to paragraph 1.4."""


def bare(example: Path) -> None:
    """The letter with a paragraph of words alone (1.4), and nothing written under strengths."""
    folder = open_inspection(example)
    stored = folder.narrative()
    words = {**stored.record.paragraphs, "1.4": EditedParagraph(text="Plans were right.")}
    folder.save_narrative(evolve(stored.record, paragraphs=words, strengths=()), expect=stored.hash)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)][: 2 if os.environ.get("SQS_EVERY_SCREEN") else 1])
def test_a_paragraph_without_a_figure_is_come_to_by_its_keys_and_written(
    size: tuple[int, int], example: Path, play: Any
) -> None:
    bare(example)
    keys = ("4", *TO_BARE, LOOK, "Enter", LOOK, "E", " Most of them.", "Esc")
    there, entered = play(example, *keys, size=size).looks
    assert "▸ 1.4. Plans were right." in there.text
    assert "paragraph 1.4: no figure" in there.text.lower()
    assert "wording" not in there.rows[-1]
    assert "the mark is on no figure: → goes to the next" in entered.rows[0]
    written = open_inspection(example).narrative().record.paragraphs["1.4"]
    assert written.text == "Plans were right. Most of them."


def test_back_to_a_paragraph_is_to_its_first_figure(example: Path, play: Any) -> None:
    there, back = play(example, "4", *("]",) * 3, LOOK, "]", "[", LOOK).looks
    assert MARKED.findall(there.text) == MARKED.findall(back.text) == ["over three-quarters of the 14 cases"]


def test_writing_under_an_empty_heading_adds_the_first_of_its_list(example: Path, play: Any) -> None:
    bare(example)
    play(example, "4", *("]",) * 40, *("[",) * 4, "E", "Good plans.", "Enter")
    written = open_inspection(example).narrative().record
    assert [s.text for s in written.strengths] == ["Good plans."]
    assert "strengths" not in written.paragraphs


def test_at_80_columns_no_part_of_the_letter_is_cut_off(example: Path, play: Any) -> None:
    (row,) = [row for row in play(example, "4").rows if "Operational" in row]
    assert row.replace("▶", "✎") == "  Context✎  Summary✎  1✎  2✓  3!  4!  Operational✎  Outstanding✎  Areas✎"
