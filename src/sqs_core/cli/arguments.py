"""Arguments that many commands take, each defined once, with what a shell can offer for it."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterable

from sqs_core import DEFAULT_CRITERIA
from sqs_core.cli.completers import cases, criteria_ids, facts, questions
from sqs_core.errors import UsageError


def takes_folder(parser: ArgumentParser) -> None:
    """Add the argument DIR: the inspection folder."""
    parser.add_argument("dir", metavar="DIR", help="the inspection folder")


def takes_case(parser: ArgumentParser, *, optional: bool = False, words: str | None = None) -> None:
    """Add the argument CASE; ``words`` is its help."""
    parser.add_argument("case", metavar="CASE", nargs="?" if optional else None, help=words, completer=cases)


def takes_question(parser: ArgumentParser) -> None:
    """Add the argument QUESTION."""
    parser.add_argument("question", metavar="QUESTION", completer=questions)


def takes_criteria(parser: ArgumentParser) -> None:
    """Add the option --criteria, for what is newly made."""
    words = f"criteria version, or its file ({DEFAULT_CRITERIA})"
    parser.add_argument(
        "--criteria", default=DEFAULT_CRITERIA, metavar="ID", help=words, completer=criteria_ids
    )


def takes_facts(parser: ArgumentParser, option: str, metavar: str, words: str | None = None) -> None:
    """Add an option for FACT=VALUE, which may be repeated."""
    parser.add_argument(option, action="append", default=[], metavar=metavar, help=words, completer=facts)


def takes_json(parser: ArgumentParser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of words")


def takes_second(parser: ArgumentParser) -> None:
    """Add the option --second."""
    parser.add_argument("--second", action="store_true", help="the second marking of the case")


def takes_who(parser: ArgumentParser) -> None:
    """Add the option --who, to a command and to each action: argparse hands nothing down to those."""
    parser.add_argument("--who", default=SUPPRESS, metavar="INITIALS", help="who does this (SQS_WHO)")


def check_once(pairs: Iterable[str]) -> None:
    """Raise UsageError where two NAME=VALUE pairs are of one name: neither can be dropped without a word."""
    seen: set[str] = set()
    for pair in pairs:
        name, equals, _ = pair.partition("=")
        if equals and name in seen:
            raise UsageError(f"{name} is given twice; which value is meant?")
        seen.add(name)
