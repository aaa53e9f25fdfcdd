"""Our four themes, beside Textual's own: dark, light, high contrast, and one without colours."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.theme import Theme

OURS = {
    "dark": Theme(
        name="sqs-dark",
        primary="#7aa2c8",
        secondary="#9fb4c8",
        accent="#8cc8ff",
        success="#8fce9a",
        warning="#f0c060",
        error="#f09a8c",
        foreground="#d8dce2",
        background="#14181d",
        surface="#1f262e",
        panel="#28313b",
        dark=True,
        variables={"text-muted": "#a1a2a4"},
    ),
    "light": Theme(
        name="sqs-light",
        primary="#2c5c88",
        secondary="#4a6178",
        accent="#0b4f8a",
        success="#1d6b33",
        warning="#8a5a00",
        error="#a3261a",
        foreground="#1c1f23",
        background="#fbfbf8",
        surface="#eceee9",
        panel="#dfe2dc",
        dark=False,
        variables={"text-muted": "#5c5c5b"},
    ),
    # At least 7 for any text, as WCAG 2.2 counts it (success criterion 1.4.6).
    "contrast": Theme(
        name="sqs-contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff66",
        success="#80ff9c",
        warning="#ffd75f",
        error="#ffb0a8",
        foreground="#ffffff",
        background="#000000",
        surface="#101010",
        panel="#1c1c1c",
        dark=True,
        variables={"text-muted": "#e0e0e0"},
    ),
    "mono": Theme(
        name="sqs-mono",
        primary="#d0d0d0",
        secondary="#d0d0d0",
        accent="#ffffff",
        success="#d0d0d0",
        warning="#ffffff",
        error="#ffffff",
        foreground="#d0d0d0",
        background="#000000",
        surface="#202020",
        panel="#2c2c2c",
        dark=True,
        variables={"text-muted": "#b0b0b0"},
    ),
}
DEFAULT = "dark"


def register_themes(app: App[None]) -> None:
    """Make our themes known to ``app``."""
    for theme in OURS.values():
        app.register_theme(theme)


def themes_known(app: App[None]) -> tuple[str, ...]:
    """Return the names that a person can choose: ours by their short names, then Textual's."""
    ours = {theme.name for theme in OURS.values()}
    return (*OURS, *sorted(name for name in app.available_themes if name not in ours))


def full_name(name: str, known: Iterable[str]) -> str:
    """Return the name by which Textual knows the theme ``name``; that of the default where it knows none."""
    full = OURS[name].name if name in OURS else name
    return full if full in known else OURS[DEFAULT].name
