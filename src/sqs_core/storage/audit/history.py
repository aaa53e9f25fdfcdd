"""The change log of an inspection: ``history.jsonl``, append-only and chained by hashes.

One JSON object a line.  ``prev`` is the hash of the whole line before, ``hash`` that of this
line up to the comma before it; both are over the bytes as they stand, so a change of any one
byte is found.  A chain only shows change against something kept elsewhere: whoever can write
the file can write all of it anew.  Therefore the :func:`head` is printed on what leaves the
machine, and ``sqs verify --head`` takes it back.  (Crosby and Wallach, "Efficient Data Structures
for Tamper-Evident Logging", 2009, section 2.)

Codes: H001 a line cannot be read, H002 the last line was cut; H006 a text is not what its entry was made
with, H007 a text is missing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from sqs_core.errors import Problem, UsageError
from sqs_core.records.override import TIME
from sqs_core.storage.atomic import LONGEST, append_durably, content_hash, lines_backwards, write_durably
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.layout import INTERVIEWS, folder_inside, inside, subject_of
from sqs_core.storage.safe_read import MissingFileError, names_in, open_ordinary, read_bytes, reading
from sqs_core.text import all_with_newlines, forbidden

# ------------------------------------------------------------ one line

START: Final = "sha256:" + "0" * 64
"""``prev`` of the very first line."""

_CHAINED: Final = re.compile(rb'(\{.*),"hash":"(sha256:[0-9a-f]{64})"\}', re.DOTALL)
_FIELDS: Final = ("n", "time", "who", "what", "case", "question", "old", "new", "why", "prev", "hash")


@frozen
class HistoryEntry:
    """One thing that was done.

    ``n`` counts entries from 1; ``time`` is UTC, to the second (``2012-11-12T09:30:00Z``);
    ``what`` is a word such as ``answer``, ``fact``, ``finish``, ``reopen``, ``override``,
    ``open``, ``render``, ``export``, ``purge`` or ``merge``; ``case`` and ``question`` may be
    empty; ``old`` and ``new`` are JSON values (None where there is none).
    """

    n: int
    time: str
    who: str
    what: str
    case: str
    question: str
    old: Any
    new: Any
    why: str
    prev: str
    hash: str

    @property
    def changes_a_record(self) -> bool:
        """Whether the entry is about a record's content, rather than about opening, rendering and such."""
        return isinstance(self.new_table.get("path"), str) and isinstance(self.new_table.get("hash"), str)

    @property
    def head(self) -> str:
        """The entry's number and hash, such as ``14:9f2c…``, as printed on what leaves the machine."""
        return f"{self.n}:{self.hash.removeprefix('sha256:')}"

    @property
    def new_table(self) -> dict[str, Any]:
        """``new`` where it is a table, as the program writes it; an empty one where it is anything else."""
        return self.new if isinstance(self.new, dict) else {}

    @property
    def texts(self) -> str:
        """The key of the texts kept beside this entry; "" where there are none."""
        key = self.new_table.get("texts")
        return key if isinstance(key, str) else ""

    @property
    def about(self) -> str:
        """What it is about, as a purge names it: a case, or "interviews/A"; "" for neither."""
        path = self.new_table.get("path")
        return subject_of(path) if isinstance(path, str) and path.startswith(f"{INTERVIEWS}/") else self.case

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases, and interviews as "interviews/A", that a purge took away."""
        cases = self.new_table.get("cases")
        return tuple(c for c in cases if isinstance(c, str)) if isinstance(cases, list) else ()


def line_of_entry(fields: dict[str, Any]) -> tuple[bytes, HistoryEntry]:
    """Return the line, without newline, of an entry's ``fields`` but its hash, in their order; and the entry.

    Refuses with a :class:`UsageError` what JSON or :func:`sqs_core.text.forbidden` refuses.
    """
    try:
        text = _ENCODER.encode(fields)
        if "\\r" in text:
            text = _ENCODER.encode(all_with_newlines(fields))
        body = text.encode()[:-1]
    except (TypeError, ValueError, RecursionError):
        # Unchained: the encoder's own words quote the value.
        raise UsageError("this cannot be kept in the history: a value is not text, number or list") from None
    line = body + b',"hash":"' + content_hash(body).encode() + b'"}'
    if len(line) >= LONGEST:
        raise UsageError(f"this is too long for the history: {LONGEST // 1024} KiB is the most")
    entry = entry_of_line(line)
    if entry is None:
        raise UsageError("this cannot be kept in the history: a text holds what no record may hold")
    return line, entry


def entry_of_line(line: bytes) -> HistoryEntry | None:
    """Return the entry that a line holds, or None; whether it is the true one is :func:`misfit`'s to say."""
    if len(line) >= LONGEST:
        return None
    try:
        text = line.decode("utf-8")
        fields = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or tuple(fields) != _FIELDS or type(fields["n"]) is not int:
        return None
    words = [value for name, value in fields.items() if name not in ("n", "old", "new")]
    if not all(isinstance(word, str) for word in words) or not re.fullmatch(TIME, fields["time"]):
        return None
    # Escapes can bring what the line itself does not show.
    if forbidden(text) or ("\\" in text and _holds_forbidden(fields)):
        return None
    return HistoryEntry(**fields)


def misfit(line: bytes, entry: HistoryEntry, prev: str, n: int) -> tuple[str, str] | None:
    """Return what does not fit about ``entry``, read from ``line``, as words and a code; None if all does.

    ``prev`` is the hash of the line before it and ``n`` the number it should have.
    """
    chained = _CHAINED.fullmatch(line)
    if chained is None or content_hash(chained[1]) != entry.hash:
        return "this line was changed: it does not fit its own hash", "H003"
    if entry.prev != prev or entry.n != n:
        return "this line does not follow the one before: something was changed or taken out", "H004"
    return None


def _holds_forbidden(value: Any) -> bool:
    if isinstance(value, str):
        return forbidden(value) is not None
    if isinstance(value, dict):
        return any(forbidden(key) or _holds_forbidden(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_holds_forbidden, value))


def _no_constant(_: str) -> None:
    raise ValueError


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


# ------------------------------------------------------------ the words
# ``history.jsonl`` is chained: nothing in it can go without breaking it.  What somebody wrote about a case
# must be able to go (``sqs purge``).  So an entry holds only the digest of its texts, and the texts stand in
# ``history-texts.jsonl``, one line an entry, each with a salt: without the salt, which goes with the text,
# a short note could be guessed from its digest.  The chain, and every head printed before, still fit once
# texts are gone.

TEXTS: Final = "history-texts.jsonl"
_TEXT_FIELDS: Final = ("key", "case", "salt", "texts")
_MOST_TEXTS: Final = 1 << 28


def keep_texts(folder: Path, case: str, texts: Sequence[Any]) -> str:
    """Add the texts of one entry about ``case``, durably; gives the key by which to find them."""
    salt = os.urandom(16).hex()
    key = _text_key(salt, case, texts)
    line = {"key": key, "case": case, "salt": salt, "texts": texts}
    append_durably(folder / TEXTS, json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
    return key


def read_texts(folder: Path, case: str | None = None, *, name: str = TEXTS) -> Mapping[str, list[Any]]:
    """Return the texts by key, of ``case`` or of all; those that do not fit their key are left out."""
    wanted = f'"case":{json.dumps(case, ensure_ascii=False)},"salt"'.encode() if case is not None else b""
    found: dict[str, list[Any]] = {}
    for _, line, _ in lines(folder, name):
        if wanted in line and (fields := _text_fields(line)) and _text_fits(fields):
            found[fields["key"]] = fields["texts"]
    return found


def spoilt_texts(folder: Path, *, name: str = TEXTS) -> Iterator[int]:
    """Yield the numbers, from 1, of the lines whose text does not fit its key.

    A line cut by a crash is not one of them: no entry was made with it.
    """
    for number, line, _ in lines(folder, name):
        fields = _text_fields(line)
        if fields is not None and not _text_fits(fields):
            yield number


def count_texts(folder: Path, name: str = TEXTS, keys: Collection[str] | None = None) -> Mapping[str, int]:
    """Return how many lines of texts there are of each case ("" for none); of ``keys`` alone if given."""
    counts: dict[str, int] = {}
    for _, line, _ in lines(folder, name):
        if (fields := _text_fields(line)) and (keys is None or fields["key"] in keys):
            counts[fields["case"]] = counts.get(fields["case"], 0) + 1
    return counts


def texts_file_of(name: str) -> str:
    """Return the file of texts that stands beside the history called ``name``."""
    return f"{name.removesuffix('.jsonl')}-texts.jsonl"


def keys_about(folder: Path, interviews: Collection[str]) -> frozenset[str]:
    """Return the keys of all texts about ``interviews`` ("interviews/A"), also in histories merged in.

    Their lines do not say whom they are about.
    """
    if not interviews:
        return frozenset()
    merged = [f"{MERGED}/{name}" for name in names_in(folder_inside(folder, MERGED)) if "-texts" not in name]
    return frozenset(
        entry.texts
        for name in (NAME, *(name for name in merged if name.endswith(".jsonl")))
        for entry in stream(folder, name, holding=INTERVIEWS.encode())
        if entry.about in interviews
    )


def remove_texts(
    folder: Path, gone: Collection[str], *, name: str = TEXTS, keys: Collection[str] = ()
) -> int:
    """Take away every text about the cases ``gone``, and those by ``keys``; gives how many lines went.

    A line that cannot be read goes too: it may hold anything.
    """
    try:
        path = inside(folder, name)
        data = read_bytes(path, most=_MOST_TEXTS)
    except MissingFileError:
        return 0
    kept = without_texts_of(data, gone, keys)
    removed = sum(map(bool, data.split(b"\n"))) - kept.count(b"\n")
    if removed:
        write_durably(path, kept, expect=content_hash(data))
    return removed


def without_texts_of(data: bytes, gone: Collection[str], keys: Collection[str] = ()) -> bytes:
    """Return the lines of texts in ``data`` without those about ``gone``, by ``keys``, or unreadable."""
    return b"".join(
        line + b"\n"
        for line in data.split(b"\n")
        if (fields := _text_fields(line)) and fields["case"] not in gone and fields["key"] not in keys
    )


def _text_key(salt: str, case: str, texts: Sequence[Any]) -> str:
    said = json.dumps([salt, case, texts], ensure_ascii=False, separators=(",", ":"))
    return content_hash(said.encode()).removeprefix("sha256:")


def _text_fits(fields: dict[str, Any]) -> bool:
    return bool(fields["key"] == _text_key(fields["salt"], fields["case"], fields["texts"]))


def _text_fields(line: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or tuple(fields) != _TEXT_FIELDS or not isinstance(fields["texts"], list):
        return None
    return fields if all(isinstance(fields[name], str) for name in _TEXT_FIELDS[:3]) else None


# ------------------------------------------------------------ the file

NAME: Final = "history.jsonl"
MERGED: Final = "merged"
"""The folder of the histories of folders that were merged in."""

COMPARE: Final = "compare it with a copy made earlier"
_HEAD: Final = re.compile(r"([1-9][0-9]{0,9}):([0-9a-f]{12,64})")


def append(
    folder: Path,
    *,
    time: datetime,
    who: str,
    what: str,
    case: str = "",
    question: str = "",
    old: Any = None,
    new: Any = None,
    why: str = "",
    texts: Sequence[Any] = (),
) -> HistoryEntry:
    """Add an entry to the history of ``folder``, durably, and give it back.

    ``time`` must know its zone; it is kept in UTC.  ``old`` and ``new`` may be anything JSON holds.
    ``texts`` are what must be able to go, kept beside the history first; ``new``, a table, then says
    by which key.  Refuses with a :class:`UsageError` text that :func:`sqs_core.text.clean` would
    refuse, and as :func:`sqs_core.storage.atomic.append_durably` does.
    """
    if texts:
        new = {**new, "texts": keep_texts(folder, case, texts)}
    body = {
        "time": _utc(time),
        "who": who,
        "what": what,
        "case": case,
        "question": question,
        "old": old,
        "new": new,
        "why": why,
    }
    made: list[HistoryEntry] = []

    def make(lines: Iterator[bytes]) -> bytes:
        backwards = (line.removesuffix(b"\r") for line in lines)
        before = next(backwards, None)
        whole = entry_of_line(before) if before is not None else None
        if before is not None and whole is None:
            # A torn line is chained to as it is, but has no number to count on from.
            whole = next((entry for line in backwards if (entry := entry_of_line(line))), None)
        n = whole.n + 1 if whole else 1
        prev = START if before is None else content_hash(before)
        line, entry = line_of_entry({"n": n, **body, "prev": prev})
        made.append(entry)
        return line

    append_durably(folder / NAME, make)
    return made[0]


def read(folder: Path) -> tuple[tuple[HistoryEntry, ...], tuple[Problem, ...]]:
    """Return every entry that can be read, in order, and a problem for each line that cannot.

    The chain is not checked: see :mod:`sqs_core.storage.audit.verify`.  No history is an empty one.
    """
    entries: list[HistoryEntry] = []
    problems: list[Problem] = []
    for number, line, ended in lines(folder):
        entry = entry_of_line(line)
        if entry is not None:
            entries.append(entry)
        elif ended:
            problems.append(unreadable(number))
        if not ended:
            problems.append(cut_line(number))
    return tuple(entries), tuple(problems)


def stream(folder: Path, name: str = NAME, *, holding: bytes = b"") -> Iterator[HistoryEntry]:
    """Yield each entry that can be read, in order, with never more than one line in memory.

    ``name`` is the history's file in ``folder``: its own, or the copy of one that was merged in.
    Only lines with the bytes ``holding`` in them are parsed: most need not be, to be passed over.
    """
    for _, line, _ in lines(folder, name):
        if holding in line and (entry := entry_of_line(line)):
            yield entry


def backwards(folder: Path, name: str = NAME, *, holding: bytes = b"") -> Iterator[HistoryEntry]:
    """Yield each entry that can be read, the last one first; as :func:`stream` otherwise."""
    try:
        fd = open_ordinary(inside(folder, name))
    except MissingFileError:
        return
    try:
        with reading(folder / name):
            for line in lines_backwards(fd):
                if holding in line and (entry := entry_of_line(line.removesuffix(b"\r"))):
                    yield entry
    finally:
        close_quietly(fd)


def purged(entries: Iterable[HistoryEntry]) -> set[str]:
    """Return the cases, and interviews as "interviews/A", that were purged, by these entries."""
    return {case for entry in entries if entry.what == "purge" for case in entry.cases}


def head(folder: Path, name: str = NAME) -> str:
    """Return the last entry's number and hash, such as ``14:9f2c…``; "" when there is no entry."""
    last = next(backwards(folder, name), None)
    return last.head if last else ""


def parsed_head(value: object) -> tuple[int, str] | None:
    """Return the number and the digits of a head written as :func:`head` writes one; None where it is not."""
    found = _HEAD.fullmatch(value) if isinstance(value, str) else None
    return (int(found[1]), found[2]) if found else None


def copy_of(head: str) -> str:
    """Return where the history with this ``head`` is kept once its folder was merged in."""
    return f"{MERGED}/{head.partition(':')[2][:12]}.jsonl"


def lines(folder: Path, name: str = NAME) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each line's number from 1, its bytes, and whether it is ended by a newline."""
    try:
        fd = open_ordinary(inside(folder, name))
    except MissingFileError:
        return  # no history yet is an empty one
    try:
        with os.fdopen(fd, "rb", closefd=False) as file, reading(folder / name):
            number = 0
            while line := file.readline(LONGEST):
                number += 1
                ended = line.endswith(b"\n")
                if len(line) == LONGEST and not ended:
                    while (rest := file.readline(LONGEST)) and not rest.endswith(b"\n"):
                        pass
                    ended = rest.endswith(b"\n")
                # Version control and editors of other systems may have added a CR to each line.
                yield number, line.removesuffix(b"\n").removesuffix(b"\r"), ended
    finally:
        close_quietly(fd)


def unreadable(number: int, name: str = NAME) -> Problem:
    """Return the problem of a line that cannot be read."""
    what = "this line cannot be read: it was cut by a crash, or changed"
    return Problem(f"{name}:{number}", what, COMPARE, "H001")


def cut_line(number: int, name: str = NAME) -> Problem:
    """Return the problem of a last line without an end."""
    what = "the last line has no end: it was cut while being written, or changed"
    remedy = "the next entry goes on after it; what came before is whole"
    return Problem(f"{name}:{number}", what, remedy, "H002")


def _utc(time: datetime) -> str:
    if time.tzinfo is None:
        raise ValueError("the time of an entry must know its zone")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
