"""The board as text for people: as wide as the terminal, and 80 columns where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

from sqs_core.records.second_marking import format_fact
from sqs_core.scoring.confidence import Confidence, confidences
from sqs_core.scoring.findings import Findings, board_facts
from sqs_core.scoring.tally import Tally, grade_counts, prompt_counts
from sqs_core.storage.folder import InspectionFolder

MOST_BLOCKS = 40
"""Cases up to which a block is a case; beyond, the bar is in proportion, and the text says so."""

MOST_LISTED = 40
"""Cases up to which they are listed by their references; beyond, they are counted."""


def board_text(
    folder: InspectionFolder,
    findings: Findings,
    subsets: Mapping[str, Findings],
    sure: Mapping[str, Confidence] | None = None,
    *,
    width: int = 80,
) -> str:
    """Return the board: blocks that are cases, subsets, interval, the cases that fell short and why.

    In a window that is wide enough what fell short stands on the line of its question, else
    under it.  Programs read ``--csv`` or ``--json``: these lines may be laid out anew.
    ``sure`` is how sure each line is, where that has been worked out already.
    """
    if sure is None:
        sure = confidences(findings, frame=folder.inspection.sample.frame)
    board = _Board(findings, subsets, sure)
    head = [*_wrapped(_title(folder, findings), width), *_where(findings)]
    foot = [*_facts(findings, width), *_staff(findings, width), *_reading(folder, findings, sure, width)]
    lines = board.wide()
    if max(map(len, lines)) > width:
        lines = board.narrow(width)
    return "\n".join([*head, "", *lines, *foot])


class _Board:
    """The lines of the case questions, laid out one way or the other."""

    def __init__(
        self, findings: Findings, subsets: Mapping[str, Findings], sure: Mapping[str, Confidence]
    ) -> None:
        self.findings = findings
        self.subsets = subsets
        self.sure = sure
        self.blocks = min(MOST_BLOCKS, max(14, len(findings.cases)))

    def wide(self) -> list[str]:
        """Return a line a question."""
        criteria = self.findings.criteria
        shorts = [*(q.short for q in criteria.questions), *(q.short for q in criteria.interview_questions)]
        name = max((len(str(short)) for short in shorts), default=0) + 1
        columns = "".join(f"{subset:>11}" for subset in self.subsets)
        head = f"{criteria.enough:>{name + 9}} of  {'':{self.blocks}}{columns}  95% range"
        lines = [criteria.in_its_words(f"{head}  not good enough")]
        for theme in criteria.themes:
            lines.append(f"{theme.label} {theme.title}")
            for question in criteria.theme_questions(theme.id):
                tally = self.findings.tally(question.id)
                if tally.value:
                    lines.append(f"  {question.short!s:{name}}  {tally.value_words}")
                    continue
                parts = "".join(f"{_part(board, question.id):>11}" for board in self.subsets.values())
                count = f"{tally.k:>4} {tally.n:>4}" if tally.n else "   – none"
                bar = _bar(tally, self.blocks)
                short = _short_of(self.findings, question.id)
                line = f"  {question.short!s:{name}}{count}   {bar:{self.blocks}}{parts}"
                lines.append(f"{line}  {self._range(question.id):>9}  {short}".rstrip())
        return lines

    def narrow(self, width: int) -> list[str]:
        """Name, count, bar, range and subsets on a line, what fell short under it."""
        criteria = self.findings.criteria
        columns = "".join(f" {subset[:5]:>5}" for subset in self.subsets)
        blocks = min(14, self.blocks)
        name = width - 2 - 7 - 1 - blocks - 8 - len(columns)
        if name < 16:  # many subsets: their figures are in --csv and --json
            columns, name = "", name + len(columns)
        name = min(name, 1 + max((len(str(q.short)) for q in criteria.questions), default=0))
        lines = [f"{criteria.enough:>{name + 5}}  of{'':{blocks}}    range{columns}"]
        for theme in criteria.themes:
            lines.append(_cut(f"{theme.label} {theme.title}", width))
            for question in criteria.theme_questions(theme.id):
                tally = self.findings.tally(question.id)
                if tally.value:
                    lines += _wrapped(f"{question.short}: {tally.value_words}", width, "  ")
                    continue
                count = f"{tally.k:>3} {tally.n:>3}" if tally.n else " – none"
                bar = _bar(tally, blocks)
                parts = "".join(f" {_part(board, question.id):>5}" for board in self.subsets.values())
                row = f"  {_cut(str(question.short), name - 1):{name}}{count} {bar:{blocks}}"
                lines.append(f"{row}{self._range(question.id):>8}{parts if columns else ''}".rstrip())
                if shortfall := _short_of(self.findings, question.id):
                    lines += _wrapped(shortfall, width, " " * 6)
        if columns:
            names = "; ".join(f"{s.id[:5]} {s.text}" for s in criteria.subsets if s.id in self.subsets)
            lines += ["", *_wrapped(f"Columns: {names}.", width)]
        return lines

    def _range(self, question: str) -> str:
        known = self.sure[question]
        span = known.best.percent.removesuffix("%") if known.best else "–"
        return span + ("*" if known.in_frame else "")


def _title(folder: InspectionFolder, findings: Findings) -> str:
    criteria = folder.criteria
    cases = criteria.counted(len(findings.cases))
    return f"{folder.inspection.service}: {cases}, {criteria.title} ({criteria.source})"


def _where(findings: Findings) -> list[str]:
    if not findings.where:
        return []
    chosen = ", ".join(f"{name}={format_fact(value)}" for name, value in findings.where.items())
    return [f"only cases with {chosen}"]


def _facts(findings: Findings, width: int) -> list[str]:
    counts = board_facts(findings)
    rows = [
        line
        for count in counts
        for line in _wrapped(f"{count.fact.text}, {len(count.recorded)} recorded: {count.words}", width - 2)
    ]
    return ["", "Facts", *(f"  {row}" for row in rows)] if rows else []


def _staff(findings: Findings, width: int) -> list[str]:
    if not findings.people:
        return []
    asked = findings.criteria.interview_questions
    name = min(width - 40, max((len(str(q.short)) for q in asked), default=0) + 1)
    lines = ["", f"Staff: {len(findings.people)} interviewed, {len(findings.gave_views)} gave views"]
    for question in asked:
        tally = findings.interviews[question.id]
        others = " ".join(tally.other_cases)
        line = f"  {_cut(str(question.short), name - 1):{name}}{tally.k:>4} {tally.n:>4}"
        lines.append(f"{line}   {others and 'not: ' + others}".rstrip())
    return lines


def _reading(
    folder: InspectionFolder, findings: Findings, sure: Mapping[str, Confidence], width: int
) -> list[str]:
    block = (
        f"One block is one {folder.criteria.one}."
        if len(findings.cases) <= 14
        else f"Bars of more than 14 {folder.criteria.many} are in proportion."
    )
    words = f"{block}  95% range: Wilson's, as if these were a random sample."
    lines = ["", *_wrapped(words, width)]
    if any(line.in_frame for line in sure.values()):
        frame = folder.inspection.sample.frame
        noun = folder.criteria.many
        footnote = f"* of the {frame} {noun} that could have been drawn (finite-population correction)."
        lines += _wrapped(footnote, width)
    return lines


def _bar(tally: Tally, room: int) -> str:
    """Return a block a case where there is room; else as many as there is room for, in proportion."""
    full, most = tally.k, tally.n
    if most > room:
        full, most = round(room * tally.k / tally.n), room
    return "█" * full + "▒" * (most - full)


def _part(findings: Findings, question: str) -> str:
    tally = findings.tally(question)
    return f"{tally.k}/{tally.n}" if tally.n else "–"


def _short_of(findings: Findings, question: str) -> str:
    """Return the cases not sufficient, by outcome where there are several; then the reasons in brackets."""
    criteria, tally = findings.criteria, findings.tally(question)
    asked = criteria.question(question)
    groups = {o: units for o, units in tally.outcomes.items() if o not in tally.sufficient and units}
    alone = len(groups) == 1 and next(iter(groups)) == "insufficient"
    listed = {
        o: " ".join(units) if len(units) <= MOST_LISTED else f"{len(units)} cases"
        for o, units in groups.items()
    }
    said = [
        words if alone else f"{criteria.outcome_of(asked, outcome).text}: {words}"
        for outcome, words in listed.items()
    ]
    if grades := grade_counts(criteria, tally) if tally.n else ():
        said = [", ".join(f"{grade.text} {count}" for grade, count in grades), *said]
    texts = {reason.id: str(reason.text) for reason in criteria.reasons_of(asked)}
    reasons = sorted(tally.reasons.items(), key=lambda item: -len(item[1]))
    reasons_given = ", ".join(f"{texts.get(reason, reason)} {len(units)}" for reason, units in reasons)
    points = ", ".join(f"{prompt.text} {yes} of {of}" for prompt, yes, of in prompt_counts(criteria, tally))
    said += [f"points met: {points}"] if points else []
    return "; ".join(said) + (f"  ({reasons_given})" if reasons_given else "")


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    """Return ``words`` in lines of at most ``width``, those after the first set in further."""
    return wrap(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
