"""The cases on the desk as rows of the grid, each made when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from sqs_tui.desk import Desk
from sqs_tui.pictures.case_panel import Row


class Rows(Sequence[Row]):
    """The rows of ``order``: only those in view are ever made."""

    def __init__(self, desk: Desk, order: tuple[str, ...]) -> None:
        self._desk = desk
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return Rows(self._desk, self._order[place])
        case = self._order[place]
        return Row(self._desk.record(case), self._desk.standing(case))
