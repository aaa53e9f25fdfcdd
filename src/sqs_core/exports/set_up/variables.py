"""What R, Stata and SPSS have in common: codes for values, labels for people."""

from __future__ import annotations

from attrs import frozen

from sqs_core.exports.table import ANSWERS, NO, YES, Column, Table

# A judgement is 1 or 0; what is no judgement is below zero, so that one rule declares it missing.
STATE_CODES = {word: -place for place, (word, _) in enumerate(ANSWERS[2:], 1)}
CODES = {YES: 1, NO: 0, **STATE_CODES}
TRUTHS = (("true", "yes"), ("false", "no"))


@frozen
class Variable:
    """A column as a statistics program has it.

    ``name`` is legal in all three; ``raw`` names it while it is still text; ``codes`` gives each
    value of the CSV with its code and label, and is empty for text and dates.
    """

    name: str
    raw: str
    column: Column
    label: str
    codes: tuple[tuple[str, int, str], ...]


def variables(table: Table) -> tuple[Variable, ...]:
    """Return the columns of ``table`` with names, codes and labels."""
    return tuple(
        Variable(name, f"v{place}", column, _label(column), _codes(column))
        for place, (name, column) in enumerate(zip(table.variables, table.columns, strict=True), 1)
    )


def _label(column: Column) -> str:
    return f"{column.label} ({column.name})"


def _codes(column: Column) -> tuple[tuple[str, int, str], ...]:
    if column.kind == "boolean":
        return tuple((value, int(value == "true"), word) for value, word in TRUTHS)
    if column.kind != "category":
        return ()
    known = [value for value, _ in column.values]
    free = (code for code in range(1, len(known) + 2) if not (code == 1 and YES in known))
    return tuple(
        (value, CODES[value] if value in CODES else next(free), _meaning(value, text))
        for value, text in column.values
    )


def _meaning(value: str, text: str) -> str:
    return value if value == text else f"{value}: {text}"


def cut(text: str, most: int) -> str:
    """Return ``text`` on one line in at most ``most`` bytes of UTF-8, the end of a longer one marked."""
    line = " ".join(text.split())
    if len(line.encode()) <= most:
        return line
    return line.encode()[: most - 3].decode("utf-8", "ignore").rstrip() + "…"
