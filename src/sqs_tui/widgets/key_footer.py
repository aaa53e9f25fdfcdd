"""The last row: the keys of whatever has the focus.  Items drop off whole; the way out and help never do."""

from __future__ import annotations

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer, Input, Static, TextArea

from sqs_tui.base_app import BaseApp
from sqs_tui.bindings import actions_in_order

ALWAYS = ("back", "app.quit", "app.help", "app.commands")
"""The actions that stand at the right of a footer, in this order, whatever else has room."""
LEAVES = "screen.back"
"""The action that leaves a text; it comes first."""

_WORDS = "description"
"""Textual's class for the words beside a key in its footer."""


class Blank(Static):
    """The blank between the keys and those at the right."""

    DEFAULT_CSS = """
    Blank { width: 1fr; height: 1; }
    """


class KeyFooter(Footer):
    """Textual's footer, with no item cut in the middle."""

    app = getters.app(BaseApp)

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._offered: object = None

    async def recompose(self) -> None:
        """Compose again only when the keys offered have changed, which few actions cause."""
        if not self.is_attached:  # its screen has been left meanwhile
            return
        offered = (
            self.app.size.width,
            _takes_letters(self.screen.focused),
            self.app.in_its_words("case"),
            [(b, enabled) for _, b, enabled, _ in self.screen.active_bindings.values() if b.show],
        )
        if offered != self._offered:
            self._offered = offered
            await super().recompose()

    def compose(self) -> ComposeResult:
        """Yield as many keys as fit, then help and commands."""
        keys = [key for key in super().compose() if not key.has_class("-disabled")]
        for key in keys:
            key.add_class("-compact", update=False)  # as Textual would, which looks up its style anew then
            if words := getattr(key, _WORDS, ""):
                setattr(key, _WORDS, self.app.in_its_words(words))
        if _takes_letters(self.screen.focused):
            keys = [key for key in keys if len(getattr(key, "key_display", "")) > 1]
        # Textual has keys that were remapped at the end.
        order = [LEAVES, *ALWAYS, *actions_in_order(self.screen)]
        keys.sort(key=lambda key: order.index(_action(key)))
        always = [key for key in keys if _action(key) in ALWAYS]
        room = self.app.size.width - 1 - sum(map(_width, always))
        for key in keys:
            if key in always:
                continue
            room -= _width(key)
            if room < 0:
                break
            yield key
        yield Blank()
        yield from always

    def on_resize(self) -> None:
        """Compose for the new width."""
        self.bindings_changed(self.screen)


def _takes_letters(focused: Widget | None) -> bool:
    """Return whether the focus takes letters as text."""
    return isinstance(focused, Input | TextArea) and focused.check_consume_key("a", "a")


def _action(key: Widget) -> str:
    return str(getattr(key, "action", ""))


def _width(key: Widget) -> int:
    """Return how many cells a key takes, with the blanks beside it."""
    return cell_len(f"{getattr(key, 'key_display', '')} {getattr(key, 'description', '')}") + 2
