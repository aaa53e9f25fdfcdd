"""Many inspections as a long table, a row an answer, and the one question that is asked of it.

The question is SQL that every engine takes as it stands (SUM, CASE, GROUP BY): polars here, DuckDB, and Spark
over the same Parquet files where they lie on many machines.  Children are not told apart when it is asked,
which would cost more than all the rest: a column says which answer is the first of a child, and all that a
total takes is to add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from sqs_core.criteria import Criteria
from sqs_core.errors import PluginError, UsageError
from sqs_core.exports.table import ANSWERS, YES, CellValue, Column, answer_word
from sqs_core.exports.table import NO as NOT
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.states import State, question_states

UNDATED = "undated"
Dimension = Literal["theme", "question", "period", "service", "inspection", "criteria"]
DIMENSIONS: tuple[Dimension, ...] = ("theme", "question", "period", "service", "inspection")

# Categories are text here: parts under several versions have different values, and are read as one.
ANSWER_COLUMNS = (
    Column("criteria", "text", "criteria version"),
    Column("period", "text", "quarter of the last day of fieldwork, such as 2026-Q1"),
    Column("service", "text", "the service whose work was screened"),
    Column("inspection", "text", "name of the inspection in this data set"),
    Column("record", "text", "inspection and case reference: one child"),
    Column("last_day", "date", "last day of fieldwork"),
    Column("theme", "text", "theme id"),
    Column("question", "text", "question id"),
    Column("answer", "text", "how it came out: " + ", ".join(word for word, _ in ANSWERS)),
    Column("outcome", "text", "the judgement as recorded"),
    Column(
        "first", "text", "of those judged, the first of the child: case; of the child in the theme: theme"
    ),
)


class GroupCount(NamedTuple):
    """What a group of answers comes to: its keys, and ``k`` sufficient of ``n`` judged.

    ``in_theme`` counts children once in each theme, ``in_all`` once.  :func:`total_of` adds groups up.
    """

    keys: tuple[str, ...]
    k: int
    n: int
    in_theme: int
    in_all: int

    def children(self, by: Sequence[Dimension], question: str = "") -> int:
        """Return how many children are behind a group by the columns ``by``, of one ``question`` or of all.

        Of one question a child has one answer.
        """
        return self.n if question or "question" in by else self.in_theme if "theme" in by else self.in_all


def total_of(groups: Iterable[GroupCount], kept: Sequence[int] = ()) -> list[GroupCount]:
    """Return ``groups`` by their columns ``kept`` alone, those that are alike then added up."""
    found: dict[tuple[str, ...], GroupCount] = {}
    for one in groups:
        keys = tuple(one.keys[place] for place in kept)
        known = found.get(keys, GroupCount(keys, 0, 0, 0, 0))
        found[keys] = GroupCount(keys, *(a + b for a, b in zip(known[1:], one[1:], strict=True)))
    return list(found.values())


def period_of(inspection: Inspection) -> str:
    """Return the quarter of the calendar year in which fieldwork ended, as "2026-Q1"; "undated" for none."""
    day = inspection.last_day or inspection.first_day
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else UNDATED


def period_words(period: str) -> str:
    """Return "Jan–Mar 2026" for "2026-Q1": quarters are numbered otherwise in a financial year."""
    year, _, quarter = period.partition("-Q")
    months = {"1": "Jan–Mar", "2": "Apr–Jun", "3": "Jul–Sep", "4": "Oct–Dec"}.get(quarter)
    return f"{months} {year}" if months else period


def answer_rows(
    criteria: Criteria, version: str, name: str, inspection: Inspection, record: CaseRecord
) -> Iterator[tuple[CellValue, ...]]:
    """Yield the rows of one case of the inspection ``name``; ``version`` is what its criteria are called."""
    last: date | None = inspection.last_day or inspection.first_day
    service = " ".join(inspection.service.split())
    head = (version, period_of(inspection), service, name, f"{name}/{record.case}", last)
    outcomes = {outcome.id: outcome for outcome in criteria.outcomes}
    themes: set[str] = set()
    for question, state in question_states(criteria, record).items():
        if not criteria.question(question).is_judged:
            continue  # the data set is of judgements: a value is neither k nor n
        outcome = record.answer(question).outcome if state is State.ANSWERED else None
        word = answer_word(state, outcomes.get(outcome or ""))
        theme = criteria.question(question).theme
        first = None
        if word in (YES, NOT) and theme not in themes:
            first = "theme" if themes else "case"
            themes.add(theme)
        yield (*head, theme, question, word, outcome, first)


def programme_sql(by: Sequence[Dimension], *, question: str = "") -> str:
    """Return the statement that counts ``answers`` by the columns ``by``, of one ``question`` or of all.

    >>> print(programme_sql(["theme", "period"]))           # doctest: +ELLIPSIS
    SELECT theme, period, ...
    """
    names = ", ".join(by)
    quoted = question.replace("'", "''")
    where = f" WHERE question = '{quoted}'" if question else ""
    sums = (
        f"SUM(CASE WHEN {test} THEN 1 ELSE 0 END) AS {name}"
        for name, test in (
            ("k", f"answer = '{YES}'"),
            ("n", f"answer IN ('{YES}', '{NOT}')"),
            ("in_theme", "first IN ('case', 'theme')"),
            ("in_all", "first = 'case'"),
        )
    )
    return f"SELECT {names}, {', '.join(sums)} FROM answers{where} GROUP BY {names} ORDER BY {names}"


def count_answers(
    files: Sequence[Path], by: Sequence[Dimension], *, question: str = "", engine: str = "polars"
) -> list[GroupCount]:
    """Return the counts of the answers in ``files`` by the columns ``by``, as ``engine`` gives them.

    Raises:
        PluginError: the engine is not installed.
        UsageError: there is no such engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine '{engine}'; there are {', '.join(ENGINES)}")
    if not files:
        return []
    module = "pyspark" if engine == "spark" else engine
    if find_spec(module) is None:
        extra = "'sqs-screening[programme]'" if engine == "polars" else module
        raise PluginError(f"the engine {engine} is not installed; python -m pip install {extra}")
    width = len(by)
    rows = ENGINES[engine]([str(file) for file in files], programme_sql(by, question=question))
    counts = (GroupCount(tuple(map(str, row[:width])), *map(int, row[width:])) for row in rows)
    return sorted(counts)  # engines order text each in their own way


def _by_polars(files: list[str], sql: str) -> list[tuple[Any, ...]]:
    import polars  # type: ignore[import-not-found,unused-ignore]

    frames = polars.SQLContext(answers=polars.scan_parquet(files, hive_partitioning=False))
    rows: list[tuple[Any, ...]] = frames.execute(sql).collect(engine="streaming").rows()
    return rows


def _by_duckdb(files: list[str], sql: str) -> list[tuple[Any, ...]]:
    import duckdb  # type: ignore[import-not-found,unused-ignore]

    with duckdb.connect() as connection:
        connection.read_parquet(files, hive_partitioning=False).create_view("answers")
        rows: list[tuple[Any, ...]] = connection.sql(sql).fetchall()
    return rows


def _by_spark(files: list[str], sql: str) -> list[tuple[Any, ...]]:
    from pyspark.sql import SparkSession  # type: ignore[import-not-found,unused-ignore]

    session = SparkSession.builder.getOrCreate()  # where it runs is for its own settings to say
    session.read.parquet(*files).createOrReplaceTempView("answers")
    return [tuple(row) for row in session.sql(sql).collect()]


ENGINES: Mapping[str, Callable[[list[str], str], list[tuple[Any, ...]]]] = MappingProxyType(
    {"polars": _by_polars, "duckdb": _by_duckdb, "spark": _by_spark}
)
