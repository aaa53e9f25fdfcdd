"""Read criteria versions from the bytes of their files, and compute the hash that records pin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.criteria.lint.finding import path_words
from sqs_core.errors import UsageError
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.converter import structured
from sqs_core.storage.record_files import CRITERIA_FORMAT, check_format
from sqs_core.storage.safe_read import MissingFileError, parse_toml, places_in, read_bytes

_TOLD_OF_IT: Final = frozenset({"wording", "place", "in_force_to"})
"""The keys that change nothing of what is asked: whose words it is in, and the last day, known only later."""
_WORDING: Final = frozenset(
    (
        *("title", "source", "text", "short", "label", "guidance", "hint"),
        *("population", "phrase", "note", "letter"),
    )
)
"""The keys of a version that only word what is asked."""


def read_criteria(data: bytes, where: str) -> Criteria:
    """Return the criteria version in ``data``; RecordError has every problem, by file and line.

    >>> from pathlib import Path
    >>> read_criteria(Path("my-audit.toml").read_bytes(), "my-audit.toml")
    <Criteria local-audit: 6 questions in 3 themes>
    """
    parsed = parse_toml(data, where, end_mark=False)
    check_format(parsed, where, CRITERIA_FORMAT)
    criteria = structured(parsed, Criteria, places_in(data, where), lambda keys: path_words(keys, parsed))
    return evolve(criteria, hash=criteria_hash(parsed))


def criteria_at(path: Path) -> Criteria:
    """Return the criteria version in the file at ``path``; UsageError where there is no such file."""
    if path.suffix.lower() in (".xlsx", ".ods", ".csv"):
        raise UsageError(f"{path} is a spreadsheet; 'sqs criteria import' makes a criteria file of it")
    try:
        return read_criteria(read_bytes(path), str(path))
    except MissingFileError:
        raise UsageError(f"no file {path}") from None


def criteria_hash(parsed: dict[str, Any]) -> str:
    """Return the content hash that records pin: of what is asked, not of comments or layout.

    The letter plan is left out: rewording the letter changes no answer.  So are the marks of whose words a
    text is, and the last day in force.  Of a draft all wording is.
    """
    draft = parsed.get("status") == "draft"
    asked = {key: value for key, value in parsed.items() if key != "letter"}
    asked = _without(asked, _TOLD_OF_IT | _WORDING if draft else _TOLD_OF_IT)
    canonical = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=_json_value)
    return content_hash(canonical.encode())


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_without(part, keys) for part in value]
    if isinstance(value, dict):
        return {key: _without(part, keys) for key, part in value.items() if key not in keys}
    return value


def _json_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a criteria file cannot hold a {type(value).__name__}")
