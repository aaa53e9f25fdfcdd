"""What is measured: the example inspection, and synthetic ones of any size."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import tomli_w

from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.library import load_criteria
from sqs_core.storage.record_files import encode

ASKED = ("format", "languages", "default_outcomes", "outcomes", "common_reasons", "facts", "themes")


@contextmanager
def load_example() -> Iterator[InspectionFolder]:
    """A copy of the example inspection, gone afterwards: 14 cases, 6 interviews, a letter."""
    with tempfile.TemporaryDirectory() as place:
        yield write_example(Path(place) / "inspection")[0]


def synthetic(n: int) -> list[CaseRecord]:
    """``n`` synthetic records that count (not practice), under sqs-2012, by seed 1."""
    return list(synthetic_records(load_criteria("sqs-2012", plugins=False), n, 1, practice=False))


def files_of(records: list[CaseRecord]) -> list[bytes]:
    """The records as the bytes of their files."""
    criteria = load_criteria("sqs-2012", plugins=False)
    return [encode(record, criteria) for record in records]


def with_questions(place: Path, *sizes: int) -> str:
    """In ``place``, for each size, an inspection of 14 cases under a version of as many questions.

    The folders are called ``many-25`` and so on.  Every question applies; their texts are those of
    sqs-2012, over and over.  The versions are in a package ``sqs_criteria`` of their own: gives the
    setting of PYTHONPATH with which a program finds them.
    """
    like = next(file for file in shipped_criteria() if file.stem == "sqs-2012")
    version = tomllib.loads(like.read_text(encoding="utf-8"))
    package = place / "sqs_criteria"
    package.mkdir()
    (package / "__init__.py").touch()
    found = os.pathsep.join([str(place), os.environ["PYTHONPATH"]])
    for size in sizes:
        name = f"many-{size}"
        made = {key: version[key] for key in ASKED} | {"id": name, "title": name, "source": "generated"}
        made["questions"] = [
            {key: value for key, value in question.items() if key not in ("when", "population")}
            | {"id": f"q{number}", "theme": version["themes"][number * len(version["themes"]) // size]["id"]}
            for number, question in zip(range(size), cycle(version["questions"]), strict=False)
        ]
        (package / f"{name}.toml").write_text(tomli_w.dumps(made), encoding="utf-8")
        command = [sys.executable, "-m", "sqs_core.cli", "synth", str(place / name), "--criteria", name]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": found}, check=True, stdout=subprocess.DEVNULL)
    return f"PYTHONPATH={found}"
