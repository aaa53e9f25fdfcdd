"""Paths as people type and paste them, commands as we propose them, and where a folder is."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from sqs_core.errors import RecordError, UsageError
from sqs_core.platform import drives, rights, shell
from sqs_core.state import at_home, names_folder, path_typed, settings_folder, state_folder
from sqs_core.storage.fsync import rename_over
from sqs_core.storage.safe_read import read_bytes

posix = pytest.mark.skipif(sys.platform == "win32", reason="paths of other systems")
windows = pytest.mark.skipif(sys.platform != "win32", reason="only Windows has such files")


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (r"C:\sqs\leeds", r"C:\sqs\leeds"),
        (r"C:\My inspections\leeds", r'"C:\My inspections\leeds"'),
        ("C:\\My inspections\\", r'"C:\My inspections"'),
        ("R&D", '"R&D"'),
        ("Sheffield's", '"Sheffield\'s"'),
        ("Caerdydd-ŵ", "Caerdydd-ŵ"),
        ("textual>=8.2,<9", '"textual>=8.2,<9"'),
        ("", '""'),
    ],
)
def test_a_word_for_windows_is_read_alike_by_both_its_shells(word: str, typed: str) -> None:
    assert shell.quoted_for_windows(word) == typed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (r"C:\Windows\notepad.exe", [r"C:\Windows\notepad.exe"]),
        (r'"C:\Program Files\vim\gvim.exe" -f', [r"C:\Program Files\vim\gvim.exe", "-f"]),
        ('code --wait --user-data-dir="C:\\a b"', ["code", "--wait", r"--user-data-dir=C:\a b"]),
        ("it's -x", ["it's", "-x"]),
    ],
)
def test_a_command_line_of_windows_keeps_its_backslashes(line: str, words: list[str]) -> None:
    assert shell.split_windows(line) == words


@pytest.mark.parametrize(
    "typed",
    [
        r'sqs show "C:\My inspections\leeds" 07',
        r"sqs show 'C:\My inspections\leeds' 07",
        r"sqs show C:\My` inspections\leeds 07",
    ],
)
def test_a_line_of_powershell_is_read_as_the_words_that_powershell_reads(typed: str) -> None:
    assert shlex.split(shell.for_posix(typed)) == ["sqs", "show", r"C:\My inspections\leeds", "07"]


def test_a_quote_that_does_not_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="does not pair"):
        shell.split_windows('"C:\\Program Files\\vim')


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ('"my inspections/leeds"', "my inspections/leeds"),
        ("'leeds'", "leeds"),
        ("  leeds ", "leeds"),
        ('"', '"'),
        ("it's", "it's"),
        ("\"leeds'", "\"leeds'"),
    ],
)
def test_a_path_pasted_in_quotes_is_the_path(typed: str, path: str) -> None:
    assert path_typed(typed) == Path(path)


def test_only_the_home_of_somebody_who_is_known_here_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "nobody-yet"))
    assert path_typed("~/leeds") == tmp_path / "nobody-yet" / "leeds"
    with pytest.raises(UsageError, match=r"this computer knows no home folder ~nobody-here"):
        path_typed("~nobody-here/leeds")


def test_a_path_whose_name_has_the_quotes_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("no name has quotes there")
    monkeypatch.chdir(tmp_path)
    Path('"leeds"').mkdir()
    assert path_typed('"leeds"') == Path('"leeds"')


def test_a_path_that_ends_in_a_separator_names_a_folder() -> None:
    ways = ("out", "out/", "out\\")
    assert [names_folder(words) for words in ways] == [False, True, sys.platform == "win32"]


@posix
def test_state_and_settings_are_where_xdg_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert (state_folder(), settings_folder()) == (tmp_path / "state" / "sqs", tmp_path / "config" / "sqs")


@windows
def test_state_and_settings_are_in_the_folder_of_local_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert state_folder() == settings_folder()
    assert state_folder().parts[-3:] == ("AppData", "Local", "sqs")
    assert at_home(state_folder()) == str(state_folder())


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - Leeds City Council/leeds", "OneDrive"),
        ("Dropbox/leeds", "Dropbox"),
        ("Library/Mobile Documents/leeds", "iCloud Drive"),
        ("OneDrives/leeds", ""),
    ],
)
def test_a_folder_that_a_program_syncs_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, program: str
) -> None:
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(variable, raising=False)
    assert drives.place_of(tmp_path / folder).synced_by == program


def test_the_folder_that_onedrive_names_is_synced_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "council"))
    assert drives.place_of(tmp_path / "council" / "leeds").synced_by == "OneDrive"


def test_a_folder_called_by_other_capitals_is_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "leeds").mkdir()
    if not (tmp_path / "LEEDS").exists():
        pytest.skip("this disk keeps them apart")
    assert drives.real_path(tmp_path / "LEEDS") == drives.real_path(tmp_path / "leeds")


def test_the_innermost_mount_tells_the_kind_of_file_system(tmp_path: Path) -> None:
    mounts = [
        (tmp_path.anchor, "ext4"),
        (str(tmp_path.resolve()), "cifs"),
        (str(tmp_path.resolve() / "a"), "davfs"),
    ]
    inside = (tmp_path / "a" / "b", tmp_path / "b", tmp_path.parent)
    assert [drives._longest(mounts, folder) for folder in inside] == ["davfs", "cifs", "ext4"]


@windows
def test_a_file_that_is_open_elsewhere_is_replaced_once_it_is_closed(tmp_path: Path) -> None:
    import threading

    new, old = tmp_path / "new", tmp_path / "old"
    new.write_bytes(b"new")
    old.write_bytes(b"old")
    reader = old.open("rb")
    threading.Timer(1.0, reader.close).start()
    rename_over(new, old)
    assert old.read_bytes() == b"new"


@windows
def test_a_folder_in_place_of_a_record_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="R001 this is no ordinary file"):
        read_bytes(tmp_path)


def test_the_groups_that_a_folder_of_windows_lets_in_are_named() -> None:
    own = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;OW)"
    assert rights.groups_allowed(own) == ()
    assert rights.groups_allowed(own + "(A;OICIID;0x1200a9;;;BU)(D;;FA;;;WD)(A;;FR;;;AU)") == (
        "Users",
        "Authenticated Users",
    )


@windows
def test_windows_tells_who_may_read_a_folder(tmp_path: Path) -> None:
    assert rights.descriptor_of(tmp_path).startswith("D:")
