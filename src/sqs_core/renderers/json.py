"""The letter as data: every block, and every figure with the cases behind it."""

from __future__ import annotations

import json
from typing import Any

from sqs_core.exports.board import board_data
from sqs_core.letter.document import Block, Heading, Items, Lines, Paragraph
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
        "criteria": {"id": report.criteria.id, "hash": report.criteria.hash},
        "history_head": report.history_head,
        "marks": [{"word": mark.word, "why": mark.why} for mark in report.marks],
        "blocks": [_block(block) for block in document.blocks],
        "summary": board_data(report.findings),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"block": "heading", "level": block.level, "number": block.number, "text": block.text}
    if isinstance(block, Paragraph):
        return {"block": "paragraph", **_paragraph(block)}
    if isinstance(block, Items):
        return {"block": "list", "style": block.style, "items": [_paragraph(item) for item in block.items]}
    assert isinstance(block, Lines)
    return {"block": "lines", "role": block.role, "title": block.title, "lines": list(block.lines)}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    runs: list[Any] = []
    for run in paragraph.runs:
        if isinstance(run, str):
            runs.append(run)
        else:
            runs.append(
                {
                    "text": run.text,
                    "figure": run.reference,
                    "form": run.form,
                    "counted": run.counted,
                    "k": run.k,
                    "n": run.n,
                    "asked": run.asked,
                    "counted_cases": list(run.counted_cases),
                    "cases": list(run.cases),
                    "of": list(run.of),
                    "asked_cases": list(run.asked_cases),
                }
            )
    return {"id": paragraph.id, "number": paragraph.number, "text": paragraph.words, "runs": runs}
