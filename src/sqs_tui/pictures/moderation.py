"""Moderation: one difference between two markings, and all of them as a list."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Reason
from sqs_core.letter.effect import Effect
from sqs_core.records import CaseRecord
from sqs_core.records.second_marking import Decision
from sqs_core.scoring.agreement import Measures
from sqs_core.scoring.differences import PairAgreement
from sqs_tui.paint.lines import (
    EMPTY,
    Line,
    Part,
    Span,
    line,
    rule,
    short,
    width_of,
    window,
    wrapped,
    wrapped_line,
)
from sqs_tui.paint.words import number
from sqs_tui.pictures.agreement import agreement_line, agreement_pane
from sqs_tui.pictures.differences import Place, item_name, outcome_words, place_row, state_words, views
from sqs_tui.pictures.effect import NOTHING_YET, effect_rows
from sqs_tui.pictures.sheet import Box
from sqs_tui.pictures.sides import Option, Side, option_rows, side_boxes, titled, why_rows
from sqs_tui.pictures.words import STYLE_OF

KEPT = (("both", "both"), ("first", "← only"), ("second", "→ only"))


@frozen
class Seen:
    """What is drawn: the place with the mark among all, the two markings, agreement, and the effect."""

    criteria: Criteria
    places: tuple[Place, ...]
    cursor: int
    first: CaseRecord
    second: CaseRecord
    agreement: Measures
    whole: PairAgreement
    effect: Effect | None
    top: int = 0
    other: bool = False
    why_open: bool = False

    @property
    def place(self) -> Place:
        """The place with the mark."""
        return self.places[self.cursor]


def list_rows(seen: Seen, width: int, height: int) -> list[Line]:
    """The list around the mark."""
    top = window(seen.cursor, max(0, seen.cursor - height // 2), height, len(seen.places))
    shown = list(enumerate(seen.places))[top : top + height]
    return [place_row(seen.criteria, place, at, at == seen.cursor, width) for at, place in shown]


def side_pane(seen: Seen, width: int, height: int) -> list[Line]:
    """List and agreement, for the pane at the left."""
    pane = agreement_pane(seen.criteria, seen.agreement, seen.whole, width)
    room = max(3, height - len(pane) - 3)
    rows: list[Line] = [line((f" {number(len(seen.places), 'difference')}", "title"))]
    top = window(seen.cursor, max(0, seen.cursor - room // 4), room // 2, len(seen.places))
    for at, place in list(enumerate(seen.places))[top : top + room // 2]:
        here = at == seen.cursor
        words, style = state_words(seen.criteria, place)
        name = short(item_name(seen.criteria, place.difference.item), width - len(place.case) - 6)
        mark = (" ▶ " if here else "   ", "here")
        rows.append(line(mark, (f"{place.case} {name}", "here" if here else ""), wish=f"row:{at}"))
        both = short(views(seen.criteria, place.difference), width - len(words) - 9)
        rows.append(line(f"      {both}  ", (words, style), wish=f"row:{at}"))
    return [*rows, *[EMPTY] * (height - len(rows) - len(pane)), *pane]


def side_of(seen: Seen, whose: str) -> Side:
    """What one marking says."""
    criteria, difference = seen.criteria, seen.place.difference
    record = seen.first if whose == "first" else seen.second
    arrow = "←" if whose == "first" else "→"
    manager = record.assessed_with_case_manager
    how = (
        {True: "with the case manager", False: "from the file"}.get(manager, "")
        if manager is not None
        else ""
    )
    title = f"{arrow} {record.inspector or whose}" + (f", {how}" if how else "")
    value = difference.first if whose == "first" else difference.second
    asked = difference.asked_first if whose == "first" else difference.asked_second
    if difference.kind == "fact":
        return Side(title, value or "nothing recorded", "")
    if not asked:
        return Side(title, "not asked, as the facts of this marking stand", "dim")
    question = criteria.question(difference.item)
    answer = record.answer(question.id)
    style = STYLE_OF[criteria.outcome_of(question, value).counts] if value else "dim"
    reasons = "; ".join(str(criteria.reason_of(question, r).text) for r in answer.reasons)
    told = (("reasons", reasons), ("", answer.evidence), ("the case manager said", answer.said))
    notes = (("learning", answer.learning), ("strength", answer.strength))
    return Side(title, outcome_words(criteria, question.id, value), style, (*told, *notes))


def agreed_options(seen: Seen) -> tuple[list[Option], str]:
    """What can be chosen here, and what is."""
    criteria, place = seen.criteria, seen.place
    difference = place.difference
    taken = place.choice.taken or (place.decision.taken if place.decision else "")
    if taken == "other" and place.decision is not None:
        taken = place.decision.agreed or "other"
    keys = {"first": "left", "second": "right", "both": "b", "open": "l", "": ""}
    other = taken if taken not in keys else ""
    item = difference.item
    mine, theirs = (
        outcome_words(criteria, item, v, brief=True) for v in (difference.first, difference.second)
    )
    if difference.kind == "reasons":
        mine, theirs = "these reasons", "those reasons"
    told = f": {outcome_words(criteria, item, other, brief=True)}" if other else ""
    options = [
        Option("left", "←", mine, mine.split()[0]),
        Option("right", "→", theirs, theirs.split()[0]),
        Option("o", "o", f"something else{told}", f"else{told}"),
        Option("l", "l", "leave open", "open"),
    ]
    if difference.kind == "reasons":
        options.insert(2, Option("b", "b", "both reasons", "both"))
    return options, keys.get(taken, "o")


def other_row(seen: Seen, width: int) -> Line:
    """The letters of the outcomes, once something else is wanted."""
    question = seen.criteria.question(seen.place.difference.item)
    options = seen.criteria.outcomes_of(question)
    for brief in (False, True):
        words = [outcome_words(seen.criteria, question.id, o.id, brief=brief).split(",")[0] for o in options]
        spans = [Span(f"   {o.key} {w}", "bold", f"key:{o.key}") for o, w in zip(options, words, strict=True)]
        if width_of(tuple(spans)) < width - 24:
            break
    return (Span("  Something else: type", "flag"), *spans)


def reasons_here(seen: Seen) -> tuple[Reason, ...]:
    """The reasons that can be ticked: those of an outcome chosen that is neither view."""
    item, taken = seen.place.difference.item, seen.place.choice.taken
    if not taken or taken in ("first", "second", "both", "open") or not seen.criteria.has_question(item):
        return ()
    return seen.criteria.reasons_of(seen.criteria.question(item), taken)[:9]


def reason_rows(seen: Seen, width: int, most: int) -> list[Line]:
    """Those reasons with their ticks, in as few rows as they take."""
    parts: list[Part] = [("  Why not?", "title")]
    for place, reason in enumerate(reasons_here(seen), 1):
        on = reason.id in seen.place.choice.reasons
        text = f"{place} {'[x]' if on else '[ ]'} {reason.text}".replace(" ", "\u00a0")
        parts += ["  ", (text, "bold" if on else "", f"key:{place}")]
    if len(parts) == 1:
        return []
    rows = wrapped_line(line(*parts), width - 1, " " * 10)[:most]
    return [tuple(s._replace(text=s.text.replace("\u00a0", " ")) for s in row) for row in rows]


def question_rows(seen: Seen, width: int, most: int) -> list[Line]:
    """What is asked."""
    difference = seen.place.difference
    where = f"{seen.place.case}  "
    if difference.kind == "fact":
        return [line((f"  {where}fact: {item_name(seen.criteria, difference.item)}", "title"))]
    text = where + str(seen.criteria.question(difference.item).text)
    if difference.kind == "reasons":
        text = f"{where}Same answer, other reasons.  {seen.criteria.question(difference.item).text}"
    return titled(text, width, most, wish="key:g")


def notes_row(seen: Seen, width: int) -> list[Line]:
    """Whose notes go with the answer."""
    place = seen.place
    if place.difference.kind == "fact":
        return [line(("  A fact has no notes to keep.", "dim"))]
    kept = place.choice.kept or (place.decision.kept if place.decision else "")
    options = [Option(f"v:{key}", "", words) for key, words in KEPT]
    rows = option_rows("v Notes kept", options, f"v:{kept}", width)
    spans = tuple(s._replace(text=s.text.replace(")  ", ") "), wish="key:v") for s in rows[0])
    none = "" if kept else "   those of the view taken"
    return [(*spans, Span(none if width > 70 else "", "dim"))]


def moderation_picture(seen: Seen, width: int, height: int, *, aside: bool) -> tuple[list[Line], Box, int]:
    """The picture; where the reason is written; and how many rows of the views are below their boxes.

    ``aside`` says that list and agreement stand in a pane of their own.
    """
    small, tall = height < 18, height >= 30
    head = [] if small else [rule(width)]
    if not aside:
        head.append(agreement_line(seen.agreement, seen.whole.whole, width))
    head += question_rows(seen, width, 1 if small else 2)
    if tall:
        head.append(EMPTY)
    options = [other_row(seen, width)] if seen.other else option_rows("Agreed", *agreed_options(seen), width)
    if not seen.other:
        options += reason_rows(seen, width, 2 if small else 4)
    why_height = (6 if tall else 3) if seen.why_open or not small else 1
    foot = [*options, *notes_row(seen, width)]
    decision = None if seen.place.choice.taken else seen.place.decision
    effects = effect_rows(seen.criteria, seen.effect, width, _written(decision) if decision else NOTHING_YET)
    told = seen.place.choice.why or (decision.why if decision else "")
    listed = 0 if aside else min(len(seen.places), 2 if small else 3)
    below = [] if aside else [*([] if small else [rule(width)]), *list_rows(seen, width, listed)]
    spare = height - len(head) - len(foot) - why_height - len(effects) - len(below) - (3 if tall else 0)
    boxes, more = side_boxes(
        [
            (side_of(seen, "first"), seen.place.choice.taken == "first", "left"),
            (side_of(seen, "second"), seen.place.choice.taken == "second", "right"),
        ],
        width,
        min(max(3, spare), 14),
        seen.top,
    )
    gap = [EMPTY] if tall else []
    above = [*head, *boxes, *gap, *foot[:-1], *gap]
    why = why_rows(told, width, why_height, open_=seen.why_open)
    rows = [*above, *why, foot[-1], *gap, *effects]
    rows += [EMPTY] * (height - len(rows) - len(below))
    place = Box(3, len(above) + 1, width - 6, max(1, why_height - 2))
    return [*rows, *below][:height], place, more


def _written(decision: Decision) -> str:
    by = f" by {decision.by}" if decision.by else ""
    return f"agreed{by} and written; choose again to agree otherwise"


def nothing_picture(shut: Sequence[str], drawn: int, width: int) -> list[Line]:
    """What stands there while there is nothing to moderate."""
    if shut:
        words = (
            f"Being marked a second time, blind: {', '.join(shut)}.  Nothing of either marking is shown "
            "until the second is finished."
        )
    elif drawn:
        words = f"{number(drawn, 'case')} marked twice, and no difference between the markings."
    else:
        words = (
            "No case has been marked twice.  'sqs second draw' draws some; they are marked blind with "
            "'sqs tui --second', and what differs is settled here."
        )
    return [rule(width), EMPTY, *(line("  " + row) for row in wrapped(words, width - 4))]
