"""Make a synthetic inspection to practise on: whole, consistent cases, made by chance, about nobody.

Every case is marked practice, so that none is ever counted among findings or told in a letter.

examples:
  sqs synth training --cases 14 --seed 1      then: sqs summary training --practice
  sqs synth pilot --cases 3 --criteria sqs-2012
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core import DEFAULT_CRITERIA
from sqs_core.cli.console import as_typed, counted, refuse_file, say


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs synth``."""
    parser.add_argument("dir", metavar="DIR", help="the folder to make")
    parser.add_argument("--cases", type=int, default=14, metavar="N", help="how many cases (14)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same cases (1)")
    parser.add_argument(
        "--criteria", default=DEFAULT_CRITERIA, metavar="ID", help=f"criteria version ({DEFAULT_CRITERIA})"
    )


def run(args: Namespace) -> int:
    """Make the folder."""
    from sqs_core.errors import UsageError
    from sqs_core.storage.library import load_criteria
    from sqs_core.storage.synthetic import write_synthetic

    if not 1 <= args.cases <= 9999:
        raise UsageError(f"--cases is a number from 1 to 9999, not {args.cases}")
    refuse_file(args.dir)
    criteria = load_criteria(args.criteria)
    write_synthetic(args.dir, criteria, args.cases, args.seed)
    say(f"made {args.dir}: {counted(args.cases, 'practice case')} under {criteria.id}, by seed {args.seed}")
    given = as_typed(args.dir)
    say(f"next: sqs tui {given}   or: sqs summary {given} --practice")
    return 0
