"""What a decision would do to board and letter, read aloud before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.letter.effect import Effect
from sqs_core.scoring.findings import CASES


def effect_lines(desk: Desk, effect: Effect) -> Iterator[str]:
    """Every count and every paragraph that changes, before and after."""
    criteria = desk.criteria
    if not effect.counts:
        yield "Board: no count changes."
    for change in effect.counts:
        name = f"{criteria.question(change.measure).short}" if change.measure != CASES else "cases"
        part = f", {criteria.subset(change.subset).text}" if change.subset else ""
        before, after = (f"{k} of {n}" for k, n in (change.before, change.after))
        yield f"Board, {name}{part}: {before} becomes {after}."
    if not effect.words:
        yield "Letter: no word changes."
    for words in effect.words:
        number = f" {words.number}" if words.number else ""
        yield f"Letter{number} now: {words.before or '(nothing)'}"
        yield f"Letter{number} then: {words.after or '(nothing)'}"
    if effect.left_out:
        yield f"Reckoned without {', '.join(effect.left_out)}: being marked a second time, blind."


def agreed_to(desk: Desk, what: str) -> bool:
    """Whether the person types yes to having ``what`` written; anything else writes nothing."""
    if desk.talk.ask(f"Type yes to write {what}:").lower() == "yes":
        return True
    desk.talk.say("Nothing is written. What you chose is kept.")
    return False
