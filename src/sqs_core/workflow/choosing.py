"""Keep choices that are not written yet as they are made, so that they outlast the program and the person.

    >>> choice = keep_choice(folder.path, "agree", "07", "roh.plan", taken="second")    # doctest: +SKIP

Other people's choices about other things stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import evolve

from sqs_core.storage.moderation.pending_decisions import (
    NO_CHOICE,
    DecisionKind,
    PendingChoice,
    read_choices,
    save_choices,
)


def kept_choice(folder: Path, kind: DecisionKind, name: str, item: str) -> PendingChoice:
    """Return the choice about ``item`` as it is on the disk; a blank one where there is none."""
    return read_choices(folder, kind, name).record.choice(item)


def keep_choice(
    folder: Path, kind: DecisionKind, name: str, item: str, *, about: str | None = None, **changes: Any
) -> PendingChoice:
    """Change the choice about ``item``, save it durably, and return it.

    ``about`` is the folder merged.  HeldError where somebody else saves at the same moment.
    """
    stored = read_choices(folder, kind, name)
    choice = evolve(stored.record.choice(item), **changes)
    choices = stored.record.choosing(item, choice)
    if about is not None:
        choices = evolve(choices, about=about)
    save_choices(folder, kind, name, choices, expect=stored.hash)
    return choice


def forget_choices(folder: Path, kind: DecisionKind, name: str, items: Iterable[str]) -> None:
    """Forget the choices about ``items``, which are written."""
    stored = read_choices(folder, kind, name)
    choices = stored.record
    for item in items:
        choices = choices.choosing(item, NO_CHOICE)
    save_choices(folder, kind, name, choices, expect=stored.hash)
