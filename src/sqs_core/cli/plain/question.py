"""One question of one case: the answer, the reasons, the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.notes import write_note
from sqs_core.cli.plain.places import Place, first_place, next_place
from sqs_core.cli.plain.talk import counted
from sqs_core.criteria import Criteria, Outcome, Question
from sqs_core.records.case import Answer
from sqs_core.scoring.states import APPLYING, State, applies, progress, states
from sqs_core.text import whole_number

Dispatch = Callable[[Desk, Place, str], Place]
LATER = "come back later"
HINT = 'Enter to go on, "back", "later", "goto 3.2", "evidence", "guidance", "shared", "quit".'


def question_room(desk: Desk, here: Place, arriving: bool, dispatch: Dispatch) -> Place:
    """Ask at one question; the place to be next."""
    criteria = desk.criteria
    record = desk.record(here.case)
    if not here.item:
        return first_place(criteria, record)
    question = criteria.question(here.item)
    if arriving:
        desk.talk.say(*heading(desk, here.case, question))
    answer = record.answer(question.id)
    now = str(_outcome(criteria, question, answer.outcome).text) if answer.outcome else "none"
    line = desk.talk.ask(f"Answer (now: {now}):")
    if not line:
        return next_place(criteria, record, question.id)
    outcome = outcome_called(criteria, question, line)
    options = criteria.outcomes_of(question)
    if outcome is not None:
        return _judge(desk, here, question, outcome, dispatch)
    if line == str(len(options) + 1) or line.lower() == LATER:
        return dispatch(desk, here, "later")
    if line.lower() == "reasons":
        return ask_reasons(desk, here, question, dispatch)
    return dispatch(desk, here, line)


def heading(desk: Desk, case: str, question: Question) -> Iterator[str]:
    """Where one is, the question, its outcomes by number, and what is recorded so far."""
    criteria, record = desk.criteria, desk.record(case)
    theme = next(t for t in criteria.themes if t.id == question.theme)
    asked = applies(criteria, record)
    done, total = progress(criteria, record)
    where = f"Question {asked.index(question.id) + 1} of {total}." if question.id in asked else ""
    practice = " Practice." if record.practice else ""
    shared = " Shared view." if desk.shared else ""
    section = f"Section {theme.label}, {theme.title}."
    yield " ".join(f"Case {case}.{practice}{shared} {section} {where} {done} answered.".split())
    if states(criteria, record)[question.id] not in APPLYING:
        yield (
            "This question is not asked of this case as its facts stand. "
            "An answer would be kept, but not counted."
        )
    yield f"{desk.number(question.id)} {question.text}"
    options = [*(str(o.text) for o in criteria.outcomes_of(question)), LATER]
    yield "\n".join(f"{i}. {words}" for i, words in enumerate(options, 1))
    yield from recorded(desk, question, record.answer(question.id))
    if (made := record.override(question.id)) and not desk.shared:
        counts = criteria.outcome_of(question, made.new).text
        yield f"Overridden: {counts} counts, by authority of {made.authority}: {made.remark}"


def recorded(desk: Desk, question: Question, answer: Answer) -> Iterator[str]:
    """What is noted under a question, but for its answer; in the shared view, not the inspector's notes."""
    ticked = [str(desk.criteria.reason_of(question, r).text) for r in answer.reasons]
    if ticked:
        yield f"Reasons: {'; '.join(ticked)}."
    for name, text in (
        ("Evidence", "" if desk.shared else answer.evidence),
        ("The case manager said", answer.said),
        ("Learning", answer.learning),
        ("Strength", answer.strength),
    ):
        if text:
            yield f"{name}: {text}"
    if answer.later is not None:
        why = "" if desk.shared or not answer.later else f": {answer.later}"
        yield f"Marked to come back to{why}."
    if answer.discuss and not desk.shared:
        yield "Marked to discuss at moderation."


def outcome_called(criteria: Criteria, question: Question, line: str) -> Outcome | None:
    """The outcome a person means by its number, its letter, its id or its words."""
    word = line.strip().lower().rstrip(".")
    options = criteria.outcomes_of(question)
    for number, outcome in enumerate(options, 1):
        text = str(outcome.text).lower()
        if word in (str(number), outcome.key, outcome.id, text, text.split(",")[0]):
            return outcome
    return None


def _outcome(criteria: Criteria, question: Question, name: str) -> Outcome:
    return criteria.outcome_of(question, name)


def _judge(desk: Desk, here: Place, question: Question, outcome: Outcome, dispatch: Dispatch) -> Place:
    number = desk.number(question.id)
    saved = desk.change(
        here.case, lambda s: s.judging(question.id, outcome.id), f"the answer to {number}, {outcome.text}"
    )
    if not saved:
        return here
    desk.talk.say(f"Answer: {outcome.text}. {desk.saved}")
    record = desk.record(here.case)
    if states(desk.criteria, record)[question.id] is State.PARKED:
        desk.talk.say("It is kept, but not counted, as the question does not apply to this case.")
    if desk.criteria.reasons_of(question, outcome.id):
        after = ask_reasons(desk, here, question, dispatch)
        if after != here:
            return after
    if "evidence" in outcome.demands and not desk.record(here.case).answer(question.id).evidence:
        write_note(desk, here, "evidence")
    if desk.record(here.case).answer(question.id).later is not None:
        desk.talk.say(f'{number} is still marked to come back to; "done" takes the mark away.')
    say_next(desk, here)
    return here


def say_next(desk: Desk, here: Place) -> None:
    """What Enter leads to; the other words only the first time."""
    following = next_place(desk.criteria, desk.record(here.case), here.item)
    name = f"Next is {desk.number(following.item)}." if following.item else "That was the last one."
    hint = "" if "next" in desk.hinted else HINT
    desk.hinted.add("next")
    desk.talk.say(f"{name} {hint or 'Enter to go on.'}")


def ask_reasons(desk: Desk, here: Place, question: Question, dispatch: Dispatch) -> Place:
    """Tick reasons by number until an empty line; any other word is obeyed too."""
    outcome = desk.record(here.case).answer(question.id).outcome
    reasons = desk.criteria.reasons_of(question, outcome) if outcome else ()
    if not reasons:
        desk.talk.say("There are no reasons to tick for this answer.")
        return here
    ticked = set(desk.record(here.case).answer(question.id).reasons)
    desk.talk.say("Why not? Tick with numbers, for example 1 2. Empty line to go on.")
    width = max(len(str(r.text)) for r in reasons) + 2
    desk.talk.say(
        "\n".join(
            f"{i}. {r.text!s:{width}}{'ticked' if r.id in ticked else 'not ticked'}"
            for i, r in enumerate(reasons, 1)
        )
    )
    while True:
        line = desk.talk.ask("Reasons:")
        if not line:
            return here
        if line.lower() == "none":
            # No reason is meant here, not "take the answer away", which the word is elsewhere.
            toggle(desk, here.case, question, add=set(), take={r.id for r in reasons})
            return here
        chosen = reasons_called([r.id for r in reasons], line)
        if chosen is None:
            after = dispatch(desk, here, line)
            if after != here:
                return after
            continue
        if isinstance(chosen, str):
            desk.talk.say(chosen)
            continue
        # What is ticked now decides what a number means, not what someone else saved since.
        now = set(desk.record(here.case).answer(question.id).reasons)
        toggle(desk, here.case, question, add=chosen - now, take=chosen & now)


def toggle(desk: Desk, case: str, question: Question, *, add: set[str], take: set[str]) -> None:
    """Tick the reasons in ``add``, untick those in ``take``, and say what is ticked after it."""
    order = [r.id for r in desk.criteria.reasons_of(question)]
    changed = desk.change(
        case,
        lambda s: s.judging(
            question.id,
            s.record.answer(question.id).outcome,
            tuple(sorted((set(s.record.answer(question.id).reasons) | add) - take, key=order.index)),
        ),
        f"{counted(len(add), 'reason')} ticked and {len(take)} unticked at {desk.number(question.id)}",
    )
    if changed:
        reasons = desk.record(case).answer(question.id).reasons
        words = "; ".join(str(desk.criteria.reason_of(question, r).text) for r in reasons) or "none"
        desk.talk.say(f"Ticked: {words}. {desk.saved}")


def reasons_called(reasons: list[str], line: str) -> set[str] | str | None:
    """The reasons named by numbers or ids; a sentence where a number is too high; None for words."""
    parts = line.lower().replace(",", " ").split()
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    if len(numbers) == len(parts):
        wrong = [number for number in numbers if not 1 <= number <= len(reasons)]
        if wrong:
            return f"There is no reason {wrong[0]}; they are numbered 1 to {len(reasons)}."
        return {reasons[number - 1] for number in numbers}
    if all(part in reasons for part in parts):
        return set(parts)
    return None
