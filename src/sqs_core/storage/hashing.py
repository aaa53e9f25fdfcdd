"""Which version of a file this is: the hash of its content."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

try:
    # hashlib loads OpenSSL, which takes longer than all the hashing of a command that only reads;
    # the stdlib's own ``random`` goes past it likewise.
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]  # CPython from 3.12 on
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256

ABSENT: Final = "absent"
"""In the place of a hash: there is no such file."""

_WORTH_LOADING: Final = 1 << 19
"""Bytes that take as long to hash as OpenSSL takes to load, which is some ten times as quick."""
_left = _WORTH_LOADING


def content_hash(data: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits: which version of a file this is."""
    global _left
    if _left > 0:
        _left -= len(data)
        if _left <= 0:
            _load_quicker()
    return f"sha256:{sha256(data).hexdigest()}"


def _load_quicker() -> None:
    global sha256
    with suppress(ImportError, OSError):  # the disk may be failing by now: what there is will do
        from hashlib import sha256
