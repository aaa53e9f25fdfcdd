"""Finish a case, reopen it, and override an answer: each entered with its reason."""

from __future__ import annotations

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, SqsError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.override import Override, RatingOverride
from sqs_core.scoring.checks import check_before_finishing
from sqs_core.scoring.ratings import compute_ratings
from sqs_core.scoring.states import State, question_states
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.locks import holder_of
from sqs_core.text import clean


class UnfinishedError(SqsError):
    """A case does not meet every demand on a finished one; the problems say which."""


def unmet_demands(folder: InspectionFolder, record: CaseRecord) -> tuple[Problem, ...]:
    """Return what stops the case from being finished, each by file and line; empty where nothing does."""
    found = check_before_finishing(folder.criteria, record, folder.places(record.case))
    return tuple(
        problem._replace(remedy="answer it, or correct the facts") if problem.code == "C101" else problem
        for problem in found
        if not problem.advice
    )


def finish(folder: InspectionFolder, case: str, why: str = "") -> bool:
    """Lock the answers of ``case``; False where they were locked already.

    UnfinishedError lists all that is missing, where anything is.
    """
    stored = folder.case(case)
    if stored.record.status == "finished":
        _complete(folder, case, why)
        return False
    if problems := unmet_demands(folder, stored.record):
        head = Problem(folder.criteria.named(case), f"cannot be finished yet: {len(problems)} to put right")
        raise UnfinishedError(head, *problems)
    folder.save_case(evolve(stored.record, status="finished"), expect=stored.hash, what="finish", why=why)
    return True


def reopen(folder: InspectionFolder, case: str, why: str) -> bool:
    """Unlock the answers of ``case``, saying why; False where they were not locked."""
    if not why.strip():
        raise UsageError(f"say why {folder.criteria.named(case)} is opened again: --why '…'")
    stored = folder.case(case)
    if stored.record.status != "finished":
        _complete(folder, case, why)
        return False
    folder.save_case(evolve(stored.record, status="open"), expect=stored.hash, what="reopen", why=why)
    return True


def _complete(folder: InspectionFolder, case: str, why: str) -> bool:
    """Enter what an earlier try saved and was stopped before it could enter, with the reason given again.

    Whether there was anything; what somebody changed outside the program is not given that reason.
    """
    name = folder.name_of(case)
    ours = holder_of(folder.path / name).saves == folder.case(case).hash
    return folder.journal.enter_missed(name, why=why if ours else "") is not None and ours


def overridable(criteria: Criteria, record: CaseRecord, question: str, outcome: str) -> str:
    """Return the outcome that now counts for ``question``, which ``outcome`` may override.

    UsageError where the question does not apply, has no answer, or that outcome counts already.
    """
    asked = criteria.question(question)
    if not asked.is_judged:
        raise UsageError(
            f"{question} is answered with a value, and only a judgement is overridden; reopen the "
            f"{criteria.one}, saying why, to correct it"
        )
    criteria.outcome_of(asked, outcome)
    named = criteria.named(record.case)
    state = question_states(criteria, record)[question]
    if state in (State.NOT_ASKED, State.PARKED):
        raise UsageError(f"{question} does not apply to {named} as its facts stand")
    old = record.judged(question)
    if old is None:
        raise UsageError(f"{question} of {named} has no answer to override; 'sqs answer' gives one")
    if old == outcome:
        raise UsageError(f"'{outcome}' counts for {question} of {named} already")
    return old


def override(
    folder: InspectionFolder, case: str, question: str, outcome: str, *, why: str, authority: str
) -> Override:
    """Let ``outcome`` count for ``question`` of ``case`` instead of its answer, finished or not.

    The answer stays in the record as it was given.  The same one made again is the one there is.
    UsageError as :func:`overridable`, and where ``why`` or ``authority`` is missing.
    """
    why, authority = _cleaned(why, authority)
    stored = folder.case(case)
    record = stored.record
    last = record.overrides[-1] if record.overrides else None
    if last is not None and (last.question, last.new) == (question, outcome):
        same = (last.remark, last.authority) == (why, authority)
        if _complete(folder, case, why) or same:
            return last
    old = overridable(folder.criteria, record, question, outcome)
    made = Override(question, old, outcome, why, folder.actor.time(), authority)
    folder.save_case(record.overriding(made), expect=stored.hash, what="override", why=why)
    return made


AS_COMPUTED = "computed"
"""In place of a rating: withdraw the decision, so that the computed rating stands again."""


def override_rating(
    folder: InspectionFolder, rollup: str, rating: str, *, why: str, authority: str
) -> InspectionFolder:
    """Decide that ``rollup`` is rated ``rating`` instead of what is computed; return the folder with it.

    Both stand in the inspection and are shown.  UsageError where there is no such computed rating, or
    ``why`` or ``authority`` is missing.
    """
    why, authority = _cleaned(why, authority)
    decided = {name: one for name, one in folder.inspection.overridden.items() if name != rollup}
    if rating != AS_COMPUTED:
        decided[rollup] = RatingOverride(rating, why, folder.actor.time(), authority)
    elif rollup not in folder.inspection.overridden:
        raise UsageError(f"no decision over '{rollup}' to be taken back")
    version, given = folder.criteria.whole, folder.inspection.ratings
    compute_ratings(version, findings_of(folder).of_all, given, overridden=decided)
    return folder.save_inspection(evolve(folder.inspection, overridden=decided))


def _cleaned(why: str, authority: str) -> tuple[str, str]:
    """Return the reason and the authority of a decision, cleaned; UsageError where one is missing."""
    if not why.strip() or not authority.strip():
        raise UsageError("an override needs --why '…' and --authority '…' (a role or initials)")
    return clean(why, "the reason"), clean(authority, "the authority")
