"""Holding every claim of an edited letter against the records, and telling every number that is no claim."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from attrs import define, field, frozen

from sqs_core.claims.amounts import Quantity, possible, shown_percent
from sqs_core.claims.claim import Claim, Status, Unread
from sqs_core.claims.clause_splitter import Parsed, Splitter
from sqs_core.claims.grammar import RangePhrase, grammar_of
from sqs_core.claims.language import claim_words
from sqs_core.claims.link import Link
from sqs_core.claims.linking import ClaimLinker
from sqs_core.claims.measure_cues import MeasureCues
from sqs_core.claims.measured import Measured, Reading
from sqs_core.claims.paragraph_pools import ParagraphPools
from sqs_core.claims.stated_ratings import RatingReader, StatedRating
from sqs_core.claims.tokens import folded
from sqs_core.claims.unread_numbers import UnreadNumbers
from sqs_core.criteria import ClaimWords, Criteria
from sqs_core.documents.passages import MOST_PASSAGES, Passage
from sqs_core.documents.plain_text import NUMBER
from sqs_core.documents.sentences import whole_sentences
from sqs_core.errors import Problem, UsageError
from sqs_core.letter.change_check import ChangeChecker, ChangeClaim, section_begins
from sqs_core.letter.change_since import SECTION
from sqs_core.letter.compose import wording_of
from sqs_core.letter.edited_letter import (
    LetterParagraph,
    joined_paragraphs,
    letter_paragraphs,
    without_changes,
)
from sqs_core.letter.rating_texts import rating_texts
from sqs_core.letter.reference import Reference, read_reference
from sqs_core.letter.wording import Wording
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.findings import CASES, Findings
from sqs_core.scoring.rescreening import changes_since


@frozen(repr=False)
class LetterCheck:
    """An edited letter as read: its claims in reading order, and every number that no claim covers.

    >>> letter = check_letter(open_inspection("darlington-2012"), "letter.txt")
    >>> letter
    <LetterCheck: 1 claims, 1 of them fail>
    """

    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...] = ()

    def __repr__(self) -> str:
        return f"<LetterCheck: {len(self.claims)} claims, {self.count('fails')} of them fail>"

    def count(self, status: Status) -> int:
        """Count the claims that have ``status``."""
        return sum(claim.status == status for claim in self.claims)


@frozen
class Reader:
    """How letters of one version are read in one language."""

    words: ClaimWords
    cues: MeasureCues
    splitter: Splitter
    pools: ParagraphPools


MOST_CLAIMS = 2000
"""Claims that are read in one letter; the longest letters have a hundred."""

PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d]+ )?\d{1,3}(?:(?: [^\W\d]+ | ?/ ?)\d{1,3})?\W*")
"""What stands in a header or footer to number the pages: "1", "- 1 -", "Page 1 of 2"."""
QUOTED = 60
"""Characters of a paragraph that is not read by which it is told."""

_READERS: list[tuple[Criteria, str, Reader]] = []
KEPT_READERS = 4


def reader_of(criteria: Criteria, language: str) -> Reader:
    """Return how letters of ``criteria`` are read in ``language``; the last few are kept.

    UsageError where the version has no letter plan, or nobody has said how claims are worded in it.
    """
    for known, tag, reader in _READERS:
        if known is criteria and tag == language:
            return reader
    reader = _reader(criteria, language)
    _READERS.insert(0, (criteria, language, reader))
    del _READERS[KEPT_READERS:]
    return reader


def _reader(criteria: Criteria, language: str) -> Reader:
    plan = criteria.letter
    words = claim_words(plan, language) if plan else None
    if plan is None or words is None:
        raise UsageError(
            f"criteria {criteria.id} cannot check a letter in '{language}': it has no words for numbers; "
            "see [letter.claims] in docs/letter-check.md"
        )
    cues = MeasureCues(criteria, plan, words, language)
    scale = {
        folded(b.text.in_language(language)): b for b in plan.phrase_scale if b.id not in ("all", "none")
    }
    rungs = {band.id: band for band in plan.phrase_scale}
    scale |= {said: rungs[rung] for said, rung in words.synonyms.items() if rung in rungs}
    numeric = {word for phrase in (*words.parts, *words.words.get("alone", ())) for word in phrase.split()}
    bands = [
        RangePhrase(said, b, True)
        for said, b in scale.items()
        if not numeric & set(said.replace("-", " ").split())
    ]
    bands += [RangePhrase(folded(str(b.text)), b) for b in words.bands if folded(str(b.text)) not in scale]
    modifiers = cues.modifiers | {folded(word) for word in words.words.get("adjectives", ())}
    populations = criteria.population_nouns(language) or None
    grammar = grammar_of(words, bands, frozenset(modifiers), plan.roles, plan.months(language), populations)
    return Reader(words, cues, Splitter.of(grammar, cues, words), ParagraphPools(plan, cues, language))


@lru_cache(maxsize=1024)
def _parsed(splitter: Splitter, sentence: str) -> Parsed:
    """Take a sentence apart, once: a letter is read anew after each change of one of its sentences."""
    return splitter.parse(sentence)


def check_letter(inspection: Inspection, findings: Findings, passages: Sequence[Passage]) -> LetterCheck:
    """Return the claims of an edited letter on ``inspection``, each held against ``findings``.

    Only what a printed copy shows is read, and not the list of changes that ``--since`` puts at its end.
    UsageError where the version cannot read claims in the inspection's language.
    """
    findings = findings.of_all
    passages = without_changes([passage for passage in passages if passage.printed])
    criteria, language = findings.criteria, inspection.language or findings.criteria.languages[0]
    reader = reader_of(criteria, language)
    measured = Measured(findings)
    dates = (inspection.first_day, inspection.last_day, inspection.letter_date)
    own_years = frozenset(str(day.year) for day in dates if day)
    linker = ClaimLinker(reader.cues, measured, own_years)
    judge = _Judge(measured, wording_of(criteria, language))
    lexer = reader.splitter.grammar.lexer
    unread_numbers = UnreadNumbers.of(inspection, criteria, reader.words, lexer, language)
    titles = reader.pools.plan.titles(language, inspection.place)
    abbreviations = reader.words.sentence.get("abbreviations", ())
    changes = _changes(inspection, findings)
    at = section_begins([passage.text for passage in passages])
    changes_from = MOST_PASSAGES if at is None else passages[at].index
    rated = rating_texts(inspection, findings, language)
    ratings = RatingReader.of(criteria, rated, language)
    claims: list[Claim] = []
    unread: list[Unread] = []
    for paragraph, starts in joined_paragraphs(letter_paragraphs(passages, titles)):
        under = reader.pools.section_of(paragraph.number) or paragraph.section
        judge.begin(paragraph, starts, passages, under)
        of_page = paragraph.passage.part == "margin" and PAGE_NUMBER.fullmatch(paragraph.text.strip())
        if of_page or unread_numbers.is_header(paragraph.text):
            continue
        of_changes = paragraph.passage.index >= changes_from and changes.is_about(paragraph.text)
        if of_changes and changes.is_composed(paragraph.text):
            claims += map(judge.change, changes.claims(paragraph.text))
            continue
        if len(claims) >= MOST_CLAIMS:
            claims.append(
                judge.not_read(f"not read, nor what follows it: before it are {MOST_CLAIMS:,} claims")
            )
            break
        places = whole_sentences(paragraph.text, abbreviations)
        parsed = [_parsed(reader.splitter, paragraph.text[a:b]) for a, b in places]
        if why := next((sentence.unread for sentence in parsed if sentence.unread), ""):
            claims.append(judge.not_read(why))
            continue
        links = [] if paragraph.heading or of_changes else linker.links(parsed, reader.pools.pool(paragraph))
        links = [(i, link) for i, link in links if not unread_numbers.is_the_versions(parsed[i], link)]
        claims += judge.claims([(places[i][0], link) for i, link in links])
        for a, b in () if paragraph.heading else places:
            claims += (judge.rating(a, stated) for stated in ratings.stated(paragraph.text[a:b]))
        heads = NUMBER.match(paragraph.text) if paragraph.heading else None
        covered: dict[int, list[tuple[int, int]]] = {}
        for i, link in links:
            covered.setdefault(i, []).append((link.quantity.start, link.quantity.end))
        if of_changes:
            said = tuple(changes.claims(paragraph.text))
            claims += map(judge.change, said)
            known = [*(claim.span for claim in said), *changes.name_spans(paragraph.text)]
            covered = {i: [(a - start, b - start) for a, b in known] for i, (start, _) in enumerate(places)}
        for i, (start, _) in enumerate(places):
            for a, b, what in unread_numbers.unread(parsed[i], covered.get(i, ())):
                if heads is None or start + a >= heads.end():
                    unread.append(judge.unread(start + a, start + b, what))
    return LetterCheck(tuple(passages), tuple(claims), tuple(unread))


def _changes(inspection: Inspection, findings: Findings) -> ChangeChecker:
    """Return what reads the section on the inspection before."""
    if isinstance(findings.earlier, Problem):
        return ChangeChecker(None, findings.earlier.what)
    try:
        found = changes_since(inspection, findings)
    except UsageError as error:
        return ChangeChecker(None, str(error))
    return ChangeChecker(found, "" if found else "the inspection names none before it: [earlier] folder")


@define
class _Judge:
    """Judges links paragraph by paragraph; remembers the denominators a section has stated."""

    measured: Measured
    wording: Wording
    paragraph: LetterParagraph = field(init=False)
    starts: tuple[int, ...] = ()
    passages: Sequence[Passage] = ()
    section: str = ""
    stated: dict[str, tuple[int, str]] = field(factory=dict)

    def begin(
        self, paragraph: LetterParagraph, starts: tuple[int, ...], passages: Sequence[Passage], section: str
    ) -> None:
        """Turn to the next paragraph."""
        self.paragraph, self.starts, self.passages, self.section = paragraph, starts, passages, section

    def claims(self, links: Sequence[tuple[int, Link]]) -> list[Claim]:
        """Return the claims of one paragraph, and a question where its parts do not meet the section's n."""
        found = [self._claim(start, link) for start, link in links]
        question = self._question(links)
        for (_, link), claim in zip(links, found, strict=True):
            n = link.quantity.k if link.total and link.quantity.means == "count" else link.quantity.n
            about = read_reference(claim.figure) or Reference("")
            of_cases = not link.subset and not self.measured.findings.is_of_people(about.measure)
            if n is not None and link.ways and of_cases and claim.figure != CASES and self.section:
                self.stated[self.section] = (n, about.measure)
        return [*found, *question]

    def change(self, said: ChangeClaim) -> Claim:
        """Return a statement of the section on the inspection before as a claim."""
        k, n = said.stated or (None, None)
        fails = said.status == "fails"
        why = said.expected if said.status == "unverifiable" else ""
        return Claim(
            **{**self._at(*said.span), "paragraph": SECTION},
            k=k,
            n=n,
            status=said.status,
            figures=(said.figure,) if said.figure else (),
            expected=said.recorded,
            words=said.expected if fails else "",
            why="the records of both inspections say otherwise" if fails else why,
        )

    def rating(self, start: int, stated: StatedRating) -> Claim:
        """Return what a sentence that begins at ``start`` says of a rating."""
        return Claim(
            **self._at(start + stated.first, start + stated.last),
            k=None,
            n=None,
            status="holds" if stated.holds else "fails",
            figures=(stated.name,),
            words=stated.right,
            why="" if stated.holds else f"the records come to “{stated.right}”",
        )

    def unread(self, start: int, end: int, what: str) -> Unread:
        """Return a number that no claim covers, at its place in the paragraph."""
        return Unread(**self._at(start, end), what=what)

    def not_read(self, why: str) -> Claim:
        """Return the beginning of the paragraph as a claim that nobody held against the records."""
        text = self.paragraph.text[: self.starts[1]] if len(self.starts) > 1 else self.paragraph.text
        start = len(text) - len(text.lstrip())
        most = text[start : start + QUOTED].rstrip()
        end = start + len(most if start + len(most) == len(text) else most.rpartition(" ")[0] or most)
        return Claim(**self._at(start, end), k=None, n=None, status="unverifiable", why=why, read=False)

    def _claim(self, start: int, link: Link) -> Claim:
        q = link.quantity
        status, reading, why = self._judged(link)
        total = link.total and q.means == "total"
        return self._made(start, q, q.n if total else q.k, None if total else q.total, status, reading, why)

    def _made(
        self,
        sentence: int,
        q: Quantity,
        k: int | None,
        n: int | None,
        status: Status,
        reading: Reading | None,
        why: str,
    ) -> Claim:
        count = reading.first if reading else None
        return Claim(
            **self._at(sentence + q.start, sentence + q.end),
            k=k,
            n=n,
            status=status,
            figures=reading.names if reading else (),
            expected=(count.k, count.n) if count else None,
            words=self._words(reading) if reading else "",
            why=why,
        )

    def _at(self, start: int, end: int) -> dict[str, Any]:
        """Return the words from ``start`` to ``end`` of the paragraph, with their place, for a claim."""
        block, offset = self._place(start)
        return {
            "paragraph": self.paragraph.number or self.section,
            "block": block,
            "quote": " ".join(self.paragraph.text[start:end].split()),
            "span": (offset, offset + end - start),
        }

    def _place(self, place: int) -> tuple[int, int]:
        """Return the passage that ``place`` of the joined text stands in, and where in it."""
        part = bisect_right(self.starts, place) - 1
        if part == 0:
            return self.paragraph.passage.index, self.paragraph.offset + place
        following = self.passages[self.paragraph.passage.index + part]
        lead = len(following.text) - len(following.text.lstrip())
        return following.index, place - self.starts[part] + lead

    def _words(self, reading: Reading) -> str:
        count, about = reading.first, reading.abouts[0]
        people = self.measured.findings.is_of_people(about.measure)
        unit = "people" if people and "people" in self.wording.words.units else "cases"
        if not people and self.measured.populations:
            unit = self.measured.population_of(about)
        if reading.shape == "other" and count.k == 0:
            return self.wording.shape("of", unit, 0, count.n)
        if count.n == 0:
            return self.wording.shape("count", unit, 0, 0)
        shape = "count" if reading.shape in ("total", "count") else reading.shape
        return self.wording.shape(shape, unit, count.k, count.n)

    def _judged(self, link: Link) -> tuple[Status, Reading | None, str]:
        q = link.quantity
        if not link.ways:
            return "unverifiable", None, link.why
        fits = [link.way_fit(way) for way in link.ways]
        reading = next((r for r in link.readings if link.fit(r) is True), link.ways[0][0])
        count = reading.first
        if all(fit is True for fit in fits):
            together = len(reading.names) > 1 and len(reading.counts) == 1
            if link.total and (judged := self.measured.judged_of(reading)) not in (None, count.k):
                return "holds", reading, f"as many are asked about; {judged} of them were judged"
            return "holds", reading, self._vague(q, reading) or ("taken together" if together else "")
        if q.means == "hedge" and count.n and count.k == count.n and q.band and q.band.missing_at_least:
            return "unverifiable", reading, f"softer than the records, which have all {count.n}"
        if None in fits:
            return "unverifiable", reading, self._loose(q, reading)
        if True in fits:
            names = " or of ".join(dict.fromkeys(way[0].names[0] for way in link.ways))
            return "unverifiable", reading, f"it can be understood of {names}"
        said = f"the records have {count.k} of {count.n}"
        if not link.sure:
            guess = f"it seems to speak of {reading.names[0]}, which {said.replace('have', 'have for', 1)}"
            return "question", reading, f"{guess}; but its paragraph is none of the plan"
        if q.means == "count" and q.amounts and (percent := q.amounts[0]).bound == "exactly":
            decimals, n = percent.decimals, q.n or count.n
            if decimals is not None and count.n and not possible(percent.value, decimals, n):
                why = f"no number of {n} makes {shown_percent(percent.value, decimals)} per cent"
                return "fails", reading, why
        stated = q.n if q.means == "total" else q.k
        if link.total and stated is not None and self.measured.judged_of(reading) == stated:
            return "question", reading, f"as many were judged, but {count.k} were asked about"
        of_all = not link.total and not link.subset and q.n is not None
        if of_all and self._asked(reading, q.n) and q.k == count.k:
            return "question", reading, f"{q.n} were asked about, but only {count.n} were judged"
        return "fails", reading, said

    def _loose(self, q: Quantity, reading: Reading) -> str:
        what = "a range" if q.means == "loose-range" else "too loose to tell"
        return f"{what}: the records have {reading.first.k} of {reading.first.n}"

    def _vague(self, q: Quantity, reading: Reading) -> str:
        exact = q.means not in ("band", "hedge", "range") and all(
            a.bound == "exactly" and (not a.share or a.decimals is not None) for a in q.amounts
        )
        return "" if exact else f"by its range: the records have {reading.first.k} of {reading.first.n}"

    def _asked(self, reading: Reading, stated: int | None) -> bool:
        """Return whether ``stated`` is how many cases the question was asked of, judged or not."""
        name = reading.abouts[0].measure
        return name in self.measured.findings.tallies and self.measured.asked(Reference(name)).k == stated

    def _question(self, links: Sequence[tuple[int, Link]]) -> list[Claim]:
        """Return a question where parts of one measure make another number than the section last spoke of.

        Both may be right: what is reviewed is not a part of what was planned.  So it is asked.
        """
        parts: dict[str, list[tuple[int, Link]]] = {}
        for start, link in links:
            if link.ways and not link.subset and not link.total and len(link.ways[0][0].abouts) == 1:
                measure = link.ways[0][0].abouts[0].measure
                parts.setdefault(measure, []).append((start, link))
        before = self.stated.get(self.section)
        for measure, found in parts.items():
            exact = [link for _, link in found if link.quantity.k is not None and link.quantity.n is None]
            last_start, last = found[-1]
            whole = len(exact) == len(found) >= 2 and last.quantity.means == "others"
            if not whole or before is None:
                continue
            total = sum(link.quantity.k or 0 for link in exact)
            said = any(total in (link.quantity.n, link.quantity.k) for _, link in links if link.total)
            if total == before[0] or before[1] == measure or said:
                continue
            populations = map(self.measured.findings.criteria.population_of, (before[1], measure))
            if len(set(populations)) > 1:
                continue
            reading = self.measured.totals([Reference(measure)], "")[0]
            sums = " and ".join(str(link.quantity.k) for link in exact)
            why = (
                f"{sums} make {total}, but the section spoke of {before[0]} before ({before[1]}); "
                f"the records have {last.readings[0].first.n} for {measure}: say which cases are meant"
            )
            return [self._made(last_start, last.quantity, None, total, "question", reading, why)]
        return []
