"""Restore a record that is gone, or was replaced by an earlier version, from the history."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from sqs_core.errors import RecordError, UsageError
from sqs_core.storage.atomic import ABSENT, now_at
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.history_versions import RecordData, versions
from sqs_core.storage.audit.journal import RESTORE
from sqs_core.storage.converter import structured, unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import CASES, RECORD_FOLDERS, TOML, inside
from sqs_core.storage.record_files import check_same, decode, encode, record_class
from sqs_core.storage.safe_read import parse_toml


@frozen
class VersionChoice:
    """The two versions of a record to choose from: what its last entry left, and what is on the disk.

    ``on_disk`` is None where the record is gone.
    """

    name: str
    entry: HistoryEntry
    known: RecordData
    on_disk: RecordData | None


def versions_to_choose(folder: InspectionFolder, record: str) -> VersionChoice:
    """Return both versions of ``record`` ("07", "cases/07.toml"), which is not as its last entry left it.

    UsageError where it is, where the history does not know it, or where its texts were purged.
    """
    name = record if record.endswith(TOML) else f"{CASES}/{record}{TOML}"
    if name.rpartition("/")[0] not in ("", *RECORD_FOLDERS):
        raise UsageError(f"'{record}' names no record, such as 07 or cases/07.toml")
    known = [version for version in versions(folder.path, name) if version.entry.new["hash"] != ABSENT]
    if not known or known[-1].data is None:
        why = "its texts were purged" if known else "the history does not know it"
        raise UsageError(f"{name} cannot be put back: {why}")
    last = known[-1]
    now, data = now_at(inside(folder.path, name))
    if now == last.entry.new["hash"]:
        raise UsageError(f"{name} is as its last entry left it; there is nothing to restore")
    on_disk: RecordData | None = None
    if now != ABSENT:
        try:
            on_disk = parse_toml(data, name, end_mark=True)
        except RecordError:
            on_disk = {}  # whatever it is, it is no record
        on_disk.pop("format", None)
    assert last.data is not None
    return VersionChoice(name, last.entry, last.data, on_disk)


def restore(folder: InspectionFolder, record: str, why: str) -> str:
    """Put ``record`` back as its last entry left it, saying why; gives its name.

    Both versions stay in the history.  Raises as :func:`versions_to_choose` and the save of a record do.
    """
    if not why.strip():
        raise UsageError("say why this version is to stand: --why '…'")
    choice = versions_to_choose(folder, record)
    kind: Any = record_class(choice.name)
    made = structured(choice.known, kind, lambda keys: f"{choice.name} in entry {choice.entry.n}")
    folder.journal.save_bytes(
        choice.name,
        encode(made, folder.criteria, choice.name),
        choice.known,
        expect=now_at(inside(folder.path, choice.name))[0],
        check=lambda data: check_same(decode(data, kind, choice.name), unstructured(made)),
        what=RESTORE,
        why=why,
    )
    return choice.name
