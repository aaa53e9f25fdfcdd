"""Write docs/sqs.1, the man page, from the parsers themselves: python docs/manpage.py [FILE]"""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from argparse_manpage import cli

from sqs_core import __version__

TITLE = "step through cases with the case manager, then write the letter"


def write(file: Path) -> None:
    """Write the page to ``file``, as wide as every terminal is."""
    os.environ["COLUMNS"] = "80"
    settings = {
        "module": "sqs_core.cli.parser",
        "function": "manual_parser",
        "project-name": "sqs",
        "prog": "sqs",
        "version": __version__,
        "description": TITLE,
        "manual-title": "Short Quality Screening",
        "output": "-",
    }
    sys.argv = [
        "argparse-manpage",
        *(word for key, value in settings.items() for word in (f"--{key}", value)),
    ]
    said = StringIO()
    with redirect_stdout(said):
        cli.main()
    file.write_text(said.getvalue(), encoding="utf-8")  # by itself it writes what the system prefers


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("sqs.1"))
