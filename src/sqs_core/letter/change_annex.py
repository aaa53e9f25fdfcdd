"""What changed in the letter since a kept draft, as a part at its end: every format can print it."""

from __future__ import annotations

from sqs_core.criteria import Criteria
from sqs_core.letter.claim_map import what_is_counted
from sqs_core.letter.document import Block, Heading, Items, Paragraph
from sqs_core.letter.drafts import Draft, DraftFigure, ParagraphChange, changes, draft_of
from sqs_core.letter.edited_letter import CHANGES
from sqs_core.letter.report import Report, ending_with
from sqs_core.text import counted


def with_changes(report: Report, before: Draft) -> Report:
    """Return ``report`` with a list of what is no longer as ``before`` had it, for whoever checks the letter.

    It names no case: which answers are behind a figure is told by ``sqs letter compare``.  Its
    figures are words, not live ones, for they are not what the letter states.
    """
    after = draft_of(report.document, report.findings, before.number + 1)
    found = changes(before, after)
    blocks: list[Block] = [Heading(f"{CHANGES} {before.number}", 2), _said(_opening(found, before))]
    for change in found:
        blocks += [Heading(_place(change.name), 3)]
        blocks += [_said(f"Was: {change.before or 'not in the draft.'}")]
        blocks += [_said(f"Now: {change.after or 'not in the letter.'}")]
        figures = _figures(change, report.criteria)
        if figures:
            blocks.append(Items("bullet", tuple(map(_said, figures))))
    return ending_with(report, blocks)


def _opening(found: tuple[ParagraphChange, ...], before: Draft) -> str:
    if not found:
        return f"Nothing changed since draft {before.number}. Take this away before the letter is sent."
    changed = counted(len(found), "paragraph")
    return (
        f"{changed} changed since draft {before.number}. This list is for checking the letter; "
        "take it away before the letter is sent."
    )


def _place(name: str) -> str:
    if name.startswith("block "):
        return f"Paragraph without a number, {name}"
    return f"Paragraph {name}"


def _figures(change: ParagraphChange, criteria: Criteria) -> list[str]:
    """Return each figure that counts otherwise than it did, once, whatever shapes its words have."""
    lines = [
        f"{what_is_counted(figure.reference, criteria)}: {was}, now {now}"
        for figure in change.figures
        if (was := _count(figure.before)) != (now := _count(figure.after))
    ]
    return list(dict.fromkeys(lines))


def _count(figure: DraftFigure | None) -> str:
    return f"{figure.k} of {figure.n}" if figure else "not stated"


def _said(words: str) -> Paragraph:
    return Paragraph((words,))
