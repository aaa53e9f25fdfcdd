"""A text of a record in the person's own editor: VISUAL, else EDITOR, else Notepad on Windows.

The editor is given a file of its own beside the record (``cases/.07.toml.roh.plan.evidence.txt``),
for its owner only, and whatever the editor leaves beside it goes when it ends: what is noted about
a case stands nowhere but in the inspection folder, and 'sqs purge' finds it there.

The file stays until :func:`put_away` is told that its words are saved in the record; it outlives a
crash, a save that fails, and what could not be read back.  It is offered again when the same text is
next opened in the editor, so that nothing typed is lost.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Literal

from attrs import frozen

from sqs_core.errors import HeldError, Problem, RecordError, SqsError, UsageError
from sqs_core.platform.shell import split_command
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import CREATE, close_quietly, make_folder, not_saved, remove, write_all
from sqs_core.storage.layout import LETTER, inside
from sqs_core.storage.locks import holder_of, lock_of, locked
from sqs_core.storage.safe_read import names_in, open_ordinary, parse_toml, read_bytes
from sqs_core.text import one_line, without_forbidden

LARGEST: Final = 200_000
"""Bytes that are taken back from an editor; the longest notes are a fiftieth of it."""

_CRASHED: Final = 0xC0000000
"""From here on an exit code of Windows is no choice of the editor's, but what ended it."""
TextKind = Literal["case", "letter"]


@frozen
class TextOf:
    """Which text: ``what`` of the record ``name`` of a kind, such as "roh.plan.evidence" of case 07."""

    folder: InspectionFolder
    kind: TextKind
    name: str
    what: str


@frozen
class Edited:
    """What came back: the text, how many characters no record may hold were left out, and whether

    the editor was opened on a text left behind by an earlier run instead of the record's.
    """

    text: str
    dropped: int = 0
    resumed: bool = False


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the person's editor; UsageError where none is named."""
    for name in ("VISUAL", "EDITOR"):
        words = environment.get(name, "").strip()
        if words:
            try:
                return split_command(words)
            except ValueError:
                raise UsageError(f"the quotes in the variable {name} do not pair; mend it") from None
    if sys.platform == "win32":
        return ["notepad"]
    raise UsageError("no editor is set: name one in the variable VISUAL or EDITOR, then start again")


def edited(which: TextOf, text: str, environment: Mapping[str, str]) -> Edited:
    """Return ``text``, which is ``which`` of a record, as changed in the person's editor.

    ``environment`` is the editor's own.  Returns once the editor has ended; what it changed stays beside
    the record until :func:`put_away`.  UsageError where there is no editor or it cannot be started, or
    where it ended with an error and changed nothing; HeldError while the same text is open in another;
    RecordError where what it left cannot be read, or was left with an error, and that stays beside the
    record.  In each case the text is as it was.
    """
    command = editor_command(environment)
    path = _file_of(which)
    before = (text + "\n" if text else "").encode()
    try:
        make_folder(path.parent)
        with _held(path):
            resumed = _put(path, before)
            code = _run([*command, str(path)], environment, path, resumed=resumed)
            found = _taken(path, code, before)
            kept, dropped = without_forbidden(found)
            kept = kept.strip("\n")
            if kept == text:
                _clear(path)
    except OSError as error:
        raise not_saved(path, error) from None
    return Edited(kept, dropped, resumed)


def put_away(which: TextOf) -> bool:
    """Take away the editor's file of ``which`` if its words stand in the record; whether none is left.

    To be called once the record is saved; it looks for itself, so calling it too early loses nothing.
    """
    path = _file_of(which)
    if not path.exists():
        return True
    try:
        left = without_forbidden(read_bytes(path, most=LARGEST).decode("utf-8-sig"))[0].strip("\n")
        record = parse_toml(read_bytes(_record(which.folder, which.kind, which.name)), "", end_mark=False)
        with _held(path):
            if any(left in text for text in _texts(record)):
                _clear(path)
    except (OSError, SqsError, UnicodeDecodeError):  # it stays, and is offered again
        return False
    return not path.exists()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def left_behind(folder: InspectionFolder, case: str) -> tuple[str, ...]:
    """Return which texts of ``case`` were left beside its record, and are open in no editor now."""
    record = _record(folder, "case", case)
    ours = re.compile(rf"\.{re.escape(record.name)}\.(.+)\.txt")
    found = [match[1] for name in names_in(record.parent) if (match := ours.fullmatch(name))]
    return tuple(what for what in found if not _is_held(_file_of(TextOf(folder, "case", case, what))))


def _record(folder: InspectionFolder, kind: TextKind, name: str) -> Path:
    if kind == "letter":
        return folder.path / LETTER
    return inside(folder.path, folder.name_of(name))


def _file_of(which: TextOf) -> Path:
    record = _record(which.folder, which.kind, which.name)
    return record.with_name(f".{record.name}.{re.sub('[^A-Za-z0-9.-]', '-', which.what)[:80]}.txt")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    try:
        with locked(path, patience=0.1) as lock:
            lock.holding("")
            try:
                yield
            finally:  # nobody else looks for the lock of a file that is gone
                if sys.platform != "win32":
                    lock.path.unlink(missing_ok=True)
    except HeldError:
        raise HeldError(f"this text is open in an editor already: {holder_of(path)} has it") from None
    finally:
        if sys.platform == "win32":  # where what is open, here or by another, cannot be taken away
            with suppress(OSError):
                lock_of(path).unlink(missing_ok=True)


def _is_held(path: Path) -> bool:
    try:
        with _held(path):
            return False
    except (OSError, SqsError):
        return True


def _put(path: Path, data: bytes) -> bool:
    """Write the text to its file; whether one was left there, which is then opened instead."""
    try:
        fd = os.open(path, CREATE, 0o600)
    except FileExistsError:
        # Where it says what the record says it was saved, and only not put away.  What is no file is
        # refused: the editor would follow a link out of the inspection.
        close_quietly(open_ordinary(path))
        return _with_lf(path.read_bytes()) != data
    try:
        write_all(fd, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)
    return False


def _run(command: Sequence[str], environment: Mapping[str, str], path: Path, *, resumed: bool) -> int:
    try:
        return subprocess.run(_started(command, environment), env=dict(environment), check=False).returncode
    except (OSError, ValueError) as error:
        if not resumed:
            _clear(path)
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise UsageError(
            f"the editor '{one_line(command[0], 40)}' could not be started ({reason}); "
            "the variable VISUAL or EDITOR names it"
        ) from None


def _started(command: Sequence[str], environment: Mapping[str, str]) -> Sequence[str] | str:
    """Return the command as the system starts it: Windows needs to be told that ``code`` is code.cmd."""
    if sys.platform != "win32":
        return command
    found = shutil.which(command[0], path=environment.get("PATH")) or command[0]
    if found.lower().endswith((".cmd", ".bat")):
        # cmd reads these, and each word has to be in quotes for it: a folder may be called "R&D".
        return " ".join(f'"{word}"' for word in (found, *command[1:]))
    return [found, *command[1:]]


def _taken(path: Path, code: int, before: bytes) -> str:
    """Return what the editor left; the text stays as it was where that cannot be taken."""
    try:
        data = read_bytes(path, most=LARGEST)
    except RecordError as error:
        raise _kept(path, f"what the editor left cannot be taken ({error.problems[0].what})") from None
    if code != 0:
        why = f"the editor ended with an error ({code})"
        if code < 0:
            why = f"the editor was ended (signal {-code})"
        elif sys.platform == "win32" and code >= _CRASHED:
            why = f"the editor was ended (0x{code:08X})"
        # An error is how one tells an editor to give up; but what it wrote before may be somebody's words.
        if _with_lf(data) != before:
            raise _kept(path, why)
        _clear(path)
        raise UsageError(f"{why}; the text is as it was")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        raise _kept(path, "what the editor left is not UTF-8") from None


def _with_lf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _kept(path: Path, why: str) -> RecordError:
    what = f"{why}; the text is as it was"
    remedy = (
        f"the editor's is kept as {path.parent.name}/{path.name}, and opened when this text is next edited"
    )
    return RecordError(Problem("", what, remedy, "R041"))


def _clear(path: Path) -> None:
    """Take away the file, and the copies that editors make of it under names that hold its own."""
    with suppress(OSError):
        for beside in list(path.parent.iterdir()):
            if path.name in beside.name and not beside.name.endswith((".lock", ".held")):
                with suppress(OSError):
                    remove(beside)
