"""Everything that is left before the letter can go, each with a number that goes there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import capitalised, whole_number
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
Settle = Callable[[InspectionFolder, LeftItem, str], str]
_RESTORE: dict[str, tuple[str, Settle]] = {"restore": ("and why puts its last version back", restoring)}
WAYS: dict[str, dict[str, tuple[str, Settle]]] = {
    GONE: _RESTORE,
    **dict.fromkeys(CHANGED, _RESTORE | {"accept": ("and why lets it stand", letting_stand)}),
    STRAY: {
        "aside": ("moves it out, beside the inspection", lambda folder, item, _: setting_aside(folder, item))
    },
    COPY_LEFT: {
        "take": ("puts its words into the record", lambda folder, item, _: taking_copy(folder, item)),
        "drop": ("throws it away", lambda _folder, item, _why: dropping_copy(item)),
    },
}
"""What can be done with what no answer mends: by the word typed, what it does, and how it is done."""


class LeftRoom(Room):
    """List what is left; a number goes to it, "accept" and a reason keeps it as it is."""

    fits = 'the number of a line, or "accept 3" and why it can stay'

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.items: tuple[LeftItem, ...] = ()

    def arrive(self) -> None:
        """Say the list."""
        found = what_is_left(self.folder)
        self.items = found.items
        self.say(found.summary + (" The letter can go." if found.final else ""))
        places = count(1)
        for group in GROUPS:
            if inside := found.in_group(group):
                self.say(f"{group_title(self.criteria, group)}:")
                self.say_all(f"{next(places)}. {item}." for item in inside)

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
            self.say(f"{item.where}: this has to be mended.")
        elif item:
            why = reason.strip().removeprefix("because").strip() or self.ask("Why can it stay? One line:")
            if self.workspace.change_narrative(lambda n: accepting(n, item, why), "a reason", why):
                self.say_saved(f"Accepted: {item.where}, {item.what}.")
        return True

    def _item(self, place: int) -> LeftItem | None:
        if 1 <= place <= len(self.items):
            return self.items[place - 1]
        self.say(f"There is no line {place}; they are numbered 1 to {len(self.items)}.")
        return None

    def _go(self, item: LeftItem) -> None:
        shell, there = self.shell, item.location
        if item.code in WAYS:
            self._settle(item)
        elif there.view in ROOMS:
            shell.go(there)
        elif there.view == "letter" and there.item in ("strengths", "improvements"):
            shell.obey(there.item)
        elif item.code == "L002" and there.item == "summary":
            shell.obey("write summary")
        elif there.view == "letter":
            shell.obey(f"letter {there.item}".strip())
            self.say(f"{capitalised(item.remedy)}. {_how(there.item)}")
        elif there.view == "moderation":
            shell.obey(f"moderate {there.case}")
        elif there.view == "merge":
            shell.obey(f"merge {there.item}")
        else:
            self.say(f"{capitalised(item.remedy)}.")

    def _settle(self, item: LeftItem) -> None:
        """Ask which way is taken with what no answer mends, and take it."""
        if item.code == STRAY:
            self.say(f"{capitalised(item.remedy)}.")
        ways = WAYS[item.code]
        asked = ", ".join(f'"{word}" {does}' for word, (does, _) in ways.items())
        word, _, why = self.ask(f"{asked}, Enter leaves it:").partition(" ")
        _, settle = ways.get(word.lower(), ("", lambda *_: "Left as it is"))
        self.say(f"{settle(self.folder, item, why)}.")
        self.workspace.refresh()


def _how(paragraph: str) -> str:
    if paragraph == "summary":
        return '"write summary" adds to it.'
    if paragraph.partition(".")[0] in ("strengths", "improvements"):
        name, _, place = paragraph.partition(".")
        return f'"{name}", then "change {place}".'
    return (
        f'"write instead {paragraph}" writes it yourself; its first line "begin" takes the words there are.'
    )
