"""Judging a question: outcomes, reasons, and the marks to come back to it or to discuss it."""

from __future__ import annotations

from sqs_core.text import without_forbidden
from sqs_tui.pictures.sheet import Sheet
from sqs_tui.screens.note import Writing


class Judging(Writing):
    """A screen on one question of one case."""

    @property
    def sheet(self) -> Sheet:
        """What is to be drawn."""
        desk = self.desk
        asked = desk.criteria.question(self.question)
        standing = desk.standing(self.case)
        return Sheet(desk.criteria, self.record, asked, standing, self.field, self.mark, self.typed)

    def do_next(self) -> None:
        """Go on; the screen knows where to."""
        raise NotImplementedError

    def to_field(self, field: str) -> None:
        """Give the keys to another field."""
        raise NotImplementedError

    def judge(self, outcome: str) -> None:
        """Give ``outcome`` to the question, if it applies."""
        asked = self.question
        if self._refused():
            return
        self.mark = next(i for i, o in enumerate(self.sheet.outcomes) if o.id == outcome)
        self.change(lambda session: session.judging(asked, outcome))
        counts = self.desk.criteria.outcome_of(self.sheet.question, outcome).counts
        if self.sqs.settings.advance == "on-answer" and counts != "insufficient":
            self.do_next()

    def tick(self, place: int) -> None:
        """Tick or untick the reason at ``place``."""
        sheet = self.sheet
        if sheet.outcome is None or sheet.outcome.counts != "insufficient":
            poor = next((o for o in sheet.outcomes if o.counts == "insufficient"), None)
            if poor is not None:
                self.sqs.say(f"reasons go with '{poor.text}': press {poor.key} first")
        elif place < len(sheet.reasons):
            asked, reason = self.question, sheet.reasons[place].id
            self.change(lambda session: session.ticking(asked, reason))

    def _refused(self) -> bool:
        if self.desk.standing(self.case).states[self.question] in ("not-asked", "parked"):
            self.sqs.say("this question does not apply as the facts stand; f changes the facts")
            return True
        return False

    def do_clear(self) -> None:
        """Take the answer away."""
        asked = self.question
        self.change(lambda session: session.judging(asked, None))

    def do_reasons(self) -> None:
        """To the list of reasons."""
        self.to_field("reasons" if self.field != "reasons" else "judgement")

    def do_pick(self) -> None:
        """Choose the line with the mark."""
        if self.field == "reasons":
            self.tick(self.mark)
        elif self.mark < len(self.sheet.outcomes):
            self.judge(self.sheet.outcomes[self.mark].id)

    def do_discuss(self) -> None:
        """Mark it for moderation, or not."""
        asked, answer = self.question, self.record.answer(self.question)
        self.change(lambda s: s.flagging(asked, later=answer.later, discuss=not answer.discuss))

    def do_later(self) -> None:
        """Come back later, with a line of why; take the mark away where it is set."""
        asked = self.question
        self.commit()
        self.stop_writing()
        if self.record.answer(asked).later is not None:
            self.change(lambda session: session.flagging(asked, later=None))
            self.sqs.say("the mark to come back is taken away; u sets it again")
            return

        base = last = self.session

        def flagged(words: str) -> None:
            nonlocal base, last
            if self.session is not last:  # a click changed something while this was being written
                base = self.session
            why = without_forbidden(words)[0].strip()
            self.desk.keep(base.flagging(asked, later=why))  # one step to undo, however long one types
            last = self.session

        def typed(words: str) -> None:
            if words.strip():
                flagged(words)

        self.ask("Come back later, because:", "", flagged, live=typed)
