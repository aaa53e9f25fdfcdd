"""Write a first letter plan into a criteria file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tomli_w

from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.letter.first_plan import (
    LANGUAGE,
    NOT_JUDGED_OF_PEOPLE,
    PEOPLE_TAILS,
    STAFF,
    first_measures,
    first_sections,
    populations_of_people,
)
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.storage.safe_read import parse_toml

STARTING: Final = "local-audit"


def standard_letter() -> Mapping[str, Any]:
    """Return the ``[letter]`` of the version to start from, without what is about its own questions."""
    file = next(file for file in shipped_criteria() if file.stem == STARTING)
    letter = parse_toml(file.read_bytes(), file.name, end_mark=False)["letter"]
    return {key: value for key, value in letter.items() if key not in ("sections", "reasons")}


def with_first_letter(criteria: Criteria, data: bytes) -> bytes:
    """Return ``data``, the file of ``criteria``, with a first letter plan at its end.

    UsageError where it has a letter, or its texts are not in English.
    """
    if criteria.letter is not None:
        raise UsageError(f"{criteria.id} has a letter already")
    letter: dict[str, Any] = {**standard_letter(), "sections": first_sections(criteria)}
    if measures := first_measures(criteria):
        letter["claims"] = {LANGUAGE: {"measures": measures}}
    people = populations_of_people(criteria)
    if people:
        letter["not_judged"] |= NOT_JUDGED_OF_PEOPLE
    for words in letter["words"].values():
        for tail, said in PEOPLE_TAILS.items():
            words[tail] |= dict.fromkeys(people, said)
    if criteria.interview_questions:
        letter["roles"] = {"staff": list(STAFF)}
        for words in letter["words"].values():
            words["units"]["people"] = list(STAFF)
            for tail in ("so_far", "judged", "applied"):
                words[tail]["people"] = "{unit} who answered"
    return data.rstrip() + b"\n\n" + tomli_w.dumps({"letter": letter}, multiline_strings=True).encode()
