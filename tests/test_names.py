"""One name, one meaning: no class or type alias is defined twice in different words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"


@cache
def parsed() -> dict[Path, ast.Module]:
    """The modules of both packages."""
    return {path: ast.parse(path.read_text()) for path in sorted(SRC.rglob("*.py"))}


def defined(path: Path, module: ast.Module) -> Iterator[tuple[str, str]]:
    """The public classes and type aliases that a module defines at its top, each with what it is."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and is_type_name(node.name):
            yield node.name, f"a class of {path.relative_to(SRC)}"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and is_type_name(target.id):
                    yield target.id, ast.unparse(node.value)


def is_type_name(name: str) -> bool:
    """Whether ``name`` is written as public types are: CapWords, and not a CONSTANT."""
    return name[:1].isupper() and not name.isupper() and "_" not in name


def test_no_class_or_type_alias_is_defined_twice() -> None:
    meanings: dict[str, set[str]] = {}
    for path, module in parsed().items():
        for name, meaning in defined(path, module):
            meanings.setdefault(name, set()).add(meaning)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


# Each has a standard name now: workspace, blinding, undo_history, save_status, loading, progress, crash_report,
# second_screen, write_outputs, external_editor, Binding, sign_off, safe_read, converter, diff, linking …
GONE = """
    desk papers everywhere elsewhere seals shut pasts telling ending opening working standings fault follow
    handing hand_out outside deed beside aside entering consulting holding undecided deciding making guard
    kinds disk durable digest patches replay computer watching tie ties tier cues clauses speaker
    emptiness since distance certainty split accounting faults fence
"""


def test_no_module_and_no_type_has_a_name_that_was_given_up() -> None:
    named = {path.stem.lower() for path in parsed()}
    named |= {name.lower() for path, module in parsed().items() for name, _ in defined(path, module)}
    assert sorted(named & {*GONE.split()}) == []


def test_a_name_says_what_it_holds() -> None:
    """``told`` named anything that was shown, counted, reported or wrong."""
    vague = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path, module in parsed().items()
        for node in ast.walk(module)
        if "told" in (getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "attr", None))
    ]
    assert vague == []
