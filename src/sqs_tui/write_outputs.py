"""Writing a file that leaves the machine: off the UI thread, nobody's edits lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from sqs_core.errors import HeldError
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import counted
from sqs_core.workflow.outputs import Output, write_output
from sqs_tui.background_task import OnStep
from sqs_tui.base_app import BaseApp


@frozen
class _Done:
    output: Output
    held: HeldError | None = None


def write_outputs(
    app: BaseApp, folder: InspectionFolder, words: str, make: Callable[[OnStep], Output]
) -> None:
    """Make files and write them, as the core does; row 1 tells where, and why a letter is a draft.

    Where one would replace a file that was edited since, that is asked first.
    """

    def work(on_progress: OnStep, *, force: bool = False) -> _Done:
        on_progress("")
        output = make(on_progress)
        on_progress("writing")
        try:
            write_output(folder, output, force=force)
        except HeldError as error:
            return _Done(output, error)
        return _Done(output)

    def then(done: _Done) -> None:
        if done.held is None:
            paths = tuple(done.output.files)
            if app.workspace is not None:
                app.workspace.written += paths
            message = f"written to {paths[0] if len(paths) == 1 else paths[0].parent}"
            draft = done.output.draft
            app.show_message(f"{message}, marked DRAFT: {draft} 6 lists it" if draft else message, stays=True)
            return
        problems = done.held.problems
        name, more = Path(problems[0].where).name, len(problems) - 1
        which = f"{name} and {counted(more, 'other file')}" if more else name

        def answered(answer: str) -> None:
            if answer.strip().lower() in ("yes", "y"):
                app.begin(words, lambda on_progress: work(on_progress, force=True), then)
            else:
                app.show_message("left as it was; nothing was written")

        app.ask(f"{which} may have been edited. Replace it, yes or no:", "no", answered)

    app.begin(words, work, then)
