"""What became of each question from one criteria version to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeVar

from attrs import frozen

from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import Fact, Question
from sqs_core.text import Text

ChangeKind = Literal["same", "reworded", "split", "merged", "gone", "new"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("same", "reworded", "split", "merged", "gone", "new")
Asked = TypeVar("Asked", Question, Fact)


@frozen
class Change:
    """What became of the questions ``old``: they are ``new`` now.

    ``same`` and ``reworded`` have one of each; ``split`` one old and several new; ``merged``
    several old (and perhaps several new); ``gone`` no new; ``new`` no old.  ``changed`` says in
    which respects a reworded one differs, among text, guidance, condition, kind of answer, choices, range,
    outcomes, reasons, points weighed and kind.
    """

    kind: ChangeKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...] = ()


@frozen
class CriteriaDiff:
    """Every question, interview question and fact of two versions, each in one change."""

    old: Criteria
    new: Criteria
    questions: tuple[Change, ...]
    interview_questions: tuple[Change, ...]
    facts: tuple[Change, ...]

    @cached_property
    def _of(self) -> Mapping[str, Change]:
        both = (*self.questions, *self.interview_questions)
        return {name: change for change in both for name in change.old}

    def change_of(self, question: str) -> Change:
        """Return what became of a question or interview question of the old version."""
        return self._of[question]

    def counts(self) -> dict[ChangeKind, int]:
        """Return how many changes of questions there are of each kind."""
        return {kind: sum(change.kind == kind for change in self.questions) for kind in CHANGE_KINDS}


def diff_criteria(old: Criteria, new: Criteria) -> CriteriaDiff:
    """Return what became of each question of ``old`` in ``new``.

    Two questions belong together when either declares that it ``replaces`` the other, or,
    where neither says what it replaces there, when they have one id.  Comparing the other way
    round pairs the same questions.
    """
    return CriteriaDiff(
        old,
        new,
        _changes(
            old.questions,
            new.questions,
            lambda q: q.replaces,
            lambda a, b: _question_changed(old, a, new, b),
        ),
        _changes(
            old.staff.questions,
            new.staff.questions,
            lambda q: q.replaces,
            lambda a, b: _differing(("text", _said(a.text), _said(b.text))),
        ),
        _changes(old.facts, new.facts, lambda _: (), _fact_changed),
    )


def _changes(
    old: Sequence[Asked],
    new: Sequence[Asked],
    replaces: Callable[[Asked], tuple[str, ...]],
    changed: Callable[[Asked, Asked], tuple[str, ...]],
) -> tuple[Change, ...]:
    before, after = {q.id: q for q in old}, {q.id: q for q in new}
    heirs: dict[str, set[str]] = {name: set() for name in before}
    for name, question in after.items():
        for replaced in replaces(question):
            if replaced in before:
                heirs[replaced].add(name)
    for name, question in before.items():
        heirs[name] |= {replaced for replaced in replaces(question) if replaced in after}
    spoken = {name for name, q in after.items() if any(r in before for r in replaces(q))}
    for name, question in before.items():
        silent = name not in spoken and not any(r in after for r in replaces(question))
        if name in after and silent:
            heirs[name].add(name)
    found: list[Change] = []
    seen: set[str] = set()
    for name in before:
        if name in seen:
            continue
        olds, news = _family(name, heirs)
        seen |= olds
        found.append(
            _change([n for n in before if n in olds], [n for n in after if n in news], before, after, changed)
        )
    inherited = {heir for names in heirs.values() for heir in names}
    found += [Change("new", (), (name,)) for name in after if name not in inherited]
    return tuple(found)


def _family(name: str, heirs: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """Return every old and every new question connected with ``name``."""
    olds, news = {name}, set(heirs[name])
    while True:
        more = {old for old, found in heirs.items() if found & news} | olds
        if more == olds:
            return olds, news
        olds = more
        news = set().union(*(heirs[old] for old in olds))


def _change(
    olds: list[str],
    news: list[str],
    before: Mapping[str, Asked],
    after: Mapping[str, Asked],
    changed: Callable[[Asked, Asked], tuple[str, ...]],
) -> Change:
    if not news:
        return Change("gone", tuple(olds), ())
    if len(olds) > 1:
        return Change("merged", tuple(olds), tuple(news))
    if len(news) > 1:
        return Change("split", tuple(olds), tuple(news))
    differs = changed(before[olds[0]], after[news[0]])
    return Change("reworded" if differs else "same", tuple(olds), tuple(news), differs)


def _question_changed(old: Criteria, a: Question, new: Criteria, b: Question) -> tuple[str, ...]:
    """Return the respects that may alter an answer in which two questions differ.

    The short name, the theme and the letter's words are not among them.
    """
    return _differing(
        ("text", _said(a.text), _said(b.text)),
        ("guidance", _said(a.guidance), _said(b.guidance)),
        ("condition", a.when, b.when),
        ("kind of answer", a.answer, b.answer),
        ("choices", [c.id for c in a.choices], [c.id for c in b.choices]),
        ("range", (a.least, a.most), (b.least, b.most)),
        ("outcomes", _outcomes(old, a), _outcomes(new, b)),
        ("reasons", _reasons(old, a), _reasons(new, b)),
        ("points weighed", _prompts(a), _prompts(b)),
        ("what it is computed from", (a.timely, a.lowest_of), (b.timely, b.lowest_of)),
    )


def _outcomes(version: Criteria, question: Question) -> set[tuple[str, str]]:
    return {(o.id, o.counts) for o in version.outcomes_of(question)}


def _reasons(version: Criteria, question: Question) -> set[tuple[str, str]]:
    return {(r.id, " ".join(_said(r.text))) for r in version.reasons_of(question)}


def _prompts(question: Question) -> set[tuple[str, str]]:
    return {(prompt.id, " ".join(_said(prompt.text))) for prompt in question.prompts}


def _said(text: Text) -> list[str]:
    # In the first language: a translation added later is no other question.
    return str(text).split()


def _fact_changed(a: Fact, b: Fact) -> tuple[str, ...]:
    return _differing(
        ("text", _said(a.text), _said(b.text)),
        ("kind", a.kind, b.kind),
        ("choices", [c.id for c in a.choices], [c.id for c in b.choices]),
    )


def _differing(*pairs: tuple[str, object, object]) -> tuple[str, ...]:
    return tuple(name for name, one, other in pairs if one != other)
