"""What cannot be done is said in row 1, however it was asked for, and never ends the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from sqs_core.records import Narrative
from sqs_core.storage.folder import open_inspection
from sqs_tui import settings as settings_of
from sqs_tui.crash_report import crash_report
from sqs_tui.second_screen import SecondScreenApp
from sqs_tui.settings import config_file, read_settings


@pytest.mark.parametrize(
    "keys",
    [
        ("2", "X", "^U", "~nobody-here/board.html", "Enter"),
        ("X", "^U", "~nobody-here/tables", "Enter"),
        ("p", "X", "^U", "~nobody-here/sheet.txt", "Enter"),
        ("4", "X", "^U", "~nobody-here/letter.html", "Enter"),
        ("Esc", "o", "~nobody-here/leeds", "Enter"),
        ("^P", "merge another", "Enter", "o", "~nobody-here/leeds", "Enter"),
    ],
)
def test_the_home_of_nobody_is_refused(keys: tuple[str, ...], example: Path, play: Any) -> None:
    assert "knows no home folder ~nobody-here" in play(example, *keys, size=(120, 40)).words


def test_a_new_inspection_is_made_in_the_home_folder_where_its_path_begins_so(
    play: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):  # Windows asks for the second
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    keys = (
        "n",
        "Leeds",
        "Enter",
        "23/11/2026",
        "Enter",
        "^U",
        "2",
        "Enter",
        "Enter",
        "^U",
        "~/leeds",
        "Enter",
    )
    play(None, *keys, "AB", "Enter", "Enter")
    assert open_inspection(tmp_path / "home" / "leeds").case_ids() == ("01", "02")


def test_a_folder_that_is_no_inspection_leaves_the_one_that_is_open(
    example: Path, tmp_path: Path, play: Any
) -> None:
    done = play(example, "Esc", "o", str(tmp_path / "nothing"), "Enter")
    assert "no inspection in" in done.rows[0]
    assert done.app.workspace.path == str(example)


def test_a_click_that_is_refused_is_told_as_its_key_is(example: Path, play: Any) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().mkdir()  # so that no settings can be written
    done = play(example, "^P", "settings", "Enter", (5, 4), size=(120, 24))
    assert done.rows[0].startswith(" not saved: a folder stands in its place")


def test_settings_in_a_place_that_cannot_be_looked_at_are_as_they_ship(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "x" * 300)
    assert read_settings(config_file()) == settings_of.Settings()


def test_a_key_with_a_line_in_it_does_not_spoil_the_settings(tmp_path: Path) -> None:
    chosen = settings_of.Settings(theme="mono", keys={"question.later": 'a\nb"\\'})
    settings_of.write_settings(tmp_path / "config.toml", chosen)
    assert read_settings(tmp_path / "config.toml") == chosen


def test_a_theme_alone_is_read_again_without_a_complaint_about_keys(tmp_path: Path) -> None:
    settings_of.write_settings(tmp_path / "config.toml", settings_of.Settings(theme="light"))
    assert read_settings(tmp_path / "config.toml") == settings_of.Settings(theme="light")


def test_saving_now_does_not_say_that_all_is_saved_while_it_is_not(
    example: Path, play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqs_tui.autosave import Autosave

    monkeypatch.setattr(Autosave, "flush", lambda self, seconds: False)
    done = play(example, "^S")
    assert done.rows[0].startswith(" not everything is saved yet")


def test_a_fault_is_told_by_its_place_and_without_a_word_of_any_record() -> None:
    try:
        raise ValueError(Narrative(summary="a boy who joined the army"))
    except ValueError as error:
        failed = WorkerFailed(error)
    told = crash_report(failed, "nothing was being typed.").plain
    assert told.startswith("sqs: a fault in the program; nothing was being typed.\n")
    assert "ValueError\n  test_refusals.py:" in told
    assert "army" not in told
    assert SecondScreenApp.crash_report.__module__ == "sqs_tui.second_screen"
