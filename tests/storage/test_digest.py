"""Which version of a file this is."""

from __future__ import annotations

import sys

import pytest

from sqs_core.storage import hashing as digest
from sqs_core.storage.hashing import content_hash

OF_ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4, "abc"


@pytest.fixture
def nearly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next hash is the one at which the quicker way is worth loading."""
    monkeypatch.setattr(digest, "_left", 1)
    monkeypatch.setattr(digest, "sha256", vars(digest)["sha256"])  # taken back afterwards


@pytest.mark.usefixtures("nearly")
def test_a_hash_is_the_same_once_much_was_hashed() -> None:
    assert [content_hash(b"abc") for _ in range(2)] == [OF_ABC, OF_ABC]


@pytest.mark.usefixtures("nearly")
def test_a_hash_can_be_made_where_nothing_more_can_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hashlib", None)
    assert [content_hash(b"abc") for _ in range(2)] == [OF_ABC, OF_ABC]
