"""A merge: what is equal, what is taken, what is to decide, and one difference with both sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.letter.effect import Effect
from sqs_core.storage.merge.choices import named, needs_why, side_chosen, words_of
from sqs_core.storage.merge.three_way import FieldDifference, Side, TakenField
from sqs_core.storage.moderation.pending_decisions import PendingChoice, PendingChoices
from sqs_tui.paint.lines import EMPTY, Line, Part, line, rule, short, window, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.effect import effect_rows
from sqs_tui.pictures.sheet import Box
from sqs_tui.pictures.sides import Option, option_rows, side_boxes, titled, why_rows
from sqs_tui.pictures.sides import Side as View

CHOSEN = {"ours": "← ours", "theirs": "→ theirs", None: ""}


@frozen
class Merging:
    """What is drawn: the differences with the choices about them, how much is equal and taken."""

    criteria: Criteria
    other: str
    equal: int
    taken: tuple[TakenField, ...]
    differences: tuple[FieldDifference, ...]
    choices: PendingChoices
    cursor: int
    choice: PendingChoice
    effect: Effect | None
    top: int = 0
    why_open: bool = False

    @property
    def left(self) -> int:
        """How many are still to decide."""
        return sum(side_chosen(self.choices, d) is None for d in self.differences)


def sum_line(seen: Merging, width: int) -> Line:
    """The counts in one row."""
    records = number(seen.equal, "record")
    words = f"  {records} equal · {number(len(seen.taken), 'field')} to take · {len(seen.differences)} differ"
    left = f" · {seen.left} left to decide" if seen.left else " · all decided: W"
    if len(words + left) >= width:
        words = f"  {seen.equal} equal · {len(seen.taken)} to take · {len(seen.differences)} differ"
    return line(
        (short(words, width - len(left)), "dim"), (left if seen.differences else " · W merges", "flag")
    )


def merge_picture(seen: Merging, width: int, height: int, *, aside: bool) -> tuple[list[Line], Box, int]:
    """The picture, where the reason is written, and how many rows of the sides are below their boxes."""
    small, tall = height < 18, height >= 30
    head = [] if small else [rule(width)]
    head.append(sum_line(seen, width))
    if not seen.differences:
        return [*head, EMPTY, *_no_difference(seen, width)], Box(3, 0, 20, 1), 0
    here = seen.differences[seen.cursor]
    head += titled(named(seen.criteria, here), width, 1)
    side = side_chosen(seen.choices, here)
    options = [Option("left", "←", "ours"), Option("right", "→", seen.other, "theirs")]
    foot = option_rows("Take", options, {"ours": "left", "theirs": "right", None: ""}[side], width)
    why_height = (6 if tall else 3) if seen.why_open or not small else 1
    needed = "a reason is needed: two judgements" if needs_why(here) and not seen.choice.why else ""
    about = here.field[1] if len(here.field) > 1 else ""
    effects = effect_rows(seen.criteria, seen.effect, width, first=about)
    listed = 0 if aside else min(len(seen.differences), 3 if small else 4)
    below = [] if aside else [*([] if small else [rule(width)]), *list_rows(seen, width, listed)]
    spare = height - len(head) - len(foot) - why_height - len(effects) - len(below) - (3 if tall else 0)
    boxes, more = side_boxes(
        [
            (_view(seen, here, "← ours", here.ours), side == "ours", "left"),
            (_view(seen, here, f"→ {seen.other}", here.theirs), side == "theirs", "right"),
        ],
        width,
        min(max(3, spare), 14),
        seen.top,
    )
    gap = [EMPTY] if tall else []
    above = [*head, *gap, *boxes, *foot, *gap]
    rows = [
        *above,
        *why_rows(seen.choice.why, width, why_height, open_=seen.why_open, note=needed),
        *gap,
        *effects,
    ]
    rows += [EMPTY] * (height - len(rows) - len(below))
    place = Box(3, len(above) + 1, width - 6, max(1, why_height - 2))
    return [*rows, *below][:height], place, more


def _no_difference(seen: Merging, width: int) -> list[Line]:
    words = (
        "Nothing that both changed: nothing is left to decide.  W shows what the merge does, and writes it."
    )
    if not seen.taken:
        words = f"Nothing to take from {seen.other}: everything in it is here already."
    return [line("  " + row) for row in wrapped(words, width - 4)]


def _view(seen: Merging, here: FieldDifference, title: str, value: Any) -> View:
    told = (("before", words_of(seen.criteria, here, here.base)),)
    return View(title, words_of(seen.criteria, here, value), "", told)


def list_rows(seen: Merging, width: int, height: int) -> list[Line]:
    """The differences around the mark."""
    top = window(seen.cursor, max(0, seen.cursor - height // 2), height, len(seen.differences))
    return [difference_row(seen, at, width) for at in range(top, min(top + height, len(seen.differences)))]


def difference_row(seen: Merging, at: int, width: int) -> Line:
    """One difference in the list."""
    difference, here = seen.differences[at], at == seen.cursor
    side: Side | None = side_chosen(seen.choices, difference)
    silent = side and needs_why(difference) and not _why(seen, difference)
    words = CHOSEN[side] + (", say why" if silent else "")
    name = short(named(seen.criteria, difference), width - len(words) - 6)
    gap = " " * max(2, width - len(name) - len(words) - 5)
    parts: list[Part] = [(" ▶ " if here else "   ", "here"), (name, "here" if here else "")]
    return line(*parts, gap, (words, "flag"), wish=f"row:{at}")


def _why(seen: Merging, difference: FieldDifference) -> str:
    from sqs_core.storage.merge.choices import place_of

    return seen.choices.choice(place_of(difference)).why


def side_pane(seen: Merging, width: int, height: int) -> list[Line]:
    """The list for the pane at the left, with the counts under it."""
    room = max(3, height - 8)
    rows: list[Line] = [line((f" {number(len(seen.differences), 'difference')}", "title"))]
    rows += list_rows(seen, width, room)
    foot = [
        line((" Taken without asking", "title")),
        line(f" {number(len(seen.taken), 'field')} that one side changed"),
        line((" t lists them", "dim"), wish="key:t"),
        EMPTY,
        line(f" {number(seen.equal, 'record')} equal"),
    ]
    return [*rows, *[EMPTY] * (height - len(rows) - len(foot)), *foot]


@frozen
class Folder:
    """A folder that may be meant: its path, the name to show, and what is known of it."""

    path: Path
    shown: str
    told: str = ""


def choose_picture(folders: Sequence[Folder], cursor: int, width: int, height: int) -> list[Line]:
    """Which folder to merge in: those begun, those near, or a path typed."""
    note = (
        "Field by field: what is equal stays, what one side changed is taken, what both changed you "
        "decide.  Nothing is decided by time, nothing is deleted, and nothing is written before you see "
        "what it does to board and letter.  One folder after the other."
    )
    rows: list[Line] = [rule(width), line(("  Which folder is to be merged into this one?", "title")), EMPTY]
    top = window(cursor, 0, max(1, height - 10), len(folders))
    for at, folder in list(enumerate(folders))[top : top + max(1, height - 10)]:
        here = at == cursor
        room = width - len(folder.told) - 8
        words = folder.shown if len(folder.shown) <= room else "…" + folder.shown[1 - room :]
        mark = (" ▶ " if here else "   ", "here")
        told = (f"  {folder.told}", "dim")
        rows.append(line(mark, (words, "here" if here else ""), told, wish=f"row:{at}"))
    if not folders:
        rows.append(line(("   No other inspection was found beside this one: o takes a path.", "dim")))
    return [*rows, EMPTY, *(line(("  " + row, "dim")) for row in wrapped(note, width - 4))]
