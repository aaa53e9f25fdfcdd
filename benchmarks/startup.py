"""Whole processes: what a command costs from the shell, against the libraries that it stands on."""

from __future__ import annotations

import subprocess
import sys

from rounds import Row, against, interleaved
from subjects import load_example

LIBRARIES = "import argparse, pathlib, attrs, pluggy, tomli"
SQS = "import sys; from sqs_core.cli import main; sys.exit(main())"  # what the script `sqs` does
LIBRARIES_ARE = "Python that imports argparse, pathlib, attrs, pluggy and the TOML parser"


def run(*arguments: str) -> None:
    """Run a Python process with these arguments, its output thrown away."""
    # Without a timeout: with one, whether it has ended is only looked at after 0.5, 1.5, 3.5, 7.5 … ms.
    subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def bench() -> list[Row]:
    """Time ``summary``, ``status`` and ``show`` on 14 cases against a process that only imports libraries."""
    with load_example() as folder:
        place = str(folder.path)
        commands = {"summary": [place], "status": [place], "show": [place, "07"]}
        times = interleaved(
            {
                "libraries": lambda: run("-c", LIBRARIES),
                **{
                    name: lambda name=name, rest=rest: run("-c", SQS, name, *rest)
                    for name, rest in commands.items()
                },
            },
            rounds=21,
        )
    return [
        against(times, name, "libraries", what=f"`sqs {name}`, 14 cases", floor_is=LIBRARIES_ARE, goal=2)
        for name in commands
    ]
