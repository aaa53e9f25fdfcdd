"""The man page is what the parsers say, and ``man`` can show it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from types import ModuleType

import pytest

from conftest import CHECKOUT
from sqs_core.cli import COMMANDS

PAGE = CHECKOUT / "docs" / "sqs.1"


@pytest.fixture
def manpage() -> ModuleType:
    """docs/manpage.py as a module."""
    spec = importlib.util.spec_from_file_location("manpage", CHECKOUT / "docs" / "manpage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_as_python_docs_manpage_py_writes_it(manpage: ModuleType) -> None:
    assert PAGE.read_text() == manpage.page()


def test_what_roff_would_act_on_is_printed(manpage: ModuleType) -> None:
    assert manpage.plain(".SH a\n'b\nc\\d -x") == "\\&.SH a\n\\&'b\nc\\ed \\-x"


def test_man_shows_every_command_without_a_warning() -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    environment = {**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["man", "--warnings=w", "-l", PAGE], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stderr == ""
    headings = [line.strip() for line in done.stdout.splitlines() if line.startswith("   sqs ")]
    assert headings == [f"sqs {command}" for command in COMMANDS]
    assert "--since DRAFT" in done.stdout
