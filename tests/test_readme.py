"""What the README shows works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT, EXAMPLE, Run

BLOCKS = re.findall(
    r"^```(\w*)\n(.*?)^```", (CHECKOUT / "README.md").read_text(), flags=re.DOTALL | re.MULTILINE
)


def block(language: str, holding: str) -> str:
    """The one code block in ``language`` that holds these words."""
    (found,) = [text for kind, text in BLOCKS if kind == language and holding in text]
    return found


def test_the_five_minutes_run_as_written(sqs: Run) -> None:
    lines = [line.split("  #")[0] for line in block("sh", "sqs new pilot").splitlines()]
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("sqs") and "tui" not in line]
    assert len(commands) == 8
    codes = {" ".join(command[:1]): sqs(*command).returncode for command in commands}
    assert set(codes.values()) == {0}


def test_the_library_block_prints_what_its_comments_say(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "darlington-2012")
    code = block("python", "sqs_core.open_inspection")
    path = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria")))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert "# " + lines[0] in code
    assert "2.2 seven of the ten cases roh.plan 7 10 ('01', '02', '03', '04', '05', '06', '10')" in lines


def test_the_renderer_written_from_the_readme_renders(
    sqs: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, darlington: Path
) -> None:
    project = block("toml", "sqs-headings")
    (entry_point,) = re.findall(r"\[project.entry-points.sqs\]\n(.*)", project)
    site = tmp_path / "site"
    info = site / "sqs_headings-0.1.dist-info"
    info.mkdir(parents=True)
    (site / "sqs_headings.py").write_text(block("python", "def headings"))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sqs-headings\nVersion: 0.1\n")
    (info / "entry_points.txt").write_text(f"[sqs]\n{entry_point.replace(chr(34), '')}\n")
    monkeypatch.setenv("PYTHONPATH", str(site))
    done = sqs("report", darlington, "-r", "headings")
    assert done.returncode == 0
    assert "seven of the ten cases (7 of 10)" in done.stdout


def test_the_record_shown_is_the_one_in_the_example() -> None:
    assert block("toml", '[answers."roh.plan"]').strip() in (EXAMPLE / "cases" / "07.toml").read_text()


def test_every_place_that_the_map_names_is_there_and_every_room_is_on_it() -> None:
    page = (CHECKOUT / "docs" / "architecture.md").read_text()
    there = {f"/{path.relative_to(CHECKOUT).as_posix()}" for path in (CHECKOUT / "src").rglob("*.py")}
    folders = {f"/{path.relative_to(CHECKOUT).as_posix()}/" for path in (CHECKOUT / "src").rglob("*/")}
    named = re.findall(r"`([\w/]+(?:\.py|/))`", page)
    missing = [name for name in named if not any(place.endswith(f"/{name}") for place in there | folders)]
    assert [name for name in missing if not (CHECKOUT / name).exists()] == []
    rooms = {place.split("/")[3].removesuffix(".py") for place in there if place.startswith("/src/sqs_core/")}
    picture = page.partition("```mermaid")[2].partition("```")[0]
    assert [room for room in sorted(rooms - {"__init__"}) if not re.search(rf"\b{room}\b", picture)] == []
