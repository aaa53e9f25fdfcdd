"""Write the author's parts of the letter, and choose how its figures are worded.

>>> part = part_called(criteria, narrative, "instead 2.2")   # doctest: +SKIP
>>> narrative = with_text(narrative, part, "We saw {roh.plan|of cases}.")
>>> narrative = saying_otherwise(narrative, figure)          # by its count, or in words
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.letter.document import Document, Figure, Paragraph
from sqs_core.letter.live_figures import CHOICES
from sqs_core.letter.quotes import is_quoted, place_of_quotes, quoting, unquoting
from sqs_core.letter.reference import counted_in_words
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import EditedParagraph, Narrative
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import whole_number
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.letter_lists import LISTS, LetterList, adding, editing, items, removing

PartKind = Literal["summary", "strength", "improvement", "after", "instead"]
_ITEM_OF: Mapping[LetterList, PartKind] = {"strengths": "strength", "improvements": "improvement"}


@frozen
class LetterPart:
    """A part that the author writes.

    ``kind`` "after" is text after the composed words of the paragraph ``name``, "instead" text in their
    place; of a strength or an improvement ``name`` is its place in the list, from 1.
    """

    kind: PartKind
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called: "Summary", "Strength 2", "Instead 2.2"."""
        return f"{self.kind} {self.name}".strip().capitalize()

    @property
    def place(self) -> int:
        """Of an item of a list, its place from 1."""
        return int(self.name)


def part_called(criteria: Criteria, narrative: Narrative, words: str) -> LetterPart | None:
    """Return the part meant by "summary", "1.4", "instead 1.4", "strength", "improvement 2".

    A list without a number is its next item.  None where nothing is called so.
    """
    kind, _, rest = words.lower().partition(" ")
    if kind == "summary":
        return None if rest else LetterPart("summary")
    if which := LISTS.get(kind):
        known = len(items(narrative, which))
        place = whole_number(rest) if rest else known + 1
        return LetterPart(_ITEM_OF[which], str(place)) if place and place <= known + (not rest) else None
    if kind == "instead":
        return LetterPart("instead", rest) if rest in paragraph_ids(criteria) else None
    return LetterPart("after", words.lower()) if words.lower() in paragraph_ids(criteria) else None


def paragraph_ids(criteria: Criteria) -> tuple[str, ...]:
    """Return the paragraphs of the letter plan, in their order."""
    return tuple(paragraph.id for paragraph in criteria.letter.paragraphs) if criteria.letter else ()


def text_of(narrative: Narrative, part: LetterPart) -> str:
    """Return what the author wrote for ``part``; "" where nothing yet."""
    if part.kind == "summary":
        return narrative.summary
    if which := LISTS.get(part.kind):
        found = items(narrative, which)
        return found[part.place - 1].text if part.place <= len(found) else ""
    edit = narrative.paragraphs.get(part.name, EditedParagraph())
    return edit.text if part.kind == "instead" else edit.add


def item_saying(narrative: Narrative, part: LetterPart, text: str | None) -> LetterPart:
    """Return the item that says ``text`` already where ``part`` would be a further one; else ``part``."""
    if which := LISTS.get(part.kind):
        said = [item.text for item in items(narrative, which)]
        if part.place > len(said) and text in said:
            return evolve(part, name=str(said.index(text) + 1))
    return part


def with_text(narrative: Narrative, part: LetterPart, text: str) -> Narrative:
    """Return the narrative with ``text`` as that part; an empty one takes it away."""
    if part.kind == "summary":
        return evolve(narrative, summary=text)
    if which := LISTS.get(part.kind):
        if part.place > len(items(narrative, which)):
            return adding(narrative, which, text) if text else narrative
        return editing(narrative, which, part.place, text) if text else removing(narrative, which, part.place)
    edit = narrative.paragraphs.get(part.name, EditedParagraph())
    edit = evolve(edit, text=text) if part.kind == "instead" else evolve(edit, add=text)
    paragraphs = {**narrative.paragraphs, part.name: edit}
    if edit == EditedParagraph():
        del paragraphs[part.name]
    return evolve(narrative, paragraphs=paragraphs)


# ---------------------------------------------------------------- reading it


def paragraph_called(document: Document, words: str) -> Paragraph:
    """Return the paragraph with the number or id ``words``; UsageError with those there are."""
    known: dict[str, Paragraph] = {}
    for paragraph in document.paragraphs():
        for name in (paragraph.number, paragraph.id):
            if name:
                known[name.lower().rstrip(".")] = paragraph
    found = known.get(words.lower().rstrip("."))
    if found is None:
        raise UsageError(
            f'There is no paragraph "{words}" in the letter; {did_you_mean(words, known, most=30)}.'
        )
    return found


def figure_sentence(criteria: Criteria, figure: Figure) -> str:
    """Return the words of a figure, its numbers, and the cases counted and not counted."""
    criteria, name = criteria.whole, figure.measure
    values = criteria.has_question(name) and not criteria.question(name).is_judged
    judged = "recorded" if values else "judged"
    then = ", in the inspection before" if figure.is_earlier else ""
    return (
        f'"{figure.text}", from {counted_in_words(criteria, figure.asked_for)}{then}: '
        f"{figure.k} of {figure.n}. "
        f"Counted: {' '.join(figure.counted_cases) or 'none'}. "
        f"The others: {' '.join(figure.others) or 'none'}."
        + (f" Asked of {figure.asked}; not {judged}: {' '.join(figure.unjudged)}." if figure.unjudged else "")
    )


# ---------------------------------------------------------------- saying it


def saying_otherwise(narrative: Narrative, figure: Figure) -> Narrative:
    """Return the narrative in which ``figure`` is said by its count where it was said in words, and back.

    Raises:
        UsageError: the figure has one shape only.
    """
    if figure.form not in CHOICES:
        raise UsageError("this figure has one shape only")
    form = next(choice for choice in CHOICES if choice != figure.form)
    return evolve(narrative, wording={**narrative.wording, figure.reference: form})


def cite(folder: InspectionFolder, person: str) -> str:
    """Quote the note on ``person`` in the letter, or take the quote out; return the paragraph, "" where out.

    Raises:
        UsageError: there is no note, or no paragraph tells what staff said.
    """
    whole = folder.whole
    stored = whole.narrative()
    interview = whole.interview(person).record
    narrative, place = citing(compose_report(whole).document, whole.criteria, stored.record, interview)
    whole.save_narrative(narrative, expect=stored.hash)
    return place


def citing(
    document: Document, criteria: Criteria, narrative: Narrative, interview: Interview
) -> tuple[Narrative, str]:
    """Return the narrative with the note on a person quoted, and in which paragraph.

    Where it is quoted already, the narrative without it, and "".

    Raises:
        UsageError: there is no note, or no paragraph tells what staff said.
    """
    if is_quoted(narrative, interview):
        return unquoting(narrative, interview), ""
    place = place_of_quotes(document, criteria)
    return quoting(narrative, interview, place), place
