"""What has changed since the screening before, in words: a section for a letter, a board or a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqs_core.letter.document import Block, Document, Figure, Heading, Items, Paragraph, Run
from sqs_core.letter.reference import Reference
from sqs_core.scoring.findings import CASES, Count, Findings
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening
from sqs_core.scoring.two_proportions import MOST_NEEDED
from sqs_core.text import counted

SINCE = "What has changed since"
"""How the heading of the section begins by which a letter's checker finds it."""

SECTION = "since"
"""The name of the section's first paragraph; that of a question is ``since.roh.plan``."""

CANNOT_TELL = "cannot be told at these sizes"
AREAS = "Areas for improvement"
SUBSETS = "Parts of the sample"


def change_document(rescreening: Rescreening, language: str) -> Document:
    """Return the whole comparison as a document, for renderers of any format: areas for improvement first.

    Pictures belong at :func:`pictures_place`; the parts of the sample are many, and come last.
    """
    blocks: list[Block] = [Heading(title_of(rescreening), 1)]
    blocks += [Paragraph((f"Take care: {note}.",)) for note in rescreening.notes]
    first, *rest = how_to_read(rescreening)
    blocks.append(Paragraph((first,)))
    compared = rescreening.compared

    def listed(title: str, rows: Sequence[RescreenedQuestion]) -> Iterator[Block]:
        if rows:
            yield Heading(title, 2)
            yield Items("bullet", tuple(Paragraph(_runs(rescreening, one)) for one in rows))

    blocks += listed(AREAS, [one for one in compared if one.area])
    blocks += listed("Other questions", [one for one in compared if not one.area])
    blocks += listed("Not comparable", [one for one in rescreening.questions if one.p is None])
    if rest:
        blocks += [Heading("How to read this", 2), *(Paragraph((sentence,)) for sentence in rest)]
    blocks += listed(SUBSETS, rescreening.subsets)
    return Document(title_of(rescreening), language, tuple(blocks))


def pictures_place(document: Document) -> int:
    """Return the block of a comparison before which its pictures stand: after the areas for improvement."""
    after = (
        place
        for place, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level > 1 and block.text != AREAS
    )
    return next(after, len(document.blocks))


def change_section(rescreening: Rescreening) -> tuple[Block, ...]:
    """Return the comparison as a section of the letter: the areas for improvement, and what else changed.

    What makes it doubtful is not in it: its author is told before the letter goes.
    """
    first, *rest = how_to_read(rescreening, of_letter=True)
    blocks: list[Block] = [
        Heading(since_words(rescreening), 2),
        Paragraph((*_cases(rescreening), f" {first}"), SECTION),
    ]
    for lead, rows in (
        (
            "The areas for improvement of the letter before:",
            [one for one in rescreening.questions if one.area],
        ),
        (
            "What else is better or worse:",
            [one for one in rescreening.compared if not one.area and one.verdict in _TOLD],
        ),
    ):
        if rows:
            items = tuple(Paragraph(_runs(rescreening, one), f"{SECTION}.{one.question}") for one in rows)
            blocks += [Paragraph((lead,)), Items("bullet", items)]
    if rest:
        blocks.append(Paragraph((" ".join(rest),)))
    return tuple(blocks)


def _cases(rescreening: Rescreening) -> tuple[Run, ...]:
    """Return how many cases were screened then and now, as figures."""

    def figure(findings: Findings, when: str) -> Figure:
        cases = findings.cases
        words = f"{counted(len(cases), 'case')} {when}"
        return Figure.counting(words, Reference(CASES, form=when), Count(cases, cases))

    return (
        "This screening is compared with the one before: ",
        figure(rescreening.findings_before, "then"),
        ", ",
        figure(rescreening.findings_after, "now"),
        ".",
    )


def since_words(rescreening: Rescreening) -> str:
    """Return "What has changed since March 2026"."""
    day = rescreening.before.last_day or rescreening.before.first_day
    return f"{SINCE} {day:%B %Y}" if day else f"{SINCE} the screening before"


def title_of(rescreening: Rescreening) -> str:
    """Return "What has changed since March 2026: Anytown YOS"."""
    return f"{since_words(rescreening)}: {' '.join(rescreening.after.service.split())}"


def how_to_read(rescreening: Rescreening, *, of_letter: bool = False) -> tuple[str, ...]:
    """Return what a reader must know of the verdicts: what they rest on, and how many are wrong by chance.

    In the section ``of_letter`` there are no parts of the sample.
    """
    compared = rescreening.compared
    if not compared:
        return ("No question could be compared.",)
    shown = compared if not of_letter else [one for one in compared if one.area or one.verdict in _TOLD]
    parted = [one for one in shown if _interval_tells(one) != (one.verdict in _TOLD)]
    changed = [one for one in compared if one.verdict in _TOLD]
    together = sum(one.holds_together for one in changed)
    said = [
        f"Of {counted(len(compared), 'question')} compared, {_many(compared, 'better')} better, "
        f"{_many(compared, 'worse')} worse, and of {_number(compared, 'cannot be told')} it cannot be told. "
        "That a change cannot be told does not mean that nothing has changed.",
        "Points are the share now less the share then, in hundredths; in brackets stands the 95% interval. "
        "Each question is tested by itself (Boschloo's exact test, at 5 in 100). Had nothing changed at all, "
        f"up to {rescreening.by_chance:.1f} of {len(compared)} would be called better or worse by chance.",
    ]
    if changed:
        said.append(
            f"Of the {len(changed)} called better or worse, {together} still would be with all questions "
            "taken together (Holm's method, which keeps the chance of even one wrong word at 5 in 100)."
        )
    if parted:
        said.append(
            f"For {counted(len(parted), 'question')} the interval alone would say otherwise: it is another "
            "method than the test, and the word follows the test."
        )
    said.append("It takes the cases of both screenings to be drawn at random and apart.")
    if rescreening.subsets and not of_letter:
        said.append(
            "Parts of the sample are there to explain, not to decide: there are many of them, and few cases "
            "in each."
        )
    return tuple(said)


def verdict_words(one: RescreenedQuestion) -> str:
    """Return the verdict in plain words, with how many cases it would take where it cannot be told."""
    if one.verdict == "not comparable":
        return f"not comparable: {one.why}"
    together = ", also with all questions taken together" if one.holds_together and not one.subset else ""
    if one.verdict != "cannot be told":
        return f"{one.verdict}{together}"
    if one.needed:
        return f"{CANNOT_TELL}; {needed_words(one.needed)} would tell a difference such as this"
    if one.difference == 0:
        return f"{CANNOT_TELL}; the shares are the same"
    return f"{CANNOT_TELL}; more than {MOST_NEEDED:,} cases each time would be needed"


def needed_words(needed: int) -> str:
    """Return "about 2,400 cases each time": it is an approximation, and has no more than two digits."""
    return f"about {round(needed, 2 - len(str(needed))):,} cases each time"


def difference_words(one: RescreenedQuestion) -> str:
    """Return "+21 points (−14 to +51)": the shares' difference in hundredths; "" where there is none."""
    if one.difference is None or one.interval is None:
        return ""
    low, high = _points(one.interval.low), _points(one.interval.high)
    return f"{_points(float(one.difference))} points ({low} to {high})"


def name_of(rescreening: Rescreening, one: RescreenedQuestion) -> str:
    """Return what a question is called, with its number: "risk of harm plan (2.3), custody"."""
    now = rescreening.findings_after.criteria
    criteria = now if now.has_question(one.question) else rescreening.findings_before.criteria
    name = f"{criteria.question(one.question).short} ({criteria.question_numbers[one.question]})"
    return f"{name}, {now.subset(one.subset).text}" if one.subset else name


_TOLD = ("better", "worse")


def _interval_tells(one: RescreenedQuestion) -> bool:
    return one.interval is not None and not one.interval.low <= 0 <= one.interval.high


def _number(rows: Iterable[RescreenedQuestion], verdict: str) -> int:
    return sum(one.verdict == verdict for one in rows)


def _many(rows: Iterable[RescreenedQuestion], verdict: str) -> str:
    number = _number(rows, verdict)
    return f"{number} {'is' if number == 1 else 'are'}"


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points)}"


def _runs(rescreening: Rescreening, one: RescreenedQuestion) -> tuple[Run, ...]:
    name = f"{name_of(rescreening, one)}: "
    if one.p is None:
        return (name, verdict_words(one))

    def figure(when: str, words: str, count: Count) -> Figure:
        reference = Reference(one.question, "", one.subset, when)
        return Figure.counting(words, reference, Count(count.cases, count.of))

    then = rescreening.findings_before.count(one.earlier, subset=one.subset)
    now = rescreening.findings_after.count(one.question, subset=one.subset)
    declared = f" (asked as {one.earlier} then; declared the same)" if one.declared else ""
    return (
        name,
        figure("then", str(one.before), then),
        " then, ",
        figure("now", str(one.after), now),
        f" now{declared}; {difference_words(one)}; {verdict_words(one)}",
    )
