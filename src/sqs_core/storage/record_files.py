"""Write records as the bytes of their files, and read them: readable, mendable, fit for version control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, Generic, NamedTuple, TypeVar

import tomli_w

from sqs_core.criteria import Criteria
from sqs_core.errors import Locator, Problem, RecordError
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.records.followed_action import FollowedActions
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.records.second_marking import Agreed
from sqs_core.records.validation import validate_agreed, validate_case, validate_interview
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.converter import structured, unstructured
from sqs_core.storage.fsync import not_read_back
from sqs_core.storage.layout import (
    ACTIONS,
    AGREED,
    INSPECTION,
    INTERVIEWS,
    LETTER,
    TOML,
    inside,
    list_records,
)
from sqs_core.storage.safe_read import END_MARK, parse_toml, places_in, read_bytes
from sqs_core.text import all_with_newlines, one_line, valid_case_id

# ------------------------------------------------------------ formats
# A record in an earlier format is brought up to date as it is read.  The file itself changes with the
# next save, and a copy of the old one is kept beside it.  A newer format is refused, the file left untouched.

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

FORMAT: Final = 1
"""The format in which records are written."""

CRITERIA_FORMAT: Final = 1
"""The format in which criteria versions are written."""

UPGRADERS: dict[int, Upgrade] = {}
"""By the format it takes: a function that gives the same record in the next format.

Format 1 is the first that was ever shipped, so there is none yet.
"""


def upgraded(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the record ``parsed`` in the format of today, where there is a way from its own."""
    written = parsed.get("format")
    while type(written) is int and written < FORMAT and written in UPGRADERS:
        parsed = {**UPGRADERS[written](parsed), "format": written + 1}
        written += 1
    return parsed


def check_format(parsed: dict[str, Any], where: str, newest: int) -> None:
    """Raise RecordError where a file does not say its format, or was written by a newer program."""
    written = parsed.get("format")
    if type(written) is not int or written < 1:
        raise RecordError(
            Problem(f"{where}:1", "the format is missing", f"add the line: format = {newest}", "R001")
        )
    if written > newest:
        raise RecordError(
            Problem(
                f"{where}:1",
                f"written by a newer version of sqs (format {written}; this one reads up to {newest})",
                "open it with that version; it was left untouched",
                "R002",
            )
        )


# ------------------------------------------------------------ records

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Record = CaseRecord | Interview | Narrative | Inspection | Agreed | FollowedActions


class Stored(NamedTuple, Generic[T_co]):
    """A record as read from disk, with the content hash of its file (ABSENT where there is none)."""

    record: T_co
    hash: str


def record_class(name: str) -> type[Record]:
    """Return the class of the record called ``name``, such as "cases/07.toml"."""
    kinds: dict[str, type[Record]] = {INSPECTION: Inspection, LETTER: Narrative, ACTIONS: FollowedActions}
    rooms: dict[str, type[Record]] = {INTERVIEWS: Interview, AGREED: Agreed}
    return kinds.get(name) or rooms.get(name.partition("/")[0], CaseRecord)


# ---------------------------------------------------------------- writing


def encode(record: object, criteria: Criteria | None = None, where: str = "") -> bytes:
    """Return the file of ``record``: its keys in a fixed order, answers in that of ``criteria``.

    The last line is an end mark, so that a file cut short is never taken for a whole one.
    NotSavedError (R022), which names the file ``where``, if it cannot be written as TOML.
    """
    data = {"format": FORMAT, **unstructured(record)}
    for table in ("facts", "answers"):
        if table in data:
            data[table] = {name: data[table][name] for name in _ordered(table, data[table], criteria)}
    try:
        return f"{tomli_w.dumps(data, multiline_strings=True)}\n{END_MARK}\n".encode()
    except Exception as error:
        # Unchained, as whatever went wrong may have the record's words in it.
        raise not_read_back(where, error) from None


def _ordered(table: str, entries: Mapping[str, Any], criteria: Criteria | None) -> list[str]:
    """Return the names of ``entries`` in the order of ``criteria``, then those they do not know by name."""
    if criteria is None:
        return list(entries)
    ids = [q.id for asked in (criteria, criteria.staff) for q in asked.questions]
    if table == "facts":
        ids = [fact.id for fact in criteria.facts]
    known = [name for name in dict.fromkeys(ids) if name in entries]
    return [*known, *sorted(entries.keys() - known)]


def check_same(found: object, meant: Mapping[str, Any]) -> None:
    """Raise where the record read back, ``found``, does not say all that ``meant`` says, and no more.

    Newlines are alike: a file has ``\\n`` for each, whatever a text came with.
    """
    if all_with_newlines(unstructured(found)) != all_with_newlines(meant):
        raise RecordError(Problem("", "what was read back is not what was written", code="R012"))


# ---------------------------------------------------------------- reading

_VALIDATE: Final[Mapping[type, Callable[..., tuple[Problem, ...]]]] = {
    CaseRecord: validate_case,
    Interview: validate_interview,
    Agreed: validate_agreed,
}


def decode(data: bytes, cls: type[T], where: str, criteria: Criteria | None = None) -> T:
    """Return the record in ``data``; RecordError with every problem of the file, each by line.

    With ``criteria``, a case, an interview or what was agreed is checked against them: it is pinned to them.
    """
    place = places_in(data, where)
    parsed = upgraded(parse_toml(data, where, end_mark=True))
    check_format(parsed, where, FORMAT)
    parsed.pop("format")
    record: Any = structured(parsed, cls, place)
    if criteria is not None and (validate := _VALIDATE.get(cls)):
        if problems := pin_problems(criteria, record, place) or validate(criteria, record, place):
            raise RecordError(*problems)
        if cls is CaseRecord:
            record = with_computed(criteria, record)
    return record  # type: ignore[no-any-return]


def decode_record(data: bytes, criteria: Criteria, name: str) -> Record:
    """Return the record called ``name``, checked against the ``criteria`` where it is pinned to them."""
    return decode(data, record_class(name), name, criteria)


def read_record(folder: Path, name: str, cls: type[T], criteria: Criteria) -> Stored[T]:
    """Return the record ``name`` of ``folder``; RecordError too where it says that it is of another case."""
    data = read_bytes(inside(folder, name))
    record = decode(data, cls, name, criteria)
    if isinstance(record, CaseRecord) and record.case != PurePosixPath(name).stem:
        raise misnamed(folder, name, record.case)
    return Stored(record, content_hash(data))


def record_from(name: str, data: Mapping[str, Any] | None) -> Any:
    """Return the record ``name`` that an earlier version's ``data`` say; None where they say none today."""
    if data is None:
        return None
    try:
        return structured(data, record_class(name), lambda keys: name)
    except RecordError:
        return None


def pin_problems(
    criteria: Criteria, record: CaseRecord | Inspection | Interview | Agreed, place: Locator
) -> tuple[Problem, ...]:
    """Return a problem where ``record`` was made under other criteria than these."""
    if record.criteria != criteria.id:
        what = f"made under criteria {record.criteria}, but the inspection is under {criteria.id}"
        return (Problem(place(["criteria"]), what, "migrate the record, or mend the id", "R030"),)
    if record.criteria_hash != criteria.hash:
        what = f"made under another content of {criteria.id} than the one installed here"
        remedy = "install the version it was made under; its answers were left untouched"
        return (Problem(place(["criteria_hash"]), what, remedy, "R031"),)
    return ()


def misnamed(folder: Path, name: str, own_id: str) -> RecordError:
    """Return the refusal of the record ``name`` of ``folder``, which says that it is about ``own_id``."""
    room, _, file = name.rpartition("/")
    key, stem = "person" if room == INTERVIEWS else "case", file.removesuffix(TOML)
    what = f"holds {key} '{one_line(own_id, 40)}'"
    if own_id in list_records(folder, room).records:
        copied = f"{room}/{own_id}{TOML}"
        remedy = (
            f'write {key} = "{stem}" in it where it is another; move it away where it is a copy of {copied}'
        )
    elif valid_case_id(own_id):
        remedy = f"rename the file to {own_id}{TOML}"
    else:
        remedy = f'write {key} = "{stem}" in it'
    return RecordError(Problem(name, what, remedy, "R032"))
