"""Write the transcript in docs/plain-mode.md: the real program, what is typed, a clock that stands still.

    PYTHONPATH=src:criteria python docs/transcript.py

What is typed is in ``TYPED``; everything else in the transcript is what the program printed.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqs_core.cli.plain.conversation import converse
from sqs_core.cli.plain.line_io import LineIO

PAGE = Path(__file__).with_name("plain-mode.md")
BEGIN, END = "<!-- transcript: written by docs/transcript.py -->\n```text\n", "```\n<!-- end -->\n"

TYPED = """\
new
Leeds Youth Justice Service
2026-11-23..2026-11-25
3
1
CN
KM
yes
yes
no
no
yes
done
n
1 7
1

Asset of 12 Oct: the judgement on lifestyle has no evidence.
Nothing on the aunt in Llŷn, where the young person now lives.
.
said
The care arrangement changed the week after.
.
learning
Update the assessment when a young person moves.
.

yes

shared
1

shared
guidance
3.1
yes
back
later ask for the plan of November

y

plan of November was not on the file
n
1

.
keep
undo
redo
facts
7 no
7 yes

yes
done

y

y

y

y

y

k

y

1

takeaway
board 1.1
letter 1.1
report text letter.txt
quit
"""


def transcript() -> str:
    """The conversation as the program prints it when ``TYPED`` is typed in an empty folder."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        lines = LineIO(io.BytesIO(TYPED.encode()), out, echo=True)
        code = converse(lines, Path("leeds"), None, why="--plain", now=clock())
    if code:
        raise AssertionError(f"the conversation ended with {code}")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def clock() -> Callable[[], datetime]:
    """A clock that goes on by seven seconds each time it is looked at."""
    now = datetime(2026, 11, 23, 14, 2, 2)

    def look() -> datetime:
        nonlocal now
        now += timedelta(seconds=7)
        return now

    return look


def page(old: str) -> str:
    """The page with its transcript as the program prints it today."""
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + transcript() + END + after


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
