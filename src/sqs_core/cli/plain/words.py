"""The words that can be typed at any prompt, and what "help" says of them."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from sqs_core.cli.plain.places import Room

Group = Literal["moving", "this question", "this interview", "this case", "the inspection", "always"]


@frozen
class Word:
    """A word: what may follow it, what it does, its short forms, where it makes sense."""

    name: str
    group: Group
    does: str
    takes: str = ""
    short: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()


STEPS: tuple[Room, ...] = ("question",)
CASE: tuple[Room, ...] = ("question", "facts", "review")

WORDS = (
    Word("next", "moving", "the next question not answered", rooms=STEPS),
    Word("back", "moving", "where you were before", short=("b",)),
    Word("forward", "moving", "the next question in order, answered or not", short=("]",), rooms=STEPS),
    Word(
        "backward",
        "moving",
        "the question before in order",
        short=("[",),
        rooms=STEPS,
    ),
    Word("goto", "moving", "a question, a case, a room", "3.2, victims, case 9, 9 3.2, later", ("go", "g")),
    Word("cases", "moving", "the list of cases", short=("overview",)),
    Word("facts", "moving", "the facts of this case", rooms=CASE),
    Word("review", "moving", "what is left to put right in this case", rooms=CASE),
    Word("interviews", "moving", "the staff interviews", "or a letter: interviews A"),
    Word("read", "this question", "say the question, its answer and its notes again", rooms=STEPS),
    Word("guidance", "this question", "what to look for", short=("guide",), rooms=STEPS),
    Word("reasons", "this question", "tick reasons", rooms=STEPS),
    Word("evidence", "this question", "write evidence", short=("e",), rooms=STEPS),
    Word("said", "this question", "write what the case manager said", short=("c",), rooms=STEPS),
    Word("learning", "this question", "write what to take away", short=("t",), rooms=STEPS),
    Word("strength", "this question", "write what was done well", short=("+",), rooms=STEPS),
    Word("keep", "this question", "put the line not understood into a note", "evidence, said …", (), STEPS),
    Word(
        "text",
        "this question",
        "read a report or the like; it is saved nowhere",
        "report.txt as PSR, paste as PSR",
        (),
        STEPS,
    ),
    Word(
        "quote",
        "this question",
        "find words in the text, or quote into the evidence",
        "words, or 1",
        (),
        STEPS,
    ),
    Word("later", "this question", "mark it to come back to", "why", ("l",), STEPS),
    Word("done", "this question", "take the mark to come back away", rooms=STEPS),
    Word(
        "discuss", "this question", "mark it for moderation, or take the mark away", short=("d",), rooms=STEPS
    ),
    Word("none", "this question", "take the answer away; notes stay", rooms=STEPS),
    Word("cite", "this interview", "put the note into the letter, or take it out", rooms=("interview",)),
    Word("override", "this question", "let another outcome count, saying why", "n", rooms=STEPS),
    Word("answers", "this case", "every answer of this case", rooms=CASE),
    Word("takeaway", "this case", "the sheet for the case manager", "judgements, or a file", (), CASE),
    Word("finish", "this case", "lock the answers; says what is missing where something is", rooms=CASE),
    Word("reopen", "this case", "open a finished case again", "why", rooms=CASE),
    Word("undo", "this case", "take the last change back", short=("u",)),
    Word("redo", "this case", "make it again"),
    Word("board", "the inspection", "k of n for every question", "custody, weakest, or a question: 2.3"),
    Word("letter", "the inspection", "the letter", "a paragraph: 2.2"),
    Word("write", "the inspection", "write a part of the letter", "summary, 1.4, strength, improvement"),
    Word("wording", "the inspection", "say a figure by its count, or in words", "2.2, or 2.2 2"),
    Word("proof", "the inspection", "read the letter through: names, typed numbers, long sentences"),
    Word("draft", "the inspection", "what changed since a draft that was kept", "keep, or a number"),
    Word(
        "report",
        "the inspection",
        "write the letter or the board to a file",
        "letter.html, board.svg, letter.html since 1",
    ),
    Word("export", "the inspection", "write the tables for analysts", "a folder"),
    Word("pace", "the inspection", "the time in each case, and when the last one ends"),
    Word("moderate", "the inspection", "settle where two markings of a case differ", "a case: 07"),
    Word("merge", "the inspection", "merge another inspector's folder into this one", "a folder"),
    Word("check", "the inspection", "every inconsistency in the records"),
    Word("search", "the inspection", "find a word in all notes", "a word", ("find", "/")),
    Word("add", "the inspection", "a case or a person", "case 15, person G"),
    Word("shared", "always", "hide or show the inspector's own notes and other cases", short=("z",)),
    Word("save", "always", "say when it was saved: every answer is, at once"),
    Word("help", "always", "these words", "a word", ("?",)),
    Word("quit", "always", "stop; everything is saved", short=("q", "exit", "bye")),
)


def word_called(line: str) -> tuple[Word, str] | None:
    """The word that ``line`` begins with, and the rest of the line; None where it is none."""
    first, _, rest = line.strip().partition(" ")
    for word in WORDS:
        if first.lower() in (word.name, *word.short):
            return word, rest.strip()
    return None


def help_lines(room: Room, name: str) -> list[str]:
    """What can be typed here, by group; or all about one word."""
    found = word_called(name) if name else None
    if found:
        word = found[0]
        return [_line(word) + (f" Also: {', '.join(word.short)}." if word.short else "")]
    lines = []
    for group in dict.fromkeys(word.group for word in WORDS):
        fit = [word for word in WORDS if word.group == group and (not word.rooms or room in word.rooms)]
        if fit:
            lines += [f"Words for {group}:" if group != "always" else "Always:", *map(_line, fit)]
    return [*lines, *_ROOM_HELP[room]]


def _line(word: Word) -> str:
    takes = f" ({word.takes})" if word.takes else ""
    return f"{word.name}{takes}: {word.does}."


_QUESTION_HELP = [
    "Answer with the number of a line, its letter (y, n, x) or its words. Enter goes on.",
    "A number such as 3.2 alone goes to that question.",
]
_ROOM_HELP: dict[Room, list[str]] = {
    "question": _QUESTION_HELP,
    "facts": ['Type the number of a line, or number and value ("4 yes"). "all" asks one after the other.'],
    "cases": ["Type the number of a case. Enter opens the next one that is not complete."],
    "review": ["Type the number of a line to go there."],
    "interviews": ["Type the letter of a person."],
    "interview": ['Answer with a number or its words. "note" writes a note, "none" takes the answer away.'],
}
