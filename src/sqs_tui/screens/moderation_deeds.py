"""What can be done at moderation."""

from __future__ import annotations

from sqs_tui.deeds import Deed

DEEDS = (
    Deed("moderation.this", "left", "this", "Agree on the first marking's view", foot=1),
    Deed("moderation.that", "right", "that", "Agree on the second marking's view", foot=1),
    Deed("moderation.why", "e", "why", "Write why it is agreed so; it is kept with the record", foot=2),
    Deed("moderation.following", "enter", "next", "The next difference nothing is chosen about", foot=4),
    Deed("moderation.write", "W", "write", "See the whole effect, then write the agreed record", foot=3),
    Deed("moderation.other", "o", "else", "Neither view: any outcome the question has", foot=5),
    Deed("moderation.open", "l", "leave open", "Leave it open for the lead inspector, saying why", foot=6),
    Deed("moderation.both", "b", "both reasons", "Same answer, other reasons: keep the reasons of both"),
    Deed("moderation.notes", "v", "notes", "Whose notes are kept: both, only ←, only →", foot=7),
    Deed("moderation.clear", "backspace", "take back", "Take this choice back; the reason stays"),
    Deed("moderation.guidance", "g", "guidance", "All of the guidance on this question", foot=8),
    Deed("moderation.done", "ctrl+j", "done, next", "Keep the reason and go on", text=True),
)
HELP = (
    "Two people marked these cases without seeing each other's answers.  ↑ and ↓ go through what "
    "differs; ← takes the view at the left, → the one at the right, o something else, l leaves it to the "
    "lead.  Digits tick the reasons of something else.  e says why.  What that does to board and letter "
    "stands below before anything is written; W shows all of it and then writes.  What you choose is kept "
    "as you go: Esc and q lose nothing.  PgUp and PgDn read on in long notes."
)
