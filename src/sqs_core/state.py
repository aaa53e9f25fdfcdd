"""Where a person keeps state on a machine, and how a path there is written for them."""

from __future__ import annotations

import os
from pathlib import Path

from sqs_core.errors import UsageError


def state_folder() -> Path:
    """``$XDG_STATE_HOME/sqs``, or ``~/.local/state/sqs``; it need not be there yet."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "sqs"


def path_typed(words: str) -> Path:
    """The path that a person typed where no shell reads it: "~" begins the home folder.

    UsageError for the home folder of somebody whom this computer does not know.
    """
    path = Path(words.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        raise UsageError(f"{path}: this computer knows no home folder {path.parts[0]}") from None


def at_home(path: str | Path) -> str:
    """``path`` as a person writes it: what is in their home folder begins with "~"."""
    try:
        return f"~/{Path(path).relative_to(Path.home())}"
    except (ValueError, RuntimeError):  # elsewhere, or nobody's home is known
        return str(path)
