"""Holding an edited comparison against the records: every count then and now, each difference and verdict.

A statement is known by the name of its question, as the comparison writes it ("risk of harm plan (2.3)");
what people wrote around it does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.documents.folding import Span, plain
from sqs_core.letter.change_since import (
    SINCE,
    change_section,
    difference_words,
    how_to_read,
    name_of,
    needed_words,
    since_words,
    verdict_words,
)
from sqs_core.letter.document import THEN, Document
from sqs_core.scoring.findings import CASES
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening
from sqs_core.text import counted

ChangeStatus = Literal["holds", "fails", "unverifiable"]

_COUNT = re.compile(r"(?<!\d)(\d+)\s+(?:out\s+)?of\s+(\d+)(?:\s+cases)?\s+(then|now)\b", re.IGNORECASE)
_CASES = re.compile(r"(?<!\d)(\d+)\s+cases?\s+(then|now)\b", re.IGNORECASE)
_POINTS = re.compile(r"([+−-]?\d+)\s+points\s+\(([+−-]?\d+)\s+to\s+([+−-]?\d+)\)")
_NEEDED = re.compile(r"about\s+[\d,]+\s+cases\s+each\s+time")
_VERDICT = re.compile(r"\b(better|worse|cannot\s+be\s+told|not\s+comparable)\b", re.IGNORECASE)
_READING = re.compile(
    r"(?P<all>Of\s+\d+\s+questions?\s+compared,.*?cannot\s+be\s+told(?=\.))"
    r"|(?P<chance>up\s+to\s+[\d.]+\s+of\s+\d+\s+would)"
    r"|(?P<together>Of\s+the\s+\d+\s+called\s+better\s+or\s+worse,\s+\d+)",
    re.DOTALL,
)


@frozen
class ChangeClaim:
    """One statement of a comparison: the words, whether they hold, and what the records say.

    ``span`` is where the words stand in their passage; ``figure`` the count they state, with ``stated`` and
    ``recorded``, each k and n, where they state one.
    """

    line: int
    question: str
    quote: str
    status: ChangeStatus
    expected: str
    span: tuple[int, int] = (0, 0)
    figure: str = ""
    stated: tuple[int, int] | None = None
    recorded: tuple[int, int] | None = None


@frozen
class ChangeChecker:
    """Reads passages of a comparison, and holds them against ``rescreening``.

    It is None where it cannot be had, and ``why`` says why not.
    """

    rescreening: Rescreening | None = field(repr=False)
    why: str = ""

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], RescreenedQuestion]]:
        """The questions by their names, the longest first: one name may begin another."""
        if self.rescreening is None:
            return []
        rows = (*self.rescreening.questions, *self.rescreening.subsets)
        names = sorted(
            ((plain(name_of(self.rescreening, one)), one) for one in rows), key=lambda two: -len(two[0])
        )
        return [(re.compile(r"\s+".join(map(re.escape, name.split()))), one) for name, one in names]

    @cached_property
    def _reading(self) -> dict[str, str]:
        """What is said of all questions together, by kind of statement."""
        said = " ".join(how_to_read(self.rescreening)) if self.rescreening is not None else ""
        return {found.lastgroup or "": found[0] for found in _READING.finditer(plain(said))}

    @cached_property
    def _composed(self) -> frozenset[str]:
        """The heading and the paragraphs of the letter's section as they were composed."""
        if self.rescreening is None:
            return frozenset()
        section = Document("", "", change_section(self.rescreening))
        words = [paragraph.words for paragraph in section.paragraphs()]
        return frozenset(map(_flat, (since_words(self.rescreening), *words)))

    def is_composed(self, text: str) -> bool:
        """Return whether ``text`` is a paragraph of the letter's section as it was composed."""
        return _flat(text) in self._composed

    def is_about(self, text: str) -> bool:
        """Return whether ``text`` is of the comparison, and not of the letter around it."""
        if self.is_composed(text) or any(name.search(plain(text)) for name, _ in self._names):
            return True
        return any(pattern.search(text) for pattern in (_COUNT, _CASES, _READING))

    def name_spans(self, text: str) -> list[Span]:
        """Return where ``text`` names a question: the number in a name is no number of the records."""
        return [found.span() for name, _ in self._names if (found := name.search(plain(text)))][:1]

    def claims(self, text: str, line: int = 0) -> Iterator[ChangeClaim]:
        """Yield the statements of a passage in the order in which they are looked for."""
        for made in self._claims(plain(text), line):
            a, b = made.span
            yield evolve(made, quote=" ".join(text[a:b].split()))

    def _claims(self, text: str, line: int) -> Iterator[ChangeClaim]:
        found = next(((at, one) for name, one in self._names if (at := name.search(text))), None)
        if found is not None:
            yield from self._of_question(text, found[0].end(), found[1], line)
        elif self.rescreening is not None:
            yield from self._of_all(text, line, self.rescreening)
        if found is None:
            why = self.why or "no question is named as the comparison names it"
            for count in _COUNT.finditer(text):
                yield ChangeClaim(line, "", _flat(count[0]), "unverifiable", why, count.span())

    def _of_question(
        self, text: str, start: int, one: RescreenedQuestion, line: int
    ) -> Iterator[ChangeClaim]:
        question = f"{one.question}, {one.subset}" if one.subset else one.question
        within = f"@{one.subset}" if one.subset else ""

        def claim(found: re.Match[str], holds: bool, expected: str) -> ChangeClaim:
            status: ChangeStatus = "holds" if holds else "fails"
            return ChangeClaim(line, question, _flat(found[0]), status, expected, found.span())

        for found in _COUNT.finditer(text, start):
            when, stated = found[3].lower(), (int(found[1]), int(found[2]))
            count = one.before if when == "then" else one.after
            figure = f"{THEN if when == 'then' else ''}{one.question}{within}"
            made = claim(found, stated == count, f"{count} {when}")
            yield evolve(made, figure=figure, stated=stated, recorded=(count.k, count.n))
        words = difference_words(one)
        for found in _POINTS.finditer(text, start):
            yield claim(found, _flat(found[0]) == plain(words), words)
        for found in _NEEDED.finditer(text, start):
            needed = needed_words(one.needed) if one.needed else verdict_words(one)
            exact = f"about {one.needed} cases each time"
            yield claim(found, _flat(found[0]) in (needed, exact), needed)
        for found in _VERDICT.finditer(text, start):
            yield claim(found, _flat(found[0]).lower() == one.verdict, one.verdict)

    def _of_all(self, text: str, line: int, rescreening: Rescreening) -> Iterator[ChangeClaim]:
        """Yield what is said of all questions together, and of how many cases there were."""
        for found in _CASES.finditer(text):
            when, stated = found[2].lower(), int(found[1])
            then = when == "then"
            cases = len((rescreening.findings_before if then else rescreening.findings_after).cases)
            status: ChangeStatus = "holds" if stated == cases else "fails"
            yield ChangeClaim(
                line, "", _flat(found[0]), status, f"{counted(cases, 'case')} {when}", found.span(),
                f"{THEN if then else ''}{CASES}", (stated, stated), (cases, cases),
            )  # fmt: skip
        for found in _READING.finditer(text):
            expected = self._reading.get(found.lastgroup or "", "")
            status = "holds" if _flat(found[0]) == expected else "fails"
            yield ChangeClaim(line, "", _flat(found[0]), status, expected, found.span())


def check_changes(rescreening: Rescreening, passages: Iterable[tuple[int, str]]) -> tuple[ChangeClaim, ...]:
    """Check the statements in ``passages`` (their line, their text) against the comparison."""
    checker = ChangeChecker(rescreening)
    return tuple(claim for line, text in passages for claim in checker.claims(text, line))


def section_begins(texts: Sequence[str]) -> int | None:
    """Return which of ``texts`` is the heading of the section in a letter; None where there is none."""
    return next((at for at, text in enumerate(texts) if _HEADING.match(text)), None)


_HEADING = re.compile(r"\W*(?:\d+[.)]?\s+)?" + r"\s+".join(SINCE.split()) + r"\b", re.IGNORECASE)


def _flat(words: str) -> str:
    return " ".join(plain(words).split())
