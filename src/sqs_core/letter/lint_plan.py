"""Linting the letter plan: figures that nothing fills, words that would stand in braces, paragraphs
that can come out empty, words that state what nobody recorded.

It belongs here and not to the criteria room, because only this room knows what a letter can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import Formatter

from attrs import fields, frozen

from sqs_core.criteria import Criteria, PlannedParagraph, Sentence, Text, Words
from sqs_core.criteria.letter_plan import LetterPlan, NotJudged, Wordings
from sqs_core.criteria.lint.finding import LintFinding, Path, located
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.errors import Locator, Problem, did_you_mean
from sqs_core.letter.compose import HEADER_TEXTS
from sqs_core.letter.lint_coverage import can_be_empty
from sqs_core.letter.lint_findings import stated_findings
from sqs_core.letter.rating_texts import rating_names
from sqs_core.letter.reference import Reference, read_reference
from sqs_core.letter.wording import FORMS
from sqs_core.scoring.findings import CASES, OTHER

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_HOLDS = ("paragraphs", "summary", "strengths", "improvements")
_WORDINGS = tuple(f.name for f in fields(Sentence) if f.type in (Text, "Text"))
_RESULTS = tuple(f.name for f in fields(Wordings))
_NO_RESULT = ("nothing", "unjudged", "unrecorded", "single_yes", "single_no")
_WHY_UNJUDGED = ("tried", "so_far", "waiting", "needless")
_OF_THE_REST = tuple(f.name for f in fields(NotJudged) if f.name not in _WHY_UNJUDGED)
_TAILS = ("so_far", "judged", "applied")
_ALL_TAILS = (*_TAILS, "recorded")
_IN_SENTENCE = ("reasons", "subsets", "because")
_SHAPES = ("k", "n", "missing", "unit", "one", "phrase")
_DATES = ("day", "month", "year", "first", "last", "first_day", "date", "dates")


def lint_letter(criteria: Criteria, place: Locator) -> tuple[Problem, ...]:
    """Every problem of the letter plan of ``criteria``; none where it has no plan."""
    return located(_Linter(criteria, criteria.letter).findings(), place) if criteria.letter else ()


@frozen
class _Linter:
    criteria: Criteria
    plan: LetterPlan

    @property
    def texts(self) -> tuple[str, ...]:
        """The names that stand for a text: those of every inspection, and those of the voices."""
        voiced = dict.fromkeys(name for texts in self.plan.voices.values() for name in texts)
        return (*HEADER_TEXTS, *voiced, *rating_names(self.criteria))

    @property
    def _why(self) -> tuple[str, ...]:
        """``{unjudged}``, where the plan says what stands for it."""
        return ("unjudged",) if self.plan.not_judged.tried else ()

    def findings(self) -> Iterator[LintFinding]:
        """Figures and texts (V601–V603), empty paragraphs (V604), gaps (V605), words (V606), voices (V608),
        findings that nobody recorded (V609), verdicts (V610), populations (V611).
        """
        plan, path = self.plan, ("letter",)
        for name in ("title", "salutation", "farewell", "copies", "note", "practice"):
            yield from self._fixed((*path, name), getattr(plan, name))
        for name in ("opening", "closing"):
            for i, text in enumerate(getattr(plan, name)):
                yield from self._fixed((*path, name, i), text)
        yield from self._voices((*path, "voices"))
        about = Reference("")
        for name in ("other_partly", "other_bare", "because_partly"):
            texts = (*self.texts, *_IN_SENTENCE)
            yield from self._text((*path, name), getattr(plan, name), texts, about)
        for name in (*_OF_THE_REST, *_WHY_UNJUDGED):
            texts = (*self.texts, *self._why)
            yield from self._text((*path, "not_judged", name), getattr(plan.not_judged, name), texts, about)
        yield from self._populations(path)
        for name in plan.gaps:
            if name not in HEADER_TEXTS:
                remedy = did_you_mean(name, HEADER_TEXTS, most=20)
                yield LintFinding(
                    (*path, "gaps", name), "V605", f"nothing leaves a gap called '{name}'", remedy
                )
        for tag, words in plan.words.items():
            yield from _words((*path, "words", tag), words)
        themes = [theme.title for theme in self.criteria.themes]
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
            for name in ("title", "before", "after"):
                text = getattr(section, name)
                if name == "title" and text in themes:  # "What parents told us" is a name, and no finding
                    yield from self._text((*here, name), text, self.texts)
                else:
                    yield from self._fixed((*here, name), text)
            yield from self._text((*here, "missing"), section.missing, self.texts)
            for j, paragraph in enumerate(section.paragraphs):
                yield from self._paragraph((*here, "paragraphs", j), paragraph)
        known = {r.id for q in self.criteria.questions for r in self.criteria.reasons_of(q)}
        for name, text in plan.reasons.items():
            if name not in known:
                remedy = did_you_mean(name, sorted(known))
                yield LintFinding((*path, "reasons", name), "V602", f"no reason '{name}'", remedy)
            if "{" in str(text):
                what = f"the letter's words for reason '{name}' hold braces, which nothing fills"
                yield LintFinding((*path, "reasons", name), "V603", what, "write the words out")
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
            findings = list(self._sentence(here, sentence))
            sound = sound and not findings
            yield from findings
        yield from self._verdicts(path, paragraph)
        if sound and not paragraph.optional and (when := can_be_empty(paragraph)):
            what = f"paragraph '{paragraph.id}' can come out empty, {when}"
            remedy = 'add what to say then, such as nothing = "…" or none = "…"; or optional = true'
            yield LintFinding(path, "V604", what, remedy)

    def _fixed(self, path: Path, text: Text) -> Iterator[LintFinding]:
        """Words that stand in every letter."""
        yield from self._text(path, text, self.texts)
        yield from self._findings(path, text, result=False)

    def _findings(
        self, path: Path, text: Text, *, result: bool, counted: bool = True
    ) -> Iterator[LintFinding]:
        """Whether ``text`` says how work was done where no figure and no reason bears it out."""
        for tag, words in text.wordings.items():
            for quote, does in stated_findings(
                words, tag or self.criteria.languages[0], result=result, counted=counted
            ):
                what = f"'{quote}' {does}, though no answer is asked for it here"
                remedy = "say it with a figure such as {|of cases}, or as what ought to be ('should')"
                yield LintFinding(path, "V609", what, remedy)

    def _voices(self, path: Path) -> Iterator[LintFinding]:
        """Every voice has the texts of the others."""
        ratings = rating_names(self.criteria)
        wanted = [name for name in self.texts if name not in (*HEADER_TEXTS, *ratings)]
        for voice, texts in self.plan.voices.items():
            for name in wanted:
                if name not in texts:
                    what = f"voice '{voice}' has no text '{name}', which another voice has"
                    yield LintFinding((*path, voice), "V608", what, f'add {name} = "…"')
            for name, text in texts.items():
                if name in HEADER_TEXTS:
                    what = f"'{name}' is a text of every inspection already"
                    yield LintFinding((*path, voice, name), "V608", what, "give it another name")
                yield from self._text((*path, voice, name), text, (*HEADER_TEXTS, *ratings))
                yield from self._findings((*path, voice, name), text, result=False)

    def _verdicts(self, path: Path, paragraph: PlannedParagraph) -> Iterator[LintFinding]:
        """A verdict needs a measure, a figure of it in the same paragraph, and enough cases."""
        counted = {s.about for s in paragraph.sentences if s.about and not s.verdict}
        for i, sentence in enumerate(paragraph.sentences):
            if not sentence.verdict:
                continue
            here = (*path, "sentences", i)
            measure = (read_reference(sentence.about) or Reference("")).measure
            if self.criteria.is_value(measure):
                what = f"a verdict is given on '{measure}', whose answer is a value that nobody judged"
                yield LintFinding(here, "V610", what, "tell how many there were, with a figure")
            if self.plan.verdicts_from < 1:
                what = "a verdict is given, but it is not said from how many cases on"
                yield LintFinding(here, "V610", what, "add verdicts_from = 5, or another number, to [letter]")
            if not sentence.about or sentence.about not in counted:
                what = (
                    f"no sentence of the paragraph tells the count behind the verdict on '{sentence.about}'"
                )
                yield LintFinding(here, "V610", what, "add a sentence about the same measure, with a figure")

    def _populations(self, path: Path) -> Iterator[LintFinding]:
        """Whether the words for those who were not judged are all there, where some are."""
        places: list[tuple[Path, Words | NotJudged, Sequence[str]]] = [
            ((*path, "not_judged"), self.plan.not_judged, _OF_THE_REST),
            ((*path, "not_judged"), self.plan.not_judged, _WHY_UNJUDGED),
        ]
        places += [((*path, "words", tag), words, _TAILS) for tag, words in self.plan.words.items()]
        for where, holder, names in places:
            missing = [name for name in names if not getattr(holder, name)]
            if missing and len(missing) < len(names):
                what = f"words for some cases that were not judged, but no {', '.join(missing)}"
                yield LintFinding(where, "V611", what, "add them")

    def _sentence(self, path: Path, sentence: Sentence) -> Iterator[LintFinding]:
        about: Reference | None = None
        texts = self.texts
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
            yield from self._text(here, item.clause, self.texts)
        for i, test in enumerate(sentence.when):
            reference = read_reference(test.about) if test.about else about
            here = (*path, "when", i)
            if reference is None:
                what = f"the condition does not name a measure: '{test.about}'"
                yield LintFinding(here, "V602", what, "write it as question:outcome@subset")
            elif test.about:
                yield from self._reference(here, reference, test.about, "V602")
        if sentence.voice and sentence.voice not in self.plan.voices:
            remedy = did_you_mean(sentence.voice, self.plan.voices)
            yield LintFinding((*path, "voice"), "V608", f"no voice '{sentence.voice}'", remedy)
        if not any(unit == sentence.unit for words in self.plan.words.values() for unit in words.units):
            units = sorted({unit for words in self.plan.words.values() for unit in words.units})
            yield LintFinding(
                (*path, "unit"), "V601", f"no unit '{sentence.unit}'", did_you_mean(sentence.unit, units)
            )
        if about is not None:
            texts = (*texts, *_IN_SENTENCE, *self._why, *(("clauses",) if sentence.items else ()))
        for name in _WORDINGS:
            yield from self._wording((*path, name), getattr(sentence, name), texts, sentence, about)
        for others in ("next", "again"):
            for name in _RESULTS:
                text = getattr(getattr(sentence, others), name)
                yield from self._wording((*path, others, name), text, texts, sentence, about)

    def _wording(
        self, path: Path, text: Text, texts: Sequence[str], sentence: Sentence, about: Reference | None
    ) -> Iterator[LintFinding]:
        yield from self._text(path, text, texts, about)
        name = str(path[-1])
        if not sentence.verdict:
            result, counted = about is not None, name not in _NO_RESULT
            yield from self._findings(path, text, result=result, counted=counted)
        counts = sentence.about and name in _RESULTS and name not in _NO_RESULT and not sentence.verdict
        if text and counts and "|" not in str(text) and "{}" not in str(text):
            what = f"'{name}' tells a result without its count"
            yield LintFinding(
                path, "V609", what, "add a figure such as {|of cases}, or make it verdict = true"
            )

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
            if self.criteria.is_value(reference.measure):  # "median" is near to "pending", and no such thing
                remedy = "a letter tells in how many cases a value is recorded, never which: |of cases"
            yield LintFinding(path, "V601", f"'{written}' asks for no known shape", remedy)
        if reference.form == "other" and reference.outcome:
            what = f"'{written}' asks for the rest of one outcome"
            yield LintFinding(
                path, "V601", what, "leave the outcome out: 'other' is all that were not sufficient"
            )
        populations = {population.id for population in self.criteria.populations}
        units = {unit for words in self.plan.words.values() for unit in words.units} | populations
        counted = self.criteria.population_of(reference.measure) if reference.measure else ""
        if reference.unit in populations and counted not in ("", reference.unit):
            what = f"'{written}' counts {counted}, and tells of {reference.unit}"
            yield LintFinding(path, "V601", what, f"write cases, or {counted}")
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
        populations = [population.id for population in criteria.populations]
        counting = (CASES, *populations)
        if measure not in (*counting, *interviews) and not criteria.has_question(measure):
            remedy = did_you_mean(measure, [*texts, *known, *interviews, *counting, INTERVIEWS])
            yield LintFinding(path, code, f"nothing fills '{written}': no measure '{measure}'", remedy)
            return
        if reference.subset and (reference.subset not in self._subsets() or measure in interviews):
            remedy = self._near(reference.subset)
            yield LintFinding(path, code, f"'{written}': no subset '{reference.subset}'", remedy)
        own = criteria.population_of(measure)
        theirs = next((criteria.home_of(s) for s in criteria.subsets if s.id == reference.subset), own)
        if theirs != own:
            what = f"'{written}' counts {own} among a subset of {theirs}"
            yield LintFinding(path, code, what, f"use a subset of {own}")
        if reference.outcome and measure not in counting:
            outcomes = self._judgements(measure)
            if reference.outcome not in (*outcomes, OTHER):
                remedy = did_you_mean(reference.outcome, (*outcomes, OTHER))
                yield LintFinding(path, code, f"'{written}': no outcome '{reference.outcome}'", remedy)

    def _judgements(self, measure: str) -> list[str]:
        """The outcomes of a measure that are judgements; an unknown one is the other linter's to tell."""
        criteria = self.criteria.asking(measure)
        question = criteria.question(measure)
        if not question.is_judged:
            return [choice.id for choice in question.choices]
        judged = {outcome.id for outcome in criteria.outcomes if outcome.judges}
        return [name for name in question.outcomes or criteria.default_outcomes if name in judged]

    def _subsets(self) -> list[str]:
        return [subset.id for subset in self.criteria.subsets]

    def _near(self, name: str) -> str:
        return did_you_mean(name, self._subsets())


def _words(path: Path, words: Words) -> Iterator[LintFinding]:
    """The small words of a language: the shapes, and as many numbers and months as are needed."""
    for attribute in fields(Words):
        shape = getattr(words, attribute.name)
        if attribute.name in _ALL_TAILS:
            for kind, tail in shape.items():
                yield from _shape((*path, attribute.name, kind), tail, ("unit",))
        if not isinstance(shape, str):
            continue
        known: tuple[str, ...] = _DATES if "date" in attribute.name else _SHAPES
        known = ("figure", "subset") if attribute.name in ("including", "but_not") else known
        yield from _shape((*path, attribute.name), shape, known)
    if len(words.numbers) <= words.words_up_to:
        what = f"numbers up to {words.words_up_to} are to be in words, but {len(words.numbers)} are given"
        yield LintFinding(
            (*path, "numbers"), "V606", what, "give them all, from none on, or lower words_up_to"
        )
    if len(words.months) != 12:
        what = f"{len(words.months)} months are named"
        yield LintFinding((*path, "months"), "V606", what, "name all twelve")


def _shape(path: Path, shape: str, known: Sequence[str]) -> Iterator[LintFinding]:
    """Whether each gap in ``shape`` is one of those ``known``."""
    try:
        parts = [part for part in Formatter().parse(shape) if part[1] is not None]
        # With a width ("{k:>9}") or a conversion it is none of ours either.
        names = [f"{name}:{form}" if form or how else str(name) for _, name, form, how in parts]
    except ValueError:
        names = ["?"]
    for name in names:
        if name not in known:
            what = f"nothing fills {{{name}}} in {'.'.join(map(str, path[3:]))}"
            yield LintFinding(path, "V606", what, did_you_mean(name, known))
