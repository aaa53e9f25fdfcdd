"""Whose records the nouns about a quantity are: its own, and those that say beside it what it counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqs_core.claims.amounts import Quantity
from sqs_core.claims.clause_splitter import Parsed, WordSpan, content_of
from sqs_core.claims.measure_cues import MeasureCues, Stems
from sqs_core.claims.nearby import Nearby
from sqs_core.claims.tokens import phrase_of


def pointed_nouns(sentences: Sequence[Parsed], place: int, quantity: Quantity, cues: MeasureCues) -> Stems:
    """Return the nouns of records that other words say a quantity of the sentence at ``place`` is of.

    "We looked at 20 victims. … in 13 of them"; "We looked at 20 victims. In 13 …"; "11 of 20; these were
    victims' cases".
    """
    nouns, parsed = frozenset().union(*cues.called.values()), sentences[place]
    first, last = parsed.firsts[quantity.first], parsed.firsts[quantity.last]
    pointed = set(_numbered(sentences[:place], cues, nouns) if _is_bare(quantity) else ())
    if any(token.type == "C_THEM" for token in parsed.tokens[quantity.first : quantity.last]):
        before = (stem for one in sentences[:place] for stem in one.stems)
        pointed |= set([stem for stem in (*before, *parsed.stems[:first]) if stem in nouns][-1:])
    clauses = [(parsed, span) for span in parsed.statements if span.first >= last]
    clauses += [(one, WordSpan(0, len(one.words))) for one in sentences[place + 1 : place + 2]]
    for clause, span in clauses:
        counts = any(span.holds(first) for first, _ in clause.spans)
        if not counts and content_of(clause, span, cues) <= nouns:
            pointed |= nouns.intersection(clause.stems[span.first : span.last])
    return frozenset(pointed)


def _is_bare(quantity: Quantity) -> bool:
    """Return whether a number says neither what it counts nor what it is out of."""
    return quantity.means == "count" and not (quantity.unit or quantity.population) and quantity.n is None


def _numbered(before: Sequence[Parsed], cues: MeasureCues, nouns: Stems) -> Stems:
    """Return the nouns of records in the last sentence that numbers any, where it says no more of them."""
    for one in reversed(before):
        numbers = [one.firsts[at] + 1 for at, token in enumerate(one.tokens) if token.type == "NUMBER"]
        numbered = nouns.intersection(stem for at in numbers for stem in one.stems[at : at + 2])
        judged = any(Nearby(one, at, cues).tells() for at in range(len(one.quantities)))
        if numbered or judged:
            return frozenset() if judged else numbered
    return frozenset()


def calls_others(nearby: Nearby, pointed: Stems, counted: set[str], measures: Collection[str]) -> bool:
    """Return whether the nouns about a quantity are those of others than the populations ``counted``.

    These are a general noun, the word after a number without one, and nouns ``pointed`` to by other words;
    but a word in which one of its ``measures`` is told says no such thing.
    """
    q, cues, called = nearby.q, nearby.cues, nearby.cues.called
    if not counted <= called.keys():
        return False
    own = frozenset().union(*(called[name] for name in counted))
    others = frozenset().union(*called.values()) - own
    spoken = frozenset().union(*(cues.measures[name].own for name in measures if name in cues.measures))
    if pointed & others - spoken and not pointed & own:
        return True
    if q.own_population:
        return False
    after = nearby.parsed.words[nearby.place[1] :][:1]
    noun = {cues.stemmer.stem(word) for word in phrase_of(q.unit) or after} - cues.anyone
    return not noun & own and (bool(noun & others) or (q.population == "people" and bool(noun)))
