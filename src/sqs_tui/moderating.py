"""Cases marked twice, read off the UI thread into one frozen value, and what was agreed, written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from sqs_core.records import CaseRecord
from sqs_core.records.second_marking import Agreed, Decision, decide
from sqs_core.scoring.agreement import Measures
from sqs_core.scoring.differences import MarkingDifference, PairAgreement, compare_markings, measure_agreement
from sqs_tui.decisions import saved_as_seen

if TYPE_CHECKING:
    from sqs_core.storage.folder import InspectionFolder
    from sqs_core.storage.moderation.pending_decisions import PendingChoice
    from sqs_tui.desk import Desk


@frozen
class Twice:
    """One case with both its markings, where they differ, and what was agreed."""

    case: str
    first: CaseRecord
    second: CaseRecord
    agreed: Agreed
    differences: tuple[MarkingDifference, ...]
    agreement: Measures


@frozen
class Moderation:
    """Every case whose second marking is finished; ``shut`` are those whose second is still open."""

    twice: tuple[Twice, ...]
    agreement: PairAgreement
    shut: tuple[str, ...]


def read_moderation(folder: InspectionFolder) -> Moderation:
    """Both markings of every case marked twice.  Of a case still being marked, nothing is read."""
    from sqs_core.storage.blinding import blinded_cases
    from sqs_core.storage.moderation.agreed import markings
    from sqs_core.storage.moderation.second import second_ids

    shut = blinded_cases(folder.path)
    found: list[Twice] = []
    for case in second_ids(folder):
        if case in shut:
            continue
        both = markings(folder, case)
        first, second = both.first.record, both.second.record
        found.append(
            Twice(
                case,
                first,
                second,
                both.agreed.record,
                compare_markings(folder.criteria, first, second),
                measure_agreement(folder.criteria, [(first, second)]).whole,
            )
        )
    return Moderation(
        tuple(found), measure_agreement(folder.criteria, [(t.first, t.second) for t in found]), shut
    )


def decision(desk: Desk, twice: Twice, item: str, choice: PendingChoice, why: str) -> Decision:
    """The decision that ``choice`` about ``item`` makes; ``why`` stands in where none was written yet."""
    criteria, by = desk.criteria, desk.folder.actor.who
    views = twice.first, twice.second
    return decide(criteria, *views, item, choice.taken, choice.why or why, by, choice.kept, choice.reasons)


def write(desk: Desk, case: str, decisions: Mapping[str, Decision]) -> None:
    """Write ``decisions`` about ``case`` into its agreed record and carry them out."""
    from sqs_core.storage.moderation.agreed import save_decisions

    saved_as_seen(desk, case)
    save_decisions(desk.folder, case, decisions)
    desk.read_again(case)
