"""The one sanitiser at the model's edge: what text may hold, and how doubtful text is shown.

Everything typed, pasted or read from a file passes :func:`clean` before it becomes part of
a record, so no renderer has to ask again.  What has *not* passed it (a name in a broken
file, say) is put through :func:`shown` before a terminal sees it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from attrs import frozen

from sqs_core.errors import UsageError

# Terminals obey the control characters; the bidi controls and tags make text read other
# than it is ("Trojan Source", CVE-2021-42574); the rest is invisible or no text at all.
# U+200C and U+200D stay allowed: Persian and Indic names and joined emoji need them.
_RANGES: Final = (
    (0x00, 0x08),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x061C, 0x061C),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)

_CASE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_WINDOWS_NAMES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)

CASE_ID_RULE: Final = (
    "a case id is 1 to 40 letters A-Z, digits, '-' or '_', begins with a letter or digit, "
    "and is not a name that Windows keeps for itself (such as CON or NUL)"
)


class Forbidden(NamedTuple):
    """The first character of a text that no record may hold: where it is and what it is called.

    ``line`` and ``column`` count from 1, in characters; ``name`` is such as
    ``U+202E (RIGHT-TO-LEFT OVERRIDE)``.  It holds nothing else of the text.
    """

    offset: int
    line: int
    column: int
    name: str


def forbidden(text: str) -> Forbidden | None:
    """Return the first character of ``text`` that no record may hold, or None.

    Forbidden are the control characters but tab and newline (a carriage return too: see
    :func:`clean`), zero-width and bidirectional controls, tags, non-characters and lone
    surrogates.
    """
    # Nothing forbidden is printable, and these C loops are some 20 times faster than the
    # expression; notes hold newlines, and those alone make a text unprintable.
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return None
    found = _forbidden_characters().search(text)
    if found is None:
        return None
    at = found.start()
    return Forbidden(at, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), _name(found[0]))


@cache
def _forbidden_characters() -> re.Pattern[str]:
    """Return the pattern, compiled when a text is first in doubt: nearly all of them are not."""
    return re.compile("[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in _RANGES) + "]")


def clean(text: str, what: str = "this text") -> str:
    """Return ``text`` as a record may hold it: newlines are ``\\n``; what is forbidden is refused.

    ``what`` names the text in the refusal ("the evidence for roh.plan").  Refuses with a
    :class:`UsageError` that names the character and its place, and nothing of the text.
    To drop such characters instead, from a paste for example, use :func:`without_forbidden`.
    """
    text = with_newlines(text)
    if found := forbidden(text):
        raise UsageError(
            f"{what} holds {found.name} at line {found.line}, column {found.column}, "
            "which no record may hold; take that character out"
        )
    return text


def with_newlines(text: str) -> str:
    """Return ``text`` with every CRLF and lone CR turned into ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def all_with_newlines(value: Any) -> Any:
    """Return ``value``, made of tables, lists and texts, with every text as :func:`with_newlines`."""
    if isinstance(value, str):
        return with_newlines(value)
    if isinstance(value, dict):
        return {key: all_with_newlines(part) for key, part in value.items()}
    return [all_with_newlines(part) for part in value] if isinstance(value, list | tuple) else value


def without_forbidden(text: str) -> tuple[str, int]:
    """Return ``text`` with ``\\n`` newlines and nothing forbidden, and how many characters were dropped.

    For what is pasted: the person is told the number, rather than refused the paste.
    """
    text = with_newlines(text)
    return _forbidden_characters().subn("", text) if forbidden(text) else (text, 0)


def shown(text: str) -> str:
    """Return ``text`` safe for a terminal: each forbidden character becomes one visible mark.

    Control characters become their pictures (ESC is ``␛``), all else ``\N{REPLACEMENT CHARACTER}``;
    newlines and tabs stay.  The marks take one column, so tables keep their shape.
    """
    text = with_newlines(text)
    return _forbidden_characters().sub(_mark, text) if forbidden(text) else text


def one_line(text: str, most: int = 200) -> str:
    """Return ``text`` as :func:`shown`, on one line and at most ``most`` characters, for a message."""
    text = shown(text[: most + 1].replace("\r\n", "\n")).replace("\n", "␊").replace("\t", " ")
    return text if len(text) <= most else text[: most - 1] + "…"


def counted(number: int, noun: str, many: str = "") -> str:
    """Return "1 case", "2 cases": ``many`` is the plural where it is not the noun with an s."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def first_few(names: Sequence[str], most: int = 4) -> str:
    """Return the first ``most`` of ``names``, with how many more there are: "01, 02 and 3 more"."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def capitalised(words: str) -> str:
    """Return ``words`` with a capital first letter, the others as they are."""
    return words[:1].upper() + words[1:]


def iso_date(words: str) -> date | None:
    """Return the day that ``words`` are, written 2012-11-26; None where they are none."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def whole_number(words: str) -> int | None:
    """Return the number that ``words`` are, in ASCII digits and no more than 40; None where they are none.

    Not ``str.isdigit``, which holds "²" for one too, and thousands of digits, which ``int`` refuses.
    """
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 40 else None


def lowered(text: str) -> str:
    """Return ``text`` in small letters, as a regular expression that ignores case reads it.

    It takes four letters for others that ``str.lower`` keeps apart: for it "ſeven" is "seven".
    """
    return text.translate(_READ_ALIKE).lower()


_READ_ALIKE: Final = str.maketrans("İıſ\N{KELVIN SIGN}", "iisk")


def valid_case_id(text: str) -> bool:
    """Return whether ``text`` may name a case; :data:`CASE_ID_RULE` says the rule in words.

    A case id becomes a file name on any system, so nothing in it may leave the folder.
    """
    return _CASE_ID.fullmatch(text) is not None and text.lower() not in _WINDOWS_NAMES


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def _name(character: str) -> str:
    name = unicodedata.name(character, "") or _CONTROLS.get(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


_CONTROLS: Final = {"\0": "NUL", "\x07": "BEL", "\b": "BACKSPACE", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE"}


# ------------------------------------------------------------ texts in languages


@frozen
class Text:
    """Words shown to a person; ``wordings`` maps a language tag to the words.

    A plain string in a criteria file is stored under the empty tag: it is in the
    version's first language.  ``str(text)`` gives those words.
    """

    wordings: Mapping[str, str]

    @classmethod
    def plain(cls, words: str) -> Text:
        """Return the text whose only wording is ``words``, in the version's first language."""
        return cls({"": words})

    def in_language(self, tag: str) -> str:
        """Return the wording in ``tag``; the version's first language where there is none."""
        return self.wordings.get(tag) or str(self)

    def __str__(self) -> str:
        return self.wordings.get("") or next(iter(self.wordings.values()), "")

    def __bool__(self) -> bool:
        return any(self.wordings.values())


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return ``rows`` as CSV with a header; a cell that a spreadsheet would run is made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([f"'{c}" if c[:1] in tuple("=+-@\t\r'") else c for c in row] for row in rows)
    return out.getvalue()


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Return ``rows`` in columns two blanks apart, those in ``right`` set to the right."""
    rows = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
