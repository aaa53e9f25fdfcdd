"""What can be done on a question, and while writing a note on it."""

from __future__ import annotations

from sqs_tui.deeds import Deed
from sqs_tui.screens.reading import DEEDS as TEXT_DEEDS
from sqs_tui.screens.reading import HELP as TEXT_HELP

DEEDS = (
    Deed(
        "question.next",
        "enter",
        "next",
        "Go on to the next question that applies and is not answered",
        foot=1,
    ),
    Deed("question.return", "b", "back", "Back to the question you were at", foot=2),
    Deed("question.later", "l", "later", "Come back to it later, with a line of why", ("ctrl+l",), 3, True),
    Deed("question.evidence", "e", "evidence", "Write the evidence, with its place in the file", foot=4),
    Deed("question.said", "c", "said", "What the case manager said; shown in the shared view", foot=6),
    Deed("question.learning", "t", "learning", "What the case manager takes away", foot=9),
    Deed("question.strength", "+", "strength", "What was done well", foot=9),
    Deed("question.discuss", "d", "discuss", "Mark it for moderation", foot=8),
    Deed("question.guidance", "g", "guidance", "All of the guidance on this question", foot=7),
    Deed(
        "question.clear",
        "backspace",
        "take the answer away",
        "The question is unanswered again; notes stay",
    ),
    Deed("question.reasons", "r", "reasons", "To the list of reasons: arrows and Space"),
    Deed("question.pick", "space", "choose", "Choose the line with the mark"),
    Deed("question.following", "]", "question after", "The next question in order, answered or not"),
    Deed("question.previous", "[", "question before", "The question before in order"),
    Deed("question.field-on", "tab", "next field", "Judgement, reasons, then the notes", text=True),
    Deed("question.field-back", "shift+tab", "field before", "The field before", text=True),
    Deed(
        "question.done",
        "ctrl+j",
        "done, next question",
        "Keep the note and go on",
        ("ctrl+enter",),
        text=True,
    ),
    *TEXT_DEEDS,
    Deed("question.facts", "f", "facts", "The facts of the case"),
    Deed("question.takeaway", "p", "take-away", "The sheet for the case manager"),
    Deed(
        "question.override", "M", "override", "Let another outcome count, saying why and by whose authority"
    ),
    Deed("question.moderate", "", "moderate", "Settle where two markings of this case differ"),
    Deed("question.merge", "", "merge", "Merge another inspector's folder into this one …"),
    Deed("question.review", "F", "check case", "What is to be put right before the case is finished"),
)
WRITING = (
    Deed("question.keep", "escape", "keep it, back to the judgement", foot=1),
    Deed("question.done", "ctrl+j", "done, next question", foot=2),
    Deed("question.field-on", "tab", "next field", foot=3),
    Deed("question.later", "ctrl+l", "later", foot=4),
    Deed("app.editor", "f4", "editor", foot=5),
)
HELP = (
    "The letters in the box give the judgement; the digits 1 to 9 tick the reasons.  Enter goes on "
    "to the next question that is not answered, so a plain yes is two keys.  e, c, t and + write; "
    "Esc comes back, and everything typed is kept.  Nothing here asks whether you are sure: u takes "
    "any change back.\n" + TEXT_HELP
)
NOT_SHARED = (
    *(f"question.{name}" for name in ("evidence", "reasons", "review", "discuss")),
    *(f"question.{name}" for name in ("override", "moderate", "merge")),
    *(deed.id for deed in TEXT_DEEDS),
)
PRIVATE = frozenset(NOT_SHARED) | frozenset(
    f"app.{name}" for name in ("go", "search", "commands", "copy", "messages")
)
"""What opens nothing in the shared view: the inspector's own notes, and whatever shows other cases."""
