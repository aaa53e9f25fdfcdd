"""Saving so that nothing is lost; what only a fault shows is under tests/faults."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.errors import HeldError, NotSavedError, Problem, RecordError
from sqs_core.storage import atomic, locks
from sqs_core.storage.atomic import (
    ABSENT,
    ANY,
    StaleError,
    append_durably,
    content_hash,
    lines_backwards,
    remove_leftovers,
    write_durably,
)
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.locks import holder_of, lock_of, locked
from systems import dead_processes, file_modes, links, long_names, posix

OLD, NEW, OTHER = b"old\n", b"new\n", b"other\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record that holds OLD."""
    path = tmp_path / "cases" / "07.toml"
    write_durably(path, OLD, expect=ABSENT, who="Ann Example")
    return path


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_save_gives_the_hash_of_what_is_on_disk(record: Path) -> None:
    assert write_durably(record, NEW, expect=content_hash(OLD)) == content_hash(NEW)
    assert record.read_bytes() == NEW


def test_a_save_leaves_the_record_and_its_lock_and_nothing_else(record: Path) -> None:
    write_durably(record, NEW, expect=content_hash(OLD))
    assert names_in(record.parent) == [".07.toml.lock", "07.toml"]


@file_modes
def test_only_the_owner_can_read_what_is_saved(tmp_path: Path, open_umask: None) -> None:
    path = tmp_path / "a" / "b" / "07.toml"
    write_durably(path, OLD, expect=ABSENT)
    append_durably(tmp_path / "a" / "history.jsonl", b"line")
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "a").rglob("*")}
    assert modes == {
        "b": 0o700,
        "07.toml": 0o600,
        ".07.toml.lock": 0o600,
        "history.jsonl": 0o600,
        ".history.jsonl.lock": 0o600,
    }


@file_modes
def test_a_record_that_others_could_read_is_closed_by_the_next_save(record: Path) -> None:
    record.chmod(0o644)
    write_durably(record, NEW, expect=content_hash(OLD))
    assert stat.S_IMODE(record.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("there", "expect", "saved"),
    [
        (None, ABSENT, True),
        (None, ANY, True),
        (None, content_hash(OLD), False),
        (OLD, ABSENT, False),
        (OLD, ANY, True),
        (OLD, content_hash(OLD), True),
        (OTHER, content_hash(OLD), False),
        (NEW, content_hash(OLD), True),  # the very same content: nothing to lose
        (NEW, ABSENT, False),
    ],
)
def test_a_save_is_taken_only_over_what_it_was_made_from(
    tmp_path: Path, there: bytes | None, expect: str, saved: bool
) -> None:
    path = tmp_path / "07.toml"
    if there is not None:
        path.write_bytes(there)
    try:
        write_durably(path, NEW, expect=expect)
    except StaleError as refusal:
        outcome = (False, refusal.expected, refusal.found)
    else:
        outcome = (True, expect, expect)
    found = ABSENT if there is None else content_hash(there)
    assert outcome == ((True, expect, expect) if saved else (False, expect, found))
    assert (path.read_bytes() if path.exists() else None) == (NEW if saved else there)


def test_a_stale_save_names_who_saved_in_between(record: Path) -> None:
    write_durably(record, OTHER, expect=content_hash(OLD), who="Ben Sample")
    with pytest.raises(StaleError, match=r"07\.toml: R021 not saved: it was changed by Ben Sample on .* UTC"):
        write_durably(record, NEW, expect=content_hash(OLD), who="Ann Example")


def test_a_stale_save_tells_a_change_made_in_an_editor(record: Path) -> None:
    record.write_bytes(OTHER)
    with pytest.raises(StaleError, match=r"changed outside this program .* nothing was overwritten"):
        write_durably(record, NEW, expect=content_hash(OLD))


def test_what_does_not_read_back_never_takes_the_records_place(record: Path) -> None:
    def check(data: bytes) -> None:
        raise RecordError(Problem("07.toml:3", "a text is not closed", code="R008"))

    with pytest.raises(NotSavedError, match=r"R022 .*\n07\.toml:3: R008 a text is not closed"):
        write_durably(record, NEW, expect=content_hash(OLD), check=check)
    assert record.read_bytes() == OLD
    assert names_in(record.parent) == [".07.toml.lock", "07.toml"]


def test_a_failing_check_takes_no_words_of_the_record_along(record: Path) -> None:
    def check(data: bytes) -> None:
        raise ValueError("his mother told us")

    with pytest.raises(NotSavedError) as refusal:
        write_durably(record, NEW, expect=content_hash(OLD), check=check)
    assert "mother" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def left_after_a_save(record: Path) -> list[str]:
    """Of temporary files that lie there, those that the next save, in another process, leaves."""
    for name in (".07.toml.0123456789abcdef.tmp", ".08.toml.0123456789abcdef.tmp", ".07.toml.mine.tmp"):
        (record.parent / name).touch()
    remove_leftovers.cache_clear()
    write_durably(record, NEW, expect=content_hash(OLD))
    return [name for name in names_in(record.parent) if name.endswith(".tmp")]


def test_what_a_crash_left_is_taken_away_by_the_next_save(record: Path) -> None:
    with locked(record) as lock:
        lock.holding(content_hash(OTHER), "killed before its rename")
    assert left_after_a_save(record) == [".07.toml.mine.tmp"]


def test_what_another_process_is_writing_is_left_to_it(record: Path) -> None:
    with locked(record.with_name("08.toml")):
        assert left_after_a_save(record) == [".07.toml.mine.tmp", ".08.toml.0123456789abcdef.tmp"]


def test_what_a_crash_left_of_a_file_that_may_be_replaced_whatever_it_is_goes_too(record: Path) -> None:
    write_durably(record, OTHER, expect=ANY)
    with locked(record) as lock:
        lock.holding(content_hash(NEW), "killed before its rename")
    (record.parent / ".07.toml.0123456789abcdef.tmp").touch()
    remove_leftovers.cache_clear()
    write_durably(record, OLD, expect=ANY)
    assert names_in(record.parent) == [".07.toml.lock", "07.toml"]


@links
def test_a_link_in_place_of_a_record_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(OLD)
    path = tmp_path / "07.toml"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotSavedError, match="R001 not saved: this is no ordinary file"):
        write_durably(path, NEW, expect=content_hash(OLD))
    assert (tmp_path / "elsewhere").read_bytes() == OLD


@links
def test_a_link_in_place_of_the_lock_is_not_followed(record: Path) -> None:
    lock = record.with_name(".07.toml.lock")
    lock.unlink()
    lock.symlink_to(record)
    with pytest.raises(NotSavedError, match="R023 not saved: a link or something else"):
        write_durably(record, NEW, expect=content_hash(OLD))
    assert record.read_bytes() == OLD


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "file" / "07.toml", "what should be its folder is a file"),
        pytest.param(lambda folder: folder / f"{'x' * 250}.toml", "its name is too long", marks=long_names),
        (lambda folder: folder / "folder", "no ordinary file"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_words(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotSavedError, match=words):
        write_durably(make(tmp_path), NEW, expect=ABSENT)


def test_a_folder_that_is_gone_is_not_made_anew_and_can_come_back(record: Path) -> None:
    folder, elsewhere = record.parent, record.parent.with_name("unplugged")
    folder.rename(elsewhere)
    with pytest.raises(NotSavedError, match="the folder is gone; .* put it back and save again"):
        write_durably(record, NEW, expect=content_hash(OLD))
    elsewhere.rename(folder)
    write_durably(record, NEW, expect=content_hash(OLD))
    assert record.read_bytes() == NEW


def test_a_save_behind_a_live_holder_is_refused_and_names_the_holder(record: Path) -> None:
    with locked(record) as lock:
        lock.holding(content_hash(OTHER), "Ben Sample")
        with pytest.raises(
            HeldError, match=rf"R020 .*Ben Sample \(process {os.getpid()} on .* is writing it"
        ):
            write_durably(record, NEW, expect=content_hash(OLD), patience=0.01)
    assert record.read_bytes() == OLD


def test_the_lock_of_a_killed_process_is_free_at_once(record: Path) -> None:
    code = (
        "import sys, time, pathlib; from sqs_core.storage.locks import locked\n"
        "with locked(pathlib.Path(sys.argv[1])) as lock:\n"
        "    lock.holding('x'); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(record)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(HeldError, match=f"process {holder.pid} "):
            write_durably(record, NEW, expect=content_hash(OLD), patience=0.01)
        holder.kill()
        holder.wait()
    assert write_durably(record, NEW, expect=content_hash(OLD), patience=0) == content_hash(NEW)


@posix
def test_a_lock_whose_file_was_removed_is_no_longer_its_holders(record: Path) -> None:
    with locked(record) as lock:
        lock.holding(content_hash(OTHER), "Ben Sample")
        lock_of(record).unlink()
        write_durably(record, NEW, expect=content_hash(OLD), patience=0)
        assert not lock.still_ours()


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"user": 1}', b"\xff" * 9000, b"[" * 2000, b"null"])
def test_a_lock_file_that_says_nonsense_still_locks(record: Path, note: bytes) -> None:
    record.with_name(".07.toml.lock").write_bytes(note)
    assert str(holder_of(record)) == "another process"
    assert write_durably(record, NEW, expect=content_hash(OLD)) == content_hash(NEW)


def test_a_name_in_a_lock_file_cannot_command_the_terminal(record: Path) -> None:
    with locked(record) as lock:
        lock.holding("", "\x1b[2J\u202eAnn")
    assert holder_of(record).user == "␛[2J�Ann"


def test_two_at_once_never_both_replace_the_same_version(tmp_path: Path) -> None:
    path = tmp_path / "07.toml"
    first = write_durably(path, OLD, expect=ABSENT)

    def save(n: int) -> bool:
        try:
            write_durably(path, b"%d" % n, expect=first, patience=60)
        except StaleError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(40))) == 1


class TestWithoutSystemLocks:
    """A file system that has no locks: a file stands in for one."""

    @pytest.fixture(autouse=True)
    def without_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "_taken", lambda fd: None)

    def test_two_at_once_never_both_replace_the_same_version(self, tmp_path: Path) -> None:
        test_two_at_once_never_both_replace_the_same_version(tmp_path)

    def test_nothing_is_left_of_it_after_a_save(self, tmp_path: Path) -> None:
        write_durably(tmp_path / "07.toml", OLD, expect=ABSENT)
        assert names_in(tmp_path) == [".07.toml.lock", "07.toml"]

    def test_a_live_holder_is_waited_for(self, record: Path) -> None:
        with locked(record), pytest.raises(HeldError, match="R020"):
            write_durably(record, NEW, expect=content_hash(OLD), patience=0.01)

    @dead_processes
    def test_what_a_process_now_dead_left_is_set_aside(self, record: Path) -> None:
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        record.with_name(".07.toml.held").write_text(f"{locks._host()} {gone.pid}")
        assert write_durably(record, NEW, expect=content_hash(OLD)) == content_hash(NEW)

    def test_what_another_machine_left_expires(self, record: Path) -> None:
        held = record.with_name(".07.toml.held")
        held.write_text("elsewhere 1")
        with pytest.raises(HeldError):
            write_durably(record, NEW, expect=content_hash(OLD), patience=0.01)
        os.utime(held, (0, 0))
        assert write_durably(record, NEW, expect=content_hash(OLD)) == content_hash(NEW)


def test_lines_are_added_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    for line in (b"one", b"", b"three"):
        append_durably(path, line)
    assert path.read_bytes() == b"one\n\nthree\n"


def test_a_line_torn_by_a_crash_stays_and_the_next_stands_on_its_own(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"one\ntw")
    append_durably(path, b"three")
    assert path.read_bytes() == b"one\ntw\nthree\n"


def test_a_line_can_be_made_from_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"1\n2\n3")
    assert append_durably(path, lambda lines: b"+".join(lines)) == b"3+2+1"


def test_a_line_with_a_newline_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a line holds no newline"):
        append_durably(tmp_path / "history.jsonl", b"a\nb")


@links
def test_a_link_in_place_of_the_log_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(OLD)
    (tmp_path / "history.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotSavedError, match="R023 not saved: a link or something else"):
        append_durably(tmp_path / "history.jsonl", b"line")
    assert (tmp_path / "elsewhere").read_bytes() == OLD


def test_many_at_once_add_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    lines = [b"%d" % n * 500 for n in range(60)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda line: append_durably(path, line, patience=30), lines))
    assert sorted(path.read_bytes().splitlines()) == sorted(lines)


@given(st.lists(st.binary(max_size=9).map(lambda part: part.replace(b"a", b"\n"))), st.integers(1, 7))
def test_the_lines_come_last_one_first_whatever_the_block(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], block: int
) -> None:
    data = b"\n".join(parts)
    path = tmp_path_factory.getbasetemp() / "backwards"
    path.write_bytes(data)
    before, atomic._BLOCK = atomic._BLOCK, block  # type: ignore[misc]
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        backwards = list(lines_backwards(fd))
    finally:
        os.close(fd)
        atomic._BLOCK = before  # type: ignore[misc]
    expected = data.removesuffix(b"\n").split(b"\n") if data else []
    assert backwards == expected[::-1]


def test_a_line_longer_than_any_of_ours_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.touch()
    os.truncate(path, 1 << 36)
    with pytest.raises(RecordError, match="a line is longer than 8 MiB"):
        append_durably(path, lambda lines: next(lines))


@file_modes
def test_folders_are_made_all_the_way(tmp_path: Path, open_umask: None) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*")] == [0o700, 0o700]


def test_a_time_that_no_calendar_has_is_not_told(record: Path) -> None:
    write_durably(record, OTHER, expect=content_hash(OLD))
    try:
        os.utime(record, (1 << 40, 1 << 40))
    except OSError:
        pytest.skip("this disk keeps no such time")
    with pytest.raises(StaleError, match="since it was read(, at 2446-.*)?; nothing was overwritten"):
        write_durably(record, NEW, expect=content_hash(OLD))
