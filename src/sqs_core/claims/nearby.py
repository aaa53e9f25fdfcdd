"""The words that go with a quantity: what its "where …" can reach, and which group of cases they name."""

from __future__ import annotations

from typing import Final, NamedTuple

from attrs import frozen

from sqs_core.claims.amounts import Quantity
from sqs_core.claims.clause_splitter import Parsed, Tag, WordSpan
from sqs_core.claims.measure_cues import MeasureCues

_GROUPS: Final = frozenset({"population", "notpopulation", "subset", "whole", "asides", "views", "of-judged"})
_TOLD: Final = frozenset({"good", "bad", "outcome", "same"})


class CaseGroup(NamedTuple):
    """A subset of cases that a quantity counts within, "" for all; or why that cannot be told."""

    subset: str
    why: str = ""


@frozen
class Nearby:
    """One quantity of a sentence, by its place ``at`` among them, and the words about it."""

    parsed: Parsed
    at: int
    cues: MeasureCues

    @property
    def q(self) -> Quantity:
        """The quantity."""
        return self.parsed.quantities[self.at]

    @property
    def place(self) -> tuple[int, int]:
        """From which word to which it stands."""
        return self.parsed.spans[self.at]

    @property
    def span(self) -> WordSpan:
        """The statement it stands in."""
        return self.parsed.statement(self.place[0])

    @property
    def neighbours(self) -> list[int]:
        """The other quantities of its statement, by their places."""
        spans = enumerate(self.parsed.spans)
        return [i for i, (a, _) in spans if i != self.at and self.span.holds(a)]

    def tags(self, *kinds: str) -> list[Tag]:
        """Return the tags of its statement that are of one of ``kinds``."""
        return [tag for kind in kinds for tag in self.parsed.tagged(kind, self.span)]

    def is_in(self, tag: Tag, *kinds: str) -> bool:
        """Return whether a tag is a part of a longer one: "must" of "must still be judged"."""
        return any(m.holds(tag.first) for m in self.parsed.of_kind(*kinds))

    def window(self) -> tuple[int, int]:
        """Return from where the quantity stands to where something else begins."""
        first, last = self.place
        ends = [self.span.last, *(a for a, _ in self.parsed.spans if a >= last)]
        ends += [i for i in range(last, self.span.last) if self.parsed.words[i] == ","][:1]
        return first, min(ends)

    def segment(self) -> tuple[int, int]:
        """Return from where to where the words are that go with the quantity and with no other."""
        first, last = self.place
        before = [b for _, b in self.parsed.spans if b <= first]
        after = [a for a, _ in self.parsed.spans if a >= last]
        return max([self.span.first, *before]), min([self.span.last, *after])

    def near(self, kind: str, population: str = "") -> list[str]:
        """Return what groups of cases are named beside the quantity, or at the head of the sentence.

        The same words may name a group of several populations: that of ``population`` is meant then, and by
        default that of the noun.
        """
        head = min(a for a, _ in self.parsed.spans if self.span.holds(a))
        places = (self.window(), (0, self.parsed.front), (self.span.first, head))
        first = self.place[0]
        # "In custody (3 of 5)".
        bracketed = first - 1 if self.parsed.words[first - 1 : first] == ("(",) else -1
        found = [
            m
            for m in self.parsed.of_kind(kind)
            if (m.last == bracketed or any(a <= m.first < b for a, b in places))
        ]
        population = population or self.q.own_population
        own = [m for m in self.parsed.tags if population and m.population == population]
        meant = [m for m in found if m in own or all(m.last <= o.first or m.first >= o.last for o in own)]
        return list(dict.fromkeys(tag.name for tag in meant))

    def tells(self) -> bool:
        """Return whether the words that go with the quantity say how something was done, or that it was."""
        start, end = self.segment()
        if any(start <= m.first < end for m in self.parsed.of_kind(*_TOLD)):
            return True
        groups = [WordSpan(m.first, m.last) for m in self.parsed.of_kind("population", "subset", "whole")]
        if self.q.own_population:  # "victims" of a noun names no act
            groups.append(WordSpan(*self.place))
        free = (i for i in range(start, end) if not any(group.holds(i) for group in groups))
        return any(self.parsed.stems[i] in self.cues.acts for i in free)

    def is_whole(self) -> bool:
        """Return whether the words about it mean the whole sample."""
        first, end = self.window()
        whole = self.parsed.of_kind("whole")
        return any(first - 3 <= m.first <= end or m.first < self.parsed.front for m in whole)

    def group(self) -> CaseGroup:
        """Return the subset that the quantity counts within."""
        if self.q.population == "people":
            return CaseGroup("")
        found = dict.fromkeys(self.near("subset"))
        unit = self.cues.stemmer.stem(self.q.unit)
        found |= dict.fromkeys(p.name for p in self.cues.subsets if p.stems == (unit,))  # "one PSR"
        found |= dict.fromkeys(self._head_subset())
        if self.near("notsubset"):
            return CaseGroup("", "it is of the cases outside a group")
        if len(found) > 1:
            return CaseGroup("", f"it names two groups of cases, {' and '.join(found)}")
        return CaseGroup(next(iter(found), ""), self._unknown_group())

    def _head_subset(self) -> list[str]:
        """Return the subset of "Of the four cases in custody, one had … and another …"."""
        head = Nearby(self.parsed, 0, self.cues)
        if self.at == 0 or head.q.means != "total" or head.place[0] > 2:
            return []
        start, end = head.window()
        opens = self.parsed.words[0] in self.cues.particles.heads
        subsets = (m.name for m in self.parsed.of_kind("subset") if start <= m.first < end)
        return list(subsets)[:1] if opens else []

    def _unknown_group(self) -> str:
        """Return why only some of the cases are counted, by words that no group has; "" otherwise."""
        first, last = self.place
        _, end = self.window()
        words = self.parsed.words
        if any(word in self.cues.particles.relatives for word in words[last : last + 1]):
            stop = self._relative_end(last, end)
            known = _GROUPS | _TOLD if stop == end else _GROUPS
            named = any(last <= m.first < stop for m in self.parsed.of_kind(*known))
            acts = stop == end and any(stem in self.cues.acts for stem in self.parsed.stems[last:end])
            if not named and not acts:
                return f"it counts only some of them (“{' '.join(words[last : min(stop, last + 4)])} …”)"
        inner = [m.name for m in self.parsed.of_kind("good", "bad") if first <= m.first < last]
        simple = self.q.n is None and self.q.means in ("count", "none", "another", "band", "vague")
        return f"it counts among those that were “{inner[0]}”" if inner and not simple else ""

    def _relative_end(self, start: int, end: int) -> int:
        """Return where "who had been looked after" ends in "who had been looked after had no plan"."""
        words, particles = self.parsed.words, self.cues.particles
        # "Where a risk had been …" and "who had been …" have a verb of their own; "who posed …" has none.
        own = words[start] in particles.clausal or words[start + 1] in particles.auxiliaries
        content_seen = False
        for at in range(start + 1, end):
            auxiliary = words[at] in particles.auxiliaries
            if auxiliary and content_seen and not own:
                return at
            if auxiliary and own:
                own, content_seen = False, False
            content_seen = content_seen or (not auxiliary and words[at] not in particles.small)
        return end
