"""The learning sheet of one case for its case manager: strengths and learning, no judgements.

examples:
  sqs takeaway darlington-2012 07
  sqs takeaway darlington-2012 07 -o case-07.docx
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from attrs import asdict, evolve

from sqs_core.cli.arguments import takes_case, takes_folder, takes_json, takes_output
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.workflow.outputs import takeaway_of, takeaway_output, write_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs takeaway``."""
    takes_folder(parser)
    takes_case(parser)
    parser.add_argument("--html", action="store_true", help="as a web page, whatever the file is called")
    parser.add_argument("--judgements", action="store_true", help="tell the judgements too")
    takes_output(parser, ".txt, .html, .docx, .pdf")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print or write the sheet."""
    folder = open_folder(args.dir, args)
    made = takeaway_of(folder, folder.case(args.case).record, judgements=args.judgements)
    if args.output in (None, "-"):
        log_opening(folder, args.case)
    if args.json:
        echo_json(asdict(made.sheet))
    elif args.output in (None, "-"):
        echo((made.html if args.html else made.text).rstrip("\n"))
    else:
        path = Path(args.output)
        output = takeaway_output(made, path)
        if args.html:  # whatever the file is called
            output = evolve(output, files={path: made.html.encode()})
        write_output(folder, output, force=args.force)
        echo_err(f"wrote {args.output}")
    return 0
