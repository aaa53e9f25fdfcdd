"""Write the letter, or the board, as the file that -o names: its ending says the format, such as Word or
PDF.  Without -o, text goes to the terminal or pipe.  Until nothing is left to do, every page bears DRAFT.

examples:
  sqs report darlington-2012 -o letter.docx
  sqs report darlington-2012 -o letter.pdf --final
  sqs report darlington-2012 -r html -r docx -o out --option letterhead=office.docx --keep
  sqs report north south west -r html -o letters --progress
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from attrs import evolve

from sqs_core.cli.arguments import named_values, takes_json, takes_many
from sqs_core.cli.completers import renderer_options, renderers
from sqs_core.cli.console import as_typed, echo, echo_err, echo_json, echo_problems, table, warn_once
from sqs_core.cli.folders import open_folder
from sqs_core.cli.letter_drafts import drafts
from sqs_core.cli.progress import progress_bar
from sqs_core.errors import PluginError, Problem, SqsError, UsageError
from sqs_core.exports.data import pick
from sqs_core.letter.report import Report
from sqs_core.platform.console import is_console
from sqs_core.plugins import Offer, Option, Renderer, load_plugins
from sqs_core.plugins.needs import needs_sentence
from sqs_core.plugins.registry import SUFFIXES
from sqs_core.plugins.rendering import fitting, readied, with_options
from sqs_core.state import names_folder
from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.audit.history_versions import head_of_changes
from sqs_core.storage.drafts import since_draft
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.kept_options import keep_options, kept_options
from sqs_core.storage.output import check_not_edited, write_outputs
from sqs_core.text import one_line
from sqs_core.workflow.letter_details import in_language
from sqs_core.workflow.outputs import report_of
from sqs_core.workflow.what_is_left import WhatIsLeft, what_is_left

TIME_LIMIT = 60.0
LONGEST = 86_400


class _MadeFile(NamedTuple):
    """A format that was made: under what name it was asked for, and where it goes; None is stdout."""

    name: str
    renderer: Renderer
    file: Path | None
    data: bytes


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs report``."""
    parser.add_argument("dirs", metavar="DIR", nargs="*", help="the inspection folder, or several")
    words = "see --list (text); may be repeated"
    parser.add_argument(
        "-r", "--renderer", action="append", metavar="RENDERER", help=words, completer=renderers
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, a file or folder; - is stdout")
    words = "an option of the renderer; --list shows them"
    takes_many(parser, "--option", "NAME=VALUE", words, renderer_options)
    parser.add_argument("--keep", action="store_true", help="keep the options given for the next time")
    stopped = f"stop a plugin's renderer after so long ({TIME_LIMIT:g}; 0 is never)"
    parser.add_argument("--time-limit", type=float, default=TIME_LIMIT, metavar="SECONDS", help=stopped)
    ending = "end the letter with what changed since this draft (1, 2 … or last)"
    parser.add_argument("--since", metavar="DRAFT", help=ending, completer=drafts)
    spoken = "write the letter in this language of the version, for this once"
    parser.add_argument("--language", default="", metavar="TAG", help=spoken)
    parser.add_argument(
        "--final", action="store_true", help="refuse while anything is left to do (exit 1, with the list)"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that was edited since")
    parser.add_argument("--progress", action="store_true", help="say on stderr what is being rendered")
    parser.add_argument("--list", action="store_true", help="list the renderers")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Render the letter, or list the renderers."""
    if args.list:
        return _list(args.json)
    if not args.dirs:
        raise UsageError("which inspection? sqs report DIR -r RENDERER; --list lists the renderers")
    if not 0 <= args.time_limit <= LONGEST:
        raise UsageError(f"--time-limit takes 0 (never) to {LONGEST} seconds, not {args.time_limit:g}")
    names: list[str] = list(dict.fromkeys(args.renderer or [_renderer_of(args.output)]))
    offers = _offers(names, args.dirs)
    if len(offers) == 1 and len(args.dirs) == 1:
        _check_ending(offers[0], args.output)
    if len(args.dirs) == 1:
        return _one(args.dirs[0], names, offers, args, args.output)
    if args.output in (None, "-"):
        raise UsageError("several inspections need a folder to be written to: -o FOLDER")
    targets = folder_names(args.dirs)
    worst = 0
    with progress_bar("rendering") as on_progress:
        for place, (path, target) in enumerate(zip(args.dirs, targets, strict=True), 1):
            if args.progress:
                echo_err(f"{place}/{len(targets)} {path}")
            try:
                _one(path, names, offers, args, f"{Path(args.output) / target}/")
            except SqsError as error:
                # One inspection that cannot be rendered must not stop the others.
                echo_problems(error.problems, path)
                worst = max(worst, error.exit_code)
            on_progress(place, len(targets))
    return worst


def folder_names(paths: Sequence[str]) -> list[str]:
    """Return what the folders at ``paths`` are called; UsageError where two are called the same."""
    names = [one_line(Path(path).resolve().name) for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two of these inspections are called '{name}': take them one by one")
    return names


def _one(
    path: str, names: list[str], offers: list[Offer[Renderer]], args: Namespace, output: str | None
) -> int:
    """Render one inspection in every format asked for.

    A format that fails is told and costs none of the others; each file is written whole or not
    at all, and none where one would replace somebody's edits.
    """
    files = _files(offers, names, output)
    made: list[_MadeFile] = []
    failed: list[Problem] = []
    with readied(offers, args.time_limit) as makers:
        # Loaded only now: a plugin gets ready meanwhile.
        folder = in_language(open_folder(path), args.language)
        left = what_is_left(folder)
        renderers = [offer.value for offer in offers]
        letter, board = _reports(folder, renderers, args, left)
        given = _given_options(board, renderers, args)
        for place, (name, make, renderer) in enumerate(zip(names, makers, renderers, strict=True)):
            if args.progress:
                echo_err(f"  {name} ({place + 1} of {len(names)})")
            report = letter if renderer.needs_letter else board
            if report is None:
                reason = f"criteria {folder.criteria.id} have no letter plan, so no letter can be written"
                failed.append(Problem("", f"{reason} as '{name}'"))
                continue
            try:
                data = make(_with_kept(report, renderer, given))
                made.append(_MadeFile(name, renderer, files[place], data))
            except PluginError as error:
                failed += error.problems
    _write(folder, made, board.history_head, args, output)
    if made:
        _tell(folder, left, board.history_head, path)
    if failed:
        raise PluginError(*failed)
    return 0


def _reports(
    folder: InspectionFolder, renderers: Sequence[Renderer], args: Namespace, left: WhatIsLeft
) -> tuple[Report | None, Report]:
    """Return the letter and the board; no letter where the version plans none and a board is wanted too."""
    boards = not all(renderer.needs_letter for renderer in renderers)
    without = boards and folder.criteria.letter is None
    wanted = not without and any(renderer.needs_letter for renderer in renderers)
    report = report_of(folder, letter=wanted, final=args.final, left=left)
    if args.since is not None:
        report = since_draft(folder.path, report, args.since, renderers)
    # A board is of one population; a letter is written from all of them.
    apart = folder.populations and wanted and boards
    board = report_of(folder, letter=False, left=left) if apart else report
    return None if without else report, board


def _given_options(report: Report, renderers: Sequence[Renderer], args: Namespace) -> dict[str, str]:
    """Return the options given, kept for the next time with --keep; UsageError where one is of no use."""
    given = named_values(args.option, "NAME=VALUE, such as letterhead=office.docx")
    forgotten = {name for name, value in given.items() if args.keep and not value}
    with_options(report, renderers, {name: given[name] for name in given if name not in forgotten})
    for renderer in renderers if args.keep else ():
        keep_options(renderer, given)
    return given


def _write(
    folder: InspectionFolder,
    made: Sequence[_MadeFile],
    head: str,
    args: Namespace,
    output: str | None,
) -> None:
    """Write each file, or all of it to stdout; HeldError, and none is written, where one was edited since."""
    check_not_edited(folder.path, {one.file: one.data for one in made if one.file}, force=args.force)
    for name, renderer, file, data in made:
        details = {"renderer": renderer.name, "head": head}
        if file is None:
            if not renderer.is_text and output is None and is_console(sys.stdout):
                raise UsageError(f"'{name}' is not text; say where to with -o letter{renderer.suffix}")
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            log_output(folder, "render", details)
        else:
            write_outputs(folder, {file: data}, "render", details, force=args.force)
            opened = ", which opens up single cases: not for publication"
            echo_err(f"wrote {file}{opened if renderer.needs_records else ''}")


def _tell(folder: InspectionFolder, left: WhatIsLeft, head: str, path: str) -> None:
    """Say that it is a draft while anything is left, and the heads by which the histories can be verified."""
    if not left.final:
        them = "it" if len(left.items) == 1 else "them"
        echo_err(f"DRAFT: {left.summary.lower()} 'sqs check {as_typed(path)}' shows {them}")
    if head:
        echo_err(f"history head {head}; 'sqs verify --head' takes it back")
    for name in folder.other_populations:
        if of_population := head_of_changes(folder.path / name):
            taken_back = f"'sqs verify --population {name} --head' takes it back"
            echo_err(f"{name}: history head {of_population}; {taken_back}")


def _with_kept(report: Report, renderer: Renderer, given: Mapping[str, str]) -> Report:
    """Return ``report`` with the options ``given`` and those kept for ``renderer``, which are told."""
    kept = {name: value for name, value in kept_options(renderer).items() if name not in given}
    for name, value in kept.items():
        warn_once(f"with {name}={value}, as kept ('--option {name}= --keep' forgets it)")
    return evolve(report, options={**kept, **{name: value for name, value in given.items() if value}})


def _renderer_of(output: str | None) -> str:
    """Return the renderer that the ending of the file ``output`` asks for; text where it asks for none.

    Raises:
        PluginError: none that is installed writes such a file; it says what to install.
        UsageError: there is no such format.
    """
    suffix = Path(output or "").suffix.lower()
    if not suffix or output == "-" or names_folder(output or "") or Path(output or "").is_dir():
        return "text"
    name = Path(output or "").name
    with suppress(SqsError):  # plugins are only looked for where what ships writes no such file
        return fitting(load_plugins(plugins=False), name, "letter").name
    return fitting(load_plugins(), name, "letter").name


def _check_ending(offer: Offer[Renderer], output: str | None) -> None:
    """Raise UsageError where the file named would say that it is of another kind than it is."""
    suffix = Path(output or "").suffix.lower()
    others = {other.value.suffix for other in load_plugins(plugins=False).renderers} | {*SUFFIXES}
    ours = offer.value.suffix
    if suffix in others and not (output or "").lower().endswith(ours) and not ours.endswith(suffix):
        raise UsageError(f"'{offer.name}' writes {ours} files, and {output} would not be one")


def _offers(names: list[str], paths: Sequence[str]) -> list[Offer[Renderer]]:
    """Return the renderers called ``names``; where one is unknown, what the inspections need is told."""
    # Plugins are only looked for when what ships does not have the name.
    shipped = {offer.name for offer in load_plugins(plugins=False).renderers}
    found = load_plugins(plugins=not shipped.issuperset(names))
    try:
        offers = [found.renderer_offer(name) for name in names]
    except SqsError as error:
        needs: list[str] = []
        for path in paths:
            with suppress(SqsError):  # one that cannot be opened is told when all is there
                needs += open_folder(path).inspection.needs
        needed = needs_sentence(dict.fromkeys(needs))
        if not needed:
            raise
        raise PluginError(*error.problems, needed) from error
    echo_problems(found.faults)  # none of them is wanted, but one may have cost ten seconds
    return offers


def _files(offers: list[Offer[Renderer]], names: list[str], output: str | None) -> list[Path | None]:
    """Return where each format goes; None is stdout."""
    if output in (None, "-"):
        if len(offers) > 1:
            raise UsageError(f"{len(offers)} formats need a folder to be written to: -o FOLDER")
        return [None]
    target = Path(output or "")
    if len(offers) == 1 and not target.is_dir() and not names_folder(output or ""):
        return [target]
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file; {len(offers)} formats need a folder")
    files: list[Path | None] = []
    for name, offer in zip(names, offers, strict=True):
        file = target / f"{offer.value.stem}{offer.value.suffix}"
        taken = file in files
        files.append(
            target / f"{offer.value.stem}-{name.replace(':', '-')}{offer.value.suffix}" if taken else file
        )
    return files


def _option_words(name: str, option: Option) -> str:
    values = "|".join(option.values) or "…"
    default = f" ({option.default})" if option.default else ""
    return f"{name}={values} {option.description}{default}"


def _list(as_json: bool) -> int:
    found = load_plugins()
    offers = sorted(found.renderers, key=lambda offer: (offer.name, offer.distribution))
    if as_json:
        echo_json(
            {
                "renderers": [
                    {
                        **pick(o, "name", "distribution", "version"),
                        **pick(o.value, "suffix", "media_type", "description", "needs_records"),
                        "options": {name: o.value.option(name).description for name in o.value.options},
                    }
                    for o in offers
                ],
            }
        )
    else:
        marks = {True: " (opens up single cases)", False: ""}
        echo(
            table(
                (o.name, o.value.suffix, o.value.description + marks[o.value.needs_records], o.distribution)
                for o in offers
            )
        )
        for offer in offers:
            for name in offer.value.options:
                echo(f"  {offer.name}: --option {_option_words(name, offer.value.option(name))}")
    echo_problems(found.faults)
    return 0
