"""Whether this terminal can be drawn on, and whether only in ASCII; asked before Textual is imported."""

from __future__ import annotations

import os

from sqs_core.platform import console


def refusal() -> tuple[str, bool]:
    """Return why the screens cannot be opened ("" where they can), and whether to keep to ASCII."""
    ascii_only = bool(os.environ.get("SQS_ASCII")) or not console.is_utf8(console.screen_stream())
    return console.refusal(), ascii_only


def quiet_environment() -> None:
    """Take away what would make Textual write keys to files, and what would freeze its size.

    COLUMNS and LINES go before the window's own size where a shell exports them, also after a resize.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL") or name in ("COLUMNS", "LINES")]:
        del os.environ[name]
