"""What can be done in a merge."""

from __future__ import annotations

from sqs_tui.deeds import Deed

DEEDS = (
    Deed("merge.following", "enter", "next", "Open the folder; then, the next difference to decide", foot=1),
    Deed("merge.this", "left", "ours", "Our side of this difference stands", foot=2),
    Deed("merge.that", "right", "theirs", "Their side of this difference stands", foot=2),
    Deed("merge.why", "e", "why", "Say why; needed where two judged otherwise", foot=3),
    Deed("merge.write", "W", "merge", "See the whole effect, then write the merge", foot=4),
    Deed("merge.path", "o", "path", "Type the path of a folder", foot=5),
    Deed(
        "merge.taken", "t", "taken", "All that is taken without asking, as one side alone changed it", foot=6
    ),
    Deed("merge.rest-ours", "[", "ours for the rest", "Our side of all that is left to decide"),
    Deed("merge.rest-theirs", "]", "theirs for the rest", "Their side of all that is left to decide"),
    Deed("merge.clear", "backspace", "take back", "Take this choice back; the reason stays"),
    Deed("merge.done", "ctrl+j", "done, next", "Keep the reason and go on", text=True),
)
HELP = (
    "What is equal stays, what one side changed is taken, what both changed you decide: ← keeps ours, → "
    "takes theirs, e says why.  Nothing is written while a difference is left.  W shows what the merge "
    "does to board and letter, and then writes it, all or nothing.  Choices are kept as you go, also "
    "when you leave.  'sqs merge' does the same from the command line."
)
