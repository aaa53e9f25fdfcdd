"""Linting names: every id said once, every id that is referred to there, none that cannot be typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqs_core.criteria.lint.finding import LintFinding, Path
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import RECORDED
from sqs_core.errors import did_you_mean

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DOTTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
MEASURES = ("cases", "interviews")
HEADERS = ("inspector", "case_manager", "assessed_with_case_manager")
_OF_INSPECTION = ("inspection", "service", "area", "first_day", "last_day", "criteria")
COLUMNS = (
    *("case", "status", *_OF_INSPECTION, *(f"{name}_" for name in _OF_INSPECTION)),
    "question", "theme", "answer", "outcome", "reasons", "prompts", "value", "person", "role", "gave_views",
)  # fmt: skip
"""Columns that tables of an export, or of many inspections, have beside facts and questions."""


def unknown(path: Path, kind: str, name: str, known: Iterable[str]) -> LintFinding:
    """Return the finding that a name refers to nothing."""
    return LintFinding(path, "V102", f"no {kind} '{name}'", did_you_mean(name, known))


def all_known(path: Path, kind: str, names: Iterable[str], known: Collection[str]) -> Iterator[LintFinding]:
    """Yield the finding of each of ``names`` that refers to nothing."""
    return (unknown(path, kind, name, known) for name in names if name not in known)


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
    questions = _ids(("questions",), criteria.questions)
    questions += _ids(("interview_questions",), criteria.interview_questions)
    asked = {name for _, name in questions}
    facts = _ids(("facts",), criteria.facts)
    found = {"question": questions, "question or fact": [*facts, *(one for one in facts if one[1] in asked)]}
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
        found[table.removesuffix("s").replace("_", " ")] = _ids((table,), values)
    for i, fact in enumerate(criteria.facts):
        found[f"choice of fact '{fact.id}'"] = _ids(("facts", i, "choices"), fact.choices)
    for i, question in enumerate(criteria.questions):
        found[f"choice of '{question.id}'"] = _ids(("questions", i, "choices"), question.choices)
    common = found["common reason"] = _ids(("common_reasons",), criteria.common_reasons)
    for i, question in enumerate(criteria.questions):
        own = _ids(("questions", i, "reasons"), question.reasons)
        # A common reason under the same id would be ticked together with the question's own.
        clash = {name for _, name in common} & {name for _, name in own}
        found[f"point of '{question.id}'"] = _ids(("questions", i, "prompts"), question.prompts)
        found[f"reason of '{question.id}'"] = [*own, *((p, n) for p, n in own if n in clash)]
    for i, rollup in enumerate(criteria.rollups):
        found[f"band of roll-up '{rollup.id}'"] = _ids(("rollups", i, "bands"), rollup.bands)
    if criteria.letter:
        sections = criteria.letter.sections
        found["phrase"] = _ids(("letter", "phrase_scale"), criteria.letter.phrase_scale)
        found["section"] = _ids(("letter", "sections"), sections)
        found["paragraph"] = []
        for i, section in enumerate(sections):
            found["paragraph"] += _ids(("letter", "sections", i, "paragraphs"), section.paragraphs)
    return found


def _ids(path: Path, values: Iterable[object]) -> list[tuple[Path, str]]:
    """Return the id of each value of the table at ``path``, with where it stands."""
    return [((*path, i, "id"), getattr(value, "id", "")) for i, value in enumerate(values)]


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
    themes, outcomes, questions = (
        dict.fromkeys(one.id for one in every)
        for every in (criteria.themes, criteria.outcomes, criteria.questions)
    )
    yield from all_known(("default_outcomes",), "outcome", criteria.default_outcomes, outcomes)
    for i, question in enumerate(criteria.questions):
        yield from all_known(("questions", i, "theme"), "theme", [question.theme], themes)
        yield from all_known(("questions", i, "outcomes"), "outcome", question.outcomes, outcomes)
        for j, reason in enumerate(question.reasons):
            yield from all_known(("questions", i, "reasons", j), "outcome", reason.outcomes, outcomes)
    for i, reason in enumerate(criteria.common_reasons):
        yield from all_known(("common_reasons", i), "outcome", reason.outcomes, outcomes)
    for i, profile in enumerate(criteria.profiles):
        yield from all_known(("profiles", i, "questions"), "question", profile.questions, questions)
