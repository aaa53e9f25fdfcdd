"""The keys given to commands under ``[keys]`` of config.toml: what can be used, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from unicodedata import lookup

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from sqs_core.workflow.commands import COMMANDS, Command, key_shown

WITHOUT_COMMAND = frozenset(
    (
        *("app.copy-selection", "app.focus-next", "app.focus-previous", "grid.left", "grid.right"),
        *("jump.close", "links.keep", "list.choose", "mark.down", "mark.up", "note.keep", "page.close"),
        *("picker.leave", "prompt.leave", "prompt.tick"),
    )
)
"""The ids of keys in lists, lines and boxes, which are in no list of commands."""
ANSWERS = frozenset("ynxk123456789")
"""Keys that give answers and tick reasons in the versions that ship."""
_NAMED = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
_BY_ID = {one.id: one for one in COMMANDS if one.keys or one.views or not one.rooms}
_AS_PRINTED = {key_shown(name): name for name in _NAMED}


def keys_to_use(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the keys that can be used, by the id of their command, and what is wrong, in words."""
    usable: dict[str, str] = {}
    wrong: list[str] = []
    for id_, words in given.items():
        keys = [_key(part.strip() or part) for part in words.split(",")] if words != "," else [","]
        if id_ not in _BY_ID and id_ not in WITHOUT_COMMAND:
            near = "".join(f"did you mean '{name}'? " for name in get_close_matches(id_, _BY_ID, n=1))
            wrong.append(f"config.toml: no command '{id_}' for a key; {near}^P tells the id of each")
        elif bad := [key for key in keys if not _is_key(key)]:
            wrong.append(
                f'config.toml: "{bad[0]}" for {id_} is no key; keys are written "z", "f8" or "ctrl+t"'
            )
        else:
            usable[id_] = ",".join(keys)
    return usable, (*wrong, *_clashes(usable))


def _key(words: str) -> str:
    """Return the key that ``words`` mean; one may be written as it is printed: "^L", "Enter", "F8"."""
    return words if words in _NAMED or len(words) == 1 else _AS_PRINTED.get(words, words)


def _is_key(key: str) -> bool:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if not set(modifiers) <= {"ctrl", "shift", "alt"}:
        return False
    try:
        return len(name) == 1 or name in _NAMED or bool(lookup(name.replace("_", " ")))
    except KeyError:
        return False


def _clashes(usable: Mapping[str, str]) -> Iterator[str]:
    """Yield which keys would do two things in one place."""
    clashing: set[frozenset[str]] = set()
    for one in (_BY_ID[id_] for id_ in usable if id_ in _BY_ID):
        keys = set(_keys(one, usable))
        for other in _BY_ID.values():
            both = keys & set(_keys(other, usable))
            pair = frozenset((one.id, other.id))
            if other is not one and both and _meet(one, other) and pair not in clashing:
                clashing.add(pair)
                yield (
                    f'config.toml: "{min(both)}" is the key of {one.name} ({one.id}) and of {other.name} '
                    f"({other.id}) in one place, where it does only one of them"
                )
        if (answers := keys & ANSWERS) and (not one.views or "question" in one.views):
            yield (
                f'config.toml: "{min(answers)}" is the key of {one.name} ({one.id}) and gives an answer '
                "to a question, where it does only one of them"
            )


def _keys(one: Command, usable: Mapping[str, str]) -> Iterable[str]:
    return usable[one.id].split(",") if one.id in usable else one.keys


def _meet(one: Command, other: Command) -> bool:
    return not one.views or not other.views or bool(set(one.views) & set(other.views))
