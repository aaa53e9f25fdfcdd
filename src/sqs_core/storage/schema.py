"""Make the JSON Schema of the files from the model, for editors that complete and check TOML.

It keeps to the part of draft 4 that such editors know (Taplo).  A schema tells the structure; what
a name refers to, and whether a condition can hold, only the linter tells.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import AllOf, AnyOf
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.case import CaseRecord
from sqs_core.records.followed_action import FollowedActions
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import WrittenInterview
from sqs_core.records.narrative import Narrative
from sqs_core.storage.record_files import CRITERIA_FORMAT, FORMAT
from sqs_core.text import Text

KINDS: Mapping[str, tuple[type, int]] = {
    "criteria": (Criteria, CRITERIA_FORMAT),
    "case": (CaseRecord, FORMAT),
    "inspection": (Inspection, FORMAT),
    "interview": (WrittenInterview, FORMAT),
    "letter": (Narrative, FORMAT),
    "actions": (FollowedActions, FORMAT),
}
_NOT_WRITTEN = {(Criteria, "hash")}
_PLAIN: Mapping[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Fraction: {"type": ["string", "integer"], "pattern": r"^[0-9]+(/[0-9]+)?$"},
    Text: {
        "description": "words, or a table of them by language",
        "anyOf": [
            {"type": "string"},
            {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
        ],
    },
}
_VALUE: dict[str, Any] = {"type": ["boolean", "string", "integer"]}
_CHOICES: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def schema(kind: str) -> dict[str, Any]:
    """Return the schema of a ``kind`` of file: criteria, case, inspection, interview, letter or actions.

    UsageError names them where it is none of these.  Dates are strings in it, as such editors
    show them.
    """
    if kind not in KINDS:
        raise UsageError(f"no kind of file '{kind}'; {did_you_mean(kind, KINDS)}")
    cls, newest = KINDS[kind]
    definitions: dict[str, Any] = {}
    made = _of_class(cls, definitions)
    made["properties"] = {
        "format": {"type": "integer", "minimum": 1, "maximum": newest},
        **{name: part for name, part in made["properties"].items() if name != "format"},
    }
    made["required"] = ["format", *made.get("required", [])]
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": f"sqs {kind} file, format {newest}",
        **made,
        "definitions": definitions,
    }


def _of_class(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    written = [a for a in fields(cls) if (cls, a.name) not in _NOT_WRITTEN]
    made: dict[str, Any] = {
        "description": (cls.__doc__ or "").split("\n\n")[0].replace("``", "").strip(),
        "type": "object",
        "additionalProperties": False,
        "properties": {a.name: _of(hints[a.name], definitions) for a in written},
    }
    # Draft 4 takes no empty list of required keys.
    if required := [a.name for a in written if a.default is NOTHING]:
        made["required"] = required
    return made


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one type of the model."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    parts = get_args(kind)
    origin = get_origin(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        return _of_union([part for part in parts if part is not type(None)], definitions)
    if origin is tuple:
        one = {"type": "array", "items": _of(parts[0], definitions)}
        return one if parts[-1] is ... else {**one, "minItems": len(parts), "maxItems": len(parts)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(parts[1], definitions)}
    if has(kind):
        name = kind.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _of_class(kind, definitions)
        return {"$ref": f"#/definitions/{name}"}
    raise TypeError(f"no schema for {kind!r}")


def _of_union(parts: list[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(parts) == 1:
        return _of(parts[0], definitions)
    if AllOf in parts and AnyOf in parts:
        definitions["Condition"] = _condition()
        return {"$ref": "#/definitions/Condition"}
    if any(map(has, parts)):  # an answer: an outcome, or a table
        return {"anyOf": [_of(part, definitions) for part in parts]}
    return {"anyOf": [_VALUE, _CHOICES]}  # what a fact holds: true or false, words, a number, a date, choices


def _condition() -> dict[str, Any]:
    """Return a condition as it is written: one comparison, or ``all`` or ``any`` of several."""
    again: dict[str, Any] = {"type": "array", "items": {"$ref": "#/definitions/Condition"}}
    compared = {
        "=": _VALUE,
        "!=": _VALUE,
        "in": {"type": "array", "items": _VALUE},
        "exists": {"type": "boolean"},
    }
    ways: list[dict[str, Any]] = [_only({name: again}) for name in ("all", "any")]
    ways += [
        _only({**link, source: {"type": "string"}, operator: operand})
        for link in ({}, {"link": {"type": "string"}})
        for source in ("fact", "answer")
        for operator, operand in compared.items()
    ]
    return {"description": "when something is asked", "oneOf": ways}


def _only(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(properties),
    }
