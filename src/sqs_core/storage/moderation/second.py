"""Keep second markings on disk: draw cases for them, and have them marked blind.

``second/07.toml`` is the second marking of case 07, ``second/first/07.toml`` the first as it
stood when the case was drawn.  Neither is written again once the second is finished.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, RecordError, UsageError, did_you_mean
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import SecondDraw
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.grey_zone import is_in_grey_zone
from sqs_core.scoring.sampling import lowest_ranked
from sqs_core.scoring.states import progress
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit.known_records import KnownRecords
from sqs_core.storage.blinding import BLINDED, FINISHED, BlindedError
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import NOT_DRAWN, InspectionFolder, StaffFolder
from sqs_core.storage.layout import FIRST, INTERVIEWS, SECOND, TOML, inside, list_records, natural_order
from sqs_core.storage.record_files import Stored, decode, read_record
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted

METHOD = "sqs-second-1"


DRAWN = "cases are drawn for a second marking: 'sqs second draw' draws them"
NO_LETTER = "there is no letter on second markings; it is written from what counts"
NONE_DRAWN = "no case was drawn for a second marking; 'sqs second draw' draws some"


@frozen
class SecondFolder(InspectionFolder):
    """An inspection as the second inspector sees it: only the cases drawn, only second markings.

    It stands in for an InspectionFolder everywhere, so that screens and commands stay blind without knowing
    anything about second markings.  It has no letter.
    """

    room: ClassVar[str] = SECOND

    def case(self, case: str) -> Stored[CaseRecord]:
        """Return the second marking of ``case``."""
        return second_case(self, case)

    def save_case(self, record: CaseRecord, *, expect: str, what: str = "", why: str = "") -> str:
        """Make the second marking ``record`` durable; HeldError once it is finished."""
        return save_second(self, record, expect=expect, what=what, why=why)

    def add_case(self, record: CaseRecord) -> str:
        """Raise UsageError: cases are drawn for a second marking, not added."""
        raise UsageError(DRAWN)

    @property
    def staff(self) -> StaffFolder:
        """UsageError: interviews are no part of this, for what is noted there can tell of a case."""
        raise UsageError("interviews are no part of a second marking")

    def narrative(self, known: KnownRecords | None = None) -> Stored[Narrative]:
        """Raise BlindedError: what the author wrote rests on the first markings."""
        raise BlindedError(NO_LETTER)

    def save_narrative(self, narrative: Narrative, *, expect: str) -> str:
        """Raise UsageError: nothing is written into the letter from a second marking."""
        raise UsageError(NO_LETTER)


def as_second(folder: InspectionFolder) -> SecondFolder:
    """Return ``folder`` as the second inspector sees it."""
    if folder.room == INTERVIEWS:
        raise UsageError(NOT_DRAWN)
    return SecondFolder(folder.path, folder.inspection, folder.criteria, folder.actor)


def second_ids(folder: InspectionFolder) -> tuple[str, ...]:
    """Return the cases drawn for a second marking, in the order people count."""
    return list_records(folder.path, SECOND).records


def can_be_drawn(folder: InspectionFolder) -> tuple[str, ...]:
    """Return the cases whose first marking is complete and that were not drawn before.

    RecordError where one cannot be read, is gone or was put back: the draw would silently be from fewer.
    """
    drawn = set(second_ids(folder))
    records, problems = folder.cases()
    if broken := [problem for problem in problems if problem.code != BLINDED]:
        raise RecordError(*broken)
    open_ = (r for r in records if r.case not in drawn and not r.practice)
    return tuple(r.case for r in open_ if _complete(folder, r))


def draw_seconds(folder: InspectionFolder, n: int, seed: int) -> tuple[InspectionFolder, tuple[str, ...]]:
    """Draw ``n`` cases to be marked again, record the draw and open a blank second marking of each.

    Nothing of the first marking goes into the second, not even facts: which of them hold is a
    judgement too.  The first marking of each is copied, and blinded while the second is open.
    Ranked as in :mod:`sqs_core.scoring.sampling`, with the first line "sqs-second-1".
    An earlier draw that was cut short is completed first; where it was this very one, that is all.
    UsageError where fewer cases are complete than asked for.
    """
    draws = folder.inspection.second_draws
    if _complete_draws(folder) and (draws[-1].seed, len(draws[-1].drawn)) == (seed, n):
        return folder, draws[-1].drawn
    among = can_be_drawn(folder)
    if not 1 <= n <= len(among):
        raise UsageError(
            f"{folder.criteria.counted(n)} cannot be drawn: "
            f"{len(among)} are fully marked and were not drawn before"
        )
    chosen = tuple(sorted(lowest_ranked(among, seed, n, METHOD), key=natural_order))
    return _drawn(folder, SecondDraw(seed, len(among), chosen)), chosen


def draw_due(folder: InspectionFolder) -> tuple[InspectionFolder, tuple[str, ...]]:
    """Draw every case that is in the version's grey zone and was not drawn before, as :func:`draw_seconds`.

    UsageError where the version has no such rule, or there is none to draw.
    """
    zone, draws = folder.criteria.grey_zone, folder.inspection.second_draws
    if _complete_draws(folder) and draws[-1].rule:
        return folder, draws[-1].drawn
    if zone is None:
        ways = "'sqs second draw --n N --seed N' draws by chance"
        raise UsageError(f"{folder.criteria.id} has no grey zone; {ways}")
    among = can_be_drawn(folder)
    chosen = tuple(case for case in among if is_in_grey_zone(folder.criteria, folder.case(case).record))
    if not chosen:
        of = f"of {counted(len(among), 'complete case')} not drawn yet"
        raise UsageError(f"{of} none is from {zone.lowest} to {zone.highest}% sufficient")
    rule = f"from {zone.lowest} to {zone.highest}% sufficient"
    return _drawn(folder, SecondDraw(0, len(among), chosen, rule)), chosen


def _complete_draws(folder: InspectionFolder) -> bool:
    """Open what an earlier draw that was cut short had still to open; return whether there was anything."""
    there = second_ids(folder)
    missing = [case for draw in folder.inspection.second_draws for case in draw.drawn if case not in there]
    for case in missing:
        _open_second(folder, case)
    return bool(missing)


def _drawn(folder: InspectionFolder, draw: SecondDraw) -> InspectionFolder:
    draws, chosen = (*folder.inspection.second_draws, draw), draw.drawn
    folder = folder.save_inspection(evolve(folder.inspection, second_draws=draws))
    for case in chosen:
        _open_second(folder, case)
    return folder


def _open_second(folder: InspectionFolder, case: str) -> None:
    copy = first_name(case)
    if not inside(folder.path, copy).exists():
        data = read_bytes(inside(folder.path, folder.name_of(case)))
        first = decode(data, CaseRecord, folder.name_of(case), folder.criteria)
        folder.journal.save_bytes(
            copy,
            data,
            unstructured(first),
            expect=ABSENT,
            check=lambda written: decode(written, CaseRecord, copy, folder.criteria),
            what="drawn",
        )
    save_second(folder, folder.new_case(case), expect=ABSENT)


def second_case(folder: InspectionFolder, case: str) -> Stored[CaseRecord]:
    """Return the second marking of ``case``; UsageError names those drawn where it was not."""
    if case not in second_ids(folder):
        hint = did_you_mean(case, second_ids(folder))
        raise UsageError(f"case '{case}' was not drawn for a second marking; {hint}")
    return read_marking(folder, f"{SECOND}/{case}.toml")


def save_second(
    folder: InspectionFolder, record: CaseRecord, *, expect: str, what: str = "", why: str = ""
) -> str:
    """Make the second marking ``record`` durable, enter it in the history, and give its hash.

    HeldError where it is finished: from then on the first could be seen.
    """
    name = f"{SECOND}/{record.case}.toml"
    if inside(folder.path, name).exists():
        check_not_finished(folder.criteria, read_marking(folder, name).record)
    return folder.journal.save(name, record, expect=expect, what=what, why=why)


def check_not_finished(criteria: Criteria, record: CaseRecord) -> None:
    """Raise HeldError where the second marking ``record`` is finished."""
    if record.status == FINISHED:
        raise HeldError(
            f"the second marking of {criteria.named(record.case)} is finished and stays as it is, "
            f"since the first could be seen from then on"
        )


def finish_second(folder: InspectionFolder, case: str, *, incomplete: bool = False) -> None:
    """End the second marking of ``case``, for good; the first can be seen from then on.

    UsageError where questions are unanswered (unless ``incomplete``), where nobody is named as
    the second inspector, or where it is the first one.
    """
    stored = second_case(folder, case)
    record = stored.record
    if record.status == FINISHED and folder.journal.enter_missed(f"{SECOND}/{case}.toml"):
        return  # an earlier try was stopped after the save: it is entered now
    check_not_finished(folder.criteria, record)
    named = folder.criteria.named(case)
    done, asked = progress(folder.criteria, record)
    if not incomplete and not _complete(folder, record):
        raise UsageError(
            f"the second marking of {named} has {done} of {asked} answers; give the rest, "
            "or end it as it is with --incomplete"
        )
    if not record.inspector:
        raise UsageError(f"who marked it? sqs fact DIR {case} inspector=INITIALS --second")
    first = read_marking(folder, first_name(case)).record
    if record.inspector.casefold() == first.inspector.casefold():
        raise UsageError(f"the first marking of {named} is by {record.inspector} too; another must mark it")
    save_second(folder, evolve(record, status="finished"), expect=stored.hash)


def _complete(folder: InspectionFolder, record: CaseRecord) -> bool:
    done, asked = progress(folder.criteria, record)
    return done == asked and bool(record.answers)


def read_marking(folder: InspectionFolder, name: str) -> Stored[CaseRecord]:
    """Return the case record called ``name`` ("second/07.toml"); RecordError where it is another case's."""
    return read_record(folder.path, name, CaseRecord, folder.criteria)


def first_name(case: str) -> str:
    """Return what the first marking of ``case`` is called as it stood when the case was drawn."""
    return f"{FIRST}/{case}{TOML}"
