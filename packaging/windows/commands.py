"""Run by Windows' Python: one command of sqs after the other, from a file with one a line.

    python commands.py LINES

A bar in a line stands for a blank inside a word.  After what a command printed comes a line with the exit
code it gave: one process for all of them, as each start takes seconds under Wine.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from sqs_core.cli import main
from sqs_core.platform.console import prepare_streams


def run(lines: Path) -> None:
    """Run each command of the file, and print after each the exit code that it gave."""
    prepare_streams()
    for line in lines.read_text("utf-8").splitlines():
        try:
            code: object = main([word.replace("|", " ") for word in line.split(" ")])
        except SystemExit as error:  # argparse's
            code = error.code
        except BaseException:
            code = traceback.format_exc()
        sys.stderr.flush()
        print(f"##### {code} {line}", flush=True)


if __name__ == "__main__":  # the child that a plugin is run in loads this file too
    run(Path(sys.argv[1]))
