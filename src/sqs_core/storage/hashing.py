"""Which version of a file this is: the hash of its content."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

ABSENT: Final = "absent"
"""In the place of a hash: there is no such file."""


def content_hash(data: bytes) -> str:
    """Return ``sha256:`` and 64 hexadecimal digits: which version of a file this is."""
    return f"sha256:{sha256(data).hexdigest()}"
