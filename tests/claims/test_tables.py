"""The tables of languages: each form's examples come to what they say, and a version's own words are linted."""

from __future__ import annotations

from importlib import resources

import pytest

from sqs_core.claims.check import reader_of
from sqs_core.claims.language import shipped
from sqs_core.claims.lint_words import misread_examples
from sqs_core.storage.library import load_criteria
from sqs_core.storage.lint_files import lint_criteria

AUDIT = (resources.files("sqs_criteria") / "local-audit.toml").read_text("utf-8")


def test_every_example_of_the_english_table_comes_to_what_it_says() -> None:
    words = shipped("en")
    assert words is not None
    grammar = reader_of(load_criteria("sqs-2012", plugins=False), "en").splitter.grammar
    assert list(misread_examples(grammar, words)) == []


def problems(added: str) -> list[tuple[str, str, str]]:
    """The problems of the local audit with words of its own: code, what and remedy."""
    found = lint_criteria(f"{AUDIT}\n{added}".encode(), "local-audit.toml")
    return [(problem.code, problem.what, problem.remedy) for problem in found]


@pytest.mark.parametrize("version", ["sqs-2012", "local-audit"])
def test_the_versions_that_ship_have_no_problem_in_their_claim_words(version: str) -> None:
    data = (resources.files("sqs_criteria") / f"{version}.toml").read_bytes()
    codes = [problem.code for problem in lint_criteria(data, f"{version}.toml")]
    assert [code for code in codes if "V901" <= code <= "V906"] == []


def test_a_measure_that_the_version_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    ((code, what, remedy),) = problems('[letter.claims.en.measures]\n"plan.rsk" = ["safety plan"]')
    assert (code, what) == ("V905", "'plan.rsk' is none of the version's questions")
    assert remedy.startswith("did you mean 'plan.risk'?")


def test_a_form_that_says_what_another_says_is_refused_in_words() -> None:
    added = '[[letter.claims.en.forms]]\nid = "again"\nmeans = "all"\nsays = ["{k} {unit}"]\n'
    ((code, what, _),) = problems(added)
    assert (code, what) == ("V903", "two wordings can be read of the same words: number unit")


def test_a_form_whose_example_comes_to_something_else_is_told() -> None:
    added = '[[letter.claims.en.forms]]\nid = "plus"\nmeans = "count"\nsays = ["{k} plus {unit}"]\nbound = "at-least"\nexamples = { "seven plus cases" = "7" }\n'
    ((code, what, _),) = problems(added)
    assert (code, what) == ("V904", 'the example "seven plus cases" comes to "at-least 7", not "7"')


def test_a_form_that_means_nothing_known_is_told() -> None:
    added = '[[letter.claims.en.forms]]\nid = "plus"\nmeans = "counts"\nsays = ["{k} plus {unit}"]\n'
    assert [code for code, _, _ in problems(added)] == ["V906"]
