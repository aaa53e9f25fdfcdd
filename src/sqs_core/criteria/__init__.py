"""What is asked: criteria versions as values, read from data, never from code."""

from sqs_core.criteria.claim_words import ClaimWords, DisclosureWords
from sqs_core.criteria.conditions import AllOf, AnyOf, Comparison, Condition
from sqs_core.criteria.letter_plan import (
    LetterPlan,
    PlannedParagraph,
    PlannedSection,
    Sentence,
    Words,
)
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import (
    Choice,
    Fact,
    InterviewQuestion,
    Missing,
    Outcome,
    Population,
    Prompt,
    Question,
    Reason,
    Subset,
    Theme,
)
from sqs_core.criteria.ranges import Band
from sqs_core.criteria.ratings import Profile, RatingBand, Rollup
from sqs_core.text import Text

__all__ = [
    "AllOf",
    "AnyOf",
    "Band",
    "Choice",
    "ClaimWords",
    "Comparison",
    "Condition",
    "Criteria",
    "DisclosureWords",
    "Fact",
    "InterviewQuestion",
    "LetterPlan",
    "Missing",
    "Outcome",
    "PlannedParagraph",
    "PlannedSection",
    "Population",
    "Profile",
    "Prompt",
    "Question",
    "RatingBand",
    "Reason",
    "Rollup",
    "Sentence",
    "Subset",
    "Text",
    "Theme",
    "Words",
]
