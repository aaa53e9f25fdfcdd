"""Opening the inspection that a command is about."""

from __future__ import annotations

from pathlib import Path

from sqs_core.cli.console import echo_err
from sqs_core.errors import SqsError, UsageError
from sqs_core.storage.actor import current_actor
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION

opened: list[InspectionFolder] = []
"""The inspections that this command has opened."""


def open_folder(path: str) -> InspectionFolder:
    """Return the inspection folder at ``path``."""
    try:
        folder = open_inspection(path, actor=current_actor(echo_err))
    except SqsError:
        given = Path(path)
        if given.is_file():
            inside = given.parent if given.name == INSPECTION else "FOLDER"
            raise UsageError(
                f"{path} is a file, and an inspection is a folder: give {inside} instead"
            ) from None
        raise
    opened.append(folder)
    return folder


def tell_of_doubts() -> bool:
    """Say what makes the figures of the inspections opened so far doubtful; return whether anything does."""
    found = [(folder, problem) for folder in opened for problem in folder.doubts()]
    for folder, problem in found:
        echo_err(f"sqs: {f'{folder.path}: ' if len(opened) > 1 else ''}{problem}")
    return bool(found)
