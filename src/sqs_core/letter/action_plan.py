"""The action plan: the areas requiring improvement as a table, linked to their questions."""

from __future__ import annotations

from attrs import frozen

from sqs_core.letter.document import Block, Document, Heading, Items, Paragraph, roman
from sqs_core.records.followed_action import FollowedAction, FollowedActions
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import Findings
from sqs_core.text import csv_text

COLUMNS = ("ref", "area", "questions", "action", "date", "lead", "progress")


@frozen
class PlanRow:
    """One row: ``ref`` is the area's number in the letter ("i"), with ".2" for its second action.

    ``questions`` tells each question the area rests on with its count: "roh.plan 7/10"; ``rests_on`` says
    the same for people: "risk of harm plan (2.3), 7 of 10".
    """

    ref: str
    area: str
    questions: tuple[str, ...]
    action: str = ""
    date: str = ""
    lead: str = ""
    progress: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as words, in the order of the columns."""
        return (
            self.ref, self.area, ", ".join(self.questions), self.action, self.date, self.lead, self.progress,
        )  # fmt: skip


def action_plan(
    narrative: Narrative, findings: Findings, followed: FollowedActions | None = None
) -> tuple[PlanRow, ...]:
    """Return a row for each action of each area; one to fill in where an area has none yet.

    Those that are ``followed`` up stand with the area they are for; those for none of them stand at the end,
    without a number.  UsageError where an area rests on a question that the version does not have.
    """
    rows = []
    followed = followed or FollowedActions()
    rest = dict(followed.actions)
    findings = findings.of_all
    criteria = findings.criteria
    numbers = criteria.question_numbers
    for number, area in enumerate(narrative.improvements, 1):
        counted, said = [], []
        for name in area.questions:
            count = findings.count(name)
            counted.append(f"{name} {count.k}/{count.n}")
            short = f"{criteria.question(name).short} ({numbers[name]})" if name in numbers else name
            said.append(f"{short}, {count.k} of {count.n}")
        for_area = followed.for_area(area.text)
        rest = {name: one for name, one in rest.items() if name not in for_area}
        actions = [(one.action, one.date, one.lead, one.progress) for one in area.actions]
        actions += [_row(one) for one in for_area.values()]
        for place, columns in enumerate(actions or [("", "", "", "")], 1):
            ref = roman(number) + (f".{place}" if len(actions) > 1 else "")
            rows.append(PlanRow(ref, " ".join(area.text.split()), tuple(counted), *columns, tuple(said)))
    rows += [PlanRow("–", one.area or one.source, one.questions, *_row(one)) for one in rest.values()]
    return tuple(rows)


def _row(one: FollowedAction) -> tuple[str, str, str, str]:
    last = one.notes[-1] if one.notes else None
    progress = f"{one.state}, {last.day}: {last.note}" if last else "" if one.state == "open" else one.state
    return one.action, f"{one.due or ''}", one.owner, progress


def plan_document(title: str, language: str, rows: tuple[PlanRow, ...]) -> Document:
    """Return the plan as a document, for renderers of any format: an area a section, what is open dotted."""
    blocks: list[Block] = [Heading(title, 1)]
    for row in rows:
        blocks.append(Heading(f"{row.ref}. {row.area}", 2))
        if row.questions:
            blocks.append(Paragraph((f"Rests on: {'; '.join(row.rests_on or row.questions)}",)))
        names = ("Action", "Date", "Lead", "Progress")
        fields = zip(names, (row.action, row.date, row.lead, row.progress), strict=True)
        lines = tuple(Paragraph((f"{name}: {words or '…' * 20}",)) for name, words in fields)
        blocks.append(Items("bullet", lines))
    return Document(title, language, tuple(blocks))


def plan_csv(rows: tuple[PlanRow, ...]) -> str:
    """Return the rows as CSV with a header; a cell that a spreadsheet would run is made text."""
    return csv_text(COLUMNS, (row.cells for row in rows))


def plan_markdown(rows: tuple[PlanRow, ...]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
    for row in rows:
        cells = [" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|") for cell in row.cells]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
