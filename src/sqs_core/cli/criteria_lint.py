"""Every problem of criteria files at once: code, file and line, what is wrong, what cures it.

examples:
  sqs criteria lint my-audit.toml
  sqs criteria lint criteria/*.toml --json
  sqs criteria lint my-audit.toml --watch         again whenever it is saved, until Ctrl-C

Exit 0 where there is nothing to mend (advice stops nothing), 1 where there is.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.errors import Problem, SqsError
from sqs_core.exports.data import pick
from sqs_core.storage.lint_files import lint_criteria_file
from sqs_core.text import whole_number


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria lint``."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="criteria files")
    parser.add_argument("--watch", action="store_true", help="again whenever a file is saved, until Ctrl-C")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Lint each file; with --watch again whenever one is saved."""
    return _watch(args) if args.watch else _linted(args)


def _watch(args: Namespace) -> int:
    """Look every half second until Ctrl-C, and return what the last look found."""
    before, code = None, 0
    try:
        while True:
            if (now := [_stamp(Path(file)) for file in args.files]) != before:
                before = now
                echo_err(f"sqs: {time.strftime('%H:%M:%S')}")
                try:
                    code = _linted(args)
                except SqsError as error:  # an editor may take the file away while it saves
                    echo_err(f"sqs: {error}")
                    code = error.exit_code
            time.sleep(0.5)
    except KeyboardInterrupt:
        return code


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return when the file was written and how long it is; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _linted(args: Namespace) -> int:
    found = {file: lint_criteria_file(Path(file)) for file in args.files}
    problems = [problem for problems in found.values() for problem in problems]
    if args.json:
        rows = [
            {
                "file": file,
                "line": whole_number(problem.where.rpartition(":")[2]),
                **pick(problem, "code", "what", "remedy", "advice"),
            }
            for file, listed in found.items()
            for problem in listed
        ]
        echo_json({"files": args.files, "problems": rows})
    else:
        echo_findings(problems)
    findings = sum(not problem.advice for problem in problems)
    advice = len(problems) - findings
    summary = f"{no_or_counted(len(found), 'file')}, {no_or_counted(findings, 'problem')}"
    echo_err(f"sqs: {summary}" + (f", {advice} to look at" if advice else ""))
    return 1 if findings else 0


def echo_findings(problems: Sequence[Problem]) -> int:
    """Print each problem, and return how many are more than advice."""
    for problem in problems:
        echo(f"{problem}{' (advice)' if problem.advice else ''}")
    return sum(not problem.advice for problem in problems)


def no_or_counted(number: int, noun: str) -> str:
    """Return "no problems", "one problem", "2 problems"."""
    return {0: f"no {noun}s", 1: f"one {noun}"}.get(number, f"{number} {noun}s")
