"""The catalogue of commands, from which palette, footers, help, plain words and docs are made.

A screen takes its bindings from here, so that a key means the same everywhere:

    BINDINGS = [
        Binding(",".join(c.keys), c.action, c.name, id=c.id, show=c.footer > 0)
        for c in commands_in("question")
        if c.keys
    ]

and the command palette lists ``commands_in(view)`` and finds by ``c.found_by``.  Plain mode takes the same
commands by their words (:func:`word_called`); ``docs/commands.py`` writes the tables of the docs.

Keys: ``b`` goes back, ``p`` is the take-away sheet, ``x`` is "not applicable", ``d`` marks for discussion,
``m`` moderates, ``k`` is "not known", wherever they do anything; ``X`` writes a file, ``e`` writes words
about what the mark is on, ``W`` writes what was chosen.  Arrows move.  ``tests/workflow/test_commands.py``
holds that no key has two meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from attrs import field, frozen

from sqs_core.workflow.navigation import View

CommandSection = Literal[
    "moving", "this question", "this case", "the inspection", "the letter", "files",
    "choosing", "before an inspection", "always",
]  # fmt: skip

QUESTION: Final[tuple[View, ...]] = ("question",)
IN_A_CASE: Final[tuple[View, ...]] = ("question", "facts", "review")
MAIN: Final[tuple[View, ...]] = ("cases", "board", "letter", "check", "left")
DECIDING: Final[tuple[View, ...]] = ("moderation", "merge", "override")
NOWHERE: Final[tuple[View, ...]] = ()


@frozen
class Command:
    """One thing a person can do.

    ``id`` is stable: keys are rebound by it.  ``name`` is what it is called in a footer, ``help`` says what
    it does, without a full stop.  ``keys`` work in ``views`` (in all of them where there are none);
    ``footer`` is its place in a footer (1 is the last to fall off, 0 is not shown there).  ``word`` is what
    plain mode knows it by, ``short`` its short forms, ``takes`` what may follow, ``rooms`` where it works
    (everywhere where there are none).  ``finds`` are further words to find it by.
    """

    id: str
    name: str
    help: str
    section: CommandSection
    keys: tuple[str, ...] = field(kw_only=True, default=())
    views: tuple[View, ...] = field(kw_only=True, default=())
    footer: int = field(kw_only=True, default=0)
    word: str = field(kw_only=True, default="")
    short: tuple[str, ...] = field(kw_only=True, default=())
    takes: str = field(kw_only=True, default="")
    rooms: tuple[View, ...] = field(kw_only=True, default=())
    finds: str = field(kw_only=True, default="")

    @property
    def action(self) -> str:
        """The name of the method that carries it out: "question_not_later"; of ``app.undo`` it is "undo"."""
        return self.id.removeprefix("app.").replace(".", "_").replace("-", "_")

    @property
    def found_by(self) -> str:
        """All that a palette finds it by, in small letters."""
        return f"{self.name} {self.word} {self.help} {self.id} {self.finds}".lower()

    @property
    def line(self) -> str:
        """What ``help`` says of its word: "goto (3.2, victims, case 9): a question, a case, a view."."""
        takes = f" ({self.takes})" if self.takes else ""
        return f"{self.word}{takes}: {self.help}."


COMMANDS: Final = (
    # ------------------------------------------------------------ moving
    Command(
        "question.next", "next", "the next question that applies and is not answered", "moving",
        keys=("enter",), views=QUESTION, footer=1, word="next", rooms=QUESTION,
    ),
    Command(
        "question.return", "back", "where you were before", "moving",
        keys=("b",), views=QUESTION, footer=2, word="back", short=("b",),
    ),
    Command(
        "question.following", "question after", "the next question in order, answered or not", "moving",
        keys=("]",), views=QUESTION, word="forward", short=("]",), rooms=QUESTION,
    ),
    Command(
        "question.previous", "question before", "the question before in order", "moving",
        keys=("[",), views=QUESTION, word="backward", short=("[",), rooms=QUESTION,
    ),
    Command(
        "app.go", "go to", "a question, a case, a view, or what is marked to come back to", "moving",
        keys=("G", "ctrl+g"),
        word="goto", short=("go", "g"), takes="3.2, victims, case 9, 9 3.2, later",
    ),
    Command(
        "view.cases", "cases", "the list of cases", "moving",
        keys=("1",), views=MAIN, word="cases", short=("overview",), finds="grid",
    ),
    Command(
        "case.facts", "facts", "the facts of this case: they decide what is asked", "moving",
        keys=("f",), views=("cases", "question"), footer=2, word="facts", rooms=IN_A_CASE,
    ),
    Command(
        "case.review", "check case", "what is left to put right in this case", "moving",
        keys=("F",), views=("cases", "question", "facts"), word="review", rooms=IN_A_CASE, finds="finish",
    ),
    Command(
        "view.interviews", "interviews", "the staff interviews", "moving",
        keys=("3",), views=MAIN, word="interviews", takes="or a letter: interviews A", finds="staff people",
    ),
    Command(
        "app.jump", "jump", "a letter on every field of this screen; press it to go there", "moving",
        keys=("ctrl+o",),
    ),
    Command(
        "list.open", "open", "open what the mark is on", "moving",
        keys=("enter",), footer=1,
        views=("start", "cases", "facts", "review", "board", "check", "left", "unsaved", "actions",
               "compared"),
    ),
    Command(
        "app.back", "out", "out one level, from the start page back in; nothing is lost", "moving",
        keys=("escape",),
    ),
    # ------------------------------------------------------------ this question
    Command(
        "question.read", "read", "say the question, its answer and its notes again", "this question",
        views=NOWHERE, word="read", rooms=QUESTION,
    ),
    Command(
        "question.guidance", "guidance", "what to look for", "this question",
        keys=("g",), views=("question", "moderation"), footer=7, word="guidance", short=("guide",),
        rooms=QUESTION,
    ),
    Command(
        "question.reasons", "reasons", "tick reasons or choices, weigh points, type a value", "this question",
        keys=("r",), views=QUESTION, word="reasons", rooms=QUESTION, finds="why not",
    ),
    Command(
        "question.points", "points", "weigh the points of the question", "this question",
        word="points", rooms=QUESTION, finds="prompts weigh expectations",
    ),
    Command(
        "question.pick", "choose", "choose the line with the mark", "this question",
        keys=("space",), views=QUESTION,
    ),
    Command(
        "question.evidence", "evidence", "write evidence, with its place in the file", "this question",
        keys=("e",), views=QUESTION, footer=4, word="evidence", short=("e",), rooms=QUESTION,
    ),
    Command(
        "question.said", "said", "write what the case manager said", "this question",
        keys=("c",), views=QUESTION, footer=6, word="said", short=("c",), rooms=QUESTION,
    ),
    Command(
        "question.learning", "learning", "write what the case manager takes away", "this question",
        keys=("t",), views=QUESTION, footer=9, word="learning", short=("t",), rooms=QUESTION,
    ),
    Command(
        "question.strength", "strength", "write what was done well", "this question",
        keys=("+",), views=QUESTION, footer=9, word="strength", short=("+",), rooms=QUESTION,
    ),
    Command(
        "question.keep", "keep", "put the line not understood into a note", "this question",
        word="keep", takes="evidence, said …", rooms=QUESTION,
    ),
    Command(
        "question.text", "text", "read a report or the like; it is saved nowhere", "this question",
        keys=("v",), views=QUESTION, footer=10,
        word="text", takes="report.txt as PSR, paste as PSR", rooms=QUESTION, finds="psr pre-sentence report",
    ),
    Command(
        "text.quote", "quote", "find words in the text, or quote into the evidence", "this question",
        keys=("enter",), views=("text",), footer=1, word="quote", takes="words, or 1", rooms=QUESTION,
    ),
    Command("text.find", "find in the text", "find words in the text", "this question",
            keys=("/",), views=("text",), footer=2),
    Command("text.move", "move the text", "the text below the question, or all over the screen",
            "this question", keys=("V",), views=("question", "text"), footer=5),
    Command("text.other", "other text", "read another file, or a paste, beside this case", "this question",
            keys=("o",), views=("text",), footer=6),
    Command("text.forget", "forget the text", "nothing of it is kept but what was quoted", "this question",
            views=("question", "text")),
    Command(
        "question.later", "later", "mark it to come back to, with a line of why", "this question",
        keys=("l", "ctrl+l"), views=QUESTION, footer=3,
        word="later", short=("l",), takes="why", rooms=QUESTION, finds="flag",
    ),
    Command(
        "question.not-later", "done", "take the mark to come back away", "this question",
        word="done", rooms=QUESTION,
    ),
    Command(
        "question.discuss", "discuss", "mark it for moderation, or take the mark away", "this question",
        keys=("d",), views=QUESTION, footer=8, word="discuss", short=("d",), rooms=QUESTION,
    ),
    Command(
        "question.clear", "take the answer away", "take the answer away; notes stay", "this question",
        keys=("backspace",), views=QUESTION, word="none", rooms=QUESTION,
    ),
    Command(
        "question.override", "override", "let another outcome count, saying why and by whose authority",
        "this question", keys=("M",), views=QUESTION, word="override", takes="n", rooms=QUESTION,
    ),
    Command("question.done", "done, next question", "keep the note and go on", "this question",
            keys=("ctrl+j", "ctrl+enter"), views=QUESTION),
    Command("app.copy", "copy", "send the text of this note to the terminal's clipboard", "this question",
            keys=("Y",)),
    # ------------------------------------------------------------ this case
    Command(
        "case.answers", "answers", "every answer of this case", "this case", word="answers", rooms=IN_A_CASE,
    ),
    Command(
        "case.takeaway", "take-away", "the sheet for the case manager", "this case",
        keys=("p",), views=("cases", *IN_A_CASE), footer=7,
        word="takeaway", takes="judgements, or a file", rooms=IN_A_CASE, finds="learning strengths",
    ),
    Command("takeaway.judgements", "judgements", "tell the judgements too, or not", "this case",
            keys=("J",), views=("takeaway",), footer=3),
    Command(
        "case.finish", "finish case", "lock the answers; says what is missing where something is",
        "this case", keys=("F",), views=("review",), footer=2, word="finish", rooms=IN_A_CASE, finds="lock",
    ),
    Command(
        "case.reopen", "reopen", "open a finished case again; the reason is kept", "this case",
        keys=("R",), views=("review",), footer=4, word="reopen", takes="why", rooms=IN_A_CASE,
        finds="unlock",
    ),
    Command("facts.tick", "tick", "tick or untick; choose the next of several", "this case",
            keys=("space",), views=("facts", "settings"), footer=2),
    Command("facts.clear", "take away", "leave it unsaid: neither yes nor no", "this case",
            keys=("backspace",), views=("facts",), footer=6),
    Command("app.undo", "undo", "take the last change back", "this case",
            keys=("u",), word="undo", short=("u",)),
    Command("app.redo", "redo", "make the change taken back again", "this case", keys=("U",), word="redo"),
    Command(
        "interview.cite", "quote", "put the note on this person into the letter, or take it out",
        "this case", keys=("Q",), views=("cases",), word="cite", rooms=IN_A_CASE,
    ),
    Command("interview.note", "note", "write a note on this person", "this case",
            word="note", rooms=IN_A_CASE),
    # ------------------------------------------------------------ the inspection
    Command(
        "view.board", "board", "k of n for every question", "the inspection",
        keys=("2", "B"), views=MAIN, word="board", takes="custody, weakest, or a question: 2.3",
        finds="figures counts summary",
    ),
    Command("board.sort", "sort", "the weakest first, or in the order of the criteria", "the inspection",
            keys=("s",), views=("cases", "board"), footer=3),
    Command("board.filter", "only some cases", "the next group of cases that the version names",
            "the inspection", keys=("|",), views=("board",), footer=2, finds="filter subset custody"),
    Command("view.left", "what is left", "all to look at before the letter can go, each with its place",
            "the inspection", keys=("6",), views=MAIN, word="left", finds="draft final todo gaps warnings"),
    Command("left.keep", "keep as it is", "accept it as it is, with a reason that stays with the letter",
            "the inspection", keys=("K",), views=("left",), footer=3, finds="accept except"),
    Command("view.check", "check", "every inconsistency in the records", "the inspection",
            keys=("5",), views=MAIN, word="check"),
    Command("app.search", "find", "find a word in all notes", "the inspection",
            keys=("/", "ctrl+f"), word="search", short=("find", "/"), takes="a word"),
    Command("inspection.add", "add", "a case or a person", "the inspection",
            keys=("a",), views=("cases",), footer=4, word="add", takes="case 15, person G"),
    Command("inspection.pace", "pace", "the time each case took, and when the last one ends",
            "the inspection", word="pace", finds="time minutes"),
    Command("inspection.moderate", "moderate", "settle where two markings of a case differ",
            "the inspection", keys=("m",), views=(*MAIN, "question"), word="moderate", takes="a case: 07",
            finds="second agree"),
    Command("view.unsaved", "not saved", "copies of what could not be saved: put each into its record",
            "the inspection", finds="rescue copy recover lost unsaved"),
    Command("unsaved.delete", "delete the copy", "delete a copy whose words nobody needs", "the inspection",
            keys=("backspace",), views=("unsaved",), footer=2),
    Command("inspection.population", "other population", "the records of another population: victims, staff",
            "the inspection", keys=("P",), views=MAIN, word="population", takes="victims",
            finds="victims staff parents children switch"),
    Command("inspection.merge", "merge", "merge another inspector's folder into this one",
            "the inspection", word="merge", takes="a folder"),
    # ------------------------------------------------------------ choosing
    Command("choice.first", "this", "the side at the left stands", "choosing",
            keys=("left",), views=("moderation", "merge"), footer=1, finds="first ours"),
    Command("choice.second", "that", "the side at the right stands", "choosing",
            keys=("right",), views=("moderation", "merge"), footer=1, finds="second theirs"),
    Command("choice.both", "both reasons", "same answer, other reasons: keep the reasons of both",
            "choosing", keys=("=",), views=("moderation",)),
    Command("choice.other", "something else", "neither view: any outcome the question has", "choosing",
            keys=("o",), views=("moderation",), footer=5),
    Command("choice.open", "leave open", "leave it open for the lead inspector, saying why", "choosing",
            keys=("l",), views=("moderation",), footer=6),
    Command("choice.why", "why", "write why; it is kept with the record", "choosing",
            keys=("e",), views=DECIDING, footer=2),
    Command("choice.authority", "authority", "who decides so: a role or initials", "choosing",
            keys=("A",), views=("override",), footer=2),
    Command("choice.notes", "notes", "whose notes are kept: both, only those at the left, or at the right",
            "choosing", keys=("N",), views=("moderation",), footer=7),
    Command("choice.rest-first", "ours for the rest", "our side of all that is left to decide", "choosing",
            keys=("<",), views=("merge",)),
    Command("choice.rest-second", "theirs for the rest", "their side of all that is left to decide",
            "choosing", keys=(">",), views=("merge",)),
    Command("choice.taken", "taken", "all that is taken without asking, as one side alone changed it",
            "choosing", keys=("T",), views=("merge",), footer=6),
    Command("choice.folder", "folder", "type the path of the folder to merge", "choosing",
            keys=("o",), views=("merge",), footer=5),
    Command("choice.clear", "take back", "take this choice back; the reason stays", "choosing",
            keys=("backspace",), views=DECIDING),
    Command("choice.next", "next", "the next difference nothing is chosen about", "choosing",
            keys=("enter",), views=("moderation", "merge"), footer=4),
    Command("choice.done", "done, next", "keep the reason and go on", "choosing",
            keys=("ctrl+j",), views=DECIDING),
    Command("choice.write", "write", "see the whole effect, then write what was chosen", "choosing",
            keys=("W",), views=(*DECIDING, "effect"), footer=3),
    # ------------------------------------------------------------ the letter
    Command("view.letter", "letter", "the letter as it stands, with its figures live", "the letter",
            keys=("4",), views=MAIN, word="letter", takes="a paragraph: 2.2"),
    Command("letter.cases", "its cases", "the cases behind this figure, to open one", "the letter",
            keys=("enter",), views=("letter",), footer=2),
    Command("letter.figure-on", "next figure", "the next figure in the letter", "the letter",
            keys=("right",), views=("letter",), footer=1),
    Command("letter.figure-back", "figure before", "the figure before", "the letter",
            keys=("left",), views=("letter",)),
    Command("letter.paragraph-on", "next paragraph", "the next paragraph", "the letter",
            keys=("]",), views=("letter",)),
    Command("letter.paragraph-back", "paragraph before", "the paragraph before", "the letter",
            keys=("[",), views=("letter",)),
    Command("letter.write", "write", "write a part of the letter", "the letter",
            keys=("e", "E"), views=("letter",), footer=3,
            word="write", takes="summary, 1.4, strength, improvement", finds="edit text paragraph"),
    Command("letter.as-composed", "draft again", "take your own text of this paragraph away", "the letter",
            keys=("backspace",), views=("letter",)),
    Command("letter.summary", "summary", "write the summary", "the letter", keys=("S",), views=("letter",)),
    Command("letter.strength", "strength", "add an outstanding strength", "the letter",
            keys=("+",), views=("letter",), footer=6),
    Command("letter.improvement", "improvement", "add an area requiring improvement", "the letter",
            keys=("I",), views=("letter",), footer=7),
    Command("view.details", "letter details",
            "addressee, salutation, date, lead, signatory, letterhead, copies", "the letter",
            keys=("D",), views=("letter", "left"), word="details", takes="signatory Jo Example",
            finds="address sign signature dear telephone email date office"),
    Command("view.strengths", "strengths", "the list of strengths: add, change, move, link, remove",
            "the letter", word="strengths"),
    Command("view.improvements", "areas for improvement",
            "the list of areas for improvement: add, change, move, link, remove", "the letter",
            word="improvements", finds="requiring improvement propose weakest"),
    Command("view.copies", "copies", "those who get a copy: add, change, move, remove", "the letter",
            finds="copy list cc"),
    Command("list.add", "add", "one more item", "the letter", keys=("a",), views=("list", "actions"),
            footer=1),
    Command("list.edit", "edit", "write the words of this item", "the letter",
            keys=("e",), views=("list",), footer=2),
    Command("list.up", "up", "move this item up", "the letter", keys=("ctrl+up",), views=("list",), footer=5),
    Command("list.down", "down", "move this item down", "the letter", keys=("ctrl+down",), views=("list",),
            footer=5),
    Command("list.link", "link", "the questions that this item rests on", "the letter",
            keys=("L",), views=("list",), footer=3),
    Command("list.remove", "take away", "take this item away", "the letter",
            keys=("backspace",), views=("list",), footer=4),
    Command("list.take", "take", "make an item of what the records propose", "the letter",
            keys=("enter",), views=("list",), footer=6),
    Command("details.recall", "recall", "the blank details as they were last for this service", "the letter",
            keys=("R",), views=("details",), footer=3, finds="last inspection again"),
    Command("paragraph.figure", "figure", "put in a live figure, by the name of what it counts", "the letter",
            keys=("ctrl+r",), views=("paragraph", "list"), footer=3, finds="number count live"),
    Command("letter.wording", "wording", "say a figure by its count, or in words", "the letter",
            keys=("w",), views=("board", "letter"), footer=4, word="wording", takes="2.2, or 2.2 2"),
    Command("letter.proof", "proof", "read the letter through: names, typed numbers, long sentences",
            "the letter", word="proof", finds="disclosure"),
    Command("letter.drafts", "drafts", "what changed since a draft that was kept", "the letter",
            keys=("h",), views=("letter",), footer=8, word="draft", takes="keep, or a number",
            finds="compare history versions"),
    Command("drafts.keep", "keep a draft", "keep the letter as it is now as the next draft", "the letter",
            keys=("K",), views=("letter", "drafts"), footer=1),
    Command("drafts.earlier", "draft before", "compare with the draft before", "the letter",
            keys=("left",), views=("drafts",), footer=2),
    Command("drafts.later", "draft after", "compare with the draft after", "the letter",
            keys=("right",), views=("drafts",)),
    Command("view.actions", "actions after the letter", "what is overdue, what was seen, and one more",
            "the letter", word="actions", takes="add ii: train the team, or 1 done and what was seen",
            finds="follow up plan due overdue"),
    Command("actions.note", "where it stands", "where an action stands, and what was seen", "the letter",
            keys=("e",), views=("actions",), footer=2),
    Command("view.compared", "compare", "better or worse than in the screening before", "the letter",
            word="compare", takes="the folder of the one before", finds="rescreening change since then"),
    Command("compared.folder", "another folder", "name the inspection before this one", "the letter",
            keys=("o",), views=("compared",), footer=2),
    # ------------------------------------------------------------ files
    Command("file.report", "write to a file", "write the letter or the board to a file", "files",
            keys=("X",), views=("letter", "board", "drafts"), footer=5,
            word="report", takes="letter.html, board.svg, letter.html since 1", finds="export save word pdf"),
    Command("file.export", "export", "write the tables for analysts", "files",
            keys=("X",), views=("cases",), footer=9, word="export", takes="a folder", finds="csv"),
    Command("file.takeaway", "write to a file", "the take-away sheet as text, or as a page to print",
            "files", keys=("X",), views=("takeaway",), footer=1),
    # ------------------------------------------------------------ before an inspection
    Command("start.new", "new", "a new inspection: service, days, cases, criteria", "before an inspection",
            keys=("n",), views=("start",), footer=2, word="new", short=("n",), takes="a folder",
            rooms=("start",)),
    Command("start.open", "open", "open an inspection folder by its path", "before an inspection",
            keys=("o",), views=("start",), footer=3, word="open", short=("o",), takes="a folder",
            rooms=("start",)),
    Command("start.try", "try", "five minutes with made-up cases; nothing is kept", "before an inspection",
            keys=("t",), views=("start",), footer=4, word="try", short=("t",), rooms=("start",),
            finds="practice"),
    Command("start.computer", "this computer", "what this computer can do, and what would mend it",
            "before an inspection", keys=("f2",), views=("start",), footer=5, finds="details doctor"),
    Command("start.programme", "many inspections", "a data set of sqs programme build: heat map, bars, trend",
            "before an inspection", keys=("i",), views=("start",), finds="programme region over time"),
    Command("programme.dataset", "data set", "name another data set", "before an inspection",
            keys=("o",), views=("programme",), footer=1),
    Command("programme.heatmap", "heat map", "by theme and quarter; of one question by service",
            "before an inspection", keys=("H",), views=("programme",), footer=2),
    Command("programme.bars", "counts", "question by question", "before an inspection",
            keys=("C",), views=("programme",), footer=3),
    Command("programme.trend", "over time", "one question, quarter by quarter, with its limits",
            "before an inspection", keys=("O",), views=("programme",), footer=4),
    Command("new.make", "make it", "make the folder and open it", "before an inspection",
            keys=("ctrl+j",), views=("new",), footer=2),
    # ------------------------------------------------------------ always
    Command("app.shared", "shared view", "hide or show the inspector's own notes and other cases", "always",
            keys=("Z",), word="shared", short=("z",)),
    Command("app.save", "save", "say when it was saved: every answer is, at once", "always",
            keys=("ctrl+s",), word="save"),
    Command("app.editor", "editor", "this text in your own editor, the one VISUAL or EDITOR names", "always",
            keys=("f4",)),
    Command("app.help", "help", "what can be done here, and every key", "always",
            keys=("?", "f1"), word="help", short=("?",), takes="a word"),
    Command("app.commands", "commands", "everything that can be done, with a line on each", "always",
            keys=("ctrl+p",)),
    Command("app.messages", "messages", "what was said, with the time", "always"),
    Command("app.settings", "settings", "theme, page turning, ASCII marks, tips, reader cursor", "always",
            finds="keys colours"),
    Command("app.again", "read from disk again", "what somebody else saved meanwhile; yours stays as a copy",
            "always"),
    Command("app.quit", "quit", "stop; everything is saved", "always",
            keys=("q", "ctrl+q"), word="quit", short=("q", "exit", "bye")),
)  # fmt: skip

NOT_OF_A_SECOND_MARKING: Final = frozenset(
    (
        *("interviews", "cite", "letter", "write", "wording", "draft", "proof", "report", "export"),
        *("details", "strengths", "improvements", "left", "actions", "compare"),
        *("add", "reopen", "moderate", "merge", "override"),
    )
)
"""Words that do nothing on second markings, since what they show or change rests on the first ones."""


def command(id_: str) -> Command:
    """Return the command with the id ``id_``; KeyError where there is none."""
    return _BY_ID[id_]


_BY_ID = {one.id: one for one in COMMANDS}


def commands_in(view: View) -> tuple[Command, ...]:
    """Return what can be done by keys or from the palette in ``view``, what is its own first."""
    own = [c for c in COMMANDS if view in c.views]
    return (*own, *(c for c in COMMANDS if _is_of_the_app(c)))


def _is_of_the_app(one: Command) -> bool:
    return not one.views and (bool(one.keys) or not one.rooms)


def words_in(room: View) -> tuple[Command, ...]:
    """Return the commands whose word works in ``room`` of plain mode."""
    return tuple(c for c in COMMANDS if c.word and (not c.rooms or room in c.rooms))


def word_called(line: str, room: View) -> tuple[Command, str] | None:
    """Return the command whose word ``line`` begins with, and the rest of the line.

    One that works in ``room`` where there is one; else one that works in another room.
    """
    first, _, rest = line.strip().partition(" ")
    meant = [c for c in COMMANDS if c.word and first.lower() in (c.word, *c.short)]
    here = [c for c in meant if not c.rooms or room in c.rooms]
    in_other_rooms = [c for c in meant if "start" not in c.rooms]
    found = next(iter(here or in_other_rooms), None)
    return (found, rest.strip()) if found else None


def by_section(commands: Iterable[Command]) -> Iterator[tuple[CommandSection, tuple[Command, ...]]]:
    """Yield ``commands`` by their sections, both in the order of the catalogue."""
    found = tuple(commands)
    for section in dict.fromkeys(one.section for one in COMMANDS):
        inside = tuple(one for one in found if one.section == section)
        if inside:
            yield section, inside


def key_shown(key: str) -> str:
    """Return ``key`` as it is printed: "^P" for ``ctrl+p``."""
    if key.startswith("ctrl+"):
        return "^" + (key[5:].upper() if len(key) == 6 else _SHOWN.get(key[5:], key[5:]))
    return _SHOWN.get(key, key)


_SHOWN: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    **{f"f{n}": f"F{n}" for n in range(1, 13)},
}
