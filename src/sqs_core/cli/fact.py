"""Set facts of a case; they decide which questions are asked.  An empty value takes a fact away.

examples:
  sqs fact leeds 07 custody=yes
  sqs fact leeds 07 order_type=YRO order_made=2026-09-12 case_manager=KM
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqs_core.cli.console import change_case, open_folder, say, takes_folder, takes_second

if TYPE_CHECKING:
    from sqs_core.records.session import Session

HEADER = ("inspector", "case_manager", "assessed_with_case_manager")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs fact``."""
    takes_folder(parser)
    parser.add_argument("case", metavar="CASE")
    parser.add_argument(
        "facts",
        nargs="+",
        metavar="NAME=VALUE",
        help=f"a fact of the criteria, or one of {', '.join(HEADER)}",
    )
    takes_second(parser)


def run(args: Namespace) -> int:
    """Set the facts, all or none."""
    from sqs_core.scoring.states import State, progress, states
    from sqs_core.storage.moderation.second import check_not_finished

    folder = open_folder(args.dir, second=args.second)
    if args.second:
        check_not_finished(folder.case(args.case).record)
    session, _ = change_case(folder, args.case, lambda session: set_facts(session, args.facts))
    done, asked = progress(folder.criteria, session.record)
    parked = [q for q, s in states(folder.criteria, session.record).items() if s is State.PARKED]
    say(f"case {args.case}: {asked} questions apply, {done} answered")
    if parked:
        say(f"parked, kept but not counted: {', '.join(parked)}")
    return 0


def set_facts(session: Session, pairs: Iterable[str]) -> Session:
    """The session after every NAME=VALUE; UsageError at the first that cannot be taken."""
    from sqs_core.errors import UsageError, did_you_mean
    from sqs_core.records.facts import read_fact

    criteria = session.criteria
    for pair in pairs:
        name, equals, words = pair.partition("=")
        if not equals:
            raise UsageError(f"'{pair}' is not NAME=VALUE, such as custody=yes")
        if name == "inspector":
            session = session.attending(inspector=words.strip())
        elif name == "case_manager":
            session = session.attending(case_manager=words.strip())
        elif name == "assessed_with_case_manager":
            meanings = {"yes": True, "true": True, "no": False, "false": False}
            if words.lower() not in meanings:
                raise UsageError(f"'{name}' is yes or no, not '{words}'")
            session = session.attending(with_case_manager=meanings[words.lower()])
        elif criteria.has_fact(name):
            session = session.setting(name, read_fact(criteria, name, words))
        else:
            known = [*(f.id for f in criteria.facts), *HEADER]
            raise UsageError(f"no fact '{name}' in {criteria.id}; {did_you_mean(name, known, most=20)}")
    return session
