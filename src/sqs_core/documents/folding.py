"""Characters that look alike, made one: for whatever is read, compared, searched or quoted.

:func:`readable` takes out what shows nothing and composes what is shown as one; its result may be
shorter.  :func:`plain` then turns look-alikes into one, character for character, so that a place in its
result is the same place in what it was made of.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sqs_core.text import without_forbidden

Span = tuple[int, int]
"""From which character to which, the end excluded."""

# Shown as nothing, though a record may hold them: soft hyphen, grapheme joiner, joiners between Latin
# letters, variation selectors, Hangul and Khmer fillers.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]"
    "|(?<=[0-9A-Za-zÀ-ɏ ])[\u200c\u200d](?=[0-9A-Za-zÀ-ɏ ])"
)
# One sign for several letters or for a letter of a certain shape: "ﬁve" of a PDF, "７" of a wide typeface.
_SHAPES: Final = re.compile("[\ufb00-\ufb06\uff01-\uff5e]")
# What a keyboard types for what a word processor sets; the last are letters an old typeface had for s.
_SAME: Final = str.maketrans(
    "‘’‚‛′ʼ`´" + "“”„‟″«»" + "‐‑‒–—―−" + "\u00a0\u2007\u2009\u200a\u202f\u3000" + "ſ",
    "'" * 8 + '"' * 7 + "-" * 7 + " " * 6 + "s",
)
# Cyrillic and Greek letters that look Latin: the usual ones of Unicode's table of confusables.
_LATIN: Final = dict(
    zip(
        "аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοαρνιυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxisjdhqwABEKMHOPCTYXISJoapviukABEZHIKMNOPTYX",
        strict=True,
    )
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FOREIGN: Final = re.compile("[" + "".join(_LATIN) + "]")


def readable(text: str) -> str:
    """Return ``text`` as a reader sees it: composed (NFC), without characters that show nothing."""
    text = without_forbidden(text)[0]
    if text.isascii():
        return text
    text = _UNSEEN.sub("", text)
    text = _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Return ``text`` with look-alikes made one, character for character; capitals are kept.

    Curly quotes become straight, dashes hyphens, every blank a space.  A word whose letters all are Latin
    or look it becomes Latin; a Russian or Greek word stays what it is.
    """
    if text.isascii():
        return text
    text = text.translate(_SAME)
    return _WORD.sub(_latin, text) if _FOREIGN.search(text) else text


def _latin(match: re.Match[str]) -> str:
    word = "".join(_LATIN.get(letter, letter) for letter in match[0])
    return word if all(unicodedata.name(letter, "").startswith("LATIN") for letter in word) else match[0]


def found(text: str, words: str) -> tuple[Span, ...]:
    """Return where ``words`` stand in ``text``, whatever the case, the quotes or the line ends between them.

    ``text`` is expected as :func:`readable` gives it; the places are those in it.
    """
    parts = [re.escape(part) for part in plain(readable(words)).split()]
    if not parts:
        return ()
    return tuple(m.span() for m in re.finditer(r"\s+".join(parts), plain(text), re.IGNORECASE))
