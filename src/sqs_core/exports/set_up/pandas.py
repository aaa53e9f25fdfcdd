"""``read.py``: the CSV as pandas data frames, by the codebook beside them; the same for every export."""

from __future__ import annotations

READ_PY = '''\
"""Reads the CSV files of this folder into pandas: run it there, or "from read import cases".

What a column says, and what each of its values means, is in codebook.
"""

from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent


def text(name):
    """A file with every cell as text: case 01 is not 1, and "None" is what somebody wrote."""
    made = pd.read_csv(HERE / f"{name}.csv", dtype="string", keep_default_na=False, na_values=[""])
    # Text that a spreadsheet would run as a formula was given an apostrophe: it is taken away again.
    return made.apply(lambda cells: cells.str.removeprefix("'"))


def read(name):
    """A file with the kinds of the codebook; every value a category can have, in its order."""
    made = text(name)
    for column, told in codebook[codebook["table"] == name].groupby("column", sort=False):
        kind = told["kind"].iloc[0]
        if kind == "category":
            made[column] = made[column].astype(pd.CategoricalDtype(told["value"].dropna().tolist()))
        elif kind == "boolean":
            made[column] = made[column].map({"true": True, "false": False}).astype("boolean")
        elif kind == "number":
            made[column] = pd.to_numeric(made[column]).astype("Int64")
        elif kind == "date":
            made[column] = pd.to_datetime(made[column], format="%Y-%m-%d")
    return made


codebook = text("codebook")
answers, cases, interviews = read("answers"), read("cases"), read("interviews")
board = pd.read_csv(HERE / "board.csv")
'''
