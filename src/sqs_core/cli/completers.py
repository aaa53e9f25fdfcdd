"""What a shell offers for an argument: cases, questions and the like of the inspection that was named.

argcomplete asks these while somebody types.  What cannot be read has no names: a shell that completes
must not complain.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import get_args

from sqs_core import plugins
from sqs_core.cli.commands import COMMANDS, GROUPS
from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import Weight
from sqs_core.errors import SqsError
from sqs_core.storage.folder import InspectionFolder, open_inspection

Completions = Mapping[str, str]
Completer = Callable[..., Completions]


def of_folder(names: Callable[[InspectionFolder, str, Namespace], Completions]) -> Completer:
    """Return a completer that has ``names`` look into the inspection on the command line."""

    @wraps(names)
    def completer(prefix: str, parsed_args: Namespace, **_: object) -> Completions:
        given = vars(parsed_args)
        path = given.get("dir") or next(iter(given.get("dirs") or ()), ".")
        try:
            return names(open_inspection(path), prefix, parsed_args)
        except SqsError:
            return {}

    return completer


def names_only(names: Iterable[str]) -> Completions:
    """Return ``names`` without a word about them: some shells show one beside each."""
    return dict.fromkeys(names, "")


@of_folder
def cases(folder: InspectionFolder, _prefix: str, _args: Namespace) -> Completions:
    """Offer the cases of the inspection."""
    return names_only(folder.case_ids())


@of_folder
def people(folder: InspectionFolder, _prefix: str, _args: Namespace) -> Completions:
    """Offer the people interviewed, by their letters."""
    return names_only(folder.people())


@of_folder
def questions(folder: InspectionFolder, _prefix: str, _args: Namespace) -> Completions:
    """Offer the questions of the criteria version."""
    return {question.id: str(question.short) for question in folder.criteria.questions}


@of_folder
def interview_answers(folder: InspectionFolder, prefix: str, _args: Namespace) -> Completions:
    """Offer ``QUESTION=``, and after it the outcomes of that interview question."""
    name, equals, _ = prefix.partition("=")
    criteria = folder.criteria
    if not equals:
        return {f"{question.id}=": str(question.short) for question in criteria.interview_questions}
    return {f"{name}={outcome.id}": str(outcome.text) for outcome in criteria.interview_outcomes}


@of_folder
def outcomes(folder: InspectionFolder, _prefix: str, args: Namespace) -> Completions:
    """Offer the outcomes of the question that was named, and its choices where it takes several."""
    question = folder.criteria.question(args.question)
    offered = {choice.id: str(choice.text) for choice in question.choices}
    return offered | {o.id: str(o.text) for o in folder.criteria.outcomes_of(question)}


@of_folder
def reasons(folder: InspectionFolder, _prefix: str, args: Namespace) -> Completions:
    """Offer the reasons of the question that was named."""
    criteria = folder.criteria
    return {r.id: str(r.text) for r in criteria.reasons_of(criteria.question(args.question))}


@of_folder
def prompts(folder: InspectionFolder, _prefix: str, args: Namespace) -> Completions:
    """Offer each point of the question that was named, with how it can be weighed."""
    points = folder.criteria.question(args.question).prompts
    return {f"{point.id}={weight}": str(point.text) for point in points for weight in get_args(Weight)}


@of_folder
def facts(folder: InspectionFolder, prefix: str, _args: Namespace) -> Completions:
    """Offer ``FACT=``, and after it the values of that fact."""
    return fact_values(folder.criteria, prefix)


def fact_values(criteria: Criteria, prefix: str) -> Completions:
    """Return ``FACT=`` for every fact, or each value of the one that ``prefix`` names."""
    name, equals, _ = prefix.partition("=")
    if not equals:
        return {f"{fact.id}=": str(fact.text) for fact in criteria.facts}
    fact = next((fact for fact in criteria.facts if fact.id == name), None)
    if fact is None:
        return {}
    choices = {choice.id: str(choice.text) for choice in fact.choices}
    values = names_only(("yes", "no")) if fact.kind == "boolean" else choices
    return {f"{name}={value}": words for value, words in values.items()}


def renderers(**_: object) -> Completions:
    """Offer the renderers installed."""
    return {offer.name: offer.value.description for offer in plugins.load_plugins().renderers}


def renderer_options(prefix: str, parsed_args: Namespace, **_rest: object) -> Completions:
    """Offer the options of the renderers asked for, and after ``NAME=`` the values of one."""
    asked = parsed_args.renderer or ["text"]
    chosen = [offer.value for offer in plugins.load_plugins().renderers if offer.name in asked]
    known = {name: renderer.option(name) for renderer in chosen for name in renderer.options}
    given, equals, _ = prefix.partition("=")
    if not equals:
        return {f"{name}=": option.description for name, option in known.items()}
    return names_only(f"{given}={value}" for value in known[given].values) if given in known else {}


def criteria_ids(**_: object) -> Completions:
    """Offer the criteria versions installed."""
    return names_only(offer.name for offer in plugins.load_plugins().criteria)


def topics(**_: object) -> Completions:
    """Offer what ``sqs help`` knows: the commands and the groups."""
    return COMMANDS | {group.name: group.purpose for group in GROUPS}
