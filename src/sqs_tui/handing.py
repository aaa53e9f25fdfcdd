"""Writing a file that leaves the machine: asked for by name, off the UI thread, nobody's edits lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.errors import HeldError
from sqs_tui.paint.words import number

if TYPE_CHECKING:
    from sqs_tui.screens.frame import Frame
    from sqs_tui.working import Told

Files = Mapping[Path, bytes]


def hand_out(
    screen: Frame, words: str, make: Callable[[Told], Files], what: str, details: Mapping[str, object]
) -> None:
    """Make files and write them, as ``write_outputs`` of the core does; row 1 tells where.

    Where one would replace a file that was edited since, that is asked first.
    """
    app, folder = screen.sqs, screen.desk.folder

    def work(told: Told, *, force: bool = False) -> tuple[Path, ...] | HeldError:
        from sqs_core.storage.write_outputs import write_outputs

        told("")
        files = make(told)
        told("writing")
        try:
            write_outputs(folder, files, what, details, force=force)
        except HeldError as error:
            return error
        return tuple(files)

    def then(result: tuple[Path, ...] | HeldError) -> None:
        if not isinstance(result, HeldError):
            first = result[0]
            app.say(f"written to {first if len(result) == 1 else first.parent}")
            return
        name, more = Path(result.problems[0].where).name, len(result.problems) - 1
        which = f"{name} and {number(more, 'other file')}" if more else name

        def answered(answer: str) -> None:
            if answer.strip().lower() in ("yes", "y"):
                app.begin(words, lambda told: work(told, force=True), then)
            else:
                app.say("left as it was; nothing was written")

        screen.ask(f"{which} may have been edited. Replace it, yes or no:", "no", answered)

    app.begin(words, work, then)
