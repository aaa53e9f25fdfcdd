"""Linting reach: questions whose condition can never hold, whatever the case.

A condition is turned into its alternatives; an alternative says, for each fact and answer it
names, which values are left.  "No value" is a value like any other here.  A question whose
condition needs another's answer can only be asked where that one is asked too.  Where the
alternatives grow past a limit the question is taken to be reachable: the linter may miss an
intricate contradiction, but never calls a question unreachable that is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from sqs_core.criteria.conditions import AllOf, Comparison, Condition, FactValue
from sqs_core.criteria.lint.conditions import values_of
from sqs_core.criteria.lint.finding import LintFinding
from sqs_core.criteria.model import Criteria

MOST_ALTERNATIVES = 64
MOST_NAMES = 200
Name = tuple[str, str]


@frozen
class Left:
    """The values left for one name: those in ``values``, or with ``but`` all except those."""

    values: frozenset[FactValue | None]
    but: bool = False

    def meet(self, other: Left) -> Left:
        """Return what is left when both hold."""
        if self.but and other.but:
            return Left(self.values | other.values, but=True)
        if self.but:
            return Left(other.values - self.values)
        return Left(self.values - other.values if other.but else self.values & other.values)

    @property
    def nothing(self) -> bool:
        """Whether no value is left."""
        return not self.but and not self.values


Alternative = Mapping[Name, Left]
Alternatives = tuple[Alternative, ...]
ANYTHING: Alternatives = ({},)


def lint_reach(criteria: Criteria) -> Iterator[LintFinding]:
    """Find questions and subsets that no case can meet (V204)."""
    reach = _Reach(criteria)
    for i, question in enumerate(criteria.questions):
        if question.when is None or not reach.sound(question.when):
            continue
        if not reach.asked(question.id):
            what = f"{question.id} is never asked: its condition cannot hold for any case"
            yield LintFinding(("questions", i, "when"), "V204", what, _remedy(criteria, reach, question.when))
    for i, subset in enumerate(criteria.subsets):
        if reach.sound(subset.when) and not reach.alternatives(subset.when):
            what = f"subset '{subset.id}' is always empty: its condition cannot hold for any case"
            yield LintFinding(
                ("subsets", i, "when"), "V204", what, "mend the condition, or take the subset out"
            )


def _remedy(criteria: Criteria, reach: _Reach, condition: Condition) -> str:
    for test in condition.comparisons():
        if test.source == "answer" and test.name in reach.questions and not reach.asked(test.name):
            return f"it waits for an answer to {test.name}, which is never asked itself: mend that one"
    return "look for tests that exclude each other, or take the question out"


class _Reach:
    """Works out, once for each question, the alternatives under which it is asked."""

    def __init__(self, criteria: Criteria) -> None:
        self.questions = {q.id: q for q in criteria.questions}
        self.domains: dict[Name, Left] = {}
        self.several = {("fact", fact.id) for fact in criteria.facts if fact.kind == "several"}
        for fact in criteria.facts:
            if fact.kind == "boolean":
                self.domains["fact", fact.id] = Left(frozenset({True, False, None}))
            elif fact.kind == "choice":
                self.domains["fact", fact.id] = Left(frozenset({None, *(c.id for c in fact.choices)}))
            else:
                self.domains["fact", fact.id] = Left(frozenset(), but=True)
        for q in criteria.questions:
            names = q.outcomes or criteria.default_outcomes
            self.domains["answer", q.id] = (
                Left(frozenset({None, *names})) if q.is_judged else Left(frozenset(), but=True)
            )
        self.several |= {("answer", q.id) for q in criteria.questions if q.answer == "several"}
        self.done: dict[str, Alternatives] = {}
        self.under_way: set[str] = set()

    def sound(self, condition: Condition) -> bool:
        """Return whether every test names something there and compares it with a value it can have.

        The tests that do not are reported by themselves, and it would be the same fault twice.
        """
        return all(
            (domain := self.domains.get((t.source, t.name))) is not None
            and (domain.but or all(v in domain.values for v in values_of(t)))
            for t in condition.comparisons()
        )

    def asked(self, name: str) -> Alternatives:
        """Return the alternatives under which the question ``name`` is asked; none where it never is."""
        order = [name]
        while order:
            top = order[-1]
            condition = self.questions[top].when
            waits = [
                t.name
                for t in (condition.comparisons() if condition else ())
                if t.source == "answer"
                and t.name in self.questions
                and t.name not in self.done
                and t.name not in self.under_way
                and t.name != top
            ]
            if top in self.done:
                order.pop()
            elif waits and top not in self.under_way:
                self.under_way.add(top)
                order += waits
            else:
                self.done[top] = ANYTHING if condition is None else self.alternatives(condition)
                self.under_way.discard(top)
                order.pop()
        return self.done[name]

    def alternatives(self, condition: Condition) -> Alternatives:
        """Return the ways in which ``condition`` can hold; none where it cannot."""
        if isinstance(condition, Comparison):
            return self._test(condition)
        found: list[Alternative] = []
        if isinstance(condition, AllOf):
            found = [{}]
            for part in condition.parts:
                ways = self.alternatives(part)
                if len(found) * len(ways) > MOST_ALTERNATIVES:
                    return ANYTHING
                met = (_met(one, other) for one in found for other in ways)
                found = [way for way in met if way is not None]
            return tuple(found)
        for part in condition.parts:
            found += self.alternatives(part)
        return tuple(found) if len(found) <= MOST_ALTERNATIVES else ANYTHING

    def _test(self, test: Comparison) -> Alternatives:
        name = (test.source, test.name)
        domain = self.domains.get(name)
        if domain is None:
            return ANYTHING
        values = frozenset(values_of(test))
        if test.operator == "exists":
            left = Left(frozenset({None}), but=bool(test.value))
        else:
            left = Left(values, but=test.operator == "!=")
        left = domain.meet(left)
        if left.nothing:
            return ()
        if name in self.several:  # where one choice is ticked another one can be too
            return ANYTHING
        if test.source == "fact":
            return ({name: left},)
        return self._answered(name, left)

    def _answered(self, name: Name, left: Left) -> Alternatives:
        """Return the ways to such an answer: there is one only while its question is asked."""
        if name[1] not in self.done:
            return ({name: left},)  # a circle, reported as one
        some = left.meet(Left(frozenset({None}), but=True))
        ways: list[Alternative] = []
        if not some.nothing:
            met = (_met(way, {name: some}) for way in self.done[name[1]])
            ways += [way for way in met if way is not None]
        if None in left.values:
            ways.append({name: Left(frozenset({None}))})
        return tuple(ways)


def _met(one: Alternative, other: Alternative) -> Alternative | None:
    """Return both alternatives at once; None where they exclude each other."""
    if len(one) + len(other) > MOST_NAMES:
        return {}
    both = dict(one)
    for name, left in other.items():
        both[name] = both[name].meet(left) if name in both else left
        if both[name].nothing:
            return None
    return both
