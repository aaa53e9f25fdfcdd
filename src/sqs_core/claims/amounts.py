"""Whether k of n is what a quantity says: yes, no, or not to be told from the words.

``None`` is the third answer everywhere here.  "About seven" of a count of six is neither right nor wrong.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from sqs_core.criteria import Band

Fit = bool | None
# How far "nearly" and "just over" reach, as a share of all cases; twice as far it cannot be told.
NEAR = Fraction(3, 40)
# From where on "well over" is said.
WELL = Fraction(1, 10)


@frozen
class Amount:
    """A number or a share as it was said: ``value`` with the word before it, "exactly" where there is none.

    For a percentage ``decimals`` is how many of them were written; None for any other.
    """

    value: Fraction
    bound: str = "exactly"
    share: bool = False
    decimals: int | None = None

    def fits(self, k: int, n: int) -> Fit:
        """Return whether ``k`` of ``n`` is what this says."""
        if n == 0:
            return False if self.share else self._fits_count(k)
        return self._fits_share(k, n) if self.share else self._fits_count(k)

    def _fits_count(self, k: int) -> Fit:
        off = k - self.value
        reach = max(Fraction(1), self.value * WELL)
        match self.bound:
            case "over":
                return off > 0
            case "under":
                return off < 0
            case "at-least":
                return off >= 0
            case "at-most":
                return off <= 0
            case "nearly":
                return _graded(-off, reach)
            case "just-over":
                return _graded(off, reach)
            case "well-over":
                return off > reach if off > reach or off <= 0 else None
            case "well-under":
                return -off > reach if -off > reach or off >= 0 else None
            case "about":
                return True if off == 0 else None if abs(off) <= reach else False
            case _:
                return off == 0

    def _fits_share(self, k: int, n: int) -> Fit:
        off = Fraction(k, n) - self.value
        one = Fraction(1, n)
        match self.bound:
            case "over":
                return None if k == n and off > 0 else off > 0
            case "under":
                return None if k == 0 and off < 0 else off < 0
            case "at-least":
                return off >= 0
            case "at-most":
                return off <= 0
            case "nearly":
                return _graded(-off, max(NEAR, one))
            case "just-over":
                return _graded(off, max(NEAR, one))
            case "well-over":
                return off >= WELL if off >= WELL or off <= 0 else None
            case "well-under":
                return -off >= WELL if -off >= WELL or off >= 0 else None
            case "about":
                # As near as whole cases come: no other count is nearer to the share.
                return True if abs(off) < max(one, WELL / 2) else None if abs(off) <= WELL else False
            case _ if self.decimals is not None:
                return shown_percent(self.value, self.decimals) in percentages(k, n, self.decimals)
            case _:
                return True if off == 0 else None if abs(off) < one else False


def _graded(off: Fraction, reach: Fraction) -> Fit:
    """Return whether ``off`` is above nothing and within ``reach``; up to twice as far it cannot be told."""
    if off <= 0:
        return False
    return True if off <= reach else None if off <= 2 * reach else False


def percentages(k: int, n: int, decimals: int) -> tuple[str, ...]:
    """Return ``k`` of ``n`` as percentages with ``decimals`` places, halves rounded either way."""
    scaled = Fraction(100 * k * 10**decimals, n)
    lower, rest = divmod(scaled, 1)
    near = {lower} if rest < Fraction(1, 2) else {lower + 1} if rest > Fraction(1, 2) else {lower, lower + 1}
    return tuple(shown_percent(Fraction(v, 100 * 10**decimals), decimals) for v in sorted(near))


def shown_percent(share: Fraction, decimals: int) -> str:
    """Return a share as a percentage with ``decimals`` places: "70", "64.3"."""
    whole, rest = divmod(round(share * 100 * 10**decimals), 10**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def possible(percent: Fraction, decimals: int, n: int) -> bool:
    """Return whether some count of ``n`` gives a percentage at all (Brown and Heathers' GRIM test, 2017)."""
    wanted = shown_percent(percent, decimals)
    return any(wanted in percentages(k, n, decimals) for k in range(n + 1))


@frozen
class Quantity:
    """One quantity as written.

    ``means`` is what its form means; ``amounts`` are the numbers in it, in their order, but for ``n``, the
    number it is out of.  ``population`` is "cases", "people", a population that the version declares, or ""
    where no noun says which; ``role`` is the staff role that the noun is. ``band`` is the phrase's rung,
    ``scale`` whether it is one of the version's.
    ``broken`` says that it gives two numbers, ``mute`` that it is a "no" and may only say what there was not,
    ``definite`` that an article says which cases ("two of the three").
    ``start`` and ``end`` are its place in the sentence, ``first`` and ``last`` those of its tokens.
    """

    means: str
    start: int
    end: int
    first: int
    last: int
    text: str
    amounts: tuple[Amount, ...] = ()
    n: int | None = None
    population: str = ""
    role: str = ""
    unit: str = ""
    singular: bool = False
    band: Band | None = None
    scale: bool = False
    broken: bool = False
    mute: bool = False
    definite: bool = False

    @property
    def own_population(self) -> str:
        """The population that its noun names, of those that the version declares; "" where it names none."""
        return "" if self.population in ("cases", "people") else self.population

    @property
    def k(self) -> int | None:
        """The number of cases that it states, where it states one."""
        if self.means in ("none", "any"):
            return 0
        if self.means in ("all", "the-one", "both"):
            return {"the-one": 1, "both": 2}.get(self.means, self.n)
        first, *more = self.amounts or (Amount(Fraction(0), share=True),)
        if first.share or first.bound != "exactly" or not all(amount.share for amount in more):
            return None
        value = int(first.value)
        if self.means == "all-but":
            return None if self.n is None else self.n - value
        return value if self.means in ("count", "others", "another") else None

    @property
    def total(self) -> int | None:
        """The number it is out of, as stated: "both" is out of two."""
        return {"both": 2, "the-one": 1}.get(self.means, self.n)

    def fits(self, k: int, n: int) -> Fit:
        """Return whether ``k`` of ``n`` is what this says; what it leaves open fits everything."""
        if self.total is not None and self.means != "total" and self.total != n:
            # "Two out of three" can be said of six in nine.
            share = Fraction(self.k or 0, max(1, self.total))
            scaled = self.means == "count" and not self.definite and self.total < n
            return None if scaled and self.k is not None and 0 < share == Fraction(k, n) < 1 else False
        match self.means:
            case "all":
                return k == n > 0
            case "both" | "the-one" | "included":
                return k == n > 0
            case "none" | "any":
                return k == 0
            case "not-all":
                return k < n
            case "all-but":
                return n > 0 and self.amounts[0].fits(n - k, n) is True
            case "band" | "hedge":
                return self._fits_band(k, n)
            case "range" | "loose-range":
                low, high = self.amounts
                inside = Fraction(k, n if low.share else 1) if n or not low.share else Fraction(-1)
                within = low.value <= inside <= high.value
                return within if self.means == "range" or not within else None
            case "total":
                return self.n == k
            case _:
                fits = [amount.fits(k, n) for amount in self.amounts]
                return False if False in fits else None if None in fits or not fits else True

    def _fits_band(self, k: int, n: int) -> Fit:
        if self.band is None:
            return None
        if self.band.admits(k, n):
            return True
        if self.scale or n == 0:
            return False
        # The version says nothing of this phrase, so only what is plainly outside of it is wrong.
        near = any(self.band.admits(k + step, n) for step in (-1, 1) if 0 <= k + step <= n)
        return None if near else False
