"""How far two markings agree, in a row and in a pane."""

from __future__ import annotations

from sqs_core.criteria import Criteria
from sqs_core.scoring.agreement import Agreement, Measures
from sqs_core.scoring.differences import PairAgreement
from sqs_tui.paint.lines import EMPTY, Line, line, short, wrapped


def same(agreement: Agreement) -> str:
    """ "18 of 20": how many questions were given the same answer, of those both answered."""
    if agreement.value is None:
        return "none answered by both"
    return f"{int(agreement.value * agreement.units)} of {agreement.units}"


def figure(agreement: Agreement) -> str:
    """ "0.79", or that it cannot be said; with a mark where the units are few."""
    if agreement.value is None:
        return "not defined"
    return f"{float(agreement.value):z.2f}" + (" (few)" if agreement.few else "")


def agreement_line(case: Measures, whole: Measures, width: int) -> Line:
    """Agreement of this case and of the inspection in one row."""
    words = f"  Same answer: this case {same(case.raw)} · all {same(whole.raw)}"
    more = f" · alpha {figure(whole.alpha)} · AC1 {figure(whole.ac1)}"
    return line((short(words + more if len(words + more) < width else words, width - 1), "dim"))


def agreement_pane(criteria: Criteria, case: Measures, found: PairAgreement, width: int) -> list[Line]:
    """Agreement for the pane at the side."""
    whole = found.whole
    rows = [
        line((" Agreement", "title")),
        line(f" this case     {same(case.raw)}"),
        line(f" all cases     {same(whole.raw)}"),
        line(f" alpha         {figure(whole.alpha)}"),
        line(f" AC1           {figure(whole.ac1)}"),
        *(
            line((f" {row}", "dim"))
            for row in wrapped("same answers of those both gave; 1 perfect, 0 chance", width - 3)
        ),
        EMPTY,
        line((" by section", "title")),
    ]
    for theme in criteria.themes:
        raw = found.themes[theme.id].raw
        rows.append(line(f" {theme.label:<3} {same(raw) if raw.units else '–'}"))
    return rows
