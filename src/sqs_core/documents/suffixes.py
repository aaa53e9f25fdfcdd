"""By what the name of a document ends in: which formats are read here."""

from __future__ import annotations

from typing import Final

SUFFIXES: Final = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".odt")


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in small letters, with its dot; "" where it has none."""
    return "." + name.rpartition(".")[2].lower() if "." in name else ""
