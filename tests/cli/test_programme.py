"""Many inspections as one table: a row a case, nothing anyone noted, one criteria version."""

from __future__ import annotations

import csv
import gc
import json
import os
import shutil
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import EXAMPLE, Run
from sqs_core import open_inspection
from sqs_core.criteria import Criteria
from sqs_core.exports.csv_file import csv_bytes, csv_lines
from sqs_core.exports.programme import programme_columns
from sqs_core.exports.table import export_tables
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.create import new_inspection
from sqs_core.storage.programme import programme_rows
from sqs_core.storage.record_files import encode
from tables import read_csv

needs_polars = pytest.mark.skipif(find_spec("polars") is None, reason="polars is not installed")


@pytest.fixture
def three(tmp_path: Path, sqs: Run) -> list[Path]:
    """Two inspections under sqs-2012 and one under yjs-2018."""
    made = [Path(shutil.copytree(EXAMPLE, tmp_path / name)) for name in ("north", "south")]
    sqs("new", "west", "--service", "West", "--dates", "2026-01-12", "--cases", 2, "--criteria", "yjs-2018")
    return [*made, tmp_path / "west"]


def test_every_case_is_a_row_as_its_own_export_has_it(sqs: Run, three: list[Path], tmp_path: Path) -> None:
    done = sqs("programme", *three[:2], "--to", "all.csv")
    assert done.returncode == 0
    assert "wrote all.csv: 28 cases of 2 inspections, under sqs-2012 (reconstructed" in done.stderr
    rows = read_csv((tmp_path / "all.csv").read_bytes())
    folder = open_inspection(three[0])
    wide = read_csv(csv_bytes(export_tables(folder.criteria, folder.cases()[0], [])[1]))
    first = {"service": "Darlington Youth Offending Service", "area": "Darlington", "criteria": "sqs-2012"}
    first |= {"first_day": "2012-11-26", "last_day": "2012-11-28"}
    assert rows == [{"inspection": name, **first, **row} for name in ("north", "south") for row in wide]


def test_printed_csv_is_what_a_file_would_hold(sqs: Run, three: list[Path], tmp_path: Path) -> None:
    sqs("programme", *three[:2], "--to", "all.csv")
    printed = sqs("programme", *three[:2], "--csv").stdout
    assert list(csv.reader(printed.splitlines())) == list(
        csv.reader((tmp_path / "all.csv").read_text().splitlines())
    )


def test_practice_cases_are_left_out_and_counted_aloud(sqs: Run, three: list[Path]) -> None:
    sqs("synth", "training", "--cases", 3, "--seed", 1)
    done = sqs("programme", three[0], "training", "--csv")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 15)
    assert done.stderr.splitlines()[-1] == "left out: 3 practice cases of training; they are no findings"


def test_no_note_and_no_initials_leave(sqs: Run, three: list[Path]) -> None:
    printed = sqs("programme", three[0], "--csv").stdout
    head = printed.splitlines()[0].split(",")
    assert {"evidence", "said", "inspector", "case_manager", "order_length"}.isdisjoint(head)
    for record in open_inspection(three[0]).cases()[0]:
        assert all(not a.evidence or a.evidence not in printed for a in record.answers.values())


def test_several_criteria_versions_are_told_apart_and_one_can_be_chosen(sqs: Run, three: list[Path]) -> None:
    refused = sqs("programme", *three, "--csv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "sqs: these inspections were made under 2 criteria versions, and a table has the columns of one: "
        "sqs-2012 (north, south); yjs-2018 (west); choose with --criteria sqs-2012\n"
    )
    chosen = sqs("programme", *three, "--csv", "--criteria", "yjs-2018")
    assert [row.split(",")[0] for row in chosen.stdout.splitlines()[1:]] == ["west", "west"]
    assert "2 under another version left out" in chosen.stderr
    none = sqs("programme", *three, "--csv", "--criteria", "sqs-2013")
    assert "none of these inspections was made under 'sqs-2013'" in none.stderr


def test_records_that_cannot_be_read_are_all_told_and_nothing_is_written(
    sqs: Run, three: list[Path], tmp_path: Path
) -> None:
    (three[0] / "cases" / "07.toml").write_text("format = 1\n")
    (three[1] / "cases" / "09.toml").write_text("format = 99\n")
    for words in (["--to", "all.csv"], ["--csv"]):
        done = sqs("programme", *three[:2], *words)
        assert (done.returncode, done.stdout) == (3, "")
        assert "sqs: north/cases/07.toml" in done.stderr
        assert "sqs: south/cases/09.toml" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["north", "south", "west"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "where to? --to FILE.parquet, --to FILE.csv, or --csv to print it"),
        (["--to", "all.xlsx"], 2, "'all.xlsx' is neither a .parquet nor a .csv file"),
        (["--to", "there.csv"], 5, "there.csv is there already; write to another file, or replace it"),
        (["nowhere", "--csv"], 2, "no inspection in nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_record_is_read(
    sqs: Run, three: list[Path], tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    (tmp_path / "there.csv").write_text("mine")
    (three[0] / "cases" / "07.toml").write_text("format = 1\n")
    done = sqs("programme", three[0], *words)
    assert (done.returncode, said in done.stderr) == (code, True)
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_without_polars_the_extra_is_named(sqs: Run, three: list[Path], tmp_path: Path) -> None:
    if find_spec("polars") is not None:
        pytest.skip("polars is installed")
    done = sqs("programme", three[0], "--to", "all.parquet")
    assert done.returncode == 4
    assert "python -m pip install 'sqs-screening[programme]', or write a CSV" in done.stderr


@needs_polars
def test_parquet_holds_the_same_cells_with_real_types_and_the_criteria_version(
    sqs: Run, three: list[Path], tmp_path: Path
) -> None:
    import polars

    for name in ("all.csv", "all.parquet", "again.parquet"):
        assert sqs("programme", *three[:2], "--to", name).returncode == 0
    frame = polars.read_parquet(tmp_path / "all.parquet")
    rows = [
        {name: "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)}
        for row in frame.iter_rows(named=True)
        for name, cell in row.items()
    ]
    wanted = [{k: v} for row in read_csv((tmp_path / "all.csv").read_bytes()) for k, v in row.items()]
    assert rows == wanted
    kinds = {
        str(frame.schema[name]).partition("(")[0] for name in ("custody", "first_day", "roh.plan", "case")
    }
    assert kinds == {"Boolean", "Date", "Enum", "String"}
    metadata = polars.read_parquet_metadata(tmp_path / "all.parquet")
    criteria = open_inspection(three[0]).criteria
    assert (metadata["sqs.criteria"], metadata["sqs.criteria_hash"]) == (criteria.id, criteria.hash)
    assert "reconstructed" in metadata["sqs.criteria_source"]
    assert json.loads(metadata["sqs.codebook"])["roh.plan"]["values"]["parked"].startswith("was answered")
    assert (tmp_path / "again.parquet").read_bytes() == (tmp_path / "all.parquet").read_bytes()


@pytest.mark.skipif(not os.environ.get("SQS_EVERY_FAULT"), reason="asked with SQS_EVERY_FAULT=1")
def test_eight_times_the_cases_take_no_more_memory(tmp_path: Path, criteria: Criteria) -> None:
    peaks = []
    for inspections in (1, 8):
        folders = {}
        for place in range(inspections):
            name = f"{inspections}-{place}"
            pinned = Inspection("A service", criteria.id, criteria.hash)
            folders[name] = new_inspection(tmp_path / name, pinned, criteria, cases=0)
            for record in synthetic_records(criteria, 10, place, practice=False):
                (tmp_path / name / "cases").mkdir(exist_ok=True)
                (tmp_path / name / "cases" / f"{record.case}.toml").write_bytes(encode(record, criteria))
        tracemalloc.start()
        head = [column.name for column in programme_columns(criteria)]
        for lines, _ in enumerate(csv_lines(head, programme_rows(criteria, folders)), 1):
            if lines % 10 == 1:
                gc.collect()  # what refers to itself waits for this, on some Pythons longer than on others
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert lines == 10 * inspections + 1
    assert peaks[1] - peaks[0] < 200_000
