"""Before there is an inspection: make one, open one, or try it with made-up cases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqs_core import DEFAULT_CRITERIA
from sqs_core.cli.new import read_dates
from sqs_core.cli.plain.ends import Quit
from sqs_core.cli.plain.saving import sentence
from sqs_core.cli.plain.talk import Talk, counted
from sqs_core.errors import SqsError, UsageError
from sqs_core.records.inspection import Inspection, Lead
from sqs_core.state import path_typed
from sqs_core.storage.actor import current_actor
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.create import new_inspection
from sqs_core.storage.example import write_example
from sqs_core.storage.folder import INSPECTION, InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.moderation.second import as_second
from sqs_core.text import whole_number

MOST_CASES = 999
SAVED = "Everything entered is saved."
THROWN_AWAY = "The practice was thrown away."


@contextmanager
def folder_wanted(talk: Talk, path: Path, *, second: bool = False) -> Iterator[tuple[InspectionFolder, str]]:
    """The inspection at ``path``; where there is none, one that the person makes, opens or tries.

    With it comes the sentence that is true of what was entered when the conversation ends.
    With ``second`` it is an inspection as the second inspector sees it, and has to be there.
    """
    if second:
        yield _second(talk, path), SAVED
        return
    if (path / INSPECTION).exists():
        yield _opened(talk, path), SAVED
        return
    talk.say(
        f"There is no inspection in {'this folder' if path == Path() else path}.",
        '"new" makes one there: three questions. "open" and a folder opens another. '
        '"try" is for trying it with made-up cases; nothing is kept. "quit" stops.',
    )
    while True:
        typed = talk.ask("Start:")
        word, _, rest = typed.partition(" ")
        found = None
        try:
            if word.lower() in ("new", "n"):
                found = _new(talk, path, rest.strip())
            elif word.lower() in ("open", "o") and rest.strip():
                found = _opened(talk, path_typed(rest))
        except SqsError as error:
            talk.say(sentence(error))
            continue
        if found:
            yield found, SAVED
            return
        if word.lower() in ("try", "t"):
            with tempfile.TemporaryDirectory(prefix="sqs-try-") as folder:
                talk.say("Practice with made-up cases. Nothing here is kept.")
                yield write_example(Path(folder) / "practice")[0], THROWN_AWAY
            return
        if word.lower() in ("quit", "q", "exit", "bye"):
            raise Quit
        talk.say('Type "new", "open FOLDER", "try" or "quit".')


def _opened(talk: Talk, path: Path) -> InspectionFolder:
    """The inspection at ``path``; that it was opened is entered in its history."""
    folder = open_inspection(path, actor=current_actor(talk.say))
    log_opening(folder)
    return folder


def _second(talk: Talk, path: Path) -> InspectionFolder:
    """The second markings of the inspection at ``path``; UsageError where none was drawn."""
    folder = as_second(open_inspection(path, actor=current_actor(talk.say)))
    if not folder.case_ids():
        raise UsageError("no case was drawn for a second marking; 'sqs second draw' draws some")
    log_opening(folder)
    talk.say('Second marking: the cases drawn for it, and nothing of the first. "finish" ends one for good.')
    return folder


def _new(talk: Talk, path: Path, where: str) -> InspectionFolder:
    """Ask the three questions, and the place, and make the inspection."""
    folder = path_typed(where) if where else path
    if (folder / INSPECTION).exists():
        raise UsageError(f'there is an inspection in {folder} already; "open {folder}" opens it')
    if folder == Path():
        folder = path_typed(_answer(talk, "Folder to make (it is not made in the one you are in):"))
    service = _answer(talk, "Which service? For example Leeds Youth Justice Service:")
    while True:
        try:
            first, last = read_dates(_answer(talk, "Which days? For example 2026-11-23..2026-11-25:"))
            break
        except SqsError as error:
            talk.say(sentence(error).replace("--dates ", ""))
    while True:
        typed = _answer(talk, "How many cases?")
        cases = whole_number(typed)
        if cases is not None and cases <= MOST_CASES:
            break
        talk.say(f"A number from 0 to {MOST_CASES}, please.")
    criteria = load_criteria(DEFAULT_CRITERIA)
    inspection = Inspection(
        service=service,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        first_day=first,
        last_day=last,
        lead=Lead(""),
    )
    made = new_inspection(folder, inspection, criteria, cases=cases)
    talk.say(f"Made {folder}: {service}, {counted(cases, 'blank case')}, criteria {criteria.id}.")
    return made


def _answer(talk: Talk, prompt: str) -> str:
    while not (typed := talk.ask(prompt)):
        talk.say("Something has to be typed here; Ctrl-C stops.")
    return typed
