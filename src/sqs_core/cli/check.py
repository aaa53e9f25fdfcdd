"""Every inconsistency in the records, as path:line: code message.  Exit 1 where there is one.

examples:
  sqs check leeds
  sqs check leeds --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import counted, open_folder, put, put_json, say, takes_folder, takes_json


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs check``."""
    takes_folder(parser)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Check every record; 3 where one cannot be read, 1 where one is inconsistent, else 0."""
    folder = open_folder(args.dir)
    from sqs_core.storage.audit.verify import changed_outside
    from sqs_core.storage.check import check_inspection
    from sqs_core.storage.moderation.agreed import not_carried_out

    broken, found = check_inspection(folder)
    found += not_carried_out(folder)
    found += changed_outside(folder.path)
    if args.json:
        put_json(
            {
                "format": 1,
                "problems": [{**p._asdict(), "unreadable": p in broken} for p in (*broken, *found)],
            }
        )
    else:
        for problem in (*broken, *found):
            put(f"{'advice: ' if problem.advice else ''}{problem}")
    errors = [p for p in found if not p.advice]
    advice = len(found) - len(errors)
    read = f"{counted(len(folder.case_ids()), 'case')}, {counted(len(broken), 'problem')} of reading"
    say(f"{read}; {counted(len(errors), 'finding')}, {advice} to think about")
    return 3 if broken else 1 if errors else 0
