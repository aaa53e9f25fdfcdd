"""Add a case to an inspection, with its facts; or fill in the facts of many from a CSV file.

examples:
  sqs case add leeds 07 --fact custody=yes --fact review_due=yes
  sqs case import leeds export.csv                 what it would fill in; --apply does it
  sqs case add leeds 15 --inspector CN --case-manager KM --with-case-manager yes
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from attrs import evolve

from sqs_core.cli import case_import
from sqs_core.cli.arguments import check_once, takes_folder, takes_many, takes_who
from sqs_core.cli.change import change_case
from sqs_core.cli.completers import facts
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.records.case import Session
from sqs_core.workflow.case_form import advice_on_names, setting_all
from sqs_core.workflow.navigation import case_called


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs case``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a case", description=__doc__)
    _add_arguments(add)
    takes_who(add)
    bulk = actions.add_parser("import", help="facts from a CSV file", description=case_import.__doc__)
    case_import.add_arguments(bulk)
    takes_who(bulk)


def run(args: Namespace) -> int:
    """Do what the action says."""
    return case_import.run(args) if args.action == "import" else _add(args)


def _add_arguments(parser: ArgumentParser) -> None:
    takes_folder(parser)
    parser.add_argument("case", metavar="CASE", help="a case reference, never a name")
    takes_many(parser, "--fact", "NAME=VALUE", completer=facts)
    parser.add_argument("--inspector", metavar="INITIALS")
    parser.add_argument("--case-manager", metavar="INITIALS")
    parser.add_argument("--with-case-manager", choices=["yes", "no"], help="assessed with the case manager")
    parser.add_argument("--practice", action="store_true", help="for training: never counted, never reported")


def _add(args: Namespace) -> int:
    """Add the case; one that is there and still blank is filled in."""

    def filled(session: Session) -> Session:
        session = setting_all(session, pairs)
        return evolve(session, record=evolve(session.record, practice=args.practice))

    check_once(args.fact)
    folder = open_folder(args.dir)
    there = args.case in folder.case_ids()
    if not there and (same := case_called(args.case, folder.case_ids())):
        raise UsageError(
            f"there is a case '{same}' already, which '{args.case}' means too; choose another reference"
        )
    pairs = list(args.fact)
    pairs += [f"inspector={args.inspector}"] if args.inspector else []
    pairs += [f"case_manager={args.case_manager}"] if args.case_manager else []
    pairs += [f"assessed_with_case_manager={args.with_case_manager}"] if args.with_case_manager else []
    made = filled(Session(folder.criteria, folder.new_case(args.case))).record
    if not there:
        folder.add_case(made)
    elif (known := folder.case(args.case).record).blank or known == made:  # as an earlier try left it
        change_case(folder, args.case, filled)
    else:
        raise UsageError(f"there is a case '{args.case}' already; 'sqs fact' changes its facts")
    echo_err(f"{folder.criteria.named(args.case)} added{' for practice' if args.practice else ''}")
    for advice in advice_on_names(folder.criteria, pairs):
        echo_err(advice)
    return 0
