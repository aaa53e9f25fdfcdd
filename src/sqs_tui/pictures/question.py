"""One question of one case: what is asked, the judgement, the reasons, and the notes."""

from __future__ import annotations

from sqs_core.criteria.model import Question, Reason
from sqs_core.records.override import Override
from sqs_core.scoring.states import State
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, beside, box, line, short, wrapped
from sqs_tui.pictures.notes import framed, notes_lines, pointing
from sqs_tui.pictures.sheet import NOTE_NAME, Box, Sheet
from sqs_tui.pictures.words import STYLE_OF

TALL = 32
"""From this height on the boxes stand one over the other, each always in its row."""


def sheet_lines(sheet: Sheet, width: int, height: int) -> tuple[list[Line], Box]:
    """The sheet in ``width`` × ``height`` cells, and where the note being written stands."""
    question = sheet.question
    lines = [progress_line(sheet, width)]
    tall = height >= TALL
    words = wrapped(str(question.text), width - 4)[:3]
    lines += [line(("  " + row, "title")) for row in words]
    lines += [EMPTY] * (2 - len(words) if tall else 0)
    state = sheet.standing.states[question.id]
    note = sheet.field in NOTE_NAME
    # In a small window the note being written, or the text being read, needs the rows of the boxes.
    small = (note and height < 18) or (sheet.field == "text" and height < 12)
    boxes = [_judgement_line(sheet, width)] if small else _judgement_boxes(sheet, width, stacked=tall)
    left = height - len(lines) - len(boxes)
    least = 3 if left < 9 else 6  # the notes as single lines where there is little room
    left = min(left, least + 4) if tall else left
    made = sheet.record.override(question.id)
    beside_it = _override(sheet, made) if made else _guidance(question, state)
    guidance = wrapped(beside_it, width - 4) if not small or note else []
    room = max(0, min(len(guidance), left - least - (1 if left > 10 and not tall else 0)))
    if room and len(guidance) > room:
        guidance = guidance[:room]
        guidance[-1] = short(guidance[-1], width - 22).rstrip("….") + " …"
        guidance[-1] += " " * max(1, width - 18 - len(guidance[-1])) + "g all of it"
    style = "warn" if made or state in (State.NOT_ASKED, State.PARKED) else "dim"
    lines += [line(("  " + row, style), wish="key:g") for row in guidance[:room]]
    # Where there is room, everything stays in its row from question to question: it is easier to
    # read, and half as much has to be painted.
    if tall:
        lines += [EMPTY] * (5 - min(4, room))
    elif height - len(lines) - len(boxes) > least + 3:
        lines.append(EMPTY)
    lines += boxes
    notes, place = notes_lines(sheet, width, height - len(lines), writing=note)
    place = Box(place.x, place.y + len(lines), place.width, place.height)
    return [*lines, *notes], place


def progress_line(sheet: Sheet, width: int) -> Line:
    """How far the case is, as a bar."""
    standing = sheet.standing
    room = width - 4
    full = room * standing.done // standing.asked if standing.asked else 0
    return line("  ", ("█" * full, "bar"), ("░" * (room - full), "dim"))


def _guidance(question: Question, state: State) -> str:
    if state is State.PARKED:
        return "Parked: the facts of the case say that this does not apply.  The answer is kept, not counted."
    if state is State.NOT_ASKED:
        return "The facts of the case say that this does not apply.  Nothing is to be answered here."
    return " ".join(str(question.guidance).split())


def _override(sheet: Sheet, made: Override) -> str:
    counts = sheet.criteria.outcome_of(sheet.question, made.new).text
    return f"Overridden: “{counts}” counts, by authority of {made.authority}: {made.remark}"


def _judgement_line(sheet: Sheet, width: int) -> Line:
    """The judgement and its reasons on one row."""
    given = sheet.outcome
    why = ", ".join(str(r.text) for r in sheet.reasons if r.id in sheet.answer.reasons) if given else ""
    words = f"  ▶ {given.text}" + (f": {why}" if why else "") if given else "  not answered yet"
    return line((short(words, width - 2), STYLE_OF[given.counts] if given else "dim"), wish="field:judgement")


def _judgement_boxes(sheet: Sheet, width: int, *, stacked: bool) -> list[Line]:
    left = width - 4 if stacked else min(30, max(28, width * 2 // 5))
    right = width - 4 if stacked else width - left - 4
    rows: list[Line] = []
    for place, outcome in enumerate(sheet.outcomes):
        given = outcome.id == sheet.answer.outcome
        here = sheet.field == "judgement" and place == sheet.mark
        style = STYLE_OF[outcome.counts] if given else ""
        mark = "▶" if given else "›" if here else " "
        style = "bold" if given and not style else style
        text = f"{outcome.key}  {short(str(outcome.text), left - 9)}"
        rows.append(line((f" {mark} ", "here" if here else style), (text, style), wish=f"key:{outcome.key}"))
    later = sheet.answer.later
    flag = "⚑ come back" + (f": {later}" if later else "") if later is not None else "come back later"
    rows.append(
        line((f"   l  {short(flag, left - 9)}", "flag" if later is not None else "dim"), wish="key:l")
    )
    talk = "[x]" if sheet.answer.discuss else "[ ]"
    rows.append(line((f"   d  {talk} discuss", "flag" if sheet.answer.discuss else "dim"), wish="key:d"))
    applies = sheet.outcome is not None and sheet.outcome.counts == "insufficient"
    reasons = [
        _reason(sheet, place, reason, applies, right - 2) for place, reason in enumerate(sheet.reasons)
    ]
    if not stacked and len(reasons) > len(rows):
        # In view: those around the cursor, or the first ones; how many more stand in the edge.
        top = (
            max(0, min(sheet.mark - len(rows) + 1, len(reasons) - len(rows)))
            if sheet.field == "reasons"
            else 0
        )
        more = len(reasons) - len(rows) - top
        reasons = reasons[top : top + len(rows)]
    else:
        more = 0
        reasons += [EMPTY] * (5 - len(reasons)) if stacked else [EMPTY] * (len(rows) - len(reasons))
    ticked = sum(r.id in sheet.answer.reasons for r in sheet.reasons) if applies else 0
    title = "r Why not?"
    if ticked:  # beside the title: what changes far to the right has the whole edge painted with it
        title += f"  {ticked} ticked"
    elif right > 50:
        title += "  tick all that apply"
    tail = f"{more} more ↓" if more else ""
    judgement = pointing(box("Judgement", rows, left, on=sheet.field == "judgement"), "field:judgement")
    why = pointing(box(title, reasons, right, tail=tail, on=sheet.field == "reasons"), "field:reasons")
    if stacked:
        return framed([*judgement, *why])
    return [(Span("  "), *row) for row in beside([(judgement, left), (why, right)], gap=" ")]


def _reason(sheet: Sheet, place: int, reason: Reason, applies: bool, width: int) -> Line:
    ticked = reason.id in sheet.answer.reasons
    here = sheet.field == "reasons" and place == sheet.mark
    digit = str(place + 1) if place < 9 else " "
    parts: list[Part] = [(" ›" if here else "  ", "here")]
    style = "no" if ticked and applies else ""
    # The tick alone has a colour: with another answer not all of what it stands beside is painted anew.
    parts += [f"{digit} ", ("[x]" if ticked else "[ ]", style), f" {short(str(reason.text), width - 9)}"]
    return line(*parts, wish=f"key:{digit}" if digit != " " else "")
