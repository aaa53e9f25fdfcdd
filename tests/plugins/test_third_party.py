"""A stranger's renderer: a real distribution on disk, found by its entry point."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import Run

GOOD = """
from sqs_core import Renderer, hookimpl

def headings(report):
    return "\\n".join(b.text for b in report.document.blocks if type(b).__name__ == "Heading").encode()

@hookimpl
def sqs_register_renderers():
    return [Renderer("headings", ".txt", "text/plain", "only the headings", headings)]
"""


def install(site: Path, name: str, source: str) -> None:
    """Lay a distribution called ``sqs-NAME`` into ``site``, as an installer would."""
    module = f"sqs_{name}"
    (site / f"{module}.py").write_text(source)
    info = site / f"{module}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sqs-{name}\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(f"[sqs]\n{name} = {module}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH"))))
    )
    return place


def test_it_is_listed_and_renders(sqs: Run, site: Path, leeds: Path) -> None:
    install(site, "headings", GOOD)
    assert "only the headings" in sqs("report", "--list").stdout
    done = sqs("report", leeds, "-r", "headings")
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "Context")


def test_one_that_does_not_import_loses_only_its_own_offer(sqs: Run, site: Path, leeds: Path) -> None:
    install(site, "broken", "import a_module_nobody_has\n")
    install(site, "headings", GOOD)
    listed = sqs("plugins")
    assert listed.returncode == 4
    assert "plugin 'broken' of sqs-broken 1.2: loading: ModuleNotFoundError" in listed.stdout
    assert sqs("report", leeds, "-r", "headings").returncode == 0


def test_no_plugins_leaves_them_out(sqs: Run, site: Path, leeds: Path) -> None:
    install(site, "headings", GOOD)
    assert sqs("report", leeds, "-r", "headings", "--no-plugins").returncode == 2
