"""Reading files that nobody vouches for."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.errors import RecordError
from sqs_core.storage.audit import history
from sqs_core.storage.safe_read import (
    END_MARK,
    LARGEST,
    MAX_BYTES,
    MissingFileError,
    line_of,
    open_ordinary,
    parse_toml,
    read_bytes,
    reading,
)

RECORD = """format = 1
case = "07"

[facts]
custody = true

[answers."roh.plan"]
outcome = "insufficient"
reasons = [
    "late",
]
evidence = \"\"\"
[not.a.heading]
outcome = "nor a key"
\"\"\"

[answers]
"lor.plan".outcome = "sufficient"

[[questions]]
id = "a"

[[questions]]
id = "b"
[questions.when]
fact = "custody"
# end of record
"""


def problem_of(text: str | bytes, *, end_mark: bool = True) -> tuple[str, str]:
    """The place and code of the first problem with a record."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(RecordError) as refusal:
        parse_toml(data, "cases/07.toml", end_mark=end_mark)
    return refusal.value.problems[0].where, refusal.value.problems[0].code


def taken_or_refused(data: bytes, *, end_mark: bool) -> bool:
    """Whether the reader gives a table, or problems that each say what is wrong under a code."""
    try:
        return isinstance(parse_toml(data, "x", end_mark=end_mark), dict)
    except RecordError as error:
        return all(problem.what and problem.code for problem in error.problems)


def ended(text: str) -> str:
    return f"{text}\n{END_MARK}\n"


def test_a_record_is_read_as_it_was_written() -> None:
    assert parse_toml(RECORD.encode(), "07.toml", end_mark=True) == tomllib.loads(RECORD)


def test_what_an_editor_on_windows_does_to_a_record_changes_nothing() -> None:
    windows = b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode()
    assert parse_toml(windows, "07.toml", end_mark=True) == tomllib.loads(RECORD)


def test_newlines_brought_by_escapes_are_made_one_kind() -> None:
    assert parse_toml(b'a = ["x\\r\\ny", {b = "x\\ry"}]', "x", end_mark=False) == {
        "a": ["x\ny", {"b": "x\ny"}]
    }


def test_every_cut_of_a_record_is_refused() -> None:
    data = RECORD.encode()
    taken = []
    for size in range(len(data) - 1):
        try:
            parse_toml(data[:size], "07.toml", end_mark=True)
        except RecordError:
            continue
        taken.append(size)
    assert taken == []


def test_a_record_cut_at_a_line_end_is_said_to_be_cut_short() -> None:
    with pytest.raises(
        RecordError, match=r"07.toml:5: R011 the file seems cut short.*compare it with a copy"
    ):
        parse_toml("\n".join([*RECORD.splitlines()[:5], "", ""]).encode(), "07.toml", end_mark=True)


def test_a_file_that_is_no_record_needs_no_end_mark() -> None:
    assert parse_toml(b"a = 1\n", "criteria.toml", end_mark=False) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ended("a = 1\n\nb = 2\na = 3"), ("cases/07.toml:4", "R009")),
        (ended("[a]\n[b]\n[a]"), ("cases/07.toml:3", "R009")),
        (ended("a = 1\nthe boy said\n"), ("cases/07.toml:2", "R008")),
        (ended('a = "\\q"'), ("cases/07.toml:1", "R008")),
        (ended('a = "x\ny"'), ("cases/07.toml:1", "R008")),
        (ended("a = nan"), ("cases/07.toml", "R010")),
        (ended("a = 1\nb = 1e400"), ("cases/07.toml", "R010")),
        (ended("a = 1\nb = 'x\x1b[31m'"), ("cases/07.toml:2", "R005")),
        (ended("a = 1\n\nb = '\u202e'"), ("cases/07.toml:3", "R005")),
        (ended('[a]\nb = 1\nc = "\\u001b"'), ("cases/07.toml:3", "R005")),
        (ended('[[a]]\n[[a]]\nc = {d = "\\u200b"}'), ("cases/07.toml:3", "R005")),
        (ended("a = 1\nb = '") .encode() + b"\xff", ("cases/07.toml:4", "R004")),
        (ended("\n\n" + "a." * 20 + "b = 1"), ("cases/07.toml:3", "R007")),
        (ended("a = [\n" + "[" * 500 + "]" * 500 + "]"), ("cases/07.toml", "R006")),
        (b"#" * (MAX_BYTES + 1), ("cases/07.toml", "R002")),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(text: str | bytes, expected: tuple[str, str]) -> None:
    assert problem_of(text) == expected


def test_a_broken_record_is_refused_without_quoting_it() -> None:
    with pytest.raises(RecordError) as refusal:
        parse_toml(ended('"his mother told us" = 1\n"his mother told us" = 2').encode(), "x", end_mark=True)
    assert "mother" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_record_both_cut_and_broken_is_told_both() -> None:
    with pytest.raises(RecordError) as refusal:
        parse_toml(b'a = "x', "x", end_mark=True)
    assert [problem.code for problem in refusal.value.problems] == ["R011", "R008"]


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused_as_a_record_error(data: bytes) -> None:
    assert taken_or_refused(data, end_mark=True)
    assert taken_or_refused(data, end_mark=False)


@given(st.text(st.sampled_from("[]{}\"'#\n\\ax.,= 1"), max_size=60))
def test_any_marks_are_taken_or_refused_as_a_record_error(text: str) -> None:
    assert taken_or_refused(text.encode(), end_mark=False)


def test_dots_in_texts_and_comments_are_no_parts_of_a_key() -> None:
    prose = "One. " * 40
    text = f"a = \"{prose}\"\nb = '''\n{prose}'''\n# {prose}\n" + ".".join("x" * 16) + " = 1\n"
    assert parse_toml(text.encode(), "x", end_mark=False)["a"] == prose


def test_a_long_key_is_named_by_line_wherever_it_stands() -> None:
    long = ".".join("x" * 17)
    before = 'a = """\n\n"""\n'
    for text in (f"{long} = 1", f"[{long}]", f'b = {{ "c" = 1, {long} = 2 }}', f"b = [{{{long} = 2}}]"):
        assert problem_of(before + text, end_mark=False) == ("cases/07.toml:4", "R007")


@pytest.mark.parametrize("blank", [" ", "\t", "\n", " \n"])
def test_a_record_of_blanks_is_read_or_refused_in_a_moment(blank: str) -> None:
    many = blank * 100_000
    for text in (many, f"a = 1\n{many}{END_MARK}\n", f"a ={many.replace(chr(10), ' ')}1\n{END_MARK}\n"):
        assert taken_or_refused(text.encode(), end_mark=True)
    assert line_of(f"{many}\n[a]\nb = 1", ("a", "b")) == many.count("\n") + 3


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("format",), "format = 1"),
        (("facts", "custody"), "custody = true"),
        (("facts",), "[facts]"),
        (("answers", "roh.plan", "outcome"), 'outcome = "insufficient"'),
        (("answers", "roh.plan", "reasons", 0), "reasons = ["),
        (("answers", "roh.plan", "evidence"), 'evidence = """'),
        (("answers", "roh.plan", "missing"), '[answers."roh.plan"]'),
        (("answers", "lor.plan", "outcome"), '"lor.plan".outcome = "sufficient"'),
        (("questions", 0, "id"), 'id = "a"'),
        (("questions", 1, "id"), 'id = "b"'),
        (("questions", 1, "when", "fact"), 'fact = "custody"'),
        (("questions", 1, "when"), "[questions.when]"),
    ],
)
def test_a_key_is_found_where_it_is_written(path: tuple[str | int, ...], written: str) -> None:
    assert RECORD.splitlines()[line_of(RECORD, path) - 1] == written


def test_a_key_that_is_nowhere_is_said_to_be_on_the_first_line() -> None:
    assert line_of(RECORD, ("nothing", "like", "it")) == 1


def test_an_ordinary_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "07.toml").write_bytes(RECORD.encode() * 40)
    assert read_bytes(tmp_path / "07.toml") == RECORD.encode() * 40


def test_a_missing_file_is_told_from_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"07\.toml: R003 there is no such file"):
        read_bytes(tmp_path / "07.toml")


def test_a_file_larger_than_any_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "07.toml"
    path.touch()
    os.truncate(path, 1 << 40)  # a terabyte, on paper: reading it would fill the memory
    with pytest.raises(RecordError, match="R002 the file is larger than 1 GiB"):
        read_bytes(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes or links with a name on this system")
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder", "device", "loop"])
def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "07.toml"
    match kind:
        case "link":
            (tmp_path / "secret").write_bytes(RECORD.encode())
            path.symlink_to(tmp_path / "secret")
        case "dangling":
            path.symlink_to(tmp_path / "nothing")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            path = Path("/dev/zero")
        case "loop":
            path.symlink_to(path)
    with pytest.raises(RecordError, match="R001 this is no ordinary file"):
        read_bytes(path)


def test_a_name_that_no_system_can_have_is_refused_in_a_sentence() -> None:
    with pytest.raises(RecordError, match="R003 the file cannot be read"):
        read_bytes(Path("a\0b"))


def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "07.toml").write_bytes(b"x" * (MAX_BYTES + 1))
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    for path in (tmp_path / "07.toml", tmp_path, tmp_path / "none"):
        with pytest.raises(RecordError):
            read_bytes(path)
    again = os.open(os.devnull, os.O_RDONLY)
    os.close(again)
    assert again == lowest


def test_what_the_system_refuses_half_way_through_a_file_is_a_sentence_that_names_the_file() -> None:
    with (
        pytest.raises(RecordError, match=r"^h\.jsonl: R003 the file cannot be read \(Bad file"),
        reading(Path("h.jsonl")),
    ):
        os.read(-1, 1)


def test_a_file_that_would_be_read_for_hours_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.touch()
    os.truncate(path, LARGEST + 1)
    with pytest.raises(RecordError, match=r"R002 the file is larger than 1 GiB; no inspection needs that"):
        open_ordinary(path)
    with pytest.raises(RecordError, match="R002"):
        list(history.lines(tmp_path))
