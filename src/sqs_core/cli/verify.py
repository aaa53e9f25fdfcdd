"""Whether the change log was tampered with, or a record changed without an entry in it.
Exit 1 where something does not fit; the first line of the log that does not is named.

examples:
  sqs verify leeds
  sqs verify leeds --head 14:9f2c0a51d3be         a head printed with a letter earlier
  sqs verify leeds --accept --why "mended case 07 in an editor"
  sqs verify leeds --restore 07 --why "the sync program put an old one back"
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.arguments import takes_folder, takes_json, takes_many
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.storage.audit import history
from sqs_core.storage.audit.restore import restore
from sqs_core.storage.audit.verify import unentered, verify_inspection
from sqs_core.storage.layout import INSPECTION, populations_in, within_population
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs verify``."""
    takes_folder(parser)
    parser.add_argument("--head", metavar="HEAD", help="a head printed earlier: that entry must be there")
    parser.add_argument("--accept", action="store_true", help="enter changes made outside the program")
    put_back = "put a record (07, letter.toml) back as its last entry left it"
    takes_many(parser, "--restore", "RECORD", put_back)
    parser.add_argument("--why", default="", metavar="TEXT", help="with --accept and --restore: the reason")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Verify the history; with --accept, first enter what was changed outside the program."""
    path = Path(args.dir)
    if args.accept and args.restore:
        raise UsageError("--accept lets stand what --restore replaces: one after the other")
    if not (path / INSPECTION).exists() and not (path / history.NAME).exists():
        raise UsageError(f"no inspection in {path}")
    if args.accept:
        if not args.why.strip():
            raise UsageError("say why these changes are to stand: --accept --why '…'")
        folder = open_folder(args.dir)
        for name, _ in folder.journal.enter_all_missed(unentered(path), why=args.why, accepting=True):
            echo_err(f"entered: {name}")
    for record in args.restore:
        echo_err(f"put back: {restore(open_folder(args.dir), record, args.why)}")
    problems = verify_inspection(path, args.head)
    head = history.head(path)
    heads = {name: history.head(path / name) for name in populations_in(path)}
    for name in heads:
        problems += within_population(name, verify_inspection(path / name))
    if args.json:
        data = {"head": head, "problems": [p._asdict() for p in problems]}
        echo_json(data | ({"heads": heads} if heads else {}))
    else:
        for problem in problems:
            echo(f"{'advice: ' if problem.advice else ''}{problem}")
    wrong = [problem for problem in problems if not problem.advice]
    count = head.partition(":")[0] or "0"
    fits = f"{counted(len(wrong), 'thing')} {'does' if len(wrong) == 1 else 'do'} not fit"
    echo_err(f"{counted(int(count), 'entry', 'entries')}; {fits if wrong else 'everything fits'}")
    if head:
        echo_err(f"head {head}")
    for name, last in heads.items():
        echo_err(f"{name}: head {last or 'none yet'}; 'sqs verify --population {name}' is about it alone")
    return 1 if wrong else 0
