"""The workbooks: one table a sheet, numbers as numbers, text as text, every case accounted for."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqs_xlsx import sqs_register_renderers

from sqs_core.letter.report import Report
from sqs_core.plugins.testing import check_renderer, sample_report, sample_reports

BOARD, GRID = sqs_register_renderers()


def opened(renderer: Any, report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(renderer.render(report)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_both_pass_the_kit() -> None:
    check_renderer(BOARD)
    check_renderer(GRID)


def test_every_sheet_holds_one_table_with_a_header_row_and_no_merged_cells() -> None:
    for renderer in (BOARD, GRID):
        for sheet in opened(renderer, sample_report()):
            (table,) = sheet.tables.values()
            assert (table.ref, table.headerRowCount) == (sheet.dimensions, 1)
            assert not sheet.merged_cells.ranges
            assert sheet.freeze_panes == "B2"


def test_a_sheet_prints_large_enough_to_read_with_its_heads_on_every_page() -> None:
    sheets = {s.title: s for renderer in (BOARD, GRID) for s in opened(renderer, sample_report())}
    # One is the default, and is not written.
    across = {name: sheet.page_setup.fitToWidth or 1 for name, sheet in sheets.items()}
    assert across == {"Board": 1, "Reasons": 1, "Staff": 1, "About": 1, "Cases": 2, "Key": 1}
    cases = sheets["Cases"]
    assert (cases.print_title_rows, cases.print_title_cols) == ("$1:$1", "$A:$A")
    assert cases.oddHeader.right.text == "Names single cases by their reference: not for publication."
    assert sheets["Board"].print_title_cols == "$A:$B"


def test_a_long_text_is_wrapped_in_a_row_high_enough_for_it() -> None:
    sheet = opened(GRID, sample_report())["Key"]
    for row in sheet.iter_rows(min_row=2):
        lines = len(textwrap.wrap(row[2].value, 59))
        assert row[2].alignment.wrap_text
        assert (sheet.row_dimensions[row[2].row].height or 15) == 15 * lines


def test_the_board_has_the_tallies_as_numbers() -> None:
    report = sample_report()
    for row in rows(opened(BOARD, report)["Board"]):
        tally = report.findings.tally(row["Id"])
        assert (row["Good enough"], row["Of those judged"]) == (tally.k, tally.n)
        states = ("not-applicable", "not-asked", "not-known", "unanswered", "parked")
        assert row["Of those judged"] + sum(row[state] for state in states) == 14


def test_the_grid_holds_every_case_with_its_outcome_or_state() -> None:
    report = sample_report()
    found = {row["Case"]: row for row in rows(opened(GRID, report)["Cases"])}
    assert list(found) == list(report.findings.cases)
    for question, tally in report.findings.tallies.items():
        for outcome, cases in tally.outcomes.items():
            assert all(found[case][question] == outcome for case in cases)
        for state, cases in tally.unjudged.items():
            assert all(found[case][question] == state.value for case in cases)


def test_text_never_becomes_a_formula_or_a_link() -> None:
    for report in sample_reports().values():
        with zipfile.ZipFile(io.BytesIO(BOARD.render(report))) as package:
            sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_libreoffice_opens_it_and_reads_the_same_numbers(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    report = sample_report()
    book = tmp_path / "board.xlsx"
    book.write_bytes(BOARD.render(report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    with book.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        found = {row["Id"]: (row["Good enough"], row["Of those judged"]) for row in csv.DictReader(file)}
    tallies = report.findings.tallies.items()
    assert found == {question: (str(tally.k), str(tally.n)) for question, tally in tallies}
