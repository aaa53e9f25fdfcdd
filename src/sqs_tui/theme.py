"""Our four themes, beside Textual's own: dark, light, high contrast, and one without colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

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
READABLE = 4.5
"""The least contrast of text, as WCAG 2.2 counts it (success criterion 1.4.3)."""
GROUNDS = ("background", "surface", "panel")
"""What text, and the line around what has the focus, stand on."""
TEXTS = ("accent", "text-accent", "text-success", "text-warning", "text-error")
"""The colours of text, beside the foreground and the muted one."""


def use_theme(app: App[None], name: str) -> None:
    """Draw ``app`` in the theme called ``name``, else in the default; "mono" where no colour is wanted."""
    for theme in OURS.values():
        app.register_theme(theme)
    full = full_name("mono" if app.no_color else name, app.available_themes)
    if full in BUILTIN_THEMES:
        app.register_theme(with_readable_text(BUILTIN_THEMES[full]))
    app.theme = full


def with_readable_text(theme: Theme) -> Theme:
    """Return ``theme`` with its text darker or lighter where it could not be read on its grounds.

    Some of Textual's own themes have a contrast of 1.5 there; one of a terminal's own 16 colours stays.
    """
    if theme.ansi:
        return theme
    shades = theme.to_color_system().generate()
    grounds = [Color.parse(shades[name]) for name in GROUNDS]
    end = Color.parse("white" if theme.dark else "black")

    def clear(colour: Color) -> Color:
        steps = (colour.blend(end, step / 20) for step in range(20))
        return next((c for c in steps if all(contrast(c, ground) >= READABLE for ground in grounds)), end)

    foreground = clear(Color.parse(shades["foreground"]))
    texts = {name: clear(Color.parse(shades[name])).hex for name in TEXTS}
    texts["text-muted"] = clear(grounds[0].blend(foreground, 0.6)).hex
    return replace(theme, foreground=foreground.hex, variables=theme.variables | texts)


def contrast(text: Color, ground: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(_luminance, (text, ground)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def themes_known(app: App[None]) -> tuple[str, ...]:
    """Return the names that a person can choose: ours by their short names, then Textual's."""
    ours = {theme.name for theme in OURS.values()}
    return (*OURS, *sorted(name for name in app.available_themes if name not in ours))


def full_name(name: str, known: Iterable[str]) -> str:
    """Return the name by which Textual knows the theme ``name``; that of the default where it knows none."""
    full = OURS[name].name if name in OURS else name
    return full if full in known else OURS[DEFAULT].name
