"""Draw the pictures of the screens from the real program, on the example inspection.

``python docs/pictures.py`` writes ``docs/pictures/*.svg``, one for each screen, some of them wide as well.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from textual import events

HERE = Path(__file__).resolve().parent
SIZES = {"": (80, 24), "-wide": (120, 40)}
WIDE_TOO = ("question", "board", "letter")
AT_ROH_PLAN = ("ctrl+g", "07 roh.plan", "enter")
PICTURES: dict[str, tuple[str, ...]] = {
    "overview": ("down",) * 6,
    "facts": (*("down",) * 6, "f", *("down",) * 6),
    "question": AT_ROH_PLAN,
    "shared": (*AT_ROH_PLAN, "Z"),
    "review": (*AT_ROH_PLAN, "backspace", "l", "ask for the review", "enter", "F"),
    "board": ("2", *("down",) * 8),
    "letter": ("4", *("right",) * 8),
    "interviews": ("3", "right", "right"),
    "start": (),
}
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
LONG = {"down", "up", "left", "right", "enter", "escape", "backspace", "tab", "ctrl+g", "ctrl+p"}


async def drawn(folder: Path | None, keys: tuple[str, ...], size: tuple[int, int]) -> str:
    """The picture of the screen after ``keys``, as SVG."""
    from sqs_tui.app import SqsApp

    app = SqsApp(None if folder is None else str(folder))
    async with app.run_test(size=size) as pilot:
        while folder is not None and app.workspace is None:
            await pilot.pause(0.05)
        await pilot.pause(0.4)
        for word in keys:
            for key in [word] if word in LONG else list(word):
                app.post_message(events.Key("space" if key == " " else key, key if len(key) == 1 else None))
                await pilot.pause()
        await app.workers.wait_for_complete()
        app.autosave.flush(2)
        await pilot.pause(0.3)
        # The fonts would be asked of a server on the web: a picture of ours asks nobody.
        return FONT_FACE.sub("", app.export_screenshot(title="sqs"))


def main(target: Path) -> None:
    """Write every picture into ``target``."""
    from sqs_core.storage.examples import example_source

    target.mkdir(exist_ok=True)
    for name, keys in PICTURES.items():
        for suffix, size in SIZES.items():
            if suffix and name not in WIDE_TOO:
                continue
            with tempfile.TemporaryDirectory() as home:
                os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
                folder = Path(home) / "darlington-2012"
                shutil.copytree(example_source(), folder)
                svg = asyncio.run(drawn(None if name == "start" else folder, keys, size))
            if "does&#160;nothing" in svg:
                raise ValueError(f"{name}: one of its keys does nothing there any more")
            (target / f"{name}{suffix}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures")
