"""The learning sheet of one case for its case manager: strengths and learning, no judgements.

examples:
  sqs takeaway darlington-2012 07
  sqs takeaway darlington-2012 07 --html -o case-07.html
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.console import open_folder, put, put_json, say, takes_folder, takes_json


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs takeaway``."""
    takes_folder(parser)
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--html", action="store_true", help="as a web page")
    parser.add_argument("--judgements", action="store_true", help="tell the judgements too")
    parser.add_argument("-o", "--output", metavar="FILE", help="write here instead of stdout")
    parser.add_argument("--force", action="store_true", help="replace a file that was edited since")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print or write the sheet."""
    from attrs import asdict

    from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY
    from sqs_core.letter.takeaway import takeaway, takeaway_html, takeaway_text
    from sqs_core.storage.audit.access_log import log_opening
    from sqs_core.storage.write_outputs import write_outputs

    folder = open_folder(args.dir)
    plan = folder.criteria.letter
    words = plan.takeaway if plan else PLAIN_TAKEAWAY
    record = folder.case(args.case).record
    sheet = takeaway(folder.criteria, record, language=folder.inspection.language, judgements=args.judgements)
    if args.output in (None, "-"):
        log_opening(folder, args.case)
    if args.json:
        put_json({"format": 1, **asdict(sheet)})
        return 0
    text = takeaway_html(sheet, words) if args.html else takeaway_text(sheet, words) + "\n"
    if args.output in (None, "-"):
        put(text.rstrip("\n"))
    else:
        path = Path(args.output)
        details = {"files": [path.name], "text": True}
        write_outputs(folder, {path: text.encode()}, "export", details, force=args.force)
        say(f"wrote {args.output}")
    return 0
