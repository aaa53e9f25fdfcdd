"""Draw a fair sample from a list of cases, the same on any computer; or advise on its size.

The list is a CSV file with a header: case (a reference, never a name), order_made, and the columns
to stratify by.  Eligible are orders that have run six weeks to three months on the first day of
fieldwork.  A list with names or dates of birth is refused.

examples:
  sqs sample frame.csv --fieldwork 2026-11-23                      how sure each size would be
  sqs sample frame.csv --n 14 --by order_type,custody --seed 7 --into leeds
  sqs sample frame.csv --repeat leeds                              the draw of leeds, made again
  sqs sample frame.csv --n 14 --each manager --over custody=yes:2 --not-audited last_audited --seed 7
  sqs sample frame.csv --estimate leeds                            what such a sample says of the whole list
  sqs sample victims.csv --n 12 --seed 7 --into leeds --population victims      another population
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.cli.sample_recorded import again_data, record, recorded_window, tell_again
from sqs_core.cli.sample_risk import draw, estimate, repeat
from sqs_core.errors import RecordError, UsageError
from sqs_core.exports.data import interval_data, pick
from sqs_core.scoring.sampling import (
    METHOD,
    Draw,
    SamplingFrame,
    SizeAdvice,
    Window,
    advice,
    build_frame,
    draw_sample,
    eligible_window,
)
from sqs_core.scoring.unequal_sampling import METHOD_UNEQUAL
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.frame_file import read_frame_file


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs sample``."""
    parser.add_argument("file", metavar="FRAME.csv", help="the list of cases to draw from")
    parser.add_argument("--n", type=int, metavar="N", help="how many to draw; without it, advice on size")
    parser.add_argument("--by", default="", metavar="COLUMN,…", help="columns to stratify by")
    parser.add_argument("--seed", type=int, metavar="N", help="any whole number; announce it beforehand")
    parser.add_argument("--fieldwork", metavar="DATE", help="first day of fieldwork (that of --into DIR)")
    parser.add_argument("--from-date", metavar="DATE", help="eligible: orders made on this day or later")
    parser.add_argument("--to-date", metavar="DATE", help="eligible: orders made on this day or before")
    parser.add_argument("--any-date", action="store_true", help="do not look at dates: all are eligible")
    parser.add_argument("--into", metavar="DIR", help="record the draw there and make the blank cases")
    parser.add_argument("--repeat", metavar="DIR", help="make the draw recorded there again and compare")
    risk = parser.add_argument_group("by coverage and risk")
    risk.add_argument("--each", metavar="COLUMN", help="at least one of each, such as manager")
    oftener = "draw these so many times as often: custody=yes:2"
    risk.add_argument("--over", action="append", default=[], metavar="COLUMN=VALUE:TIMES", help=oftener)
    risk.add_argument("--not-audited", metavar="COLUMN", help="not those audited in the 12 months before")
    risk.add_argument("--estimate", metavar="DIR", help="what the sample drawn there says of the whole list")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Draw, repeat or advise; exit 1 where too few are eligible, or a repeated draw differs."""
    if args.estimate:
        return estimate(args)
    if args.each or args.over or args.not_audited:
        into = open_folder(args.into) if args.into else None
        fieldwork = _day(args.fieldwork, "--fieldwork") or (into.inspection.first_day if into else None)
        return draw(args, into, _window(args, into), fieldwork)
    if args.repeat:
        recorded = open_folder(args.repeat)
        unequal = recorded.inspection.sample.method == METHOD_UNEQUAL
        return repeat(args, recorded) if unequal else _repeat(args, recorded)
    by = tuple(column.strip() for column in args.by.split(",") if column.strip())
    folder = open_folder(args.into) if args.into else None
    frame = _frame(args, by, _window(args, folder))
    eligible = len(frame.eligible)
    if args.n is None:
        _echo_advice(args, frame, advice(eligible))
        return 0
    if args.seed is None:
        raise UsageError("which seed? --seed N makes the draw repeatable; any whole number will do")
    if args.n < 1:
        raise UsageError(f"--n is at least 1, not {args.n}")
    if args.n > eligible:
        echo_err(_too_few(args.n, frame))
        return 1
    drawn = draw_sample(frame, args.n, args.seed)
    record(args, folder, frame, drawn.drawn, METHOD)
    _echo_draw(args, frame, drawn, advice(eligible, args.n))
    return 0


def _frame(args: Namespace, by: tuple[str, ...], window: Window | None) -> SamplingFrame:
    return build_frame(read_frame_file(Path(args.file), by, dated=window is not None), window, by)


def _window(args: Namespace, folder: InspectionFolder | None) -> Window | None:
    first, last = _day(args.from_date, "--from-date"), _day(args.to_date, "--to-date")
    if args.any_date:
        return None
    fieldwork = _day(args.fieldwork, "--fieldwork") or (folder.inspection.first_day if folder else None)
    if fieldwork is None and (first is None or last is None):
        raise UsageError(
            "when is fieldwork? --fieldwork DATE decides which orders have run six weeks to three months; "
            "or name the days yourself with --from-date and --to-date, or use --any-date"
        )
    window = eligible_window(fieldwork) if fieldwork else Window(first, last)  # type: ignore[arg-type]
    window = evolve(window, first=first or window.first, last=last or window.last)
    if window.last < window.first:
        raise UsageError(f"no order can be made from {window}: the last day comes before the first")
    return window


def _day(words: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{option} is a date such as 2026-11-23, not '{words}'") from None


def _too_few(n: int, frame: SamplingFrame) -> str:
    eligible = len(frame.eligible)
    shortfall = f"{eligible} of the {frame.listed} cases listed {'is' if eligible == 1 else 'are'} eligible"
    why = f" (orders made {frame.window})" if frame.window else ""
    undated = f"; {frame.undated} have no date" if frame.undated else ""
    ways = f"--n {eligible} takes them all, or " if eligible else ""
    wider = "widen the days with --from-date and --to-date" if frame.window else "give a longer list"
    return f"{shortfall}{why}{undated}, and {n} were asked for: nothing was drawn; {ways}{wider}"


def _repeat(args: Namespace, folder: InspectionFolder) -> int:
    sample = folder.inspection.sample
    if sample.seed is None:
        raise UsageError(
            f"no draw is recorded in {args.repeat}; 'sqs sample … --into {args.repeat}' makes one"
        )
    if sample.method != METHOD:
        raise RecordError(f"drawn by the method '{sample.method}'; this version knows {METHOD}")
    frame = _frame(args, sample.by, recorded_window(sample))
    enough = sample.size <= len(frame.eligible)
    again = draw_sample(frame, sample.size, sample.seed).drawn if enough else ()
    if args.json:
        echo_json(again_data(sample, frame, again))
    else:
        echo("\n".join(again))
    return tell_again(sample, frame, again)


def _echo_advice(args: Namespace, frame: SamplingFrame, sizes: tuple[SizeAdvice, ...]) -> None:
    if args.json:
        echo_json({**_frame_data(frame), "advice": [_advice_data(size) for size in sizes]})
        return
    echo(_frame_words(frame))
    if sizes:
        rows = [("sample", "if half are good enough, 95% range", "width")]
        rows += [(str(s.n), s.interval.percent, f"{100 * s.width:.0f} points") for s in sizes]
        echo("\n" + table(rows, right=(0, 2)))
        echo("\nFor a question asked of every case; one asked of fewer is less sure.")


def _echo_draw(args: Namespace, frame: SamplingFrame, drawn: Draw, sizes: tuple[SizeAdvice, ...]) -> None:
    size = next(s for s in sizes if s.n == len(drawn.drawn))
    strata = [
        {"kind": dict(zip(frame.by, kind, strict=True)), "drawn": got, "eligible": of}
        for kind, (got, of) in drawn.strata.items()
    ]
    if args.json:
        data = {**pick(drawn, "seed", "drawn"), "strata": strata if frame.by else []}
        echo_json({**_frame_data(frame), **data, "advice": _advice_data(size)})
        return
    echo("\n".join(drawn.drawn))
    echo_err(_frame_words(frame))
    if frame.by:
        rows = [(*frame.by, "drawn", "of")]
        rows += [(*kind, str(got), str(of)) for kind, (got, of) in drawn.strata.items()]
        echo_err(table(rows, right=(len(frame.by), len(frame.by) + 1)))
    echo_err(f"seed {drawn.seed}; if half are good enough, the 95% range is {size.interval.percent}")


def _frame_words(frame: SamplingFrame) -> str:
    days = f": orders made {frame.window}" if frame.window else ", whatever their dates"
    undated = f"; {frame.undated} without a date left out" if frame.undated else ""
    return f"{len(frame.eligible)} of {frame.listed} cases listed are eligible{days}{undated}"


def _frame_data(frame: SamplingFrame) -> dict[str, Any]:
    window = frame.window
    return {
        "listed": frame.listed,
        "eligible": len(frame.eligible),
        "undated": frame.undated,
        "made_from": window.first if window else None,
        "made_to": window.last if window else None,
        "frame_hash": frame.hash,
    }


def _advice_data(size: SizeAdvice) -> dict[str, Any]:
    return {"n": size.n, "of": size.population, "interval95_at_half": interval_data(size.interval)}
