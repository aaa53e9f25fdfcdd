"""The words of the history, kept beside it so that they can be taken away.

``history.jsonl`` is chained: nothing in it can go without breaking it.  What somebody wrote
about a case must be able to go (``sqs purge``).  So an entry holds only the digest of its
texts, and the texts stand in ``history-texts.jsonl``, one line an entry, each with a salt:
without the salt, which goes with the text, a short note could be guessed from its digest.
The chain, and every head printed before, still fit once texts are gone.

Codes: H006 a text is not what its entry was made with, H007 a text is missing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqs_core.storage.atomic import LONGEST, append_durably, content_hash, write_durably
from sqs_core.storage.layout import inside
from sqs_core.storage.safe_read import MissingFileError, open_ordinary, read_bytes, reading

NAME: Final = "history-texts.jsonl"
_FIELDS: Final = ("key", "case", "salt", "texts")
_MOST: Final = 1 << 28


def keep(folder: Path, case: str, texts: Sequence[Any]) -> str:
    """Add the texts of one entry about ``case``, durably; gives the key by which to find them."""
    salt = os.urandom(16).hex()
    key = _key(salt, case, texts)
    line = {"key": key, "case": case, "salt": salt, "texts": texts}
    append_durably(folder / NAME, json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
    return key


def read(folder: Path, case: str | None = None, *, name: str = NAME) -> Mapping[str, list[Any]]:
    """The texts by key, of ``case`` or of all; those that do not fit their key are left out."""
    wanted = f'"case":{json.dumps(case, ensure_ascii=False)},"salt"'.encode() if case is not None else b""
    found: dict[str, list[Any]] = {}
    for line in _lines(inside(folder, name)):
        if wanted in line and (fields := _fields(line)) and _fits(fields):
            found[fields["key"]] = fields["texts"]
    return found


def spoilt(folder: Path, *, name: str = NAME) -> Iterator[int]:
    """The numbers, from 1, of the lines whose text does not fit its key.

    A line cut by a crash is not one of them: no entry was made with it.
    """
    for number, line in enumerate(_lines(inside(folder, name)), 1):
        fields = _fields(line)
        if fields is not None and not _fits(fields):
            yield number


def cases(folder: Path, name: str = NAME) -> Mapping[str, int]:
    """How many lines of texts there are of each case ("" for what is about none)."""
    counts: dict[str, int] = {}
    for line in _lines(inside(folder, name)):
        if fields := _fields(line):
            counts[fields["case"]] = counts.get(fields["case"], 0) + 1
    return counts


def texts_file_of(name: str) -> str:
    """The file of texts that stands beside the history called ``name``."""
    return f"{name.removesuffix('.jsonl')}-texts.jsonl"


def remove(folder: Path, gone: Collection[str], *, name: str = NAME) -> int:
    """Take away every text about the cases ``gone``; gives how many lines went.

    A line that cannot be read goes too: it may hold anything.
    """
    try:
        path = inside(folder, name)
        data = read_bytes(path, most=_MOST)
    except MissingFileError:
        return 0
    kept = without(data, gone)
    removed = sum(map(bool, data.split(b"\n"))) - kept.count(b"\n")
    if removed:
        write_durably(path, kept, expect=content_hash(data))
    return removed


def without(data: bytes, gone: Collection[str]) -> bytes:
    """The lines of texts in ``data`` but those about the cases ``gone``, and those that cannot be read."""
    lines = (line for line in data.split(b"\n") if (fields := _fields(line)) and fields["case"] not in gone)
    return b"".join(line + b"\n" for line in lines)


def _key(salt: str, case: str, texts: Sequence[Any]) -> str:
    said = json.dumps([salt, case, texts], ensure_ascii=False, separators=(",", ":"))
    return content_hash(said.encode()).removeprefix("sha256:")


def _fits(fields: dict[str, Any]) -> bool:
    return bool(fields["key"] == _key(fields["salt"], fields["case"], fields["texts"]))


def _fields(line: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or tuple(fields) != _FIELDS or not isinstance(fields["texts"], list):
        return None
    return fields if all(isinstance(fields[name], str) for name in _FIELDS[:3]) else None


def _lines(path: Path) -> Iterator[bytes]:
    try:
        fd = open_ordinary(path)
    except MissingFileError:
        return
    with os.fdopen(fd, "rb") as file, reading(path):
        while line := file.readline(LONGEST):
            yield line.removesuffix(b"\n").removesuffix(b"\r")
