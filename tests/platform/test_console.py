"""Consoles, pipes and files as the standard streams: what each is, and what it can take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests import warm

from conftest import CHECKOUT
from sqs_core.platform import console

if sys.platform != "win32":
    import pty

ENCODINGS = ("ascii", "latin-1", "cp1252", "cp850", "koi8-r", "utf-8", "utf-16")
if sys.platform == "win32":  # the same code, where a process takes seconds to start
    ENCODINGS = ("cp1252",)


def sqs(*arguments: str | Path, encoding: str) -> subprocess.CompletedProcess[bytes]:
    """What the command does in a process whose streams have ``encoding``."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return warm.run(arguments, cwd=CHECKOUT, env=environment)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_encoding_of_the_output_ends_a_command_in_a_traceback(darlington: Path, encoding: str) -> None:
    commands: list[tuple[str | Path, ...]] = [
        ("summary", darlington),
        ("show", darlington, "07"),
        ("letter", "map", darlington),
        ("letter", "disclose", darlington),
        ("report", darlington, "-r", "text"),
        ("plugins",),
    ]
    # Each command says what the narrowest cannot; of the others one command shows what is done with them.
    for words in commands if encoding == "ascii" else commands[:1]:
        done = sqs(*words, encoding=encoding)
        assert (done.returncode in (0, 1), b"Traceback" in done.stderr) == (True, False), done.args
        assert done.stdout.decode("utf-8" if "report" in done.args else encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="the same code, where a process takes seconds to start")
def test_what_an_encoding_lacks_is_written_as_the_nearest_character_of_ascii(darlington: Path) -> None:
    whole = sqs("summary", darlington, encoding="utf-8").stdout.decode()
    plain = sqs("summary", darlington, encoding="ascii").stdout.decode()
    assert "█" in whole
    assert len(plain) == len(whole)
    assert plain == "".join(c if c.isascii() else console._nearest(c) for c in whole)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("✓ ŵyl – “né”…", '* wyl - "ne".'),
        ("日本 \ud800 \U0001f600", "?? ? ?"),
        ("█▒░", "#.-"),
        ("\u202f½", " ?"),
    ],
)
def test_each_character_is_written_as_one(text: str, written: str) -> None:
    import codecs

    codecs.register_error(console.NEAREST, console.nearest)
    assert text.encode("ascii", console.NEAREST).decode("ascii") == written
    assert len(written) == len(text)


@pytest.mark.parametrize("encoding", sorted({"ascii", "cp1252", "latin-1"} & {*ENCODINGS}))
def test_json_is_json_in_utf_8_whatever_the_encoding(darlington: Path, encoding: str) -> None:
    whole = json.loads(sqs("show", darlington, "01", "--json", encoding="utf-8").stdout)
    assert (
        json.loads(sqs("show", darlington, "01", "--json", encoding=encoding).stdout.decode("utf-8")) == whole
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_is_a_console_and_a_pipe_a_file_and_nothing_are_not(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    reading, writing = os.pipe()
    with (
        os.fdopen(theirs, "w") as terminal,
        os.fdopen(writing, "w") as pipe,
        (tmp_path / "file").open("w") as file,
        Path(os.devnull).open("w") as nothing,
    ):
        streams = (terminal, pipe, file, nothing, None)
        assert [console.is_console(stream) for stream in streams] == [True, False, False, False, False]
    assert not console.is_console(file)  # closed
    os.close(ours)
    os.close(reading)


@pytest.mark.skipif(sys.platform != "win32", reason="NUL is a terminal to isatty on Windows alone")
def test_nul_is_no_console() -> None:
    with Path("NUL").open("w") as nothing:
        assert (nothing.isatty(), console.is_console(nothing)) == (True, False)


def test_the_host_of_the_library_keeps_its_streams_as_they_are(darlington: Path) -> None:
    code = (
        "import sys; before = [(s.encoding, s.errors) for s in (sys.stdin, sys.stdout, sys.stderr)]\n"
        f"from sqs_core.cli import main; main(['status', {str(darlington)!r}])\n"
        "assert before == [(s.encoding, s.errors) for s in (sys.stdin, sys.stdout, sys.stderr)]"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
