"""The words for what comes after the letter: actions, and the comparison with the screening before."""

from __future__ import annotations

from sqs_core.cli.action import actions_text
from sqs_core.cli.compare import rescreening_text
from sqs_core.cli.console import columns
from sqs_core.cli.plain.shell import Shell
from sqs_core.state import path_typed
from sqs_core.storage.folder import open_inspection
from sqs_core.text import counted
from sqs_core.workflow.following import add_actions, new_action, noted_in_words
from sqs_core.workflow.rescreening import named_before, rescreening_of


class OverTime(Shell):
    """What is followed up, and whether it got better."""

    def do_actions(self, rest: str) -> None:
        """Say the actions; add one, or say where one stands."""
        folder = self.folder
        word, _, words = rest.partition(" ")
        if word.lower() == "add":
            area, colon, what = words.partition(":")
            made = new_action(folder, what if colon else words, area=area if colon else "")
            (number,) = add_actions(folder, [made])
            self.say_saved(f"Added as action {number}.")
        elif rest:
            self.say_saved(f"Action {word}: {noted_in_words(folder, word, words).state}.")
        else:
            found, today = folder.actions().record, folder.actor.clock().date()
            overdue = sum(one.is_overdue(today) for one in found.actions.values())
            self.say(f"{counted(len(found.actions), 'action')}, {overdue} overdue.")
            self.say_all(actions_text(found, today).splitlines())

    def do_compare(self, rest: str) -> None:
        """Say what is better or worse than in the inspection before, or cannot be told."""
        if self.private("The comparison would show other cases"):
            return
        before = path_typed(rest) if rest else named_before(self.folder)
        if before is None:
            self.say(
                "Compare with which inspection? Type the folder of the one before: compare leeds-2026-03"
            )
            return
        found = rescreening_of(open_inspection(before), self.folder)
        self.say_all(f"Take care: {note}." for note in found.notes)
        self.say_all(line for line in rescreening_text(found, width=columns()).splitlines() if line)
