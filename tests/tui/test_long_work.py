"""Long work: the screens go on meanwhile, its progress stands in row 1, and Esc gives it up."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from sqs_core.cli import main
from sqs_core.workflow.outputs import Output
from sqs_tui.app import SqsApp
from sqs_tui.exports import write_outputs


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inspection of a thousand cases."""
    target = tmp_path_factory.mktemp("big") / "thousand"
    assert main(["synth", str(target), "--cases", "1000"]) == 0
    return target


async def press(app: SqsApp, on: Any, key: str) -> None:
    """Have the screen in view take a key, and show its effect; long work is not waited for."""
    app.post_message(events.Key(key, key if len(key) == 1 else "?" if key == "question_mark" else None))
    await on.wait()
    while app.busy:
        await asyncio.sleep(0.005)
    await on.wait()


def test_the_first_frame_of_a_thousand_cases_is_there_before_they_are_and_keys_work(
    thousand: Path, stage: Any
) -> None:
    async def go() -> tuple[str, str, str, int]:
        app = SqsApp(str(thousand))
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            await on.wait()
            first, unread = on.text(), app.workspace is None
            await press(app, on, "question_mark")
            helped = on.text()
            await press(app, on, "enter")
            await on.records_in()
            assert unread
            return first, helped, on.text(), len(app.workspace.cases)

    first, helped, then, cases = asyncio.run(go())
    assert "reading 1000 records" in first
    assert "Help ▸ opening" in helped
    assert "1000 of 1000 cases" in then.split("\n")[0]
    assert cases == 1000


def test_esc_gives_up_reading_and_the_start_screen_says_so(thousand: Path, stage: Any) -> None:
    async def go() -> tuple[str, bool]:
        app = SqsApp(str(thousand))
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            while not app.reading:
                await asyncio.sleep(0.001)
            await press(app, on, "escape")
            await on.settled()
            await pilot.pause()
            return on.text(), app.workspace is None

    text, closed = asyncio.run(go())
    assert text.split("\n")[0].startswith(" reading was given up; nothing was changed")
    assert "Short Quality Screening" in text
    assert closed


def handing(stage: Any, folder: Path, target: Path, *keys: str) -> tuple[list[str], list[bool]]:
    """Row 1 while a file is being made, after each of ``keys``, and at the end; whether the file is there."""

    async def go() -> tuple[list[str], list[bool]]:
        app = SqsApp(str(folder))
        let, rows, there = threading.Event(), [], []
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            await on.records_in()

            def make(on_progress: Any) -> Output:
                on_progress("3 of 9")
                let.wait(10)
                return Output({target: b"whole"}, "render")

            write_outputs(app, app.workspace.folder, "writing the board", make)
            while "3 of 9" not in on.text():
                await asyncio.sleep(0.01)
            for key in keys:
                await press(app, on, key)
                rows.append(on.text())
            there.append(target.exists())
            let.set()
            await on.settled()
            await pilot.pause()
            rows.append(on.text())
            there.append(target.exists())
            return rows, there

    return asyncio.run(go())


def test_keys_work_while_a_file_is_made(example: Path, tmp_path: Path, stage: Any) -> None:
    rows, there = handing(stage, example, tmp_path / "board.html", "down", "down")
    assert " ▶ ●  03 " in rows[1]
    assert "writing the board … 3 of 9  Esc gives up" in rows[1].split("\n")[0]
    assert f"written to {tmp_path}"[:40] in rows[-1].split("\n")[0]
    assert there == [False, True]


def test_a_file_that_was_given_up_is_not_there_and_nothing_of_it(
    example: Path, tmp_path: Path, stage: Any
) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    rows, there = handing(stage, example, tmp_path / "board.html", "escape")
    assert "giving up" in rows[0].split("\n")[0]
    assert "given up: writing the board; nothing was written" in rows[-1].split("\n")[0]
    assert there == [False, False]
    assert [
        name for name in sorted(p.name for p in tmp_path.iterdir()) if name not in (*before, "state")
    ] == []


def test_q_while_a_file_is_made_ends_when_it_is_written_and_says_where_it_is(
    example: Path, tmp_path: Path, stage: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "board.html"

    async def go() -> tuple[str, bool]:
        app, let = SqsApp(str(example)), threading.Event()
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            await on.records_in()

            def make(on_progress: Any) -> Output:
                let.wait(10)
                return Output({target: b"whole"}, "render")

            write_outputs(app, app.workspace.folder, "writing the board", make)
            await press(app, on, "q")
            row, running = on.text().split("\n")[0], app.is_running
            let.set()
            while app.return_code is None:
                await asyncio.sleep(0.01)
        return row, running

    row, running = asyncio.run(go())
    assert row == " writing the board …  then sqs ends; q again ends it now"
    assert running
    assert target.read_bytes() == b"whole"
    assert "".join(capsys.readouterr().err.split()) == f"writtento{target}"


def test_a_second_long_thing_waits_for_the_first(example: Path, tmp_path: Path, stage: Any) -> None:
    async def go() -> tuple[str, list[str]]:
        app, let, done = SqsApp(str(example)), threading.Event(), []
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            while app.workspace is None:
                await asyncio.sleep(0.01)
            app.begin("writing the board", lambda told: let.wait(10), lambda result: done.append("first"))
            app.begin("writing the letter", lambda told: True, lambda result: done.append("second"))
            await on.wait()
            row = on.text().split("\n")[0]
            let.set()
            await on.settled()
            await pilot.pause()
            return row, done

    row, done = asyncio.run(go())
    assert row == " still writing the board; Esc gives it up"
    assert done == ["first"]
