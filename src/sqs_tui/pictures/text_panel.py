"""The text beside the question: where one is in it, what was found, and what would be quoted."""

from __future__ import annotations

from itertools import pairwise

from sqs_tui.paint.lines import EMPTY, Line, Span, between, box, line, short, window, wrapped
from sqs_tui.pictures.notes import framed, pointing
from sqs_tui.texts import OpenText

PROMISE = "not saved; only quotes are"
NONE_OPEN = (
    "No text is open for this case.",
    "o  opens a file: .txt, .md, .docx",
    "or paste the text here.",
    "It is read, and kept nowhere: only what you quote goes into the record.",
)


def panel_beside(panel: OpenText, width: int, height: int, *, on: bool) -> list[Line]:
    """The panel as a column at the right."""
    name, found = _title(panel, on)
    rows = [between((Span(name, "on" if on else "title"),), (Span(found, "dim"),), width), EMPTY]
    body = _body(panel, width, height - 4, on=on)
    rows += body + [EMPTY] * (height - 3 - len(body))
    return pointing([*rows, line((short(PROMISE, width), "dim"))], "field:text")


def panel_below(panel: OpenText, width: int, height: int, *, on: bool) -> list[Line]:
    """The panel as a box below the question, or instead of it."""
    name, found = _title(panel, False)
    body = _body(panel, width - 6, height - 2, on=on)
    body += [EMPTY] * (height - 2 - len(body))
    tail = f"{found} · {PROMISE}" if found else PROMISE
    return framed(pointing(box(name, body, width - 4, tail=tail, on=on), "field:text"))


def _title(panel: OpenText, on: bool) -> tuple[str, str]:
    lead = "▸" if on else ""
    if panel.source is None:
        return f"{lead}v Text", ""
    place = panel.source.place(panel.span)
    pages = panel.source.pages
    name = f"{lead}v {panel.source.label} {place}" + (f" of {pages[-1][1]}" if pages else "")
    if not panel.words:
        return name, ""
    if not panel.found:
        return name, f"“{short(panel.words, 12)}” not found"
    at = f"{panel.match + 1} of " if panel.match >= 0 else ""
    return name, f"{at}{len(panel.found)} found"


def _body(panel: OpenText, width: int, height: int, *, on: bool) -> list[Line]:
    if panel.waiting:
        return [line(("reading …", "dim"))]
    if panel.source is None:
        return [line(row) for words in NONE_OPEN for row in wrapped(words, width)][:height]
    laid = panel.rows(width - 2)
    start, end = panel.span
    first = max(0, sum(row <= start for row, _ in laid) - 1)
    last = max(first, sum(row < end for row, _ in laid) - 1)
    # All of what is chosen where there is room for it, else its beginning.
    panel.top = window(min(last, first + height - 1), panel.top, height, len(laid))
    panel.top = window(first, panel.top, height, len(laid))
    rows: list[Line] = []
    for place in range(panel.top, min(len(laid), panel.top + height)):
        chosen = first <= place <= last
        rows.append(_row(panel, laid[place], chosen=chosen, on=on))
    return rows


def _row(panel: OpenText, row: tuple[int, int], *, chosen: bool, on: bool) -> Line:
    assert panel.source is not None
    text, (start, end) = panel.source.flowing, row
    matches = [(max(a, start), min(b, end)) for a, b in panel.found if a < end and b > start]
    mark = "▶ " if chosen and on else "• " if matches else "  "
    spans = [Span(mark, "here" if chosen and on else "flag")]
    cuts = sorted({start, end, *panel.span, *(at for match in matches for at in match)})
    cuts = [at for at in cuts if start <= at <= end]
    for a, b in pairwise(cuts):
        inside = panel.span[0] <= a < panel.span[1] and on
        found = any(left <= a < right for left, right in matches)
        spans.append(Span(text[a:b], "pick" if found else "here" if inside else ""))
    return tuple(spans)
