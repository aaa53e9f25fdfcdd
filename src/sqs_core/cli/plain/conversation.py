"""The conversation: plain mode over one inspection, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqs_core.cli.plain.at_a_question import AtAQuestion
from sqs_core.cli.plain.cases import CasesRoom
from sqs_core.cli.plain.decisions import DecisionWords
from sqs_core.cli.plain.details import DetailsRoom
from sqs_core.cli.plain.facts import FactsRoom
from sqs_core.cli.plain.in_a_case import InACase
from sqs_core.cli.plain.left import LeftRoom
from sqs_core.cli.plain.letter import TheLetter
from sqs_core.cli.plain.line_io import Ended, LineIO, NotKept, Quit, Stopped
from sqs_core.cli.plain.lists import ListRoom
from sqs_core.cli.plain.moving import Moving
from sqs_core.cli.plain.of_the_inspection import OfTheInspection
from sqs_core.cli.plain.question import QuestionRoom
from sqs_core.cli.plain.review import ReviewRoom
from sqs_core.cli.plain.start import SAVED, folder_wanted
from sqs_core.cli.plain.workspace import PlainWorkspace
from sqs_core.workflow.navigation import CASES, Location

UNSAVED = 5
STOPPED = 128  # and the signal's number: 130 for Ctrl-C


class PlainMode(Moving, AtAQuestion, InACase, OfTheInspection, TheLetter, DecisionWords):
    """Every word and every room."""

    rooms = {  # noqa: RUF012  as cmd.Cmd has its own
        "cases": CasesRoom,
        "facts": FactsRoom,
        "question": QuestionRoom,
        "review": ReviewRoom,
        "details": DetailsRoom,
        "list": ListRoom,
        "left": LeftRoom,
    }


def converse(
    io: LineIO,
    path: Path,
    case: str | None,
    *,
    why: str,
    now: Callable[[], datetime],
    second: bool = False,
) -> int:
    """Talk about the inspection at ``path`` until it ends; gives the exit code.

    ``why`` is why plain mode is on, ``now`` the clock, ``second`` whether it is the second markings that
    are worked on.  0 where the person quits or the input ends; 128 and the number where a signal came;
    5 where something typed could not be saved.

    Raises:
        UsageError: there is no such case.
    """
    io.say(f'[plain mode: on, because of {why}. Type a number or a word. "help" lists words.]')
    kept = SAVED
    try:
        with folder_wanted(io, path, second=second) as (folder, kept):
            PlainMode(
                PlainWorkspace(folder, io, now), Location("question", case) if case else CASES
            ).cmdloop()
    except Quit:
        io.say(kept)
    except Ended:
        io.say(f"The input ended. {kept}")
    except NotKept:
        io.say("Stopped with something not saved.")
        return UNSAVED
    except Stopped as stop:
        with suppress(OSError):  # the terminal may be gone, and that have been the signal
            io.say(f"Stopped. {kept}")
        return STOPPED + stop.number
    return 0
