"""A text, such as a pre-sentence report, to find sentences in and to quote from into the evidence.

It is held in memory until plain mode ends, and is no part of any record.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.notes import put_note
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.talk import counted
from sqs_core.documents.folding import Span
from sqs_core.letter.source_text import SourceText
from sqs_core.text import whole_number

LABEL = "PSR"
MOST = 20
PASTE = "paste"


@define
class OpenText:
    """The text of a case, and the sentences that were found in it last."""

    source: SourceText = field(repr=False)
    found: tuple[Span, ...] = field(default=(), repr=False)


def open_text(desk: Desk, here: Place, rest: str) -> Iterator[str]:
    """Read the file that ``rest`` names, or with "paste" the lines that follow; nothing of it is saved.

    What to call it may stand behind an "as".
    """
    from sqs_core.storage.source_file import pasted_source, read_source

    if desk.shared:
        yield 'No text is read in the shared view; "shared" turns it off.'
    elif rest:
        file, _, label = (f" {rest}").partition(" as ")
        file, label = file.strip(), label.strip()[:40] or LABEL
        if file == PASTE:
            yield "Paste the text, or type it. Finish with a line holding only a full stop."
            source = pasted_source(_pasted(desk), label)
        else:
            source = read_source(file, label)
        desk.texts[here.case] = OpenText(source)
        left = f" {counted(source.dropped, 'hostile character')} left out." if source.dropped else ""
        yield f"{source.label}: {counted(len(source.paragraphs), 'paragraph')} read, none saved.{left}"
        yield '"quote" and some words finds sentences in it.'
    elif here.case in desk.texts:
        yield f"{desk.texts[here.case].source.label} is open for this case, and saved nowhere."
    else:
        yield (
            'No text is open for this case: "text report.txt" reads one; .txt, .md and .docx can be read. '
            '"text paste" takes one that is pasted.'
        )


def _pasted(desk: Desk) -> str:
    """Lines up to one that holds a full stop only; where the input ends before, there was no text."""
    lines: list[str] = []
    while (line := desk.talk.line(">")).strip() != ".":
        lines.append(line)
    return "\n".join(lines)


def quote(desk: Desk, here: Place, rest: str) -> Place:
    """Say the sentences that hold the words ``rest``, or put the one of that number into the evidence."""
    text = desk.texts.get(here.case)
    if desk.shared or text is None:
        for line in open_text(desk, here, ""):
            desk.talk.say(line)
    elif 0 < (place := whole_number(rest) or 0) <= len(text.found):
        put_note(desk, here, "evidence", text.source.quote(text.found[place - 1]))
    elif rest:
        for line in _find(text, rest):
            desk.talk.say(line)
    else:
        desk.talk.say('Quote what? "quote" and some words finds sentences, "quote 1" quotes the first.')
    return here


def _find(text: OpenText, words: str) -> Iterator[str]:
    source = text.source
    places = dict.fromkeys(source.unit_at("sentence", start) for start, _ in source.found(words))
    text.found = tuple(source.sentences[place] for place in places)[:MOST]
    for number, span in enumerate(text.found, 1):
        yield f"{number}. {source.quote(span)}"
    if not places:
        yield "Those words are not in the text."
    elif len(places) > MOST:
        yield f"And {len(places) - MOST} more; say more words of what you want."
    else:
        yield '"quote 1" puts the first into the evidence.'
