"""Everything that is left before the letter can go, each with a number that goes there."""

from __future__ import annotations

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.text import whole_number
from sqs_core.workflow.navigation import View
from sqs_core.workflow.resolving import (
    accepting,
    dropping_copy,
    letting_stand,
    restoring,
    setting_aside,
    taking_copy,
)
from sqs_core.workflow.what_is_left import (
    CHANGED,
    COPY_LEFT,
    GONE,
    GROUPS,
    STRAY,
    LeftItem,
    group_title,
    what_is_left,
)

ROOMS: tuple[View, ...] = ("facts", "question", "review", "cases", "interviews", "details", "list")


class LeftRoom(Room):
    """List what is left; a number goes to it, "accept" and a reason keeps it as it is."""

    fits = 'the number of a line, or "accept 3" and why it can stay'

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.items: tuple[LeftItem, ...] = ()

    def arrive(self) -> None:
        """Say the list."""
        shell = self.shell
        found = what_is_left(shell.workspace.folder)
        self.items = found.items
        shell.say(found.summary + (" The letter can go." if found.final else ""))
        place = 0
        for group in GROUPS:
            if inside := found.in_group(group):
                shell.say(f"{group_title(shell.criteria, group)}:")
            for item in inside:
                place += 1
                shell.say(f"{place}. {item}.")

    def prompt(self) -> str:
        """Ask where to go."""
        where = 'a number goes there, "accept 3 because …", ' if self.items else ""
        return f"Left ({where}Enter to go back):"

    def enter(self) -> None:
        """Go back."""
        self.shell.obey("back")

    def typed(self, line: str) -> bool:
        """Go to an item, or accept it."""
        word, _, rest = line.partition(" ")
        if (place := whole_number(word)) is not None and not rest:
            if item := self._item(place):
                self._go(item)
            return True
        if word.lower() != "accept":
            return False
        number, _, reason = rest.strip().partition(" ")
        item = self._item(whole_number(number) or 0)
        if item and not item.acceptable:
            self.shell.say(f"{item.where}: this has to be mended.")
        elif item:
            why = reason.strip().removeprefix("because").strip() or self.shell.ask(
                "Why can it stay? One line:"
            )
            if self.shell.workspace.change_narrative(lambda n: accepting(n, item, why), "a reason", why):
                self.shell.say(f"Accepted: {item.where}, {item.what}. {self.shell.workspace.saved}")
        return True

    def _item(self, place: int) -> LeftItem | None:
        if 1 <= place <= len(self.items):
            return self.items[place - 1]
        self.shell.say(f"There is no line {place}; they are numbered 1 to {len(self.items)}.")
        return None

    def _go(self, item: LeftItem) -> None:
        shell, there = self.shell, item.location
        if item.code == COPY_LEFT:
            self._settle_copy(item)
            return
        if item.code in (GONE, *CHANGED):
            self._settle_record(item)
            return
        if item.code == STRAY:
            self._settle_stray(item)
            return
        if there.view in ROOMS:
            shell.go(there)
        elif there.view == "letter" and there.item in ("strengths", "improvements"):
            shell.obey(there.item)
        elif item.code == "L002" and there.item == "summary":
            shell.obey("write summary")
        elif there.view == "letter":
            shell.obey(f"letter {there.item}".strip())
            shell.say(f"{item.remedy[:1].upper()}{item.remedy[1:]}. {_how(there.item)}")
        elif there.view == "moderation":
            shell.obey(f"moderate {there.case}")
        elif there.view == "merge":
            shell.obey(f"merge {there.item}")
        else:
            shell.say(f"{item.remedy[:1].upper()}{item.remedy[1:]}.")

    def _settle_record(self, item: LeftItem) -> None:
        shell = self.shell
        asked = '"restore" and why puts its last version back'
        asked += "" if item.code == GONE else ', "accept" and why lets it stand'
        word, _, why = shell.ask(f"{asked}, Enter leaves it:").partition(" ")
        if word.lower() == "restore":
            shell.say(f"{restoring(shell.workspace.folder, item, why)}.")
        elif word.lower() == "accept" and item.code != GONE:
            shell.say(f"{letting_stand(shell.workspace.folder, item, why)}.")
        else:
            shell.say("Left as it is.")
        shell.workspace.refresh()

    def _settle_stray(self, item: LeftItem) -> None:
        shell = self.shell
        shell.say(f"{item.remedy[:1].upper()}{item.remedy[1:]}.")
        if shell.ask('"aside" moves it out, beside the inspection, Enter leaves it:').lower() == "aside":
            shell.say(f"{setting_aside(shell.workspace.folder, item)}.")
            shell.workspace.refresh()
        else:
            shell.say("Left as it is.")

    def _settle_copy(self, item: LeftItem) -> None:
        shell = self.shell
        said = shell.ask('"take" puts its words into the record, "drop" throws it away, Enter leaves it:')
        if said.lower() == "take":
            shell.say(f"{taking_copy(shell.workspace.folder, item)}.")
            shell.workspace.refresh()
        elif said.lower() == "drop":
            shell.say(f"{dropping_copy(item)}.")
        else:
            shell.say("Left as it is.")


def _how(paragraph: str) -> str:
    if paragraph == "summary":
        return '"write summary" adds to it.'
    if paragraph.partition(".")[0] in ("strengths", "improvements"):
        name, _, place = paragraph.partition(".")
        return f'"{name}", then "change {place}".'
    return (
        f'"write instead {paragraph}" writes it yourself; its first line "begin" takes the words there are.'
    )
