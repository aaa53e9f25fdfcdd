"""The entry for a change to a record: what changed, old and new, as the history keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqs_core.criteria import Criteria
from sqs_core.storage.audit import history, history_texts
from sqs_core.storage.audit.chain import HistoryEntry
from sqs_core.storage.audit.diff import TEXT, RecordData, difference, packed, plain_in
from sqs_core.storage.hashing import ABSENT


def enter(
    folder: Path,
    criteria: Criteria,
    name: str,
    before: tuple[str, RecordData],
    after: tuple[str, RecordData],
    *,
    what: str,
    why: str,
    who: str,
    time: datetime,
    anew: bool = False,
    aside: Sequence[str] = (),
) -> HistoryEntry:
    """Enter the change from one hash and table to another.

    ``anew`` says that the version before is not known any more (its texts were purged): what is
    entered as set is then the whole record.
    """
    plain = plain_in(criteria)
    texts: list[Any] = []
    case = case_of(name)
    back, on = difference(before[1], after[1])
    old: RecordData = {"hash": before[0]}
    if before[0] != ABSENT:
        old["set"] = packed(back, plain, texts)
    new: RecordData = {"path": name, "hash": after[0], "set": packed(on, plain, texts)}
    if anew:
        new["anew"] = True
    if aside:
        new["aside"] = list(aside)
    beside_why = case and what != "merge"  # of a merge it is a folder and a head, nobody's words
    if why and beside_why:
        texts.append(why)
        new["why"] = {TEXT: len(texts) - 1}
    if texts:
        new["texts"] = history_texts.keep(folder, case, texts)
    return history.append(
        folder,
        time=time,
        who=who,
        what=what or _word_for(name, on, before[0]),
        case=case,
        question=_question(name, on),
        old=old,
        new=new,
        why="" if beside_why else why,
    )


def case_of(name: str) -> str:
    """The case that the record ``name`` is about; "" where it is about none."""
    room, _, file = name.rpartition("/")
    return file.removesuffix(".toml") if room not in ("", "interviews") else ""


def _word_for(name: str, on: RecordData, old_hash: str) -> str:
    room, _, _ = name.partition("/")
    if room not in ("cases", "second", "agreed"):
        return {"interviews": "interview", "letter.toml": "letter"}.get(room, "inspection")
    if old_hash == ABSENT:
        return "add"
    if "status" in on:
        return "finish" if on["status"] == "finished" else "reopen"
    return next((word for key, word in _WORDS if key in on), "header")


_WORDS = (("overrides", "override"), ("answers", "answer"), ("facts", "fact"))


def _question(name: str, on: RecordData) -> str:
    if overrides := on.get("overrides"):
        return str(overrides[-1]["question"])
    answers = on.get("answers")
    return next(iter(answers)) if isinstance(answers, dict) and len(answers) == 1 else ""
