"""What a crash leaves behind: no memory of the process, in which what was noted about a child stands."""

from __future__ import annotations

import sys
from contextlib import suppress


def forbid_core_dumps() -> None:
    """Have the system write no core file where this process, or one that it starts, crashes.

    On Windows that is up to the settings of Error Reporting: a program cannot see to it.
    """
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
