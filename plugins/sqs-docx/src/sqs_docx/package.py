"""The file itself: the same bytes every time, and nothing that is fetched when it is opened."""

from __future__ import annotations

import io
import struct
import time
import zipfile

from docx.document import Document as Docx

EPOCH = struct.pack("<HH", 0, 1 << 5 | 1)
"""Midnight of 1 January 1980, as a zip file writes the time and the day."""


def check_clock() -> None:
    """Raise ValueError where the computer's clock stands before 1980, which no zip can be dated."""
    if time.localtime().tm_year < 1980:
        raise ValueError("this computer's clock stands before 1980: set it, then write the letter")


def fixed(data: bytes) -> bytes:
    """The same package with every member dated 1980, for a zip otherwise holds the time of day."""
    package = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        at = source.start_dir
        for member in source.infolist():
            package[member.header_offset + 10 : member.header_offset + 14] = EPOCH
            package[at + 12 : at + 16] = EPOCH
            at += 46 + sum(struct.unpack_from("<HHH", package, at + 28))  # its name, extra field, comment
    return bytes(package)


def refuse_links(docx: Docx) -> None:
    """ValueError where the letterhead makes the reader's computer fetch something from elsewhere.

    A hyperlink is followed only when somebody clicks on it; a linked picture or template is
    fetched when the file is opened, and tells its owner who reads the letter, and when.
    """
    for part in docx.part.package.iter_parts():
        for relation in part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if relation.is_external and kind != "hyperlink":
                raise ValueError(
                    f"the letterhead cannot be used: it links to a file elsewhere ({kind}); "
                    "embed it in the letterhead instead"
                )
