"""What this computer can do, in full: where things are kept, what is installed, what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, wrapped
from sqs_tui.screens.page import Page
from sqs_tui.settings import config_file


class DetailsScreen(Page):
    """Every line of "This computer", whole."""

    deeds = (Deed("details.close", "escape", "back", "Back to where you were", ("enter", "d"), 1),)
    help_text = "What is marked ! would be mended by what its line says.  Nothing here leaves the computer."

    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.found = found

    def where(self) -> str:
        """This computer."""
        return "This computer"

    def lines(self, width: int) -> Sequence[Line]:
        """What was found, what is installed, where things are kept."""
        from sqs_core.plugins import installed

        rows: list[Line] = [rule(width), EMPTY]
        for mark, words in self.found:
            for place, row in enumerate(wrapped(words, width - 8)):
                rows.append(
                    line((f"  {mark if not place else ' '} ", "good" if mark == "✓" else "warn"), row)
                )
        registry = installed()
        rows += [EMPTY, line(("  Letters, boards and other reports", "title"))]
        for offer in registry.renderers:
            for place, row in enumerate(wrapped(offer.value.description, width - 34)):
                name = f"    {offer.name:<12} {offer.value.suffix:<13} " if not place else " " * 31
                rows.append(line(name, (row, "dim")))
        rows += [EMPTY, line(("  Criteria", "title"))]
        rows += [line(f"    {offer.name:<24}", (offer.distribution, "dim")) for offer in registry.criteria]
        rows += [EMPTY, line(("  Kept on this computer", "title"))]
        for what, where in (("state and rescue copies", self.sqs.state), ("settings", config_file())):
            rows += [line(f"    {what:<24}", (row, "dim")) for row in wrapped(str(where), width - 30)]
        return rows

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
