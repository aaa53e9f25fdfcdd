"""Around the letter: check an edited one, look for what could identify a child, keep drafts.

examples:
  sqs letter check darlington-2012 edited.docx --annotate looked-at.docx
  sqs letter disclose darlington-2012
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module

from sqs_core.cli.console import takes_folder, takes_json, takes_who

ACTIONS = {
    "check": ("letter_check", "hold every claim of an edited letter against the records"),
    "disclose": ("letter_disclose", "what in the letter could identify a person"),
    "draft": ("letter_drafts", "keep the letter as it is now as a draft"),
    "compare": ("letter_drafts", "what changed since the last draft, and why"),
    "propose": ("letter_author", "weakest questions and marked strengths, for the author to choose from"),
    "map": ("letter_author", "every figure with its cases; for the lead only"),
    "accuracy": ("letter_author", "the factual-accuracy log; with --comment, add to it"),
}

EXAMPLES = {
    "check": (" edited.docx --annotate looked-at.docx", " edited.txt --json"),
    "disclose": ("", " edited.docx"),
    "draft": ("", " --json"),
    "compare": ("", " --to 1"),
    "propose": ("", " --most 3"),
    "map": ("", " --json"),
    "accuracy": ("", ' --paragraph 2.3 --comment "It was ten." --response "Eight of 12."'),
}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs letter``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, (_, words) in ACTIONS.items():
        examples = "".join(f"  sqs letter {name} darlington-2012{rest}\n" for rest in EXAMPLES[name])
        action = actions.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.\n\nexamples:\n{examples}",
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
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
            force = "replace an annotated letter that was edited since"
            action.add_argument("--force", action="store_true", help=force)
        elif name == "disclose":
            action.add_argument("file", metavar="FILE", nargs="?", help="an edited letter (the composed one)")
        elif name == "compare":
            action.add_argument("--to", type=int, metavar="N", help="compare with draft N (the last one)")
        elif name == "propose":
            action.add_argument("--most", type=int, default=8, metavar="N", help="how many questions (8)")
        elif name == "accuracy":
            for option in ("comment", "response", "change", "paragraph"):
                action.add_argument(f"--{option}", metavar="TEXT")


def run(args: Namespace) -> int:
    """Carry out one action; its module is imported only now."""
    module = import_module(f"sqs_core.cli.{ACTIONS[args.action][0]}")
    code: int = getattr(module, f"run_{args.action}")(args)
    return code
