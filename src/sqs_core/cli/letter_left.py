"""``sqs letter left``: what is left before the letter can go, each line with the command that mends it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from attrs import asdict

from sqs_core.cli.answer import giving_dates
from sqs_core.cli.console import as_typed, echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS, ROLE
from sqs_core.errors import SqsError, UsageError
from sqs_core.records.computed import is_computed
from sqs_core.storage.blinding import FINISHED
from sqs_core.storage.folder import InspectionFolder
from sqs_core.workflow.resolving import accepting, dropping_copy, setting_aside, taking_copy
from sqs_core.workflow.what_is_left import CHANGED, COPY_LEFT, GONE, STRAY, LeftItem, what_is_left

PARKED, OVERRIDDEN = "C201", "C203"
"""The codes of an answer that is kept and not counted, and of one changed after it was overridden."""


def run_left(args: Namespace) -> int:
    """Print what is left before the letter can go; after one of it was kept, or a copy taken over."""
    folder = open_folder(args.dir)
    found = what_is_left(folder)
    number = next((n for n in (args.keep, args.take, args.drop) if n is not None), None)
    if number is not None:
        if not 1 <= number <= len(found.items):
            raise UsageError(f"there is no line {number}; they are numbered 1 to {len(found.items)}")
        _settle(folder, found.items[number - 1], args)
        found = what_is_left(folder)
    commands = [_command(folder, item, args.dir) for item in found.items]
    if args.json:
        left = [{**asdict(i), "command": c} for i, c in zip(found.items, commands, strict=True)]
        echo_json({"final": found.final, "left": left})
        return 0
    for place, (item, command) in enumerate(zip(found.items, commands, strict=True), 1):
        echo(f"{place}. {item}")
        if command:
            echo(f"   {command}")
    echo_err(found.summary)
    return 0


def _settle(folder: InspectionFolder, item: LeftItem, args: Namespace) -> None:
    if args.take is not None:
        echo_err(taking_copy(folder, item))
    elif args.drop is not None:
        echo_err(setting_aside(folder, item) if item.code == STRAY else dropping_copy(item))
    else:
        stored = folder.narrative()
        folder.save_narrative(accepting(stored.record, item, args.why or ""), expect=stored.hash)
        echo_err(f"kept: {item.where}, {item.what}")


def _command(folder: InspectionFolder, item: LeftItem, dir_: str) -> str:
    """Return the command that mends ``item``; a finished case is opened again first."""
    if item.code == PARKED:
        return f"sqs letter left {as_typed(dir_)} --keep N --why …"
    try:
        within = folder.population(item.population) if item.population else folder
        place = item.by_itself.location
        command = mending(item, dir_, within.criteria)
        if item.group != "cases" or place.view not in ("question", "facts") or item.code == OVERRIDDEN:
            return command
        locked = command and within.case(place.case).record.status == FINISHED
    except SqsError:
        return ""  # what cannot be read is told by itself
    where = as_typed(Path(dir_) / item.population) if item.population else as_typed(dir_)
    return f"sqs reopen {where} {place.case} --why …; {command}" if locked else command


def mending(item: LeftItem, folder: str | Path, criteria: Criteria) -> str:
    """Return the command that mends ``item``, with … for what only a person knows; "" where there is none.

    ``criteria`` are those of its population.
    """
    if item.population:
        return mending(item.by_itself, Path(folder) / item.population, criteria)
    place, dir_ = item.location, as_typed(folder)
    if item.code == COPY_LEFT:
        return f"sqs letter left {dir_} --take N; or --drop N"
    if item.code == STRAY:
        return f"sqs letter left {dir_} --drop N moves it out, beside the inspection"
    if item.code == GONE:
        return f"sqs verify {dir_} --restore {as_typed(item.about)} --why …"
    if item.code in CHANGED:
        return f"sqs verify {dir_} --accept --why …; or --restore {as_typed(item.about)} --why …"
    if item.code == "C112":
        return f"sqs sample LIST.csv --n N --seed N --into {dir_} --population {item.about}"
    if item.group == "interviews":
        asked = "--role …" if place.item in ("", ROLE) else f"{place.item}=OUTCOME …"
        return f"sqs interview {dir_} {place.case.removeprefix(f'{INTERVIEWS}/') or 'A'} {asked}"
    if place.view == "facts":
        return f"sqs fact {dir_} {place.case} NAME=VALUE …"
    if item.code == OVERRIDDEN:
        return f"sqs override {dir_} {place.case} {place.item} OUTCOME --why … --authority …"
    if place.view == "question" and is_computed(criteria, place.item):
        return giving_dates(criteria, place.case, place.item, dir_)
    if place.view == "question":
        more = {"C102": " --reason …", "C103": " --evidence …", "C104": " --done"}.get(item.code, "")
        return f"sqs answer {dir_} {place.case} {place.item} OUTCOME{more}"
    if place.view == "review":
        return "; ".join(f"sqs finish {dir_} {case}" for case in item.about.split()[:1])
    if place.view == "details":
        return f"sqs letter details {dir_} --{place.item} …" if place.item else f"sqs letter details {dir_}"
    if place.view == "moderation":
        return f"sqs second agree {dir_} {place.case} …" if item.code != "S101" else ""
    if place.view == "merge":
        return f"sqs merge {dir_} {as_typed(place.item)}"
    if place.view == "letter" and place.item:
        return f"sqs letter write {dir_} {_part(place.item)} --text …"
    return ""


def _part(paragraph: str) -> str:
    """Return how the part of the letter called ``paragraph`` is named to ``sqs letter write``."""
    head, _, place = paragraph.partition(".")
    if head == "summary":
        return head
    if head in ("strengths", "improvements"):
        return f"{head[:-1]} {place}".strip()
    return f"instead {paragraph}"
