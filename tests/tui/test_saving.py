"""Saving: nothing typed is lost, and a failure is said until it is over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from changing import change
from sqs_core.errors import NotSavedError
from sqs_core.records.case import CaseRecord
from sqs_core.storage.audit.journal import Actor, utc_now
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.record_files import decode
from sqs_core.storage.rescue import copy_name, save_copy, unsaved_copies
from sqs_tui.autosave import Autosave, Key, SaveJob
from sqs_tui.loading import read_folder
from sqs_tui.recent import RecentInspections, read_recent
from sqs_tui.workspace import Workspace
from systems import links

KEY: Key = ("leeds", "case", "07")
AT_LOR_PLAN = ("at:01 lor.plan",)


class Disk:
    """A disk that can be slow or full, what autosave told about it, and a folder for copies."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.written: list[str] = []
        self.full = False
        self.gate = threading.Event()
        self.gate.set()
        self.told: list[str] = []
        self.autosave = Autosave(self._saved, lambda key, words, rescue: self.told.append(words))
        self.autosave.hashes[KEY] = "0"

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

        self.autosave.put(
            KEY, SaveJob(save, lambda over: str(save_copy(self.place / "07.toml", text.encode(), over)))
        )

    @property
    def copies(self) -> dict[str, str]:
        """The copies that there are, with what they hold."""
        return {path.name: path.read_text() for path in sorted(self.place.glob("*.toml"))}


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk with room on it."""
    return Disk(tmp_path)


def test_while_one_save_is_in_flight_only_the_latest_of_the_others_is_kept(disk: Disk) -> None:
    disk.gate.clear()
    disk.put("a")
    while not disk.autosave._busy:
        time.sleep(0.001)
    for text in ("b", "c", "d"):
        disk.put(text)
    disk.gate.set()
    assert disk.autosave.flush(5)
    assert disk.written == ["a", "d"]


def test_a_failed_save_is_told_and_made_good_when_the_cause_is_gone(disk: Disk) -> None:
    disk.full = True
    disk.put("a")
    assert not disk.autosave.flush(5)
    assert disk.autosave.failures == {KEY: "not saved: the disk is full"}
    disk.full = False
    assert disk.autosave.flush(5)
    assert disk.written == ["a"]
    assert disk.autosave.failures == {}
    assert disk.told[0] == "not saved: the disk is full"
    assert disk.told[-1] == "saved"


def test_the_copy_is_of_the_latest_words_and_goes_once_they_are_saved_not_before(disk: Disk) -> None:
    disk.full = True
    for text in ("a", "ab"):
        disk.put(text)
        assert not disk.autosave.flush(5)
        assert disk.copies == {"07.toml": text}
    disk.full = False
    assert disk.autosave.flush(5)
    assert (disk.written, disk.copies) == (["ab"], {})
    assert list(disk.place.iterdir()) == []


def test_a_copy_of_what_was_given_up_stays_when_something_else_is_saved(disk: Disk) -> None:
    disk.full = True
    disk.put("given up")
    assert not disk.autosave.flush(5)
    disk.autosave.forget(KEY, "0")
    disk.put("typed later")
    assert not disk.autosave.flush(5)
    assert disk.copies == {"07.toml": "given up", "07~2.toml": "typed later"}
    disk.full = False
    assert disk.autosave.flush(5)
    assert disk.copies == {"07.toml": "given up"}


def test_a_save_given_up_while_it_is_in_flight_is_not_tried_again_over_what_was_taken(disk: Disk) -> None:
    disk.full = True
    disk.gate.clear()
    disk.put("given up")
    while not disk.autosave._busy:
        time.sleep(0.001)
    disk.autosave.forget(KEY, "0")
    disk.gate.set()
    assert disk.autosave.flush(5)
    disk.full = False
    assert disk.autosave.flush(5)
    assert (disk.written, disk.told, disk.copies) == ([], [], {"07.toml": "given up"})


def test_a_fault_in_the_program_while_saving_does_not_end_the_writer(disk: Disk) -> None:
    disk.autosave.put(KEY, SaveJob(lambda expect: str(1 // 0), lambda over: str(1 // 0)))
    assert not disk.autosave.flush(5)
    disk.put("a")
    assert disk.autosave.flush(5)
    assert disk.written == ["a"]


@contextmanager
def full(store: Path) -> Iterator[Callable[[], None]]:
    """A small disk at ``store`` that has no room left; calling what it gives makes room."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(store)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here: only root may")
    try:
        shutil.copytree(example_source(), store / "leeds")
        filler = store / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        yield filler.unlink
    finally:
        subprocess.run(["umount", "--lazy", str(store)], capture_output=True, check=True)


@contextmanager
def forbidden(store: Path) -> Iterator[Callable[[], None]]:
    """A folder at ``store`` whose cases may not be written; calling what it gives allows it."""
    if sys.platform == "win32":
        pytest.skip("Windows has no file modes, but lists of rights")
    shutil.copytree(example_source(), store / "leeds")
    cases = store / "leeds" / "cases"
    cases.chmod(0o500)
    try:
        if os.access(cases, os.W_OK):
            pytest.skip("root may write anywhere")
        yield lambda: cases.chmod(0o700)
    finally:
        cases.chmod(0o700)


def test_the_screens_count_without_a_record_that_is_gone_or_put_back_and_say_so(example: Path) -> None:
    folder, path = open_inspection(example), example / "cases" / "02.toml"
    for case in ("01", "02"):
        change(folder, case, lambda s: s.judging("roh.plan", "not-known"))
    lock = example / "cases" / ".02.toml.lock"
    earlier, held = path.read_bytes(), lock.read_bytes()
    change(folder, "02", lambda s: s.judging("roh.plan", "sufficient"))
    path.write_bytes(earlier)
    lock.write_bytes(held)
    (example / "cases" / "01.toml").unlink()
    read = read_folder(example)
    assert [(p.where, p.code) for p in read.problems] == [
        ("cases/02.toml", "R038"),
        ("cases/01.toml", "R037"),
    ]
    assert sorted(read.cases) == [f"{n:02}" for n in range(3, 15)]


@pytest.mark.parametrize("refused", [full, forbidden])
def test_a_copy_is_kept_while_the_system_refuses_a_save_and_gone_once_it_does_not(
    refused: Callable[[Path], AbstractContextManager[Callable[[], None]]], tmp_path: Path
) -> None:
    store, rescue = tmp_path / "store", tmp_path / "rescue"
    store.mkdir()
    with refused(store) as allow:
        told: list[str] = []
        autosave = Autosave(lambda key, at: told.append("saved"), lambda key, words, copy: told.append(words))
        snapshot = read_folder(store / "leeds", lambda done, total: None, actor=Actor("CN", utc_now))
        workspace = Workspace.opened(snapshot, autosave, tmp_path)
        for text in ("Seen.", "Seen, p.2."):
            workspace.save(workspace.sessions["07"].noting("roh.plan", "evidence", text))
            assert not autosave.flush(5)
            copies = list(rescue.glob("*.toml"))
            assert [path.name for path in copies] == [copy_name(Path(workspace.path), "case", "07")]
            kept = decode(copies[0].read_bytes(), CaseRecord, "the copy", workspace.criteria)
            assert kept.answer("roh.plan").evidence == text
        allow()
        assert autosave.flush(5)
        assert list(rescue.iterdir()) == []
        saved = open_inspection(store / "leeds").case("07").record
        assert saved.answer("roh.plan").evidence == "Seen, p.2."
        assert told[-1] == "saved"


def test_a_record_changed_by_someone_else_is_not_overwritten_and_row_1_says_so(
    homes: Path, example: Path, play: Any
) -> None:
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')

    played = play(
        example, "n", first=AT_LOR_PLAN, tick=False, size=(120, 40), meanwhile=lambda: file.write_text(theirs)
    )
    assert "! NOT SAVED: case 01 was changed outside this program" in played.rows[0]
    assert "“from disk” takes theirs; yours is kept in memory" in played.rows[0] + played.rows[-2]
    assert file.read_text() == theirs
    copies = list((homes / "state" / "sqs" / "rescue").glob("*.toml"))
    assert [copy.name for copy in copies] == [copy_name(example, "case", "01")]
    assert 'outcome = "insufficient"' in copies[0].read_text()


def test_after_a_refusal_the_version_on_disk_can_be_taken(example: Path, play: Any) -> None:
    played = play(example, *AT_LOR_PLAN, "n", "^P", "from disk", "Enter")
    assert "read from disk again" in played.rows[0]
    assert open_inspection(example).case("01").record.answers["lor.plan"].outcome == "insufficient"


def test_a_record_that_cannot_be_read_is_told_and_the_others_stay_usable(example: Path, play: Any) -> None:
    (example / "cases" / "02.toml").write_text("format = 1\ncase = \n")
    played = play(example, "5")
    assert "cases/02.toml:2" in played.text
    assert "13 of 13 cases" in played.rows[0]


def test_a_copy_of_what_was_never_saved_is_told_of_and_listed_until_it_is_put_away(
    homes: Path, example: Path, play: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("HOME", str(homes))
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')
    play(example, "n", first=AT_LOR_PLAN, tick=False, meanwhile=lambda: file.write_text(theirs))
    played = play(example, "^P", "not saved", "Enter", "Enter", "Back", "yes", "Enter")
    home = "~" if sys.platform != "win32" else homes  # no shell of Windows knows the sign
    copy = Path(f"{home}/state/sqs/rescue/{copy_name(example, 'case', '01')}")
    assert [words for _, words in played.app.messages] == [
        f"not saved when last open: {copy}; ^P, not saved, puts it into the record",
        "the record says something else of inspector, 1.5: that stands, and the copy stays",
    ]
    assert (file.read_text(), unsaved_copies(example)) == (theirs, ())


def test_a_copy_of_what_was_saved_after_all_is_no_news(example: Path, play: Any) -> None:
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')
    play(example, "n", first=AT_LOR_PLAN, tick=False, meanwhile=lambda: file.write_text(theirs))
    play(example, *AT_LOR_PLAN, "n")
    assert "not saved" not in play(example).rows[0]


@links
def test_copies_that_cannot_be_looked_at_keep_nobody_from_an_inspection(
    homes: Path, example: Path, play: Any
) -> None:
    rescue = homes / "state" / "sqs" / "rescue"
    rescue.parent.mkdir(parents=True)
    rescue.symlink_to(rescue)
    assert "14 of 14 cases" in play(example).rows[0]


def test_of_what_was_never_saved_each_copy_is_named(homes: Path, example: Path) -> None:
    rescue = homes / "state" / "sqs" / "rescue"
    names = [copy_name(example, *of) for of in (("case", "01"), ("interview", "A"), ("letter", ""))]
    for name in names:
        save_copy(rescue / name, b"not saved")
    second = save_copy(rescue / names[0], b"nor was this")
    save_copy(rescue / copy_name(example, "case", "02"), (example / "cases" / "02.toml").read_bytes())
    save_copy(rescue / copy_name(example.parent, "case", "03"), b"of another inspection")
    assert {copy.name for copy in unsaved_copies(example)} == {*names, second.name}


@pytest.mark.parametrize("row", ["[" * 50_000 + "]" * 50_000, "Infinity", "[1]"])
def test_what_the_screens_remember_is_nothing_where_it_cannot_be_used(tmp_path: Path, row: str) -> None:
    entry = f'{{"path": "leeds", "service": "S", "place": {{"row": {row}}}}}'
    (tmp_path / "recent.json").write_text(f'{{"recent": [{entry}]}}')
    assert read_recent(tmp_path) == RecentInspections()
