"""Questions whose answer is a number, a date, several choices or a text, on the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sqs_core.records.case import Answer
from sqs_core.records.inspection import Inspection
from sqs_core.storage.create import new_inspection
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.folder import open_inspection

FILE = Path(__file__).parent.parent / "criteria" / "values.toml"


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    """An inspection of two blank cases with a question of each kind."""
    data = FILE.read_bytes()
    criteria = read_criteria(data, FILE.name)
    inspection = Inspection(
        service="Anytown", criteria=criteria.id, criteria_hash=criteria.hash, first_day=date(2026, 11, 23)
    )
    return new_inspection(tmp_path / "audit", inspection, criteria, cases=2, kept=data).path


def answers(audit: Path) -> dict[str, Answer]:
    return dict(open_inspection(audit).case("01").record.answers)


def test_each_kind_is_answered_by_a_few_keys(audit: Path, play: Any) -> None:
    typed = (
        *("^G", "01 plan", "Enter", "y", "Enter"),
        *("99", "Enter", "12", "Enter"),  # refused, and typed anew
        *("1", "3", "1", "2", "Enter"),  # ticked, unticked
        *("26/11/2012", "Enter", "[", "k", "u", "]", "28 Nov 2012", "Enter"),
    )
    played = play(audit, *typed, "e", "An earlier visit.", "^J", size=(120, 40))
    given = answers(audit)
    assert given["visits"] == Answer("recorded", value=12)
    assert given["agencies"] == Answer("recorded", value=("school", "health"))
    assert (given["referred"].value, given["seen"].value) == (date(2012, 11, 26), date(2012, 11, 28))
    assert given["words"] == Answer("recorded", evidence="An earlier visit.")
    assert given["intime"].outcome == "sufficient"
    assert "# agencies              2 of 3" in played.text, "the outline tells it"
    shared = play(audit, "^G", "01 visits", "Enter", "k", "Z", "7", "Enter", "]", "0", "u")
    assert answers(audit)["visits"] == Answer("recorded", value=7)
    assert "●   2    school" in shared.text
