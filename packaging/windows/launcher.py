"""What sqs.exe runs: the command, with the window left open where a double click ends in an error."""

import ctypes
import os
import sys
from pathlib import Path

from sqs_core.cli import main
from sqs_core.platform.console import prepare_streams

# Only this program and its Python are in the console's list where no shell started it.
clicked = len(sys.argv) == 1 and ctypes.windll.kernel32.GetConsoleProcessList((ctypes.c_ulong * 4)(), 4) == 2
if clicked:
    os.chdir(Path.home())
prepare_streams()
code = main(sys.argv[1:])
if clicked and code:
    input("Press Enter to close this window. ")
sys.exit(code)
