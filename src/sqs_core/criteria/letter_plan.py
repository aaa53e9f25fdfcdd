"""How a version turns results into a letter: its words for quantities and its letter plan.

Everything here is text of the version.  The composer adds no word of its own, so a letter
in another language is another set of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs
from attrs import field, frozen

from sqs_core.criteria.claim_words import ClaimWords, DisclosureWords
from sqs_core.criteria.ranges import Band, FigureTest
from sqs_core.text import Text

NOTHING = Text({})
BRACES = re.compile(r"\{[^{}]*\}")
"""What stands in braces in a text of the plan: a figure, or the name of another text."""
_RATED = re.compile(r"\{((?:rating|computed)\.[A-Za-z0-9_.-]+)\}")


@frozen
class AllBut:
    """From how many cases on "all but ``missing``" is said instead of "k of the n"."""

    missing: int
    total_at_least: int


@frozen
class Merging:
    """When clauses with words in common are told as one: "the plan or the review was late".

    Args:
        least: so many words must be in common, at the beginning or at the end; 0 for never.
        weak: small words that go with what follows, so that a common beginning does not end with them.
        verbs: what a common ending begins with: verbs that are the same for one thing and for several.
        negations: words of a common beginning after which the rest is joined by "or".
        stay: words that are not parted from what comes before them.
    """

    least: int = 0
    weak: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    stay: tuple[str, ...] = ()


@frozen
class Words:
    """The small words of one language: numbers, joiners and the shapes of "k of n".

    ``numbers`` gives 0, 1, 2 … in words; those up to ``words_up_to`` are written in words
    everywhere, the others only at the start of a sentence.  ``meeting`` says what words become where they
    meet in a figure ("pump achos" is "pum achos" in Welsh).  Two parts are joined by
    ``joined_and``; the last of three or more clauses by ``last_and``.  In the shapes, ``{k}`` and
    ``{n}`` are numbers, ``{missing}`` is n less k and ``{unit}`` is the noun, one or many; ``{one}`` is the
    noun of one, for a language in which that follows every number.
    A rung of the phrase scale is said from ``phrases_from`` cases on; of fewer, the count is.

    Where not all of a population were judged, the noun of those who were says so, by "cases" and
    "people": ``so_far`` while some are unanswered ("{unit} judged so far"), ``judged`` where some
    could not be judged, ``applied`` where it did not apply to the others.  Those not judged are
    counted as ``further`` ("two further cases").  ``recorded`` is of a choice among several where an answer
    is not recorded of all ("{unit} in which that is recorded"); ``judged``, where it is left out.

    ``on_date`` and ``during_dates`` put a preposition before the ``{dates}`` of one day, or of several.
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
    further: str = "{k} {unit}"
    so_far: Mapping[str, str] = field(factory=dict)
    judged: Mapping[str, str] = field(factory=dict)
    applied: Mapping[str, str] = field(factory=dict)
    recorded: Mapping[str, str] = field(factory=dict)
    on_date: str = "{dates}"
    during_dates: str = "{dates}"
    merging: Merging = field(factory=Merging)
    meeting: Mapping[str, str] = field(factory=dict)


@frozen
class GroupItem:
    """One measure of a grouped sentence, and the clause that tells what it is about."""

    about: str
    clause: Text


@frozen
class Wordings:
    """What is said of one measure, worded by how the result came out.

    The wordings are tried from the most special to ``some``: ``single_yes`` and ``single_no``
    (one case judged; where they tell the population, one case in all), ``lone_no`` (one of several
    judged, and k is 0), ``none`` (k is 0), ``all``, ``but_one``, ``most`` (over half), ``few``,
    ``some``.  Before all others, where not all of the population was judged: ``partly`` (k is not 0) and
    ``partly_none``.  Where no case was judged:
    ``nothing`` if the population is empty, ``unjudged`` if it is not, ``unrecorded`` if the facts
    that decide it were not recorded.  A result that has no wording is not spoken of.
    """

    single_yes: Text = NOTHING
    single_no: Text = NOTHING
    lone_no: Text = NOTHING
    partly: Text = NOTHING
    partly_none: Text = NOTHING
    none: Text = NOTHING
    all: Text = NOTHING
    but_one: Text = NOTHING
    most: Text = NOTHING
    few: Text = NOTHING
    some: Text = NOTHING
    nothing: Text = NOTHING
    unjudged: Text = NOTHING
    unrecorded: Text = NOTHING


@frozen
class Sentence(Wordings):
    """A sentence of the plan: its wordings, and what is said beside them.

    Args:
        about: the measure, written like a live figure; "" for words that state no finding.
        text: those words.
        subsets: the subsets told of in ``{subsets}``, where they differ from the whole.
        unit: the noun of its figures, by its name in the version.
        other: speaks of the cases that were not sufficient, with ``{reasons}``.
        other_partly: instead, where some of them have no reason recorded.
        other_bare: instead, where none has.
        because: the reasons where the result is none.
        when: conditions, all of which must hold for it to be said.
        verdict: praise or blame without a figure; said only where enough cases were judged.
        voice: the only voice it is said in; "" for any.
        items: measures told of together where they came out alike, ``{clauses}`` being their clauses.
        next: how the second group of items is worded, and those after it.
        again: how a group is worded whose numbers are those of the group before.
        others: the reasons of all groups, where there are several.
        clauses_at_most: so many clauses go into one sentence; the rest is told with ``also``; 0 for any.
        also: what goes on of the same group.
    """

    about: str = ""
    text: Text = NOTHING
    subsets: tuple[str, ...] = ()
    unit: str = "cases"
    other: Text = NOTHING
    other_partly: Text = NOTHING
    other_bare: Text = NOTHING
    because: Text = NOTHING
    when: tuple[FigureTest, ...] = ()
    verdict: bool = False
    voice: str = ""
    items: tuple[GroupItem, ...] = ()
    next: Wordings = field(factory=Wordings)
    again: Wordings = field(factory=Wordings)
    others: Text = NOTHING
    clauses_at_most: int = 0
    also: Text = NOTHING

    @property
    def abouts(self) -> tuple[str, ...]:
        """The measures that it tells of, its own and those of its items."""
        return tuple(filter(None, (self.about, *(item.about for item in self.items))))

    @property
    def is_fixed(self) -> bool:
        """Whether it says the same whatever was found."""
        return not self.about and not self.items


@frozen
class PlannedParagraph:
    """One paragraph: its number (or name, where ``numbered`` is false) and its sentences.

    It is left out where none of them has anything to say; ``optional`` tells that this is meant.
    """

    id: str
    numbered: bool = True
    optional: bool = False
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
class NotJudged:
    """What is said of a population that was not judged, or not all of it.

    ``all`` where none of it was and the sentence has no words of its own, ``unrecorded`` where the
    facts that decide it were not recorded.  ``unknown``, ``pending`` and ``exempt`` are clauses on
    those that could not be judged, are not answered yet, or to which it did not apply; one sentence
    is made of them.

    ``{unjudged}`` in a wording says why none was: ``tried`` where it could be judged in no case, ``so_far``
    where it could not be in some and others are not answered yet, ``waiting`` where none is answered,
    ``needless`` where it applied to none.
    """

    all: Text = NOTHING
    tried: Text = NOTHING
    so_far: Text = NOTHING
    waiting: Text = NOTHING
    needless: Text = NOTHING
    unrecorded: Text = NOTHING
    unknown: Text = NOTHING
    pending: Text = NOTHING
    exempt: Text = NOTHING


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

    Verdicts are given from ``verdicts_from`` judged cases on.  ``voices`` are who can write: for
    each, texts by name, which stand in braces; the first is the voice where an inspection names none.
    ``reasons`` are clauses for reasons, by id, instead of those where they are asked for.
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
    not_judged: NotJudged = field(factory=NotJudged)
    reasons: Mapping[str, Text] = field(factory=dict)
    verdicts_from: int = 0
    voices: Mapping[str, Mapping[str, Text]] = field(factory=dict)
    reoffending: Text = NOTHING
    memo: MemoHead | None = None
    takeaway: TakeawayWords = PLAIN_TAKEAWAY
    gaps: Mapping[str, Text] = field(factory=dict)
    roles: Mapping[str, tuple[str, str]] = field(factory=dict)

    @property
    def paragraphs(self) -> tuple[PlannedParagraph, ...]:
        """The paragraphs of all sections, in their order."""
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all paragraphs, in their order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    def titles(self, language: str, place: str) -> list[tuple[str, str]]:
        """Return the headings of the sections as a letter on ``place`` has them, each with its section."""
        return [(s.title.in_language(language).replace("{place}", place), s.id) for s in self.sections]

    def months(self, language: str) -> tuple[str, ...]:
        """Return the names of the months; none in a language that the letter is not written in."""
        return self.words[language].months if language in self.words else ()

    @cached_property
    def rated(self) -> frozenset[str]:
        """The ratings that stand in a text of the letter: ``rating.overall``, or as ``computed.overall``."""
        return frozenset(name for words in self._wordings() for name in _RATED.findall(words))

    def names(self, name: str) -> bool:
        """Return whether ``{name}`` stands in a text of the letter, in any language."""
        return any(f"{{{name}}}" in words for words in self._wordings())

    def _wordings(self) -> Iterator[str]:
        """Yield the words of every text that stands in a letter, in every language."""
        for text in texts_in((self.opening, self.closing, self.note, self.sections)):
            yield from text.wordings.values()


def without_braces(words: str) -> str:
    """Return ``words`` of the plan with a blank for all that stands in braces."""
    return BRACES.sub(" ", words)


def texts_in(value: Any, skip: str = "") -> Iterator[Text]:
    """Yield every text in a value of the plan, whatever fields it has."""
    if isinstance(value, Text):
        yield value
    elif attrs.has(type(value)):
        for name in (f.name for f in attrs.fields(type(value)) if f.name != skip):
            yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
