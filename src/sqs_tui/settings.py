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


SHIPPED = {name: value for name, value in Settings()._asdict().items() if name not in ("keys", "problems")}
"""The settings that are one value, as they ship."""


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
    chosen: dict[str, Any] = {}
    for name, ships in SHIPPED.items():
        value = table.pop(name, ships)
        known = ADVANCE if name == "advance" else ()
        if type(value) is type(ships) and (not known or value in known):
            chosen[name] = value
        else:
            wanted = {bool: "true or false", str: ", ".join(known) or "a name in quotes"}[type(ships)]
            problems.append(f"config.toml: {name} cannot be used; known: {wanted}")
    keys = table.pop("keys", {})
    if type(keys) is not dict:
        problems.append("config.toml: keys cannot be used; known: a table")
        keys = {}
    unknown = [f"config.toml: no setting '{name}'" for name in sorted(table)]
    return Settings(**chosen, keys={str(k): str(v) for k, v in keys.items()}, problems=(*unknown, *problems))


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings that are not as they ship; NotSavedError where that fails."""
    rows = []
    for name, ships in SHIPPED.items():
        value = getattr(settings, name)
        if value != ships:
            rows.append(
                f"{name} = {str(value).lower()}" if isinstance(value, bool) else f'{name} = "{value}"'
            )
    if settings.keys:
        # A string of JSON is one of TOML: what needs a backslash has the same.
        rows += ["", "[keys]", *(f"{dumps(k)} = {dumps(v)}" for k, v in settings.keys.items())]
    write_durably(path, ("\n".join(rows) + "\n").encode(), expect=ANY)
