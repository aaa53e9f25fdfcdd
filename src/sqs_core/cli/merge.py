"""Bring several inspectors' folders together, field by field.  Equal is merged, changed on one
side is taken, changed on both is listed for you to decide; nothing is decided by time.  Shows
what would be done; --apply writes it once nothing is left to decide (exit 1 until then), and
keeps the others' histories.  Second markings and what was agreed are merged too; of a case that
is being marked a second time nothing is shown.

examples:
  sqs merge leeds leeds-ab leeds-cd
  sqs merge leeds leeds-ab --take 07:answers.roh.plan.outcome=theirs --take interviews/A=ours --apply
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import asdict

from sqs_core.cli.arguments import takes_folder, takes_json, takes_many
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.cli.progress import progress_bar
from sqs_core.errors import UsageError
from sqs_core.exports.data import pick
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.choices import decider, label, take_name
from sqs_core.storage.merge.plan import HIDDEN, plan, same_population
from sqs_core.storage.merge.three_way import FieldDifference, Side
from sqs_core.text import counted, one_line

MOST_TOLD = 3
"""How much of what is odd about the history of another folder is told; 'sqs verify' tells all of it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs merge``."""
    takes_folder(parser)
    parser.add_argument("others", metavar="OTHER", nargs="+", help="a folder to merge into DIR")
    parser.add_argument(
        "--base", metavar="DIR", help="the folder all came from, where the history does not tell"
    )
    chosen = "ours or theirs for all; CASE=ours for a record; CASE:FIELD=theirs for a field"
    takes_many(parser, "--take", "CHOICE", chosen)
    parser.add_argument("--apply", action="store_true", help="write it; without this it is only shown")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Merge, or show what merging would do."""
    choices = choices_taken(args.take)
    folder = open_folder(args.dir)
    others = [same_population(folder, open_folder(other)) for other in args.others]
    base = same_population(folder, open_folder(args.base)) if args.base else None
    for other in others:
        odd = verify_inspection(other.path)
        for problem in odd[:MOST_TOLD]:
            echo_err(f"to look at in {other.path}: {problem}")
        if len(odd) > MOST_TOLD:
            echo_err(f"and {len(odd) - MOST_TOLD} more: sqs verify {other.path}")
    with progress_bar("comparing") as on_progress:
        found = plan(folder, others, decider(choices), base, on_progress)
    written: tuple[str, ...] = ()
    if args.apply and not found.differences:
        with progress_bar("writing") as on_progress:
            written = apply(found, on_progress)
    if args.json:
        taken = [
            {"from": source.name, **asdict(one), "field": ".".join(one.field)} for source, one in found.taken
        ]
        left = [{"from": s.name, **_data(d)} for s, d in found.differences]
        echo_json({"applied": bool(args.apply and not left), "taken": taken, "differences": left})
    else:
        for source, one in found.taken:
            how, side = "decided" if one.decided else "taken", source.name if one.side == "theirs" else "ours"
            echo(f"{how}: {label(one.record)}:{'.'.join(one.field)} from {side}")
        for source, difference in found.differences:
            echo(_words(source.name, difference))
    if found.differences:
        first = _choice(found.differences[0][1])
        echo_err(
            f"{len(found.differences)} to decide with --take, such as --take {first}; nothing was written"
        )
        return 1
    if args.apply:
        echo_err(f"merged: {counted(len(written), 'record')} written")
    else:
        echo_err("nothing was written; --apply does it")
    return 0


def choices_taken(words: Sequence[str]) -> Mapping[str, Side]:
    """Return what --take chose, by "" (all), "07" or "07:answers.roh.plan.outcome"."""
    chosen: dict[str, Side] = {}
    for word in words:
        place, equals, side = word.rpartition("=") if "=" in word else ("", "=", word)
        if side not in ("ours", "theirs") or not equals:
            raise UsageError(f"--take '{word}': write ours, theirs, 07=ours, or 07:FIELD=theirs")
        chosen[place] = "ours" if side == "ours" else "theirs"
    return chosen


def _choice(difference: FieldDifference) -> str:
    return f"{take_name(difference)}=theirs"


def _data(difference: FieldDifference) -> dict[str, Any]:
    sides = pick(difference, "base", "ours", "theirs")
    return {"record": difference.record, "field": ".".join(difference.field), **sides}


def _words(source: str, difference: FieldDifference) -> str:
    def word(value: Any) -> str:
        if value == HIDDEN:
            return HIDDEN
        if isinstance(value, dict) and set(value) == {"outcome", "reasons"}:
            value = ", ".join([str(value["outcome"]), *(value["reasons"] or ())])
        if difference.field == ("*",):
            return "no such record" if value is None else "a record"
        if isinstance(value, list):
            value = ", ".join(map(str, value)) or NONE_OF_THEM
        return "–" if value is None else one_line(str(value), 60)

    lines = [f"to decide: {take_name(difference)}"]
    sides = (("before", difference.base), ("ours", difference.ours), (source, difference.theirs))
    return "\n".join([*lines, *(f"    {name}: {word(value)}" for name, value in sides)])
