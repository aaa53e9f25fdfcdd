"""The words by which an edited letter is read back: phrase scale, claims, disclosure.

All of it is text of the version, one table a language, so that another language is a pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from sqs_core.criteria.ranges import Band


@frozen
class QuantityForm:
    """A way to say a quantity: what it means, its wordings, and examples with what they come to.

    In a wording ``{k}`` is a number, ``{n}`` the number it is out of, ``{share}``, ``{percent}``, ``{band}``
    and ``{hedge}`` are what their names say, ``{unit}`` is a noun with the words before it, ``{bound}`` a
    word that changes a number, and any other name in braces a class of words.  A part with a question mark
    may be missing; what stands in [brackets] has to be there but is not quoted.  ``bound`` is what the
    form's own words do to its number ("seven or more"), ``number`` the number that they state themselves.
    """

    id: str
    means: str
    says: tuple[str, ...]
    bound: str = ""
    number: int = 0
    examples: Mapping[str, str] = field(factory=dict)


@frozen
class ClaimWords:
    """How claims are worded in one language: what the checker of an edited letter goes by.

    One table for the numbers of the language (``numbers``, ``tens``, ``parts``), the words that change them
    (``bounds``), the ``classes`` and ``forms`` of quantities, the nouns of "cases" and "people" (``units``),
    what praises or blames (``judgements``), how a sentence is put together (``sentence``), words that say
    nothing of what was judged (``words``), and phrases with a range (``synonyms`` of rungs of the phrase
    scale, ``hedges``, ``bands``).  docs/letter-check.md says what each list is for.

    A version adds to any of them, and says by which words its own ``measures``, ``populations`` (by fact)
    and ``subsets`` are known, beside those in its questions and its letter plan.
    """

    numbers: Mapping[str, int] = field(factory=dict)
    tens: Mapping[str, int] = field(factory=dict)
    parts: Mapping[str, int] = field(factory=dict)
    bounds: Mapping[str, tuple[str, ...]] = field(factory=dict)
    classes: Mapping[str, tuple[str, ...]] = field(factory=dict)
    forms: tuple[QuantityForm, ...] = ()
    units: Mapping[str, tuple[tuple[str, str], ...]] = field(factory=dict)
    judgements: Mapping[str, tuple[str, ...]] = field(factory=dict)
    sentence: Mapping[str, tuple[str, ...]] = field(factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(factory=dict)
    mutations: Mapping[str, tuple[str, ...]] = field(factory=dict)
    synonyms: Mapping[str, str] = field(factory=dict)
    hedges: tuple[Band, ...] = ()
    bands: tuple[Band, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = field(factory=dict)
    populations: Mapping[str, tuple[str, ...]] = field(factory=dict)
    subsets: Mapping[str, tuple[str, ...]] = field(factory=dict)


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
