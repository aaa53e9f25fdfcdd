"""Whether a renderer gives the same file in another process, at another hour and on another day.

Rendering twice in a row finds none of them: sets keep their order within a process, and the clock
shows the same a moment later.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqs_core.plugins.renderer import Renderer

_NOT_IMPORTED = 77
"""The exit code where a renderer cannot be imported by its name."""
_THERE = """
import hashlib, importlib, json, os, shutil, sys, tempfile
from sqs_core.plugins.samples import samples
from sqs_core.plugins.sandbox import error_line
module, name, options, kinds = json.load(sys.stdin)
try:
    render = importlib.import_module(module)
    for part in name.split("."):
        render = getattr(render, part)
except Exception:
    sys.exit(NOT_IMPORTED)
reports, strayed, watching = samples(options), [], False
here = os.path.realpath(tempfile.mkdtemp())
kept = tuple(map(os.path.realpath, (tempfile.gettempdir(), os.devnull)))
def watch(event, arguments):
    if not watching:
        return
    if event == "open" and isinstance(arguments[0], str) and set("wax+") & set(arguments[1] or ""):
        place = os.path.realpath(arguments[0])
        if place.startswith(here) or not (place.startswith(kept) or "__pycache__" in place):
            strayed.append("writes a file of its own, " + os.path.basename(arguments[0]))
    if event in ("socket.connect", "socket.getaddrinfo"):
        strayed.append("asks the network")
sys.addaudithook(watch)
os.chdir(here)
watching = True
made = {}
for kind in kinds:
    try:
        made[kind] = hashlib.sha256(render(reports[kind])).hexdigest()
    except Exception as error:
        strayed.append(f"raises {error_line(error)}, but only in another process, from another folder")
watching = False
os.chdir("/")
shutil.rmtree(here)
sys.stdout.write("\\n" + json.dumps([made, sorted(set(strayed))]))
"""


def wrong_in_another_process(
    renderer: Renderer, files: Mapping[str, bytes], options: Mapping[str, str]
) -> Iterator[str]:
    """What is wrong in another process: an error, other bytes than ``files``, a file written, the network.

    The samples are rendered there from the last to the first, in another folder.  Only a function that can be
    imported by its name can be tried: no lambda, no function in a function.
    """
    module, name = renderer.render.__module__, getattr(renderer.render, "__qualname__", "<")
    if "<" in name or module == "__main__":
        return
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    there = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(Path(place).resolve()) for place in sys.path if place),
        "PYTHONHASHSEED": seed,
        "TZ": "XXX-13:30",
    }
    done = subprocess.run(
        [sys.executable, "-c", f"NOT_IMPORTED = {_NOT_IMPORTED}\n{_THERE}"],
        input=json.dumps([module, name, dict(options), list(files)[::-1]]),
        env=there,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == _NOT_IMPORTED:
        return  # nothing can be said
    if done.returncode:
        yield f"ends another process with exit code {done.returncode}"
        return
    made, strayed = json.loads(done.stdout.rpartition("\n")[2])
    yield from strayed
    other = [kind for kind in made if made[kind] != sha256(files[kind]).hexdigest()]
    if other:
        kinds = "every sample" if len(other) == len(files) else ", ".join(other[::-1])
        yield f"{kinds}: gives other bytes in another process: look for sets and the clock"


def dated_today(data: bytes, text: str) -> Iterator[str]:
    """What is wrong where ``data``, or its ``text``, bears the date of today; every sample is of 2012."""
    today = date.today()
    forms = (f"{today:%Y-%m-%d}", f"{today:%Y%m%d}", f"{today:%d/%m/%Y}", f"{today.day} {today:%B %Y}")
    for form in forms:
        if form in text:
            yield f"bears the date of today ({form}): take that of the report"
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if any(member.date_time[:3] == today.timetuple()[:3] for member in package.infolist()):
                yield "is a zip whose members are dated today: give them a fixed date"
