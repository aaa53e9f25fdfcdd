"""Saving: nothing typed is lost, and a failure is said until it is over."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqs_core.errors import NotSavedError
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.rescue import copy_name
from sqs_tui.saver import Job, Key, Saver

KEY: Key = ("leeds", "case", "07")


class Disk:
    """A disk that can be slow or full, and what the saver told about it."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.full = False
        self.gate = threading.Event()
        self.gate.set()
        self.told: list[str] = []
        self.saver = Saver(self._saved, lambda key, words, rescue: self.told.append(words + rescue))
        self.saver.hashes[KEY] = "0"

    def _saved(self, key: Key, at: datetime) -> None:
        self.told.append("saved")

    def put(self, text: str) -> None:
        """Have ``text`` saved."""

        def save(expect: str) -> str:
            self.gate.wait(5)
            if self.full:
                raise NotSavedError("not saved: the disk is full")
            assert expect == str(len(self.written))
            self.written.append(text)
            return str(len(self.written))

        self.saver.put(KEY, Job(save, lambda: " rescued"))


def test_while_one_save_is_in_flight_only_the_latest_of_the_others_is_kept() -> None:
    disk = Disk()
    disk.gate.clear()
    disk.put("a")
    while not disk.saver._busy:
        time.sleep(0.001)
    for text in ("b", "c", "d"):
        disk.put(text)
    disk.gate.set()
    assert disk.saver.flush(5)
    assert disk.written == ["a", "d"]


def test_a_failed_save_is_told_once_rescued_and_made_good_when_the_cause_is_gone() -> None:
    disk = Disk()
    disk.full = True
    disk.put("a")
    assert not disk.saver.flush(5)
    assert disk.saver.failures == {KEY: "not saved: the disk is full"}
    disk.full = False
    assert disk.saver.flush(5)
    assert disk.written == ["a"]
    assert disk.saver.failures == {}
    assert disk.told[0] == "not saved: the disk is full rescued"
    assert disk.told[-1] == "saved"


def test_a_fault_in_the_program_while_saving_does_not_end_the_writer() -> None:
    disk = Disk()
    disk.saver.put(KEY, Job(lambda expect: str(1 // 0), lambda: ""))
    assert not disk.saver.flush(5)
    disk.put("a")
    assert disk.saver.flush(5)
    assert disk.written == ["a"]


def test_a_record_changed_by_someone_else_is_not_overwritten_and_row_1_says_so(
    homes: Path, example: Path, play: Any
) -> None:
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')

    keys = ("^G", "01 lor.plan", "Enter", "n")
    played = play(example, *keys, size=(120, 40), meanwhile=lambda: file.write_text(theirs))
    assert "! NOT SAVED: case 01 was changed outside this program" in played.rows[0]
    assert "“from disk” takes theirs; yours is kept in memory" in played.rows[0] + played.rows[-2]
    assert file.read_text() == theirs
    copies = list((homes / "state" / "sqs" / "rescue").glob("*.toml"))
    assert [copy.name for copy in copies] == [copy_name(example, "case", "01")]
    assert 'outcome = "insufficient"' in copies[0].read_text()


def test_after_a_refusal_the_version_on_disk_can_be_taken(example: Path, play: Any) -> None:
    played = play(example, "^G", "01 lor.plan", "Enter", "n", "^P", "from disk", "Enter")
    assert "read from disk again" in played.rows[0]
    assert open_inspection(example).case("01").record.answers["lor.plan"].outcome == "insufficient"


def test_a_record_that_cannot_be_read_is_told_and_the_others_stay_usable(example: Path, play: Any) -> None:
    (example / "cases" / "02.toml").write_text("format = 1\ncase = \n")
    played = play(example, "5")
    assert "cases/02.toml:2" in played.text
    assert "13 of 13 cases" in played.rows[0]


def test_a_copy_of_what_was_never_saved_is_told_of_at_the_next_opening(
    homes: Path, example: Path, play: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("HOME", str(homes))
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')
    play(example, "^G", "01 lor.plan", "Enter", "n", meanwhile=lambda: file.write_text(theirs))
    played = play(example)
    copy = f"~/state/sqs/rescue/{copy_name(example, 'case', '01')}"
    told = (played.rows[0] + played.rows[-2]).replace(" ", "")
    assert told == f"not saved when last open: compare {copy}, then delete it".replace(" ", "")


def test_a_copy_of_what_was_saved_after_all_is_no_news(example: Path, play: Any) -> None:
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')
    play(example, "^G", "01 lor.plan", "Enter", "n", meanwhile=lambda: file.write_text(theirs))
    play(example, "^G", "01 lor.plan", "Enter", "n")
    assert "not saved" not in play(example).rows[0]
