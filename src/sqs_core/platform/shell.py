"""Commands that we propose, written as they are to be typed into the shell of this system."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shlex import quote, split


def quoted(word: str | Path) -> str:
    """Return ``word`` as it is to be typed into a shell: sh, or on Windows cmd and PowerShell alike."""
    return quoted_for_windows(str(word)) if sys.platform == "win32" else quote(str(word))


def quoted_for_windows(word: str) -> str:
    """Return ``word`` as both cmd and PowerShell read it.

    Double quotes keep blanks, ``&`` and ``<`` in both.  A backslash before the closing quote would
    escape it, so one at the end of a folder's name is left out.  ``%`` (cmd) and ``$`` (PowerShell)
    still begin a variable: no one spelling keeps both.
    """
    if word and all(character.isalnum() or character in "-_.:\\/+" for character in word):
        return word
    bare = word.rstrip("\\")
    return f'"{bare}"'


def split_command(words: str) -> list[str]:
    """Return the words of a command line, such as that in EDITOR; ValueError where a quote does not pair.

    On Windows a backslash is part of a path, and a path with blanks may stand there without quotes.
    """
    if sys.platform != "win32":
        return split(words)
    if Path(words).is_file():
        return [words]
    return split_windows(words)


def split_windows(words: str) -> list[str]:
    """Return the words of a command line of Windows: double quotes keep blanks, backslashes stay."""
    if words.count('"') % 2:
        raise ValueError("a quote does not pair")
    return [word.replace('"', "") for word in re.findall(r'(?:"[^"]*"|[^\s"])+', words)]


def for_posix(line: str) -> str:
    """Return ``line``, as typed in PowerShell, as sh reads it: there ` escapes, and a backslash is itself."""
    made, quote = [], ""
    for character in line:
        if character in ("'", '"') and quote in ("", character):
            quote = "" if quote else character
        made.append({"\\": "\\\\", "`": "\\"}.get(character, character) if quote != "'" else character)
    return "".join(made)


def python() -> str:
    """Return how Python is called in a command line here: by its launcher ``py`` on Windows."""
    return "py" if sys.platform == "win32" else "python"
