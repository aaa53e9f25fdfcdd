"""Migrate an inspection folder: in a copy that takes the folder's place, with the old one kept whole.

Nothing is written into the folder itself.  The migrated inspection is built beside it, read back
from disk and accounted for; then two renames put it in place.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from attrs import evolve, frozen

from sqs_core.errors import HeldError, NotSavedError, Problem
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Sample
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.journal import Journal
from sqs_core.storage.create import new_inspection, with_needs
from sqs_core.storage.fsync import make_folder, patiently, rename_over
from sqs_core.storage.layout import (
    AGREED,
    CASES,
    CRITERIA,
    INSPECTION,
    INTERVIEWS,
    SECOND,
    TOML,
    list_records,
)
from sqs_core.storage.migrate.plan import Migration
from sqs_core.storage.record_files import decode_record, encode
from sqs_core.storage.safe_read import read_bytes


@frozen
class Applied:
    """A migration done: where the old inspection is kept whole, and the migration as read back."""

    kept: Path
    migration: Migration


def apply_migration(plan: Migration, kept_file: bytes = b"") -> Applied:
    """Put the migrated inspection in the place of the old one, which is kept beside it.

    ``kept_file`` is the file of the new criteria, for the inspection to keep.

    NotSavedError where it cannot be written or anything is not accounted for, HeldError where a
    record was changed meanwhile: the folder is untouched then.
    """
    folder = plan.folder.path.resolve()
    new = plan.difference.new.whole
    kept = _free(folder.with_name(f"{folder.name}-before-{new.id}"))
    made = _free(folder.with_name(f".{folder.name}-migrating-{os.urandom(4).hex()}"))
    try:
        make_folder(made)  # for its owner alone, and so what is copied into it
        places = [folder / at for at in plan.parts]
        shutil.copytree(folder, made, symlinks=True, ignore=_left_behind(places), dirs_exist_ok=True)
        for at, part in plan.parts.items():
            inspection = part.folder.inspection
            needs = inspection.needs if kept_file else with_needs(inspection, new)
            inspection = evolve(inspection, criteria=new.id, criteria_hash=new.hash, needs=needs)
            _write(made / at / INSPECTION, encode(inspection))
            if kept_file:
                _write(made / at / CRITERIA, kept_file)
            for name, migrated in part.records.items():
                _write(made / at / name, encode(migrated.record, part.difference.new))
        for name in plan.added:
            beside = evolve(plan.folder.inspection, population=name, sample=Sample(), second_draws=())
            new_inspection(made / name, beside, new, cases=0, kept=kept_file)
        read_back = _as_read_back(plan, made)
        if lost := read_back.unaccounted():
            raise NotSavedError(
                *[Problem("", line, "nothing was changed; please report this") for line in lost]
            )
        for at, part in plan.parts.items():
            entry = {"from": plan.folder.criteria.id, "to": new.id, "records": len(part.records)}
            journal = Journal(made / at, part.difference.new, plan.folder.actor)
            journal.note("migrate", new={**entry, "kept": kept.name})
            _check_unchanged(part, folder / at)
        _exchange(folder, made, kept)
    except OSError as error:
        what = f"the migrated inspection could not be written: {error.strerror or error}"
        raise NotSavedError(Problem(str(folder), what, "it is untouched; mend that and try again")) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(made)
    return Applied(kept, read_back)


def _exchange(folder: Path, made: Path, kept: Path) -> None:
    """Put ``made`` in the place of ``folder``, which becomes ``kept``."""
    try:
        patiently(lambda: folder.rename(kept), folder)
    except PermissionError:
        # Windows renames no folder that some program is in: a shell, say, that was "cd" to it.
        _replace_files(folder, made, kept)
        return
    try:
        patiently(lambda: made.rename(folder), folder)  # a scanner looks into what was just written
    except OSError:
        patiently(lambda: kept.rename(folder), folder)
        raise


def _replace_files(folder: Path, made: Path, kept: Path) -> None:
    """Copy ``folder`` to ``kept``, then put each file of ``made`` in its place in ``folder``.

    A crash on the way leaves records of both versions in ``folder``, each of which says which; the old
    ones are whole in ``kept`` before the first is replaced.
    """
    make_folder(kept)
    shutil.copytree(folder, kept, symlinks=True, dirs_exist_ok=True)
    keeps_criteria = (made / CRITERIA).exists()
    places = [folder, *(folder / path.parent.name for path in made.glob(f"*/{INSPECTION}"))]
    for path in sorted(made.rglob("*")):
        target = folder / path.relative_to(made)
        if path.is_dir():
            make_folder(target)
        else:
            rename_over(path, target)
    for place in places:
        for name in (SECOND, AGREED):
            shutil.rmtree(place / name, ignore_errors=True)
        if not keeps_criteria:
            (place / CRITERIA).unlink(missing_ok=True)


def _left_behind(places: Collection[Path]) -> Callable[[str, list[str]], list[str]]:
    """Return what ``copytree`` is to leave: what is not carried over, and pipes and devices."""

    def left(at: str, names: list[str]) -> list[str]:
        here = Path(at)
        return [
            name
            for name in names
            if (here in places and name in (SECOND, AGREED, CRITERIA)) or not _can_be_copied(here / name)
        ]

    return left


def _can_be_copied(path: Path) -> bool:
    mode = path.lstat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def _free(path: Path) -> Path:
    """Return ``path``, or the first of ``path-2``, ``path-3`` … that is not there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _as_read_back(plan: Migration, made: Path) -> Migration:
    """Return the migration with its records as the disk gives them back."""
    records = {}
    for name, migrated in plan.records.items():
        again = decode_record(read_bytes(made / name), plan.difference.new, name)
        assert isinstance(again, CaseRecord)
        records[name] = evolve(migrated, record=again)
    within = {name: _as_read_back(part, made / name) for name, part in plan.within.items()}
    return evolve(plan, records=records, within=within)


def _check_unchanged(plan: Migration, folder: Path) -> None:
    """Raise HeldError where a record is no longer the one that was migrated, or another one came."""
    there = {
        f"{room}/{name}{TOML}" for room in (CASES, INTERVIEWS) for name in list_records(folder, room).records
    }
    changed = sorted(there ^ set(plan.records))
    changed += [
        name
        for name, known in plan.hashes.items()
        if name not in changed and content_hash(read_bytes(folder / name)) != known
    ]
    if changed:
        raise HeldError(
            *[
                Problem(name, "changed while it was migrated", "migrate again; nothing was changed")
                for name in changed
            ]
        )
