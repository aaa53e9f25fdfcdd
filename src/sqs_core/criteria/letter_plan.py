"""How a version turns results into a letter: its words for quantities and its letter plan.

Everything here is text of the version.  The composer adds no word of its own, so a letter
in another language is another set of texts.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from sqs_core.criteria.claim_words import Band, ClaimWords, DisclosureWords
from sqs_core.criteria.text import Text

NOTHING = Text({})


@frozen
class AllBut:
    """From how many cases on "all but ``missing``" is said instead of "k of the n"."""

    missing: int
    total_at_least: int


@frozen
class Words:
    """The small words of one language: numbers, joiners and the shapes of "k of n".

    ``numbers`` gives 0, 1, 2 … in words; those up to ``words_up_to`` are written in words
    everywhere, the others only at the start of a sentence.  Two parts are joined by
    ``joined_and``; the last of three or more clauses by ``last_and``.  In the shapes, ``{k}`` and
    ``{n}`` are numbers, ``{missing}`` is n less k and ``{unit}`` is the noun, one or many.
    A rung of the phrase scale is said from ``phrases_from`` cases on; of fewer, the count is.
    """

    numbers: tuple[str, ...]
    units: Mapping[str, tuple[str, str]]
    words_up_to: int
    comma: str
    joined_and: str
    joined_or: str
    last_and: str
    last_or: str
    the_one: str
    both: str
    all_of: str
    all_but: str
    some_of: str
    none_of: str
    any_of: str
    either_of: str
    the_total: str
    the_other_one: str
    the_others: str
    counted: str
    phrase_of: str
    including: str
    but_not: str
    date: str
    date_range: str
    date_range_in_month: str
    months: tuple[str, ...]
    all_but_when: tuple[AllBut, ...] = ()
    neither_of: str = ""
    of_nothing: str = ""
    phrases_from: int = 1


@frozen
class GroupItem:
    """One measure of a grouped sentence, and the clause that tells what it is about."""

    about: str
    clause: Text


@frozen
class Sentence:
    """What a paragraph says of one measure, worded by how the result came out.

    The wordings are tried from the most special to ``some``: ``single_yes`` and
    ``single_no`` (one case in all), ``none`` (k is 0), ``all``, ``but_one``, ``most``
    (over half), ``few``, ``some``; ``nothing`` where no case was judged, or ``unjudged`` where the
    question was asked of some, but none was judged.  A result that has
    no wording is not spoken of.  ``other`` speaks of the cases that were not sufficient,
    with ``{reasons}``; ``other_partly`` where some of them have no reason recorded,
    ``other_bare`` where none has; ``because`` is for a result of none.
    With ``items`` the sentence is said once for each group of measures that came out alike,
    ``{clauses}`` being their clauses.
    """

    about: str = ""
    text: Text = NOTHING
    single_yes: Text = NOTHING
    single_no: Text = NOTHING
    none: Text = NOTHING
    all: Text = NOTHING
    but_one: Text = NOTHING
    most: Text = NOTHING
    few: Text = NOTHING
    some: Text = NOTHING
    nothing: Text = NOTHING
    unjudged: Text = NOTHING
    subsets: tuple[str, ...] = ()
    unit: str = "cases"
    other: Text = NOTHING
    other_partly: Text = NOTHING
    other_bare: Text = NOTHING
    because: Text = NOTHING
    items: tuple[GroupItem, ...] = ()


@frozen
class PlannedParagraph:
    """One paragraph: its number (or name, where ``numbered`` is false) and its sentences."""

    id: str
    numbered: bool = True
    sentences: tuple[Sentence, ...] = ()


@frozen
class PlannedSection:
    """A heading and what stands under it.

    ``holds`` says what: the planned paragraphs, or what the author writes — the
    ``summary``, the ``strengths`` (bullets) or the ``improvements`` (roman numerals) —
    between ``before`` and ``after``; ``missing`` stands in while the author has not written.
    """

    id: str
    title: Text
    level: int = 2
    number: str = ""
    holds: str = "paragraphs"
    before: Text = NOTHING
    after: Text = NOTHING
    missing: Text = NOTHING
    paragraphs: tuple[PlannedParagraph, ...] = ()


@frozen
class TakeawayWords:
    """The words of the case manager's sheet; ``{case}`` and ``{manager}`` are filled in."""

    title: Text
    manager: Text
    strengths: Text
    learning: Text
    nothing: Text


PLAIN_TAKEAWAY = TakeawayWords(
    Text.plain("What to take away from case {case}"),
    Text.plain("For the case manager: {manager}"),
    Text.plain("What went well"),
    Text.plain("What there is to learn"),
    Text.plain("Nothing was noted."),
)


@frozen
class MemoHead:
    """The labels of a memo's head, as letters of 2015 and 2016 had it instead of an address."""

    to: Text
    copy_to: Text
    sender: Text
    date: Text


@frozen
class LetterPlan:
    """The letter of a version, from the title to the copy list, and its words.

    With a ``memo`` head the addressee, the copies, the signatory and the date stand in it and
    not where a letter has them.  ``reoffending`` is said after the opening where the
    inspection has the published rate: ``{rate}``, ``{before}``, ``{national}``, ``{period}``.
    """

    title: Text
    salutation: Text
    sections: tuple[PlannedSection, ...]
    words: Mapping[str, Words]
    claims: Mapping[str, ClaimWords] = field(factory=dict)
    disclosure: Mapping[str, DisclosureWords] = field(factory=dict)
    phrase_scale: tuple[Band, ...] = ()
    opening: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()
    farewell: Text = NOTHING
    copies: Text = NOTHING
    note: Text = NOTHING
    practice: Text = NOTHING
    other_partly: Text = NOTHING
    other_bare: Text = NOTHING
    because_partly: Text = NOTHING
    reoffending: Text = NOTHING
    memo: MemoHead | None = None
    takeaway: TakeawayWords = PLAIN_TAKEAWAY
    gaps: Mapping[str, Text] = field(factory=dict)
    roles: Mapping[str, tuple[str, str]] = field(factory=dict)
