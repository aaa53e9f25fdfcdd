"""Linting names: every id said once, every id that is referred to there, none that cannot be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sqs_core.criteria.lint.finding import LintFinding, Path
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import RECORDED
from sqs_core.errors import did_you_mean

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DOTTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
MEASURES = ("cases", "interviews")
HEADERS = ("inspector", "case_manager", "assessed_with_case_manager")
COLUMNS = (
    *("case", "status", "inspection", "service", "area", "first_day", "last_day", "criteria"),
    *(f"{name}_" for name in ("inspection", "service", "area", "first_day", "last_day", "criteria")),
    *(
        "question",
        "theme",
        "answer",
        "outcome",
        "reasons",
        "prompts",
        "value",
        "person",
        "role",
        "gave_views",
    ),
)
"""Columns that tables of an export, or of many inspections, have beside facts and questions."""


def unknown(path: Path, kind: str, name: str, known: Iterable[str]) -> LintFinding:
    """Return the finding that a name refers to nothing."""
    return LintFinding(path, "V102", f"no {kind} '{name}'", did_you_mean(name, known))


def lint_names(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint ids: duplicate (V101), dangling (V102), impossible (V106); and themes without questions (V110)."""
    yield from _shapes(criteria)
    for kind, named in _lists(criteria).items():
        yield from _duplicates(kind, named)
    yield from _references(criteria)
    asked = {q.theme for q in criteria.questions}
    for i, theme in enumerate(criteria.themes):
        declared = any(missing.of and missing.of == theme.of for missing in criteria.missing)
        if theme.id not in asked and not declared:
            what = f"theme '{theme.id}' has no questions"
            yield LintFinding(
                ("themes", i), "V110", what, "add a question to it, or take it out", advice=True
            )
    if not criteria.questions:
        yield LintFinding(("questions",), "V110", "nothing is asked of a case", "add at least one question")


def _lists(criteria: Criteria) -> dict[str, list[tuple[Path, str]]]:
    """Return every id by what it must be unique among."""
    # A question and an interview question share one set of names: both are measures of the letter.
    questions = [(("questions", i, "id"), q.id) for i, q in enumerate(criteria.questions)]
    questions += [
        (("interview_questions", i, "id"), q.id) for i, q in enumerate(criteria.interview_questions)
    ]
    found: dict[str, list[tuple[Path, str]]] = {"question": list(questions)}
    asked = {name for _, name in questions}
    found["question or fact"] = [(("facts", i, "id"), f.id) for i, f in enumerate(criteria.facts)]
    found["question or fact"] += [(path, name) for path, name in found["question or fact"] if name in asked]
    tables: Mapping[str, Iterable[object]] = {
        "outcomes": criteria.outcomes,
        "themes": criteria.themes,
        "facts": criteria.facts,
        "populations": criteria.populations,
        "interview_outcomes": criteria.interview_outcomes,
        "subsets": criteria.subsets,
        "rollups": criteria.rollups,
        "profiles": criteria.profiles,
    }
    for table, values in tables.items():
        kind = table.removesuffix("s").replace("_", " ")
        found[kind] = [((table, i, "id"), getattr(value, "id", "")) for i, value in enumerate(values)]
    for i, fact in enumerate(criteria.facts):
        paths = [(("facts", i, "choices", j, "id"), choice.id) for j, choice in enumerate(fact.choices)]
        found[f"choice of fact '{fact.id}'"] = list(paths)
    for i, question in enumerate(criteria.questions):
        paths = [(("questions", i, "choices", j, "id"), one.id) for j, one in enumerate(question.choices)]
        found[f"choice of '{question.id}'"] = list(paths)
    common: list[tuple[Path, str]] = [
        (("common_reasons", i, "id"), reason.id) for i, reason in enumerate(criteria.common_reasons)
    ]
    found["common reason"] = common
    for i, question in enumerate(criteria.questions):
        own = [(("questions", i, "reasons", j, "id"), reason.id) for j, reason in enumerate(question.reasons)]
        # A common reason under the same id would be ticked together with the question's own.
        clash = {name for _, name in common} & {name for _, name in own}
        prompts = [
            (("questions", i, "prompts", j, "id"), prompt.id) for j, prompt in enumerate(question.prompts)
        ]
        found[f"point of '{question.id}'"] = list(prompts)
        found[f"reason of '{question.id}'"] = [*own, *((p, n) for p, n in own if n in clash)]
    for i, rollup in enumerate(criteria.rollups):
        bands = [(("rollups", i, "bands", j, "id"), band.id) for j, band in enumerate(rollup.bands)]
        found[f"band of roll-up '{rollup.id}'"] = list(bands)
    if criteria.letter:
        scale = criteria.letter.phrase_scale
        sections = criteria.letter.sections
        found["phrase"] = [(("letter", "phrase_scale", i, "id"), band.id) for i, band in enumerate(scale)]
        found["section"] = [(("letter", "sections", i, "id"), s.id) for i, s in enumerate(sections)]
        found["paragraph"] = [
            (("letter", "sections", i, "paragraphs", j, "id"), paragraph.id)
            for i, section in enumerate(sections)
            for j, paragraph in enumerate(section.paragraphs)
        ]
    return found


def _duplicates(kind: str, named: list[tuple[Path, str]]) -> Iterator[LintFinding]:
    seen: set[str] = set()
    alike: dict[str, str] = {}
    for path, name in named:
        other = alike.setdefault(name.lower(), name)
        if other != name and name not in seen:
            what = f"the {kind} '{name}' differs from '{other}' only in capitals"
            yield LintFinding(path, "V101", what, "give one of them another id", advice=True)
        if name in seen:
            yield LintFinding(
                path, "V101", f"the {kind} '{name}' is there twice", "give one of them another id"
            )
        seen.add(name)


def _shapes(criteria: Criteria) -> Iterator[LintFinding]:
    dotted = "letters, digits, '.', '-' and '_', and begin with a letter or digit"
    plain = "letters, digits, '-' and '_', and begin with a letter or digit"
    if not _DOTTED.fullmatch(criteria.id):
        yield LintFinding(("id",), "V106", "this id cannot be a file name", f"use {dotted}")
    for kind, named in _lists(criteria).items():
        shape, words = (_DOTTED, dotted) if kind in _DOTTED_KINDS else (_PLAIN, plain)
        for path, name in dict(named).items():
            if not shape.fullmatch(name):
                yield LintFinding(path, "V106", f"this {kind} has an id that cannot be typed", f"use {words}")
            elif kind == "question" and name in MEASURES:
                yield LintFinding(path, "V106", f"'{name}' is a measure of every letter", "choose another id")
            elif kind == "outcome" and name == RECORDED.id:
                what = f"'{name}' is what every question has whose answer is a value"
                yield LintFinding(path, "V106", what, "choose another id")
            elif kind == "outcome" and name == "other":
                yield LintFinding(
                    path, "V106", "'other' means all that are not sufficient", "choose another id"
                )
            elif kind in ("fact", "question") and name.lower() in COLUMNS:
                what = f"tables have a column '{name.lower()}' beside facts and questions"
                yield LintFinding(path, "V106", what, "choose another id")
            elif kind == "fact" and name in HEADERS:
                yield LintFinding(
                    path, "V106", f"every case has a '{name}' beside its facts", "choose another id"
                )


_DOTTED_KINDS = ("question", "fact", "rollup", "section", "paragraph")


def _references(criteria: Criteria) -> Iterator[LintFinding]:
    themes = [t.id for t in criteria.themes]
    outcomes = [o.id for o in criteria.outcomes]
    known = set(outcomes)
    questions = {q.id: None for q in criteria.questions}
    for name in criteria.default_outcomes:
        if name not in known:
            yield unknown(("default_outcomes",), "outcome", name, outcomes)
    for i, question in enumerate(criteria.questions):
        if question.theme not in themes:
            yield unknown(("questions", i, "theme"), "theme", question.theme, themes)
        for name in question.outcomes:
            if name not in known:
                yield unknown(("questions", i, "outcomes"), "outcome", name, outcomes)
        for j, reason in enumerate(question.reasons):
            for name in reason.outcomes:
                if name not in known:
                    yield unknown(("questions", i, "reasons", j), "outcome", name, outcomes)
    for i, reason in enumerate(criteria.common_reasons):
        for name in reason.outcomes:
            if name not in known:
                yield unknown(("common_reasons", i), "outcome", name, outcomes)
    for i, profile in enumerate(criteria.profiles):
        for name in profile.questions:
            if name not in questions:
                yield unknown(("profiles", i, "questions"), "question", name, questions)
