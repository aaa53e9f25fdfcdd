"""Actions after the letter, followed until they are done: in actions.toml, beside it.

examples:
  sqs action add leeds --area ii --action "Train the team" --owner "operations manager" --due 2026-09-30
  sqs action list leeds --overdue
  sqs action set leeds 1 --state done --note "Nine of ten plans seen name the victim."
  sqs action bring leeds thematic.csv --source "thematic inspection 2026"
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path

from sqs_core.cli.arguments import ActionHelp, takes_actions, takes_many, takes_output
from sqs_core.cli.completers import questions
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.letter.followed_actions import SOON, action_rows, actions_csv, by_standing
from sqs_core.records.followed_action import STATES, FollowedActions
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import counted
from sqs_core.workflow.following import (
    actions_file,
    add_actions,
    due_day,
    new_action,
    recommendations_in,
    revise_action,
)
from sqs_core.workflow.outputs import write_output

ACTIONS = {
    "add": ActionHelp(
        "add an action and its due date, for an area for improvement or a question",
        (' --area ii --action "Train the team" --owner "head of service" --due 2026-09-30',),
    ),
    "set": ActionHelp(
        "say where an action stands, what was seen, or change its words or due date",
        (' 1 --state done --note "Nine of ten plans seen."', " 1 --due 2026-12-31"),
    ),
    "list": ActionHelp(
        "every action, what is overdue first",
        (" --overdue", " --due-by 2026-10-31 --json", " -o actions.docx"),
    ),
    "bring": ActionHelp(
        "bring in recommendations from a CSV file", (' thematic.csv --source "thematic inspection 2026"',)
    ),
}
WORDS = {
    "action": "what will be done",
    "owner": "who does it, by role",
    "due": "the last day on which it is in time",
    "shown-by": "how it will be seen that it is done",
    "source": "who recommended it, where it was not this letter",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs action``: one action, with its own."""
    add, set_, list_, bring = takes_actions(parser, "act", ACTIONS, "leeds").values()
    set_.add_argument("number", metavar="NUMBER", help="the action")
    for action in (add, set_):
        for option, words in WORDS.items():
            needed = action is add and option == "action"
            metavar = "DATE" if option == "due" else "TEXT"
            action.add_argument(f"--{option}", metavar=metavar, required=needed, help=words)
    add.add_argument("--area", default="", metavar="NUMBER", help="the area for improvement: ii, or 2")
    takes_many(add, "--question", "QUESTION", "where it should show", questions)
    set_.add_argument("--state", choices=STATES, help="where it stands")
    set_.add_argument("--note", default="", metavar="TEXT", help="what was found")
    set_.add_argument("--on", metavar="DATE", help="when it was looked at (today)")
    list_.add_argument("--overdue", action="store_true", help="only what should have been done")
    list_.add_argument("--due-by", metavar="DATE", help="only what is to be done by then")
    list_.add_argument("--on", metavar="DATE", help="as it stands on that day (today)")
    list_.add_argument("--csv", action="store_true", help="as CSV")
    takes_output(list_, ".csv, .html, .docx")
    columns = "columns: action, owner, due, shown_by, questions, area"
    bring.add_argument("file", metavar="FILE", help=columns)
    bring.add_argument("--source", required=True, metavar="TEXT", help="who recommends them")


def run(args: Namespace) -> int:
    """Do what the action says."""
    folder = open_folder(args.dir)
    return {"add": _add, "set": _set, "list": _list, "bring": _bring}[args.act](folder, args)


def _add(folder: InspectionFolder, args: Namespace) -> int:
    given = {name: getattr(args, name) or "" for name in ("area", "owner", "due", "shown_by", "source")}
    known = folder.actions().record.actions
    (number,) = add_actions(folder, [new_action(folder, args.action, questions=args.question, **given)])
    words = f"action {number} says that already" if number in known else f"added as action {number}"
    return _tell(folder, args, words, [number])


def _bring(folder: InspectionFolder, args: Namespace) -> int:
    known = folder.actions().record.actions
    numbers = add_actions(folder, recommendations_in(folder, Path(args.file), args.source))
    there = sum(number in known for number in numbers)
    words = f"brought in {counted(len(numbers) - there, 'action')}"
    return _tell(folder, args, f"{words}; {there} there already" if there else words, numbers)


def _set(folder: InspectionFolder, args: Namespace) -> int:
    names = [option.replace("-", "_") for option in WORDS]
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    if not given and args.state is None and not args.note:
        raise UsageError("nothing to set; give --state, --note, or other words for a part of it")
    day = due_day(args.on or "")
    revise_action(folder, args.number, given, note=args.note, state=args.state, day=day)
    return _tell(folder, args, f"action {args.number} is saved", [args.number])


def _tell(folder: InspectionFolder, args: Namespace, words: str, numbers: list[str] | tuple[str, ...]) -> int:
    if args.json:
        rows = action_rows(folder.actions().record, _today(folder))
        echo_json({"actions": [row for row in rows if row["id"] in numbers]})
    echo_err(words)
    return 0


def _today(folder: InspectionFolder, words: str | None = None) -> date:
    return due_day(words or "") or folder.actor.clock().date()


def _list(folder: InspectionFolder, args: Namespace) -> int:
    day, last = _today(folder, args.on), due_day(args.due_by or "")
    found = folder.actions().record
    overdue = sum(one.is_overdue(day) for one in found.actions.values())
    chosen = FollowedActions(
        {
            number: one
            for number, one in found.actions.items()
            if not (args.overdue and not one.is_overdue(day))
            and not (last and not one.is_overdue(last + timedelta(days=1)))
        }
    )
    if args.json:
        echo_json({"day": day.isoformat(), "actions": action_rows(chosen, day)})
    elif args.csv:
        echo(actions_csv(chosen, day).rstrip("\n"))
    elif args.output not in (None, "-"):
        write_output(folder, actions_file(folder, chosen, Path(args.output), day), force=args.force)
        echo_err(f"wrote {args.output}")
    elif chosen.actions:
        echo(actions_text(chosen, day))
    ended = sum(one.is_ended for one in found.actions.values())
    total = len(found.actions)
    if not total:
        echo_err(f"no action is followed up yet; 'sqs action add {args.dir} …' adds one")
    else:
        echo_err(f"{counted(total, 'action')}: {overdue} overdue on {day}, {ended} done or dropped")
    return 0


def actions_text(actions: FollowedActions, day: date) -> str:
    """Return the actions in groups, what is overdue first; each with its last note."""
    parts = []
    for standing, group in by_standing(actions, day).items():
        within = f", within {SOON} days" if standing == "due soon" else ""
        rows = table(
            (f"  {number}", f"{one.due or '–'}", one.owner or "nobody yet", " ".join(one.action.split()))
            for number, one in group.items()
        ).splitlines()
        lines = []
        for line, one in zip(rows, group.values(), strict=True):
            lines.append(line)
            if one.notes:
                last = one.notes[-1]
                lines.append(f"      {last.day} {last.state}: {' '.join(last.note.split())}")
        parts.append("\n".join([f"{standing.capitalize()}{within}", *lines]))
    return "\n\n".join(parts)
