"""What the checker knows of a language: a table that ships, and what a criteria version adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

import tomli
from attrs import fields, frozen

from sqs_core.claims.tokens import folded, mutations
from sqs_core.criteria import Band, ClaimWords, LetterPlan, Text
from sqs_core.criteria.claim_words import QuantityForm


@frozen
class Particles:
    """The small words of a language that have a part of their own in a sentence, mutated forms included.

    ``small`` are articles, pronouns and the like; ``restrictors`` stand before the name of a group of cases;
    ``relatives`` begin a clause on a noun unless
    they follow one that is ``saying``; those that are ``clausal`` bring a subject of their own.
    ``recording`` say that an answer is there, and ``neutral`` nothing of an answer that is a value.
    """

    small: frozenset[str]
    restrictors: frozenset[str]
    auxiliaries: frozenset[str]
    relatives: frozenset[str]
    clausal: frozenset[str]
    conjunctions: frozenset[str]
    alternatives: frozenset[str]
    limits: frozenset[str]
    heads: frozenset[str]
    denials: frozenset[str]
    saying: frozenset[str]
    recording: frozenset[str]
    neutral: frozenset[str]
    denying_endings: tuple[str, ...]

    @classmethod
    def of(cls, words: ClaimWords) -> Particles:
        """Return the particles of a language."""

        def forms(said: tuple[str, ...]) -> frozenset[str]:
            return frozenset(m for word in said for m in mutations(folded(word), words))

        names = [f.name for f in fields(cls) if f.name not in ("small", "denying_endings")]
        lists = {name: forms(words.sentence.get(name, ())) for name in names}
        endings = words.sentence.get("denying-endings", ())
        return cls(small=forms(words.words.get("small", ())), denying_endings=endings, **lists)

    def denies(self, word: str) -> bool:
        """Return whether a word is a bare "not", or ends in one."""
        return word in self.denials or (bool(self.denying_endings) and word.endswith(self.denying_endings))


_SHARES = ("share_above", "share_at_least", "share_below", "share_at_most")


@cache
def shipped(language: str) -> ClaimWords | None:
    """Return the table of ``language`` that ships with the checker; None where there is none."""
    file = resources.files("sqs_core.claims") / "languages" / f"{language}.toml"
    return _words(tomli.loads(file.read_text("utf-8"))) if file.is_file() else None


def shipped_languages() -> tuple[str, ...]:
    """Return the languages that have a table."""
    found = (resources.files("sqs_core.claims") / "languages").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in found if f.name.endswith(".toml")))


def claim_words(plan: LetterPlan, language: str) -> ClaimWords | None:
    """Return how claims are worded in ``language`` under a letter plan; None where nobody has said."""
    base, added = shipped(language), plan.claims.get(language)
    if base is None or added is None:
        return base or added
    merged = {f.name: _merged(getattr(base, f.name), getattr(added, f.name)) for f in fields(ClaimWords)}
    return ClaimWords(**merged)


def _merged(base: Any, added: Any) -> Any:
    if isinstance(base, tuple):
        return (*base, *added)
    if isinstance(base, Mapping):
        both = {key: _merged(base[key], added[key]) for key in base if key in added}
        return {**base, **added, **both}
    return added


def _words(table: Mapping[str, Any]) -> ClaimWords:
    read = {key: _frozen(value) for key, value in table.items() if key not in ("forms", "hedges", "bands")}
    forms = tuple(QuantityForm(**{k: _frozen(v) for k, v in form.items()}) for form in table.get("forms", ()))
    hedges, bands = (tuple(map(_band, table.get(name, ()))) for name in ("hedges", "bands"))
    return ClaimWords(forms=forms, hedges=hedges, bands=bands, **read)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    return {key: _frozen(part) for key, part in value.items()} if isinstance(value, dict) else value


def _band(table: Mapping[str, Any]) -> Band:
    shares = {key: Fraction(table[key]) for key in _SHARES if key in table}
    return Band(**{**table, **shares, "text": Text.plain(table["text"])})
