"""Keep choices that are not written yet: ``undecided/agree/07.toml`` and the like.

Moderation and merging take longer than one sitting.  Pending choices are kept beside the records, so that
whoever continues the inspection finds them; no figure, letter or history includes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from attrs import evolve, field, frozen

from sqs_core.records.second_marking import NotesKept
from sqs_core.storage.atomic import ABSENT, content_hash, write_durably
from sqs_core.storage.fsync import not_saved, remove, sync_folder
from sqs_core.storage.layout import checked_id, inside, list_records
from sqs_core.storage.record_files import Stored, decode, encode
from sqs_core.storage.safe_read import MissingFileError, read_bytes

UNDECIDED: Final = "undecided"
DecisionKind = Literal["agree", "override", "merge"]


@frozen
class PendingChoice:
    """One choice not written yet.

    ``taken`` is what is to count ("" while only the reason was written), ``why`` the reason,
    ``kept`` whose notes go with it, ``authority`` who may decide so, ``reasons`` those ticked for an
    outcome that nobody gave, and ``between`` the values it was chosen between, where these can change.
    """

    taken: str = ""
    why: str = ""
    kept: NotesKept = ""
    authority: str = ""
    between: str = ""
    reasons: tuple[str, ...] = ()


NO_CHOICE: Final = PendingChoice()


@frozen
class PendingChoices:
    """The choices of one moderation or merge by what they are about; ``about`` is the folder merged."""

    about: str = ""
    choices: Mapping[str, PendingChoice] = field(factory=dict)

    def choosing(self, item: str, choice: PendingChoice) -> PendingChoices:
        """These choices with ``choice`` about ``item``; a blank one leaves no trace."""
        others = {name: c for name, c in self.choices.items() if name != item or choice != NO_CHOICE}
        return evolve(self, choices={**others, item: choice} if choice != NO_CHOICE else others)

    def choice(self, item: str) -> PendingChoice:
        """Return the choice about ``item``; a blank one where there is none."""
        return self.choices.get(item, NO_CHOICE)


def read_choices(folder: Path, kind: DecisionKind, name: str) -> Stored[PendingChoices]:
    """Return the choices kept under ``name`` (a case, or :func:`merge_name`); none where none were made."""
    path = _path(folder, kind, name)
    try:
        data = read_bytes(path)
    except MissingFileError:
        return Stored(PendingChoices(), ABSENT)
    return Stored(decode(data, PendingChoices, f"{UNDECIDED}/{kind}/{path.name}"), content_hash(data))


def save_choices(folder: Path, kind: DecisionKind, name: str, choices: PendingChoices, *, expect: str) -> str:
    """Save ``choices`` durably and return the hash of their file; there is no file when there are none.

    HeldError where somebody else changed them since they were read.
    """
    path = _path(folder, kind, name)
    if not choices.choices:
        return _removed(path)
    where = f"{UNDECIDED}/{kind}/{path.name}"
    return write_durably(
        path, encode(choices), expect=expect, check=lambda data: decode(data, PendingChoices, where)
    )


def merge_name(other: Path) -> str:
    """Under what name the choices of a merge of the folder ``other`` are kept."""
    return content_hash(str(other.resolve()).encode("utf-8", "surrogateescape")).partition(":")[2][:16]


def begun_merges(folder: Path) -> tuple[PendingChoices, ...]:
    """Return the merges with choices not written yet."""
    names = list_records(folder, f"{UNDECIDED}/merge").records
    return tuple(read_choices(folder, "merge", name).record for name in names)


def _removed(path: Path) -> str:
    try:
        remove(path)
        if path.parent.is_dir():
            sync_folder(path.parent)
    except OSError as error:
        raise not_saved(path, error) from error
    return ABSENT


def _path(folder: Path, kind: DecisionKind, name: str) -> Path:
    return inside(folder, f"{UNDECIDED}/{kind}/{checked_id(name)}.toml")
