"""What in a letter could identify a person: advice, not a guarantee.

The check knows patterns and word lists.  It cannot know what a reader in the area knows, so
a letter without findings is not thereby safe.  Nothing is taken out: a finding is mended by
the author, or excepted with a reason that stays with the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from sqs_core.criteria import Criteria, DisclosureWords
from sqs_core.documents.folding import plain
from sqs_core.documents.passages import DocumentPart, Passage
from sqs_core.documents.phrases import phrase_finder
from sqs_core.documents.sentences import sentences
from sqs_core.letter.document import Document, roman
from sqs_core.letter.edited_letter import LetterParagraph, letter_paragraphs
from sqs_core.letter.reference import counted_in_words
from sqs_core.records.followed_action import FollowedActions
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Excepted, Narrative
from sqs_core.text import lowered

DisclosureKind = Literal[
    "name",
    "school",
    "case-number",
    "date",
    "phone",
    "email",
    "postcode",
    "ni-number",
    "singled-out",
    "cell-of-one",
]
ADVICE = (
    "This is advice: it goes by patterns and word lists, and cannot know what a reader in the area knows."
)
WHY = {
    "name": "looks like a person's name that is not in the inspection's header",
    "school": "looks like the name of a school",
    "case-number": "is the reference of a case",
    "date": "is a date that is not the inspection's own: a date of birth or of an offence?",
    "phone": "is a telephone number that is not the inspection's own",
    "email": "is an email address that is not the inspection's own",
    "postcode": "looks like a postcode that is not in the letterhead",
    "ni-number": "looks like a National Insurance number",
    "singled-out": "tells of one person, with detail by which they could be known",
    "cell-of-one": "is one case of a named group of cases",
}
# The shapes of British identifiers, as published by Royal Mail, HMRC and Ofcom.
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b")
_NI_NUMBER = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.I)
_PHONE = re.compile(r"(?<![\d.])(?:\+44\s?\(?0?\)?\s?|0)\d(?:[\s-]?\d){8,9}(?!\d)")
# Possessive and from the word's beginning: otherwise a long run of letters is tried from each.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_NUMBER_DATE = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_NAME = r"[A-Z](?=[\w'’-]*[a-z])[\w'’-]*+"
_PAIR = re.compile(rf"\b{_NAME}(?:\s+{_NAME})+")


@frozen
class DisclosureFinding:
    """Something that could identify a person; ``reason`` says why it may stay, "" while none does.

    ``part`` says where in the file it stands: a comment goes out with it as the text does.  ``figure`` says
    in words what is counted; the ``quote`` of a figure, by which it is excepted, ends in its reference.
    """

    kind: str
    quote: str
    paragraph: str
    block: int
    span: tuple[int, int]
    reason: str = ""
    part: DocumentPart = "body"
    figure: str = ""

    @property
    def why(self) -> str:
        """What is the matter, without the words themselves."""
        return WHY[self.kind]

    @property
    def words(self) -> str:
        """What is the matter with which words of the letter, as its reader has them."""
        said = self.quote.rpartition(" [")[0] if self.figure else self.quote
        return f"“{said}” {f'({self.figure}) ' if self.figure else ''}{self.why}"


def disclosures(
    inspection: Inspection,
    criteria: Criteria,
    passages: Sequence[Passage],
    cases: Sequence[str],
    exceptions: Sequence[Excepted] = (),
) -> tuple[DisclosureFinding, ...]:
    """Return the findings of a letter in reading order; those excepted carry the reason.

    ``cases`` are the references that must not be told.
    """
    checker = _Checker.of(inspection, criteria, cases)
    plan = criteria.letter
    language = inspection.language or criteria.languages[0]
    titles = plan.titles(language, inspection.place) if plan else []
    found: list[DisclosureFinding] = []
    for page in letter_paragraphs(passages, titles):
        found += () if page.heading else checker.findings(page)
    return tuple(_excepted(finding, exceptions) for finding in found)


def disclosures_in_actions(
    inspection: Inspection,
    criteria: Criteria,
    narrative: Narrative,
    followed: FollowedActions,
    cases: Sequence[str],
) -> tuple[DisclosureFinding, ...]:
    """Return the findings in what will be done about the areas for improvement, as :func:`disclosures`.

    The service is sent it as it is sent the letter, and the letter does not have it.
    """
    checker = _Checker.of(inspection, criteria, cases)
    found = (
        DisclosureFinding(kind, " ".join(words[start:end].split()), where, -1, (0, 0))
        for where, words in _words_of_actions(narrative, followed)
        for kind, start, end in checker.found_in(plain(words))
    )
    return tuple(_excepted(finding, narrative.exceptions) for finding in found)


def _words_of_actions(narrative: Narrative, followed: FollowedActions) -> Iterator[tuple[str, str]]:
    for number, area in enumerate(narrative.improvements, 1):
        for planned in area.actions:
            for words in (planned.action, planned.lead, planned.progress):
                yield f"action for area {roman(number)}", words
    for name, action in followed.actions.items():
        for words in action.texts:
            yield f"action {name}", words


def _excepted(finding: DisclosureFinding, exceptions: Sequence[Excepted]) -> DisclosureFinding:
    for exception in exceptions:
        same = exception.quote == "*" or " ".join(exception.quote.split()).lower() in finding.quote.lower()
        if exception.kind == finding.kind and same and exception.reason:
            return evolve(finding, reason=exception.reason)
    return finding


def cells_of_one(
    criteria: Criteria, document: Document, exceptions: Sequence[Excepted] = ()
) -> tuple[DisclosureFinding, ...]:
    """Return the composed figures that tell of one case within a subset, or of a subset of one.

    Only these: one case of a whole sample says less, and blanking each would blank the letter.
    """
    found = (
        DisclosureFinding(
            "cell-of-one",
            f"{figure.text} [{figure.reference}]",
            paragraph.name,
            -1,
            (0, 0),
            figure=counted_in_words(criteria, figure.asked_for),
        )
        for paragraph, figure in document.figures()
        if figure.subset
        and figure.form not in ("n", "total", "noun")
        and figure.measure != "interviews"
        and figure.n > 0
        and (figure.k == 1 or figure.n == 1)
    )
    return tuple(_excepted(finding, exceptions) for finding in found)


@frozen
class _Checker:
    words: DisclosureWords
    header: str
    dates: frozenset[date]
    months: tuple[str, ...]
    cases: tuple[str, ...]
    prose: str

    @classmethod
    def of(cls, inspection: Inspection, criteria: Criteria, cases: Sequence[str]) -> _Checker:
        language = inspection.language or criteria.languages[0]
        plan = criteria.letter
        words = plan.disclosure.get(language, DisclosureWords()) if plan else DisclosureWords()
        months = plan.months(language) if plan else ()
        title = str(plan.title) if plan else ""
        return cls(
            words, header_words(inspection, criteria), own_dates(inspection), months, tuple(cases), title
        )

    def findings(self, page: LetterParagraph) -> list[DisclosureFinding]:
        """Return what a paragraph holds, in reading order."""
        found = [
            DisclosureFinding(
                kind,
                " ".join(page.text[start:end].split()),
                page.number or page.section,
                page.passage.index,
                (start + page.offset, end + page.offset),
                part=page.passage.part,
            )
            for kind, start, end in self.found_in(plain(page.text))
        ]
        return sorted(found, key=lambda f: f.span)

    def found_in(self, text: str) -> Iterator[tuple[DisclosureKind, int, int]]:
        """Yield the kind of each detail in ``text``, with where it begins and ends."""
        for kind, pattern in (
            ("phone", _PHONE),
            ("email", _EMAIL),
            ("postcode", _POSTCODE),
            ("ni-number", _NI_NUMBER),
        ):
            for match in pattern.finditer(text):
                if _plain(match[0]) not in _plain(self.header):
                    yield kind, match.start(), match.end()  # type: ignore[misc]
        yield from self._dates(text)
        yield from self._names(text)
        yield from self._case_numbers(text)
        yield from self._singled_out(text)

    def _dates(self, text: str) -> Iterator[tuple[DisclosureKind, int, int]]:
        for match in _NUMBER_DATE.finditer(text):
            if _plain(match[0]) not in _plain(self.header):
                yield "date", match.start(), match.end()
        if not self.months:
            return
        months = "|".join(map(re.escape, self.months))
        spelled = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({months})\s+(\d{{4}})\b", re.I)
        for match in spelled.finditer(text):
            month = [lowered(m) for m in self.months].index(lowered(match[2])) + 1
            own = (int(match[3]), month, int(match[1])) in {(d.year, d.month, d.day) for d in self.dates}
            if not own and _plain(match[0]) not in _plain(self.header):
                yield "date", match.start(), match.end()

    def _names(self, text: str) -> Iterator[tuple[DisclosureKind, int, int]]:
        schools = phrase_finder(self.words.schools)
        none = phrase_finder((*self.words.organisations, *self.words.known)) if self.words.known else None
        taken: list[tuple[int, int]] = []
        titles = "|".join(map(re.escape, self.words.titles))
        titled = (
            re.finditer(rf"\b(?:{titles})\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*", text) if titles else ()
        )
        starts = {a for a, _ in sentences(text)}
        for match in (*titled, *_PAIR.finditer(text)):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken) or self._in_header(match[0]):
                continue
            if start in starts and match.re is _PAIR and self._ordinary(match[0].split()[0]):
                start += len(match[0].split()[0]) + 1  # "Staff Anna Brown": the first word begins a sentence
                if not re.search(r"\s", text[start:end].strip()) or self._in_header(text[start:end]):
                    continue
            rest = match[0].partition(" ")[2]
            if start in starts and " " in rest and self._in_header(rest):  # "Dear Alex Chair"
                continue
            taken.append((start, end))
            if schools.search(match[0]):
                yield "school", start, end
            elif none is None or not none.search(match[0]):
                yield "name", start, end

    def _in_header(self, words: str) -> bool:
        return _plain(words) in _plain(self.header + self.prose)

    def _ordinary(self, word: str) -> bool:
        """Return whether a word that begins a sentence is one of the letter's own, not a forename."""
        return word.lower() in self.words.ordinary

    def _case_numbers(self, text: str) -> Iterator[tuple[DisclosureKind, int, int]]:
        if not self.cases:
            return
        known = "|".join(sorted(map(re.escape, self.cases), key=len, reverse=True))
        before = "|".join(re.escape(w) for w in sorted(self.words.case_words, key=len, reverse=True))
        for match in re.finditer(rf"\b(?:{before})\s+(?:{known})\b", text, re.I) if before else ():
            yield "case-number", match.start(), match.end()
        for match in re.finditer(rf"(?<![\w-])(?:{known})(?![\w-])", text):
            # A bare "14" is a number of cases; a reference with letters in it is one wherever it stands.
            if re.search(r"[A-Za-z]", match[0]) and re.search(r"\d", match[0]):
                yield "case-number", match.start(), match.end()

    def _singled_out(self, text: str) -> Iterator[tuple[DisclosureKind, int, int]]:
        one = phrase_finder(self.words.one_person).search(text)
        if one and self.words.details and phrase_finder(self.words.details).search(text, one.end()):
            inside = next((a, b) for a, b in sentences(text) if a <= one.start() < b)
            yield "singled-out", inside[0], inside[0] + len(text[inside[0] : inside[1]].rstrip())


def header_words(inspection: Inspection, criteria: Criteria) -> str:
    """Return what the inspection itself says in its header: names, numbers and addresses that may be told."""
    people = (inspection.addressee.name, inspection.addressee.salutation, *inspection.addressee.lines)
    lead = (inspection.lead.name, inspection.lead.phone, inspection.lead.email)
    parts = [inspection.service, inspection.area, inspection.signatory.name, inspection.signatory.role]
    parts += [*people, *lead, *inspection.copies, *inspection.letterhead]
    return "\n".join([*parts, inspection.note, inspection.publications_note, str(criteria.source)])


def own_dates(inspection: Inspection) -> frozenset[date]:
    """Return the days of the inspection, and that of its letter."""
    own = {d for d in (inspection.first_day, inspection.last_day, inspection.letter_date) if d}
    if inspection.first_day and inspection.last_day:
        first, last = inspection.first_day.toordinal(), inspection.last_day.toordinal()
        own |= {date.fromordinal(day) for day in range(first, last + 1)}
    return frozenset(own)


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).lower()
