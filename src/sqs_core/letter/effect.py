"""What a change to the records would do: to the counts, and to the words of the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Document
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import CASES, EarlierScreening, Findings, count_findings

EffectPart = tuple[str, bool]


@frozen
class CountChange:
    """One count before and after, each as (k, n); ``subset`` is "" for all cases.

    Of one of several choices ``measure`` is "agencies:police"; of the records of a population its id.
    """

    measure: str
    subset: str
    before: tuple[int, int]
    after: tuple[int, int]

    def __str__(self) -> str:
        name = f"{self.measure}@{self.subset}" if self.subset else self.measure
        return f"{name}  {self.before[0]}/{self.before[1]} → {self.after[0]}/{self.after[1]}"


@frozen
class WordsChange:
    """One paragraph of the letter before and after; "" where there is none."""

    number: str
    before: str
    after: str

    @property
    def parts(self) -> tuple[tuple[EffectPart, ...], tuple[EffectPart, ...]]:
        """The paragraph before and after in parts, each with whether it differs from the other side."""
        made: tuple[list[EffectPart], list[EffectPart]] = ([], [])
        for same, *sides in self._turns():
            for part, words in zip(made, sides, strict=True):
                if words:
                    part.append((" ".join(words), not same))
        return tuple(made[0]), tuple(made[1])

    @property
    def first(self) -> tuple[str, str]:
        """The first words that differ, before and after, each with the next three to know them by."""
        turns = [*self._turns(), (True, [], [])]
        for at, (same, old, new) in enumerate(turns):
            if not same:
                after = turns[at + 1][1][:3]
                return " ".join([*old, *after]), " ".join([*new, *after])
        return "", ""

    def _turns(self) -> Iterator[tuple[bool, list[str], list[str]]]:
        old, new = self.before.split(), self.after.split()
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag == "equal", old[i1:i2], new[j1:j2]


def count_changes(before: Findings, after: Findings) -> tuple[CountChange, ...]:
    """Return every count that differs, for all cases and within each subset; of other populations too."""
    questions, population = before.criteria.questions, before.criteria.population
    measures = [CASES, *(q.id for q in questions)]
    measures += [f"{q.id}:{choice.id}" for q in questions if not q.is_judged for choice in q.choices]
    found = []
    for measure in measures:
        for subset in ("", *(s.id for s in before.criteria.subsets)):
            name, _, choice = measure.partition(":")
            old, new = (f.count(name, choice, subset) for f in (before, after))
            if (old.k, old.n) != (new.k, new.n):
                own = population.id if population and measure == CASES else measure
                found.append(CountChange(own, subset, (old.k, old.n), (new.k, new.n)))
    for name, other in before.others.items():
        found += count_changes(other, after.others[name]) if name in after.others else ()
    return tuple(found)


def words_changes(before: Document, after: Document) -> tuple[WordsChange, ...]:
    """Return every paragraph and list item that reads otherwise, in reading order."""
    old = [(p.number, p.words) for p in before.paragraphs()]
    new = [(p.number, p.words) for p in after.paragraphs()]
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(i2 - i1, j2 - j1)):
            was = old[i1 + place] if i1 + place < i2 else ("", "")
            will = new[j1 + place] if j1 + place < j2 else ("", "")
            found.append(WordsChange(was[0] or will[0], was[1], will[1]))
    return tuple(found)


@frozen
class Basis:
    """All that figures and letter are made from; ``left_out`` are blinded cases, which are not counted."""

    criteria: Criteria
    inspection: Inspection
    cases: tuple[CaseRecord, ...]
    interviews: tuple[Interview, ...] = ()
    narrative: Narrative = field(factory=Narrative)
    left_out: tuple[str, ...] = ()
    others: Mapping[str, Findings] = field(factory=dict)
    """The findings of the other populations, which the letter tells of too."""
    earlier: EarlierScreening | Problem | None = None
    """The screening before, which the letter tells the changes since, or why it cannot."""

    def replacing(self, records: Iterable[CaseRecord]) -> Basis:
        """This basis with each of ``records`` in place of its case."""
        new = {record.case: record for record in records}
        return evolve(self, cases=tuple(new.get(record.case, record) for record in self.cases))


@frozen
class Effect:
    """What a change would do: to counts, to words, reckoned without the cases ``left_out``."""

    counts: tuple[CountChange, ...] = ()
    words: tuple[WordsChange, ...] = ()
    left_out: tuple[str, ...] = ()


def effect(before: Basis, after: Basis) -> Effect:
    """Return what going from ``before`` to ``after`` would change; no words where there is no letter of it.

    The version may plan none; and of one population taken out of its inspection there is none.
    """
    criteria = before.criteria
    old, new = (
        count_findings(criteria, basis.cases, basis.interviews, others=basis.others)
        for basis in (before, after)
    )
    words: tuple[WordsChange, ...] = ()
    if criteria.letter is not None and old.has_all and new.has_all:
        letters = (
            compose(b.inspection, evolve(found, earlier=b.earlier), b.narrative)
            for b, found in ((before, old), (after, new))
        )
        words = words_changes(*letters)
    return Effect(count_changes(old, new), words, before.left_out)
