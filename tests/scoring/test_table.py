"""The tables for analysts: every state told apart, nothing lost on the way to CSV and back."""

from __future__ import annotations

from datetime import date

import pytest

from sqs_core import Answer, CaseRecord, Criteria, InspectionFolder, State, question_states
from sqs_core.exports.csv_file import csv_bytes
from sqs_core.exports.table import Column, Table, export_tables
from tables import read_csv


def rows_of(folder: InspectionFolder, name: str, *, text: bool = False) -> list[dict[str, str]]:
    made = export_tables(folder.criteria, folder.cases()[0], folder.interviews()[0], text=text)
    return read_csv(csv_bytes(next(table for table in made if table.name == name)))


def test_the_answers_come_back_as_the_records_have_them(example: InspectionFolder) -> None:
    records = {record.case: record for record in example.cases()[0]}
    rows = rows_of(example, "answers", text=True)
    assert len(rows) == 14 * 25
    for row in rows:
        record = records[row["case"]]
        state = question_states(example.criteria, record)[row["question"]]
        answer = record.answer(row["question"])
        expected = {State.ANSWERED: "yes" if answer.outcome == "sufficient" else "no"}.get(state, state.value)
        assert row["answer"] == expected
        assert row["outcome"] == (answer.outcome or "")
        assert tuple(row["reasons"].split()) == answer.reasons
        assert (row["evidence"], row["said"]) == (answer.evidence, answer.said)


def test_the_wide_table_agrees_with_the_long_one(example: InspectionFolder) -> None:
    wide = {row["case"]: row for row in rows_of(example, "cases")}
    for row in rows_of(example, "answers"):
        assert wide[row["case"]][row["question"]] == (row["outcome"] or row["answer"])


def test_the_seven_words_are_all_told_apart(criteria: Criteria) -> None:
    record = CaseRecord(
        case="01",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        facts={"psr_prepared": False, "review_due": True, "vulnerability_identified": True},
    )
    for question, outcome in (
        ("lor.assess", "sufficient"),
        ("lor.assess.timely", "insufficient"),
        ("vul.plan", "absent"),
        ("lor.plan", "not-applicable"),
        ("roh.assess", "not-known"),
        ("lor.psr", "insufficient"),
    ):
        record = record.answering(question, Answer(outcome=outcome, reasons=("other",), evidence="a note"))
    answers = read_csv(csv_bytes(export_tables(criteria, [record], [], text=True)[0]))
    found = {row["question"]: (row["answer"], row["outcome"]) for row in answers}
    assert found["lor.assess"] == ("yes", "sufficient")
    assert found["lor.assess.timely"] == ("no", "insufficient")
    assert found["vul.plan"] == ("no", "absent")
    assert found["lor.plan"] == ("not-applicable", "not-applicable")
    assert found["roh.assess"] == ("not-known", "not-known")
    assert found["lor.psr"] == ("parked", "")
    assert found["roh.plan"] == ("not-asked", "")
    assert found["vul.assess"] == ("unanswered", "")
    parked = next(row for row in answers if row["question"] == "lor.psr")
    assert (parked["reasons"], parked["evidence"]) == ("", "")


def test_no_free_text_leaves_without_being_asked_for(example: InspectionFolder) -> None:
    made = export_tables(example.criteria, example.cases()[0], example.interviews()[0])
    everything = b"".join(csv_bytes(table) for table in made).decode()
    for record in example.cases()[0]:
        for answer in record.answers.values():
            for note in (answer.evidence, answer.said, answer.learning, answer.strength):
                assert not note or note not in everything
    assert {"inspector", "case_manager", "order_length"}.isdisjoint(c.name for t in made for c in t.columns)


def test_practice_records_are_left_out(criteria: Criteria) -> None:
    record = CaseRecord(case="01", criteria=criteria.id, criteria_hash=criteria.hash, practice=True)
    assert [len(table.rows) for table in export_tables(criteria, [record], [])][:2] == [0, 0]


def test_the_codebook_explains_every_column_and_every_value(example: InspectionFolder) -> None:
    made = export_tables(example.criteria, example.cases()[0], example.interviews()[0])
    book = rows_of(example, "codebook")
    described = {(row["table"], row["column"]) for row in book}
    assert described == {(t.name, c.name) for t in made if t.name != "codebook" for c in t.columns}
    for table in made[:-1]:
        for place, column in enumerate(table.columns):
            if column.kind == "category" and column.values:
                known = {value for value, _ in column.values}
                assert {row[place] for row in table.rows} - {None} <= known


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20 7946 0000",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "  =1+1",
        "\n=1+1",
        "\u3000=1",
        "|calc",
        "%0A",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed_and_comes_back_as_it_was(text: str) -> None:
    data = csv_bytes(Table("t", (Column("c", "text", "c"),), ((text,),)))
    assert data.decode().splitlines(keepends=True)[1].lstrip('"').startswith("'")
    assert read_csv(data) == [{"c": text}]


@pytest.mark.parametrize("text", ["'tis", "''", "a,b", 'a "b"', "a\nb", "Tŷ-ddŵr", "=", "", "'=1"])
def test_any_other_text_comes_back_too(text: str) -> None:
    data = csv_bytes(Table("t", (Column("c", "text", "c"), Column("d", "text", "d")), ((text, "x"),)))
    assert read_csv(data) == [{"c": text, "d": "x"}]


def test_dates_are_iso_and_truth_is_spelt_out() -> None:
    columns = tuple(Column(name, "text", name) for name in "abc")
    data = csv_bytes(Table("t", columns, ((date(2012, 9, 3), True, None),)), bom=True)
    assert data == b"\xef\xbb\xbfa,b,c\r\n2012-09-03,true,\r\n"
