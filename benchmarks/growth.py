"""How commands grow: seconds for each further case, and for each further inspection.

A ratio of 1 is linear: a case among many costs what a case among few does.  Sizes are those of
``SQS_BENCH_CASES`` and ``SQS_BENCH_INSPECTIONS`` (2,000 and 100; 10,000 and 1,000 are the goals, and take
an hour on the ``check`` of an inspection).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from rounds import Row

from sqs_core.storage.library import load_criteria
from sqs_core.storage.synthetic import write_synthetic

FEW, FEW_INSPECTIONS, EACH, TURNS = 100, 10, 5, 3
CASES = int(os.environ.get("SQS_BENCH_CASES", "2000"))
INSPECTIONS = int(os.environ.get("SQS_BENCH_INSPECTIONS", "100"))
GOAL = 1.15
COMMANDS = ("summary", "status", "check", "verify", "report", "history", "export")
TWICE = 2.0
"""How much more than ``summary`` a ``check`` may cost."""


def bench() -> list[Row]:
    """Take every command on few cases and on many, and many inspections as one table."""
    criteria = load_criteria("sqs-2012", plugins=False)
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        few, many = place / "few", place / "many"
        write_synthetic(few, criteria, FEW, 1)
        write_synthetic(many, criteria, CASES, 1)
        costs: dict[str, tuple[float, float]] = {}
        for command in COMMANDS:
            costs[command] = cost(place, command, few), cost(place, command, many)
        idle = cost(place, "--version")
        folders = [place / f"inspection-{n}" for n in range(INSPECTIONS)]
        for n, folder in enumerate(folders):
            write_synthetic(folder, criteria, EACH, n)
        table = tuple(cost(place, "programme", *folders[:count]) for count in (FEW_INSPECTIONS, INSPECTIONS))
    rows = [
        row(f"`sqs {name}`, a case among {CASES:,}", f"among {FEW}", small - idle, large - idle, CASES / FEW)
        for name, (small, large) in costs.items()
    ]
    what = f"`sqs programme`, an inspection among {INSPECTIONS:,}"
    rows.append(
        row(what, f"among {FEW_INSPECTIONS}", *(t - idle for t in table), INSPECTIONS / FEW_INSPECTIONS)
    )
    board, check = costs["summary"][1], costs["check"][1]
    what = f"`sqs check`, {CASES:,} cases"
    return [*rows, Row(what, "`sqs summary` of the same", check, board, check / board, TWICE)]


def row(what: str, floor: str, small: float, large: float, times: float) -> Row:
    """The seconds of one among many against one among few."""
    return Row(what, floor, large / times, small, large / times / small, GOAL)


def cost(place: Path, command: str, *folders: Path) -> float:
    """CPU seconds of a command, the median of some turns: they are long enough for that."""
    extra = {"export": ["--to", "out", "--force"], "programme": ["--csv"], "report": ["-r", "board"]}
    words = [sys.executable, "-m", "sqs_core.cli", command, *map(str, folders), *extra.get(command, [])]
    taken = []
    for _ in range(TURNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            words, cwd=place if place.exists() else None, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return median(taken)
