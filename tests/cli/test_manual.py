"""The man page is what the parsers say, and ``man`` can show it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT
from sqs_core.cli.commands import COMMANDS

PAGE = CHECKOUT / "docs" / "sqs.1"


@pytest.mark.skipif(
    sys.version_info >= (3, 13), reason="argparse breaks long lines of usage elsewhere from Python 3.13 on"
)
def test_the_page_is_as_python_docs_manpage_py_writes_it(tmp_path: Path) -> None:
    written = tmp_path / "sqs.1"
    subprocess.run([sys.executable, CHECKOUT / "docs" / "manpage.py", written], check=True)
    assert PAGE.read_text().splitlines()[1:] == written.read_text().splitlines()[1:]  # the first has the date


def test_man_shows_every_command_without_a_warning() -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    environment = {**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["man", "--warnings=w", "-l", PAGE], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stderr == ""
    headings = [line for line in done.stdout.splitlines() if line.startswith("COMMAND 'sqs ")]
    assert [heading.split("'")[1] for heading in headings if heading.count(" ") == 2] == [
        f"sqs {command}" for command in COMMANDS
    ]
    assert "--since DRAFT" in done.stdout
