"""A copy of what could not be saved, where the person finds it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.criteria import Criteria
from sqs_core.errors import SqsError
from sqs_core.records import CaseRecord, Interview, Narrative
from sqs_tui.saver import Key

if TYPE_CHECKING:
    from sqs_core.storage.undecided import Choices


def rescued(
    folder: Path, key: Key, record: CaseRecord | Interview | Narrative | Choices, criteria: Criteria
) -> str:
    """Write ``record`` into ``folder`` under a name made of ``key``; gives the path, "" where that failed."""
    from sqs_core.storage.codec import encode
    from sqs_core.storage.durable import ANY, write_durably
    from sqs_core.storage.rescue import copy_name

    path = folder / copy_name(Path(key[0]), *key[1:])
    try:
        write_durably(path, encode(record, criteria, proved=False), expect=ANY)
    except SqsError:
        return ""
    return str(path)
