"""Criteria versions from their files: the ones that ship, those of plugins, or a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.errors import PluginError, Problem, RecordError, UsageError
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.storage.converter import Key, structured
from sqs_core.storage.hashing import content_hash
from sqs_core.storage.safe_read import parse_ours, parse_toml, read_bytes
from sqs_core.storage.toml_lines import line_of

CRITERIA_FORMAT = 1


def load_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """The criteria version called ``name``: one that ships, or one that a plugin offers.

    UsageError names the known ones where there is none; RecordError lists every problem of
    its file.  A version that a plugin offers is linted first, and refused unless it is clean.
    """
    shipped = {file.stem: file for file in shipped_criteria()}
    # Plugins are only looked for when the name is not ours: looking costs as much as loading.
    if ours := shipped.get(name):
        return _read_once(ours.name, ours.read_bytes(), True)
    from sqs_core.plugins import installed

    file = installed(plugins=plugins).criteria_file(name)
    return _read_once(file.name, file.read_bytes(), shipped.get(file.name.removesuffix(".toml")) == file)


def pinned_criteria(name: str, digest: str, *, plugins: bool = True) -> Criteria:
    """The version called ``name``; where several plugins offer one, that with the content ``digest``.

    Errors as of :func:`load_criteria`.
    """
    try:
        return load_criteria(name, plugins=plugins)
    except PluginError:
        for _, criteria in _of_plugins(name, plugins=plugins):
            if criteria.hash == digest:
                return criteria
        raise


def needed_for(criteria: Criteria) -> tuple[str, ...]:
    """The distribution without which there is no ``criteria``; none where the version ships."""
    if criteria.id in {file.stem for file in shipped_criteria()}:
        return ()
    owners = (owner for owner, offered in _of_plugins(criteria.id) if offered.hash == criteria.hash)
    return tuple(owners)[:1]


def _of_plugins(name: str, *, plugins: bool = True) -> Iterator[tuple[str, Criteria]]:
    from sqs_core.plugins import installed

    for offer in installed(plugins=plugins).criteria:
        if offer.name == name:
            with suppress(RecordError):
                yield offer.distribution, load_criteria(f"{offer.distribution}:{name}", plugins=plugins)


def find_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """The criteria version called ``name``, or the one in the file at that path.

    What ends in ``.toml`` or has a folder in it is a path.
    """
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1:
        return criteria_at(path)
    return load_criteria(name, plugins=plugins)


@cache
def _read_once(name: str, data: bytes, ours: bool) -> Criteria:
    if ours:  # linted before it was shipped
        criteria = _criteria(parse_ours(data, name), data, name)
    else:
        from sqs_core.storage.linting import lint_criteria

        problems = [problem for problem in lint_criteria(data, name) if not problem.advice]
        if problems:
            raise RecordError(*problems)
        criteria = read_criteria(data, name)
    stem = name.removesuffix(".toml")
    if criteria.id != stem:
        raise RecordError(
            Problem(name, f"the id is '{criteria.id}', but the file is called '{stem}'", "make them the same")
        )
    return criteria


def read_criteria(data: bytes, where: str) -> Criteria:
    """The criteria version in a file's bytes; RecordError with every problem, by file and line."""
    return _criteria(parse_toml(data, where, end_mark=False), data, where)


def _criteria(parsed: dict[str, Any], data: bytes, where: str) -> Criteria:
    def line(path: list[Key]) -> str:
        return f"{where}:{line_of(data.decode('utf-8-sig'), path)}"

    check_format(parsed, where, CRITERIA_FORMAT)
    criteria, problems = structured(parsed, Criteria, line)
    if criteria is None:
        raise RecordError(*problems)
    return evolve(criteria, hash=criteria_hash(parsed))


def check_format(parsed: dict[str, Any], where: str, newest: int) -> None:
    """RecordError where a file was written by a newer program, or does not say its format."""
    written = parsed.get("format")
    if type(written) is not int or written < 1:
        raise RecordError(
            Problem(f"{where}:1", "the format is missing", f"add the line: format = {newest}", "R001")
        )
    if written > newest:
        raise RecordError(
            Problem(
                f"{where}:1",
                f"written by a newer version of sqs (format {written}; this one reads up to {newest})",
                "open it with that version; it was left untouched",
                "R002",
            )
        )


def criteria_hash(parsed: dict[str, Any]) -> str:
    """The content hash that records pin: of what is asked, not of comments or layout.

    The letter plan is left out: rewording the letter changes no answer.
    """
    asked = {key: value for key, value in parsed.items() if key != "letter"}
    canonical = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=_plain)
    return content_hash(canonical.encode())


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a criteria file cannot hold a {type(value).__name__}")


def criteria_at(path: Path) -> Criteria:
    """The criteria version in the file at ``path``; UsageError where there is no such file."""
    try:
        return read_criteria(read_bytes(path), str(path))
    except RecordError:
        if path.exists():
            raise
        raise UsageError(f"no file {path}") from None
