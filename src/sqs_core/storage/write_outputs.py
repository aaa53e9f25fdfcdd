"""Write the outputs of an inspection: without replacing edits, and with an entry in the history."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.output import check_not_edited, write_rendered


def write_outputs(
    folder: InspectionFolder,
    files: Mapping[Path, bytes],
    what: str,
    details: Mapping[str, Any],
    *,
    force: bool = False,
) -> None:
    """Write ``files``, each whole or not at all, and enter that they left the machine.

    HeldError, and none is written, where one would replace a file that is not as it was made
    from this inspection; ``force`` replaces it.  ``what`` is "render" or "export", with what
    the history shall say of it in ``details``.
    """
    check_not_edited(folder.path, files, force=force)
    for path, data in files.items():
        write_rendered(folder.path, path, data)
    log_output(folder, what, details)
