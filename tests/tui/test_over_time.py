"""After the letter, on the screens: actions followed up, and the comparison with the screening before."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.following import add_actions, new_action


def test_an_action_is_followed_up_and_the_inspection_compared_with_the_one_before(
    example: Path, tmp_path: Path, play: Any
) -> None:
    before = shutil.copytree(example_source(), tmp_path / "before")
    header = example / "inspection.toml"
    earlier = '\n[earlier]\nfolder = "../before"\n'
    later = header.read_text().replace("2012-11-", "2013-05-")
    header.write_text(later.replace("\n[sample]", f"{earlier}\n[sample]"))
    folder = open_inspection(example)
    add_actions(folder, [new_action(folder, "Train the team", questions=["2.3"], due="2013-02-28")])
    noted = (
        "^P",
        "view.actions",
        "Enter",
        "e",
        "started Half trained",
        "Enter",
        "a",
        "ii: Dip sample",
        "Enter",
    )
    figure_then = ("4", "Left", "Left", "Enter", "Enter", "Esc", "Esc")
    played = play(
        example,
        *figure_then,
        *noted,
        "Esc",
        "^P",
        "view.compared",
        "Enter",
        "o",
        str(before),
        "Enter",
        "Enter",
    )
    assert [(one.state, one.questions) for one in folder.actions().record.actions.values()] == [
        ("started", ("roh.plan",)),
        ("open", ("roh.plan.review", "vul.plan.review")),
    ]
    assert "in the inspection before; Esc leads back" in [words for _, words in played.app.messages]
    for words in (
        "What has changed since November 2012",
        "Of 25 questions compared, 0 are better",
        "Cases behind this figure",
    ):
        assert words in played.words
