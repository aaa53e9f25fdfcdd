"""Differences between two markings in words, and how far the markers agree."""

from __future__ import annotations

from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import MOST
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.records.second_marking import BOTH, OPEN, Decision
from sqs_core.scoring.agreement import Agreement, Measures
from sqs_core.scoring.differences import MarkingDifference, PairAgreement
from sqs_core.storage.moderation.pending_decisions import PendingChoice
from sqs_core.workflow.moderation import (
    FIRST,
    NOT_ASKED,
    SECOND,
    Disagreement,
    agreement_words,
    points_of,
    same_words,
    view_in_words,
)
from sqs_tui.styles import (
    DIM,
    FLAG,
    GOOD,
    MARK_OF_WEIGHT,
    OF_COUNTS,
    TITLE,
    fitted,
    joined,
    shortened,
    text,
    wrapped,
)
from sqs_tui.widgets.side_pane import SideShown

MOST_BRIEF = 16
"""So much of a value is told in brief."""
TAKEN_WORDS = {FIRST: "← first", SECOND: "→ second", BOTH: "both reasons", OPEN: "left open"}


def outcome_words(criteria: Criteria, item: str, outcome: str, *, brief: bool = False) -> str:
    """Return an outcome or fact in words: "no, not good enough", brief "no"; "–" where there is none."""
    words = view_in_words(criteria, item, outcome, brief=brief) or "–"
    return f"{words[:MOST_BRIEF]}…" if brief and len(words) > MOST_BRIEF + 1 else words


def item_name(criteria: Criteria, item: str) -> str:
    """Return the short name of a question or fact."""
    return str(criteria.question(item).short if criteria.has_question(item) else criteria.fact(item).text)


def taken_words(criteria: Criteria, item: str, taken: str) -> str:
    """Return what was chosen in brief: "← first", "both reasons", "left open", or the outcome."""
    return TAKEN_WORDS.get(taken) or outcome_words(criteria, item, taken, brief=True)


def views(criteria: Criteria, difference: MarkingDifference) -> str:
    """Return both views in short: "no / yes", or that only the reasons differ."""
    if difference.same_outcome:
        return f"{difference.kind} only"
    sides = ((difference.first, difference.asked_first), (difference.second, difference.asked_second))
    words = (
        outcome_words(criteria, difference.item, value, brief=True) if asked else "not asked"
        for value, asked in sides
    )
    return " / ".join(words)


def _state(criteria: Criteria, item: str, choice: PendingChoice, agreed: Decision | None) -> tuple[str, str]:
    """Return how far a difference is, and its style."""
    if choice.taken:
        return taken_words(criteria, item, choice.taken), FLAG
    if agreed is None:
        return "", DIM
    words = "left open" if agreed.taken == OPEN else outcome_words(criteria, item, agreed.agreed, brief=True)
    return f"✓ {words}", GOOD


def difference_line(criteria: Criteria, one: Disagreement, choice: PendingChoice, width: int) -> Content:
    """Return one difference for the list, in ``width`` cells."""
    words, style = _state(criteria, one.item, choice, one.agreed)
    lead = text(f"{one.case}  ")
    room = max(10, width - lead.cell_length - 10)  # a name has 8 cells at the least
    state = shortened(f"  {words}", room // 2, style) if words else Content.empty()
    tail = shortened(views(criteria, one.difference), room - state.cell_length) + state
    name = fitted(item_name(criteria, one.item), max(8, width - lead.cell_length - tail.cell_length - 2))
    return joined(lead, name, Content("  "), tail)


def value_hint(criteria: Criteria, item: str) -> str:
    """Return what can be typed for another value of a question or a fact, its choices by name.

    "" for a judgement, which has its letters, and for an answer in words.
    """
    if criteria.has_question(item):
        question = criteria.question(item)
        if question.is_judged or question.answer == "text":
            return ""
        fact = question.as_fact
    else:
        fact = criteria.fact(item)
    names = ", ".join(choice.id for choice in fact.choices)
    hints = {
        "boolean": "yes or no",
        "choice": f"one of {names}",
        "several": f"any of {names}, with commas between them, or {NONE_OF_THEM}",
        "date": "a date such as 26 Nov 2012 or 26/11/2012",
        "number": f"a whole number from {fact.least}" + ("" if fact.most == MOST else f" to {fact.most}"),
    }
    return hints.get(fact.kind, "in words")


def asked_words(criteria: Criteria, one: Disagreement) -> str:
    """Return what is asked."""
    if one.difference.kind == "fact":
        return f"{one.case}  fact: {item_name(criteria, one.item)}"
    question = str(criteria.question(one.item).text)
    same = same_words(one)
    return f"{one.case}  {same}  {question}" if same else f"{one.case}  {question}"


def side_of(criteria: Criteria, one: Disagreement, whose: str) -> SideShown:
    """Return what one marking (``whose`` "first" or "second") says."""
    first, difference = whose == FIRST, one.difference
    record = one.first if first else one.second
    how = {True: criteria.in_its_words(", with the case manager"), False: ", from the file", None: ""}
    title = f"{'←' if first else '→'} {record.inspector or whose}{how[record.assessed_with_case_manager]}"
    value = difference.first if first else difference.second
    if difference.kind == "fact":
        return SideShown(title, value or "nothing recorded")
    if not (difference.asked_first if first else difference.asked_second):
        return SideShown(title, NOT_ASKED, DIM)
    question = criteria.question(one.item)
    answer = record.answer(question.id)
    style = OF_COUNTS[criteria.outcome_of(question, answer.outcome).counts] if answer.outcome else DIM
    reasons = "; ".join(str(criteria.reason_of(question, r).text) for r in answer.reasons)
    details = (
        ("reasons", reasons),
        *(("", f"{MARK_OF_WEIGHT[weight]} {words}") for words, weight in points_of(criteria, one, whose)),
        *(("", answer.evidence), (criteria.in_its_words("the case manager said"), answer.said)),
        *(("learning", answer.learning), ("strength", answer.strength)),
    )
    return SideShown(title, outcome_words(criteria, question.id, value), style, details)


# ------------------------------------------------------------ agreement


def same(agreement: Agreement) -> str:
    """Return "18 of 20": how many questions were given the same answer, of those both answered."""
    if agreement.value is None:
        return "none answered by both"
    return f"{int(agreement.value * agreement.units)} of {agreement.units}"


def figure(agreement: Agreement) -> str:
    """Return "0.79", with a mark where the units are few; or that it is not defined."""
    return agreement_words(agreement) + (" (few)" if agreement.few and agreement.value is not None else "")


def agreement_row(criteria: Criteria, case: Measures, found: PairAgreement, width: int) -> Content:
    """Return the agreement of this case and of the inspection in one row."""
    whole = found.whole
    words = f"  Same answer: this {criteria.one} {same(case.raw)} · all {same(whole.raw)}"
    points = f" · points {same(found.all_points.raw)}" if found.all_points.raw.units else ""
    for more in (points, f" · alpha {figure(whole.alpha)} · AC1 {figure(whole.ac1)}"):
        words += more if len(words + more) < width else ""
    return shortened(words, width - 1, DIM)


def agreement_rows(criteria: Criteria, case: Measures, found: PairAgreement, width: int) -> list[Content]:
    """Return the agreement of this case, of the inspection, and theme by theme."""
    whole = found.whole
    rows = [
        Content.styled(" Agreement", TITLE),
        shortened(f" this {criteria.one} ".ljust(15) + same(case.raw), width),
        shortened(f" all {criteria.many} ".ljust(15) + same(whole.raw), width),
        text(f" alpha         {figure(whole.alpha)}"),
        text(f" AC1           {figure(whole.ac1)}"),
    ]
    if found.all_points.raw.units:
        rows.append(text(f" points        {same(found.all_points.raw)}"))
    legend = "same answers of those both gave; 1 perfect, 0 chance"
    rows += [Content(" ") + row for row in wrapped(legend, width - 3, DIM)]
    rows += [Content.empty(), Content.styled(" by section", TITLE)]
    for theme in criteria.themes:
        raw = found.themes[theme.id].raw
        rows.append(text(f" {theme.label:<3} {same(raw) if raw.units else '–'}"))
    return rows
