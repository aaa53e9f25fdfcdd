"""What a save would lose of a file that the program did not write, kept in a copy beside it."""

from __future__ import annotations

from pathlib import Path

from sqs_core.storage.atomic import ABSENT, content_hash, write_durably
from sqs_core.storage.formats import FORMAT
from sqs_core.storage.toml_lines import comments


def back_up_hand_edit(folder: Path, path: Path, data: bytes, written: object) -> list[str]:
    """Keep copies of ``data``, where it holds comments or is in an older format; gives their names.

    ``written`` is the format it was written in.  A copy is called such as
    ``.07.toml.comments-1a2b3c4d``, by the hash of what it holds: none is ever overwritten.
    """
    kinds = []
    if comments(data.decode("utf-8-sig", "replace")) > 1:  # the end mark is one
        kinds.append("comments")
    if written != FORMAT:
        kinds.append(f"format-{written}")
    kept = []
    for kind in kinds:
        copy = path.with_name(f".{path.name}.{kind}-{content_hash(data)[7:15]}")
        if not copy.exists():
            write_durably(copy, data, expect=ABSENT)
        kept.append(copy.relative_to(folder).as_posix())
    return kept
