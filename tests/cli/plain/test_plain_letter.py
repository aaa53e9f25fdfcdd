"""The letter, files and pace in plain mode: what the screens can do, words can do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.composing import compose_report

Sqs = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def darlington(tmp_path: Path) -> Path:
    """A copy of the example inspection."""
    return Path(shutil.copytree(ROOT / "examples" / "darlington-2012", tmp_path / "darlington"))


def said(sqs: Sqs, folder: Path, *typed: str) -> str:
    """All that plain mode says to ``typed``, each on one line."""
    done = sqs("screen", folder, "--plain", typed=typed, cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_a_figure_is_said_another_way_and_the_choice_is_kept(sqs: Sqs, darlington: Path) -> None:
    told = said(sqs, darlington, "wording 2.2")
    assert re.search(r'It says "[^"]+" now\. Saved', told)
    assert open_inspection(darlington).narrative().record.wording == {"roh.plan": "words"}
    said(sqs, darlington, "wording 2.2")
    assert open_inspection(darlington).narrative().record.wording == {"roh.plan": "of"}


@pytest.mark.parametrize("words", ["wording", "wording 9.9", "wording 2.2 99"])
def test_a_figure_that_is_not_there_is_answered_with_what_would_work(
    words: str, sqs: Sqs, darlington: Path
) -> None:
    assert "Which figure? For example: wording 2.2" in said(sqs, darlington, words)


def test_a_draft_is_kept_and_what_changed_since_is_told_with_the_case(sqs: Sqs, darlington: Path) -> None:
    assert "No draft has been kept yet" in said(sqs, darlington, "draft")
    told = said(sqs, darlington, "draft keep", "draft", "7 2.3", "y", "draft", "draft 7")
    assert "Kept as draft 1." in told
    assert "As in draft 1." in told
    assert "roh.plan: was 7 of 10, is 8 of 10. Because: 07: insufficient → sufficient." in told
    assert "No draft 7; kept: 1." in told


def test_the_letter_is_read_through(sqs: Sqs, darlington: Path) -> None:
    typed = ("write instead 2.2", "Anna Brown saw that nine of the ten plans were good enough.", ".", "proof")
    told = said(sqs, darlington, *typed)
    assert "live figures." in told
    assert '2.2: "nine of the ten plans" is typed, not a live figure.' in told
    assert "looks like a person's name" in told


def test_a_note_is_quoted_in_the_letter_and_taken_out(sqs: Sqs, darlington: Path) -> None:
    told = said(sqs, darlington, "interviews C", "cite", "note", "supervision helps", ".", "cite")
    assert "There is no note to quote yet" in told
    assert "“supervision helps”" in " ".join(
        p.words for p in compose_report(open_inspection(darlington)).document.paragraphs()
    )
    assert "Taken out of the letter." in said(sqs, darlington, "interviews C", "cite")


def test_the_name_of_a_file_says_what_it_shall_hold(sqs: Sqs, darlington: Path, tmp_path: Path) -> None:
    told = said(
        sqs, darlington, "report letter.md", "report board.svg", "report grid.html", "report text sheet.txt"
    )
    assert [name in told for name in ("Wrote letter.md.", "Wrote board.svg.", "Wrote sheet.txt.")] == [
        True
    ] * 3
    assert "\n# " in (tmp_path / "letter.md").read_text()
    assert (tmp_path / "board.svg").read_text().startswith("<svg")
    assert "Every case and every question" in (tmp_path / "grid.html").read_text()


def test_a_file_that_may_have_been_edited_stays(sqs: Sqs, darlington: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("mine")
    assert "Nothing was written; choose another name." in said(sqs, darlington, "report letter.md")
    assert (tmp_path / "letter.md").read_text() == "mine"


def test_the_tables_are_those_of_the_export_command(sqs: Sqs, darlington: Path, tmp_path: Path) -> None:
    said(sqs, darlington, "export here")
    sqs("export", darlington, "--to", tmp_path / "there")
    here, there = tmp_path / "here", tmp_path / "there"
    assert {p.name: p.read_bytes() for p in here.iterdir()} == {
        p.name: p.read_bytes() for p in there.iterdir()
    }


def test_the_take_away_is_written_as_the_command_writes_it(
    sqs: Sqs, darlington: Path, tmp_path: Path
) -> None:
    said(sqs, darlington, "7 2.3", "takeaway judgements sheet.txt")
    there = sqs("takeaway", darlington, "07", "--judgements").stdout
    assert (tmp_path / "sheet.txt").read_text() == there


def test_the_pace_is_told(sqs: Sqs, leeds: Path) -> None:
    told = said(sqs, leeds, "pace", "1 1.1", "y", "y", "y", "pace")
    assert "No time is known: no change of a case was seen yet." in told
    assert "3 cases left: no inspector yet 3." in told
    assert "Time for each case: 01 0 minutes." in told
    assert "a pause of more than 15 minutes is left out." in told


def test_the_weakest_lines_of_the_board_come_first(sqs: Sqs, darlington: Path) -> None:
    told = said(sqs, darlington, "board weakest").partition("the weakest first: ")[2]
    assert told.startswith("3.2 vulnerability plan: 5 of 13. 3.4 vulnerability plan reviewed: 6 of 12.")


def test_what_tells_of_other_cases_is_not_said_in_the_shared_view(sqs: Sqs, darlington: Path) -> None:
    told = said(sqs, darlington, "shared", "draft", "proof", "pace")
    assert told.count("would show other cases") == 3


def test_a_report_since_a_draft_ends_with_what_changed(sqs: Sqs, darlington: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.md"
    typed = ("draft keep", f"report {file} since last", f"report {tmp_path}/board.svg since 1", "quit")

    told = sqs("screen", darlington, "--plain", typed=typed).stdout.replace("\n", " ")

    assert "## Changes since draft 1" in file.read_text()
    assert "What changed since a draft stands in the letter, and 'board-svg' renders none" in told
