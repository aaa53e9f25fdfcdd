"""The criteria versions that ship, found without asking any plugin."""

from __future__ import annotations

from pathlib import Path

import sqs_criteria


def shipped_criteria() -> tuple[Path, ...]:
    """Return the files of the versions in the package ``sqs_criteria``, in the order of their names."""
    return tuple(sorted(Path(next(iter(sqs_criteria.__path__))).glob("*.toml")))
