"""Who else of this computer may read a folder, where no file modes say so."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

_GROUPS: Final = {"WD": "Everyone", "AU": "Authenticated Users", "BU": "Users", "IU": "whoever signs in here"}
"""The groups of Windows that hold other people, by their letters in a security descriptor."""


def groups_allowed(descriptor: str) -> tuple[str, ...]:
    """Return the groups of many people that a security descriptor, as Windows writes it, lets in."""
    # (A;OICI;FA;;;BU): allowed, inherited by what is inside, with which rights, to whom
    letters = re.findall(r"\(A;[^;]*;[^;]*;[^;]*;[^;]*;([A-Z]{2})\)", descriptor)
    return tuple(dict.fromkeys(_GROUPS[who] for who in letters if who in _GROUPS))


if sys.platform == "win32":

    def descriptor_of(path: Path) -> str:
        """Return the list of who may do what with ``path``, as text; "" where Windows does not tell."""
        import ctypes

        security = ctypes.WinDLL("advapi32")
        found, text = ctypes.c_void_p(), ctypes.c_wchar_p()
        dacl = 4  # DACL_SECURITY_INFORMATION, of an SE_FILE_OBJECT (1), in SDDL_REVISION_1
        if security.GetNamedSecurityInfoW(str(path), 1, dacl, None, None, None, None, ctypes.byref(found)):
            return ""
        convert = security.ConvertSecurityDescriptorToStringSecurityDescriptorW
        converted = convert(found, 1, dacl, ctypes.byref(text), None)
        ctypes.windll.kernel32.LocalFree(found)
        return (text.value or "") if converted else ""
