"""Opening the inspection that a command is about."""

from __future__ import annotations

from pathlib import Path

from sqs_core.cli.console import echo_err
from sqs_core.errors import SqsError, UsageError
from sqs_core.storage.actor import current_actor
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION


def open_folder(path: str) -> InspectionFolder:
    """Return the inspection folder at ``path``."""
    try:
        return open_inspection(path, actor=current_actor(echo_err))
    except SqsError:
        given = Path(path)
        if given.is_file():
            inside = given.parent if given.name == INSPECTION else "FOLDER"
            raise UsageError(
                f"{path} is a file, and an inspection is a folder: give {inside} instead"
            ) from None
        raise
