"""``labels.sps``: the CSV as SPSS (or PSPP) data sets with labels and missing values."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.exports.set_up.variables import Variable, cut, variables
from sqs_core.exports.table import Table

_HEAD = """\
* Encoding: UTF-8.
* Reads the CSV files of this folder and saves each as a data set: run it there, in SPSS or PSPP.
* What is no judgement is a missing value below zero: -1 not applicable, -2 not known, -3 not asked,
  -4 unanswered, -5 parked.  A system-missing value was not recorded.
"""
_LABEL = 120  # bytes: the most a value label can have


def labels_sps(tables: Iterable[Table]) -> str:
    """Return the whole file; ``NAME.sav`` is saved for each table."""
    return _HEAD + "".join(_data_set(table) for table in tables)


def _data_set(table: Table) -> str:
    if any(isinstance(cell, str) and "\n" in cell for row in table.rows for cell in row):
        return (
            f"\n* {table.name}.csv has cells of several lines, which GET DATA cannot read:\n"
            "  export without --text to have this table here.\n"
        )
    found = variables(table)
    lines = [
        "",
        f'GET DATA /TYPE=TXT /FILE="{table.name}.csv" /ENCODING="UTF-8" /ARRANGEMENT=DELIMITED',
        '  /DELIMITERS="," /QUALIFIER=\'"\' /FIRSTCASE=2 /VARIABLES=',
    ]
    lines += [f"  {_format(table, place, variable)}" for place, variable in enumerate(found)]
    lines[-1] += "."
    for variable in found:
        lines += _variable(variable)
    lines.append(f'SAVE OUTFILE="{table.name}.sav" /KEEP=')
    lines += [f"  {variable.name}" for variable in found]
    lines[-1] += "."
    return "\n".join(lines) + "\n"


def _format(table: Table, place: int, variable: Variable) -> str:
    if variable.column.kind == "date":
        return f"{variable.name} SDATE10"
    if variable.column.kind == "number":
        return f"{variable.name} F9.0"
    cells = [row[place] for row in table.rows]
    # One more for the apostrophe in front of what a spreadsheet would run.
    widest = max((len(cell.encode()) for cell in cells if isinstance(cell, str)), default=0) + 1
    values = max((len(value.encode()) for value, _, _ in variable.codes), default=0)
    return f"{variable.raw if variable.codes else variable.name} A{max(widest, values)}"


def _variable(variable: Variable) -> list[str]:
    name = variable.name
    lines = []
    if variable.codes:
        lines.append(f"RECODE {variable.raw}")
        lines += [f"  ({_text(value)}={code})" for value, code, _ in variable.codes]
        lines[-1] += f" INTO {name}."
        lines.append(f"VALUE LABELS {name}")
        lines += [f"  {code} {_text(cut(label, _LABEL))}" for _, code, label in variable.codes]
        lines[-1] += "."
        if any(code < 0 for _, code, _ in variable.codes):
            lines.append(f"MISSING VALUES {name} (LO THRU -1).")
        lines.append(f"FORMATS {name} (F4.0).")
    elif variable.column.kind == "text":
        lines.append(f'IF (SUBSTR({name}, 1, 1) = "\'") {name} = SUBSTR({name}, 2).')
    return [*lines, f"VARIABLE LABELS {name} {_text(cut(variable.label, _LABEL))}."]


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
