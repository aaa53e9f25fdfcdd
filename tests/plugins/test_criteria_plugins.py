"""Criteria versions of plugins: found by name, linted when loaded, refused alone where they are bad."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests import warm

from systems import links

CHECKOUT = Path(__file__).parents[2]
TEMPLATE = CHECKOUT / "plugins" / "template-criteria"
VERSION = TEMPLATE / "src" / "sqs_template_criteria" / "template-audit.toml"
PLUGIN = """\
from pathlib import Path
from sqs_core import hookimpl

@hookimpl
def sqs_register_criteria():
    return sorted(Path(__file__).parent.glob("versions/*.toml"))
"""


def install(site: Path, distribution: str, module: str) -> None:
    """What an installer leaves behind, as far as entry points go."""
    info = site / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[sqs]\n{distribution} = {module}\n")


def sqs(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [CHECKOUT / "src", CHECKOUT / "criteria", site]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    return warm.read(warm.run(arguments, cwd=site.parent, env=environment))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A place with one plugin that offers two versions: a good one, and one that does not lint."""
    site = tmp_path / "site"
    install(site, "sqs-two", "sqs_two")
    package = site / "sqs_two"
    (package / "versions").mkdir(parents=True)
    (package / "__init__.py").write_text(PLUGIN)
    text = VERSION.read_text()
    (package / "versions" / "fine.toml").write_text(text.replace('"template-audit"', '"fine"', 1))
    bad = text.replace('"template-audit"', '"bad"', 1).replace('fact = "risk_identified"', 'fact = "risk"')
    (package / "versions" / "bad.toml").write_text(bad)
    return site


def test_a_version_of_a_plugin_is_found_by_its_name(site: Path) -> None:
    assert sqs(site, "criteria", "show", "fine").stdout.startswith("fine: Template audit of casework")


def test_a_bad_version_is_refused_by_name_and_the_rest_work(site: Path) -> None:
    listed = sqs(site, "criteria", "list")
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    shipped = sorted(file.stem for file in (CHECKOUT / "criteria" / "sqs_criteria").glob("*.toml"))
    assert names == [*shipped, "fine"]
    assert "25 questions, a letter, no ratings; en" in listed.stdout
    assert "criteria 'bad' of sqs-two refused: bad.toml:" in listed.stderr
    assert "V102 no fact 'risk'; did you mean 'risk_identified'? known: " in listed.stderr


def test_a_bad_version_is_among_what_failed(site: Path) -> None:
    listed = sqs(site, "plugins")
    assert listed.returncode == 4
    assert "failed: plugin 'sqs-two' of sqs-two 1.0: criteria 'bad': bad.toml:" in listed.stdout


def test_a_bad_version_cannot_be_used(site: Path, tmp_path: Path) -> None:
    refused = sqs(
        site, "new", str(tmp_path / "x"), "--service", "S", "--dates", "2026-01-05", "--criteria", "bad"
    )
    assert refused.returncode == 3
    assert "V102" in refused.stderr
    assert not (tmp_path / "x").exists()


def made_under(site: Path, version: str) -> Path:
    """An inspection of one case under a version of a plugin."""
    folder = site.parent / "autumn"
    made = sqs(site, "new", str(folder), "--service", "S", "--dates", "2026-01-05", "--criteria", version)
    assert made.returncode == 0
    return folder


def test_an_inspection_under_a_plugins_version_keeps_a_copy_and_does_without_that_plugin(
    site: Path, tmp_path: Path
) -> None:
    folder = made_under(site, "fine")
    assert (folder / "criteria.toml").read_bytes() == (
        site / "sqs_two" / "versions" / "fine.toml"
    ).read_bytes()
    (tmp_path / "elsewhere").mkdir()
    assert sqs(tmp_path / "elsewhere", "status", str(folder)).returncode == 0


def test_an_inspection_without_a_copy_says_what_to_install(site: Path, tmp_path: Path) -> None:
    folder = made_under(site, "fine")
    (folder / "criteria.toml").unlink()
    file = folder / "inspection.toml"
    file.write_text(
        file.read_text().replace('criteria = "fine"', 'criteria = "fine"\nneeds = ["sqs-two"]', 1)
    )
    assert sqs(site, "status", str(folder)).returncode == 0
    (tmp_path / "elsewhere").mkdir()
    opened = sqs(tmp_path / "elsewhere", "status", str(folder))
    assert (opened.returncode, opened.stderr) == (
        4,
        "sqs: inspection.toml:3: R033 no criteria version named 'fine'; "
        "known: fji-2014, hmip-youth-2025, local-audit, social-care-audit, sqs-2012, yjs-2018, yjs-2021; "
        "this inspection needs sqs-two, not installed here; "
        "install it if you know who makes it: whoever sent the folder can say, and why it is needed\n",
    )


def test_without_needs_the_criteria_are_named_with_the_line_that_names_them(
    site: Path, tmp_path: Path
) -> None:
    folder = made_under(site, "local-audit")
    file = folder / "inspection.toml"
    file.write_text(file.read_text().replace('"local-audit"', '"local-adit"', 1))
    opened = sqs(site, "status", str(folder))
    assert opened.returncode == 4
    assert opened.stderr == (
        "sqs: inspection.toml:3: R033 no criteria version named 'local-adit'; "
        "did you mean 'local-audit'? known: bad, fine, fji-2014, hmip-youth-2025, local-audit, social-care-audit, sqs-2012, yjs-2018, yjs-2021; "
        "install the plugin that offers 'local-adit', or put criteria.toml back from a copy of the folder\n"
    )


def test_of_two_plugins_with_one_version_the_inspection_keeps_the_one_it_was_made_under(site: Path) -> None:
    install(site, "sqs-other", "sqs_other")
    versions = site / "sqs_other" / "versions"
    versions.mkdir(parents=True)
    (site / "sqs_other" / "__init__.py").write_text(PLUGIN)
    text = (site / "sqs_two" / "versions" / "fine.toml").read_text()
    (versions / "fine.toml").write_text(text.replace("Template audit", "Another audit", 1))
    folder = made_under(site, "sqs-other:fine")
    (folder / "criteria.toml").unlink()  # it is told by the hash which one is meant
    assert sqs(site, "status", str(folder)).returncode == 0
    refused = sqs(site, "criteria", "show", "fine")
    assert refused.stderr == (
        "sqs: criteria 'fine' is offered by sqs-other and sqs-two, so neither is used; "
        "say sqs-other:fine or sqs-two:fine\n"
    )


@links
def test_the_template_offers_its_version(tmp_path: Path) -> None:
    install(tmp_path, "sqs-template-criteria", "sqs_template_criteria")
    (tmp_path / "sqs_template_criteria").symlink_to(TEMPLATE / "src" / "sqs_template_criteria")
    assert sqs(tmp_path, "criteria", "show", "template-audit").returncode == 0


def test_the_template_is_the_shipped_starting_version_under_another_name() -> None:
    from sqs_core.storage.criteria_files import read_criteria
    from sqs_core.storage.library import load_criteria

    ours = load_criteria("local-audit", plugins=False)
    theirs = read_criteria(VERSION.read_bytes(), VERSION.name)
    assert theirs.questions == ours.questions
