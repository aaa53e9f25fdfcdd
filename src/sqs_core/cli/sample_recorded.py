"""A draw that an inspection records, by chance alone or by risk: written there, and made again."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from sqs_core.cli.console import echo_err
from sqs_core.records.inspection import Sample
from sqs_core.scoring.sampling import SamplingFrame, Window
from sqs_core.storage.create import record_draw
from sqs_core.storage.folder import InspectionFolder


def record(
    args: Namespace,
    folder: InspectionFolder | None,
    frame: SamplingFrame,
    drawn: tuple[str, ...],
    method: str,
) -> None:
    """Record the draw in ``folder``, where one was named, with a blank case for each drawn."""
    if folder is None:
        return
    sample = Sample(
        size=len(drawn),
        frame=len(frame.eligible),
        method=method,
        seed=args.seed,
        by=frame.by,
        made_from=frame.window.first if frame.window else None,
        made_to=frame.window.last if frame.window else None,
        listed=frame.listed,
        frame_hash=frame.hash,
        drawn=drawn,
    )
    record_draw(folder, sample)
    echo_err(f"recorded in {args.into}, with {len(drawn)} blank cases")


def recorded_window(sample: Sample) -> Window | None:
    """Return the days in which the orders were made that a draw was from; None where dates did not count."""
    return Window(sample.made_from, sample.made_to) if sample.made_from and sample.made_to else None


def again_data(sample: Sample, frame: SamplingFrame, again: tuple[str, ...]) -> dict[str, Any]:
    """Return the draw made ``again`` as data."""
    same_list, same = frame.hash == sample.frame_hash, again == sample.drawn
    return {"same_list": same_list, "same_draw": same, "drawn": again}


def tell_again(sample: Sample, frame: SamplingFrame, again: tuple[str, ...]) -> int:
    """Say whether the draw made ``again`` is the one recorded, from the same list; return 1 if not."""
    same_list, same = frame.hash == sample.frame_hash, again == sample.drawn
    if not same_list:
        echo_err("this is not the list the sample was drawn from: other eligible cases, dates or kinds")
    elif same:
        echo_err(f"the same {sample.size} cases, from the same list, by seed {sample.seed}")
    if not same:
        gone, come = set(sample.drawn) - set(again), set(again) - set(sample.drawn)
        echo_err(f"recorded but not drawn now: {' '.join(sorted(gone)) or '–'}")
        echo_err(f"drawn now but not recorded: {' '.join(sorted(come)) or '–'}")
    return 0 if same and same_list else 1
