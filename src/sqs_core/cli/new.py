"""Make a new inspection folder, with blank cases 01, 02, … to screen.

examples:
  sqs new leeds --service "Leeds Youth Justice Service" --dates 2026-11-23..2026-11-25 --cases 14
  sqs new autumn --service "Pilot" --dates 2026-11-23 --cases 3 --criteria ./spring.toml
  sqs new pilot --service "Pilot" --dates 2026-11-23 --cases 3 --voice authority
  sqs new gwynedd --service "Gwynedd" --dates 2026-11-23 --criteria fji-2014 --language cy
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.arguments import takes_criteria
from sqs_core.cli.console import as_typed, echo_err
from sqs_core.storage.layout import CRITERIA
from sqs_core.text import counted
from sqs_core.workflow.starting import new_inspection


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs new``."""
    parser.add_argument("dir", metavar="DIR", help="the folder to make")
    parser.add_argument("--service", required=True, help="the service whose work is screened")
    parser.add_argument("--dates", required=True, metavar="FIRST..LAST", help="days of fieldwork, ISO dates")
    parser.add_argument(
        "--cases",
        default="0",
        metavar="N",
        help="how many blank cases to make; by population: children=20,victims=12",
    )
    takes_criteria(parser)
    parser.add_argument("--area", default="", help="the place the service serves")
    parser.add_argument("--lead", default="", help="the lead inspector's name")
    parser.add_argument(
        "--voice", default="", metavar="NAME", help="who writes the letter: inspectorate, or authority"
    )
    spoken = "language of the letter, where the version has several: cy is Welsh"
    parser.add_argument("--language", default="", metavar="TAG", help=spoken)


def run(args: Namespace) -> int:
    """Make the folder."""
    made = new_inspection(
        Path(args.dir),
        args.service,
        args.dates,
        args.cases,
        criteria=args.criteria,
        area=args.area,
        lead=args.lead,
        voice=args.voice,
        language=args.language,
    )
    criteria = made.criteria
    cases = len(made.case_ids())
    echo_err(f"made {args.dir}: {args.service}, {counted(cases, 'blank case')}, criteria {criteria.id}")
    for name in made.populations[1:]:
        echo_err(f"population {name}: {counted(len(made.population(name).case_ids()), 'blank record')}")
    if (made.path / CRITERIA).exists():
        echo_err(f"{CRITERIA} in it is the inspection's own copy of the version")
    for missing in criteria.missing:
        echo_err(f"missing in {criteria.id}: {missing}")
    given = as_typed(args.dir)
    first_step = f"sqs fact {given} 01" if cases else f"sqs case add {given} 01 --fact"
    echo_err(f"next: sqs tui {given}   or: {first_step} NAME=VALUE")
    return 0
