"""The argument parsers: one for each command, and one for the whole of ``sqs``."""

from __future__ import annotations

import re
from argparse import (
    SUPPRESS,
    Action,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn

from sqs_core.cli.arguments import takes_who
from sqs_core.cli.commands import COMMANDS
from sqs_core.cli.completers import Completer
from sqs_core.cli.console import wrapped
from sqs_core.errors import UsageError, did_you_mean


class CommandParser(ArgumentParser):
    """A parser whose help keeps its examples, and which asks "did you mean" of an unknown option."""

    def __init__(self, **settings: Any) -> None:
        settings["description"] = wrapped(settings.get("description") or "")
        super().__init__(formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False, **settings)
        # The parser of an action overwrites that of its command: whose options are meant is known then.
        self.set_defaults(parser=self)

    def add_argument(self, *names: Any, completer: Completer | None = None, **settings: Any) -> Action:
        """Add an argument; ``completer`` says what a shell offers for it."""
        action = super().add_argument(*names, **settings)
        action.completer = completer  # type: ignore[attr-defined]  # where argcomplete looks for it
        return action

    def format_help(self) -> str:
        """Return the help, in colour where the terminal has it; what we write is text, never markup."""
        from rich_argparse import RawDescriptionRichHelpFormatter  # loads rich, which only help needs

        class HelpFormatter(RawDescriptionRichHelpFormatter):
            group_name_formatter = str
            help_markup = text_markup = False

        self.formatter_class = HelpFormatter
        return super().format_help()

    @property
    def actions(self) -> dict[str, tuple[str, ArgumentParser]]:
        """Return what each action of a command is for, and its parser; {} for a command without any."""
        for one in self._actions:
            if isinstance(one, _SubParsersAction):
                return {c.dest: (c.help or "", one.choices[c.dest]) for c in one._choices_actions}
        return {}

    def parse(self, words: Sequence[str]) -> Namespace:
        """Return the arguments in ``words``; options may stand anywhere.

        Raises:
            UsageError: for an option that there is not, with the one that was probably meant.
        """
        try:
            args, rest = self.parse_known_intermixed_args(words)
        except TypeError:  # argparse cannot do that for a command that has actions, and says so first
            args, rest = self.parse_known_args(words)
        if rest:
            args.parser.refuse(rest)
        return args

    def refuse(self, rest: Sequence[str]) -> NoReturn:
        """Raise UsageError about the first word of ``rest`` that is no argument of this command."""
        word = rest[0]
        if re.match(r"--?[A-Za-z]", word):
            option = word.partition("=")[0]
            known = sorted(name for name in self._option_string_actions if name.startswith("--"))
            raise UsageError(f"no option '{option}' in '{self.prog}'; {did_you_mean(option, known, most=20)}")
        raise UsageError(f"'{word}' is one argument too many; '{self.prog} --help' shows what it takes")


def command_parser(name: str, module: ModuleType | None = None) -> CommandParser:
    """Return the parser of the command ``name``; ``module`` is its module where that is loaded."""
    module = module or import_module(f"sqs_core.cli.{name}")
    parser = CommandParser(prog=f"sqs {name}", description=module.__doc__)
    add_command(parser, module)
    return parser


def whole_parser(asked: Sequence[str] = ()) -> CommandParser:
    """Return a parser of all of ``sqs``, with the arguments of the commands ``asked`` for only.

    Shell completion and the manual read it; ``sqs`` itself needs the parser of one command.
    """
    parser = CommandParser(prog="sqs", description="Short Quality Screening of casework.")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--no-plugins", action="store_true", help="load no plugins")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, words in COMMANDS.items():
        if name in asked:
            module = import_module(f"sqs_core.cli.{name}")
            add_command(commands.add_parser(name, help=words, description=module.__doc__), module)
        else:
            commands.add_parser(name, help=words)
    return parser


def add_command(parser: ArgumentParser, module: ModuleType) -> None:
    """Add the options that every command has, and the arguments of its ``module``."""
    parser.add_argument("--no-plugins", action="store_true", default=SUPPRESS, help="load no plugins")
    takes_who(parser)
    module.add_arguments(parser)


def manual_parser() -> CommandParser:
    """Return the parser of everything, of which the man page is made."""
    return whole_parser(tuple(COMMANDS))
