"""Writing a merge of several inspectors' folders into one (see :mod:`sqs_core.storage.merge.plan`).

Records are written one after the other, each whole; stopped half-way, the same merge again
completes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.errors import HeldError, Problem, SqsError
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.storage.atomic import ABSENT, ANY, content_hash, write_durably
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history_versions import RecordData
from sqs_core.storage.audit.journal import NONE
from sqs_core.storage.audit.verify import unentered
from sqs_core.storage.blinding import check_not_blinded
from sqs_core.storage.converter import structured, unstructured
from sqs_core.storage.folder import OnProgress, ignore_progress
from sqs_core.storage.fsync import PerhapsSavedError
from sqs_core.storage.layout import CASES, INTERVIEWS, SECOND, case_of, inside
from sqs_core.storage.merge.plan import MergePlan, MergeSource
from sqs_core.storage.record_files import decode_record, encode, record_class
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted, first_few

MOST_NAMED = 8
"""Names that a sentence has before it says how many more there are."""

_MOST = 1 << 28


def apply(plan: MergePlan, on_progress: OnProgress = ignore_progress) -> tuple[str, ...]:
    """Write the merge: every record changed, then the others' histories; gives the records' names.

    HeldError while anything is left to decide, or where a record was changed meanwhile.
    Stopped half-way, the error says which records are in place; the same merge again completes it.
    ``on_progress`` hears how many were written.
    """
    if plan.differences:
        count = len(plan.differences)
        are = "is" if count == 1 else "are"
        raise HeldError(f"{counted(count, 'difference')} {are} to be decided first; nothing was written")
    folder = plan.ours.folder
    for name in plan.changed:
        if name.startswith(f"{CASES}/") and case_of(name) not in plan.blinded:
            check_not_blinded(folder.path, case_of(name))  # the draw may be younger than the plan
    why = "; ".join(f"{source.name}, head {source.head or 'none'}" for source in plan.sources)
    # What blinds a case comes before what is blinded.
    order = sorted(plan.changed, key=lambda name: not name.startswith(f"{SECOND}/"))
    ready = {name: _encoded(plan, name, plan.changed[name]) for name in order}
    written: list[str] = []
    try:
        for name, (data, table) in ready.items():
            on_progress(len(written), len(ready))
            try:
                folder.journal.save_bytes(
                    name,
                    data,
                    table,
                    expect=plan.ours.hashes.get(name, ABSENT),
                    check=lambda written, n=name: decode_record(written, folder.criteria, n),  # type: ignore[misc]
                    what="merge",
                    why=f"from {why}",
                )
            except PerhapsSavedError:
                written.append(name)
                raise
            written.append(name)
        # An earlier try may have been stopped between a save and its entry.
        list(folder.journal.enter_all_missed(unentered(folder.path)))
        for name in plan.unentered:
            added = plan.ours.hashes[name], dict(plan.ours.tables[name])
            folder.journal.enter(name, NONE, added, what="merge", why=f"from {why}")
        for source in plan.sources:
            _keep_history(plan, source)
    except SqsError as error:
        what = f"the merge stopped half-way: {_standing(list(ready), written)}"
        error.problems += (Problem("", what, "the same merge again completes it"),)
        raise
    return tuple(ready)


def _standing(names: Sequence[str], written: Sequence[str]) -> str:
    left = [name for name in names if name not in written]
    if not names:
        return "there is no record to change, but the other history is not kept yet"
    if not left:
        return "every record is in place, but the other history is not kept yet"
    return f"in place: {first_few(written, MOST_NAMED) or 'none'}; not yet: {first_few(left, MOST_NAMED)}"


def _keep_history(plan: MergePlan, source: MergeSource) -> None:
    """Keep the history of a folder merged in, and enter its head: from then on the two hang together."""
    folder, known = plan.ours.folder, plan.ours.entries
    noted = [e.new_table.get("head") for e in known if e.what == "merge" and "from" in e.new_table]
    decided = [t for m in source.merged.values() for t in m.taken if t.decided]
    if source.head and source.head in noted and not decided:
        return
    gone = (
        history.purged(known) - set(folder.case_ids()) - {f"{INTERVIEWS}/{name}" for name in folder.people()}
    )
    keys = {e.texts for e in source.snapshot.entries if "/" in e.about and e.about in gone}
    for name in (history.NAME, history.TEXTS):
        path = source.snapshot.folder.path / name
        if source.head and path.exists():
            copy, data = history.copy_of(source.head), read_bytes(path, most=_MOST)
            if name == history.TEXTS:  # what was purged here does not come back with it
                copy, data = history.texts_file_of(copy), history.without_texts_of(data, gone, keys)
            write_durably(inside(folder.path, copy), data, expect=ANY)
    new = {"from": source.name, "head": source.head, "entries": len(source.snapshot.entries)}
    chosen = {
        t.record if case_of(t.record) in plan.blinded else f"{t.record}: {'.'.join(t.field)}": t.side
        for t in decided
    }
    folder.journal.note("merge", new={**new, "decided": chosen} if chosen else new)


def _encoded(plan: MergePlan, name: str, table: RecordData) -> tuple[bytes, RecordData]:
    folder = plan.ours.folder
    for source in plan.sources:
        # What was agreed names the two markings by their hashes: they are taken over byte for byte.
        if name.startswith(f"{SECOND}/") and source.snapshot.tables.get(name) == table:
            data = read_bytes(inside(source.snapshot.folder.path, name))
            if content_hash(data) == source.snapshot.hashes[name]:
                return data, table
    record = structured(table, record_class(name), lambda keys: f"{name} merged")
    if type(record) is CaseRecord:
        record = with_computed(folder.criteria, record)
    data = encode(record, folder.criteria, name)
    decode_record(data, folder.criteria, name)
    return data, unstructured(record)
