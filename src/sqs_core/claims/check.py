"""Holding every claim of an edited letter against the records."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from sqs_core.claims.claim import Claim, Status
from sqs_core.claims.clause_splitter import Cutter
from sqs_core.claims.link import Tie
from sqs_core.claims.linking import Tier
from sqs_core.claims.measure_cues import Topics
from sqs_core.claims.quantities import finder_of, possible
from sqs_core.claims.readings import Measured, Reading
from sqs_core.documents.passages import Passage
from sqs_core.documents.sentences import sentences
from sqs_core.errors import UsageError
from sqs_core.letter.compose import wording_of
from sqs_core.letter.edited_letter import (
    LetterParagraph,
    joined_paragraphs,
    letter_paragraphs,
    without_changes,
)
from sqs_core.letter.live_figures import Reference
from sqs_core.letter.wording import Wording
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.findings import CASES, Findings


@frozen
class Checked:
    """An edited letter as read, and its claims in reading order."""

    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]

    def count(self, status: Status) -> int:
        """How many claims have ``status``."""
        return sum(claim.status == status for claim in self.claims)


def check_letter(inspection: Inspection, findings: Findings, passages: Sequence[Passage]) -> Checked:
    """The claims of an edited letter on ``inspection``, each held against ``findings``.

    The list of changes that ``--since`` put at its end is left out.  UsageError where the version
    cannot read claims in the inspection's language.
    """
    passages = without_changes([p for p in passages if p.printed])
    criteria, language = findings.criteria, inspection.language or findings.criteria.languages[0]
    wording = wording_of(criteria, language)
    plan = criteria.letter
    if plan is None or language not in plan.claims:
        known = ", ".join(plan.claims) if plan and plan.claims else "none"
        raise UsageError(f"criteria {criteria.id} cannot check a letter in '{language}'; known: {known}")
    claims = plan.claims[language]
    measured = Measured(findings)
    topics = Topics(plan, claims, language)
    tier = Tier(finder_of(plan, language), Cutter.of(claims), topics, measured)
    titles = [
        (s.title.in_language(language).replace("{place}", inspection.place), s.id) for s in plan.sections
    ]
    judge = _Judge(measured, wording)
    found: list[Claim] = []
    for page, starts in joined_paragraphs(letter_paragraphs(passages, titles)):
        if page.heading:
            continue
        paragraphs = topics.paragraphs_of(page)
        places = sentences(page.text, claims.abbreviations)
        ties = tier.tie([page.text[a:b] for a, b in places], paragraphs)
        section = topics.section_of(page.number) or page.section
        judge.begin(page, starts, passages, section)
        found += judge.claims([(places[i][0], tie) for i, tie in ties])
    return Checked(tuple(passages), tuple(found))


@define
class _Judge:
    """Judges ties paragraph by paragraph; remembers the denominators a section has stated."""

    measured: Measured
    wording: Wording
    page: LetterParagraph = field(init=False)
    starts: tuple[int, ...] = ()
    passages: Sequence[Passage] = ()
    section: str = ""
    stated: dict[str, tuple[int, str]] = field(factory=dict)

    def begin(
        self, page: LetterParagraph, starts: tuple[int, ...], passages: Sequence[Passage], section: str
    ) -> None:
        """Turn to the next paragraph."""
        self.page, self.starts, self.passages, self.section = page, starts, passages, section

    def claims(self, ties: Sequence[tuple[int, Tie]]) -> list[Claim]:
        """The claims of one paragraph, and a question where its parts do not meet the section's n."""
        found = [self._claim(start, tie) for start, tie in ties]
        question = self._question(ties)
        for (_, tie), claim in zip(ties, found, strict=True):
            n = tie.quantity.k if tie.total and tie.quantity.kind == "count" else tie.quantity.n
            counts_cases = not tie.subset and claim.figure.split("|")[0] not in self.measured.people
            if n is not None and tie.readings and counts_cases and claim.figure != CASES and self.section:
                self.stated[self.section] = (n, claim.figure.partition("|")[0].partition(":")[0])
        return [*found, *question]

    def _claim(self, start: int, tie: Tie) -> Claim:
        q = tie.quantity
        status, reading, why = self._judged(tie)
        k = {"the_total": q.n, "none_of": 0, "any_of": 0}.get(q.kind, q.k)
        n = None if q.kind == "the_total" else q.n
        if q.kind in ("all_of", "the_one", "both"):
            k = n = {"the_one": 1, "both": 2}.get(q.kind, q.n)
        if q.kind == "all_but":
            k = q.n - q.k if q.n is not None and q.k is not None else None
        return self._made(start, q.start, q.end, q.text, k, n, status, reading, why)

    def _made(
        self,
        sentence: int,
        start: int,
        end: int,
        quote: str,
        k: int | None,
        n: int | None,
        status: Status,
        reading: Reading | None,
        why: str,
    ) -> Claim:
        block, offset = self._place(sentence + start)
        count = reading.first if reading else None
        return Claim(
            paragraph=self.page.number or self.section,
            block=block,
            quote=" ".join(quote.split()),
            span=(offset, offset + end - start),
            k=k,
            n=n,
            status=status,
            figures=reading.names if reading else (),
            expected=(count.k, count.n) if count else None,
            words=self._words(reading) if reading else "",
            why=why,
        )

    def _place(self, place: int) -> tuple[int, int]:
        """The block that ``place`` of the joined text stands in, and where in it."""
        part = max(i for i, start in enumerate(self.starts) if start <= place)
        if part == 0:
            return self.page.passage.index, self.page.offset + place
        following = self.passages[self.page.passage.index + part]
        lead = len(following.text) - len(following.text.lstrip())
        return following.index, place - self.starts[part] + lead

    def _words(self, reading: Reading) -> str:
        count = reading.first
        people = reading.names[0].split("|")[0].split("@")[0].split(":")[0] in self.measured.people
        unit = "people" if people and "people" in self.wording.words.units else "cases"
        if reading.shape == "other" and count.k == 0:
            return self.wording.shape("of", unit, 0, count.n)
        if count.n == 0:
            return self.wording.shape("count", unit, 0, 0)
        shape = "count" if reading.shape in ("total", "count") else reading.shape
        return self.wording.shape(shape, unit, count.k, count.n)

    def _judged(self, tie: Tie) -> tuple[Status, Reading | None, str]:
        q = tie.quantity
        if not tie.readings:
            return "unverifiable", None, tie.why
        fitting = [r for r in tie.readings if all(self._fits(tie, c.k, c.n) for c in r.counts)]
        if fitting:
            reading = fitting[0]
            together = len(reading.names) > 1 and len(reading.counts) == 1
            return "holds", reading, self._vague(q.kind, reading) or ("taken together" if together else "")
        reading = tie.readings[0]
        count = reading.first
        if not tie.sure:
            said = (
                f"it seems to speak of {reading.names[0]}, which the records have for {count.k} of {count.n}"
            )
            return "question", reading, f"{said}; but its paragraph is none of the plan"
        if q.kind == "percent" and count.n and not possible(q.percent, q.n or count.n):
            return "fails", reading, f"no number of {q.n or count.n} makes {q.percent} per cent"
        if q.kind == "hedge" and count.n and count.k == count.n and q.band and q.band.missing_at_least:
            return "unverifiable", reading, f"softer than the records, which have all {count.n}"
        if tie.total and not tie.subset and self._asked(reading, q.n if q.kind == "the_total" else q.k):
            return "holds", reading, f"as many were asked about; {count.k} were judged"
        return "fails", reading, f"the records have {count.k} of {count.n}"

    def _fits(self, tie: Tie, k: int, n: int) -> bool:
        if tie.quantity.kind == "the_total":
            return tie.quantity.n == k
        return tie.quantity.fits(k, n)

    def _vague(self, kind: str, reading: Reading) -> str:
        if kind in ("phrase", "hedge", "fraction"):
            return f"by its range: the records have {reading.first.k} of {reading.first.n}"
        return ""

    def _asked(self, reading: Reading, stated: int | None) -> bool:
        """Whether ``stated`` is how many cases the question was asked of, judged or not."""
        name = reading.names[0].removesuffix("|total")
        tally = self.measured.findings.tallies.get(name)
        return tally is not None and reading.names[0].endswith("|total") and stated == len(tally.asked)

    def _question(self, ties: Sequence[tuple[int, Tie]]) -> list[Claim]:
        """Parts of one measure that make another number than the section last spoke of.

        Both may be right: what is reviewed is not a part of what was planned.  So it is asked.
        """
        parts: dict[str, list[tuple[int, Tie]]] = {}
        for start, tie in ties:
            if tie.readings and not tie.subset and not tie.total and len(tie.readings[0].names) == 1:
                measure = tie.readings[0].names[0].partition(":")[0]
                parts.setdefault(measure, []).append((start, tie))
        before = self.stated.get(self.section)
        for measure, found in parts.items():
            exact = [t for _, t in found if t.quantity.kind in ("count", "others", "bare", "another")]
            last_start, last = found[-1]
            whole = len(exact) == len(found) >= 2 and last.quantity.kind == "others"
            if not whole or any(t.quantity.n is not None for t in exact) or before is None:
                continue
            total = sum(t.quantity.k or 0 for t in exact)
            if total == before[0] or before[1] == measure:
                continue
            n = last.readings[0].first.n
            reading = self.measured.totals([Reference(measure)], "")[0]
            sums = " and ".join(str(t.quantity.k) for t in exact)
            why = (
                f"{sums} make {total}, but the section spoke of {before[0]} before ({before[1]}); "
                f"the records have {n} for {measure}: say which cases are meant"
            )
            q = last.quantity
            return [self._made(last_start, q.start, q.end, q.text, None, total, "question", reading, why)]
        return []
