"""Write a commented file to start a criteria version from; it lints clean as it is.

examples:
  sqs criteria new my-audit.toml
  sqs criteria new my-audit.toml --title "Audit of casework, spring 2027"
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.console import as_typed, echo_err
from sqs_core.errors import UsageError
from sqs_core.plugins import load_plugins
from sqs_core.storage.output import write_output

STARTING = "local-audit"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria new``."""
    parser.add_argument("file", metavar="FILE", help="the file to write; its name becomes the version's id")
    parser.add_argument("--title", default="Local audit of casework", help="the version's title")


def run(args: Namespace) -> int:
    """Write the file; UsageError where it is there already, or its name cannot be an id."""
    path = Path(args.file)
    stem = path.name.removesuffix(".toml")
    if path.suffix != ".toml" or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", stem):
        raise UsageError(f"'{args.file}' cannot be a criteria file; call it something like my-audit.toml")
    if path.exists():
        raise UsageError(f"there is a file {path} already; choose another name")
    if not args.title.isprintable() or not args.title.strip():
        raise UsageError("a title is one line of words")
    taken = sorted({offer.name for offer in load_plugins().criteria})
    if stem in taken:
        raise UsageError(f"there is a version '{stem}' already; choose another name than {', '.join(taken)}")
    text = load_plugins(plugins=False).criteria_file(STARTING).read_text(encoding="utf-8")
    write_output(path, started(text, stem, args.title).encode())
    given = as_typed(path)
    echo_err(f"sqs: wrote {path}; next: sqs criteria lint {given}   then: sqs criteria preview {given}")
    return 0


def started(text: str, name: str, title: str) -> str:
    """Return the starting file under a name and title of its own."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r'(?m)^id = "local-audit"', lambda _: f'id = "{name}"', text, count=1)
    text = re.sub(r'(?m)^title = ".*"$', lambda _: f'title = "{quoted}"', text, count=1)
    return text.replace("my-audit.toml", f"{name}.toml").replace("# A small audit of casework, to", "# To", 1)
