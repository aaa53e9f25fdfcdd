"""A session over one case record: every change checked, every change undoable."""

from __future__ import annotations

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import HeldError, UsageError, did_you_mean
from sqs_core.records.case import NOTES, Answer, CaseRecord, check_fact

MOST_STEPS = 200
HEADER = ("inspector", "case_manager")


@frozen
class Session:
    """A record under work, with what came before (``past``) and what was undone (``future``).

    It is a value: each change gives another session.  Changes that the criteria do not
    allow raise UsageError and leave the session as it was; a finished case raises HeldError.
    """

    criteria: Criteria
    record: CaseRecord
    past: tuple[CaseRecord, ...] = ()
    future: tuple[CaseRecord, ...] = ()

    def judging(self, question: str, outcome: str | None, reasons: tuple[str, ...] | None = None) -> Session:
        """Return the session after ``outcome`` was given to ``question``; None takes it away.

        ``reasons`` None leaves the ticked ones: those the outcome does not take are kept
        in the record but not counted, and are there again if the outcome is changed back.
        """
        asked = self.criteria.question(question)
        answer = evolve(self.record.answer(question), outcome=outcome)
        if outcome is not None:
            self.criteria.outcome_of(asked, outcome)
        if reasons is not None:
            for reason in reasons:
                self.criteria.reason_of(asked, reason)
                takes = [r.id for r in self.criteria.reasons_of(asked, outcome)] if outcome else []
                if reason not in takes:
                    raise UsageError(
                        f"reason '{reason}' of {question} cannot be given with outcome '{outcome}'; "
                        f"{did_you_mean(reason, takes)}"
                    )
            answer = evolve(answer, reasons=self._in_order(question, reasons))
        return self.answering(question, answer)

    def ticking(self, question: str, reason: str) -> Session:
        """Return the session after ``reason`` was ticked, or unticked where it was ticked."""
        self.criteria.reason_of(self.criteria.question(question), reason)
        answer = self.record.answer(question)
        ticked = set(answer.reasons) ^ {reason}
        return self.answering(question, evolve(answer, reasons=self._in_order(question, tuple(ticked))))

    def noting(self, question: str, note: str, text: str) -> Session:
        """Return the session after one of the notes (evidence, said, learning, strength) was written."""
        if note not in NOTES:
            raise UsageError(f"no note '{note}'; {did_you_mean(note, NOTES)}")
        self.criteria.question(question)
        changes: dict[str, str] = {note: text}
        return self.answering(question, evolve(self.record.answer(question), **changes))  # type: ignore[arg-type]

    def flagging(self, question: str, *, later: str | None = None, discuss: bool | None = None) -> Session:
        """Return the session after ``question`` was marked to come back to, or to discuss.

        ``later`` None takes the mark away; ``discuss`` None leaves it as it is.
        """
        self.criteria.question(question)
        answer = self.record.answer(question)
        talk = answer.discuss if discuss is None else discuss
        return self.answering(question, evolve(answer, later=later, discuss=talk))

    def answering(self, question: str, answer: Answer) -> Session:
        """Return the session with a whole answer to a question of the version."""
        self.criteria.question(question)
        return self._with(self.record.answering(question, answer))

    def setting(self, fact: str, value: FactValue | None) -> Session:
        """Return the session after a fact was set; None takes it away.

        UsageError where the value is not of the fact's kind.
        """
        if value is not None:
            check_fact(self.criteria, fact, value)
        else:
            self.criteria.fact(fact)
        return self._with(self.record.noting(fact, value))

    def attending(
        self,
        *,
        inspector: str | None = None,
        case_manager: str | None = None,
        with_case_manager: bool | None = None,
    ) -> Session:
        """Return the session after it was noted who screened the case; None leaves a part as it is."""
        record = self.record
        if inspector is not None:
            record = evolve(record, inspector=inspector)
        if case_manager is not None:
            record = evolve(record, case_manager=case_manager)
        if with_case_manager is not None:
            record = evolve(record, assessed_with_case_manager=with_case_manager)
        return self._with(record)

    def undoing(self) -> Session:
        """Return the session one change back; itself where there is nothing to undo."""
        if not self.past:
            return self
        self._refuse_finished()
        return evolve(self, record=self.past[-1], past=self.past[:-1], future=(self.record, *self.future))

    def redoing(self) -> Session:
        """Return the session with the change last undone made again; itself where there is none."""
        if not self.future:
            return self
        self._refuse_finished()
        return evolve(self, record=self.future[0], past=(*self.past, self.record), future=self.future[1:])

    def _with(self, record: CaseRecord) -> Session:
        self._refuse_finished()
        if record == self.record:
            return self
        return evolve(self, record=record, past=(*self.past, self.record)[-MOST_STEPS:], future=())

    def _refuse_finished(self) -> None:
        if self.record.status == "finished":
            raise HeldError(f"case {self.record.case} is finished; reopen it, saying why, to change it")

    def _in_order(self, question: str, reasons: tuple[str, ...]) -> tuple[str, ...]:
        order = [r.id for r in self.criteria.reasons_of(self.criteria.question(question))]
        return tuple(sorted(set(reasons), key=order.index))
