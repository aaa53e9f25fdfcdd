"""How commands grow: seconds for each further case, and for each further inspection.

A ratio of 1 is linear: a case among many costs what a case among a quarter of them does, the start of a
process taken off both.  Sizes are those of ``SQS_BENCH_CASES`` and ``SQS_BENCH_INSPECTIONS``: 800 and 60 end
in time on a busy machine too; the goals speak of 10,000 and 1,000.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rounds import Row

from sqs_core.storage.library import load_criteria
from sqs_core.storage.synthetic import write_synthetic

CASES = int(os.environ.get("SQS_BENCH_CASES", "800"))
INSPECTIONS = int(os.environ.get("SQS_BENCH_INSPECTIONS", "60"))
FEW, FEW_INSPECTIONS = CASES // 4, INSPECTIONS // 4
EACH, TURNS = 5, 3
GOAL = 1.15
COMMANDS = ("summary", "status", "check", "verify", "report", "history", "export")
OPTIONS = {"export": ("--to", "out", "--force"), "programme": ("--csv",), "report": ("-r", "board")}
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
        costs["verify --accept"] = accepted(place, few), accepted(place, many)
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
    board, check = ((many - few) / (CASES - FEW) for few, many in (costs["summary"], costs["check"]))
    return [*rows, Row("`sqs check`, each further case", "`sqs summary`", check, board, check / board, TWICE)]


def row(what: str, floor: str, small: float, large: float, times: float) -> Row:
    """The seconds of one among many against one among few."""
    return Row(what, floor, large / times, small, large / times / small, GOAL)


def accepted(place: Path, folder: Path) -> float:
    """Change every record of ``folder`` with another program, and take what entering that costs."""

    def change() -> None:
        for file in (folder / "cases").iterdir():
            text = file.read_text()
            one, other = "assessed_with_case_manager = true", "assessed_with_case_manager = false"
            file.write_text(text.replace(one, other) if one in text else text.replace(other, one))

    return cost(place, "verify", folder, options=("--accept", "--why", "mended"), ahead=change)


def cost(
    place: Path,
    command: str,
    *folders: Path,
    options: tuple[str, ...] = (),
    ahead: Callable[[], None] = lambda: None,
) -> float:
    """Return the CPU seconds of a command, the median of some turns: they are long enough for that."""
    options = options or OPTIONS.get(command, ())
    words = [sys.executable, "-m", "sqs_core.cli", command, *map(str, folders), *options]
    taken = []
    for _ in range(TURNS):
        ahead()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(words, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode > 1:  # 1 is findings
            raise RuntimeError(f"sqs {command} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return median(taken)
