"""The commands by group, each in a few words: what help lists, and what a typing mistake is compared with.

A command is the module of its name in this package, imported only when it is asked for.
"""

from __future__ import annotations

from typing import NamedTuple


class CommandGroup(NamedTuple):
    """Commands that belong together: the group's name, what it is for, and each command in a few words."""

    name: str
    purpose: str
    commands: dict[str, str]


GROUPS = (
    CommandGroup(
        "screen",
        "judge cases with their case managers",
        {
            "tui": "the terminal screens",
            "screen": "as lines, with --plain",
            "new": "make an inspection",
            "sample": "draw cases from a list",
            "case": "add a case; facts from CSV",
            "fact": "set facts of a case",
            "answer": "answer one question",
            "interview": "a staff interview",
            "show": "one case, every answer",
            "view": "a question for two readers",
            "status": "what is left to do",
            "demo": "an example, end to end",
            "synth": "made-up cases to practise",
        },
    ),
    CommandGroup(
        "letter",
        "from the counts to the letter",
        {
            "summary": "the board: k of n",
            "report": "write letter or board",
            "letter": "check, compare, disclose",
            "check": "what does not fit",
            "takeaway": "one case's learning sheet",
            "actions": "the action plan",
        },
    ),
    CommandGroup(
        "over time",
        "many inspections, and data for analysts",
        {
            "action": "actions followed up",
            "compare": "better or worse than before",
            "programme": "many inspections at once",
            "export": "CSV with a codebook",
        },
    ),
    CommandGroup(
        "two inspectors",
        "mark twice, agree, moderate, put together",
        {
            "second": "mark cases twice, blind",
            "agreement": "how far two agree",
            "calibrate": "a gate for new assessors",
            "override": "moderate an answer",
            "merge": "several folders into one",
        },
    ),
    CommandGroup(
        "keep safe",
        "lock, trace, keep and remove records",
        {
            "finish": "lock a case",
            "reopen": "unlock it, saying why",
            "history": "who changed what, when",
            "verify": "was anything tampered with",
            "hold": "forbid a purge",
            "purge": "remove records, logged",
        },
    ),
    CommandGroup(
        "set up",
        "criteria, plugins and this computer",
        {
            "criteria": "list, show, lint, migrate",
            "plugins": "what is installed",
            "schema": "JSON Schema for editors",
            "completion": "Tab in your shell",
            "doctor": "can this computer save",
            "help": "a command, group or word",
        },
    ),
)
COMMANDS = {name: words for group in GROUPS for name, words in group.commands.items()}
