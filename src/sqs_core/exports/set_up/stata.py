"""``labels.do``: the CSV as Stata data sets with variable and value labels."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.exports.set_up.variables import Variable, cut, variables
from sqs_core.exports.table import Table

_HEAD = """\
* Reads the CSV files of this folder and saves each as a data set: cd to it, then do "labels.do".
* What is no judgement is an extended missing value: .a not applicable, .b not known, .c not asked,
* .d unanswered, .e parked.  A blank is a value that was not recorded.
version 14
"""
_LABEL, _MEANING = 80, 240


def labels_do(tables: Iterable[Table]) -> str:
    """Return the whole file; ``NAME.dta`` is saved for each table."""
    return _HEAD + "".join(_data_set(table) for table in tables)


def _data_set(table: Table) -> str:
    found = variables(table)
    lines = [
        "",
        f'import delimited using "{table.name}.csv", clear varnames(nonames) rowrange(2) ///',
        '    stringcols(_all) bindquote(strict) encoding("UTF-8")',
    ]
    for variable in found:
        lines += _variable(variable)
    lines += ["order " + " ".join(v.name for v in found), f'save "{table.name}.dta", replace']
    return "\n".join(lines) + "\n"


def _variable(variable: Variable) -> list[str]:
    name, raw = variable.name, variable.raw
    kind = variable.column.kind
    if kind == "text":
        lines = [f'replace {raw} = substr({raw}, 2, .) if substr({raw}, 1, 1) == "\'"']
        lines.append(f"rename {raw} {name}")
    elif kind == "number":
        lines = [f"generate long {name} = real({raw})", f"drop {raw}"]
    elif kind == "date":
        lines = [f'generate int {name} = daily({raw}, "YMD")', f"format {name} %tdCCYY-NN-DD", f"drop {raw}"]
    else:
        lines = [f"generate int {name} = ."]
        lines += [
            f"replace {name} = {_code(code)} if {raw} == {_text(value)}" for value, code, _ in variable.codes
        ]
        labels = " ///\n    ".join(
            f"{_code(code)} {_text(cut(label, _MEANING))}" for _, code, label in variable.codes
        )
        lines.append(f"drop {raw}")
        if labels:
            lines += [f"label define {name} {labels}, replace", f"label values {name} {name}"]
    return [*lines, f"label variable {name} {_text(cut(variable.label, _LABEL))}"]


def _code(code: int) -> str:
    return str(code) if code >= 0 else "." + "abcdefgh"[-code - 1]


def _text(text: str) -> str:
    # Within these quotes a plain one is text; what would be a macro is not.
    return '`"' + text.replace("`", "'").replace("$", "\\$") + "\"'"
