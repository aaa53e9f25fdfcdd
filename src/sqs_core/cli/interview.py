"""Add a staff interview, or answers to it.  People are letters, never names.

examples:
  sqs interview leeds A --role case-manager staff.wanted=yes staff.training=no
  sqs interview leeds F --role case-manager --no-views
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import named_values, takes_folder
from sqs_core.cli.completers import interview_answers, people
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.criteria.questions import GAVE_VIEWS, NOTE, ROLE
from sqs_core.records.case import Session
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
    folder = open_folder(args.dir).staff
    if args.person in folder.case_ids():
        interview, expect = folder.case(args.person)
    else:
        interview, expect = folder.new_case(args.person), ABSENT
    session = Session(folder.criteria, interview)
    if args.role:
        session = session.setting(ROLE, args.role)
    if args.no_views:
        session = session.setting(GAVE_VIEWS, False)
    if args.note is not None:
        session = session.setting(NOTE, clean(args.note))
    for name, outcome in named_values(args.answers, "QUESTION=OUTCOME, such as staff.wanted=yes").items():
        session = session.judging(name, outcome)
    folder.save_case(session.record, expect=expect)
    echo_err(f"interview {args.person} saved: {counted(len(session.record.answers), 'answer')}")
    return 0
