"""Completion: what could be typed next, asked of the real parsers, and the shells that ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT, Run
from sqs_core.cli import COMMANDS
from sqs_core.cli.candidates import candidates


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("su", ("summary",)),
        ("--v", ("--version",)),
        ("letter comp", ("compare",)),
        ("letter check --a", ("--annotate",)),
        ("report --sin", ("--since",)),
        ("report DIR --since ", ("last",)),
        ("report DIR -r html-", ("html-map",)),
        ("answer DIR 0", tuple(f"0{n}" for n in range(1, 10))),
        ("answer DIR 07 roh.plan", ("roh.plan", "roh.plan.review")),
        ("answer DIR 07 vul.plan a", ("absent",)),
        ("answer DIR 07 roh.plan insufficient --reason v", ("victims",)),
        ("answer --evidence text DIR 07 roh.v", ("roh.victim",)),
        ("fact DIR 07 cust", ("custody=",)),
        ("fact DIR 07 custody=", ("custody=yes", "custody=no")),
        ("summary DIR --where order_type=Y", ("order_type=YRO",)),
        ("new x --criteria fji", ("fji-2014",)),
        ("interview DIR A staff.wa", ("staff.wanted=", "staff.watch=")),
        ("show ", ()),
        ("answer nowhere 0", ()),
        ("nonsense ", ()),
        ("letter nonsense ", ()),
    ],
)
def test_what_could_come_next(darlington: Path, typed: str, found: tuple[str, ...]) -> None:
    words = [str(darlington) if word == "DIR" else word for word in typed.split(" ")]
    assert candidates(words) == found


def test_every_command_can_be_completed() -> None:
    assert candidates([""]) == tuple(COMMANDS)
    assert all("--help" in candidates([command, "--"]) for command in COMMANDS)


def test_an_unknown_shell_is_told_with_the_known_ones(sqs: Run) -> None:
    done = sqs("completion", "zhs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sqs: no completion for 'zhs'; did you mean 'zsh'? known: bash, zsh, fish\n"
    assert sqs("completion").stderr == "sqs: which shell? sqs completion bash or zsh or fish\n"


BASH = """\
source script
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sqs; echo "${COMPREPLY[@]}"; }
ask sqs answer darlington 07 vul.plan a
ask sqs fact darlington 07 custody = n
ask sqs show no
"""
# What zsh gives a completion function, and what it is given back.
ZSH = """\
compdef() { :; }; compadd() { print -- ${@[2,-1]}; }; _files() { print files; }
source ./script
ask() { words=("$@"); CURRENT=$#; _sqs; }
ask sqs answer darlington 07 vul.plan a
ask sqs fact darlington 07 custody=n
ask sqs show no
"""
FISH = """\
source script
complete -C "sqs answer darlington 07 vul.plan a"
complete -C "sqs fact darlington 07 custody=n"
"""


@pytest.mark.parametrize(
    ("shell", "script", "told"),
    [
        ("bash", BASH, ["absent", "no", ""]),
        ("zsh", ZSH, ["absent", "custody=no", "files"]),
        ("fish", FISH, ["absent", "custody=no"]),
    ],
)
def test_the_script_of_a_shell_asks_sqs_itself(
    sqs: Run, darlington: Path, tmp_path: Path, shell: str, script: str, told: list[str]
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(sqs("completion", shell).stdout)
    (tmp_path / "sqs").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sqs_core.cli "$@"\n')
    (tmp_path / "sqs").chmod(0o700)
    sources = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria")))
    environment = {**os.environ, "PYTHONPATH": sources, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [shell, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert [line.strip() for line in done.stdout.splitlines()] == told, done.stderr
