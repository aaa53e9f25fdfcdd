"""Write docs/sqs.1, the man page, from the parsers themselves: python docs/manpage.py"""

from __future__ import annotations

import re
from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

from sqs_core import __version__
from sqs_core.cli import COMMANDS, parser_of

PAGE = Path(__file__).with_name("sqs.1")
HEAD = """\
.\\" Written by docs/manpage.py from the parsers: change those, not this.
.TH SQS 1 "" "sqs {version}" "Short Quality Screening"
.SH NAME
sqs \\- step through cases with the case manager, then write the letter
.SH SYNOPSIS
.B sqs
.RI [ COMMAND ]
.RI [ arguments ]
.RB [ \\-\\-no\\-plugins ]
.RB [ \\-\\-who
.IR INITIALS ]
.br
.B sqs
.BR \\-\\-help " | " \\-\\-version
.SH DESCRIPTION
Short Quality Screening of youth\\-justice casework: an inspector steps through each case with its case
manager; the letter is then composed from the records, and every figure in it opens to the cases behind it.
.PP
An inspection is a folder of plain text files, one for each case.  Without a command the screens open.
Data go to standard output, words for people to standard error;
.B \\-\\-json
prints data with a
.I format
number.  Every command takes
.BR \\-\\-help ,
.B \\-\\-no\\-plugins
and
.B \\-\\-who
.IR INITIALS .
.SH COMMANDS
"""
TAIL = """\
.SH EXIT STATUS
.TP
.B 0
fine
.TP
.B 1
findings: something was looked for and found
.TP
.B 2
the command was not understood, names what is not there, or needs a terminal
.TP
.B 3
a record cannot be read, or is of a newer version
.TP
.B 4
a plugin is missing or failed
.TP
.B 5
somebody else holds or has changed the record, or it could not be written
.TP
.B 130
interrupted
.SH ENVIRONMENT
.TP
.B SQS_WHO
who enters things into the history, instead of the user's name
.TP
.B SQS_NO_PLUGINS
load no plugins
.TP
.B SQS_ASCII
the screens keep to ASCII
.TP
.B NO_COLOR
no colour
.TP
.BR VISUAL ", " EDITOR
what the screens open a long text in
.TP
.B XDG_CONFIG_HOME
where the screens' settings are (~/.config)
.TP
.B XDG_STATE_HOME
where the screens keep what was last open (~/.local/state)
.SH FILES
.TP
.I inspection.toml
service, dates, criteria version, addressee, copies
.TP
.I cases/07.toml
one case: facts and answers
.TP
.I interviews/A.toml
one member of staff
.TP
.I letter.toml
what the author wrote for the letter
.TP
.I history.jsonl
who changed what, when and why, each line chained to the one before
.SH SEE ALSO
.BR man (1),
the files of
.I docs
in the source, and
.B sqs
.I COMMAND
.B \\-\\-help
"""


def page() -> str:
    """The whole page in roff."""
    return HEAD.format(version=__version__) + "".join(map(_command, COMMANDS)) + TAIL


def _command(name: str) -> str:
    parser = parser_of(name)
    written = f".SS sqs {plain(name)}\n" + _described(parser)
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for child, below in action.choices.items():
                written += f".PP\n.B sqs {plain(name)} {plain(child)}\n.RS\n{_described(below)}.RE\n"
    return written


def _described(parser: ArgumentParser) -> str:
    text, _, rest = (parser.description or "").partition("examples:\n")
    examples, _, after = rest.partition("\n\n")
    words = [" ".join(part.split()) for part in re.split(r"\n\s*\n", f"{text}\n\n{after}") if part.strip()]
    written = "\n.PP\n".join(map(plain, words)) + "\n"
    written += "".join(_entry(action) for action in _listed(parser))
    if examples.strip():
        lines = "\n".join(plain(line.strip()) for line in examples.strip().splitlines())
        written += f".PP\nExamples:\n.PP\n.RS 4\n.EX\n{lines}\n.EE\n.RE\n"
    return written


def _listed(parser: ArgumentParser) -> Iterator[Action]:
    everywhere = ("help", "no_plugins", "who")
    for action in parser._actions:
        hidden = action.dest in everywhere or action.help == SUPPRESS
        if not (hidden or isinstance(action, _SubParsersAction)):
            yield action


def _entry(action: Action) -> str:
    value = str(action.metavar or action.dest.upper())
    if action.choices:
        value = "|".join(map(str, action.choices))
    if action.option_strings:
        names = ", ".join(rf"\fB{plain(name)}\fR" for name in action.option_strings)
        head = names + (rf" \fI{plain(value)}\fR" if action.nargs != 0 else "")
    else:
        head = rf"\fI{plain(value)}\fR"
    said = (action.help or "").replace("%%", "%")
    return f".TP\n{head}\n{plain(said)}\n" if said else f".TP\n{head}\n\\&\n"


def plain(text: str) -> str:
    """``text`` as roff prints it: no escape, no request, hyphens that can be copied."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(rf"\&{line}" if line.startswith((".", "'")) else line for line in safe.split("\n"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote docs/{PAGE.name}")
