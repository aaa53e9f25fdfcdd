"""Look at this computer, or at an inspection on it: can it save, lock, keep and render?

examples:
  sqs doctor
  sqs doctor darlington-2012
  sqs doctor darlington-2012 --json

A line begins with ok, with ! (works, but look at it) or with x (does not work); exit 1 where any
does not begin with ok.  To try whether it can save, it writes a file and takes it away again.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import asdict

from sqs_core import __version__
from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.errors import RecordError
from sqs_core.platform.console import can_show_screens, is_utf8, refusal, screen_stream
from sqs_core.platform.shell import python as python_command
from sqs_core.platform.shell import quoted
from sqs_core.storage import diagnostics as computer
from sqs_core.storage.diagnostics import Finding
from sqs_core.storage.layout import INSPECTION, check_stays_inside
from sqs_core.text import one_line

SMALLEST = (60, 18)


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs doctor``."""
    parser.add_argument("dir", metavar="DIR", nargs="?", help="an inspection folder (default: this folder)")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print what was found; exit 1 where something deserves a look."""
    found = [*_program(), *_terminal(), *_folder(args.dir)]
    if args.json:
        echo_json({"findings": [asdict(finding) for finding in found]})
    else:
        for f in found:
            echo(f"{f.mark:<3}{f.what}" + (f"; {f.remedy}" if f.remedy else ""))
    return 0 if all(f.mark == "ok" for f in found) else 1


def _program() -> Iterator[Finding]:
    # Not the module platform: on Windows it asks the management service, which may hang.
    name = {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name)
    python = f"{name} {'.'.join(map(str, sys.version_info[:3]))}"
    yield Finding("ok", "program", f"sqs {__version__} on {python}, {sysconfig.get_platform()}")
    try:
        yield Finding("ok", "screens", f"textual {version('textual')} for the screens")
    except PackageNotFoundError:
        yield Finding(
            "x",
            "screens",
            "textual is not installed: no screens",
            f"{python_command()} -m pip install {quoted('textual>=8.2,<9')}",
        )


def _terminal() -> Iterator[Finding]:
    if not can_show_screens():
        yield Finding(
            "ok", "terminal", "no terminal here: the screens were not tried, all else works without"
        )
        return
    if why := refusal():
        what, _, remedy = why.partition("; ")
        yield Finding("!", "terminal", what, remedy)
        return
    stream = screen_stream()
    assert stream is not None
    name = "console" if sys.platform == "win32" else one_line(os.environ.get("TERM", ""), 40)
    colour = "no colour (NO_COLOR)" if os.environ.get("NO_COLOR") else "colour"
    size = os.get_terminal_size(stream.fileno())
    description = f"terminal {name}, {size.columns}×{size.lines}, {colour}"
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        least = f"{SMALLEST[0]}×{SMALLEST[1]}"
        yield Finding("!", "terminal", description, f"make the window larger: the screens need {least}")
    else:
        yield Finding("ok", "terminal", description)
    if not is_utf8(stream):
        encoding = getattr(stream, "encoding", None) or "not known"
        what = f"the encoding is {encoding}: the screens keep to ASCII"
        yield Finding("!", "encoding", what, "set LC_ALL=C.UTF-8, or another UTF-8 locale")


def _folder(given: str | None) -> Iterator[Finding]:
    folder = Path(given or ".")
    check_stays_inside(folder)
    inspection: list[Finding] = []
    if given is not None or (folder / INSPECTION).exists():
        inspection = [*_inspection(folder), *computer.rights(folder)]
    yield from (*computer.saving(folder), *computer.keeping(folder), *computer.room(folder))
    yield from (*computer.formats(), *inspection)


def _inspection(folder: Path) -> Iterator[Finding]:
    """Raise UsageError where there is none in ``folder``: then nothing is to be written to it either."""
    try:
        opened = open_folder(str(folder))
    except RecordError as error:
        for problem in error.problems:
            what = f"{problem.where}: {problem.what}" if problem.where else problem.what
            yield Finding("x", "inspection", what, problem.remedy)
    else:
        yield Finding("ok", "inspection", f"{opened.inspection.service}, under {opened.criteria.id}")
        yield from computer.needed(opened.inspection.needs)
