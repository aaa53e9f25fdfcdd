"""One case: its facts, every question with its state, and what was noted.

examples:
  sqs show leeds 07
  sqs show leeds 07 --json          with the hash for 'sqs answer --expect'
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from attrs import asdict

from sqs_core.cli.arguments import takes_case, takes_folder, takes_json, takes_second
from sqs_core.cli.console import echo, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.criteria import Criteria
from sqs_core.exports.data import pick
from sqs_core.records.case import CaseRecord
from sqs_core.records.second_marking import format_fact
from sqs_core.scoring.states import State, progress, question_states
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.moderation.agreed import agreed_items

NOTES = ("evidence", "said", "learning", "strength", "later")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs show``."""
    takes_folder(parser)
    takes_case(parser)
    takes_second(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Show the case."""
    folder = open_folder(args.dir, args)
    stored = folder.case(args.case)
    log_opening(folder, args.case)
    settled = {} if args.second else agreed_items(folder, args.case)
    if args.json:
        agreed = {item: asdict(decision) for item, decision in settled.items()}
        data = case_data(folder.criteria, stored.record)
        echo_json({"hash": stored.hash, **data, "agreed": agreed})
    else:
        echo(case_text(folder.criteria, stored.record))
        if settled:
            echo(f"\nagreed after two markings: {', '.join(settled)}; see 'sqs second differences'")
    return 0


def case_data(criteria: Criteria, record: CaseRecord) -> dict[str, Any]:
    """Return a case as data: facts, and every question of the version with its state and answer."""
    done, asked = progress(criteria, record)
    questions = []
    for name, state in question_states(criteria, record).items():
        answer = record.answer(name)
        questions.append(
            {
                "id": name,
                "theme": criteria.question(name).theme,
                "state": state.value,
                "outcome": answer.outcome,
                **({} if answer.value is None else {"value": answer.value}),
                "override": asdict(override) if (override := record.override(name)) else None,
                "reasons": answer.reasons,
                "prompts": dict(answer.prompts),
                **pick(answer, *NOTES, "discuss"),
            }
        )
    return {
        "case": record.case,
        "criteria": {"id": record.criteria, "hash": record.criteria_hash},
        **pick(record, "status", "practice", "inspector", "case_manager", "assessed_with_case_manager"),
        "facts": dict(record.facts),
        "answered": done,
        "applicable": asked,
        "questions": questions,
        "parked": [
            {"criteria": p.criteria, "question": p.question or None, "fact": p.fact or None, "why": p.why}
            for p in record.parked
        ],
    }


def case_text(criteria: Criteria, record: CaseRecord) -> str:
    """Return a case in words, for a terminal."""
    done, asked = progress(criteria, record)
    together = {True: "yes", False: "no", None: "not recorded"}[record.assessed_with_case_manager]
    seen = criteria.seen.removeprefix("the ")
    with_whom = f", {seen} {record.case_manager or '–'}, assessed together: {together}" if seen else ""
    lines = [
        f"{criteria.heading(record.case)} ({record.status}): {done} of {asked} questions answered",
        f"inspector {record.inspector or '–'}{with_whom}",
        "",
    ]
    facts = [
        (f.id, format_fact(record.facts[f.id]), str(f.text)) for f in criteria.facts if f.id in record.facts
    ]
    lines += [table(facts) if facts else "no facts yet", ""]
    numbers = criteria.question_numbers
    rows = []
    notes = []
    for name, state in question_states(criteria, record).items():
        answer = record.answer(name)
        given = answer.outcome if answer.value is None else format_fact(answer.value)
        said = given if state is State.ANSWERED else state.value
        if state is State.PARKED:
            said = f"parked ({given})"
        if override := record.override(name):
            said = f"{override.new} (overridden: was {answer.outcome})"
            notes.append(f"{name} overridden {override.time} by {override.authority}: {override.remark}")
        flags = ("later " if answer.later is not None else "") + ("discuss" if answer.discuss else "")
        rows.append((numbers[name], name, said or "", ", ".join(answer.reasons), flags.strip()))
        if answer.prompts:
            notes.append(f"{name} points: {', '.join(f'{p} {w}' for p, w in answer.prompts.items())}")
        notes += [f"{name} {kind}: {text}" for kind, text in pick(answer, *NOTES).items() if text]
    lines.append(table(rows))
    if record.parked:
        lines += ["", "Parked from other versions: kept, not counted"]
        lines.append(table((f"  {p.criteria}", p.question or p.fact, p.why) for p in record.parked))
    return "\n".join([*lines, *(["", *notes] if notes else [])])
