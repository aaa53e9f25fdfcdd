"""Differences between two markings in words, and as rows of a list."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records.second_marking import Decision
from sqs_core.scoring.differences import MarkingDifference
from sqs_core.storage.moderation.pending_decisions import PendingChoice
from sqs_tui.paint.lines import Line, line, short
from sqs_tui.pictures.words import in_a_word


@frozen
class Place:
    """One difference in the list, with what is chosen and what was agreed about it."""

    case: str
    difference: MarkingDifference
    choice: PendingChoice
    decision: Decision | None


def outcome_words(criteria: Criteria, item: str, outcome: str, *, brief: bool = False) -> str:
    """An outcome or fact in words: "no, not good enough", brief "no"; "–" where there is none."""
    if not outcome:
        return "–"
    if not criteria.has_question(item):
        return outcome
    found = criteria.outcome_of(criteria.question(item), outcome)
    return in_a_word(found) if brief else str(found.text)


def item_name(criteria: Criteria, item: str) -> str:
    """The short name of a question or fact."""
    return str(criteria.question(item).short if criteria.has_question(item) else criteria.fact(item).text)


def views(criteria: Criteria, difference: MarkingDifference) -> str:
    """Both views in short: "no / yes", or that only the reasons differ."""
    if difference.kind == "reasons":
        return "reasons only"
    sides = ((difference.first, difference.asked_first), (difference.second, difference.asked_second))
    words = (
        outcome_words(criteria, difference.item, value, brief=True) if asked else "not asked"
        for value, asked in sides
    )
    return " / ".join(words)


def taken_words(criteria: Criteria, item: str, taken: str) -> str:
    """What was chosen in a word: "← this", "→ that", "both reasons", "left open", or the outcome."""
    known = {"first": "← this", "second": "→ that", "both": "both reasons", "open": "left open"}
    return known.get(taken) or outcome_words(criteria, item, taken, brief=True)


def state_words(criteria: Criteria, place: Place) -> tuple[str, str]:
    """How far a difference is, and its style."""
    if place.choice.taken:
        return taken_words(criteria, place.difference.item, place.choice.taken), "flag"
    if place.decision is None:
        return "", "dim"
    if place.decision.taken == "open":
        return "✓ left open", "good"
    return f"✓ {outcome_words(criteria, place.difference.item, place.decision.agreed, brief=True)}", "good"


def place_row(criteria: Criteria, place: Place, at: int, here: bool, width: int) -> Line:
    """One difference in the list."""
    words, style = state_words(criteria, place)
    both = views(criteria, place.difference)
    tail = f"{both}  {words}".rstrip()
    name = short(item_name(criteria, place.difference.item), max(8, width - len(tail) - len(place.case) - 7))
    gap = " " * max(2, width - len(name) - len(tail) - len(place.case) - 6)
    return line(
        (" ▶ " if here else "   ", "here"),
        (f"{place.case}  {name}", "here" if here else ""),
        gap,
        both,
        (f"  {words}" if words else "", style),
        wish=f"row:{at}",
    )
