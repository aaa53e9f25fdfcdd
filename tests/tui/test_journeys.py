"""Whole journeys: a new inspection from start to letter, and the views on one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from sqs_core.cli import main
from sqs_core.storage.folder import open_inspection
from sqs_tui.settings import Settings, write_settings


def records(folder: Path) -> dict[str, str]:
    """The text of every record in ``folder`` by its path; hidden files left out."""
    paths = sorted(path for path in folder.rglob("*.toml") if path.name[0] != ".")
    return {str(path.relative_to(folder)): path.read_text() for path in paths}


def sqs(*arguments: str) -> None:
    """Run the command line, which must succeed."""
    assert main(arguments) == 0


NEW = ("n", "Leeds YJS", "Enter", "2026-11-23..2026-11-25", "Enter", "Back", "Back", "3", "Enter")
EACH = ("y", "Enter") * 3


def test_an_inspection_made_and_screened_here_has_the_same_files_as_from_the_command_line(
    homes: Path, play: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(homes)
    monkeypatch.setenv("SQS_WHO", "CN")
    facts = ("CN", "Enter", "KM", "Enter", "y", "Down", "Space", "Down", "n")
    screened = ("y", "Enter", "n", "1", "e", "two weeks late", "Esc", "Enter", "y", "Enter")
    staff = ("3", "a", "Enter", "Enter", "Space", "Enter", "y", "Enter", "n", "Esc", "4")
    first = ("Enter", *facts, "Enter", *screened, "Esc")
    second = ("Down", "Enter", "Down", "PA", "Enter", "Enter", *EACH, "Esc")
    third = ("Down", *("Enter",) * 4, *EACH, "l", "ask", "Enter", "Esc")
    played = play(None, *NEW, "Enter", "Enter", "Enter", *first, *second, *third, *staff)
    made, here = homes / "by-command", homes / "leeds-yjs"
    sqs("new", str(made), "--service", "Leeds YJS", "--dates", "2026-11-23..2026-11-25", "--cases", "3")
    sqs("fact", str(made), "01", "case_manager=KM", "inspector=CN", "assessed_with_case_manager=yes")
    sqs("fact", str(made), "01", "psr_prepared=yes", "custody=no")
    sqs("answer", str(made), "01", "lor.assess", "sufficient")
    late = ("lor.assess.timely", "insufficient", "--reason", "late", "--evidence", "two weeks late")
    sqs("answer", str(made), "01", *late)
    sqs("answer", str(made), "01", "lor.psr", "sufficient")
    sqs("fact", str(made), "02", "case_manager=PA")
    for case in ("02", "03"):
        for question in ("lor.assess", "lor.assess.timely", "lor.plan"):
            sqs("answer", str(made), case, question, "sufficient")
    sqs("answer", str(made), "03", "roh.assess", "none", "--later", "ask")
    person = ("A", "staff.wanted=yes", "staff.training=no", "--role", "case-manager")
    sqs("interview", str(made), *person)
    capsys.readouterr()
    assert records(here) == records(made)
    assert "cases screened: 3 counted of 3" in played.text


def test_the_board_goes_from_a_figure_to_its_cases_and_to_the_answer(example: Path, play: Any) -> None:
    opened = play(example, "2", *("Down",) * 8, LOOK, "Enter", "Right", "Enter")
    (board,) = opened.looks
    assert "risk of harm plan: 7 enough, 3 not, 4 not asked" in board.text
    assert "seven of the ten cases" in board.text
    assert "Case 08 · 2.3 Protecting the public" in opened.rows[0]
    assert "planning to manage the risk of harm" in " ".join(opened.text.split())


def test_one_leads_from_the_letter_to_the_list_of_cases(example: Path, play: Any) -> None:
    assert "[Cases]" in play(example, "4", "Right", "1").rows[1]


def test_a_filter_counts_only_the_cases_of_the_subset(example: Path, play: Any) -> None:
    board = play(example, "2", "|", *("Down",) * 8)
    row = next(row for row in board.rows if row.startswith(" ▶ 2.3 risk of harm plan"))
    assert row.split()[6:9] == ["3", "4", "███▒"]


def test_a_figure_in_the_letter_changes_as_soon_as_an_answer_behind_it_does(example: Path, play: Any) -> None:
    to_roh_plan = ("4", *("]",) * 8)
    answer = ("Esc", "^G", "07 roh.plan", "Enter", "y", "Esc")
    after = play(example, *to_roh_plan, LOOK, *answer, *to_roh_plan)
    assert "▸seven of the ten cases◂" in " ".join(after.looks[0].text.split())
    assert "risk of harm plan: 8 enough of 10" in after.text
    assert "▸all but two of the ten cases◂" in " ".join(after.text.split())


def test_an_interview_is_answered_with_its_letters(example: Path, play: Any) -> None:
    play(example, "3", "^G", "C staff.wanted", "Enter", "n", "]", "x")
    person = open_inspection(example).interview("C").record
    assert (person.judged("staff.wanted"), person.judged("staff.training")) == ("no", "no-view")


def test_a_case_is_finished_only_when_nothing_is_left_to_put_right(example: Path, play: Any) -> None:
    played = play(example, "^G", "01 lor.plan", "Enter", "n", "F", "F")
    assert "2 things to put right" in played.text
    assert open_inspection(example).case("01").record.status == "open"


def test_search_finds_words_in_notes_and_goes_there_and_where_it_finds_nothing_one_goes_on_typing(
    example: Path, play: Any
) -> None:
    played = play(example, "/", "zzz", "Enter", "Back", "Back", "Back", "ex-partner", LOOK, "Enter")
    assert "07 risk of harm plan, evidence" in played.looks[0].words
    assert "Case 07" in played.rows[0]


def test_the_palette_finds_a_deed_by_its_words_and_does_it(example: Path, play: Any) -> None:
    played = play(example, "^P", "weakest", "Enter")
    assert "sorted by left to do" in played.text


def test_a_rebound_key_works_and_stands_in_the_footer(homes: Path, example: Path, play: Any) -> None:
    config = homes / "config" / "sqs"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[keys]\n"case.facts" = "v"\n')
    played = play(example, LOOK, "v")
    assert played.looks[0].rows[-1].startswith(" Enter open case  v facts")
    assert "▸ Facts" in played.rows[0]


def test_rebound_keys_are_told_where_they_clash_or_mean_nothing_and_stand_on_the_boxes(
    homes: Path, example: Path, play: Any
) -> None:
    keys = {"question.evidence": "F8", "question.later": "v", "case.fact": "z", "app.shared": "shft+q"}
    (homes / "config" / "sqs").mkdir(parents=True)
    write_settings(homes / "config" / "sqs" / "config.toml", Settings(keys=keys))
    told = play(example, size=(120, 24)).words
    assert "no command 'case.fact' for a key; did you mean 'case.facts'?" in told
    assert '"shft+q" for app.shared is no key' in told
    assert '"v" is the key of later (question.later) and of text (question.text) in one place' in told
    written = play(example, "^G", "07 roh.plan", "Enter", "e", LOOK, "F8", size=(120, 24))
    (asked,) = written.looks
    assert asked.rows[0].startswith(" e does nothing here")
    assert " F8 evidence " in asked.rows[-1]
    assert "▸F8 Evidence  78 characters" in written.text


def test_help_names_every_deed_of_the_screen(example: Path, play: Any) -> None:
    played = play(example, "?", size=(120, 60), also=((100, 30),))
    for words in ("open case", "take-away", "shared view", "find a word in all notes"):
        assert words in played.text
    assert "14 of 14 cases" in played.sizes["100x30"]  # what lies under the box is painted with it


def test_five_minutes_of_practice_leave_nothing_behind(homes: Path, play: Any) -> None:
    played = play(
        None, "Enter", "Up", "Enter", "y", "Enter", "n", "2", "e", "seen on p.4", "Esc", "Esc", "2", "^Q"
    )  # fmt: skip
    assert played.app.return_code == 0
    assert not (homes / "state" / "sqs" / "practice").exists()


def test_a_folder_without_an_inspection_is_refused_on_the_start_screen(homes: Path, play: Any) -> None:
    played = play(None, "o", str(homes), "Enter")
    assert "no inspection in" in played.rows[0]


def test_many_inspections_are_looked_at_from_the_start_screen(homes: Path, play: Any) -> None:
    pytest.importorskip("polars")
    made_up = [str(homes / "winter"), str(homes / "spring")]
    for seed, folder in enumerate(made_up):
        sqs("synth", folder, "--cases", "8", "--seed", str(seed), "--dates", f"2026-0{3 * seed + 2}-02")
    region = str(homes / "region")
    sqs("programme", "build", *made_up, "--to", region, "--practice")
    played = play(None, "i", str(homes / "none"), "Enter", "o", "^U", region, "Enter", "O", "2.3", "Enter")
    for words in ("Many inspections ▸ region", "PRACTICE CASES", "Jan–Mar 2026", "within"):
        assert words in played.text


def test_out_of_the_grid_is_the_start_screen_and_back_is_the_grid(example: Path, play: Any) -> None:
    out, back, again = play(example, "Esc", LOOK, "Esc", LOOK, "Esc", "Enter", LOOK).looks
    assert "Short Quality Screening" in out.text
    assert "Esc goes back to Darlington." in out.text
    assert "[Cases]" in back.text
    assert "[Cases]" in again.text
