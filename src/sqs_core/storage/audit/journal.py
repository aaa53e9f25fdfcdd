"""A change to a record: saved first, then entered in the history.

The record comes first, because it is what must not be lost.  Between the two the program can
be stopped; then a record has no entry for its last change.  That is no tampering, and is told
from it by the lock, which names the hash that was being saved: the next save (or ``sqs verify
--accept``) enters it late, as ``save``.  A record that somebody changed with an editor is
entered as ``edit``.  The record's lock is held over both steps, so the entries are in the order of the saves.

Codes: R025 saved, but not entered in the history; R026 not saved, as the history cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import NotSavedError, Problem, SqsError
from sqs_core.storage.actor import Actor
from sqs_core.storage.atomic import ABSENT, check_not_stale, content_hash, now_at, replace
from sqs_core.storage.audit import history
from sqs_core.storage.audit.audit_entries import case_of, enter
from sqs_core.storage.audit.chain import HistoryEntry
from sqs_core.storage.audit.diff import RecordData
from sqs_core.storage.audit.hand_edit_backup import back_up_hand_edit
from sqs_core.storage.audit.history_versions import last_of, versions
from sqs_core.storage.formats import FORMAT, upgraded
from sqs_core.storage.fsync import PerhapsSavedError, not_read_back, not_saved, reason_of
from sqs_core.storage.locks import Lock, locked
from sqs_core.storage.safe_read import MAX_BYTES
from sqs_core.storage.toml_reader import parse_toml
from sqs_core.text import clean

OUTSIDE = "outside the program"
NOT_OURS = ("edit", "found")
"""Entries about a version that the program did not write."""
Check = Callable[[bytes], object]

_latest: dict[Path, tuple[str, RecordData]] = {}
"""The one record that this process saved last, by its hash: whoever edits it need not read it again."""


@frozen
class Journal:
    """The records of the inspection in ``folder`` as one writer changes them."""

    folder: Path
    criteria: Criteria
    actor: Actor

    def save(
        self,
        name: str,
        data: bytes,
        table: RecordData,
        *,
        expect: str,
        check: Check,
        what: str = "",
        why: str = "",
    ) -> str:
        """Make ``data`` the record ``name`` (such as "cases/07.toml"), enter it, and give its hash.

        ``table`` is what ``data`` says, but for the format.  ``what`` is the word of the entry;
        "" finds one from what changed.  Raises as
        :func:`sqs_core.storage.atomic.write_durably` does; PerhapsSavedError where the record
        is saved and the entry is not: saving it again with its hash enters it.
        """
        path = self.folder / name
        why = clean(why, "the reason")
        if len(data) > MAX_BYTES:
            raise _too_large(name)
        try:
            check(data)
        except Exception as error:
            # Unchained: what the reader tripped over may be somebody's words.
            raise not_read_back(name, error) from None
        try:
            with locked(path, making_folder=True) as lock:
                return self._save(lock, path, name, data, table, expect, what, why)
        except OSError as error:
            raise not_saved(path, error) from error

    def enter_missed(self, name: str, *, why: str = "", what: str = "") -> HistoryEntry | None:
        """Enter what was done to the record ``name`` without an entry; None where nothing was.

        A record that has no entry at all yet is left so: there is nothing to tell a change from.
        """
        path = self.folder / name
        try:
            with locked(path) as lock:
                try:
                    now, data = now_at(path)
                except NotSavedError as error:
                    raise _not_entered(name, _reason(error)) from None
                last = last_of(self.folder, name)
                if last is None:
                    return None
                if now == ABSENT:
                    if last.new["hash"] == ABSENT:
                        return None
                    gone = {"path": name, "hash": ABSENT}
                    case = case_of(name)
                    return self.note("gone", case=case, old={"hash": last.new["hash"]}, new=gone)
                return self._enter_missed(lock, name, now, _read(data, name)[0], last, why, what)
        except OSError as error:
            raise _not_entered(name, reason_of(error)[0]) from error

    def note(
        self, what: str, *, case: str = "", old: Any = None, new: Any = None, why: str = ""
    ) -> HistoryEntry:
        """Enter something that changed no record, such as an opening or a rendering."""
        return history.append(
            self.folder,
            time=self.actor.clock(),
            who=self.actor.who,
            what=what,
            case=case,
            old=old,
            new=new,
            why=why,
        )

    def _save(
        self,
        lock: Lock,
        path: Path,
        name: str,
        data: bytes,
        table: RecordData,
        expect: str,
        what: str,
        why: str,
    ) -> str:
        on_disk, before = now_at(path)
        new_hash = content_hash(data)
        check_not_stale(path, on_disk, expect, new_hash, lock)
        aside: list[str] = []
        old: RecordData = {}
        if on_disk != ABSENT:
            known, old = _latest.get(path, ("", old))
            written: object = FORMAT
            if known != on_disk:
                old, written = _read(before, name)
            try:
                last = last_of(self.folder, name)
                if new_hash != on_disk or last is not None:
                    self._enter_missed(lock, name, on_disk, old, last)
            except SqsError as error:
                raise _no_history(error) from None
            if last is None or last.new["hash"] != on_disk or last.what in NOT_OURS:
                aside = back_up_hand_edit(self.folder, path, before, written)
        unsure = None
        try:
            replace(path, data, lock, on_disk, new_hash, None, self.actor.who)
        except PerhapsSavedError as error:
            unsure = error
        if new_hash != on_disk:
            try:
                enter(
                    self.folder,
                    self.criteria,
                    name,
                    (on_disk, old),
                    (new_hash, table),
                    what=what,
                    why=why,
                    who=self.actor.who,
                    time=self.actor.clock(),
                    aside=aside,
                )
            except SqsError as error:
                words = f"saved, but not entered in the history: {_reason(error)}"
                raise PerhapsSavedError(Problem(name, words, "save it again", "R025"), new_hash) from None
        _latest.clear()
        _latest[path] = new_hash, table
        if unsure is not None:
            raise unsure
        for kept in aside:
            self.actor.tell(f"{name} was changed by hand; what it held before this save is kept in {kept}")
        return new_hash

    # ------------------------------------------------------------ entries

    def _enter_missed(
        self,
        lock: Lock,
        name: str,
        now: str,
        table: RecordData,
        last: HistoryEntry | None,
        why: str = "",
        what: str = "",
    ) -> HistoryEntry | None:
        """Enter the version on disk where the ``last`` entry about the record knows another one."""
        if last is None:
            # Before the first change, so that what it changes can be told even if we are stopped after it.
            return enter(
                self.folder,
                self.criteria,
                name,
                (ABSENT, {}),
                (now, table),
                what="found",
                why="",
                who=self.actor.who,
                time=self.actor.clock(),
            )
        if last.new["hash"] == now:
            return None
        known = versions(self.folder, name)[-1].data
        holder = lock.holder()
        ours = holder.saves == now
        return enter(
            self.folder,
            self.criteria,
            name,
            (last.new["hash"], known or {}),
            (now, table),
            what=what or ("save" if ours else "edit"),
            why=why or ("" if ours or what else "found when it was next used"),
            who=self.actor.who if what or why else holder.user if ours else OUTSIDE,
            anew=known is None,
            time=self.actor.clock(),
        )


def _too_large(name: str) -> NotSavedError:
    what = f"not saved: the record would be larger than {MAX_BYTES // 1024} KiB, the most that is read back"
    remedy = "shorten its longest text: say what it shows, and where in the file it stands"
    return NotSavedError(Problem(name, what, remedy, "R002"))


def _no_history(error: SqsError) -> NotSavedError:
    """Refuse a save before it is made: a change that cannot be told of must not begin."""
    what = f"not saved, for the history cannot be written: {_reason(error)}"
    remedy = "mend that, or move history.jsonl aside, and save again; nothing was changed"
    return NotSavedError(Problem(history.NAME, what, remedy, "R026"))


def _not_entered(name: str, reason: str) -> NotSavedError:
    """What was saved before is on the disk; only its entry is missing still."""
    what = f"what was last done to it is not entered in the history yet: {reason}"
    return NotSavedError(Problem(name, what, "the same command again enters it", "R025"))


def _reason(error: SqsError) -> str:
    return error.problems[0].what.removeprefix("not saved: ").partition(";")[0]


def _read(data: bytes, name: str) -> tuple[RecordData, object]:
    """What a record's file says, brought up to date, and the format it was written in."""
    parsed = parse_toml(data, name, end_mark=True)
    written = parsed.get("format")
    table = upgraded(parsed)
    table.pop("format", None)
    return table, written
