"""How a figure is written in a text: ``{roh.plan:absent@custody|of cases}``."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.scoring.findings import CASES, OTHER

REFERENCE = re.compile(
    r"\{(?P<measure>[A-Za-z0-9_.\-]*)(?::(?P<outcome>[A-Za-z0-9_\-]+))?"
    r"(?:@(?P<subset>[A-Za-z0-9_\-]+))?(?:\|(?P<form>[a-z]+)(?: (?P<unit>[A-Za-z0-9_\-]+))?)?\}"
)


class Reference(NamedTuple):
    """What a live figure asks for: a count, and the shape of its words."""

    measure: str
    outcome: str = ""
    subset: str = ""
    form: str = "of"
    unit: str = ""

    @property
    def name(self) -> str:
        """The count alone, as an author writes it: ``roh.plan:absent@custody``."""
        outcome = f":{self.outcome}" if self.outcome else ""
        return f"{self.measure}{outcome}" + (f"@{self.subset}" if self.subset else "")


def matched(match: re.Match[str]) -> Reference:
    """Return the reference that :data:`REFERENCE` found."""
    return Reference(
        match["measure"],
        match["outcome"] or "",
        match["subset"] or "",
        match["form"] or "of",
        match["unit"] or "",
    )


def read_reference(text: str) -> Reference | None:
    """Return the reference in ``text`` such as ``{roh.plan:other}`` or ``roh.plan``; None if it is none."""
    match = REFERENCE.fullmatch(text if text.startswith("{") else "{" + text + "}")
    return matched(match) if match else None


def planned_reference(text: str) -> Reference:
    """Return the reference that a sentence of the plan is about; where it is none, a measure called so."""
    return read_reference(text) or Reference(text)


def counted_in_words(criteria: Criteria, asked: Reference) -> str:
    """Return what a count counts: "2.3 risk of harm plan, not good enough, in custody", "staff: training"."""
    criteria, name = criteria.whole, asked.measure
    group = f", {criteria.subset(asked.subset).text}" if asked.subset and name != INTERVIEWS else ""
    if not criteria.has_question(name):
        records = {CASES: CASES, INTERVIEWS: "staff"} | {p.id: str(p.many) for p in criteria.populations}
        return (records.get(name) or f"staff: {criteria.interview_question(name).short}") + group
    question = criteria.question(name)
    parts = {o.id: f", {o.text}".lower() for o in criteria.outcomes_of(question)}
    parts |= {"": "", OTHER: criteria.in_its_words(", not good enough")}
    if not question.is_judged:
        parts = {choice.id: f", {choice.text}" for choice in question.choices}
        parts |= {"": ", recorded", OTHER: ", not recorded"}
    part = parts.get(asked.outcome, f", {asked.outcome}")
    return f"{criteria.question_numbers[name]} {question.short}{part}{group}"
