"""Actions beside the letter: saved through the one way to save, with their history, by two people at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from conftest import EXAMPLE
from sqs_core import open_inspection
from sqs_core.errors import RecordError, UsageError
from sqs_core.letter.action_plan import action_plan
from sqs_core.records.followed_action import FollowedAction, FollowedActions
from sqs_core.storage.audit.history import stream
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.plan import plan
from sqs_core.workflow.following import (
    add_actions,
    change_actions,
    new_action,
    noted_in_words,
    recommendations_in,
    revise_action,
)


@pytest.fixture
def folder(tmp_path: Path) -> InspectionFolder:
    return open_inspection(shutil.copytree(EXAMPLE, tmp_path / "leeds"))


def test_an_action_for_an_area_takes_its_questions_and_stands_in_the_plan(folder: InspectionFolder) -> None:
    area = folder.narrative().record.improvements[1]
    made = new_action(folder, "Train the team", area="II.", owner="head of service", due="30/09/2026")
    assert made == FollowedAction(
        "Train the team", area.text.strip(), area.questions, "head of service", date(2026, 9, 30)
    )
    add_actions(folder, [made, new_action(folder, "Panel reads plans", questions=["2.3"])])
    revise_action(folder, "1", {}, note="Half trained", state="started", day=date(2026, 5, 1))
    rows = action_plan(folder.narrative().record, findings_of(folder), folder.actions().record)
    assert [(row.ref, row.action, row.date, row.progress) for row in rows if row.action] == [
        ("ii", "Train the team", "2026-09-30", "started, 2026-05-01: Half trained"),
        ("–", "Panel reads plans", "", ""),
    ]
    assert [entry.what for entry in stream(folder.path)] == ["actions", "actions"]
    assert "Half trained" not in (folder.path / "history.jsonl").read_text(encoding="utf-8")


def test_two_people_who_add_at_once_both_keep_theirs(folder: InspectionFolder) -> None:
    tried: list[FollowedActions] = []

    def change(known: FollowedActions) -> FollowedActions:
        if not tried:  # somebody else saves between our reading and our saving
            add_actions(folder, [FollowedAction("Theirs")])
        tried.append(known)
        return known.adding([FollowedAction("Ours")])

    change_actions(folder, change)
    assert {n: one.action for n, one in folder.actions().record.actions.items()} == {
        "1": "Theirs",
        "2": "Ours",
    }
    assert len(tried) == 2


def test_done_says_how_it_was_seen_and_nothing_is_saved_until_it_does(folder: InspectionFolder) -> None:
    add_actions(folder, [FollowedAction("Train the team")])
    before = folder.actions()
    with pytest.raises(UsageError, match="an action that is done says how it was seen"):
        revise_action(folder, "1", {"owner": "head of service"}, state="done")
    assert folder.actions() == before


def test_recommendations_from_outside_come_in_whole_or_are_refused_row_by_row(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    file = tmp_path / "thematic.csv"
    file.write_text(
        "Recommendation;Owner;Due;Questions\nShare the list;manager;2026-09-30;2.3, 3.1\n", "utf-8"
    )
    assert recommendations_in(folder, file, "thematic inspection") == (
        FollowedAction(
            "Share the list", "", ("roh.plan", "vul.assess"), "manager", date(2026, 9, 30),
            source="thematic inspection",
        ),
    )  # fmt: skip
    file.write_text("action,due,questions\nOne,someday,\nTwo,,9.9\nThree,,\n", encoding="utf-8")
    with pytest.raises(RecordError) as refused:
        recommendations_in(folder, file, "thematic inspection")
    assert [problem.where for problem in refused.value.problems] == ["thematic.csv:2", "thematic.csv:3"]
    file.write_text("owner\nmanager\n", encoding="utf-8")
    with pytest.raises(RecordError, match="has no column 'action' or 'recommendation'"):
        recommendations_in(folder, file, "thematic inspection")


def test_actions_are_missed_when_they_are_gone_and_merged_action_by_action(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    add_actions(folder, [FollowedAction("Train the team"), FollowedAction("Panel reads plans")])
    other = open_inspection(shutil.copytree(folder.path, tmp_path / "other"))
    revise_action(folder, "1", {"owner": "manager"})
    revise_action(other, "2", {"owner": "head of service"})
    apply(plan(folder, [other], lambda difference: None))
    assert [one.owner for one in folder.actions().record.actions.values()] == ["manager", "head of service"]
    (folder.path / "actions.toml").unlink()
    with pytest.raises(RecordError, match="this record is in the history, but missing"):
        folder.actions()


def test_what_is_not_known_of_an_action_is_named_by_its_line(folder: InspectionFolder) -> None:
    change_actions(folder, lambda known: known.adding([evolve(FollowedAction("Train"), owner="manager")]))
    text = (folder.path / "actions.toml").read_text(encoding="utf-8")
    (folder.path / "actions.toml").write_text(text.replace("owner", "onwer"), encoding="utf-8")
    with pytest.raises(RecordError, match=r"unknown key onwer; did you mean 'owner'"):
        folder.actions()


def test_an_action_without_words_or_with_no_area_of_the_letter_is_refused(folder: InspectionFolder) -> None:
    assert new_action(folder, "Train the team", area="2") == new_action(folder, "Train the team", area="ii")
    add_actions(folder, [new_action(folder, "Panel reads plans")])
    for refused, sentence in (
        (lambda: new_action(folder, " "), "say what will be done; nothing was added"),
        (lambda: new_action(folder, "Train", area="xi"), "no area for improvement 'xi' in the letter"),
        (lambda: new_action(folder, "Train", due="soon"), "'soon' is no day"),
        (lambda: noted_in_words(folder, "1", " "), "say where it stands"),
        (lambda: revise_action(folder, "1", {"action": ""}), "say what will be done; nothing was changed"),
    ):
        with pytest.raises(UsageError, match=sentence):
            refused()
