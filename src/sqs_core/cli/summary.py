"""The board: for every question k of n, the cases behind it, the reasons and the interval.

examples:
  sqs summary darlington-2012
  sqs summary darlington-2012 --where custody=yes --json
  sqs summary darlington-2012 --what-if --boundary 65
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqs_core.cli.arguments import named_values, takes_folder, takes_json, takes_many
from sqs_core.cli.board_text import board_text
from sqs_core.cli.completers import facts
from sqs_core.cli.console import columns, echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.exports.board import board_csv, board_data, rating_data
from sqs_core.records.case import parse_fact
from sqs_core.scoring.confidence import Confidence, confidences
from sqs_core.scoring.findings import FindingsCounter
from sqs_core.scoring.ratings import Rating, ratings_of
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.blinding import BLINDED, blinded_cases
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs summary``."""
    takes_folder(parser)
    takes_many(parser, "--where", "FACT=VALUE", "only these cases", facts)
    takes_json(parser)
    parser.add_argument("--csv", action="store_true", help="one line a question, as CSV")
    parser.add_argument("--what-if", action="store_true", help="what one more sufficient case would do")
    takes_many(parser, "--boundary", "PERCENT", "with --what-if: how far it is")
    parser.add_argument("--practice", action="store_true", help="count the practice cases, and only those")


def run(args: Namespace) -> int:
    """Print the board, one for each population; RecordError (exit 3) where a record cannot be read."""
    folder = open_folder(args.dir)
    alone = args.json or args.csv or args.where or not folder.whole_is_here
    for place, name in enumerate(folder.populations[:1] if alone else folder.populations):
        if place:
            echo("")
        _board(folder.population(name) if place else folder, args)
    if not folder.populations:
        return _board(folder, args)
    if not alone and (ratings := _across(folder)):
        echo("\nOf all populations")
        echo(ratings_text(ratings))
    return 0


def _across(folder: InspectionFolder) -> tuple[Rating, ...]:
    """Return the ratings that rest on several populations: those of the whole inspection."""
    if not folder.whole_is_here or not folder.populations or blinded_cases(folder.path):
        return ()
    findings = findings_of(folder)
    # Practice cases are in no rating.
    return ratings_of(findings.of_all, folder.inspection) if findings.cases else ()


def _board(folder: InspectionFolder, args: Namespace) -> int:
    where = read_where(folder, args.where)
    boundaries = read_boundaries(args.boundary)
    problems: list[Problem] = []
    cases, kept = FindingsCounter(folder.criteria, where), FindingsCounter(folder.criteria, where)
    real = practised = 0
    known = known_records(folder.path)
    for stored in folder.stream_cases(problems, known):
        if stored.record.practice:
            practised += 1
            kept.add(stored.record)
        else:
            real += 1
            cases.add(stored.record)
    interviews, more = folder.stored_interviews(known)
    if broken := [p for p in (*problems, *more) if p.code != BLINDED]:
        raise RecordError(*broken)
    # A practice inspection counts its cases without being asked: else it would show 0 of 0.
    practice = args.practice or (practised > 0 and not real)
    findings = (kept if practice else cases).findings(one.record for one in interviews)
    subsets = findings.subsets
    ratings: tuple[Rating, ...] = ()
    if where and folder.criteria.rollups:
        # A rating is of the sample; one of a part of it would look the same and mean less.
        echo_err("sqs: ratings are of all cases; leave out --where to see them")
    elif folder.criteria.rollups or folder.inspection.ratings:
        ratings = ratings_of(findings, folder.inspection, framed=not practice)
    frame = None if practice else folder.inspection.sample.frame
    sure = confidences(findings, frame=frame, boundaries=boundaries)
    blinded = blinded_cases(folder.path)
    if args.json:
        data = board_data(findings, sure, ratings, subsets=True)
        of = folder.criteria.population
        named: dict[str, Any] = {"population": of.id, "populations": folder.populations} if of else {}
        if across := () if where else _across(folder):
            named["across"] = [rating_data(rating) for rating in across]
        echo_json({**data, "practice": practice, "sealed": blinded, "frame": frame, **named})
    elif args.csv:
        echo(board_csv(findings).rstrip("\n"))
    else:
        head = "PRACTICE CASES, not findings\n" if practice else ""
        echo(head + board_text(folder, findings, subsets, sure, width=columns()))
        if ratings:
            echo("\n" + ratings_text(ratings))
        for missing in folder.criteria.missing:
            echo(f"missing in {folder.criteria.id}: {missing}")
        if args.what_if:
            echo("\n" + what_if_text(folder, sure))
    if blinded:
        echo_err(f"left out, being marked a second time: {', '.join(blinded)}")
    if practised and not practice:
        are, them = ("is", "it") if practised == 1 else ("are", "them")
        echo_err(f"{counted(practised, 'practice case')} {are} not counted; --practice shows {them}")
    return 0


def read_boundaries(percents: list[str]) -> tuple[Fraction, ...]:
    """Return the boundaries in percents such as "65" or "66.7"; UsageError where one is not a percentage."""
    found = []
    for words in percents:
        try:
            share = Fraction(words.strip().removesuffix("%")) / 100
        except (ValueError, ZeroDivisionError):
            share = Fraction(-1)
        if not 0 <= share <= 1:
            raise UsageError(f"--boundary is a percentage from 0 to 100, not '{words}'")
        found.append(share)
    return tuple(found)


def what_if_text(folder: InspectionFolder, sure: Mapping[str, Confidence]) -> str:
    """For each question judged: one more sufficient case, and the distance to each boundary in cases."""
    rows: list[tuple[str, ...]] = []
    for name, line in sure.items():
        if line.n:
            more = str(line.one_more) if line.one_more else f"{line.k}/{line.n}, all of them"
            away = ", ".join(map(str, line.distances))
            rated = f"do not rate: {line.why_not_rated}" if line.why_not_rated else ""
            rows.append((name, more, away, rated))
    return "One more sufficient case:\n" + table(rows) if rows else "nothing was judged"


def read_where(folder: InspectionFolder, pairs: list[str]) -> dict[str, FactValue]:
    """Return the filter in FACT=VALUE pairs; UsageError where one is not a fact or not its kind."""
    shape = "FACT=VALUE, such as custody=yes"
    where: dict[str, FactValue] = {}
    for name, words in named_values(pairs, shape).items():
        value = parse_fact(folder.criteria, name, words)
        if value is None:
            raise UsageError(f"'{name}={words}' is not {shape}")
        where[name] = value
    return where


def ratings_text(ratings: tuple[Rating, ...]) -> str:
    """Return each rating, what it rests on, and how many cases the next one is away; or why there is none."""
    lines = ["Ratings"]
    for rating in ratings:
        decided = rating.verdict == "rated" and rating.band
        stars = f"{'★' * decided.score} " if decided and rating.rollup.model == "stars" else ""
        rests = f" ({rating.rests_on})" if rating.rests_on else ""
        words, because, why = rating.shown.partition(", because ")
        lines.append(f"  {rating.rollup.title}: {stars}{words}{rests}{because}{why}")
        if rating.next:
            alone = "" if decided else "by the count alone, "
            lines.append(f"      {alone}{rating.next.sentence}")
    return "\n".join(lines)
