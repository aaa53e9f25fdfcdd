"""What kind of place a folder is in: this computer's disk, a network share, memory, a synced folder."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs", "afs", "network drive")
)
WEBDAV: Final = frozenset(("davfs", "fuse.davfs", "webdav", "WebDAV"))
MEMORY: Final = frozenset(("tmpfs", "ramfs", "RAM disk"))

_SYNCED: Final = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "Nextcloud",
    "ownCloud",
    "iCloudDrive",
)


class DrivePlace(NamedTuple):
    """Where a folder is.

    ``kind`` is the file system by its name, as far as it can be told: "nfs", "apfs", "network drive";
    ``synced_by`` is the program that copies the folder elsewhere, such as "OneDrive"; "" for none known.
    """

    kind: str = ""
    synced_by: str = ""


def place_of(folder: Path) -> DrivePlace:
    """Return where ``folder``, or the nearest folder above it that exists, is."""
    return DrivePlace(_kind(nearest_folder(folder.absolute())), _synced_by(folder.absolute()))


def nearest_folder(folder: Path) -> Path:
    """Return ``folder``, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def real_path(folder: Path) -> Path:
    """Return where ``folder`` really is, links followed, in the capitals that its disk has for it.

    On Windows and macOS a folder may be called by others: the same folder has one real path.
    """
    if sys.platform == "darwin":  # where resolving keeps the capitals that were typed
        import fcntl

        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY)
            try:
                return Path(os.fsdecode(fcntl.fcntl(opened, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0")))
            finally:
                os.close(opened)
    return folder.resolve()


def _synced_by(folder: Path) -> str:
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    for part in folder.parts:
        for name in _SYNCED:
            # "OneDrive - Leeds City Council", "OneDrive-Personal", "Dropbox (Office)"
            if part == name or part.startswith((f"{name} ", f"{name}-")):
                return name
    return "iCloud Drive" if "Mobile Documents" in folder.parts else ""


if sys.platform == "win32":

    def _kind(folder: Path) -> str:
        import ctypes

        root = folder.anchor
        remote = root if root.startswith("\\\\") else ""
        kind = 4 if remote else ctypes.windll.kernel32.GetDriveTypeW(root)
        if kind == 4 and not remote:  # DRIVE_REMOTE: a letter for \\server\share
            name, length = ctypes.create_unicode_buffer(1024), ctypes.c_ulong(1024)
            ctypes.WinDLL("mpr").WNetGetConnectionW(root.rstrip("\\"), name, ctypes.byref(length))
            remote = name.value
        if kind == 4:
            dav = any(mark in remote.lower() for mark in ("@ssl", "davwwwroot"))
            return "WebDAV" if dav else "network drive"
        return "RAM disk" if kind == 6 else ""

elif sys.platform == "darwin":

    def _kind(folder: Path) -> str:
        # //user@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by user)
        try:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
        except (OSError, subprocess.SubprocessError):
            return ""
        mounts = []
        for line in listed.stdout.splitlines():
            _, _, rest = line.partition(" on ")
            at, _, kind = rest.rpartition(" (")
            mounts.append((at, kind.split(",")[0].rstrip(")")))
        return _longest(mounts, folder)

else:

    def _kind(folder: Path) -> str:
        try:
            lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        mounts = [line.split(" ")[1:3] for line in lines if line.count(" ") > 2]
        return _longest([(at.replace("\\040", " "), kind) for at, kind in mounts], folder)


def _longest(mounts: list[tuple[str, str]], folder: Path) -> str:
    """Return the kind of the innermost of ``mounts``, (place, kind), that holds ``folder``."""
    try:
        real = folder.resolve()
    except OSError:
        return ""
    return max(((len(at), kind) for at, kind in mounts if real.is_relative_to(at)), default=(0, ""))[1]
