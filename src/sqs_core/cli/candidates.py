"""What could be typed next on a command line: commands, options, choices, and names in the inspection.

Nothing is written, and what cannot be read has no names: a shell that completes must not complain.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqs_core.cli import COMMANDS, parser_of

if TYPE_CHECKING:
    from sqs_core.criteria import Criteria

GLOBAL = ("--help", "--version", "--no-plugins")


def candidates(words: Sequence[str]) -> tuple[str, ...]:
    """What the last of ``words`` (the arguments of ``sqs`` up to the cursor, "" for a new one) could be.

    Empty where a file or folder is wanted: those the shell knows better.
    """
    *before, last = words or [""]
    if not before:
        return _beginning(last, (*COMMANDS, *(GLOBAL if last.startswith("-") else ())))
    if before[0] not in COMMANDS:
        return ()
    wanted, given, options = _walked(parser_of(before[0]), before[1:])
    if last.startswith("-") and not (wanted and wanted.option_strings):
        return _beginning(last, options)
    return _beginning(last, _values(wanted, given, last)) if wanted else ()


def _beginning(last: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.startswith(last))


def _walked(
    parser: ArgumentParser, words: Sequence[str]
) -> tuple[Action | None, dict[str, list[str]], tuple[str, ...]]:
    """Which argument comes after ``words``, what was given before it, and the options there are."""
    given: dict[str, list[str]] = {}
    places, waiting = _positionals(parser), None
    for word in words:
        if waiting is not None:
            given.setdefault(waiting.dest, []).append(word)
            waiting = None
        elif word.startswith("-") and word != "-":
            option = parser._option_string_actions.get(word.partition("=")[0])
            waiting = option if option is not None and option.nargs != 0 and "=" not in word else None
        elif places:
            place = places[0]
            given.setdefault(place.dest, []).append(word)
            if isinstance(place, _SubParsersAction):
                if word not in place.choices:
                    return None, given, ()
                parser = place.choices[word]
                places = _positionals(parser)
            elif place.nargs in (None, "?"):
                places = places[1:]
    return waiting or (places[0] if places else None), given, tuple(parser._option_string_actions)


def _positionals(parser: ArgumentParser) -> list[Action]:
    return [action for action in parser._actions if not action.option_strings]


def _values(wanted: Action, given: dict[str, list[str]], last: str) -> Iterable[str]:
    from sqs_core.errors import SqsError

    if wanted.choices is not None:
        return [str(choice) for choice in wanted.choices]
    try:
        return _names(str(wanted.metavar), wanted.dest, given, last)
    except SqsError:
        return ()


def _names(kind: str, dest: str, given: dict[str, list[str]], last: str) -> Iterable[str]:
    if kind == "RENDERER":
        from sqs_core.plugins import installed

        return [offer.name for offer in installed().renderers]
    if kind in ("A", "B") or dest in ("criteria", "id"):
        from sqs_core.plugins import installed

        return [offer.name for offer in installed().criteria]
    place = (given.get("dir") or given.get("dirs") or [""])[0]
    return _in_folder(kind, dest, given, last, place) if place else ()


def _in_folder(kind: str, dest: str, given: dict[str, list[str]], last: str, place: str) -> Iterable[str]:
    from sqs_core.storage.drafts import draft_numbers
    from sqs_core.storage.folder import open_inspection

    folder = open_inspection(place)
    criteria = folder.criteria
    if kind in ("NAME=VALUE", "FACT=VALUE") and dest != "option":
        return _facts(criteria, last)
    if dest in ("reason", "outcome"):
        return _of_question(criteria, dest, given)
    if kind == "CASE":
        return folder.case_ids()
    if kind == "PERSON":
        return folder.people()
    if kind == "QUESTION":
        return [question.id for question in criteria.questions]
    if kind == "QUESTION=OUTCOME":
        return [f"{question.id}=" for question in criteria.interview_questions]
    return [*map(str, draft_numbers(folder.path)), "last"] if kind == "DRAFT" else ()


def _facts(criteria: Criteria, last: str) -> Iterable[str]:
    name, equals, _ = last.partition("=")
    if not equals:
        return [f"{fact.id}=" for fact in criteria.facts]
    for fact in criteria.facts:
        if fact.id == name:
            known = ("yes", "no") if fact.kind == "boolean" else tuple(c.id for c in fact.choices)
            return [f"{name}={value}" for value in known]
    return ()


def _of_question(criteria: Criteria, dest: str, given: dict[str, list[str]]) -> Iterable[str]:
    name = (given.get("question") or [""])[0]
    if not criteria.has_question(name):
        return ()
    question = criteria.question(name)
    if dest == "outcome":
        return [outcome.id for outcome in criteria.outcomes_of(question)]
    return [reason.id for reason in criteria.reasons_of(question)]
