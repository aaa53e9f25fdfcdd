"""Moderating one answer: another outcome counts, and the answer stays in the record beside it."""

from __future__ import annotations

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from sqs_core.criteria.questions import Outcome
from sqs_core.errors import UsageError
from sqs_core.letter.effect import Effect
from sqs_core.records import CaseRecord
from sqs_core.records.dates import day
from sqs_core.storage.moderation.sign_off import overridable
from sqs_core.text import without_forbidden
from sqs_core.workflow.overriding import KIND, effect_of_override, still_missing, write_override
from sqs_tui.bindings import bindings_of
from sqs_tui.effect_rows import effect_rows
from sqs_tui.screens.decision import WHY_TITLE, DecisionScreen
from sqs_tui.styles import DIM, OF_COUNTS, TITLE, joined, shortened
from sqs_tui.widgets.choice_list import ChoiceLine, ChoiceList
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.note_field import NoteField, WhyText
from sqs_tui.widgets.paragraph import ParagraphView
from sqs_tui.widgets.pick_row import Pick, PickRow
from sqs_tui.widgets.side_pane import SidePane, SideShown

KEYS = {"the outcome that is to count": "its letter", "why": "e", "by whose authority": "A"}
"""The keys by which that which is still missing is said."""


class OverrideScreen(DecisionScreen):
    """Old and new outcome, remark, time and authority: the five fields of an override."""

    view = "override"
    kind = KIND
    BINDINGS = bindings_of("override")
    AUTO_FOCUS = "#counts"
    help_text = (
        "A letter chooses the outcome that is to count; the answer itself stays in the record as it was "
        "given, with its evidence.  e says why, A by whose authority.  W shows what it does to board and "
        "letter, and then writes.  A finished case stays finished."
    )

    def __init__(self, case: str, question: str) -> None:
        super().__init__()
        self.case = case
        self.question = question

    def compose_body(self) -> ComposeResult:
        """Yield the answer, what is to count, why and by whom, and the effect."""
        yield ParagraphView(id="asked")
        with Horizontal(id="sides"):
            yield SidePane(id="answer")
            yield ChoiceList(id="counts")
        yield Static(id="past")
        yield LinesView(id="change")
        yield PickRow(id="authority")
        yield NoteField("why", self.app.key_of("choice.why"), WHY_TITLE, text=WhyText)
        yield LinesView(id="effect")

    # ------------------------------------------------------------ what is shown

    def where(self) -> str:
        """The case and the question."""
        short = self.criteria.question(self.question).short
        return f"{self.criteria.heading(self.case)} ▸ {short} ▸ Override"

    def far(self) -> str:
        """That nothing is written yet."""
        return "nothing written yet"

    def at(self) -> tuple[str, str] | None:
        """Return under what name the choice is kept; None where the case was blinded meanwhile."""
        return (self.case, self.question) if self.case in self.workspace.sessions else None

    @property
    def record(self) -> CaseRecord:
        """The record, as it is now."""
        return self.workspace.record(self.case)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes the question has."""
        criteria = self.criteria
        return criteria.outcomes_of(criteria.question(self.question))

    def update_view(self) -> None:
        """Show the answer, what is to count, why, and the effect."""
        if self.at() is None:
            return
        criteria, width, choice = self.criteria, self.size.width, self.choice
        asked = self.query_one("#asked", ParagraphView)
        asked.words, asked.look = str(criteria.question(self.question).text), TITLE
        self.query_one("#answer", SidePane).show_side(self._answer(), taken=False)
        counts = self.record.judged(self.question)
        now = f"{self._word(counts, brief=width < 72)}   now"
        lines = [
            ChoiceLine(o.id, o.key, now if o.id == counts else str(o.text), chosen=o.id == choice.taken)
            for o in self.outcomes
        ]
        self.query_one("#counts", ChoiceList).show_choices(lines, title="Is to count")
        self.query_one("#past", Static).update(self._past())
        self.show_rows("#change", [self._change(width)])
        who = choice.authority
        words = shortened(who or "–  (a role or initials)", width - 24, "" if who else DIM)
        lead = Content.styled(f"  {self.app.key_of('choice.authority')} By authority of: ", TITLE)
        self.query_one("#authority", PickRow).show_picks([Pick("authority", lead + words)])
        self.show_why()
        self.show_rows("#effect", effect_rows(criteria, self._effect_here(), width))
        self.show_tip("The answer stays as given; the override stands beside it.")

    def _answer(self) -> SideShown:
        criteria, record = self.criteria, self.record
        question, answer = criteria.question(self.question), record.answer(self.question)
        given = criteria.outcome_of(question, answer.outcome) if answer.outcome else None
        reasons = "; ".join(str(criteria.reason_of(question, r).text) for r in answer.reasons)
        said = criteria.in_its_words("the case manager said")
        details = (("reasons", reasons), ("", answer.evidence), (said, answer.said))
        title = f"The answer{', by ' + record.inspector if record.inspector else ''}; it stays"
        if given is None:
            return SideShown(title, "not answered", DIM, details)
        return SideShown(title, str(given.text), OF_COUNTS[given.counts], details)

    def _past(self) -> Content:
        """Return what was put over the answer before, the last first."""
        made = [o for o in self.record.overrides if o.question == self.question]
        return Content("\n").join(
            shortened(
                f"{day(date.fromisoformat(o.time[:10]))}, {o.authority}: "
                f"{self._word(o.old)} → {self._word(o.new)}: {o.remark}",
                self.size.width - 4,
                DIM,
            )
            for o in reversed(made)
        )

    def _word(self, outcome: str | None, *, brief: bool = True) -> str:
        """Return an outcome in words, ``brief`` up to its first comma: "no"."""
        criteria = self.criteria
        found = str(criteria.outcome_of(criteria.question(self.question), outcome).text) if outcome else "–"
        return found.split(",")[0] if brief else found

    def _change(self, width: int) -> Content:
        old, new = self.record.judged(self.question), self.choice.taken
        words = [self._word(outcome, brief=width < 72) for outcome in (old, new)]
        half = max(10, (width - 40) // 2)
        return joined(
            Content.styled("  Old ", TITLE),
            shortened(words[0], half),
            Content.styled("   New ", TITLE),
            shortened(words[1], half, TITLE if new else DIM),
            Content.styled("   Time ", TITLE),
            Content.styled("as written", DIM),
        )

    def _effect_here(self) -> Effect | None:
        new, folder, case, question = self.choice.taken, self.workspace.folder, self.case, self.question
        if not new or new == self.record.judged(question):
            return None
        about = (new, self.workspace.version)
        return self.effect_for(about, lambda: effect_of_override(folder, case, question, new))

    # ------------------------------------------------------------ what can be done

    def to_choice(self) -> None:
        """Give the keys to the outcomes."""
        self.set_focus(self.query_one("#counts"))

    def on_key(self, event: events.Key) -> None:
        """Take an outcome's letter."""
        outcome = next((o for o in self.outcomes if o.key == event.character), None)
        if outcome is not None and self.at() is not None and not self.writing:
            event.stop()
            self.app.attempt(lambda: self._choose(outcome.id))

    @on(ChoiceList.Chosen)
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        self.app.attempt(lambda: self._choose(message.id))

    def _choose(self, outcome: str) -> None:
        overridable(self.criteria, self.record, self.question, outcome)
        self.choose(taken=outcome)

    def action_choice_clear(self) -> None:
        """Take the choice back; the words stay."""
        self.choose(taken="")

    @on(PickRow.Picked, "#authority")
    def action_choice_authority(self) -> None:
        """Say who decides so."""

        def on_answer(words: str) -> None:
            self.choose(authority=without_forbidden(words)[0].strip())

        self.stop_writing()
        self.app.ask(
            "By authority of (a role or initials):", self.choice.authority, on_answer, live=on_answer
        )

    def action_choice_next(self) -> None:
        """Say what comes next: there is one choice here."""
        self.app.show_message("W shows what it does to board and letter, and then writes")

    def action_undo(self) -> None:
        """Say what takes the choice back: nothing is written yet."""
        self.app.show_message("Backspace takes the choice back; what was written can be overridden again")

    def look_at_effect(self) -> None:
        """Show what the override does; UsageError while anything is missing."""
        choice, folder = self.choice, self.workspace.folder
        if missing := still_missing(choice):
            wanted = ", ".join(f"{words} ({KEYS[words]})" for words in missing)
            raise UsageError(f"still to say: {wanted}")
        criteria = self.criteria
        asked = criteria.question(self.question)
        old = self.record.judged(self.question)
        words = [self._word(outcome) for outcome in (old, choice.taken) if outcome]
        rows = [
            (f"{self.case}  {asked.short}", " → ".join(words)),
            ("why", " ".join(choice.why.split())),
            ("by authority of", choice.authority),
        ]
        self.show_effect(
            f"{criteria.heading(self.case)} ▸ Override",
            rows,
            lambda: effect_of_override(folder, self.case, asked.id, choice.taken),
            self._write,
        )

    def _write(self) -> None:
        workspace = self.workspace
        workspace.check_saved_as_seen(self.case)
        write_override(workspace.folder, self.case, self.question, self.choice)
        workspace.read_again(self.case)
        workspace.read_choices(KIND, self.case, again=True)
        self.app.count()
        if self.is_current:
            self.app.pop_screen()
        self.app.show_message(
            f"{self.criteria.named(self.case)}: the override counts; the answer stays beside it"
        )
