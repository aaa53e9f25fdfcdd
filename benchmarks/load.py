"""Reading records: from bytes to checked values, against the parser alone."""

from __future__ import annotations

import tomllib

import tomli as reader
from rounds import Row, against, interleaved
from subjects import files_of, load_example, synthetic

from sqs_core.records.case import CaseRecord
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.record_files import decode
from sqs_core.storage.safe_read import parse_toml

MANY = 300


def bench() -> list[Row]:
    """An inspection read whole, the guards before the parser, and a stream of records tallied."""
    many = files_of(synthetic(MANY))
    with load_example() as folder:
        criteria = folder.criteria
        cases = [(folder.path / "cases" / f"{case}.toml").read_bytes() for case in folder.case_ids()]
        few = interleaved(
            {
                "parse": lambda: [tomllib.loads(data.decode()) for data in cases],
                "reader": lambda: [reader.loads(data.decode()) for data in cases],
                "guarded": lambda: [parse_toml(data, "x", end_mark=True) for data in cases],
                "decode": lambda: [decode(data, CaseRecord, "x", criteria) for data in cases],
                "folder": folder.cases,
            },
            rounds=15,
        )
    stream = interleaved(
        {
            "parse": lambda: [None for data in many if tomllib.loads(data.decode()) is None],
            "tally": lambda: count_findings(
                criteria, (decode(data, CaseRecord, "x", criteria) for data in many)
            ),
        },
        rounds=9,
    )
    bare = "`tomllib.loads` of the same bytes"
    same = f"`{reader.__name__}.loads`, the parser that is used where it is installed"
    return [
        against(few, "guarded", "reader", what="14 cases parsed behind the guards", floor_is=same),
        against(few, "decode", "reader", what="14 cases as checked values", floor_is=same),
        against(few, "decode", "parse", what="14 cases as checked values", floor_is=bare),
        against(few, "folder", "parse", what="14 cases read from disk as checked values", floor_is=bare),
        against(
            stream, "tally", "parse", what=f"{MANY} cases streamed into the board, none kept", floor_is=bare
        ),
    ]
