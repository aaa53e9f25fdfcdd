"""What every command shares: data on stdout, words on stderr, and saving with a retry."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqs_core.text import counted as counted

if TYPE_CHECKING:
    from sqs_core.records.session import Session
    from sqs_core.storage.folder import InspectionFolder

ATTEMPTS = 5


def say(words: str) -> None:
    """Words for the person at the keyboard, on stderr."""
    from sqs_core.text import shown

    sys.stderr.write(shown(words) + "\n")


def put(text: str) -> None:
    """Data, on stdout, with everything a terminal would act on made visible instead."""
    from sqs_core.text import shown

    sys.stdout.write(shown(text) + "\n")


def as_typed(path: str | Path) -> str:
    """``path`` as it is to be typed into a shell, for a command that is proposed."""
    from sqs_core.platform.shell import quoted

    return quoted(path)


def refuse_file(path: str | Path) -> None:
    """UsageError where ``path`` is to be made a folder, and a file is there."""
    from sqs_core.errors import UsageError

    if Path(path).is_file():
        raise UsageError(f"{path} is a file; name a folder to make")


def columns() -> int:
    """How wide text for people may be: the terminal's width, and 80 where stdout is none."""
    import os

    try:
        return max(60, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):  # a pipe or a file; or no real stream at all
        return 80


def put_json(data: Any) -> None:
    """One JSON document on stdout, which is UTF-8: ASCII where stdout has another encoding."""
    import json

    from sqs_core.platform.console import is_utf8

    sys.stdout.write(json.dumps(data, ensure_ascii=not is_utf8(sys.stdout), indent=1) + "\n")


def takes_folder(parser: ArgumentParser) -> None:
    """The argument DIR: the inspection folder."""
    parser.add_argument("dir", metavar="DIR", help="the inspection folder")


def takes_json(parser: ArgumentParser) -> None:
    """The option --json."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of words")


def takes_second(parser: ArgumentParser) -> None:
    """The option --second."""
    parser.add_argument("--second", action="store_true", help="the second marking of the case")


def takes_who(parser: ArgumentParser) -> None:
    """The option --who, of a command and of each action: argparse hands nothing back from those."""
    parser.add_argument("--who", default=SUPPRESS, metavar="INITIALS", help="who does this (SQS_WHO)")


def open_folder(path: str, *, second: bool = False) -> InspectionFolder:
    """The inspection folder at ``path``; with ``second``, as the second inspector sees it."""
    from sqs_core.errors import SqsError, UsageError
    from sqs_core.storage.actor import current_actor
    from sqs_core.storage.folder import open_inspection
    from sqs_core.storage.layout import INSPECTION

    try:
        folder = open_inspection(path, actor=current_actor(say))
    except SqsError:
        given = Path(path)
        if given.is_file():
            inside = given.parent if given.name == INSPECTION else "FOLDER"
            raise UsageError(
                f"{path} is a file, and an inspection is a folder: give {inside} instead"
            ) from None
        raise
    if not second:
        return folder
    from sqs_core.storage.moderation.second import as_second

    return as_second(folder)


def change_case(
    folder: InspectionFolder,
    case: str,
    change: Callable[[Session], Session],
    *,
    expect: str | None = None,
) -> tuple[Session, str]:
    """Read ``case``, change it and save it; gives the session after it and the hash on disk.

    With ``expect``, HeldError where the record on disk is another.  Without it, a record that
    someone else saved in between is read again and changed, so that neither change is lost.
    """
    from sqs_core.errors import HeldError
    from sqs_core.records.session import Session

    for attempt in range(1, ATTEMPTS + 1):
        stored = folder.case(case)
        if expect is not None and stored.hash != expect:
            raise HeldError(
                f"case {case} has changed since you read it: it is now {stored.hash}; "
                f"look at it with 'sqs show', then answer again"
            )
        session = change(Session(folder.criteria, stored.record))
        if session.record == stored.record:
            # Perhaps because an earlier try was stopped after the save: then its entry is still due.
            folder.journal.enter_missed(folder.name_of(case))
            return session, stored.hash
        try:
            return session, folder.save_case(session.record, expect=stored.hash)
        except HeldError:
            if expect is not None or attempt == ATTEMPTS:
                raise
    raise AssertionError("the loop either returns or raises")


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """``rows`` in columns two blanks apart, those in ``right`` set to the right."""
    rows = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
