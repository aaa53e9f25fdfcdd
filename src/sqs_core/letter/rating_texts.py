"""Ratings as texts of a letter: ``{rating.overall}`` is the rating of the roll-up ``overall`` in words.

Where somebody decided over a rating it is what was decided; ``{computed.overall}`` is what was computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.records.override import RatingOverride
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.ratings import Rating, compute_ratings

RATING: Final = "rating."
COMPUTED: Final = "computed."
ENGLISH: Final = "en"


def rating_names(criteria: Criteria) -> tuple[str, ...]:
    """Return the names of the texts, two for each roll-up that comes to a rating."""
    rated = [rollup.id for rollup in criteria.rollups if rollup.model != "none"]
    return tuple(f"{kind}{name}" for kind in (RATING, COMPUTED) for name in rated)


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

    def words_of(kind: str, decided: Mapping[str, RatingOverride]) -> dict[str, str]:
        ratings = compute_ratings(criteria, findings, inspection.ratings, frame=frame, overridden=decided)
        return {name: _words(r, language) for r in ratings if (name := f"{kind}{r.rollup.id}") in wanted}

    found = words_of(RATING, inspection.overridden)
    for name in wanted - found.keys():
        rollup = name.removeprefix(COMPUTED)
        others = {other: decision for other, decision in inspection.overridden.items() if other != rollup}
        if words := words_of(COMPUTED, others).get(name):
            found[name] = words
    return found


def _words(rating: Rating, language: str) -> str:
    if rating.band and (rating.override or rating.verdict == "rated"):
        return rating.band.text.in_language(language)
    if language.partition("-")[0] != ENGLISH:
        return f"[{rating.rollup.title.in_language(language)}]"
    if rating.verdict == "between" and rating.lowest and rating.highest:
        ends = (band.text.in_language(language) for band in (rating.lowest, rating.highest))
        return f"between {' and '.join(ends)}"
    return "not rated"
