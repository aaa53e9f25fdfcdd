"""Take away the records of cases, their copies, and every text about them in the history.  Shows
what would go; --apply does it.  The log keeps that it was done, and what was done before without a word
of what was written.  An SSD, a backup or a snapshot may still hold the rest.

examples:
  sqs purge leeds 07 --why "drawn by mistake" --apply
  sqs purge leeds --before 2027-01-01 --why "retention schedule"
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from sqs_core.cli.arguments import takes_folder, takes_json
from sqs_core.cli.completers import cases
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.exports.data import pick
from sqs_core.storage.audit.purge import cases_before, purge, purge_plan


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs purge``."""
    takes_folder(parser)
    parser.add_argument("cases", metavar="CASE", nargs="*", completer=cases)
    parser.add_argument("--before", metavar="DATE", help="every case that nobody changed since before DATE")
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason")
    parser.add_argument("--apply", action="store_true", help="do it; without this it is only shown")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Show what would go, or take it away."""
    if bool(args.cases) == bool(args.before):
        raise UsageError("which cases? name them, or give --before DATE")
    folder = open_folder(args.dir, args)
    cases = tuple(args.cases)
    if args.before:
        try:
            cases = cases_before(folder, date.fromisoformat(args.before))
        except ValueError:
            raise UsageError(f"--before is a date such as 2027-01-01, not '{args.before}'") from None
    found = purge(folder, cases, args.why) if args.apply else purge_plan(folder, cases)
    if args.json:
        data = pick(found, "cases", "files", "texts", "doubtful")
        echo_json({"applied": args.apply, **data})
    else:
        for name in found.files:
            echo(name)
    for name in found.doubtful:
        echo_err(f"stays, and may hold something of it: {name}; look at it, and delete it if so")
    echo_err(f"{'purged' if args.apply else 'would purge'} {found}")
    if not args.apply:
        echo_err("nothing was touched; --apply does it")
    return 0
