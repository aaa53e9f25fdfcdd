"""Being told to end: each way is heard in the loop, with its number, and nothing is cut short."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from systems import signals, windows

LISTENER = """
import asyncio
from sqs_core.platform.signals import hear

async def main():
    told = asyncio.get_running_loop().create_future()
    with hear(asyncio.get_running_loop(), told.set_result):
        print("ready", flush=True)
        print(await told, flush=True)

asyncio.run(main())
"""


@signals
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_is_heard_in_the_loop(name: str) -> None:
    number = getattr(signal, name)
    with subprocess.Popen([sys.executable, "-c", LISTENER], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        assert (process.stdout.read(), process.wait()) == (f"{int(number)}\n", 0)


@windows
def test_ctrl_c_and_ctrl_break_are_heard_in_the_loop_on_windows() -> None:
    for number in (signal.SIGINT, signal.SIGBREAK):
        code = LISTENER.replace(
            'print("ready", flush=True)', f"import signal; signal.raise_signal({int(number)})"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), done.stderr) == (str(int(number)), "")
