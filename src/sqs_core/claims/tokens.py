"""A sentence as tokens: numbers, nouns, the words of the language's forms, and what counts no cases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from attrs import define, evolve, frozen

from sqs_core.criteria import ClaimWords
from sqs_core.documents.folding import plain
from sqs_core.text import lowered

VULGAR: Final = {sign: unicodedata.normalize("NFKC", sign).replace("⁄", "/") for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
"""Fractions that are one sign, as numbers with a stroke between them."""
_WORD: Final = r"[^\W\d_]+(?:'[^\W\d_]+)*"
_TOKEN: Final = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}})+(?![\d.])|\d+(?:\.\d+)?|[{''.join(VULGAR)}]|{_WORD}(?:-{_WORD})*|[^\w\s]|_"
)
_ASIDES: Final = (
    ("date", r"\d{4}-\d\d-\d\d\b|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b"),
    ("email", r"[\w.+-]++@[\w-]++(?:\.[\w-]++)++"),
    ("address", r"(?:https?://|www\.)\S+"),
    ("telephone number", r"(?:\+44\s?\(?0?\)?\s?|\b0)\d(?:[\s-]?\d){8,9}\b"),
    ("money", r"[£€$]\s?\d[\d,.]*(?:\s?(?:m|k|bn|million|thousand)\b)?"),
    ("time", r"\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)\b|\b\d{1,2}:\d\d\b"),
    ("year", r"\b(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)\d\d|\d\d))?\b(?!\s*%)"),
    ("ordinal", r"\b\d{1,4}(?:st|nd|rd|th)\b"),
    ("number of a paragraph", r"\b\d{1,2}(?:\.\d{1,2}){2,}\b"),
    (
        "code",
        r"\b(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Za-z])(?:\d+[A-Za-z]|[A-Za-z]+-?\d)[A-Za-z0-9]*(?:-\w+)*\b",
    ),
)


@frozen
class Token:
    """A word, phrase or mark: ``type`` is what the grammar calls it, ``text`` its letters, small and plain.

    ``value`` is the number that it is, or its place in a list of phrases.  ``aside`` says what a number is
    that counts no cases.
    """

    type: str
    text: str
    start: int
    end: int
    value: int = 0
    aside: str = ""


@frozen
class Noun:
    """What cases or people are called: of which population, of which role, and whether it is one of them."""

    population: str
    role: str
    singular: bool


WordTuple = tuple[str, ...]
Lexemes = Mapping[WordTuple, tuple[str, int]]
"""The phrases that are one token, with its type and value."""


@define
class Lexer:
    """Takes sentences apart.

    ``nouns`` are what cases and people are called, ``modifiers`` the words known to stand before a noun,
    ``stops`` those that never do, ``months`` those of dates, ``references`` the words before a number that
    counts nothing.
    """

    lexemes: Lexemes
    nouns: Mapping[str, Noun]
    modifiers: frozenset[str]
    stops: frozenset[str]
    references: frozenset[str]
    months: tuple[str, ...]
    _by_first: dict[str, list[WordTuple]]
    _aside: re.Pattern[str]

    @classmethod
    def of(
        cls,
        lexemes: Lexemes,
        nouns: Mapping[str, Noun],
        modifiers: frozenset[str],
        stops: frozenset[str],
        references: Iterable[str],
        months: Iterable[str],
    ) -> Lexer:
        """Return a lexer."""
        phrases = {phrase_of(noun): ("UNIT", 0) for noun in nouns} | dict(lexemes)
        by_first: dict[str, list[WordTuple]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            by_first.setdefault(phrase[0], []).append(phrase)
        named = "|".join(re.escape(folded(month)) for month in months) or "(?!)"
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        span = rf"{day}(?:\s*(?:-|to|and)\s*{day}(?:\s+(?:{named}))?)?"
        spelled = rf"\b(?:{span}\s+(?:{named})(?:,?\s+\d{{4}})?|(?:{named})\s+(?:{span},?\s+)?\d{{4}})\b"
        kinds = (("date", spelled), *_ASIDES)
        aside = re.compile("|".join(f"(?P<a{i}>{shape})" for i, (_, shape) in enumerate(kinds)), re.I)
        return cls(phrases, nouns, modifiers, stops, frozenset(references), tuple(months), by_first, aside)

    def tokens(self, sentence: str) -> tuple[Token, ...]:
        """Return the tokens of ``sentence``, with a full stop at its end."""
        found = list(self._joined(list(self._raw(plain(sentence)))))
        if not found or found[-1].text not in (".", "!", "?"):
            found.append(Token(self.lexemes.get((".",), ("OTHER", 0))[0], ".", len(sentence), len(sentence)))
        return tuple(found)

    def _raw(self, text: str) -> Iterator[Token]:
        kinds = ("date", *(kind for kind, _ in _ASIDES))
        place = 0
        for aside in self._aside.finditer(text):
            yield from self._words(text, place, aside.start())
            kind = kinds[int(str(aside.lastgroup)[1:])]
            yield Token("OTHER", folded(aside[0]), *aside.span(), aside=kind)
            place = aside.end()
        yield from self._words(text, place, len(text))

    def _words(self, text: str, start: int, end: int) -> Iterator[Token]:
        for match in _TOKEN.finditer(text, start, end):
            word, place = folded(match[0]), match.start()
            if word[0].isdigit():
                whole = "." not in word
                value = int(word.replace(",", "")) if whole else 0
                yield Token("NUMBER" if whole else "DECIMAL", word, place, match.end(), value)
            elif "-" in word and word != "-" and (word,) not in self.lexemes and self._numeric(word):
                for part in re.split("(-)", word):  # "two-thirds" is read as "two thirds" is
                    yield Token("WORD", part, place, place + len(part))
                    place += len(part)
            else:
                known = "MOD" if word in self.modifiers else "WORD"
                kind = known if word[0].isalpha() and word not in self.stops else "OTHER"
                kind = "VULGAR" if word in VULGAR else kind
                yield Token(kind, word, place, match.end())

    def _numeric(self, word: str) -> bool:
        """Whether each part of a word is one of a number: "twenty-one", "two-thirds"; not "six-month"."""
        numeric = ("NUMBER", "TENS", "PART", "HALF")
        return all(self.lexemes.get((part,), ("", 0))[0] in numeric for part in word.split("-"))

    def _joined(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Make known phrases one token, and tell the numbers that are references."""
        at = 0
        before = ""
        while at < len(tokens):
            token = tokens[at]
            whole = self._parted(tokens[at : at + 3])
            if whole is not None:
                token, at = whole, at + 2
            phrase = next(
                (p for p in self._by_first.get(token.text, ()) if self._stands(tokens, at, token, p)), ()
            )
            if phrase and not token.aside:
                kind, value = self.lexemes[phrase]
                last = tokens[at + len(phrase) - 1] if len(phrase) > 1 else token
                token = Token(kind, " ".join(phrase), token.start, last.end, value)
                at += len(phrase) - 1
                if kind == "UNIT" and self._names(token) and self._begins_noun(tokens[at + 1 : at + 5]):
                    token = evolve(token, type="MOD")  # "plan" in "plan reviews" says which reviews
            elif token.type in ("NUMBER", "DECIMAL") and before in self.references:
                token = evolve(token, type="OTHER", aside="reference")
            if (
                token.type == "NUMBER"
                and not token.text[0].isdigit()
                and self._is_bracketed(tokens[at + 1 : at + 4])
            ):
                # "Six (6)" says it twice, and "six (7)" two things.
                differs = "" if tokens[at + 2].value == token.value else "two numbers"
                token = evolve(token, end=tokens[at + 3].end, aside=differs)
                at += 3
            yield token
            before = token.text
            at += 1

    def _stands(self, tokens: Sequence[Token], at: int, first: Token, phrase: WordTuple) -> bool:
        rest = tokens[at + 1 : at + len(phrase)]
        return first.text == phrase[0] and tuple(token.text for token in rest) == phrase[1:]

    def _is_bracketed(self, tokens: Sequence[Token]) -> bool:
        return (
            len(tokens) == 3
            and tokens[0].text == "("
            and tokens[1].type == "NUMBER"
            and tokens[2].text == ")"
        )

    def _names(self, token: Token) -> bool:
        """Whether a noun can say which of another kind is meant: "plan" in "plan reviews", not "case"."""
        return token.text in self.modifiers and self.nouns[token.text].singular

    def _begins_noun(self, tokens: Sequence[Token]) -> bool:
        found = self._by_first.get(tokens[0].text, ()) if tokens else ()
        return any(self.lexemes[p][0] == "UNIT" and self._stands(tokens, 0, tokens[0], p) for p in found)

    def _parted(self, tokens: Sequence[Token]) -> Token | None:
        """Return the word that a hyphen at a line's end parts, where it is a known one: "ei- ght"."""
        if len(tokens) < 3 or tokens[1].text != "-":
            return None
        one, hyphen, other = tokens
        joined = one.text + other.text
        known = (joined,) in self.lexemes or joined in self.modifiers
        if not known or not one.end == hyphen.start < other.start - 1:
            return None
        return Token("MOD" if joined in self.modifiers else "WORD", joined, one.start, other.end)


@lru_cache(4096)
def phrase_of(words: str) -> WordTuple:
    """Return the words of a phrase as tokens have them."""
    return tuple(match[0] for match in _TOKEN.finditer(folded(words)))


def folded(words: str) -> str:
    """Return ``words`` in small, plain letters with single blanks, as they are compared."""
    return " ".join(lowered(plain(words)).split())


def mutations(word: str, words: ClaimWords) -> tuple[str, ...]:
    """Return ``word`` with each beginning that the language may give it: "cynllun", "gynllun", "chynllun"."""
    for initial in sorted(words.mutations, key=len, reverse=True):
        if word.startswith(initial):
            rest = word[len(initial) :]
            return (word, *(changed + rest for changed in words.mutations[initial]))
    return (word,)
