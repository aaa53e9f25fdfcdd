"""Which measures a statement can be about, by what it says and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from attrs import frozen

from sqs_core.claims.measure_cues import Measure, MeasureCues, Stems

NO_MEASURE: Final = "no measure is named in the words around it"
MOST_TOGETHER: Final = 6
"""Measures that one statement is taken to be about, at most."""


class Pool(NamedTuple):
    """The measures that a paragraph can be about; ``numbered`` where it is known which of the plan it is."""

    measures: tuple[str, ...]
    numbered: bool
    section: str = ""


class Named(NamedTuple):
    """What a statement can be about: alternatives, each of measures told together; or why none."""

    alternatives: tuple[tuple[str, ...], ...]
    why: str = ""


@frozen
class Mention:
    """What a statement says of its measures.

    ``content`` are the stems in it that tell something, ``judged`` whether it praises or blames, ``people``
    whether it counts people (None where no noun says), ``population`` the one that its noun says.
    ``shorts`` are the measures whose short name stands
    in it, ``by_own_words`` those it calls by words of the version's own, ``topic`` what was spoken of before.
    """

    content: Stems
    judged: bool = True
    people: bool | None = None
    population: str = ""
    shorts: tuple[str, ...] = ()
    by_own_words: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()


@frozen
class MeasureNamer:
    """Names the measures of statements.  Every word of one has to be a word that its measure is told in."""

    cues: MeasureCues

    def named(self, said: Mention, pool: Pool) -> Named:
        """Return what measures a statement in a paragraph of ``pool`` can be about."""
        content, measures = said.content, self.cues.measures

        def able(measure: Measure) -> bool:
            alike = said.population in ("", measure.population)
            return alike and said.people in (None, measure.people)

        fitting = [m for m in map(measures.__getitem__, pool.measures) if able(m)]
        own = [m for m in map(measures.__getitem__, said.by_own_words) if able(m)]
        own = [m for m in own if not pool.numbered or m in fitting]
        if own and content <= frozenset().union(*(m.own for m in own)):
            return Named((tuple(m.id for m in own),))
        if not content:
            return self._unnamed(said, fitting, pool)
        telling = [m for m in fitting if self._tells(m, said, fitting)]
        best = _most(telling, lambda m: (len(content & m.keys), -len(m.keys - content)))
        best = [m for m in best if m.id in said.topic] or best
        if len(best) > 1 and all(_apart(m, best) and _apart(m, best) <= content for m in best):
            return Named((tuple(m.id for m in best),))  # "the assessment and the plan had been reviewed"
        outside = [m for m in measures.values() if m not in fitting and able(m) and self._can_tell(m, said)]
        full = [m for m in outside if m.id in said.shorts or (m.keys <= content and self._in_full(m))]
        full = _most(full, lambda m: (len(m.keys), 0))
        if best and not own:
            implied = self.cues.implied.get(pool.section, frozenset())
            if not (pool.numbered and all(m.keys - implied <= content for m in best)):
                # What the paragraph is about is not named in full, so another measure may be meant.
                near = [m for m in outside if m.section == pool.section and m.keys - implied <= content]
                best = [*best, *(m for m in near if m.keys), *full]
            return Named(tuple(dict.fromkeys((m.id,) for m in best)))
        if together := self._together(fitting, said, own):
            return Named((together,))
        why = self._why_not(fitting or list(measures.values()), content)
        return Named(tuple((m.id,) for m in full), "" if full else why)

    def _unnamed(self, said: Mention, fitting: Sequence[Measure], pool: Pool) -> Named:
        """Name the measures of a statement that says nothing of what it is about."""
        if said.topic and all(said.population in ("", self.cues.measures[m].population) for m in said.topic):
            return Named((said.topic,))
        able = [m for m in fitting if m.judged == said.judged] or (fitting if len(fitting) == 1 else [])
        found = tuple((m.id,) for m in able) if pool.numbered else ()
        return Named(found, "" if found else NO_MEASURE)

    def _in_full(self, measure: Measure) -> bool:
        """Whether its keys name ``measure`` anywhere: they are several, or one that no other is told in."""
        others = (m.own | m.reasons for m in self.cues.measures.values() if m is not measure)
        return len(measure.keys) > 1 or (bool(measure.keys) and not any(measure.keys & o for o in others))

    def _can_tell(self, measure: Measure, said: Mention) -> bool:
        return said.content <= measure.own and (said.judged or not measure.judged)

    def _tells(self, measure: Measure, said: Mention, fitting: Sequence[Measure]) -> bool:
        """Whether a statement tells ``measure``, and not only what it has in common with its paragraph."""
        if not self._can_tell(measure, said) or measure.judged:
            return self._can_tell(measure, said)
        # "Barriers were considered" says of no measure of two on barriers that it was done.
        others = [m for m in fitting if m != measure]
        keys = frozenset().union(*(m.keys for m in others))
        rivals = frozenset().union(*(m.own for m in others if said.content <= m.own))
        shared = keys if said.judged else rivals - (measure.keys - keys)
        return bool(said.content & (measure.own - shared)) or (said.judged and len(fitting) == 1)

    def _together(
        self, fitting: Sequence[Measure], said: Mention, named: Sequence[Measure]
    ) -> tuple[str, ...]:
        """Return the fewest measures that tell all of a statement between them, each a part of its own."""
        content = said.content
        able = [m for m in fitting if content & m.own and (said.judged or not m.judged) and m not in named]
        for many in range(1 if named else 2, MOST_TOGETHER + 1 - len(named)):
            covering = []
            for group in combinations(able, many):
                own = [m.own for m in (*named, *group)]
                alone = [m.own - frozenset().union(*(o for o in own if o is not m.own)) for m in group]
                if content <= frozenset().union(*own) and all(content & part for part in alone):
                    covering.append([m for m in fitting if m in named or m in group])
            if covering:
                best = max(covering, key=lambda group: sum(len(content & m.keys) for m in group))
                return tuple(m.id for m in best)
        return ()

    def _why_not(self, measures: Sequence[Measure], content: Stems) -> str:
        nearest = max(measures, key=lambda m: (len(content & m.own), len(content & m.keys)), default=None)
        if nearest is None or not content & (nearest.own | nearest.reasons):
            return NO_MEASURE
        if content <= nearest.own:
            return f"it may speak of {nearest.id}, but does not name it in full"
        if content <= nearest.own | nearest.reasons:
            return f"it seems to count a reason for {nearest.id}, which no figure does"
        return f"it seems to speak of {nearest.id}, but also of something else"


def _apart(measure: Measure, others: Sequence[Measure]) -> Stems:
    """Return the words that name a measure and none of the others."""
    return measure.keys - frozenset().union(*(m.keys for m in others if m is not measure))


def _most(measures: Sequence[Measure], score: Callable[[Measure], tuple[int, int]]) -> list[Measure]:
    """Return the measures with the highest score."""
    highest = max(map(score, measures), default=(0, 0))
    return [m for m in measures if score(m) == highest]
