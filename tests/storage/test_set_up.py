"""The set-up files read the CSV as it is: pandas, R and PSPP where they are installed; Stata never does."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from sqs_core import InspectionFolder
from sqs_core.exports.csv_file import csv_bytes
from sqs_core.exports.set_up import set_up_files
from sqs_core.exports.set_up.variables import variables
from sqs_core.exports.table import CellValue, Column, Table, export_tables
from sqs_core.exports.variable_names import variable_names
from sqs_core.workflow.outputs import export_files

ODD = Table(
    "odd",
    (
        Column("case", "text", 'a "label" with `quotes\' and $HOME'),
        Column("answer", "category", "seven words", (("yes", "it is"), ("no", "it is not"), ("parked", "p"))),
        Column("in", "boolean", "a word that programs keep"),
        Column("made", "date", "a day"),
    ),
    (
        ("01", "yes", True, date(2012, 2, 29)),
        ("=1+1, é", "parked", False, None),
        ('say "hi"', None, None, date(1999, 12, 31)),
    ),
)


@pytest.fixture(params=[False, True], ids=["plain", "bom"])
def exported(request: pytest.FixtureRequest, tmp_path: Path, example: InspectionFolder) -> list[Table]:
    """The example's tables and an odd one, written with their set-up files to ``tmp_path``."""
    made = export_tables(example.criteria, example.cases()[0], example.interviews()[0])
    described = [*(table for table in made if table.name != "codebook"), ODD]
    for table in described:
        (tmp_path / f"{table.name}.csv").write_bytes(csv_bytes(table, bom=request.param))
    for name, data in set_up_files(described).items():
        (tmp_path / name).write_bytes(data)
    return described


def run(folder: Path, *command: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, "rror" in done.stdout + done.stderr) == (0, False), done.stdout + done.stderr


def read_back(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_names_are_legal_in_all_three_and_told_apart() -> None:
    names = variable_names(["roh.plan", "ROH_plan", "in", "2nd", "q" * 40, "q" * 41, "é", "v1", "str8"])
    assert names == (
        "roh_plan",
        "ROH_plan_2",
        "in_",
        "q2nd",
        "q" * 32,
        "q" * 30 + "_2",
        "q_",
        "v1_",
        "str8_",
    )
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in names)


def test_each_of_the_seven_words_has_a_code_of_its_own(example: InspectionFolder) -> None:
    answers = export_tables(example.criteria, [], [])[0]
    (codes,) = [v.codes for v in variables(answers) if v.name == "answer"]
    assert {value: code for value, code, _ in codes} == {
        "yes": 1,
        "no": 0,
        "not-applicable": -1,
        "not-known": -2,
        "not-asked": -3,
        "unanswered": -4,
        "parked": -5,
    }


def test_r_reads_every_cell_as_it_is_in_the_records(tmp_path: Path, exported: list[Table]) -> None:
    writing = "\n".join(
        f'write.csv({t.name}, "{t.name}.out", row.names = FALSE, na = "", fileEncoding = "UTF-8")'
        for t in exported
    )
    checks = (
        'stopifnot(inherits(odd$made, "Date"), is.logical(odd$in_), is.factor(odd$answer), '
        'is.character(odd$case), attr(odd$answer, "labels")[["yes"]] == "yes: it is", '
        'attr(odd$answer, "codes")[["parked"]] == -5)'
    )
    (tmp_path / "run.R").write_text(f'source("read.R", encoding = "UTF-8")\n{checks}\n{writing}\n')
    run(tmp_path, "Rscript", "--vanilla", "run.R")
    for table in exported:
        head, *rows = read_back(tmp_path / f"{table.name}.out")
        assert tuple(head) == table.variables
        assert rows == [[_in_r(cell) for cell in row] for row in table.rows]


def _in_r(cell: CellValue) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    return "" if cell is None else str(cell)


def test_pandas_reads_every_cell_as_it_is_in_the_records(tmp_path: Path, example: InspectionFolder) -> None:
    pytest.importorskip("pandas")
    texts = ("None", "=1+1", "'quoted'", "two\nlines", "  NA", "1.0")
    records = [
        record.answering("roh.plan", evolve(record.answer("roh.plan"), evidence=text))
        for record, text in zip(example.cases()[0], texts, strict=False)
    ]
    people = example.interviews()[0]
    for name, data in export_files(example.criteria, records, people, text=True, bom=True).items():
        (tmp_path / name).write_bytes(data)
    asking = (
        "import json, read\n"
        "kinds = lambda d: {c: str(t).split('[')[0] for c, t in d.dtypes.items()}\n"
        "cells = lambda d: [[None if c is read.pd.NA or c != c else str(c) for c in row] for row in d.values]\n"
        "tables = [read.answers, read.cases, read.interviews]\n"
        "print(json.dumps([[kinds(d), cells(d.astype(object))] for d in tables]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", asking],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    made = [
        table
        for table in export_tables(example.criteria, records, people, text=True)
        if table.name != "codebook"
    ]
    kinds = {"text": "string", "category": "category", "boolean": "boolean", "date": "datetime64"}
    assert json.loads(done.stdout) == [
        [
            {column.name: kinds[column.kind] for column in table.columns},
            [[None if cell is None else _in_pandas(cell) for cell in row] for row in table.rows],
        ]
        for table in made
    ]


def _in_pandas(cell: str | bool | date) -> str:
    return f"{cell} 00:00:00" if isinstance(cell, date) else str(cell)


def test_pspp_reads_every_cell_as_a_text_a_day_or_its_code(tmp_path: Path, exported: list[Table]) -> None:
    lines = [
        f'GET FILE="{t.name}.sav".\nSAVE TRANSLATE /OUTFILE="{t.name}.out" /TYPE=CSV /FIELDNAMES /REPLACE.'
        for t in exported
    ]
    (tmp_path / "run.sps").write_text("\n".join(['INSERT FILE="labels.sps".', *lines]) + "\n")
    run(tmp_path, "pspp", "run.sps")
    for table in exported:
        head, *rows = read_back(tmp_path / f"{table.name}.out")
        assert tuple(head) == table.variables
        codes = [{value: str(code) for value, code, _ in v.codes} for v in variables(table)]
        wanted = [[_in_spss(c, known) for c, known in zip(row, codes, strict=True)] for row in table.rows]
        assert [[cell.strip() for cell in row] for row in rows] == wanted


def _in_spss(cell: CellValue, codes: dict[str, str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%m/%d/%Y")
    word = str(cell).lower() if isinstance(cell, bool) else cell
    return codes.get(word, word)


def test_what_is_no_judgement_counts_as_missing_in_pspp(tmp_path: Path, exported: list[Table]) -> None:
    counts = 'GET FILE="cases.sav".\nDESCRIPTIVES roh_plan /STATISTICS=MEAN.\n'
    (tmp_path / "run.sps").write_text(f'INSERT FILE="labels.sps".\n{counts}')
    run(tmp_path, "pspp", "-o", "out.csv", "run.sps")
    assert "(roh.plan),10,1.30" in (tmp_path / "out.csv").read_text()


def test_a_cell_of_several_lines_is_kept_from_spss_which_would_misread_it() -> None:
    broken = evolve(ODD, rows=(("one\ntwo", "yes", True, None),))
    assert "GET DATA /TYPE" not in set_up_files([broken])["labels.sps"].decode()
    assert "odd.csv has cells of several lines" in set_up_files([broken])["labels.sps"].decode()


def test_stata_takes_the_columns_by_place_and_leaves_no_macro_in_a_label() -> None:
    text = set_up_files([ODD])["labels.do"].decode()
    assert 'replace answer = .e if v2 == `"parked"\'' in text
    assert 'label variable case `"a "label" with \'quotes\' and \\$HOME (case)"\'' in text
    assert 'generate int made = daily(v4, "YMD")' in text
    assert all(len(line.encode()) < 250 for line in text.splitlines())
