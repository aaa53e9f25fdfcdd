"""Ratings as texts of a letter: ``{rating.overall}`` is the rating of the roll-up ``overall`` in words."""

from __future__ import annotations

from typing import Final

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.ratings import Rating, compute_ratings

RATING: Final = "rating."
ENGLISH: Final = "en"


def rating_names(criteria: Criteria) -> tuple[str, ...]:
    """Return the names of the texts, one for each roll-up that comes to a rating."""
    return tuple(f"{RATING}{rollup.id}" for rollup in criteria.rollups if rollup.model != "none")


def rating_texts(inspection: Inspection, findings: Findings, language: str) -> dict[str, str]:
    """Return the ratings that the letter states in words, by those names: "weak", "between weak and good".

    What the sample does not decide is not said; a decision over a rating is what it says.  Where there is no
    rating, the words are English, so that in another language a gap in brackets stands for it.
    """
    criteria = findings.criteria
    wanted = criteria.letter.rated if criteria.letter else frozenset()
    if not wanted:
        return {}
    frame = None if criteria.populations else inspection.sample.frame
    ratings = compute_ratings(
        criteria, findings, inspection.ratings, frame=frame, overridden=inspection.overridden
    )
    return {f"{RATING}{r.rollup.id}": _words(r, language) for r in ratings if r.rollup.id in wanted}


def _words(rating: Rating, language: str) -> str:
    if rating.band and (rating.override or rating.verdict == "rated"):
        return rating.band.text.in_language(language)
    if language.partition("-")[0] != ENGLISH:
        return f"[{rating.rollup.title.in_language(language)}]"
    if rating.verdict == "between" and rating.lowest and rating.highest:
        ends = (band.text.in_language(language) for band in (rating.lowest, rating.highest))
        return f"between {' and '.join(ends)}"
    return "not rated"
