"""Override an answer: another outcome counts, and the answer stays in the record.

>>> effect_of_override(folder, "07", "roh.plan", "insufficient")    # doctest: +SKIP
>>> still_missing(choice)                                    # () where it can be written
>>> write_override(folder, "07", "roh.plan", choice)
"""

from __future__ import annotations

from typing import Final

from sqs_core.errors import UsageError
from sqs_core.letter.effect import Effect
from sqs_core.records.override import Override
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.effects import effect_of
from sqs_core.storage.moderation.pending_decisions import DecisionKind, PendingChoice
from sqs_core.storage.moderation.sign_off import overridable, override
from sqs_core.workflow.choosing import forget_choices

KIND: Final[DecisionKind] = "override"


def still_missing(choice: PendingChoice) -> tuple[str, ...]:
    """Return what has to be said before the override can be written."""
    parts = (
        ("the outcome that is to count", choice.taken),
        ("why", choice.why.strip()),
        ("by whose authority", choice.authority.strip()),
    )
    return tuple(words for words, value in parts if not value)


def effect_of_override(folder: InspectionFolder, case: str, question: str, outcome: str) -> Effect:
    """Return what the override would do to board and letter.

    Raises:
        UsageError: the question does not apply, has no answer, or that outcome counts already.
    """
    record = folder.case(case).record
    overridable(folder.criteria, record, question, outcome)
    return effect_of(folder, record.overriding(Override(question, "", outcome, "", "", "")))


def write_override(folder: InspectionFolder, case: str, question: str, choice: PendingChoice) -> Override:
    """Write the override that ``choice`` describes, and forget it; UsageError where a part is missing."""
    if missing := still_missing(choice):
        raise UsageError(f"still to say: {', '.join(missing)}")
    made = override(folder, case, question, choice.taken, why=choice.why, authority=choice.authority)
    forget_choices(folder.path, KIND, case, [question])
    return made
