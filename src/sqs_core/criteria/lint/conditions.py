"""Linting conditions: what they name, what they compare it with, and whether they lead in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqs_core.criteria.conditions import Comparison, Condition, FactValue
from sqs_core.criteria.lint.finding import LintFinding, Path, circles
from sqs_core.criteria.lint.names import unknown
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import RECORDED, Fact

_KINDS = {"boolean": bool, "choice": str, "several": str, "number": int, "date": date, "text": str}
_EXAMPLES = {
    "boolean": "true or false, in a spreadsheet yes or no",
    "choice": "one of its choices in quotes",
    "several": "one of its choices in quotes",
    "number": "a whole number",
    "date": "a date such as 2012-11-26, without quotes",
    "text": "words in quotes",
}


def lint_conditions(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint names (V102), values (V202, V203), circles (V201), answers in subsets (V205), order (V206)."""
    facts = {f.id: f for f in criteria.facts}
    place = {q.id: i for i, q in enumerate(criteria.questions)}
    outcomes = {
        q.id: tuple(q.outcomes or (criteria.default_outcomes if q.is_judged else (RECORDED.id,)))
        for q in criteria.questions
    }
    valued = {q.id: q.as_fact for q in criteria.questions if q.answer not in ("judgement", "text")}
    for path, condition, asked in _conditions(criteria):
        for test in condition.comparisons():
            if test.source == "linked":
                yield from _linked_test(path, test, facts, outcomes, valued)
                continue
            if test.source == "fact":
                if test.name not in facts:
                    yield unknown(path, "fact", test.name, facts)
                else:
                    yield from _fact_test(path, test, facts[test.name])
                continue
            if path[0] == "subsets":
                what = f"a subset picks cases by their facts, but this one asks for the answer '{test.name}'"
                yield LintFinding(path, "V205", what, "use a fact")
            if test.name not in place:
                yield unknown(path, "question", test.name, place)
                continue
            yield from _answer_test(path, test, outcomes[test.name], valued.get(test.name))
            if asked and place[test.name] > place[asked]:
                what = f"{asked} depends on the answer to {test.name}, which is asked after it"
                yield LintFinding(path, "V206", what, f"put {asked} after {test.name}", advice=True)
    yield from _circles(criteria)


def _linked_test(
    path: Path,
    test: Comparison,
    facts: Mapping[str, Fact],
    outcomes: Mapping[str, tuple[str, ...]],
    valued: Mapping[str, Fact],
) -> Iterator[LintFinding]:
    """Lint a test of the record that a fact names: what it is of, the population lint tells."""
    if test.link not in facts:
        yield unknown(path, "fact", test.link, facts)
    elif not facts[test.link].links:
        what = f"'{test.link}' names no record of another population"
        yield LintFinding(path, "V207", what, "say in that fact which population it links")
    elif test.name in facts:
        yield from _fact_test(path, test, facts[test.name])
    elif test.name not in outcomes:
        yield unknown(path, "fact or question", test.name, [*facts, *outcomes])
    elif path[0] == "subsets":
        what = f"a subset picks cases by facts, but this one asks for the answer '{test.name}'"
        yield LintFinding(path, "V205", what, "use a fact")
    else:
        yield from _answer_test(path, test, outcomes[test.name], valued.get(test.name))


def _conditions(criteria: Criteria) -> Iterator[tuple[Path, Condition, str]]:
    """Yield every condition with its path, and the question it decides on ("" for a subset)."""
    for i, question in enumerate(criteria.questions):
        if question.when is not None:
            yield ("questions", i, "when"), question.when, question.id
    for i, subset in enumerate(criteria.subsets):
        yield ("subsets", i, "when"), subset.when, ""


def values_of(test: Comparison) -> tuple[FactValue, ...]:
    """Return what a test compares with: one value, several for ``in``, none for ``exists``."""
    if test.operator == "exists":
        return ()
    return test.value if isinstance(test.value, tuple) else (test.value,)


def _fact_test(path: Path, test: Comparison, fact: Fact, called: str = "") -> Iterator[LintFinding]:
    choices = [choice.id for choice in fact.choices]
    called = called or f"fact '{fact.id}'"
    for value in values_of(test):
        if type(value) is not _KINDS[fact.kind]:
            what = f"{called} is a {fact.kind}, so comparing it with {_shown(value)} never holds"
            yield LintFinding(path, "V203", what, f"compare it with {_EXAMPLES[fact.kind]}")
        elif fact.kind in ("choice", "several") and value not in choices:
            yield _no_value(path, f"{called} has no choice '{value}'", str(value), choices)
        elif isinstance(value, int) and fact.kind == "number" and fact.least <= fact.most:
            if fact.least <= value <= fact.most:
                continue
            what = f"{called} is from {fact.least} to {fact.most}, so comparing it with {value} never holds"
            yield LintFinding(path, "V203", what, "compare it with a number that it can be")


def _answer_test(
    path: Path, test: Comparison, outcomes: tuple[str, ...], valued: Fact | None
) -> Iterator[LintFinding]:
    if valued and not set(values_of(test)) <= set(outcomes):
        yield from _fact_test(path, test, valued, f"the answer to {test.name}")
        return
    for value in values_of(test):
        if not isinstance(value, str):
            what = (
                f"the answer to {test.name} is an outcome, so comparing it with {_shown(value)} never holds"
            )
            yield LintFinding(path, "V203", what, f"compare it with an outcome: {', '.join(outcomes)}")
        elif value not in outcomes:
            yield _no_value(path, f"{test.name} has no outcome '{value}'", value, list(outcomes))


def _no_value(path: Path, what: str, value: str, known: list[str]) -> LintFinding:
    finding = unknown(path, "", value, known)
    return LintFinding(path, "V202", what, finding.remedy)


def _shown(value: FactValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {value}"
    return f"the date {value}" if isinstance(value, date) else f"the words '{value}'"


def _circles(criteria: Criteria) -> Iterator[LintFinding]:
    """Yield each circle of conditions once, as the path that leads round it."""
    leads = {
        q.id: dict.fromkeys(c.name for c in q.when.comparisons() if c.source == "answer") if q.when else ()
        for q in criteria.questions
    }
    index = {q.id: i for i, q in enumerate(criteria.questions)}
    for circle in circles(leads):
        path = ("questions", index[circle[0]], "when")
        what = f"conditions lead in a circle: {' → '.join(circle)}"
        yield LintFinding(path, "V201", what, "take one of these conditions out")
