"""A text beside the question: opened or pasted, found in, quoted, and kept nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from sqs_core.storage.folder import open_inspection

AT_ROH_PLAN = ("at:07 roh.plan",)
PSR = """\
Pre-sentence report. Made-up text, for trying the screens.

The young person has two earlier convictions. He was seen at home and at the office.

Page 1 of 2
He and his former partner have a child. She has told police that she is afraid
of him when he has been drinking.

The victim liaison officer was not asked. She is afraid of him still.
Page 2 of 2
"""
PASTED = (*AT_ROH_PLAN, "v", f"paste:{PSR}", "Enter")


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("07").record.answers["roh.plan"].evidence


@pytest.fixture
def psr(tmp_path: Path) -> str:
    """A pre-sentence report in a file of its own."""
    file = tmp_path / "report.txt"
    file.write_text(PSR)
    return str(file)


def test_a_sentence_is_found_and_quoted_with_its_page(example: Path, play: Any, psr: str) -> None:
    before = evidence(example)
    keys = ("v", "o", psr, "Enter", "Enter", "/", "afraid of him", "Enter", "Down", "Enter")
    played = play(example, *AT_ROH_PLAN, *keys)
    assert evidence(example) == f"{before}\n“She is afraid of him still.” (PSR p.2)"
    assert "2 of 2 found" in played.text
    assert "PSR p.2 quoted; u takes it back" in played.rows[0]


def test_a_text_is_quoted_by_the_name_one_gives_it_and_never_by_its_file(example: Path, play: Any) -> None:
    named = ("Back", "Back", "Back", "Asset, 2 July", "Enter", "Enter")
    play(example, *AT_ROH_PLAN, "v", "paste:One.", *named)
    assert evidence(example).endswith("\n“One.” (Asset, 2 July line 1)")


def test_quoting_is_one_step_to_undo(example: Path, play: Any) -> None:
    before = evidence(example)
    play(example, *PASTED, "Enter", "Esc", "u")
    assert evidence(example) == before


def test_a_line_or_a_paragraph_can_be_quoted_as_well(example: Path, play: Any) -> None:
    play(example, *PASTED, "Down", "Down", "Left", "Enter", "Right", "Right", "Down", "Enter")
    quotations = evidence(example).split("\n")[1:]
    assert quotations == [
        "“The young person has two earlier convictions. He was seen at home and at the office.” (PSR p.1)",
        "“He and his former partner have a child. She has told police that she is afraid of him when he has "
        "been drinking.” (PSR p.2)",
    ]


def test_the_letters_of_the_judgement_work_while_one_reads(example: Path, play: Any) -> None:
    played = play(example, *PASTED, "y")
    assert open_inspection(example).case("07").record.answers["roh.plan"].outcome == "sufficient"
    assert "▸v PSR p.1 of 2" in played.text


def test_nothing_of_the_text_is_on_the_disk_or_in_a_message_unless_it_is_quoted(
    example: Path, play: Any, homes: Path
) -> None:
    played = play(example, *PASTED, "/", "afraid", "Enter", "Esc", "Esc", "e", "x", "Esc", "^L", "Enter")
    written = b"".join(p.read_bytes() for p in homes.rglob("*") if p.is_file())
    assert b"afraid" not in written
    assert b"earlier convictions" not in written
    assert not any("afraid" in words for _, words in played.app.messages)


def test_a_text_stays_with_its_case_until_it_is_forgotten(example: Path, play: Any) -> None:
    elsewhere = ("Esc", "at:07 vul.plan")
    assert "v PSR p.1 of 2" in play(example, *PASTED, *elsewhere).text
    assert "v PSR" not in play(example, *PASTED, "Esc", "at:08 vul.plan").text
    forgotten = play(example, *PASTED, "^P", "forget the text", "Enter")
    assert "the text is forgotten" in forgotten.rows[0]
    assert "convictions" not in play(example, *PASTED, "^P", "forget the text", "Enter", "v").text


def test_the_shared_view_shows_nothing_of_the_text_and_opens_none(example: Path, play: Any) -> None:
    played = play(example, *PASTED, "Z", LOOK, "v")
    assert "convictions" not in played.looks[0].text
    assert "convictions" not in played.text
    assert "not in the shared view" in played.rows[0]


def place(rows: list[str], words: str) -> tuple[int, int]:
    """The row and the column where ``words`` first stand."""
    return next((row, text.index(words)) for row, text in enumerate(rows) if words in text)


def test_v_closes_and_v_moves(example: Path, play: Any) -> None:
    looks = play(example, *PASTED, LOOK, "v", LOOK, "v", "V", LOOK, "Esc", LOOK).looks
    first, closed, whole, back = looks
    assert "Why not?" in first.text
    assert "PSR" not in "\n".join(closed.rows[1:])
    assert "Why not?" not in whole.text
    assert "not saved; only quotes are" in whole.text
    assert "Why not?" in back.text
    beside, below = play(example, *PASTED, LOOK, "V", LOOK, size=(120, 40)).looks
    row, column = place(beside.rows, "━ ▸v PSR p.1 of 2")
    assert row < place(beside.rows, "Judgement")[0]
    assert column > place(beside.rows, "e Evidence")[1] + 50
    row, column = place(below.rows, "━ ▸v PSR p.1 of 2")
    assert row > place(below.rows, "c What the case manager said")[0]
    assert column <= place(below.rows, "e Evidence")[1]


def test_hostile_text_is_read_without_what_a_terminal_would_obey(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "v", "paste:[@click=app.quit]x[/]\x1b[2J \u202eend.", "Enter")
    assert "1 paragraph to read, none saved; 2 hostile characters left out" in played.rows[0]
    assert "[@click=app.quit]x[/][2J end." in played.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF", "copy its words and paste them"),
        ("gone.txt", None, "there is no such file"),
        ("a.txt", b"word " * 80_001, "at most 400,000"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_row_1(
    example: Path, play: Any, homes: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (homes / name).write_bytes(data)
    played = play(example, *AT_ROH_PLAN, "v", "o", str(homes / name), "Enter", "Enter", size=(200, 40))
    assert said in played.rows[0]
    pane = " ".join(row.split("┃")[1].strip() for row in played.rows if row.count("┃") == 2)
    assert pane.startswith("No text is open for this case.")


def test_a_finished_case_takes_no_quotation(example: Path, play: Any) -> None:
    before = evidence(example)
    played = play(example, *AT_ROH_PLAN, "F", "F", "Esc", "v", f"paste:{PSR}", "Enter", "Enter")
    assert "case 07 is finished" in played.rows[0]
    assert evidence(example) == before


def test_a_long_note_brings_nothing_but_ascii_where_only_that_can_be_shown(example: Path, play: Any) -> None:
    long = ("at:07 roh.plan", "e", f"paste:{'Lists the curfew only. ' * 40}")
    assert play(example, *long, ascii_marks=True).text.isascii()
