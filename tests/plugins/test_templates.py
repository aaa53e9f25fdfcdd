"""The templates and the manual's first plugin, made a stranger's own as their pages say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import CHECKOUT

MANUAL = (CHECKOUT / "docs/plugins.md").read_text()


def installed_from(project: Path) -> dict[str, str]:
    """The environment of a Python that has ``project`` installed, as far as imports and entry points go."""
    told = tomllib.loads((project / "pyproject.toml").read_text())
    name, version = told["project"]["name"], told["project"]["version"]
    (points,) = told["project"]["entry-points"].items()
    site = project / "src"
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    listed = "".join(f"{point} = {module}\n" for point, module in points[1].items())
    (info / "entry_points.txt").write_text(f"[{points[0]}]\n{listed}")
    paths = (site, CHECKOUT / "src", CHECKOUT / "criteria")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}


def run(project: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("perl") is None, reason="the renaming is done by perl")
@pytest.mark.parametrize(
    ("template", "asking"),
    [
        (
            "template-renderer",
            ["report", "DIR", "-r", "mine"],
        ),
        ("template-criteria", ["criteria", "preview", "spring-audit"]),
    ],
)
def test_a_template_renamed_as_its_page_says_passes_its_own_tests(
    tmp_path: Path, darlington: Path, template: str, asking: list[str]
) -> None:
    project = tmp_path / "copy"
    shutil.copytree(CHECKOUT / "plugins" / template, project, ignore=shutil.ignore_patterns("__pycache__"))
    page = (project / "README.md").read_text()
    renaming = [line for line in page.splitlines() if line.startswith(("mv ", "perl "))]
    subprocess.run(" && ".join(renaming), shell=True, cwd=project, check=True)
    environment = installed_from(project)
    run(project, environment, "pytest", "-p", "no:cacheprovider")
    assert run(
        project, environment, "sqs_core.cli", *(str(darlington) if word == "DIR" else word for word in asking)
    )
    left = [file.name for file in project.rglob("*.*") if re.search("headlines|template_", file.name)]
    assert left == []


def test_the_first_plugin_of_the_manual_works_as_it_stands_there(tmp_path: Path, darlington: Path) -> None:
    source, test, *_ = re.findall(r"^```python\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
    (points,) = re.findall(r"^```toml\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/sqs_contents.py").write_text(source)
    (tmp_path / "test_contents.py").write_text(test)
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "sqs-mine"\nversion = "1"\n{points}')
    environment = installed_from(tmp_path)
    run(tmp_path, environment, "pytest", "-p", "no:cacheprovider")
    (command,) = re.findall(r"`sqs (report DIR .*?)`", MANUAL)
    words = (str(darlington) if word == "DIR" else word for word in shlex.split(command))
    run(tmp_path, environment, "sqs_core.cli", *words)
    assert (tmp_path / "contents.txt").read_text().splitlines()[2:4] == ["Context", "Summary"]
