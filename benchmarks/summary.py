"""Counting: the board from records in memory, against the plainest loop that counts anything."""

from __future__ import annotations

from collections import Counter

from rounds import Row, against, interleaved
from subjects import synthetic

from sqs_core.scoring.confidence import confidences
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.library import load_criteria

CASES = 1000


def bench() -> list[Row]:
    """The board of 1,000 cases, its subsets, and the intervals of its lines."""
    criteria = load_criteria("sqs-2012", plugins=False)
    records = synthetic(CASES)
    board = count_findings(criteria, records)
    times = interleaved(
        {
            "loop": lambda: Counter((q, a.outcome) for r in records for q, a in r.answers.items()),
            "board": lambda: count_findings(criteria, records),
            "sure": lambda: confidences(board, frame=4000),
        },
        rounds=9,
    )
    loop = "a `Counter` of (question, outcome) over the same answers, without conditions"
    return [
        against(
            times,
            "board",
            "loop",
            what=f"the board of {CASES:,} cases with {len(criteria.subsets)} subsets",
            floor_is=loop,
        ),
        against(times, "sure", "board", what="intervals of every line", floor_is="the board alone"),
    ]
