"""What stands beside the question of the other cases: the number of all of them, at no cost to a key."""

from __future__ import annotations

import asyncio
import re
import sys
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tests.tui.conftest import LOOK
from tests.twice import marked_twice

from sqs_core.cli import main
from sqs_core.records import CaseRecord
from sqs_core.records.override import Override
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.record_files import encode
from sqs_core.workflow.progress import ProgressOfCases
from sqs_tui.app import SqsApp

QUESTION, ASKED_OF_ALL = "roh.plan", "lor.plan"
WIDE = (120, 40)
LOOKS = {CaseRecord.judged.__code__: "self", ProgressOfCases.of.__code__: "record"}
"""Where a record is looked at, and the name that it has there."""


def with_cases(folder: Path, number: int) -> InspectionFolder:
    """The inspection in ``folder`` with the first ``number`` of a thousand synthetic cases for its own."""
    inspection = open_inspection(folder)
    for path in (folder / "cases").iterdir():
        path.unlink()
    for record in islice(synthetic_records(inspection.criteria, 1000, 1, practice=False), number):
        (folder / "cases" / f"{record.case}.toml").write_bytes(encode(record, inspection.criteria))
    return inspection


def beside(rows: list[str]) -> tuple[int, int]:
    """How many other cases the panel says are good enough, and how many not; the first of these it lists."""
    good = next(row for row in rows if "yes so far" in row).split("▏")[-1]
    poor = next((row for row in rows if "no so far" in row), "").split("▏")[-1]
    listed = sum(bool(re.match(r"\s+\d+ no\b(?! so far)", row.split("▏")[-1])) for row in rows)
    return int(good.split()[0]), listed + (int(poor.split()[0]) if poor else 0)


@pytest.mark.parametrize("place", [0, -1])
def test_the_panel_counts_every_other_case_and_not_the_present_one(
    place: int, example: Path, play: Any
) -> None:
    inspection = with_cases(example, 100)
    tally = findings_of(inspection).tally(QUESTION)
    case = tally.judged[place]
    shown = beside(
        play(example, "G", f"case {case}", "Enter", "G", f"{case} {QUESTION}", "Enter", size=WIDE).rows
    )
    good, poor = ([c for c in cases if c != case] for cases in (tally.sufficient_cases, tally.other_cases))
    assert len(tally.judged) > 60
    assert shown == (len(good), len(poor))


def test_the_panel_follows_a_change_in_another_case_and_what_an_override_says(
    example: Path, play: Any
) -> None:
    folder = open_inspection(example)
    stored = folder.case("08")
    keys = (
        "G",
        f"07 {QUESTION}",
        "Enter",
        LOOK,
        "G",
        f"04 {QUESTION}",
        "Enter",
        "n",
        "G",
        f"07 {QUESTION}",
        "Enter",
    )
    played = play(example, *keys, size=WIDE)
    assert [beside(seen.rows) for seen in (*played.looks, played)] == [(7, 2), (6, 3)]
    made = Override(
        QUESTION, "insufficient", "sufficient", "seen at moderation", "2012-11-28T16:05:00Z", "lead"
    )
    folder.save_case(stored.record.overriding(made), expect=stored.hash)
    assert beside(play(example, "G", f"07 {QUESTION}", "Enter", size=WIDE).rows) == (7, 2)


def test_a_case_that_is_shut_for_its_second_marking_is_in_no_number(example: Path, play: Any) -> None:
    keys = ("G", f"10 {ASKED_OF_ALL}", "Enter")
    good, poor = beside(play(example, *keys, size=WIDE).rows)
    marked_twice(example)  # 14, which was a yes, is still being marked
    assert beside(play(example, *keys, size=WIDE).rows) == (good - 1, poor)


def records_looked_at(folder: Path, stage: Any, *keys: str) -> list[int]:
    """For each of ``keys``, pressed on case 0001, how often the record of another one was looked at."""

    async def go() -> list[int]:
        app = SqsApp(str(folder))
        async with app.run_test(size=WIDE) as pilot:
            on = stage(app, pilot)
            await on.records_in()
            await on.keys("G", f"0001 {ASKED_OF_ALL}", "Enter")
            found = []
            for key in keys:
                count = 0

                def counting(frame: FrameType, event: str, _: object) -> None:
                    nonlocal count
                    if event == "call" and frame.f_code in LOOKS:
                        count += frame.f_locals[LOOKS[frame.f_code]].case != "0001"

                sys.setprofile(counting)
                await on.keys(key)
                sys.setprofile(None)
                found.append(count)
            app.autosave.flush(9)
            return found

    return asyncio.run(go())


def test_an_answer_looks_at_as_many_records_among_a_thousand_cases_as_among_fourteen(
    tmp_path: Path, stage: Any
) -> None:
    found = {}
    for number in (14, 1000):
        target = tmp_path / str(number)
        assert main(["synth", str(target), "--cases", "1"]) == 0
        with_cases(target, number)
        found[number] = records_looked_at(target, stage, "n", "y", "n", "1", "u", "]", "[", "]")
    assert found[14][:5] == found[1000][:5] == [0, 0, 0, 0, 0]
    # A question that comes into view the first time is looked through once, and then never again.
    assert 13 <= found[14][5] < 999 <= found[1000][5]
    assert found[14][6:] == found[1000][6:] == [0, 0]
