"""Writing evidence, what the case manager said, learning and strengths; marking to come back."""

from __future__ import annotations

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.talk import counted
from sqs_core.cli.plain.writing import added, written
from sqs_core.records.session import Session
from sqs_core.storage.external_editor import TextOf

TITLES = {
    "evidence": "Evidence",
    "said": "What the case manager said",
    "learning": "Learning",
    "strength": "Strength",
}


def write_note(desk: Desk, here: Place, note: str) -> None:
    """Ask for a note in lines and save it; what was typed is saved even where it is broken off."""
    before = str(getattr(desk.record(here.case).answer(here.item), note))
    title = TITLES[note]
    if desk.shared and note == "evidence":
        desk.talk.say("Shared view: what you type can be read by both.")
    elif before:
        desk.talk.say(f"{title} now: {before}")
    more = ' What you type is added; "clear" takes away what is there.' if before else ""
    desk.talk.say(f'{title}. Finish with a line holding only a full stop, or "edit" for your editor.{more}')
    which = TextOf(desk.folder, "case", here.case, f"{here.item}.{note}")
    found = written(desk.talk, before, which)
    if found.text or found.replaces:
        put_note(desk, here, note, found.text, replaces=found.replaces)
    elif not found.broken_off:
        desk.talk.say(f"{title}: {'as it was' if before else 'none'}.")
    if found.broken_off:
        raise found.broken_off


def put_note(desk: Desk, here: Place, note: str, text: str, *, replaces: bool = False) -> None:
    """Save ``text`` as the note, after what is there or instead of it, and say how long it is."""

    def change(session: Session) -> Session:
        there = str(getattr(session.record.answer(here.item), note))
        return session.noting(here.item, note, text if replaces else added(there, text))

    title = TITLES[note]
    what = f"{title[0].lower()}{title[1:]} at {desk.number(here.item)}, {counted(len(text), 'character')}"
    if desk.change(here.case, change, what, text):
        length = len(str(getattr(desk.record(here.case).answer(here.item), note)))
        desk.talk.say(f"{title}: {counted(length, 'character')}. {desk.saved}")


def come_back(desk: Desk, here: Place, why: str | None) -> None:
    """Mark the question to come back to, with a line of why; None takes the mark away."""
    number = desk.number(here.item)
    if desk.change(
        here.case, lambda s: s.flagging(here.item, later=why), f"the mark to come back to {number}", why or ""
    ):
        done = f"{number} is marked to come back to" if why is not None else f"{number} is no longer marked"
        desk.talk.say(f"{done}. {desk.saved}")


def discuss(desk: Desk, here: Place) -> None:
    """Mark the question for moderation, or take the mark away."""
    answer = desk.record(here.case).answer(here.item)
    wanted = not answer.discuss
    number = desk.number(here.item)
    if desk.change(
        here.case,
        lambda s: s.flagging(here.item, later=s.record.answer(here.item).later, discuss=wanted),
        f"the mark to discuss {number}",
    ):
        state = "marked" if wanted else "no longer marked"
        desk.talk.say(f"{number} is {state} to discuss at moderation. {desk.saved}")
