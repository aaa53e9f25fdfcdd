"""Before there is an inspection: make one, open one, or try it with made-up cases."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqs_core.cli.plain.line_io import LineIO, Quit
from sqs_core.cli.plain.saving import sentence
from sqs_core.errors import SqsError, UsageError
from sqs_core.records.dates import read_dates
from sqs_core.state import at_home, path_typed
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.audit.journal import current_actor
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION
from sqs_core.storage.moderation.second import NONE_DRAWN, as_second
from sqs_core.storage.rescue import unsaved_copies
from sqs_core.text import counted
from sqs_core.workflow.commands import word_called
from sqs_core.workflow.starting import MOST_CASES, new_inspection, number_of_cases

SAVED = "Everything entered is saved."
THROWN_AWAY = "The practice was thrown away."
T = TypeVar("T")


@contextmanager
def folder_wanted(io: LineIO, path: Path, *, second: bool = False) -> Iterator[tuple[InspectionFolder, str]]:
    """Give the inspection at ``path``; where there is none, one that the person makes, opens or tries.

    With it comes the sentence that is true of what was entered when the conversation ends.
    With ``second`` it is an inspection as the second inspector sees it, and has to be there.
    """
    if second:
        yield _second(io, path), SAVED
        return
    if (path / INSPECTION).exists():
        yield _opened(io, path), SAVED
        return
    io.say(
        f"There is no inspection in {'this folder' if path == Path() else path}.",
        '"new" makes one there: three questions. "open" and a folder opens another. '
        '"try" is for trying it with made-up cases; nothing is kept. "quit" stops.',
    )
    while True:
        found = word_called(io.ask("Start:"), "start")
        word, rest = (found[0].word, found[1]) if found else ("", "")
        made = None
        try:
            if word == "new":
                made = _new(io, path, rest)
            elif word == "open" and rest:
                made = _opened(io, path_typed(rest))
        except SqsError as error:
            io.say(sentence(error))
            continue
        if made:
            yield made, SAVED
            return
        if word == "try":
            with tempfile.TemporaryDirectory(prefix="sqs-try-") as folder:
                io.say("Practice with made-up cases. Nothing here is kept.")
                yield write_example(Path(folder) / "practice")[0], THROWN_AWAY
            return
        if word == "quit":
            raise Quit
        io.say('Type "new", "open FOLDER", "try" or "quit".')


def _opened(io: LineIO, path: Path) -> InspectionFolder:
    """Open the inspection at ``path``, enter that in its history, and tell of copies never saved."""
    folder = open_inspection(path, actor=current_actor(io.say))
    log_opening(folder)
    for copy in unsaved_copies(folder.path):
        io.say(f"To look at: what could not be saved was kept in {at_home(copy)}.")
    return folder


def _second(io: LineIO, path: Path) -> InspectionFolder:
    """Open the second markings of the inspection at ``path``; UsageError where none was drawn."""
    folder = as_second(open_inspection(path, actor=current_actor(io.say)))
    if not folder.case_ids():
        raise UsageError(NONE_DRAWN)
    log_opening(folder)
    io.say('Second marking: the cases drawn for it, and nothing of the first. "finish" ends one for good.')
    return folder


def _new(io: LineIO, path: Path, where: str) -> InspectionFolder:
    """Ask the three questions, and the place, and make the inspection."""
    folder = path_typed(where) if where else path
    if (folder / INSPECTION).exists():
        raise UsageError(f'there is an inspection in {folder} already; "open {folder}" opens it')
    if folder == Path():
        folder = path_typed(_answer(io, "Folder to make (it is not made in the one you are in):"))
    service = _answer(io, "Which service? For example Leeds Youth Justice Service:")
    dates = _taken(io, "Which days? For example 2026-11-23..2026-11-25:", lambda d: read_dates(d) and d)
    cases = _taken(io, "How many cases?", number_of_cases, f"A number from 0 to {MOST_CASES}, please.")
    made = new_inspection(folder, service, dates, cases)
    io.say(f"Made {folder}: {service}, {counted(cases, 'blank case')}, criteria {made.criteria.id}.")
    return made


def _taken(io: LineIO, prompt: str, read: Callable[[str], T], refused: str = "") -> T:
    while True:
        try:
            return read(_answer(io, prompt))
        except SqsError as error:
            io.say(refused or sentence(error))


def _answer(io: LineIO, prompt: str) -> str:
    while not (typed := io.ask(prompt)):
        io.say("Something has to be typed here; Ctrl-C stops.")
    return typed
