"""The four themes; with NO_COLOR in the environment everything is drawn in one colour."""

from __future__ import annotations

from textual.theme import Theme


def our_themes() -> tuple[Theme, ...]:
    """Dark, light, high contrast (at least 7:1 on black) and one without colours."""
    return (
        Theme(
            name="sqs-dark",
            primary="#7aa2c8",
            accent="#8cc8ff",
            success="#8fce9a",
            warning="#f0c060",
            error="#f09a8c",
            foreground="#d8dce2",
            background="#14181d",
            surface="#1f262e",
            dark=True,
            variables={"text-muted": "#a1a2a4"},
        ),
        Theme(
            name="sqs-light",
            primary="#2c5c88",
            accent="#0b4f8a",
            success="#1d6b33",
            warning="#8a5a00",
            error="#a3261a",
            foreground="#1c1f23",
            background="#fbfbf8",
            surface="#eceee9",
            dark=False,
            variables={"text-muted": "#646463"},
        ),
        Theme(
            name="sqs-contrast",
            primary="#ffffff",
            accent="#ffff66",
            success="#80ff9c",
            warning="#ffd75f",
            error="#ffb0a8",
            foreground="#ffffff",
            background="#000000",
            surface="#101010",
            dark=True,
            variables={"text-muted": "#e0e0e0"},
        ),
        Theme(
            name="sqs-mono",
            primary="#d0d0d0",
            accent="#ffffff",
            success="#d0d0d0",
            warning="#ffffff",
            error="#ffffff",
            foreground="#d0d0d0",
            background="#000000",
            surface="#202020",
            dark=True,
            variables={"text-muted": "#b0b0b0"},
        ),
    )
