"""A stage for the screens: folders of their own, keys in, files and screen text out."""

from __future__ import annotations

import asyncio
import gc
import re
import shutil
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from attrs import frozen
from textual import events
from textual._compositor import Compositor
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from sqs_core.storage.examples import example_source
from sqs_core.workflow.navigation import Location
from sqs_tui import base_app, typeahead
from sqs_tui.app import SqsApp
from sqs_tui.messages import GoTo

NAMES = {
    "Enter": "enter",
    "Esc": "escape",
    "Tab": "tab",
    "Back": "backspace",
    "Space": "space",
    "Up": "up",
    "Down": "down",
    "Left": "left",
    "Right": "right",
    "^P": "ctrl+p",
    "^G": "ctrl+g",
    "^J": "ctrl+j",
    "^L": "ctrl+l",
    "^S": "ctrl+s",
    "^Q": "ctrl+q",
    "^O": "ctrl+o",
    "^Enter": "ctrl+enter",
    "^A": "ctrl+a",
    "^R": "ctrl+r",
    "^Up": "ctrl+up",
    "^E": "ctrl+e",
    "^K": "ctrl+k",
    "^U": "ctrl+u",
    "^W": "ctrl+w",
    "ShiftTab": "shift+tab",
    "F1": "f1",
    "F2": "f2",
    "F4": "f4",
    "F8": "f8",
}
LOOK = "look:"
"""In the place of a key: the screen as it is then, which goes into ``Played.looks``."""
CLOCK = re.compile(r"\d\d:\d\d:\d\d")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test of the screens once more where it fails, and name it at the end.

    It waits for a terminal, threads and a disk; three at once on a busy machine, one of a thousand looks
    at a moment that is not the one it means.  What is wrong with the screens fails twice.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State and settings of nobody, and no colour."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SQS_NO_PLUGINS", "1")
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What the screens set apart from the collector, as it stays as long as they run, is let go with them."""
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """Style sheets are parsed once a theme, not once an application: that took a seventh of the time.

    What Textual keeps of them is kept for all applications; should it keep it elsewhere one day, this does nothing.
    """
    begin, change = Stylesheet.__init__, Stylesheet.set_variables
    kept: dict[frozenset[tuple[str, str]], LRUCache[tuple[object, ...], list[RuleSet]]] = {}

    def share(sheet: Stylesheet) -> None:
        sheet._parse_cache = kept.setdefault(frozenset(sheet._variables.items()), LRUCache(1024))

    def begun(sheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
        begin(sheet, variables=variables)
        share(sheet)

    def changed(sheet: Stylesheet, variables: dict[str, str]) -> None:
        sheet._parse_cache = LRUCache(1)  # this is what is cleared
        change(sheet, variables)
        share(sheet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "__init__", begun)
        patch.setattr(Stylesheet, "set_variables", changed)
        yield


draw = Compositor.render_update


@pytest.fixture(autouse=True, scope="session")
def drawn_when_settled() -> Iterator[None]:
    """The screen is drawn once a key has had its whole effect: no terminal shows what would be drawn before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that waits for one before it which never ends is not handed on: ``settled`` tells of it.

    What row 1 tells stays until something else is told, however busy the machine that reads it.
    """
    monkeypatch.setattr(typeahead, "PATIENCE", 15_000)
    monkeypatch.setattr(base_app, "MESSAGE_SECONDS", 600.0)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example inspection."""
    target = tmp_path / "darlington-2012"
    shutil.copytree(example_source(), target)
    return target


@frozen
class Seen:
    """The screen as text, clock times as 00:00:00, and how many widgets are mounted on it."""

    text: str
    widgets: int

    @property
    def rows(self) -> list[str]:
        """The screen row by row."""
        return self.text.split("\n")

    @property
    def words(self) -> str:
        """The words on the screen without the boxes they stand in, where they may be broken over rows."""
        return " ".join(
            "".join(c if c.isprintable() and not "─" <= c <= "▟" else " " for c in self.text).split()
        )


@frozen
class Played(Seen):
    """How it ended: the screen, and the application.

    ``widgets`` is the most that were mounted at any size; ``looks`` is what was seen on the way.
    """

    app: SqsApp
    sizes: Mapping[str, str] = {}
    looks: Sequence[Seen] = ()


class Stage:
    """Presses keys on a running application."""

    def __init__(self, app: SqsApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.wait: Callable[[], Awaitable[object]] = pilot._wait_for_screen
        self.looks: list[Seen] = []

    async def keys(self, *keys: str | tuple[int, int]) -> None:
        """Press each of ``keys``; a word that is no key's name is typed letter by letter.

        A pair of numbers is a click at that column and row; what follows "click:" is clicked where it
        stands first, and what follows "paste:" is pasted.  "at:07 roh.plan" leads to that question at once,
        as "^G" does with many keys.

        Not by the pilot's own ``press``, which takes 60 ms a key whatever the application does.
        """
        for word in keys:
            if isinstance(word, tuple):
                await self.pilot.click(offset=word)
                await self.settled()
                continue
            if word == LOOK:
                await self.pilot.pause()
                await self.settled()
                await self.told_of_saving()
                self.looks.append(self.seen())
                continue
            if word.startswith("at:"):
                self.app.post_message(GoTo(Location("question", *word[3:].split())))
                await self.settled()
                await asyncio.sleep(0.02)
                await self.settled()
                continue
            if word.startswith("click:"):
                rows = self.text().split("\n")
                await self.keys(
                    next((row.index(word[6:]) + 1, y) for y, row in enumerate(rows) if word[6:] in row)
                )
                continue
            if word == "^O":  # its letters stand over the screen as it is, row 1 included
                await self.told_of_saving()
            if word.startswith("paste:"):
                self.app.post_message(events.Paste(word[6:]))
                await self.settled()
                continue
            keys = [NAMES[word]] if word in NAMES else list(word)
            together = len(keys) if len(keys) > 12 else 1  # what is so long is written in a field, at once
            for start in range(0, len(keys), together):
                screen = self.app.screen
                for key in keys[start : start + together]:
                    name = _character_to_key(key) if len(key) == 1 else key
                    character = key if len(key) == 1 else " " if key == "space" else None
                    self.app.post_message(events.Key(name, character))
                await self.settled()
                if self.app.screen is not screen:  # another screen: until it has been drawn
                    await asyncio.sleep(0.02)
                    await self.settled()

    async def records_in(self) -> None:
        """Until the records are read: the frame is painted before."""
        while self.app.workspace is None:
            await asyncio.sleep(0.01)
        await self.settled()

    async def settled(self) -> None:
        """Until every key had its effect, no worker runs and every message was taken."""
        app = self.app
        while app.is_running and (
            app.message_queue_size or app.busy or (app.workspace is not None and app.upkeep.counting)
        ):
            assert app._looks < 3_000, f"a key waits on {app.screen}, where {app.screen.focused} is focused"
            await asyncio.sleep(0.005)
        with suppress(WorkerCancelled):
            await self.app.workers.wait_for_complete()
        await self.wait()
        if app.is_running:
            draw(app.screen._compositor, screen_stack=app._background_screens)

    async def drawn(self) -> None:
        """Until the screen stays as it is, its footer included, which is composed anew for another size."""
        before = ""
        for _ in range(200):
            await self.settled()
            text = self.text()
            footer = text.rpartition("\n")[2].strip()
            if text == before and footer:
                return
            before = text
            await asyncio.sleep(0.03)

    async def told_of_saving(self) -> None:
        """Until row 1 no longer says "writing": the writer's news reaches the screen a little later."""
        for _ in range(400):
            if not any(word in self.text() for word in ("● writing", "o writing", "* writing", "@ writing")):
                return
            await asyncio.sleep(0.01)

    def seen(self) -> Seen:
        """The screen as it is now."""
        return Seen(self.text(), sum(1 for _ in self.app.screen.walk_children()))

    def text(self) -> str:
        """The screen as text."""
        strips = self.app.screen._compositor.render_strips()
        rows = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
        return CLOCK.sub("00:00:00", "\n".join(rows))


Play = Callable[..., Played]


@pytest.fixture
def play() -> Play:
    """Open the screens on a folder, press keys, save everything, and give how it ended."""

    def played(
        folder: Path | None,
        *keys: str | tuple[int, int],
        size: tuple[int, int] = (80, 24),
        ascii_marks: bool = False,
        also: Iterable[tuple[int, int]] = (),
        meanwhile: Callable[[], object] = lambda: None,
        first: Iterable[str] = (),
        second: bool = False,
        tick: bool = True,
    ) -> Played:
        async def go() -> Played:
            where = None if folder is None else str(folder)
            app = SqsApp(where, ascii_marks=ascii_marks, second=second)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                stage = Stage(app, pilot)
                await (stage.records_in() if folder is not None else stage.settled())
                await pilot.pause()
                await stage.keys(*first)
                meanwhile()
                if first and tick:
                    app.check_blinded()
                    app.poll_external_changes()
                    await stage.settled()
                await stage.keys(*keys)
                app.commit()
                app.autosave.flush(3)
                await pilot.pause()
                await stage.settled()
                await stage.told_of_saving()
                seen, sizes = stage.seen(), {}
                widgets = seen.widgets
                app.clear_message()  # it would go in the middle of the sizes
                for width, height in also:
                    await pilot.resize_terminal(width, height)
                    await stage.drawn()
                    resized = stage.seen()
                    sizes[f"{width}x{height}"] = resized.text
                    widgets = max(widgets, resized.widgets)
                return Played(seen.text, widgets, app, sizes, stage.looks)

        return asyncio.run(go())

    return played


@pytest.fixture
def stage() -> type[Stage]:
    """The stage itself, for what happens while something runs."""
    return Stage
