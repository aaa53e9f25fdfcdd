"""Set facts of a case; they decide which questions are asked.  An empty value takes a fact away.

examples:
  sqs fact leeds 07 custody=yes
  sqs fact leeds 07 order_type=YRO order_made=2026-09-12 case_manager=KM
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import check_once, takes_case, takes_folder, takes_second
from sqs_core.cli.change import change_case
from sqs_core.cli.completers import facts
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.scoring.states import State, progress, question_states
from sqs_core.text import counted
from sqs_core.workflow.case_form import HEADER, advice_on_names, setting_all


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs fact``."""
    takes_folder(parser)
    takes_case(parser)
    parser.add_argument(
        "facts",
        nargs="+",
        metavar="NAME=VALUE",
        help=f"a fact of the criteria, or one of {', '.join(field.name for field in HEADER)}",
        completer=facts,
    )
    takes_second(parser)


def run(args: Namespace) -> int:
    """Set the facts, all or none."""
    check_once(args.facts)
    folder = open_folder(args.dir, args)

    session, _ = change_case(folder, args.case, lambda session: setting_all(session, args.facts))
    done, asked = progress(folder.criteria, session.record)
    parked = [q for q, s in question_states(folder.criteria, session.record).items() if s is State.PARKED]
    apply = counted(asked, "question applies", "questions apply")
    echo_err(f"{folder.criteria.named(args.case)}: {apply}, {done} answered")
    for advice in advice_on_names(folder.criteria, args.facts):
        echo_err(advice)
    if parked:
        echo_err(f"parked, kept but not counted: {', '.join(parked)}")
    return 0
