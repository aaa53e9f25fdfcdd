"""Did it get better?  Compare two screenings, an inspection and the one before it, question by question.

examples:
  sqs compare leeds-2026-03 leeds-2026-09
  sqs compare leeds-2026-03 leeds-2026-09 -o changes.html
  sqs compare old new --same roh.plan=risk.plan --json
  sqs compare leeds-2026-03 leeds-2026-09 --check edited.docx

Each question is better, worse, or cannot be told at these sizes. Under two criteria
versions only what is the same in both is compared, and what --same declares to be.
Exit 1 where something makes the comparison doubtful: it is said on stderr.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from attrs import asdict

from sqs_core.cli.arguments import check_once, takes_json, takes_many, takes_output
from sqs_core.cli.console import columns, echo, echo_err, echo_json, echo_problems, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import SqsError, UsageError
from sqs_core.exports.rescreening import rescreening_csv, rescreening_data
from sqs_core.letter.change_check import check_changes
from sqs_core.letter.change_since import (
    AREAS,
    SUBSETS,
    difference_words,
    how_to_read,
    name_of,
    title_of,
    verdict_words,
)
from sqs_core.plugins.reading import read_any
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted
from sqs_core.workflow.outputs import write_output
from sqs_core.workflow.rescreening import rescreening_of, rescreening_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs compare``."""
    parser.add_argument("before", metavar="BEFORE", help="the folder of the earlier inspection")
    parser.add_argument("after", metavar="AFTER", help="the folder of the later one")
    takes_many(parser, "--same", "OLD=NEW", "two questions ask the same, though the versions differ")
    parser.add_argument("--subsets", action="store_true", help="print each part of the sample too")
    parser.add_argument("--csv", action="store_true", help="one line a question, as CSV")
    takes_output(parser, ".html, .docx, .txt, .csv")
    parser.add_argument("--check", metavar="FILE", help="hold an edited comparison against both records")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the comparison, or write it; exit 1 where something makes it doubtful."""
    check_once(args.same)
    declared = dict(_pair(words) for words in args.same)
    before, after = _both(args.before, args.after)
    found = rescreening_of(before, after, declared)
    if args.check:
        return _check(found, Path(args.check), as_json=args.json)
    if args.json:
        echo_json(rescreening_data(found))
    elif args.csv:
        echo(rescreening_csv(found).rstrip("\n"))
    elif args.output in (None, "-"):
        echo(rescreening_text(found, width=columns(), subsets=args.subsets))
    else:
        write_output(after, rescreening_output(after, found, Path(args.output)), force=args.force)
        echo_err(f"wrote {args.output}")
    echo_problems(found.notes)
    return 1 if found.notes else 0


def _check(found: Rescreening, path: Path, *, as_json: bool) -> int:
    """Tell which statements of an edited comparison hold; exit 1 where one does not, or there is none."""
    document = read_any(read_bytes(path, most=50_000_000), path.name)
    claims = check_changes(found, ((passage.line, passage.text) for passage in document.printed))
    number = Counter(claim.status for claim in claims)
    wrong = [claim for claim in claims if claim.status != "holds"]
    if as_json:
        echo_json({"claims": [asdict(claim) for claim in claims]})
    else:
        for claim in wrong:
            where = f"line {claim.line}: " if claim.line else ""
            what = "but the records say" if claim.status == "fails" else "which is not checked:"
            echo(f"{where}{claim.question} “{claim.quote}”, {what} {claim.expected}")
    echo_err(
        f"{counted(len(claims), 'statement')}: {number['holds']} hold, {number['fails']} fail, "
        f"{number['unverifiable']} cannot be verified"
    )
    return 1 if wrong or not claims else 0


def _pair(words: str) -> tuple[str, str]:
    old, equals, new = words.partition("=")
    if not equals or not old.strip() or not new.strip():
        raise UsageError(f"--same takes OLD=NEW, such as roh.plan=risk.plan, not '{words}'")
    return old.strip(), new.strip()


def _both(*paths: str) -> tuple[InspectionFolder, InspectionFolder]:
    """Open both; what is wrong with either is told before anything is refused."""
    folders: list[InspectionFolder] = []
    refused: dict[str, SqsError] = {}
    for path in paths:
        try:
            folders.append(open_folder(path))
        except SqsError as error:
            refused[path] = error
    if len(refused) > 1:
        for path, refusal in refused.items():
            echo_problems(refusal.problems, path)
        worst = max(refused.values(), key=lambda refusal: refusal.exit_code)
        raise type(worst)("neither inspection can be read, so nothing is compared")
    for refusal in refused.values():
        raise refusal
    return folders[0], folders[1]


def rescreening_text(found: Rescreening, *, width: int, subsets: bool = False) -> str:
    """Return the comparison for people: the areas for improvement first, then how to read it."""
    first, *rest = (fill(sentence, width) for sentence in how_to_read(found))
    parts = [title_of(found), first]
    for title, rows in (
        (AREAS, [one for one in found.compared if one.area]),
        ("Other questions", [one for one in found.compared if not one.area]),
        (SUBSETS, found.subsets if subsets else ()),
    ):
        if rows:
            parts.append(f"{title}\n{_table(found, rows, width)}")
    if apart := [one for one in found.questions if one.p is None]:
        lines = table((f"  {name_of(found, one)}", one.why) for one in apart)
        parts.append(f"Not comparable\n{lines}")
    parts += rest
    return "\n\n".join(parts)


def _table(found: Rescreening, rows: Sequence[RescreenedQuestion], width: int) -> str:
    """Two parts a question: its counts and the difference, then what can be said."""
    rendered = table(
        (f"  {name_of(found, one)}", f"{one.before.k}/{one.before.n}", "→", f"{one.after.k}/{one.after.n}",
         difference_words(one))
        for one in rows
    )  # fmt: skip
    lines = zip(rendered.splitlines(), rows, strict=True)
    indent = " " * 6

    def said(one: RescreenedQuestion) -> str:
        return fill(verdict_words(one), width, initial_indent=indent, subsequent_indent=indent)

    return "\n".join(f"{line}\n{said(one)}" for line, one in lines)
