"""What every plugin can test: the kit's checks, one line of output, and that sqs finds it."""

from __future__ import annotations

from sqs_headlines import headlines, sqs_register_renderers

from sqs_core import load_plugins
from sqs_core.plugins.testing import check_renderer, sample_report

(RENDERER,) = sqs_register_renderers()


def test_the_kit_finds_nothing_wrong() -> None:
    check_renderer(RENDERER, extract=bytes.decode, whole_letter=False)


def test_a_figure_stands_under_its_heading() -> None:
    report = sample_report()
    lines = headlines(report).decode().splitlines()
    _, figure = next(iter(report.document.figures()))
    assert f"  {figure.counted}  {figure.text}" in lines
    assert lines.index("Context") < lines.index("Summary")


def test_an_inspection_without_cases_has_headings_still() -> None:
    assert b"Context\n" in headlines(sample_report("empty"))


def test_sqs_finds_it_once_it_is_installed() -> None:
    found = load_plugins()
    assert found.faults == ()
    assert found.renderer_offer("headlines").distribution == "sqs-headlines"
