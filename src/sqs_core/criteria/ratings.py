"""How a version turns counts into a rating, and which of its questions a shorter inspection asks.

All of it is data of the version.  A version without roll-ups gives no rating at all, as the
Short Quality Screening letter does not: counts in prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from sqs_core.text import Text

Model = Literal["none", "bands", "stars", "worst", "sum", "given"]
Denominator = Literal["", "cases", "answers", "questions", "themes"]
Rounding = Literal["", "whole"]
COUNTING: tuple[Model, ...] = ("bands", "stars")
COMBINING: tuple[Model, ...] = ("worst", "sum")
NOTHING = Text({})


@frozen
class RatingBand:
    """One rating, from ``at_least`` on; the lowest of a roll-up has none.

    ``at_least`` is a share of what is counted ("13/20") or, in a sum, a number of points.
    ``score`` is the points (or stars) the rating is worth; ratings are ordered by it.
    """

    id: str
    text: Text
    score: int
    at_least: Fraction | None = None


@frozen
class RatingLimit:
    """A judgement that limits a rating: where the roll-up ``when`` is rated ``rated`` or lower, it is at most
    ``most``.
    """

    when: str
    rated: str
    most: str


@frozen
class Rollup:
    """One rating: what it is made of, how, and when there is too little to rate.

    ``model`` says how:

    ``bands``   the share judged sufficient falls into one of ``bands``
    ``stars``   the same, the score being a number of stars
    ``worst``   the lowest rating among the roll-ups in ``of``
    ``sum``     the scores of the roll-ups in ``of``, added, fall into one of ``bands``
    ``given``   recorded by the inspectors themselves, in ``inspection.toml`` under ``[ratings]``
    ``none``    no rating, on purpose

    ``of`` names questions for ``bands`` and ``stars``, roll-ups for ``worst`` and ``sum``.
    ``denominator`` says what one counts among: ``cases`` judged on the one question;
    ``answers``, those judged on every question in one pool (XCCDF's flat scoring);
    ``questions``, the mean of the questions' shares (XCCDF's default scoring); ``themes``, the mean of the
    themes', each the mean of its questions' shares.  ``weights`` are per question, and with ``themes`` per
    theme too; one where none is given.  So many ``fewest_cases`` judged make a rating;
    fewer give none.  So do ``fewest_parts`` rated roll-ups for ``worst``; 0 means all of them.

    With ``rounding`` "whole" a share is rounded to a whole per cent, a half upwards, before it is looked up
    in the bands; without it the share is taken as it is.  ``limits`` are judgements that limit the rating
    ("any one inadequate").
    """

    id: str
    title: Text
    model: Model
    of: tuple[str, ...] = ()
    denominator: Denominator = ""
    fewest_cases: int = 0
    fewest_parts: int = 0
    bands: tuple[RatingBand, ...] = ()
    weights: Mapping[str, int] = field(factory=dict)
    note: Text = NOTHING
    rounding: Rounding = ""
    limits: tuple[RatingLimit, ...] = ()

    def least_of(self, band: RatingBand) -> Fraction | None:
        """Return the least share or sum that falls into ``band``; None for the lowest."""
        if band.at_least is None or self.rounding != "whole":
            return band.at_least
        return band.at_least - Fraction(1, 200)  # 64.5 in a hundred is rounded to 65

    def band(self, name: str) -> RatingBand | None:
        """Return the band called ``name``; None where there is none."""
        return next((band for band in self.bands if band.id == name), None)


@frozen
class Profile:
    """A named part of a version's questions, for an inspection that asks fewer of them."""

    id: str
    title: Text
    questions: tuple[str, ...]
    note: Text = NOTHING
