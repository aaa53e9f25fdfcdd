"""``sqs view``: one question for two readers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from systems import signals


def test_the_view_is_printed_once_without_a_terminal(sqs: Run, darlington: Path) -> None:
    done = sqs("view", darlington, "07", "--question", "roh.plan", "--follow")
    assert done.returncode == 0
    assert done.stdout == (
        "Case 07. 22 of 22 answered.\n"
        "Protecting the public\n"
        "\n"
        "Was the planning to manage the risk of harm to others good enough?\n"
        "  [ ] yes, good enough\n"
        "  [x] no, not good enough\n"
        "  [ ] not applicable\n"
        "  [ ] not known\n"
        "\n"
        "What you said\n"
        "  The exclusion zone was agreed by telephone and not written up.\n"
        "\n"
        "To take away\n"
        "  - Write what was agreed into the plan on the same day.\n"
    )


def test_inside_the_folder_the_case_is_enough(sqs: Run, darlington: Path) -> None:
    assert sqs("view", "07").returncode == 2
    darlington.rename(darlington.parent / "inspection.old")
    for path in (darlington.parent / "inspection.old").iterdir():
        path.rename(darlington.parent / path.name)
    assert sqs("view", "07").stdout.startswith("Case 07.")


def test_json_has_a_format_and_no_private_note(sqs: Run, darlington: Path) -> None:
    data = json.loads(sqs("view", darlington, "07", "--question", "roh.plan", "--json").stdout)
    assert (data["format"], data["question"], data["done"]) == (1, "roh.plan", 22)
    assert [o["key"] for o in data["outcomes"] if o["given"]] == ["n"]
    assert "evidence" not in data


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("07x",), 2, "no case '07x'"),
        (("07", "--question", "nope"), 2, "nope"),
        (("07", "--json", "--follow"), 2, "leave --follow out"),
        ((), 2, "which case?"),
    ],
)
def test_what_cannot_be_shown_is_told(
    sqs: Run, darlington: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = sqs("view", darlington, *words)
    assert (done.returncode, said in done.stderr, done.stdout) == (code, True, "")


def test_a_broken_record_and_a_sealed_case_have_their_exit_codes(sqs: Run, darlington: Path) -> None:
    case = darlington / "cases" / "07.toml"
    (darlington / "second").mkdir()
    (darlington / "second" / "08.toml").write_text("")
    case.write_text("broken")
    assert [sqs("view", darlington, name).returncode for name in ("07", "08")] == [3, 5]


def test_the_opening_is_entered_once_a_day_where_a_history_is_kept(sqs: Run, darlington: Path) -> None:
    sqs("view", darlington, "07")
    assert not (darlington / "history.jsonl").exists()
    sqs("answer", darlington, "08", "roh.plan", "sufficient")
    for _ in range(2):
        sqs("view", darlington, "07")
    entries = [json.loads(line) for line in (darlington / "history.jsonl").read_text().splitlines()]
    assert [e["what"] for e in entries if e["case"] == "07"] == ["open"]


@signals
def test_plain_follow_prints_again_at_each_change_until_it_is_interrupted(sqs: Run, darlington: Path) -> None:
    command = [sys.executable, "-m", "sqs_core.cli", "view", str(darlington), "07", "--follow", "--plain"]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.readline() == "Case 07. 22 of 22 answered.\n"
    sqs("answer", darlington, "07", "roh.plan", "--said", "More words.", "insufficient")
    while "More words." not in (row := child.stdout.readline()):
        assert row
    (darlington / "cases" / "07.toml").unlink()
    while "there is no case 07 in the folder any more" not in (row := child.stderr.readline()):
        assert row
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode == 130
