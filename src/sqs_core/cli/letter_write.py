"""``sqs letter write``, ``figures``, ``wording``, ``undo``, ``redo``: what the author writes, by command."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from attrs import asdict

from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import RecordError, UsageError
from sqs_core.records.narrative import Narrative
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import LETTER
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import clean
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.figures import figure_filler, figures_offered, shown_text
from sqs_core.workflow.letter_lists import LISTS, linking, moving, place_meant, removing
from sqs_core.workflow.letter_text import (
    LetterPart,
    item_saying,
    paragraph_called,
    paragraph_ids,
    part_called,
    saying_otherwise,
    text_of,
    with_text,
)
from sqs_core.workflow.letter_undo import LetterStep, redo_letter, undo_letter


def run_write(args: Namespace) -> int:
    """Write a part of the letter, or print what its author wrote where no text is given."""
    folder = open_folder(args.dir)
    stored = folder.narrative()
    narrative, text = stored.record, _text(args)
    part = item_saying(narrative, _part(folder, narrative, args.part), text)
    if text is not None:
        narrative = with_text(narrative, part, text)
    if args.link or args.move or args.remove:
        narrative = _listed(folder, narrative, part, args)
    if narrative == stored.record:
        if text is None:
            echo(_shown(folder, narrative, text_of(narrative, part)) or "nothing written yet")
        else:
            folder.journal.enter_missed(LETTER)  # perhaps an earlier try was stopped before its entry
            echo_err(f"{part.title}: that is what it says already")
        return 0
    folder.save_narrative(narrative, expect=stored.hash)
    echo_err(f"{part.title}: saved; sqs letter undo takes it back")
    return 0


def run_figures(args: Namespace) -> int:
    """Print the live figures whose names hold all the words, with what each says today."""
    folder = open_folder(args.dir)
    filler = figure_filler(folder.inspection, findings_of(folder), folder.narrative().record)
    found = figures_offered(filler, " ".join(args.words))
    if args.json:
        echo_json({"figures": [asdict(offer) for offer in found]})
        return 0
    rows = [(offer.reference, f"{offer.k}/{offer.n}", offer.words, offer.name) for offer in found]
    echo(table([("write", "k/n", "it says today", "counts"), *rows]))
    if not found:
        echo_err("no figure is called so; try fewer words, or a question's number")
    return 0


def run_wording(args: Namespace) -> int:
    """Say a figure of the letter by its count, or in words again."""
    folder = open_folder(args.dir)
    figures = paragraph_called(compose_report(folder).document, args.paragraph).figures
    if not 1 <= args.figure <= len(figures):
        raise UsageError(f"{args.paragraph} has no figure {args.figure}; it has {len(figures)}")
    figure, stored = figures[args.figure - 1], folder.narrative()
    folder.save_narrative(saying_otherwise(stored.record, figure), expect=stored.hash)
    now = compose_report(folder).document.figures()
    echo(next((f.text for _, f in now if f.reference == figure.reference), ""))
    return 0


def run_undo(args: Namespace) -> int:
    """Take the last change of the letter back."""
    return _stepped(undo_letter(open_folder(args.dir)), "taken back", "there is nothing to take back")


def run_redo(args: Namespace) -> int:
    """Make the change taken back again."""
    return _stepped(redo_letter(open_folder(args.dir)), "made again", "nothing was taken back")


def _stepped(step: LetterStep | None, done: str, nothing: str) -> int:
    if step is None:
        raise UsageError(nothing)
    echo_err(f"{done}: {', '.join(step.names)}")
    return 0


def _part(folder: InspectionFolder, narrative: Narrative, words: list[str]) -> LetterPart:
    part = part_called(folder.criteria, narrative, " ".join(words))
    if part is None and not words[-1].isdecimal() and part_called(folder.criteria, narrative, words[0]):
        raise UsageError(f"{words[0]}: what it is to say goes after --text")
    if part is None:
        known = ", ".join(paragraph_ids(folder.criteria))
        raise UsageError(
            f"the letter has no part '{' '.join(words)}'; known: summary, strength, strength N, improvement, "
            f'improvement N, a paragraph ({known}) for what follows it, "instead" and a paragraph'
        )
    return part


def _text(args: Namespace) -> str | None:
    if args.text is not None:
        return clean(args.text, "the text").strip()
    if args.file is None:
        return None
    try:
        found = sys.stdin.read() if args.file == "-" else read_bytes(Path(args.file)).decode("utf-8-sig")
    except (RecordError, UnicodeDecodeError) as error:
        why = error.problems[0].what if isinstance(error, RecordError) else error
        raise UsageError(
            f"{args.file}: not read ({why}); give a text file in UTF-8, or - for what is piped"
        ) from error
    return clean(found, args.file).strip()


def _listed(folder: InspectionFolder, narrative: Narrative, part: LetterPart, args: Namespace) -> Narrative:
    which = LISTS.get(part.kind)
    if which is None:
        raise UsageError("--link, --move and --remove are for strengths and improvements")
    place = place_meant(narrative, which, part.name)
    if args.link:
        narrative = linking(folder.criteria, narrative, which, place, args.link)
    if args.move:
        return moving(narrative, which, place, place_meant(narrative, which, str(args.move)))
    return removing(narrative, which, place) if args.remove else narrative


def _shown(folder: InspectionFolder, narrative: Narrative, text: str) -> str:
    shown = shown_text(figure_filler(folder.inspection, findings_of(folder), narrative), text)
    live = "".join(f"\n{words}: {reference}" for words, reference in shown.figures)
    return shown.text + (f"\n\nlive figures:{live}" if live else "")
