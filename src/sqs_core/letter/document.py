"""The letter as a value: what every renderer is given, with its figures still live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import Factory, field, frozen

from sqs_core.errors import Problem
from sqs_core.letter.reference import Reference
from sqs_core.scoring.findings import Count
from sqs_core.text import one_line

Role = Literal[
    "letterhead", "addressee", "date", "salutation", "farewell", "signature", "copies", "note", "practice"
]


THEN = "then/"
"""How the reference of a figure begins that counts cases of the inspection before."""


@frozen(repr=False)
class Figure:
    """Words in the letter that state a number, with the numbers and the cases behind them.

    ``counted`` is the number the words state, of ``counted_cases``.  Which that is depends on
    ``form``: "seven of the ten cases" counts seven, "in any of the ten cases" counts ten.

    Args:
        text: the words.
        measure: a question, an interview question, "cases" or "interviews".
        outcome: "" for sufficient, "other" for the rest of those judged, or an outcome.
        subset: "" for every case, or a subset of the version.
        form: the shape of the words (docs/letter.md).
        k: how many ``cases`` there are.
        n: how many were judged, which are in ``of``.
        cases: the cases counted, by reference.
        of: the cases judged, among which they are counted.
        unit: the noun in the words, by its name in the version ("cases"); "" for none.
        asked_cases: the population: the cases the question is asked of, judged or not.
        exempt: those of the population whose answer is that it does not apply.
        pending: those of the population that nobody has answered for yet.

    >>> document = compose_report(open_inspection("darlington-2012")).document
    >>> [figure for _, figure in document.figures() if figure.measure == "roh.plan"][0]
    <Figure 'seven of the ten cases': 7 of 10, roh.plan>
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
    asked_cases: tuple[str, ...] = field(default=Factory(lambda self: self.of, takes_self=True))
    exempt: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()

    @classmethod
    def counting(cls, text: str, asked: Reference, count: Count, unit: str = "") -> Figure:
        """Return the figure that says ``count`` of what was ``asked`` for in the words ``text``."""
        return cls(
            text,
            *asked[:4],
            count.k,
            count.n,
            count.cases,
            count.of,
            unit,
            count.asked,
            count.exempt,
            count.pending,
        )

    def __repr__(self) -> str:
        return f"<Figure '{self.text}': {self.k} of {self.n}, {self.reference}>"

    @property
    def asked(self) -> int:
        """How many cases the question is asked of."""
        return len(self.asked_cases)

    @property
    def others(self) -> tuple[str, ...]:
        """The cases judged that are not among ``cases``."""
        return _without(self.of, self.cases)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The cases of the population that were not judged, whatever the reason."""
        return _without(self.asked_cases, self.of)

    @property
    def counted_cases(self) -> tuple[str, ...]:
        """The cases that the words count; none where they state no number."""
        if self.form in ("n", "any"):
            return self.of
        if self.form == "total":
            return self.asked_cases
        if self.form in ("exempt", "pending"):
            return self.exempt if self.form == "exempt" else self.pending
        if self.form == "unknown":
            return _without(self.unjudged, (*self.exempt, *self.pending))
        return self.cases if self.states_number else ()

    @property
    def counted(self) -> int | None:
        """The number that the words state; None where they state none."""
        return len(self.counted_cases) if self.states_number else None

    @property
    def states_number(self) -> bool:
        """Whether its words state a number: a noun of its own, such as "cases", does not."""
        return self.form != "noun"

    @property
    def is_earlier(self) -> bool:
        """Whether it counts cases of the inspection before, which this one is compared with."""
        return self.form == "then"

    @property
    def asked_for(self) -> Reference:
        """What it counts."""
        return Reference(self.measure, self.outcome, self.subset)

    @property
    def reference(self) -> str:
        """How an author writes this figure, without the shape: ``roh.plan:absent@custody``.

        That of the inspection before is ``then/roh.plan``; it stands in the comparison alone.
        """
        return (THEN if self.is_earlier else "") + self.asked_for.name


def _without(cases: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    left_out = set(others)
    return tuple(case for case in cases if case not in left_out)


Run = str | Figure


@frozen
class Heading:
    """A heading; level 1 is the letter's title, ``number`` is "" or a section's number.

    >>> Heading("Planning", 2, number="2")
    Heading(text='Planning', level=2, number='2')
    """

    text: str
    level: int
    number: str = ""


@frozen(repr=False)
class Paragraph:
    """A paragraph of runs; ``number`` is printed ("2.2"), ``id`` names it for an author.

    >>> document = compose_report(open_inspection("darlington-2012")).document
    >>> paragraph = next(p for p in document.paragraphs() if p.number == "2.2")
    >>> paragraph.figures[1]
    <Figure 'three of the four cases': 3 of 4, roh.plan@custody>
    """

    runs: tuple[Run, ...]
    id: str = ""
    number: str = ""
    edited: bool = False

    def __repr__(self) -> str:
        name = f"Paragraph {self.number}" if self.number else "Paragraph"
        return f"<{name}: {one_line(self.words, 60)}>"

    @property
    def name(self) -> str:
        """What the paragraph is called: its number where it has one, else its id."""
        return self.number or self.id

    @property
    def words(self) -> str:
        """The paragraph as read, without its number."""
        return "".join(run if isinstance(run, str) else run.text for run in self.runs)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The live figures, in reading order."""
        return tuple(run for run in self.runs if isinstance(run, Figure))


@frozen(repr=False)
class Items:
    """A list: bullets, or roman numerals.

    >>> Items("roman", (Paragraph(("plans for victims",)), Paragraph(("reviews on time",))))
    <Items: 2 with roman marks>
    """

    style: Literal["bullet", "roman"]
    items: tuple[Paragraph, ...]

    def __repr__(self) -> str:
        return f"<Items: {len(self.items)} with {self.style} marks>"


@frozen(repr=False)
class Lines:
    """Lines set one under the other; ``role`` says what they are, ``title`` heads the copy list.

    >>> Lines("date", ("19 December 2012",))
    <Lines of the date: 19 December 2012>
    """

    role: Role
    lines: tuple[str, ...]
    title: str = ""

    def __repr__(self) -> str:
        return f"<Lines of the {self.role}: {one_line(' / '.join(self.lines), 60)}>"


@frozen(repr=False)
class Picture:
    """A picture beside the text, with the table that says the same.

    Args:
        title: what it shows.
        description: what it says, in words: for whoever does not see it.
        svg: an SVG file, light, in which nothing is fetched; every word in it is escaped.
        head: the columns of the table.
        rows: its rows; the first ``labels`` cells of each name it.
        notes: how to read it.
        labels: how many columns name a row.
    """

    title: str
    description: str
    svg: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    labels: int = 1

    def __repr__(self) -> str:
        return f"<Picture '{one_line(self.title, 60)}': {len(self.rows)} rows>"


Block = Heading | Paragraph | Items | Lines


def stays_with(following: Block | None) -> bool:
    """Return whether what stands before ``following`` stays on its page: before a list, and a signature."""
    return isinstance(following, Items) or (isinstance(following, Lines) and following.role == "farewell")


@frozen(repr=False)
class Document:
    """A whole letter.  ``problems`` are what its author should look at before sending it.

    >>> document = compose_report(open_inspection("darlington-2012")).document
    >>> [block.text for block in document.blocks if isinstance(block, Heading)][1:3]
    ['Context', 'Summary']
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return f"<Document '{one_line(self.title, 60)}': {len(self.blocks)} blocks>"

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph and list item, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Items):
                yield from block.items

    def places(self) -> dict[str, str]:
        """Return where each paragraph without a number is, by its id: "Context, paragraph 2", "Summary"."""
        under: dict[str, list[str]] = {}
        heading = ""
        for block in self.blocks:
            if isinstance(block, Heading):
                heading = block.text
            for paragraph in (block,) if isinstance(block, Paragraph) else getattr(block, "items", ()):
                if not paragraph.number and paragraph.id not in under.setdefault(heading, []):
                    under[heading].append(paragraph.id)
        return {
            name: heading if len(names) == 1 else f"{heading}, paragraph {place}"
            for heading, names in under.items()
            for place, name in enumerate(names, 1)
            if name
        }

    def figures(self) -> Iterator[tuple[Paragraph, Figure]]:
        """Yield every live figure with the paragraph it stands in."""
        for paragraph in self.paragraphs():
            for figure in paragraph.figures:
                yield paragraph, figure


def roman(number: int) -> str:
    """Return ``number`` from 1 on as small roman numerals, as areas for improvement are numbered.

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
