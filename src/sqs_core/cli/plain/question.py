"""One question of one case: the answer, then the reasons, then the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.saving import sentence
from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.criteria import Prompt, Question, Reason
from sqs_core.criteria.vocabulary import outcome_called, reasons_called, weights_called
from sqs_core.errors import UsageError
from sqs_core.records.case import NONE_OF_THEM, Answer
from sqs_core.records.computed import computed_words
from sqs_core.scoring.states import APPLYING
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import counted
from sqs_core.workflow.answering import (
    NOTE_TITLES,
    PRIVATE_NOTES,
    WEIGHT_WORDS,
    answer_hint,
    answer_words,
    giving,
    judging,
    note_title,
    noting,
    still_to_say,
    text_not_counted,
    ticking,
    weighing,
)
from sqs_core.workflow.navigation import Location, next_location
from sqs_core.workflow.progress import progress_of

LATER = "come back later"
HINT = 'Enter to go on, "back", "later", "goto 3.2", "evidence", "guidance", "shared", "quit".'


class QuestionRoom(Room):
    """Ask for an answer; after one that wants them, for reasons and evidence.

    ``reasons`` are those that can be ticked while they are asked for, ``prompts`` the points while they
    are weighed; ``judged`` says that an answer was just given, so that what it still wants is asked for next.
    Where the answer is a value, a line that is one is the answer; a number there is never a place in the list
    but that of a choice.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.question: Question = shell.criteria.question(shell.here.item)
        self.reasons: tuple[Reason, ...] = ()
        self.prompts: tuple[Prompt, ...] = ()
        self.judged = False

    @property
    def answer(self) -> Answer:
        """What is recorded here."""
        return self.record.answer(self.question.id)

    def arrive(self) -> None:
        """Say the question."""
        self.say_all(heading(self.shell, self.question))

    def prompt(self) -> str:
        """Ask for reasons or points where they are asked for, else for the answer."""
        if self.prompts:
            return "Points:"
        if self.reasons:
            return "Reasons:"
        now = answer_words(self.criteria, self.record, self.question.id)
        return f"Answer (now: {now or 'none'}):"

    def enter(self) -> None:
        """Go on."""
        if self.prompts:
            self.prompts = ()
            self.say_all(heading(self.shell, self.question))
        elif self.reasons:
            self._after_reasons()
        else:
            self.go(next_location(self.criteria, self.record, self.question.id))

    def typed(self, line: str) -> bool:
        """Take an answer, reasons, or how points are weighed."""
        if self.prompts:
            return self._weigh(line)
        if self.reasons:
            return self._tick(line)
        criteria = self.criteria
        outcome = outcome_called(criteria, self.question, line)
        if outcome is not None:
            self._judge(outcome.id)
            return True
        if not self.question.is_judged and self._give(line):
            return True
        if self.question.is_judged and line == str(len(criteria.outcomes_of(self.question)) + 1):
            line = LATER
        if line.lower() == LATER:
            self.shell.obey("later")
            return True
        return False

    def _give(self, line: str) -> bool:
        """Answer with the value that ``line`` says, or tick choices; whether it says one, or tries to."""
        shell, asked = self.shell, self.question
        if asked.answer == "text":
            if line == "1":
                write_note(shell, "evidence")
            return line == "1"
        words = self._ticked(line) if asked.answer == "several" else line
        try:
            step = giving(shell.criteria, asked.id, words)
        except UsageError as error:
            place = shell.place_called(line) if "." in line else ""
            if not line[0].isdigit() or isinstance(place, Location):
                return False
            shell.say(sentence(error))
            return True
        if shell.workspace.make(shell.here.case, step):
            self.judged = True
            self._after_reasons()
        return True

    def _ticked(self, line: str) -> str:
        """Return the choices ticked after those meant by the numbers in ``line`` changed; else ``line``."""
        known, value = [choice.id for choice in self.question.choices], self.answer.value
        if line == "0":
            return NONE_OF_THEM
        chosen = reasons_called(known, line)
        if not isinstance(chosen, frozenset):
            return line
        now = frozenset(value if isinstance(value, tuple) else ()) ^ chosen
        return ", ".join(name for name in known if name in now)

    def not_understood(self) -> str:
        """Say what an answer can be, and that the line can be kept."""
        options = self.criteria.outcomes_of(self.question)
        letters = " ".join(outcome.key for outcome in options)
        if not self.question.is_judged:
            hints = {"text": "1 to write the answer", "several": "numbers from the list, 0 for none of them"}
            hint = hints.get(self.question.answer) or answer_hint(self.question)
            letters = f"a letter ({letters}), " if letters else ""
            return f'Type {hint}, {letters}a question such as 3.2, or "help".'
        return (
            f"Type a number from 1 to {len(options) + 1}, a letter ({letters}), a question such as 3.2, "
            'or "help"; "keep" puts the line into the evidence.'
        )

    def _judge(self, outcome: str) -> None:
        shell, criteria = self.shell, self.criteria
        if not shell.workspace.make(shell.here.case, judging(criteria, self.question.id, outcome)):
            return
        self.judged = True
        if criteria.reasons_of(self.question, outcome):
            self.ask_reasons()
        else:
            self._after_reasons()

    def ask_reasons(self) -> None:
        """Begin to ask for reasons, by their numbers."""
        if not self.question.is_judged:
            self.say("\n".join(_ways(self.question, self.answer)))
            return
        criteria, given = self.criteria, self.answer.outcome
        reasons = criteria.reasons_of(self.question, given) if given else ()
        if not reasons:
            self.say("There are no reasons to tick for this answer.")
            return
        ticked = set(self.answer.reasons)
        width = max(len(str(reason.text)) for reason in reasons) + 2
        self.say("Why not? Tick with numbers, for example 1 2. Empty line to go on.")
        self.say_all(
            f"{n}. {reason.text!s:{width}}{'ticked' if reason.id in ticked else 'not ticked'}"
            for n, reason in enumerate(reasons, 1)
        )
        self.reasons = reasons

    def ask_points(self) -> None:
        """Begin to ask how points are weighed, by their numbers."""
        if not self.question.prompts:
            self.say("There are no points to weigh for this question.")
            return
        weighed = self.answer.prompts
        self.say("Weigh with numbers, for example 1 3 yes, 2 no, 4 n/a. Empty line to go on.")
        words = {name: WEIGHT_WORDS[weight] for name, weight in weighed.items()}
        self.say_all(
            f"{n}. {prompt.text}: {words.get(prompt.id, 'not weighed')}"
            for n, prompt in enumerate(self.question.prompts, 1)
        )
        self.prompts = self.question.prompts

    def _weigh(self, line: str) -> bool:
        weights = weights_called(self.prompts, line)
        if isinstance(weights, str):
            self.say(weights)
        elif weights is not None:
            step = weighing(self.criteria, self.question.id, weights)
            self.workspace.make(self.shell.here.case, step)
        return weights is not None

    def _tick(self, line: str) -> bool:
        known = [reason.id for reason in self.reasons]
        if line.lower() == "none":
            # No reason is meant here, not "take the answer away", which the word is elsewhere.
            self._toggle(frozenset(known) & frozenset(self.answer.reasons))
            self._after_reasons()
            return True
        chosen = reasons_called(known, line)
        if isinstance(chosen, str):
            self.say(chosen)
        elif chosen is not None:
            self._toggle(chosen)
        return chosen is not None

    def _toggle(self, chosen: frozenset[str]) -> None:
        # What is ticked now decides what a number means, not what someone else saves meanwhile.
        now = frozenset(self.answer.reasons)
        step = ticking(self.criteria, self.question.id, chosen - now, chosen & now)
        self.workspace.make(self.shell.here.case, step)

    def _after_reasons(self) -> None:
        """Ask for the evidence where the answer wants it, and say what Enter leads to."""
        self.reasons = ()
        if not self.judged:
            return
        self.judged = False
        shell, name = self.shell, self.question.id
        if "evidence" in still_to_say(shell.criteria, shell.record, name):
            write_note(shell, "evidence")
        number = shell.workspace.number(name)
        if self.answer.later is not None:
            shell.say(f'{number} is still marked to come back to; "done" takes the mark away.')
        following = next_location(shell.criteria, shell.record, name).item
        leads = f"Next is {shell.workspace.number(following)}." if following else "That was the last one."
        shell.say(f"{leads} {'Enter to go on.' if shell.hinted else HINT}")
        shell.hinted = True


def heading(shell: Shell, question: Question) -> Iterator[str]:
    """Yield where one is, the question, its outcomes by number, and what is recorded so far."""
    criteria, record = shell.criteria, shell.record
    progress = progress_of(criteria, record)
    asked = [name for name, state in progress.states.items() if state in APPLYING]
    theme = next(t for t in criteria.themes if t.id == question.theme)
    where = f"Question {asked.index(question.id) + 1} of {progress.asked}." if question.id in asked else ""
    practice = " Practice." if record.practice else ""
    shared = " Shared view." if shell.workspace.shared else ""
    section = f"Section {theme.label}, {theme.title}."
    line = f"{criteria.heading(record.case)}.{practice}{shared} {section} {where} {progress.done} answered."
    yield " ".join(line.split())
    if question.id not in asked:
        yield (
            f"This question is not asked of this {criteria.one} as its facts stand. "
            "An answer would be kept, but not counted."
        )
    yield f"{shell.workspace.number(question.id)} {question.text}"
    outcomes = criteria.outcomes_of(question)
    if question.is_judged:
        options = [*(str(outcome.text) for outcome in outcomes), LATER]
        yield "\n".join(f"{n}. {words}" for n, words in enumerate(options, 1))
    else:
        yield "\n".join(
            (*_ways(question, record.answer(question.id)), *(f"{o.key}. {o.text}" for o in outcomes))
        )
    if words := computed_words(criteria, record, question):
        yield words
    if question.prompts:
        yield f'{counted(len(question.prompts), "point")} to weigh; "points" tells them.'
    yield from recorded(shell, question, record.answer(question.id))
    if (made := record.override(question.id)) and not shell.workspace.shared:
        counts = criteria.outcome_of(question, made.new).text
        yield f"Overridden: {counts} counts, by authority of {made.authority}: {made.remark}"


def _ways(question: Question, answer: Answer) -> Iterator[str]:
    """Yield how a value is given: what can be typed, or the choices by their numbers."""
    if question.answer == "text":
        yield "1. write the answer"
    elif question.answer == "several":
        value = answer.value
        ticked = value if isinstance(value, tuple) else ()
        for n, choice in enumerate(question.choices, 1):
            yield f"{n}. {choice.text}{', ticked' if choice.id in ticked else ''}"
        yield f"0. {NONE_OF_THEM}"
    else:
        yield f"Type {answer_hint(question)}."


def recorded(shell: Shell, question: Question, answer: Answer) -> Iterator[str]:
    """Yield what is noted under a question, but for its answer; in the shared view no private note."""
    shared = shell.workspace.shared
    ticked = [str(shell.criteria.reason_of(question, r).text) for r in answer.reasons]
    if ticked:
        yield f"Reasons: {'; '.join(ticked)}."
    if answer.prompts and not shared:
        weights = (
            f"{p.text}: {WEIGHT_WORDS[answer.prompts[p.id]]}"
            for p in question.prompts
            if p.id in answer.prompts
        )
        yield f"Weighed: {'; '.join(weights)}."
    for note in NOTE_TITLES:
        said = shell.criteria.in_its_words("The case manager said")
        name = said if note == "said" else note_title(shell.criteria, note, question)
        if note == "evidence" and text_not_counted(shell.criteria, shell.record, question.id):
            name = "Kept, not counted"
        text = getattr(answer, note)
        if text and not (shared and note in PRIVATE_NOTES):
            yield f"{name}: {text}"
    if answer.later is not None:
        why = "" if shared or not answer.later else f": {answer.later}"
        yield f"Marked to come back to{why}."
    if answer.discuss and not shared:
        yield "Marked to discuss at moderation."


def write_note(shell: Shell, note: str) -> None:
    """Ask for a note in lines and save it."""
    here = shell.here
    before = str(getattr(shell.record.answer(here.item), note))
    title = note_title(shell.criteria, note, shell.criteria.question(here.item))
    intro = f"{title} now: {before}" if before else ""
    if shell.workspace.shared and note in PRIVATE_NOTES:
        intro = "Shared view: what you type can be read by both."
    which = TextOf(shell.folder, "case", here.case, f"{here.item}.{note}")
    shell.write(
        title,
        before,
        which,
        lambda found: put_note(shell, note, found.text, replaces=found.replaces),
        intro=intro,
    )


def put_note(shell: Shell, note: str, text: str, *, replaces: bool = False) -> None:
    """Save ``text`` as the note, after what is there or instead of it."""
    step = noting(shell.criteria, shell.here.item, note, text, replaces=replaces)
    shell.workspace.make(shell.here.case, step)
