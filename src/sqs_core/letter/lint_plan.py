"""Linting the letter plan: figures that nothing fills, words that would stand in braces, paragraphs
that can come out empty.

It belongs here and not to the criteria room, because only this room knows what a letter can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import Formatter

from attrs import fields, frozen

from sqs_core.criteria import Criteria, PlannedParagraph, Sentence, Text, Words
from sqs_core.criteria.letter_plan import LetterPlan
from sqs_core.criteria.lint.finding import LintFinding, Path, located
from sqs_core.errors import Locator, Problem, did_you_mean
from sqs_core.letter.compose import HEADER_TEXTS
from sqs_core.letter.lint_coverage import can_be_empty
from sqs_core.letter.live_figures import Reference, read_reference
from sqs_core.letter.wording import FORMS
from sqs_core.scoring.findings import CASES, INTERVIEWS, OTHER

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_HOLDS = ("paragraphs", "summary", "strengths", "improvements")
_WORDINGS = tuple(f.name for f in fields(Sentence) if f.type in (Text, "Text"))
_IN_SENTENCE = ("reasons", "subsets", "because")
_SHAPES = ("k", "n", "missing", "unit", "phrase")
_DATES = ("day", "month", "year", "first", "last", "first_day", "date")


def lint_letter(criteria: Criteria, place: Locator) -> tuple[Problem, ...]:
    """Every problem of the letter plan of ``criteria``; none where it has no plan."""
    return located(_Linter(criteria, criteria.letter).faults(), place) if criteria.letter else ()


@frozen
class _Linter:
    criteria: Criteria
    plan: LetterPlan

    def faults(self) -> Iterator[LintFinding]:
        """Figures and texts (V601–V603), empty paragraphs (V604), gaps (V605), words (V606)."""
        plan, path = self.plan, ("letter",)
        for name in ("title", "salutation", "farewell", "copies", "note", "practice"):
            yield from self._text((*path, name), getattr(plan, name), HEADER_TEXTS)
        for name in ("opening", "closing"):
            for i, text in enumerate(getattr(plan, name)):
                yield from self._text((*path, name, i), text, HEADER_TEXTS)
        about = Reference("")
        for name in ("other_partly", "other_bare", "because_partly"):
            texts = (*HEADER_TEXTS, *_IN_SENTENCE)
            yield from self._text((*path, name), getattr(plan, name), texts, about)
        for name in plan.gaps:
            if name not in HEADER_TEXTS:
                remedy = did_you_mean(name, HEADER_TEXTS, most=20)
                yield LintFinding(
                    (*path, "gaps", name), "V605", f"nothing leaves a gap called '{name}'", remedy
                )
        for tag, words in plan.words.items():
            yield from _words((*path, "words", tag), words)
        for i, section in enumerate(plan.sections):
            here = (*path, "sections", i)
            if section.holds not in _HOLDS:
                what = f"section '{section.id}' cannot hold '{section.holds}'"
                yield LintFinding((*here, "holds"), "V607", what, did_you_mean(section.holds, _HOLDS))
            elif section.holds == "paragraphs" and not section.paragraphs and not self._leads_on(i):
                what = f"section '{section.id}' is a heading with nothing under it"
                yield LintFinding(here, "V604", what, "add a paragraph, or take the section out")
            elif section.holds != "paragraphs" and not section.missing:
                what = f"section '{section.id}' stays empty until the author writes it"
                yield LintFinding(here, "V604", what, 'add missing = "…" to stand in')
            for name in ("title", "before", "after", "missing"):
                yield from self._text((*here, name), getattr(section, name), HEADER_TEXTS)
            for j, paragraph in enumerate(section.paragraphs):
                yield from self._paragraph((*here, "paragraphs", j), paragraph)
        for i, question in enumerate(self.criteria.questions):
            for j, reason in enumerate(question.reasons):
                if "{" in str(reason.letter):
                    what = f"the letter's words for reason '{reason.id}' hold braces, which nothing fills"
                    yield LintFinding(("questions", i, "reasons", j), "V603", what, "write the words out")

    def _leads_on(self, i: int) -> bool:
        """Whether the section after this one is part of it, by its level."""
        after = self.plan.sections[i + 1 : i + 2]
        return bool(after) and after[0].level > self.plan.sections[i].level

    def _paragraph(self, path: Path, paragraph: PlannedParagraph) -> Iterator[LintFinding]:
        sound = True
        for i, sentence in enumerate(paragraph.sentences):
            here = (*path, "sentences", i)
            faults = list(self._sentence(here, sentence))
            sound = sound and not faults
            yield from faults
        if sound and (when := can_be_empty(paragraph)):
            what = f"paragraph '{paragraph.id}' can come out empty, {when}"
            yield LintFinding(path, "V604", what, 'add what to say then, such as nothing = "…" or none = "…"')

    def _sentence(self, path: Path, sentence: Sentence) -> Iterator[LintFinding]:
        about: Reference | None = None
        texts: tuple[str, ...] = HEADER_TEXTS
        if sentence.about:
            about = read_reference(sentence.about)
            if about is None or about.form != "of" or about.unit:
                what = f"'{sentence.about}' does not name a measure"
                yield LintFinding((*path, "about"), "V602", what, "write it as question:outcome@subset")
                return
            yield from self._reference((*path, "about"), about, sentence.about, "V602")
        for name in sentence.subsets:
            if name not in self._subsets():
                yield LintFinding((*path, "subsets"), "V602", f"no subset '{name}'", self._near(name))
        for i, item in enumerate(sentence.items):
            reference = read_reference(item.about)
            here = (*path, "items", i)
            if reference is None:
                what = f"'{item.about}' does not name a measure"
                yield LintFinding(here, "V602", what, "write it as question:outcome@subset")
                continue
            about = about or reference
            yield from self._reference(here, reference, item.about, "V602")
            yield from self._text(here, item.clause, HEADER_TEXTS)
        if not any(unit == sentence.unit for words in self.plan.words.values() for unit in words.units):
            units = sorted({unit for words in self.plan.words.values() for unit in words.units})
            yield LintFinding(
                (*path, "unit"), "V601", f"no unit '{sentence.unit}'", did_you_mean(sentence.unit, units)
            )
        if about is not None:
            texts = (*texts, *_IN_SENTENCE, *(("clauses",) if sentence.items else ()))
        for name in _WORDINGS:
            yield from self._text((*path, name), getattr(sentence, name), texts, about)

    def _text(
        self, path: Path, text: Text, texts: Sequence[str], about: Reference | None = None
    ) -> Iterator[LintFinding]:
        """Everything in braces in every wording of ``text``."""
        for words in text.wordings.values():
            for match in _BRACES.finditer(words):
                written = match.group()
                reference = read_reference(written) if len(written) > 1 else None
                if reference is None:
                    what = f"'{written}' would stand in the letter as it is written here"
                    remedy = "write a figure such as {roh.plan@custody|of cases}, or take the braces out"
                    yield LintFinding(path, "V603", what, remedy)
                elif written != "{" + reference.measure + "}" or reference.measure not in texts:
                    yield from self._figure(path, reference, written, texts, about)

    def _figure(
        self, path: Path, reference: Reference, written: str, texts: Sequence[str], about: Reference | None
    ) -> Iterator[LintFinding]:
        if not reference.measure and about is None:
            what = f"'{written}' does not say of which question"
            yield LintFinding(path, "V601", what, "name the question, or give the sentence an 'about'")
            return
        if not reference.measure and about is not None:
            reference = reference._replace(
                measure=about.measure,
                outcome=reference.outcome or about.outcome,
                subset=reference.subset or about.subset,
            )
        if reference.form not in FORMS:
            remedy = did_you_mean(reference.form, FORMS)
            yield LintFinding(path, "V601", f"'{written}' asks for no known shape", remedy)
        if reference.form == "other" and reference.outcome:
            what = f"'{written}' asks for the rest of one outcome"
            yield LintFinding(
                path, "V601", what, "leave the outcome out: 'other' is all that were not sufficient"
            )
        units = {unit for words in self.plan.words.values() for unit in words.units}
        if reference.unit and reference.unit != "unit" and reference.unit not in units:
            yield LintFinding(
                path, "V601", f"no unit '{reference.unit}'", did_you_mean(reference.unit, units)
            )
        if reference.measure:
            yield from self._reference(path, reference, written, "V601", texts)

    def _reference(
        self, path: Path, reference: Reference, written: str, code: str, texts: Sequence[str] = ()
    ) -> Iterator[LintFinding]:
        """Whether measure, outcome and subset are there."""
        criteria, measure = self.criteria, reference.measure
        interviews = {q.id for q in criteria.interview_questions}
        known = [q.id for q in criteria.questions]
        if measure == INTERVIEWS:
            if reference.subset and reference.subset not in self.plan.roles:
                remedy = did_you_mean(reference.subset, self.plan.roles)
                yield LintFinding(path, code, f"'{written}': no role '{reference.subset}'", remedy)
            return
        if measure != CASES and measure not in interviews and not criteria.has_question(measure):
            remedy = did_you_mean(measure, [*texts, *known, *interviews, CASES, INTERVIEWS])
            yield LintFinding(path, code, f"nothing fills '{written}': no measure '{measure}'", remedy)
            return
        if reference.subset and (reference.subset not in self._subsets() or measure in interviews):
            remedy = self._near(reference.subset)
            yield LintFinding(path, code, f"'{written}': no subset '{reference.subset}'", remedy)
        if reference.outcome and measure != CASES:
            outcomes = self._judgements(measure)
            if reference.outcome not in (*outcomes, OTHER):
                remedy = did_you_mean(reference.outcome, (*outcomes, OTHER))
                yield LintFinding(path, code, f"'{written}': no outcome '{reference.outcome}'", remedy)

    def _judgements(self, measure: str) -> list[str]:
        """The outcomes of a measure that are judgements; an unknown one is the other linter's to tell."""
        criteria = self.criteria
        if not criteria.has_question(measure):
            return [o.id for o in criteria.interview_outcomes if not o.counts.startswith("not-")]
        names = criteria.question(measure).outcomes or criteria.default_outcomes
        judged = {o.id for o in criteria.outcomes if not o.counts.startswith("not-")}
        return [name for name in names if name in judged]

    def _subsets(self) -> list[str]:
        return [subset.id for subset in self.criteria.subsets]

    def _near(self, name: str) -> str:
        return did_you_mean(name, self._subsets())


def _words(path: Path, words: Words) -> Iterator[LintFinding]:
    """The small words of a language: the shapes, and as many numbers and months as are needed."""
    for attribute in fields(Words):
        shape = getattr(words, attribute.name)
        if not isinstance(shape, str):
            continue
        known: tuple[str, ...] = _DATES if attribute.name.startswith("date") else _SHAPES
        known = ("figure", "subset") if attribute.name in ("including", "but_not") else known
        try:
            names = [name for _, name, _, _ in Formatter().parse(shape) if name is not None]
        except ValueError:
            names = ["?"]
        for name in names:
            if name not in known:
                what = f"nothing fills {{{name}}} in {attribute.name}"
                yield LintFinding((*path, attribute.name), "V606", what, did_you_mean(name, known))
    if len(words.numbers) <= words.words_up_to:
        what = f"numbers up to {words.words_up_to} are to be in words, but {len(words.numbers)} are given"
        yield LintFinding(
            (*path, "numbers"), "V606", what, "give them all, from none on, or lower words_up_to"
        )
    if len(words.months) != 12:
        what = f"{len(words.months)} months are named"
        yield LintFinding((*path, "months"), "V606", what, "name all twelve")
