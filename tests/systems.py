"""What not every system has: a test that needs it is skipped elsewhere, with the reason."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest


def _links() -> bool:
    with tempfile.TemporaryDirectory() as name:
        link = Path(name) / "link"
        try:
            link.symlink_to(Path(name))
        except OSError:
            return False
        return link.is_symlink()


windows = pytest.mark.skipif(sys.platform != "win32", reason="only Windows has this")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has another way")
shell = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
ABORTED = "it ended its process with exit code 3" if sys.platform == "win32" else "it crashed (SIGABRT)"
"""What is said of a process that called ``os.abort``."""

signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends no such signals to another process"
)
terminals = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs pseudo-terminals of POSIX")
file_modes = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no file modes, but lists of rights"
)
links = pytest.mark.skipif(
    sys.platform == "win32" and not _links(), reason="links cannot be made here: Windows asks for a privilege"
)
any_name = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows bars names of controls, of devices and of half characters"
)
long_names = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows counts the whole path, and Wine nothing"
)
dead_processes = pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows cannot be asked whether a process lives; the age of the file decides",
)
