"""The layout of an inspection folder: where its files are, what their names say, and what leads out of it.

No link inside an inspection is followed out of it, for reading or writing: whoever received an inspection
did not choose where its links lead.  :func:`inside` refuses links among the folders on the way to
a record; the last step is refused where it is opened (:mod:`sqs_core.storage.safe_read`).

Codes: R001 a link in the place of a folder.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from attrs import frozen

from sqs_core.errors import HeldError, Problem, RecordError, UsageError
from sqs_core.storage.safe_read import names_in, read_bytes
from sqs_core.text import CASE_ID_RULE, one_line, valid_case_id

INSPECTION, LETTER, ACTIONS = "inspection.toml", "letter.toml", "actions.toml"
CRITERIA = "criteria.toml"
"""The copy of a criteria version that an inspection keeps for itself, where the version does not ship."""

CASES, INTERVIEWS, SECOND, AGREED = "cases", "interviews", "second", "agreed"
FIRST = "second/first"
"""Where first markings are kept as they stood when their cases were drawn for a second one."""

ROOMS: Final = (CASES, INTERVIEWS, SECOND, AGREED, "undecided", "merged", "drafts")
RECORD_FOLDERS: Final = (CASES, INTERVIEWS, SECOND, FIRST, AGREED)
TOML = ".toml"
_OWN_ID: Final = re.compile(rb'^[ \t]*+(?:case|person)[ \t]*+=[ \t]*+"([^"\n]*)"', re.MULTILINE)


# ---------------------------------------------------------------- paths


def inside(folder: Path, name: str) -> Path:
    """Return the path of ``name`` ("cases/07.toml") in the inspection ``folder``.

    RecordError where a folder on the way is a link: it may lead out of the inspection.
    """
    path = folder
    *on_the_way, last = name.split("/")
    for place, part in enumerate(on_the_way):
        path /= part
        if is_link(path):
            what = "this is a link, and no inspection is followed out of its folder"
            where = one_line("/".join(on_the_way[: place + 1]))
            raise RecordError(Problem(where, what, "put the folder itself there", "R001"))
    return path / last


def folder_inside(folder: Path, name: str) -> Path:
    """Return the path of the folder ``name`` ("second/first"), which is no link either; as :func:`inside`."""
    return inside(folder, f"{name}/.")


def check_stays_inside(folder: Path) -> None:
    """Raise RecordError where ``folder`` is a link in the folder of an inspection."""
    if is_link(folder) and (folder.absolute().parent / INSPECTION).exists():
        what = "this is a link, and no inspection is followed out of its folder"
        raise RecordError(Problem(one_line(folder.name), what, "put the folder itself there", "R001"))


def is_link(path: Path) -> bool:
    """Return whether a link (on Windows, a junction too) stands at ``path``."""
    try:
        there = path.lstat()
    except (OSError, ValueError):
        return False
    mount_point = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0)
    return stat.S_ISLNK(there.st_mode) or (
        bool(mount_point) and getattr(there, "st_reparse_tag", 0) == mount_point
    )


# ---------------------------------------------------------------- names


@frozen
class Listing:
    """The names in a folder of records: the records, in the order people count, and what else is visible."""

    records: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def listing(names: Iterable[str]) -> Listing:
    """Tell the records among the file names ``names``, given without their suffix, from what is none."""
    visible = [name for name in names if not name.startswith(".")]
    records = [name.removesuffix(TOML) for name in visible if is_record_name(name)]
    others = [name for name in visible if not is_record_name(name)]
    return Listing(tuple(sorted(records, key=natural_order)), tuple(sorted(others)))


def list_records(folder: Path, room: str) -> Listing:
    """List the ``room`` ("cases") of an inspection; an empty one where it is not there.

    What has the name of a record and says that it is another one, which has its own file, is a copy
    that a sync program made: no record.  RecordError where the room cannot be looked into.
    """
    path = folder_inside(folder, room)
    found = listing(names_in(path))
    original_of = original_finder(found.records)
    copies = {
        name
        for name in found.records
        if not name.isalnum()
        and (original := original_of(name))
        and own_id(path / f"{name}{TOML}") == original
    }
    records = tuple(name for name in found.records if name not in copies)
    return Listing(records, tuple(sorted((*found.others, *(f"{name}{TOML}" for name in copies)))))


def populations_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the populations that have a folder within the inspection ``folder``."""
    names = (name for name in names_in(folder) if not name.startswith(".") and name not in ROOMS)
    return tuple(n for n in sorted(names) if not is_link(folder / n) and (folder / n / INSPECTION).is_file())


def inspections_beside(folder: Path) -> tuple[Path, ...]:
    """Return the other inspections in the folder that ``folder`` is in."""
    here = folder.resolve()
    with suppress(OSError):
        return tuple(sorted(p.parent for p in here.parent.glob(f"*/{INSPECTION}") if p.parent != here))
    return ()


def path_beside(folder: Path, named: str) -> Path:
    """Return where the inspection is that the one in ``folder`` names.

    UsageError for another drive or machine: no path out of a received file must reach there.
    """
    path = PurePosixPath(named.replace("\\", "/"))
    if path.is_absolute() or ":" in named or not named.isprintable():
        raise UsageError("it is to be named as seen from this folder, such as ../leeds-2026-03")
    return folder / path


@contextmanager
def problems_within(name: str) -> Iterator[None]:
    """Give the problems of a population that cannot be read the paths they have in the whole inspection."""
    try:
        yield
    except (HeldError, RecordError) as error:
        error.problems = within_population(name, error.problems)
        raise


def within_population(name: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` of a population's records with the paths they have in the whole inspection."""
    return tuple(problem._replace(where=f"{name}/{problem.where}") for problem in problems)


def own_id(path: Path) -> str:
    """Return which case or person a record's file says it is about; "" where that cannot be told."""
    try:
        found = _OWN_ID.search(read_bytes(path))
    except RecordError:
        return ""
    return found[1].decode("utf-8", "replace") if found else ""


def checked_id(name: str) -> str:
    """Return ``name``; UsageError where no case and no other record can be called so."""
    if not valid_case_id(name):
        raise UsageError(f"'{one_line(name, 60)}' cannot be used: {CASE_ID_RULE}")
    return name


def is_record_name(file: str) -> bool:
    """Return whether ``file`` may be the name of a record: "07.toml"."""
    return file.endswith(TOML) and valid_case_id(file.removesuffix(TOML))


def case_of(name: str) -> str:
    """Return the case that the record ``name`` ("cases/07.toml") is about; "" where it is about none."""
    room, _, file = name.rpartition("/")
    return file.removesuffix(TOML) if room not in ("", INTERVIEWS) else ""


def subject_of(name: str) -> str:
    """Return what the record ``name`` is about, as purges name it: a case, or "interviews/A"; "" for none."""
    return name.removesuffix(TOML) if name.startswith(f"{INTERVIEWS}/") else case_of(name)


def kind_of_copy(room: str) -> str:
    """Return the kind in the file names of copies of records in ``room``: "case" for "cases"."""
    return {SECOND: "second", INTERVIEWS: "interview"}.get(room, "case")


def original_finder(records: Iterable[str]) -> Callable[[str], str]:
    """Return what gives the one of ``records`` that a file may be a copy of, "" for none.

    The file "07 (conflicted copy).toml" may be one of 07.  The time it takes does not depend on how many
    records there are.
    """
    known = {name.lower(): name for name in records}

    def original_of(file: str) -> str:
        words = re.sub(r"^(copy of |~\$|#|\.#)", "", file, flags=re.IGNORECASE)
        for end in range(len(words), 0, -1):
            longest = known.get(words[:end].lower(), "")
            if longest and longest != file:
                after = words[end:]
                return longest if not after[:1].isalnum() else ""
        return ""

    return original_of


def natural_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key by which "2" comes before "10" and "09" beside "9"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part)) if part[0] in "0123456789" else (1, part.casefold()) for part in parts)


def alike(name: str, names: Iterable[str]) -> str:
    """Return which of ``names`` is ``name`` in other capitals, "" for none: to Windows and macOS one file."""
    return next((known for known in names if known != name and known.lower() == name.lower()), "")


def cases_listed(folder: str | Path, *, second: bool = False) -> tuple[str, ...]:
    """Return the cases of the inspection in ``folder`` by the names of their files, in their order.

    ``second`` lists the second markings.  The files are not opened: one of them may not
    be readable, or be blinded.  No cases where there is no inspection, or where it cannot be listed.
    """
    place = Path(folder) / (SECOND if second else CASES)
    try:
        if not (Path(folder) / INSPECTION).exists() or is_link(place):
            return ()
        return listing(path.name for path in place.iterdir()).records
    except OSError:
        return ()
