"""Running the real program in plain mode, for the tests of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import warm

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def environment() -> Callable[..., dict[str, str]]:
    """The environment of a program run from this checkout, with nothing of the tester's own."""

    def made(**changes: str) -> dict[str, str]:
        homes = (
            "PATH",
            "HOME",
            "SYSTEMROOT",
            "USERPROFILE",
            "LOCALAPPDATA",
            "TEMP",
        )  # the last four are Windows'
        # And what Python takes from it at its start: the process that is forked is one with that of other tests.
        start = ("PYTHON", "LC_", "LANG")
        kept = {name: told for name, told in os.environ.items() if name in homes or name.startswith(start)}
        path = os.pathsep.join(str(ROOT / part) for part in ("src", "criteria"))
        return {**kept, "PYTHONPATH": path, "TERM": "xterm"} | changes

    return made


@pytest.fixture(scope="session")
def sqs(environment: Callable[..., dict[str, str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``sqs`` with arguments, and lines ``typed`` on its standard input, each ended by Enter."""

    def run(
        *arguments: object, typed: tuple[str, ...] | bytes = (), cwd: Path | None = None, **changes: str
    ) -> subprocess.CompletedProcess[str]:
        data = typed if isinstance(typed, bytes) else "".join(f"{line}\n" for line in typed).encode()
        return warm.read(warm.run(arguments, cwd=cwd, env=environment(**changes), typed=data))

    return run


@pytest.fixture
def leeds(tmp_path: Path) -> Path:
    """A new inspection of three blank cases."""
    from datetime import date

    from sqs_core.records.inspection import Inspection
    from sqs_core.storage.create import new_inspection
    from sqs_core.storage.library import load_criteria

    criteria = load_criteria("sqs-2012")
    inspection = Inspection("Leeds YJS", criteria.id, criteria.hash, first_day=date(2026, 11, 23))
    return new_inspection(tmp_path / "leeds", inspection, criteria, cases=3).path


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], str]:
    """A value for EDITOR: Python code that is run with the name of the note's file in ``note``."""

    def made(code: str) -> str:
        script = tmp_path / "editor.py"
        script.write_text(f"import sys\nfrom pathlib import Path\nnote = Path(sys.argv[1])\n{code}\n")
        return f'"{sys.executable}" "{script}"'

    return made
