"""Keep a person's renderer options for all their inspections, such as the office's letterhead.

They are in ``options.toml`` beside the settings, a table for each renderer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from sqs_core.errors import UsageError
from sqs_core.plugins.renderer import Renderer
from sqs_core.state import at_home, settings_folder
from sqs_core.storage.atomic import ANY, write_durably
from sqs_core.storage.safe_read import MissingFileError, parse_toml, read_bytes

HEAD = "# Options of renderers, kept by 'sqs report --keep'.\n"


def options_file() -> Path:
    """Return where the options are kept; the file need not be there yet."""
    return settings_folder() / "options.toml"


def kept_options(renderer: Renderer) -> dict[str, str]:
    """Return the options kept for ``renderer``, those apart that it does not have.

    Raises:
        UsageError: one of them has a value that cannot be used any more.
        RecordError: the file is no TOML.
    """
    kept = {name: value for name, value in _read().get(renderer.name, {}).items() if name in renderer.options}
    for name, value in kept.items():
        if wrong := renderer.option(name).wrong_with(value):
            where = at_home(options_file())
            raise UsageError(f"the option {name} {wrong}; it is kept in {where}: give another with --option")
    return kept


def keep_options(renderer: Renderer, given: Mapping[str, str]) -> None:
    """Keep the options ``given`` that ``renderer`` has; an empty value forgets one.

    The path of a file or folder is kept whole, so that it is found from anywhere.
    """
    every = _read()
    own = every.setdefault(renderer.name, {})
    for name, value in given.items():
        if name not in renderer.options:
            continue
        if renderer.option(name).kind in ("file", "folder") and value:
            value = str(Path(value).expanduser().resolve())
        own[name] = value
        if not value:
            del own[name]
    left = {name: options for name, options in every.items() if options}
    write_durably(options_file(), (HEAD + tomli_w.dumps(left)).encode(), expect=ANY)


def _read() -> dict[str, Any]:
    path = options_file()
    try:
        table = parse_toml(read_bytes(path), path.name, end_mark=False)
    except MissingFileError:
        return {}
    return {
        name: {key: value for key, value in options.items() if isinstance(value, str)}
        for name, options in table.items()
        if isinstance(options, dict)
    }
