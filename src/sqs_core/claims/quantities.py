"""Finding quantities in prose, by the wordings of a version: "seven of the ten cases", "all but one"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from sqs_core.criteria import Band, ClaimWords, LetterPlan, Words
from sqs_core.text import lowered

_SLOT = re.compile(
    r"\{(k|n|unit|phrase|hedge|fraction|percent)\}|\((.*?)\)|<(.*?)>|\[(.*?)\]|(\s+)|([^{}()<>\[\]\s]+)"
)
# Not part of a date, a decimal, a telephone number or a paragraph number.
_DIGITS = r"(?<![\w.,/–-])\d{1,3}(?![\w–]|[.,/-]\d|-\w|(?:\s*%))"


@frozen
class Quantity:
    """One quantity as written.

    ``kind`` is the kind of its wording; ``k`` and ``n`` are the numbers in it (for ``all_but``
    k is the number left out).  ``population`` is "cases", "people" or "" where no noun says
    which; ``role`` is the staff role that the noun is.  ``band`` is the phrase's rung.
    """

    kind: str
    start: int
    end: int
    text: str
    k: int | None = None
    n: int | None = None
    population: str = ""
    role: str = ""
    unit: str = ""
    singular: bool = False
    band: Band | None = None
    share: Fraction | None = None
    bound: str = ""
    percent: str = ""

    def fits(self, k: int, n: int) -> bool:
        """Whether ``k`` of ``n`` is what this says; what it leaves open fits everything."""
        if self.n is not None and self.n != n:
            return False
        match self.kind:
            case "all_but":
                return n - k == self.k and n > 0
            case "all_of" | "the_one" | "included":
                return k == n > 0
            case "both":
                return k == n == 2
            case "none_of" | "any_of":
                return k == 0
            case "not_all":
                return k < n
            case "phrase" | "hedge":
                return self.band is not None and self.band.admits(k, n)
            case "fraction":
                return self._share_fits(k, n)
            case "percent":
                return n > 0 and self.percent in percentages(k, n, self.percent)
            case "the_total":
                return True
            case _:
                return k == self.k

    def _share_fits(self, k: int, n: int) -> bool:
        if self.share is None or n == 0:
            return False
        share = Fraction(k, n)
        if self.bound == "over":
            return self.share < share < 1
        if self.bound == "under":
            return 0 < share < self.share
        if self.bound == "about":
            # As near as whole cases come: no other count is nearer to the share.
            return abs(k - self.share * n) < 1
        return share == self.share


def percentages(k: int, n: int, like: str) -> tuple[str, ...]:
    """``k`` of ``n`` as percentages with as many decimals as ``like``, halves rounded either way."""
    decimals = len(like.partition(".")[2])
    scaled = Fraction(100 * k * 10**decimals, n)
    lower = scaled.numerator // scaled.denominator
    rest = scaled - lower
    near = {lower} if rest < Fraction(1, 2) else {lower + 1} if rest > Fraction(1, 2) else {lower, lower + 1}
    if not decimals:
        return tuple(map(str, sorted(near)))
    parts = (divmod(v, 10**decimals) for v in sorted(near))
    return tuple(f"{whole}.{rest:0{decimals}d}" for whole, rest in parts)


def possible(percent: str, n: int) -> bool:
    """Whether some count of ``n`` gives ``percent`` at all (Brown and Heathers' GRIM test, 2017)."""
    return any(percent in percentages(k, n, percent) for k in range(n + 1))


@frozen
class Finder:
    """Finds the quantities of one language of a version."""

    claims: ClaimWords
    numbers: Mapping[str, int]
    units: Mapping[str, tuple[str, str, bool]]
    phrases: Mapping[str, Band]
    hedges: Mapping[str, Band]
    shapes: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, text: str) -> tuple[Quantity, ...]:
        """The quantities of ``text`` in reading order; of those that overlap, the longest."""
        found = [self._quantity(kind, match) for kind, shape in self.shapes for match in shape.finditer(text)]
        kept: list[Quantity] = []
        # Of two as long, the one whose shape is listed first: a rung before a bare fraction.
        for quantity in sorted(found, key=lambda q: (q.start - q.end, q.start)):
            if all(quantity.end <= other.start or quantity.start >= other.end for other in kept):
                kept.append(quantity)
        return tuple(sorted(kept, key=lambda q: q.start))

    def _quantity(self, kind: str, match: re.Match[str]) -> Quantity:
        parts = {name: words for name, words in match.groupdict().items() if words}
        population, role, singular = self.units.get(_key(parts.get("unit", "")), ("", "", False))
        k, n = self._number(parts.get("k")), self._number(parts.get("n"))
        if kind == "another" or (kind == "others" and k is None):
            k = 1
        bound, share = "", None
        if "fraction" in parts:
            words = _key(parts["fraction"])
            name = next(
                f for f in sorted(self.claims.fractions, key=len, reverse=True) if words.endswith(_key(f))
            )
            share = self.claims.fractions[name]
            before = words.removesuffix(_key(name)).strip()
            for kept, known in (
                ("over", self.claims.over),
                ("under", self.claims.under),
                ("about", self.claims.about),
            ):
                bound = kept if before in known else bound
        band = self.phrases.get(_key(parts.get("phrase", ""))) or self.hedges.get(
            _key(parts.get("hedge", ""))
        )
        percent = re.sub(r"[^\d.]", "", parts.get("percent", "")).strip(".")
        return Quantity(
            kind, match.start("quote"), match.end("quote"), match["quote"], k, n,
            population, role, _key(parts.get("unit", "")), singular, band, share, bound, percent,
        )  # fmt: skip

    def _number(self, words: str | None) -> int | None:
        if words is None:
            return None
        return int(words) if words.isdigit() else self.numbers[_key(words)]


def _key(words: str) -> str:
    return " ".join(lowered(words).split())


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def finder_of(plan: LetterPlan, language: str) -> Finder:
    """The finder for one language of a letter plan."""
    return _made(plan, plan.claims[language], plan.words[language], language)


def _made(plan: LetterPlan, claims: ClaimWords, words: Words, language: str) -> Finder:
    numbers = {_key(word): value for value, word in enumerate(words.numbers) if value > 0}
    units: dict[str, tuple[str, str, bool]] = {}
    for population, nouns in claims.units.items():
        for one, many in nouns:
            units.setdefault(many.lower(), (population, "", False))
            if one != many:
                units[one.lower()] = (population, "", True)
    for role, (one, many) in plan.roles.items():
        units[one.lower()] = ("people", role, True)
        units[many.lower()] = ("people", role, False)
    # A rung that is one short word ("most", "few", "all") says too little without a noun.
    phrases = {band.text.in_language(language).lower(): band for band in plan.phrase_scale}
    phrases = {text: band for text, band in phrases.items() if band.id not in ("all", "none")}
    rungs = {band.id: band for band in plan.phrase_scale}
    phrases |= {text: rungs[rung] for text, rung in claims.synonyms.items() if rung in rungs}
    hedges = {band.text.in_language(language).lower(): band for band in claims.hedges}
    number = rf"(?:{_DIGITS}|(?<![\w-])(?:{_any_of(numbers)})(?![\w-]))"
    adjective = rf"(?:(?:{_any_of(claims.adjectives)})\s+)?" if claims.adjectives else ""
    bounds = _any_of((*claims.over, *claims.under, *claims.about))
    slots = {
        "k": number,
        "n": number,
        "unit": rf"{adjective}(?P<unit>{_any_of(units)})(?!\w|-)",
        "fraction": rf"(?P<fraction>(?:(?:{bounds})\s+)?(?:{_any_of(claims.fractions)}))(?![\w-])",
        "percent": rf"(?P<percent>(?<![\w.])\d{{1,3}}(?:\.\d{{1,9}})?\s*(?:{_any_of(claims.percent)}))",
        "hedge": rf"(?P<hedge>{_any_of(hedges)})(?!\w)",
    }
    shapes = []
    for kind, wordings in claims.patterns.items():
        for wording in wordings:
            known = phrases if "{unit}" in wording or "{n}" in wording else [p for p in phrases if " " in p]
            slots["phrase"] = rf"(?P<phrase>{_any_of(known)})(?!\w|-)"
            slots["k"] = slots["n"] = r"\d{1,3}" if "/" in wording else number
            shapes.append((kind, _shape(wording, slots)))
    return Finder(claims, numbers, units, phrases, hedges, tuple(shapes))


def _shape(wording: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    """A wording of the version as an expression; ``quote`` is what a claim quotes."""
    before, after = "", ""
    body = ""
    for match in _SLOT.finditer(wording):
        slot, maybe, lead, follow, space, words = match.groups()
        if slot:
            body += f"(?P<{slot}>{slots[slot]})" if slot in "kn" else slots[slot]
        elif maybe:
            choices = "|".join(_spaced(part) for part in maybe.split("|"))
            body += f"(?:{choices})?"
        elif lead:
            before = rf"(?<!\w)(?:{'|'.join(_spaced(p) for p in lead.split('|'))})"
        elif follow:
            parts = [_spaced(p) + (r"(?!\w)" if p[-1].isalnum() else "") for p in follow.split("|")]
            after = rf"(?=\s*(?:{'|'.join(parts)}))"
            body = body.removesuffix(r"\s+")
        elif space:
            body += r"\s+" if body else ""
            before += r"\s+" if before and not body else ""
        else:
            body += re.escape(words)
    return re.compile(rf"{before}(?<![\w-])(?P<quote>{body}){after}", re.IGNORECASE)


def _spaced(words: str) -> str:
    return re.sub(r"(?:\\ )+", lambda _: r"\s+", re.escape(words))
