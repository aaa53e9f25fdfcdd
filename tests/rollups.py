"""Roll-ups for tests: two questions, four bands, and cases written as letters."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from sqs_core.criteria import Criteria, Outcome, Question, RatingBand, Rollup, Text, Theme
from sqs_core.records import Answer, CaseRecord
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.ratings import Rating, compute_ratings

T = Text.plain
OUTCOMES = (
    Outcome("sufficient", T("yes"), "sufficient", "y", "y"),
    Outcome("insufficient", T("no"), "insufficient", "n", "n"),
    Outcome("not-applicable", T("n/a"), "not-applicable", "x", "-"),
    Outcome("not-known", T("not known"), "not-known", "k", "?"),
)
BANDS = (
    RatingBand("inadequate", T("Inadequate"), 0),
    RatingBand("requires", T("Requires improvement"), 1, Fraction(1, 2)),
    RatingBand("good", T("Good"), 2, Fraction(65, 100)),
    RatingBand("outstanding", T("Outstanding"), 3, Fraction(4, 5)),
)


def version(*rollups: Rollup, questions: int = 2) -> Criteria:
    return Criteria(
        "v",
        T("v"),
        T("invented"),
        ("en",),
        OUTCOMES,
        tuple(o.id for o in OUTCOMES),
        (Theme("t", "1", T("t")),),
        (),
        tuple(Question(f"q{i}", "t", T(f"q{i}?"), T(f"q{i}")) for i in range(1, questions + 1)),
        rollups=rollups,
    )


def bands(of: str = "q1", **changes: Any) -> Rollup:
    whole = Rollup("r", T("R"), "bands", (of,), "cases", 3, 0, BANDS)
    return evolve(whole, **changes)


def cases(**answers: str) -> list[CaseRecord]:
    """Cases whose answers to each question are the letters: y, n, x (n/a), k (not known), - (none)."""
    names = {"y": "sufficient", "n": "insufficient", "x": "not-applicable", "k": "not-known"}
    length = max(map(len, answers.values()))
    return [
        CaseRecord(
            f"{i:02}",
            "v",
            "",
            answers={q: Answer(names[a[i]]) for q, a in answers.items() if i < len(a) and a[i] in names},
        )
        for i in range(length)
    ]


def rated(
    rollups: tuple[Rollup, ...], given: Mapping[str, str] | None = None, **answers: str
) -> list[Rating]:
    criteria = version(*rollups)
    return list(compute_ratings(criteria, count_findings(criteria, cases(**answers)), given))


PARTS = (bands(id="a"), bands("q2", id="b"))
WORST = Rollup("w", T("W"), "worst", ("a", "b"))
SUM = Rollup(
    "s",
    T("S"),
    "sum",
    ("a", "b"),
    bands=(RatingBand("low", T("Low"), 0), RatingBand("high", T("High"), 1, Fraction(5))),
)
