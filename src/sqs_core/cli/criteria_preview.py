"""The questions of a version as an inspector would see them, for the facts of an imagined case.

examples:
  sqs criteria preview sqs-2012 --fact custody=yes --fact review_due=yes
  sqs criteria preview my-audit.toml --answer plan.needs=insufficient
  sqs criteria preview my-audit.toml --population parents --fact met=home

Of a version with several populations each is shown in turn, or the one that --population names.
A fact that is not given has no value, as in a case where nobody has recorded it yet.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection

from sqs_core.cli.arguments import named_values, takes_many
from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import echo, echo_err
from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.conditions import describe_condition
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.case import CaseRecord, Session, parse_fact
from sqs_core.records.computed import computed_from
from sqs_core.scoring.states import APPLYING, question_states
from sqs_core.storage.library import find_criteria
from sqs_core.text import capitalised
from sqs_core.workflow.answering import answer_hint, answered


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria preview``."""
    parser.add_argument("id", metavar="ID", help="the version, or its file", completer=criteria_ids)
    takes_many(parser, "--fact", "NAME=VALUE", "a fact of the case")
    takes_many(parser, "--answer", "QUESTION=OUTCOME")
    parser.add_argument("--profile", metavar="NAME", help="only the questions of this profile")
    parser.add_argument("--language", default="", metavar="TAG", help="in this language of the version")
    parser.set_defaults(population="")


def run(args: Namespace) -> int:
    """Show them."""
    criteria = find_criteria(args.id)
    tag = args.language or criteria.languages[0]
    if tag not in criteria.languages:
        raise UsageError(f"no language '{tag}' in {criteria.id}; {did_you_mean(tag, criteria.languages)}")
    wanted = criteria.profile(args.profile).questions if args.profile else None
    if args.population or not criteria.populations:
        one = criteria.of(args.population) if args.population else criteria
        _preview(one, args.fact, args.answer, wanted, tag)
        return 0
    imagined(criteria, args.fact, args.answer)  # what is no fact or question of any population is refused
    for place, population in enumerate(criteria.populations):
        one = criteria.of(population.id)
        facts = [pair for pair in args.fact if one.has_fact(pair.partition("=")[0])]
        answers = [pair for pair in args.answer if one.has_question(pair.partition("=")[0])]
        echo(f"{chr(10) if place else ''}{population.title.in_language(tag)}\n")
        _preview(one, facts, answers, wanted, tag)
    return 0


def _preview(
    criteria: Criteria, facts: list[str], answers: list[str], wanted: Collection[str] | None, tag: str
) -> None:
    """Show the questions of one population, of those ``wanted`` where not all are."""
    found = question_states(criteria, imagined(criteria, facts, answers))
    asked = [name for name, state in found.items() if state in APPLYING]
    if wanted is not None:
        asked = [name for name in asked if name in wanted]
    for theme in criteria.themes:
        questions = [q for q in criteria.theme_questions(theme.id) if q.id in asked]
        if questions:
            echo(f"{theme.label} {theme.title.in_language(tag)}")
            for question in questions:
                echo(question_text(criteria, question, tag))
    left = [q for q in criteria.questions if q.id not in asked and (wanted is None or q.id in wanted)]
    if left:
        echo(f"Not asked of this {criteria.one}")
        for question in left:
            echo(f"  {question.id}  asked {describe_condition(question.when)}")
    total = len(asked) + len(left)
    whose = f"{criteria.population.title}: " if criteria.population else ""
    echo_err(f"sqs: {whose}{len(asked)} of {total} questions of {criteria.id} apply")


def imagined(criteria: Criteria, facts: list[str], answers: list[str]) -> CaseRecord:
    """Return a case with these facts and answers; UsageError where one is not the version's."""
    session = Session(criteria, CaseRecord("00", criteria.id, criteria.hash))
    for name, words in named_values(facts, "NAME=VALUE, such as custody=yes").items():
        session = session.setting(name, parse_fact(criteria, name, words))
    for name, outcome in named_values(answers, "QUESTION=OUTCOME").items():
        session = answered(session, name, outcome)
    return session.record


def question_text(criteria: Criteria, question: Question, tag: str) -> str:
    """One question with its guidance, the keys of its outcomes, or what they follow from, and its reasons."""
    lines = ["", f"  {question.id}  {question.text.in_language(tag)}"]
    if question.guidance:
        lines.append(f"      {' '.join(question.guidance.in_language(tag).split())}")
    if question.is_computed:
        lines.append(f"      computed from {computed_from(criteria, question)}; nobody gives it:")
    if not question.is_judged:
        lines.append(f"      {capitalised(answer_hint(question))}:")
    lines += [f"           [ ] {choice.text.in_language(tag)}" for choice in question.choices]
    for outcome in criteria.outcomes_of(question):
        demands = f"  (with {' and '.join(outcome.demands)})" if outcome.demands else ""
        key = "·" if question.is_computed else f"[{outcome.key}]"
        lines.append(f"      {key} {outcome.text.in_language(tag)}{demands}")
    for prompt in question.prompts:
        lines.append(f"           · {prompt.text.in_language(tag)}  (yes, no or not applicable)")
    for number, reason in enumerate(criteria.reasons_of(question), 1):
        lines.append(f"          {number:>2} [ ] {reason.text.in_language(tag)}")
    return "\n".join(lines)
