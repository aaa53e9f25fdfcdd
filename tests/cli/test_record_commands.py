"""finish, reopen, override, history, verify, merge, hold and purge, as real commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Run
from sqs_core.cli import main


def test_a_case_is_finished_moderated_and_reopened(
    darlington: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQS_WHO", "CN")
    where = str(darlington)

    def run(*words: str) -> tuple[int, str]:
        code = main([words[0], where, *words[1:]])
        said = capsys.readouterr()
        return code, said.out + said.err

    assert run("finish", "07") == (0, "case 07 finished; 'sqs reopen' opens it again\n")
    code, said = run("answer", "07", "roh.plan", "sufficient")
    assert (code, "reopen it, saying why" in said) == (5, True)
    assert "this looks like a name" in run("fact", "08", "case_manager=Karen S")[1]
    code, said = run("fact", "07", "custody=no")
    assert (code, "reopen it, saying why" in said) == (5, True)
    code, said = run("override", "07", "roh.plan", "sufficient", "--why", "seen", "--authority", "lead")
    assert (code, "it was insufficient, which stays in the record" in said) == (0, True)
    assert "sufficient (overridden: was insufficient)" in run("show", "07")[1]
    code, said = run("reopen", "07", "--why", "the order was varied")
    assert (code, said) == (0, "case 07 is open again\n")
    code, said = run("history", "07")
    assert code == 0
    assert [line.split()[2:4] for line in said.splitlines() if line[:5].strip().isdigit()] == [
        ["CN", "found"],
        ["CN", "finish"],
        ["CN", "override"],
        ["CN", "open"],
        ["CN", "reopen"],
    ]
    assert "(the order was varied)" in said
    code, said = run("verify")
    assert (code, "everything fits" in said) == (0, True)


def test_a_case_that_is_not_done_is_not_finished_and_the_gaps_are_listed(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "01", "roh.plan", "none")
    done = sqs("finish", darlington, "01")
    assert done.returncode == 1
    assert "cannot be finished yet: 1 to put right" in done.stderr
    assert "C101 roh.plan applies but is not answered" in done.stderr
    assert "status" not in (darlington / "cases" / "01.toml").read_text()


def test_verify_names_the_first_line_that_does_not_fit(sqs: Run, darlington: Path) -> None:
    for outcome in ("not-known", "sufficient", "not-known"):
        sqs("answer", darlington, "01", "roh.plan", outcome)
    path = darlington / "history.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[1].replace("not-known", "sufficient"), *lines[2:]]))
    done = sqs("verify", darlington, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["where"] == "history.jsonl:2"
    assert json.loads(done.stdout)["problems"][0]["code"] == "H003"


def test_verify_needs_no_criteria_and_no_readable_inspection(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "01", "roh.plan", "not-known")
    (darlington / "inspection.toml").write_text("format = 99\n")
    assert sqs("verify", darlington).returncode == 0


def test_a_hand_edit_is_told_by_check_and_verify_and_can_be_accepted(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "01", "roh.plan", "not-known")
    path = darlington / "cases" / "01.toml"
    path.write_text(path.read_text().replace("custody = false", "custody = true", 1))
    assert "cases/01.toml: H008 changed outside the program" in sqs("check", darlington).stdout
    assert sqs("verify", darlington).returncode == 1
    assert sqs("verify", darlington, "--accept").returncode == 2
    done = sqs("verify", darlington, "--accept", "--why", "mended", "--who", "AB")
    assert (done.returncode, "entered: cases/01.toml" in done.stderr) == (0, True)


def test_two_inspectors_folders_become_one(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    sqs("answer", darlington, "02", "roh.plan", "not-known")
    other = shutil.copytree(darlington, tmp_path / "ab")
    sqs("answer", darlington, "02", "roh.plan", "sufficient")
    sqs("answer", other, "02", "roh.plan", "insufficient", "--reason", "victims")
    sqs("answer", other, "03", "lor.plan", "not-known")
    first = sqs("merge", darlington, other, "--apply")
    assert first.returncode == 1
    assert "to decide: 02:answers.roh.plan.outcome" in first.stdout
    assert "--take 02:answers.roh.plan.outcome=theirs; nothing was written" in first.stderr
    shown = json.loads(sqs("merge", darlington, other, "--json").stdout)
    assert shown["differences"][0]["theirs"] == {"outcome": "insufficient", "reasons": ["victims"]}
    choice = ("--take", "02:answers.roh.plan.outcome=theirs")
    assert sqs("merge", darlington, other, *choice).stderr.endswith("nothing was written; --apply does it\n")
    done = sqs("merge", darlington, other, *choice, "--apply")
    assert (done.returncode, done.stderr) == (0, "merged: 2 records written\n")
    assert sqs("verify", darlington).returncode == 0


def test_a_purge_shows_first_and_a_hold_stops_it(sqs: Run, darlington: Path) -> None:
    shown = sqs("purge", darlington, "07", "--why", "retention")
    assert (shown.returncode, shown.stdout) == (0, "cases/07.toml\n")
    assert "nothing was touched" in shown.stderr
    assert sqs("hold", darlington, "--why", "complaint").returncode == 0
    assert sqs("purge", darlington, "07", "--why", "retention", "--apply").returncode == 5
    assert sqs("hold", darlington, "--off", "--why", "closed").returncode == 0
    done = sqs("purge", darlington, "07", "--why", "retention", "--apply", "--json")
    assert json.loads(done.stdout)["applied"] is True
    assert not (darlington / "cases" / "07.toml").exists()
    assert sqs("status", darlington).returncode == 0


def test_who_is_told_by_the_option_or_the_variable(darlington: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqs_core.storage.audit.history import read

    monkeypatch.setenv("SQS_WHO", "AB")
    main(["fact", str(darlington), "01", "custody=yes"])
    main(["fact", str(darlington), "01", "custody=no", "--who", "CN"])
    assert [entry.who for entry in read(darlington)[0]] == ["AB", "AB", "CN"]


def test_undo_in_plain_mode_reaches_back_before_the_program_was_started(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "01", "roh.plan", "not-known")
    before = (darlington / "cases" / "01.toml").read_bytes()
    script = darlington.parent / "typed"
    script.write_text("undo\nquit\n")
    import os
    import subprocess
    import sys

    from conftest import CHECKOUT

    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT / 'criteria'}"}
    with script.open() as typed:
        done = subprocess.run(
            [sys.executable, "-m", "sqs_core.cli", "screen", str(darlington), "01", "--plain"],
            stdin=typed,
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
    assert "Undone:" in done.stdout
    assert b"not-known" in before
    assert b"not-known" not in (darlington / "cases" / "01.toml").read_bytes()


def test_cases_questions_and_outcomes_are_understood_as_people_call_them(
    darlington: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(darlington)

    def run(*words: str) -> tuple[int, str]:
        code = main([words[0], where, *words[1:]])
        said = capsys.readouterr()
        return code, (said.out + said.err).replace(where, "DIR")

    for question, outcome in (("2.3", "yes"), ("risk of harm plan", "sufficient"), ("roh.plan", "y")):
        code, said = run("answer", "7", question, outcome)
        assert (code, said.startswith("case 07 roh.plan: sufficient; saved ")) == (0, True)
    assert run("answer", "7", "plan", "yes") == (
        2,
        'sqs: "plan" is in the names of several questions: 1.5 right plan, 1.6 plan reviewed, 2.3 risk of harm '
        "plan, 2.4 risk of harm plan reviewed, 3.2 vulnerability plan, 3.4 vulnerability plan reviewed, "
        "4.3 barriers planned for. Type a number.\n",
    )
    assert run("answer", "7", "2.3", "good")[1].startswith("sqs: no outcome 'good' for roh.plan;")
    assert "\n2.3  roh.plan             sufficient" in run("show", "7")[1]
    assert run("view", "7", "--question", "2.3")[0] == 0
    assert run("finish", "7")[1] == "case 07 finished; 'sqs reopen' opens it again\n"
    told = "case 07 roh.plan: insufficient counts; it was sufficient, which stays in the record\n"
    assert run("override", "07", "2.3", "no", "--why", "seen", "--authority", "lead")[1] == told
    assert run("history", "7") == run("history", "07")
    assert run("takeaway", "7") == run("takeaway", "07")
    assert run("purge", "7", "--why", "old") == run("purge", "07", "--why", "old")
    again = "sqs: there is a case '07' already, which '7' means too; choose another reference\n"
    code = main(["case", "add", where, "7"])
    assert (code, capsys.readouterr().err) == (2, again)
