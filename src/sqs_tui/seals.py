"""Cases that are shut while they are marked a second time, blind: put away wherever they are shown.

A draw can be made while the screens are open, on this computer or another; so it is looked for
when a case is opened, when a screen comes into view, and every two seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqs_core.errors import SqsError

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp


def look(app: SqsApp) -> None:
    """Put away what was shut since the last look, and take up what was opened again."""
    desk = app.desk
    if desk is None or desk.second:
        return
    from sqs_core.storage.blinding import blinded_cases

    sealed = blinded_cases(desk.folder.path)
    if sealed == desk.sealed:
        return
    shut = [case for case in sealed if case in desk.sessions]
    if shut:
        app.commit()  # what is being typed goes to the rescue copy with the rest
    opened = [case for case in desk.sealed if case not in sealed]
    desk.sealed = sealed
    for case in shut:
        desk.shut(case)
    for case in opened:
        try:
            desk.unseal(case)
        except SqsError as error:
            app.warn(error)
    if shut:
        _leave(app, shut)
        app.say(f"shut while marked a second time, blind: {', '.join(shut)}", warning=True)
    app.count()
    app.redraw()


def _leave(app: SqsApp, shut: list[str]) -> None:
    # A page of help or a list of finds over a case holds what it says as well: out to the grid.
    from sqs_tui.screens.drafts import DraftsScreen
    from sqs_tui.screens.effect import EffectScreen
    from sqs_tui.screens.finder import FinderScreen
    from sqs_tui.screens.merge import MergeScreen
    from sqs_tui.screens.overview import OverviewScreen
    from sqs_tui.screens.paragraph import ParagraphScreen

    if not any(
        isinstance(screen, FinderScreen | DraftsScreen | EffectScreen | MergeScreen | ParagraphScreen)
        or getattr(screen, "case", None) in shut
        for screen in app.screen_stack
    ):
        return
    while len(app.screen_stack) > 1 and not isinstance(app.screen, OverviewScreen):
        app.pop_screen()
