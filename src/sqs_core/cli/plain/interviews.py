"""Staff interviews: one person, one question at a time.  People are letters, never names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import CASES, INTERVIEWS, Place, case_called
from sqs_core.cli.plain.talk import counted
from sqs_core.cli.plain.writing import added, written
from sqs_core.records.interview import Interview
from sqs_core.storage.external_editor import TextOf

Dispatch = Callable[[Desk, Place, str], Place]
ROLE, VIEWS = "role", "views"


def interviews_room(desk: Desk, here: Place, arriving: bool, dispatch: Dispatch) -> Place:
    """List the people, ask for one; "add person G" makes another."""
    if arriving:
        found, problems = desk.folder.interviews()
        desk.talk.say(f"Staff interviews. {counted(len(found), 'person', 'people')}. Letters, never names.")
        desk.talk.say(*(f"{p.person}. {_state(desk, p)}" for p in found))
        desk.talk.say(*(f"Cannot be read: {problem}." for problem in problems))
    typed = desk.talk.ask('Person (a letter, "add person G", Enter for the cases):')
    if not typed:
        return CASES
    person = case_called(typed, desk.folder.people())
    return Place("interview", person) if person else dispatch(desk, here, typed)


def _state(desk: Desk, interview: Interview) -> str:
    roles = desk.criteria.letter.roles if desk.criteria.letter else {}
    role = roles[interview.role][0] if interview.role in roles else "role not recorded"
    if not interview.gave_views:
        return f"{role}, gave no views"
    return f"{role}, {len(interview.answers)} of {len(desk.criteria.interview_questions)} answered"


def items(desk: Desk) -> tuple[str, ...]:
    """What is asked about a person, in order: role, whether views were given, each question."""
    return (ROLE, VIEWS, *(q.id for q in desk.criteria.interview_questions))


def options(desk: Desk, item: str) -> list[tuple[str, str, str]]:
    """The answers to an item: id, words, and the letter that gives it."""
    if item == ROLE:
        roles = desk.criteria.letter.roles if desk.criteria.letter else {}
        return [(name, words[0], "") for name, words in roles.items()]
    if item == VIEWS:
        return [("yes", "yes", "y"), ("no", "no", "n")]
    return [(o.id, str(o.text), o.key) for o in desk.criteria.interview_outcomes]


def held(interview: Interview, item: str) -> str:
    """The id of the answer recorded for an item; "" where there is none."""
    if item == ROLE:
        return interview.role
    if item == VIEWS:
        return "yes" if interview.gave_views else "no"
    return interview.answers.get(item, "")


def interview_room(desk: Desk, here: Place, arriving: bool, dispatch: Dispatch) -> Place:
    """Ask one thing of one person; Enter goes on, after the last one to the list of people."""
    interview = desk.interview(here.case).record
    asked = items(desk)
    if not here.item:
        left = (item for item in asked if item != VIEWS and not held(interview, item))
        return Place("interview", here.case, next(left, asked[0]))
    choices = options(desk, here.item)
    if arriving:
        desk.talk.say(*_heading(desk, here, interview, choices))
    now = next((words for name, words, _ in choices if name == held(interview, here.item)), "none")
    typed = desk.talk.ask(f"Answer (now: {now}):")
    if not typed:
        return following(desk, here)
    for i, choice in enumerate(choices, 1):
        name, words, key = choice
        if typed.lower() in (str(i), key or name, name, words.lower()):
            return _take(desk, here, name, words)
    if typed.lower() in ("none", "clear") and here.item not in (ROLE, VIEWS):
        if desk.change_interview(here.case, lambda p: p.answering(here.item, None), "an answer taken away"):
            desk.talk.say(f"Answer: none. {desk.saved}")
        return here
    if typed.lower() == "note":
        _write_note(desk, here)
        return here
    return dispatch(desk, here, typed)


def _take(desk: Desk, here: Place, name: str, words: str) -> Place:
    what = f"an answer of {here.case}: {words}"
    if not desk.change_interview(here.case, lambda p: _answering(p, here.item, name), what):
        return here
    desk.talk.say(f"Answer: {words}. {desk.saved}")
    return INTERVIEWS if here.item == VIEWS and name == "no" else following(desk, here)


def following(desk: Desk, here: Place) -> Place:
    """The next thing to ask of the same person; the list of people after the last."""
    asked = items(desk)
    at = asked.index(here.item) + 1
    return Place("interview", here.case, asked[at]) if at < len(asked) else INTERVIEWS


def _answering(interview: Interview, item: str, name: str) -> Interview:
    if item == ROLE:
        return evolve(interview, role=name)
    if item == VIEWS:
        return evolve(interview, gave_views=name == "yes")
    return interview.answering(item, name)


def _heading(
    desk: Desk, here: Place, interview: Interview, choices: list[tuple[str, str, str]]
) -> Iterator[str]:
    asked = items(desk)
    yield f"Interview {here.case}. {asked.index(here.item) + 1} of {len(asked)}. {_state(desk, interview)}."
    if here.item == ROLE:
        yield "What is this person's role?"
    elif here.item == VIEWS:
        yield "Did this person give views?"
    else:
        yield str(desk.criteria.interview_question(here.item).text)
    yield "\n".join(f"{i}. {words}" for i, (_, words, _) in enumerate(choices, 1))


def _write_note(desk: Desk, here: Place) -> None:
    before = desk.interview(here.case).record.note
    if before and not desk.shared:
        desk.talk.say(f"Note now: {before}")
    desk.talk.say('Note. Finish with a line holding only a full stop, or "edit" for your editor.')
    found = written(desk.talk, before, TextOf(desk.folder, "interview", here.case, "note"))
    if found.text or found.replaces:

        def change(p: Interview) -> Interview:
            return evolve(p, note=found.text if found.replaces else added(p.note, found.text))

        if desk.change_interview(here.case, change, f"a note on {here.case}", found.text):
            desk.talk.say(f"Note: {counted(len(found.text), 'character')}. {desk.saved}")
    if found.broken_off:
        raise found.broken_off
