"""Does a new assessor judge as was agreed?  Compare their judgements of cases that were settled before.

examples:
  sqs calibrate agreed --to jo-1 --inspector JO       then: sqs tui jo-1
  sqs calibrate agreed jo-1 --least 80
  sqs calibrate agreed jo-1 jo-2 jo-3 --json

AGREED holds cases whose judgements were settled: answer them together, or mark them twice
and agree. With --to, a folder with the same cases and no answer is made for an assessor.
Several attempts are told in the order given, with which way each leans: harsher or milder.
Exit 1 where --least is not surely reached.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from fractions import Fraction
from typing import Any

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import as_typed, check_no_file, echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.exports.data import interval_data, pick
from sqs_core.scoring.calibration import Calibration, GateVerdict, Judgement, drift_between
from sqs_core.storage.calibration import begin_attempt, calibration_of
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs calibrate``."""
    parser.add_argument("agreed", metavar="AGREED", help="the folder of the cases with agreed judgements")
    parser.add_argument("attempts", metavar="ATTEMPT", nargs="*", help="an assessor's folder")
    parser.add_argument("--to", metavar="FOLDER", help="make a folder for an assessor to judge the cases in")
    parser.add_argument("--inspector", default="", metavar="INITIALS", help="with --to: whose it is")
    parser.add_argument(
        "--least", type=int, metavar="PERCENT", help="the share that has to be as agreed, in hundredths"
    )
    takes_json(parser)


def run(args: Namespace) -> int:
    """Make a folder, or tell how far the judgements are those agreed."""
    agreed = open_folder(args.agreed)
    if args.to:
        check_no_file(args.to)
        made = begin_attempt(agreed, args.to, args.inspector)
        echo_err(f"made {args.to}: {counted(len(made.case_ids()), 'case')} to judge, without the answers")
        echo_err(f"next: sqs tui {as_typed(args.to)}   then: sqs calibrate {args.agreed} {args.to}")
        return 0
    if not args.attempts:
        raise UsageError("give an assessor's folder, or --to FOLDER to make one")
    if args.least is not None and not 0 < args.least <= 100:
        raise UsageError(f"--least is a number from 1 to 100, not {args.least}")
    least = Fraction(args.least, 100) if args.least else None
    found = [(path, calibration_of(agreed, open_folder(path))) for path in args.attempts]
    standings = [one.standing(least) if least else None for _, one in found]
    drift = drift_between(found[0][1], found[-1][1]) if len(found) > 1 else None
    if args.json:
        rows = [_data(path, one, s) for (path, one), s in zip(found, standings, strict=True)]
        head = {"criteria": agreed.criteria.id, "least": args.least, "drift": drift}
        echo_json({**head, "attempts": rows})
    else:
        echo(_overview(found, standings))
        if drift:
            echo(f"\nFrom {found[0][0]} to {found[-1][0]}: {_DRIFT[drift]}")
        for path, one in found:
            echo(f"\n{_differences(agreed.criteria, path, one)}")
        echo(
            "\nThe range (95%) takes into account that judgements on one case hang together. Harsher or "
            "milder is said\nwhere chance alone would do as much in at most 5 of 100 assessors."
        )
    for path, one in found:
        if one.waiting or one.missing:
            cases = f"; not there: {', '.join(one.missing)}" if one.missing else ""
            echo_err(f"sqs: {path}: {counted(one.waiting, 'judgement')} still to be made{cases}")
    return 1 if any(s not in (None, "reached") for s in standings) else 0


_DRIFT = {
    "harsher": "more of what differs is harsher than at first.",
    "milder": "more of what differs is milder than at first.",
    "cannot be told": "whether it has become harsher or milder cannot be told at these sizes.",
}


def _overview(found: list[tuple[str, Calibration]], standings: list[GateVerdict | None]) -> str:
    rows = [("", "as agreed", "", "95%", "harsher", "milder", "leans", "gate" if any(standings) else "")]
    for (path, one), standing in zip(found, standings, strict=True):
        n = len(one.made)
        share = f"{round(100 * one.same / n)}%" if n else "–"
        span = one.interval.percent if one.interval else "–"
        directions = (str(one.harsher), str(one.milder), one.leaning)
        rows.append((path, f"{one.same} of {n}", share, span, *directions, standing or ""))
    return table(rows)


def _differences(criteria: Criteria, path: str, one: Calibration) -> str:
    """Return where an assessor differs, the questions that differ most first."""
    differ = [judgement for judgement in one.made if not judgement.same]
    if not differ:
        return f"{path} differs nowhere." if one.made else f"{path} has no judgement yet."
    numbers, asked = criteria.question_numbers, Counter(judgement.question for judgement in one.made)
    often = Counter(judgement.question for judgement in differ).most_common()
    lines = [f"Where {path} differs (agreed → given)"]
    for question, number in often:
        lines.append(
            f"  {numbers[question]} {criteria.question(question).short}: {number} of {asked[question]}"
        )
        lines += [f"      {_text(judgement)}" for judgement in differ if judgement.question == question]
    return "\n".join(lines)


def _text(judgement: Judgement) -> str:
    way = {1: ", harsher", -1: ", milder"}.get(judgement.severity, "")
    return f"case {judgement.case}: {judgement.agreed} → {judgement.given or 'no judgement'}{way}"


def _data(path: str, one: Calibration, standing: GateVerdict | None) -> dict[str, Any]:
    return {
        "attempt": path,
        "same": one.same,
        "judgements": len(one.made),
        "interval95": interval_data(one.interval),
        **pick(one, "harsher", "milder", "leaning"),
        "standing": standing,
        **pick(one, "waiting", "missing"),
        "differences": [
            {**pick(judgement, "case", "question", "agreed"), "given": judgement.given or None}
            for judgement in one.made
            if not judgement.same
        ],
    }
