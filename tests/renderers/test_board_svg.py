"""The board as one picture."""

from __future__ import annotations

from xml.etree import ElementTree

from attrs import evolve

from sqs_core.plugins import load_plugins
from sqs_core.plugins.testing import check_renderer, sample_report
from sqs_core.renderers.board import heading
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.composing import compose_report

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_a_block_for_each_case_judged_and_says_in_words_what_it_shows() -> None:
    report = compose_report(open_inspection(example_source()))
    offer = load_plugins(plugins=False).renderer_offer("board-svg")
    picture = ElementTree.fromstring(offer.value.render(report))
    judged = list(report.findings.tallies.values())
    blocks = [rect.get("class") for rect in picture.iter(f"{SVG}rect") if rect.get("class")]
    assert blocks.count("yes") == sum(tally.k for tally in judged)
    assert blocks.count("no") == sum(tally.n - tally.k for tally in judged)
    assert "risk of harm plan: 7 of 10" in (picture.findtext(f"{SVG}desc") or "")
    assert picture.get("aria-labelledby") == "board-title board-desc"


def test_a_long_heading_is_broken_into_lines_that_stay_in_the_picture() -> None:
    report = evolve(sample_report("one-case"), service="Youth Justice Service of Exampleton " * 4)
    picture = ElementTree.fromstring(load_plugins(plugins=False).renderer("board-svg").render(report))
    lines = [text.text or "" for text in picture.iter(f"{SVG}text") if text.get("class") == "head"]
    assert (len(lines), " ".join(lines)) == (3, heading(report))
    assert max(map(len, lines)) <= 72


def test_it_is_a_renderer_like_any_other() -> None:
    check_renderer(load_plugins(plugins=False).renderer("board-svg"), whole_letter=False)
