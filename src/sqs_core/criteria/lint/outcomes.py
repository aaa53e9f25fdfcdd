"""Linting judgements: keys and marks that clash, outcomes nobody can explain, facts without choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase

from sqs_core.criteria.lint.finding import LintFinding, Path
from sqs_core.criteria.lint.names import unknown
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import MOST, OWN_MARKS, Fact, Outcome, Question
from sqs_core.errors import did_you_mean

RESERVED = {
    "e": "the evidence",
    "c": "what the case manager said",
    "t": "the learning",
    "+": "a strength",
    "l": "come back later",
    "d": "discuss",
    "g": "all guidance",
    "b": "back",
    "v": "the text panel",
    "V": "the text panel's place",
    "G": "go to",
    "u": "undo",
    "U": "redo",
    "Y": "copy",
    "Z": "the shared view",
    "q": "quit",
    "r": "the reasons",
    "?": "help",
    "/": "find",
    "[": "the question before",
    "]": "the question after",
    **dict.fromkeys("0123456789", "a reason's number"),
}
"""What each key does on the question step, so that no outcome may have it; with :data:`LEADING_OUT` those
of the catalogue of commands.
"""
LEADING_OUT = {
    "f": "the facts",
    "F": "the check of the case",
    "M": "override",
    "m": "moderate",
    "p": "the take-away sheet",
}
"""What leads from the question step elsewhere: an outcome that has the key takes it, and hides that."""


def lint_outcomes(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint keys (V103, V104), marks (V105), judgements (V107), facts (V108), grades (V113),
    what is computed (V114), answers that are values (V115), reasons (V401–V403).
    """
    for i, fact in enumerate(criteria.facts):
        yield from _value(("facts", i), f"fact '{fact.id}'", fact)
    for table, outcomes in (
        ("outcomes", criteria.outcomes),
        ("interview_outcomes", criteria.interview_outcomes),
    ):
        for i, outcome in enumerate(outcomes):
            yield from _key_and_mark((table, i), outcome, {other.key for other in outcomes})
    known = {o.id: o for o in criteria.outcomes}
    places: dict[str, Path] = {o.id: ("outcomes", i) for i, o in enumerate(criteria.outcomes)}
    default = [known[o] for o in criteria.default_outcomes if o in known]
    yield from _set(("default_outcomes",), "the default outcomes", default, places)
    if criteria.interview_questions:
        asked: dict[str, Path] = {
            o.id: ("interview_outcomes", i) for i, o in enumerate(criteria.interview_outcomes)
        }
        yield from _set(("interview_outcomes",), "the interview outcomes", criteria.interview_outcomes, asked)
    for i, question in enumerate(criteria.questions):
        own = [known[o] for o in question.outcomes if o in known]
        yield from _answer(i, question, own)
        if not question.is_judged:
            yield from _distinct(("questions", i, "outcomes"), question.id, own)
            continue
        if own:
            yield from _set(("questions", i, "outcomes"), question.id, own, places)
        yield from _reasons(criteria, i, question, own or default)
        if all(o in known for o in question.outcomes or criteria.default_outcomes):
            yield from _computed(criteria, i, question)
    insufficient = {o.id for o in criteria.outcomes if o.counts == "insufficient"}
    for i, reason in enumerate(criteria.common_reasons):
        yield from _limited(("common_reasons", i), reason.id, reason.outcomes, known, insufficient)


def _value(path: Path, called: str, fact: Fact, key: str = "kind") -> Iterator[LintFinding]:
    if fact.kind in ("choice", "several") and not fact.choices:
        remedy = f"add choices, or make its {key} text"
        yield LintFinding((*path, key), "V108", f"{called} is a choice without choices", remedy)
    if fact.kind not in ("choice", "several") and fact.choices:
        what = f"{called} has choices but is a {fact.kind}"
        several = "choice or several" if key == "kind" else "several"
        yield LintFinding((*path, key), "V108", what, f"make its {key} {several}, or take the choices out")
    if fact.least > fact.most:
        what = f"{called} is from {fact.least} to {fact.most}, which no number is"
        at = "least" if fact.least else "most"
        yield LintFinding((*path, at), "V108", what, "put the smaller number into least")


_NO_JUDGEMENT = "list only outcomes that count as not-applicable or not-known; it may have none"


def _answer(i: int, question: Question, outcomes: Sequence[Outcome]) -> Iterator[LintFinding]:
    """Lint what a question that is answered with a value cannot have, and what only such a one can."""
    path: Path = ("questions", i)

    def finding(key: str, what: str, remedy: str) -> LintFinding:
        first = (0,) if isinstance(getattr(question, key), tuple) and key != "outcomes" else ()
        return LintFinding((*path, key, *first), "V115", f"{question.id} {what}", remedy)

    if question.is_judged:
        for key, given in (("choices", question.choices), ("least", question.least), ("most", question.most)):
            if given not in ((), 0, MOST):
                remedy = 'say answer = "several" or answer = "number", or take it out'
                yield finding(key, f"is answered with an outcome, and has '{key}'", remedy)
        return
    several = question.answer == "several"
    kind = "takes several choices" if several else f"is answered with a {question.answer}"
    yield from _value(path, question.id, question.as_fact, "answer")
    if question.answer != "number" and (question.least, question.most) != (0, MOST):
        key = "least" if question.least else "most"
        yield finding(key, f"{kind}, and has 'least' or 'most'", "take them out: they are of a number")
    for j, choice in enumerate(question.choices):
        if choice.id.lower() == "none":
            what = f"{question.id} has a choice 'none', which takes an answer away where it is typed"
            remedy = "take it out: 'none of them' can always be said; or give it another id"
            yield LintFinding((*path, "choices", j, "id"), "V115", what, remedy)
    for outcome in outcomes:
        if outcome.judges:
            yield finding("outcomes", f"{kind}, and '{outcome.id}' would judge it", _NO_JUDGEMENT)
        if outcome.id in (choice.id for choice in question.choices):
            yield finding(
                "choices", f"has '{outcome.id}' for an outcome and for a choice", "rename the choice"
            )
    for key in ("reasons", "prompts", "timely", "lowest_of"):
        if getattr(question, key):
            what = f"{kind}, which is no judgement, and has '{key}'"
            yield finding(key, what, "take it out, or ask for the judgement in a question of its own")


def _computed(criteria: Criteria, i: int, question: Question) -> Iterator[LintFinding]:
    """Lint what a computed outcome follows from: dates of the record, or grades of its other questions."""
    path: Path = ("questions", i)
    own = criteria.population_of(question.id)

    def finding(key: str, what: str, remedy: str) -> LintFinding:
        return LintFinding((*path, key), "V114", f"{question.id} {what}", remedy)

    if question.timely and question.lowest_of:
        yield finding("timely", "is computed from dates and from grades", "make two questions of it")
    if timely := question.timely:
        dates = [f.id for f in criteria.facts if f.kind == "date" and criteria.home_of(f) == own]
        dates += [q.id for q in criteria.of_population(own) if q.answer == "date"]
        for name in (timely.start, timely.end):
            if name not in dates:
                what = f"rests on '{name}', which is no date here"
                yield finding("timely", what, did_you_mean(name, dates))
        if timely.within < 0:
            yield finding("timely", "gives less than no day", "say within = 0 or more")
        counts = sorted(o.counts for o in criteria.outcomes_of(question) if o.counts != "not-applicable")
        if counts != ["insufficient", "not-known", "sufficient"]:
            what = "needs one outcome for in time, one for late and one for what cannot be told"
            yield finding(
                "outcomes", what, "give it outcomes that count as sufficient, insufficient, not-known"
            )
    known = [q.id for q in criteria.of_population(own) if q.is_judged and not q.lowest_of]
    grades = {o.id for o in criteria.grades_of(question)}
    for name in question.lowest_of:
        if criteria.has_question(name) and not criteria.question(name).is_judged:
            yield finding("lowest_of", f"has {name} among its grades, and nobody judges that", "take it out")
        elif name not in known:
            yield unknown((*path, "lowest_of"), "question", name, known)
        elif not grades or {o.id for o in criteria.grades_of(criteria.question(name))} - grades:
            remedy = "give both the same graded outcomes"
            yield finding("lowest_of", f"has not the grades of {name}, of which it is the lowest", remedy)
        elif (when := criteria.question(name).when) and question.id in (t.name for t in when.comparisons()):
            what = f"decides whether {name} is asked, of which it is the lowest"
            yield finding("lowest_of", what, "take one out")


def _key_and_mark(path: Path, outcome: Outcome, given: set[str]) -> Iterator[LintFinding]:
    if len(outcome.key) != 1 or not outcome.key.isprintable() or outcome.key == " ":
        what = f"the key of outcome '{outcome.id}' is not one character"
        yield LintFinding((*path, "key"), "V104", what, "give it one letter")
    elif outcome.key in RESERVED:
        what = f"the key '{outcome.key}' of outcome '{outcome.id}' already stands for {RESERVED[outcome.key]}"
        yield LintFinding((*path, "key"), "V104", what, _free(given))
    elif outcome.key in LEADING_OUT:
        hidden = LEADING_OUT[outcome.key]
        what = f"the key '{outcome.key}' of outcome '{outcome.id}' hides {hidden} at a question"
        yield LintFinding((*path, "key"), "V104", what, _free(given), advice=True)
    if len(outcome.mark) != 1:
        what = f"the mark of outcome '{outcome.id}' is not one character"
        yield LintFinding((*path, "mark"), "V105", what, "give it one character: a grid has room for no more")
    elif outcome.mark in OWN_MARKS:
        what = f"the mark '{outcome.mark}' of outcome '{outcome.id}' stands for {OWN_MARKS[outcome.mark]}"
        yield LintFinding((*path, "mark"), "V105", what, "give it a letter")


def _free(given: set[str]) -> str:
    free = [key for key in ascii_lowercase if key not in {*RESERVED, *LEADING_OUT, *given}]
    return f"choose a free one, such as {', '.join(free[:8])}" if free else "choose a capital"


def _distinct(path: Path, whose: str, outcomes: Sequence[Outcome]) -> Iterator[LintFinding]:
    for what, code in (("key", "V103"), ("mark", "V105")):
        owner: dict[str, str] = {}
        for outcome in outcomes:
            value = getattr(outcome, what)
            if value in owner and owner[value] != outcome.id:
                both = f"'{owner[value]}' and '{outcome.id}'"
                said = f"{whose}: the {what} '{value}' belongs to both {both}"
                yield LintFinding(path, code, said, f"give one of them another {what}")
            owner.setdefault(value, outcome.id)


def _set(
    path: Path, whose: str, outcomes: Sequence[Outcome], places: dict[str, Path]
) -> Iterator[LintFinding]:
    """Lint the outcomes of one question, or those of all; ``places`` is where each stands."""
    yield from _distinct(path, whose, outcomes)
    yield from _grades(path, whose, outcomes, places)
    for counts in ("sufficient", "insufficient"):
        if not any(o.counts == counts for o in outcomes):
            what = f"{whose}: no outcome counts as {counts}"
            yield LintFinding(path, "V107", what, f'add an outcome with counts = "{counts}"')


def _grades(
    path: Path, whose: str, outcomes: Sequence[Outcome], places: dict[str, Path]
) -> Iterator[LintFinding]:
    """Lint the grades of a set of judgements: all or none, each its own, better where it is sufficient."""
    judged = [o for o in outcomes if o.judges]
    if not any(o.grade for o in outcomes):
        return
    for outcome in outcomes:
        if bool(outcome.grade) != (outcome in judged) or outcome.grade < 0:
            given = "has no grade" if outcome in judged else "is no judgement, and has a grade"
            remedy = "give each judgement a grade from 1 on, the best the highest, and no other outcome"
            yield LintFinding(path, "V113", f"{whose}: outcome '{outcome.id}' {given}", remedy)
    for one, other in pairwise(sorted(judged, key=lambda o: (o.grade, *places[o.id]))):
        if one.grade == other.grade:
            what = (
                f"'{one.id}' and '{other.id}' have one grade, {one.grade}, and are outcomes of one question"
            )
            yield LintFinding((*places[other.id], "grade"), "V113", what, "give each its own")
    low = max((o.grade for o in judged if o.counts == "insufficient"), default=0)
    if any(o.grade < low for o in judged if o.counts == "sufficient"):
        what = f"{whose}: an insufficient outcome has a better grade than a sufficient one"
        yield LintFinding(path, "V113", what, "put the grades in order")


def _reasons(
    criteria: Criteria, i: int, question: Question, outcomes: Sequence[Outcome]
) -> Iterator[LintFinding]:
    path: Path = ("questions", i)
    by_id = {o.id: o for o in outcomes}
    insufficient = {o.id for o in outcomes if o.counts == "insufficient"}
    reasons = (*question.reasons, *criteria.common_reasons)
    for outcome in outcomes:
        takes = [r for r in reasons if not r.outcomes or outcome.id in r.outcomes]
        if outcome.counts != "insufficient":
            takes = []
        if "reason" in outcome.demands and not takes:
            what = f"{question.id}: '{outcome.id}' demands a reason, but there is none to tick"
            remedy = (
                "add reasons to it, or a common reason"
                if outcome.counts == "insufficient"
                else 'take "reason" out of its demands: only insufficient outcomes take reasons'
            )
            yield LintFinding((*path, "reasons"), "V401", what, remedy)
        elif outcome.counts == "insufficient" and not takes:
            what = f"{question.id}: nothing can be ticked to say why it was '{outcome.id}'"
            yield LintFinding((*path, "reasons"), "V402", what, "add reasons", advice=True)
    for j, reason in enumerate(question.reasons):
        known = {o.id: o for o in criteria.outcomes}
        yield from _limited(
            (*path, "reasons", j), reason.id, reason.outcomes, known, insufficient & by_id.keys()
        )


def _limited(
    path: Path, reason: str, outcomes: Sequence[str], known: dict[str, Outcome], ticked_with: set[str]
) -> Iterator[LintFinding]:
    """Lint a reason that is limited to outcomes with which no reason is ticked."""
    for name in outcomes:
        if name in known and name not in ticked_with:
            what = f"reason '{reason}' is for outcome '{name}', with which no reason is ticked here"
            some = ", ".join(sorted(ticked_with)) or "none here"
            yield LintFinding(path, "V403", what, f"take it out; outcomes that take reasons: {some}")
