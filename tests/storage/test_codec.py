"""Records as the bytes of their files."""

from __future__ import annotations

import pytest
import tomli_w
from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.override import Override
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.codec import encode
from sqs_core.storage.formats import FORMAT
from sqs_core.storage.guard import END_MARK, parse_toml
from sqs_core.storage.library import load_criteria
from sqs_core.storage.structure import unstructured


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    return load_criteria("sqs-2012", plugins=False)


def awkward(record: CaseRecord) -> list[CaseRecord]:
    """``record`` as it is, without an answer, with lines and quotes in one, and overridden."""
    note = Answer(None, (), 'He said """no""" \\ twice.\n\n[answers."x"]\n\tand\n')
    override = Override("roh.plan", "sufficient", "insufficient", "seen", "2012-11-28T16:05:00Z", "HR")
    return [
        record,
        evolve(record, answers={}),
        evolve(record, answers={}, facts={}),
        record.answering("roh.plan", note),
        evolve(record, answers={"roh.plan": Answer()}),
        record.overriding(override),
    ]


def test_a_file_is_what_the_writer_of_toml_makes_of_the_whole_record(criteria: Criteria) -> None:
    for synthetic in synthetic_records(criteria, 20, 1, practice=False):
        for record in awkward(synthetic):
            table = {"format": FORMAT, **unstructured(record)}
            for key, order in (("facts", criteria.facts), ("answers", criteria.questions)):
                if key in table:
                    table[key] = {o.id: table[key][o.id] for o in order if o.id in table[key]}
            whole = f"{tomli_w.dumps(table, multiline_strings=True)}\n{END_MARK}\n"
            assert encode(record, criteria).decode() == whole


def test_what_a_file_says_is_the_table_of_its_record(criteria: Criteria) -> None:
    for synthetic in synthetic_records(criteria, 20, 1, practice=False):
        for record in awkward(synthetic):
            said = parse_toml(encode(record, criteria), "07.toml", end_mark=True)
            assert said == {"format": FORMAT, **unstructured(record)}
