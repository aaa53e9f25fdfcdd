"""LibreOffice and pandoc read the file as it was meant.  Skipped where they are not installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sqs_docx import sqs_register_renderers

from sqs_core.letter.document import roman
from sqs_core.plugins.testing import letter_words, sample_report, without_marks

(RENDERER,) = sqs_register_renderers()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(RENDERER.render(sample_report()))
    return path


def run(*command: object) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout


def words_of(text: str) -> list[str]:
    return without_marks(sample_report().document, text.replace("\ufeff", "").split())


def test_libreoffice_converts_it_without_losing_a_word(letter: Path) -> None:
    profile = f"-env:UserInstallation={(letter.parent / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", letter.parent, letter)
    text = letter.with_suffix(".txt").read_text(encoding="utf-8-sig")
    assert words_of(text) == letter_words(sample_report().document)


def test_pandoc_reads_its_headings_and_lists(letter: Path) -> None:
    lines = run("pandoc", letter, "-t", "markdown", "--wrap=none").splitlines()
    headings = [line.split()[0] for line in lines if line.startswith("#")]
    assert [headings.count("#" * level) for level in (1, 2, 3)] == [1, 7, 4]
    assert sum(line.startswith("-   ") for line in lines) == 2
    assert [line.split()[0] for line in lines if re.match(r"[ivx]+\. ", line)] == [
        f"{roman(place)}." for place in range(1, 13)
    ]
