"""Records to the bytes of their files and back: readable, mendable, friendly to version control.

A case is saved after each answer, and only that one is another than before.  So its file is made of
blocks, which are kept: its header, its facts, one for each answer, then whatever else takes a
heading of its own.  A block is kept, and can get into a file, only once it was read back, by what
reads records, and said what it was made of.

That is as good as reading the whole file back.  TOML is a row of statements, and a heading
(``[answers."roh.plan"]``) names from the root what the statements below it belong to.  A block that
begins with a heading therefore means the same wherever it stands, and changes nothing before it;
one that ends its last value and line changes nothing after it.  Both are tried: a block is read back
between two answers that it must leave as they are (the header before one).  What is left is that two
blocks might have the same heading.  They do not: each is of other keys than all the others, and says
these and no more, and one that said ``[answers]`` or ``[facts]`` on the way would not be taken, as the
trial says these already.  No limit of :mod:`sqs_core.storage.safe_read` adds up from block to block but
the size of the file, and that is looked at in the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

import tomli_w
from attrs import evolve, fields

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, RecordError
from sqs_core.records.case import NO_ANSWER, Answer, CaseRecord, FactValue
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.second_marking import Agreed
from sqs_core.records.validation import agreed_misfits, interview_misfits, misfits
from sqs_core.storage.converter import Key, structured, unstructured
from sqs_core.storage.formats import FORMAT, check_format, upgraded
from sqs_core.storage.fsync import not_read_back
from sqs_core.storage.safe_read import END_MARK, check_size, parse_toml
from sqs_core.storage.toml_lines import line_of
from sqs_core.text import all_with_newlines, one_line

T = TypeVar("T")


class Stored(NamedTuple, Generic[T]):
    """A record as read from disk, with the content hash of its file (ABSENT where there is none)."""

    record: T
    hash: str


_HEADER: Final = tuple(part.name for part in fields(CaseRecord) if part.name not in ("facts", "answers"))
_TRIED: Final = CaseRecord("0", "0", "0", answers={"<": NO_ANSWER, ">": NO_ANSWER})
"""What a block is tried in, as the parts of its file; no question can be called so."""
_START: Final = f'format = {FORMAT}\ncase = "0"\ncriteria = "0"\ncriteria_hash = "0"\n'
_NO_FACTS: Final = "\n[facts]\n"
_BEFORE: Final = '\n[answers]\n\n[answers."<"]\n\n'
_AFTER: Final = f'\n[answers.">"]\n\n{END_MARK}\n'


def encode(
    record: object,
    criteria: Criteria | None = None,
    *,
    proved: bool = True,
) -> bytes:
    """The file of ``record``: its keys in a fixed order, answers in that of ``criteria``.

    The last line is an end mark, so that a file cut short is never taken for a whole one.
    NotSavedError (R022) where the file of a case would not read back as it was; ``proved`` false
    writes it all the same, for a person to read.
    """
    if proved and isinstance(record, CaseRecord):
        return _encoded_case(record, criteria)
    data = {"format": FORMAT, **unstructured(record)}
    for table in ("facts", "answers"):
        if table in data:
            data[table] = {name: data[table][name] for name in _ordered(table, data[table], criteria)}
    return f"{_dumps(data)}\n{END_MARK}\n".encode()


def _encoded_case(record: CaseRecord, criteria: Criteria | None) -> bytes:
    where = f"{one_line(record.case)}.toml"
    try:
        head, tail = _frame(*[getattr(record, name) for name in _HEADER])
        blocks = [head]
        if record.facts:
            names = _ordered("facts", record.facts, criteria)
            blocks.append(_facts(tuple(names), *[record.facts[name] for name in names]))
        names = _ordered("answers", record.answers, criteria)
        blocks += [_answer(name, record.answers[name]) for name in names]
        data = "\n".join((*blocks, *tail, f"{END_MARK}\n")).encode()
        check_size(data, where)
    except Exception as error:
        # Unchained, as whatever went wrong may have the record's words in it.
        raise not_read_back(where, error) from None
    return data


@lru_cache(64, typed=True)
def _frame(*header: Any) -> tuple[str, tuple[str, ...]]:
    """The block that a file of such a ``header`` begins with, and those that it ends with."""
    record = CaseRecord(**dict(zip(_HEADER, header, strict=True)))
    blocks = {key: _dumps({key: value}) for key, value in {"format": FORMAT, **unstructured(record)}.items()}
    # A list of tables goes on one line where it fits: then it belongs to the header.
    tail = {key: block for key, block in blocks.items() if block.startswith("[")}
    head = "".join(block for key, block in blocks.items() if key not in tail)
    elsewhere: dict[str, Any] = dict.fromkeys(tail, ())
    bare = evolve(record, answers={">": NO_ANSWER}, **elsewhere)
    _prove(f"{head}{_NO_FACTS}\n[answers]\n{_AFTER}", bare)
    for key, block in tail.items():
        _prove(_START + _NO_FACTS + _BEFORE + block + _AFTER, evolve(_TRIED, **{key: getattr(record, key)}))
    return head, tuple(tail.values())


@lru_cache(64, typed=True)  # true and 1 are equal, but not the same fact
def _facts(names: tuple[str, ...], *values: FactValue) -> str:
    facts = dict(zip(names, values, strict=True))
    block = _dumps({"facts": facts})
    _prove(_START + _BEFORE + block + _AFTER, evolve(_TRIED, facts=facts))
    return block


@lru_cache(1024)
def _answer(name: str, answer: Answer) -> str:
    block = _dumps({"answers": {name: unstructured(answer)}})
    tried = evolve(_TRIED, answers={**_TRIED.answers, name: answer})
    _prove(_START + _NO_FACTS + _BEFORE + block + _AFTER, tried)
    return block


def _prove(text: str, record: CaseRecord) -> None:
    """Raise where ``text``, read as a file, does not say what ``record`` says."""
    check_same(decode(text.encode(), CaseRecord, ""), record)


def check_same(found: T, meant: T) -> None:
    """Raise where what was read back, ``found``, does not say all that ``meant`` says, and no more.

    Newlines are alike: a file has ``\\n`` for each, whatever a text came with.
    """
    if all_with_newlines(unstructured(found)) != all_with_newlines(unstructured(meant)):
        raise RecordError(Problem("", "what was read back is not what was written", code="R012"))


def _dumps(data: dict[str, Any]) -> str:
    return tomli_w.dumps(data, multiline_strings=True)


def _ordered(table: str, entries: Mapping[str, Any], criteria: Criteria | None) -> list[str]:
    """The names of ``entries`` in the order of ``criteria``, then those they do not know by name."""
    if criteria is None:
        return list(entries)
    ids = [*(q.id for q in criteria.questions), *(q.id for q in criteria.interview_questions)]
    if table == "facts":
        ids = [fact.id for fact in criteria.facts]
    known = [name for name in dict.fromkeys(ids) if name in entries]
    return known if len(known) == len(entries) else [*known, *sorted(entries.keys() - known)]


def decode(data: bytes, cls: type[T], where: str) -> T:
    """The record in ``data``; RecordError with every problem of the file, each by line."""
    record, _ = _decoded(data, cls, where)
    return record


def decode_case(data: bytes, criteria: Criteria, where: str) -> CaseRecord:
    """The case record in ``data``, checked against the ``criteria`` it is pinned to."""
    record = decode(data, CaseRecord, where)
    check_fits(record, criteria, data, where)
    return record


def check_fits(record: CaseRecord, criteria: Criteria, data: bytes, where: str) -> None:
    """RecordError where ``record``, of which ``data`` is the file, does not fit ``criteria``."""
    place = _places_in(data, where)
    _refuse(pin_problems(criteria, record, place) or misfits(criteria, record, place))


def decode_interview(data: bytes, criteria: Criteria, where: str) -> Interview:
    """The interview in ``data``, checked against the ``criteria`` it is pinned to."""
    record, place = _decoded(data, Interview, where)
    _refuse(pin_problems(criteria, record, place) or interview_misfits(criteria, record, place))
    return record


def decode_agreed(data: bytes, criteria: Criteria, where: str) -> Agreed:
    """What was agreed after a second marking, checked against the ``criteria`` it is pinned to."""
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
    place = _places_in(data, where)
    check_format(parsed, where, FORMAT)
    parsed.pop("format")
    record, problems = structured(parsed, cls, place)
    if record is None:
        raise RecordError(*problems)
    return record, place


def _places_in(data: bytes, where: str) -> Callable[[list[Key]], str]:
    return lambda path: f"{where}:{line_of(data.decode('utf-8-sig'), path)}"


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise RecordError(*problems)
