"""The board: for every question how many of how many, without a single case's reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from sqs_core.letter.report import Report
from sqs_core.renderers.markdown import escaped
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally, grade_counts

UNSETTLED = (State.NOT_KNOWN, State.UNANSWERED, State.PARKED)
# Not strftime: its month names follow the computer's locale, and the bytes must not.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
OUTSIDE = (State.NOT_APPLICABLE, State.NOT_ASKED)


@frozen
class BoardLine:
    """One question of the board.

    ``k`` cases of the ``n`` judged were sufficient.  ``range95`` is Wilson's interval in whole
    percents, "" where nothing was judged; ``parts`` are k and n within each subset; ``why`` the
    other outcomes and the reasons with their counts; ``outside`` and ``unsettled`` count the
    cases that were not judged.
    """

    theme: str
    name: str
    k: int
    n: int
    range95: str
    parts: tuple[tuple[int, int], ...]
    why: str
    outside: int
    unsettled: int

    @property
    def bar(self) -> tuple[str, int, int]:
        """What a chart draws of it."""
        return self.name, self.k, self.n


def judged_lines(report: Report) -> Iterator[BoardLine]:
    """Yield the case questions of the board that are judged, theme by theme."""
    criteria = report.criteria
    boards = tuple(report.findings.subsets.values())
    for theme in criteria.themes:
        for question in criteria.theme_questions(theme.id):
            whole = report.findings
            if question.is_judged:
                yield _line(whole, boards, f"{theme.label} {theme.title}", question.id, str(question.short))


def value_lines(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the case questions answered with a value: the name of each, and how the values came out."""
    tallies = report.findings.tallies
    asked = (q for theme in report.criteria.themes for q in report.criteria.theme_questions(theme.id))
    return tuple((str(q.short), tallies[q.id].value_words) for q in asked if not q.is_judged)


def staff_lines(report: Report) -> Iterator[BoardLine]:
    """Yield the interview questions: k of n of those who gave views, another population than cases."""
    for question in report.criteria.interview_questions:
        yield _line(report.findings, (), "Staff", question.id, str(question.short))


def staff_title(report: Report) -> str:
    """Return the heading of the interview questions, with how many people they are counted of."""
    people = report.findings
    return f"Staff: {len(people.people)} interviewed, {len(people.gave_views)} gave views"


def subset_names(report: Report) -> tuple[str, ...]:
    """Return what the subsets of the version are called, in the order of ``parts``."""
    return tuple(str(report.criteria.subset(name).text) for name in report.findings.subsets)


def heading(report: Report) -> str:
    """Return what the board is of: service, number of cases, days."""
    count = len(report.findings.cases)
    days = _days(report.first_day, report.last_day)
    return f"{report.service}: {count} case{'' if count == 1 else 's'}" + (f", {days}" if days else "")


def _days(first: date | None, last: date | None) -> str:
    """ "26 to 28 November 2012", with as much of the first date as differs from the last."""
    if first is None or last is None or first == last:
        day = first or last
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
    ending = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {MONTHS[first.month - 1]}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}{month}{year} to {ending}"


def source(report: Report) -> str:
    """Return which criteria were used, and where their wording comes from."""
    return f"Criteria: {report.criteria.title} ({report.criteria.source})."


def _line(whole: Findings, boards: tuple[Findings, ...], theme: str, question: str, name: str) -> BoardLine:
    tally = whole.tally(question)
    interval = wilson(tally.k, tally.n)
    return BoardLine(
        theme=theme,
        name=name,
        k=tally.k,
        n=tally.n,
        range95=f"{interval.low * 100:.0f}–{interval.high * 100:.0f}" if interval else "",
        parts=tuple((board.tally(question).k, board.tally(question).n) for board in boards),
        why=_why(whole, tally),
        outside=sum(len(tally.unjudged[state]) for state in OUTSIDE),
        unsettled=sum(len(tally.unjudged[state]) for state in UNSETTLED),
    )


def _why(whole: Findings, tally: Tally) -> str:
    if tally.question in whole.interviews:
        return ""
    criteria = whole.criteria
    texts = {o.id: str(o.text) for o in criteria.outcomes}
    reasons = {r.id: str(r.text) for r in criteria.reasons_of(criteria.question(tally.question))}
    short = {o: u for o, u in tally.outcomes.items() if o not in tally.sufficient and u}
    # A no-break space, so that no line begins with a number that stands alone.
    grades = grade_counts(criteria, tally) if tally.n else ()
    counts = [(o, len(units)) for o, units in short.items()] if len(short) > 1 else []
    counts = [(grade.id, count) for grade, count in grades] or counts
    parts = [f"{texts[o]}\N{NO-BREAK SPACE}{count}" for o, count in counts]
    counted = sorted(tally.reasons.items(), key=lambda item: -len(item[1]))
    parts += [f"{reasons[reason]}\N{NO-BREAK SPACE}{len(units)}" for reason, units in counted]
    return "; ".join(parts)


def render_board(report: Report) -> bytes:
    """Return the board as a Markdown table in UTF-8, one row a question."""
    subsets = subset_names(report)
    mark = [f"**{escaped(report.mark_line)}**", ""] if report.marks else []
    lines = [*mark, f"# {escaped(heading(report))}", ""]
    columns = ["Question", "Enough", "Of", *subsets, "95% range", "Not counted", "Still open", "Why not"]
    marks = f"| :-- |{' --: |' * (len(columns) - 2)} :-- |"
    theme = ""
    for line in judged_lines(report):
        if line.theme != theme:
            theme = line.theme
            lines += ["", f"## {escaped(theme)}", "", _row(columns), marks]
        cells = [line.name, str(line.k) if line.n else "–", str(line.n) if line.n else "none judged"]
        cells += [f"{k} of {n}" if n else "–" for k, n in line.parts]
        lines.append(_row([*cells, line.range95 or "–", str(line.outside), str(line.unsettled), line.why]))
    if values := value_lines(report):
        lines += ["", f"## {RECORDED}", "", _row(["Question", "How it came out"]), "| :-- | :-- |"]
        lines += map(_row, values)
    if report.findings.people:
        lines += ["", f"## {escaped(staff_title(report))}", ""]
        lines += [_row(["Question", "Yes", "Of"]), "| :-- | --: | --: |"]
        lines += [_row([line.name, str(line.k), str(line.n)]) for line in staff_lines(report)]
    lines += ["", escaped(READING), "", escaped(source(report)), *(["", *mark[:1]] if mark else [])]
    return ("\n".join(lines) + "\n").encode()


RECORDED = "Recorded, and not judged"
READING = (
    "“Enough” counts cases judged sufficient “of” those judged; cases to which a question does not "
    "apply are not counted, and those not known, unanswered or parked are still open. The 95% range "
    "is Wilson's, in percent, as if these were a random sample. A case can have several reasons."
)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(cell).replace("\n", " ") for cell in cells) + " |"
