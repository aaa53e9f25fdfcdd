"""Records to the bytes of their files and back: readable, mendable, friendly to version control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, RecordError
from sqs_core.records.case import Answer, CaseRecord, FactValue
from sqs_core.records.fit import agreed_misfits, interview_misfits, misfits
from sqs_core.records.interview import Interview
from sqs_core.storage.formats import FORMAT, upgraded
from sqs_core.storage.guard import END_MARK, parse_toml
from sqs_core.storage.library import refuse_newer
from sqs_core.storage.structure import Key, structured, unstructured
from sqs_core.storage.toml_lines import line_of

if TYPE_CHECKING:
    from sqs_core.records.inspection import Inspection
    from sqs_core.records.narrative import Narrative
    from sqs_core.records.second import Agreed
    from sqs_core.storage.undecided import Choices

T = TypeVar("T", "CaseRecord", "Inspection", "Interview", "Narrative", "Agreed", "Choices")


def encode(
    record: CaseRecord | Inspection | Interview | Narrative | Agreed | Choices,
    criteria: Criteria | None = None,
) -> bytes:
    """The file of ``record``: its keys in a fixed order, answers in that of ``criteria``.

    The last line is an end mark, so that a file cut short is never taken for a whole one.
    """
    data = {"format": FORMAT, **unstructured(record)}
    if criteria is not None:
        for table, order in (
            ("facts", [f.id for f in criteria.facts]),
            ("answers", [*(q.id for q in criteria.questions), *(q.id for q in criteria.interview_questions)]),
        ):
            if table in data:
                data[table] = _ordered(data[table], order)
    return (_toml(data, record) + "\n" + END_MARK + "\n").encode()


def _toml(data: dict[str, Any], record: object) -> str:
    if not isinstance(record, CaseRecord) or next(reversed(data)) != "answers":
        return _dumps(data)
    answers, facts = data.pop("answers"), data.pop("facts", {})
    parts = [_dumps(data), _facts(tuple(facts.items())) if facts else ""]
    parts += [_answer(name, record.answers[name]) for name in answers]
    return "\n".join(filter(None, parts))


# A record is saved after each answer, and only that one is another than before.
@lru_cache(1024)
def _answer(name: str, answer: Answer) -> str:
    return _dumps({"answers": {name: unstructured(answer)}})


@lru_cache(64)
def _facts(facts: tuple[tuple[str, FactValue], ...]) -> str:
    return _dumps({"facts": dict(facts)})


def _dumps(data: dict[str, Any]) -> str:
    import tomli_w  # reading does without it

    return tomli_w.dumps(data, multiline_strings=True)


def _ordered(table: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    place = {name: i for i, name in enumerate(order)}
    return {name: table[name] for name in sorted(table, key=lambda n: (place.get(n, len(place)), n))}


def decode(data: bytes, cls: type[T], where: str) -> T:
    """The record in ``data``; RecordError with every problem of the file, each by line."""
    record, _ = _decoded(data, cls, where)
    return record


def decode_case(data: bytes, criteria: Criteria, where: str) -> CaseRecord:
    """The case record in ``data``, checked against the ``criteria`` it is pinned to."""
    record, place = _decoded(data, CaseRecord, where)
    _refuse(pin_problems(criteria, record, place) or misfits(criteria, record, place))
    return record


def decode_interview(data: bytes, criteria: Criteria, where: str) -> Interview:
    """The interview in ``data``, checked against the ``criteria`` it is pinned to."""
    record, place = _decoded(data, Interview, where)
    _refuse(pin_problems(criteria, record, place) or interview_misfits(criteria, record, place))
    return record


def decode_agreed(data: bytes, criteria: Criteria, where: str) -> Agreed:
    """What was agreed after a second marking, checked against the ``criteria`` it is pinned to."""
    from sqs_core.records.second import Agreed

    agreed, place = _decoded(data, Agreed, where)
    _refuse(pin_problems(criteria, agreed, place) or agreed_misfits(criteria, agreed, place))
    return agreed


def pin_problems(
    criteria: Criteria,
    record: CaseRecord | Inspection | Interview | Agreed,
    place: Callable[[list[Key]], str],
) -> tuple[Problem, ...]:
    """Whether ``record`` was made under other criteria than these."""
    if record.criteria != criteria.id:
        what = f"made under criteria {record.criteria}, but the inspection is under {criteria.id}"
        return (Problem(place(["criteria"]), what, "migrate the record, or mend the id", "R030"),)
    if record.criteria_hash != criteria.hash:
        what = f"made under another content of {criteria.id} than the one installed here"
        remedy = "install the version it was made under; its answers were left untouched"
        return (Problem(place(["criteria_hash"]), what, remedy, "R031"),)
    return ()


def _decoded(data: bytes, cls: type[T], where: str) -> tuple[T, Callable[[list[Key]], str]]:
    parsed = upgraded(parse_toml(data, where, end_mark=True))

    def place(path: list[Key]) -> str:
        return f"{where}:{line_of(data.decode('utf-8-sig'), path)}"

    refuse_newer(parsed, where, FORMAT)
    parsed.pop("format")
    record, problems = structured(parsed, cls, place)
    if record is None:
        raise RecordError(*problems)
    return record, place


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise RecordError(*problems)
