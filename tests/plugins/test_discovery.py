"""Which plugins are found: by distribution, each once, and files of one's own."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CHECKOUT, Run
from sqs_core.plugins.testing import check_reader, check_renderer
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.what_is_left import what_is_left
from systems import ABORTED

POSTER = """
from sqs_core import Renderer, hookimpl


def poster(report):
    return report.document.title.upper().encode()


@hookimpl
def sqs_register_renderers():
    return [Renderer("{name}", ".txt", "text/plain", "the title in capitals", poster)]
"""
Lay = Callable[..., Path]


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Lay a distribution that offers the renderer ``poster`` where Python finds it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH")))))

    def put(folder: str, *, name: str = "", entries: bytes = b"[sqs]\nposter = sqs_poster\n") -> Path:
        (site / "sqs_poster.py").write_text(POSTER.format(name="poster"))
        info = site / folder
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name or 'sqs-poster'}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_bytes(entries)
        return info

    return put


def draft_notice(leeds: Path) -> str:
    """Return the line that a report ends in while something is left to look at."""
    left = what_is_left(open_inspection(leeds)).summary.lower()
    return f"DRAFT: {left} 'sqs check {leeds}' shows them\n"


def test_what_an_interrupted_installation_left_behind_turns_nothing_off(
    sqs: Run, lay: Lay, leeds: Path
) -> None:
    lay("sqs_poster-1.2.dist-info")
    lay("~qs_poster-1.2.dist-info")
    done = sqs("report", leeds, "-r", "poster")
    assert (done.returncode, done.stderr) == (0, draft_notice(leeds))
    assert done.stdout.startswith("REPORT OF SHORT QUALITY SCREENING")


def test_a_distribution_that_is_there_twice_is_one(sqs: Run, lay: Lay, leeds: Path) -> None:
    lay("sqs_poster-1.2.dist-info")
    lay("Sqs.Poster-1.1.dist-info", name="Sqs.Poster")
    assert sqs("report", leeds, "-r", "poster").returncode == 0
    assert "clash" not in sqs("plugins").stdout


def test_a_distribution_of_others_that_cannot_be_read_is_named_and_costs_nobody_else(
    sqs: Run, lay: Lay, leeds: Path
) -> None:
    lay("sqs_poster-1.2.dist-info")
    lay("foreign-1.0.dist-info", name="foreign", entries=b"[console_scripts]\nfoo = caf\xe9:baz\n")
    assert sqs("report", leeds, "-r", "poster").returncode == 0
    listed = sqs("plugins")
    assert (listed.returncode, listed.stderr) == (4, "")
    assert "failed: foreign 1.2: reading its entry points: UnicodeDecodeError: " in listed.stdout
    assert "Traceback" not in sqs("doctor").stderr


def test_a_single_file_is_a_plugin(
    sqs: Run, leeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "poster.py").write_text(POSTER.format(name="poster"))
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "banner.py").write_text(POSTER.format(name="banner"))
    monkeypatch.setenv("SQS_PLUGINS", os.pathsep.join((str(tmp_path / "poster.py"), str(folder))))
    for name in ("poster", "banner"):
        assert sqs("report", leeds, "-r", name).stdout.startswith("REPORT OF SHORT QUALITY")
    listed = sqs("plugins").stdout.splitlines()
    assert "poster.py (a file)" in listed
    assert "banner.py (a file)" in listed


def test_the_folder_plugins_beside_the_settings_holds_plugins(
    sqs: Run, leeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "sqs" / "plugins"
    folder.mkdir(parents=True)
    (folder / "poster.py").write_text(POSTER.format(name="poster"))
    assert sqs("report", leeds, "-r", "poster").returncode == 0
    (folder / "poster.py").write_text("raise RuntimeError('not today')\n")
    done = sqs("report", leeds, "-r", "poster")
    assert done.returncode == 4
    assert "plugin 'poster' of poster.py (a file): loading: RuntimeError: not today" in done.stderr


def test_a_file_that_is_named_and_not_there_is_told(
    sqs: Run, leeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQS_PLUGINS", str(tmp_path / "gone.py"))
    listed = sqs("plugins")
    assert listed.returncode == 4
    assert "plugin 'gone' of gone.py (a file): loading: FileNotFoundError" in listed.stdout


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("import os; os._exit(3)", "it ended its process with exit code 3"),
        ("import os; os.abort()", ABORTED),
    ],
)
def test_a_plugin_that_ends_its_process_while_it_loads_loses_only_its_own_offer(
    sqs: Run,
    lay: Lay,
    leeds: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    sentence: str,
) -> None:
    (tmp_path / "a_bad_one.py").write_text(source)
    monkeypatch.setenv("SQS_PLUGINS", str(tmp_path / "a_bad_one.py"))
    (tmp_path / "sqs" / "plugins").mkdir(parents=True)
    (tmp_path / "sqs" / "plugins" / "poster.py").write_text(POSTER.format(name="poster"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    done = sqs("report", leeds, "-r", "poster")
    assert (done.returncode, done.stderr) == (
        0,
        f"sqs: plugin 'a_bad_one' of a_bad_one.py (a file): loading: {sentence}\n{draft_notice(leeds)}",
    )
    assert (
        f"failed: plugin 'a_bad_one' of a_bad_one.py (a file): loading: {sentence}" in sqs("plugins").stdout
    )


EXAMPLES = CHECKOUT / "examples" / "plugins"


def test_a_letter_in_a_format_that_a_plugin_reads_is_checked(
    sqs: Run, darlington: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (
        "2.2 Plans to manage the risk of harm were good enough in six\nof the ten cases.\n\n> It was five.\n"
    )
    reply = tmp_path / "reply.eml"
    reply.write_text(f"Subject: the letter\n\n{said}")
    refused = sqs("letter", "check", darlington, reply)
    assert (refused.returncode, "not '.eml'" in refused.stderr) == (2, True)
    monkeypatch.setenv("SQS_PLUGINS", str(EXAMPLES / "eml.py"))
    checked = sqs("letter", "check", darlington, reply)
    assert (checked.returncode, checked.stdout.split()[6:13]) == (
        1,
        ["fails", "2.2", "six", "of", "the", "ten", "cases"],
    )
    assert "  readers  .eml" in sqs("plugins").stdout
    reply.write_text("Content-Type: text/html\n\n<p>We saw ten cases.")
    broken = sqs("letter", "check", darlington, reply)
    assert (broken.returncode, broken.stderr) == (
        4,
        "sqs: the reader of .eml files of eml.py (a file) failed: ValueError: this e-mail holds no plain text: "
        "save the letter itself, and check that\n",
    )


def test_options_are_kept_for_the_next_time_and_forgotten_again(
    sqs: Run, leeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQS_PLUGINS", str(EXAMPLES / "slides.py"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    slides = ("report", leeds, "-r", "slides")
    assert "254mm" in sqs(*slides, "--option", "shape=4:3", "--keep").stdout
    again = sqs(*slides)
    assert "254mm" in again.stdout
    assert again.stderr.startswith("with shape=4:3, as kept")
    assert "338mm" in sqs(*slides, "--option", "shape=16:9").stdout
    assert "338mm" in sqs(*slides, "--option", "shape=", "--keep").stdout
    assert "338mm" in sqs(*slides).stdout
    (tmp_path / "sqs" / "options.toml").write_text('[slides]\nshape = "1:1"\n')
    refused = sqs(*slides)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the option shape is 16:9 or 4:3, not '1:1'; it is kept in" in refused.stderr


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.py")), ids=lambda file: file.name)
def test_a_plugin_to_copy_passes_the_kit(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    module = importlib.import_module(file.stem)
    for renderer in getattr(module, "sqs_register_renderers", list)():
        check_renderer(renderer)
    for reader in getattr(module, "sqs_register_readers", list)():
        check_reader(reader, b"Subject: x\n\nWe saw\nten cases.\n\n> Once.\n", ["We saw ten cases."])
