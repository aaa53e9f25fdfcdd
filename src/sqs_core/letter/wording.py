"""From numbers to words, by the texts of the version: "seven of the ten cases", "almost all"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from sqs_core.criteria import Band, Words
from sqs_core.errors import UsageError, did_you_mean

FORMS = ("of", "count", "total", "n", "any", "other", "words", "noun")


@frozen
class Wording:
    """The words of one language of a version, ready to word counts."""

    words: Words
    scale: tuple[Band, ...]
    language: str

    def number(self, value: int) -> str:
        """``value`` in words up to the version's limit, in figures above it."""
        return self.words.numbers[value] if value <= self.words.words_up_to else str(value)

    def noun(self, unit: str, value: int) -> str:
        """The noun of ``unit`` for ``value`` of them; nothing where no unit is asked for."""
        if not unit:
            return ""
        if unit not in self.words.units:
            raise UsageError(f"no unit '{unit}'; {did_you_mean(unit, self.words.units)}")
        one, many = self.words.units[unit]
        return one if value == 1 else many

    def phrase(self, k: int, n: int) -> Band | None:
        """The rung of the phrase scale that admits ``k`` of ``n``; None where none does."""
        return next((band for band in self.scale if band.admits(k, n)), None)

    def shape(self, form: str, unit: str, k: int, n: int) -> str:
        """``k`` of ``n`` in the shape ``form``, with the noun of ``unit``, as inside a sentence.

        ``of`` "seven of the ten cases"; ``words`` the phrase scale's rung of them; ``count``
        "seven cases"; ``total`` "ten cases"; ``n`` "the ten cases"; ``any`` "any of the ten
        cases"; ``other`` "the other seven cases" (here k counts the others); ``noun`` "cases".
        """
        w = self.words
        if form == "noun":
            return self.noun(unit, n)
        if form == "count":
            return self._fill(w.counted, unit, k, k=k)
        if form == "total":
            return self._fill(w.counted, unit, n, k=n)
        if form == "n":
            return self._fill(w.the_one if n == 1 else w.the_total, unit, n, n=n)
        if form == "any":
            shape = w.the_one if n == 1 else w.either_of if n == 2 else w.any_of
            return self._fill(shape, unit, n, n=n)
        if form == "other":
            return self._fill(w.the_other_one if k == 1 else w.the_others, unit, k, k=k)
        if form == "words":
            band = self.phrase(k, n)
            # "Few of the five" would tell of one as of several.
            if band is None or k in (0, 1, n) or n < self.words.phrases_from:
                return self._exact(unit, k, n)
            phrase = band.text.in_language(self.language)
            return self._fill(w.phrase_of, unit, n, n=n, phrase=phrase)
        if form == "of":
            return self._exact(unit, k, n)
        raise UsageError(f"no shape '{form}' for a figure; {did_you_mean(form, FORMS)}")

    def _exact(self, unit: str, k: int, n: int) -> str:
        w = self.words
        if n == 0 and w.of_nothing:
            shape = w.of_nothing
        elif k == n and n > 0:
            shape = w.the_one if n == 1 else w.both if n == 2 else w.all_of
        elif k == 0:
            shape = w.neither_of if n == 2 and w.neither_of else w.none_of
        elif any(rule.missing == n - k and n >= rule.total_at_least for rule in w.all_but_when):
            shape = w.all_but
        else:
            shape = w.some_of
        return self._fill(shape, unit, n, k=k, n=n)

    def _fill(self, shape: str, unit: str, of: int, *, k: int = 0, n: int = 0, phrase: str = "") -> str:
        filled = shape.format(
            k=self.number(k),
            n=self.number(n),
            missing=self.number(max(n - k, 0)),
            unit=self.noun(unit, of),
            phrase=phrase,
        )
        return filled.strip()

    def starting(self, text: str) -> str:
        """``text`` as it begins a sentence: a leading number in words, a capital letter."""
        digits = text[: len(text) - len(text.lstrip("0123456789"))]
        if digits and int(digits) < len(self.words.numbers):
            text = self.words.numbers[int(digits)] + text[len(digits) :]
        return text[:1].upper() + text[1:]

    def clauses(self, parts: Sequence[str], *, together: bool) -> str:
        """``parts`` as one list: "a", "a and b", "a, b, and c"; with "or" unless ``together``."""
        w = self.words
        if len(parts) < 3:
            return (w.joined_and if together else w.joined_or).join(parts)
        return w.comma.join(parts[:-1]) + (w.last_and if together else w.last_or) + parts[-1]

    def day(self, value: date) -> str:
        """A date in words: 27 November 2012."""
        return self.words.date.format(
            day=value.day, month=self.words.months[value.month - 1], year=value.year
        )

    def days(self, first: date, last: date) -> str:
        """The days from ``first`` to ``last`` in words: 26–28 November 2012."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return self.words.date_range_in_month.format(first_day=first.day, date=self.day(last))
        return self.words.date_range.format(first=self.day(first), last=self.day(last))
