"""``sqs sample`` by coverage and risk: the draw, with the chance of each case, and what it says of all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.cli.sample_recorded import again_data, record, recorded_window, tell_again
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.exports.data import interval_data
from sqs_core.records.dates import parse_date
from sqs_core.scoring.sampling import FrameCase, SamplingFrame, Window, build_frame
from sqs_core.scoring.unequal_sampling import (
    METHOD_UNEQUAL,
    RiskPlan,
    WeighedShare,
    chances_of,
    draw_unequal,
    over_of,
    plan_of,
    weighed_share,
)
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.frame_file import read_frame_file
from sqs_core.text import counted


def draw(
    args: Namespace, folder: InspectionFolder | None, window: Window | None, fieldwork: date | None
) -> int:
    """Draw, and print each case with its chance; exit 1 where too few are eligible."""
    plan = _plan(args, fieldwork)
    if args.by:
        raise UsageError("--by draws every kind alike; with --each or --over say what is to come more often")
    if args.n is None or args.seed is None:
        raise UsageError("how many, and which seed? --n N --seed N; any whole number will do for a seed")
    frame, lately = _listed(Path(args.file), plan, window)
    chances = _chances(frame, plan, args.n)
    if chances is None:
        return 1
    drawn = draw_unequal([plan.weighed(case) for case in frame.eligible], args.n, args.seed)
    record(args, folder, frame, drawn, METHOD_UNEQUAL)
    _echo_draw(args, drawn, chances)
    left_out = f"; {counted(lately, 'case')} audited after {plan.since} left out" if lately else ""
    echo_err(f"{len(frame.eligible)} of {frame.listed} cases listed are eligible{left_out}; seed {args.seed}")
    return 0


def repeat(args: Namespace, folder: InspectionFolder) -> int:
    """Make the draw recorded in ``folder`` again; exit 1 where it, or the list, differs."""
    frame, chances = _recorded(args.file, folder)
    sample = folder.inspection.sample
    plan = plan_of(sample.by)
    again: tuple[str, ...] = ()
    if chances is not None and sample.seed is not None:
        again = draw_unequal([plan.weighed(case) for case in frame.eligible], sample.size, sample.seed)
    if args.json:
        echo_json(again_data(sample, frame, again))
    elif chances is not None:
        _echo_draw(args, again, chances)
    return tell_again(sample, frame, again)


def estimate(args: Namespace) -> int:
    """Print what the sample drawn says of all that were listed, and what was picked on purpose apart."""
    folder = open_folder(args.estimate)
    frame, chances = _recorded(args.file, folder)
    sample = folder.inspection.sample
    if frame.hash != sample.frame_hash or chances is None:
        raise UsageError(
            f"{args.file} is not the list that {args.estimate} was drawn from: chances are of that"
        )
    drawn = {case: chances[case] for case in sample.drawn}
    findings = findings_of(folder)
    numbers = folder.criteria.question_numbers
    picked = [case for case in findings.cases if case not in drawn]
    rows: dict[str, tuple[WeighedShare, tuple[int, int]]] = {}
    for name, tally in findings.tallies.items():
        own = [case for case in tally.judged if case in picked]
        apart = (sum(case in tally.sufficient_cases for case in own), len(own))
        rows[name] = (weighed_share(tally.sufficient_cases, tally.judged, drawn), apart)
    if args.json:
        questions = [{"id": name, **_data(*row)} for name, row in rows.items()]
        data = {"listed": len(frame.eligible), "drawn": sample.drawn, "picked": picked}
        echo_json({**data, "questions": questions})
        return 0
    head = ("question", "drawn", "of all listed", "share", "95% range", *(("picked",) if picked else ()))
    lines: list[tuple[str, ...]] = [head]
    for name, (found, (k, n)) in rows.items():
        share, interval = found.share, found.interval
        estimated = f"about {float(found.of_k):.0f} of {float(found.of_n):.0f}" if found.n else "–"
        percent = f"{100 * float(share):.0f}%" if share is not None else "–"
        cells = (f"{found.k} of {found.n}", estimated, percent, interval.percent if interval else "–")
        lines.append(
            (f"{folder.criteria.question(name).short} ({numbers[name]})", *cells)
            + ((f"{k} of {n}" if n else "–",) if picked else ())
        )
    echo(table(lines))
    echo_err(f"{counted(len(drawn), 'case')} drawn speak for the {len(frame.eligible)} that were eligible")
    if picked:
        echo_err(f"picked on purpose, and in no estimate: {' '.join(picked)}")
    return 0


def _plan(args: Namespace, fieldwork: date | None) -> RiskPlan:
    try:
        over = tuple(over_of(words) for words in args.over)
    except (ValueError, ZeroDivisionError):
        given = " ".join(args.over)
        raise UsageError(f"--over takes COLUMN=VALUE:TIMES, such as custody=yes:2, not '{given}'") from None
    since = None
    if args.not_audited:
        if fieldwork is None:
            raise UsageError(
                "--not-audited looks back from the first day of fieldwork: give --fieldwork DATE"
            )
        # 29 February has no day of its own in the year before.
        day = 28 if (fieldwork.month, fieldwork.day) == (2, 29) else fieldwork.day
        since = fieldwork.replace(year=fieldwork.year - 1, day=day)
    return RiskPlan((args.each or "").casefold(), over, (args.not_audited or "").casefold(), since)


def _listed(path: Path, plan: RiskPlan, window: Window | None) -> tuple[SamplingFrame, int]:
    """Return the frame without what was audited lately, and how many that were."""
    cases = read_frame_file(path, plan.columns, dated=window is not None)
    kept: list[FrameCase] = []
    problems: list[Problem] = []
    place = plan.columns.index(plan.audited) if plan.audited else 0
    for case in cases:
        words = case.kind[place] if plan.audited else ""
        day = parse_date(words) if words else None
        if words and day is None:
            remedy = "write it as 2012-09-12 or 12/09/2012, or leave it empty"
            problems.append(Problem(path.name, f"{plan.audited} of a case is not a date", remedy, "F006"))
        elif day is None or plan.since is None or day <= plan.since:
            kept.append(case)
    if problems:
        raise RecordError(*problems)
    return build_frame(kept, window, plan.words), len(cases) - len(kept)


def _chances(frame: SamplingFrame, plan: RiskPlan, n: int) -> dict[str, Fraction] | None:
    """Return the chance of each eligible case; None, having said why, where so many cannot be drawn."""
    try:
        return chances_of([plan.weighed(case) for case in frame.eligible], n)
    except ValueError as error:
        echo_err(f"nothing was drawn: {error}")
        return None


def _recorded(file: str, folder: InspectionFolder) -> tuple[SamplingFrame, dict[str, Fraction] | None]:
    """Return the list as it was drawn from, and the chances there; UsageError where none was drawn so."""
    sample = folder.inspection.sample
    if sample.method != METHOD_UNEQUAL:
        ways = "'sqs sample … --each COLUMN --into DIR' makes one"
        raise UsageError(f"no draw by coverage and risk is recorded in {folder.path}; {ways}")
    plan = plan_of(sample.by)
    frame, _ = _listed(Path(file), plan, recorded_window(sample))
    return frame, _chances(frame, plan, sample.size)


def _echo_draw(args: Namespace, drawn: tuple[str, ...], chances: Mapping[str, Fraction]) -> None:
    if args.json:
        rows = [
            {"case": case, "chance": [chances[case].numerator, chances[case].denominator]} for case in drawn
        ]
        echo_json({"method": METHOD_UNEQUAL, "drawn": drawn, "chances": rows})
        return
    lines = [("case", "chance", "speaks for")]
    lines += [(case, f"{float(chances[case]):.3f}", f"{float(1 / chances[case]):.1f}") for case in drawn]
    echo(table(lines, right=(1, 2)))


def _data(found: WeighedShare, picked: tuple[int, int]) -> dict[str, Any]:
    return {
        "drawn": [found.k, found.n],
        "estimated": [round(float(found.of_k), 4), round(float(found.of_n), 4)],
        "share": None if found.share is None else round(float(found.share), 4),
        "interval95": interval_data(found.interval),
        "picked": picked,
    }
