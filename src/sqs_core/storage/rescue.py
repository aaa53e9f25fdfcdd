"""Keep copies of what could not be saved, for this person on this machine, outside the inspection.

A copy is reported until its words are saved, or it is thrown away on purpose.  It holds somebody's words
about a case, so a purge has to know where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from attrs import define

from sqs_core.criteria import Criteria
from sqs_core.errors import RecordError, SqsError, UsageError
from sqs_core.platform.drives import real_path
from sqs_core.state import state_folder
from sqs_core.storage.atomic import ABSENT, ANY, StaleError, content_hash, write_durably
from sqs_core.storage.audit.history_versions import versions
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.fsync import remove, sync_folder
from sqs_core.storage.layout import CASES, INTERVIEWS, LETTER, SECOND, TOML, case_of, inside
from sqs_core.storage.locks import lock_of
from sqs_core.storage.record_files import encode
from sqs_core.storage.safe_read import names_in, parse_toml, read_bytes

KINDS_OF_A_CASE = ("case", "second", "agree", "override")
"""The kinds of record that are about one case, of those a copy is kept of."""

RECORDS: Final = {
    "case": f"{CASES}/{{}}{TOML}",
    "second": f"{SECOND}/{{}}{TOML}",
    "interview": f"{INTERVIEWS}/{{}}{TOML}",
    "letter": LETTER,
}
"""The record of an inspection that a copy is of, by the kind in its name."""

NUMBERED = "~"
"""Before the number of a copy that had to stand beside another; no case has it in its reference."""

_BASE: Final = b"# made from "
_MOST: Final = 1 << 26  # what was too large to be saved is kept too


@define
class RescueCopy:
    """The copy of one record that could not be saved; none is written until :meth:`save`.

    ``kind`` is "case", "second", "interview" or "letter"; ``name`` the case or person ("" for none).
    """

    folder: Path
    criteria: Criteria
    kind: str
    name: str
    path: Path | None = None

    def save(self, record: object, base: str = "") -> Path | None:
        """Write ``record`` as the copy, over an earlier one of it; gives where, None where that fails too.

        ``base`` is the hash of the version it was made from: by that it can be merged later.
        """
        where = rescue_folder() / copy_name(self.folder, self.kind, self.name)
        try:
            self.path = save_copy(where, encode(record, self.criteria), str(self.path or ""), base)
        except SqsError:
            return None
        return self.path

    def remove(self) -> None:
        """Remove the copy: its words are saved, or were given up."""
        if self.path is not None:
            remove_copy(self.path)
            self.path = None


def rescue_folder() -> Path:
    """Return where the copies are."""
    return state_folder() / "rescue"


def copy_name(folder: Path, kind: str, name: str) -> str:
    """Return what the copy of a record is called, such as ``leeds-1a2b3c4d-case-07.toml``.

    ``kind`` and ``name`` are as in :class:`RescueCopy`.  Two inspections in folders of one name have
    different copies.
    """
    path = real_path(folder)
    which = content_hash(str(path).encode("utf-8", "surrogateescape")).removeprefix("sha256:")[:8]
    return "-".join(part for part in (path.name, which, kind, name) if part) + TOML


def unsaved_copies(folder: Path) -> tuple[Path, ...]:
    """Return the copies whose words were never saved, of records of the inspection in ``folder``.

    Who saved the record since, and when, makes no difference: the words of a copy are saved where the
    record says what it says, or did at any time, by the history; or says all that was new in it.  None
    where the copies cannot be looked at: whoever opens an inspection is not kept from it.
    """
    found: list[Path] = []
    with suppress(SqsError):
        saved_ever = known_records(folder).versions
        for copy in _copies(folder):
            name = record_name(folder, copy)
            with suppress(OSError, SqsError):
                base, data = _without_base(read_bytes(copy, most=_MOST))
                saved = {*saved_ever.get(name, ()), _hash_of(folder, name)}
                if content_hash(data) not in saved and not _is_said(folder, name, data, base):
                    found.append(copy)
    return tuple(found)


def _is_said(folder: Path, name: str, data: bytes, base: str) -> bool:
    """Return whether the record ``name`` says all that is in ``data`` and was not in the version ``base``."""
    try:
        copy = parse_toml(data, name, end_mark=True)
        now = parse_toml(read_bytes(inside(folder, name)), name, end_mark=True)
    except RecordError:
        return False
    before = next((v.data for v in versions(folder, name) if v.entry.new["hash"] == base), None)
    if before is None:  # nobody's words, such as whose case it is
        before = {
            key: part for key, part in copy.items() if case_of(name) and not isinstance(part, dict | list)
        }
    return _says({**before, "format": copy.get("format")}, copy, {**now, "format": copy.get("format")})


def _says(before: Any, copy: Any, now: Any) -> bool:
    if not isinstance(copy, dict):
        return bool(copy in (before, now))
    before, now = (table if isinstance(table, dict) else {} for table in (before, now))
    taken_away = (key for key in before if key not in copy)
    return not any(key in now for key in taken_away) and all(
        _says(before.get(key), part, now.get(key)) for key, part in copy.items()
    )


def record_name(folder: Path, copy: Path) -> str:
    """Return which record of the inspection in ``folder`` the ``copy`` is of, such as "cases/07.toml"."""
    found = _pattern(folder).fullmatch(copy.name)
    if found is None:
        raise UsageError(f"{copy.name} is no copy of a record of {folder}")
    return RECORDS[found[1]].format(found[2])


def base_of(copy: Path) -> str:
    """Return the hash of the version that what is in the ``copy`` was made from; "" where it is not told."""
    return _without_base(read_bytes(copy, most=_MOST))[0]


def save_copy(path: Path, data: bytes, over: str = "", base: str = "") -> Path:
    """Write ``data`` durably to ``path``, or beside it, and give where.

    ``base`` is the hash of the version that it was made from.  Only the copy ``over`` is written over.
    Any other one holds words that were never saved, of an earlier run perhaps: the new one is then called
    ``leeds-1a2b3c4d-case-07~2.toml``, and so on.
    Raises as :func:`sqs_core.storage.atomic.write_durably` does.
    """
    if base:
        data = _BASE + base.encode() + b"\n" + data
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
            n, free = n + 1, path.with_name(f"{path.stem}{NUMBERED}{n + 1}{TOML}")
        else:
            return free


def remove_copy(path: Path) -> None:
    """Take away a copy whose words are saved now.  One that stays does no harm."""
    with suppress(OSError):
        remove(path)
        remove(lock_of(path))
        sync_folder(path.parent)


def copies_of(folder: Path, case: str, kinds: Sequence[str] = KINDS_OF_A_CASE) -> Iterator[Path]:
    """Yield the copies of what was recorded about ``case`` in the inspection ``folder``, and their locks."""
    stems = (re.escape(copy_name(folder, kind, case).removesuffix(TOML)) for kind in kinds)
    names = "|".join(rf"{stem}(?:{NUMBERED}\d+)?\.toml" for stem in stems)
    ours = re.compile(rf"(?:{names})|\.+(?:{names})\..+")
    place = rescue_folder()
    yield from (place / name for name in names_in(place) if ours.fullmatch(name))


def _copies(folder: Path) -> list[Path]:
    ours = _pattern(folder)
    return [rescue_folder() / name for name in names_in(rescue_folder()) if ours.fullmatch(name)]


def _pattern(folder: Path) -> re.Pattern[str]:
    ours = re.escape(copy_name(folder, "", "").removesuffix(TOML))
    return re.compile(rf"{ours}-({'|'.join(RECORDS)})(?:-(.+?))?(?:{NUMBERED}\d+)?\.toml")


def _without_base(data: bytes) -> tuple[str, bytes]:
    if not data.startswith(_BASE):
        return "", data
    first, _, rest = data.partition(b"\n")
    return first.removeprefix(_BASE).decode("ascii", "replace"), rest


def _hash_of(folder: Path, name: str) -> str:
    try:
        return content_hash(read_bytes(inside(folder, name)))
    except RecordError:
        return ABSENT
