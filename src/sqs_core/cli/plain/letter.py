"""The words for the letter: reading it aloud, writing its parts, wording, proof and drafts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqs_core.claims.proofreading import proofread
from sqs_core.cli.plain.details import set_detail
from sqs_core.cli.plain.saving import StaleTextError
from sqs_core.cli.plain.shell import Shell
from sqs_core.cli.plain.writing import LetterWriting, Written
from sqs_core.letter.document import Block, Heading, Items, Paragraph, roman
from sqs_core.letter.drafts import FigureChange, changes, draft_of
from sqs_core.records.narrative import Narrative
from sqs_core.storage.drafts import draft_numbers, keep_draft, load_draft
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import counted, whole_number
from sqs_core.workflow.answering import added
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.figures import composed_text, figure_filler
from sqs_core.workflow.letter_details import detail_called
from sqs_core.workflow.letter_text import (
    LetterPart,
    figure_sentence,
    paragraph_called,
    part_called,
    saying_otherwise,
    text_of,
    with_text,
)
from sqs_core.workflow.navigation import Location

KINDS = (
    '"write summary", "write 1.4" (after the composed words of 1.4), "write instead 1.4" (in their place), '
    '"write strength", "write improvement", "write strength 2" (to change the second)'
)


class TheLetter(Shell):
    """The letter, its drafts, and what the author writes into it."""

    # ------------------------------------------------------------ reading it

    def do_letter(self, rest: str) -> None:
        """Say the letter, or one paragraph with what each of its figures rests on."""
        document = compose_report(self.folder).document
        if not rest:
            for block in document.blocks:
                self.say_all(block_lines(block))
            self.say_all(f"To look at: {problem}." for problem in document.problems)
            self.say(
                'This was the letter. "letter 2.2" tells the cases behind a paragraph; "proof" checks it.'
            )
            return
        paragraph = paragraph_called(document, rest)
        self.say(f"{paragraph.number} {paragraph.words}".strip())
        count = len(paragraph.figures)
        for place, figure in enumerate(paragraph.figures, 1):
            self.say(f"Figure {place} of {count}: {figure_sentence(self.criteria, figure)}")
        if not count:
            self.say("No figure stands in this paragraph.")

    def do_proof(self, rest: str) -> None:
        """Read the letter through: numbers without a link, names, case numbers, long sentences."""
        folder = self.folder
        report = compose_report(folder)
        exceptions = folder.narrative().record.exceptions
        found = proofread(folder.inspection, report.findings, report.document, folder.case_ids(), exceptions)
        self.say(f"{counted(found.live, 'live figure')}.")
        if found.typed is None:
            self.say("Numbers typed by hand cannot be read in this language.")
        for claim in found.typed or ():
            why = f" {claim.why}" if claim.why else ""
            self.say(f'{claim.paragraph or "Text"}: "{claim.quote}" is typed, not a live figure.{why}')
        for finding in found.findings:
            self.say(f"{finding.paragraph or 'Text'}: {finding.words}.")
        for sentence in found.long:
            self.say(f"{sentence.paragraph or 'Text'}: a sentence of {sentence.words} words.")
        self.say_all(f"To look at: {problem}." for problem in report.document.problems)
        if found.findings:
            self.say("Mend each, or keep it with a reason in letter.toml.")
        else:
            self.say("No name or case number was found, as far as patterns can tell.")

    # ------------------------------------------------------------ writing it

    def do_write(self, rest: str) -> None:
        """Ask for one part of the letter in lines and save it; "clear" takes away what was written."""
        folder = self.folder
        narrative = folder.narrative().record
        part = part_called(self.criteria, narrative, rest)
        if part is None:
            self.say(f"Write what? {KINDS}.")
            return
        before = text_of(narrative, part)
        report = compose_report(folder)
        filler = figure_filler(folder.inspection, report.findings, narrative)
        composed = ""
        if part.kind == "instead" and not before:
            composed = composed_text(paragraph_called(report.document, part.name))
        writing = LetterWriting(filler, composed)
        intro = f"{part.title} now: {writing.shown(before)}" if before else ""
        which = TextOf(folder, "letter", "", f"{part.kind}.{part.name}")
        save = partial(self._save, part, before, writing)
        self.write(part.title, before, which, save, intro=intro, writing=writing)

    def _save(self, part: LetterPart, began_with: str, writing: LetterWriting, found: Written) -> None:
        after_theirs = False

        def change(narrative: Narrative) -> Narrative:
            nonlocal began_with, after_theirs
            there = text_of(narrative, part)
            if found.replaces and there not in (began_with, found.text):
                # Never over somebody's words: yours go after them, once the person has seen both.
                self.say(f"{part.title} was changed meanwhile. It is now: {writing.shown(there)}")
                began_with, after_theirs = there, True
                raise StaleTextError(
                    f"{part.title}: somebody else changed it; on again yours goes after theirs"
                )
            text = added(there, found.text) if after_theirs else found.onto(there)
            return with_text(narrative, part, text)

        entered = f"{part.title}, {counted(len(found.text), 'character')}"
        if self.workspace.change_narrative(change, entered, writing.shown(found.text)):
            self.say_saved(f"{part.title}: saved in the letter.")
            document = compose_report(self.folder).document
            name = part.name if part.kind in ("after", "instead") else part.kind
            self.say_all(f"It reads: {p.words}" for p in document.paragraphs() if p.id == name)
            self.say_all(f"To look at: {problem}." for problem in document.problems if not problem.advice)

    def do_details(self, rest: str) -> None:
        """Go to the details of the letter; with a name and words, change one at once."""
        if not rest:
            self.go(Location("details"))
            return
        name, _, words = rest.partition(" ")
        detail = detail_called(name)
        if words:
            set_detail(self, detail, words.split(";"))
        else:
            self.go(Location("details", item=detail.name))

    def do_strengths(self, rest: str) -> None:
        """Go to the list of strengths."""
        self.go(Location("list", item="strengths"))

    def do_improvements(self, rest: str) -> None:
        """Go to the list of areas for improvement."""
        self.go(Location("list", item="improvements"))

    def do_left(self, rest: str) -> None:
        """Go to all that is left before the letter can go."""
        if self.here.view == "left":
            self.room.arrive()
        self.go(Location("left"))

    def do_wording(self, rest: str) -> None:
        """Say a figure by its count or in words: "wording 2.2" or, for its second figure, "wording 2.2 2"."""
        name, _, place = rest.partition(" ")
        document = compose_report(self.folder).document
        paragraphs = {paragraph.number or paragraph.id: paragraph for paragraph in document.paragraphs()}
        figures = paragraphs[name].figures if name in paragraphs else ()
        number = whole_number(place) if place else 1
        if number is None or not 1 <= number <= len(figures):
            self.say(
                "Which figure? For example: wording 2.2, or its second: wording 2.2 2. "
                '"letter 2.2" lists them.'
            )
            return
        figure = figures[number - 1]
        if self.workspace.change_narrative(lambda n: saying_otherwise(n, figure), "the wording of a figure"):
            now = compose_report(self.folder).document.figures()
            text = next((f.text for _, f in now if f.reference == figure.reference), "")
            self.say_saved(f'It says "{text}" now.')

    # ------------------------------------------------------------ drafts

    def do_draft(self, rest: str) -> None:
        """Say what changed since the draft kept last; "draft keep" keeps one, "draft 2" compares with it."""
        folder = self.folder
        report = compose_report(folder)
        numbers = draft_numbers(folder.path)
        if rest.lower() == "keep":
            number, _ = keep_draft(folder, report.document, report.findings)
            self.say(f"Kept as draft {number}.")
            return
        if not numbers:
            self.say('No draft has been kept yet; "draft keep" keeps the letter as it is now.')
            return
        wanted = whole_number(rest)
        if rest and wanted is None:
            known = f"a draft from {numbers[0]} to {numbers[-1]}: draft {numbers[-1]}"
            self.say(f"Type draft, draft keep, or {known}.")
            return
        before = load_draft(folder.path, wanted)
        found = changes(before, draft_of(report.document, report.findings, before.number + 1))
        for change in found:
            self.say(f"{change.name} was: {change.before or 'nothing'}")
            self.say(f"{change.name} is: {change.after or 'nothing'}")
            self.say_all(_figure_change(figure) for figure in change.figures)
            if not change.figures:
                self.say("No figure changed: the text was edited.")
        changed = f"{counted(len(found), 'paragraph')} changed since draft {before.number}."
        self.say(changed if found else f"As in draft {before.number}.")


def block_lines(block: Block) -> Iterator[str]:
    """Yield a line for each thing to be read of one block of the letter."""
    if isinstance(block, Heading):
        yield f"Heading: {block.number}. {block.text}" if block.number else f"Heading: {block.text}"
    elif isinstance(block, Paragraph):
        yield f"{block.number}. {block.words}" if block.number else block.words
    elif isinstance(block, Items):
        for place, item in enumerate(block.items, 1):
            yield f"{'-' if block.style == 'bullet' else roman(place) + '.'} {item.words}"
    else:
        yield from (block.title, *block.lines) if block.title else block.lines


def _figure_change(change: FigureChange) -> str:
    was = f"{change.before.k} of {change.before.n}" if change.before else "not said"
    now = f"{change.after.k} of {change.after.n}" if change.after else "not said"
    why = f" Because: {'; '.join(change.because)}." if change.because else ""
    return f"{change.reference}: was {was}, is {now}.{why}"
