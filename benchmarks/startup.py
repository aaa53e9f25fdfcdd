"""Whole processes: what a command costs from the shell."""

from __future__ import annotations

import subprocess
import sys

from rounds import Row, against, interleaved
from subjects import load_example

PARSE_ONLY = (
    "import sys, tomllib, pathlib\n"
    "for p in sorted(pathlib.Path(sys.argv[1]).rglob('*.toml')): tomllib.loads(p.read_text())"
)
LIBRARIES = "import argparse, pathlib, attrs, pluggy\ntry: import tomli\nexcept ImportError: import tomllib"
LIBRARIES_ARE = "Python that imports argparse, pathlib, attrs, pluggy and the TOML parser"


def run(*arguments: str) -> None:
    """A Python process with these arguments, its output thrown away."""
    # Without a timeout: with one, whether it has ended is only looked at after 0.5, 1.5, 3.5, 7.5 … ms.
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def bench() -> list[Row]:
    """``sqs --help`` and ``--version`` against an empty process, ``sqs summary`` against bare parsing."""
    with load_example() as folder:
        place = str(folder.path)
        times = interleaved(
            {
                "pass": lambda: run("-c", "pass"),
                "argparse": lambda: run("-c", "import argparse; argparse.ArgumentParser().format_help()"),
                "help": lambda: run("-m", "sqs_core.cli", "--help"),
                "version": lambda: run("-m", "sqs_core.cli", "--version"),
                "summary help": lambda: run("-m", "sqs_core.cli", "summary", "--help"),
                "parse": lambda: run("-c", PARSE_ONLY, place),
                "libraries": lambda: run("-c", LIBRARIES),
                "summary": lambda: run("-m", "sqs_core.cli", "summary", place),
            },
            rounds=21,
        )
    empty = "`python -c pass`"
    summary = "`sqs summary`, 14 cases, 6 interviews"
    least = f"the libraries alone: {LIBRARIES_ARE}"
    parsing = "a process that only runs `tomllib` over the same files"
    return [
        against(times, "help", "pass", what="`sqs --help`", floor_is=empty, goal=2.6),
        against(times, "version", "pass", what="`sqs --version`", floor_is=empty, goal=2.6),
        against(times, "summary help", "argparse", what="`sqs summary --help`", floor_is="argparse alone"),
        against(times, "summary", "parse", what=summary, floor_is=parsing, goal=1.8),
        against(times, "libraries", "parse", what=least, floor_is=parsing),
    ]
