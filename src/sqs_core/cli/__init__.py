"""The command line.  One module a command, imported only when it is asked for."""

from __future__ import annotations

import gc
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import suppress
from errno import EINVAL
from importlib import import_module
from types import ModuleType

COMMANDS = {
    "tui": "open the terminal screens (also: sqs alone)",
    "screen": "step through the cases; --plain for lines only (screen readers, scripts)",
    "demo": "write the Darlington example, print its board and letter",
    "new": "make a new inspection folder",
    "sample": "draw a fair sample of cases from a list",
    "synth": "make a synthetic inspection, to practise on",
    "case": "add a case",
    "fact": "set facts of a case",
    "answer": "answer one question of one case",
    "interview": "add a staff interview, or an answer to it",
    "show": "one case: its facts and every question with its state",
    "view": "one question for two readers; --follow on a second screen",
    "status": "what is left to do",
    "check": "every inconsistency in the records",
    "summary": "the board: k of n for every question, with the cases behind it",
    "report": "render the letter",
    "letter": "check an edited letter; disclosure, drafts, proposals, claim map",
    "takeaway": "the case manager's learning sheet of one case",
    "actions": "the action-plan table, linked to questions",
    "export": "the records as CSV for analysts, with a codebook",
    "programme": "many inspections as one table, Parquet or CSV",
    "second": "second marking: draw, finish, differences, agree",
    "agreement": "how far two inspectors agree",
    "finish": "lock the answers of a case that is done",
    "reopen": "open a finished case again, saying why",
    "override": "moderate: let another outcome count, the answer kept",
    "history": "the change log: who changed what, when and why",
    "verify": "whether the history, or a record behind its back, was changed",
    "merge": "bring several inspectors' folders together",
    "hold": "stop records from being purged, or let them",
    "purge": "take away the records of cases, logged",
    "criteria": "criteria versions: list, show, lint, diff, migrate, new, preview",
    "schema": "JSON Schema of a kind of file, for editors",
    "plugins": "what is installed, and what failed to load",
    "completion": "what makes a shell complete the words of sqs",
    "doctor": "whether this computer can save, lock, keep and render",
}
OPTIONS = ("--help", "--version", "--no-plugins", "--plain")
YOUNG_OBJECTS = 50_000
EXAMPLES = """\
examples:
  sqs demo                               the Darlington example, end to end
  sqs summary darlington-2012            its board
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``sqs`` with ``argv`` (the process's own arguments where None); gives the exit code."""
    if argv is not None:
        return _told(list(argv))
    # Nearly all that a start allocates is kept: looking through it at every 700th object finds
    # nothing.  A limit rather than none, for a process may go on to read thousands of records.
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
    from sqs_core.platform.console import prepare_streams

    prepare_streams()
    code = _told(sys.argv[1:])
    if "textual" not in sys.modules:
        with suppress(OSError):
            _write_out()
        # Taking apart what was loaded, piece by piece, is no use to anyone.
        os._exit(code)
    gc.freeze()
    return code


def _told(arguments: list[str]) -> int:
    """Run ``arguments``; what the system refused is told in a sentence, when output is written too."""
    try:
        code = _run(arguments)
        _write_out()
        return code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if _is_broken_pipe(error):
            # Whoever read our output has enough; a second error on closing helps nobody.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        # What we read and save is told by errors of our own: this is a full disk behind stdout or stderr,
        # or a folder that could not be looked into.
        from sqs_core.text import shown

        with suppress(OSError):
            where = f"{shown(str(error.filename))}: " if error.filename else ""
            sys.stderr.write(f"sqs: {where}the system refused: {error.strerror}\n")
        return 1


def _is_broken_pipe(error: OSError) -> bool:
    """Whether nobody reads our output any more: on Windows that is an invalid argument, of no file."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and error.errno == EINVAL and error.filename is None


def _write_out() -> None:
    """Hand on what was printed and not written yet."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it was closed by whoever started this
            stream.flush()


def _stand_in_for_closed_streams() -> None:
    """Open what ``<&-`` or ``>&-`` closed on nothing: else None has no ``write``, and the next file
    that is opened, perhaps a record, would be standard output to whatever is started from here.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _run(arguments: list[str]) -> int:
    if "--no-plugins" in arguments:
        arguments = [a for a in arguments if a != "--no-plugins"]
        os.environ["SQS_NO_PLUGINS"] = "1"
    if not arguments or arguments[0] == "--plain":
        arguments = ["tui", *arguments]
    name = arguments[0]
    if not (name in ("tui", "screen") and "--plain" in arguments):  # plain mode says itself what is closed
        _stand_in_for_closed_streams()
    if name in ("-h", "--help", "help"):
        sys.stdout.write(top_help())
        return 0
    if name in ("-V", "--version"):
        from sqs_core import __version__

        sys.stdout.write(f"sqs {__version__}\n")
        return 0
    if name not in COMMANDS:
        from sqs_core.errors import did_you_mean

        kind, known = ("option", OPTIONS) if name.startswith("-") else ("command", tuple(COMMANDS))
        sys.stderr.write(f"sqs: no {kind} '{name}'; {did_you_mean(name, known, most=20)}\n")
        return 2
    module = import_module(f"sqs_core.cli.{name}")
    parser = parser_of(name, module)
    # Intermixed, so that options may stand anywhere; argparse cannot do that for commands that
    # have actions of their own, and says so with a TypeError before it reads anything.
    try:
        args: Namespace = parser.parse_intermixed_args(arguments[1:])
    except TypeError:
        args = parser.parse_args(arguments[1:])
    if "who" in args:
        os.environ["SQS_WHO"] = args.who
    from sqs_core.errors import SqsError

    try:
        code: int = module.run(args)
    except SqsError as error:
        for problem in error.problems:
            sys.stderr.write(f"sqs: {problem}\n")
        return error.exit_code
    return code


def parser_of(name: str, module: ModuleType | None = None) -> ArgumentParser:
    """The parser of the command ``name``; ``module`` is its module where that is loaded."""
    from sqs_core.cli.console import takes_who

    module = module or import_module(f"sqs_core.cli.{name}")
    parser = ArgumentParser(
        prog=f"sqs {name}",
        description=module.__doc__,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--no-plugins", action="store_true", default=SUPPRESS, help="load no plugins")
    takes_who(parser)
    module.add_arguments(parser)
    return parser


class _Formatter(RawDescriptionHelpFormatter):
    """argparse's own, but for how it finds the width: it would load shutil, and that zlib, bz2 and lzma.

    Every argument that is added makes a formatter, whether help is asked for or not.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """The docstring of the command for this terminal: examples, set in, stay as they are."""
        from itertools import groupby
        from textwrap import wrap

        lines: list[str] = []
        for kept, group in groupby(text.strip().splitlines(), lambda line: line[:1].isspace() or not line):
            together = list(group)
            lines += together if kept else wrap(" ".join(together), min(width, 98))
        return "".join(f"{indent}{line}\n" for line in lines)


def _columns() -> int:
    """How wide the terminal is, as ``shutil.get_terminal_size`` says: COLUMNS first, 80 where unknown."""
    with suppress(KeyError, ValueError):
        if (told := int(os.environ["COLUMNS"])) > 0:
            return told
    with suppress(AttributeError, ValueError, OSError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    return 80


def top_help() -> str:
    """What ``sqs --help`` prints."""
    listed = "".join(f"  {name:<11} {words}\n" for name, words in COMMANDS.items())
    return (
        "usage: sqs [COMMAND] [--help] [--version] [--no-plugins]\n\n"
        "Short Quality Screening: step through cases with the case manager, then write the letter.\n\n"
        f"{EXAMPLES}\ncommands (each has --help):\n{listed}\n"
        "exit codes: 0 fine, 1 findings, 2 usage or no terminal, 3 a record cannot be read,\n"
        "4 a plugin is missing or failed, 5 someone else holds the record, 130 interrupted\n"
    )
