"""What ties a quantity of a letter to the counts of the records."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from sqs_core.claims.amounts import Fit, Quantity
from sqs_core.claims.measured import Reading
from sqs_core.letter.reference import Reference

Way = tuple[Reading, ...]
"""One way to understand a sentence: any of its readings will do."""


@frozen
class Link:
    """A quantity and the ways to understand it; none where it could not be tied, with ``why``.

    It holds where it holds in every way, and fails where it fails in every way.  ``subset`` says that it
    counts within a subset, ``total`` that it is a number of cases asked about; ``sure`` is false where the
    paragraph is none of the plan, so that only the sentence's own words speak.
    """

    quantity: Quantity
    ways: tuple[Way, ...] = ()
    why: str = ""
    subset: bool = False
    total: bool = False
    sure: bool = True

    @property
    def readings(self) -> Way:
        """All readings, those of the first way first."""
        return tuple(reading for way in self.ways for reading in way)

    def fit(self, reading: Reading) -> Fit:
        """Return whether the quantity is what a reading counts."""
        fits = [self.quantity.fits(count.k, count.n) for count in reading.counts]
        return False if False in fits else None if None in fits else True

    def way_fit(self, way: Way) -> Fit:
        """Return whether the quantity is what one way to understand it counts."""
        fits = [self.fit(reading) for reading in way]
        return True if True in fits else None if None in fits else False


@define
class Spoken:
    """What a paragraph has spoken of so far.

    ``topic`` is the measure that "it" means, ``counted`` the cases counted of each, ``negated`` whether
    those that fall short were counted last, ``so`` whether "this was so" means falling short, ``base``
    whether "were not" denies a blame, ``unlinked`` whether something since could not be tied to a
    measure, ``here`` whether this sentence told of it,
    ``subset`` the group that it was told of last, and ``within`` the cases counted in each group.
    """

    topic: tuple[Reference, ...] = ()
    counted: dict[frozenset[str], set[str]] = field(factory=dict)
    negated: bool = False
    so: bool = False
    base: bool = False
    unlinked: bool = False
    here: bool = False
    subset: str = ""
    within: dict[tuple[frozenset[str], str], set[str]] = field(factory=dict)

    def tell_within(
        self, abouts: Sequence[Reference], subset: str, reading: Reading, *, negated: bool
    ) -> None:
        """Remember what was said of ``abouts`` in a subset."""
        self.topic = tuple(about._replace(outcome="") for about in abouts)
        self.subset, self.negated, self.unlinked, self.here = subset, negated, False, True
        counted = self.within.setdefault((frozenset(a.measure for a in abouts), subset), set())
        counted.update(*(count.cases for count in reading.counts))

    def tell(
        self, abouts: Sequence[Reference], reading: Reading, *, negated: bool, so: bool, blamed: bool
    ) -> None:
        """Remember what was said of ``abouts``: the cases that ``reading`` counts."""
        self.topic = tuple(about._replace(outcome="") for about in abouts)
        self.negated, self.so, self.base, self.unlinked, self.here = negated, so, blamed, False, True
        self.subset = ""
        counted = self.counted.setdefault(frozenset(about.measure for about in abouts), set())
        counted.update(*(count.cases for count in reading.counts))
