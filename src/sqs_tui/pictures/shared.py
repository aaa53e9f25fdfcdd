"""The shared view: for two readers.  It is given no private note, so it can show none."""

from __future__ import annotations

from sqs_core.letter.shared_view import SharedView
from sqs_tui.paint.lines import EMPTY, Line, line, wrapped


def shared_lines(view: SharedView, width: int, height: int, *, ends: str = "Z") -> list[Line]:
    """One thing a line, with white space around it; ``ends`` is the key that ends it."""
    airy = height > 22
    rows: list[Line] = [line((f"    {view.theme}", "dim")), EMPTY]
    if airy:
        rows = [EMPTY, rows[0], line(("    " + "═" * (width - 10), "dim")), EMPTY]
    rows += [line((f"    {row}", "title")) for row in wrapped(view.text, width - 10)]
    rows += [EMPTY] * (2 if airy else 1)
    for choice in view.outcomes:
        rows.append(
            line(
                f"    {'▶' if choice.given else ' '}   ",
                (f"{choice.key}    {choice.text}", "bold" if choice.given else ""),
                wish=f"key:{choice.key}",
            )
        )
        if airy:
            rows.append(EMPTY)
    foot: list[Line] = []
    if view.said:
        foot += [EMPTY, line(("    What you said", "title"))]
        foot += [line(f"    {row}") for row in wrapped(view.said, width - 10)[:4]]
    if view.learning or view.strengths:
        foot += [EMPTY, line(("    To take away", "title"))]
        points = [("•", text) for text in view.learning] + [("+", text) for text in view.strengths]
        for mark, text in points:
            first, *rest = wrapped(text, width - 13)
            foot += [line(f"    {mark}  {first}"), *(line(f"       {row}") for row in rest[:1])]
    rows += foot
    rows = rows[: height - 2]
    rows += [EMPTY] * (height - 1 - len(rows))
    rows.append(line((f"    Shared view: private notes are not shown.   {ends} ends it", "dim")))
    return rows
