"""The words "moderate", "merge" and "override": one thing asked after the other, the effect, then a yes.

What was chosen before the end, however it came, is kept and offered again, here and on the screens.
"""

from __future__ import annotations

from sqs_core.cli.plain.shell import Shell
from sqs_core.criteria import Question
from sqs_core.criteria.vocabulary import outcome_called, reasons_called
from sqs_core.letter.effect import Effect
from sqs_core.records.second_marking import NotesKept
from sqs_core.state import path_typed
from sqs_core.storage.folder import OnProgress, open_inspection
from sqs_core.storage.merge.choices import named, needs_why, side_words
from sqs_core.storage.merge.three_way import FieldDifference, Side
from sqs_core.storage.moderation.pending_decisions import PendingChoice
from sqs_core.storage.moderation.sign_off import overridable
from sqs_core.text import clean, counted
from sqs_core.workflow import merging, moderation, overriding
from sqs_core.workflow.answering import answer_hint
from sqs_core.workflow.choosing import keep_choice, kept_choice
from sqs_core.workflow.effect_words import effect_sentences
from sqs_core.workflow.merging import MergeRead, PendingDecisionsError
from sqs_core.workflow.moderation import Disagreement
from sqs_core.workflow.navigation import case_called

SIDES: dict[str, Side] = {"1": "ours", "ours": "ours", "2": "theirs", "theirs": "theirs"}
EVERY = 100
"""How far it is, is said after so many records."""


class DecisionWords(Shell):
    """What is decided between several people, with a reason."""

    def _effect(self, effect: Effect) -> None:
        self.say_all(effect_sentences(self.criteria, effect))

    def _reason(self, prompt: str, what: str = "the reason") -> str:
        return clean(self.ask(prompt), what)

    def _say_chosen(self, choice: PendingChoice | None) -> None:
        """Say what was chosen before, and not written."""
        if choice and choice.taken:
            self.say(f"Chosen, not written yet: {choice.taken}. {choice.why}")

    def _outcomes(self, question: Question) -> str:
        """Return the outcomes of ``question``, each with its letter."""
        return ", ".join(f"{o.key} {o.text}" for o in self.criteria.outcomes_of(question))

    # ------------------------------------------------------------ overriding

    def do_override(self, rest: str) -> None:
        """Ask what is to count, why and by whose authority; say the effect; write it on yes."""
        folder, case, item = self.folder, self.here.case, self.here.item
        question, record = self.criteria.question(item), self.record
        if not question.is_judged:
            overridable(self.criteria, record, item, "")  # says what is done instead
        before = kept_choice(folder.path, overriding.KIND, case, item)
        self._say_chosen(before)
        now = record.judged(item)
        if now is not None:
            counts = self.criteria.outcome_of(question, now).text
            self.say(f"{self.workspace.number(item)} now counts as: {counts}.")
        asked = f"Which outcome is to count? {self._outcomes(question)}:"
        line = rest or self.ask(asked) or before.taken
        outcome = outcome_called(self.criteria, question, line)
        if outcome is None:
            self.say("Nothing is overridden: that is no outcome of this question.")
            return
        overridable(self.criteria, record, item, outcome.id)
        # Kept at once: the line may be cut before the reason is typed.
        keep_choice(folder.path, overriding.KIND, case, item, taken=outcome.id)
        why = self._reason("Why? One line, it is kept in the record:") or before.why
        authority = (
            self._reason("By whose authority? A role or initials:", "the authority") or before.authority
        )
        choice = keep_choice(folder.path, overriding.KIND, case, item, why=why, authority=authority)
        self._effect(overriding.effect_of_override(folder, case, item, outcome.id))
        if overriding.still_missing(choice):
            self.say("Nothing is written: why, and by whose authority, has to be said. The rest is kept.")
        elif self.yes("the override"):
            overriding.write_override(folder, case, item, choice)
            self.workspace.reread(case)
            self.say_saved(f"{outcome.text} counts now; the answer stays beside it.")

    # ------------------------------------------------------------ moderation

    def do_moderate(self, rest: str) -> None:
        """Go through the differences of one case, or of all marked twice; then write what was chosen."""
        folder = self.folder
        cases, blinded = moderation.cases_to_compare(folder)
        if rest:
            case = case_called(rest, cases)
            if case is None:
                can = " ".join(cases)
                heading = folder.criteria.heading(f'"{rest}"')
                self.say(f"{heading} has no two markings to compare; compared can be: {can}.")
                return
            cases = (case,)
        if blinded:
            self.say(f"Still being marked a second time, blind, so not shown: {', '.join(blinded)}.")
        found = moderation.read_moderation(folder, cases if rest else ())
        listed = found.disagreements
        if not listed:
            self.say(f"{folder.criteria.counted(len(cases))} marked twice, and no difference to settle.")
            return
        if sentence := moderation.agreement_sentence(found.agreement):
            self.say(sentence)
        for place, one in enumerate(listed, 1):
            self._say_disagreement(one, f"Difference {place} of {len(listed)}.")
            if not self._ask_about(one):
                break
        self._write_decisions(listed)

    def _say_disagreement(self, one: Disagreement, where: str) -> None:
        name = moderation.name_of_item(self.criteria, one.item)
        same = moderation.same_words(one)
        self.say(f"{self.criteria.heading(one.case)}. {where} {name} {same}".rstrip())
        for side in (moderation.FIRST, moderation.SECOND):
            self.say_all(moderation.view_sentences(self.criteria, one, side))
        self.say("\n".join(f"{n}. {words}" for n, (_, words) in enumerate(moderation.options_of(one), 1)))
        if one.agreed is not None:
            self.say(f"Agreed before and written: {one.agreed.agreed or 'left open'}. {one.agreed.why}")
        self._say_chosen(kept_choice(self.folder.path, moderation.KIND, one.case, one.item))

    def _ask_about(self, one: Disagreement) -> bool:
        """Ask what is agreed about one difference; whether to go on to the next."""
        folder = self.folder
        where = (folder.path, moderation.KIND, one.case, one.item)
        while True:
            line = self.ask("Agreed (a number, Enter for the next difference, stop to end):").lower()
            if line in ("", "stop"):
                return not line
            if taken := self._taken(one, line):
                break
            self.say("Type a number from the list.")
        # Kept at once: the line may be cut before the reason is typed.
        before = keep_choice(*where, taken=taken, reasons=())
        keep_choice(*where, reasons=self._reasons(one, taken))
        why = self._reason("Why? One line, it is kept with the record:", "the reason why") or before.why
        keep_choice(*where, why=why)
        choice = keep_choice(*where, kept=self._notes_kept(one))
        self._effect(moderation.effect_of_choice(folder, one, choice))
        self.say("Kept; nothing is written yet." + ("" if why else " A reason is still needed."))
        return True

    def _taken(self, one: Disagreement, line: str) -> str:
        option = moderation.option_called(one, line)
        if option != moderation.OTHER:
            return option
        asked = "Which value?"
        if self.criteria.has_question(one.item):
            question = self.criteria.question(one.item)
            asked = f"Which outcome? {self._outcomes(question)}:"
            if not question.is_judged:
                ways = filter(None, (answer_hint(question), self._outcomes(question)))
                asked = f"Which value? {'; or '.join(ways)}:"
        return moderation.other_called(self.criteria, one, self.ask(asked))

    def _reasons(self, one: Disagreement, taken: str) -> tuple[str, ...]:
        """Ask for the reasons of an outcome that is neither marking's."""
        reasons = moderation.reasons_to_tick(self.criteria, one, taken)
        if not reasons:
            return ()
        self.say_all(f"{place}. {reason.text}" for place, reason in enumerate(reasons, 1))
        while True:
            line = self.ask("Why not? Tick with numbers, for example 1 2. Enter keeps those of the first:")
            if not line:
                return ()
            chosen = reasons_called([reason.id for reason in reasons], line)
            if isinstance(chosen, frozenset):
                return tuple(reason.id for reason in reasons if reason.id in chosen)
            self.say(chosen or "Type numbers from the list, or Enter.")

    def _notes_kept(self, one: Disagreement) -> NotesKept:
        if not self.criteria.has_question(one.item):
            return ""
        while True:
            line = self.ask(
                "Whose notes are kept? both, first, second, or Enter for those of the view taken:"
            )
            if line.lower() in moderation.NOTES_KEPT:
                return moderation.NOTES_KEPT[line.lower()]
            self.say("Type both, first or second, or Enter.")

    def _write_decisions(self, listed: tuple[Disagreement, ...]) -> None:
        """Say what all that was chosen does together, and write it where the person says yes."""
        folder = self.folder
        decisions, silent = moderation.to_write(folder, listed)
        for one in silent:
            name = moderation.name_of_item(self.criteria, one.item)
            self.say(f"Not written, as nobody said why: {one.case} {name}")
        count = sum(map(len, decisions.values()))
        if not count:
            self.say("Nothing to write.")
            return
        self.say("All together:")
        self._effect(moderation.effect_of_decisions(folder, decisions))
        if not self.yes(counted(count, "decision")):
            return
        moderation.write_decisions(folder, decisions)
        for case in decisions:
            self.workspace.reread(case)
        self.say_saved(f"{counted(count, 'decision')} written; both markings stay as they were.")

    # ------------------------------------------------------------ merging

    def do_merge(self, rest: str) -> None:
        """Merge the folder typed; what both changed is asked one by one, and kept until it is written."""
        folder = self.folder
        if not rest:
            begun = merging.merges_begun(folder)
            self.say_all(f"Begun: {c.about}, {counted(len(c.choices), 'choice')} kept." for c in begun)
            rest = self.ask("Which folder is to be merged into this one?")
        if not rest:
            return
        merge = merging.read_merge(folder, path_typed(rest), self._progress_line("Read"))
        self.say_all(f"To look at in {merge.other}: {problem}." for problem in merge.problems)
        self.say(merge.summary)
        self.say_all(f"Taken: {name}." for name in merge.taken)
        for place, difference in enumerate(merge.differences, 1):
            if not self._decide(merge, difference, f"Difference {place} of {len(merge.differences)}."):
                break
        self._write_merge(merge)

    def _progress_line(self, done: str) -> OnProgress:
        def on_progress(at: int, total: int) -> None:
            if at and at % EVERY == 0:
                self.say(f"{done} {at} of {total}.")

        return on_progress

    def _decide(self, merge: MergeRead, difference: FieldDifference, where: str) -> bool:
        """Ask about one difference; whether to go on to the next."""
        self.say(f"{where} {named(self.criteria, difference)}.")
        self.say(f"Before: {side_words(self.criteria, difference, difference.base)}")
        self.say(f"1. ours: {side_words(self.criteria, difference, difference.ours)}")
        self.say(f"2. theirs: {side_words(self.criteria, difference, difference.theirs)}")
        self._say_chosen(merging.choice_about(merge, difference))
        while (line := self.ask("Take (1 or 2, Enter for the next, stop to end):").lower()) not in SIDES:
            if line in ("", "stop"):
                return not line
            self.say("Type 1 for ours, 2 for theirs.")
        # Kept at once: the line may be cut before the reason is typed.
        choice = merging.keep_side(merge, difference, SIDES[line])
        need = (
            "Why? Needed, as two judged otherwise:" if needs_why(difference) else "Why? Enter for no reason:"
        )
        merging.keep_side(merge, difference, SIDES[line], self._reason(need) or choice.why)
        self.say("Kept; nothing is written yet.")
        return True

    def _write_merge(self, merge: MergeRead) -> None:
        try:
            plan = merging.ready(merge)
        except PendingDecisionsError as left:
            self.say(str(left))
            return
        if not plan.changed:
            self.say("There is nothing to merge: everything is here already.")
            return
        self._effect(merging.effect_of_merge(plan))
        if not self.yes(f"the merge, {counted(len(plan.changed), 'record')}"):
            return
        written = merging.write_merge(merge, plan, self._progress_line("Written"))
        self.workspace.folder = open_inspection(merge.folder.path, actor=merge.folder.actor)
        self.workspace.refresh()
        self.say_saved(f"Merged: {counted(len(written), 'record')} written.")
