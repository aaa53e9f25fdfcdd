"""The board read aloud: k of n for every question, with the cases behind each part."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.numbers import question_called
from sqs_core.cli.plain.talk import listed
from sqs_core.errors import did_you_mean
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.tally import Summary, Tally


def board_lines(desk: Desk, words: str) -> Iterator[str]:
    """The whole board, or its weakest lines first; one subset ("custody"); or one question ("2.3")

    with everything behind it.
    """
    criteria = desk.criteria
    findings = desk.folder.findings()
    subsets = {s.id: s for s in criteria.subsets}
    word = words.lower()
    question = question_called(criteria, word) if word else None
    if question:
        yield from _one_question(desk, findings, question)
    elif word in subsets:
        yield f"Only the cases {subsets[word].text}."
        yield from _whole(desk, findings.subsets[word])
    elif word == "weakest":
        yield from _weakest(desk, findings.whole)
    elif word not in ("", "all"):
        known = [*subsets, "all", "weakest"]
        near = did_you_mean(word, known)
        yield f'There is no part of the board called "{words}"; {near}, or a question such as 2.3.'
    else:
        yield from _whole(desk, findings.whole)


def _whole(desk: Desk, summary: Summary) -> Iterator[str]:
    criteria = desk.criteria
    yield f"{len(summary.cases)} cases counted. Good enough, of those judged:"
    for theme in criteria.themes:
        yield f"Section {theme.label}, {theme.title}"
        for question in criteria.theme_questions(theme.id):
            tally = summary.tally(question.id)
            others = f" Not good enough: {listed(tally.other_cases)}." if tally.other_cases else ""
            yield f"{desk.number(question.id)} {question.short}: {_count(tally)}.{others}"
    if summary.people:
        yield f"Staff: {len(summary.people)} interviewed, {len(summary.gave_views)} gave views."
        for asked in criteria.interview_questions:
            tally = summary.interviews[asked.id]
            others = f" Not: {listed(tally.other_cases)}." if tally.other_cases else ""
            yield f"{asked.short}: {_count(tally)}.{others}"


def _weakest(desk: Desk, summary: Summary) -> Iterator[str]:
    """The lines by the share judged good enough, the lowest first."""
    yield "Good enough, of those judged, the weakest first:"
    judged = [tally for tally in summary.tallies.values() if tally.share is not None]
    for tally in sorted(judged, key=lambda tally: tally.share or 0):
        short = desk.criteria.question(tally.question).short
        yield f"{desk.number(tally.question)} {short}: {_count(tally)}."


def _count(tally: Tally) -> str:
    return f"{tally.k} of {tally.n}" if tally.n else "not judged in any case"


def _one_question(desk: Desk, findings: Findings, name: str) -> Iterator[str]:
    criteria = desk.criteria
    question = criteria.question(name)
    tally = findings.whole.tally(name)
    yield f"{desk.number(name)} {question.text}"
    yield f"Good enough: {_count(tally)}."
    interval = wilson(tally.k, tally.n)
    if interval:
        low, high = round(interval.low * 100), round(interval.high * 100)
        yield f"95% range, as if these were a random sample: {low} to {high} per cent."
    texts = {o.id: str(o.text) for o in criteria.outcomes}
    for outcome, units in tally.outcomes.items():
        yield f"{texts[outcome].capitalize()}: {listed(units)}."
    for state, units in tally.unjudged.items():
        if units:
            yield f"{state.value.replace('-', ' ').capitalize()}: {listed(units)}."
    for reason, units in findings.reasons(name, tally.other_cases).items():
        yield f"Reason, {criteria.reason_of(question, reason).text}: {listed(units)}."
    for subset in criteria.subsets:
        yield f"Cases {subset.text}: {_count(findings.subsets[subset.id].tally(name))}."
