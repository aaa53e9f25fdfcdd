"""Real tools take what is rendered.  Skipped where a tool is not installed.

``SQS_VNU`` names the vnu.jar of the W3C's HTML checker; ``SQS_NODE_MODULES`` a folder with
axe-core and playwright-core, which drive the Chromium that is installed.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sqs_core import load_plugins
from sqs_core.plugins.testing import letter_words, sample_reports, without_marks

# Kramdown sets quotes as a typographer would; the words are the same.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
PAGES = ("html", "html-map", "board-html", "one-page", "grid")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = []
    for kind in ("full", "empty", "markup"):
        for name in PAGES:
            page = folder / f"{kind}-{name}.html"
            page.write_bytes(load_plugins(plugins=False).renderer(name).render(sample_reports()[kind]))
            written.append(page)
    return written


def test_tidy_finds_no_error(pages: list[Path]) -> None:
    if not shutil.which("tidy"):
        pytest.skip("tidy is not installed")
    for page in pages:
        done = subprocess.run(["tidy", "-errors", "-quiet", page], capture_output=True, text=True)
        # Tidy does not know that an SVG title may have an id, nor that a list may be empty yet.
        known = ('proprietary attribute "id"', "trimming empty")
        lines = [line for line in done.stderr.splitlines() if not any(words in line for words in known)]
        assert lines == [], page.name


def test_kramdown_which_govspeak_stands_on_prints_the_words_as_they_were_typed() -> None:
    script = 'require "kramdown"; puts Kramdown::Document.new(STDIN.read).to_html'
    if (
        not shutil.which("ruby")
        or subprocess.run(["ruby", "-e", 'require "kramdown"'], capture_output=True).returncode
    ):
        pytest.skip("kramdown is not installed")
    for kind in ("full", "markup", "accented"):
        report = sample_reports()[kind]
        source = load_plugins(plugins=False).renderer("govspeak").render(report).decode()
        # Its boxes and lists with numbers of their own are Govspeak's, and kramdown knows neither.
        source = re.sub(r"^(\$\w+|\* (?=[ivxl]+\. ))", "", source, flags=re.MULTILINE)
        done = subprocess.run(
            ["ruby", "-e", script], input=source, capture_output=True, text=True, check=True
        )
        read = html.unescape(re.sub(r"<[^>]+>", "", done.stdout)).translate(STRAIGHT)
        wanted = " ".join(letter_words(report.document)).translate(STRAIGHT).split()
        assert without_marks(report.document, read.split()) == wanted, kind


def test_the_html_checker_finds_nothing(pages: list[Path]) -> None:
    if not os.environ.get("SQS_VNU"):
        pytest.skip("SQS_VNU does not name a vnu.jar")
    done = subprocess.run(["java", "-jar", os.environ["SQS_VNU"], *pages], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_axe_finds_no_violation_in_light_dark_narrow_or_print(pages: list[Path]) -> None:
    if not os.environ.get("SQS_NODE_MODULES"):
        pytest.skip("SQS_NODE_MODULES does not name a folder with axe-core and playwright-core")
    done = subprocess.run(
        ["node", Path(__file__).with_name("axe.mjs"), *pages], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" 0 violations") == 4 * len(pages)
