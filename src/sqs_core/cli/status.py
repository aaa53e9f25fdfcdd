"""What is left: every case with its progress, and what to come back to.

examples:
  sqs status leeds
  sqs status leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.scoring.states import progress
from sqs_core.storage.blinding import blinded_cases
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs status``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Say what is left; exit 3 where a record cannot be read, after the others."""
    folder = open_folder(args.dir)
    records, problems = folder.cases()
    done = {r.case: progress(folder.criteria, r) for r in records}
    left = sum(asked - answered for answered, asked in done.values())
    people, of_interviews = folder.people(), folder.interviews()[1]
    if args.json:
        rows = [
            {
                "case": r.case,
                "status": r.status,
                "answered": done[r.case][0],
                "applicable": done[r.case][1],
                "inspector": r.inspector,
                "later": list(r.to_come_back_to),
            }
            for r in records
        ]
        blinded = list(blinded_cases(folder.path))
        echo_json({"format": 1, "cases": rows, "left": left, "interviews": list(people), "sealed": blinded})
    else:
        lines = [("case", "status", "done", "inspector", "to come back to")]
        for r in records:
            answered, asked = done[r.case]
            lines.append((r.case, r.status, f"{answered}/{asked}", r.inspector, ", ".join(r.to_come_back_to)))
        echo(table(lines))
        work = f"{counted(len(records), 'case')}, {counted(left, 'answer')} left"
        echo(f"\n{work}; {counted(len(people), 'interview')}")
    problems += of_interviews
    for problem in problems:
        echo_err(f"sqs: {problem}")
    return 3 if any(not p.advice for p in problems) else 0
