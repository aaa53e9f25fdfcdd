"""One writer at a time for each file: a lock beside it that says who holds it.

``.07.toml.lock`` stands beside ``07.toml`` and stays there.  The lock is the system's
(``flock``, on Windows ``msvcrt.locking``), not the file's presence: it goes with its process, so
nothing is left to clean up after a crash.  The file's text names the last holder and the hash of
what it was saving.  Where the system has no such lock (some network shares) a second file,
``.07.toml.held``, stands in for it; one older than :data:`EXPIRES` seconds by the clock of the disk, or
of a process that has died on this machine, is set aside.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqs_core.errors import HeldError, Problem
from sqs_core.storage.fsync import CREATE, ORDINARY, make_folder, patiently, remove, same_file, sync
from sqs_core.text import one_line

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE: Final = 2.0
"""Seconds to wait for another writer before refusing; a save takes some milliseconds."""

EXPIRES: Final = 30.0
"""Seconds after which a ``.held`` file counts as left behind by a crash."""

_OPEN: Final = os.O_RDWR | os.O_CREAT | ORDINARY
_NOTE: Final = 2000
# On macOS ENOTSUP, which network shares give, is not EOPNOTSUPP.
_NO_LOCKS_HERE: Final = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
_LOCKED_BYTE: Final = 1 << 30
"""Where on Windows the byte is that is locked: nobody else can read it, so it lies beyond the note."""


class Holder(NamedTuple):
    """Who holds or last held a lock; ``saves`` is the hash of what they were saving."""

    user: str = ""
    host: str = ""
    pid: int = 0
    saves: str = ""
    since: str = ""
    after: int = -1
    """The number of the last entry of the history about the record before that save; -1 where not told."""

    def __str__(self) -> str:
        if not self.user:
            return "another process"
        return f"{self.user} (process {self.pid} on {self.host}, since {self.since})"


class Lock:
    """A held lock; ``by_system`` is false where a ``.held`` file stands in for the system's."""

    def __init__(self, path: Path, fd: int, stand_in: StandIn | None = None) -> None:
        self.path = path
        self.by_system = stand_in is None
        self._stand_in = stand_in
        self._fd = fd

    def holder(self) -> Holder:
        """Return the holder named in the file: the last one, until :meth:`holding` names us."""
        return _read_holder(self._fd)

    def holding(self, saves: str, who: str = "", *, after: int = -1, durably: bool = False) -> None:
        """Write into the lock file who holds it now, the hash of what is saved, and after which entry."""
        note = {"user": (who or _user())[:60], "host": _host()[:60], "pid": os.getpid(), "saves": saves}
        note["after"] = after
        # Always of one length, written over the last one: to cut the file and grow it again
        # would give the folder's fsync more to do.
        data = json.dumps(note).encode().ljust(_NOTE) + b"\n"
        # Not only a word for people: by the hash our own save, stopped before it was entered, is told
        # from a change made behind the history.  Where it cannot be written, no save begins.
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, data)
        if durably:
            sync(self._fd)

    def still_ours(self) -> bool:
        """Return whether the lock is still ours: nobody took it over by hand, or because we took too long."""
        if self._stand_in is not None and not self._stand_in.is_ours():
            return False
        return same_file(self._fd, self.path)


@contextmanager
def locked(path: Path, *, patience: float = PATIENCE, making_folder: bool = False) -> Iterator[Lock]:
    """Hold the lock of the file at ``path``, waiting at most ``patience`` seconds.

    With ``making_folder`` a missing folder is made first, durably.  Refuses with a
    :class:`HeldError` that names the holder.  Other failures are OSErrors.
    """
    lock_path = lock_of(path)
    until = time.monotonic() + patience
    while True:
        try:
            fd = _opened(lock_path)
        except FileNotFoundError:
            if not making_folder:
                raise
            make_folder(path.parent)
            fd = _opened(lock_path)
        try:
            stand_in = _acquire(fd, path, until)
            if same_file(fd, lock_path):
                break
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)  # removed while we waited: the file under this name is another one
    try:
        yield Lock(lock_path, fd, stand_in)
    finally:
        # The save is done by now: no error of putting the lock down may call it undone.
        with suppress(OSError):
            if stand_in is not None and stand_in.is_ours():
                remove(stand_in.path)
        with suppress(OSError):
            os.close(fd)


def _opened(lock_path: Path) -> int:
    fd = patiently(lambda: os.open(lock_path, _OPEN, 0o600), lock_path)
    if not stat.S_ISREG(os.fstat(fd).st_mode):  # a pipe would keep us waiting, a device take what we write
        os.close(fd)
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return fd


def lock_of(path: Path) -> Path:
    """Return where the lock of the file at ``path`` is."""
    return path.with_name(f".{path.name}.lock")


def holder_of(path: Path) -> Holder:
    """Return who holds, or last held, the lock of the file at ``path``; blank when nobody ever did."""
    with _reading(lock_of(path)) as fd:
        return Holder() if fd is None else _read_holder(fd)


def _acquire(fd: int, path: Path, until: float) -> StandIn | None:
    """Wait for the lock; gives the stand-in where that had to be used."""
    wait = 0.001
    stand_in: StandIn | None = None
    while True:
        if stand_in is None:
            taken = _taken(fd)
            if taken:
                return None
            if taken is None:
                stand_in, wait = StandIn(path.with_name(f".{path.name}.held")), 0.05
                continue
        elif stand_in.take():
            return stand_in
        if time.monotonic() >= until:
            what = f"not saved: {_read_holder(fd)} is writing it"
            remedy = "try again; nothing was changed"
            raise HeldError(Problem(one_line(str(path)), what, remedy, "R020"))
        time.sleep(wait)
        wait = min(wait * 2, 0.05 if stand_in else 0.02)


if sys.platform == "win32":

    def _taken(fd: int) -> bool | None:
        """Take the system's lock: whether that worked, None where there are no locks here."""
        if _byte_locked(fd, _LOCKED_BYTE):
            return True
        # The error says little (Wine gives whichever came before).  Where not even a byte can be locked
        # that nobody else would think of, there are no locks: to take a held one for none would let two
        # writers in, so it is tried at random places and more than once.
        for _ in range(3):
            free = _LOCKED_BYTE + 1 + int.from_bytes(os.urandom(3), "little")
            if _byte_locked(fd, free):
                os.lseek(fd, free, os.SEEK_SET)
                msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
                return False
        return None

    def _byte_locked(fd: int, at: int) -> bool:
        os.lseek(fd, at, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(fd: int) -> bool | None:
        """Take the system's lock: whether that worked, None where there are no locks here."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS_HERE:
                return None
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            return False
        return True


class StandIn:
    """The file that stands in for a lock where the system has none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = f"{_host()} {os.getpid()} {os.urandom(8).hex()}".encode()

    def take(self) -> bool:
        """Make the file, if it is not there; one that was left behind by a crash is set aside first."""
        try:
            fd = patiently(lambda: os.open(self.path, CREATE, 0o600), self.path)
        except FileExistsError:
            if self._left_behind():
                remove(self.path)
            return False
        try:
            os.write(fd, self._mark)
        finally:
            os.close(fd)
        return True

    def is_ours(self) -> bool:
        """Return whether the file is still the one that we made."""
        return _read_small(self.path) == self._mark

    def _left_behind(self) -> bool:
        host, pid, *_ = (*_read_small(self.path).decode("utf-8", "replace").split(" "), "", "")
        died = host == _host() and pid.isascii() and pid.isdigit() and not _alive(int(pid))
        return died or self._age() > EXPIRES

    def _age(self) -> float:
        """Return how old the file is in seconds, by the clock of the disk that it is on.

        The clocks of two computers can differ by more than a lock may last, so neither is asked: what time
        it is there, a file tells that is made for it.
        """
        probe = self.path.with_name(f"{self.path.name}.{os.urandom(8).hex()}")
        try:
            os.close(os.open(probe, CREATE, 0o600))
            return probe.stat().st_mtime - self.path.stat().st_mtime
        except OSError:
            return 0.0
        finally:
            with suppress(OSError):
                remove(probe)


def _read_small(path: Path) -> bytes:
    """Return the first bytes of an ordinary file; none where it cannot be read."""
    with _reading(path) as fd, suppress(OSError):
        return b"" if fd is None else os.read(fd, 200)
    return b""


@contextmanager
def _reading(path: Path) -> Iterator[int | None]:
    """Open the ordinary file at ``path`` for reading, for a while; None where there is none to be read."""
    try:
        fd = os.open(path, os.O_RDONLY | ORDINARY)
    except OSError:
        yield None
        return
    try:
        yield fd if stat.S_ISREG(os.fstat(fd).st_mode) else None
    finally:
        os.close(fd)


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # os.kill(pid, 0) would end the process there; the age decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _read_holder(fd: int) -> Holder:
    """Return the holder that a lock file names; it is a file like any other, so nothing in it is trusted."""
    try:
        os.lseek(fd, 0, os.SEEK_SET)
        note = json.loads(os.read(fd, _NOTE).decode("utf-8"))
        since = datetime.fromtimestamp(os.fstat(fd).st_mtime, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        user, host, pid, saves = note["user"], note["host"], note["pid"], note["saves"]
        after = note.get("after", -1)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return Holder()
    if not (isinstance(user, str) and isinstance(host, str) and isinstance(saves, str) and type(pid) is int):
        return Holder()
    after = after if type(after) is int else -1
    return Holder(one_line(user, 60), one_line(host, 60), pid, one_line(saves, 80), since, after)


def _user() -> str:
    # Not getpass: without these it asks the system's user database, and that may ask a
    # server, while a save is to touch no network.
    named = (os.environ.get(name) for name in ("LOGNAME", "USER", "LNAME", "USERNAME"))
    if name := next(filter(None, named), ""):
        return name
    if sys.platform == "win32":
        return "someone"
    return f"user {os.getuid()}"


def _host() -> str:
    # Not socket.gethostname(): nothing here may import the network.
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "this machine")
    return os.uname().nodename
