"""Answer one question of one case, or take an answer back.  It is on disk before the command says so.

examples:
  sqs answer leeds 07 roh.plan sufficient
  sqs answer leeds 07 roh.plan insufficient --reason victims --evidence "RMP lists the curfew only."
  sqs answer leeds 07 visits 3                       where it asks for a number, a date, choices or a text
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from sqs_core.cli.arguments import takes_case, takes_folder, takes_many, takes_question, takes_second
from sqs_core.cli.change import change_case
from sqs_core.cli.completers import outcomes, prompts, reasons
from sqs_core.cli.console import as_typed, echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import Weight
from sqs_core.criteria.vocabulary import WEIGHTS
from sqs_core.errors import UsageError
from sqs_core.records.case import Session
from sqs_core.scoring.states import State, progress, question_states
from sqs_core.text import clean
from sqs_core.workflow.answering import answer_words, answered, text_not_counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs answer``."""
    takes_folder(parser)
    takes_case(parser)
    takes_question(parser)
    given = (
        "an outcome of the question, or the number, date, choices (with commas) or text it asks for; "
        "'none' takes it away"
    )
    parser.add_argument("outcome", metavar="OUTCOME", help=given, completer=outcomes)
    takes_many(parser, "--reason", "ID", "why not; can be given several times", reasons)
    weighed = "a point weighed yes, no or not-applicable ('none' takes it away); can be given several times"
    takes_many(parser, "--prompt", "ID=WEIGHT", weighed, prompts)
    parser.add_argument("--evidence", metavar="TEXT", help="the evidence, with its place in the file")
    parser.add_argument("--said", metavar="TEXT", help="what the case manager said")
    parser.add_argument("--learning", metavar="TEXT", help="what the case manager takes away")
    parser.add_argument("--strength", metavar="TEXT", help="what was done well")
    parser.add_argument("--later", metavar="TEXT", help="come back to it; say why")
    parser.add_argument("--done", action="store_true", help="take the mark to come back to it away")
    parser.add_argument("--discuss", action="store_true", help="mark it for moderation")
    parser.add_argument("--expect", metavar="HASH", help="refuse if the record is no longer this one")
    takes_second(parser)


def run(args: Namespace) -> int:
    """Give the answer."""
    folder = open_folder(args.dir, args)

    def change(session: Session) -> Session:
        if args.evidence and session.criteria.question(args.question).answer == "text":
            raise UsageError(f"the evidence of {args.question} is its answer: give the text as that, alone")
        outcome = None if args.outcome == "none" else args.outcome
        ticked = tuple(args.reason) if args.reason else None
        try:
            session = answered(session, args.question, outcome and clean(outcome), ticked)
        except UsageError as error:
            how = giving_dates(session.criteria, args.case, args.question, as_typed(args.dir))
            if ticked or not how:
                raise
            raise UsageError(f"{error}: {how}") from None
        for words in args.prompt:
            for prompt, weight in _weighed(session.criteria, args.question, words).items():
                session = session.weighing(args.question, prompt, weight)
        for note in ("evidence", "said", "learning", "strength"):
            text = getattr(args, note)
            if text is not None:
                session = session.noting(args.question, note, clean(text))
        if args.later is not None or args.discuss or args.done:
            there = None if args.done else session.record.answer(args.question).later
            later = there if args.later is None else args.later
            session = session.flagging(args.question, later=later, discuss=args.discuss or None)
        return session

    session, now = change_case(folder, args.case, change, expect=args.expect)
    state = question_states(folder.criteria, session.record)[args.question]
    done, asked = progress(folder.criteria, session.record)
    named = folder.criteria.named(args.case)
    is_text = folder.criteria.question(args.question).answer == "text"  # a note, and no note is repeated
    given = answer_words(folder.criteria, session.record, args.question) if is_text else args.outcome
    echo_err(f"{named} {args.question}: {given or 'none'}; saved {now}; {done} of {asked} answered")
    if kept := text_not_counted(folder.criteria, session.record, args.question):
        again = f"'sqs answer {as_typed(args.dir)} {args.case} {args.question} TEXT' writes one that is"
        echo_err(f"{kept[0].lower()}{kept[1:-1]}; {again}")
    if state is State.PARKED:
        echo_err(
            "this question does not apply to the case as its facts stand: the answer is kept, not counted"
        )
    return 0


def _weighed(criteria: Criteria, question: str, words: str) -> Mapping[str, Weight | None]:
    """Return what "history=yes" says; UsageError where it is no such pair."""
    name, equals, weight = words.partition("=")
    if not equals or weight not in WEIGHTS:
        raise UsageError(f"'{words}' is not ID=yes, ID=no or ID=not-applicable")
    prompt = criteria.prompt_of(criteria.question(question), name)
    return {prompt.id: WEIGHTS[weight]}


def giving_dates(criteria: Criteria, case: str, question: str, dir_: str) -> str:
    """Return the command that gives the dates which a question is computed from; "" where it is from none."""
    timely = criteria.question(question).timely if criteria.has_question(question) else None
    dates = (timely.start, timely.end) if timely else ()
    facts = " ".join(f"{name}=…" for name in dates if criteria.has_fact(name))
    answers = [f"sqs answer {dir_} {case} {name} …" for name in dates if not criteria.has_fact(name)]
    return "; ".join([*([f"sqs fact {dir_} {case} {facts}"] if facts else []), *answers])
