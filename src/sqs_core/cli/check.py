"""Every inconsistency in the records, as path:line: code message; then what is left before the letter
can go.  Exit 1 where something is inconsistent: what is left alone is no mistake.

examples:
  sqs check leeds
  sqs check leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import suppress

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.errors import RecordError
from sqs_core.exports.data import pick
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.audit.verify import changed_outside
from sqs_core.storage.check import check_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.agreed import not_carried_out
from sqs_core.text import counted
from sqs_core.workflow.what_is_left import CasesLeft, what_is_left


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs check``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Check every record; 3 where one cannot be read, 1 where one is inconsistent, else 0."""
    folder = open_folder(args.dir)
    known = known_records(folder.path)
    cases = CasesLeft(folder.criteria)
    broken, found = check_inspection(folder, known, cases.reading(folder, known), cases.problems)
    found += not_carried_out(folder)
    outside = changed_outside(folder.path)
    found += outside
    to_do = what_is_left(folder, known, cases, outside)
    broken = tuple(dict.fromkeys((*broken, *to_do.unreadable)))
    found = tuple(problem for problem in found if problem not in broken)
    # What was not consistent is told already, by its place.
    reported = {(problem.where, problem.code) for problem in (*broken, *found)}
    left = [item for item in to_do.items if (item.where, item.code) not in reported]
    if args.json:
        echo_json(
            {
                "problems": [{**p._asdict(), "unreadable": p in broken} for p in (*broken, *found)],
                "left": [pick(item, "group", "code", "where", "what", "remedy") for item in left],
            }
        )
    else:
        for problem in (*broken, *found):
            echo(f"{'advice: ' if problem.advice else ''}{problem}")
        for item in left:
            echo(f"left: {item}")
    errors = [p for p in found if not p.advice]
    advice = len(found) - len(errors)
    read = f"{', '.join(_records(folder))}, {counted(len(broken), 'problem')} of reading"
    echo_err(f"{read}; {counted(len(errors), 'finding')}, {advice} to think about; {len(left)} left to do")
    return 3 if broken else 1 if errors else 0


def _records(folder: InspectionFolder) -> Iterator[str]:
    """Yield how many records of each population were checked."""
    yield folder.criteria.counted(len(folder.case_ids()))
    for name in folder.other_populations:
        with suppress(RecordError):  # the check has told of it
            within = folder.population(name)
            yield within.criteria.counted(len(within.case_ids()))
