"""Add a staff interview, or answers to it.  People are letters, never names.

examples:
  sqs interview leeds A --role case-manager staff.wanted=yes staff.training=no
  sqs interview leeds F --role case-manager --no-views
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from attrs import evolve

from sqs_core.cli.arguments import check_once, takes_folder
from sqs_core.cli.completers import interview_answers, people
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.interview import Interview, check_person_id
from sqs_core.storage.atomic import ABSENT
from sqs_core.text import clean, counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs interview``."""
    takes_folder(parser)
    parser.add_argument("person", metavar="PERSON", help="a letter, such as A", completer=people)
    parser.add_argument("answers", nargs="*", metavar="QUESTION=OUTCOME", completer=interview_answers)
    parser.add_argument("--role", metavar="ID", help="the interviewee's role")
    parser.add_argument("--no-views", action="store_true", help="interviewed, but gave no views")
    parser.add_argument("--note", metavar="TEXT")


def run(args: Namespace) -> int:
    """Add or change the interview."""
    folder = open_folder(args.dir)
    criteria = folder.criteria
    interview, expect = Interview(args.person, criteria.id, criteria.hash), ABSENT
    if args.person in folder.people():
        stored = folder.interview(args.person)
        interview, expect = stored.record, stored.hash
    else:
        check_person_id(args.person)
    if args.role:
        roles = criteria.letter.roles if criteria.letter else {}
        if args.role not in roles:
            raise UsageError(f"no role '{args.role}' in {criteria.id}; {did_you_mean(args.role, roles)}")
        interview = evolve(interview, role=args.role)
    if args.no_views:
        interview = evolve(interview, gave_views=False)
    if args.note is not None:
        interview = evolve(interview, note=clean(args.note))
    check_once(args.answers)
    for pair in args.answers:
        name, equals, outcome = pair.partition("=")
        if not equals:
            raise UsageError(f"'{pair}' is not QUESTION=OUTCOME, such as staff.wanted=yes")
        criteria.outcome_of(criteria.interview_question(name), outcome)
        interview = interview.answering(name, outcome)
    folder.save_interview(interview, expect=expect)
    echo_err(f"interview {args.person} saved: {counted(len(interview.answers), 'answer')}")
    return 0
