"""The letter: write it, see what is left, check an edited one, keep drafts.

examples:
  sqs letter check darlington-2012 edited.docx --annotate looked-at.docx
  sqs letter disclose darlington-2012
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module

from sqs_core.cli.arguments import takes_folder, takes_json, takes_who
from sqs_core.cli.letter_details import kept_as
from sqs_core.cli.letter_drafts import drafts
from sqs_core.workflow.letter_details import DETAILS

ACTIONS = {
    "check": "hold every claim of an edited letter against the records",
    "disclose": "what in the letter could identify a child or somebody else",
    "details": "to whom, from whom and on what date it goes; with options, set them",
    "write": "write the summary, a paragraph, a strength or an area for improvement",
    "figures": "live figures to put into a text, by the words of their names",
    "wording": "say a figure by its count, or in words: 2.2, or its second: 2.2 2",
    "left": "what is left before it can go, each with the command that mends it",
    "undo": "take the last change of the letter back",
    "redo": "make it again",
    "draft": "keep the letter as it is now as a draft",
    "compare": "what changed since the last draft, and why",
    "propose": "weakest questions and marked strengths, for the author to choose from",
    "map": "every figure with its cases; for the lead only",
    "accuracy": "the factual-accuracy log; with --comment, add to it",
}
HOMES = {
    "check": "letter_check",
    "disclose": "letter_disclose",
    "details": "letter_details",
    "write": "letter_write",
    "figures": "letter_write",
    "left": "letter_left",
    "wording": "letter_write",
    "undo": "letter_write",
    "redo": "letter_write",
    "draft": "letter_drafts",
    "compare": "letter_drafts",
    "propose": "letter_author",
    "map": "letter_author",
    "accuracy": "letter_author",
}

EXAMPLES = {
    "check": (" edited.docx --annotate looked-at.docx", " edited.txt --strict --json"),
    "disclose": ("", " edited.docx"),
    "details": (' --addressee "The Chair" --signatory "Jo Example"', " --recall"),
    "write": (
        ' summary --text "We saw {roh.plan|of cases} with a plan."',
        ' strength --text "Plans were clear." --link 1.4',
        " instead 1.4 --file paragraph.txt",
        " improvement 2 --move 1",
    ),
    "figures": (" plan custody", " 2.2 --json"),
    "wording": (" 2.2", " 2.2 2"),
    "left": ("", ' --keep 3 --why "agreed with the lead"', " --take 1"),
    "undo": ("", " --who AB"),
    "redo": ("", " --who AB"),
    "draft": ("", " --json"),
    "compare": ("", " --to 1"),
    "propose": ("", " --most 3"),
    "map": ("", " --json"),
    "accuracy": ("", ' --paragraph 2.3 --comment "It was ten." --response "Eight of 12."'),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs letter``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, words in ACTIONS.items():
        examples = "".join(f"  sqs letter {name} darlington-2012{rest}\n" for rest in EXAMPLES[name])
        action = actions.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.\n\nexamples:\n{examples}",
        )
        takes_folder(action)
        takes_json(action)
        takes_who(action)
        if name == "check":
            action.add_argument("file", metavar="FILE", help="the edited letter: .txt .md .html .docx .odt")
            action.add_argument(
                "--annotate",
                metavar="OUT",
                help="also write the letter with its claims marked: .html or .docx",
            )
            spoken = "the letter is in this language of the version, not in the inspection's"
            action.add_argument("--language", default="", metavar="TAG", help=spoken)
            strict = "count every number that no claim covers as a finding"
            action.add_argument("--strict", action="store_true", help=strict)
            force = "replace an annotated letter that was edited since"
            action.add_argument("--force", action="store_true", help=force)
        elif name == "details":
            for detail in DETAILS:
                action.add_argument(
                    f"--{detail.name}",
                    dest=kept_as(detail.name),
                    action="append",
                    metavar="LINE" if detail.many else "TEXT",
                    help=detail.hint + (" (once for each)" if detail.many else ""),
                )
            recalled = "take the blank ones from the last inspection of the same service"
            action.add_argument("--recall", action="store_true", help=recalled)
        elif name == "write":
            known = "summary, 1.4 (after it), instead 1.4, strength, strength 2, improvement, …"
            action.add_argument("part", metavar="PART", nargs="+", help=known)
            text = action.add_mutually_exclusive_group()
            text.add_argument("--text", metavar="TEXT", help="what to write; empty takes it away")
            text.add_argument("--file", metavar="FILE", help="a text file with it, - for what is piped")
            linked = "of a list: the question it rests on (once for each)"
            action.add_argument("--link", metavar="QUESTION", action="append", help=linked)
            action.add_argument("--move", metavar="N", type=int, help="of a list: to this place")
            action.add_argument("--remove", action="store_true", help="of a list: take it out")
        elif name == "figures":
            action.add_argument("words", metavar="WORD", nargs="*", help="words of the name, or a number")
        elif name == "left":
            one = action.add_mutually_exclusive_group()
            one.add_argument("--keep", metavar="N", type=int, help="keep line N as it is")
            taken = "put the words of the rescue copy of line N into its record"
            one.add_argument("--take", metavar="N", type=int, help=taken)
            dropped = "throw the rescue copy of line N away; move a copy beside the records out"
            one.add_argument("--drop", metavar="N", type=int, help=dropped)
            action.add_argument("--why", metavar="TEXT", help="why it can stay; kept with the letter")
        elif name == "wording":
            action.add_argument("paragraph", metavar="PARAGRAPH", help="its number, such as 2.2")
            which = "which of its figures (the first)"
            action.add_argument("figure", metavar="N", nargs="?", type=int, default=1, help=which)
        elif name == "disclose":
            action.add_argument("file", metavar="FILE", nargs="?", help="an edited letter (the composed one)")
        elif name == "compare":
            action.add_argument(
                "--to", type=int, metavar="N", help="compare with draft N (the last one)", completer=drafts
            )
        elif name == "propose":
            action.add_argument("--most", type=int, default=8, metavar="N", help="how many questions (8)")
        elif name == "accuracy":
            for option in ("comment", "response", "change", "paragraph"):
                action.add_argument(f"--{option}", metavar="TEXT")


def run(args: Namespace) -> int:
    """Carry out one action; its module is imported only now."""
    module = import_module(f"sqs_core.cli.{HOMES[args.action]}")
    code: int = getattr(module, f"run_{args.action}")(args)
    return code
