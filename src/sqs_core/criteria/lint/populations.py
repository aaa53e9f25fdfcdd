"""Linting populations: what belongs to which, and nothing that looks from one into another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sqs_core.criteria.conditions import Comparison, Condition
from sqs_core.criteria.lint.finding import LintFinding, Path
from sqs_core.criteria.lint.names import all_known, unknown
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import Fact, Missing, Subset, Theme
from sqs_core.criteria.ratings import COUNTING

TAKEN = ("cases", "interviews", "second", "agreed", "undecided", "merged", "drafts", "other")
"""What is a folder of every inspection or a measure of every letter, and so no population."""
_FOLDER = re.compile(r"[a-z][a-z0-9-]{0,29}")


def lint_populations(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint ids (V106), what belongs to none (V102, V110), and looks (V207) or sums (V704) across two."""
    known = [population.id for population in criteria.populations]
    questions = {question.id for question in criteria.questions}
    for i, population in enumerate(criteria.populations):
        path: Path = ("populations", i, "id")
        if not _FOLDER.fullmatch(population.id) or population.id in TAKEN:
            what = f"'{population.id}' cannot be a population: it is the name of a folder and a measure"
            remedy = f"small letters, digits and '-', and none of {', '.join(TAKEN)}"
            yield LintFinding(path, "V106", what, remedy)
        if population.id in questions:
            what = f"'{population.id}' is a question too, and both are measures of the letter"
            yield LintFinding(path, "V101", what, "give one of them another id")
        if population.part_of and population.part_of not in known[:i]:
            yield unknown(("populations", i, "part_of"), "earlier population", population.part_of, known[:i])
        declared = any(missing.of == population.id for missing in criteria.missing)
        if not declared and all(criteria.population_of(question) != population.id for question in questions):
            what = f"population '{population.id}' is asked nothing"
            yield LintFinding(path, "V110", what, f'give a theme with questions of = "{population.id}"')
    placed: dict[str, Sequence[Theme | Fact | Subset | Missing]] = {
        "themes": criteria.themes,
        "facts": criteria.facts,
        "subsets": criteria.subsets,
        "missing": criteria.missing,
    }
    for table, rows in placed.items():
        for i, row in enumerate(rows):
            yield from all_known((table, i, "of"), "population", filter(None, [row.of]), known)
    for i, fact in enumerate(criteria.facts):
        path = ("facts", i, "links")
        if fact.links and fact.links not in known:
            yield unknown(path, "population", fact.links, known)
        elif fact.links and (fact.kind != "text" or fact.links == criteria.home_of(fact)):
            what = f"'{fact.id}' cannot name a record of '{fact.links}'"
            yield LintFinding(path, "V207", what, "a fact that links is a text, and of another population")
    if len(known) > 1:
        yield from _looks_across(criteria)
        yield from _sums_across(criteria)


def _looks_across(criteria: Criteria) -> Iterator[LintFinding]:
    facts = {fact.id: criteria.home_of(fact) for fact in criteria.facts}
    conditions: list[tuple[Path, str, Condition]] = [
        (("questions", i, "when"), criteria.population_of(question.id), question.when)
        for i, question in enumerate(criteria.questions)
        if question.when is not None
    ]
    conditions += [
        (("subsets", i, "when"), criteria.home_of(subset), subset.when)
        for i, subset in enumerate(criteria.subsets)
    ]
    for path, own, condition in conditions:
        for test in condition.comparisons():
            if test.source == "linked":
                yield from _linked_across(criteria, facts, path, own, test)
                continue
            if test.source == "fact":
                theirs = facts.get(test.name, own)
            else:
                theirs = criteria.population_of(test.name) if criteria.has_question(test.name) else own
            if theirs != own:
                what = f"this is of population '{own}', and looks at '{test.name}', which is of '{theirs}'"
                yield LintFinding(path, "V207", what, f"use a fact or a question of '{own}'")


def _linked_across(
    criteria: Criteria, facts: Mapping[str, str], path: Path, own: str, test: Comparison
) -> Iterator[LintFinding]:
    if facts.get(test.link, own) != own:
        what = f"this is of population '{own}', and '{test.link}' is a fact of '{facts[test.link]}'"
        yield LintFinding(path, "V207", what, f"use a fact of '{own}' that names the record")
    named = next((fact.links for fact in criteria.facts if fact.id == test.link), "")
    theirs = facts.get(test.name) or (
        criteria.population_of(test.name) if criteria.has_question(test.name) else named
    )
    if named and theirs != named:
        what = f"'{test.link}' names a record of '{named}', and '{test.name}' is of '{theirs}'"
        yield LintFinding(path, "V207", what, f"use a fact or a question of '{named}'")


def _sums_across(criteria: Criteria) -> Iterator[LintFinding]:
    for i, rollup in enumerate(criteria.rollups):
        counted = {criteria.population_of(name) for name in rollup.of}
        if rollup.model in COUNTING and len(counted) > 1:
            what = f"roll-up '{rollup.id}' counts records of {' and '.join(sorted(counted))} together"
            remedy = "rate each population by itself, and combine these ratings by 'worst' or 'sum'"
            yield LintFinding(("rollups", i, "of"), "V704", what, remedy)
