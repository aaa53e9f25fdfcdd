"""Whether this terminal can be drawn on, and whether only in ASCII.  Asked before Textual is imported."""

from __future__ import annotations

import os

from sqs_core.platform import console


def refusal() -> tuple[str, bool]:
    """Why the screens cannot be opened ("" where they can), and whether to keep to ASCII."""
    return console.refusal(), bool(os.environ.get("SQS_ASCII")) or not console.is_utf8(
        console.screen_stream()
    )


def quiet_environment() -> None:
    """Take away the framework's own switches: they write keys and screens to files others can read."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
