"""What leaves the folder, or moves it to another version, is in its history and alarms nobody."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Run

Told = tuple[str, str, str, str, str]


def told(sqs: Run, folder: Path) -> list[Told]:
    """Of each entry the word, the case, the question, the record and the reason; and it has who and when."""
    entries = json.loads(sqs("history", folder, "--json").stdout)["entries"]
    assert all(entry["who"] == "CN" and entry["time"] for entry in entries)
    return [
        (e["what"], e["case"], e["question"], (e["new"] or {}).get("path", ""), e["why"]) for e in entries
    ]


def entered(sqs: Run, folder: Path) -> list[str]:
    entries = json.loads(sqs("history", folder, "--json").stdout)["entries"]
    return [entry["what"] for entry in entries]


def test_a_migration_is_entered_for_every_record_and_verifies(sqs: Run, darlington: Path) -> None:
    sqs("answer", darlington, "07", "roh.plan", "sufficient")
    assert sqs("criteria", "migrate", darlington, "--to", "yjs-2018", "--apply").returncode == 0
    assert "migrate" in entered(sqs, darlington)
    assert sqs("verify", darlington).returncode == 0


def test_an_export_is_entered(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    sqs("answer", darlington, "07", "roh.plan", "sufficient")
    assert sqs("export", darlington, "--to", tmp_path / "out").returncode == 0
    assert entered(sqs, darlington)[-1] == "export"


def test_every_kind_of_writing_is_entered_with_what_it_is_about_and_why(
    sqs: Run, darlington: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQS_WHO", "CN")
    other = darlington.with_name("other")

    def do(*words: str) -> None:
        verb, *rest = words
        parts = [verb, rest.pop(0)] if verb in ("case", "second", "letter") else [verb]
        done = sqs(*parts, darlington, *rest)
        assert done.returncode == 0, done.stderr

    do("fact", "07", "custody=no")
    do("answer", "07", "lor.plan", "insufficient")
    do("case", "add", "15")
    do("finish", "03", "--why", "agreed with KM")
    do("reopen", "03", "--why", "a report came")
    do("override", "03", "roh.plan", "insufficient", "--why", "seen", "--authority", "lead")
    do("interview", "A", "staff.wanted=no")
    do("letter", "accuracy", "--paragraph", "2.3", "--comment", "It was ten.", "--response", "Eight of ten.")
    do("letter", "draft")
    do("second", "draw", "--n", "1", "--seed", "1")
    do("fact", "07", "inspector=ZZ", "--second")
    do("answer", "07", "roh.plan", "sufficient", "--second")
    do("second", "finish", "07", "--incomplete")
    do("second", "agree", "07", "roh.plan", "second", "--why", "the curfew was enough", "--apply")
    shutil.copytree(darlington, other)
    sqs("answer", other, "05", "roh.plan", "insufficient")
    do("merge", str(other), "--apply")
    do("hold", "--why", "an inquiry")
    do("hold", "--off", "--why", "it is over")
    do("takeaway", "03", "-o", "sheet.txt")
    do("show", "03")
    do("purge", "15", "--why", "retention", "--apply")
    do("report", "-r", "text", "-o", "letter.txt")
    do("export", "--to", "tables")
    since = f"from other, head {json.loads(sqs('history', other, '--json').stdout)['head']}"
    seven, three, five = "cases/07.toml", "cases/03.toml", "cases/05.toml"
    twice = "second/07.toml"
    assert told(sqs, darlington) == [
        ("found", "07", "", seven, ""),
        ("fact", "07", "", seven, ""),
        ("answer", "07", "lor.plan", seven, ""),
        ("add", "15", "", "cases/15.toml", ""),
        ("found", "03", "", three, ""),
        ("finish", "03", "", three, "agreed with KM"),
        ("reopen", "03", "", three, "a report came"),
        ("override", "03", "roh.plan", three, "seen"),
        ("found", "", "", "interviews/A.toml", ""),
        ("interview", "", "staff.wanted", "interviews/A.toml", ""),
        ("found", "", "", "letter.toml", ""),
        ("letter", "", "", "letter.toml", ""),
        ("draft", "", "", "", ""),
        ("found", "", "", "inspection.toml", ""),
        ("inspection", "", "", "inspection.toml", ""),
        ("drawn", "07", "", "second/first/07.toml", ""),
        ("add", "07", "", twice, ""),
        ("header", "07", "", twice, ""),
        ("answer", "07", "roh.plan", twice, ""),
        ("finish", "07", "", twice, ""),
        ("agree", "07", "roh.plan", "agreed/07.toml", "the curfew was enough"),
        ("agree", "07", "roh.plan", seven, "the curfew was enough"),
        ("found", "05", "", five, ""),
        ("merge", "05", "roh.plan", five, since),
        ("merge", "", "", "", ""),
        ("hold", "", "", "", "an inquiry"),
        ("release", "", "", "", "it is over"),
        ("export", "", "", "", ""),
        ("open", "03", "", "", ""),
        ("purge", "", "", "", "retention"),
        ("render", "", "", "", ""),
        ("export", "", "", "", ""),
    ]


def test_a_migration_of_records_that_have_no_history_yet_is_entered_too(sqs: Run, darlington: Path) -> None:
    sqs("criteria", "migrate", darlington, "--to", "yjs-2018", "--apply")
    (entry,) = json.loads(sqs("history", darlington, "--json").stdout)["entries"]
    kept = f"{darlington.name}-before-yjs-2018"
    moved = {"from": "sqs-2012", "to": "yjs-2018", "records": 20, "kept": kept}
    assert (entry["what"], entry["new"]) == ("migrate", moved)


def test_the_history_names_the_record_and_tells_each_override_as_one_line(sqs: Run, darlington: Path) -> None:
    sqs("interview", darlington, "A", "staff.wanted=no", "--who", "CN")
    sqs("override", darlington, "03", "roh.plan", "insufficient", "--why", "a", "--authority", "lead")
    sqs("override", darlington, "03", "roh.plan", "sufficient", "--why", "b", "--authority", "head")
    lines = [line.strip() for line in sqs("history", darlington).stdout.splitlines()]
    assert lines[2].endswith("CN       interview interviews/A staff.wanted")
    assert lines[-1].startswith("overrides: + question roh.plan; old insufficient; new sufficient; remark b")
    assert [line.split()[3:] for line in lines if " override " in line] == [
        ["override", "case", "03", "roh.plan", "(a)"],
        ["override", "case", "03", "roh.plan", "(b)"],
    ]
