"""What a decision would do, before it is written: counts before and after, words before and after."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.letter.effect import CountChange, Effect, WordsChange
from sqs_core.workflow.effect_words import count_words, left_out_sentence, measure_name
from sqs_tui.styles import DIM, FIGURE, FLAG, NO, TITLE, YES, fitted, joined, shortened, text, wrapped

NOTHING_YET = "shown here once you choose, before anything is written"


def counts_before_and_after(change: CountChange) -> str:
    """Return "5 of 8 → 6 of 8"."""
    return f"{count_words(change.before)} → {count_words(change.after)}"


def effect_rows(
    criteria: Criteria, effect: Effect | None, width: int, none: str = NOTHING_YET, *, first: str = ""
) -> list[Content]:
    """Return the effect in two rows, the count of ``first`` first; or ``none`` where there is none yet."""
    if effect is None:
        return [Content.styled("  Effect  ", TITLE) + shortened(none, width - 12, DIM), Content.empty()]
    return [_board_row(criteria, effect, width, first), _letter_row(effect, width)]


def _board_row(criteria: Criteria, effect: Effect, width: int, first: str) -> Content:
    """Return counts of all cases, and how many more change."""
    row = Content.styled("  Board   ", TITLE)
    if not effect.counts:
        return row + Content.styled("no count changes", DIM)
    whole = [c for c in effect.counts if not c.subset] or list(effect.counts)
    whole.sort(key=lambda c: c.measure != first)
    shown = 0
    for change in whole:
        words, more = counts_before_and_after(change), _more(len(effect.counts) - shown - 1)
        room = width - row.cell_length - len(words) - len(more) - 5
        if shown and room < 10:
            break
        name = measure_name(criteria, change)
        if shown and len(name) > room:
            break
        gap = "   " if shown else ""
        row = joined(row, Content(gap), shortened(name, max(10, room)), Content(" "), text(words, FIGURE))
        shown += 1
    return row + Content.styled(_more(len(effect.counts) - shown), DIM)


def _more(count: int) -> str:
    return f"   +{count} more" if count else ""


def _letter_row(effect: Effect, width: int) -> Content:
    """Return the first words said otherwise, and how many more are."""
    head = Content.styled("  Letter  ", TITLE)
    if not effect.words:
        return head + Content.styled("no word changes", DIM)
    change = effect.words[0]
    old, new = change.first
    more = _more(len(effect.words) - 1)
    number = f"{change.number} " if change.number else ""
    half = max(8, (width - 24 - len(number) - len(more)) // 2)
    return joined(
        head,
        text(number),
        Content("“") + shortened(old or "nothing", half, DIM) + "” becomes “",
        shortened(new or "nothing", half, FIGURE) + "”",
        Content.styled(more, DIM),
    )


def effect_page(criteria: Criteria, effect: Effect, width: int) -> list[Content]:
    """Return the whole effect, to be read before it is written."""
    rows = [Content.styled("  On the board", TITLE)]
    if not effect.counts:
        rows.append(Content.styled("    no count changes", DIM))
    for change in effect.counts:
        name = fitted(measure_name(criteria, change), min(44, width - 28))
        rows.append(
            joined(Content("    "), name, Content("  "), text(counts_before_and_after(change), FIGURE))
        )
    rows += [Content.empty(), Content.styled("  In the letter", TITLE)]
    if not effect.words:
        rows.append(Content.styled("    no word changes", DIM))
    for words in effect.words:
        rows += _words_rows(words, width)
    if effect.left_out:
        note = wrapped(left_out_sentence(effect), width - 4, FLAG)
        rows += [Content.empty(), *(Content("  ") + row for row in note)]
    return rows


def _words_rows(change: WordsChange, width: int) -> list[Content]:
    rows: list[Content] = []
    number = text(f"{change.number}  ") if change.number else Content.empty()
    for mark, parts, style in zip(("was ", "will"), change.parts, (NO, YES), strict=True):
        # In brackets, because colour alone says nothing.
        words = [
            text(f"[{part}] " if differs else f"{part} ", style if differs else "") for part, differs in parts
        ]
        line = joined(number, *(words or [Content.styled("(nothing)", DIM)]))
        lead = Content.styled(f"    {mark} ", DIM)
        for row in line.wrap(max(20, width - 11)):
            rows.append(lead + row.rstrip())
            lead = Content(" " * 9)
    return [*rows, Content.empty()]


def chosen_rows(names: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Return what is to be written: a name and what was chosen for it, one row each."""
    found = list(names)
    label = min(max((len(name) for name, _ in found), default=0), width // 2)
    return [
        joined(
            Content("    "), fitted(name, label), Content("  "), shortened(words, width - label - 8, FIGURE)
        )
        for name, words in found
    ]
