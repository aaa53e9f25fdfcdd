"""What ships: the same words in every format, the same bytes every time, no case named unasked."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise

import pytest
from attrs import evolve

from conftest import CHECKOUT
from sqs_core import InspectionFolder, UsageError, count_findings, load_plugins, report_on
from sqs_core.letter.sheets import board_sheets, grid_sheets
from sqs_core.plugins.rendering import rendered
from sqs_core.plugins.testing import check_renderer, letter_words, sample_report, without_marks
from sqs_core.renderers.govspeak import escaped
from sqs_core.workflow.composing import compose_report

REGISTRY = load_plugins(plugins=False)
NAMES = [offer.name for offer in REGISTRY.renderers]


def of_text(data: bytes) -> str:
    """Plain text without the line that underlines the title."""
    return re.sub(r"^=+$", "", data.decode(), flags=re.MULTILINE)


def of_html(data: bytes) -> str:
    """What a reader of the page's main part reads."""
    main = data.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|span)\b[^>]*>", "", "<main" + main)))


def of_markdown(data: bytes) -> str:
    """Markdown without its marks: headings, bullets, line breaks and escapes."""
    text = re.sub(r"\\$", "", data.decode(), flags=re.MULTILINE)
    return re.sub(r"\\([!-/:-@[-`{-~])", r"\1", re.sub(r"^#+ ", "", text, flags=re.MULTILINE))


def of_govspeak(data: bytes) -> str:
    """Govspeak without its marks: headings, the bold title, bullets, boxes and references."""
    text = re.sub(r"^(#+ |\* (?=[ivxl]+\. )|\$\w+$)", "", data.decode(), flags=re.MULTILINE)
    text = re.sub(
        r"^\*\*(.*)\*\*$", r"\1", re.sub(r"^\* ", "- ", text, flags=re.MULTILINE), flags=re.MULTILINE
    )
    return html.unescape(text)


EXTRACT = {"text": of_text, "html": of_html, "markdown": of_markdown, "govspeak": of_govspeak}


@pytest.mark.parametrize("name", NAMES)
def test_every_renderer_passes_the_kit(name: str) -> None:
    check_renderer(REGISTRY.renderer(name), extract=EXTRACT.get(name))


def test_the_letter_has_the_same_words_in_every_format(example: InspectionFolder) -> None:
    report = compose_report(example)
    wanted = letter_words(report.document)
    for name, extract in EXTRACT.items():
        data = rendered(REGISTRY.renderer_offer(name), report)
        assert without_marks(report.document, extract(data).split()) == wanted, name
    blocks = json.loads(rendered(REGISTRY.renderer_offer("json"), report))["blocks"]
    assert sum("runs" in block for block in blocks) > 20


def test_govspeak_leaves_nothing_that_a_person_typed_to_act_in_the_publisher() -> None:
    typed = (
        "^box^ and %help%",
        "@advice@",
        "$CTA now $CTA",
        "s1. step",
        "1. item",
        ":wales:only:wales:",
        "x[a](b)x",
        "{button}[Go](https://example.org){/button}",
        "[embed:attachments:1]",
        "<b>*[EU]: two</b>",
        "!!1",
    )
    found = [escaped(words) for words in typed]
    assert [html.unescape(words) for words in found] == list(typed)
    acting = r"^[\^%@$:#+=-]|^s?\d+\.|[\[\]{}<>*$]|:\S|!!"
    assert [words for words in found if re.search(acting, re.sub(r"&#\d+;", "", words))] == []


def test_govspeak_begins_its_sections_at_the_second_level_and_holds_no_html(
    example: InspectionFolder,
) -> None:
    text = rendered(REGISTRY.renderer_offer("govspeak"), compose_report(example)).decode()
    assert {len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)} == {2, 3}
    assert "<" not in text
    assert "$LegislativeList\n* i. the assessment of vulnerability" in text
    assert "\n\n2.2. To make sure the public is protected" in text


def test_the_claim_map_holds_the_letter_word_for_word_and_every_figure_twice(
    example: InspectionFolder,
) -> None:
    report = compose_report(example)
    page = rendered(REGISTRY.renderer_offer("html-map"), report).decode()
    words = " ".join(of_html(page.encode()).split())
    assert " ".join(letter_words(report.document)[:400]) in words
    for place, (_, figure) in enumerate(report.document.figures(), 1):
        assert f'<a href="#f-{place}" id="r-{place}">' in page
        row = page.partition(f'<tr id="f-{place}">')[2].partition("</tr>")[0]
        assert f"{figure.k} of {figure.n}" in row
        assert " ".join(figure.cases) in row


def test_a_page_has_one_first_heading_and_skips_no_level() -> None:
    for name in ("html", "html-map", "board-html", "one-page", "grid"):
        page = REGISTRY.renderer(name).render(sample_report()).decode()
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert '<html lang="en-GB">' in page
        assert page.count("<table") == page.count("<caption>"), name


def test_a_chart_says_in_words_what_it_shows(example: InspectionFolder) -> None:
    page = rendered(REGISTRY.renderer_offer("board-html"), compose_report(example)).decode()
    assert page.count('<svg class="chart"') == page.count("<title id=") == page.count("<desc id=") == 6
    assert "risk of harm plan: 7 of 10" in page


def test_the_grid_can_be_read_without_colour(example: InspectionFolder) -> None:
    page = rendered(REGISTRY.renderer_offer("grid"), compose_report(example)).decode()
    row = page.partition('<th scope="row">08</th>')[2].partition("</tr>")[0]
    marks = re.findall(r'<span aria-hidden="true">(.)</span><span class="hidden">([^<]+)</span>', row)
    questions = [q.id for q in example.criteria.questions]
    found = dict(zip(questions, marks, strict=True))
    assert found["roh.plan"] == ("n", "no, not good enough")
    assert found["vul.plan"] == ("a", "no plan at all")
    assert found["lor.psr"] == ("·", "not asked: it does not apply")
    assert found["sen.engage"] == ("y", "yes, good enough")


def test_the_grid_names_its_themes_and_goes_across_the_sheet_where_it_is_wide(
    example: InspectionFolder,
) -> None:
    render = REGISTRY.renderer("grid").render
    report = compose_report(example)
    page = render(report).decode()
    assert "The themes: 1 Reducing the likelihood of reoffending; 2 Protecting the public;" in page
    assert '<div class="upright">' in page
    criteria = example.criteria
    more = [evolve(q, id=f"more.{q.id}") for q in criteria.questions[:2]]
    wide = evolve(criteria, questions=(*criteria.questions, *more))
    found = count_findings(wide, example.cases()[0], example.interviews()[0])
    assert '<div class="across">' in render(evolve(report, findings=found)).decode()


def test_the_pages_have_titles_that_tell_them_apart() -> None:
    pages = [
        REGISTRY.renderer(n).render(sample_report()).decode() for n in ("board-html", "one-page", "grid")
    ]
    titles = [re.findall("<title>(.*?):", page)[0] for page in pages]
    assert titles == ["Board", "Summary", "Grid of cases"]


def test_a_long_title_is_wrapped_in_plain_text() -> None:
    lines = REGISTRY.renderer("text").render(sample_report("long")).decode().splitlines()
    rule = next(line for line in lines if set(line) == {"="})
    assert len(rule) <= 78


def test_each_state_has_its_own_mark_in_the_grid() -> None:
    page = REGISTRY.renderer("grid").render(sample_report()).decode()
    key = page.partition('<table class="key">')[2]
    marks = re.findall(r'<td class="\w+">(.)</td>', key)
    assert sorted(marks) == sorted("yna-·?○~")


def test_the_board_in_markdown_is_a_table_for_each_theme(example: InspectionFolder) -> None:
    text = rendered(REGISTRY.renderer_offer("board"), compose_report(example)).decode()
    assert text.count("\n## ") == 6
    assert "| risk of harm plan | 7 | 10 | 3 of 4 | 4 of 6 | 5 of 5 | 40–89 | 4 | 0 |" in text


def test_one_page_tells_the_summary_the_strengths_and_what_must_improve(example: InspectionFolder) -> None:
    page = rendered(REGISTRY.renderer_offer("one-page"), compose_report(example)).decode()
    assert re.findall(r"<h2>(.*?)</h2>", page) == [
        "Summary",
        "Outstanding strengths",
        "Areas requiring improvement",
    ]
    assert page.count("<li>") == 7
    assert "Staff: 6 interviewed, 5 gave views" in page


def test_one_page_draws_many_cases_in_proportion(example: InspectionFolder) -> None:
    record = example.case("07").record
    many = [evolve(record, case=f"{place:03}") for place in range(1000)]
    report = report_on(example.inspection, count_findings(example.criteria, many))
    page = rendered(REGISTRY.renderer_offer("one-page"), report).decode()
    assert page.count("<rect ") == sum(bool(t.n) for t in report.findings.tallies.values())
    assert "A bar is as long as its cases are many" in page


def test_style_sheets_are_plain_readable_files() -> None:
    sheets = sorted((CHECKOUT / "src/sqs_core/renderers/templates").glob("*.css"))
    assert [sheet.name for sheet in sheets] == [
        "board.css",
        "grid.css",
        "one_page.css",
        "page.css",
        "picture.css",
        "programme.css",
    ]
    assert all("url(" not in s.read_text() and "@import" not in s.read_text() for s in sheets)


def test_boards_do_without_a_letter_where_the_version_plans_none(example: InspectionFolder) -> None:
    plain = evolve(example.criteria, letter=None)
    records, interviews = example.cases()[0], example.interviews()[0]
    report = report_on(example.inspection, count_findings(plain, records, interviews), letter=False)
    assert report.document.blocks == ()
    for offer in REGISTRY.renderers:
        if not offer.value.needs_letter:
            assert "Darlington" in rendered(offer, report).decode()
    with pytest.raises(UsageError, match="no letter plan"):
        report_on(example.inspection, count_findings(plain, records))


def test_the_sheets_hold_the_board_and_every_case_once(example: InspectionFolder) -> None:
    report = compose_report(example)
    board, reasons, staff, about = board_sheets(report)
    plan = next(row for row in board.rows if row[2] == "roh.plan")
    assert dict(zip(board.head, plan, strict=True))["Good enough"] == 7
    assert ("roh.plan", "no risk management plan", "no-plan", 1) in reasons.rows
    assert (len(staff.rows), about.rows[2]) == (11, ("Cases", 14))
    cases, key = grid_sheets(report)
    assert [row[0] for row in cases.rows] == list(report.findings.cases)
    words = {cell for row in cases.rows for cell in row[1:]}
    assert words <= {row[1] for row in key.rows}
