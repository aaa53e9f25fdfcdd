"""What is kept from one start to the next: whole or not at all, and this user's own or none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sqs_core.platform import cache

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows itself says where, and has no modes")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which it is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "sqs"


def test_what_was_kept_comes_back_and_only_the_latest_is_kept(folder: Path) -> None:
    names = [f"table-{number}" for number in range(cache.KEPT + 2)]
    for name in names:
        cache.write_cached(name, name.encode())
    assert cache.read_cached(names[-1]) == names[-1].encode()
    assert len(list(folder.iterdir())) == cache.KEPT


@pytest.mark.parametrize("spoilt", [b"", b"x", b"\0" * 60])
def test_what_is_not_whole_was_not_kept(folder: Path, spoilt: bytes) -> None:
    cache.write_cached("table", b"what took long")
    (folder / "table").write_bytes(spoilt)
    assert cache.read_cached("table") is None


def test_where_others_may_write_nothing_is_read_or_kept(folder: Path) -> None:
    cache.write_cached("table", b"what took long")
    folder.chmod(0o777)
    cache.write_cached("another", b"what took long")
    assert cache.read_cached("table") is None
    assert [path.name for path in folder.iterdir()] == ["table"]


def test_without_a_folder_nothing_is_kept(folder: Path) -> None:
    folder.write_text("a file stands there")
    cache.write_cached("table", b"what took long")
    assert cache.read_cached("table") is None
