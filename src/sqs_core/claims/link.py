"""A quantity with what it counts, and what a paragraph has spoken of so far."""

from __future__ import annotations

from attrs import define, field, frozen

from sqs_core.claims.quantities import Quantity
from sqs_core.claims.readings import Reading
from sqs_core.letter.live_figures import Reference


@frozen
class Tie:
    """A quantity and the readings it must fit one of; none where it could not be tied, with why.

    ``subset`` says that it counts within a subset, ``total`` that it is a number of cases judged or
    asked; ``sure`` is false where the paragraph is none of the plan, so that only its words speak.
    """

    quantity: Quantity
    readings: tuple[Reading, ...] = ()
    why: str = ""
    subset: bool = False
    total: bool = False
    sure: bool = True


@define
class Spoken:
    """What a paragraph has spoken of so far."""

    abouts: tuple[Reference, ...] = ()
    counted: dict[frozenset[str], set[str]] = field(factory=dict)
    negated: bool = False
    untied: bool = False
