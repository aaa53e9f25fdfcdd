"""The example with cases marked twice, and as two folders that went apart: for moderating and merging."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from changing import change
from sqs_core.records import CaseRecord
from sqs_core.records.case import Answer
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.moderation.second import (
    draw_seconds,
    finish_second,
    first_name,
    read_marking,
    save_second,
    second_case,
)

DRAWN = ("05", "06", "07", "14")
LOG = "VLO contact of 2 Nov is in the contact log, p. 14; nobody has told the case manager of it."


def marked_twice(path: Path) -> InspectionFolder:
    """Four cases of the example drawn: 05, 06 and 07 marked again by ZZ, 14 still open.

    They differ: 05 in two outcomes, 06 in the reasons of one, 07 in a fact.
    """
    folder, drawn = draw_seconds(open_inspection(path), 4, 11)
    assert drawn == DRAWN
    reasons = ("not-identified", "agencies")

    def otherwise(record: CaseRecord) -> CaseRecord:
        record = record.answering("lor.plan", Answer("insufficient", ("other",), evidence="second view"))
        return record.answering("roh.plan", Answer("insufficient", ("victims",), evidence=LOG))

    def for_other_reasons(record: CaseRecord) -> CaseRecord:
        return record.answering("vul.assess", evolve(record.answer("vul.assess"), reasons=reasons))

    mark_again(folder, "05", otherwise)
    mark_again(folder, "06", for_other_reasons)
    mark_again(folder, "07", lambda record: record.noting("custody", False))
    return folder


def mark_again(folder: InspectionFolder, case: str, how: Callable[[CaseRecord], CaseRecord]) -> None:
    """A second marking by ZZ, from the file, like the first but for ``how``; finished."""
    first = read_marking(folder, first_name(case)).record
    made = evolve(first, inspector="ZZ", status="open", assessed_with_case_manager=False)
    save_second(folder, how(made), expect=second_case(folder, case).hash)
    finish_second(folder, case, incomplete=True)


def gone_apart(ours: Path) -> Path:
    """A copy of ``ours`` that went its own way; gives its folder.

    Both changed the judgement on 02 and its evidence; the copy alone changed 03 and added 15.
    """
    folder = open_inspection(ours)
    change(folder, "01", lambda s: s.noting("lor.plan", "learning", "the base both share"))
    path = Path(shutil.copytree(ours, ours.parent / "leeds-cd"))
    theirs = open_inspection(path)
    change(
        folder,
        "02",
        lambda s: s.judging("roh.plan", "insufficient", ("victims",)).noting(
            "roh.plan", "evidence", "The plan names no victim."
        ),
    )
    change(
        theirs,
        "02",
        lambda s: s.judging("roh.plan", "not-known").noting("roh.plan", "evidence", "The system was down."),
    )
    change(theirs, "03", lambda s: s.judging("lor.plan", "insufficient", ("other",)))
    theirs.add_case(evolve(theirs.new_case("15"), inspector="CD"))
    return path
