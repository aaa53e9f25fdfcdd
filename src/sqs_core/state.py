"""Where a person keeps state and settings on a machine, and how a path there is written for them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_state_path

from sqs_core.errors import UsageError


def state_folder() -> Path:
    """Return the folder of what the program remembers; it need not be there yet.

    ``$XDG_STATE_HOME/sqs``; else where the system keeps such things: ``~/.local/state/sqs``,
    ``%LOCALAPPDATA%\\sqs``, ``~/Library/Application Support/sqs``.
    """
    if home := os.environ.get("XDG_STATE_HOME"):
        return Path(home) / "sqs"
    return user_state_path("sqs", appauthor=False)


def settings_folder() -> Path:
    """Return the folder of ``config.toml``; it need not be there yet.

    ``$XDG_CONFIG_HOME/sqs``; else where the system keeps such things: ``~/.config/sqs``,
    ``%LOCALAPPDATA%\\sqs``, ``~/Library/Application Support/sqs``.
    """
    if home := os.environ.get("XDG_CONFIG_HOME"):
        return Path(home) / "sqs"
    return user_config_path("sqs", appauthor=False)


def path_typed(words: str) -> Path:
    """Return the path that a person typed where no shell reads it: "~" begins the home folder.

    A pair of quotes around it goes: "Copy as path" in Explorer, and a file dragged onto a terminal,
    come with one.  UsageError for the home folder of somebody whom this computer does not know.
    """
    words = words.strip()
    if len(words) > 2 and words[0] == words[-1] and words[0] in "\"'" and not Path(words).exists():
        words = words[1:-1]
    path = Path(words)
    home = Path(*path.parts[:1])
    try:
        expanded = path.expanduser()
    except RuntimeError:
        known = False
    else:  # Windows takes every "~name" for a user, whose folder would stand beside one's own
        known = (
            sys.platform != "win32" or home in (Path("~"), home.expanduser()) or home.expanduser().is_dir()
        )
    if not known:
        raise UsageError(f"{path}: this computer knows no home folder {home}")
    return expanded


def at_home(path: str | Path) -> str:
    """Return ``path`` as a person writes it: what is in their home folder begins with "~".

    On Windows it is left whole: no program there takes "~".
    """
    if sys.platform == "win32":
        return str(path)
    try:
        return f"~/{Path(path).relative_to(Path.home())}"
    except (ValueError, RuntimeError):  # elsewhere, or nobody's home is known
        return str(path)


def names_folder(words: str) -> bool:
    """Return whether a path is written so that it can only name a folder: with a separator at its end."""
    return words.endswith(("/", "\\")) if sys.platform == "win32" else words.endswith("/")
