"""Make a synthetic inspection to practise on: whole, consistent cases, made by chance, about nobody.

Every case is marked practice.  The board and the letter of such an inspection count them, and bear
PRACTICE on every page; among other cases a practice case is never counted.

examples:
  sqs synth training --cases 14 --seed 1      then: sqs summary training
  sqs synth pilot --cases 3 --criteria sqs-2012
  sqs synth autumn --seed 2 --service "Made-up YOS" --dates 2026-09-07..2026-09-09
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import timedelta

from sqs_core.cli.arguments import takes_criteria
from sqs_core.cli.console import as_typed, check_no_file, echo_err
from sqs_core.errors import UsageError
from sqs_core.records.dates import read_dates
from sqs_core.storage.library import criteria_to_keep
from sqs_core.storage.synthetic import FIELDWORK, SERVICE, write_synthetic
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs synth``."""
    parser.add_argument("dir", metavar="DIR", help="the folder to make")
    parser.add_argument(
        "--cases", type=int, default=14, metavar="N", help="how many cases, of each population (14)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same cases (1)")
    takes_criteria(parser)
    parser.add_argument("--service", default=SERVICE, metavar="NAME", help="a made-up service to call it by")
    parser.add_argument("--dates", metavar="DATES", help="fieldwork: 2026-01-12..2026-01-14, or one date")


def run(args: Namespace) -> int:
    """Make the folder."""
    if not 1 <= args.cases <= 9999:
        raise UsageError(f"--cases is a number from 1 to 9999, not {args.cases}")
    check_no_file(args.dir)
    criteria, kept = criteria_to_keep(args.criteria)
    days = read_dates(args.dates) if args.dates else (FIELDWORK, FIELDWORK + timedelta(days=2))
    made = write_synthetic(
        args.dir, criteria, args.cases, args.seed, service=args.service, days=days, kept=kept
    )
    people = f" and {counted(len(made.people()), 'interview')}" if made.people() else ""
    cases = counted(args.cases, "practice case")
    if len(made.populations) > 1:
        of_each = (made.population(name) for name in made.populations)
        cases = ", ".join(one.criteria.counted(len(one.case_ids())) for one in of_each) + ", all practice,"
    echo_err(f"made {args.dir}: {cases}{people} under {criteria.id}, by seed {args.seed}")
    given = as_typed(args.dir)
    echo_err(f"next: sqs tui {given}   or: sqs summary {given}")
    return 0
