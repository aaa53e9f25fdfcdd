"""Facts of many cases from a CSV file."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from conftest import Run
from sqs_core.storage.atomic import ANY
from sqs_core.storage.folder import open_inspection


@pytest.fixture
def leeds(sqs: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inspection of three cases under local-audit, on a computer that remembers nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sqs("new", "leeds", "--service", "S", "--dates", "2026-11-23", "--cases", 3, "--criteria", "local-audit")
    return tmp_path / "leeds"


def facts(folder: Path) -> dict[str, dict[str, object]]:
    cases, _ = open_inspection(folder).cases()
    return {case.case: {name: str(value) for name, value in case.facts.items()} for case in cases}


def test_facts_are_filled_in_from_a_file_whose_columns_are_told_once(sqs: Run, leeds: Path) -> None:
    file = leeds.with_name("export.csv")
    file.write_text(
        "Ref;Open long enough to need a review;setting;Opened;Team\n"
        "1;yes;In custody;14/09/2026;North\n2;N;community;;North\n3;;;;\n88;yes;;;South\n"
    )
    told = ("--column", "case=Ref")
    dry = sqs("case", "import", "leeds", file, *told)
    assert (dry.returncode, dry.stdout) == (
        0,
        "case 01: review_due=yes, setting=custody, opened=2026-09-14\ncase 02: review_due=no, setting=community\n",
    )
    assert dry.stderr.splitlines() == [
        "no facts of local-audit, and left out: Team",
        "5 facts of 2 cases would be filled in; 1 row about other cases",
        "sqs: nothing was written; --apply does it",
    ]
    assert facts(leeds)["01"] == {}
    assert sqs("case", "import", "leeds", file, "--apply").returncode == 0  # what was told once is remembered
    assert facts(leeds) == {
        "01": {"review_due": "True", "setting": "custody", "opened": "2026-09-14"},
        "02": {"review_due": "False", "setting": "community"},
        "03": {},
    }
    file.write_text("Ref,setting\n1,community\n")
    again = sqs("case", "import", "leeds", file, "--apply")  # the column of the references is remembered
    assert again.stderr.splitlines() == [
        "case 01: recorded otherwise, and kept: setting; --replace takes the file's",
        "not in the file: 02, 03",
        "0 facts of 0 cases filled in",
    ]
    assert sqs("case", "import", "leeds", file, "--apply", "--replace").returncode == 0
    assert facts(leeds)["01"]["setting"] == "community"
    assert sqs("verify", "leeds").returncode == 0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("case,setting,surname\n1,custody,SECRET\n", "export.csv:1: F002 column 'surname' may hold a name"),
        (
            "case,started\n1,2011-05-01\n2,2010-01-01\n",
            "export.csv:1: F002 column 'started' holds dates a childhood ago",
        ),
        (
            "case,setting\n1,SECRET\n",
            "export.csv:2: F009 setting: is none of its choices; known: community, custody",
        ),
        (
            "case,review_due,opened\n1,SECRET,\n2,,SECRET\n",
            "export.csv:3: F009 opened: is not a date; write it as",
        ),
        ("case,setting\n1,custody\n01,custody\n", "export.csv:3: F005 repeats the case of line 2"),
        ("case,setting,Setting\n1,custody,custody\n", "export.csv:1: F008 two columns are for 'setting'"),
        ("case,setting\n1,custody,SECRET\n", "export.csv:2: F003 has more cells than the header"),
        ("ref,setting\n1,custody\n", "export.csv has no column 'case'; say which one holds the references"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_line_and_nothing_is_written(
    sqs: Run, leeds: Path, written: str, told: str
) -> None:
    leeds.with_name("export.csv").write_text(written)
    said = sqs("case", "import", "leeds", "export.csv", "--apply")
    assert (said.returncode in (2, 3), told in said.stderr, "SECRET" in said.stderr) == (True, True, False)
    assert facts(leeds) == {"01": {}, "02": {}, "03": {}}


def test_a_finished_case_is_not_changed_and_a_column_that_is_not_there_is_told(sqs: Run, leeds: Path) -> None:
    folder = open_inspection(leeds)
    folder.save_case(evolve(folder.case("01").record, status="finished"), expect=ANY)
    leeds.with_name("export.csv").write_text("case,setting\n1,custody\n2,custody\n")
    said = sqs("case", "import", "leeds", "export.csv", "--apply")
    assert "case 01: is finished, and its facts would change; reopen it, or take its line out" in said.stderr
    assert facts(leeds)["02"] == {}
    said = sqs("case", "import", "leeds", "export.csv", "--column", "review_due=Due?")
    assert "has no column 'Due?'; it has: case, setting" in said.stderr
    said = sqs("case", "import", "leeds", "export.csv", "--column", "reviewdue=setting")
    assert "no fact 'reviewdue' in local-audit; did you mean 'review_due'?" in said.stderr
