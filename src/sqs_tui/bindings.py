"""Bindings from the one catalogue of commands, so that a key means the same wherever it does anything.

A binding has the id of its command: by it a person gives it other keys (``[keys]`` in config.toml).  A
command without a key has one that no keyboard sends, so that it is in the palette and can be given keys too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from textual.actions import parse
from textual.binding import ActiveBinding, Binding, BindingType
from textual.keys import format_key
from textual.screen import Screen

from sqs_core.workflow.commands import COMMANDS, Command, command, commands_in, key_shown
from sqs_core.workflow.navigation import View

_NO_KEY = "no-key-"
OF_THE_APP = ("commands", "go", "help", "jump", "messages", "quit", "search")
"""The actions of what can be done everywhere that are the application's, not a screen's."""
EVERYWHERE = frozenset(one.id for one in COMMANDS if not one.views)
"""The ids of what can be done on every screen."""
SHOWN = ("app.back", "app.help", "app.commands")
"""The ids of what stands in every footer."""


NAMED = frozenset(("enter", "escape", "space", "backspace", "tab", "up", "down", "left", "right"))
"""Keys that are printed by their names, for which Textual has pictures."""


def bindings_of(
    view: View, *, but: Container[str] = (), hidden: Container[str] = (), opens: str = "", on: str = ""
) -> list[BindingType]:
    """Return the bindings of what can be done in ``view`` alone, what stands in the footer first.

    Args:
        view: the screen, or the part of one.
        but: ids of commands that the screen binds itself.
        hidden: ids of commands that are not in its footer.
        opens: what Enter does there, in the words of its footer; "" for those of the catalogue.
        on: "screen." where the actions are those of the screen, and not of the part that has the keys.
    """
    own = [one for one in commands_in(view) if view in one.views and one.id not in but]
    found = [
        _binding(one, f"{on}{_action(one)}", name=opens if one.id == "list.open" else "")
        for one in sorted(own, key=_place_in_footer)
    ]
    return [replace(one, show=False) if one.id in hidden else one for one in found]


def app_bindings() -> list[BindingType]:
    """Return the bindings of what can be done on every screen."""
    return [
        _binding(one, f"app.{one.action}" if one.action in OF_THE_APP else "")
        for one in commands_in("start")
        if not one.views
    ]


def binding(
    id_: str, action: str = "", keys: Iterable[str] = (), name: str = "", *, show: bool | None = None
) -> Binding:
    """Return the binding of one command of the catalogue, with what is given in place of its own."""
    made = _binding(command(id_), action, tuple(keys), name)
    return made if show is None else replace(made, show=show)


def _binding(one: Command, action: str = "", keys: tuple[str, ...] = (), name: str = "") -> Binding:
    return Binding(
        ",".join(keys or one.keys) or _NO_KEY + one.id,
        action or _action(one),
        name or one.name,
        show=one.footer > 0 or one.id in SHOWN,
        tooltip=one.help,
        id=one.id,
    )


def _action(one: Command) -> str:
    """Return the action of a command: "question_later"; of a view ("view.left") "view('left')"."""
    section, _, view = one.id.partition(".")
    return f"view('{view}')" if section == "view" else one.action


def _place_in_footer(one: Command) -> int:
    return one.footer or 99


def known_bindings(screen: Screen[Any]) -> list[ActiveBinding]:
    """Return what can be done on ``screen``, once each: also what a key does while no text is written."""
    found = list(screen.active_bindings.values())
    seen = {one.binding.id for one in found}
    given: Mapping[str, str] = getattr(screen.app, "keys", {})
    for base in type(screen).__mro__:
        for one in base.__dict__.get("BINDINGS", ()):
            if isinstance(one, Binding) and one.id and one.id not in seen:
                seen.add(one.id)
                one = replace(one, key=given.get(one.id, one.key))
                where, name, parameters = parse(one.action)
                allowed = (screen.app if where == "app" else screen).check_action(name, parameters)
                if allowed is not False:
                    found.append(ActiveBinding(screen, one, bool(allowed), one.tooltip))
    order = {action: place for place, action in reversed([*enumerate(actions_in_order(screen))])}
    return sorted(found, key=lambda one: order.get(one.binding.action, len(order)))


def actions_in_order(screen: Screen[Any]) -> Iterator[str]:
    """Yield the actions bound on ``screen``, whatever their keys; those of what has the focus first."""
    for node in (screen.focused or screen).ancestors_with_self:
        for base in type(node).__mro__:
            yield from (one.action for one in base.__dict__.get("BINDINGS", ()) if isinstance(one, Binding))


def has_key(binding: Binding) -> bool:
    """Return whether a keyboard can send the key of ``binding``."""
    return not binding.key.startswith(_NO_KEY)


def shown_key(binding: Binding) -> str:
    """Return the key of ``binding`` as it is printed: "^P", "?", "Enter"; "" where it has none."""
    if not has_key(binding):
        return ""
    modifiers, key = binding.parse_key()
    character = format_key(key)
    printable = not modifiers and key not in NAMED and len(character) == 1
    return key_shown(character if printable else binding.key)
