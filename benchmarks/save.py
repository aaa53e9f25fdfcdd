"""An answer made durable, against the least that can be durable."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tomli_w
from attrs import evolve
from rounds import Row, against, interleaved
from subjects import load_example

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.storage.atomic import ABSENT, write_durably
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.record_files import check_same, decode, encode

QUESTION = "roh.plan"
FLUSH = 0.005
NOTE = (
    "The plan of 3 March names the curfew and the exclusion zone; nothing on how either is to be checked, "
    "nor who would tell the victim. Contact log, pages 3 to 5; raised at the review and left open."
)


def durable(path: Path, data: bytes) -> None:
    """Write, fsync, rename, fsync the folder: no lock, no comparison, no reading back."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def added(path: Path, line: bytes) -> None:
    """Append a line and fsync: no lock, no hash of the line before."""
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def full(record: CaseRecord, criteria: Criteria) -> CaseRecord:
    """``record`` with 20 questions answered, each with its note: some 7 kB."""
    for n, question in enumerate(criteria.questions[:20]):
        answer = record.answer(question.id)
        said = "The case manager agrees." if n % 3 == 0 else ""
        answer = evolve(answer, outcome=answer.outcome or "sufficient", evidence=NOTE, said=said)
        record = record.answering(question.id, answer)
    return record


@contextmanager
def laptop_disk() -> Iterator[None]:
    """Have each fsync take :data:`FLUSH` seconds more, as it does on a disk that keeps what it was given."""
    real = os.fsync

    def slow(file: int) -> None:
        time.sleep(FLUSH)
        real(file)

    os.fsync = slow
    try:
        yield
    finally:
        os.fsync = real


def on_a_laptop(save: Callable[[], None]) -> None:
    """Do ``save`` there."""
    with laptop_disk():
        save()


class Saving:
    """A full record of case 07 that is changed and saved, again and again."""

    def __init__(self, folder: InspectionFolder) -> None:
        self.folder = folder
        stored = folder.case("07")
        self.record = full(stored.record, folder.criteria)
        self.entered = folder.save_case(self.record, expect=stored.hash)
        self.alone, self.path = ABSENT, folder.path / "alone" / "07.toml"
        self.turn = 0

    def changed(self, *, note: bool) -> CaseRecord:
        """The record with another note to one question, or with another outcome, than it has now.

        It is never as it was before, as it seldom is at work: back to what a record once was costs an fsync
        more.  So the outcomes of the questions change as the bits of a Gray code do.
        """
        self.turn += 1
        if note:
            answer = self.record.answer(QUESTION)
            return self.record.answering(QUESTION, evolve(answer, evidence=f"{NOTE} {self.turn}"))
        question = self.folder.criteria.questions[(self.turn & -self.turn).bit_length() - 1].id
        answer = self.record.answer(question)
        outcome = "not-known" if answer.outcome == "sufficient" else "sufficient"
        return self.record.answering(question, evolve(answer, outcome=outcome, reasons=()))

    def save_alone(self) -> None:
        """Without the history."""
        criteria, record = self.folder.criteria, self.changed(note=True)
        self.alone = write_durably(
            self.path,
            encode(record, criteria),
            expect=self.alone,
            check=lambda data: check_same(decode(data, CaseRecord, "07", criteria), unstructured(record)),
            who="CN",
        )

    def save(self, *, note: bool) -> None:
        """As the screens do: one thing is another than in the save before."""
        self.record = self.changed(note=note)
        self.entered = self.folder.save_case(self.record, expect=self.entered)

    def last_line(self, name: str) -> bytes:
        """What the last save added to a file of the inspection."""
        return (self.folder.path / name).read_bytes().splitlines(keepends=True)[-1]


def bench() -> list[Row]:
    """One answer changed and saved; each floor writes the same bytes.

    It writes them in the same folder, for what a new file costs there depends on the folder: on ext4,
    on how many were replaced in that part of the disk in the last seconds.
    """
    with load_example() as folder:
        saving = Saving(folder)
        plain = unstructured(saving.record)
        saving.save(note=True)
        entry, texts = saving.last_line("history.jsonl"), saving.last_line("history-texts.jsonl")
        saving.save(note=False)
        short_entry = saving.last_line("history.jsonl")

        def floor(*lines: bytes, place: Path = saving.path.parent) -> None:
            durable(place / "floor.txt", tomli_w.dumps(plain).encode())
            for n, line in enumerate(lines):
                added(folder.path / f"{n}.jsonl", line)

        cases = folder.path / "cases"
        times = interleaved(
            {
                "alone": saving.save_alone,
                "floor": floor,
                "answer": lambda: saving.save(note=False),
                "answer floor": lambda: floor(short_entry, place=cases),
                "record floor": lambda: floor(place=cases),
                "note": lambda: saving.save(note=True),
                "note floor": lambda: floor(texts, entry, place=cases),
                "encode": lambda: encode(saving.changed(note=True), folder.criteria),
                "dumps": lambda: tomli_w.dumps(plain),
                "slow answer": lambda: on_a_laptop(lambda: saving.save(note=False)),
                "slow floor": lambda: on_a_laptop(lambda: floor(short_entry, place=cases)),
            },
            rounds=41,
            times=5,
        )
    least = "`tomli_w.dumps`, write, fsync, rename, fsync of the folder"
    rows = (
        ("alone", "floor", "a record compared, locked, read back, durable", least, None),
        ("answer", "answer floor", "an answer and its entry", f"{least}; one line added, fsync", 1.3),
        (
            "slow answer",
            "slow floor",
            f"the same where an fsync takes {FLUSH * 1000:.0f} ms more, as a laptop's does",
            f"{least}; one line added, fsync",
            1.3,
        ),
        ("note", "note floor", "a note, its entry and its text", f"{least}; two lines, fsync each", None),
        ("answer", "record floor", "an answer and its entry: one file more", least, None),
        ("note", "record floor", "a note, its entry and its text: two files more", least, None),
        ("encode", "dumps", "a record changed in one answer as its file's bytes", "`tomli_w.dumps`", None),
    )
    return [
        against(times, ours, yard, what=what, floor_is=floor_is, goal=goal)
        for ours, yard, what, floor_is, goal in rows
    ]
