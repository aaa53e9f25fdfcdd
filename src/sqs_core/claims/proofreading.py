"""A letter read through before it is sent: unlinked numbers, what could name somebody, long sentences."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from sqs_core.claims.check import check_letter
from sqs_core.claims.claim import Claim
from sqs_core.documents.passages import passages_of
from sqs_core.documents.sentences import sentences
from sqs_core.errors import UsageError
from sqs_core.letter.disclosure import DisclosureFinding, cells_of_one, disclosures
from sqs_core.letter.document import Document, Heading, Paragraph
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Excepted
from sqs_core.scoring.findings import Findings

LONG = 40
"""Words; GOV.UK asks for 25, which no sentence that lists its reasons keeps to."""


@frozen
class LongSentence:
    """A sentence of ``words`` words in the paragraph called ``paragraph``."""

    paragraph: str
    words: int


@frozen
class Proofreading:
    """What reading a letter through found.

    ``live`` counts its live figures.  ``typed`` are the claims that stand outside of them, each
    held against the records as any edited letter's are; None where the version cannot read
    claims in the letter's language.  Of what the version itself words ("No case had been going long
    enough for a review"), only what the records gainsay is typed.  ``findings`` could identify a
    person and are not excepted.  ``long`` are the sentences of more than ``LONG`` words.
    """

    live: int
    typed: tuple[Claim, ...] | None
    findings: tuple[DisclosureFinding, ...]
    long: tuple[LongSentence, ...]

    def count(self, *kinds: str) -> int:
        """Return how many of the findings are of one of ``kinds``."""
        return sum(finding.kind in kinds for finding in self.findings)

    @property
    def wrong(self) -> tuple[Claim, ...]:
        """The typed claims that the records gainsay."""
        return tuple(claim for claim in self.typed or () if claim.status == "fails")

    def about(self, paragraph: str) -> tuple[str, ...]:
        """Return what there is to look at in the paragraph called ``paragraph``, a sentence each."""
        typed = [
            f"“{claim.quote}” is typed, not a live figure" + (f": {claim.why}" if claim.why else "")
            for claim in self.typed or ()
            if claim.paragraph == paragraph
        ]
        disclosed = [finding.words for finding in self.findings if finding.paragraph == paragraph]
        long = [
            f"a sentence of {sentence.words} words"
            for sentence in self.long
            if sentence.paragraph == paragraph
        ]
        return (*typed, *disclosed, *long)


def proofread(
    inspection: Inspection,
    findings: Findings,
    document: Document,
    cases: Sequence[str],
    exceptions: Sequence[Excepted] = (),
) -> Proofreading:
    """Read ``document`` through; ``cases`` are the references that must not be told."""
    findings = findings.of_all
    paragraphs = tuple(document.paragraphs())
    passages = passages_of([_lead(p) + p.words for p in paragraphs])
    shown = disclosures(inspection, findings.criteria, passages, cases, exceptions)
    shown += cells_of_one(findings.criteria, document, exceptions)
    return Proofreading(
        live=sum(len(p.figures) for p in paragraphs),
        typed=_typed(inspection, findings, document),
        findings=tuple(finding for finding in shown if not finding.reason),
        # A text of the version in which nothing is counted stands in every letter: no author can shorten it.
        long=tuple(
            LongSentence(p.name, words)
            for p in paragraphs
            if p.edited or p.figures
            for a, b in sentences(p.words)
            if (words := len(p.words[a:b].split())) > LONG
        ),
    )


def _typed(inspection: Inspection, findings: Findings, document: Document) -> tuple[Claim, ...] | None:
    texts: list[str] = []
    live: list[list[tuple[int, int]]] = []
    by_hand: list[bool] = []
    for block in document.blocks:
        # A heading tells the reader of claims what the paragraphs under it can speak of.
        if isinstance(block, Heading):
            texts.append(block.text)
            live.append([(0, len(block.text))])
            by_hand.append(False)
        for paragraph in Document("", "", (block,)).paragraphs():
            texts.append(_lead(paragraph) + paragraph.words)
            live.append(_spans(paragraph))
            by_hand.append(paragraph.edited)
    try:
        claims = check_letter(inspection, findings, passages_of(texts)).claims
    except UsageError:
        return None
    return tuple(
        claim
        for claim in claims
        # "so that everyone knew the plan" states no number, and counts nothing of the records.
        if (claim.k is not None or claim.figures or not claim.read)
        and (by_hand[claim.block] or claim.status == "fails")
        and not any(start < claim.span[1] and claim.span[0] < end for start, end in live[claim.block])
    )


def _lead(paragraph: Paragraph) -> str:
    # The number tells the reader of claims which part of the plan a paragraph belongs to.
    return f"{paragraph.number}. " if paragraph.number else ""


def _spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return where the live figures stand, in characters from the beginning of the block."""
    at = len(_lead(paragraph))
    found = []
    for run in paragraph.runs:
        text = run if isinstance(run, str) else run.text
        if not isinstance(run, str):
            found.append((at, at + len(text)))
        at += len(text)
    return found
