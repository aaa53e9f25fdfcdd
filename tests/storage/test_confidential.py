"""No network, no file that others can read, no note in a message."""

from __future__ import annotations

import ast
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from changing import change
from sqs_core.cli import main
from sqs_core.storage.folder import InspectionFolder
from systems import file_modes

CHECKOUT = Path(__file__).resolve().parents[2]
NETWORK = frozenset(
    (
        "socket", "socketserver", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "ftplib",
        "smtplib", "imaplib", "poplib", "telnetlib", "nntplib", "xmlrpc", "webbrowser", "websockets", "wsgiref",
    )
)  # fmt: skip
STREAMS = frozenset(
    (
        "open_connection",
        "start_server",
        "open_unix_connection",
        "create_connection",
        "create_server",
        "sock_connect",
    )
)
HARMLESS = frozenset(("urllib.parse",))
CANARY = "Zanzibar"
Sqs = Callable[..., "CompletedProcess[str]"]


def sources() -> Iterator[Path]:
    for root in ("src", "criteria", "plugins"):
        yield from (p for p in sorted((CHECKOUT / root).rglob("*.py")) if "tests" not in p.parts)


def reaching_out(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            names = names[1:] if node.module == "urllib" else names[:1]
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS:
            yield f"{path.name}:{node.lineno}: {node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if (
                called in ("__import__", "import_module")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                names = [str(node.args[0].value)]
        for name in names:
            if name.split(".")[0] in NETWORK and name not in HARMLESS:
                yield f"{path.name}:{node.lineno}: {name}"


def test_there_is_no_network_code_anywhere() -> None:
    found = [line for path in sources() for line in reaching_out(path)]
    assert found == []
    assert len(list(sources())) > 100


def test_the_search_for_network_code_finds_some(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text(
        "import socket\nfrom urllib import request\nfrom http.client import HTTPConnection\n"
        "import_module('ssl')\nasyncio.open_connection()\nfrom urllib.parse import quote\n"
    )
    assert [line.split(":")[1] for line in reaching_out(path)] == ["1", "2", "3", "4", "5"]


@file_modes
def test_every_file_is_for_its_owner_only_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> None:
        mask = os.umask(0)
        try:
            code = main([str(word) for word in words])
        finally:
            os.umask(mask)
        assert code == 0, capsys.readouterr().err

    run("new", "in/leeds", "--service", "S", "--dates", "2026-11-23", "--cases", 2)
    run("fact", "in/leeds", "01", "rosh_identified=yes")
    run("answer", "in/leeds", "01", "roh.plan", "insufficient", "--reason", "victims", "--evidence", CANARY)
    run("interview", "in/leeds", "A", "--role", "case-manager", "staff.wanted=yes")
    run("override", "in/leeds", "01", "roh.plan", "sufficient", "--why", "w", "--authority", "lead")
    path = tmp_path / "in" / "leeds" / "cases" / "01.toml"
    path.write_text("# a comment\n" + path.read_text())
    run("fact", "in/leeds", "01", "custody=yes")
    run("new", "in/ab", "--service", "S", "--dates", "2026-11-23", "--cases", 1)
    run("fact", "in/ab", "01", "custody=yes")
    run("merge", "in/leeds", "in/ab", "--take", "ours", "--apply")
    run("report", "in/leeds", "-o", "in/letter.txt")
    run("purge", "in/leeds", "02", "--why", "w", "--apply")
    run("demo", "in/demo", "--no-tui")
    files = {p: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "in").rglob("*")}
    wide = [str(p) for p, mode in files.items() if mode & 0o077]
    assert wide == []
    assert len(files) > 60


@pytest.fixture
def canary(folder: InspectionFolder) -> Path:
    """An inspection with a canary in every note of an answer of case 07, later words included."""
    for note in ("evidence", "said", "learning", "strength"):
        change(folder, "07", lambda s, n=note: s.noting("roh.plan", n, f"{CANARY} {n}"))
    change(folder, "07", lambda s: s.flagging("roh.plan", later=f"{CANARY} later"))
    return folder.path


FAILING = [
    ("answer", "DIR", "07", "roh.plam", "sufficient", "--evidence", CANARY),
    ("answer", "DIR", "07", "roh.plan", "good", "--evidence", CANARY),
    ("answer", "DIR", "07", "roh.plan", "sufficient", "--evidence", f"{CANARY}\x1b[31m"),
    ("answer", "DIR", "07", "roh.plan", "sufficient", "--expect", "sha256:0"),
    ("answer", "DIR", "77", "roh.plan", "sufficient"),
    ("fact", "DIR", "07", "custody=perhaps"),
    ("finish", "DIR", "07"),
    ("finish", "DIR", "77"),
    ("reopen", "DIR", "07", "--why", " "),
    ("override", "DIR", "07", "roh.plan", "insufficient", "--why", CANARY, "--authority", "lead"),
    ("override", "DIR", "07", "roh.plan", "sufficient", "--why", f"{CANARY}\x1b", "--authority", "lead"),
    ("verify", "DIR", "--head", "1:000000000000"),
    ("verify", "DIR", "--head", "no head"),
    ("merge", "DIR", "nowhere"),
    ("merge", "DIR", "DIR", "--take", "nobody"),
    ("purge", "DIR", "77", "--why", "w"),
    ("purge", "DIR", "--why", "w"),
    ("hold", "DIR", "--why", " "),
    ("report", "DIR", "-r", "nothing"),
    ("summary", "DIR", "--where", "custdy=yes"),
]


@pytest.mark.parametrize(
    "words", FAILING, ids=lambda words: " ".join(words[:1] + words[2:4]).replace("\x1b", "")
)
def test_a_command_that_fails_repeats_no_note(
    canary: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    from sqs_core.cli import main

    code = main([str(canary) if word == "DIR" else word for word in words])
    said = capsys.readouterr()
    assert code in (1, 2, 3, 5)
    assert said.err
    assert CANARY not in said.out + said.err


@pytest.mark.parametrize("spoil", ["cut", "key", "outcome", "newer", "history"])
@pytest.mark.parametrize(
    "command", ["status", "check", "show", "summary", "report", "answer", "finish", "verify"]
)
def test_a_spoilt_record_is_told_without_its_words(
    canary: Path, spoil: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from sqs_core.cli import main

    path = canary / ("history.jsonl" if spoil == "history" else "cases/07.toml")
    data = path.read_bytes()
    changes = {
        "cut": lambda: data[: data.rindex(CANARY.encode()) + 4],
        "key": lambda: data.replace(b"\nevidence = ", b"\nevidence = 1\nevident = ", 1),
        "outcome": lambda: data.replace(b'outcome = "', b'outcome = "x', 1),
        "newer": lambda: data.replace(b"format = 1", b"format = 2", 1),
        "history": lambda: data.replace(b'"who":"', b'"who":"\xff', 1),
    }
    path.write_bytes(changes[spoil]())
    rest = {"show": ["07"], "finish": ["07"], "answer": ["07", "roh.plan", "sufficient"]}.get(command, [])
    code = main([command, str(canary), *rest])
    said = capsys.readouterr()
    assert code in (0, 1, 3, 5)
    shown = "" if code == 0 and command == "show" else said.out
    assert CANARY not in said.err + shown


def test_the_json_of_a_letter_carries_the_head_and_no_note(sqs: Sqs, canary: Path) -> None:
    done = sqs("report", canary, "-r", "json")
    head = json.loads(done.stdout)["history_head"]
    assert f"history head {head}" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert sqs("verify", canary, "--head", head).returncode == 0
    assert sqs("report", canary, "-r", "json").stdout == done.stdout
