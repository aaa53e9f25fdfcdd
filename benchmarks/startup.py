"""Whole processes: what a command costs from the shell, against the libraries that it stands on."""

from __future__ import annotations

import os
import subprocess
import sys

from rounds import Row, against, interleaved
from subjects import load_example

LIBRARIES = "import argparse, pathlib, attrs, pluggy, tomli"
SQS = "import sys; from sqs_core.cli import main; sys.exit(main())"  # what the script `sqs` does
LIBRARIES_ARE = "Python that imports argparse, pathlib, attrs, pluggy and the TOML parser"

VALUES_ARE = f"{LIBRARIES_ARE}, and makes as many classes of attrs, with as many fields, as `sqs summary`"
COUNT_VALUES = """
import gc, sys
from sqs_core.cli import main
console, sys.stdout = sys.stdout, open(sys.argv.pop(), "w")
main()
sys.stdout = console
classes = [found for found in gc.get_objects() if isinstance(found, type)]
print([len(found.__attrs_attrs__) for found in classes if "__attrs_attrs__" in vars(found)])
"""


def libraries_and_values(place: str) -> str:
    """The code that imports the libraries and makes as many attrs classes as ``sqs summary`` needs.

    That much is fixed by the values being attrs: what is left of a goal after it is ours to reach.
    """
    counted = subprocess.run(
        [sys.executable, "-c", COUNT_VALUES, "summary", place, os.devnull],
        check=True,
        capture_output=True,
        text=True,
    )
    return (
        f"{LIBRARIES}\nfor fields in {counted.stdout.strip()}:\n"
        "    attrs.make_class('Value', [f'field_{n}' for n in range(fields)], frozen=True)"
    )


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
        values = libraries_and_values(place)
        times = interleaved(
            {
                "libraries": lambda: run("-c", LIBRARIES),
                "values": lambda: run("-c", values),
                **{
                    name: lambda name=name, rest=rest: run("-c", SQS, name, *rest)
                    for name, rest in commands.items()
                },
            },
            rounds=21,
        )
    return [
        *(
            against(times, name, "libraries", what=f"`sqs {name}`, 14 cases", floor_is=LIBRARIES_ARE, goal=2)
            for name in commands
        ),
        *(
            against(times, name, "values", what=f"`sqs {name}`, 14 cases", floor_is=VALUES_ARE)
            for name in commands
        ),
    ]
