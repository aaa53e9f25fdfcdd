"""What goes into the wheel: the packages, the criteria, the example and the types marker."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def test_the_wheel_holds_everything_that_is_needed_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    (manual,) = (name for name in names if ".data/" in name)
    assert manual.endswith(".data/data/share/man/man1/sqs.1")
    names.remove(manual)
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"sqs_core", "sqs_tui", "sqs_criteria"}
    sources = {
        path.relative_to(root).as_posix()
        for root in (CHECKOUT / "src", CHECKOUT / "criteria")
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    example = CHECKOUT / "examples"
    sources |= {
        "sqs_core/examples/" + path.relative_to(example).as_posix()
        for path in (example / "darlington-2012").rglob("*.toml")
    }
    assert {name for name in names if ".dist-info/" not in name} == sources
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_windows_package_pins_all_that_the_program_and_its_plugins_need_by_hash() -> None:
    needed = set()
    for place in (
        CHECKOUT,
        *(CHECKOUT / "plugins" / f"sqs-{name}" for name in ("docx", "odf", "pdf", "xlsx")),
    ):
        project = tomllib.loads((place / "pyproject.toml").read_text("utf-8"))["project"]
        needed |= {re.split(r"[^A-Za-z0-9_-]", line)[0].lower() for line in project["dependencies"]}
    lines = (CHECKOUT / "packaging" / "windows" / "packages.txt").read_text().splitlines()
    pinned = {line.split("==")[0] for line in lines}
    assert needed - {"sqs-screening"} <= pinned
    assert [
        line for line in lines if not re.fullmatch(r"[a-z0-9-]+==\S+ --hash=sha256:[0-9a-f]{64}", line)
    ] == []
