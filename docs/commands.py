"""Write docs/keys.md, and the tables of two other pages, from the catalogue of commands.

PYTHONPATH=src:criteria python docs/commands.py
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqs_core.workflow.commands import COMMANDS, Command, by_section, commands_in, key_shown

HERE = Path(__file__).parent
PLAIN, MARKED, KEYS = (HERE / name for name in ("plain-mode.md", "consistency.md", "keys.md"))
END = "<!-- end -->\n"
VIEWS = {
    "start": "Before an inspection",
    "new": "A new inspection",
    "programme": "Many inspections",
    "cases": "The cases, and staff interviews",
    "facts": "The facts of a case",
    "question": "A question",
    "text": "A text beside the question",
    "review": "A case before it is finished",
    "takeaway": "The take-away sheet",
    "board": "The board",
    "check": "What does not fit",
    "left": "What is left",
    "letter": "The letter",
    "paragraph": "Writing a part of the letter",
    "list": "Strengths, areas for improvement, copies",
    "details": "The letter's details",
    "drafts": "Drafts of the letter",
    "actions": "Actions after the letter",
    "compared": "Compared with the inspection before",
    "moderation": "Moderation",
    "override": "An override",
    "merge": "A merge",
    "effect": "The effect before it is written",
    "unsaved": "What could not be saved",
    "settings": "Settings",
}


def pages() -> dict[Path, str]:
    """Return what each page is to hold."""
    found = {page: page.read_text(encoding="utf-8") for page in (PLAIN, MARKED)}
    for page, name, table in (
        (PLAIN, "words", words()),
        (PLAIN, "keys and words", keys_and_words()),
        (MARKED, "the keys of moderation", keys_of_moderation()),
    ):
        begin = f"<!-- {name}: written by docs/commands.py -->\n"
        before, there, rest = found[page].partition(begin)
        if not there:
            raise ValueError(f"{page.name} has no place for {name}")
        found[page] = before + begin + "\n".join(table) + "\n" + END + rest.partition(END)[2]
    return {**found, KEYS: "\n".join(keys()) + "\n"}


def words() -> Iterator[str]:
    """Yield the table of every word of plain mode."""
    yield from ("| word | what may follow | what it does |", "|---|---|---|")
    typed = (one for one in COMMANDS if one.word and "start" not in one.rooms)
    for section, commands in by_section(typed):
        yield f"| *{section}* | | |"
        for one in commands:
            forms = " ".join(f"`{word}`" for word in (one.word, *one.short))
            takes = f" {one.takes} " if one.takes else " "
            yield f"| {forms} |{takes}| {one.help} |"


def keys_and_words() -> Iterator[str]:
    """Yield the table of what has a key on the screens and a word in plain mode."""
    yield from ("| what | on the screens | in plain mode |", "|---|---|---|")
    for one in COMMANDS:
        if one.keys and one.word:
            yield f"| {one.name} | {_keys(one)} | `{one.word}` |"


def keys_of_moderation() -> Iterator[str]:
    """Yield the table of the keys by which a difference is decided."""
    yield from ("| key | what it does |", "|---|---|")
    for one in commands_in("moderation"):
        if one.section == "choosing" and "moderation" in one.views:
            yield f"| {_keys(one)} | {one.help} |"


def keys() -> Iterator[str]:
    """Yield the page of all keys."""
    yield from (
        "# Keys",
        "",
        "Written by docs/commands.py. A key means the same wherever it does anything. Each can be changed in",
        "the settings file, under `[keys]`, by the id of its command: `\"app.shared\" = \"f8\"`. The letters",
        "that give an answer (`y`, `n`, `x`, `k`) and the digits of reasons come from the criteria. Where",
        "a number or a date is asked for, a digit begins it and Enter keeps it; of choices the digits tick.",
        "",
        "Keys are written `z`, `f8`, `ctrl+t`, or as they are printed (`^T`, `Esc`); several with commas",
        "between them. Footers, help, the palette and boxes show the key you chose; sentences that explain",
        "name the keys as they ship. An unknown id, a key that is none, and one key for two commands in one",
        "place are told when the screens open.",
    )  # fmt: skip
    for view, title in VIEWS.items():
        own = [one for one in commands_in(view) if view in one.views and one.keys]  # type: ignore[arg-type]
        yield from _table(title, own)
    everywhere = [one for one in COMMANDS if not one.views and one.keys]
    yield from _table("Everywhere", everywhere)
    unbound = [one for one in COMMANDS if not one.keys and not one.word]
    yield from _table("Among the commands (`^P`) alone", unbound)


def _table(title: str, commands: Sequence[Command]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| key | command | what it does | id |", "|---|---|---|---|")
    for one in commands:
        yield f"| {_keys(one)} | {one.name} | {one.help} | `{one.id}` |"


def _keys(one: Command) -> str:
    shown = (key_shown(key) for key in one.keys)
    return " ".join(f"`{key}`" if key != "|" else "`\\|`" for key in shown)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
