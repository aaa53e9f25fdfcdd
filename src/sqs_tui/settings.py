"""``config.toml``: theme, page turning, marks, tips, time, reader cursor, keys by the id of their command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from json import dumps
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sqs_core.errors import SqsError
from sqs_core.state import settings_folder
from sqs_core.storage.atomic import ANY, write_durably
from sqs_core.storage.safe_read import parse_toml, read_bytes

ADVANCE = ("enter", "on-answer")


class Settings(NamedTuple):
    """What a person chose.  ``keys`` maps the id of a command to its keys, with commas between."""

    theme: str = "dark"
    advance: str = "enter"
    ascii: bool = False
    tips: bool = True
    timer: bool = True
    reader_cursor: bool = False
    keys: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()


def config_file() -> Path:
    """Return where the settings are: ``config.toml`` in :func:`sqs_core.state.settings_folder`."""
    return settings_folder() / "config.toml"


def read_settings(path: Path) -> Settings:
    """Return the settings in ``path``; what cannot be used is in ``problems`` and left at its default."""
    if not os.path.exists(path):  # noqa: PTH110  Path.exists raises where a folder cannot be looked into
        return Settings()
    try:
        table = parse_toml(read_bytes(path), str(path), end_mark=False)
    except SqsError as error:
        return Settings(problems=tuple(str(p) for p in error.problems))
    problems: list[str] = []

    def taken(name: str, kind: type, known: tuple[str, ...] = ()) -> Any:
        if name not in table:
            return getattr(Settings(), name)
        value = table[name]
        if type(value) is kind and (not known or value in known):
            return value
        wanted = ", ".join(known) or {bool: "true or false", str: "a name in quotes"}.get(kind, "a table")
        problems.append(f"config.toml: {name} cannot be used; known: {wanted}")
        return getattr(Settings(), name)

    unknown = set(table) - {"theme", "advance", "ascii", "tips", "timer", "reader_cursor", "keys"}
    problems += [f"config.toml: no setting '{name}'" for name in sorted(unknown)]
    return Settings(
        theme=taken("theme", str),
        advance=taken("advance", str, ADVANCE),
        ascii=taken("ascii", bool),
        tips=taken("tips", bool),
        timer=taken("timer", bool),
        reader_cursor=taken("reader_cursor", bool),
        keys={str(k): str(v) for k, v in taken("keys", dict).items()},
        problems=tuple(problems),
    )


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings that are not as they ship; NotSavedError where that fails."""
    default = Settings()
    rows = []
    for name in ("theme", "advance", "ascii", "tips", "timer", "reader_cursor"):
        value = getattr(settings, name)
        if value != getattr(default, name):
            rows.append(
                f"{name} = {str(value).lower()}" if isinstance(value, bool) else f'{name} = "{value}"'
            )
    if settings.keys:
        # A string of JSON is one of TOML: what needs a backslash has the same.
        rows += ["", "[keys]", *(f"{dumps(k)} = {dumps(v)}" for k, v in settings.keys.items())]
    write_durably(path, ("\n".join(rows) + "\n").encode(), expect=ANY)
