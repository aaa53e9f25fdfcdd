"""Read files that nobody vouches for: check size and kind before using a byte, then characters and shape.

Each refusal is a :class:`RecordError` whose problem says where and what is wrong and what would work.  It
never quotes the text: the parser's own message quotes keys, and a key may be a note with a lost quotation
mark.

Codes: R001 no ordinary file, R002 too large, R003 unreadable, R004 not UTF-8, R005 forbidden character, R006
nested too deeply, R007 key too long, R008 not TOML, R009 written twice, R010 not a plain number, R011 cut
short, R013 empty.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final

import tomli

from sqs_core.errors import Locator, Problem, RecordError
from sqs_core.storage.fsync import ORDINARY, PATIENCE_TO_READ, close_quietly, in_use, patiently
from sqs_core.text import Forbidden, forbidden, one_line, with_newlines

UNREADABLE: Final = "R003"
"""The code of what the system does not let be read."""

MAX_BYTES: Final = 1 << 20
"""Bytes that a record may have: some fifty times as many as one needs."""
LARGEST: Final = 1 << 30
"""Bytes that any file may have: more than the history of ten thousand cases."""

_PIECE: Final = 1 << 15  # memory is made ready for as much as is asked for, and that takes its time
_NOT_ORDINARY: Final = ("this is no ordinary file", "put the file itself there, not a link, pipe or folder")


class MissingFileError(RecordError):
    """There is no file of that name."""


def read_bytes(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of the ordinary file at ``path``, at most ``most`` of them.

    Refuses with a :class:`RecordError` what is missing (:class:`MissingFileError`), too
    large, or no ordinary file: a link (it may lead out of the folder), a pipe (it would
    hang), a device or a folder.
    """
    fd = open_ordinary(path)
    try:
        return _read_all(fd, path, most)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        close_quietly(fd)


def open_ordinary(path: Path) -> int:
    """Open the ordinary file at ``path`` for reading; the caller closes the descriptor.

    Refuses as :func:`read_bytes` does, but for the size: only what has more than :data:`LARGEST` bytes, which
    would be read for hours.
    """
    fd = None
    try:
        if not hasattr(os, "O_NOFOLLOW") and path.is_symlink():  # as on Windows
            raise _refusal(path, *_NOT_ORDINARY, "R001")
        fd = patiently(lambda: os.open(path, os.O_RDONLY | ORDINARY), path, patience=PATIENCE_TO_READ)
        there = os.fstat(fd)
        if stat.S_ISREG(there.st_mode) and there.st_size <= LARGEST:
            return fd
    except (OSError, ValueError) as error:
        if fd is not None:
            close_quietly(fd)
        raise _unreadable(path, error) from error
    close_quietly(fd)
    if stat.S_ISREG(there.st_mode):
        what = f"the file is larger than {LARGEST >> 30} GiB"
        raise _refusal(path, what, "no inspection needs that: see what else it holds", "R002")
    raise _refusal(path, *_NOT_ORDINARY, "R001")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn errors of the system while the open file at ``path`` is read into a RecordError."""
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def names_in(folder: Path) -> list[str]:
    """Return the names in ``folder``, sorted; none where there is no such folder.

    RecordError where it cannot be looked into, or is no folder: ``Path.glob`` takes such a one for empty.
    """
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(folder, error) from None


def _read_all(fd: int, path: Path, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most + 1  # by reading, not by fstat: the file may grow meanwhile
    while left and (piece := os.read(fd, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise _refusal(path, *_too_large(most), "R002")
    return b"".join(pieces)


def _too_large(most: int) -> tuple[str, str]:
    return f"the file is larger than {most // 1024} KiB", "a record is some 20 KiB: see what else it holds"


def _unreadable(path: Path, error: Exception) -> RecordError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return MissingFileError(
            Problem(one_line(str(path)), "there is no such file", "check the name", UNREADABLE)
        )
    if isinstance(error, OSError) and in_use(error):
        what = "another program has this file open and lets nobody else read it"
        return _refusal(path, what, "close it there, or wait a moment, and try again", UNREADABLE)
    # To open a folder is no more than denied on Windows.
    if number in _NO_FILE or (sys.platform == "win32" and number in _DENIED and path.is_dir()):
        return _refusal(path, *_NOT_ORDINARY, "R001")
    if number in _REASONS:
        return _refusal(path, *_REASONS[number], UNREADABLE)
    why = os.strerror(number) if number is not None else "the name is not possible"
    remedy = "try again; if it stays so, have the disk looked at" if number == errno.EIO else ""
    return _refusal(path, f"the file cannot be read ({why})", remedy, UNREADABLE)


# ELOOP is Linux for "a link, and you said not to follow"; FreeBSD says EMLINK.  ENXIO is a socket.
_NO_FILE: Final = (errno.ELOOP, errno.EMLINK, errno.ENXIO)
_DENIED: Final = (errno.EACCES, errno.EPERM)
_TOO_MANY: Final = (errno.EMFILE, errno.ENFILE)
_NO_FOLDER: Final = "a folder should stand here, and something else does"
_REASONS: Final = {
    **dict.fromkeys(_DENIED, ("you may not read this file", "check whose it is")),
    **dict.fromkeys(_TOO_MANY, ("too many files are open", "close some programs and try again")),
    errno.ENOTDIR: (_NO_FOLDER, "put the folder back, from a copy"),
}


def _refusal(where: Path | str, what: str, remedy: str, code: str) -> RecordError:
    return RecordError(Problem(where if isinstance(where, str) else one_line(str(where)), what, remedy, code))


# ------------------------------------------------------------ the TOML of it

END_MARK: Final = "# end of record"
"""The last line of every record: a file cut at a line end is still TOML, but has lost this."""

MOST_PARTS: Final = 16
"""Parts that a key may have between its dots."""

_AT_LINE: Final = re.compile(r"at line (\d+), column (\d+)")
_CURLY: Final = frozenset("“”„‟‘’‚‛«»")
_RISKY_ESCAPE: Final = re.compile(r"\\[befruxUE]")
_TWICE: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")


def parse_toml(data: bytes, where: str, *, end_mark: bool) -> dict[str, Any]:
    """Return the table that the TOML text in ``data`` writes; ``where`` names the file in problems.

    A byte order mark and CRLF are taken; every string in the result has ``\\n`` newlines and
    nothing that :func:`sqs_core.text.forbidden` finds; numbers are finite.  With ``end_mark``
    the last line must be ``# end of record``.  Anything else is a :class:`RecordError`.
    """
    if len(data) > MAX_BYTES:
        raise _refusal(where, *_too_large(MAX_BYTES), "R002")
    if not data.strip(b"\0"):
        what = "there is nothing in this file: perhaps it was not downloaded yet, or the disk was full"
        raise _refusal(where, what, "have the sync program download it, or put it back from a copy", "R013")
    try:
        text = without_mark(data).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "save it as UTF-8 in the editor it was written with"
        raise _refusal(f"{where}:{line}", "this is not UTF-8 text", remedy, "R004") from None
    if found := forbidden(text):
        raise _forbidden_at(f"{where}:{found.line}", found)
    if (long := long_key(text, MOST_PARTS)) is not None:
        what = f"a key has more than {MOST_PARTS} parts between its dots"
        raise _refusal(f"{where}:{long}", what, "no record of ours needs that; mend that line", "R007")
    cut = _cut_short(text, where) if end_mark else ()
    try:
        table = tomli.loads(text, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise RecordError(*cut, _not_toml(where, error, text)) from None
    if cut:
        raise RecordError(*cut)
    if _RISKY_ESCAPE.search(text):
        _clean_strings(table, text, where)
    return table


def without_mark(data: bytes) -> bytes:
    """Return ``data`` without a byte order mark; Python would load a codec for it, in the midst of a save."""
    return data.removeprefix(codecs.BOM_UTF8)


def _cut_short(text: str, where: str) -> tuple[Problem, ...]:
    body = text.rstrip()
    if body.endswith("\n" + END_MARK) or body == END_MARK:
        return ()
    line = body.count("\n") + 1
    if f"\n{END_MARK}\n" in body:
        what, remedy = f"there is more after '{END_MARK}'", "move that line to the end if nothing is missing"
    else:
        what = f"the file seems cut short: its last line is not '{END_MARK}'"
        remedy = "compare it with a copy or the history; if nothing is missing, add that line at the end"
    return (Problem(f"{where}:{line}", what, remedy, "R011"),)


class _NotFiniteError(ValueError):
    pass


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _NotFiniteError
    return number


def _not_toml(where: str, error: Exception, text: str) -> Problem:
    said = str(error)
    at = _AT_LINE.search(said)
    place = f"{where}:{at[1]}" if at else where
    if isinstance(error, _NotFiniteError):
        return Problem(where, "a number is nan, infinite or too large", "write an ordinary number", "R010")
    if isinstance(error, RecursionError):
        what = "brackets or the parts of a key are nested too deeply"
        return Problem(where, what, "no record of ours needs that; write it flatter", "R006")
    if said.startswith(_TWICE):
        return Problem(place, "this key or heading is written twice", "keep one of the two", "R009")
    if at and (slip := _slip(said, text.split("\n")[int(at[1]) - 1], int(at[2]) - 1)):
        return Problem(place, f"column {at[2]}: {slip[0]}", slip[1], "R008")
    if said.startswith(("Unterminated string", 'Expected "\'"', "Expected '\"'")):
        what = "a text is not closed: its quotation mark is missing"
    elif "end of document" in said:
        what, place = "the text ends in the middle of a value", where
    elif "key" in said or "Invalid statement" in said:
        what = "this line is neither 'key = value', a [heading] nor a # comment"
    elif "escap" in said.lower() or "hex" in said:
        what = 'a backslash in "…" begins an escape that TOML does not have; write \\\\ for a backslash'
    else:
        what = "this is not TOML: a value is wrong, or something follows it"
    return Problem(place, what, "mend that line, or take it from a copy", "R008")


def _slip(said: str, line: str, at: int) -> tuple[str, str] | None:
    """Return what was probably mistyped at column ``at`` of ``line``, and its cure; None for no guess."""
    here = line[at : at + 1]
    if (here or " ") in _CURLY or (said.startswith("Illegal character '\\n'") and _CURLY.intersection(line)):
        return "a curly quotation mark, as word processors make them", 'write straight ones: "…"'
    if said.startswith("Illegal character '\\n'"):
        return (
            "a text is not closed: its quotation mark is missing",
            'close it, or write """ around several lines',
        )
    if said.startswith("Invalid value") and here == "=":
        return "two equals signs", "write one"
    if said.startswith("Invalid value") and not line[at:].strip():
        return "there is nothing after the equals sign", 'write the value, such as "words" or true'
    if said.startswith("Invalid value") and here.isalpha():
        word = re.match(r"\w+", line[at:])
        if word and word[0].lower() in ("true", "false"):
            return "true and false are written in small letters", "write true or false"
        return "words without quotation marks", 'write them as "…"; true and false alone have none'
    if said.startswith(("Unclosed array", "Unclosed inline table")):
        sign = "]" if "array" in said else "}"
        return f"a comma is missing before this, or the closing {sign}", "add it"
    if said.startswith("Expected newline") and line[:at].count('"') >= 2 and here not in ("#", ","):
        return (
            "something follows the closing quotation mark",
            'write \\" for one inside a text, and one value a line',
        )
    if said.startswith("Expected newline") and here == ",":
        return (
            "a comma, where nothing may follow",
            'take it out, or write a list: [1, 2]; a fraction is "7/2"',
        )
    if said.startswith("Expected newline") and here == "/":
        return "a date is written 2026-11-23, a fraction in quotation marks", "write it so"
    if said.startswith("Expected ']"):
        return "a heading is not closed", f"end it with {']]' if ']]' in said else ']'}"
    if said.startswith("Expected '='"):
        instead = "a colon, where an equals sign stands" if here == ":" else "an equals sign is missing"
        return instead, "write: key = value"
    return None


def _clean_strings(table: dict[str, Any], text: str, where: str) -> None:
    """Normalise newlines in place and refuse what is forbidden, where escapes can have brought it."""
    # A list, not recursion: dotted keys can nest deeper than Python's own stack.
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(table, ())]
    while waiting:
        node, path = waiting.pop()
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            here = (*path, key)
            if isinstance(key, str) and (found := forbidden(key)):
                raise _forbidden_at(f"{where}:{line_of(text, here)}", found)
            if isinstance(value, str):
                node[key] = value = with_newlines(value)
                if found := forbidden(value):
                    raise _forbidden_at(f"{where}:{line_of(text, here)}", found)
            elif isinstance(value, dict | list):
                waiting.append((value, here))


def _forbidden_at(where: str, found: Forbidden) -> RecordError:
    return _refusal(where, f"{found.name} stands here, which no record may hold", "take it out", "R005")


# ------------------------------------------------------------ lines
# Where a key path is written, and how many comments there are, without parsing.  Everything here is linear
# in the length of the text, whatever the text is: the expressions have no way back (possessive
# quantifiers), and each match takes at least one character.

# Strings and comments swallow whatever they hold.  An unclosed string is still one token
# (to the end of its line, or of the text), otherwise each quote would scan the rest again.
_TEXT: Final = r"""
      (?P<text>
          \"{3} (?: [^"\\]++ | \\. | "(?!"") )*+ (?: "{3,5} )?
        | '{3}  (?: [^']++ | '(?!'') )*+ (?: '{3,5} )?
        | "     (?: [^"\\\n]++ | \\[^\n] )*+ "?
        | '     [^'\n]*+ '?
        | \#[^\n]*+
      )
"""
_STRING: Final = re.compile(_TEXT, re.VERBOSE | re.DOTALL)
_TOKEN: Final = re.compile(
    _TEXT
    + r"""
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<newline> \n++ )
    """,
    re.VERBOSE | re.DOTALL,
)
_PART: Final = re.compile(r"""[ \t]*+(?:"((?:[^"\\\n]++|\\[^\n])*+)"|'([^'\n]*+)'|([\w-]++))[ \t]*+""")
_MOST_PARTS: Final = 64  # no more can be wanted of a key, and paths are built from it part by part

Keys = tuple[str | int, ...]


def comments(text: str) -> int:
    """Return how many comments stand in ``text``, outside any string."""
    return sum(token[0].startswith("#") for token in _TOKEN.finditer(text) if token.lastgroup == "text")


def long_key(text: str, most: int) -> int | None:
    """Return the line of the first key that may have more than ``most`` parts between its dots; else None.

    The parser takes up to a thousand, and makes a table for each part of each: gigabytes from one file.
    """
    if not re.search(rf"\.(?:[^.\n]*+\.){{{most - 1}}}", text):  # as nearly always; a text may have them too
        return None
    bare = _STRING.sub(lambda found: "\n" * found[0].count("\n"), text)
    found = re.search(rf"(?<![^=,\[\]{{}}\n])(?:[^=,\[\]{{}}\n.]*+\.){{{most}}}", bare)
    return bare.count("\n", 0, found.start()) + 1 if found else None


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line, from 1, where the key path is written in ``text``.

    ``("answers", "roh.plan", "outcome")`` is found whether written under its heading, as a
    dotted key or inside an inline table; an index counts ``[[headings]]`` of one name.
    Where the whole path is not written (a missing key, say) it is the line of the longest
    part of it that is; 1 when nothing is.  Best effort: broken TOML gives a near line.
    """
    return line_finder(text)(path)


def line_finder(text: str) -> Callable[[Sequence[str | int]], int]:
    """Return a function that does as :func:`line_of` in ``text``, which is walked once, when first asked."""

    @cache
    def lines() -> dict[Keys, int]:
        found: dict[Keys, int] = {}
        for line, path in _written(text.replace("\r\n", "\n")):
            for end in range(1, len(path) + 1):
                found.setdefault(path[:end], line)
        return found

    def find(path: Sequence[str | int]) -> int:
        wanted = tuple(path)
        written = lines()
        parts = (wanted[:end] for end in range(len(wanted), 0, -1))
        return next((written[part] for part in parts if part in written), 1)

    return find


def places_in(data: bytes, where: str) -> Locator:
    """Return a function that gives "file:line" of a path of keys in the file ``where``."""
    line = line_finder(without_mark(data).decode("utf-8", "replace"))
    return lambda path: f"{where}:{line(path)}"


def _written(text: str) -> Iterator[tuple[int, Keys]]:
    """Yield each heading and key outside any value, as its line and its full path."""
    table: Keys = ()
    counts: dict[Keys, int] = {}
    for line, start, end in _statements(text):
        statement = text[start:end].lstrip(" \t")
        if statement.startswith("[["):
            keys = _keys(statement[2:])
            if keys:
                name = (*_indexed(keys[:-1], counts), keys[-1])
                counts[name] = counts.get(name, -1) + 1
                table = (*name, counts[name])
                yield line, table
        elif statement.startswith("["):
            table = _indexed(_keys(statement[1:]), counts)
            yield line, table
        elif keys := _keys(statement):
            yield line, (*table, *keys)


def _statements(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the line, start and end of each statement; a value over several lines belongs to its key."""
    line = first = 1
    start = depth = 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "text":
                line += token[0].count("\n")
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "newline":
                line += len(token[0])
                if depth == 0:
                    yield first, start, token.start()
                    first, start = line, token.end()
    yield first, start, len(text)


def _indexed(keys: tuple[str, ...], counts: dict[Keys, int]) -> Keys:
    """Return a heading's path with the index of the array entry that it continues."""
    path: Keys = ()
    for key in keys:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path])
    return path


def _keys(statement: str) -> tuple[str, ...]:
    """Return the dotted key that a statement begins with; escapes inside it are left as written."""
    keys: list[str] = []
    at = 0
    while len(keys) < _MOST_PARTS and (part := _PART.match(statement, at)):
        keys.append(part[part.lastindex or 0])
        at = part.end()
        if statement[at : at + 1] != ".":
            break
        at += 1
    return tuple(keys)
