"""``sqs programme build`` and ``show``: a data set of many inspections, and questions to it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path

from sqs_core.cli.console import check_free, columns, echo, echo_err, echo_json, echo_problems
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.exports.parquet import check_polars
from sqs_core.exports.programme_view import ViewKind, view_csv, view_data
from sqs_core.storage.output import write_output
from sqs_core.storage.programme_data import build_programme, read_manifest
from sqs_core.text import counted
from sqs_core.workflow.programme import (
    ProgrammeAnswer,
    ProgrammeRequest,
    ask_together,
    left_out,
    programme_file,
)
from sqs_core.workflow.programme_text import answer_text


def build(args: Namespace) -> int:
    """Bring the data set up to date; exit 3 where an inspection could not be read."""
    if not args.to:
        raise UsageError("where to? sqs programme build DIR… --to DATASET")

    def on_progress(done: int, total: int, name: str) -> None:
        if args.progress:
            echo_err(f"{done + 1}/{total} {name}")

    built = build_programme(
        Path(args.to),
        args.dirs,
        opening=open_folder,
        practice=args.practice,
        only=args.only,
        on_progress=on_progress,
    )
    inspections = built.manifest.inspections
    done = Counter(built.done.values())
    if args.json:
        echo_json(
            {
                "dataset": args.to,
                "practice": built.manifest.practice,
                "inspections": {name: {"done": what} for name, what in built.done.items()},
                "cases": sum(one.cases for one in inspections.values()),
                "left_out": sum(one.left_out for one in inspections.values()),
                "problems": [str(problem) for problem in built.problems],
                "notes": list(built.manifest.notes()),
            }
        )
    cases = counted(sum(one.cases for one in inspections.values()), "case")
    numbers = ", ".join(f"{number} {what}" for what, number in done.items())
    kind = " practice" if built.manifest.practice else ""
    echo_err(f"{args.to}: {cases} of {counted(len(inspections), f'{kind} inspection'.strip())} ({numbers})")
    for words in left_out(built.manifest):
        echo_err(f"left out: {words}")
    echo_problems((*built.problems, *built.manifest.notes()))
    return 3 if built.problems else 0


def show(args: Namespace) -> int:
    """Answer a question to the data set; exit 1 where something makes the answer doubtful."""
    if args.engine == "polars":
        check_polars()
    if len(args.dirs) != 1:
        raise UsageError("which data set? sqs programme show DATASET")
    if args.least < 1:
        raise UsageError(f"--least is at least 1, not {args.least}")
    dataset = Path(args.dirs[0])
    manifest = read_manifest(dataset)
    services = {one.service for one in manifest.inspections.values() if one.part}
    several = len(services) > 1 and not args.service
    kinds: list[ViewKind] = [args.view] if args.view else _kinds(args, several_services=several)
    words = tuple(word.strip() for word in (args.by or "").split(",") if word.strip())
    request = ProgrammeRequest(
        kinds[0],
        words,
        args.question,
        args.service,
        args.period,
        args.criteria or "",
        args.least,
        args.engine,
    )
    answers = ask_together(dataset, manifest, request, kinds)
    first = answers[0]
    if args.page:
        _write_page(args, dataset, answers)
    elif args.json:
        head = {"inspections": first.inspections, "practice": first.practice}
        apart = {"left_out": list(first.left_out), "doubts": list(first.notes)}
        echo_json({**view_data(first.view), **head, **apart})
    elif args.csv:
        sys.stdout.buffer.write(view_csv(first.view))
        sys.stdout.flush()
    else:
        echo(answer_text(first, width=columns()))
    for words_left in first.left_out:
        echo_err(f"left out: {words_left}")
    echo_problems(first.notes)
    return 1 if first.notes else 0


def _kinds(args: Namespace, *, several_services: bool) -> list[ViewKind]:
    """Return what is shown where nothing was said: a page has every picture that tells something."""
    if not args.page:
        return ["table"]
    if not args.question:
        return ["heatmap", "bars"]
    return ["trend", "heatmap", "funnel"] if several_services else ["trend"]


def _write_page(args: Namespace, dataset: Path, answers: list[ProgrammeAnswer]) -> None:
    target = Path(args.page)
    check_free(target, force=args.force)
    write_output(target, programme_file(dataset, answers, target))
    echo_err(f"wrote {target}")
