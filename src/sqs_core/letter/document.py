"""The letter as a value: what every renderer is given, with its figures still live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from sqs_core.errors import Problem

Role = Literal[
    "letterhead", "addressee", "date", "salutation", "farewell", "signature", "copies", "note", "practice"
]


@frozen
class Figure:
    """Words in the letter that state a number, with the number and the cases behind them.

    ``k`` counts ``cases`` among the ``n`` in ``of``.  ``measure`` is a question, an interview
    question, "cases" or "interviews"; ``outcome`` is "" for sufficient, "other" for the rest
    of those judged, or an outcome; ``subset`` is "" for every case; ``form`` is the shape of
    the words (docs/letter.md), ``unit`` the noun in them ("cases", "" for none).
    """

    text: str
    measure: str
    outcome: str
    subset: str
    form: str
    k: int
    n: int
    cases: tuple[str, ...]
    of: tuple[str, ...]
    unit: str = ""

    @property
    def states_number(self) -> bool:
        """Whether its words state a number: a noun of its own, such as "cases", does not."""
        return self.form != "noun"

    @property
    def reference(self) -> str:
        """How an author writes this figure, without the shape: ``roh.plan:absent@custody``."""
        outcome = f":{self.outcome}" if self.outcome else ""
        return f"{self.measure}{outcome}" + (f"@{self.subset}" if self.subset else "")


Run = str | Figure


@frozen
class Heading:
    """A heading; level 1 is the letter's title, ``number`` is "" or a section's number."""

    text: str
    level: int
    number: str = ""


@frozen
class Paragraph:
    """A paragraph of runs; ``number`` is printed ("2.2"), ``id`` names it for an author."""

    runs: tuple[Run, ...]
    id: str = ""
    number: str = ""
    edited: bool = False

    @property
    def words(self) -> str:
        """The paragraph as read, without its number."""
        return "".join(run if isinstance(run, str) else run.text for run in self.runs)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The live figures, in reading order."""
        return tuple(run for run in self.runs if isinstance(run, Figure))


@frozen
class Items:
    """A list: bullets, or roman numerals."""

    style: Literal["bullet", "roman"]
    items: tuple[Paragraph, ...]


@frozen
class Lines:
    """Lines set one under the other; ``role`` says what they are, ``title`` heads the copy list."""

    role: Role
    lines: tuple[str, ...]
    title: str = ""


Block = Heading | Paragraph | Items | Lines


def stays_with(following: Block | None) -> bool:
    """Whether what stands before ``following`` stays on its page: before a list, and a signature."""
    return isinstance(following, Items) or (isinstance(following, Lines) and following.role == "farewell")


@frozen
class Document:
    """A whole letter.  ``problems`` are what its author should look at before sending it."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph and list item, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Items):
                yield from block.items

    def figures(self) -> Iterator[tuple[Paragraph, Figure]]:
        """Every live figure with the paragraph it stands in."""
        for paragraph in self.paragraphs():
            for figure in paragraph.figures:
                yield paragraph, figure


def roman(number: int) -> str:
    """``number`` from 1 on as small roman numerals, as areas for improvement are numbered.

    >>> roman(4)
    'iv'
    """
    parts = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, letters in parts:
        while number >= value:
            written += letters
            number -= value
    return written
