"""A document as paragraphs: what each is part of, and what of the file nobody read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from attrs import define, evolve, field, frozen

from sqs_core.documents.folding import readable
from sqs_core.errors import Problem, RecordError
from sqs_core.text import without_forbidden

DocumentPart = Literal["body", "note", "box", "margin", "comment", "deletion", "hidden", "struck", "property"]
PART_WORDS: Final[Mapping[DocumentPart, tuple[str, str]]] = {
    "body": ("paragraph", "paragraphs"),
    "note": ("footnote", "footnotes"),
    "box": ("text box", "text boxes"),
    "margin": ("header or footer", "headers and footers"),
    "comment": ("comment", "comments"),
    "deletion": ("tracked deletion", "tracked deletions"),
    "hidden": ("hidden text", "hidden texts"),
    "struck": ("text struck out", "texts struck out"),
    "property": ("property of the file", "properties of the file"),
}
"""What each part is called, one and several."""
PRINTED: Final[frozenset[DocumentPart]] = frozenset({"body", "note", "box", "margin"})
"""The parts that a printed copy shows: text, footnotes and endnotes, text boxes, headers and footers."""

MOST_CHARACTERS: Final = 400_000
"""Some 150 pages."""
MOST_PASSAGES: Final = 20_000


@frozen
class Passage:
    """One paragraph of a document as read.

    ``index`` counts the passages from 0; ``line`` is where it begins in a text file or web page, ``page``
    where Word has left its page breaks, both from 1 and 0 where they are not known.  ``anchor`` is the
    index of the paragraph that a footnote, box, comment or deletion belongs to; -1 where there is none.
    """

    text: str
    index: int
    heading: bool = False
    line: int = 0
    part: DocumentPart = "body"
    anchor: int = -1
    page: int = 0

    @property
    def printed(self) -> bool:
        """Whether a printed copy shows it."""
        return self.part in PRINTED


@frozen(repr=False)
class ReadDocument:
    """The paragraphs of a document in reading order, those that no printed copy shows last.

    ``unseen`` counts what holds words or numbers that cannot be read, by kind ("picture"); ``dropped``
    how many characters were left out that no record may hold.
    """

    passages: tuple[Passage, ...]
    unseen: Mapping[str, int] = field(factory=dict)
    dropped: int = 0

    def __repr__(self) -> str:
        return f"<ReadDocument: {len(self.passages)} passages>"

    @property
    def printed(self) -> tuple[Passage, ...]:
        """What a printed copy shows."""
        return tuple(passage for passage in self.passages if passage.printed)

    def left_out(self) -> tuple[str, ...]:
        """Say what of the file is not read as its text: "2 comments", "1 picture"."""
        counts = Counter(passage.part for passage in self.passages if not passage.printed)
        kinds = [(PART_WORDS[part], n) for part, n in counts.items() if part != "property"]
        kinds += [((kind, f"{kind}s"), n) for kind, n in self.unseen.items()]
        return tuple(f"{n} {one if n == 1 else many}" for (one, many), n in kinds)


@define
class PassageList:
    """Gathers the passages of the file called ``name``; RecordError where they are too many for a letter."""

    name: str
    found: list[Passage] = field(factory=list)
    unseen: Counter[str] = field(factory=Counter)
    characters: int = 0
    dropped: int = 0

    def add(
        self,
        words: str,
        part: DocumentPart = "body",
        *,
        heading: bool = False,
        line: int = 0,
        anchor: int = -1,
        page: int = 0,
        lines: bool = False,
    ) -> int:
        """Add a passage; return its index, -1 where there are no words.

        White space becomes single blanks, unless ``lines`` keeps that of a text file.
        """
        self.dropped += without_forbidden(words)[1]
        words = readable(words)
        words = words if lines else " ".join(words.split())
        if not words.strip():
            return -1
        self.characters += len(words)
        if self.characters > MOST_CHARACTERS or len(self.found) >= MOST_PASSAGES:
            raise too_large(self.name)
        self.found.append(Passage(words, len(self.found), heading, line, part, anchor, page))
        return len(self.found) - 1

    def document(self) -> ReadDocument:
        """Return what was gathered, the passages that are not printed last."""
        order = sorted(self.found, key=lambda passage: not passage.printed)
        place = {passage.index: at for at, passage in enumerate(order)}
        moved = (evolve(p, index=place[p.index], anchor=place.get(p.anchor, -1)) for p in order)
        return ReadDocument(tuple(moved), dict(self.unseen), self.dropped)


def passages_of(texts: Sequence[str]) -> tuple[Passage, ...]:
    """Return ``texts`` as the paragraphs of a document, for words that come from no file."""
    return tuple(Passage(text, index) for index, text in enumerate(texts))


def too_large(name: str) -> RecordError:
    """Return the refusal of the file called ``name`` for its size."""
    return RecordError(Problem(name, "too large for a letter", "check the letter by itself", "K001"))
