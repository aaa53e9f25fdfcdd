"""The second marking in plain mode: nothing of the first can be seen, and it ends for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from attrs import evolve

from sqs_core.records.case import Answer
from sqs_core.storage.blinding import is_blinded
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.moderation.second import draw_seconds, save_second, second_case

Sqs = Callable[..., CompletedProcess[str]]
CANARY = "kanarienvogel"
WORDS = (
    *("cases", "board", "board 1.5", "letter", "letter 2.2", "report html out.html", "write strength 1"),
    *("interviews", "goto interviews", "goto interview A", "add person Z", "add case 15"),
    *(f"search {CANARY}", "check", "help", "case 01", "case 05"),
    *("case 07", "goto 7 1.5", "read", "answers", "takeaway", "undo", "redo", "review", "facts", "read"),
    *("goto 7 1.5", "guidance", "undo", "undo", "redo", "reopen why", "finish", "no", "back", "cases"),
)


@pytest.fixture
def drawn(tmp_path: Path) -> InspectionFolder:
    """The example with the canary in everything noted on case 07, in the letter and the interviews,
    every step of it in the history, and three cases drawn."""
    folder = write_example(tmp_path / "d")[0]
    stored = folder.case("07")
    record, now = stored.record, stored.hash
    for question, answer in record.answers.items():
        noted = evolve(answer, evidence=CANARY, said=CANARY, learning=CANARY, strength=CANARY, later=CANARY)
        record = evolve(record, answers={**record.answers, question: noted})
    now = folder.save_case(evolve(record, inspector=CANARY, case_manager=CANARY), expect=now)
    text = folder.narrative()
    folder.save_narrative(evolve(text.record, summary=CANARY), expect=text.hash)
    person = folder.interview("A")
    folder.save_interview(person.record.noting("note", CANARY), expect=person.hash)
    return draw_seconds(folder, 3, 11)[0]


def test_no_word_of_the_first_marking_can_be_had(sqs: Sqs, drawn: InspectionFolder, tmp_path: Path) -> None:
    done = sqs("screen", drawn.path, "--plain", "--second", typed=(*WORDS, "quit"), cwd=tmp_path)

    said = "\n".join(line for line in done.stdout.splitlines() if f"search {CANARY}" not in line)
    assert done.returncode == 0
    assert said.count(CANARY) == 1  # the search repeats what it looked for
    assert f'0 notes with "{CANARY}" in 3 cases.' in said
    assert CANARY not in done.stderr
    assert second_case(drawn, "07").record == drawn.new_case("07")
    assert not (tmp_path / "out.html").exists()


def test_undo_does_not_lead_back_into_the_first_marking(sqs: Sqs, drawn: InspectionFolder) -> None:
    done = sqs(
        "screen", drawn.path, "07", "--plain", "--second", typed=("undo", "goto 7 1.5", "undo", "quit")
    )

    assert done.stdout.count("There is nothing to undo in this case.") == 2


def test_the_board_counts_second_markings_alone(sqs: Sqs, drawn: InspectionFolder) -> None:
    typed = ("goto 7 1.5", "sufficient", "board 1.5", "quit")

    done = sqs("screen", drawn.path, "--plain", "--second", typed=typed)

    assert "Good enough: 1 of 1." in done.stdout
    assert second_case(drawn, "07").record.answer("lor.plan").outcome == "sufficient"


@pytest.mark.parametrize(
    "word", ["letter", "write summary", "report html a.html", "interviews", "add case 9"]
)
def test_what_rests_on_first_markings_is_no_part_of_it(sqs: Sqs, drawn: InspectionFolder, word: str) -> None:
    done = sqs("screen", drawn.path, "--plain", "--second", typed=(word, "quit"))

    assert f'"{word.split()[0]}" is no part of a second marking.' in done.stdout


def test_a_case_that_was_not_drawn_cannot_be_opened(sqs: Sqs, drawn: InspectionFolder) -> None:
    done = sqs("screen", drawn.path, "01", "--plain", "--second")

    assert done.returncode == 2
    assert "was not drawn for a second marking" in done.stderr


def test_finishing_asks_for_a_yes_and_cannot_be_taken_back(sqs: Sqs, drawn: InspectionFolder) -> None:
    marked = evolve(drawn.new_case("07"), inspector="ZZ").answering("lor.plan", Answer("sufficient"))
    save_second(drawn, marked, expect=second_case(drawn, "07").hash)
    typed = ("goto 7 1.5", "finish incomplete", "no", "finish incomplete", "yes", "insufficient", "quit")

    done = sqs("screen", drawn.path, "--plain", "--second", typed=typed)

    assert "is open as before" in done.stdout
    assert "stays as it is" in done.stdout.replace("\n", " ")
    assert second_case(drawn, "07").record.judged("lor.plan") == "sufficient"
    assert not is_blinded(drawn.path, "07")


def test_without_a_draw_or_plain_mode_it_says_so(sqs: Sqs, leeds: Path) -> None:
    none = sqs("screen", leeds, "--plain", "--second")
    screens = sqs("screen", leeds, "--second")

    assert (none.returncode, screens.returncode) == (2, 2)
    assert "no case was drawn" in none.stderr
    assert "the screens need a terminal" in screens.stderr


def test_the_second_marking_opens_in_lines_whichever_word_asks_for_them(
    sqs: Sqs, drawn: InspectionFolder
) -> None:
    both = [sqs(word, drawn.path, "--plain", "--second", typed=("quit",)) for word in ("screen", "tui")]

    assert both[0].stdout == both[1].stdout
    assert "Second marking: the cases drawn for it" in both[1].stdout


def test_a_case_is_finished_and_opened_again_in_words(sqs: Sqs, tmp_path: Path) -> None:
    folder = write_example(tmp_path / "d")[0]
    folder.save_case(evolve(folder.case("07").record, status="open"), expect=folder.case("07").hash)

    done = sqs("screen", folder.path, "07", "--plain", typed=("finish agreed", "reopen", "", "quit"))

    assert "Case 07 is finished" in done.stdout
    assert "It stays finished" in done.stdout
    assert open_inspection(folder.path).case("07").record.status == "finished"
    again = sqs("screen", folder.path, "07", "--plain", typed=("reopen varied order", "quit"))
    assert "Case 07 is open again" in again.stdout
    assert open_inspection(folder.path).case("07").record.status == "open"
    assert "varied order" in sqs("history", folder.path, "07").stdout


def test_a_case_with_answers_missing_is_not_finished_and_leads_to_the_review(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "01", "--plain", typed=("done", "finish", "quit"))

    assert "Case 01 cannot be finished yet." in done.stdout
    assert "Case 01. Review." in done.stdout
    assert open_inspection(leeds).case("01").record.status != "finished"
