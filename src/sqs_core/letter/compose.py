"""Composing the letter: records, letter plan and the author's own text become a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from sqs_core.criteria import Criteria, PlannedParagraph, PlannedSection, Text
from sqs_core.criteria.letter_plan import LetterPlan, MemoHead
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.errors import Problem, UsageError, did_you_mean
from sqs_core.letter.change_since import change_section
from sqs_core.letter.document import Block, Document, Figure, Heading, Items, Lines, Paragraph, Run
from sqs_core.letter.live_figures import CHOICES, Filler, merged_runs
from sqs_core.letter.rating_texts import rating_texts
from sqs_core.letter.realise import Realiser
from sqs_core.letter.reference import Reference, planned_reference, read_reference
from sqs_core.letter.wording import OF_JUDGED, Wording
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative, Strength
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.rescreening import changes_since
from sqs_core.scoring.states import State
from sqs_core.text import capitalised

HEADER_TEXTS = (
    "service", "place", "short", "Short", "dates", "during", "salutation", "lead", "phone", "email", "rate",
    "before", "national", "period", "source", "roles",
)  # fmt: skip
"""The names in braces that stand for a text of the inspection; the linter holds a plan to them."""


NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_VOICED = re.compile(r"\{(\w+)\}")


def compose(inspection: Inspection, findings: Findings, narrative: Narrative | None = None) -> Document:
    """Return the letter on ``inspection``: its figures from ``findings``, its story from ``narrative``.

    Gaps that the author has to fill stand in brackets and are listed as problems.
    UsageError where the version has no letter plan, or none in the inspection's language.

    >>> folder = open_inspection("darlington-2012")
    >>> compose(folder.inspection, findings_of(folder), folder.narrative().record)
    <Document 'Report of Short Quality Screening (SQS) of youth offending …': 54 blocks>
    """
    findings = findings.of_all
    criteria = findings.criteria
    plan = criteria.letter
    if plan is None:
        raise UsageError(f"criteria {criteria.id} have no letter plan, so no letter can be written")
    language = inspection.language or criteria.languages[0]
    wording = wording_of(criteria, language)
    voice, voiced, unheard = _voice(inspection, plan, language)
    texts, problems = _header_texts(inspection, criteria, plan, findings, wording, voiced)
    problems += unheard
    narrative = narrative or Narrative()
    filler = Filler(findings, wording, _choices(narrative, problems))
    texts |= rating_texts(inspection, findings, language)
    for name, words in voiced.items():
        texts[name] = filler.runs(words, texts)
    writer = _Writer(plan, filler, Realiser(filler, plan, texts, voice), narrative, problems)
    title = writer.plain(plan.title)
    blocks: list[Block] = []
    if inspection.letterhead:
        blocks.append(Lines("letterhead", inspection.letterhead))
    if inspection.note:
        blocks.append(Lines("practice", (inspection.note,)))
    addressee = inspection.addressee
    if plan.memo:
        blocks.append(_memo_head(inspection, plan.memo, wording))
    elif addressee.name:
        blocks.append(Lines("addressee", (addressee.name, *addressee.lines)))
    if inspection.letter_date and not plan.memo:
        blocks.append(Lines("date", (wording.day(inspection.letter_date),)))
    blocks.append(Lines("salutation", (writer.plain(plan.salutation),)))
    blocks.append(Heading(title, 1))
    blocks.extend(Paragraph(writer.runs(text)) for text in plan.opening)
    if plan.reoffending and inspection.reoffending.rate:
        blocks.append(Paragraph(writer.runs(plan.reoffending), "reoffending"))
    blocks.extend(_without_empty_sections([b for s in plan.sections for b in writer.section(s)]))
    blocks.extend(_changes(inspection, findings, language, problems))
    blocks.extend(Paragraph(writer.runs(text)) for text in plan.closing)
    blocks.append(Lines("farewell", (writer.plain(plan.farewell),)))
    if inspection.signatory.name:
        signature = (inspection.signatory.name, inspection.signatory.role)
        blocks.append(Lines("signature", tuple(line for line in signature if line)))
    if inspection.copies and not plan.memo:
        blocks.append(Lines("copies", inspection.copies, writer.plain(plan.copies)))
    notes = [line for line in (inspection.publications_note, writer.plain(plan.note)) if line]
    blocks.extend(Lines("note", (line,)) for line in notes)
    made = Document(title, language, tuple(blocks))
    return evolve(made, problems=(*problems, *_not_judged(made, findings), *_unsaid(made, wording)))


def _changes(
    inspection: Inspection, findings: Findings, language: str, problems: list[Problem]
) -> tuple[Block, ...]:
    """Return what has changed since the inspection before, where one is named; why not is a problem.

    Of another service, or of a later inspection, nothing is said: that would be no change over time.
    """
    if findings.earlier is None or not findings.cases:
        return ()
    if isinstance(findings.earlier, Problem):
        problems.append(findings.earlier)
        return ()

    def doubt(what: str, remedy: str = "") -> None:
        problems.append(Problem("inspection.toml", what, remedy, "L009", advice=True))

    if language.partition("-")[0] != "en":
        doubt(
            "what has changed since the inspection before is worded in English only, so this letter has not",
            "hand it out by itself: sqs compare BEFORE AFTER -o changes.docx",
        )
        return ()
    try:
        found = changes_since(inspection, findings)
    except UsageError as error:
        doubt(f"what has changed since the inspection before is not told: {error}", "mend [earlier.same]")
        return ()
    if found is None:
        return ()
    for note in found.notes:
        doubt(f"of the inspection before: {note}", "look whether it is the right one")
    return change_section(found) if found.tells_of_time else ()


def _without_empty_sections(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` less the headings with nothing under them."""
    kept: list[Block] = []
    for block in reversed(blocks):
        after = kept[-1] if kept else None
        empty = after is None or (isinstance(after, Heading) and after.level <= getattr(block, "level", 0))
        if not (isinstance(block, Heading) and empty):
            kept.append(block)
    return kept[::-1]


def _voice(
    inspection: Inspection, plan: LetterPlan, language: str
) -> tuple[str, dict[str, str], list[Problem]]:
    """Return who writes, the texts of the plan in that voice, and a problem for a voice it does not have."""
    voice, problems = inspection.voice, []
    if voice and voice not in plan.voices:
        remedy = did_you_mean(voice, plan.voices)
        problems.append(Problem("inspection.toml", f"the letter has no voice '{voice}'", remedy, "L007"))
    if voice not in plan.voices:
        voice = next(iter(plan.voices), "")
    texts = plan.voices.get(voice, {})
    return voice, {name: text.in_language(language).strip() for name, text in texts.items()}, problems


def _not_judged(document: Document, findings: Findings) -> list[Problem]:
    """Advice for each question the letter speaks of, and each fact, that was left open in some case.

    Of a fact nobody recorded the letter cannot say: "five cases with a report" may be one too few.
    """
    measures = dict.fromkeys(figure.measure for _, figure in document.figures())
    alike: dict[tuple[str, ...], list[str]] = {}
    for fact, cases in findings.unrecorded.items():
        alike.setdefault(cases, []).append(fact)
    problems = [
        Problem(
            f"cases {' '.join(cases)}",
            f"not recorded among the facts: {', '.join(facts)}; the letter speaks as if the answer were no",
            "say yes or no to each",
            "L006",
            advice=True,
        )
        for cases, facts in alike.items()
    ]
    for name in measures:
        tally = findings.tallies.get(name)
        left = tally.unjudged[State.UNANSWERED] + tally.unjudged[State.NOT_KNOWN] if tally else ()
        if left:
            short = findings.criteria.question(name).short
            missing = "recorded" if tally and tally.value else "judged"
            what = f"{short} was asked but not {missing} in {len(left)} of the cases"
            what += "; the letter says so"
            problems.append(Problem(f"cases {' '.join(left)}", what, "answer it", "L004", advice=True))
    return problems


def _unsaid(document: Document, wording: Wording) -> list[Problem]:
    """Advice where not all of a population were judged and the version has no words to say so."""
    words = wording.words
    if words.so_far and words.judged and words.applied:
        return []
    partly = {f.reference: f for _, f in document.figures() if f.unjudged and f.form in OF_JUDGED}
    return [
        Problem(
            f"figure {figure.reference}",
            f"{figure.n} of {figure.asked} were judged, and the letter does not say so",
            "add so_far, judged and applied to the letter words of the criteria version",
            "L008",
            advice=True,
        )
        for figure in partly.values()
    ]


def _memo_head(inspection: Inspection, memo: MemoHead, wording: Wording) -> Lines:
    """To, copy to, from and publication date, one under the other; what is not known is left out."""
    addressee, signatory = inspection.addressee, inspection.signatory
    day = wording.day(inspection.letter_date) if inspection.letter_date else ""
    rows = (
        (memo.to, ", ".join(part for part in (addressee.name, *addressee.lines) if part)),
        (memo.copy_to, "; ".join(inspection.copies)),
        (memo.sender, ", ".join(part for part in (signatory.name, signatory.role) if part)),
        (memo.date, day),
    )
    lines = tuple(f"{label.in_language(wording.language)} {words}" for label, words in rows if words)
    return Lines("letterhead", lines)


def _choices(narrative: Narrative, problems: list[Problem]) -> dict[str, str]:
    """Return the wording choices that can be followed; the others are told."""
    for name, form in narrative.wording.items():
        if form not in CHOICES or read_reference(name) is None:
            what = f"the wording of '{name}' cannot be '{form}'"
            remedy = 'write a figure and one of of, words: "roh.plan@custody" = "of"'
            problems.append(Problem("letter.toml", what, remedy, "L005"))
    return {name: form for name, form in narrative.wording.items() if form in CHOICES}


def wording_of(criteria: Criteria, language: str) -> Wording:
    """Return the words of ``criteria`` in ``language``; UsageError where it has none."""
    plan = criteria.letter
    words = plan.words.get(language) if plan else None
    if plan is None or words is None:
        known = ", ".join(plan.words) if plan else "none"
        raise UsageError(f"criteria {criteria.id} have no letter words in '{language}'; known: {known}")
    # A role is a noun too: {interviews@manager|count manager} is "two managers"; and so is a population.
    units = {**plan.roles, **criteria.population_nouns(language), **words.units}
    return Wording(evolve(words, units=units), plan.phrase_scale, language)


def _header_texts(
    inspection: Inspection,
    criteria: Criteria,
    plan: LetterPlan,
    findings: Findings,
    wording: Wording,
    voiced: Mapping[str, str] = NO_TEXTS,
) -> tuple[dict[str, str | tuple[Run, ...]], list[Problem]]:
    """Return what ``{place}``, ``{dates}`` and the like stand for; a gap in brackets where not known."""
    problems: list[Problem] = []
    gaps = {
        name: _VOICED.sub(lambda m: voiced.get(m[1], m[0]), text.in_language(wording.language))
        for name, text in plan.gaps.items()
    }
    first, last, days = inspection.first_day, inspection.last_day or inspection.first_day, ""
    if first and last:
        days = wording.days(first, last)
    known: dict[str, str | tuple[Run, ...]] = {
        "service": inspection.service,
        "place": inspection.place,
        "short": inspection.short,
        "Short": capitalised(inspection.short),
        "dates": days,
        "during": wording.on_days(days or gaps.get("dates", ""), first != last or not days),
        "salutation": inspection.addressee.salutation or inspection.addressee.name,
        "lead": inspection.lead.name,
        "phone": inspection.lead.phone,
        "email": inspection.lead.email,
        "rate": inspection.reoffending.rate,
        "before": inspection.reoffending.before,
        "national": inspection.reoffending.national,
        "period": inspection.reoffending.period,
        "source": criteria.source.in_language(wording.language),
        "roles": _roles(plan, findings, wording),
    }
    for name, gap in gaps.items():
        if not known.get(name):
            known[name] = gap
            if name != "roles":
                lacks = "addressee" if name == "salutation" else name  # which the details call it by
                problems.append(
                    Problem("inspection.toml", f"no {lacks} for the letter", "add it", "L001", advice=True)
                )
    return known, problems


def _roles(plan: LetterPlan, findings: Findings, wording: Wording) -> tuple[Run, ...]:
    """Return the staff interviewed by role: "five case managers and one senior practitioner"."""
    said: list[Figure] = []
    for role, (one, many) in plan.roles.items():
        count = findings.count(INTERVIEWS, subset=role)
        if count.k:
            text = f"{wording.number(count.k)} {one if count.k == 1 else many}"
            said.append(Figure.counting(text, Reference(INTERVIEWS, "", role, "count"), count, role))
    joiners = wording.joiners(len(said), wording.words.joined_and)
    return merged_runs([run for pair in zip(joiners, said, strict=True) for run in pair])


@frozen
class _Writer:
    plan: LetterPlan
    filler: Filler
    realiser: Realiser
    narrative: Narrative
    problems: list[Problem]

    def plain(self, text: Text) -> str:
        return "".join(run if isinstance(run, str) else run.text for run in self.runs(text))

    def runs(self, text: Text) -> tuple[Run, ...]:
        words = text.in_language(self.filler.wording.language).strip()
        return self.filler.runs(words, self.realiser.texts)

    def section(self, section: PlannedSection) -> list[Block]:
        blocks: list[Block] = [Heading(self.plain(section.title), section.level, section.number)]
        if section.holds == "paragraphs":
            blocks.extend(p for p in map(self.paragraph, section.paragraphs) if p.runs)
            return blocks
        items: tuple[Paragraph, ...] = ()
        if section.holds == "summary":
            blocks.extend(self.authored("summary", t) for t in _paragraphs(self.narrative.summary))
        elif section.holds == "strengths":
            listed = ((i, s) for i, s in enumerate(self.narrative.strengths, 1) if not self.paragraph_of(s))
            items = tuple(self.authored(f"strengths.{i}", s.text) for i, s in listed)
        else:
            improvements = enumerate(self.narrative.improvements, 1)
            items = tuple(self.authored(f"improvements.{i}", s.text) for i, s in improvements)
        if items:
            if section.before:
                blocks.append(Paragraph(self.runs(section.before)))
            blocks.append(Items("bullet" if section.holds == "strengths" else "roman", items))
            if section.after:
                blocks.append(Paragraph(self.runs(section.after)))
        elif len(blocks) == 1 and not (section.holds == "strengths" and self.narrative.strengths):
            blocks.append(Paragraph(self.runs(section.missing), section.id))
            self.problems.append(
                Problem(
                    "letter.toml", f"nothing written under '{section.id}'", "write it", "L002", advice=True
                )
            )
        return blocks

    def paragraph(self, planned: PlannedParagraph) -> Paragraph:
        number = planned.id if planned.numbered else ""
        edit = self.narrative.paragraphs.get(planned.id)
        if edit and edit.text:
            written = self.authored(planned.id, edit.text)
            runs: list[Run] = list(written.runs)
        else:
            runs = list(self.realiser.realise(planned.sentences))
        for strength in self.narrative.strengths:
            if self.paragraph_of(strength) == planned.id:
                authored = self.authored(planned.id, strength.text).runs
                runs += (" ", *authored) if runs else authored
        if edit and edit.add:
            added = self.authored(planned.id, edit.add).runs
            runs += (" ", *added) if runs else added
        return Paragraph(merged_runs(runs), planned.id, number, edited=edit is not None)

    def paragraph_of(self, strength: Strength) -> str:
        """Return the paragraph in which a strength is told; "" where it is told in the list."""
        if not (strength.in_paragraph and strength.questions):
            return ""
        return paragraph_about(self.plan, strength.questions[0])

    def authored(self, where: str, text: str) -> Paragraph:
        """Return a paragraph the author wrote; an unknown figure in it stays as written, and is told."""
        words = " ".join(text.split())
        try:
            runs = self.filler.runs(words, self.realiser.texts)
        except UsageError as error:
            self.problems.append(Problem("letter.toml", f"in '{where}': {error}", code="L003"))
            runs = (words,)
        return Paragraph(runs, where, edited=True)


def paragraph_about(plan: LetterPlan, measure: str) -> str:
    """Return the id of the first paragraph of ``plan`` that speaks of ``measure``; "" where none does."""
    for paragraph in plan.paragraphs:
        for sentence in paragraph.sentences:
            if any(planned_reference(about).measure == measure for about in sentence.abouts):
                return paragraph.id
    return ""


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]
