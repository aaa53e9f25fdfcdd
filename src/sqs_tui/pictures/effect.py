"""What a decision would do, before it is written: counts before and after, words before and after."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.criteria import Criteria
from sqs_core.letter.effect import CountChange, Effect, WordsChange
from sqs_core.scoring.findings import CASES
from sqs_tui.paint.lines import EMPTY, Line, Span, line, short, wrapped, wrapped_line

NOTHING_YET = "shown here once you choose, before anything is written"


def measure_name(criteria: Criteria, change: CountChange) -> str:
    """What a count counts, in short words."""
    name = str(criteria.question(change.measure).short) if change.measure != CASES else "cases"
    return f"{name}, {criteria.subset(change.subset).text}" if change.subset else name


def count_words(change: CountChange) -> str:
    """ "5 of 8 → 6 of 8"."""
    return f"{change.before[0]} of {change.before[1]} → {change.after[0]} of {change.after[1]}"


def board_line(criteria: Criteria, effect: Effect, width: int, first: str = "") -> Line:
    """The effect on the board in one row: counts of all cases, ``first`` first, and how many more."""
    head = (Span("  Board   ", "title"),)
    if not effect.counts:
        return (*head, Span("no count changes", "dim"))
    whole = [c for c in effect.counts if not c.subset] or list(effect.counts)
    whole.sort(key=lambda c: c.measure != first)
    shown: list[tuple[str, str]] = []
    used = 10
    for change in whole:
        words = count_words(change)
        left = len(effect.counts) - len(shown) - 1
        name = short(
            measure_name(criteria, change), max(10, width - used - len(words) - len(_more(left)) - 2)
        )
        if shown and used + 4 + len(name) + len(words) + len(_more(left)) >= width:
            break
        shown.append((name, words))
        used += len(name) + len(words) + 4
    parts = [part for name, words in shown for part in (f"{name} ", (words, "figure"), "   ")]
    return (*head, *line(*parts[:-1], (_more(len(effect.counts) - len(shown)), "dim")))


def _more(count: int) -> str:
    return f"   +{count} more" if count else ""


def letter_line(effect: Effect, width: int) -> Line:
    """The effect on the letter in one row: the first words said otherwise, and how many more."""
    head = (Span("  Letter  ", "title"),)
    if not effect.words:
        return (*head, Span("no word changes", "dim"))
    change = effect.words[0]
    old, new = change.first
    more = f"   +{len(effect.words) - 1} more" if len(effect.words) > 1 else ""
    number = f"{change.number} " if change.number else ""
    half = max(8, (width - 24 - len(number) - len(more)) // 2)
    return (
        *head,
        *line(
            number,
            (f"“{short(old or 'nothing', half)}”", "dim"),
            " becomes ",
            (f"“{short(new or 'nothing', half)}”", "figure"),
            (more, "dim"),
        ),
    )


def effect_rows(
    criteria: Criteria, effect: Effect | None, width: int, none: str = NOTHING_YET, *, first: str = ""
) -> list[Line]:
    """The effect in two rows, or ``none`` where there is no effect yet."""
    if effect is None:
        return [line(("  Effect  ", "title"), (short(none, width - 12), "dim")), EMPTY]
    return [board_line(criteria, effect, width, first), letter_line(effect, width)]


def effect_page(criteria: Criteria, effect: Effect, width: int) -> list[Line]:
    """The whole effect, to be read before it is written."""
    rows: list[Line] = [line(("  On the board", "title"))]
    if not effect.counts:
        rows.append(line(("    no count changes", "dim")))
    for change in effect.counts:
        name = measure_name(criteria, change)
        rows.append(
            line(f"    {short(name, width - 30):<{min(44, width - 28)}}  ", (count_words(change), "figure"))
        )
    rows += [EMPTY, line(("  In the letter", "title"))]
    if not effect.words:
        rows.append(line(("    no word changes", "dim")))
    for words in effect.words:
        rows += _words(words, width)
    if effect.left_out:
        left = ", ".join(effect.left_out)
        note = f"Reckoned without {left}: being marked a second time, blind."
        rows += [EMPTY, *(line(("  " + row, "flag")) for row in wrapped(note, width - 4))]
    return rows


def _words(change: WordsChange, width: int) -> list[Line]:
    rows: list[Line] = []
    number = f"{change.number}  " if change.number else ""
    for mark, parts, style in zip(("was ", "will"), change.parts, ("no", "yes"), strict=True):
        # In brackets, because colour alone says nothing.
        spans = [(f"[{text}] ", style) if differs else (f"{text} ", "") for text, differs in parts]
        lead = line((f"    {mark} ", "dim"), number)
        rows += wrapped_line((*lead, *line(*spans or [("(nothing)", "dim")])), width - 2, " " * 9)
    return [*rows, EMPTY]


def list_rows(names: Iterable[tuple[str, str]], width: int) -> list[Line]:
    """What is to be written: a name and what was chosen for it, one row each."""
    found = list(names)
    label = min(max((len(name) for name, _ in found), default=0), width // 2)
    return [
        line(f"    {short(name, label):<{label}}  ", (short(words, width - label - 8), "figure"))
        for name, words in found
    ]
