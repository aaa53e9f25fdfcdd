"""The letter as data: every block, and every figure with the cases behind it."""

from __future__ import annotations

import json
from typing import Any

from sqs_core.exports.board import board_data
from sqs_core.exports.data import pick
from sqs_core.letter.document import Block, Figure, Heading, Items, Lines, Paragraph
from sqs_core.letter.report import Report


def render_json(report: Report) -> bytes:
    """``{"format": 1, "title", "language", "criteria", "history_head", "blocks", "summary"}`` in UTF-8.

    A paragraph's ``runs`` are words, or figures with their numbers and the cases behind each (docs/json.md).
    """
    document = report.document
    data = {
        "format": 1,
        "title": document.title,
        "language": document.language,
        "criteria": pick(report.criteria, "id", "hash"),
        "history_head": report.history_head,
        "marks": [pick(mark, "word", "why") for mark in report.marks],
        "blocks": [_block(block) for block in document.blocks],
        "summary": board_data(report.findings),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"block": "heading", **pick(block, "level", "number", "text")}
    if isinstance(block, Paragraph):
        return {"block": "paragraph", **_paragraph(block)}
    if isinstance(block, Items):
        return {"block": "list", "style": block.style, "items": [_paragraph(item) for item in block.items]}
    assert isinstance(block, Lines)
    return {"block": "lines", **pick(block, "role", "title", "lines")}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    runs = [run if isinstance(run, str) else _figure(run) for run in paragraph.runs]
    return {"id": paragraph.id, "number": paragraph.number, "text": paragraph.words, "runs": runs}


def _figure(figure: Figure) -> dict[str, Any]:
    more = pick(figure, "form", "counted", "k", "n", "asked", "counted_cases", "cases", "of", "asked_cases")
    return {"text": figure.text, "figure": figure.reference, **more}
