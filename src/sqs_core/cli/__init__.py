"""The command line.  One module a command, imported only when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import EINVAL
from importlib import import_module

from sqs_core import __version__
from sqs_core.cli.commands import COMMANDS
from sqs_core.cli.console import echo_err, echo_problems, open_closed_streams
from sqs_core.cli.parser import command_parser, whole_parser
from sqs_core.errors import SqsError, UsageError, did_you_mean
from sqs_core.platform.console import prepare_streams
from sqs_core.platform.crashes import forbid_core_dumps
from sqs_core.platform.shell import for_posix
from sqs_core.text import shown

COUNTING = {
    "summary", "status", "report", "letter", "takeaway", "actions", "export", "programme", "agreement",
    "compare",
}  # fmt: skip
"""Commands that give figures: what makes those doubtful is told with them, and is their exit code."""

OF_ONE_POPULATION = {"agreement", "compare", "merge", "programme", "purge", "second"}
"""Commands that are about one population: where an inspection has several, they say which."""

OPTIONS = ("--help", "--version", "--no-plugins", "--plain", "--population")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``sqs`` with ``argv`` (the process's own arguments where None); return the exit code.

    What the system refuses is told in a sentence, also while output is being written.
    """
    if "_ARGCOMPLETE" in os.environ:
        _complete()
    if argv is None:
        forbid_core_dumps()
        prepare_streams()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        _flush()
        return code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if _is_broken_pipe(error):
            _forget_output()  # whoever read it has enough
            return 0
        # Mistakes in records are errors of our own: this is a full disk behind stdout or stderr, or a
        # folder that could not be looked into.
        where = f"{shown(str(error.filename))}: " if error.filename else ""
        with suppress(OSError):
            echo_err(f"sqs: {where}the system refused: {error.strerror}")
            sys.stderr.flush()
        _forget_output()
        return 1


def _is_broken_pipe(error: OSError) -> bool:
    """Return whether nobody reads our output any more: on Windows that is an invalid argument, of no file."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and error.errno == EINVAL and error.filename is None


def _flush() -> None:
    """Write out what was printed, so that a failure is told here and not after the end."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it was closed by whoever started this
            stream.flush()


def _forget_output() -> None:
    """Point stdout and stderr to nowhere: Python tries once more to write what is left when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError, ValueError):
            os.dup2(nowhere, stream.fileno())


def _complete() -> None:
    """Answer the shell that asks, and end the process."""
    import argcomplete  # only a shell that completes needs it

    line = os.environ.get("COMP_LINE", "")
    if os.environ.get("_ARGCOMPLETE_SHELL") == "powershell":
        line = for_posix(line)
        os.environ |= {"COMP_LINE": line, "COMP_POINT": str(len(line))}
        files = argcomplete.completers.SuppressCompleter()  # PowerShell quotes paths as it wants them
        argcomplete.autocomplete(whole_parser(line.split()[1:2]), False, default_completer=files)
    else:
        argcomplete.autocomplete(whole_parser(line.split()[1:2]))


def _run(arguments: list[str]) -> int:
    if "--no-plugins" in arguments:
        arguments = [a for a in arguments if a != "--no-plugins"]
        os.environ["SQS_NO_PLUGINS"] = "1"
    if not arguments or arguments[0] == "--plain":
        arguments = ["tui", *arguments]
    try:
        arguments, population = _without_population(arguments)
    except UsageError as error:
        echo_err(f"sqs: {error}")
        return error.exit_code
    name, *words = arguments
    if not (name in ("tui", "screen") and "--plain" in words):  # plain mode says itself what is closed
        open_closed_streams()
    if name in ("-V", "--version"):
        sys.stdout.write(f"sqs {__version__}\n")
        return 0
    if name in ("-h", "--help"):
        name = "help"
    try:
        return _command(name, words, population)
    except SqsError as error:
        echo_problems(error.problems)
        return error.exit_code


def _without_population(arguments: list[str]) -> tuple[list[str], str]:
    """Return the arguments without ``--population NAME``, which every command takes, and that name."""
    for at, word in enumerate(arguments):
        option, equals, name = word.partition("=")
        if option == "--population":
            rest = arguments[at + 1 :]
            if not equals:
                name, *rest = rest or [""]
            if not name:
                raise UsageError("--population says which: the victims, for example")
            return [*arguments[:at], *rest], name
    return arguments, ""


def _command(name: str, words: list[str], population: str = "") -> int:
    if name not in COMMANDS:
        kind, known = ("option", OPTIONS) if name.startswith("-") else ("command", tuple(COMMANDS))
        raise UsageError(f"no {kind} '{name}'; {did_you_mean(name, known, most=40)}")
    module = import_module(f"sqs_core.cli.{name}")
    args = command_parser(name, module).parse(words)
    if "who" in args:
        os.environ["SQS_WHO"] = args.who
    if population or "/" in str(vars(args).get("case") or vars(args).get("cases") or ""):
        from sqs_core.cli.folders import choose_population  # what names none does without

        choose_population(args, population)
    if name not in COUNTING | OF_ONE_POPULATION:
        return int(module.run(args))
    from sqs_core.cli.folders import opened, tell_of_doubts, tell_of_populations  # the others do without

    opened.clear()
    code: int = module.run(args)
    if name in OF_ONE_POPULATION:
        tell_of_populations()
    if name not in COUNTING:
        return code
    return 3 if code in (0, 1) and tell_of_doubts() else code
