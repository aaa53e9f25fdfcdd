"""The first frame: the names of the cases, at the places where the grid then has them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from tests.twice import marked_twice

from sqs_core.cli import main
from sqs_core.storage.layout import cases_listed
from sqs_tui.app import SqsApp


class Unread(SqsApp):
    """The application, which reads the folder only when it is told to."""

    def read(self, folder: str) -> None:
        """Not yet."""

    def read_now(self) -> None:
        """As it would have done at once."""
        folder = self.folder_asked_for
        assert folder is not None
        super().read(folder)


def frames(
    folder: Path, stage: Any, size: tuple[int, int] = (80, 24), **how: bool
) -> tuple[list[str], list[str]]:
    """The rows of the screen before a record is read, and once all are in."""

    async def go() -> tuple[list[str], list[str]]:
        app = Unread(str(folder), **how)
        async with app.run_test(size=size) as pilot:
            on = stage(app, pilot)
            await on.wait()
            await on.settled()
            await pilot.pause()
            first = on.text().split("\n")
            app.read_now()
            await on.records_in()
            await pilot.pause()
            return first, on.text().split("\n")

    return asyncio.run(go())


def names(rows: list[str]) -> dict[int, str]:
    """The case named in each row of the grid."""
    found = (
        (y, re.match(r" {6}(\w+)", row.replace("▶", " ").replace("●", " "))) for y, row in enumerate(rows)
    )
    return {y: match[1] for y, match in found if match and match[1] != "Case"}


@pytest.mark.parametrize(("size", "listed"), [((60, 18), 8), ((80, 24), 14), ((120, 40), 14)])
def test_the_names_stand_where_the_grid_then_has_them(
    size: tuple[int, int], listed: int, example: Path, stage: Any
) -> None:
    first, then = frames(example, stage, size)
    assert names(first) == names(then)
    assert len(names(first)) == listed
    assert first[0].strip() == "opening darlington-2012 …"
    assert first[-2].strip() == "reading 14 records …"
    assert [first[y] for y in (1, 2)] == [then[y] for y in (1, 2)]
    assert first[-1] == then[-1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_of_a_thousand_cases_those_in_view_are_named_and_none_of_them_moves(
    size: tuple[int, int], tmp_path: Path, stage: Any
) -> None:
    folder = tmp_path / "thousand"
    assert main(["synth", str(folder), "--cases", "1"]) == 0
    data = (folder / "cases" / "01.toml").read_text()
    (folder / "cases" / "01.toml").unlink()
    for number in range(1000):
        text = data.replace('case = "01"', f'case = "{number:04}"')
        (folder / "cases" / f"{number:04}.toml").write_text(text)
    first, then = frames(folder, stage, size)
    assert 13 < len(names(first)) < 40
    assert names(first).items() <= names(then).items()
    assert first[-2].strip() == "reading 1000 records …"


def test_an_inspection_without_cases_names_none_and_says_so_once_it_is_read(
    example: Path, stage: Any
) -> None:
    for path in (example / "cases").iterdir():
        path.unlink()
    first, then = frames(example, stage)
    assert names(first) == {}
    assert first[-2].strip() == "reading …"
    assert "No cases yet." in "".join(then)


def test_the_second_inspector_sees_the_names_of_the_cases_drawn_and_no_others(
    example: Path, stage: Any
) -> None:
    marked_twice(example)
    first, _ = frames(example, stage, second=True)
    assert list(names(first).values()) == ["05", "06", "07", "14"]
    assert first[-2].strip() == "reading 4 records …"


def test_in_ascii_the_first_frame_holds_nothing_else(example: Path, stage: Any) -> None:
    first, _ = frames(example, stage, (120, 40), ascii_marks=True)
    assert "".join(first).isascii()


def test_the_listing_tells_names_in_their_order_and_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    assert cases_listed(tmp_path) == ()  # no inspection: somebody's other folder is not told of
    (tmp_path / "inspection.toml").touch()
    for name in ("10.toml", "2.toml", ".3.toml.tmp", ".4.toml", "notes.txt"):
        (tmp_path / "cases" / name).touch(mode=0)
    assert cases_listed(tmp_path) == ("2", "10")
    assert cases_listed(tmp_path, second=True) == ()
    assert cases_listed(tmp_path / "none") == ()


def test_a_palette_opened_while_the_records_are_read_stays_open_and_finds_what_they_allow(
    example: Path, stage: Any
) -> None:
    async def go() -> str:
        app = Unread(str(example))
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            await on.settled()
            await on.keys("^P")
            app.read_now()
            while app.workspace is None:
                await asyncio.sleep(0.01)
            await on.keys("the list of strengths", "Enter")
            await on.settled()
            return str(on.text())

    assert "Letter ▸ Outstanding strengths" in asyncio.run(go())
