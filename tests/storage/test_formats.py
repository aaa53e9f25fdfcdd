"""Every format that was ever shipped can be read; an older one is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from changing import change
from sqs_core.criteria import Criteria
from sqs_core.errors import RecordError
from sqs_core.records import Inspection, Narrative
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.storage import record_files
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.record_files import decode, encode

FIXTURES = Path(__file__).parent / "formats"


def shipped(format: int, name: str) -> bytes:
    return (FIXTURES / str(format) / name).read_bytes()


def test_every_shipped_format_has_its_fixtures() -> None:
    assert {p.name for p in FIXTURES.iterdir() if p.name.isdigit()} == {
        str(n) for n in range(1, record_files.FORMAT + 1)
    }


@pytest.mark.parametrize("format", range(1, record_files.FORMAT + 1))
def test_records_of_a_shipped_format_are_read_whole(format: int, criteria: Criteria) -> None:
    inspection = decode(shipped(format, "inspection.toml"), Inspection, "inspection.toml")
    # The criteria may have gained a new content since; the format is what is tested here.
    pinned = evolve(criteria, hash=inspection.criteria_hash)
    case = decode(shipped(format, "cases/07.toml"), CaseRecord, "cases/07.toml", pinned)
    interview = decode(shipped(format, "interviews/A.toml"), Interview, "interviews/A.toml", pinned)
    narrative = decode(shipped(format, "letter.toml"), Narrative, "letter.toml")
    assert (case.case, len(case.answers), case.overrides[0].authority) == ("07", 22, "lead inspector")
    assert (interview.person, len(narrative.strengths) > 0) == ("A", True)
    assert decode(encode(case, pinned), CaseRecord, "again", pinned) == case


@pytest.fixture
def format_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """A way from the synthetic format 0, which was never shipped."""

    def upgrade(parsed: dict[str, Any]) -> dict[str, Any]:
        return {("case" if key == "id" else key): value for key, value in parsed.items()}

    monkeypatch.setitem(record_files.UPGRADERS, 0, upgrade)


@pytest.mark.usefixtures("format_0")
def test_an_older_format_is_read_as_it_would_be_written_today(folder: InspectionFolder) -> None:
    today = folder.case("07").record
    older = (FIXTURES / "0-synthetic" / "07.toml").read_bytes()
    assert decode(older, CaseRecord, "cases/07.toml", folder.criteria) == today


@pytest.mark.usefixtures("format_0")
def test_the_next_save_writes_the_format_of_today_and_keeps_a_copy(
    folder: InspectionFolder, told: list[str]
) -> None:
    older = (FIXTURES / "0-synthetic" / "07.toml").read_bytes()
    path = folder.path / "cases" / "07.toml"
    path.write_bytes(older)
    folder.case("07")
    assert path.read_bytes() == older  # reading changes nothing
    change(folder, "07", lambda s: s.attending(case_manager="XY"))
    (kept,) = path.parent.glob(".07.toml.format-0-????????")
    assert kept.read_bytes() == older
    assert path.read_text().startswith("format = 1\n")
    assert kept.name in told[0]


def test_without_a_way_from_it_an_older_format_is_refused_untouched(folder: InspectionFolder) -> None:
    older = (FIXTURES / "0-synthetic" / "07.toml").read_bytes()
    path = folder.path / "cases" / "07.toml"
    path.write_bytes(older)
    with pytest.raises(RecordError):
        folder.case("07")
    assert path.read_bytes() == older
