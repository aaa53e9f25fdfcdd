"""The word "override": another outcome counts than the one answered, which stays in the record."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.effects import agreed_to, effect_lines
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.question import outcome_called
from sqs_core.records.override import Override
from sqs_core.storage.merge.effects import effect_of
from sqs_core.storage.moderation.pending_decisions import PendingChoice, read_choices, save_choices
from sqs_core.storage.moderation.sign_off import overridable, override
from sqs_core.text import clean

KIND: Final = "override"


def override_answer(desk: Desk, here: Place, rest: str) -> Place:
    """Ask what is to count, why and by whose authority; say the effect; write it on yes."""
    if desk.shared:
        desk.talk.say('The effect tells of other cases; "shared" turns the shared view off.')
        return here
    criteria, case, item = desk.criteria, here.case, here.item
    question, record = criteria.question(item), desk.record(case)
    path = desk.folder.path
    stored = read_choices(path, KIND, case)
    before = stored.record.choice(item)
    if before.taken:
        desk.talk.say(f"Chosen, not written yet: {before.taken}. {before.why}")
    now = record.judged(item)
    if now is not None:
        desk.talk.say(f"{desk.number(item)} now counts as: {criteria.outcome_of(question, now).text}.")
    letters = ", ".join(f"{o.key} {o.text}" for o in criteria.outcomes_of(question))
    line = rest or desk.talk.ask(f"Which outcome is to count? {letters}:") or before.taken
    outcome = outcome_called(criteria, question, line)
    if outcome is None:
        desk.talk.say("Nothing is overridden: that is no outcome of this question.")
        return here
    overridable(criteria, record, item, outcome.id)
    choice = evolve(before, taken=outcome.id)
    choices = stored.record.choosing(item, choice)
    # Kept at once: the line may be cut before the reason is typed.
    kept = save_choices(path, KIND, case, choices, expect=stored.hash)
    why = clean(desk.talk.ask("Why? One line, it is kept in the record:"), "the reason") or before.why
    asked = "By whose authority? A role or initials:"
    authority = clean(desk.talk.ask(asked), "the authority") or before.authority
    choices = choices.choosing(item, evolve(choice, why=why, authority=authority))
    kept = save_choices(path, KIND, case, choices, expect=kept)
    after = record.overriding(Override(item, "", outcome.id, "", "", ""))
    desk.talk.say(*effect_lines(desk, effect_of(desk.folder, after)))
    if not (why and authority):
        desk.talk.say("Nothing is written: why, and by whose authority, has to be said. The rest is kept.")
    elif agreed_to(desk, "the override"):
        override(desk.folder, case, item, outcome.id, why=why, authority=authority)
        save_choices(path, KIND, case, choices.choosing(item, PendingChoice()), expect=kept)
        desk.reread(case)
        desk.talk.say(f"{outcome.text} counts now; the answer stays beside it. {desk.saved}")
    return here
