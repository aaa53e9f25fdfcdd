"""An override of one answer: what was answered, what is to count, why, and by whose authority."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Question
from sqs_core.letter.effect import Effect
from sqs_core.records import CaseRecord
from sqs_core.storage.moderation.pending_decisions import PendingChoice
from sqs_tui.paint.lines import EMPTY, Line, Span, beside, box, line, rule, short, wrapped
from sqs_tui.pictures.effect import effect_rows
from sqs_tui.pictures.sheet import Box
from sqs_tui.pictures.sides import Side, side_rows, titled, why_rows
from sqs_tui.pictures.words import STYLE_OF


@frozen
class Overriding:
    """What is drawn: the record, the question, what is chosen so far, and the effect."""

    criteria: Criteria
    record: CaseRecord
    question: Question
    choice: PendingChoice
    effect: Effect | None
    why_open: bool = False


def override_picture(seen: Overriding, width: int, height: int) -> tuple[list[Line], Box]:
    """The picture, and where the remark is written."""
    small, tall = height < 18, height >= 30
    rows: list[Line] = [] if small else [rule(width)]
    rows += titled(str(seen.question.text), width, 1 if small else 2)
    why_height = 6 if tall else 3
    fixed = len(rows) + 2 + why_height + 2 + (2 if tall else 0)
    rows += _boxes(seen, width, min(max(4, height - fixed), 14))
    rows += _fields(seen, width)
    place = Box(3, len(rows) + 1, width - 6, why_height - 2)
    rows += why_rows(seen.choice.why, width, why_height, open_=seen.why_open)
    rows += [EMPTY] if tall else []
    rows += effect_rows(seen.criteria, seen.effect, width)
    return [*rows, *[EMPTY] * (height - len(rows))][:height], place


def _boxes(seen: Overriding, width: int, height: int) -> list[Line]:
    inner = (width - 5) // 2
    room = height - 2
    criteria, question = seen.criteria, seen.question
    answer = seen.record.answer(question.id)
    given = criteria.outcome_of(question, answer.outcome) if answer.outcome else None
    reasons = "; ".join(str(criteria.reason_of(question, r).text) for r in answer.reasons)
    told = (("reasons", reasons), ("", answer.evidence), ("the case manager said", answer.said))
    side = Side(
        "", str(given.text) if given else "not answered", STYLE_OF[given.counts] if given else "dim", told
    )
    left = [(Span(" "), *row) for row in side_rows(side, inner - 4)]
    more = len(left) - room
    tail = f"{more} more" if more > 0 else ""
    right: list[Line] = []
    counts = seen.record.judged(question.id)
    for outcome in criteria.outcomes_of(question):
        here = outcome.id == seen.choice.taken
        now = "  now" if outcome.id == counts else ""
        text = f" {'▶' if here else ' '} {outcome.key}  {short(str(outcome.text), inner - 10 - len(now))}"
        right.append(line((text, "bold" if here else ""), (now, "dim"), wish=f"key:{outcome.key}"))
    for made in reversed([o for o in seen.record.overrides if o.question == question.id]):
        text = f"{made.time[:10]} {made.authority}: {made.old} → {made.new}: {made.remark}"
        right += [line((" " + row, "dim")) for row in wrapped(text, inner - 4)]
    who = f"The answer{', by ' + seen.record.inspector if seen.record.inspector else ''}; it stays"
    columns = [
        (box(who, [*left[:room], *[EMPTY] * (room - len(left))], inner, tail=tail), inner),
        (
            box("Is to count", [*right[:room], *[EMPTY] * (room - len(right))], inner, on=not seen.why_open),
            inner,
        ),
    ]
    return [(Span("  "), *row) for row in beside(columns, gap=" ")]


def _fields(seen: Overriding, width: int) -> list[Line]:
    criteria, question = seen.criteria, seen.question
    old = seen.record.judged(question.id)
    words = [str(criteria.outcome_of(question, o).text) if o else "–" for o in (old, seen.choice.taken)]
    words = [word.split(",")[0] for word in words] if width < 72 else words
    half = max(10, (width - 40) // 2)
    change = line(
        ("  Old ", "title"),
        short(words[0], half),
        ("   New ", "title"),
        (short(words[1], half), "bold" if seen.choice.taken else "dim"),
        ("   Time ", "title"),
        ("as written", "dim"),
    )
    who = seen.choice.authority
    authority = line(
        ("  A By authority of: ", "title"),
        (short(who or "–  (a role or initials)", width - 24), "" if who else "dim"),
        wish="key:A",
    )
    return [change, authority]
