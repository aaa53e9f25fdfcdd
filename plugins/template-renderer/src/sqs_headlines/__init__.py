"""The headings of the letter, with the figures that stand under each, as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.letter.document import Heading, Items, Paragraph
from sqs_core.letter.report import Report
from sqs_core.plugins import Renderer, hookimpl


def headlines(report: Report) -> bytes:
    """Write a line for each heading, and for each figure: "  7  seven of the ten cases"."""
    lines = [str(mark) for mark in report.marks]
    for block in report.document.blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        for paragraph in _paragraphs(block):
            lines += [
                f"  {figure.counted}  {figure.text}" for figure in paragraph.figures if figure.states_number
            ]
    return ("\n".join(lines) + "\n").encode()


def _paragraphs(block: object) -> tuple[Paragraph, ...]:
    if isinstance(block, Paragraph):
        return (block,)
    return block.items if isinstance(block, Items) else ()


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """What this plugin offers.  sqs calls it once."""
    return (
        Renderer(
            name="headlines",
            suffix=".txt",
            media_type="text/plain",
            description="the headings, and the figures under each",
            render=headlines,
            stem="headlines",
        ),
    )
