"""What is written to files: the board, the letter, the take-away sheet, the tables for analysts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from threading import Thread

from attrs import frozen

from sqs_core.errors import HeldError, UsageError
from sqs_core.exports.board import board_csv
from sqs_core.plugins import load_plugins
from sqs_core.plugins.rendering import fitting
from sqs_core.state import path_typed
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import counted
from sqs_core.workflow.outputs import (
    Output,
    TakeawaySheet,
    report_output,
    report_suffixes,
    tables_output,
    takeaway_output,
    write_output,
)
from sqs_tui.background_task import OnStep
from sqs_tui.base_app import BaseApp
from sqs_tui.workspace import Workspace

FORMATS = (".docx", ".pdf", ".html", ".odt", ".txt")
"""The endings that are proposed one after the other, where they can be written."""


@cache
def get_ready() -> None:
    """Look for plugins in the background, which starts a process: the first export does not wait for it."""
    Thread(target=load_plugins, daemon=True).start()


def ask_board(app: BaseApp, workspace: Workspace) -> None:
    """Ask for a file, and write the board of every case to it."""
    _ask(app, workspace, "board", "board.html")


def ask_letter(app: BaseApp, workspace: Workspace, *, since: int = 0) -> None:
    """Ask for a file, and write the letter to it, or another of the forms named by their files.

    With ``since`` it ends with what changed since that draft: for whoever checks it, not to be sent.
    What is sent is proposed as a Word file, where one can be written.
    """
    word = ".docx" in report_suffixes("letter")
    name = f"letter-since-draft-{since}.html" if since else f"letter{'.docx' if word else '.html'}"
    _ask(app, workspace, "letter", name, since=since)


def ask_tables(app: BaseApp, workspace: Workspace) -> None:
    """Ask for a folder, and write the tables for analysts into it: no free text."""

    def named(words: str) -> None:
        target = _path(words, proposed)
        workspace.autosave.flush(2.0)
        folder = workspace.folder
        write_outputs(app, folder, "writing the tables", lambda _: tables_output(folder, target))

    whole = workspace.folder.path.resolve()
    proposed = whole.parent / f"{whole.name}-data"
    app.ask("Folder for the tables (CSV, no free text):", str(proposed), named, does="write them")


def ask_takeaway(app: BaseApp, workspace: Workspace, case: str, sheet: TakeawaySheet) -> None:
    """Ask for a file, and write the take-away sheet of ``case`` to it."""

    def named(name: str) -> None:
        path = _path(name, proposed)
        write_outputs(app, workspace.folder, f"writing {path.name}", lambda _: takeaway_output(sheet, path))

    suffixes = tuple(dict.fromkeys((".txt", ".html", *report_suffixes("letter"))))
    proposed = _proposed(workspace, f"takeaway-{case}.txt", suffixes)
    app.ask(f"File ({' '.join(suffixes)}):", str(proposed), named, does="write it")


def _proposed(workspace: Workspace, name: str, suffixes: Collection[str]) -> Path:
    """Return the file to propose: ``name``, or the next form of it where that was written already.

    It is in the folder in which one of them was written last, else in the inspection's.
    """
    first = Path(name)
    written = [path for path in workspace.written if path.stem == first.stem]
    folder = written[-1].parent if written else workspace.folder.path.absolute()
    endings = dict.fromkeys((first.suffix, *(ending for ending in FORMATS if ending in suffixes)))
    done = {path.suffix for path in written}
    return folder / first.with_suffix(
        next((ending for ending in endings if ending not in done), first.suffix)
    )


def _path(words: str, proposed: Path) -> Path:
    """Return the file typed; a name alone is beside the one proposed, not wherever sqs was started."""
    if not words.strip():
        raise UsageError("nothing was named, so nothing was written")
    path = path_typed(words)
    return proposed.parent / path if path.name == words.strip() else path.absolute()


def _ask(app: BaseApp, workspace: Workspace, kind: str, name: str, *, since: int = 0) -> None:
    suffixes = {*report_suffixes(kind), *([".csv"] if kind == "board" else [])}

    def named(words: str) -> None:
        path, findings, folder = _path(words, proposed), workspace.findings, workspace.folder
        workspace.autosave.flush(2.0)  # a file tells of what is saved
        if kind == "board" and path.suffix.lower() == ".csv":
            if findings is None:
                raise UsageError("still counting; try again in a moment")
            table = Output({path: board_csv(findings).encode()}, "export", {"files": [path.name]})
            write_outputs(app, folder, f"writing {path.name}", lambda _: table)
            return
        offer = fitting(load_plugins(), path.name, kind)

        def make(on_progress: OnStep) -> Output:
            on_progress(f"as {offer.name}")
            return report_output(folder, f"{offer.name} {path}", since=str(since or ""))

        write_outputs(app, folder, f"writing {path.name}", make)

    proposed = _proposed(workspace, name, suffixes)
    app.ask(f"File ({' '.join(sorted(suffixes))}):", str(proposed), named, does="write it")


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
            app.show_message(
                f"{message}, marked DRAFT: {draft} Key 6 lists it" if draft else message, stays=True
            )
            return
        problems = done.held.problems
        name, more = Path(problems[0].where).name, len(problems) - 1
        which = f"{name} and {counted(more, 'other file')}" if more else name

        def answered(answer: str) -> None:
            if answer.strip().lower() in ("yes", "y"):
                app.begin(words, lambda on_progress: work(on_progress, force=True), then)
            else:
                app.show_message("left as it was; nothing was written")

        asked = f"{which} may have been edited. Replace it, yes or no:"
        app.ask(asked, "no", answered, does="answer")

    app.begin(words, work, then)
