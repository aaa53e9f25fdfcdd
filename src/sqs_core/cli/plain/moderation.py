"""The word "moderate": where two markings of a case differ, settled one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve, frozen

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.effects import agreed_to, effect_lines
from sqs_core.cli.plain.places import Place, case_called
from sqs_core.cli.plain.question import outcome_called, reasons_called
from sqs_core.cli.plain.talk import counted
from sqs_core.records.case import CaseRecord
from sqs_core.records.second_marking import Decision, Kept, decide
from sqs_core.scoring.agreement import Agreement
from sqs_core.scoring.differences import Difference, agree, differences
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.merge.effects import effect_of
from sqs_core.storage.moderation.agreed import (
    Markings,
    finished_pairs,
    markings,
    save_decisions,
    settled_case,
)
from sqs_core.storage.moderation.pending_decisions import PendingChoice, read_choices, save_choices
from sqs_core.storage.moderation.second import second_ids
from sqs_core.text import clean

KIND: Final = "agree"
NO_REASON = "(no reason written yet)"
KEPT: dict[str, Kept] = {"": "", "both": "both", "first": "first", "second": "second"}


@frozen
class Differing:
    """One difference between the markings of a case."""

    case: str
    both: Markings
    difference: Difference

    @property
    def item(self) -> str:
        """The question or fact."""
        return self.difference.item


def moderate(desk: Desk, here: Place, rest: str) -> Place:
    """Go through the differences of one case, or of all marked twice; then write what was chosen."""
    if desk.shared:
        desk.talk.say('Moderation tells of other cases; "shared" turns the shared view off.')
        return here
    shut = blinded_cases(desk.folder.path)
    cases = tuple(case for case in second_ids(desk.folder) if case not in shut)
    if rest:
        case = case_called(rest, cases)
        if case is None:
            desk.talk.say(
                f'Case "{rest}" has no two markings to compare; compared can be: {" ".join(cases)}.'
            )
            return here
        cases = (case,)
    if shut:
        desk.talk.say(f"Still being marked a second time, blind, so not shown: {', '.join(shut)}.")
    found = [_differing(desk, case) for case in cases]
    listed = [one for part in found for one in part]
    if not listed:
        desk.talk.say(f"{counted(len(cases), 'case')} marked twice, and no difference to settle.")
        return here
    desk.talk.say(*_agreement(desk))
    for place, one in enumerate(listed, 1):
        desk.talk.say(*_told(desk, one, f"Difference {place} of {len(listed)}."))
        if not _asked(desk, one):
            break
    _write(desk, listed)
    return here


def _differing(desk: Desk, case: str) -> list[Differing]:
    both = markings(desk.folder, case)
    found = differences(desk.criteria, both.first.record, both.second.record)
    return [Differing(case, both, difference) for difference in found]


def _agreement(desk: Desk) -> Iterator[str]:
    whole = agree(desk.criteria, finished_pairs(desk.folder)).whole

    def words(figure: Agreement) -> str:
        return "not defined" if figure.value is None else f"{float(figure.value):z.2f}"

    raw = whole.raw
    if raw.value is not None:
        yield (
            f"Agreement of the inspection: {int(raw.value * raw.units)} of {raw.units} questions "
            f"were given the same answer; alpha {words(whole.alpha)}, AC1 {words(whole.ac1)}."
        )


def _told(desk: Desk, one: Differing, where: str) -> Iterator[str]:
    difference = one.difference
    name = _name(desk, one.item)
    if difference.kind == "reasons":
        name += " Same answer, other reasons."
    yield f"Case {one.case}. {where} {name}"
    sides = (("First", one.both.first.record), ("Second", one.both.second.record))
    for whose, record in sides:
        asked = difference.asked_first if whose == "First" else difference.asked_second
        yield from _side(desk, one.item, f"{whose}, by {record.inspector or 'nobody named'}", record, asked)
    options = ["first", "second", "something else", "leave open for the lead"]
    if difference.kind == "reasons":
        options.append("both reasons")
    yield "\n".join(f"{i}. {words}" for i, words in enumerate(options, 1))
    decision = one.both.agreed.record.decided(one.item)
    if decision is not None:
        yield f"Agreed before and written: {decision.agreed or 'left open'}. {decision.why}"
    choice = _choice(desk, one)
    if choice.taken:
        yield f"Chosen, not written yet: {choice.taken}. {choice.why}"


def _side(desk: Desk, item: str, whose: str, record: CaseRecord, asked: bool) -> Iterator[str]:
    criteria = desk.criteria
    if not criteria.has_question(item):
        value = record.facts.get(item)
        words = {True: "yes", False: "no", None: "nothing recorded"}.get(value, str(value))  # type: ignore[arg-type]
        yield f"{whose}: {words}."
        return
    question, answer = criteria.question(item), record.answer(item)
    given = str(criteria.outcome_of(question, answer.outcome).text) if answer.outcome else "no answer"
    yield f"{whose}: {given if asked else 'not asked, as the facts of this marking stand'}."
    if answer.reasons:
        yield f"Reasons: {'; '.join(str(criteria.reason_of(question, r).text) for r in answer.reasons)}."
    if answer.evidence:
        yield f"Evidence: {answer.evidence}"
    if answer.said:
        yield f"The case manager said: {answer.said}"


def _name(desk: Desk, item: str) -> str:
    if desk.criteria.has_question(item):
        return f"{desk.number(item)} {desk.criteria.question(item).text}"
    return f"Fact: {desk.criteria.fact(item).text}."


def _choice(desk: Desk, one: Differing) -> PendingChoice:
    return read_choices(desk.folder.path, KIND, one.case).record.choice(one.item)


def _keep(desk: Desk, one: Differing, **changes: Any) -> PendingChoice:
    stored = read_choices(desk.folder.path, KIND, one.case)
    choice = evolve(stored.record.choice(one.item), **changes)
    choices = stored.record.choosing(one.item, choice)
    save_choices(desk.folder.path, KIND, one.case, choices, expect=stored.hash)
    return choice


def _asked(desk: Desk, one: Differing) -> bool:
    """Ask what is agreed about one difference; whether to go on to the next."""
    while True:
        line = desk.talk.ask("Agreed (a number, Enter for the next difference, stop to end):").lower()
        if not line:
            return True
        if line == "stop":
            return False
        taken = _taken(desk, one, line)
        if not taken:
            desk.talk.say("Type a number from the list.")
            continue
        # Kept at once: the line may be cut before the reason is typed.
        before = _keep(desk, one, taken=taken, reasons=())
        _keep(desk, one, reasons=_reasons(desk, one, taken))
        why = (
            clean(desk.talk.ask("Why? One line, it is kept with the record:"), "the reason why") or before.why
        )
        _keep(desk, one, why=why)
        choice = _keep(desk, one, kept=_kept(desk, one))
        made = _decision(desk, one, evolve(choice, why=why or NO_REASON))
        after = settled_case(desk.folder, one.case, {one.item: made})
        desk.talk.say(*effect_lines(desk, effect_of(desk.folder, after)))
        desk.talk.say("Kept; nothing is written yet." + ("" if why else " A reason is still needed."))
        return True


def _taken(desk: Desk, one: Differing, line: str) -> str:
    known = {"1": "first", "2": "second", "4": "open", "first": "first", "second": "second", "open": "open"}
    if one.difference.kind == "reasons":
        known |= {"5": "both", "both": "both"}
    if line not in ("3", "else", "something else"):
        return known.get(line, "")
    if not desk.criteria.has_question(one.item):
        return desk.talk.ask("Which value?")
    question = desk.criteria.question(one.item)
    letters = ", ".join(f"{o.key} {o.text}" for o in desk.criteria.outcomes_of(question))
    outcome = outcome_called(desk.criteria, question, desk.talk.ask(f"Which outcome? {letters}:"))
    return outcome.id if outcome else ""


def _reasons(desk: Desk, one: Differing, taken: str) -> tuple[str, ...]:
    """The reasons for an outcome that is neither marking's."""
    if not desk.criteria.has_question(one.item) or taken in ("first", "second", "both", "open"):
        return ()
    reasons = desk.criteria.reasons_of(desk.criteria.question(one.item), taken)
    if not reasons:
        return ()
    desk.talk.say(*(f"{place}. {reason.text}" for place, reason in enumerate(reasons, 1)))
    while True:
        line = desk.talk.ask("Why not? Tick with numbers, for example 1 2. Enter keeps those of the first:")
        if not line:
            return ()
        chosen = reasons_called([reason.id for reason in reasons], line)
        if isinstance(chosen, set):
            return tuple(reason.id for reason in reasons if reason.id in chosen)
        desk.talk.say(chosen or "Type numbers from the list, or Enter.")


def _kept(desk: Desk, one: Differing) -> Kept:
    if not desk.criteria.has_question(one.item):
        return ""
    while True:
        line = desk.talk.ask(
            "Whose notes are kept? both, first, second, or Enter for those of the view taken:"
        )
        if line.lower() in KEPT:
            return KEPT[line.lower()]
        desk.talk.say("Type both, first or second, or Enter.")


def _decision(desk: Desk, one: Differing, choice: PendingChoice) -> Decision:
    first, second = one.both.first.record, one.both.second.record
    by = desk.folder.actor.who
    return decide(
        desk.criteria, first, second, one.item, choice.taken, choice.why, by, choice.kept, choice.reasons
    )


def _write(desk: Desk, listed: list[Differing]) -> None:
    """Say what all that was chosen does together, and write it where the person says yes."""
    chosen = [(one, choice) for one in listed if (choice := _choice(desk, one)).taken]
    silent = [f"{one.case} {_name(desk, one.item)}" for one, choice in chosen if not choice.why]
    if silent:
        desk.talk.say(*(f"Not written, as nobody said why: {name}" for name in silent))
    by_case: dict[str, dict[str, Decision]] = {}
    for one, choice in chosen:
        if choice.why:
            by_case.setdefault(one.case, {})[one.item] = _decision(desk, one, choice)
    count = sum(map(len, by_case.values()))
    if not count:
        desk.talk.say("Nothing to write.")
        return
    after = [settled_case(desk.folder, case, decisions) for case, decisions in by_case.items()]
    desk.talk.say("All together:", *effect_lines(desk, effect_of(desk.folder, *after)))
    if not agreed_to(desk, counted(count, "decision")):
        return
    for case, decisions in by_case.items():
        save_decisions(desk.folder, case, decisions)
        stored = read_choices(desk.folder.path, KIND, case)
        left = stored.record
        for item in decisions:
            left = left.choosing(item, PendingChoice())
        save_choices(desk.folder.path, KIND, case, left, expect=stored.hash)
        desk.reread(case)
    desk.talk.say(f"{counted(count, 'decision')} written; both markings stay as they were. {desk.saved}")
