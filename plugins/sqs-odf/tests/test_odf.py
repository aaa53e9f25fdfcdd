"""OpenDocument files: the letter's words, one table a sheet, the same bytes, and LibreOffice reads them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sqs_odf import sqs_register_renderers

from sqs_core.letter.report import Report
from sqs_core.letter.sheets import Sheet, board_sheets, grid_sheets
from sqs_core.plugins.testing import (
    check_renderer,
    letter_words,
    sample_report,
    sample_reports,
    without_marks,
)

LETTER, BOARD, GRID = sqs_register_renderers()
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def part(data: bytes, name: str = "content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def text_of(data: bytes) -> str:
    blocks = [e for e in part(data).iter() if e.tag in (f"{TEXT}p", f"{TEXT}h")]
    return "\n".join("".join(_pieces(block)) for block in blocks)


def _pieces(element: ElementTree.Element) -> list[str]:
    spaces = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
    found = [spaces.get(element.tag, ""), element.text or ""]
    for child in element:
        found += [*_pieces(child), child.tail or ""]
    return found


def cells(sheet: ElementTree.Element) -> list[list[str]]:
    rows = []
    for row in sheet.iter(f"{TABLE}table-row"):
        rows.append([cell.get(f"{OFFICE}value") or "".join(cell.itertext()) for cell in row])
    return rows


def test_every_sample_has_the_words_of_the_letter_and_no_others() -> None:
    check_renderer(LETTER, extract=text_of)


def test_the_spreadsheets_pass_the_kit() -> None:
    check_renderer(BOARD, extract=text_of, whole_letter=False)
    check_renderer(GRID, extract=text_of, whole_letter=False)


def test_headings_lists_title_and_language_are_real() -> None:
    data = LETTER.render(sample_report())
    levels = [e.get(f"{TEXT}outline-level") for e in part(data).iter(f"{TEXT}h")]
    lists = [e.get(f"{TEXT}style-name") for e in part(data).iter(f"{TEXT}list")]
    assert (levels.count("1"), set(levels)) == (1, {"1", "2", "3"})
    assert lists == ["SQS_20_Bullets", "SQS_20_Roman"]
    meta = {e.tag.partition("}")[2]: e.text for e in part(data, "meta.xml")[0]}
    assert meta["title"] == sample_report().document.title
    assert (meta["language"], meta["generator"]) == ("en-GB", "sqs-odf")
    assert meta.keys().isdisjoint({"document-statistic", "user-defined", "creator"})
    used = {e.get(f"{TEXT}style-name") for e in part(data).iter() if e.get(f"{TEXT}style-name")}
    known = {e.get(f"{STYLE}name") for e in part(data, "styles.xml").iter()}
    assert used <= known


@pytest.mark.parametrize(("renderer", "sheets"), [(BOARD, board_sheets), (GRID, grid_sheets)])
def test_every_sheet_holds_one_table_with_a_header_row_and_every_cell(renderer: Any, sheets: Any) -> None:
    for report in sample_reports().values():
        content = part(renderer.render(report))
        found = list(content.iter(f"{TABLE}table"))
        wanted: list[Sheet] = list(sheets(report))
        assert [sheet.get(f"{TABLE}name") for sheet in found] == [sheet.name for sheet in wanted]
        for sheet, want in zip(found, wanted, strict=True):
            assert cells(sheet) == [[str(c) for c in row] for row in (want.head, *want.rows)]
            assert len(sheet.findall(f"{TABLE}table-header-rows/{TABLE}table-row")) == 1
        kept = {attribute.partition("}")[2] for e in content.iter() for attribute in e.attrib}
        assert kept.isdisjoint({"formula", "number-columns-spanned", "number-rows-spanned", "href"})


def test_the_heads_of_a_sheet_stay_in_view_and_on_every_printed_page() -> None:
    data = GRID.render(sample_report())
    cases = next(part(data).iter(f"{TABLE}table"))
    repeated = cases.findall(f"{TABLE}table-header-columns/{TABLE}table-column")
    assert (len(repeated), len(cases.findall(f"{TABLE}table-column"))) == (1, 25)
    layouts = {e.get(f"{STYLE}name"): e[0] for e in part(data, "styles.xml").iter(f"{STYLE}page-layout")}
    assert {name: e.get(f"{STYLE}scale-to-X") for name, e in layouts.items()} == {"Cases": "2", "Key": "1"}
    view = "".join(part(data, "settings.xml").itertext())
    assert view == "view1" + "2211311" * 2


def test_a_signature_never_stands_alone_on_a_page() -> None:
    body = part(LETTER.render(sample_report())).iter(f"{TEXT}p")
    styles = [paragraph.get(f"{TEXT}style-name") for paragraph in body]
    assert styles[styles.index("SQS_20_Farewell") - 1] == "SQS_20_Lead"


def test_a_package_holds_nothing_but_the_document() -> None:
    for renderer in (LETTER, BOARD, GRID):
        with zipfile.ZipFile(io.BytesIO(renderer.render(sample_report()))) as package:
            members = package.infolist()
        assert [m.filename for m in members] == [
            "mimetype",
            "META-INF/manifest.xml",
            "content.xml",
            "meta.xml",
            "settings.xml",
            "styles.xml",
        ]
        assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}
        assert members[0].compress_type == zipfile.ZIP_STORED


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of LibreOffice, which it takes longer to make than to convert a file."""
    return tmp_path_factory.mktemp("profile")


def converted(tmp_path: Path, profile: Path, renderer: Any, report: Report, to: str) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    file = tmp_path / f"file{renderer.suffix}"
    file.write_bytes(renderer.render(report))
    settings = f"-env:UserInstallation={profile.as_uri()}"
    command = ["soffice", settings, "--headless", "--convert-to", to, "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return file.with_suffix("." + to.partition(":")[0])


def test_libreoffice_reads_the_letter_word_for_word(tmp_path: Path, profile: Path) -> None:
    report = sample_report()
    text = converted(tmp_path, profile, LETTER, report, "txt:Text").read_text(encoding="utf-8-sig")
    assert without_marks(report.document, text.split()) == letter_words(report.document)


def test_libreoffice_reads_the_same_board(tmp_path: Path, profile: Path) -> None:
    report = sample_report()
    with converted(tmp_path, profile, BOARD, report, "csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    board = board_sheets(report)[0]
    assert found == [[str(cell) for cell in row] for row in (board.head, *board.rows)]
