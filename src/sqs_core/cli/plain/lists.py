"""Strengths and areas for improvement: their items added, changed, moved, linked and removed."""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.cli.plain.writing import LetterWriting, Written
from sqs_core.records.narrative import Narrative
from sqs_core.storage.external_editor import TextOf
from sqs_core.storage.findings import findings_of
from sqs_core.text import counted, whole_number
from sqs_core.workflow import letter_lists
from sqs_core.workflow.figures import figure_filler, shown_text
from sqs_core.workflow.letter_lists import LISTS, Proposal, item_words, items, place_meant


class ListRoom(Room):
    """One list with what the records propose for it; each line says what to do with which item."""

    fits = '"add", "change 2", "move 2 1", "link 2 2.3", "remove 2" or "take 1"'

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.which = LISTS[shell.here.item]
        self.title = letter_lists.list_title(shell.criteria, self.which)
        self.filler = figure_filler(self.folder.inspection, findings_of(self.folder), self.narrative)
        self.proposals: tuple[Proposal, ...] = ()
        self.verbs: dict[str, Callable[[str], None]] = {
            "add": self._add,
            "change": self._change,
            "move": self._move,
            "link": self._link,
            "remove": self._remove,
            "take": self._take,
            "read": lambda words: self.arrive(),
        }

    @property
    def narrative(self) -> Narrative:
        """What the author wrote, as it is now."""
        return self.folder.narrative().record

    def arrive(self) -> None:
        """List the items, then what the records propose."""
        self._say_items()
        self.proposals = letter_lists.proposals_for(self.folder, self.which)
        open_ = [(n, one) for n, one in enumerate(self.proposals, 1) if not one.chosen]
        if open_:
            self.say('The records propose (nothing is chosen; "take 1" makes an item of the first):')
        numbers = self.workspace.number
        for place, one in open_:
            self.say(f"{place}. {one.text} [{', '.join(map(numbers, one.questions))}]")

    def _say_items(self) -> None:
        found = items(self.narrative, self.which)
        self.say(f"{self.title}, {counted(len(found), 'item')}.")
        for place, item in enumerate(found, 1):
            words = item_words(self.criteria, item)
            self.say(f"{place}. {shown_text(self.filler, words).text}")

    def prompt(self) -> str:
        """Ask what to do."""
        return f"{self.which.capitalize()} (add, change 2, move 2 1, link 2 2.3, remove 2, Enter to go back):"

    def enter(self) -> None:
        """Go back."""
        self.shell.obey("back")

    def typed(self, line: str) -> bool:
        """Do what a line says to an item."""
        verb, _, words = line.partition(" ")
        if verb.lower() not in self.verbs:
            return False
        self.verbs[verb.lower()](words.strip())
        return True

    def _make(self, change: Callable[[Narrative], Narrative], entered: str, words: str = "") -> None:
        if self.workspace.change_narrative(change, entered, words):
            self._say_items()
            self.say(self.workspace.saved)

    def _text(self, text: str, title: str, before: str, what: str, make: Callable[[str], None]) -> None:
        """Take ``text``, or ask for one in lines, and make something of it."""
        if text:
            make(text)
            return

        def save(found: Written) -> None:
            if words := found.onto(before):
                make(words)

        writing = LetterWriting(self.filler)
        intro = f"{title} now: {writing.shown(before)}" if before else ""
        which = TextOf(self.folder, "letter", "", what)
        self.shell.write(title, before, which, save, intro=intro, writing=writing)

    def _add(self, text: str, questions: tuple[str, ...] = ()) -> None:
        def make(words: str) -> None:
            entered = f"{self.which}, {counted(len(words), 'character')}"
            self._make(lambda n: letter_lists.adding(n, self.which, words, questions), entered, words)

        self._text(text, f"{self.title}, one more", "", f"{self.which}.add", make)

    def _change(self, rest: str) -> None:
        number, _, text = rest.partition(" ")
        place = place_meant(self.narrative, self.which, number)
        before = items(self.narrative, self.which)[place - 1].text

        def make(words: str) -> None:
            entered = f"{self.which} {place}, {counted(len(words), 'character')}"
            self._make(lambda n: letter_lists.editing(n, self.which, place, words), entered, words)

        self._text(text.strip(), f"{self.which.capitalize()} {place}", before, f"{self.which}.{place}", make)

    def _move(self, rest: str) -> None:
        place, to = (place_meant(self.narrative, self.which, word) for word in (f"{rest} ?").split()[:2])
        self._make(lambda n: letter_lists.moving(n, self.which, place, to), "the order of a list")

    def _link(self, rest: str) -> None:
        number, _, questions = rest.partition(" ")
        place = place_meant(self.narrative, self.which, number)
        names = [part.strip() for part in questions.replace(",", ";").split(";") if part.strip()]
        names = questions.split() if len(names) < 2 and "." in questions else names
        criteria = self.criteria
        linked = letter_lists.linking(criteria, self.narrative, self.which, place, names)
        found = items(linked, self.which)[place - 1].questions
        self._make(
            lambda n: letter_lists.linking(criteria, n, self.which, place, found), "the links of an item"
        )

    def _remove(self, rest: str) -> None:
        place = place_meant(self.narrative, self.which, rest)
        self._make(lambda n: letter_lists.removing(n, self.which, place), "an item removed")

    def _take(self, rest: str) -> None:
        place = whole_number(rest) or 0
        if not 1 <= place <= len(self.proposals):
            self.say("Take which? Type its number: take 1.")
            return
        one = self.proposals[place - 1]
        # A strength was worded by whoever marked it; of a figure that fell short the author makes words.
        self._add(one.text if self.which == "strengths" else "", one.questions)
