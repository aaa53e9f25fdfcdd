"""Find inconsistencies within a case record, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import RECORDED, Timely
from sqs_core.errors import Locator, Problem
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import why_untold
from sqs_core.scoring.states import APPLYING, State, question_states


def check_case(criteria: Criteria, record: CaseRecord, place: Locator) -> tuple[Problem, ...]:
    """Return what stops ``record`` from being finished (C1..), and advice that does not (C2..).

    ``place`` turns a path of keys in the record into "file:line".  While a case is open,
    a question not answered yet is work to do, not an inconsistency.
    """
    return tuple(_case_problems(criteria, record, place))


def check_before_finishing(criteria: Criteria, record: CaseRecord, place: Locator) -> tuple[Problem, ...]:
    """Return what stops ``record`` from being finished, whatever its status now; and advice."""
    return check_case(criteria, evolve(record, status="finished"), place)


def _case_problems(criteria: Criteria, record: CaseRecord, place: Locator) -> Iterator[Problem]:
    for name, state in question_states(criteria, record).items():
        for what, remedy, code, advice in _question_findings(criteria, record, name, state):
            # Looked up only here: finding a line reads the file, and most questions have no problem.
            yield Problem(place(["answers", name]), what, remedy, code, advice)
    if record.assessed_with_case_manager is None and record.answers and criteria.seen:
        what = f"not recorded whether the {criteria.one} was assessed with {criteria.seen}"
        yield Problem(place([]), what, "say so among the facts", "C202", advice=True)
    for linking in criteria.facts:
        named = record.facts.get(linking.id)
        known = criteria.linked.get(linking.links)
        if known is not None and named is not None and str(named) not in known:
            what = f"'{linking.id}' names '{named}', and there is no such record of '{linking.links}'"
            remedy = "name one that is there, or put that one back; until then nothing is known of it"
            yield Problem(place([]), what, remedy, "C206", advice=True)
    blank = [fact for fact in criteria.deciding_facts if fact not in record.facts]
    if blank and (record.answers or record.status == "finished"):
        what = f"not recorded among the facts: {', '.join(blank)}; what depends on that is not asked"
        yield Problem(place([]), what, "say yes or no to each", "C204", advice=True)


def _question_findings(
    criteria: Criteria, record: CaseRecord, name: str, state: State
) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what is wrong, the remedy, the code, and whether it is advice only."""
    answer, override = record.answer(name), record.override(name)
    if state is State.PARKED:
        what = f"{name} was answered, but does not apply as the facts stand"
        yield what, "it is kept but not counted; check that the facts are right", "C201", True
    asked = criteria.question(name)
    # The lowest grade waits for its parts, each of which is told of by itself.
    if state is State.UNANSWERED and record.status == "finished" and not asked.lowest_of:
        yield f"{name} applies but is not answered", f"reopen the {criteria.one} and answer it", "C101", False
    if asked.answer == "text" and answer.evidence.strip() and answer.outcome != RECORDED.id:
        what = (
            f"{name} has a text, and its answer is {answer.outcome or 'taken away'}: the text is not counted"
        )
        yield what, "write the answer again if it is to count, or take the text out", "C207", True
    timely = asked.timely
    if timely and state is State.NOT_KNOWN and (why := why_untold(criteria, timely, record)):
        yield f"{name} cannot be told: {why}", _whence(criteria, timely), "C205", True
    if answer.later is not None and state in APPLYING:
        remedy = "answer it and take the mark away"
        yield f"{name} is marked to come back to", remedy, "C104", record.status == "open"
    if override is not None and answer.outcome not in _known_to_moderators(record, name):
        what = f"the answer to {name} was changed after it was overridden; the override still counts"
        yield what, "override it again if the new answer is to count", "C203", True
    if state is not State.ANSWERED or answer.outcome is None or override is not None:
        return  # what was overridden rests on the moderator's remark
    demands = criteria.demands_of(asked, answer.outcome)
    given = f"{name} is answered {answer.outcome}, but"
    if "reason" in demands and not answer.reasons:
        yield f"{given} no reason is ticked", "tick at least one reason", "C102", False
    if "evidence" in demands and not answer.evidence.strip():
        yield f"{given} there is no evidence", "write what it rests on", "C103", False


def _whence(criteria: Criteria, timely: Timely) -> str:
    """Return where the dates are mended that something is computed from: among facts, or in answers."""
    answers = [criteria.question_numbers[n] for n in (timely.start, timely.end) if criteria.has_question(n)]
    where = " and ".join(answers)
    parts = (*(() if len(answers) > 1 else ("the facts",)), *((f"the answer to {where}",) if answers else ()))
    return f"look in the file for it, and mend {' or '.join(parts)}"


def _known_to_moderators(record: CaseRecord, question: str) -> set[str]:
    """Return the outcomes that stood when ``question`` was overridden, or that an override gave."""
    return {word for o in record.overrides if o.question == question for word in (o.old, o.new)}
