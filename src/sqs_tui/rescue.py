"""A copy of what could not be saved, where the person finds it again."""

from __future__ import annotations

from pathlib import Path

from sqs_core.criteria import Criteria
from sqs_core.errors import SqsError
from sqs_core.records import CaseRecord, Narrative
from sqs_core.storage.moderation.pending_decisions import PendingChoices
from sqs_core.storage.record_files import encode
from sqs_core.storage.rescue import copy_name, save_copy
from sqs_tui.autosave import Key

Saveable = CaseRecord | Narrative | PendingChoices


def write_copy(
    folder: Path, key: Key, record: Saveable, criteria: Criteria, over: str = "", base: str = ""
) -> str:
    """Write ``record`` into ``folder`` under a name made of ``key`` and return the path; "" if that failed.

    ``over`` is the copy of an earlier version that it takes the place of, ``base`` the hash of the version
    that this one was made from.
    """
    try:
        path = folder / copy_name(Path(key[0]), *key[1:])
        return str(save_copy(path, encode(record, criteria), over, base))
    except SqsError:
        return ""
