"""JSON Schema of the files: what ships fits it, and what the program refuses does not."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from sqs_core.errors import UsageError
from sqs_core.storage.schema import KINDS, schema

CHECKOUT = Path(__file__).parents[2]
EXAMPLE = CHECKOUT / "examples" / "darlington-2012"
FILES = [
    *(("criteria", f) for f in sorted((CHECKOUT / "criteria" / "sqs_criteria").glob("*.toml"))),
    *(("case", f) for f in sorted((EXAMPLE / "cases").glob("*.toml"))),
    *(("interview", f) for f in sorted((EXAMPLE / "interviews").glob("*.toml"))),
    ("criteria", CHECKOUT / "tests" / "criteria" / "values.toml"),
    ("inspection", EXAMPLE / "inspection.toml"),
    ("letter", EXAMPLE / "letter.toml"),
]


def as_editors_see_it(value: Any) -> Any:
    """Parsed TOML with its dates as strings."""
    if isinstance(value, dict):
        return {key: as_editors_see_it(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editors_see_it(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(kind: str, text: str) -> list[str]:
    data = as_editors_see_it(tomllib.loads(text))
    return [".".join(map(str, e.absolute_path)) for e in Draft4Validator(schema(kind)).iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one_of_draft_4(kind: str) -> None:
    Draft4Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"] == "http://json-schema.org/draft-04/schema#"


@pytest.mark.parametrize(("kind", "file"), FILES, ids=lambda part: getattr(part, "name", part))
def test_what_ships_fits_its_schema(kind: str, file: Path) -> None:
    assert faults(kind, file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('kind = "choice"', 'kind = "choise"', "facts.9.kind"),
        ('when = { fact = "psr_prepared", "=" = true }', "when = { fact = true }", "questions.2.when"),
        ('share_above = "3/4"', 'share_above = "three"', "letter.phrase_scale.2.share_above"),
        ("format = 1", "format = 2", "format"),
    ],
)
def test_a_wrong_value_is_found_where_it_stands(old: str, new: str, where: str) -> None:
    text = (CHECKOUT / "criteria" / "sqs_criteria" / "sqs-2012.toml").read_text("utf-8")
    assert faults("criteria", text.replace(old, new, 1)) == [where]


def test_an_unknown_key_does_not_fit() -> None:
    text = (EXAMPLE / "cases" / "07.toml").read_text("utf-8")
    assert faults("case", text.replace("inspector", "inspektor", 1)) == [""]


def test_a_number_a_date_and_choices_fit_as_facts_and_as_answers() -> None:
    case = 'format = 1\ncase = "01"\ncriteria = "values"\ncriteria_hash = "sha256:0"\n'
    values = ("12", "2026-11-02", '["police", "school"]', "[]", "true", '"words"')
    facts = "[facts]\n" + "".join(f"f{place} = {value}\n" for place, value in enumerate(values))
    answers = "".join(f'[answers."q{i}"]\nvalue = {value}\n' for i, value in enumerate(values))
    assert faults("case", case + facts + answers) == []
    assert faults("case", case + "[answers.q]\nvalue = 1.5\n") == ["answers.q.value"]


def test_the_format_is_required() -> None:
    assert "format" in schema("case")["required"]


def test_another_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no kind of file 'cases'; did you mean 'case'"):
        schema("cases")
