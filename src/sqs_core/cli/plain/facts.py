"""The facts of a case: who screened it, and what decides which questions are asked."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from sqs_core.cli.fact import set_facts
from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import Place, next_place
from sqs_core.cli.plain.talk import counted
from sqs_core.cli.plain.words import word_called
from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord, FactValue
from sqs_core.scoring.states import State, applies, states
from sqs_core.text import whole_number

Dispatch = Callable[[Desk, Place, str], Place]


@frozen
class Line:
    """One line of the form: its name in a record, its words, what can be chosen, what it holds."""

    name: str
    text: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False


YES_NO = (("yes", "yes"), ("no", "no"))
HEADER = (
    Line("inspector", "Inspector", "initials"),
    Line("case_manager", "Case manager", "initials, never a name"),
    Line("assessed_with_case_manager", "Assessed together with the case manager", "", YES_NO),
)


def form(criteria: Criteria) -> tuple[Line, ...]:
    """Every line of the form, in the version's order, who screened it first."""
    facts = [
        Line(
            fact.id,
            str(fact.text),
            str(fact.hint),
            YES_NO if fact.kind == "boolean" else tuple((c.id, str(c.text)) for c in fact.choices),
        )
        for fact in criteria.facts
    ]
    return (*HEADER, *facts)


def value(record: CaseRecord, name: str) -> str:
    """What a line of the form holds, as it would be typed; "" where nothing is recorded."""
    of_record = name in [line.name for line in HEADER]
    held: FactValue | None = getattr(record, name) if of_record else record.facts.get(name)
    if isinstance(held, bool):
        return "yes" if held else "no"
    return "" if held is None else str(held)


def facts_room(desk: Desk, here: Place, arriving: bool, dispatch: Dispatch) -> Place:
    """The form: one line after the other with item "all", else by its numbers."""
    lines = form(desk.criteria)
    if here.item == "all":
        return _walk(desk, here, lines, dispatch)
    record = desk.record(here.case)
    if arriving:
        desk.talk.say(
            f"Case {here.case}. Facts. They decide which questions are asked. No names. "
            'A number changes one, "all" goes through them.'
        )
        desk.talk.say(*(f"{i}. {line.text}: {said(record, line)}" for i, line in enumerate(lines, 1)))
        desk.talk.say(f"{counted(len(applies(desk.criteria, record)), 'question')} apply to this case.")
    prompt = 'Facts (a number, "all", Enter for the questions):'
    typed = desk.talk.ask(prompt)
    if not typed:
        return next_place(desk.criteria, record)
    if typed.lower() == "all":
        return Place("facts", here.case, "all")
    number, _, rest = typed.partition(" ")
    if (place := whole_number(number)) is not None:
        if 1 <= place <= len(lines):
            line = lines[place - 1]
            if rest:
                _take(desk, here.case, line, rest.strip())
                return here
            return _ask(desk, here, line, dispatch) or here
        desk.talk.say(f"There is no line {number}; they are numbered 1 to {len(lines)}.")
        return here
    name, equals, rest = typed.partition("=")
    wanted = [line for line in lines if line.name == name.strip()]
    if equals and wanted:
        _take(desk, here.case, wanted[0], rest.strip())
        return here
    return dispatch(desk, here, typed)


def said(record: CaseRecord, line: Line) -> str:
    """What a line holds, in the words of its choices."""
    held = value(record, line.name)
    return dict(line.choices).get(held, held) or "not recorded"


def _walk(desk: Desk, here: Place, lines: tuple[Line, ...], dispatch: Dispatch) -> Place:
    desk.talk.say(
        f"Case {here.case}. Facts, {len(lines)} of them. They decide which questions are asked. "
        'No names. Enter leaves one as it is, "before" goes back one, "done" ends.'
    )
    at = 0
    while at < len(lines):
        after = _ask(desk, here, lines[at], dispatch, f"{at + 1} of {len(lines)}. ")
        if after == BEFORE:
            at = max(0, at - 1)
        elif after == DONE:
            break
        elif after is not None:
            return after
        else:
            at += 1
    record = desk.record(here.case)
    desk.talk.say(f"{counted(len(applies(desk.criteria, record)), 'question')} apply to this case.")
    return next_place(desk.criteria, record)


BEFORE, DONE = Place("facts", "", "before"), Place("facts", "", "done")


def _ask(desk: Desk, here: Place, line: Line, dispatch: Dispatch, number: str = "") -> Place | None:
    """Ask for one line until it is taken or left; a place where a word led elsewhere."""
    hint = f" ({line.hint})" if line.hint else ""
    options = "".join(f" {i}. {words}." for i, (_, words) in enumerate(line.choices, 1))
    desk.talk.say(f"{number}{line.text}{hint}{'?' if line.choices else '.'}{options}")
    while True:
        typed = desk.talk.ask(f"Now {said(desk.record(here.case), line)}:")
        if not typed:
            return None
        if number and typed.lower() in ("before", "done"):
            return BEFORE if typed.lower() == "before" else DONE
        if chosen(line, typed) is None:
            after = dispatch(desk, here, typed)
            if after != here:
                return after
        elif _take(desk, here.case, line, typed):
            return None


def chosen(line: Line, typed: str) -> str | None:
    """The value that was typed, by number or words; None where it is none of this line's.

    "=next" is the word next where any words fit, and not the command.
    """
    if typed.lower() in ("none", "clear"):
        return ""
    if not line.choices:
        # Any words fit here, so only whole commands are obeyed: "Q" is somebody's initial.
        found = word_called(typed)
        first, _, rest = typed.lower().partition(" ")
        command = found and first == found[0].name and (found[0].takes or not rest)
        return None if command else typed.removeprefix("=").strip()
    for i, (name, words) in enumerate(line.choices, 1):
        if typed.lower() in (str(i), name.lower(), words.lower()):
            return name
        if line.choices == YES_NO and typed.lower() == name[0]:
            return name
    return None


def _take(desk: Desk, case: str, line: Line, typed: str) -> bool:
    """Record what was typed for a line, and say which questions that adds or leaves out."""
    held = chosen(line, typed)
    if held is None:
        known = ", ".join(words for _, words in line.choices)
        desk.talk.say(f'"{typed}" is none of: {known}.')
        return False
    if held == "" and line.name == "assessed_with_case_manager":
        desk.talk.say("This can be yes or no, but not taken away again.")
        return False
    before = states(desk.criteria, desk.record(case))
    if not desk.change(
        case, lambda s: set_facts(s, [f"{line.name}={held}"]), f"{line.text}: {held or 'nothing'}", held
    ):
        return False
    record = desk.record(case)
    after = states(desk.criteria, record)
    asked = set(applies(desk.criteria, record))
    was = {q for q, s in before.items() if s not in (State.NOT_ASKED, State.PARKED)}
    told = [f"{line.text}: {said(record, line)}. {desk.saved}"]
    if new := [desk.number(q) for q in after if q in asked and q not in was]:
        told.append(f"Adds {', '.join(new)}.")
    if gone := [desk.number(q) for q in after if q in was and q not in asked]:
        told.append(f"Leaves out {', '.join(gone)}.")
    if parked := [desk.number(q) for q, s in after.items() if s is State.PARKED and q in was]:
        told.append(f"Kept, but no longer counted: {', '.join(parked)}.")
    desk.talk.say(" ".join(told))
    return True
