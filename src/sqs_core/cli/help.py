"""Help on a command, a group of commands, or whatever has to do with a word.

examples:
  sqs help report
  sqs help keep safe
  sqs help lock
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from sqs_core.cli.commands import COMMANDS, GROUPS, CommandGroup
from sqs_core.cli.completers import topics
from sqs_core.cli.console import coloured, echo, echo_err, has_colour, table
from sqs_core.cli.parser import command_parser
from sqs_core.workflow.commands import COMMANDS as SCREEN_COMMANDS
from sqs_core.workflow.commands import key_shown

EXIT_CODES = """\
0    fine
1    findings: something does not fit, or differs
2    usage, or no terminal
3    a record cannot be read, or is newer
4    a plugin is missing or failed
5    someone else holds the record
130  interrupted"""
# What says nothing of what is meant.
SMALL_WORDS = re.compile(
    r"(an?|and|are|at|be|can|did|do|for|from|how|in?|is|it|my|of|on|or|own|the|to|was|with)$"
)
# Words that people use, and the one that the help uses.
SAID_OTHERWISE = {
    "anonymise": "identify",
    "anonymous": "identify",
    "confidential": "identify",
    "deadline": "due",
    "delete": "remove",
    "differ": "agree",
    "disagree": "agree",
    "excel": "xlsx",
    "meeting": "takeaway",
    "revert": "undo",
    "spreadsheet": "xlsx",
    "year": "quarter",
}
MOST = 6
MOST_KEYS = 2


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs help``."""
    parser.add_argument(
        "topic", metavar="TOPIC", nargs="*", help="a command, a group, or any word", completer=topics
    )


def run(args: Namespace) -> int:
    """Print the help; return 1 where nothing is known about the topic."""
    topic = " ".join(args.topic).lower()
    if not topic:
        sys.stdout.write(top_help())
    elif _is_command(topic.split()):
        _of_command(topic.split())
    elif group := next((group for group in GROUPS if group.name == topic), None):
        echo(f"{group.name.capitalize()}: {group.purpose}")
        echo(table((f"  sqs {name}", first_line(name)) for name in group.commands))
    elif topic.replace("-", " ") in ("exit codes", "exit code", "codes"):
        echo(EXIT_CODES)
    else:
        return _about(topic)
    return 0


def _is_command(words: list[str]) -> bool:
    """Return whether ``words`` are a command, or a command and an action of it."""
    command, *action = words
    return command in COMMANDS and (not action or action in [[a] for a in command_parser(command).actions])


def _of_command(words: list[str]) -> None:
    """Print what ``--help`` of a command prints, or of one of its actions."""
    parser = command_parser(words[0])
    if len(words) == 1:
        parser.print_help()
    else:
        parser.parse([words[1], "--help"])


def _about(topic: str) -> int:
    """Print the commands and actions whose help speaks of ``topic``, those that say most of it first.

    Under them stands which key does it on the screens.  A word counts for more, the fewer pages speak of it,
    and the nearer it stands to what the command is for.
    """
    words = [SAID_OTHERWISE.get(w, w.rstrip("s")) for w in topic.split() if not SMALL_WORDS.match(w)]
    words = words or [topic]
    pages = list(_pages())
    spoken = {word: sum(word in page.text for page in pages) for word in words}
    worth = {word: 1 / many for word, many in spoken.items() if many}
    found = sorted(
        ((sum(worth[word] * page.nearness(word) for word in worth), page) for page in pages),
        key=lambda one: -one[0],
    )
    keys = [
        (f"  {' or '.join(map(key_shown, one.keys))} on the screens", f"{one.name}: {one.help}")
        for one in SCREEN_COMMANDS
        if one.keys and all(word in one.found_by for word in words)
    ]
    if not (worth or keys):
        echo_err(f"sqs: nothing here speaks of '{topic}'; 'sqs help' lists the commands and the groups")
        return 1
    least = found[0][0] / 3
    shown = [(f"  sqs {page.name}", page.purpose) for score, page in found[:MOST] if score >= least > 0]
    echo(table([*shown, *keys[:MOST_KEYS]]))
    return 0


class _HelpPage(NamedTuple):
    """A command, or an action of one: what it is for, the words near that, and all its help says."""

    name: str
    purpose: str
    head: str
    text: str

    def nearness(self, word: str) -> int:
        return (word in self.text) + 2 * (word in self.head)


def _pages() -> Iterator[_HelpPage]:
    plain = ArgumentParser.format_help  # without colours, which would stand between the letters of a word
    for group in GROUPS:
        for name, words in group.commands.items():
            purpose = first_line(name)
            parser = command_parser(name)
            for action, (summary, own) in parser.actions.items():
                head = f"{name} {action} {summary}".lower()
                yield _HelpPage(f"{name} {action}", summary, head, f"{head} {plain(own).lower()}")
            text = "" if parser.actions else plain(parser)
            head = f"{name} {words} {purpose} {group.name}".lower()
            yield _HelpPage(name, purpose, head, f"{head} {text.lower()}")


def first_line(name: str) -> str:
    """Return the first sentence of what the command ``name`` says of itself."""
    text = " ".join((import_module(f"sqs_core.cli.{name}").__doc__ or "").partition("\n\n")[0].split())
    return text.partition(". ")[0].removesuffix(".")


def top_help() -> str:
    """Return what ``sqs --help`` prints: every command, in at most 40 lines of 80 characters."""
    lines = [
        "usage: sqs [COMMAND] [--help] [--version] [--no-plugins] [--population NAME]",
        "Short Quality Screening: from cases to a letter, with the case manager.",
    ]
    for group in GROUPS:
        lines += ["", f"{_bold(group.name.upper())}  {group.purpose}", *_columns(group)]
    return "\n".join(
        [
            *lines,
            "",
            "sqs COMMAND --help tells all of one command; sqs help lock, what locks.",
            "sqs help exit-codes: what a command returns.  sqs demo: an example to look at.",
            "",
        ]
    )


def _columns(group: CommandGroup) -> Iterator[str]:
    """Yield the commands of a group, two on a line."""
    cells = [f"  {name:<11}{words}" for name, words in group.commands.items()]
    for place in range(0, len(cells), 2):
        yield "".join(f"{cell:<40}" for cell in cells[place : place + 2]).rstrip()


def _bold(words: str) -> str:
    return coloured(words, "bold") if has_colour(sys.stdout) else words
