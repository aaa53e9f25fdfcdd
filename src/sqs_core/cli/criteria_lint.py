"""Every problem of criteria files at once: code, file and line, what is wrong, what cures it.

examples:
  sqs criteria lint my-audit.toml
  sqs criteria lint criteria/*.toml --json

Exit 0 where there is nothing to mend (advice stops nothing), 1 where there is.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.storage.lint_files import lint_criteria_file


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria lint``."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="criteria files")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Lint each file."""
    found = {file: lint_criteria_file(Path(file)) for file in args.files}
    problems = [problem for problems in found.values() for problem in problems]
    if args.json:
        rows = [
            {
                "file": file,
                "line": int(p.where.rpartition(":")[2]) if p.where.rpartition(":")[2].isdigit() else None,
                "code": p.code,
                "what": p.what,
                "remedy": p.remedy,
                "advice": p.advice,
            }
            for file, listed in found.items()
            for p in listed
        ]
        echo_json({"format": 1, "files": args.files, "problems": rows})
    else:
        for problem in problems:
            echo(f"{problem}{' (advice)' if problem.advice else ''}")
    findings = sum(not problem.advice for problem in problems)
    advice = len(problems) - findings
    files = "one file" if len(found) == 1 else f"{len(found)} files"
    many = "no problems" if not findings else "one problem" if findings == 1 else f"{findings} problems"
    echo_err(f"sqs: {files}, {many}" + (f", {advice} to look at" if advice else ""))
    return 1 if findings else 0
