"""``sqs`` in a process of its own that need not start Python first: each is forked from one that has it loaded.

Most of what a short command takes is Python starting and importing.  Here a process that did both waits, and
each run is a fork of it: with its own folder, environment, streams, exit code and end of the interpreter, as
``python -m sqs_core.cli`` has.  What it cannot show is how a command starts; tests that are about that, or
about signals, terminals and limits, start Python themselves.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from threading import Lock
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = (str(CHECKOUT / "src"), str(CHECKOUT / "criteria"))
COMMAND = (sys.executable, "-m", "sqs_core.cli")


def run(
    arguments: Sequence[object],
    *,
    cwd: Path | None,
    env: Mapping[str, str],
    typed: bytes | None = None,
    timeout: float = 60.0,
    module: str = "sqs_core.cli",
) -> subprocess.CompletedProcess[bytes]:
    """Run ``sqs`` with ``arguments`` in the environment ``env``; ``typed`` comes through a pipe, None is no input.

    ``module`` is another that is to be run so.  Where the system has no fork, Python is started.
    """
    words = [str(argument) for argument in arguments]
    if not hasattr(os, "fork") or len(typed or b"") > 60_000:  # more than a pipe holds
        source: dict[str, Any] = {"stdin": subprocess.DEVNULL} if typed is None else {"input": typed}
        return subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=cwd,
            env=env,
            capture_output=True,
            timeout=timeout,
            check=False,
            **source,
        )
    return _loaded(env).run([module, *words], cwd or Path.cwd(), env, typed, timeout)


def read(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """The same with what was printed as text."""
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _loaded(env: Mapping[str, str]) -> _Loaded:
    """The process to fork: another one for each choice of what Python takes from the environment at its start.

    What the path and the encoding of the streams are can be told to a fork.
    """
    told = ("PYTHONPATH", "PYTHONIOENCODING")
    start = {
        name: value
        for name, value in env.items()
        if name.startswith(("PYTHON", "LC_", "LANG")) and name not in told
    }
    key = tuple(sorted(start.items()))
    if key not in _waiting:
        _waiting[key] = _Loaded(start)
    return _waiting[key]


class _Loaded:
    """A process that has everything imported and is forked for each run."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._one_at_a_time = Lock()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # with pipes, as its forks have
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env={**env, "PYTHONPATH": os.pathsep.join(SOURCES)},
            )
        atexit.register(self._end)

    def _end(self) -> None:
        """Let the process go: it ends where nobody can ask it any more."""
        self._socket.close()
        self._process.communicate()

    def run(
        self, words: list[str], cwd: Path, env: Mapping[str, str], typed: bytes | None, timeout: float
    ) -> subprocess.CompletedProcess[bytes]:
        """Fork, wait for the end, and give what was printed; ``words`` are the module and its arguments."""
        with self._one_at_a_time:
            return self._run(words, cwd, env, typed, timeout)

    def _run(
        self, words: list[str], cwd: Path, env: Mapping[str, str], typed: bytes | None, timeout: float
    ) -> subprocess.CompletedProcess[bytes]:
        os.umask(umask := os.umask(0))
        request = json.dumps([words, str(cwd), dict(env), umask]).encode()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            stdin = _input(typed)
            socket.send_fds(
                self._socket, [len(request).to_bytes(4, "big")], [stdin, out.fileno(), err.fileno()]
            )
            os.close(stdin)
            self._socket.sendall(request)
            pid = int.from_bytes(self._socket.recv(4), "big")
            self._socket.settimeout(timeout)
            try:
                code = int.from_bytes(self._socket.recv(4), "big", signed=True)
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                self._socket.settimeout(None)
                self._socket.recv(4)
                raise subprocess.TimeoutExpired([sys.executable, "-m", *words], timeout) from None
            self._socket.settimeout(None)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess([sys.executable, "-m", *words], code, out.read(), err.read())


_waiting: dict[tuple[tuple[str, str], ...], _Loaded] = {}


def _input(typed: bytes | None) -> int:
    """Return a pipe out of which ``typed`` comes, or nothing."""
    if typed is None:
        return os.open(os.devnull, os.O_RDONLY)
    reading, writing = os.pipe()
    os.write(writing, typed)
    os.close(writing)
    return reading


def _wait(asked: socket.socket) -> str:
    """Fork for each request, and return in the fork the module to run; end where nobody asks any more."""
    while True:
        length, streams, _, _ = socket.recv_fds(asked, 4, 3)
        if not length:
            os._exit(0)
        request = asked.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL)
        pid = os.fork()
        if pid == 0:
            asked.close()
            words, cwd, env, umask = json.loads(request)
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            os.chdir(cwd)
            os.umask(umask)
            os.environ.clear()
            os.environ.update(env)
            module, *sys.argv[1:] = words
            path = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
            sys.path[:] = [cwd, *path, *sys.path[1:]]  # the first is what -m puts there
            if encoding := env.get("PYTHONIOENCODING"):
                sys.stdout.reconfigure(encoding=encoding, errors="strict")
                sys.stderr.reconfigure(encoding=encoding, errors="backslashreplace")
            return str(module)
        for stream in streams:
            os.close(stream)
        asked.sendall(pid.to_bytes(4, "big"))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        asked.sendall(code.to_bytes(4, "big", signed=True))


def _warm_up() -> None:
    """Run a few commands to no effect, which leaves loaded and kept what they need each time."""
    from importlib import import_module

    from sqs_core.cli import main
    from sqs_core.cli.commands import COMMANDS
    from sqs_core.plugins.shipped import shipped_criteria
    from sqs_core.storage.examples import write_example
    from sqs_core.storage.library import load_criteria

    for name in COMMANDS:
        import_module(f"sqs_core.cli.{name}")
    for file in shipped_criteria():
        load_criteria(file.stem, plugins=False)
    with tempfile.TemporaryDirectory() as place, Path(os.devnull).open("w") as nowhere:
        folder = str(write_example(Path(place) / "example")[0].path)
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            for words in (
                ("help", "lock"),
                ("help", "report"),
                ("check", folder),
                ("report", folder, "-r", "html"),
            ):
                main([*words, "--no-plugins"])


if __name__ == "__main__":
    import gc
    import runpy
    import traceback

    _warm_up()
    gc.freeze()
    wanted = _wait(socket.socket(fileno=int(sys.argv[1])))
    try:
        runpy.run_module(wanted, run_name="__main__", alter_sys=True)
    except SystemExit as error:  # not to the end of the interpreter, which would take all that is loaded down
        ended = error.code if isinstance(error.code, int) else error.code is not None
    except BaseException:
        traceback.print_exc()
        ended = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)
