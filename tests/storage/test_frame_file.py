"""The list a sample is drawn from: read strictly, and refused where it could name a child."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sqs_core.errors import RecordError, SqsError, UsageError
from sqs_core.scoring.sampling import FrameCase
from sqs_core.storage.frame_file import read_frame_file

SECRET = "Quillfeather"


def written(folder: Path, text: str) -> Path:
    path = folder / "frame.csv"
    path.write_bytes(text.encode())
    return path


def test_a_list_as_a_spreadsheet_saves_it_is_read(tmp_path: Path) -> None:
    rows = ("case;order_made;Order type;remark", "Y1; 12/09/2026 ;RO;", "", "Y2;2026-09-13;YRO;x", "Y3;;RO;")
    text = "\ufeff" + "\r\n".join(rows)
    assert read_frame_file(written(tmp_path, text), ["Order type"]) == (
        FrameCase("Y1", date(2026, 9, 12), ("RO",)),
        FrameCase("Y2", date(2026, 9, 13), ("YRO",)),
        FrameCase("Y3", None, ("RO",)),
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("sep=;", "case;order_made;order_type", "Y1;2026-09-12;RO", "Y2;2026-09-13;YRO"),
        ("Case,Order_made,Order_Type", "Y1,2026-09-12,RO", "Y2,2026-09-13,YRO"),
        ("case,order_made,order_type,remark", "Y1,2026-09-12,RO,", "Y2,2026-09-13,YRO"),
        ("case,order_made,order_type,,", "Y1,2026-09-12,RO,,", "Y2,2026-09-13,YRO,,"),
    ],
    ids=["sep", "capitals", "short rows", "empty columns"],
)
def test_a_list_as_excel_writes_it_is_read(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert read_frame_file(written(tmp_path, "\r\n".join(rows)), ["order_type"]) == (
        FrameCase("Y1", date(2026, 9, 12), ("RO",)),
        FrameCase("Y2", date(2026, 9, 13), ("YRO",)),
    )


def test_after_a_first_line_sep_lines_are_counted_as_the_file_has_them(tmp_path: Path) -> None:
    file = written(tmp_path, "sep=;\ncase;order_made\nY1;2026-09-12\nY2;soon\n")
    with pytest.raises(RecordError, match=r"frame\.csv:4: F006"):
        read_frame_file(file)


def test_a_column_with_values_and_no_heading_is_no_empty_one(tmp_path: Path) -> None:
    file = written(tmp_path, "case,order_made,,\nY1,2026-09-12,x,y\n")
    with pytest.raises(RecordError, match="F003 has more cells than the header"):
        read_frame_file(file)


@pytest.mark.parametrize(
    "column",
    [
        "name",
        "Name",
        "Child name",
        "childname",
        "first_name",
        "FirstName",
        "Surname",
        "forename(s)",
        "YP Initials",
        "DOB",
        "D.O.B.",
        "DoB",
        "dateOfBirth",
        "date_of_birth",
        "Birth date",
        "Age",
        "Home address",
        "postcode",
        "NHS no",
        "pnc_id",
        "School",
        "Cyfenw",
        "Dyddiad geni",
    ],
)
def test_a_column_that_could_name_a_child_is_refused_by_its_heading_and_never_by_a_value(
    tmp_path: Path, column: str
) -> None:
    path = written(tmp_path, f"case,order_made,{column}\nY1,2026-09-12,{SECRET}\n")
    with pytest.raises(RecordError) as refused:
        read_frame_file(path)
    assert f"'{column}'" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_every_such_column_is_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, f"case,order_made,Surname,DOB\nY1,2026-09-12,{SECRET},2011-03-04\n")
    with pytest.raises(RecordError) as refused:
        read_frame_file(path)
    assert [p.what.split("'")[1] for p in refused.value.problems] == ["Surname", "DOB"]


@pytest.mark.parametrize(
    "column", ["team name", "order_type", "service_name", "custody", "officer", "language"]
)
def test_a_harmless_column_is_taken(tmp_path: Path, column: str) -> None:
    path = written(tmp_path, f"case,order_made,{column}\nY1,2026-09-12,x\n")
    assert read_frame_file(path, [column]) == (FrameCase("Y1", date(2026, 9, 12), ("x",)),)


def test_dates_of_birth_under_another_heading_are_noticed(tmp_path: Path) -> None:
    path = written(tmp_path, "case,order_made,ref2\nY1,2026-09-12,2011-03-04\nY2,2026-09-13,05/06/2010\n")
    with pytest.raises(RecordError, match="'ref2' holds dates a childhood ago"):
        read_frame_file(path)


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET},2011-03-04\nAnna {SECRET},2010-01-01\n",
        f"case,order_made\nAnna {SECRET},2026-09-12\n",
        f"case,order_made\nY1,{SECRET}\n",
        f"case,order_made\nY1,2026-09-12,{SECRET}\n",
        f'case,order_made\n"{SECRET}" x,2026-09-12\n',
        f"case,order_made\n{SECRET},2026-09-12\n{SECRET},2026-09-12\n",
        f"case,order_made\n{SECRET}\x1b,2026-09-12\n",
    ],
)
def test_no_message_repeats_a_value_of_the_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(SqsError) as refused:
        read_frame_file(written(tmp_path, text))
    assert SECRET not in str(refused.value)


def test_references_that_look_like_names_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, f"case,order_made\n{SECRET},2026-09-12\nAnna,2026-09-12\nY3,2026-09-12\n")
    with pytest.raises(RecordError, match="are they names") as refused:
        read_frame_file(path)
    assert SECRET not in str(refused.value)


def test_every_line_out_of_order_is_told_at_once(tmp_path: Path) -> None:
    text = "case,order_made\nY1,2026-09-12\ny1,2026-09-12\nY 2,2026-09-12\nY3,soon\nY4,2026-09-12,x\n"
    with pytest.raises(RecordError) as refused:
        read_frame_file(written(tmp_path, text))
    assert [(p.where, p.code) for p in refused.value.problems] == [
        ("frame.csv:3", "F005"),
        ("frame.csv:4", "F004"),
        ("frame.csv:5", "F006"),
        ("frame.csv:6", "F003"),
    ]


def test_a_column_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path, "case,order_made,order_type\nY1,2026-09-12,RO\n")
    with pytest.raises(UsageError, match="no column 'ordertype'; did you mean 'order_type'"):
        read_frame_file(path, ["ordertype"])
