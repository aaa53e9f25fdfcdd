"""The words by which an edited letter is read back: phrase scale, claims, disclosure.

All of it is text of the version, one table a language, so that another language is a pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field, frozen

from sqs_core.criteria.ranges import Band


@frozen
class ClaimWords:
    """How claims are worded in one language: what the checker of an edited letter goes by.

    ``patterns`` maps a kind of quantity to its wordings; in a wording ``{k}`` is a number,
    ``{n}`` the number it is out of, ``{unit}`` a noun, ``(the )`` may be missing, ``<in>`` comes
    before what is quoted and ``[had|was]`` after it.  ``units`` maps "cases" and "people" to
    their nouns, one and many.  ``synonyms`` maps other phrases to rungs of the scale; ``hedges``
    are adverbs such as "always", with their range.  ``fractions`` maps words to a share;
    ``over``, ``under`` and ``about`` come before them.

    A sentence is cut into clauses at ``breaks``, and between two quantities at ``joins``;
    ``including`` begins an aside about a subset and ``excluding`` one about a subset left out.
    ``negations`` turn "good enough" round.  ``judged`` is how it is said that nothing could be
    judged.  ``whole`` says that all cases of the sample are meant, ``subsets`` and
    ``populations`` (by fact) that some of them are.  ``asides`` are read as if not there.
    ``cues`` maps a paragraph of the plan to its measures and the words by which each is known;
    ``*`` stands for any ending, and a cue that begins with ``~`` only counts where no other does.
    """

    patterns: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[tuple[str, str], ...]]
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]
    adjectives: tuple[str, ...] = ()
    hedges: tuple[Band, ...] = ()
    synonyms: Mapping[str, str] = field(factory=dict)
    joins: tuple[str, ...] = ()
    fractions: Mapping[str, Fraction] = field(factory=dict)
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    percent: tuple[str, ...] = ("%",)
    breaks: tuple[str, ...] = ()
    including: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    interviewed: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    subsets: Mapping[str, tuple[str, ...]] = field(factory=dict)
    populations: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class DisclosureWords:
    """What the disclosure check of one language goes by.

    A capitalised pair with one of ``organisations`` in it, or among ``known``, is no name;
    ``ordinary`` words begin a sentence and are no forename;
    ``titles`` come before names and ``schools`` after them; ``case_words`` come before a case
    number.  ``one_person`` says that one child is told of, and ``details`` are words (``*`` for
    any ending) that beside it can single the child out.
    """

    organisations: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    case_words: tuple[str, ...] = ()
    one_person: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
