"""What a merge takes without asking."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.storage.merge.choices import label, named
from sqs_core.storage.merge.three_way import FieldDifference, TakenField
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, line, rule, short
from sqs_tui.screens.page import Page


class TakenScreen(Page):
    """Every field that one side alone changed."""

    deeds = (Deed("taken.close", "escape", "back", "Back to the merge", ("enter", "t"), 1),)
    help_text = "Each of these was changed on one side only, since the version both came from; it is taken."

    def __init__(self, other: str, taken: tuple[TakenField, ...]) -> None:
        super().__init__()
        self.other = other
        self.taken = taken

    def where(self) -> str:
        """From which folder."""
        return f"Merge ▸ {self.other} ▸ Taken without asking"

    def lines(self, width: int) -> Sequence[Line]:
        """Record and field, one a row."""
        criteria = self.desk.criteria
        rows: list[Line] = [rule(width)]
        for one in self.taken:
            name = named(criteria, FieldDifference(one.record, one.field, None, None, None))
            rows.append(line("  " + short(name, width - 4)))
        known = {label(one.record) for one in self.taken}
        rows.append(line((f"  {len(self.taken)} in {len(known)} records", "dim")))
        return rows

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
