"""The letter: from counts to a document."""

from __future__ import annotations

import tomllib

from rounds import Row, against, interleaved
from subjects import load_example

from sqs_core.letter.compose import compose
from sqs_core.storage.findings import findings_of
from sqs_core.workflow.composing import compose_report


def bench() -> list[Row]:
    """The example's letter composed, and the whole report from disk."""
    with load_example() as folder:
        findings, narrative = findings_of(folder), folder.narrative().record
        one = (folder.path / "cases" / "07.toml").read_text()
        files = [path.read_text() for path in sorted(folder.path.rglob("*.toml"))]
        times = interleaved(
            {
                "one": lambda: tomllib.loads(one),
                "compose": lambda: compose(folder.inspection, findings, narrative),
                "all": lambda: [tomllib.loads(text) for text in files],
                "report": lambda: compose_report(folder),
            },
            rounds=15,
            times=3,
        )
    return [
        against(
            times,
            "compose",
            "one",
            what="the letter composed from counts",
            floor_is="`tomllib.loads` of one case record",
        ),
        against(
            times,
            "report",
            "all",
            what="the report from disk: read, checked, counted, composed",
            floor_is="`tomllib.loads` of every file of the inspection",
        ),
    ]
