"""From numbers to words, by the texts of the version: "seven of the ten cases", "almost all"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from sqs_core.criteria import Band, Words
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.letter.merge_clauses import merge_clauses
from sqs_core.text import capitalised

FORMS = ("of", "count", "total", "n", "any", "other", "unknown", "pending", "exempt", "words", "noun")
OF_JUDGED = frozenset({"of", "words", "n", "any"})
"""The shapes that speak of those judged, and say so where not all were."""


@frozen
class Wording:
    """The words of one language of a version, ready to word counts."""

    words: Words
    scale: tuple[Band, ...]
    language: str

    def number(self, value: int) -> str:
        """Return ``value`` in words up to the version's limit, in figures above it."""
        return self.words.numbers[value] if value <= self.words.words_up_to else str(value)

    def noun(self, unit: str, value: int) -> str:
        """Return the noun of ``unit`` for ``value`` of them; nothing where no unit is asked for."""
        if not unit:
            return ""
        if unit not in self.words.units:
            raise UsageError(f"no unit '{unit}'; {did_you_mean(unit, self.words.units)}")
        one, many = self.words.units[unit]
        return one if value == 1 else many

    def phrase(self, k: int, n: int) -> Band | None:
        """Return the rung of the phrase scale that admits ``k`` of ``n``; None where none does."""
        return next((band for band in self.scale if band.admits(k, n)), None)

    def shape(
        self,
        form: str,
        unit: str,
        k: int,
        n: int,
        *,
        asked: int | None = None,
        exempt: int = 0,
        pending: int = 0,
        kind: str = "cases",
        is_value: bool = False,
    ) -> str:
        """Return ``k`` of ``n`` in the shape ``form``, as inside a sentence.

        ``of`` "seven of the ten cases"; ``words`` the phrase scale's rung of them; ``count``
        "seven cases"; ``total`` "twelve cases"; ``n`` "the ten cases"; ``any`` "any of the ten
        cases"; ``other`` "the other seven cases" (here k counts the others); ``unknown``, ``pending``
        and ``exempt`` "two further cases"; ``noun`` "cases".

        Args:
            form: one of ``FORMS``.
            unit: the noun, by its name in the version; "" for none.
            k: the cases counted.
            n: the cases judged.
            asked: the population, judged or not; ``n`` where it is left out.  Where it is more, the
                noun of those judged says so: "seven of the ten cases we could judge".
            exempt: those of ``asked`` to whom the question does not apply.
            pending: those of ``asked`` for whom nobody has answered yet.
            kind: what is counted, "cases" or "people".
            is_value: whether it is one of several choices, so that nobody judged it.
        """
        asked = n if asked is None else asked
        unknown = asked - n - exempt - pending
        further = {"unknown": unknown, "pending": pending, "exempt": exempt}
        if form in further:
            shape, many = self.words.further, further[form]
        else:
            shape, many = self._shape(form, k, n, asked)
        if shape == self.words.counted and not many and unit and self.words.of_nothing:
            shape = self.words.of_nothing
        noun, one = self.noun(unit, many), self.noun(unit, 1)
        if n < asked and form in OF_JUDGED:
            w = self.words
            tails = w.so_far if pending else w.judged if unknown else w.applied
            if is_value:
                tails = w.recorded or w.judged
            tail = tails.get(unit) or tails.get(kind, "{unit}")
            noun, one = (tail.format(unit=words) for words in (noun, one))
        number = {"total": asked, **further}.get(form, k)
        said = " ".join(
            shape.format(
                k=self.number(number),
                n=self.number(n),
                missing=self.number(max(n - k, 0)),
                unit=noun,
                one=one,
                phrase=self._phrase(k, n),
            ).split()
        )
        for apart, together in self.words.meeting.items():
            said = re.sub(rf"\b{re.escape(apart)}\b", together, said)
        return said

    def _shape(self, form: str, k: int, n: int, asked: int) -> tuple[str, int]:
        """Return the template of a shape, and how many its noun is to agree with."""
        w = self.words
        simple = {
            "noun": ("{unit}", n),
            "count": (w.counted, k),
            "total": (w.counted, asked),
            "n": (w.the_one if n == 1 else w.the_total, n),
            "any": (w.the_one if n == 1 else w.either_of if n == 2 else w.any_of, n),
            "other": (w.the_other_one if k == 1 else w.the_others, k),
            "of": (self._exact(k, n), n),
            "words": (w.phrase_of if self._phrase(k, n) else self._exact(k, n), n),
        }
        if form not in simple:
            raise UsageError(f"no shape '{form}' for a figure; {did_you_mean(form, FORMS)}")
        return simple[form]

    def _phrase(self, k: int, n: int) -> str:
        """Return the phrase that may stand for ``k`` of ``n``; "" where the count is to be said."""
        band = self.phrase(k, n)
        # "Few of the five" would tell of one as of several.
        if band is None or k in (0, 1, n) or n < self.words.phrases_from:
            return ""
        return band.text.in_language(self.language)

    def _exact(self, k: int, n: int) -> str:
        w = self.words
        if n == 0 and w.of_nothing:
            return w.of_nothing
        if k == n and n > 0:
            return w.the_one if n == 1 else w.both if n == 2 else w.all_of
        if k == 0:
            return w.neither_of if n == 2 and w.neither_of else w.none_of
        if any(rule.missing == n - k and n >= rule.total_at_least for rule in w.all_but_when):
            return w.all_but
        return w.some_of

    def starting(self, text: str) -> str:
        """Return ``text`` as it begins a sentence: a leading number in words, a capital letter."""
        digits = text[: len(text) - len(text.lstrip("0123456789"))]
        if digits and int(digits) < len(self.words.numbers):
            text = self.words.numbers[int(digits)] + text[len(digits) :]
        return capitalised(text)

    def clauses(self, parts: Sequence[str], *, together: bool) -> str:
        """Return ``parts`` as one list: "a", "a and b", "a, b, and c"; with "or" unless ``together``.

        Parts that have words in common are told as one, as the version's ``merging`` says.
        """
        w = self.words
        merged = list(parts)
        if w.merging.least:
            merged = merge_clauses(parts, w.merging, lambda few, no: self._listed(few, together and not no))
        if len(merged) == 2 < len(parts):
            return (w.last_and if together else w.last_or).join(merged)
        return self._listed(merged, together)

    def _listed(self, parts: Sequence[str], together: bool) -> str:
        w = self.words
        last = w.last_and if together else w.last_or
        if len(parts) < 3:
            joiner = w.joined_and if together else w.joined_or
            return (last if any(w.comma in part for part in parts) else joiner).join(parts)
        return w.comma.join(parts[:-1]) + last + parts[-1]

    def joiners(self, parts: int, last: str) -> list[str]:
        """Return what stands before each of ``parts`` of a list, the first included: "", ", ", " and "."""
        return ["", *[self.words.comma] * (parts - 2), last][:parts]

    def day(self, value: date) -> str:
        """Return a date in words: 27 November 2012."""
        return self.words.date.format(
            day=value.day, month=self.words.months[value.month - 1], year=value.year
        )

    def on_days(self, dates: str, several: bool) -> str:
        """Return ``dates`` after their preposition: "on 27 November 2012", "during 26–28 November 2012"."""
        return (self.words.during_dates if several else self.words.on_date).format(dates=dates)

    def days(self, first: date, last: date) -> str:
        """Return the days from ``first`` to ``last`` in words: 26–28 November 2012."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return self.words.date_range_in_month.format(first_day=first.day, date=self.day(last))
        return self.words.date_range.format(first=self.day(first), last=self.day(last))
