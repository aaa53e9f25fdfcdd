"""Carry an inspection over to another criteria version; without --apply it only says what would happen.

examples:
  sqs criteria migrate leeds --to ./spring-2.toml      a version of your own; the inspection keeps a copy
  sqs criteria migrate leeds --to yjs-2018             a dry run, record by record
  sqs criteria migrate leeds --to yjs-2018 --apply     do it; the old inspection is kept whole

An answer that has no place in the new version is parked: kept in its record, never counted, and
put back where it was if the inspection is migrated back.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.exports.data import pick
from sqs_core.records.migration import Move
from sqs_core.storage.layout import INSPECTION
from sqs_core.storage.library import criteria_to_keep
from sqs_core.storage.migrate.apply import apply_migration
from sqs_core.storage.migrate.plan import Migration, plan_migration


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria migrate``."""
    takes_folder(parser)
    parser.add_argument(
        "--to",
        required=True,
        metavar="B",
        help="the version to carry it over to, or its file",
        completer=criteria_ids,
    )
    parser.add_argument("--apply", action="store_true", help="do it; otherwise nothing is written")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Work the migration out, and do it with --apply; exit 1 where anything is not accounted for."""
    folder = open_folder(args.dir)
    new, kept_file = criteria_to_keep(args.to)
    migration = plan_migration(folder, new)
    kept: Path | None = None
    if args.apply:
        applied = apply_migration(migration, kept_file)
        migration, kept = applied.migration, applied.kept
        moved = open_folder(args.dir)
        why = f"from {folder.criteria.id} to {new.id}"
        for name, part in {"": migration, **migration.within}.items():
            journal = (moved.population(name) if name else moved).journal
            list(journal.enter_all_missed((INSPECTION, *part.records), what="migrate", why=why))
    lost = migration.unaccounted()
    if args.json:
        echo_json({**migration_data(migration), "applied": bool(kept), "kept": kept})
    else:
        echo(migration_text(migration))
    if kept:
        echo_err(f"sqs: {args.dir} is under {new.id} now; the old inspection is kept whole in {kept}")
    else:
        echo_err("sqs: nothing was written; --apply does it")
    return 1 if lost else 0


def migration_data(migration: Migration) -> dict[str, Any]:
    """Return the migration as data: every move of every record, and the accounting."""
    return {
        "old": pick(migration.difference.old, "id", "hash"),
        "new": pick(migration.difference.new, "id", "hash"),
        "records": [
            {
                "file": name,
                "counts": migrated.counts(),
                "moves": [
                    {**pick(m, "kind", "name", "fate"), "to": m.to or None, "why": m.why or None}
                    for m in migrated.moves
                ],
            }
            for name, migrated in migration.all_records.items()
        ],
        "notes": [pick(problem, "where", "what", "remedy") for problem in migration.all_notes],
        "counts": migration.counts(),
        "reasons_parked": migration.reasons_parked(),
        "unaccounted": migration.unaccounted(),
    }


def migration_text(migration: Migration) -> str:
    """Record by record what moves and what is parked and why, then the accounting."""
    old, new = migration.difference.old, migration.difference.new
    lines = [f"from {old.id} to {new.id}", ""]
    for name, migrated in migration.all_records.items():
        counts = ", ".join(f"{number} {fate}" for fate, number in migrated.counts().items() if number)
        lines.append(f"{name}: {counts or 'nothing recorded'}")
        lines += [f"  {_move(move)}" for move in migrated.moves if move.fate != "same"]
    if migration.added:
        lines += ["", f"New, without records yet: {', '.join(migration.added)}"]
    if migration.all_notes:
        lines += ["", "To look at"]
        lines += [f"  {note}" for note in migration.all_notes]
    counts_of = migration.counts()
    lost = migration.unaccounted()
    total = sum(counts_of.values())
    parts = ", ".join(f"{number} {fate}" for fate, number in counts_of.items() if number)
    lines += ["", "Accounting", f"  {total} answers, facts and roles before: {parts or 'none'}"]
    if alone := migration.reasons_parked():
        lines.append(f"  of the answers that moved, {alone} had a reason parked: tick one that is there now")
    if lost:
        lines += [f"  NOT accounted for: {line}" for line in lost]
    else:
        lines.append(
            f"  each of them found again, whole and equal: {total} of {total}; none came from nowhere"
        )
    return "\n".join(lines)


def _move(move: Move) -> str:
    to = f" → {move.to}" if move.to and move.to != move.name else ""
    why = f" ({move.why})" if move.why else ""
    return f"{move.fate:<12} {move.kind} {move.name}{to}{why}"
