"""Imports run one way, between the rooms and inside them.

Every import counts: those inside a function and those for type checkers too.  A name taken from
the public face, ``sqs_core``, counts as taken from where it lives.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sqs_core

SRC = Path(__file__).resolve().parent.parent / "src"
# A room may import from itself and from the rooms before it; a file beside the rooms is a room.
ROOMS = (
    "errors", "text", "platform", "state", "criteria", "records", "scoring", "documents", "letter", "claims", "exports",
    "renderers", "plugins", "storage", "workflow", "cli",
)  # fmt: skip
SCREENS = ("widgets", "screens", "app")
# The folders inside a room: each may import from those before it.
INSIDE = {"sqs_core.storage": ("audit", "moderation", "merge", "migrate")}
# A folder that the files of its room do not import from.
ON_TOP = ("sqs_core.criteria.lint", "sqs_core.storage.merge", "sqs_core.storage.migrate")
ONLY_IN = {
    "pluggy": ("plugins",),
    "tomli_w": ("storage",),
    "tomli": ("storage", "claims"),  # the tables of languages come with the checker, not with a record
    "lark": ("claims",),
    "lxml": ("documents", "claims"),
}

# Still to be broken.  An entry goes when what it names is gone: the tests say so.
UPWARD = (
    "sqs_core.plugins.samples imports sqs_core.storage.library",
    "sqs_core.plugins.testing imports sqs_core.storage.criteria_files",
    "sqs_core.plugins.testing imports sqs_core.storage.lint_files",
)


def dotted(path: Path) -> str:
    """The name by which a source file is imported."""
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


FILES = {dotted(path): path for path in sorted(SRC.rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    """Every module that ``path`` imports from, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else home(node.module, alias.name)


def home(module: str, name: str) -> str:
    """Where ``name``, taken from ``module``, lives."""
    return sqs_core._HOMES.get(name, module) if module == "sqs_core" else module


@cache
def imports() -> dict[str, list[str]]:
    """What each module imports from."""
    return {name: sorted(set(imported(path)) - {name}) for name, path in FILES.items() if name != "sqs_core"}


def part(name: str, below: str) -> str:
    """The room, or the folder of a room, that module ``name`` belongs to; "" where it is not in ``below``."""
    return name.removeprefix(f"{below}.").partition(".")[0] if name.startswith(f"{below}.") else ""


def upward(below: str, order: Sequence[str]) -> list[str]:
    """The imports inside ``below`` from a part that comes later in ``order``."""
    rank = {name: place for place, name in enumerate(order)}
    return [
        f"{name} imports {taken}"
        for name, found in imports().items()
        for taken in found
        if rank.get(part(taken, below), -1) > rank.get(part(name, below), len(order))
    ]


def test_every_room_has_its_place() -> None:
    rooms = {part(name, "sqs_core") for name in FILES} - {""}
    assert rooms - set(ROOMS) == set()


def test_rooms_import_only_from_the_rooms_before_them() -> None:
    found = upward("sqs_core", ROOMS) + upward("sqs_tui", SCREENS)
    assert [line for line in found if line not in UPWARD] == []
    assert [line for line in UPWARD if line not in found] == [], "these are gone: take them out of UPWARD"


@pytest.mark.parametrize("room", INSIDE)
def test_the_folders_of_a_room_import_only_from_those_before_them(room: str) -> None:
    assert upward(room, INSIDE[room]) == []


def test_what_is_built_on_a_room_is_not_imported_by_it() -> None:
    wrong = [
        f"{name} imports {taken}"
        for name, found in imports().items()
        for taken in found
        for folder in ON_TOP
        if taken.startswith(folder) and name.rpartition(".")[0] == folder.rpartition(".")[0]
    ]
    assert wrong == []


def circles(imports: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Circles of modules: one after the other, each cut where it closes, until none is left."""
    left = {name: set(found) for name, found in imports.items()}
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]  # graphlib names what is imported first
            found.append(circle)
            left[circle[0]].discard(circle[1])
        else:
            return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert [" → ".join(circle) for circle in circles(imports())] == []


def test_a_circle_is_found_and_named_in_the_order_of_its_imports() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == [["a", "b", "c", "a"]]
    assert circles({"a": ["b"], "b": ["c"], "c": []}) == []


def test_the_core_knows_nothing_of_the_screens() -> None:
    wrong = [
        f"{name} imports {taken}"
        for name, found in imports().items()
        for taken in found
        if name.startswith("sqs_core.") and taken.split(".")[0] in ("textual", "rich")
    ]
    assert {line.partition(" imports ")[0] for line in wrong} == {"sqs_core.cli.progress"}


def test_only_the_command_line_opens_the_screens() -> None:
    opening = {
        name
        for name, found in imports().items()
        for taken in found
        if name.startswith("sqs_core.") and taken.split(".")[0] == "sqs_tui"
    }
    assert opening == {"sqs_core.cli.launch"}


def test_each_foreign_word_is_spoken_in_one_room() -> None:
    wrong = [
        f"{name} imports {taken}"
        for name, found in imports().items()
        for taken in found
        if (rooms := ONLY_IN.get(taken.split(".")[0])) and part(name, "sqs_core") not in rooms
    ]
    assert wrong == []


def loaded_by(statement: str) -> set[str]:
    """The modules in a process of its own after ``statement``."""
    code = (
        f"import sys\nsys.path[:0] = ['src', 'criteria']\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=SRC.parent, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_a_command_does_without_the_screens() -> None:
    loaded = loaded_by("from sqs_core.cli import main; main(['summary', 'examples/darlington-2012'])")
    assert {name for name in loaded if name.split(".")[0] in ("textual", "rich", "sqs_tui")} == set()


def test_a_session_has_loaded_what_saving_takes_before_the_disk_can_fail() -> None:
    opened = "import sqs_core; sqs_core.open_inspection('examples/darlington-2012')"
    saved = f"{opened}; import tomli_w, sqs_core.storage.audit.journal"
    assert loaded_by(saved) - loaded_by(opened) == set()
