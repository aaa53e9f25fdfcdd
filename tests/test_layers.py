"""Imports run one way, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parent.parent / "src"
# A room may import from itself and from the rooms before it.
ORDER = (
    "errors",
    "text",
    "state",
    "lean",
    "criteria",
    "records",
    "scoring",
    "letter",
    "exports",
    "renderers",
    "plugins",
    "storage",
    "cli",
)
# What a command that only reads can do without.
FOR_OTHER_WORK = {
    "textual", "rich", "pluggy", "importlib.metadata", "email", "zipfile", "shutil", "tempfile",
    "hashlib", "getpass", "select", "signal", "tomli_w", "sqs_tui", "dataclasses", "typing_extensions",
    "sqs_core.criteria.lint.names", "sqs_core.claims", "sqs_core.letter.disclosure",
    "sqs_core.letter.lint_plan", "sqs_core.plugins.testing", "sqs_core.plugins.samples",
    "sqs_core.plugins.discovery", "sqs_core.records.migration", "sqs_core.records.second_marking",
    "sqs_core.records.session", "sqs_core.scoring.agreement", "sqs_core.scoring.sampling",
    "sqs_core.scoring.synthetic", "sqs_core.storage.audit.journal", "sqs_core.storage.linting",
    "sqs_core.storage.merge.apply", "sqs_core.storage.migrate.apply", "sqs_core.storage.schema",
    "sqs_core.storage.moderation.second", "sqs_core.storage.audit.undo",
}  # fmt: skip
FOR_OTHER_FORMATS = {
    f"sqs_core.renderers.{name}" for name in ("board", "board_html", "claim_map", "grid", "json", "one_page")
}
ONLY_IN = {"pluggy": "plugins", "tomli_w": "storage", "tomllib": "storage"}


def modules() -> Iterator[tuple[Path, str]]:
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).parts
        yield path, room_of(parts[1].removesuffix(".py")) if parts[0] == "sqs_core" else parts[0]


def room_of(name: str) -> str:
    """The letter and the claims of it still read each other's documents: one room, until reading has its own."""
    return "letter" if name == "claims" else name


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def test_rooms_import_only_from_the_rooms_before_them() -> None:
    wrong = []
    for path, room in modules():
        if room in ("sqs_tui", "__init__"):
            continue
        for name in imported(path):
            parts = name.split(".")
            if (
                parts[0] == "sqs_core"
                and len(parts) > 1
                and ORDER.index(room_of(parts[1])) > ORDER.index(room)
            ):
                wrong.append(f"{path.relative_to(SRC)} imports {name}")
    assert wrong == []


def test_the_core_knows_nothing_of_the_screens() -> None:
    wrong = [
        f"{path.relative_to(SRC)} imports {name}"
        for path, room in modules()
        for name in imported(path)
        if room != "sqs_tui" and name.split(".")[0] in ("textual", "rich")
    ]
    assert wrong == []


def test_only_the_command_line_opens_the_screens() -> None:
    opening = {
        str(path.relative_to(SRC))
        for path, room in modules()
        for name in imported(path)
        if room != "sqs_tui" and name.split(".")[0] == "sqs_tui"
    }
    assert opening == {"sqs_core/cli/tui.py"}


def test_each_foreign_word_is_spoken_in_one_room() -> None:
    wrong = [
        f"{path.relative_to(SRC)} imports {name}"
        for path, room in modules()
        for name in imported(path)
        if ONLY_IN.get(name.split(".")[0], room) != room
    ]
    assert wrong == []


def loaded_by(statement: str) -> set[str]:
    """The modules in a process of its own after ``statement``."""
    code = (
        f"import sys\nsys.path[:0] = ['src', 'criteria']\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=SRC.parent, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import sqs_core", {"textual", "rich", "attrs", "pluggy", "importlib.metadata"}),
        (
            "from sqs_core.cli import main; main(['--help'])",
            {"typing", "textual", "rich", "attr", "attrs", "pluggy", "importlib.metadata"},
        ),
        (
            "from sqs_core.cli import main; main(['--version'])",
            {"textual", "rich", "attr", "pluggy"},
        ),
        (
            "from sqs_core.cli import main; main(['summary', 'examples/darlington-2012'])",
            {
                *FOR_OTHER_WORK,
                *FOR_OTHER_FORMATS,
                "sqs_core.letter",
                "sqs_core.records.narrative",
                "sqs_core.storage.atomic",
                "sqs_core.storage.audit.history",
            },
        ),
        (
            "from sqs_core.cli import main; main(['report', 'examples/darlington-2012', '-r', 'html', '-o', '-'])",
            FOR_OTHER_WORK - {"pluggy"} | FOR_OTHER_FORMATS,
        ),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(statement: str, absent: set[str]) -> None:
    loaded = loaded_by(statement)
    assert "sqs_core" in loaded
    assert absent & loaded == set()


def test_a_session_has_loaded_what_saving_takes_before_the_disk_can_fail() -> None:
    opened = "import sqs_core; sqs_core.open_inspection('examples/darlington-2012').session('01')"
    saved = f"{opened}; import tomli_w, sqs_core.storage.audit.journal"
    assert loaded_by(saved) - loaded_by(opened) == set()
