"""Draw a fair sample: which cases are eligible, how many of each kind, and which.

A draw depends on the seed, on the case references and on what they are stratified by: not on the
order of the list, the computer or the Python version.  :data:`METHOD` names the algorithm:

1. The rank of a case is the SHA-256 of the UTF-8 text ``sqs-sample-1``, the seed in decimal and the
   case reference, joined by newlines.
2. Each stratum (the cases alike in every column stratified by) is due n · its cases / all cases.  It
   gets the whole part; the places left go to the largest remainders, of equal ones to the larger
   stratum, then to the one whose values come first (Hare quota, largest remainder).
3. From each stratum its cases of lowest rank are taken.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from attrs import field, frozen

from sqs_core.scoring.intervals import Interval, wilson

METHOD = "sqs-sample-1"
WEEKS_AT_LEAST, MONTHS_AT_MOST = 6, 3


@frozen
class FrameCase:
    """One case on the list to draw from: its reference, when its order was made, its kind.

    ``kind`` holds the values of the columns stratified by, in that order.
    """

    case: str
    order_made: date | None = None
    kind: tuple[str, ...] = ()


@frozen
class Window:
    """The days between which an eligible order was made, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@frozen
class SamplingFrame:
    """The list as it bears on a draw: the eligible cases, and how many were listed.

    ``undated`` counts the cases without a date where dates were looked at; they are not
    eligible, since nobody can say how long they have run.
    """

    eligible: tuple[FrameCase, ...]
    listed: int
    undated: int = 0
    window: Window | None = None
    by: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """``sha256:`` and 64 hexadecimal digits: which eligible cases of which kinds these are."""
        rows = sorted([c.case, c.order_made and c.order_made.isoformat(), *c.kind] for c in self.eligible)
        text = json.dumps([list(self.by), rows], ensure_ascii=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@frozen
class Draw:
    """The cases drawn, in the order of their references, and how many came from each stratum.

    ``strata`` maps each kind to the number drawn and the number eligible.
    """

    seed: int
    drawn: tuple[str, ...]
    strata: Mapping[tuple[str, ...], tuple[int, int]] = field(factory=dict)


def eligible_window(fieldwork: date) -> Window:
    """Return the days an order was made that has run six weeks to three months at ``fieldwork``.

    Both ends are eligible.  Three months back from 31 May is 28 or 29 February.
    Source: the published sample rule, "typically six weeks to three months".
    """
    years, months = divmod(fieldwork.year * 12 + fieldwork.month - 1 - MONTHS_AT_MOST, 12)
    day = min(fieldwork.day, monthrange(years, months + 1)[1])
    return Window(date(years, months + 1, day), fieldwork - timedelta(weeks=WEEKS_AT_LEAST))


def build_frame(
    cases: Iterable[FrameCase], window: Window | None = None, by: Sequence[str] = ()
) -> SamplingFrame:
    """Return the frame that ``cases`` make: all of them, or those whose order was made within ``window``."""
    listed = tuple(cases)
    if window is None:
        return SamplingFrame(listed, len(listed), by=tuple(by))
    fitting = tuple(c for c in listed if c.order_made is not None and c.order_made in window)
    return SamplingFrame(fitting, len(listed), sum(c.order_made is None for c in listed), window, tuple(by))


def draw_sample(frame: SamplingFrame, n: int, seed: int) -> Draw:
    """Draw ``n`` of the eligible cases; the algorithm is at the head of this module.

    Raises :class:`ValueError` when n is below 1 or more than are eligible.
    """
    if not 1 <= n <= len(frame.eligible):
        raise ValueError(f"{n} cases cannot be drawn from {len(frame.eligible)}")
    strata: dict[tuple[str, ...], list[str]] = {}
    for case in frame.eligible:
        strata.setdefault(case.kind, []).append(case.case)
    places = allocation({kind: len(cases) for kind, cases in strata.items()}, n)
    chosen = [c for kind, cases in strata.items() for c in lowest_ranked(cases, seed, places[kind])]
    return Draw(
        seed,
        tuple(sorted(chosen)),
        {kind: (places[kind], len(strata[kind])) for kind in sorted(strata)},
    )


def allocation(sizes: Mapping[tuple[str, ...], int], n: int) -> dict[tuple[str, ...], int]:
    """Return how many of ``n`` places each stratum gets, in proportion to its size (largest remainder)."""
    whole = sum(sizes.values())
    due = {kind: Fraction(n * size, whole) for kind, size in sizes.items()}
    places = {kind: floor(share) for kind, share in due.items()}
    by_remainder = sorted(sizes, key=lambda kind: (places[kind] - due[kind], -sizes[kind], kind))
    for kind in by_remainder[: n - sum(places.values())]:
        places[kind] += 1
    return places


def lowest_ranked(cases: Iterable[str], seed: int, n: int, method: str = METHOD) -> list[str]:
    """Return the ``n`` of ``cases`` that rank lowest under ``seed``, lowest first."""

    def rank(case: str) -> tuple[bytes, str]:
        return hashlib.sha256(f"{method}\n{seed}\n{case}".encode()).digest(), case

    return sorted(set(cases), key=rank)[:n]


@frozen
class SizeAdvice:
    """What a sample of ``n`` of ``population`` cases says about a share of one half.

    One half is the worst case: any other share is known more closely.  ``interval`` is Wilson's
    at 95 %, with the finite-population correction, for a question asked of every case.
    """

    n: int
    population: int
    interval: Interval

    @property
    def width(self) -> float:
        """From the low bound to the high one, as a share: 0.2 is twenty points."""
        return self.interval.high - self.interval.low


def advise(population: int, n: int) -> SizeAdvice:
    """Return how certain a sample of ``n`` of ``population`` is; ValueError unless 1 ≤ n ≤ population."""
    interval = wilson(n // 2, n, population=population) if n >= 1 else None
    if interval is None:
        raise ValueError("a sample has at least one case")
    return SizeAdvice(n, population, interval)


def advice(population: int, wanted: int | None = None) -> tuple[SizeAdvice, ...]:
    """Return :func:`advise` for sizes worth considering: the published ones, ``wanted``, and all cases."""
    sizes = {n for n in (10, 14, 20, 30, 47, 60, 91) if n < population}
    sizes |= {population} if population else set()
    sizes |= {wanted} if wanted is not None and 1 <= wanted <= population else set()
    return tuple(advise(population, n) for n in sorted(sizes))
