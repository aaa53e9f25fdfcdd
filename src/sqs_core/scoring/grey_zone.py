"""Find the cases that a version wants marked twice: neither clearly good enough nor clearly not."""

from __future__ import annotations

from fractions import Fraction

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import progress


def case_share(criteria: Criteria, record: CaseRecord) -> Fraction | None:
    """Return the share of a case's judgements that are sufficient; None where none is either way."""
    counts = [
        criteria.outcome_of(question, outcome).counts
        for question in criteria.questions
        if (outcome := record.judged(question.id)) is not None
    ]
    judged = [one for one in counts if one in ("sufficient", "insufficient")]
    return Fraction(judged.count("sufficient"), len(judged)) if judged else None


def is_in_grey_zone(criteria: Criteria, record: CaseRecord) -> bool:
    """Return whether the version wants ``record`` marked a second time: it is complete, and in its zone."""
    zone = criteria.grey_zone
    if zone is None or record.practice:
        return False
    done, asked = progress(criteria, record)
    share = case_share(criteria, record)
    return done == asked and share is not None and zone.lowest <= 100 * share <= zone.highest
