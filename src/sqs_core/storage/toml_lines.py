"""Where in a TOML text a key path is written, and how many comments it has, without parsing it.

Everything here is linear in the length of the text, whatever the text is: the expressions have no
way back (possessive quantifiers), and each match takes at least one character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

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
