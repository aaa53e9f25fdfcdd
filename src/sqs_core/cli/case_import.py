"""Fill in facts of many cases from a CSV file; without --apply it only says what would be filled in.

examples:
  sqs case import leeds export.csv
  sqs case import leeds export.csv --column case="Case ref" --column custody="In custody?" --apply

A column is a fact where its heading is the fact's id or text; --column says so of any other, once: it is
remembered on this computer. Columns with names or dates of birth are refused. A fact that is recorded
otherwise stays as it is, unless --replace is given.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.arguments import check_once, takes_folder, takes_many
from sqs_core.cli.change import change_case
from sqs_core.cli.console import echo, echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.records.case import Session
from sqs_core.records.second_marking import format_fact
from sqs_core.storage.fact_file import changes_to, read_fact_file, remember_columns, remembered_columns
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs case import``."""
    takes_folder(parser)
    parser.add_argument("file", metavar="FILE.csv", help="one row a case")
    takes_many(parser, "--column", "FACT=HEADING", "which column a fact is in")
    parser.add_argument("--replace", action="store_true", help="also where another value is recorded")
    parser.add_argument("--apply", action="store_true", help="do it; otherwise nothing is written")


def run(args: Namespace) -> int:
    """Say what would be filled in, and fill it in with --apply: all of it, or nothing."""
    folder = open_folder(args.dir)
    chosen = _columns(args.column)
    columns = {**remembered_columns(folder.criteria.id), **chosen}
    cases = folder.case_ids()
    given = read_fact_file(Path(args.file), folder.criteria, cases, columns, folder.inspection.first_day)
    headings = [*given.columns, *given.unused]
    there = {heading.casefold() for heading in headings}
    if missing := [heading for heading in chosen if heading.casefold() not in there]:
        raise UsageError(f"{args.file} has no column '{missing[0]}'; it has: {', '.join(headings)}")
    wanted: dict[str, dict[str, FactValue]] = {}
    kept: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for case, facts in given.facts.items():
        record = folder.case(case).record
        new, otherwise = changes_to(record.facts, facts, replace=args.replace)
        if otherwise:
            kept[case] = otherwise
        if new and record.status == "finished":
            what = "is finished, and its facts would change"
            problems.append(Problem(folder.criteria.named(case), what, "reopen it, or take its line out"))
        elif new:
            wanted[case] = new
    if problems:
        raise RecordError(*problems)
    for case, new in wanted.items():
        named = folder.criteria.named(case)
        echo(f"{named}: {', '.join(f'{name}={format_fact(value)}' for name, value in new.items())}")
    if args.apply:
        for case, new in wanted.items():
            change_case(folder, case, lambda session, new=new: _set(session, new))  # type: ignore[misc]
    # Said once, it is not said again for --apply.
    remember_columns(folder.criteria.id, {h: name for h, name in given.columns.items() if h in columns})
    for case, names in kept.items():
        named = folder.criteria.named(case)
        echo_err(f"{named}: recorded otherwise, and kept: {', '.join(names)}; --replace takes the file's")
    if given.unused:
        echo_err(f"no facts of {folder.criteria.id}, and left out: {', '.join(given.unused)}")
    without = [case for case in cases if case not in given.facts]
    if without:
        echo_err(f"not in the file: {', '.join(without)}")
    others = f"; {counted(given.others, 'row')} about other cases" if given.others else ""
    done = "filled in" if args.apply else "would be filled in"
    facts_ = counted(sum(map(len, wanted.values())), "fact")
    echo_err(f"{facts_} of {counted(len(wanted), 'case')} {done}{others}")
    if wanted and not args.apply:
        echo_err("sqs: nothing was written; --apply does it")
    return 0


def _columns(pairs: list[str]) -> dict[str, str]:
    """Return the fact that each heading is for."""
    check_once(pairs)
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, heading = pair.partition("=")
        if not equals or not heading.strip():
            raise UsageError(f"'{pair}' is not FACT=HEADING, such as custody=\"In custody?\"")
        found[heading.strip()] = name.strip()
    return found


def _set(session: Session, facts: dict[str, FactValue]) -> Session:
    for name, value in facts.items():
        session = session.setting(name, value)
    return session
