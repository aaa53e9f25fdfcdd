"""A change to a record: saved first, then entered in the history.

The record comes first, because it is what must not be lost.  Between the two the program can
be stopped; then a record has no entry for its last change.  That is no tampering, and is told
from it by the lock, which names the hash that was being saved: the next save (or ``sqs verify
--accept``) enters it late, as ``save``.  A record that somebody changed with an editor is
entered as ``edit``.  The record's lock is held over both steps, so the entries are in the order of the saves.

Codes: R002 too large, R022 would not read back, R025 saved, but not entered in the history; R026 not
saved, as the history cannot be used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, NotSavedError, Problem, SqsError
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.storage.atomic import (
    ABSENT,
    ANY,
    check_not_stale,
    content_hash,
    now_at,
    remove_leftovers,
    replace,
    write_durably,
)
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.history_versions import (
    TEXT,
    RecordData,
    RecordHistories,
    difference,
    entries_of,
    last_of,
    packed,
    plain_in,
    versions,
)
from sqs_core.storage.converter import unstructured
from sqs_core.storage.fsync import PerhapsSavedError, not_read_back, not_saved, reason_of
from sqs_core.storage.integrity import earlier_version, is_unentered_save
from sqs_core.storage.layout import INTERVIEWS, case_of, inside
from sqs_core.storage.locks import Lock, locked
from sqs_core.storage.record_files import FORMAT, Record, check_same, decode_record, encode, upgraded
from sqs_core.storage.safe_read import MAX_BYTES, comments, parse_toml, without_mark
from sqs_core.text import clean, one_line

# ------------------------------------------------------------ who changes them

VARIABLE = "SQS_WHO"


def _quiet(words: str) -> None:
    """Ignore the message."""


@frozen
class Actor:
    """``who`` is named in the history and to other people; ``clock`` gives the time, with its zone.

    ``tell`` is called with a sentence about anything done besides saving (comments set aside).
    """

    who: str
    clock: Callable[[], datetime]
    tell: Callable[[str], None] = _quiet

    def time(self) -> str:
        """Return the time as records keep it: "2012-11-28T16:05:00Z"."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def current_actor(tell: Callable[[str], None] = _quiet) -> Actor:
    """Return the person at this machine: the initials in SQS_WHO (``--who``), else the system's user."""
    return Actor(one_line(os.environ.get(VARIABLE, "").strip(), 60) or user(), utc_now, tell)


def utc_now() -> datetime:
    """Return the time by the system's clock."""
    return datetime.now(UTC)


def user() -> str:
    """Return the name of the system's user, as far as it is known."""
    # As getpass.getuser has it, which would load what reading a password takes.
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := os.environ.get(variable):
            return one_line(name, 60)
    if sys.platform != "win32":
        import pwd

        with suppress(OSError, KeyError):
            return one_line(pwd.getpwuid(os.getuid()).pw_name, 60)
    return "someone"


# ------------------------------------------------------------ the changes

OUTSIDE = "outside the program"
RESTORE = "restore"
NOT_OURS = ("edit", "found")
"""Entries about a version that the program did not write."""

HashedData = tuple[str, RecordData]
"""The hash of a record's file, and what the file says but for its format."""
NONE: HashedData = (ABSENT, {})


class EarlierVersionError(HeldError):
    """A record replaced by an earlier version cannot be changed until it is decided which one counts."""


@frozen
class Journal:
    """The records of the inspection in ``folder`` as one actor changes them."""

    folder: Path
    criteria: Criteria
    actor: Actor

    def save(self, name: str, record: Record, *, expect: str, what: str = "", why: str = "") -> str:
        """Make ``record`` the record ``name`` (such as "cases/07.toml"), enter it, and give its hash.

        ``what`` is the word of the entry; "" finds one from what changed.  Raises as :meth:`save_bytes` does.
        """
        if type(record) is CaseRecord:
            record = with_computed(self.criteria, record)
        table = unstructured(record)
        data = encode(record, self.criteria, name)

        def check(written: bytes) -> None:
            check_same(decode_record(written, self.criteria, name), table)

        return self.save_bytes(name, data, table, expect=expect, check=check, what=what, why=why)

    def save_bytes(
        self,
        name: str,
        data: bytes,
        table: RecordData,
        *,
        expect: str,
        check: Callable[[bytes], object],
        what: str = "",
        why: str = "",
    ) -> str:
        """Make ``data`` the file of the record ``name``, enter it, and give its hash.

        ``table`` is what ``data`` says, but for the format; ``check`` reads ``data`` back and raises
        where it says anything else.  Raises as :func:`sqs_core.storage.atomic.write_durably` does;
        PerhapsSavedError where the record is saved and the entry is not: saving it again with its
        hash enters it.
        """
        path = inside(self.folder, name)
        why = clean(why, "the reason")
        if len(data) > MAX_BYTES:
            raise _too_large(name)
        try:
            check(data)
        except Exception as error:
            # Unchained: what the reader tripped over may be somebody's words.
            raise not_read_back(name, error) from None
        remove_leftovers(path.parent)
        try:
            # A folder that a record was read from is not made anew where it is gone: it may come back.
            with locked(path, making_folder=expect in (ABSENT, ANY)) as lock:
                return self._save(lock, name, data, table, expect, what, why)
        except OSError as error:
            raise not_saved(path, error) from error

    def enter_missed(
        self,
        name: str,
        *,
        why: str = "",
        what: str = "",
        accepting: bool = False,
        histories: RecordHistories | None = None,
    ) -> HistoryEntry | None:
        """Enter what was done to the record ``name`` without an entry; None where nothing was.

        A record that has no entry at all yet is left so, unless a save of ours has added it: there is
        nothing to tell a change from.
        EarlierVersionError where an earlier version took its place: that is no change anybody made;
        ``accepting`` lets it stand, because somebody chose it.  ``histories`` are read already.
        """
        path = inside(self.folder, name)
        try:
            with locked(path) as lock:
                try:
                    now, data = now_at(path)
                except NotSavedError as error:
                    raise _not_entered(name, _reason(error)) from None
                if histories is not None:
                    histories.update()
                last = histories.last(name) if histories is not None else last_of(self.folder, name)
                if last.new["hash"] == now if last else not _is_added(lock, now):
                    return None
                if last and now == ABSENT:
                    gone = {"path": name, "hash": ABSENT}
                    return self.note("gone", case=case_of(name), old={"hash": last.new["hash"]}, new=gone)
                if last and not accepting and self._is_earlier(lock, name, now, last):
                    raise EarlierVersionError(earlier_version(name))
                version = now, _parsed(data, name)[0]
                known = None
                if last:
                    known = histories.data(name) if histories is not None else self._last_known(name)
                return self._enter_version(lock, name, version, last, known, why, what)
        except OSError as error:
            raise _not_entered(name, reason_of(error)[0]) from error

    def enter_all_missed(
        self, names: Iterable[str], *, why: str = "", what: str = "", accepting: bool = False
    ) -> Iterator[tuple[str, HistoryEntry]]:
        """Call :meth:`enter_missed` for each of ``names``, and yield those that were entered."""
        histories = RecordHistories(self.folder)
        for name in names:
            if entry := self.enter_missed(name, why=why, what=what, accepting=accepting, histories=histories):
                yield name, entry

    def note(self, what: str, *, who: str = "", **parts: Any) -> HistoryEntry:
        """Add an entry to the history, by this actor unless ``who`` names another.

        ``parts`` are as in :func:`sqs_core.storage.audit.history.append`.
        """
        time = self.actor.clock()
        return history.append(self.folder, time=time, who=who or self.actor.who, what=what, **parts)

    def enter(
        self,
        name: str,
        before: HashedData,
        after: HashedData,
        *,
        what: str = "",
        why: str = "",
        who: str = "",
        anew: bool = False,
        backups: Sequence[str] = (),
    ) -> HistoryEntry:
        """Enter a change of the record ``name``, which is saved.

        ``anew`` says that the version before is not known any more (its texts were purged): what is
        entered as set is then the whole record.  ``backups`` are the copies kept of what is lost.
        """
        plain = plain_in(self.criteria)
        texts: list[Any] = []
        case = case_of(name)
        back, on = difference(before[1], after[1])
        old: RecordData = {"hash": before[0]}
        if before[0] != ABSENT:
            old["set"] = packed(back, plain, texts)
        new: RecordData = {"path": name, "hash": after[0], "set": packed(on, plain, texts)}
        if anew:
            new["anew"] = True
        if backups:
            new["aside"] = list(backups)
        # Why a merge was made is a folder and a head, and nobody's words.
        is_text = bool(why and (case or name.startswith(f"{INTERVIEWS}/")) and what != "merge")
        if is_text:
            texts.append(why)
            new["why"] = {TEXT: len(texts) - 1}
        return self.note(
            what or _word_for(name, on, before[0]),
            case=case,
            question=_question(on),
            old=old,
            new=new,
            why="" if is_text else why,
            who=who,
            texts=texts,
        )

    # ------------------------------------------------------------ steps of a save

    def _save(
        self, lock: Lock, name: str, data: bytes, table: RecordData, expect: str, what: str, why: str
    ) -> str:
        path = self.folder / name
        on_disk, before = now_at(path)
        new_hash = content_hash(data)
        check_not_stale(path, on_disk, expect, new_hash, lock)
        backups: list[str] = []
        old: RecordData = {}
        last: HistoryEntry | None = None
        entered: HistoryEntry | None = None
        returns = False
        if on_disk != ABSENT:
            old, written = _parsed(before, name)
            try:
                last = last_of(self.folder, name)
                if last is not None and last.new["hash"] != on_disk:
                    if what != RESTORE and self._is_earlier(lock, name, on_disk, last):
                        raise EarlierVersionError(earlier_version(name))
                    known = self._last_known(name)
                    entered = self._enter_version(lock, name, (on_disk, old), last, known)
                elif last is None and _is_added(lock, on_disk):
                    same = (why, what) if new_hash == on_disk else ()
                    entered = self._enter_version(lock, name, (on_disk, old), None, None, *same)
                elif last is None and new_hash == on_disk:
                    return new_hash
                elif last is None:
                    # First, so that what the change changes can be told even if we are stopped after it.
                    entered = self.enter(name, NONE, (on_disk, old), what="found")
                if new_hash != on_disk:
                    returns = any(history.stream(self.folder, holding=new_hash.encode()))
            except EarlierVersionError:
                raise
            except SqsError as error:
                raise _no_history(error) from None
            if last is None or last.new["hash"] != on_disk or last.what in NOT_OURS:
                backups = back_up_hand_edit(self.folder, path, before, written)
        unsure = None
        try:
            after = entered or last
            # After a power cut an earlier content looks as if somebody had put it back: the lock must tell.
            number = after.n if after else 0
            replace(path, data, lock, new_hash, who=self.actor.who, after=number, sync_lock=returns)
        except PerhapsSavedError as error:
            unsure = error
        if new_hash != on_disk:
            try:
                self.enter(name, (on_disk, old), (new_hash, table), what=what, why=why, backups=backups)
            except SqsError as error:
                words = f"saved, but not entered in the history: {_reason(error)}"
                raise PerhapsSavedError(Problem(name, words, "save it again", "R025"), new_hash) from None
        if unsure is not None:
            raise unsure
        for kept in backups:
            self.actor.tell(f"{name} was changed by hand; what it held before this save is kept in {kept}")
        return new_hash

    def _last_known(self, name: str) -> RecordData | None:
        """Return what the record ``name`` last said, by the history; None where texts of it were purged."""
        return versions(self.folder, name)[-1].data

    def _is_earlier(self, lock: Lock, name: str, on_disk: str, last: HistoryEntry) -> bool:
        """Return whether the file on disk is a version before the ``last`` one, put back by somebody else.

        Our own save, stopped before it was entered, may say what an earlier one said: the lock tells.
        """
        if is_unentered_save(lock.holder(), on_disk, last.n):
            return False
        return any(entry.new["hash"] == on_disk for entry in entries_of(self.folder, name))

    def _enter_version(
        self,
        lock: Lock,
        name: str,
        now: HashedData,
        last: HistoryEntry | None,
        known: RecordData | None,
        why: str = "",
        what: str = "",
    ) -> HistoryEntry:
        """Enter the version on disk, which is not the ``known`` one that the ``last`` entry left.

        Without a last entry it is a record that was added.
        """
        holder = lock.holder()
        ours = holder.saves == now[0]
        return self.enter(
            name,
            (last.new["hash"], known or {}) if last else NONE,
            now,
            what=what or ("" if last is None else "save" if ours else "edit"),
            why=why or ("" if ours or what else "found when it was next used"),
            who="" if what or why else holder.user if ours else OUTSIDE,
            anew=last is not None and known is None,
        )


def _is_added(lock: Lock, now: str) -> bool:
    """Return whether the version ``now`` of a record without an entry is our save that added it."""
    holder = lock.holder()
    return holder.saves == now and holder.after == 0


def _word_for(name: str, on: RecordData, old_hash: str) -> str:
    room, _, _ = name.partition("/")
    if room not in ("cases", "second", "agreed", "interviews"):
        return {"letter.toml": "letter", "actions.toml": "actions"}.get(room, "inspection")
    if room == "interviews" and not on.keys() & {"status", "overrides"}:
        return "interview"
    if old_hash == ABSENT:
        return "add"
    if "status" in on:
        return "finish" if on["status"] == "finished" else "reopen"
    words = {"overrides": "override", "answers": "answer", "facts": "fact"}
    return next((word for key, word in words.items() if key in on), "header")


def _question(on: Mapping[str, Any]) -> str:
    if overrides := on.get("overrides"):
        return str(overrides[-1]["question"])
    answers = on.get("answers")
    return next(iter(answers)) if isinstance(answers, dict) and len(answers) == 1 else ""


def _parsed(data: bytes, name: str) -> tuple[RecordData, object]:
    """Return what a record's file says, brought up to date, and the format it was written in."""
    parsed = parse_toml(data, name, end_mark=True)
    written = parsed.get("format")
    table = upgraded(parsed)
    table.pop("format", None)
    return table, written


def _too_large(name: str) -> NotSavedError:
    what = f"not saved: the record would be larger than {MAX_BYTES // 1024} KiB, the most that is read back"
    remedy = "shorten its longest text: say what it shows, and where in the file it stands"
    return NotSavedError(Problem(name, what, remedy, "R002"))


def _no_history(error: SqsError) -> NotSavedError:
    """Refuse a save before it is made: a change that cannot be logged must not begin."""
    what = f"not saved, for the history cannot be written: {_reason(error)}"
    first = error.problems[0]
    remedy = first.remedy or "mend that and save again"
    return NotSavedError(Problem(history.NAME, what, f"{remedy}; nothing was changed", "R026"))


def _not_entered(name: str, reason: str) -> NotSavedError:
    """Return the refusal where a record is saved and only its entry is still missing."""
    what = f"what was last done to it is not entered in the history yet: {reason}"
    return NotSavedError(Problem(name, what, "the same command again enters it", "R025"))


def _reason(error: SqsError) -> str:
    return error.problems[0].what.removeprefix("not saved: ").partition(";")[0]


# ------------------------------------------------------------ what a save would lose


def back_up_hand_edit(folder: Path, path: Path, data: bytes, written: object) -> list[str]:
    """Keep copies of ``data``, where it holds comments or is in an older format; gives their names.

    ``written`` is the format it was written in.  A copy is called such as
    ``.07.toml.comments-1a2b3c4d``, by the hash of what it holds: none is ever overwritten.
    """
    kinds = []
    if comments(without_mark(data).decode("utf-8", "replace")) > 1:  # the end mark is one
        kinds.append("comments")
    if written != FORMAT:
        kinds.append(f"format-{written}")
    kept = []
    for kind in kinds:
        copy = path.with_name(f".{path.name}.{kind}-{content_hash(data)[7:15]}")
        if not copy.exists():
            write_durably(copy, data, expect=ABSENT)
        kept.append(copy.relative_to(folder).as_posix())
    return kept
