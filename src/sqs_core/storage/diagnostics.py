"""Check whether this computer, and this folder on it, can do what is needed: save, lock, keep, render.

Each check returns findings and raises nothing, so that one failure never hides the others.
"""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from sqs_core.errors import SqsError
from sqs_core.platform.drives import MEMORY, NETWORK, WEBDAV, nearest_folder, place_of
from sqs_core.platform.rights import groups_allowed
from sqs_core.platform.shell import quoted
from sqs_core.plugins import load_plugins
from sqs_core.plugins.needs import install_hint, missing
from sqs_core.storage.atomic import ANY, write_durably
from sqs_core.storage.locks import lock_of, locked
from sqs_core.text import one_line

if sys.platform == "win32":
    from sqs_core.platform.rights import descriptor_of

Mark = Literal["ok", "!", "x"]

LITTLE_ROOM: Final = 100 << 20
NO_ROOM: Final = 5 << 20
_PROBE: Final = ".sqs-doctor"
_RECORDS: Final = (".toml", ".jsonl", ".json")


@frozen
class Finding:
    """The result of one check.

    ``mark`` is "ok", "!" (works, but look at it) or "x" (does not work); ``about`` is a stable
    word for it; ``what`` is a sentence; ``remedy`` says what would help.
    """

    mark: Mark
    about: str
    what: str
    remedy: str = ""


def saving(folder: Path) -> tuple[Finding, ...]:
    """Return whether a record can be written to ``folder`` so that it stays, by writing a file there.

    The file and its lock are taken away again; the folder is made where it is missing.
    """
    probe = folder / _PROBE
    try:
        write_durably(probe, b"can this be written?\n", expect=ANY)
        with locked(probe) as lock:
            by_system = lock.by_system
    except (SqsError, OSError) as error:
        said = error.problems[0] if isinstance(error, SqsError) else None
        what = said.what.removeprefix("not saved: ") if said else str(error.args[-1])
        return (
            Finding(
                "x", "saving", f"records cannot be written: {one_line(what)}", said.remedy if said else ""
            ),
        )
    finally:
        for path in (probe, lock_of(probe)):
            with suppress(OSError):
                path.unlink()
    if by_system:
        return (Finding("ok", "saving", "records can be written and locked"),)
    what = "records can be written; the system has no locks here, so a file stands in for one"
    return (Finding("!", "saving", what, "let only one person at a time change a case in this folder"),)


def keeping(folder: Path) -> tuple[Finding, ...]:
    """Return whether what is written survives a power cut, as far as can be told from where the folder is."""
    place = place_of(folder)
    found = [kept_on(place.kind)]
    if place.synced_by:
        what = f"{place.synced_by} copies this folder: working in it on two computers makes conflict copies"
        remedy = "one person at a time; for several, a folder each and 'sqs merge'"
        if place.synced_by == "OneDrive":
            remedy += "; have it kept on this computer ('Always keep on this device')"
        found.append(Finding("!", "sync", what, remedy))
    return tuple(found)


def kept_on(kind: str) -> Finding:
    """Return the same for a kind of file system by its name, "" where it is not known."""
    if kind in NETWORK:
        what = f"the folder is on a network share ({kind}): what its server calls saved, it may still lose"
        remedy = "work in a folder of this computer and bring folders together with 'sqs merge'"
        return Finding("!", "keeping", what, remedy)
    if kind in WEBDAV:
        what = f"the folder is on a web drive ({kind}), where locks may keep nobody out"
        remedy = "work in a folder of this computer and copy it there when nobody works in it"
        return Finding("!", "keeping", what, remedy)
    if kind in MEMORY:
        what = "the folder is in memory only: it is gone at a restart"
        return Finding("!", "keeping", what, "choose another folder")
    return Finding("ok", "keeping", "what is saved is on the disk before it is called saved")


def room(folder: Path) -> tuple[Finding, ...]:
    """Return how much room the disk of ``folder`` has."""
    try:
        free = shutil.disk_usage(nearest_folder(folder)).free
    except OSError as error:
        return (Finding("!", "room", f"how full the disk is cannot be determined: {error.strerror}"),)
    size = f"{free / (1 << 30):.1f} GiB" if free >= 1 << 30 else f"{free >> 20} MiB"
    mark: Mark = "x" if free < NO_ROOM else "!" if free < LITTLE_ROOM else "ok"
    return (Finding(mark, "room", f"{size} of the disk are free", "" if mark == "ok" else "make room on it"),)


def rights(folder: Path) -> tuple[Finding, ...]:
    """Return whether others of this computer can read the records: files are kept 0600, folders 0700."""
    if sys.platform == "win32":
        allowed = groups_allowed(descriptor_of(folder))
        if not allowed:
            return (
                Finding(
                    "ok", "rights", "only you, and whoever administers this computer, can read the records"
                ),
            )
        what = f"the inspection can be read by other users of this computer ({', '.join(allowed)})"
        remedy = f'icacls {quoted(one_line(str(folder)))} /inheritance:r /grant:r "%USERNAME%:(OI)(CI)F"'
        return (Finding("!", "rights", what, remedy),)
    wide = [path for path in _kept(folder) if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    if not wide:
        return (Finding("ok", "rights", "only you can read the records"),)
    count = "1 file or folder" if len(wide) == 1 else f"{len(wide)} files and folders"
    first = one_line(str(wide[0].relative_to(folder.parent)))
    what = f"{count} of the inspection can be read by other users of this computer, such as {first}"
    return (Finding("!", "rights", what, f"chmod -R go= {quoted(one_line(str(folder)))}"),)


def formats() -> tuple[Finding, ...]:
    """Return the formats a letter can be written in, the kinds of report, and each failed plugin."""
    registry = load_plugins()
    letters = sorted({o.value.suffix.lstrip(".") for o in registry.renderers if o.value.stem == "letter"})
    words = f"letters: {', '.join(letters)}; {len(registry.renderers)} kinds of report in all"
    found = [Finding("ok", "formats", words)]
    remedy = "reinstall it, or remove it with pip uninstall"
    found += [Finding("x", "plugins", one_line(str(fault)), remedy) for fault in registry.faults]
    return tuple(found)


def needed(needs: Iterable[str]) -> tuple[Finding, ...]:
    """Return whether the plugins that an inspection says it needs are installed."""
    wanted = tuple(needs)
    absent = missing(wanted)
    found = [
        Finding(
            "x", "needs", f"this inspection needs {one_line(name, 60)}, not installed", install_hint(name)
        )
        for name in absent
    ]
    if wanted and not absent:
        found.append(
            Finding("ok", "needs", f"what this inspection needs is installed: {one_line(', '.join(wanted))}")
        )
    return tuple(found)


def _kept(folder: Path) -> Iterator[Path]:
    yield folder
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink() and (path.is_dir() or path.suffix in _RECORDS):
            yield path
