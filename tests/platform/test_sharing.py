"""Files that several programs have open at once, which Windows alone keeps from being replaced."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from sqs_core.errors import NotSavedError
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.integrity import set_aside
from sqs_core.storage.safe_read import parse_toml
from systems import windows

WRITER = """
import json, sys
from pathlib import Path
from sqs_core.records.case import Answer
from sqs_core.errors import NotSavedError
from sqs_core.storage.atomic import StaleError
from sqs_core.storage.folder import open_inspection

folder, question = open_inspection(Path(sys.argv[1])), sys.argv[2]
input()
saved, stale = [], 0
while len(saved) < 8:
    base = folder.case("07")
    note = f"save {len(saved)} of {question}"
    try:
        folder.save_case(base.record.answering(question, Answer("sufficient", evidence=note)), expect=base.hash)
    except StaleError:
        stale += 1
        continue
    except NotSavedError:  # the others had it open for as long as it is tried: as a person does, once more
        continue
    saved.append(note)
print(json.dumps([saved, stale]))
"""

READER = """
import sys
from contextlib import suppress
from pathlib import Path

path = Path(sys.argv[1])
print("reads", flush=True)
while not path.with_name("stop").exists():
    with suppress(PermissionError), path.open("rb") as file:  # while it is replaced
        file.read()
"""


@windows
def test_three_processes_that_save_one_case_eight_times_lose_nothing(darlington: Path) -> None:
    questions = ("roh.plan", "vul.plan", "lor.plan")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, darlington, question],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for question in questions
    ]
    for writer in writers:  # all at once, when each has started
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [writer.communicate() for writer in writers]
    assert [err for _, err in said] == [""] * 3
    told = [json.loads(out) for out, _ in said]
    assert [saved for saved, _ in told] == [[f"save {n} of {q}" for n in range(8)] for q in questions]
    # What each was told is saved has its entry in the chain; a stale one has none.
    entries = [json.loads(line) for line in (darlington / "history.jsonl").read_text("utf-8").splitlines()]
    entered = [entry["question"] for entry in entries if entry["what"] == "answer"]
    assert [entered.count(question) for question in questions] == [8, 8, 8]
    record = open_inspection(darlington).case("07").record
    assert [record.answer(q).evidence for q in questions] == [f"save 7 of {q}" for q in questions]
    assert verify_inspection(darlington) == ()


def _save_as_the_screens_do(folder: InspectionFolder, record: CaseRecord, expect: str) -> None:
    """Save, again where that was refused: such a reader leaves so few gaps that a busy machine misses them all.

    Without patience of its own for the reader, about one save in eighty would succeed.
    """
    for _ in range(4):
        with suppress(NotSavedError):
            folder.save_case(record, expect=expect)
            return
    folder.save_case(record, expect=expect)


@windows
def test_thirty_saves_against_one_who_reads_without_a_pause_are_all_saved(darlington: Path) -> None:
    folder, path = open_inspection(darlington), darlington / "cases" / "07.toml"
    with subprocess.Popen([sys.executable, "-c", READER, path], stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        try:
            for number in range(30):
                base = folder.case("07")
                answer = Answer("sufficient", evidence=f"save {number}")
                _save_as_the_screens_do(folder, base.record.answering("roh.plan", answer), base.hash)
        finally:  # leaving the block waits for the reader
            path.with_name("stop").touch()
    assert reader.returncode == 0
    assert parse_toml(path.read_bytes(), "", end_mark=True)["answers"]["roh.plan"]["evidence"] == "save 29"


@windows
def test_a_copy_that_a_sync_program_still_reads_is_moved_out_once_it_is_let_go(darlington: Path) -> None:
    copy = Path(shutil.copy(darlington / "cases" / "07.toml", darlington / "cases" / "07-LAPTOP7.toml"))
    reader = copy.open("rb")
    threading.Timer(0.3, reader.close).start()
    moved = set_aside(darlington, "cases/07-LAPTOP7.toml")
    assert (moved.is_file(), copy.exists()) == (True, False)
