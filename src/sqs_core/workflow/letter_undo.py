"""Undo over the letter: paragraphs, lists, details and wording, across restarts.

    >>> undo_letter(folder).names                                # doctest: +SKIP
    ('paragraph 2.2',)
    >>> redo_letter(folder).names
    ('paragraph 2.2',)

Undo goes back through the entries of the history about ``letter.toml`` and the details in
``inspection.toml``, in their order, whoever made them.  Going back is a change like any other; going back
to exactly the state before counts as an undo, so that it can be redone.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative
from sqs_core.storage.audit.history_versions import versions
from sqs_core.storage.audit.undo import STAND, UndoSteps
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import INSPECTION, LETTER
from sqs_core.storage.record_files import record_from
from sqs_core.workflow.letter_details import DETAILS, change_details, held_lines, with_detail
from sqs_core.workflow.letter_merge import author_parts


@frozen
class LetterState:
    """All that an author writes: ``letter.toml``, and the details in ``inspection.toml`` by their names."""

    narrative: Narrative
    details: tuple[tuple[str, tuple[str, ...]], ...]


@frozen
class LetterHistory:
    """The letter as it is, what it was before (the latest last), and what was undone (the next first)."""

    now: LetterState
    past: tuple[LetterState, ...] = ()
    future: tuple[LetterState, ...] = ()


@frozen
class LetterStep:
    """A step back or forward: the folder after it, and what it changed, by name."""

    folder: InspectionFolder
    names: tuple[str, ...]


def letter_history(folder: InspectionFolder) -> LetterHistory:
    """Return what can be undone and redone in the letter of ``folder``."""
    now = LetterState(folder.narrative().record, details_by_name(folder.inspection))
    steps: UndoSteps[LetterState] = UndoSteps()
    for state, stands in _states(folder):
        steps.add(state, stands=stands)
    return LetterHistory(now, *steps.up_to(now))


def _states(folder: InspectionFolder) -> Iterator[tuple[LetterState, bool]]:
    """Yield the letter after each entry about it, and whether undo stops there."""
    letter, inspection = (versions(folder.path, name) for name in (LETTER, INSPECTION))
    text: Narrative | None = Narrative()
    if not letter:  # never changed
        text = folder.narrative().record
    elif letter[0].entry.what == "found":
        text = record_from(LETTER, letter[0].data)
    first = record_from(INSPECTION, inspection[0].data) if inspection else None
    state = LetterState(text or Narrative(), details_by_name(first or folder.inspection))
    yield state, False
    for version in sorted((*letter, *inspection), key=lambda version: version.entry.n):
        record = record_from(LETTER if version in letter else INSPECTION, version.data)
        if isinstance(record, Narrative):
            state = evolve(state, narrative=record)
        elif isinstance(record, Inspection):
            state = evolve(state, details=details_by_name(record))
        yield state, record is None or version.entry.what in STAND


def details_by_name(inspection: Inspection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the details of ``inspection`` by their names."""
    return tuple((detail.name, held_lines(inspection, detail)) for detail in DETAILS)


def undo_letter(folder: InspectionFolder) -> LetterStep | None:
    """Undo the last change of the letter; None where there is none.

    Raises:
        HeldError: somebody else saves it at the same moment.
    """
    found = letter_history(folder)
    return _go(folder, found.now, found.past[-1], "undo") if found.past else None


def redo_letter(folder: InspectionFolder) -> LetterStep | None:
    """Redo the change undone last; None where there is none."""
    found = letter_history(folder)
    return _go(folder, found.now, found.future[0], "redo") if found.future else None


def _go(folder: InspectionFolder, now: LetterState, wanted: LetterState, what: str) -> LetterStep:
    names = changed_in_letter(now, wanted)
    if wanted.narrative != now.narrative:
        folder.save_narrative(wanted.narrative, expect=folder.narrative().hash)
    if wanted.details != now.details:
        folder = change_details(folder, lambda inspection: _with_details(inspection, wanted))
    return LetterStep(folder, names)


def _with_details(inspection: Inspection, wanted: LetterState) -> Inspection:
    for name, lines in wanted.details:
        if lines != dict(details_by_name(inspection))[name]:
            inspection = with_detail(inspection, name, lines)
    return inspection


def changed_in_letter(before: LetterState, after: LetterState) -> tuple[str, ...]:
    """Return what differs, by name: "summary", "paragraph 2.2", "strengths", "salutation"."""
    return tuple(_changed(before, after))


def _changed(before: LetterState, after: LetterState) -> Iterator[str]:
    old, new = author_parts(before.narrative), author_parts(after.narrative)
    changed = (name for name in {**old, **new} if old.get(name) != new.get(name))
    yield from dict.fromkeys("wording" if name.startswith("wording ") else name for name in changed)
    held = dict(before.details)
    for name, lines in after.details:
        if lines != held[name]:
            yield next(detail.label.lower() for detail in DETAILS if detail.name == name)
