"""What is left: every case with its progress, and what to come back to.

examples:
  sqs status leeds
  sqs status leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import counted, open_folder, put, put_json, say, table, takes_folder, takes_json


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs status``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Say what is left; exit 3 where a record cannot be read, after the others."""
    from sqs_core.scoring.states import progress
    from sqs_core.storage.blinding import blinded_cases

    folder = open_folder(args.dir)
    records, problems = folder.cases()
    done = {r.case: progress(folder.criteria, r) for r in records}
    left = sum(asked - answered for answered, asked in done.values())
    people = folder.people()
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
        sealed = list(blinded_cases(folder.path))
        put_json({"format": 1, "cases": rows, "left": left, "interviews": list(people), "sealed": sealed})
    else:
        lines = [("case", "status", "done", "inspector", "to come back to")]
        for r in records:
            answered, asked = done[r.case]
            lines.append((r.case, r.status, f"{answered}/{asked}", r.inspector, ", ".join(r.to_come_back_to)))
        put(table(lines))
        work = f"{counted(len(records), 'case')}, {counted(left, 'answer')} left"
        put(f"\n{work}; {counted(len(people), 'interview')}")
    for problem in problems:
        say(f"sqs: {problem}")
    return 3 if any(not p.advice for p in problems) else 0
