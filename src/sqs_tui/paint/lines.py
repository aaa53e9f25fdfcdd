"""Lines of styled text: wrapping, columns and boxes, counted in terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Span(NamedTuple):
    """Some text in one style; a click on it posts ``wish`` (such as ``key:y`` or ``row:3``)."""

    text: str
    style: str = ""
    wish: str = ""


Line = tuple[Span, ...]
Part = str | Span | tuple[str, str] | tuple[str, str, str]
EMPTY: Line = ()


def line(*parts: Part, wish: str = "") -> Line:
    """A line of ``parts``: plain words, or words with a style; ``wish`` is for those without one."""
    spans = [Span(part) if isinstance(part, str) else Span(*part) for part in parts]
    if wish:
        spans = [span if span.wish else Span(span.text, span.style, wish) for span in spans]
    return tuple([span for span in spans if span.text])


def cells(text: str) -> int:
    """How many cells ``text`` takes."""
    return len(text) if text.isascii() else cell_len(text)


def width_of(row: Line) -> int:
    """How many cells ``row`` takes."""
    return sum(cells(span.text) for span in row)


def cut(row: Line, width: int) -> Line:
    """``row`` in exactly ``width`` cells: cut, or filled with blanks."""
    left = width
    for place, span in enumerate(row):
        size = cells(span.text)
        if size >= left:
            end = span if size == left else Span(set_cell_size(span.text, left), span.style, span.wish)
            return (*row[:place], end)
        left -= size
    return (*row, Span(" " * left)) if left else row


def parted(row: Line, at: int) -> tuple[Line, Line]:
    """``row`` in two, the first exactly ``at`` cells wide."""
    left: list[Span] = []
    room = at
    for place, span in enumerate(row):
        size = cells(span.text)
        if size > room:
            head = set_cell_size(span.text, room)
            tail = span.text[len(head.rstrip()) if cells(head) != len(head) else room :]
            rest = (span._replace(text=tail), *row[place + 1 :])
            return (*left, span._replace(text=head)), rest
        left.append(span)
        room -= size
    if room:
        left.append(Span(" " * room))
    return tuple(left), EMPTY


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells; what is cut off shows as an ellipsis."""
    text = text.replace("\n", " ")
    if width <= 0:
        return ""
    if cells(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)


def short(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, with an ellipsis where something was left out."""
    text = text.replace("\n", " ")
    return fit(text, width) if cells(text) > width else text


def wrapped(text: str, width: int) -> list[str]:
    """``text`` broken at blanks into lines of at most ``width`` cells; newlines are kept."""
    return list(_wrapped(text, max(1, width)))


@lru_cache(maxsize=512)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    # Kept because the same guidance and notes are drawn again with every key.
    return tuple(row for paragraph in text.split("\n") for row in _broken(paragraph, width))


def _broken(paragraph: str, width: int) -> list[str]:
    words = paragraph.lstrip(" ")
    indent = paragraph[: min(len(paragraph) - len(words), width // 2)]
    width -= len(indent)
    rows: list[str] = []
    row, room = "", width
    for word in words.split(" "):
        size = cells(word)
        if row and size + 1 > room:
            rows.append(row)
            row, room = "", width
        while size > width:
            head = set_cell_size(word, width).rstrip()
            rows.append(head)
            word = word[len(head) :]
            size = cells(word)
        if row:
            row, room = f"{row} {word}", room - size - 1
        else:
            row, room = word, width - size
    rows.append(row)
    return [indent + row for row in rows] if indent else rows


def breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where ``text`` is broken at blanks into rows of at most ``width`` cells, by its characters."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if not paragraph:
            yield start, end
        while start < end:
            stop = min(end, start + max(1, width))
            while stop > start + 1 and cell_len(text[start:stop]) > width:
                stop -= 1
            if stop < end and text[stop] != " " and (blank := text.rfind(" ", start + 1, stop)) > 0:
                stop = blank
            yield start, stop
            start = stop
            while start < end and text[start] == " ":
                start += 1
        start = end + 1


def wrapped_line(row: Line, width: int, indent: str = "") -> list[Line]:
    """``row`` broken at blanks, its styles kept; lines after the first begin with ``indent``."""
    rows: list[Line] = []
    made: list[Span] = []
    used = 0
    for span in row:
        for place, word in enumerate(span.text.split(" ")):
            blank = place > 0
            size = cells(word)
            if used + blank + size > width and used > cells(indent):
                rows.append(tuple(made))
                made, used, blank = ([Span(indent)] if indent else []), cells(indent), False
            text = (" " if blank else "") + word
            if text:
                made.append(Span(text, span.style, span.wish))
                used += blank + size
    rows.append(tuple(made))
    return rows


def rule(width: int, style: str = "dim") -> Line:
    """A line across."""
    return (Span("─" * width, style),)


def box(title: str, rows: Sequence[Line], width: int, *, tail: str = "", on: bool = False) -> list[Line]:
    """``rows`` in a box ``width`` wide; ``title`` and ``tail`` stand in its upper edge.

    The box that has the focus (``on``) has a heavy edge and ``▸`` in its title.
    """
    style = "on" if on else "dim"
    left, right, across, down = ("┏", "┓", "━", "┃") if on else ("╭", "╮", "─", "│")
    bottom = ("┗", "┛") if on else ("╰", "╯")
    name = f"{'▸' if on else ''}{title}"
    inner = width - 2
    name = short(name, inner - 4)
    tail = short(tail, inner - cells(name) - 6) if tail and inner - cells(name) > 9 else ""
    fill = inner - (cells(name) + 3 if name else 0) - (cells(tail) + 3 if tail else 0)
    top = [Span(left + across, style), Span(f" {name} ", "title")] if name else [Span(left, style)]
    top.append(Span(across * fill, style))
    if tail:
        top += [Span(f" {tail} ", "dim"), Span(across, style)]
    top.append(Span(right, style))
    body = [(Span(down, style), *cut(row, inner), Span(down, style)) for row in rows]
    return [tuple(top), *body, (Span(bottom[0] + across * inner + bottom[1], style),)]


def beside(columns: Sequence[tuple[Sequence[Line], int]], gap: str = " ", height: int = 0) -> list[Line]:
    """Columns of lines next to each other, each cut to its width; ``gap`` stands between them."""
    tall = max([height, *(len(rows) for rows, _ in columns)])
    made: list[Line] = []
    for y in range(tall):
        spans: list[Span] = []
        for place, (rows, width) in enumerate(columns):
            if place and gap:
                spans.append(Span(gap, "dim"))
            spans += cut(rows[y] if y < len(rows) else EMPTY, width)
        made.append(tuple(spans))
    return made


def styled(rows: Iterable[str], style: str = "", wish: str = "") -> list[Line]:
    """Plain rows of text as lines in one style."""
    return [(Span(row, style, wish),) for row in rows]


def between(left: Line, right: Line, width: int) -> Line:
    """``left`` at the left edge and ``right`` at the right one; the left gives way."""
    room = width - width_of(right)
    return (*cut(left, max(0, room)), *right)


def window(cursor: int, top: int, height: int, total: int) -> int:
    """The first row to show of ``total`` so that ``cursor`` is in view, moving as little as possible."""
    if cursor < top:
        top = cursor
    elif cursor >= top + height:
        top = cursor - height + 1
    return max(0, min(top, total - height))
