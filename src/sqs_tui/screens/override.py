"""Moderating one answer: another outcome counts, and the answer stays in the record beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqs_core.errors import SqsError, UsageError
from sqs_core.letter.effect import Effect, effect
from sqs_core.records.override import Override
from sqs_core.text import without_forbidden
from sqs_tui.decisions import override
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, line
from sqs_tui.pictures.override import Overriding, override_picture
from sqs_tui.screens.choosing import Choosing

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp


class OverrideScreen(Choosing):
    """Old and new outcome, remark, time and authority: the five fields of an override."""

    kind = "override"
    deeds = (
        Deed("override.why", "e", "why", "The remark: why another outcome is to count", foot=1),
        Deed("override.authority", "A", "authority", "Who decides so: a role or initials", foot=2),
        Deed("override.write", "W", "write", "See the whole effect, then write the override", foot=3),
        Deed("override.clear", "backspace", "take back", "Take the choice back; the words stay", foot=4),
        Deed("override.done", "ctrl+j", "done", "Keep the remark", text=True),
    )
    help_text = (
        "A letter chooses the outcome that is to count; the answer itself stays in the record as it was "
        "given, with its evidence.  e says why, A by whose authority.  W shows what it does to board and "
        "letter, and then writes.  A finished case stays finished."
    )

    def __init__(self, case: str, question: str) -> None:
        super().__init__()
        self.case = case
        self.question = question

    def where(self) -> str:
        """The case and the question."""
        short = self.desk.criteria.question(self.question).short
        return f"Case {self.case} ▸ {short} ▸ Override"

    def far(self) -> str:
        """That nothing is written yet."""
        return "nothing written yet"

    def at(self) -> tuple[str, str] | None:
        """Under what name the choice is kept."""
        return (self.case, self.question) if self.case in self.desk.sessions else None

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The answer, what is to count, why, and the effect."""
        if self.at() is None:  # shut meanwhile, for its second marking
            return []
        criteria, record = self.desk.criteria, self.desk.record(self.case)
        asked = criteria.question(self.question)
        seen = Overriding(criteria, record, asked, self.choice, self._effect_here(), self.why_open)
        rows, self.box = override_picture(seen, width, height)
        return rows

    def tip(self) -> Line:
        """That the answer stays."""
        return line((" The answer stays as given; the override stands beside it.", "dim"))

    def _effect_here(self) -> Effect | None:
        new, record = self.choice.taken, self.desk.record(self.case)
        if not new or new == record.judged(self.question):
            return None
        basis = self.basis()
        # Why and by whom make no difference to a figure.
        after = record.overriding(Override(self.question, "", new, "", "", ""))
        about = (new, self.desk.version)
        return self.effect_for(about, lambda: effect(basis, basis.replacing([after])))

    def other_key(self, key: str) -> bool:
        """An outcome's letter."""
        from sqs_core.storage.moderation.sign_off import overridable

        criteria = self.desk.criteria
        outcomes = criteria.outcomes_of(criteria.question(self.question))
        outcome = next((o for o in outcomes if o.key == key), None)
        if outcome is None or self.at() is None:
            return False
        try:
            overridable(criteria, self.desk.record(self.case), self.question, outcome.id)
        except SqsError as error:
            self.sqs.warn(error)
        else:
            self.choose(taken=outcome.id)
        return True

    def do_clear(self) -> None:
        """Take the choice back."""
        self.choose(taken="")

    def do_authority(self) -> None:
        """Who decides so."""

        def said(words: str) -> None:
            self.choose(authority=without_forbidden(words)[0].strip())

        self.stop_writing()
        self.ask("By authority of (a role or initials):", self.choice.authority, said, live=said)

    def do_following(self) -> None:
        """There is one choice here."""
        self.sqs.say("W shows what it does to board and letter, and then writes")

    def do_undo(self) -> None:
        """Nothing is written yet, and what is written is overridden anew."""
        self.sqs.say("Backspace takes the choice back; a written override is overridden anew")

    def do_write(self) -> None:
        """Look at the whole effect, then write."""
        from sqs_tui.screens.effect import EffectScreen

        self.stop_writing()
        choice = self.choice
        missing = [
            words
            for words, value in (
                ("the outcome that is to count (its letter)", choice.taken),
                ("why (e)", choice.why),
                ("by whose authority (A)", choice.authority),
            )
            if not value
        ]
        if missing:
            raise UsageError(f"still to say: {', '.join(missing)}")
        basis, record = self.basis(), self.desk.record(self.case)
        after = record.overriding(Override(self.question, "", choice.taken, "", "", ""))
        found = effect(basis, basis.replacing([after]))
        criteria = self.desk.criteria
        asked = criteria.question(self.question)
        old = record.judged(self.question)
        words = [str(criteria.outcome_of(asked, o).text).split(",")[0] for o in (old, choice.taken) if o]
        rows = [
            (f"{self.case}  {asked.short}", " → ".join(words)),
            ("why", " ".join(choice.why.split())),
            ("by authority of", choice.authority),
        ]
        self.sqs.push_screen(EffectScreen(f"Case {self.case} ▸ Override", rows, found, self._write))

    def _write(self) -> None:
        choice = self.choice
        override(
            self.desk, self.case, self.question, choice.taken, why=choice.why, authority=choice.authority
        )
        self.chosen(self.case, (self.question,))
        self.sqs.count()
        if self.is_current:
            self.sqs.pop_screen()
        self.sqs.say(f"case {self.case}: the override counts; the answer stays beside it")


def open_override(app: SqsApp) -> None:
    """Override the answer to the question in view, of a finished case or an open one."""
    screen = app.screen
    case, question = getattr(screen, "case", ""), getattr(screen, "question", "")
    if app.desk is None or not case or not isinstance(question, str) or not question:
        app.say("an override is of an answer: open its question first")
    elif app.desk.second:
        app.say("an override is of what counts, and no part of a second marking")
    elif app.desk.record(case).judged(question) is None:
        app.say("there is no answer yet to put another outcome over")
    else:
        app.commit()
        app.push_screen(OverrideScreen(case, question))
