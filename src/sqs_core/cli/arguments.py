"""Arguments that many commands take, each defined once, with what a shell can offer for it."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqs_core import DEFAULT_CRITERIA
from sqs_core.cli.completers import Completer, cases, criteria_ids, questions
from sqs_core.errors import UsageError


class ActionHelp(NamedTuple):
    """An action of a command: what it does, and what its examples have behind the folder."""

    words: str
    examples: tuple[str, ...] = ("",)


def takes_actions(
    parser: ArgumentParser, dest: str, actions: Mapping[str, ActionHelp], example: str
) -> dict[str, ArgumentParser]:
    """Add ``actions`` that each have a folder, --json and --who; return the parser of each.

    ``dest`` is under what name the one asked for is kept; ``example`` is the folder that examples name.
    """
    added = {}
    subparsers = parser.add_subparsers(dest=dest, required=True, metavar="ACTION")
    for name, (words, examples) in actions.items():
        shown = "".join(f"  {parser.prog} {name} {example}{rest}\n" for rest in examples)
        description = f"{words[0].upper()}{words[1:]}.\n\nexamples:\n{shown}"
        added[name] = subparsers.add_parser(name, help=words, description=description)
        takes_folder(added[name])
        takes_json(added[name])
        takes_who(added[name])
    return added


def takes_folder(parser: ArgumentParser, *, optional: bool = False) -> None:
    """Add the argument DIR: the inspection folder."""
    if optional:
        words = "the inspection folder (default: this folder)"
        parser.add_argument("dir", metavar="DIR", nargs="?", help=words)
    else:
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


def takes_many(
    parser: ArgumentParser,
    option: str,
    metavar: str,
    words: str | None = None,
    completer: Completer | None = None,
) -> None:
    """Add an option that may be repeated."""
    settings: dict[str, Any] = {"help": words, "completer": completer}
    parser.add_argument(option, action="append", default=[], metavar=metavar, **settings)


def takes_output(parser: ArgumentParser, endings: str) -> None:
    """Add the options -o and --force; ``endings`` are those of the files that can be written."""
    parser.add_argument("-o", "--output", metavar="FILE", help=f"write here: {endings} and so on")
    parser.add_argument("--force", action="store_true", help="replace a file that was edited since")


def takes_json(parser: ArgumentParser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of words")


def takes_second(parser: ArgumentParser) -> None:
    """Add the option --second."""
    parser.add_argument("--second", action="store_true", help="the second marking of the case")


def takes_who(parser: ArgumentParser) -> None:
    """Add the option --who, to a command and to each action: argparse hands nothing down to those."""
    parser.add_argument("--who", default=SUPPRESS, metavar="INITIALS", help="who does this (SQS_WHO)")


def named_values(pairs: Iterable[str], shape: str) -> dict[str, str]:
    """Return the values of NAME=VALUE pairs by their names.

    Raises:
        UsageError: one is not of that ``shape``, or two are of one name.
    """
    pairs = tuple(pairs)
    check_once(pairs)
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise UsageError(f"'{pair}' is not {shape}")
        found[name] = value
    return found


def check_once(pairs: Iterable[str]) -> None:
    """Raise UsageError where two NAME=VALUE pairs are of one name: neither can be dropped without a word."""
    seen: set[str] = set()
    for pair in pairs:
        name, equals, _ = pair.partition("=")
        if equals and name in seen:
            raise UsageError(f"{name} is given twice; which value is meant?")
        seen.add(name)
