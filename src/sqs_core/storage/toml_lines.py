"""TOML text by its lines, without parsing it: how deep it nests, how long its keys are, and
where a key path is written.

Everything here is linear in the length of the text whatever the text is: the expressions
have no way back (possessive quantifiers), and each match takes at least one character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

# Patterns, not compiled ones: `re` keeps what it compiles, and a file without faults needs few of them.
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
_TOKEN: Final = (
    r"(?xs)"
    + _TEXT
    + r"""
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<dot> \. )
    | (?P<newline> \n++ )
    | (?P<end> [=,] )
    """
)
# A bracket pair with no bracket, escape or comment between, and quotation marks only in pairs.
# Wherever it stands (outside strings, inside one, or from one string to the next) both brackets
# count or neither does, so it adds nothing to the depth of what follows.
_FLAT: Final = r"""(?:[^\[\]{}"'#\\]++|"[^\[\]{}"'#\\\n]++")*+"""
_FLAT_SQUARE: Final = rf"\[(?:\[{_FLAT}\]|{_FLAT})\]"
_FLAT_CURLY: Final = rf"\{{{_FLAT}\}}"
# The same for depth alone.  A bracket pair that holds nothing but words and plain strings is one
# token: it begins outside any string, so here its strings are told apart as _TOKEN would.
_NESTING: Final = (
    r"(?xs)"
    + _TEXT
    + r"""
    | (?P<flat> [\[{] (?: [^\[\]{}"'\#]++ | "(?!"") (?: [^"\\\n]++ | \\[^\n] )*+ " )*+ [\]}] )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    """
)
_PART: Final = r"""[ \t]*+(?:"((?:[^"\\\n]++|\\[^\n])*+)"|'([^'\n]*+)'|([\w-]++))[ \t]*+"""
_MOST_KEYS: Final = 64
_ALL_BUT_DOTS: Final = bytes(set(range(256)) - set(b".\n"))


class Excess(NamedTuple):
    """A limit passed: ``kind`` is ``depth`` or ``parts``, ``line`` counts from 1."""

    kind: str
    line: int


def excess(text: str, *, depth: int, parts: int) -> Excess | None:
    """The first place where brackets nest deeper than ``depth`` or a key has more than ``parts``.

    Most texts are told from two counts (a flat pair adds two levels at most); only a
    doubtful one is walked token by token.  Text inside strings and comments counts for neither limit.
    """
    brackets = text.count("[") + text.count("{")
    if brackets > depth - 2:
        brackets -= sum(pair.count("[") for pair in re.findall(_FLAT_SQUARE, text))
        brackets -= len(re.findall(_FLAT_CURLY, text))
    dots = text.encode("utf-8", "replace").translate(None, _ALL_BUT_DOTS)
    if brackets <= depth - 2 and b"." * parts not in dots:
        return None
    # Without a run of dots only the depth is in doubt, and that takes far fewer tokens.
    return _walk(text, depth, parts) if b"." * parts in dots else _too_deep(text, depth)


def _too_deep(text: str, depth: int) -> Excess | None:
    open_now = 0
    for token in re.finditer(_NESTING, text):
        kind = token.lastgroup
        if kind == "close":
            open_now = max(0, open_now - 1)
        elif kind != "text":
            if open_now == depth:
                return Excess("depth", text.count("\n", 0, token.start()) + 1)
            open_now += kind == "open"
    return None


def _walk(text: str, depth: int, parts: int) -> Excess | None:
    line, open_now, dots = 1, 0, 0
    for token in re.finditer(_TOKEN, text):
        match token.lastgroup:
            case "text":
                line += token[0].count("\n")
                continue
            case "dot":
                dots += 1
                if dots >= parts:
                    return Excess("parts", line)
                continue
            case "open":
                open_now += 1
                if open_now > depth:
                    return Excess("depth", line)
            case "close":
                open_now = max(0, open_now - 1)
            case "newline":
                line += len(token[0])
        dots = 0
    return None


def comments(text: str) -> int:
    """How many comments stand in ``text``, outside any string."""
    if "#" not in text:
        return 0
    return sum(token[0].startswith("#") for token in re.finditer(_TOKEN, text) if token.lastgroup == "text")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, where the key path is written in ``text``.

    ``("answers", "roh.plan", "outcome")`` is found whether written under its heading, as a
    dotted key or inside an inline table; an index counts ``[[headings]]`` of one name.
    Where the whole path is not written (a missing key, say) it is the line of the longest
    part of it that is; 1 when nothing is.  Best effort: broken TOML gives a near line.
    """
    wanted = tuple(path)
    best, best_line = 0, 1
    for line, here in _written(text.replace("\r\n", "\n")):
        same = 0
        for mine, theirs in zip(here, wanted, strict=False):
            if mine != theirs:
                break
            same += 1
        # A key elsewhere under the same heading shares a part of the path, but is not it.
        if same == len(here) and same > best:
            best, best_line = same, line
            if same == len(wanted):
                break
    return best_line


def line_finder(text: str) -> Callable[[Sequence[str | int]], int]:
    """As :func:`line_of`, for many paths in one text: the text is walked once."""
    lines: dict[tuple[str | int, ...], int] = {}
    for line, path in _written(text.replace("\r\n", "\n")):
        for end in range(1, len(path) + 1):
            lines.setdefault(path[:end], line)

    def find(path: Sequence[str | int]) -> int:
        wanted = tuple(path)
        return next((lines[wanted[:end]] for end in range(len(wanted), 0, -1) if wanted[:end] in lines), 1)

    return find


def _written(text: str) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    """Each heading and key outside any value, as its line and its full path."""
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
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
    """The line, start and end of each statement; a value over several lines belongs to its key."""
    line = first = 1
    start = open_now = 0
    for token in re.finditer(_TOKEN, text):
        match token.lastgroup:
            case "text":
                line += token[0].count("\n")
            case "open":
                open_now += 1
            case "close":
                open_now = max(0, open_now - 1)
            case "newline":
                line += len(token[0])
                if open_now == 0:
                    yield first, start, token.start()
                    first, start = line, token.end()
    yield first, start, len(text)


def _indexed(keys: tuple[str, ...], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """A heading's path with the index of the array entry that it continues."""
    path: tuple[str | int, ...] = ()
    for key in keys:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path])
    return path


def _keys(statement: str) -> tuple[str, ...]:
    """The dotted key that a statement begins with; escapes inside it are left as written."""
    keys: list[str] = []
    at = 0
    # No more than can be wanted: paths are built from it part by part, heading by heading.
    match = re.compile(_PART).match
    while len(keys) < _MOST_KEYS and (part := match(statement, at)):
        keys.append(part[part.lastindex or 0])
        at = part.end()
        if statement[at : at + 1] != ".":
            break
        at += 1
    return tuple(keys)
