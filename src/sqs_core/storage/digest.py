"""Which version of a file this is: the hash of its content."""

from __future__ import annotations

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


def content_hash(data: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits: which version of a file this is."""
    return f"sha256:{sha256(data).hexdigest()}"
