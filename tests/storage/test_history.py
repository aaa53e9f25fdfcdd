"""The change log: append-only, and any change to it shows."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import LONGEST, START, HistoryEntry, append, head, read, stream
from sqs_core.storage.audit.verify import verify_chain
from systems import links

NOON = datetime(2012, 11, 12, 12, 0, 5, 999_999, tzinfo=UTC)


def log(folder: Path, new: Any = "sufficient", **more: Any) -> HistoryEntry:
    return append(folder, time=NOON, who="AE", what="answer", case="07", question="roh.plan", new=new, **more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a history of four entries."""
    for new in (
        "sufficient",
        {"outcome": "insufficient", "evidence": "Week 9.\nNo “review” – yet."},
        None,
        ["a"],
    ):
        log(tmp_path, new, why="asked again")
    return tmp_path


def file_of(folder: Path) -> Path:
    return folder / history.NAME


def lines_of(folder: Path) -> list[bytes]:
    return file_of(folder).read_bytes().splitlines(keepends=True)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_an_entry_comes_back_as_it_was_given(tmp_path: Path) -> None:
    old, new = (
        {"outcome": None},
        {"outcome": "insufficient", "reasons": ["late"], "evidence": "a\nb £é 👨‍👩‍👦"},
    )
    given = append(
        tmp_path, time=NOON, who="AE", what="answer", case="07", question="q", old=old, new=new, why="w"
    )
    assert read(tmp_path) == ((given,), ())
    assert given == HistoryEntry(
        n=1,
        time="2012-11-12T12:00:05Z",
        who="AE",
        what="answer",
        case="07",
        question="q",
        old=old,
        new=new,
        why="w",
        prev=START,
        hash=given.hash,
    )


def test_each_entry_names_the_line_before_it(folder: Path) -> None:
    lines = [line.rstrip(b"\n") for line in lines_of(folder)]
    entries, _ = read(folder)
    assert [entry.prev for entry in entries] == [START, *map(content_hash, lines[:-1])]
    assert [entry.n for entry in entries] == [1, 2, 3, 4]


def test_a_line_can_be_read_without_the_program(folder: Path) -> None:
    assert [json.loads(line)["what"] for line in lines_of(folder)] == ["answer"] * 4


def test_the_time_is_kept_in_utc(tmp_path: Path) -> None:
    summer = datetime(2012, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert append(tmp_path, time=summer, who="AE", what="open").time == "2012-06-30T23:30:00Z"


def test_a_time_without_a_zone_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must know its zone"):
        append(tmp_path, time=datetime(2012, 11, 12), who="AE", what="open")


def test_newlines_are_made_one_kind(tmp_path: Path) -> None:
    assert log(tmp_path, {"evidence": ["a\r\nb\rc"]}).new == {"evidence": ["a\nb\nc"]}


@pytest.mark.parametrize(
    "new", ["\x1b[2J", {"a": ["\u202e"]}, {"\0": 1}, "\ud800", float("nan"), {1, 2}, b"x"]
)
def test_what_no_record_may_hold_is_refused_unquoted(folder: Path, new: Any) -> None:
    before = file_of(folder).read_bytes()
    with pytest.raises(UsageError, match="this cannot be kept in the history"):
        log(folder, new)
    assert file_of(folder).read_bytes() == before


def test_an_entry_too_long_to_be_read_again_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="too long for the history"):
        log(folder, "x" * LONGEST)


def test_no_history_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert (read(tmp_path), verify_chain(tmp_path), head(tmp_path)) == (((), ()), (), "")


def test_a_true_history_verifies_also_against_every_head_it_had(tmp_path: Path) -> None:
    heads = []
    for n in range(5):
        log(tmp_path, n)
        heads.append(head(tmp_path))
    assert [verify_chain(tmp_path, each) for each in heads] == [()] * 5
    assert verify_chain(tmp_path, heads[2].upper()[:14]) == ()


def test_the_head_is_the_last_entry(folder: Path) -> None:
    last = read(folder)[0][-1]
    assert head(folder) == f"4:{last.hash.removeprefix('sha256:')}"


@pytest.mark.parametrize(
    "text", ["", "4", "4:", "4:abc", "x:0123456789ab", "-1:0123456789ab", "4:" + "0" * 65]
)
def test_what_is_no_head_is_a_mistake_of_the_caller(folder: Path, text: str) -> None:
    with pytest.raises(UsageError, match="a head is a number, a colon"):
        verify_chain(folder, text)


def test_every_change_of_every_byte_is_found(folder: Path) -> None:
    data = file_of(folder).read_bytes()
    unseen = []
    for at in range(len(data)):
        for byte in {data[at] ^ 1, 0x0A} - {data[at]}:
            file_of(folder).write_bytes(data[:at] + bytes([byte]) + data[at + 1 :])
            if not verify_chain(folder):
                unseen.append((at, byte))
    assert unseen == []


def test_every_byte_taken_out_or_put_in_is_found(folder: Path) -> None:
    data = file_of(folder).read_bytes()
    unseen = []
    for at in range(len(data)):
        for changed in (
            data[:at] + data[at + 1 :],
            data[:at] + b" " + data[at:],
            data[:at] + b"\n" + data[at:],
        ):
            file_of(folder).write_bytes(changed)
            if not verify_chain(folder):
                unseen.append(at)
    assert unseen == []


def test_the_first_line_that_does_not_fit_is_named(folder: Path) -> None:
    lines = lines_of(folder)
    lines[1] = lines[1].replace(b'"who":"AE"', b'"who":"XY"')
    file_of(folder).write_bytes(b"".join(lines))
    assert verify_chain(folder) == (
        Problem(
            "history.jsonl:2",
            "this line was changed: it does not fit its own hash",
            "compare it with a copy made earlier",
            "H003",
        ),
    )


def test_a_line_changed_and_sealed_anew_does_not_fit_the_next(folder: Path) -> None:
    lines = lines_of(folder)
    body = lines[1].replace(b'"who":"AE"', b'"who":"XY"').partition(b',"hash"')[0]
    lines[1] = body + b',"hash":"' + content_hash(body).encode() + b'"}\n'
    file_of(folder).write_bytes(b"".join(lines))
    assert [(problem.where, problem.code) for problem in verify_chain(folder)] == [
        ("history.jsonl:3", "H004")
    ]


def test_lines_taken_out_doubled_or_swapped_are_found(folder: Path) -> None:
    one, two, three, four = lines_of(folder)
    for lines in (
        (two, three, four),
        (one, three, four),
        (one, two, four),
        (one, one, two, three, four),
        (one, two, two, three, four),
        (one, two, three, four, four),
        (two, one, three, four),
        (one, two, four, three),
    ):
        file_of(folder).write_bytes(b"".join(lines))
        assert verify_chain(folder) != ()


def test_entries_taken_off_the_end_are_found_by_the_head(folder: Path) -> None:
    printed, lines = head(folder), lines_of(folder)
    for kept in range(4):
        file_of(folder).write_bytes(b"".join(lines[:kept]))
        assert verify_chain(folder) == ()
        assert codes(verify_chain(folder, printed)) == ["H005"]


def test_a_history_written_anew_throughout_is_found_by_the_head(folder: Path) -> None:
    printed = head(folder)
    file_of(folder).unlink()
    for _ in range(5):
        log(folder, "something else")
    assert verify_chain(folder) == ()
    assert codes(verify_chain(folder, printed)) == ["H005"]


def test_a_last_line_torn_anywhere_loses_nothing_and_is_gone_on_after(folder: Path) -> None:
    data = file_of(folder).read_bytes()
    start = len(b"".join(lines_of(folder)[:3]))
    entries, _ = read(folder)
    outcomes = set()
    for cut in range(start + 1, len(data)):
        file_of(folder).write_bytes(data[:cut])
        kept, problems = read(folder)
        found = codes(problems), codes(verify_chain(folder))
        log(folder, "after")
        after, _ = read(folder)
        hard = [problem for problem in verify_chain(folder) if not problem.advice]
        outcomes.add(
            (kept[:3] == entries[:3], str(found), after[:3] == entries[:3], after[-1].new, str(hard))
        )
    assert outcomes == {(True, "(['H002'], ['H002'])", True, "after", "[]")}


def test_a_torn_line_stays_and_is_told_for_good(folder: Path) -> None:
    data = file_of(folder).read_bytes()
    file_of(folder).write_bytes(data[:-20])
    log(folder)
    assert file_of(folder).read_bytes().startswith(data[:-20] + b"\n")
    assert [(p.where, p.code, p.advice) for p in verify_chain(folder)] == [("history.jsonl:4", "H001", True)]


def test_a_whole_last_line_that_only_lost_its_end_is_still_an_entry(folder: Path) -> None:
    file_of(folder).write_bytes(file_of(folder).read_bytes()[:-1])
    assert (len(read(folder)[0]), codes(verify_chain(folder))) == (4, ["H002"])
    log(folder)
    assert (len(read(folder)[0]), verify_chain(folder)) == (5, ())


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"\0" * 600,
        b"[" * 100_000,
        b'{"n":' + b"1" * 5000 + b"}",
        b'{"n":1,"time":"","who":"","what":"","case":"","question":"","old":0,"new":0,"why":"","prev":"","hash":""}',
        b"x" * (LONGEST + 5),
    ],
    ids=lambda line: line[:12].decode("latin-1"),
)
def test_a_hostile_line_is_a_problem_and_stops_nothing(folder: Path, line: bytes) -> None:
    whole = file_of(folder).read_bytes()
    file_of(folder).write_bytes(whole + line + b"\n" + whole)
    entries, problems = read(folder)
    assert len(entries) == 8
    assert [(problem.where, problem.code) for problem in problems] == [("history.jsonl:5", "H001")]
    assert codes(verify_chain(folder)) == ["H001", "H004"]


def test_an_escape_for_the_terminal_in_a_line_is_not_read(folder: Path) -> None:
    text = file_of(folder).read_text("utf-8").replace("asked again", "\\u001b[2J")
    file_of(folder).write_text(text, "utf-8")
    assert (read(folder)[0], codes(read(folder)[1])) == ((), ["H001"] * 4)


@links
def test_a_link_in_place_of_the_history_is_refused(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / history.NAME).symlink_to(file_of(folder))
    for ask in (read, verify_chain, head):
        with pytest.raises(RecordError, match="R001"):
            ask(other)


def test_entries_stream_one_by_one(folder: Path) -> None:
    assert tuple(stream(folder)) == read(folder)[0]


def test_many_at_once_make_one_chain(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: log(tmp_path, n), range(60)))
    entries, problems = read(tmp_path)
    assert sorted(entry.new for entry in entries) == list(range(60))
    assert (problems, verify_chain(tmp_path)) == ((), ())


def test_a_history_of_one_endless_line_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    file_of(tmp_path).touch()
    os.truncate(file_of(tmp_path), 1 << 28)
    assert codes(read(tmp_path)[1]) == ["H002"]
    with pytest.raises(RecordError, match="longer than 8 MiB"):
        log(tmp_path)


@pytest.mark.parametrize(
    ("new", "cases", "texts"),
    [
        ({"cases": ["07", "08"], "texts": "k"}, ("07", "08"), "k"),
        ({"cases": ["07", 8, None], "texts": ["k"]}, ("07",), ""),
        ({"cases": 7, "texts": {"k": 1}}, (), ""),
        (None, (), ""),
        (["cases"], (), ""),
    ],
)
def test_what_an_entry_names_is_what_the_program_may_have_written_and_nothing_else(
    tmp_path: Path, new: Any, cases: tuple[str, ...], texts: str
) -> None:
    entry = log(tmp_path, new)
    assert (entry.cases, entry.texts) == (cases, texts)
