"""Cases that are blinded, being marked a second time: put away wherever they are shown.

A draw can be made while the screens are open, on this computer or another; so it is looked for
when a case is opened, when a screen comes into view, and every two seconds.
"""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.errors import SqsError
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.layout import CASES
from sqs_tui.workspace import Workspace


def put_away_blinded(
    workspace: Workspace, commit: Callable[[], None], show_error: Callable[[SqsError], None]
) -> tuple[str, ...] | None:
    """Put away what was blinded since the last look, and take up what no longer is.

    Args:
        workspace: the open inspection.
        commit: puts what is being typed into its record, so that the rescue copy has it.
        show_error: hears why a case that is no longer blinded cannot be read.

    Returns:
        The cases newly blinded; None where nothing changed.
    """
    if workspace.folder.room != CASES:
        return None
    blinded = blinded_cases(workspace.folder.path)
    if blinded == workspace.blinded:
        return None
    newly = tuple(case for case in blinded if case in workspace.sessions)
    if newly:
        commit()
    opened = [case for case in workspace.blinded if case not in blinded]
    workspace.blinded = blinded
    for case in newly:
        workspace.blind(case)
    for case in opened:
        try:
            workspace.unblind(case)
        except SqsError as error:
            show_error(error)
    return newly
