"""Running a command in this process, and everything that it said."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from sqs_core.cli import main as sqs


class Ran(NamedTuple):
    """How a command ended; ``raised`` names what it raised and where."""

    code: int
    out: str = ""
    err: str = ""
    raised: str = ""


def ran(argv: list[str], typed: str = "", command: Callable[[list[str]], int] = sqs) -> Ran:
    """Run ``command`` with ``typed`` as its standard input."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(typed.encode()))
    code, raised = 1, ""
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = command(argv)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        at = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        raised = f"{type(error).__name__} at {at}"
    finally:
        sys.stdin = stdin
    said = [one.buffer.getvalue().decode("utf-8", "replace") for one in (out, err)]  # type: ignore[attr-defined]
    return Ran(code, *said, raised)
