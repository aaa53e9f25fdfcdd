"""How far first and second inspectors agree: raw agreement first, then AC1 and alpha.

A unit is a question in a case that both answered.  "Not applicable" is an answer, "not known" is
none.  Points to weigh are counted apart: there a unit is a point that both weighed.  Only finished
second markings count, each as it was before anything was agreed.

examples:
  sqs agreement leeds
  sqs agreement leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.exports.data import interval_data, pick
from sqs_core.scoring.agreement import FEW_UNITS, LARGE_SAMPLE, TOO_FEW, Agreement, Measures
from sqs_core.scoring.differences import PairAgreement, measure_agreement
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.moderation.agreed import finished_pairs
from sqs_core.text import capitalised


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs agreement``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the agreement of all finished second markings."""

    folder = open_folder(args.dir)
    if not folder.criteria.questions:
        raise UsageError(f"{folder.path}: nothing is asked here, so there is nothing to agree about")
    still_open = blinded_cases(folder.path)
    found = measure_agreement(folder.criteria, finished_pairs(folder))
    if args.json:
        echo_json(agreement_data(folder.criteria, found, still_open))
    elif not found.cases:
        echo("no second marking is finished; 'sqs second draw' draws cases for one")
    else:
        echo(agreement_text(folder.criteria, found))
    if still_open:
        echo_err(f"not counted, still being marked: {', '.join(still_open)}")
    if found.cases and len(found.cases) < FEW_UNITS:
        counted = folder.criteria.counted(len(found.cases))
        echo_err(
            f"only {counted} {'was' if len(found.cases) == 1 else 'were'} marked twice, "
            f"fewer than {FEW_UNITS}: a question's figures say little; lean on what the differences teach"
        )
    return 0


def agreement_text(criteria: Criteria, found: PairAgreement) -> str:
    """Return the figures as a table: all, each theme, each question; what is undefined is told why below."""
    rows: list[tuple[str, ...]] = [("", "agreed", "raw", "95%", "AC1", "95%", "alpha", "95%", "")]
    why: dict[str, list[str]] = {}

    def add(name: str, label: str, figures: Measures) -> None:
        if not figures.raw.units:
            why.setdefault(figures.raw.why, []).append(name)
            rows.append((label, "–", *["–"] * 6, ""))
            return
        same = (figures.raw.value or 0) * figures.raw.units
        cells = [cell for figure in figures for cell in _cells(figure)]
        rows.append((label, f"{same} of {figures.raw.units}", *cells, "few" if figures.raw.few else ""))
        for figure in figures:
            if figure.why and figure.why != TOO_FEW:
                why.setdefault(f"{figure.name} {figure.why}", []).append(name)

    add("all", "all questions", found.whole)
    for theme in criteria.themes:
        add(f"theme {theme.label}", f"{theme.label} {theme.title}", found.themes[theme.id])
    for name, figures in found.questions.items():
        add(name, f"  {name}", figures)
    if found.points:
        add("all points", "all points weighed", found.all_points)
    for name, figures in found.points.items():
        if figures.raw.units:
            add(f"points of {name}", f"  points of {name}", figures)
    lines = [f"{capitalised(criteria.many)} marked twice: {' '.join(found.cases)}", "", table(rows), ""]
    lines += [f"{reason}: {', '.join(names)}" for reason, names in why.items()]
    if found.asked_of_one:
        questions = ", ".join(f"{name} {count}" for name, count in found.asked_of_one.items())
        lines.append(f"answered in one marking only (no unit): {questions}")
    lines.append(
        f"few: fewer than {FEW_UNITS} units.  AC1 and alpha have a range from {LARGE_SAMPLE} units on."
    )
    lines.append("Answers within a case hang together, so the ranges of themes and of all questions are,")
    lines.append("if anything, too narrow.")
    return "\n".join(lines)


def _cells(figure: Agreement) -> tuple[str, str]:
    value = f"{float(figure.value):z.2f}" if figure.value is not None else "undefined"
    return value, str(figure.interval) if figure.interval else "–"


def agreement_data(criteria: Criteria, found: PairAgreement, still_open: tuple[str, ...]) -> dict[str, Any]:
    """Return the figures as data; ``value`` and ``interval95`` are null where undefined, ``why`` says why."""
    return {
        "criteria": pick(criteria, "id", "hash"),
        "cases": found.cases,
        "open": still_open,
        "all": _measures_data(found.whole),
        "themes": [{"id": t, **_measures_data(m)} for t, m in found.themes.items()],
        "questions": [
            {"id": q, **_measures_data(m), "answered_once": found.asked_of_one.get(q, 0)}
            for q, m in found.questions.items()
        ],
        "points": {
            "all": _measures_data(found.all_points),
            "questions": [{"id": q, **_measures_data(m)} for q, m in found.points.items()],
        },
    }


def _measures_data(figures: Measures) -> dict[str, Any]:
    names = ("raw", "ac1", "alpha")
    return {
        "units": figures.raw.units,
        "few": figures.raw.few,
        **{name: _figure_data(figure) for name, figure in zip(names, figures, strict=True)},
    }


def _figure_data(figure: Agreement) -> dict[str, Any]:
    return {
        "value": round(float(figure.value), 4) if figure.value is not None else None,
        "interval95": interval_data(figure.interval),
        "standard_error": figure.standard_error and round(figure.standard_error, 5),
        "why": figure.why,
    }
