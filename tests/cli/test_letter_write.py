"""A letter is written by commands alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from conftest import Run
from sqs_core.cli.letter_left import mending
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import find_criteria
from sqs_core.storage.rescue import RescueCopy
from sqs_core.workflow.navigation import Location, View
from sqs_core.workflow.what_is_left import GONE, LeftItem


@pytest.fixture
def leeds(sqs: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "leeds"
    assert sqs("new", folder, "--service", "Leeds YJS", "--dates", "2026-11-23", "--cases", 1).returncode == 0
    return folder


def narrative(folder: Path) -> Narrative:
    return open_inspection(folder).narrative().record


def test_the_summary_a_paragraph_and_the_lists_are_written_and_taken_back(sqs: Run, leeds: Path) -> None:
    words = leeds.parent / "words.txt"
    words.write_text("Plans were read.\n")
    for given in (
        ("summary", "--text", "We saw {cases|of cases}."),
        ("instead", "1.4", "--file", words),
        ("strength", "--text", "Clear plans.", "--link", "lor.plan"),
        ("strength", "--text", "Kind words."),
        ("strength", "2", "--move", "1"),
        ("improvement", "--text", "Reviews.", "--link", "roh.plan", "--link", "2.4"),
        ("strength", "1", "--remove"),
    ):
        assert sqs("letter", "write", leeds, *given).returncode == 0
    written = Narrative(
        summary="We saw {cases|of cases}.",
        paragraphs={"1.4": EditedParagraph(text="Plans were read.")},
        strengths=(Strength("Clear plans.", ("lor.plan",)),),
        improvements=(Improvement("Reviews.", ("roh.plan", "roh.plan.review")),),
    )
    assert narrative(leeds) == written
    assert sqs("letter", "undo", leeds).stderr == "taken back: strengths\n"
    assert len(narrative(leeds).strengths) == 2
    assert sqs("letter", "redo", leeds).stderr == "made again: strengths\n"
    assert narrative(leeds) == written


@pytest.mark.parametrize("part", ["summary", "1.4", "strength"])
def test_words_without_the_option_for_them_are_refused_and_not_passed_over(
    sqs: Run, leeds: Path, part: str
) -> None:
    done = sqs("letter", "write", leeds, part, "Plans were good.")
    assert (done.returncode, done.stderr) == (2, f"sqs: {part}: what it is to say goes after --text\n")
    assert narrative(leeds) == Narrative()


def test_a_part_is_shown_with_the_words_of_its_figures(sqs: Run, darlington: Path) -> None:
    sqs("letter", "write", darlington, "summary", "--text", "Plans were good in {roh.plan|of cases}.")
    assert sqs("letter", "write", darlington, "summary").stdout == (
        "Plans were good in [seven of the ten cases].\n\n"
        "live figures:\nseven of the ten cases: {roh.plan|of cases}\n"
    )
    assert "{roh.plan@custody|of cases}" in sqs("letter", "figures", darlington, "2.3", "custody").stdout


def test_what_is_left_is_numbered_with_its_command_and_kept_with_a_reason(sqs: Run, darlington: Path) -> None:
    first = sqs("letter", "left", darlington)
    numbered = [line for line in first.stdout.splitlines() if line[0].isdigit()]
    assert first.stderr.startswith(f"{len(numbered)} things left")
    assert first.stdout.splitlines()[1] == f"   sqs finish {darlington} 01"
    assert f"   sqs letter write {darlington} instead 3.3 --text …" in first.stdout.splitlines()
    refused = sqs("letter", "left", darlington, "--keep", 99, "--why", "x")
    assert refused.stderr == f"sqs: there is no line 99; they are numbered 1 to {len(numbered)}\n"
    kept = sqs("letter", "left", darlington, "--keep", len(numbered), "--why", "agreed with the lead")
    assert kept.stderr.endswith(f"{len(numbered) - 1} things left to look at.\n")


def test_a_figure_is_said_by_its_count_and_in_words_again(sqs: Run, darlington: Path) -> None:
    in_words = sqs("letter", "wording", darlington, "2.1").stdout
    assert sqs("letter", "undo", darlington).stderr.startswith("taken back: wording")
    assert sqs("letter", "wording", darlington, "2.1").stdout == in_words
    refused = sqs("letter", "wording", darlington, "2.1", 9)
    assert (refused.returncode, "2.1 has no figure 9" in refused.stderr) == (2, True)


def test_a_rescue_copy_is_taken_over_from_the_list(
    sqs: Run, darlington: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = open_inspection(darlington)
    record = folder.case("07").record
    learned = record.answering("roh.plan", evolve(record.answer("roh.plan"), learning="Ask for the plan."))
    copy = RescueCopy(folder.path, folder.criteria, "case", "07").save(learned, folder.case("07").hash)
    assert copy is not None
    assert "R050" in sqs("letter", "left", darlington).stdout.splitlines()[0]
    taken = sqs("letter", "left", darlington, "--take", 1)
    assert taken.stderr.splitlines()[0].endswith("its words are in the record now; the copy is gone")
    assert open_inspection(darlington).case("07").record.answer("roh.plan").learning == "Ask for the plan."
    assert not copy.exists()


def test_a_copy_beside_the_records_is_moved_out_from_the_list(sqs: Run, darlington: Path) -> None:
    cases = darlington / "cases"
    for _ in range(2):
        shutil.copy(cases / "07.toml", cases / "07-LAPTOP123.toml")
        assert "R035" in sqs("letter", "left", darlington).stdout.splitlines()[0]
        done = sqs("letter", "left", darlington, "--drop", "1")
        assert (done.returncode, "R035" in done.stdout) == (0, False)
        assert "moved out of the inspection, beside it: darlington-set-aside/" in done.stderr
    moved = sorted((darlington.parent / "darlington-set-aside").iterdir())
    assert [file.name for file in moved] == ["2-cases-07-LAPTOP123.toml", "cases-07-LAPTOP123.toml"]
    assert {file.read_bytes() for file in moved} == {(cases / "07.toml").read_bytes()}


def test_a_part_that_is_none_and_a_list_that_is_none_are_refused_with_what_there_is(
    sqs: Run, leeds: Path
) -> None:
    refused = sqs("letter", "write", leeds, "9.9", "--text", "x")
    assert (refused.returncode, "known: summary, strength" in refused.stderr) == (2, True)
    refused = sqs("letter", "write", leeds, "summary", "--remove")
    assert refused.stderr == "sqs: --link, --move and --remove are for strengths and improvements\n"
    refused = sqs("letter", "write", leeds, "summary", "--file", "nowhere.txt")
    assert (refused.returncode, refused.stderr.startswith("sqs: nowhere.txt: not read (")) == (2, True)


def test_each_thing_that_is_left_has_the_command_that_mends_it() -> None:
    criteria = find_criteria("social-care-audit")

    def command(code: str, view: View, case: str = "", item: str = "", **more: Any) -> str:
        left = LeftItem(more.pop("group", "cases"), code, Location(view, case, item), "", "", **more)
        return mending(left, "leeds", criteria)

    assert [
        command(GONE, "cases", about="cases/03.toml"),
        command("H008", "cases", about="cases/03.toml"),
        command("C112", "cases", about="victims"),
        command("C101", "question", "interviews/B", "s.training", group="interviews"),
        command("C101", "question", "interviews/B", "role", group="interviews"),
        command("C204", "facts", "07"),
        command("C103", "question", "07", "roh.plan"),
        command("C203", "question", "07", "roh.plan"),
        command("C205", "question", "07", "decide.timely"),
        command("L001", "details", item="signatory"),
        command("S102", "moderation", "07"),
        command("M001", "merge", item="../leeds-pa"),
        command("L005", "letter", item="improvements.2"),
        command("L005", "letter"),
        command("C101", "question", "victims/02", "v.contact", population="victims"),
    ] == [
        "sqs verify leeds --restore cases/03.toml --why …",
        "sqs verify leeds --accept --why …; or --restore cases/03.toml --why …",
        "sqs sample LIST.csv --n N --seed N --into leeds --population victims",
        "sqs interview leeds B s.training=OUTCOME …",
        "sqs interview leeds B --role …",
        "sqs fact leeds 07 NAME=VALUE …",
        "sqs answer leeds 07 roh.plan OUTCOME --evidence …",
        "sqs override leeds 07 roh.plan OUTCOME --why … --authority …",
        "sqs fact leeds 07 referred=… decided=…",
        "sqs letter details leeds --signatory …",
        "sqs second agree leeds 07 …",
        "sqs merge leeds ../leeds-pa",
        "sqs letter write leeds improvement 2 --text …",
        "",
        "sqs answer leeds/victims 02 v.contact OUTCOME",
    ]
