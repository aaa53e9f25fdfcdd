"""The start screen: carry on, make, open, try."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqs_tui.memory import Recent
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, box, line, short, styled, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import day

STARTS = (
    ("n", "New inspection", "which service, which days, how many cases"),
    ("o", "Open a folder", "records are plain TOML files, one for each case"),
    ("t", "Try it", "5 minutes with made-up cases; nothing is kept"),
)


def start_picture(
    recent: Sequence[Recent], cursor: int, computer: Sequence[tuple[str, str]], width: int, height: int
) -> list[Line]:
    """The picture; ``cursor`` counts the inspections and then the three ways to start."""
    inner = min(width - 2, 96)
    rows: list[Line] = [line((" " + "─" * (width - 2), "dim"))]
    if height >= 18:
        rows += [line(("  Short Quality Screening", "title"))]
        rows += [
            line("  Step through a sample of cases with the case manager, then write the letter."),
            EMPTY,
        ]
    carry: list[Line] = []
    for place, known in enumerate(recent):
        carry += _carry_on(known, place, place == cursor, inner - 2)
    if not recent:
        words = "t tries it with made-up cases (5 minutes); n starts an inspection."
        carry = [line("   Nothing here yet."), *styled(f"   {row}" for row in wrapped(words, inner - 6))]
    rows += _indented(box("Carry on", carry[: max(2, height - 14)], inner))
    ways = []
    for place, (key, name, words) in enumerate(STARTS, len(recent)):
        here = place == cursor
        parts: list[Part] = [
            (" ▶ " if here else "   ", "here"),
            (key, "title"),
            (f"  {name:<18}", "here" if here else ""),
            (short(words, inner - 26), "dim"),
        ]
        ways.append(line(*parts, wish=f"key:{key}"))
    rows += _indented(box("Start", ways, inner))
    if height - len(rows) >= len(computer) + 4 and computer:
        told = [
            line((f"   {mark} ", "good" if mark == "✓" else "warn"), short(words, inner - 8))
            for mark, words in computer
        ]
        rows += _indented(box("This computer", told, inner))
    rows += [EMPTY, line(("  Everything you type is saved on this computer within a second.", "dim"))]
    return rows


def _carry_on(known: Recent, place: int, here: bool, width: int) -> list[Line]:
    parts: list[Part] = [(" ▶ " if here else "   ", "here")]
    name = 22 if width > 70 else 20
    parts.append((f"{short(known.service, name):<{name}} ", "here" if here else ""))
    parts.append(f"{short(known.dates, 16):<17}{known.done} of {number(known.total, 'case')}  ")
    if width > 70:
        parts.append((_ago(known.when), "dim"))
    rows = [line(*parts, wish=f"row:{place}")]
    if here:
        at = known.place
        words = f"     next: case {at.case}, {known.next or 'its facts'}" if at.case else "     "
        if known.later:
            words += f"   {number(known.later, 'question')} to come back to"
        rows.append(line((short(words, width), "dim")))
    return rows


def _ago(when: str) -> str:
    """When it was open: "today 01:43", "22 Nov", "22 Nov 2025"."""
    try:
        moment = datetime.strptime(when, "%Y-%m-%d %H:%M")
    except ValueError:
        return when
    now = datetime.now()
    if moment.date() == now.date():
        return f"today {moment:%H:%M}"
    told = day(moment.date())
    return told.removesuffix(f" {now.year}")


def _indented(rows: Sequence[Line]) -> list[Line]:
    return [(Span(" "), *row) for row in rows]
