"""Where a person keeps state on a machine: what the screens remember, copies of what was not saved."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """``$XDG_STATE_HOME/sqs``, or ``~/.local/state/sqs``; it need not be there yet."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "sqs"
