"""Completion: what could be typed next, asked of the real parsers, and the shells that ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests import warm

from conftest import CHECKOUT, Run
from sqs_core.cli.commands import COMMANDS

SOURCES = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria")))


def offered(typed: str, folder: Path, shell: str = "bash") -> list[str]:
    """What ``sqs`` offers ``shell`` for the last word of ``sqs typed``."""
    answer = folder / "answer"
    line = f"sqs {typed}"
    environment = os.environ | {
        "PYTHONPATH": SOURCES,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": shell,
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
    }
    done = warm.run([], cwd=folder, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return answer.read_text().split("\n") if answer.read_text() else []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("su", ["summary"]),
        ("--v", ["--version"]),
        ("letter comp", ["compare"]),
        ("letter check --a", ["--annotate"]),
        ("report --sin", ["--since"]),
        ("report DIR --since l", ["last"]),
        ("report DIR -r html-", ["html-map"]),
        ("answer DIR 0", [f"0{n}" for n in range(1, 10)]),
        ("answer DIR 07 roh.plan", ["roh.plan", "roh.plan.review"]),
        ("answer DIR 07 vul.plan a", ["absent"]),
        ("answer DIR 07 roh.plan insufficient --reason v", ["victims"]),
        ("answer --evidence text DIR 07 roh.v", ["roh.victim"]),
        ("fact DIR 07 cust", ["custody="]),
        ("fact DIR 07 custody=", ["custody=yes", "custody=no"]),
        ("summary DIR --where order_type=Y", ["order_type=YRO"]),
        ("new x --criteria fji", ["fji-2014"]),
        ("interview DIR A staff.wa", ["staff.wanted=", "staff.watch="]),
        ("answer nowhere 0", []),
        ("nonsense x", []),
        ("letter nonsense x", []),
        ("help kee", ["keep\\ safe"]),
    ],
)
def test_what_could_come_next(darlington: Path, tmp_path: Path, typed: str, found: list[str]) -> None:
    assert offered(typed.replace("DIR", darlington.as_posix()), tmp_path) == found


def test_in_powershell_a_path_has_backslashes_and_files_are_its_own_to_offer(
    darlington: Path, tmp_path: Path
) -> None:
    # Here a backslash is a character of a name like any other.
    odd = r"Tŷ a\leeds" if sys.platform != "win32" else "Tŷ a"
    shutil.copytree(darlington, tmp_path / odd)
    ten = [f"0{number}" for number in range(1, 10)]
    for typed in (f'"{odd}"', f"'{odd}'", odd.replace(" ", "` ")):
        assert offered(f"show {typed} 0", tmp_path, "powershell") == ten, typed
    assert offered("check ", tmp_path, "powershell") == []


def test_every_command_can_be_completed(tmp_path: Path) -> None:
    assert set(offered("", tmp_path)) == {*COMMANDS, "-h", "--help", "--version", "--no-plugins"}


def test_an_unknown_shell_is_told_with_the_known_ones(sqs: Run) -> None:
    done = sqs("completion", "zhs")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "sqs: no completion for 'zhs'; did you mean 'zsh'? known: bash, zsh, fish, powershell\n"
    )
    assert sqs("completion").stderr == "sqs: which shell? sqs completion bash or zsh or fish or powershell\n"


BASH = r"""
source ./script
ask() {
    COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMPREPLY=()
    _python_argcomplete sqs
    echo "${COMPREPLY[@]}"
}
ask "sqs answer darlington 07 vul.plan a"
ask "sqs fact darlington 07 custody=n"
ask "sqs show with\ space/ 0"
"""
# What zsh gives a completion function, and what it is given back.
ZSH = r"""
compdef() { :; }; _describe() { print -- ${${(P)2}%%:*}; }
source ./script
ask() { BUFFER=$1; CURSOR=${#1}; words=(sqs); _python_argcomplete; }
ask "sqs answer darlington 07 vul.plan a"
ask "sqs fact darlington 07 custody=n"
ask "sqs show with\ space/ 0"
"""
FISH = r"""
source ./script
complete -C "sqs answer darlington 07 vul.plan a" | string split -f1 \t
complete -C "sqs fact darlington 07 custody=n"
complete -C "sqs show with\ space/ 0" | string join " "
"""
CASES = "01 02 03 04 05 06 07 08 09"


@pytest.mark.parametrize(
    ("shell", "script", "told"),
    [
        ("bash", BASH, ["absent", "no", CASES]),
        ("zsh", ZSH, ["absent", "custody=no", CASES]),
        ("fish", FISH, ["absent", "custody=no", CASES]),
    ],
)
def test_the_hook_of_a_shell_asks_sqs_itself_and_offers_no_files_where_none_is_wanted(
    sqs: Run, darlington: Path, tmp_path: Path, shell: str, script: str, told: list[str]
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    shutil.copytree(darlington, tmp_path / "with space")
    (tmp_path / "custody=n.sh").touch()
    (tmp_path / "script").write_text(sqs("completion", shell).stdout)
    (tmp_path / "sqs").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sqs_core.cli "$@"\n')
    (tmp_path / "sqs").chmod(0o700)
    environment = {**os.environ, "PYTHONPATH": SOURCES, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [shell, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert [line.strip() for line in done.stdout.splitlines()] == told, done.stderr
