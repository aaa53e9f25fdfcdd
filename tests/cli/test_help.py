"""Help as somebody meets it who knows nothing yet: groups, topics, mistyped options, colour."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from conftest import CHECKOUT, Run
from sqs_core.cli.commands import COMMANDS, GROUPS
from systems import terminals

SOURCES = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria")))


def test_help_lists_every_command_in_its_group_on_one_screen(sqs: Run) -> None:
    told = sqs("--help").stdout
    assert told == sqs("help").stdout
    lines = told.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert [line.split("  ")[0] for line in lines if line.isupper() or line.split("  ")[0].isupper()] == [
        group.name.upper() for group in GROUPS
    ]
    assert all(f"  {name} " in told for name in COMMANDS)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lock a case", "sqs finish "),
        ("remove a child", "sqs purge"),
        ("put two folders together", "sqs merge"),
        ("keys", "sqs tui"),
        ("unlock", "sqs reopen"),
        ("what changed since the last draft", "sqs letter compare"),
        ("retention", "sqs purge"),
        ("analysts csv", "sqs export"),
        ("tampered", "sqs verify"),
        ("second marking", "sqs second"),
        ("child identify", "sqs letter disclose"),
        ("screen reader", "sqs screen"),
        ("pandas", "sqs export"),
        ("keep safe", "sqs hold"),
        ("who changed an answer", "sqs history"),
        ("disagree", "sqs agreement"),
        ("send the letter as Word", "sqs report"),
        ("exit codes", "130  interrupted"),
        ("undo", "u on the screens"),
        ("deadline", "sqs action set"),
        ("action due", "sqs action list"),
        ("criteria excel", "sqs criteria import"),
    ],
)
def test_a_word_leads_to_the_command(sqs: Run, asked: str, found: str) -> None:
    done = sqs("help", *asked.split())
    assert done.returncode == 0
    assert found in done.stdout


def test_a_command_or_an_action_named_as_a_topic_gives_its_own_help(sqs: Run) -> None:
    assert sqs("help", "report").stdout == sqs("report", "--help").stdout
    assert sqs("help", "letter", "compare").stdout == sqs("letter", "compare", "--help").stdout


def test_a_word_that_nothing_speaks_of_is_told(sqs: Run) -> None:
    done = sqs("help", "xylophone")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing here speaks of 'xylophone'" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["summary", "DIR", "--wher", "custody=yes"],
            "no option '--wher' in 'sqs summary'; did you mean '--where'?",
        ),
        (
            ["letter", "compare", "DIR", "--too", "1"],
            "no option '--too' in 'sqs letter compare'; did you mean '--to'?",
        ),
        (["report", "DIR", "--otput=x"], "no option '--otput' in 'sqs report'; did you mean '--output'?"),
        (["status", "DIR", "07"], "'07' is one argument too many; 'sqs status --help' shows what it takes"),
    ],
)
def test_a_mistyped_option_is_answered_with_the_one_that_was_meant(
    sqs: Run, darlington: Path, words: list[str], said: str
) -> None:
    done = sqs(*(word.replace("DIR", str(darlington)) for word in words))
    assert done.returncode == 2
    assert said in done.stderr


@terminals
@pytest.mark.parametrize(("words", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_help_is_coloured_on_a_terminal_unless_it_is_switched_off(
    words: dict[str, str], coloured: bool
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    environment |= {"PYTHONPATH": SOURCES, "TERM": "xterm-256color", **words}
    for command in (["--help"], ["summary", "--help"]):
        told = pexpect.run(
            " ".join([sys.executable, "-m", "sqs_core.cli", *command]), env=environment, timeout=30
        )
        assert (b"\x1b[" in told) is coloured


@pytest.mark.parametrize(
    "words",
    [
        ["summary", "DIR", "--where", "custody=yes", "--where", "custody=no"],
        ["fact", "DIR", "07", "custody=yes", "custody=no"],
        ["interview", "DIR", "A", "custody=yes", "custody=no"],
        ["report", "DIR", "--option", "custody=yes", "--option", "custody=no"],
    ],
)
def test_two_values_of_one_name_are_refused_and_neither_is_taken(
    sqs: Run, darlington: Path, words: list[str]
) -> None:
    done = sqs(*(word.replace("DIR", str(darlington)) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sqs: custody is given twice; which value is meant?\n"
