"""``read.R``: the CSV as data frames with factors, dates and labels; R's own functions only."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqs_core.exports.set_up.variables import Variable, variables
from sqs_core.exports.table import Table

_HEAD = """\
# Reads the CSV files of this folder into data frames: run it there, with source("read.R").
# attr(x, "label") is what a column says, attr(x, "labels") what each of its values means,
# attr(x, "codes") the number each value has in the Stata and SPSS files.

sqs_read <- function(file, names) {
  data <- read.csv(file, colClasses = "character", na.strings = "", fileEncoding = "UTF-8-BOM",
                   header = TRUE, check.names = FALSE)
  names(data) <- names
  # Text that a spreadsheet would run as a formula was given an apostrophe: it is taken away again.
  data[] <- lapply(data, function(x) sub("^'", "", x))
  data
}
sqs_labelled <- function(x, label, labels = NULL, codes = NULL) {
  attr(x, "label") <- label
  attr(x, "labels") <- labels
  attr(x, "codes") <- codes
  x
}
"""


def read_r(tables: Iterable[Table]) -> str:
    """Return the whole file; a data frame for each table."""
    return _HEAD + "".join(_frame(table) for table in tables) + "\nrm(sqs_read, sqs_labelled)\n"


def _frame(table: Table) -> str:
    found = variables(table)
    names = ",\n  ".join(_text(variable.name) for variable in found)
    lines = [f"\n{table.name} <- sqs_read({_text(table.name + '.csv')}, c(\n  {names}))"]
    lines += [_column(table.name, variable) for variable in found]
    return "\n".join(lines) + "\n"


def _column(frame: str, variable: Variable) -> str:
    column = f"{frame}${variable.name}"
    kind, extra = variable.column.kind, ""
    value = {"boolean": f'{column} == "true"', "date": f"as.Date({column})"}.get(kind, column)
    value = f"as.integer({column})" if kind == "number" else value
    if kind == "category":
        levels = _vector(_text(value) for value, _, _ in variable.codes)
        labels = _vector(f"{_text(value)} = {_text(label)}" for value, _, label in variable.codes)
        codes = _vector(f"{_text(value)} = {code}" for value, code, _ in variable.codes)
        value, extra = f"factor({column}, levels = {levels})", f",\n  {labels},\n  {codes}"
    return f"{column} <- sqs_labelled({value}, {_text(variable.label)}{extra})"


def _vector(parts: Iterable[str]) -> str:
    return "c(" + ",\n    ".join(parts) + ")"


def _text(text: str) -> str:
    # JSON's escapes are R's, but for the slash, which json.dumps leaves alone.
    return json.dumps(text, ensure_ascii=False)
