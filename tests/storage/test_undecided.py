"""Choices not written yet: kept beside the records, known to no figure, gone with the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from sqs_core.errors import HeldError, UsageError
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit import history
from sqs_core.storage.audit.purge import purge
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.pending_decisions import (
    PendingChoice,
    PendingChoices,
    begun_merges,
    merge_name,
    read_choices,
    save_choices,
)

MADE = PendingChoices().choosing("roh.plan", PendingChoice("second", "seen in the log", "both"))


@pytest.fixture
def folder(tmp_path: Path) -> InspectionFolder:
    return write_example(tmp_path / "d")[0]


def test_choices_are_read_as_they_were_saved_and_are_in_no_history(folder: InspectionFolder) -> None:
    before = history.head(folder.path)
    now = save_choices(folder.path, "agree", "07", MADE, expect=ABSENT)
    stored = read_choices(folder.path, "agree", "07")
    assert (stored.record, stored.hash) == (MADE, now)
    assert history.head(folder.path) == before


def test_choices_that_somebody_else_changed_are_not_overwritten(folder: InspectionFolder) -> None:
    save_choices(folder.path, "agree", "07", MADE, expect=ABSENT)
    other = MADE.choosing("lor.plan", PendingChoice("first"))
    with pytest.raises(HeldError, match="there is such a file already"):
        save_choices(folder.path, "agree", "07", other, expect=ABSENT)
    assert read_choices(folder.path, "agree", "07").record == MADE


def test_without_a_choice_left_there_is_no_file(folder: InspectionFolder) -> None:
    now = save_choices(folder.path, "agree", "07", MADE, expect=ABSENT)
    gone = MADE.choosing("roh.plan", PendingChoice())
    assert save_choices(folder.path, "agree", "07", gone, expect=now) == ABSENT
    assert [p.name for p in (folder.path / "undecided" / "agree").glob("*.toml")] == []


def test_a_purge_takes_the_choices_about_a_case_with_it(folder: InspectionFolder) -> None:
    for kind in ("agree", "override"):
        save_choices(folder.path, kind, "07", MADE, expect=ABSENT)
    purge(folder, ["07"], "retention")
    assert list((folder.path / "undecided").rglob("*07.toml*")) == []


def test_a_merge_begun_is_known_by_the_folder_it_is_of(folder: InspectionFolder, tmp_path: Path) -> None:
    other = tmp_path / "leeds-cd"
    begun = evolve(MADE, about=str(other.resolve()))
    save_choices(folder.path, "merge", merge_name(other), begun, expect=ABSENT)
    assert begun_merges(folder.path) == (begun,)


def test_a_name_that_leads_out_of_the_folder_is_refused(folder: InspectionFolder) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        save_choices(folder.path, "agree", "../07", MADE, expect=ABSENT)
