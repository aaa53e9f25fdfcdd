"""``sqs letter details``: to whom, from whom and on what date the letter goes."""

from __future__ import annotations

from argparse import Namespace

from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.records.inspection import Inspection
from sqs_core.storage.layout import INSPECTION
from sqs_core.workflow.letter_details import (
    DETAILS,
    change_details,
    details_of,
    held_lines,
    lines_typed,
    missing_details,
    needed_details,
    other_inspections,
    recall,
    with_detail,
)


def run_details(args: Namespace) -> int:
    """Set the details given, take the blank ones from the last inspection where asked, and print all."""
    folder = open_folder(args.dir)
    given = {d.name: lines for d in DETAILS if (lines := getattr(args, kept_as(d.name))) is not None}
    given = {name: lines_typed(folder.path, name, lines) for name, lines in given.items()}
    recalled: tuple[str, ...] = ()

    def changed(inspection: Inspection) -> Inspection:
        nonlocal recalled
        for name, lines in given.items():
            inspection = with_detail(inspection, name, lines)
        if args.recall:
            inspection, recalled = recall(inspection, other_inspections(folder.path))
        return inspection

    inspection = folder.inspection
    if given or args.recall:
        inspection = change_details(folder, changed).inspection
        folder.journal.enter_missed(INSPECTION)  # perhaps an earlier try was stopped before its entry
    if args.recall:
        echo_err(f"taken from the last inspection of this service: {', '.join(recalled) or 'nothing'}")
    missing = [d.name for d in missing_details(inspection, folder.criteria)]
    if args.json:
        held = {d.name: list(held_lines(inspection, d)) for d in DETAILS}
        echo_json({"details": held, "missing": missing})
        return 0
    rows = []
    needed = needed_details(folder.criteria)
    for detail in details_of(folder.criteria):
        first, *more = held_lines(inspection, detail) or ("not written yet" if detail in needed else "–",)
        rows += [(f"--{detail.name}", detail.label, first), *(("", "", line) for line in more)]
    echo(table([("option", "detail", "in the letter"), *rows]))
    if missing:
        wanted = " ".join(f"--{name} …" for name in missing)
        echo_err(f"the letter cannot go without: sqs letter details {args.dir} {wanted}")
    return 0


def kept_as(name: str) -> str:
    """Return under what name argparse keeps the option of a detail."""
    return f"detail_{name.replace('-', '_')}"
