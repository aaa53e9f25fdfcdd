"""The words by which an edited letter is read back: phrase scale, claims, disclosure.

All of it is text of the version, one table a language, so that another language is a pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field, frozen

from sqs_core.criteria.text import Text


@frozen
class Band:
    """A rung of the phrase scale: the phrase, and for which k of n it may be said.

    Shares are of the n judged cases; a bound that is absent does not bind.
    """

    id: str
    text: Text
    missing_at_least: int = 0
    missing_at_most: int | None = None
    count_at_least: int = 0
    count_at_most: int | None = None
    total_at_least: int = 1
    share_above: Fraction | None = None
    share_at_least: Fraction | None = None
    share_below: Fraction | None = None
    share_at_most: Fraction | None = None

    def admits(self, k: int, n: int) -> bool:
        """Whether the phrase may be said of ``k`` cases of ``n``; never of no cases."""
        if n < max(self.total_at_least, 1) or k < self.count_at_least:
            return False
        above, at_least, below, at_most = (
            self.share_above,
            self.share_at_least,
            self.share_below,
            self.share_at_most,
        )
        # k/n against a bound in whole numbers: exact, and the linter asks 40,000 times.
        return (
            (self.count_at_most is None or k <= self.count_at_most)
            and n - k >= self.missing_at_least
            and (self.missing_at_most is None or n - k <= self.missing_at_most)
            and (above is None or k * above.denominator > n * above.numerator)
            and (at_least is None or k * at_least.denominator >= n * at_least.numerator)
            and (below is None or k * below.denominator < n * below.numerator)
            and (at_most is None or k * at_most.denominator <= n * at_most.numerator)
        )


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
