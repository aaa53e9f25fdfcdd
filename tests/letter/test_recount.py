"""Every number of letters on made-up inspections is what an independent recount of the files gives.

A quick share runs always; ``SQS_LETTERS=320 pytest tests/letter/test_recount.py`` tries as many of each version.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from made_up import version_file, versions_with_a_letter, write_inspection
from recount import Records, recounted
from sqs_core import open_inspection
from sqs_core.renderers.json import render_json

LETTERS = int(os.environ.get("SQS_LETTERS", "25"))


@pytest.mark.parametrize("version", versions_with_a_letter())
def test_every_number_of_a_letter_is_what_the_files_say(version: str, tmp_path: Path) -> None:
    asked, numbers, wrong = version_file(version), 0, []
    for seed in range(LETTERS):
        folder = write_inspection(tmp_path / str(seed), version, seed)
        letter = json.loads(render_json(open_inspection(folder).report()))
        found, faults = recounted(letter, Records(folder, asked))
        numbers += found
        wrong += [f"seed {seed}, {fault}" for fault in faults]
    assert wrong == []
    assert numbers > 10 * LETTERS
