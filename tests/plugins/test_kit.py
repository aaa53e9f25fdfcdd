"""The testing kit finds what authors get wrong, and says it in a line."""

from __future__ import annotations

import io
import itertools
import os
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from html import escape
from pathlib import Path

import pytest
from attrs import evolve

from conftest import CHECKOUT
from sqs_core import Items, Option, Renderer, State
from sqs_core.letter.report import Report
from sqs_core.plugins.testing import (
    check_criteria,
    check_renderer,
    letter_words,
    sample_report,
    sample_reports,
)
from sqs_core.renderers.text import render_text

COUNTER = itertools.count()
BOARD = {"media_type": "text/html", "needs_letter": False}
PAGE = Option("the size of the paper", choices=("A4", "A5"), default="A4")


def renderer(render: Callable[[Report], bytes], **changes: object) -> Renderer:
    fields = {"name": "mine", "suffix": ".txt", "media_type": "text/plain", "description": "a test"}
    return Renderer(**{**fields, **changes}, render=render)  # type: ignore[arg-type]


def text_of(data: bytes) -> str:
    return data.decode().replace("=" * 20, "")


def marked(report: Report) -> list[str]:
    """The words of the letter with its marks at the head."""
    return [*report.mark_line.split(), *letter_words(report.document)]


def raises(report: Report) -> bytes:
    raise ValueError("no such font")


def printing(report: Report) -> bytes:
    print("hello")
    return b"x"


def changing(report: Report) -> bytes:
    return f"{next(COUNTER)}".encode()


def naming(report: Report) -> bytes:
    return (" ".join(report.findings.cases) or "none").encode()


def dating(report: Report) -> bytes:
    return f"{report.service} {date.today()}".encode()


def zipping(report: Report) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("letter.txt", report.service)
    return out.getvalue()


def shuffling(report: Report) -> bytes:
    words = marked(report)
    return " ".join((*words, *set(words))).encode()


def timing(report: Report) -> bytes:
    return f"{' '.join(marked(report))} {datetime.now():%H}".encode()


def without_a_figure(report: Report) -> bytes:
    _, figure = next(report.document.figures())
    return " ".join(marked(report)).replace(figure.text, "").encode()


def page(report: Report, unescaped: str) -> bytes:
    """The letter as HTML in which one of the characters that have to be escaped is not."""
    marks = {"&": "&amp;", "<": "&lt;", '"': "&quot;"}
    escaped = str.maketrans({mark: name for mark, name in marks.items() if mark != unescaped})
    words = " ".join(marked(report)).translate(escaped)
    head = '<html lang="en"><title>A letter</title>'
    return f'{head}<p title="{report.service.translate(escaped)}">{words}</p></html>'.encode()


def table(report: Report, cells: Callable[[Report], list[str]], language: str = "en") -> bytes:
    """A page with the marks, what it is of, and ``cells``."""
    body = "".join(f"<td>{cell}" for cell in cells(report))
    head = f"<html lang={language}><title>Board</title>{escape(report.mark_line)} {escape(report.service)}"
    return f"{head}<table><tr>{body}</table></html>".encode()


def tsv(report: Report) -> bytes:
    rows = [f"{question.id}\t{question.text}" for question in report.criteria.questions]
    return "\n".join((f"id\t{report.service} {report.mark_line}", *rows)).encode()


def hand_made_json(report: Report) -> bytes:
    themes = ", ".join(f'"{theme.title}"' for theme in report.criteria.themes)
    return f"[{themes}]".encode()


def means(report: Report) -> list[str]:
    """The mean count of each theme, where every theme is taken to have questions."""
    themes = [report.criteria.theme_questions(theme.id) for theme in report.criteria.themes]
    return [f"{sum(report.findings.tally(q.id).k for q in asked) / len(asked)}" for asked in themes]


def colours(report: Report) -> list[str]:
    known = {"sufficient": "green", "insufficient": "red", "absent": "black"}
    return [known[outcome] for tally in report.findings.tallies.values() for outcome in tally.outcomes]


def first_twenty(report: Report) -> bytes:
    return table(report, lambda report: [*report.findings.cases[:20]])


def disordered(report: Report) -> bytes:
    blocks = sorted(report.document.blocks, key=lambda block: isinstance(block, Items))
    moved = evolve(report.document, blocks=tuple(blocks))
    return " ".join((report.mark_line, *letter_words(moved))).encode()


def writing(report: Report) -> bytes:
    Path("left-behind.txt").write_text(report.service, encoding="utf-8")
    return " ".join(marked(report)).encode()


def found_beside(report: Report) -> bytes:
    return b" ".join((Path("beside.txt").read_bytes(), *(word.encode() for word in marked(report))))


def quitting(report: Report) -> bytes:
    if not Path("beside.txt").exists():
        os._exit(5)
    return " ".join(marked(report)).encode()


def sized(report: Report) -> bytes:
    size = {"A4": "210mm"}[report.options.get("page", "A4")]
    return table(report, lambda report: [size])


def per_case(report: Report) -> bytes:
    return f"{1 / len(report.findings.cases)}".encode()


def packing(report: Report) -> bytes:
    return zlib.compress(naming(report) + report.service.encode())


@pytest.mark.parametrize(
    ("mine", "line"),
    [
        (renderer(dating), "bears the date of today"),
        (renderer(zipping), "is a zip whose members are dated today"),
        (renderer(shuffling), "gives other bytes in another process: look for sets and the clock"),
        (renderer(timing), "gives other bytes in another process: look for sets and the clock"),
        (
            renderer(without_a_figure),
            "full, odd-criteria: after “the start of a sample of” it lacks “14 recent cases",
        ),
        (
            renderer(lambda r: " ".join(marked(r)).encode("latin-1", "replace")),
            "accented, welsh: after “Gwasanaeth Troseddau Ieuenctid” it lacks “Tŷ-ddŵr",
        ),
        (
            renderer(lambda r: page(r, "&"), media_type="text/html"),
            "markup, odd-criteria: after “<script>alert(1)</script>” it lacks “&amp; ",
        ),
        (
            renderer(lambda r: page(r, '"'), media_type="text/html"),
            "markup, odd-criteria: does not escape quotes in an attribute of <p>",
        ),
        (
            renderer(lambda r: table(r, lambda r: [str(q.text) for q in r.criteria.questions]), **BOARD),
            "  odd-criteria: holds a <script>",
        ),
        (
            renderer(tsv, **{**BOARD, "media_type": "text/tab-separated-values"}),
            "odd-criteria: row 3 has 1 cells",
        ),
        (renderer(hand_made_json, **{**BOARD, "media_type": "application/json"}), "odd-criteria: is no JSON"),
        (renderer(lambda r: table(r, means), **BOARD), "six-themes: raises ZeroDivisionError"),
        (renderer(lambda r: table(r, colours), **BOARD), "four-grades: raises KeyError: 'outstanding'"),
        (
            renderer(lambda r: table(r, lambda r: [str(r.criteria.letter.title)]), **BOARD),  # type: ignore[union-attr]
            "no-letter: raises AttributeError",
        ),
        (renderer(first_twenty, **BOARD, needs_records=True), "many-cases: names the first 20 of 24 cases"),
        (renderer(sized, **BOARD, options={"page": PAGE}), "with --option page=A5: raises KeyError"),
        (renderer(lambda r: page(r, ""), media_type="text/html"), 'welsh: says lang="en" where'),
        (renderer(lambda r: render_text(evolve(r, draft=""))), "draft: lacks the mark DRAFT"),
        (renderer(disordered), "has “Areas requiring improvement” before what stands above it in the letter"),
        (renderer(writing), "writes a file of its own, left-behind.txt"),
        (
            renderer(found_beside),
            "'beside.txt', but only in another process, from another folder",
        ),
        (renderer(quitting), "ends another process with exit code 5"),
        (renderer(per_case), "  empty: raises ZeroDivisionError"),
        (
            renderer(lambda report: b"x", stem="../x"),
            "the stem of 'mine' must be a file's name such as 'letter', not '../x'",
        ),
        (renderer(lambda report: b"x", prepare=lambda: 1 / 0), "its prepare raises ZeroDivisionError"),
        (renderer(lambda report: b"x", prepare=lambda: print("hello")), "its prepare prints"),
        (
            renderer(lambda report: b"x", options=["fonts"]),
            "the options of 'mine' must be a mapping of names to what they do, not ['fonts']",
        ),
        (renderer(lambda report: b"x"), "gives the same file whatever the report"),
        (
            renderer(
                lambda r: b'<link rel="stylesheet" href="https://x.example/a.css">',
                media_type="text/html; charset=utf-8",
            ),
            "refers to something outside the page: href",
        ),
        (
            renderer(
                lambda r: b"<style>p { background: url(https://x.example/a.png) }</style>",
                media_type="text/html",
            ),
            "refers to something outside the page: its style",
        ),
        (
            renderer(lambda r: "\n\n".join(marked(r)).encode(), media_type="text/markdown"),
            "markup, odd-criteria: lets code of what people wrote act",
        ),
        (
            renderer(lambda report: b"x", options={"size": Option("the size", kind="points")}),  # type: ignore[arg-type]
            "the option 'size' of 'mine' has the kind 'points'; known: text, number, yes-no, file, folder",
        ),
        (
            renderer(lambda report: b"x", options={"size": Option("the size", kind="number", default="0")}),
            "the option 'size' of 'mine' is a whole number from 1 up, not '0', its default",
        ),
        (renderer(raises), "every sample: raises ValueError: no such font"),
        (renderer(lambda report: "text"), "gives str instead of a file"),  # type: ignore[arg-type,return-value]
        (renderer(lambda report: b""), "gives no bytes instead of a file"),
        (renderer(printing), "prints; what it prints is dropped"),
        (renderer(changing), "gives other bytes the second time: look for dates, random ids and sets"),
        (renderer(naming), "but does not declare needs_records"),
        (
            renderer(lambda report: b"x", name="My Own"),
            "a renderer's name is small letters, digits and hyphens, not 'My Own'",
        ),
        (
            renderer(lambda report: b"x", suffix="txt"),
            "the suffix of 'mine' must be such as '.docx', not 'txt'",
        ),
        (
            renderer(lambda report: report.service.encode(), media_type="text/html"),
            "  markup, odd-criteria: holds a <script>",
        ),
        (
            renderer(lambda report: b'<img src="x.png" onerror="y">', media_type="text/html"),
            "refers to something outside the page: src",
        ),
    ],
)
def test_what_is_wrong_is_told(
    mine: Renderer, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(CHECKOUT)  # where another process finds the module of these renderers
    monkeypatch.chdir(tmp_path)
    Path("beside.txt").touch()
    with pytest.raises(AssertionError) as told:
        check_renderer(mine)
    assert line in str(told.value)


def test_a_word_left_out_or_added_or_changed_is_found() -> None:
    def short(report: Report) -> bytes:
        return " ".join(letter_words(report.document)[:-3]).encode()

    def long(report: Report) -> bytes:
        return " ".join((*letter_words(report.document), "and", "more")).encode()

    def other(report: Report) -> bytes:
        return " ".join(letter_words(report.document)).replace("good", "bad").encode()

    for render, line in (
        (short, "leaves out the end of the letter"),
        (long, "adds words that are not in the letter: “and more”"),
        (other, "the letter says “good"),
    ):
        with pytest.raises(AssertionError, match=line):
            check_renderer(renderer(render), extract=bytes.decode)


def test_a_case_named_inside_a_compressed_file_is_found_by_its_text() -> None:
    def text(data: bytes) -> str:
        return zlib.decompress(data).decode()

    with pytest.raises(AssertionError, match="names case .*, but does not declare needs_records"):
        check_renderer(renderer(packing), extract=text, whole_letter=False)


def test_a_good_one_passes() -> None:
    check_renderer(renderer(lambda r: " ".join(marked(r)).encode()), extract=bytes.decode)


def test_the_samples_hold_every_edge() -> None:
    reports = sample_reports()
    assert [len(reports[kind].findings.cases) for kind in ("empty", "one-case", "full")] == [0, 1, 14]
    assert "Tŷ-ddŵr" in render_text(reports["accented"]).decode()
    assert "<script>" in render_text(reports["markup"]).decode()
    assert max(len(word) for word in letter_words(reports["long"].document)) >= 320
    tallies = reports["full"].findings.tallies.values()
    assert {s for t in tallies for s, cases in t.unjudged.items() if cases} == set(State) - {State.ANSWERED}
    assert {o for t in tallies for o, cases in t.outcomes.items() if cases} == {
        "sufficient",
        "insufficient",
        "absent",
    }


def test_a_report_holds_no_control_character_whatever_it_was_made_from() -> None:
    words = " ".join(letter_words(sample_report("control").document)) + sample_report("control").service
    assert words.isprintable()
    assert "escape \N{REPLACEMENT CHARACTER}[31mred nul \N{REPLACEMENT CHARACTER}" in words


def test_the_criteria_that_ship_pass() -> None:
    for file in sorted((CHECKOUT / "criteria/sqs_criteria").glob("*.toml")):
        check_criteria(file)


def test_a_criteria_file_that_is_wrong_is_told_by_line(tmp_path: Path) -> None:
    source = (CHECKOUT / "criteria/sqs_criteria/sqs-2012.toml").read_text()
    other = tmp_path / "other.toml"
    other.write_text(source)
    with pytest.raises(AssertionError, match="the id is 'sqs-2012', but the file is called 'other'"):
        check_criteria(other)
    kept = tmp_path / "sqs-2012.toml"
    kept.write_text(source.replace("missing_at_most = 0", "missing_at_most = 1", 1))
    with pytest.raises(AssertionError, match=r"sqs-2012.toml:\d+: V\d+ .*phrase"):
        check_criteria(kept)
    other.write_text(source.replace('counts = "sufficient"', "counts = 1", 1))
    with pytest.raises(AssertionError, match=r"other.toml:\d+"):
        check_criteria(other)


def test_what_is_rendered_does_not_depend_on_the_locale_or_the_clock(tmp_path: Path) -> None:
    before = render_text(sample_report())
    os.environ["TZ"] = "Pacific/Kiritimati"
    try:
        assert render_text(sample_report()) == before
    finally:
        del os.environ["TZ"]
