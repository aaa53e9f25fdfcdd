"""The plugins in this repository import only what a stranger can, so the contract is enough."""

from __future__ import annotations

import ast

from conftest import CHECKOUT

PUBLIC = {
    "sqs_core",
    "sqs_core.plugins",
    "sqs_core.plugins.fixtures",
    "sqs_core.plugins.testing",
    "sqs_core.letter.document",
    "sqs_core.letter.report",
    "sqs_core.letter.sheets",
}


def test_plugins_import_only_the_public_rooms() -> None:
    files = sorted((CHECKOUT / "plugins").glob("*/*/**/*.py"))
    files += sorted((CHECKOUT / "examples" / "plugins").glob("*.py"))
    assert len(files) > 10
    wrong = []
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong += [f"{file.name}: {n}" for n in names if n.startswith("sqs_core") and n not in PUBLIC]
    assert wrong == []


def test_the_manual_names_every_public_room() -> None:
    manual = (CHECKOUT / "docs/plugins.md").read_text()
    assert all(f"`{room}`" in manual for room in PUBLIC)
