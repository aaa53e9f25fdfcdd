"""Before a case is finished: what is to be put right, apart from what to think about."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.errors import UsageError
from sqs_core.scoring.checks import check_before_finishing
from sqs_core.scoring.states import State
from sqs_tui.decisions import finish, reopen
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, short, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import outcome_word, problem_words, question_mark
from sqs_tui.screens.case import CaseFrame
from sqs_tui.screens.listed import Listed


class ReviewScreen(Listed, CaseFrame):
    """Everything that links to a question, with the way there."""

    deeds = (
        Deed("review.open", "enter", "go to it", "Open the question with the mark", foot=1),
        Deed(
            "review.finish",
            "F",
            "finish case",
            "Lock the answers; possible when nothing is to be put right",
            foot=2,
        ),
        Deed("review.reopen", "R", "reopen", "Open a finished case again; the reason is kept", foot=4),
        Deed("review.takeaway", "p", "take-away", "The sheet for the case manager", foot=3),
    )
    help_text = (
        "What stands first stops the case from being finished; what is only advice does not.  Finishing "
        "locks the answers.  A finished case is reopened with a reason, which is kept."
    )

    def where(self) -> str:
        """The case."""
        return f"{self.desk.inspection.place} ▸ Case {self.case} ▸ Check before finishing"

    def found(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """What stops, and what does not: question ("" for the facts) and words each."""
        found = check_before_finishing(
            self.desk.criteria, self.record, lambda keys: str(keys[1]) if len(keys) > 1 else ""
        )
        second = self.desk.second  # a second marking can be finished once everything is answered
        told = [
            (p.advice or (second and p.code != "C101"), (p.where, problem_words(p, self.record)))
            for p in found
        ]
        return [words for advice, words in told if not advice], [words for advice, words in told if advice]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """Errors that link, advice apart, and the case at a glance."""
        stops, advice = self.found()
        rows: list[Line] = [rule(width)]
        if self.record.status == "finished":
            rows.append(line(("  ✓ This case is finished; its answers are locked.", "good")))
        elif stops:
            rows.append(
                line((f"  {number(len(stops), 'thing')} to put right before this case can be finished", "no"))
            )
        else:
            rows.append(line(("  ✓ Nothing is left to put right: F finishes the case.", "good")))
        links = [*stops, *advice]
        self.cursor = max(0, min(self.cursor, len(links) - 1))
        glance = self._glance(width)
        longest = min(34 if width >= 74 else 30, max((len(self._called(q)) for q, _ in links), default=0))
        room = max(3, height - len(rows) - len(glance) - (1 if advice else 0))
        top = max(0, min(self.cursor - room // 2, len(links) - room))
        for place, (question, words) in list(enumerate(links))[top : top + room]:
            if place == len(stops):
                rows.append(
                    line((f"  {number(len(advice), 'thing')} to think about (does not stop you)", "flag"))
                )
            rows.append(self._link(place, question, words, longest, width))
        rows += [EMPTY] * (height - len(rows) - len(glance))
        return [*rows, *glance]

    def footer_deeds(self) -> Sequence[Deed]:
        """Only what can be done with the case as it is."""
        if self.case not in self.desk.sessions:  # shut meanwhile: the screen is being left
            return ()
        idle = {"review.finish" if self.record.status == "finished" else "review.reopen"}
        if not any(self.found()):
            idle.add("review.open")
        return [deed for deed in super().footer_deeds() if deed.id not in idle]

    def tip(self) -> Line:
        """How many there are, where not all are in view."""
        count = sum(map(len, self.found()))
        shown = self.size.height - 3 - 2 - len(self._glance(self.size.width))
        return line((f" {count} in all  ↓↑ for more", "dim")) if count > shown else EMPTY

    def _called(self, question: str) -> str:
        return str(self.desk.criteria.question(question).short) if question else "the facts"

    def _link(self, place: int, question: str, words: str, room: int, width: int) -> Line:
        here = place == self.cursor
        name = self._called(question)
        return line(
            (" ▶ " if here else "   ", "here"),
            (f"{short(name, room):<{room + 1}}", "here" if here else ""),
            short(words, width - room - 6),
            wish=f"row:{place}",
        )

    def _glance(self, width: int) -> list[Line]:
        criteria, record, standing = self.desk.criteria, self.record, self.desk.standing(self.case)
        rows: list[Line] = [rule(width)]
        most = max(len(criteria.theme_questions(theme.id)) for theme in criteria.themes)
        room = max(22, min(38, width - 6 - 6 * most))
        for theme in criteria.themes:
            title = short(str(theme.title), room)
            spans = [(f"  {theme.label} ", "title"), (f"{title:<{room + 1}}", "dim")]
            for question in criteria.theme_questions(theme.id):
                state = standing.states[question.id]
                if state is not State.NOT_ASKED:
                    mark, style = question_mark(criteria, record, question, state)
                    word = outcome_word(criteria, record, question, state) or mark
                    spans.append((f"{word:<6}", style))
            rows.append(line(*spans))
        answers = record.answers.values()
        learning, strengths = sum(bool(a.learning) for a in answers), sum(bool(a.strength) for a in answers)
        discuss = sum(a.discuss for a in answers)
        told = f"  {number(learning, 'learning point')}, {number(strengths, 'strength')}"
        spent = self.desk.times.spent.get(self.case) if self.sqs.settings.timer else None
        told += f", {discuss} to discuss at moderation"
        told += f", {number(spent.minutes, 'minute')} seen" if spent and spent.minutes else ""
        rows += [line((told, "dim"))]
        note = "  Finishing locks the answers; reopening asks for a reason, which is kept."
        return [*rows, *(line((row, "dim")) for row in wrapped(note, width - 2)[:1])]

    def do_open(self) -> None:
        """To the question with the mark, or to the facts."""
        from sqs_tui.screens.facts import FactsScreen
        from sqs_tui.screens.question import QuestionScreen

        stops, advice = self.found()
        links = [*stops, *advice]
        if not links:
            self.sqs.say("nothing to go to; F finishes the case")
            return
        question = links[self.cursor][0]
        below = self.sqs.screen_stack[-2]
        if not question:
            self.sqs.switch_screen(FactsScreen(self.case))
        elif isinstance(below, QuestionScreen) and below.case == self.case:
            self.sqs.pop_screen()
            below.visit(question)
        else:
            from sqs_tui.memory import Place

            self.sqs.switch_screen(QuestionScreen(self.case, Place(self.case, question)))

    def do_finish(self) -> None:
        """Lock the answers, when nothing is left to put right."""
        stops, _ = self.found()
        if self.record.status == "finished":
            self.sqs.say("this case is finished already; R opens it again, saying why")
        elif stops:
            self.sqs.say(f"{number(len(stops), 'thing')} to put right first", warning=True)
        else:
            finish(self.desk, self.case)
            self.sqs.say(f"case {self.case} is finished")
        self.draw()

    def do_reopen(self) -> None:
        """Unlock the answers, saying why."""
        if self.record.status != "finished":
            self.sqs.say("this case is open")
            return

        def said(why: str) -> None:
            if not why.strip():
                raise UsageError(f"no reason was written: case {self.case} is not opened, it stays finished")
            reopen(self.desk, self.case, why)
            self.sqs.say(f"case {self.case} is open again")

        self.ask(f"Why is case {self.case} opened again?", "", said)
