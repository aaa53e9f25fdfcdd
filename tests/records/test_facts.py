"""Facts that are numbers, or several choices at once: recorded, refused, shown, exported and counted."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sqs_core.errors import RecordError
from sqs_core.storage.folder import open_inspection

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def audit(tmp_path: Path, sqs: Run) -> Path:
    """Four cases of the social care audit; of three is known how many visits there were."""
    folder = tmp_path / "audit"
    dates = ("--dates", "2026-11-23", "--cases", "children=4")
    sqs("new", folder, "--criteria", "social-care-audit", "--service", "Anytown", *dates)
    sqs("fact", folder, "01", "visits_made=6", "agencies_seen=police, school")
    sqs("fact", folder, "02", "visits_made=9", "agencies_seen=none of them")
    sqs("fact", folder, "03", "visits_made=13")
    return folder


def test_numbers_are_told_by_median_and_range_and_choices_as_k_of_n(
    audit: Path, sqs: Run, tmp_path: Path
) -> None:
    board = " ".join(sqs("summary", audit).stdout.split())
    assert "Visits in the last 12 weeks, 3 recorded: median 9, from 6 to 13" in board
    assert (
        "Agencies in the record, 2 recorded: school or nursery 1 of 2, health 0 of 2, police 1 of 2" in board
    )
    facts = {fact["id"]: fact for fact in json.loads(sqs("summary", audit, "--json").stdout)["facts"]}
    assert facts["visits_made"]["numbers"] == {"01": 6, "02": 9, "03": 13}
    assert (facts["visits_made"]["median"], facts["visits_made"]["range"]) == (9, [6, 13])
    assert facts["agencies_seen"]["cases"]["police"] == ["01"]
    some = sqs("summary", audit, "--where", "agencies_seen=police", "--json")
    assert json.loads(some.stdout)["cases"] == 1
    assert (
        "only cases with agencies_seen=police"
        in sqs("summary", audit, "--where", "agencies_seen=police").stdout
    )
    sqs("export", audit, "--to", tmp_path / "tables")
    with (tmp_path / "tables" / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (r["visits_made"], r["agencies_seen.police"], r["agencies_seen.health"])
            for r in csv.DictReader(file)
        ]
    assert rows == [("6", "true", "false"), ("9", "false", "false"), ("13", "", ""), ("", "", "")]


def test_what_is_no_such_number_or_choice_is_refused_where_typed_and_where_read(
    audit: Path, sqs: Run
) -> None:
    said = [sqs("fact", audit, "04", words).stderr.strip() for words in (
        "visits_made=100", "visits_made=2.5", "agencies_seen=scool", "agencies_seen=police,police"
    )]  # fmt: skip
    assert said == [
        "sqs: fact 'visits_made' is a whole number from 0 to 84, not 100",
        "sqs: fact 'visits_made' is a whole number, not '2.5'",
        "sqs: fact 'agencies_seen' has no choice 'scool'; did you mean 'school'? known: school, health, police, housing",
        "sqs: fact 'agencies_seen' has a choice twice; name each once",
    ]
    file = audit / "cases" / "02.toml"
    whole = file.read_text("utf-8")
    for wrong in ("true", '"9"', "[9]", "9.5", "85"):
        file.write_text(whole.replace("visits_made = 9", f"visits_made = {wrong}"), "utf-8")
        with pytest.raises(RecordError, match="02.toml:7"):
            open_inspection(audit).case("02")


def test_numbers_and_choices_come_from_a_csv_and_are_merged_in_words(
    audit: Path, sqs: Run, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(audit, tmp_path / "other"))
    (tmp_path / "f.csv").write_text('Ref,Visits,Agencies\n04,7.0,"Police; school or nursery"\n', "utf-8")
    columns = [
        part
        for pair in ("case=Ref", "visits_made=Visits", "agencies_seen=Agencies")
        for part in ("--column", pair)
    ]
    done = sqs("case", "import", audit, tmp_path / "f.csv", *columns, "--apply")
    assert done.stdout.strip() == "child's case 04: visits_made=7, agencies_seen=school, police"
    (tmp_path / "f.csv").write_text("Ref,Visits,Agencies\n03,85,polis\n", "utf-8")
    refused = sqs("case", "import", audit, tmp_path / "f.csv", *columns).stderr
    assert "visits_made: is not a whole number from 0 to 84" in refused
    assert "polis" not in refused
    sqs("fact", audit, "03", "agencies_seen=none of them")
    sqs("fact", other, "03", "agencies_seen=police, housing")
    assert sqs("merge", audit, other).stdout.splitlines()[-3:] == [
        "    before: –",
        "    ours: none of them",
        "    other: police, housing",
    ]
