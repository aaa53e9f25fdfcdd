"""Write files that leave the program: whole or not at all, readable by their owner only.

The inspection folder remembers each file written by its content hash, so that a letter edited since is not
replaced without warning.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqs_core.errors import HeldError, NotSavedError, Problem, RecordError
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import CREATE, ORDINARY, make_folder, rename_over
from sqs_core.storage.layout import is_link
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import one_line

WRITTEN = ".rendered"


def write_output(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write ``data``, whole or as it comes, to ``path``, replacing what is there in one step.

    Unlike a record, a rendered file needs no lock: nobody edits it through the program.
    NotSavedError says why where it cannot be written; a file already there is then unchanged.
    """
    _check_ordinary(path)
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.part")
    try:
        descriptor = os.open(temporary, CREATE, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        rename_over(temporary, path)
    except BaseException as error:  # Ctrl-C too: no half file is left behind
        with suppress(OSError):
            temporary.unlink()
        if not isinstance(error, OSError):
            raise
        raise _not_written(path, error) from error


def check_not_edited(folder: Path, files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Raise HeldError naming each of ``files`` that is there, and is not what was rendered from ``folder``.

    A file that already holds the very bytes is no obstacle; ``force`` removes every one.
    """
    edited = []
    known: frozenset[str] | None = None
    for path, data in files.items():
        try:
            _check_inside(folder, path)
            _check_ordinary(path)
            there = path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _not_written(path, error) from error
        if there == data or force:
            continue
        known = _written(folder) if known is None else known
        if content_hash(there) not in known:
            edited.append(
                Problem(
                    one_line(str(path)),
                    "is there, and is not as it was rendered from this inspection: it may have been edited",
                    "write to another file, or replace it with --force",
                )
            )
    if edited:
        raise HeldError(*edited)


def write_rendered(folder: Path, path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` and remember in ``folder`` that it was rendered from there.

    Where that cannot be remembered the file is written all the same, and replacing it needs ``--force``.
    """
    _check_inside(folder, path)
    try:
        make_folder(path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    write_output(path, data)
    line = content_hash(data)
    if line not in _written(folder):
        with suppress(OSError):
            descriptor = os.open(folder / WRITTEN, os.O_WRONLY | os.O_CREAT | os.O_APPEND | ORDINARY, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                if stat.S_ISREG(os.fstat(descriptor).st_mode):
                    file.write(line + "\n")


def write_outputs(
    folder: InspectionFolder,
    files: Mapping[Path, bytes],
    what: str,
    details: Mapping[str, Any],
    *,
    force: bool = False,
) -> None:
    """Write ``files``, each whole or not at all, and enter that they left the machine.

    HeldError, and none is written, where one would replace a file that is not as it was made
    from this inspection; ``force`` replaces it.  ``what`` is "render" or "export", with what
    the history shall say of it in ``details``.
    """
    check_not_edited(folder.path, files, force=force)
    for path, data in files.items():
        write_rendered(folder.path, path, data)
    log_output(folder, what, details)


def _written(folder: Path) -> frozenset[str]:
    try:
        return frozenset(read_bytes(folder / WRITTEN).decode("ascii", "replace").splitlines())
    except RecordError:
        return frozenset()


def _check_inside(folder: Path, path: Path) -> None:
    """Raise NotSavedError where ``path`` is in ``folder`` and a link there leads elsewhere."""
    if folder in path.parents:
        steps = [path, *path.parents]
        if any(is_link(step) for step in steps[: steps.index(folder)]):
            what = "not written: a link stands there, and no inspection is followed out of its folder"
            raise NotSavedError(Problem(one_line(str(path)), what, "choose another place with -o"))


def _check_ordinary(path: Path) -> None:
    """Raise NotSavedError where something that is no file stands at ``path``: a device, a pipe, a folder."""
    try:
        there = path.stat()
    except OSError:
        return  # nothing, or a link that leads nowhere: that is replaced by the file
    # /dev/stdout may lead to a file; but it is the link that would be replaced.
    links = path.is_symlink() and path.absolute().parts[:2] in (("/", "dev"), ("/", "proc"))
    if links or not stat.S_ISREG(there.st_mode):
        what = "not written: what stands there is no ordinary file"
        raise NotSavedError(Problem(one_line(str(path)), what, "name a file; -o - writes to standard output"))


def _not_written(path: Path, error: OSError) -> NotSavedError:
    what = f"not written: {error.strerror or error}"
    return NotSavedError(Problem(one_line(str(path)), what, "choose another place with -o"))
