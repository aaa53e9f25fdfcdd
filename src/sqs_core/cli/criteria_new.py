"""Write a commented file to start a criteria version from; it lints clean as it is.

examples:
  sqs criteria new my-audit.toml
  sqs criteria new my-audit.toml --title "Audit of casework, spring 2027"
  sqs criteria new york-2025.toml --from hmip-youth-2025     to put in what it lacks: bands, questions

--from writes the file of a version under a name of its own. The bands of its ratings stand under
[[rollups]], what it lacks under [[missing]]. Then: sqs new DIR --criteria ./york-2025.toml
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import as_typed, echo_err
from sqs_core.errors import UsageError
from sqs_core.plugins import load_plugins
from sqs_core.storage.library import criteria_file
from sqs_core.storage.output import write_output

STARTING, TITLE = "local-audit", "Local audit of casework"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria new``."""
    parser.add_argument("file", metavar="FILE", help="the file to write; its name becomes the version's id")
    parser.add_argument("--title", help="the version's title (Local audit of casework, or that of --from)")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="ID",
        default=STARTING,
        help=f"the version to start from ({STARTING})",
        completer=criteria_ids,
    )


def run(args: Namespace) -> int:
    """Write the file; UsageError where it is there already, or its name cannot be an id."""
    path = Path(args.file)
    stem = path.name.removesuffix(".toml")
    if path.suffix != ".toml" or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", stem):
        sheet = path.suffix.lower() in (".xlsx", ".ods", ".xls", ".csv")
        workbook = f"sqs criteria export {STARTING} --to {as_typed(path.with_suffix('.xlsx'))}"
        how = f"for a workbook: {workbook}, fill it in, then sqs criteria import" if sheet else ""
        how = how or "call it something like my-audit.toml"
        raise UsageError(f"'{args.file}' cannot be a criteria file; {how}")
    if path.exists():
        raise UsageError(f"there is a file {path} already; choose another name")
    title = args.title or (TITLE if args.source == STARTING else None)
    if args.title is not None and not (args.title.isprintable() and args.title.strip()):
        raise UsageError("a title is one line of words")
    taken = sorted({offer.name for offer in load_plugins().criteria})
    if stem in taken:
        raise UsageError(f"there is a version '{stem}' already; choose another name than {', '.join(taken)}")
    criteria, data = criteria_file(args.source)
    write_output(path, started(data.decode(), criteria.id, stem, title).encode())
    given = as_typed(path)
    echo_err(f"sqs: wrote {path}; next: sqs criteria lint {given}   then: sqs criteria preview {given}")
    return 0


def started(text: str, version: str, name: str, title: str | None) -> str:
    """Return the file of ``version`` under a name of its own, and the ``title`` where one is given."""
    text = re.sub(rf'(?m)^id = "{re.escape(version)}"', lambda _: f'id = "{name}"', text, count=1)
    if title is not None:
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        text = re.sub(r"(?m)^title = .*$", lambda _: f'title = "{quoted}"', text, count=1)
    return text.replace("my-audit.toml", f"{name}.toml").replace("# A small audit of casework, to", "# To", 1)
