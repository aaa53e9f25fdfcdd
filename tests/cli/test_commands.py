"""The command line as a user meets it: real processes, their words and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from conftest import CHECKOUT, Run
from sqs_core.cli.commands import COMMANDS
from sqs_core.platform.shell import quoted
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.resolving import accepting
from sqs_core.workflow.what_is_left import what_is_left
from systems import shell


def test_a_new_inspection_is_made_screened_and_reported(sqs: Run, tmp_path: Path) -> None:
    dates = "2026-11-23..2026-11-25"
    assert sqs("new", "three", "--service", "Example Service", "--dates", dates, "--cases", 3).returncode == 0
    for case, outcome in (("01", "sufficient"), ("02", "sufficient"), ("03", "insufficient")):
        assert sqs("case", "add", "three", case, "--fact", "rosh_identified=yes").returncode == 0
        reason = ("--reason", "victims", "--evidence", "RMP p.1") if outcome == "insufficient" else ()
        assert sqs("answer", "three", case, "roh.plan", outcome, *reason).returncode == 0
    letter = sqs("report", "three", "-r", "text")
    assert letter.returncode == 0
    assert "two of the three cases" in " ".join(letter.stdout.split())
    assert "In the other case, victims' issues had not been looked at enough." in " ".join(
        letter.stdout.split()
    )


def test_the_demo_prints_the_board_and_the_letter_and_leaves_its_folder_on_a_second_run(
    sqs: Run, tmp_path: Path
) -> None:
    first = sqs("demo")
    assert first.returncode == 0
    assert "risk of harm plan " in first.stdout
    assert "seven of the ten cases" in " ".join(first.stdout.split())
    assert (tmp_path / "darlington-2012" / "letter.html").exists()
    second = sqs("demo", "--no-tui")
    assert second.returncode == 0
    assert "left as it is" in second.stderr
    assert second.stdout == first.stdout


def test_the_demo_writes_nothing_among_records_whose_inspection_is_gone(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "07", "roh.plan", "sufficient")
    (darlington / "inspection.toml").unlink()
    there = sorted(darlington.rglob("*"))
    refused = sqs("demo", darlington, "--no-tui")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "such as cases/07.toml, but no inspection.toml: put that back from a copy" in refused.stderr
    assert sorted(darlington.rglob("*")) == there


def test_the_summary_is_data_in_the_published_shape(sqs: Run, darlington: Path) -> None:
    board = json.loads(sqs("summary", darlington, "--json").stdout)
    plan = next(q for q in board["questions"] if q["id"] == "vul.plan")
    assert (board["format"], board["cases"], board["criteria"]["id"]) == (1, 14, "sqs-2012")
    assert plan["outcomes"] == {"sufficient": 5, "insufficient": 3, "absent": 5}
    assert (plan["applicable"], plan["sufficient"], plan["not_asked"], plan["unanswered"]) == (13, 5, 1, 0)
    assert plan["cases"]["absent"] == ["06", "08", "09", "12", "13"]
    assert plan["interval95"] == [pytest.approx(0.177, abs=0.001), pytest.approx(0.645, abs=0.001)]


def test_a_filter_gives_the_custody_figures(sqs: Run, darlington: Path) -> None:
    board = json.loads(sqs("summary", darlington, "--where", "custody=yes", "--json").stdout)
    plan = next(q for q in board["questions"] if q["id"] == "roh.plan")
    assert (board["where"], board["cases"], plan["sufficient"], plan["applicable"]) == (
        {"custody": True},
        4,
        3,
        4,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sumary", "."], 2, "did you mean 'summary'"),
        (["summary", "nowhere"], 2, "no inspection in nowhere"),
        (["answer", "DIR", "07", "roh.plam", "sufficient"], 2, "did you mean 'roh.plan'"),
        (["answer", "DIR", "07", "roh.plan", "good"], 2, "known: sufficient, insufficient"),
        (["answer", "DIR", "77", "roh.plan", "sufficient"], 2, "no case '77'"),
        (
            ["answer", "DIR", "07", "roh.plan", "insufficient", "--reason", "victim"],
            2,
            "did you mean 'victims'",
        ),
        (["fact", "DIR", "07", "custdy=yes"], 2, "did you mean 'custody'"),
        (["fact", "DIR", "07", "rosh=yes"], 2, "did you mean 'rosh_identified'"),
        (["fact", "DIR", "07", "custody=perhaps"], 2, "is yes or no"),
        (["fact", "DIR", "07", "custody"], 2, "is not NAME=VALUE"),
        (["case", "add", "DIR", "07"], 2, "there is a case '07' already"),
        (["case", "add", "DIR", "../07"], 2, "a case id is"),
        (["new", "x", "--service", "S", "--dates", "soon", "--cases", "1"], 2, "are not dates"),
        (["new", "x", "--service", "S", "--dates", "2026-01-02..2026-01-01"], 2, "before the first"),
        (["new", "x", "--service", "S", "--dates", "2026-01-01", "--criteria", "sqs-2013"], 2, "sqs-2012"),
        (["report", "DIR", "-r", "docs"], 2, "no renderer named 'docs'"),
        (["criteria", "show", "sqs-2011"], 2, "did you mean 'sqs-2012'"),
        (["answer", "DIR", "07", "roh.plan", "sufficient", "--expect", "sha256:0"], 5, "has changed since"),
        (["status", "DIR/inspection.toml"], 2, "is a file, and an inspection is a folder"),
        (["new", "DIR/letter.toml", "--service", "S", "--dates", "2026-01-01"], 2, "name a folder to make"),
        (["synth", "DIR/letter.toml"], 2, "name a folder to make"),
        (["new", "x", "--service", " ", "--dates", "2026-01-01"], 2, "cannot be blank"),
        (["interview", "DIR", "Anne", "staff.wanted=yes"], 2, "could be a name"),
        (["export", "DIR", "--to", "DIR/letter.toml/x"], 5, "answers.csv: not written"),
        (["--verison"], 2, "did you mean '--version'?"),
        (["tui", "DIR"], 2, "need a terminal"),
        ([], 2, "need a terminal"),
    ],
)
def test_bad_input_gets_a_sentence_with_what_would_work(
    sqs: Run, darlington: Path, arguments: list[str], code: int, said: str
) -> None:
    before = {path: path.read_bytes() for path in darlington.rglob("*.toml")}
    done = sqs(*(a.replace("DIR", str(darlington), 1) for a in arguments))
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in darlington.rglob("*.toml")} == before


def test_a_broken_record_is_told_with_exit_3_and_the_other_cases_go_on(sqs: Run, darlington: Path) -> None:
    path = darlington / "cases" / "07.toml"
    path.write_text(path.read_text().replace("format = 1", "format = 99", 1))
    assert sqs("summary", darlington).returncode == 3
    status = sqs("status", darlington)
    assert status.returncode == 3
    assert "cases/07.toml:1: R002" in status.stderr
    assert "08    open    22/22" in status.stdout
    assert sqs("answer", darlington, "08", "lor.plan", "insufficient", "--reason", "other").returncode == 0


def test_check_lists_findings_by_path_and_line_with_exit_1(sqs: Run, darlington: Path) -> None:
    assert sqs("check", darlington).returncode == 0
    assert sqs("answer", darlington, "01", "roh.plan", "insufficient").returncode == 0
    found = sqs("check", darlington)
    assert found.returncode == 1
    assert "cases/01.toml:" in found.stdout
    assert "C102 roh.plan is answered insufficient, but no reason is ticked" in found.stdout


def test_an_answer_says_the_hash_that_the_next_one_can_expect(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "07", "roh.plan", "sufficient")
    shown = json.loads(sqs("show", darlington, "07", "--json").stdout)
    again = sqs("answer", darlington, "07", "roh.plan", "not-known", "--expect", shown["hash"])
    assert again.returncode == 0
    assert (
        sqs("answer", darlington, "07", "roh.plan", "sufficient", "--expect", shown["hash"]).returncode == 5
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_two_examples_that_fits_a_narrow_terminal(
    sqs: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = sqs(command, "--help").stdout
    assert "examples:" in shown
    assert shown.count(f"\n  sqs {command}") + (command == "tui") >= 2
    wide = [line for line in shown.splitlines() if len(line) > 60 and not line.startswith("  ")]
    assert wide == [] or command == "tui"


def test_words_go_to_stderr_and_data_to_stdout(sqs: Run, darlington: Path) -> None:
    report = sqs("report", darlington, "-r", "json")
    assert json.loads(report.stdout)["format"] == 1
    left = what_is_left(open_inspection(darlington)).summary.lower()
    assert report.stderr == f"DRAFT: {left} 'sqs check {darlington}' shows them\n"


def test_one_thing_that_is_left_is_it_and_not_them(sqs: Run, darlington: Path) -> None:
    folder = open_inspection(darlington)
    letter = folder.narrative()
    kept = letter.record
    for item in what_is_left(folder).items[1:]:
        kept = accepting(kept, item, "agreed with the lead")
    folder.save_narrative(kept, expect=letter.hash)
    report = sqs("report", darlington, "-r", "json")
    assert report.stderr.splitlines()[0] == (
        f"DRAFT: 1 thing left to look at. 'sqs check {darlington}' shows it"
    )


def test_one_practice_case_is_one(sqs: Run, darlington: Path) -> None:
    folder = open_inspection(darlington)
    case = folder.case("01")
    folder.save_case(evolve(case.record, practice=True), expect=case.hash)
    said = sqs("summary", darlington).stderr
    assert said == "1 practice case is not counted; --practice shows it\n"


def test_options_may_stand_before_what_they_belong_to(sqs: Run, darlington: Path) -> None:
    done = sqs(
        "interview", darlington, "G", "--role", "case-manager", "staff.wanted=yes", "staff.training=no"
    )
    assert done.returncode == 0
    assert (darlington / "interviews" / "G.toml").exists()


@shell
@pytest.mark.parametrize(
    ("command", "closed"),
    [
        *(("summary DIR", closed) for closed in ("<&-", ">&-", "2>&-")),
        *((command, "<&- >&- 2>&-") for command in ("doctor --json", "tui DIR", "report DIR -r html")),
    ],
)
def test_a_closed_stream_is_no_reason_to_stop(darlington: Path, command: str, closed: str) -> None:
    words = command.replace("DIR", str(darlington))
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m sqs_core.cli {words} {closed}"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria"))),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in ((2,) if command == "tui DIR" else (0, 1))
    assert "Traceback" not in done.stderr


def test_a_file_somebody_else_made_is_not_replaced_by_a_sheet_or_by_marked_claims(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    for name in ("notes.html", "letter.md"):
        (tmp_path / name).write_text("Thirteen of the 14 cases.\n")
    sheet = ("takeaway", darlington, "07", "--html", "-o", "notes.html")
    marked = ("letter", "check", darlington, "letter.md", "--annotate", "notes.html")
    for command in (sheet, marked):
        refused = sqs(*command)
        assert refused.returncode == 5
        assert "notes.html: is there, and is not as it was rendered" in refused.stderr
        assert (tmp_path / "notes.html").read_text() == "Thirteen of the 14 cases.\n"
    assert sqs(*sheet, "--force").returncode == 0
    assert sqs(*sheet).returncode == 0
    assert "What to take away" in (tmp_path / "notes.html").read_text()


def test_one_of_a_thing_is_not_called_many(sqs: Run, tmp_path: Path) -> None:
    made = sqs("new", "a b", "--service", "S", "--dates", "2026-01-01", "--cases", 1)
    assert "1 blank case, criteria" in made.stderr
    assert f"next: sqs tui {quoted('a b')}" in made.stderr
    assert sqs("status", "a b").stdout.endswith("\n1 case, 12 answers left; 0 interviews\n")
    assert sqs("check", "a b").stderr == (
        "1 case, 0 problems of reading; 0 findings, 0 to think about; 11 left to do\n"
    )
