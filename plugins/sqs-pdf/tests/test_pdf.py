"""The PDF: the letter's words, tagged as PDF/UA-1 wants, fonts embedded, the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from attrs import evolve
from sqs_pdf import sqs_register_renderers

from sqs_core.letter.document import Items, Lines, Paragraph, Picture
from sqs_core.plugins.testing import check_renderer, letter_words, sample_report, without_marks

(RENDERER,) = sqs_register_renderers()
PICTURE = Picture(
    "Board",
    "plans: 7 of 10",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20" width="80" height="20">'
    '<rect width="56" height="20" fill="#1a65a6"/></svg>',
    ("Question", "Good enough", "Of those judged"),
    (("plans", "7", "10"),),
)


def text_of(data: bytes) -> str:
    """The text of every page without its page number, which is no part of the letter."""
    lines: list[str] = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        lines += [line for line in page.extract_text().splitlines() if line.strip() != str(number)]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(RENDERER.render(sample_report())))


def tags_under(node: Any) -> list[tuple[str, Any]]:
    if isinstance(node, pikepdf.Array):
        return [found for part in node for found in tags_under(part)]
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        below = tags_under(node.K) if "/K" in node else []
        return [(str(node.S), node), *below]
    return []


def test_every_sample_has_the_words_of_the_letter_and_no_others() -> None:
    check_renderer(RENDERER, extract=text_of)


def test_a_picture_has_its_words_and_a_table_that_says_the_same() -> None:
    data = RENDERER.render(evolve(sample_report(), pictures=(PICTURE,)))
    with pikepdf.open(io.BytesIO(data)) as made:
        tags = tags_under(made.Root.StructTreeRoot.K)
    (figure,) = (node for kind, node in tags if kind == "/Figure")
    assert str(figure.Alt) == PICTURE.description
    assert sum(kind == "/TR" for kind, _ in tags) == 1 + len(PICTURE.rows)


def test_it_says_that_it_is_tagged_and_in_which_language(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Report of Short Quality Screening (SQS)")


def test_headings_paragraphs_and_lists_are_tagged_in_reading_order(pdf: pikepdf.Pdf) -> None:
    found = [tag for tag, _ in tags_under(pdf.Root.StructTreeRoot.K)]
    counted = Counter(found)
    document = sample_report().document
    assert (counted["/H1"], counted["/H3"]) == (1, 4)
    lists = [block for block in document.blocks if isinstance(block, Items)]
    assert counted["/L"] == len(lists)
    assert counted["/LI"] == counted["/Lbl"] == counted["/LBody"] == sum(len(b.items) for b in lists)
    assert counted["/P"] >= sum(isinstance(block, Paragraph) for block in document.blocks)
    levels = [int(tag[2:]) for tag in found if tag[1:2] == "H"]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_everything_on_a_page_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                depth += 1
            elif operator == "EMC":
                depth -= 1
            elif operator in ("Tj", "TJ", "S", "f", "f*", "B", "Do"):
                assert depth > 0, operator
        assert page.obj.Tabs == pikepdf.Name.S


def test_every_font_is_embedded_and_can_be_read_as_text(pdf: pikepdf.Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
    assert fonts
    for font in fonts:
        (below,) = font.DescendantFonts
        assert "/ToUnicode" in font
        assert any(f"/FontFile{kind}" in below.FontDescriptor for kind in ("", "2", "3"))


def test_a_character_that_no_font_has_is_named_with_the_remedy() -> None:
    report = sample_report()
    blocks = (Paragraph(("你",)), *report.document.blocks)
    strange = evolve(report, document=evolve(report.document, blocks=blocks))
    with pytest.raises(ValueError, match=r"no font here has 你 \(U\+4F60\); .* --option fonts=FOLDER"):
        RENDERER.render(strange)


def test_poppler_reads_the_letter_word_for_word(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    report = sample_report()
    path = tmp_path / "letter.pdf"
    path.write_bytes(RENDERER.render(report))
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.rstrip("\f").split("\f")
    lines = [
        line
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
        if line.strip() != str(number)
    ]
    assert without_marks(report.document, " ".join(lines).split()) == letter_words(report.document)


def test_a_place_name_too_long_for_the_line_stays_within_the_margins(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    report = sample_report("long")
    path = tmp_path / "letter.pdf"
    path.write_bytes(RENDERER.render(report))
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    ends = re.findall(rf'xMax="([\d.]+)" yMax="[\d.]+">{name}', done.stdout)
    # In points: A4 is 595.3 wide, the margin 70.9.
    assert ends
    assert max(map(float, ends)) <= 524.5


def test_a_list_of_names_is_not_torn_apart_by_the_end_of_a_page() -> None:
    report = sample_report()
    names = tuple(f"Name {place}" for place in range(30))
    blocks = (*report.document.blocks[:-1], Lines("copies", names, "Copy to:"))
    for more in range(12):
        padded = (*(Paragraph(("A line",)),) * more, *blocks)
        data = RENDERER.render(evolve(report, document=evolve(report.document, blocks=padded)))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
        assert [all(name in page for name in names) for page in pages].count(True) == 1, more


def test_an_independent_checker_finds_no_error_in_any_sample(tmp_path: Path) -> None:
    # outloud checks what a machine can of the Matterhorn Protocol; pip install outloud.
    if shutil.which("outloud") is None:
        pytest.skip("outloud is not installed")
    for kind in ("full", "empty", "accented", "markup"):
        (tmp_path / f"{kind}.pdf").write_bytes(RENDERER.render(sample_report(kind)))
    done = subprocess.run(
        ["outloud", "--fail-on", "error", "--layer", "conformance", *sorted(tmp_path.glob("*.pdf"))],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.count(" 0 error(s)")) == (0, 4), done.stdout


def test_fonts_that_are_not_in_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the option fonts needs a folder, and .*nowhere is none"):
        RENDERER.render(sample_report(options={"fonts": str(tmp_path / "nowhere")}))
