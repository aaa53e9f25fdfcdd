"""Play a year of a made-up service through: four screenings, actions, a comparison, a letter, pages.

    python docs/year.py FOLDER

Every case in it is made up.  Between the first screening and the last the service has learnt to plan for the
risk of harm, and nothing else has changed but by chance.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqs_core.cli import main

SERVICE = "Made-up Youth Justice Service"
QUARTERS = {"winter": "2026-02-02", "spring": "2026-05-11", "summer": "2026-08-10", "autumn": "2026-11-09"}
CASES = [f"{number:02}" for number in range(1, 15)]
LEARNT = {"winter": 3, "spring": 6, "summer": 11, "autumn": 14}
"""From how many of the cases on, in their order, the plan is good enough."""


def sqs(*words: str, fine: tuple[int, ...] = (0,)) -> None:
    """Run a command; anything but an exit code that is ``fine`` ends it all."""
    code = main(words)
    if code not in fine:
        raise SystemExit(f"sqs {' '.join(words)}: exit {code}")


def make(folder: Path) -> None:
    """Play the year through in ``folder``."""
    folder.mkdir(parents=True)
    os.chdir(folder)
    for seed, (name, day) in enumerate(QUARTERS.items(), 61):
        sqs("synth", name, "--seed", str(seed), "--service", SERVICE, "--dates", day)
        for place, case in enumerate(CASES):
            good = place < LEARNT[name]
            why = () if good else ("--reason", "not-clear", "--evidence", "Synthetic: the plan is at tab 5.")
            sqs("fact", name, case, "rosh_identified=yes")
            sqs("answer", name, case, "roh.plan", "sufficient" if good else "insufficient", *why)
    for area, question in (("planning for the risk of harm", "roh.plan"), ("oversight", "mgt.oversight.roh")):
        sqs("letter", "write", "winter", "improvement", "--text", area, "--link", question)
    add = ("action", "add", "winter", "--area")
    team = ("--owner", "operations manager", "--due", "2026-04-30", "--shown-by", "dip sample of ten plans")
    sqs(*add, "i", "--action", "Train the team", *team)
    sqs(*add, "ii", "--action", "Managers sign each plan", "--owner", "team managers", "--due", "2026-06-30")
    seen = ("--note", "nine of ten plans are good", "--on", "2026-04-27", "--who", "AB")
    sqs("action", "set", "winter", "1", "--state", "done", *seen)
    sqs("action", "list", "winter", "--on", "2026-11-30", "-o", "actions.html")
    sqs("letter", "details", "autumn", "--earlier", "winter")
    for end in ("html", "docx", "pdf"):
        sqs("report", "autumn", "-o", f"letter.{end}")
        sqs("compare", "winter", "autumn", "-o", f"compare.{end}", fine=(1,))
    sqs("report", "autumn", "-o", "board.html", "-r", "board-html")
    sqs("report", "autumn", "-o", "one-page.html", "-r", "one-page")
    sqs("programme", "build", *QUARTERS, "--to", "year", "--practice")
    for end in ("html", "docx", "pdf"):
        sqs("programme", "show", "year", "--question", "roh.plan", "-o", f"trend.{end}")
    sqs("programme", "show", "year", "-o", "year.html")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
