"""Write a drawn sample into its inspection: the record of the draw, and the blank cases."""

from __future__ import annotations

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.records.inspection import Sample
from sqs_core.storage.folder import InspectionFolder


def record_draw(folder: InspectionFolder, sample: Sample) -> InspectionFolder:
    """Record ``sample`` in the inspection and make a blank case for each one drawn.

    Where this very draw is recorded already, cut short before all its cases were made, it is
    completed.  UsageError where another was drawn, for a second draw until it pleases would be
    no fair sample, and where there are cases that were not drawn.
    """
    recorded, there = folder.inspection.sample, set(folder.case_ids())
    if recorded.seed is not None and recorded != sample:
        raise UsageError(f"another sample is recorded in {folder.path} already; choose another folder")
    if there and recorded != sample:
        raise UsageError(
            f"there are {len(there)} cases in {folder.path} already; draw into a folder made by 'sqs new' "
            "without --cases"
        )
    # The record first: cut short, this draw is completed from it, never replaced by another one.
    if recorded != sample:
        folder = folder.save_inspection(evolve(folder.inspection, sample=sample))
    for case in sample.drawn:
        if case not in there:
            folder.add_case(folder.new_case(case))
    return folder
