"""A claim of an edited letter held against the records, and a number that no claim covers."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from sqs_core.text import one_line

Status = Literal["holds", "fails", "question", "unverifiable"]
STATUSES: tuple[Status, ...] = ("fails", "question", "unverifiable", "holds")


@frozen(repr=False)
class Claim:
    """Something the letter says of a number, and whether the records bear it out.

    ``paragraph`` is its number, or the name of its section; ``block`` counts the paragraphs of
    the file from 0 and ``span`` is the place of ``quote`` in that paragraph, in characters.
    ``k`` and ``n`` are what the letter states (None where it does not, or only by a phrase);
    ``expected`` is k and n of the records, None where the claim could not be tied to a measure.
    ``figures`` are the measures it speaks of, written as live figures are; ``words`` is how
    the composer would put the expected count.  ``read`` is false where ``quote`` only begins a paragraph that
    is longer than anybody writes, of which nothing was held against the records.

    >>> letter = check_letter(open_inspection("darlington-2012"), "letter.txt")
    >>> letter.claims[0], letter.claims[0].expected
    (<Claim 2.2 'six of the ten cases': fails>, (7, 10))
    """

    paragraph: str
    block: int
    quote: str
    span: tuple[int, int]
    k: int | None
    n: int | None
    status: Status
    figures: tuple[str, ...] = ()
    expected: tuple[int, int] | None = None
    words: str = ""
    why: str = ""
    read: bool = True

    def __repr__(self) -> str:
        return f"<Claim {self.paragraph} '{one_line(self.quote, 60)}': {self.status}>"

    @property
    def remark(self) -> str:
        """The measures, why, and the words the records would have."""
        parts = [", ".join(self.figures), self.why]
        if self.status == "fails" and self.words:
            parts.append(f"the words would be “{self.words}”")
        return "; ".join(part for part in parts if part)

    @property
    def figure(self) -> str:
        """The first measure it speaks of, "" where it could not be tied to one."""
        return self.figures[0] if self.figures else ""


@frozen
class Unread:
    """A number or quantity word that no claim covers; ``what`` says what it looks like, such as "date"."""

    paragraph: str
    block: int
    quote: str
    span: tuple[int, int]
    what: str = ""

    @property
    def status(self) -> Literal["unread"]:
        """What it is beside the claims."""
        return "unread"

    @property
    def remark(self) -> str:
        """What it looks like."""
        return self.what
