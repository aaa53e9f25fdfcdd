"""What is left: every case with its progress, and what to come back to.

examples:
  sqs status leeds
  sqs status leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.console import echo, echo_json, echo_problems, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import Problem
from sqs_core.exports.data import pick
from sqs_core.scoring.states import progress
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs status``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Say what is left, population by population; exit 3 where a record cannot be read, after the others."""
    folder = open_folder(args.dir)
    code = 0
    others = () if args.json else folder.other_populations
    for place, name in enumerate((None, *others)):
        one = folder.population(name) if name else folder
        if others and (population := one.criteria.population):
            echo(f"{chr(10) if place else ''}{population.title}")
        code = max(code, _status(one, args))
    return code


def _status(folder: InspectionFolder, args: Namespace) -> int:
    problems: list[Problem] = []
    rows: list[dict[str, Any]] = []
    for stored in folder.stream_cases(problems):
        record = stored.record
        answered, asked = progress(folder.criteria, record)
        rows.append(
            {
                **pick(record, "case", "status"),
                "answered": answered,
                "applicable": asked,
                "inspector": record.inspector,
                "later": record.to_come_back_to,
            }
        )
    left = sum(row["applicable"] - row["answered"] for row in rows)
    people, of_interviews = folder.people(), folder.interviews()[1]
    if args.json:
        blinded = blinded_cases(folder.path)
        data = {"cases": rows, "left": left, "interviews": people, "sealed": blinded}
        if population := folder.criteria.population:
            data |= {"population": population.id, "populations": folder.populations}
        echo_json(data)
    else:
        lines = [("case", "status", "done", "inspector", "to come back to")]
        for row in rows:
            done, later = f"{row['answered']}/{row['applicable']}", ", ".join(row["later"])
            lines.append((row["case"], row["status"], done, row["inspector"], later))
        echo(table(lines))
        work = f"{folder.criteria.counted(len(rows))}, {counted(left, 'answer')} left"
        asked_staff = folder.whole_is_here and (people or folder.criteria.interview_questions)
        interviewed = f"; {counted(len(people), 'interview')}" if asked_staff else ""
        echo(f"\n{work}{interviewed}")
    problems += of_interviews
    echo_problems(problems)
    return 3 if any(not p.advice for p in problems) else 0
