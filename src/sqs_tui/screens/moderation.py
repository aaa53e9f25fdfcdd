"""Moderation: where two markings of a case differ, settled one by one, with the effect in view."""

from __future__ import annotations

from attrs import evolve
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from sqs_core.errors import SqsError, UsageError
from sqs_core.letter.effect import Effect
from sqs_core.records.second_marking import BOTH, OPEN, Decision
from sqs_core.text import counted, without_forbidden
from sqs_core.workflow.moderation import (
    FIRST,
    KIND,
    NO_REASON,
    SECOND,
    Decisions,
    Disagreement,
    Moderation,
    decision_of,
    effect_of_choice,
    effect_of_decisions,
    other_called,
    read_moderation,
    reasons_to_tick,
    write_decisions,
)
from sqs_tui.bindings import bindings_of
from sqs_tui.effect_rows import NOTHING_YET, effect_rows
from sqs_tui.moderation_words import (
    agreement_row,
    agreement_rows,
    asked_words,
    difference_line,
    item_name,
    outcome_words,
    side_of,
    taken_words,
    value_hint,
)
from sqs_tui.screens.decision import WHY_TITLE, ChoiceOption, SidesScreen, option_entries
from sqs_tui.screens.help import guidance_screen
from sqs_tui.styles import DIM, FLAG, TITLE, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.note_field import NoteField, WhyText
from sqs_tui.widgets.option_menu import Line, PlaceMenu
from sqs_tui.widgets.paragraph import ParagraphView
from sqs_tui.widgets.pick_row import Entry, Pick, PickRow
from sqs_tui.widgets.side_pane import SidePane

KEPT = (("both", "both"), ("first", "← only"), ("second", "→ only"))
OPTIONS = (FIRST, SECOND, BOTH, OPEN)


class ModerationScreen(SidesScreen):
    """The differences between two markings, of one case or of all marked twice."""

    view = "moderation"
    kind = KIND
    BINDINGS = bindings_of("moderation")
    AUTO_FOCUS = "#places"
    help_text = (
        "Two people marked these cases without seeing each other's answers.  ↑ and ↓ go through what "
        "differs; ← takes the view at the left, → the one at the right, o something else, l leaves it to the "
        "lead.  Digits tick the reasons of something else.  e says why.  What that does to board and letter "
        "stands below before anything is written; W shows all of it and then writes.  What you choose is "
        "kept as you go: Esc and q lose nothing.  PgUp and PgDn read on in long notes."
    )

    def __init__(self, case: str = "") -> None:
        super().__init__()
        self._only = (case,) if case else ()
        self._found: Moderation | None = None
        self._trouble = ""
        self._other = False

    def compose_body(self) -> ComposeResult:
        """Yield the list with the agreement, and one difference with what is chosen about it."""
        yield ParagraphView(id="nothing")
        with Container(id="middle"):
            with Vertical(id="aside"):
                yield PlaceMenu(id="places", pages=False)
                yield LinesView(id="agreement")
            with Vertical(id="sheet"):
                yield LinesView(id="agreement-row")
                yield ParagraphView(id="asked", more=f" …  {self.app.key_of('question.guidance')} all of it")
                with Horizontal(id="sides"):
                    yield SidePane(id="first")
                    yield SidePane(id="second")
                yield PickRow(id="agreed", indent=10)
                yield PickRow(id="reasons", indent=10)
                yield NoteField("why", self.app.key_of("choice.why"), WHY_TITLE, text=WhyText)
                yield PickRow(id="kept")
                yield LinesView(id="effect")

    # ------------------------------------------------------------ what there is

    def on_mount(self) -> None:
        """Read both markings of every case marked twice."""
        self.read()

    def read(self) -> None:
        """Read them off the UI thread."""
        folder, only = self.workspace.folder, self._only

        def then(found: Moderation) -> None:
            begun, self._found, self._trouble = self._found is None, found, ""
            self.refresh_view()
            one = next((one for one in self.places if not self._settled(one)), None)
            if begun and one is not None:
                self.mark(one)

        def refused(error: SqsError) -> None:
            self._trouble = str(error)
            self.refresh_view()

        self.in_background(lambda: read_moderation(folder, only), then, refused)

    @property
    def places(self) -> tuple[Disagreement, ...]:
        """Every difference."""
        return self._found.disagreements if self._found else ()

    @property
    def here(self) -> Disagreement | None:
        """The difference with the mark."""
        marked = self.menu.marked
        return next((one for one in self.places if _id(one) == marked), None)

    def at(self) -> tuple[str, str] | None:
        """Return under what name the choice in view is kept."""
        here = self.here
        return (here.case, here.item) if here else None

    def _settled(self, one: Disagreement) -> bool:
        return bool(self.kept(one.case).choice(one.item).taken) or one.agreed is not None

    # ------------------------------------------------------------ what is shown

    def where(self) -> str:
        """The inspection, and which case."""
        here = self.here
        case = f" ▸ {self.criteria.heading(here.case)}" if here else ""
        return f"{self.workspace.inspection.place} ▸ Moderation{case}"

    def far(self) -> str:
        """How many are left, and that nothing is written."""
        if self._found is None:
            return ""
        left = sum(not self._settled(one) for one in self.places)
        return f"{left} left, {len(self._waiting())} to write"

    def _waiting(self) -> list[Disagreement]:
        return [one for one in self.places if self.kept(one.case).choice(one.item).taken]

    def update_view(self) -> None:
        """Show the difference with the mark, or why there is none."""
        found = self._found
        nothing = self.query_one("#nothing", ParagraphView)
        nothing.words, nothing.look = self._nothing()
        self.set_class(bool(nothing.words), "-nothing")
        if found is not None and not nothing.words:
            self._show_list(found)
            self._show_difference(found)
        if found is not None and found.blinded:
            blinded = ", ".join(found.blinded)
            self.show_tip(f"Still being marked a second time, blind, so not shown: {blinded}", FLAG)
        else:
            words = "Both markings stay as they are; W writes down what was agreed, and by whom."
            self.show_tip(words)

    def _nothing(self) -> tuple[str, str]:
        found = self._found
        if self._trouble:
            return self._trouble, FLAG
        if found is None:
            return "Reading both markings …", ""
        if found.disagreements:
            return "", ""
        if found.blinded:
            words = (
                f"Being marked a second time, blind: {', '.join(found.blinded)}.  Nothing of either marking "
                "is shown until the second is finished."
            )
        elif found.cases:
            count = self.criteria.counted(len(found.cases))
            words = f"{count} marked twice, and no difference between the markings."
        else:
            words = (
                f"No {self.criteria.one} has been marked twice.  "
                "'sqs second draw' draws some; they are marked blind with "
                "'sqs tui --second', and what differs is settled here."
            )
        return words, ""

    def _show_list(self, found: Moderation) -> None:
        criteria, width = self.criteria, self.menu.size.width - 4
        self.menu.show_lines(
            Line(_id(one), difference_line(criteria, one, self.kept(one.case).choice(one.item), width))
            for one in found.disagreements
        )

    def _show_difference(self, found: Moderation) -> None:
        one = self.here
        if one is None:
            return
        criteria, choice = self.criteria, self.choice
        width = self.query_one("#sheet").size.width
        case = found.by_case[one.case]
        self.show_rows("#agreement-row", [agreement_row(criteria, case, found.agreement, width)])
        self.show_rows("#agreement", agreement_rows(criteria, case, found.agreement, 40))
        asked = self.query_one("#asked", ParagraphView)
        asked.words, asked.look = asked_words(criteria, one), TITLE
        for whose in (FIRST, SECOND):
            pane = self.query_one(f"#{whose}", SidePane)
            pane.show_side(side_of(criteria, one, whose), taken=choice.taken == whose)
        entries = self._outcomes(one) if self._other else self._options(one, width)
        self.query_one("#agreed", PickRow).show_picks(entries)
        self.query_one("#reasons", PickRow).show_picks(self._reasons(one))
        self.query_one("#kept", PickRow).show_picks(self._notes_kept(one, width))
        self.show_why()
        none = NOTHING_YET
        if one.agreed is not None:
            by = f" by {one.agreed.by}" if one.agreed.by else ""
            none = f"agreed{by} and written; choose again to agree otherwise"
        effect = self._effect_here(one)
        self.show_rows("#effect", effect_rows(criteria, effect, width, none))

    def _options(self, one: Disagreement, width: int) -> list[Entry]:
        """Return what can be chosen here, with what is."""
        criteria, item, difference = self.criteria, one.item, one.difference
        taken = self.choice.taken or (one.agreed.taken if one.agreed else "")
        if taken == "other" and one.agreed is not None:
            taken = one.agreed.agreed or "other"
        other = taken if taken and taken not in OPTIONS else ""
        mine, theirs = (
            outcome_words(criteria, item, value, brief=True)
            for value in (difference.first, difference.second)
        )
        if difference.same_outcome:
            mine, theirs = f"these {difference.kind}", f"those {difference.kind}"
        which = f": {outcome_words(criteria, item, other, brief=True)}" if other else ""
        brief = not criteria.has_question(item) or criteria.question(item).is_judged
        options = [
            ChoiceOption(FIRST, "←", mine, mine.split()[0] if brief else "this"),
            ChoiceOption(SECOND, "→", theirs, theirs.split()[0] if brief else "that"),
            ChoiceOption("other", "o", f"something else{which}", f"else{which}"),
            ChoiceOption(OPEN, "l", "leave open", "open"),
        ]
        if difference.kind == "reasons":
            options.insert(2, ChoiceOption(BOTH, "=", "both reasons", "both"))
        return option_entries("Agreed", options, "other" if other else taken, width)

    def _outcomes(self, one: Disagreement) -> list[Entry]:
        """Return the outcomes with their letters, once something else is wanted."""
        criteria = self.criteria
        entries: list[Entry] = [text("  Something else: type", FLAG)]
        for outcome in criteria.outcomes_of(criteria.question(one.item)):
            words = str(outcome.text).split(",")[0]
            entries.append(Pick(f"={outcome.id}", text(f"   {outcome.key} {words}", TITLE)))
        return entries

    def _reasons(self, one: Disagreement) -> list[Entry]:
        """Return the reasons of something else, with their ticks."""
        known = reasons_to_tick(self.criteria, one, self.choice.taken)[:9]
        entries: list[Entry] = [text("  Why not?", TITLE)] if known else []
        for place, reason in enumerate(known, 1):
            on_ = reason.id in self.choice.reasons
            words = f"  {place} {'[x]' if on_ else '[ ]'} {reason.text}"
            entries.append(Pick(reason.id, text(words, TITLE if on_ else "")))
        return entries

    def _notes_kept(self, one: Disagreement, width: int) -> list[Entry]:
        """Return whose notes go with the answer."""
        if one.difference.kind == "fact":
            return [text("  A fact has no notes to keep.", DIM)]
        kept = self.choice.kept or (one.agreed.kept if one.agreed else "")
        options = [ChoiceOption(name, "", words) for name, words in KEPT]
        none = "" if kept or width <= 70 else "   those of the view taken"
        return [
            *option_entries(f"{self.app.key_of('choice.notes')} Notes kept", options, kept, width),
            text(none, DIM),
        ]

    def _effect_here(self, one: Disagreement) -> Effect | None:
        """Return what the choice here would do; None where there is none, or it is being reckoned."""
        choice, folder = evolve(self.choice, why="", authority=""), self.workspace.folder
        if not choice.taken or one.case not in self.workspace.sessions:
            return None
        about = (one.case, one.item, choice, self.workspace.version)
        return self.effect_for(about, lambda: effect_of_choice(folder, one, choice))

    # ------------------------------------------------------------ going from one to another

    def begin_difference(self) -> None:
        """Show another difference: nothing else is wanted of it yet."""
        self._other = False
        super().begin_difference()

    def mark(self, one: Disagreement) -> None:
        """Put the mark on a difference."""
        self.commit()
        self.menu.mark(_id(one))

    def action_choice_next(self) -> None:
        """Go to the next difference that nothing is chosen about."""
        self.commit()
        places, here = self.places, self.here
        at = places.index(here) if here else 0
        following = (*places[at + 1 :], *places[:at])
        one = next((one for one in following if not self._settled(one)), None)
        if one is not None:
            self.mark(one)
            return
        if here and not self._settled(here):
            self.app.show_message("this is the last one that nothing is chosen about")
            return
        waiting = len(self._waiting())
        words = f"nothing is left to choose; W writes {waiting}" if waiting else "nothing is left to choose"
        self.app.show_message(words)

    def action_question_guidance(self) -> None:
        """Show all of the guidance on the question."""
        here = self.here
        if here and here.difference.kind != "fact":
            criteria = self.criteria
            self.app.push_screen(guidance_screen(criteria, criteria.question(here.item)))

    def leave(self) -> None:
        """Go out one level: from "something else" first."""
        if self._other:
            self._other = False
            self.refresh_view()
        else:
            super().leave()

    # ------------------------------------------------------------ choosing

    def on_key(self, event: events.Key) -> None:
        """Take the letter of an outcome once something else is wanted; digits tick its reasons."""
        here, key = self.here, event.character or ""
        if here is None or self.writing:
            return
        if self._other and key.isprintable() and key:
            criteria = self.criteria
            outcomes = criteria.outcomes_of(criteria.question(here.item))
            outcome = next((o for o in outcomes if o.key == key), None)
            self._other = False
            self.refresh_view()
            if outcome is not None:
                event.stop()
                self.take(outcome.id)
        elif len(key) == 1 and key in "123456789":
            event.stop()
            self._tick(int(key) - 1)

    @on(PickRow.Picked, "#agreed")
    def _picked(self, message: PickRow.Picked) -> None:
        if message.id == "other":
            self.action_choice_other()
        else:
            self._other = False
            self.take(message.id.removeprefix("="))

    @on(PickRow.Picked, "#reasons")
    def _reason_picked(self, message: PickRow.Picked) -> None:
        here = self.here
        if here:
            known = reasons_to_tick(self.criteria, here, self.choice.taken)
            self._tick([reason.id for reason in known].index(message.id))

    @on(PickRow.Picked, "#kept")
    def _kept_picked(self, message: PickRow.Picked) -> None:
        self.choose(kept="" if self.choice.kept == message.id else message.id)

    def action_choice_both(self) -> None:
        """Take both reasons, where the answer is the same."""
        here = self.here
        if here and here.difference.kind != "reasons":
            words = "both reasons can be taken where the answer is the same: ← or → here"
            self.app.show_message(words, warning=True)
        else:
            self.take(BOTH)

    def action_choice_open(self) -> None:
        """Leave it open for the lead."""
        self.take(OPEN)

    def action_choice_other(self) -> None:
        """Take neither view: another outcome, or another value of the fact."""
        here = self.here
        if here is None:
            return
        criteria, item = self.criteria, here.item
        hint = value_hint(criteria, item)
        if here.difference.kind == "fact" or hint:

            def typed(words: str) -> None:
                words = without_forbidden(words)[0].strip()
                self.choose_taken(other_called(criteria, here, words) or words)

            label = item_name(criteria, item)
            self.app.ask(f"{label}, {hint}:", "", typed, does="take it")
        else:
            self._other = True
            self.to_choice()
            self.refresh_view()

    def take(self, side: str) -> None:
        """Take one side, or what else is to count."""
        self.app.attempt(lambda: self.choose_taken(side))

    def choose_taken(self, taken: str) -> None:
        """Choose what is to count; UsageError where it cannot."""
        here = self.here
        if here is None or not taken:
            return
        self.commit()
        views = {here.difference.first: FIRST, here.difference.second: SECOND}
        if not here.difference.same_outcome:
            taken = views.get(taken, taken)
        choice = evolve(self.choice, taken=taken, reasons=(), why=self.choice.why or NO_REASON)
        decision_of(self.workspace.folder, here, choice)  # refused here, or never
        self.choose(taken=taken, reasons=())

    def _tick(self, place: int) -> None:
        """Tick or untick a reason of an outcome that is neither view."""
        here = self.here
        known = reasons_to_tick(self.criteria, here, self.choice.taken) if here else ()
        if place < len(known):
            ticked = {*self.choice.reasons} ^ {known[place].id}
            self.choose(reasons=tuple(reason.id for reason in known if reason.id in ticked))

    def action_choice_clear(self) -> None:
        """Take the choice back; the reason stays."""
        self.choose(taken="", reasons=())

    def action_choice_notes(self) -> None:
        """Say whose notes go with the answer: both, one, the other."""
        order = ["", *(kept for kept, _ in KEPT)]
        self.choose(kept=order[(order.index(self.choice.kept) + 1) % len(order)])

    def action_undo(self) -> None:
        """Say what takes a choice back: it is no step of a case."""
        self.app.show_message("Backspace takes this choice back; what was written can be agreed anew")

    # ------------------------------------------------------------ writing

    def look_at_effect(self) -> None:
        """Show the effect of all that is chosen and not written; UsageError where one has no reason."""
        waiting = self._waiting()
        if not waiting:
            self.app.show_message("nothing is chosen that is not written: ← or → chooses")
            return
        criteria, folder = self.criteria, self.workspace.folder
        decisions: dict[str, dict[str, Decision]] = {}
        rows = []
        for one in waiting:
            choice = self.kept(one.case).choice(one.item)
            name = f"{one.case} {item_name(criteria, one.item)}"
            if not choice.why:
                self.mark(one)
                raise UsageError(f"say why first (e): {name}")
            decisions.setdefault(one.case, {})[one.item] = decision_of(folder, one, choice)
            words = f"{taken_words(criteria, one.item, choice.taken)}: {' '.join(choice.why.split())}"
            rows.append((f"{one.case}  {item_name(criteria, one.item)}", words))

        self.show_effect(
            "Moderation", rows, lambda: effect_of_decisions(folder, decisions), lambda: self._write(decisions)
        )

    def _write(self, decisions: Decisions) -> None:
        workspace = self.workspace
        for case in decisions:
            workspace.check_saved_as_seen(case)
        count = write_decisions(workspace.folder, decisions)
        for case in decisions:
            workspace.read_again(case)
            workspace.read_choices(KIND, case, again=True)
        self.app.count()
        self.app.show_message(f"written: {counted(count, 'decision')}; both markings stay as they were")
        self.read()


def _id(one: Disagreement) -> str:
    return f"{one.case}:{one.item}"
