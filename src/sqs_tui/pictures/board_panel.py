"""What is behind a line of the board: its cases and why, its subsets, and what the letter says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, line, short, width_of, wrapped
from sqs_tui.paint.words import number

NOT_COUNTED = {
    State.NOT_APPLICABLE: "not applicable",
    State.NOT_ASKED: "not asked",
    State.NOT_KNOWN: "not known",
    State.UNANSWERED: "not answered yet",
    State.PARKED: "parked",
}


@frozen
class Behind:
    """What is behind a line: its tally, the cases to open, and what the letter says of it.

    ``words`` are the letter's for this figure, ``used`` the paragraphs that state it, and
    ``draft`` the number of the draft kept last (0: none).
    """

    tally: Tally
    words: str
    cases: tuple[str, ...]
    used: tuple[str, ...] = ()
    draft: int = 0

    @property
    def where_used(self) -> str:
        """Where the letter says it: "said in 2.2; draft 3 is kept"."""
        if not self.used:
            return "the letter does not say it"
        told = f"said in {', '.join(self.used)}"
        return told + (f"; draft {self.draft} is kept" if self.draft else "")


def board_panel(
    criteria: Criteria, findings: Findings, behind: Behind, inside: int | None, width: int, height: int
) -> list[Line]:
    """The panel at the right of a wide board; the list of cases gives way where there are many."""
    tally = behind.tally
    question = criteria.question(tally.question)
    head = [line((row, "title")) for row in wrapped(str(question.text), width)[:3]]
    head += [line((row, "bold")) for row in wrapped(counted(tally), width)]
    tail = [*_reasons(criteria, findings, tally, width), *_subsets(criteria, findings, tally, width)]
    if behind.words:
        tail += [EMPTY, line(("in the letter" if behind.used else "in words", "dim"))]
        tail += [line(("  " + row, "figure")) for row in wrapped(f"“{behind.words}”", width - 2)]
        tail += [line(("  " + row, "dim")) for row in wrapped(behind.where_used, width - 2)]
    room = max(3, height - len(head) - len(tail) - 3)
    cases = _cases(criteria, findings, behind, inside, width, room)
    rows = [*head, EMPTY, *cases, *tail]
    rows = rows[: height - 2]
    if inside is not None and behind.cases:
        words = f"Enter opens case {behind.cases[inside]} here"
    else:
        words = f"Enter: {number(len(behind.cases), 'case')} behind this line"
    return [*rows, *([EMPTY] * (height - len(rows) - 1)), line((short(words, width), "here", "key:enter"))]


def counted(tally: Tally) -> str:
    """The counts in words: "7 enough, 3 not, 4 not asked"."""
    parts = [f"{tally.k} enough", f"{tally.n - tally.k} not"]
    parts += [f"{len(tally.unjudged[s])} {words}" for s, words in NOT_COUNTED.items() if tally.unjudged[s]]
    return ", ".join(parts)


def _cases(
    criteria: Criteria, findings: Findings, behind: Behind, inside: int | None, width: int, room: int
) -> list[Line]:
    tally = behind.tally
    why = _why(criteria, findings, tally)
    rows: list[Line] = []
    at = 0
    if tally.other_cases:
        rows.append(line(("not good enough", "dim")))
        for place, case in enumerate(tally.other_cases):
            here = place == inside
            at = len(rows) if here else at
            rows.append(
                line(
                    (f"{'▶' if here else ' '} {case}", "here" if here else "no"),
                    (f"  {short(why.get(case, ''), width - len(case) - 4)}", ""),
                    wish=f"case:{place}",
                )
            )
    if tally.sufficient_cases:
        rows.append(line(("good enough", "dim")))
        first = len(tally.other_cases)
        parts: list[Part] = []
        for place, case in enumerate(tally.sufficient_cases, first):
            here = place == inside
            parts.append((f"{'▶' if here else ' '}{case} ", "here" if here else "", f"case:{place}"))
        start = len(rows)
        rows += folded(parts, width - 1)
        if inside is not None and inside >= first:
            at = next(i for i, row in enumerate(rows) if i >= start and any(s.style == "here" for s in row))
    if not rows:
        rows.append(line(("no case was judged", "dim")))
    if len(rows) <= room:
        return rows
    top = max(0, min(at - room + 2, len(rows) - room))
    return [*rows[top : top + room - 1], line(("  …", "dim"))]


def _why(criteria: Criteria, findings: Findings, tally: Tally) -> dict[str, str]:
    """For each case not good enough its reasons; an outcome of its own where there are several."""
    question = criteria.question(tally.question)
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    told: dict[str, list[str]] = {}
    short_of = [o for o in criteria.outcomes_of(question) if o.counts == "insufficient"]
    for outcome in short_of[1:]:  # the first is the plain "no", which the heading says already
        for case in tally.outcomes.get(outcome.id, ()):
            told.setdefault(case, []).append(str(outcome.text))
    for reason, cases in findings.reasons(tally.question, tally.other_cases).items():
        for case in cases:
            told.setdefault(case, []).append(texts.get(reason, reason))
    return {case: "; ".join(words) for case, words in told.items()}


def _reasons(criteria: Criteria, findings: Findings, tally: Tally, width: int) -> list[Line]:
    question = criteria.question(tally.question)
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    found = sorted(
        findings.reasons(tally.question, tally.other_cases).items(), key=lambda item: -len(item[1])
    )
    if not found:
        return []
    rows = [EMPTY, line(("reasons (a case can have several)", "dim"))]
    most = min(8, max(len(cases) for _, cases in found))
    name = width - most - 6
    for reason, cases in found[:6]:
        bar = "█" * min(most, len(cases))
        rows.append(
            line(
                f"  {short(texts.get(reason, reason), name):<{name}} ",
                (f"{bar:<{most}}", "no"),
                f" {len(cases)}",
            )
        )
    return rows


def _subsets(criteria: Criteria, findings: Findings, tally: Tally, width: int) -> list[Line]:
    rows = []
    for subset in criteria.subsets:
        count = findings.count(tally.question, subset=subset.id)
        if count.n:
            rows.append(
                line(f"{short(str(subset.text), width - 10):<{width - 10}}", f"{count.k:>3} of {count.n}")
            )
    return [EMPTY, *rows] if rows else []


def whole_items(lead: str, items: Iterable[str], width: int, gap: str = "   ") -> str:
    """``items`` after ``lead``, as many as fit into ``width`` whole; an ellipsis where one does not."""
    told = lead
    for item in items:
        longer = f"{told}{gap if told != lead else ''}{item}"
        if width_of(line(longer)) > width - 2:
            return f"{told} …" if told != lead else short(longer, width)
        told = longer
    return told


def folded(parts: Sequence[Part], width: int, most: int = 99) -> list[Line]:
    """``parts`` one after the other, in lines of at most ``width`` cells."""
    rows: list[list[Span]] = [[]]
    used = 0
    for span in line(*parts):
        size = width_of((span,))
        if used + size > width and rows[-1] and len(rows) < most:
            rows.append([])
            used = 0
        rows[-1].append(span)
        used += size
    return [tuple(row) for row in rows]
