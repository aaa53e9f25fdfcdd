"""The word "merge": another inspector's folder into this one, each difference decided in lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import evolve

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.effects import agreed_to, effect_lines
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.talk import counted
from sqs_core.letter.effect import effect
from sqs_core.state import path_typed
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.choices import (
    between,
    considered,
    enter_reasons,
    equal_records,
    named,
    needs_why,
    place_of,
    side_chosen,
    unexplained,
    words_of,
)
from sqs_core.storage.merge.effects import merged
from sqs_core.storage.merge.folder_snapshot import OnProgress
from sqs_core.storage.merge.plan import MergeInputs, MergePlan, gather, planned
from sqs_core.storage.merge.three_way import FieldDifference
from sqs_core.storage.moderation.pending_decisions import (
    PendingChoices,
    begun_merges,
    merge_name,
    read_choices,
    save_choices,
)
from sqs_core.text import clean

KIND: Final = "merge"
SIDES = {"1": "ours", "ours": "ours", "2": "theirs", "theirs": "theirs"}
EVERY = 100
"""How far it is, is said after so many records."""


def merge_folder(desk: Desk, here: Place, rest: str) -> Place:
    """Merge the folder typed; what both changed is asked one by one, and kept until it is written."""
    if desk.shared:
        desk.talk.say('A merge tells of other cases; "shared" turns the shared view off.')
        return here
    begun = begun_merges(desk.folder.path)
    if begun and not rest:
        desk.talk.say(*(f"Begun: {c.about}, {counted(len(c.choices), 'choice')} kept." for c in begun))
    typed = rest or desk.talk.ask("Which folder is to be merged into this one?")
    if not typed:
        return here
    theirs = open_inspection(path_typed(typed))
    for problem in verify_inspection(theirs.path):
        desk.talk.say(f"To look at in {theirs.path}: {problem}.")
    found = gather(desk.folder, [theirs], told=_told(desk, "Read"))
    start = planned(found, lambda difference: None)
    name, differences = merge_name(theirs.path), tuple(d for _, d in start.differences)
    desk.talk.say(*_sums(desk, start, differences))
    for place, difference in enumerate(differences, 1):
        if not _decided(desk, theirs.path, name, difference, f"Difference {place} of {len(differences)}."):
            break
    choices = read_choices(desk.folder.path, KIND, name).record
    return _written(desk, here, found, differences, choices, name)


def _told(desk: Desk, done: str) -> OnProgress:
    def told(at: int, total: int) -> None:
        if at and at % EVERY == 0:
            desk.talk.say(f"{done} {at} of {total}.")

    return told


def _sums(desk: Desk, plan: MergePlan, differences: tuple[FieldDifference, ...]) -> Iterator[str]:
    yield (
        f"{counted(equal_records(plan), 'record')} equal, {counted(len(plan.taken), 'field')} to take "
        f"as one side alone changed them, {len(differences)} to decide."
    )
    for _, one in plan.taken:
        yield f"Taken: {named(desk.criteria, FieldDifference(one.record, one.field, None, None, None))}."


def _decided(desk: Desk, other: Path, name: str, difference: FieldDifference, where: str) -> bool:
    """Ask about one difference; whether to go on to the next."""
    path = desk.folder.path
    stored = read_choices(path, KIND, name)
    choices = stored.record
    place = place_of(difference)
    desk.talk.say(f"{where} {named(desk.criteria, difference)}.")
    desk.talk.say(f"Before: {words_of(desk.criteria, difference, difference.base)}")
    desk.talk.say(f"1. ours: {words_of(desk.criteria, difference, difference.ours)}")
    desk.talk.say(f"2. theirs: {words_of(desk.criteria, difference, difference.theirs)}")
    if chosen := side_chosen(choices, difference):
        desk.talk.say(f"Chosen, not written yet: {chosen}. {choices.choice(place).why}")
    while (line := desk.talk.ask("Take (1 or 2, Enter for the next, stop to end):").lower()) not in SIDES:
        if line in ("", "stop"):
            return not line
        desk.talk.say("Type 1 for ours, 2 for theirs.")
    # Kept at once: the line may be cut before the reason is typed.
    choice = evolve(choices.choice(place), taken=SIDES[line], between=between(difference))
    choices = evolve(choices.choosing(place, choice), about=str(other.resolve()))
    now = save_choices(path, KIND, name, choices, expect=stored.hash)
    need = "Why? Needed, as two judged otherwise:" if needs_why(difference) else "Why? Enter for no reason:"
    why = clean(desk.talk.ask(need), "the reason") or choice.why
    save_choices(path, KIND, name, choices.choosing(place, evolve(choice, why=why)), expect=now)
    desk.talk.say("Kept; nothing is written yet.")
    return True


def _written(
    desk: Desk,
    here: Place,
    found: MergeInputs,
    differences: tuple[FieldDifference, ...],
    choices: PendingChoices,
    name: str,
) -> Place:
    left = [d for d in differences if side_chosen(choices, d) is None]
    silent = unexplained(differences, choices)
    if left or silent:
        desk.talk.say(
            f"Nothing is written: {len(left)} to decide, {len(silent)} without a reason. The rest is kept."
        )
        return here
    plan = considered(found, choices)
    if not plan.changed:
        desk.talk.say("There is nothing to merge: everything is here already.")
        return here
    desk.talk.say(*effect_lines(desk, effect(*merged(plan))))
    if not agreed_to(desk, f"the merge, {counted(len(plan.changed), 'record')}"):
        return here
    written = apply(plan, _told(desk, "Written"))
    enter_reasons(desk.folder, differences, choices)
    stored = read_choices(desk.folder.path, KIND, name)
    save_choices(desk.folder.path, KIND, name, PendingChoices(), expect=stored.hash)
    desk.folder = open_inspection(desk.folder.path, actor=desk.folder.actor)
    desk.refresh()
    desk.talk.say(f"Merged: {counted(len(written), 'record')} written. {desk.saved}")
    return here
