"""The table that a record's text writes: characters and shape are checked, and every fault placed.

Each refusal is a :class:`RecordError` whose problem has file, line, what is wrong and what would
work.  It never quotes the text: the parser's own message quotes keys, and a key may be a note with
a lost quotation mark.

Codes: R004 not UTF-8, R005 forbidden character, R006 nested too deeply, R007 key too long, R008 not
TOML, R009 written twice, R010 not a plain number, R011 cut short, R013 empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import isfinite
from typing import Any, Final

import tomli

from sqs_core.errors import Problem, RecordError
from sqs_core.storage.safe_read import check_size
from sqs_core.text import Forbidden, forbidden, with_newlines

END_MARK: Final = "# end of record"
"""The last line of every record: a file cut at a line end is still TOML, but has lost this."""

MOST_PARTS: Final = 16
"""Parts that a key may have between its dots."""

_AT_LINE: Final = re.compile(r"at line (\d+)")
_RISKY_ESCAPE: Final = re.compile(r"\\[befruxUE]")
_TWICE: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")


def parse_toml(data: bytes, where: str, *, end_mark: bool) -> dict[str, Any]:
    """Return the table that the TOML text in ``data`` writes; ``where`` names the file in problems.

    A byte order mark and CRLF are taken; every string in the result has ``\\n`` newlines and
    nothing that :func:`sqs_core.text.forbidden` finds; numbers are finite.  With ``end_mark``
    the last line must be ``# end of record``.  Anything else is a :class:`RecordError`.
    """
    check_size(data, where)
    if not data.strip(b"\0"):
        what = "there is nothing in this file: perhaps it was not downloaded yet, or the disk was full"
        raise _refusal(where, what, "have the sync program download it, or put it back from a copy", "R013")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
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
        raise RecordError(*cut, _not_toml(where, error)) from None
    if cut:
        raise RecordError(*cut)
    if _RISKY_ESCAPE.search(text):
        _clean_strings(table, text, where)
    return table


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


def _not_toml(where: str, error: Exception) -> Problem:
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


def _refusal(where: str, what: str, remedy: str, code: str) -> RecordError:
    return RecordError(Problem(where, what, remedy, code))


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
PlaceFinder = Callable[[Sequence[str | int]], str]
"""Gives "file:line" for a path of keys."""


def comments(text: str) -> int:
    """Return how many comments stand in ``text``, outside any string."""
    return sum(token[0].startswith("#") for token in _TOKEN.finditer(text) if token.lastgroup == "text")


def long_key(text: str, most: int) -> int | None:
    """Return the line of the first key that may have more than ``most`` parts between its dots; else None.

    The parser takes up to a thousand, and makes a table for each part of each: gigabytes from one file.
    """
    dots = "." * most
    if dots not in re.sub(r"[^.\n]++", "", text):
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


def places_in(data: bytes, where: str) -> PlaceFinder:
    """Return a function that gives "file:line" of a path of keys in the file ``where``."""
    line = line_finder(data.decode("utf-8-sig", "replace"))
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
