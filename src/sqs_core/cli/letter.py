"""The letter: write it, see what is left, check an edited one, keep drafts.

examples:
  sqs letter check darlington-2012 edited.docx --annotate looked-at.docx
  sqs letter disclose darlington-2012
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module

from sqs_core.cli.arguments import ActionHelp, takes_actions, takes_many
from sqs_core.cli.letter_details import kept_as
from sqs_core.cli.letter_drafts import drafts
from sqs_core.workflow.letter_details import DETAILS

ACTIONS = {
    "check": ActionHelp(
        "hold every claim of an edited letter against the records",
        (" edited.docx --annotate looked-at.docx", " edited.txt --strict --json"),
    ),
    "disclose": ActionHelp(
        "what in the letter could identify a child or somebody else", ("", " edited.docx")
    ),
    "details": ActionHelp(
        "to whom, from whom and on what date it goes; with options, set them",
        (' --addressee "The Chair" --signatory "Jo Example"', " --recall"),
    ),
    "write": ActionHelp(
        "write the summary, a paragraph, a strength or an area for improvement",
        (
            ' summary --text "We saw {roh.plan|of cases} with a plan."',
            ' strength --text "Plans were clear." --link 1.4',
            " instead 1.4 --file paragraph.txt",
            " improvement 2 --move 1",
        ),
    ),
    "figures": ActionHelp(
        "live figures to put into a text, by the words of their names", (" plan custody", " 2.2 --json")
    ),
    "wording": ActionHelp(
        "say a figure by its count, or in words: 2.2, or its second: 2.2 2", (" 2.2", " 2.2 2")
    ),
    "left": ActionHelp(
        "what is left before it can go, each with the command that mends it",
        ("", ' --keep 3 --why "agreed with the lead"', " --take 1"),
    ),
    "undo": ActionHelp("take the last change of the letter back", ("", " --who AB")),
    "redo": ActionHelp("make it again", ("", " --who AB")),
    "draft": ActionHelp("keep the letter as it is now as a draft", ("", " --json")),
    "compare": ActionHelp("what changed since the last draft, and why", ("", " --to 1")),
    "propose": ActionHelp(
        "weakest questions and marked strengths, for the author to choose from", ("", " --most 3")
    ),
    "map": ActionHelp("every figure with its cases; for the lead only", ("", " --json")),
    "accuracy": ActionHelp(
        "the factual-accuracy log; with --comment, add to it",
        ("", ' --paragraph 2.3 --comment "It was ten." --response "Eight of 12."'),
    ),
}
HOMES = {
    "write": ("write", "figures", "wording", "undo", "redo"),
    "drafts": ("draft", "compare"),
    "author": ("propose", "map", "accuracy"),
}
"""The modules with several actions; another is called as its action."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs letter``."""
    actions = takes_actions(parser, "action", ACTIONS, "darlington-2012")

    check = actions["check"]
    check.add_argument("file", metavar="FILE", help="the edited letter: .txt .md .html .docx .odt")
    marked = "also write the letter with its claims marked: .html or .docx"
    check.add_argument("--annotate", metavar="OUT", help=marked)
    spoken = "the letter is in this language of the version, not in the inspection's"
    check.add_argument("--language", default="", metavar="TAG", help=spoken)
    strict = "count every number that no claim covers as a finding"
    check.add_argument("--strict", action="store_true", help=strict)
    force = "replace an annotated letter that was edited since"
    check.add_argument("--force", action="store_true", help=force)

    disclosed = "an edited letter (the composed one)"
    actions["disclose"].add_argument("file", metavar="FILE", nargs="?", help=disclosed)

    for detail in DETAILS:
        actions["details"].add_argument(
            f"--{detail.name}",
            dest=kept_as(detail.name),
            action="append",
            metavar="LINE" if detail.many else "TEXT",
            help=detail.hint + (" (once for each)" if detail.many else ""),
        )
    recalled = "take the blank ones from the last inspection of the same service"
    actions["details"].add_argument("--recall", action="store_true", help=recalled)

    write = actions["write"]
    known = "summary, 1.4 (after it), instead 1.4, strength, strength 2, improvement, …"
    write.add_argument("part", metavar="PART", nargs="+", help=known)
    text = write.add_mutually_exclusive_group()
    text.add_argument("--text", metavar="TEXT", help="what to write; empty takes it away")
    text.add_argument("--file", metavar="FILE", help="a text file with it, - for what is piped")
    takes_many(write, "--link", "QUESTION", "of a list: the question it rests on (once for each)")
    write.add_argument("--move", metavar="N", type=int, help="of a list: to this place")
    write.add_argument("--remove", action="store_true", help="of a list: take it out")

    words = "words of the name, or a number"
    actions["figures"].add_argument("words", metavar="WORD", nargs="*", help=words)

    wording = actions["wording"]
    wording.add_argument("paragraph", metavar="PARAGRAPH", help="its number, such as 2.2")
    which = "which of its figures (the first)"
    wording.add_argument("figure", metavar="N", nargs="?", type=int, default=1, help=which)

    one = actions["left"].add_mutually_exclusive_group()
    one.add_argument("--keep", metavar="N", type=int, help="keep line N as it is")
    taken = "put the words of the rescue copy of line N into its record"
    one.add_argument("--take", metavar="N", type=int, help=taken)
    dropped = "throw the rescue copy of line N away; move a copy beside the records out"
    one.add_argument("--drop", metavar="N", type=int, help=dropped)
    actions["left"].add_argument("--why", metavar="TEXT", help="why it can stay; kept with the letter")

    last = "compare with draft N (the last one)"
    actions["compare"].add_argument("--to", type=int, metavar="N", help=last, completer=drafts)
    many = "how many questions (8)"
    actions["propose"].add_argument("--most", type=int, default=8, metavar="N", help=many)
    for option in ("comment", "response", "change", "paragraph"):
        actions["accuracy"].add_argument(f"--{option}", metavar="TEXT")


def run(args: Namespace) -> int:
    """Carry out one action; its module is imported only now."""
    home = next((home for home, actions in HOMES.items() if args.action in actions), args.action)
    module = import_module(f"sqs_core.cli.letter_{home}")
    code: int = getattr(module, f"run_{args.action}")(args)
    return code
