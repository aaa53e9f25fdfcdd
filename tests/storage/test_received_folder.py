"""An inspection that somebody sent: nothing in it is followed out of it, waited for, or believed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from changing import change
from conftest import CHECKOUT, Run
from sqs_core.errors import HeldError, NotSavedError, RecordError
from sqs_core.storage import locks
from sqs_core.storage.atomic import ABSENT, append_durably, content_hash, replace, write_durably
from sqs_core.storage.audit import history
from sqs_core.storage.audit.purge import purge, purge_plan
from sqs_core.storage.create import new_inspection
from sqs_core.storage.external_editor import TextOf, edited
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.locks import locked
from sqs_core.storage.output import write_output, write_rendered
from sqs_core.storage.rescue import unsaved_copies
from systems import any_name

links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes or links with a name on this system")
Trap = Callable[[Path, Path], None]
TRAPS: dict[str, Trap] = {
    "a link to a file": lambda path, outside: path.symlink_to(outside),
    "a pipe": lambda path, outside: os.mkfifo(path),
    "a link to what never ends": lambda path, outside: path.symlink_to("/dev/zero"),
    "a folder": lambda path, outside: path.mkdir(),
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is no part of the inspection."""
    path = tmp_path / "outside"
    path.write_text("mine\n")
    return path


# ---------------------------------------------------------------- links, pipes and devices


@links
@pytest.mark.parametrize("trap", TRAPS)
def test_what_was_rendered_is_remembered_in_no_other_file(
    folder: InspectionFolder, outside: Path, sqs: Run, trap: str
) -> None:
    (folder.path / ".rendered").unlink(missing_ok=True)
    TRAPS[trap](folder.path / ".rendered", outside)
    for n in range(2):
        done = sqs("report", folder.path, "-r", "text", "-o", f"letter{n}.txt")
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    done = sqs("export", folder.path, "--to", "data")
    assert (done.returncode, outside.read_text()) == (0, "mine\n")


@links
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/zero", "/dev/null", "pipe"])
def test_a_letter_is_not_written_over_what_is_no_ordinary_file(
    folder: InspectionFolder, sqs: Run, tmp_path: Path, name: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = sqs("report", folder.path, "-r", "text", "-o", name)
    assert done.returncode == 5
    assert "what stands there is no ordinary file; name a file; -o - writes to standard output" in done.stderr
    assert Path("/dev/null").is_char_device()


@links
@pytest.mark.parametrize("room", ["cases", "interviews", "second", "agreed", "drafts", "merged", "undecided"])
def test_no_folder_inside_an_inspection_is_followed_out_of_it(
    folder: InspectionFolder, tmp_path: Path, sqs: Run, room: str
) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    other = Path(shutil.copytree(folder.path, tmp_path / "other"))
    (other / room).mkdir(exist_ok=True)
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    shutil.rmtree(folder.path / room, ignore_errors=True)
    (folder.path / room).symlink_to(other / room)
    for command in (
        ("answer", folder.path, "08", "roh.plan", "not-known"),
        ("case", "add", folder.path, "20"),
        ("finish", folder.path, "08"),
        ("letter", "draft", folder.path),
        ("purge", folder.path, "01", "--apply", "--why", "kept long enough"),
        ("second", "draw", folder.path, "--n", "1", "--seed", "7"),
        ("merge", folder.path, other, "--apply"),
    ):
        done = sqs(*command)
        assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in other.rglob("*") if path.is_file()} == before


@links
@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", [".07.toml.lock", ".07.toml.held", ".07.toml.0123456789abcdef.tmp"])
def test_what_stands_in_the_place_of_a_lock_is_neither_waited_for_nor_written_to(
    folder: InspectionFolder, outside: Path, sqs: Run, name: str, trap: str
) -> None:
    TRAPS[trap](folder.path / "cases" / name, outside)
    done = sqs("answer", folder.path, "07", "roh.plan", "not-known")
    assert (done.returncode in (0, 5), "Traceback" in done.stderr) == (True, False)
    assert outside.read_text() == "mine\n"
    saved = folder.case("07").record.judged("roh.plan") == "not-known"
    assert saved == (done.returncode == 0)


@links
def test_a_lock_that_is_a_device_is_not_written_to(folder: InspectionFolder) -> None:
    (folder.path / "cases" / ".07.toml.lock").symlink_to("/dev/full")
    with pytest.raises(NotSavedError, match="a link or something else stands where a file should be"):
        change(folder, "07", lambda s: s.judging("roh.plan", "not-known"))


@links
def test_an_editor_is_given_no_file_that_leads_elsewhere(folder: InspectionFolder, outside: Path) -> None:
    (folder.path / "cases" / ".07.toml.roh.plan.evidence.txt").symlink_to(outside)
    which = TextOf(folder, "case", "07", "roh.plan.evidence")
    with pytest.raises(RecordError, match="R001"):
        edited(which, "ours", {"EDITOR": f"{sys.executable} -c 'import sys; open(sys.argv[1], \"w\")'"})
    assert outside.read_text() == "mine\n"


@links
def test_an_inspection_with_pipes_in_it_can_be_migrated(folder: InspectionFolder, sqs: Run) -> None:
    os.mkfifo(folder.path / "a pipe")
    done = sqs("criteria", "migrate", folder.path, "--to", "local-audit", "--apply")
    assert ("Traceback" in done.stderr, done.returncode) == (False, 0)


# ---------------------------------------------------------------- names and words from elsewhere


@any_name
def test_names_of_files_and_folders_are_shown_and_not_obeyed(
    folder: InspectionFolder, sqs: Run, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(folder.path, tmp_path / "o\x1b]0;owned\x07ther"))
    (other / "cases" / "\x1b[2J.toml").write_text("x")
    (other / "cases" / "08.toml").write_text("broken")
    for command in (
        ("merge", folder.path, other),
        ("programme", folder.path, other, "--csv"),
        ("check", other),
        ("summary", other),
        ("summary", tmp_path / "none\x1b[2J"),
    ):
        done = sqs(*command)
        assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["--index-url=http://x", "x; rm -rf .", "-r", "sqs-nothing"])
def test_what_a_folder_needs_is_never_proposed_as_a_command(
    folder: InspectionFolder, sqs: Run, name: str
) -> None:
    path = folder.path / "inspection.toml"
    path.write_text(path.read_text().replace("format = 1\n", f'format = 1\nneeds = ["{name}"]\n'))
    for command in (
        ("check", folder.path),
        ("doctor", folder.path),
        ("report", folder.path, "-r", "nothing"),
    ):
        done = sqs(*command)
        assert "pip" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of core files")
def test_a_crash_leaves_no_memory_of_the_process(tmp_path: Path) -> None:
    asked = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, -1)); "
        "import sqs_core.cli as cli; cli._run = lambda a: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0; "
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "(0, 0)\n"


# ---------------------------------------------------------------- made half-way, taken away, locked by files


def test_a_new_inspection_that_was_stopped_is_completed(folder: InspectionFolder, tmp_path: Path) -> None:
    whole = new_inspection(tmp_path / "whole", folder.inspection, folder.criteria, cases=4)
    for stopped in range(5):
        begun = tmp_path / f"begun{stopped}"
        shutil.copytree(whole.path, begun, ignore=shutil.ignore_patterns("inspection.toml", "history*", ".*"))
        for case in whole.case_ids()[stopped:]:
            (begun / "cases" / f"{case}.toml").unlink()
        made = new_inspection(begun, folder.inspection, folder.criteria, cases=3)
        assert (made.case_ids(), open_inspection(begun).cases()[1]) == (("01", "02", "03"), ())


def test_records_without_their_inspection_are_not_made_a_new_one(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    shutil.copytree(folder.path / "cases", begun / "cases")
    with pytest.raises(
        Exception, match=r"there are records in .*begun, such as cases/01\.toml, but no inspec"
    ):
        new_inspection(begun, folder.inspection, folder.criteria, cases=3)
    assert len(list((begun / "cases").glob("*.toml"))) == 14


LEFT = (
    "cases/07 (conflicted copy).toml", "cases/07.toml.bak", "cases/07.toml~", "cases/#07.toml#", "cases/.#07.toml",
    "cases/07-LAPTOP.toml", "cases/.07.toml.swp", "cases/~$07.toml", "cases/Kopie von 07.toml",
)  # fmt: skip


def test_a_purge_takes_what_editors_and_sync_programs_left_of_a_case(folder: InspectionFolder) -> None:
    change(folder, "07", lambda s: s.judging("roh.plan", "not-known"), "what nobody else may read")
    record = (folder.path / "cases" / "07.toml").read_bytes()
    for name in LEFT:
        (folder.path / name).write_bytes(record)
    texts = (folder.path / "history-texts.jsonl").read_bytes()
    (folder.path / "history-texts-LAPTOP.jsonl").write_bytes(texts)
    (folder.path / "cases" / "notes.docx").write_text("nobody can tell")
    before = {path.name for path in (folder.path / "cases").iterdir()}
    assert purge_plan(folder, ["07"]).doubtful == ("cases/notes.docx",)
    purge(folder, ["07"], "kept long enough")
    gone = before - {path.name for path in (folder.path / "cases").iterdir()}
    assert {Path(name).name for name in LEFT} <= gone
    assert {name for name in gone if "07" not in name} == set()
    for path in folder.path.rglob("*"):
        assert not path.is_file() or b"what nobody else may read" not in path.read_bytes()


class TestWhereAFileStandsInForALock:
    """A network share without locks, and two computers whose clocks differ."""

    @pytest.fixture(autouse=True)
    def without_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "_taken", lambda fd: None)

    @pytest.mark.parametrize("ahead", [31.0, 3600.0, -3600.0])
    def test_a_clock_that_is_ahead_makes_no_lock_old(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: float
    ) -> None:
        path = tmp_path / "07.toml"
        write_durably(path, b"old", expect=ABSENT)
        with locked(path):
            now = locks.time.time
            monkeypatch.setattr(locks.time, "time", lambda: now() + ahead)
            with pytest.raises(HeldError, match="R020"):
                write_durably(path, b"new", expect=content_hash(b"old"), patience=0.2)
        assert path.read_bytes() == b"old"

    def test_who_was_thought_dead_does_not_save_over_who_came_after(self, tmp_path: Path) -> None:
        path = tmp_path / "07.toml"
        with locked(path) as lock:
            path.with_name(".07.toml.held").write_text("elsewhere 1 0123456789abcdef")
            with pytest.raises(HeldError, match="someone took the lock over"):
                replace(path, b"late", lock, content_hash(b"late"))
        assert not path.exists()
        assert path.with_name(".07.toml.held").exists()


# ---------------------------------------------------------------- what a system may refuse


def test_a_folder_that_cannot_be_synced_is_no_failed_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    real = os.fsync

    def fsync(fd: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{fd}"):  # noqa: PTH112 - what an open folder is
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    assert write_durably(tmp_path / "07.toml", b"x", expect=ABSENT) == content_hash(b"x")
    append_durably(tmp_path / "h.jsonl", b"line")


def test_nothing_rendered_is_lost_where_it_cannot_be_remembered(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    (folder.path / ".rendered").unlink(missing_ok=True)
    (folder.path / ".rendered").mkdir()
    write_rendered(folder.path, tmp_path / "letter.txt", b"Dear")
    write_output(tmp_path / "letter.txt", b"Dear all")
    assert (tmp_path / "letter.txt").read_bytes() == b"Dear all"
    assert (history.NAME, unsaved_copies(folder.path)) == ("history.jsonl", ())
