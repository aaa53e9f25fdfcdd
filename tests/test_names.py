"""One name, one meaning: no class or type alias is defined twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"

# Still to be renamed in one of the two rooms.  A name goes when it is defined once: the test says so.
TWICE = {
    "Cell",
    "Choice",
    "Distance",
    "Element",
    "FileStamp",
    "Finding",
    "Hit",
    "Keys",
    "Kind",
    "LetterPart",
    "MergeRead",
    "Moderation",
    "OpenText",
    "Page",
    "Part",
    "Place",
    "Point",
    "Reading",
    "Sheet",
    "Side",
    "Span",
    "Text",
    "Told",
    "Version",
    "Writing",
}


def defined(path: Path) -> Iterator[str]:
    """The public classes and type aliases that a module defines at its top."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef) and is_type_name(node.name):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and is_type_name(target.id):
                    yield target.id


def is_type_name(name: str) -> bool:
    """Whether ``name`` is written as public types are: CapWords, and not a CONSTANT."""
    return name[:1].isupper() and not name.isupper() and "_" not in name


def test_no_class_or_type_alias_is_defined_twice() -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for name in defined(path):
            homes.setdefault(name, []).append(str(path.relative_to(SRC)))
    twice = {name: found for name, found in homes.items() if len(found) > 1}
    assert {name: found for name, found in twice.items() if name not in TWICE} == {}
    assert {name for name in TWICE if name not in twice} == set(), "defined once now: take it out of TWICE"
