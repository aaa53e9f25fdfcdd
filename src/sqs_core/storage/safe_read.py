"""Reading files that nobody vouches for: size, kind of file, characters and shape are
checked before the TOML parser sees a byte.

Why before: the stock parser needs half a minute for one hostile key of 100 kB and ends in a
``RecursionError`` on deep nesting.  Each refusal is a :class:`RecordError` whose problem has
file, line, what is wrong and what would work; it never quotes the text of the file.

Codes: R001 no such kind of file, R002 too large, R003 unreadable, R004 not UTF-8, R005
forbidden character, R006 nested too deeply, R007 key too long, R008 not TOML, R009 written
twice, R010 not a plain number, R011 cut short, R012 read back as something else.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, Final

from sqs_core.errors import Problem, RecordError
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.toml_lines import excess, line_of
from sqs_core.text import Forbidden, forbidden, one_line, with_newlines

__all__ = [
    "END_MARK",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_PARTS",
    "UNREADABLE",
    "MissingFileError",
    "check_size",
    "line_of",
    "open_ordinary",
    "parse_ours",
    "parse_toml",
    "read_bytes",
    "reading",
]

END_MARK: Final = "# end of record"
"""The last line of every record: a file cut at a line end is still TOML, but has lost this."""

UNREADABLE: Final = "R003"
"""The code of what the system does not let be read."""

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 32
MAX_PARTS: Final = 16

# Windows has neither flag; there the checks after opening remain.
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_READ: Final = (
    os.O_RDONLY
    | _NO_FOLLOW
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO would otherwise wait for ever
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PIECE: Final = 1 << 17  # memory is made ready for as much as is asked for, and that takes its time
_AT_LINE: Final = r"at line (\d+)"
_RISKY_ESCAPE: Final = re.compile(r"\\[befruxUE]")
_TWICE: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")


class MissingFileError(RecordError):
    """There is no file of that name."""


def read_bytes(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """The bytes of the ordinary file at ``path``, at most ``most`` of them.

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
    """A descriptor, open for reading, of the ordinary file at ``path``; the caller closes it.

    Refuses as :func:`read_bytes` does, but for the size.
    """
    fd = None
    try:
        if not _NO_FOLLOW and path.is_symlink():
            raise _refusal(path, *_NOT_ORDINARY, "R001")
        fd = os.open(path, _READ)
        if stat.S_ISREG(os.fstat(fd).st_mode):
            return fd
    except (OSError, ValueError) as error:
        if fd is not None:
            close_quietly(fd)
        raise _unreadable(path, error) from error
    close_quietly(fd)
    raise _refusal(path, *_NOT_ORDINARY, "R001")


def _read_all(fd: int, path: Path, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most + 1  # by reading, not by fstat: the file may grow meanwhile
    while left and (piece := os.read(fd, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise _refusal(path, *_too_large(most), "R002")
    return b"".join(pieces)


def parse_toml(data: bytes, where: str, *, end_mark: bool) -> dict[str, Any]:
    """The table that the TOML text in ``data`` writes; ``where`` names the file in problems.

    A byte order mark and CRLF are taken; every string in the result has ``\\n`` newlines and
    nothing that :func:`sqs_core.text.forbidden` finds; numbers are finite.  With ``end_mark``
    the last line must be ``# end of record``.  Anything else is a :class:`RecordError`.
    """
    check_size(data, where)
    try:
        # Not "utf-8-sig": Python would have to load that from a disk that may be failing.
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "save it as UTF-8 in the editor it was written with"
        raise _refusal(f"{where}:{line}", "this is not UTF-8 text", remedy, "R004") from None
    if found := forbidden(text):
        raise _forbidden_at(f"{where}:{found.line}", found)
    if over := excess(text, depth=MAX_DEPTH, parts=MAX_PARTS):
        raise _over(where, over.kind, over.line)
    cut = _cut_short(text, where) if end_mark else ()
    try:
        table: dict[str, Any] = _loads()(text, parse_float=_finite)
    except OSError as error:  # on a failing disk the parser itself may not load
        raise _unreadable(Path(where), error) from error
    except (ValueError, RecursionError) as error:
        # The parser's own message quotes keys, and a key may be a note with a lost quote.
        raise RecordError(*cut, _not_toml(where, error)) from None
    if cut:
        raise RecordError(*cut)
    if _RISKY_ESCAPE.search(text):
        _clean_strings(table, text, where)
    return table


def check_size(data: bytes, where: str) -> None:
    """RecordError where ``data`` is more than :data:`MAX_BYTES`: as a file it could not be read."""
    if len(data) > MAX_BYTES:
        raise _refusal(where, *_too_large(MAX_BYTES), "R002")


def parse_ours(data: bytes, where: str) -> dict[str, Any]:
    """The table in a file that ships with the program, which needs no more guarding than our code.

    RecordError, as :func:`parse_toml` has it, where it is no TOML all the same.
    """
    try:
        return _loads()(data.decode("utf-8").replace("\r\n", "\n"))
    except (ValueError, OSError):
        return parse_toml(data, where, end_mark=False)


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


def _loads() -> Callable[..., dict[str, Any]]:
    # Wanted only once a record is read: not by --help, nor before the first frame.
    try:
        from tomli import loads  # the same parser by the same author, compiled
    except ImportError:
        from tomllib import loads
    return loads


class _NotFiniteError(ValueError):
    pass


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _NotFiniteError
    return number


def _not_toml(where: str, error: Exception) -> Problem:
    said = str(error)
    at = re.search(_AT_LINE, said)
    place = f"{where}:{at[1]}" if at else where
    if isinstance(error, _NotFiniteError):
        return Problem(where, "a number is nan, infinite or too large", "write an ordinary number", "R010")
    if isinstance(error, RecursionError):
        return Problem(where, "brackets are nested too deeply", "write it flatter", "R006")
    if said.startswith(_TWICE):
        return Problem(place, "this key or heading is written twice", "keep one of the two", "R009")
    if said.startswith(("Unterminated string", 'Expected "\'"', "Expected '\"'")):
        what = "a text is not closed: its quotation mark is missing"
    elif "end of document" in said:
        what, place = "the text ends in the middle of a value", where
    elif "key" in said or "Invalid statement" in said:
        what = "this line is neither 'key = value', a [heading] nor a # comment"
    elif "escap" in said.lower() or "hex" in said:
        what = 'a backslash in "…" begins an escape that TOML 1.0 does not have; write \\\\ for a backslash'
    else:
        what = "this is not TOML 1.0: a value is wrong, or something follows it"
    return Problem(place, what, "mend that line, or take it from a copy", "R008")


def _clean_strings(table: dict[str, Any], text: str, where: str) -> None:
    """Normalise newlines in place and refuse what is forbidden, where escapes can have brought it."""
    # A list, not recursion: dotted keys inside nested tables can go deeper than the brackets.
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


def _over(where: str, kind: str, line: int) -> RecordError:
    if kind == "depth":
        what, code = f"brackets are nested deeper than {MAX_DEPTH}", "R006"
    else:
        what, code = f"a key has more than {MAX_PARTS} parts between its dots", "R007"
    return _refusal(f"{where}:{line}", what, "no record of ours needs that; mend that line", code)


_NOT_ORDINARY: Final = ("this is no ordinary file", "put the file itself there, not a link, pipe or folder")


def _too_large(most: int) -> tuple[str, str]:
    return f"the file is larger than {most // 1024} KiB", "a record is some 20 KiB: see what else it holds"


def names_in(folder: Path) -> list[str]:
    """The names in ``folder``, sorted; none where there is no such folder.

    RecordError where it cannot be looked into: ``Path.glob`` takes such a folder for an empty one.
    """
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error) from None


def record_names(folder: Path) -> list[str]:
    """The records in ``folder``, by name without ``.toml``; raises as :func:`names_in` does."""
    names = (name for name in names_in(folder) if name.endswith(".toml") and not name.startswith("."))
    return [name.removesuffix(".toml") for name in names]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What the system refuses while the open file at ``path`` is read is a RecordError that names it."""
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> RecordError:
    number = error.errno if isinstance(error, OSError) else None
    # ELOOP is Linux for "a link, and you said not to follow"; FreeBSD says EMLINK.
    if number in (errno.ELOOP, errno.EMLINK):
        return _refusal(path, *_NOT_ORDINARY, "R001")
    if number == errno.ENOENT:
        return MissingFileError(
            Problem(one_line(str(path)), "there is no such file", "check the name", UNREADABLE)
        )
    if number in (errno.EACCES, errno.EPERM):
        return _refusal(path, "you may not read this file", "check whose it is", UNREADABLE)
    why = os.strerror(number) if number is not None else "the name is not possible"
    return _refusal(path, f"the file cannot be read ({why})", "", UNREADABLE)


def _refusal(where: Path | str, what: str, remedy: str, code: str) -> RecordError:
    return RecordError(Problem(one_line(str(where)), what, remedy, code))
