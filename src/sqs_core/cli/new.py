"""Make a new inspection folder, with blank cases 01, 02, … to screen.

examples:
  sqs new leeds --service "Leeds Youth Justice Service" --dates 2026-11-23..2026-11-25 --cases 14
  sqs new pilot --service "Pilot" --dates 2026-11-23 --cases 3 --criteria sqs-2012
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from datetime import date

from sqs_core import DEFAULT_CRITERIA
from sqs_core.cli.console import as_typed, counted, refuse_file, say

# Between two ISO dates also a blank or a slash: within another date they part day, month and year.
_BETWEEN = re.compile(r"\.\.|\bto\b|,|[–—]|(?<=\d\d)[/\s](?=\s*\d{4}-)")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs new``."""
    parser.add_argument("dir", metavar="DIR", help="the folder to make")
    parser.add_argument("--service", required=True, help="the service whose work is screened")
    parser.add_argument("--dates", required=True, metavar="FIRST..LAST", help="days of fieldwork, ISO dates")
    parser.add_argument("--cases", type=int, default=0, metavar="N", help="how many blank cases to make")
    parser.add_argument(
        "--criteria", default=DEFAULT_CRITERIA, metavar="ID", help=f"criteria version ({DEFAULT_CRITERIA})"
    )
    parser.add_argument("--area", default="", help="the place the service serves")
    parser.add_argument("--lead", default="", help="the lead inspector's name")


def run(args: Namespace) -> int:
    """Make the folder."""
    from sqs_core.errors import UsageError
    from sqs_core.records.inspection import Inspection, Lead
    from sqs_core.storage.create import new_inspection
    from sqs_core.storage.library import load_criteria

    if not 0 <= args.cases <= 999:
        raise UsageError(f"--cases is a number from 0 to 999, not {args.cases}")
    if not args.service.strip():
        raise UsageError("--service names the service whose work is screened; it cannot be blank")
    refuse_file(args.dir)
    first, last = read_dates(args.dates)
    criteria = load_criteria(args.criteria)
    inspection = Inspection(
        service=args.service,
        area=args.area,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        first_day=first,
        last_day=last,
        lead=Lead(args.lead),
    )
    new_inspection(args.dir, inspection, criteria, cases=args.cases)
    say(f"made {args.dir}: {args.service}, {counted(args.cases, 'blank case')}, criteria {criteria.id}")
    given = as_typed(args.dir)
    first_step = f"sqs fact {given} 01" if args.cases else f"sqs case add {given} 01 --fact"
    say(f"next: sqs tui {given}   or: {first_step} NAME=VALUE")
    return 0


def read_dates(words: str) -> tuple[date, date]:
    """The first and last day in "2012-11-26..2012-11-28", "26/11/2012 to 28/11/2012" or one date.

    UsageError where the words are not dates, or the last day comes before the first.
    """
    from sqs_core.errors import UsageError
    from sqs_core.records.days import read_day

    days = [read_day(part) for part in _BETWEEN.split(words) if part.strip()]
    first, last = (days[0], days[-1]) if 1 <= len(days) <= 2 else (None, None)
    if first is None or last is None:
        raise UsageError(f"'{words}' are not dates; write 2012-11-26..2012-11-28, or one date")
    if last < first:
        raise UsageError(f"'{words}': the last day comes before the first")
    return first, last
