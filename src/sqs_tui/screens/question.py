"""The question step: one question, answered together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.css.query import QueryType
from textual.widget import Widget

from sqs_core.criteria.questions import Outcome, Reason
from sqs_core.letter.shared_view import shared_view
from sqs_core.records import Session
from sqs_core.records.computed import computed_words
from sqs_core.scoring.states import APPLYING, State
from sqs_core.storage.external_editor import left_behind
from sqs_core.text import without_forbidden
from sqs_core.workflow.answering import NOTE_TITLES, answer_hint, answer_words, note_title, text_not_counted
from sqs_core.workflow.navigation import Location, neighbour, next_open
from sqs_tui.bindings import bindings_of
from sqs_tui.recent import Place
from sqs_tui.screens.case import GrowingStep
from sqs_tui.screens.help import guidance_screen
from sqs_tui.screens.value_step import VALUE, ValueStep
from sqs_tui.styles import DIM, MARK_OF_WEIGHT, NO, OF_COUNTS, STYLE_OF_WEIGHT, WARN, shortened
from sqs_tui.widgets.choice_list import ChoiceLine, ChoiceList
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.note_field import NoteField
from sqs_tui.widgets.outline import Neighbours, Outline
from sqs_tui.widgets.paragraph import ParagraphView
from sqs_tui.widgets.progress_line import ProgressLine
from sqs_tui.widgets.shared_view import SharedPane
from sqs_tui.widgets.text_panel import TextPanel
from sqs_tui.widgets.value_box import ValueBox

PRIVATE = frozenset(
    (
        *("question_evidence", "question_reasons", "question_discuss", "question_override", "question_text"),
        *("text_move", "text_forget", "case_review", "inspection_moderate", "inspection_merge", "copy"),
        *("go", "search", "commands", "messages"),
    )
)
"""What cannot be done in the shared view: the inspector's own notes, and whatever shows other cases."""


FIRST_NOTE, *_, LAST_NOTE = NOTE_TITLES
POINT = "point:"
"""How the id of a line begins that is a point to weigh; what follows is the point."""


class QuestionScreen(ValueStep):
    """One question of one case."""

    fits_room = True
    view = "question"
    BINDINGS = bindings_of("question", hidden=("text.move",))
    AUTO_FOCUS = "#judgement"
    help_text = (
        "The letters in the box give the judgement; the digits 1 to 9 tick the reasons.  "
        "Where points are to be weighed, r leads to them and Space weighs one: [y] met, [n] not met, [/] "
        "does not apply; they never make the judgement.  Where a number or a date is asked for, a digit "
        "begins it and Enter keeps it; of several choices the digits tick, 0 says that none holds.  Enter "
        "goes on to the next question that is not answered, so a plain yes is two keys.  e, c, t and + "
        "write; Esc comes back, and everything typed is kept.  Nothing here asks whether you are sure: u "
        "takes any change "
        "back.\nv opens a text beside the question, from a file or pasted.  In it ↑ and ↓ go from sentence "
        "to sentence, ← and → choose a line, a sentence or a paragraph at a time; / finds words, and then ↑ "
        "and ↓ go from match to match; Enter quotes what is chosen, with its page, into the evidence.  The "
        "letters of the judgement work as ever.  The text is kept nowhere: only what is quoted is saved."
    )

    def __init__(self, case: str, place: Place) -> None:
        super().__init__(case, place.question)
        self.shared = False
        self._trail: list[str] = []
        self._resume = place if place.note in NOTE_TITLES else None
        self._arriving = True

    def compose_body(self) -> ComposeResult:
        """Yield the outline, the question with its boxes, its neighbours, the text beside it."""
        key = self.app.key_of
        with Container(id="middle"):
            yield Outline()
            with Vertical(id="sheet"):
                yield ProgressLine()
                yield ParagraphView(id="asked")
                yield ParagraphView(id="guidance", more=f" …  {key('question.guidance')} all of it")
                yield LinesView(id="judged")
                with Container(id="judging"):
                    yield ChoiceList(id="judgement")
                    yield ChoiceList(id="reasons", narrow=True)
                    yield ValueBox(key("question.reasons"))
                yield NoteField("evidence", key("question.evidence"), NOTE_TITLES["evidence"])
                said = note_title(self.criteria, "said")
                yield NoteField("said", key("question.said"), said, tail="shown to both")
                with Horizontal(id="points"):
                    yield NoteField("learning", key("question.learning"), NOTE_TITLES["learning"])
                    yield NoteField("strength", key("question.strength"), NOTE_TITLES["strength"])
            yield Neighbours()
            yield TextPanel(key("question.text"))
            yield SharedPane(ends=key("app.shared"))

    # ------------------------------------------------------------ what there is

    @property
    def outcome(self) -> Outcome | None:
        """The outcome given."""
        return next((o for o in self.outcomes if o.id == self.answer.outcome), None)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons that go with the outcome given, else those of the first that is not good enough."""
        given = self.outcome
        if given is None or given.counts != "insufficient":
            given = next((o for o in self.outcomes if o.counts == "insufficient"), None)
        return self.criteria.reasons_of(self.asked, given.id) if given else ()

    @property
    def judgement(self) -> ChoiceList:
        """The box with the outcomes."""
        return self.query_one("#judgement", ChoiceList)

    # ------------------------------------------------------------ what is shown

    def where(self) -> str:
        """The case, and the question's number and theme."""
        if self.shared:
            return self.heading
        theme = next(t for t in self.criteria.themes if t.id == self.asked.theme)
        lead = f"{self.workspace.inspection.place} · " if self.has_class("-wide") else ""
        number = self.criteria.question_numbers[self.question]
        return f"{lead}{self.heading}{self.lock_mark} · {number} {theme.title}"

    def far(self) -> str:
        """How many questions are answered of those that apply."""
        return f"{self.progress.done} of {self.progress.asked}" if self.progress.asked else ""

    def update_view(self) -> None:
        """Show the question as it stands."""
        self.set_class(self.shared, "-shared")
        self.arrange_text()
        if self.shared:
            self._show_shared()
        else:
            self.show_question()
            self._show_kind()
            self._show_sides()
        for note in NOTE_TITLES:
            if self.finished or self.note_written != (self.question, note):
                self.note_field(note).load(getattr(self.answer, note), read_only=self.finished)
        self.update_tip()

    def _show_shared(self) -> None:
        view = shared_view(self.criteria, self.record, self.question)
        self.query_one(SharedPane).show_view(view)

    def note_saved(self) -> None:
        """Show it to both readers too, and where it is the answer."""
        super().note_saved()
        if self.asked.answer == "text":
            self.show_question()
        if self.shared:
            self._show_shared()

    def show_question(self) -> None:
        """Show the question as it stands, without its notes."""
        self._show_progress()
        self.query_one("#asked", ParagraphView).words = str(self.asked.text)
        guidance = self.query_one("#guidance", ParagraphView)
        guidance.words, guidance.look = self._guidance()
        self._show_judgement()
        self._show_reasons()

    def _show_kind(self) -> None:
        """Show the boxes that are for what the question is answered with."""
        kind = self.asked.answer
        self.set_class(kind in ("number", "date", "text"), "-value")
        is_text = kind == "text"
        title = note_title(self.criteria, "evidence", self.asked) if is_text else NOTE_TITLES["evidence"]
        self.note_field("evidence").call_it(title)
        if kind != "judgement":
            self.show_value()

    def _show_progress(self) -> None:
        line = self.query_one(ProgressLine)
        line.done, line.total = self.progress.done, self.progress.asked

    def _guidance(self) -> tuple[str, str]:
        """Return what stands under the question, and its style."""
        made = self.record.override(self.question)
        if made is not None:
            counts = self.criteria.outcome_of(self.asked, made.new).text
            return f"Overridden: “{counts}” counts, by authority of {made.authority}: {made.remark}", WARN
        if self.state is State.PARKED:
            words = "Parked: the facts of the case say that this does not apply.  "
            words += "The answer is kept, not counted."
            return self.in_its_words(words), WARN
        if self.state is State.NOT_ASKED:
            words = "The facts of the case say that this does not apply.  Nothing is to be answered here."
            return self.in_its_words(words), WARN
        computed = computed_words(self.criteria, self.record, self.asked)
        return " ".join(f"{computed}  {self.asked.guidance}".split()), DIM

    def _show_judgement(self) -> None:
        answer = self.answer
        lines = [
            ChoiceLine(o.id, o.key, str(o.text), style=OF_COUNTS[o.counts] if o.id == answer.outcome else "",
                   chosen=o.id == answer.outcome)
            for o in self.outcomes
        ]  # fmt: skip
        if not self.asked.is_judged:
            lines = [*self.value_lines(), *lines]
        why = f"⚑ come back: {answer.later}" if answer.later else "⚑ come back"
        flagged = answer.later is not None
        lines.append(
            ChoiceLine(
                "later",
                self.app.key_of("question.later"),
                why if flagged else "come back later",
                style=WARN if flagged else DIM,
            )
        )
        tick = "[x]" if answer.discuss else "[ ]"
        key = self.app.key_of("question.discuss")
        lines.append(ChoiceLine("discuss", key, "discuss", mark=tick, style=WARN if answer.discuss else DIM))
        self.judgement.show_choices(
            lines,
            title="Judgement" if self.asked.is_judged else "Answer",
            tail="locked" if self.finished else "",
        )
        if self._arriving:
            self._arriving = False
            self.judgement.cursor = next((n for n, line in enumerate(lines) if line.chosen), 0)
        given = self.outcome
        why = ", ".join(str(r.text) for r in self.reasons if r.id in answer.reasons) if given else ""
        words = str(given.text) if given else ""
        if not self.asked.is_judged:
            words = answer_words(self.criteria, self.record, self.question)
        words = f"● {words}" + (f": {why}" if why else "") if words else "  not answered yet"
        style = OF_COUNTS[given.counts] if given else "" if answer.outcome else DIM
        self.show_rows("#judged", [shortened(words, self.size.width - 4, style)])

    def _show_reasons(self) -> None:
        key = self.app.key_of("question.reasons")
        if self.asked.answer == "several":
            title = f"{key} Choices  {len(self.answer.value or ())} ticked"  # type: ignore[arg-type]
            self.query_one("#reasons", ChoiceList).show_choices(self.choice_lines(), title=title)
            return
        answer = self.answer
        applies = self.outcome is not None and self.outcome.counts == "insufficient"
        reasons = [
            ChoiceLine(r.id, str(place) if place < 10 else "", str(r.text),
                   mark="[x]" if r.id in answer.reasons else "[ ]",
                   mark_style=NO if r.id in answer.reasons and applies else "")
            for place, r in enumerate(self.reasons, 1)
        ]  # fmt: skip
        ticked = sum(r.id in answer.reasons for r in self.reasons) if applies else 0
        title = f"Why not?  {ticked} ticked" if ticked else "Why not?  tick all that apply"
        points = self._points()
        if points and not applies:
            title = f"Points  {len(answer.prompts)} of {len(points)} weighed"
        # What is wanted next stands first: the points before a judgement, the reasons after a "no".
        first, then = (reasons, points) if applies else (points, reasons)
        head = [ChoiceLine("", "", "Points" if applies else "Why not?")] if points and reasons else []
        lines = [*first, *head, *then]
        self.query_one("#reasons", ChoiceList).show_choices(lines, title=f"{key} {title}")

    def _points(self) -> list[ChoiceLine]:
        weighed = self.answer.prompts
        return [
            ChoiceLine(f"{POINT}{p.id}", "", str(p.text), mark=MARK_OF_WEIGHT[weighed.get(p.id)],
                       mark_style=STYLE_OF_WEIGHT.get(weighed.get(p.id), ""))
            for p in self.asked.prompts
        ]  # fmt: skip

    def _show_sides(self) -> None:
        if not self.has_class("-wide"):
            return
        workspace, criteria = self.workspace, self.criteria
        self.query_one(Outline).show_case(criteria, self.progress, self.question)
        neighbours = self.query_one(Neighbours)
        if neighbours.display:
            peers = workspace.peers(self.question, self.case)
            neighbours.show_question(criteria, self.record, self.asked, peers)

    def update_tip(self) -> None:
        """Say what can be done now, or in full what the mark is on."""
        focused = self.focused
        if self.reading:
            self.show_tip(self.reading_tip())
        elif (
            isinstance(focused, ChoiceList)
            and focused.id == "reasons"
            and focused.choices
            and not self.shared
        ):
            here = focused.choices[min(focused.cursor, len(focused.choices) - 1)]
            how = "   Space: met, not met, does not apply" if here.id.startswith(POINT) else ""
            self.show_tip(f"{here.words}{how}")
        elif self.shared or not (self.workspace.practice and self.app.settings.tips):
            self.show_tip("")
        elif self.note:
            self.show_tip("tip  Esc keeps it", WARN)
        elif not self.asked.is_judged:
            self.show_tip("" if self.answer.outcome else f"tip  {answer_hint(self.asked)}, then Enter", WARN)
        elif self.answer.outcome == "insufficient":
            no_evidence = "no?  tick why with 1–9, then e for the evidence"
            self.show_tip(f"tip  {'Enter goes on' if self.answer.evidence else no_evidence}", WARN)
        else:
            self.show_tip("" if self.answer.outcome else "tip  y yes, n no, then Enter", WARN)

    # ------------------------------------------------------------ coming and going

    def on_mount(self) -> None:
        """Look for a text that an editor left when the program ended."""
        folder, case = self.workspace.folder, self.case
        self.in_background(lambda: left_behind(folder, case), self._tell_of_text_left)
        if self._resume is None:
            self.note_place()

    def shown_again(self) -> None:
        """Land where one was, in the note one was writing."""
        if self._resume is not None:
            place, self._resume = self._resume, None
            self.write(place.note, (place.row, place.column))

    def _tell_of_text_left(self, left: tuple[str, ...]) -> None:
        if not left:
            return
        name, criteria = left[0], self.criteria
        question, _, note = name.rpartition(".")
        if criteria.has_question(question) and note in NOTE_TITLES:
            name = f"{note_title(criteria, note).lower()} of {criteria.question(question).short}"
        words = f"a text was left in an editor when the program ended: {name}; F4 there opens it"
        self.app.show_message(words, warning=True)

    def visit(self, question: str) -> None:
        """Go to ``question``; b comes back."""
        if question != self.question:
            self._trail.append(self.question)
            if not self.app.news.warning:  # what was said is of the question that is left
                self.app.clear_message()
        self._show(question)

    def _show(self, question: str) -> None:
        self.commit()
        self.note_written = ("", "")
        if not self.asked.is_judged:
            self.box.clear()
        self.question = question
        self._arriving = True
        self.query_one("#reasons", ChoiceList).cursor = 0
        self.set_focus(self.query_one(SharedPane) if self.shared else self.judgement)
        self.note_place()
        self.refresh_view()

    def action_question_next(self) -> None:
        """Go to the next question that applies and is not answered; to the check when there is none."""
        self.commit()
        following = next_open(self.criteria, self.record, self.question)
        if following:
            self.visit(following)
        elif self.state is State.UNANSWERED:
            self.app.show_message("this is the last question not answered")
        else:
            self.to_judgement()  # where one comes back to
            self.action_case_review()

    def action_question_done(self) -> None:
        """Keep the note and go on."""
        self.action_question_next()

    def action_question_return(self) -> None:
        """Go back to the question one was at."""
        if self._trail:
            self._show(self._trail.pop())
        else:
            self.app.show_message("nothing further back; [ is the question before")

    def action_question_following(self) -> None:
        """Go to the next question in order, round at the end."""
        self._neighbour(1)

    def action_question_previous(self) -> None:
        """Go to the question before, round at the beginning."""
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        criteria = self.criteria
        found = neighbour(criteria, self.record, self.question, step)
        if found is None:
            applying = [q for q, state in self.progress.states.items() if state in APPLYING]
            found = applying[0 if step > 0 else -1] if applying else self.question
        self.visit(found)

    def leave(self) -> None:
        """Go from a note, the reasons or the text to the judgement; from there out of the case."""
        if self.note or self.in_value:
            self.to_judgement()
        elif self.reading:
            self.leave_text()
        elif self.shared:
            self.action_shared()
        else:
            self.app.note_place(Place(self.case, self.question))
            super().leave()

    def to_judgement(self) -> None:
        """Give the keys to the judgement; what was typed is kept."""
        self.commit()
        self.set_focus(self.query_one(SharedPane) if self.shared else self.judgement)

    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Go on by Tab; from the last note to the judgement, which in a small window is hidden by notes."""
        if self.note == LAST_NOTE and self.judgement not in self.focus_chain:
            self.to_judgement()
            return self.focused
        return super().focus_next(selector)

    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Go back by Shift+Tab; from the first note likewise."""
        if self.note == FIRST_NOTE and self.judgement not in self.focus_chain:
            self.to_judgement()
            return self.focused
        return super().focus_previous(selector)

    def action_shared(self) -> None:
        """Show the view for two readers, or end it."""
        self.commit()
        self.shared = not self.shared
        self.set_class(self.shared, "-shared")
        self.refresh_view()
        self.refresh_bindings()
        self.set_focus(self.query_one(SharedPane) if self.shared else self.judgement)

    def action_question_guidance(self) -> None:
        """Show all of the guidance."""
        self.app.push_screen(guidance_screen(self.criteria, self.asked))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: nothing private in the shared view."""
        if self.shared and action in PRIVATE:
            return None
        return super().check_action(action, parameters)

    def allows(self, action: str) -> bool:
        """Return whether the application may do ``action``: nothing that shows other cases, when shared."""
        return not (self.shared and action in PRIVATE)

    def why_not(self, action: str) -> str:
        """Return how the shared view is ended."""
        return f"not in the shared view: {self.app.key_of('app.shared')} ends it"

    def paste_goes(self) -> str:
        """The boxes of a question, and the panel."""
        if self.shared:
            return self.in_its_words("c opens what the case manager said; paste there")
        return "e opens the evidence, v a text to read; paste there"

    # ------------------------------------------------------------ judging

    def on_key(self, event: events.Key) -> None:
        """Take an outcome's letter, or a reason's digit."""
        if self.note and not self.finished:
            return
        key = event.character or ""
        outcome = next((o for o in self.outcomes if o.key == key), None)
        if not self.asked.is_judged and self.value_key(key):
            pass
        elif outcome is not None:
            self.judge(outcome.id)
        elif len(key) == 1 and key in "123456789" and not self.shared:
            self.tick(int(key) - 1)
        else:
            return
        event.stop()

    @on(ChoiceList.Chosen, "#judgement")
    def _judged(self, message: ChoiceList.Chosen) -> None:
        if message.id == "later":
            self.action_question_later()
        elif message.id == "discuss":
            self.action_question_discuss()
        elif message.id == VALUE:
            self.to_value()
        else:
            self.judge(message.id)

    @on(SharedPane.Chosen)
    def _judged_together(self, message: SharedPane.Chosen) -> None:
        if self.asked.is_judged or not self.value_key(message.key):
            self.judge(next(o.id for o in self.outcomes if o.key == message.key))

    @on(ChoiceList.Chosen, "#reasons")
    def _ticked(self, message: ChoiceList.Chosen) -> None:
        if message.id.startswith(POINT):
            self.weigh(message.id.removeprefix(POINT))
        elif self.asked.answer == "several":
            self.choose(message.id)
        else:
            self.tick([r.id for r in self.reasons].index(message.id))

    @on(ChoiceList.Moved)
    def _cursor_moved(self) -> None:
        self.update_tip()

    @on(Outline.Picked)
    def _picked(self, message: Outline.Picked) -> None:
        self.visit(message.question)

    def judge(self, outcome: str) -> None:
        """Give ``outcome`` to the question, if it applies."""
        asked = self.question
        if self.state not in APPLYING:
            self.say_why_not()
            return
        if not self.asked.is_judged:
            self.drop_value()
        self.judgement.cursor = [line.id for line in self.judgement.choices].index(outcome)
        self.query_one("#reasons", ChoiceList).cursor = 0
        self.change(lambda session: session.judging(asked, outcome))
        self.say_text_kept()
        counts = self.criteria.outcome_of(self.asked, outcome).counts
        if self.app.settings.advance == "on-answer" and counts != "insufficient":
            self.action_question_next()

    def say_text_kept(self) -> None:
        """Say that a text is kept that no longer answers the question."""
        if self.asked.answer == "text" and (
            kept := text_not_counted(self.criteria, self.record, self.question)
        ):
            self.app.show_message(kept)

    def tick(self, place: int) -> None:
        """Tick or untick the reason at ``place``."""
        given = self.outcome
        if self.finished:
            self.say_why_not()
        elif given is None or given.counts != "insufficient":
            poor = next((o for o in self.outcomes if o.counts == "insufficient"), None)
            if poor is not None:
                words = f"reasons go with '{poor.text}': press {poor.key} first"
                if self.asked.is_computed:
                    words = f"reasons go with '{poor.text}', and the answer is computed: nobody presses it"
                self.app.show_message(words, stays=True)
        elif place < len(self.reasons):
            asked, reason = self.question, self.reasons[place].id
            self.change(lambda session: session.ticking(asked, reason))

    def weigh(self, prompt: str) -> None:
        """Weigh a point the next way: yes, no, not applicable, then not at all."""
        asked = self.question
        ways = list(MARK_OF_WEIGHT)
        weight = ways[(ways.index(self.answer.prompts.get(prompt)) + 1) % len(ways)]
        self.change(lambda session: session.weighing(asked, prompt, weight))

    def commit(self) -> None:
        """Put a note or a value that is being written into the record."""
        super().commit()
        if self.open and not self.asked.is_judged:
            self.commit_value()

    def change(self, how: Callable[[Session], Session]) -> bool:
        """As for every case, but the note being written first."""
        self.commit()
        return super().change(how)

    def action_question_clear(self) -> None:
        """Take the answer away."""
        asked = self.question
        self.change(lambda session: session.judging(asked, None))
        self.say_text_kept()

    def action_question_reasons(self) -> None:
        """Go to the list of reasons, or to where a value is given; or back from it."""
        if self.in_value:
            self.to_judgement()
        elif self.asked.is_judged:
            self.set_focus(self.query_one("#reasons", ChoiceList))
        else:
            self.to_value()

    def action_question_pick(self) -> None:
        """Choose the line with the cursor, where a list has the keys."""
        if isinstance(self.focused, ChoiceList):
            self.focused.action_choose()

    def action_question_discuss(self) -> None:
        """Mark it for moderation, or not."""
        asked, answer = self.question, self.answer
        self.change(lambda s: s.flagging(asked, later=answer.later, discuss=not answer.discuss))

    def action_question_later(self) -> None:
        """Mark it to come back to, with a line of why; take the mark away where it is set."""
        asked = self.question
        self.to_judgement()
        if self.answer.later is not None:
            if self.change(lambda session: session.flagging(asked, later=None)):
                self.app.show_message("the mark to come back is taken away; u sets it again")
            return
        if self.finished:
            self.change(lambda session: session.flagging(asked, later=""))  # says why it cannot be
            return
        step = GrowingStep()

        def flagged(words: str) -> None:
            why = without_forbidden(words)[0].strip()
            flag = partial(Session.flagging, question=asked, later=why)
            self.workspace.save(step.changing(self.session, flag))
            self.refresh_view()

        def typed(words: str) -> None:
            if words.strip():
                flagged(words)

        self.app.ask("Come back later, because:", "", flagged, does="mark it", live=typed)

    # ------------------------------------------------------------ the rest

    @on(TextPanel.Moved)
    def _text_moved(self) -> None:
        self.update_tip()

    def action_question_override(self) -> None:
        """Let another outcome count."""
        self.commit()
        self.go_to(Location("override", self.case, self.question))

    def action_inspection_moderate(self) -> None:
        """Settle where two markings of this case differ."""
        self.commit()
        self.go_to(Location("moderation", self.case))

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """The boxes, and the questions of the outline."""
        boxes = {"judgement": "j", "reasons": "r", "value": "r"}
        boxes |= {"evidence": "e", "said": "c", "learning": "t", "strength": "s"}
        for name, letter in boxes.items():
            yield self.query_one(f"#{name}"), 0, letter, name
        yield self.query_one(TextPanel), 0, "v", "text-panel"
        outline = self.query_one(Outline)
        for row, question in outline.questions():
            yield outline, row, "", f"go:{question}"

    def jump_to(self, name: str) -> None:
        """Give the keys to a box, or go to a question."""
        if name.startswith("go:"):
            self.visit(name[3:])
        elif name in NOTE_TITLES:
            self.write(name)
        elif name == "value":
            self.to_value()
        else:
            self.set_focus(self.query_one(f"#{name}"))
