"""Two views of one thing side by side, and the row that says which was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from sqs_tui.paint.lines import EMPTY, Line, Part, Span, beside, box, line, short, wrapped, wrapped_line


@frozen
class Side:
    """One view: whose it is, what it says in a word, and what stands under it, paragraph by paragraph."""

    title: str
    word: str
    style: str
    told: tuple[tuple[str, str], ...] = ()


def side_rows(side: Side, width: int) -> list[Line]:
    """All of one view, wrapped."""
    rows = [line((row, side.style or "bold")) for row in wrapped(side.word, width)]
    for name, text in side.told:
        if not text:
            continue
        words = f"{name}: {text}" if name else text
        rows += [line((row, "dim" if name else "")) for row in wrapped(words, width)]
    return rows


def side_boxes(
    sides: Sequence[tuple[Side, bool, str]], width: int, height: int, top: int
) -> tuple[list[Line], int]:
    """The views in boxes ``height`` high from row ``top`` on, and how many rows are below.

    With each view: whether it is chosen, and the key that chooses it.
    """
    inner = (width - 5) // 2
    columns: list[tuple[list[Line], int]] = []
    room, below = max(1, height - 2), 0
    for side, chosen, key in sides:
        rows = side_rows(side, inner - 4)
        start = max(0, min(top, len(rows) - room))
        more = len(rows) - room - start
        below = max(below, more)
        body = [(Span(" "), *row) for row in rows[start : start + room]]
        body += [EMPTY] * (room - len(body))
        tail = f"{more} more ↓" if more > 0 else ""
        made = box(side.title, body, inner, tail=tail, on=chosen)
        columns.append(([tuple(s._replace(wish=f"key:{key}") for s in row) for row in made], inner))
    return [(Span("  "), *row) for row in beside(columns, gap=" ")], below


def titled(text: str, width: int, most: int, *, wish: str = "") -> list[Line]:
    """What it is about, in at most ``most`` rows; an ellipsis where that is not all."""
    rows = wrapped(text, width - 4)
    if len(rows) > most:
        rows = [*rows[: most - 1], short(" ".join(rows[most - 1 :]), width - 4)]
    return [line(("  " + row, "title"), wish=wish) for row in rows]


@frozen
class Option:
    """One thing that can be chosen: the key, its words, and the short words for a narrow window."""

    key: str
    shown: str
    words: str
    short: str = ""


def option_rows(label: str, options: Sequence[Option], chosen: str, width: int) -> list[Line]:
    """The options with the chosen one marked, in one row where they fit; short words where not."""
    rows: list[Line] = []
    for brief in (False, True):
        parts: list[Part] = [(f"  {label}", "title")]
        for option in options:
            on = option.key == chosen
            words = (option.short or option.words) if brief else option.words
            mark = "(•)" if on else "( )"
            # A blank that does not break keeps mark, key and words of an option in one row.
            text = f"{mark} {option.shown} {words}".replace(" ", "\u00a0")
            parts += ["  ", (text, "bold" if on else "", f"key:{option.key}")]
        rows = wrapped_line(line(*parts), width - 1, " " * (len(label) + 4))
        if len(rows) == 1:
            break
    return [tuple(s._replace(text=s.text.replace("\u00a0", " ")) for s in row) for row in rows]


def why_rows(why: str, width: int, height: int, *, open_: bool, note: str = "") -> list[Line]:
    """Why, in a box where there are three rows or more for it, else in one; ``note`` where there is none."""
    if height < 3:
        text = " ".join(why.split()) or note or "–"
        return [line(("  e Why: ", "title", "key:e"), (text, "" if why else "dim", "key:e"))]
    rows = [line(row) for row in (wrapped(why, width - 6) if why and not open_ else [])][: height - 2]
    rows += [EMPTY] * (height - 2 - len(rows))
    made = box("e Why (kept with the record)", rows, width - 4, tail=note, on=open_)
    return [(Span("  "), *(s._replace(wish="key:e") for s in row)) for row in made]
