"""The details of the letter as a form: to whom, from whom, on what date."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.errors import SqsError
from sqs_core.text import whole_number
from sqs_core.workflow.letter_details import (
    DETAILS,
    LetterDetail,
    detail_called,
    details_of,
    held_lines,
    lines_typed,
    other_inspections,
    recall,
    with_detail,
)


class DetailsRoom(Room):
    """List the details; a number, or a name and words, changes one.

    ``asking`` is the detail whose words are asked for, None while a number is.
    """

    fits = 'the number of a line, a name and words ("signatory Jo Example"), or "recall"'

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.asking = detail_called(shell.here.item) if shell.here.item else None

    def arrive(self) -> None:
        """List the details, or ask for the one that was gone to."""
        if self.asking is not None:
            self._ask(self.asking)
            return
        self.say(
            "Letter details. A number changes one. "
            '"recall" takes the blank ones from the last inspection of this service.'
        )
        self.say_all(f"{n}. {self._detail_text(detail)}" for n, detail in enumerate(self.details, 1))

    @property
    def details(self) -> tuple[LetterDetail, ...]:
        """The details that are asked for."""
        return details_of(self.criteria)

    def _detail_text(self, detail: LetterDetail) -> str:
        lines = held_lines(self.folder.inspection, detail)
        blank = "not written yet" if detail.needed else "none"
        return f"{detail.label}: {'; '.join(lines) or blank}"

    def prompt(self) -> str:
        """Ask for a number, or for the words of a detail."""
        if self.asking is None:
            return 'Details (a number, "recall", Enter to go back):'
        return "Now " + (self._detail_text(self.asking).partition(": ")[2] + ":")

    def enter(self) -> None:
        """Leave the detail as it is; from the list, go back."""
        if self.asking is None:
            self.shell.obey("back")
        else:
            self.asking = None

    def typed(self, line: str) -> bool:
        """Take the words of a detail, a number, or a name and words."""
        if self.asking is not None:
            self._set(self.asking, line)
            self.asking = None
            return True
        if line.lower() == "recall":
            self._recall()
            return True
        if (place := whole_number(line)) is not None:
            if 1 <= place <= len(self.details):
                self._ask(self.details[place - 1])
            else:
                self.say(f"There is no line {line}; they are numbered 1 to {len(self.details)}.")
            return True
        name, _, words = line.partition(" ")
        try:
            detail = detail_called(name)
        except SqsError:
            return False
        if words:
            self._set(detail, words)
        else:
            self._ask(detail)
        return True

    def _ask(self, detail: LetterDetail) -> None:
        self.asking = detail
        many = ' Several lines are parted by ";".' if detail.many else ""
        self.say(f'{detail.label}: {detail.hint}.{many} "clear" takes it away, Enter leaves it.')

    def _set(self, detail: LetterDetail, words: str) -> None:
        set_detail(self.shell, detail, () if words.lower() == "clear" else words.split(";"))

    def _recall(self) -> None:
        others = tuple(other_inspections(self.folder.path))
        _, names = recall(self.folder.inspection, others)
        if not names:
            self.say("Nothing to recall: no other inspection of this service is beside this one.")
        elif self.workspace.change_details(lambda inspection: recall(inspection, others)[0], "details"):
            self.say_all(self._detail_text(detail) for detail in DETAILS if detail.name in names)
            self.say_saved("Recalled from the last inspection of this service.")


def set_detail(shell: Shell, detail: LetterDetail, lines: Sequence[str]) -> None:
    """Give ``detail`` the words ``lines``, and say what it is now."""
    entered = f"the {detail.label.lower()} of the letter"
    lines = lines_typed(shell.folder.path, detail.name, lines)
    if shell.workspace.change_details(
        lambda inspection: with_detail(inspection, detail.name, lines), entered
    ):
        value = "; ".join(held_lines(shell.folder.inspection, detail)) or "none"
        shell.say_saved(f"{detail.label}: {value}.")
