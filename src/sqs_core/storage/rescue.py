"""Copies of what could not be saved: kept for this person on this machine, outside the inspection.

They hold somebody's words about a case, so a purge has to know where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqs_core.errors import SqsError
from sqs_core.platform.drives import real_path
from sqs_core.platform.sharing import remove
from sqs_core.state import state_folder
from sqs_core.storage.atomic import ABSENT, ANY, StaleError, write_durably
from sqs_core.storage.fsync import sync_folder
from sqs_core.storage.hashing import content_hash
from sqs_core.storage.locks import lock_of
from sqs_core.storage.safe_read import names_in, read_bytes

KINDS_OF_A_CASE = ("case", "second", "agree", "override")
"""The kinds of record that are about one case, of those a copy is kept of."""
RECORDS = {"case": "cases/{}.toml", "interview": "interviews/{}.toml", "letter": "letter.toml"}
"""By the kind by which copies are called, the record of an inspection that they are of."""

NUMBERED = "~"
"""Before the number of a copy that had to stand beside another; no case has it in its reference."""


def rescue_folder() -> Path:
    """Where the copies are."""
    return state_folder() / "rescue"


def copy_name(folder: Path, kind: str, name: str) -> str:
    """What the copy of a record is called, such as ``leeds-1a2b3c4d-case-07.toml``.

    ``kind`` is "case", "second", "interview" or "letter"; ``name`` the case or person ("" for none).
    Two inspections in folders of one name have different copies.
    """
    import hashlib

    path = real_path(folder)
    which = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(part for part in (path.name, which, kind, name) if part) + ".toml"


def unsaved_copies(folder: Path) -> tuple[Path, ...]:
    """The copies newer than the record they are of: what was refused, and never saved after all.

    Of records of the inspection in ``folder`` itself; a copy that says what the record says is none.
    None where the copies cannot be looked at: whoever opens an inspection is not kept from it.
    """
    ours = copy_name(folder, "", "").removesuffix(".toml")
    copies = re.compile(rf"{re.escape(ours)}-({'|'.join(RECORDS)})(?:-(.+?))?(?:{NUMBERED}\d+)?\.toml")
    found: list[Path] = []
    with suppress(SqsError):
        for match in filter(None, map(copies.fullmatch, names_in(rescue_folder()))):
            copy, record = rescue_folder() / match[0], folder / RECORDS[match[1]].format(match[2])
            with suppress(OSError, SqsError):
                newer = copy.stat().st_mtime_ns > record.stat().st_mtime_ns
                if newer and read_bytes(copy) != read_bytes(record):
                    found.append(copy)
    return tuple(found)


def keep_copy(path: Path, data: bytes, over: str = "") -> Path:
    """Write ``data`` durably to ``path``, or beside it, and give where.

    Only the copy ``over`` is written over.  Any other one holds words that were never saved, of an
    earlier run perhaps: the new one is then called ``leeds-1a2b3c4d-case-07~2.toml``, and so on.
    Raises as :func:`sqs_core.storage.atomic.write_durably` does.
    """
    if over:
        write_durably(Path(over), data, expect=ANY)
        return Path(over)
    n, free = 1, path
    while True:
        try:
            write_durably(free, data, expect=ABSENT)
        except StaleError as error:
            if error.found == content_hash(data):
                return free  # the very same words
            n, free = n + 1, path.with_name(f"{path.stem}{NUMBERED}{n + 1}.toml")
        else:
            return free


def remove_copy(path: Path) -> None:
    """Take away a copy whose words are saved now.  One that stays does no harm."""
    with suppress(OSError):
        remove(path)
        remove(lock_of(path))
        sync_folder(path.parent)


def copies_of(folder: Path, case: str) -> Iterator[Path]:
    """The copies of what was recorded about ``case`` in the inspection ``folder``, their locks and all."""
    stems = (re.escape(copy_name(folder, kind, case).removesuffix(".toml")) for kind in KINDS_OF_A_CASE)
    names = "|".join(rf"{stem}(?:{NUMBERED}\d+)?\.toml" for stem in stems)
    ours = re.compile(rf"(?:{names})|\.+(?:{names})\..+")
    place = rescue_folder()
    yield from (place / name for name in names_in(place) if ours.fullmatch(name))
