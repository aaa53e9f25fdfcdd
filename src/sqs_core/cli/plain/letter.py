"""The letter read aloud, and the cases behind every figure in it."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.talk import listed
from sqs_core.errors import did_you_mean
from sqs_core.letter.document import Block, Figure, Heading, Items, Paragraph, roman


def letter_lines(desk: Desk, words: str) -> Iterator[str]:
    """The whole letter, or one paragraph ("2.2") with what each of its figures rests on."""
    document = desk.folder.report().document
    if not words:
        for block in document.blocks:
            yield from block_lines(block)
        yield from (f"To look at: {problem}." for problem in document.problems)
        yield 'This was the letter. "letter 2.2" tells the cases behind a paragraph; "proof" checks it.'
        return
    known: dict[str, Paragraph] = {}
    for paragraph in document.paragraphs():
        for name in (paragraph.number, paragraph.id):
            if name:
                known[name.lower().rstrip(".")] = paragraph
    found = known.get(words.lower().rstrip("."))
    if found is None:
        yield f'There is no paragraph "{words}" in the letter; {did_you_mean(words, known, most=30)}.'
        return
    yield f"{found.number} {found.words}".strip()
    for i, figure in enumerate(found.figures, 1):
        yield f"Figure {i} of {len(found.figures)}: {figure_words(desk, figure)}"
    if not found.figures:
        yield "No figure stands in this paragraph."


def block_lines(block: Block) -> Iterator[str]:
    """One block of the letter, a line for each thing to be read; they are wrapped when said."""
    if isinstance(block, Heading):
        yield f"Heading: {block.number}. {block.text}" if block.number else f"Heading: {block.text}"
    elif isinstance(block, Paragraph):
        yield f"{block.number}. {block.words}" if block.number else block.words
    elif isinstance(block, Items):
        for i, item in enumerate(block.items, 1):
            yield f"{'-' if block.style == 'bullet' else roman(i) + '.'} {item.words}"
    else:
        yield from (block.title, *block.lines) if block.title else block.lines


def figure_words(desk: Desk, figure: Figure) -> str:
    """The words of a figure, its numbers, and the cases counted and not counted."""
    name = figure.measure
    if desk.criteria.has_question(name):
        name = f"{desk.number(name)} {desk.criteria.question(name).short}"
    part = {"": "", "other": ", not good enough"}.get(figure.outcome, f", {figure.outcome}")
    subset = f", cases {desk.criteria.subset(figure.subset).text}" if _is_subset(desk, figure) else ""
    rest = tuple(case for case in figure.of if case not in figure.cases)
    return (
        f'"{figure.text}", from {name}{part}{subset}: {figure.k} of {figure.n}. '
        f"Counted: {listed(figure.cases)}. The others: {listed(rest)}."
    )


def _is_subset(desk: Desk, figure: Figure) -> bool:
    return figure.subset in [s.id for s in desk.criteria.subsets]
