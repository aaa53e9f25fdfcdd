"""Live figures without braces: offered by the names and numbers of what they count, shown by their words.

    >>> filler = figure_filler(folder)                           # doctest: +SKIP
    >>> offers = figures_offered(filler, "plan custody")
    >>> offers[0].words, offers[0].name
    ('three of the four cases', '2.3 risk of harm plan, in custody')
    >>> shown = shown_text(filler, "We saw {roh.plan|of cases}.")
    >>> shown.text
    'We saw [seven of the ten cases].'
    >>> stored_text(shown, "We saw [seven of the ten cases] done.")
    'We saw {roh.plan|of cases} done.'

A text is stored with references in braces and shown with the words of today in brackets; what somebody
types over in brackets becomes a typed number, which proofreading reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from sqs_core.errors import SqsError
from sqs_core.letter.compose import wording_of
from sqs_core.letter.document import Figure, Paragraph
from sqs_core.letter.live_figures import Filler
from sqs_core.letter.reference import REFERENCE, Reference, counted_in_words, read_reference
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import OTHER, Findings

OPENS, CLOSES = "[", "]"
_SHOWN = re.compile(r"\[([^\[\]]*)\]")


@frozen
class FigureOffer:
    """A figure that can be put into a text.

    ``reference`` stands for it in the stored text, ``words`` are what it says today, ``name`` says what it
    counts; ``k`` of ``n``.
    """

    reference: str
    words: str
    name: str
    k: int
    n: int


def figure_filler(inspection: Inspection, findings: Findings, narrative: Narrative) -> Filler:
    """Return what gives figures their words, as the letter of ``inspection`` has them."""
    findings = findings.widest
    language = inspection.language or findings.criteria.languages[0]
    return Filler(findings, wording_of(findings.criteria, language), dict(narrative.wording))


def figures_offered(filler: Filler, words: str = "", most: int = 200) -> tuple[FigureOffer, ...]:
    """Return the figures whose names hold every one of ``words``; of nothing there is none.

    For each question and each group of cases: how many are good enough, how many are not, how many were
    given each other outcome.
    """
    wanted = words.lower().split()
    found = []
    for offer in _offers(filler):
        if all(word in f"{offer.name} {offer.reference}".lower() for word in wanted):
            found.append(offer)
            if len(found) == most:
                break
    return tuple(found)


def _offers(filler: Filler) -> Iterator[FigureOffer]:
    criteria = filler.findings.criteria
    for question in criteria.questions:
        given = [o.id for o in criteria.outcomes_of(question) if o.counts == "insufficient"]
        several = given if len(given) > 1 else []
        parts = several if question.is_judged else [choice.id for choice in question.choices]
        for subset in ("", *(subset.id for subset in criteria.subsets)):
            for outcome in ("", OTHER, *parts):
                offer = _offer(filler, Reference(question.id, outcome, subset, "of", "cases"))
                if offer is not None:
                    yield offer
    for asked in criteria.interview_questions:
        offer = _offer(filler, Reference(asked.id, "", "", "of", "people"))
        if offer is not None:
            yield offer


def _offer(filler: Filler, asked: Reference) -> FigureOffer | None:
    try:
        figure = filler.figure(asked)
    except SqsError:
        return None
    if not figure.n:
        return None
    name = counted_in_words(filler.findings.criteria, asked)
    return FigureOffer(reference_to(figure), figure.text, name, figure.k, figure.n)


def reference_to(figure: Figure) -> str:
    """Return how a figure is written in a stored text: ``{roh.plan@custody|of cases}``."""
    # The shape "other" says by itself that it counts the rest.
    reference = figure.reference.replace(":other", "") if figure.form == "other" else figure.reference
    unit = f" {figure.unit}" if figure.unit else ""
    return "{" + f"{reference}|{figure.form}{unit}" + "}"


def composed_text(paragraph: Paragraph) -> str:
    """Return a paragraph as its author would write it, its figures live: editing begins from this."""
    return "".join(run if isinstance(run, str) else reference_to(run) for run in paragraph.runs)


# ---------------------------------------------------------------- shown and stored


@frozen
class ShownText:
    """A text as it is shown, and the references behind its words in brackets, in their order."""

    text: str
    figures: tuple[tuple[str, str], ...] = ()
    """Pairs of the words in brackets and the reference in braces."""


def shown_text(filler: Filler, stored: str) -> ShownText:
    """Return ``stored`` with the words of today for every figure that can be said; others stay in braces."""
    figures: list[tuple[str, str]] = []

    def words(match: re.Match[str]) -> str:
        asked = read_reference(match[0])
        try:
            said = filler.figure(asked).text if asked and asked.measure else ""
        except SqsError:
            said = ""
        if not said:
            return match[0]
        figures.append((said, match[0]))
        return f"{OPENS}{said}{CLOSES}"

    return ShownText(REFERENCE.sub(words, stored), tuple(figures))


def stored_text(shown: ShownText, text: str) -> str:
    """Return ``text``, an edited :class:`ShownText`, with its figures as references again.

    Words in brackets are a figure where they are those of one that was there; the same words twice are taken
    in their order.  Other brackets stay as they are; words of a figure typed over lose it.
    """
    left = list(shown.figures)

    def reference(match: re.Match[str]) -> str:
        for place, (words, stored) in enumerate(left):
            if words.lower() == match[1].strip().lower():
                if any(w.lower() == words.lower() for w, _ in left[place + 1 :]):
                    del left[place]
                return stored
        return match[0]

    return _SHOWN.sub(reference, text)


def followed(shown: ShownText, text: str, offers: Mapping[str, str] | None = None) -> ShownText:
    """Return ``shown`` after an edit that made ``text`` of it, the figures in it in their order.

    Called after every edit it knows which of two figures with the same words was taken out: what stands
    before and after the edit is what it was.  Words in brackets within the edit are a figure where they are
    those of one of ``offers`` (words to reference) put in, or of one that was taken out or copied.
    """
    before = _live(shown)
    same = next((at for at, (a, b) in enumerate(zip(shown.text, text, strict=False)) if a != b), None)
    start = min(len(shown.text), len(text)) if same is None else same
    room = min(len(shown.text), len(text)) - start
    backwards = zip(reversed(shown.text), reversed(text), strict=False)
    end = next((at for at, (a, b) in enumerate(backwards) if a != b or at == room), room)
    moved = len(text) - len(shown.text)
    out = [pair for (a, b), pair in before.items() if b > start and a < len(shown.text) - end]
    figures: list[tuple[str, str]] = []
    for match in _SHOWN.finditer(text):
        a, b = match.span()
        words = match[1].strip()
        if b <= start:
            pair = before.get((a, b))
        elif a >= len(text) - end:
            pair = before.get((a - moved, b - moved))
        elif offers and words in offers:
            pair = (words, offers[words])
        else:
            known = [*out, *shown.figures]
            pair = next((one for one in known if one[0].lower() == words.lower()), None)
            if pair in out:
                out.remove(pair)
        if pair is not None:
            figures.append(pair)
    return ShownText(text, tuple(figures))


def _live(shown: ShownText) -> dict[tuple[int, int], tuple[str, str]]:
    """Return where each figure stands in the text as it is shown."""
    left = list(shown.figures)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for match in _SHOWN.finditer(shown.text):
        if left and match[1].strip().lower() == left[0][0].lower():
            found[match.span()] = left.pop(0)
    return found
