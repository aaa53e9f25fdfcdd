"""The letter before it is sent: read through, its figures said another way, held against a draft."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sqs_core.claims.proofreading import proof_of
from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.talk import counted
from sqs_core.errors import SqsError
from sqs_core.letter.drafts import FigureChange, changes, draft_of
from sqs_core.letter.live_figures import CHOICES
from sqs_core.letter.quotes import is_quoted, place_of_quotes, quoting, unquoting
from sqs_core.records.narrative import Narrative
from sqs_core.storage.drafts import draft_numbers, load_draft, save_draft
from sqs_core.text import whole_number


def proof_lines(desk: Desk, words: str) -> Iterator[str]:
    """What reading the letter through finds: numbers without a link, names, case numbers, long sentences."""
    folder = desk.folder
    report = folder.report()
    exceptions = folder.narrative().record.exceptions
    found = proof_of(folder.inspection, report.findings, report.document, folder.case_ids(), exceptions)
    yield f"{counted(found.live, 'live figure')}."
    if found.typed is None:
        yield "Numbers typed by hand cannot be read in this language."
    for claim in found.typed or ():
        why = f" {claim.why}" if claim.why else ""
        yield f'{claim.paragraph or "Text"}: "{claim.quote}" is typed, not a live figure.{why}'
    for finding in found.findings:
        yield f'{finding.paragraph or "Text"}: "{finding.quote}" {finding.why}.'
    for sentence in found.long:
        yield f"{sentence.paragraph or 'Text'}: a sentence of {sentence.words} words."
    yield from (f"To look at: {problem}." for problem in report.document.problems)
    yield (
        "No name or case number was found, as far as patterns can tell."
        if not found.findings
        else ("Mend each, or keep it with a reason in letter.toml.")
    )


def drafts_lines(desk: Desk, words: str) -> Iterator[str]:
    """What changed since the draft kept last; "draft keep" keeps one, "draft 2" compares with the second."""
    folder = desk.folder
    report = folder.report()
    numbers = draft_numbers(folder.path)
    if words.lower() == "keep":
        number = max(numbers, default=0) + 1
        save_draft(folder, draft_of(report.document, report.findings, number))
        yield f"Kept as draft {number}."
        return
    if not numbers:
        yield 'No draft has been kept yet; "draft keep" keeps the letter as it is now.'
        return
    wanted = whole_number(words)
    if words and wanted is None:
        yield f"Type draft, draft keep, or a draft from {numbers[0]} to {numbers[-1]}: draft {numbers[-1]}."
        return
    before = load_draft(folder.path, wanted)
    found = changes(before, draft_of(report.document, report.findings, before.number + 1))
    for change in found:
        yield f"{change.name} was: {change.before or 'nothing'}"
        yield f"{change.name} is: {change.after or 'nothing'}"
        yield from (_figure(figure) for figure in change.figures)
        if not change.figures:
            yield "No figure changed: the text was edited."
    changed = counted(len(found), "paragraph")
    yield f"{changed} changed since draft {before.number}." if found else f"As in draft {before.number}."


def _figure(change: FigureChange) -> str:
    was = f"{change.before.k} of {change.before.n}" if change.before else "not said"
    now = f"{change.after.k} of {change.after.n}" if change.after else "not said"
    why = f" Because: {'; '.join(change.because)}." if change.because else ""
    return f"{change.reference}: was {was}, is {now}.{why}"


def say_otherwise(desk: Desk, here: Place, rest: str) -> Place:
    """Say a figure by its count or in words: "wording 2.2" or, for its second figure, "wording 2.2 2"."""
    name, _, place = rest.partition(" ")
    paragraphs = {p.number or p.id: p for p in desk.folder.report().document.paragraphs()}
    figures = paragraphs[name].figures if name in paragraphs else ()
    number = whole_number(place) if place else 1
    if number is None or not 1 <= number <= len(figures):
        desk.talk.say(
            'Which figure? For example: wording 2.2, or its second: wording 2.2 2. "letter 2.2" lists them.'
        )
        return here
    figure = figures[number - 1]
    if figure.form not in CHOICES:
        desk.talk.say("This figure has one shape only.")
        return here
    form = next(choice for choice in CHOICES if choice != figure.form)

    def change(narrative: Narrative) -> Narrative:
        return evolve(narrative, wording={**narrative.wording, figure.reference: form})

    if desk.change_narrative(change, "the wording of a figure"):
        told = next(
            (f.text for _, f in desk.folder.report().document.figures() if f.reference == figure.reference),
            "",
        )
        desk.talk.say(f'It says "{told}" now. {desk.saved}')
    return here


def cite(desk: Desk, here: Place, rest: str) -> Place:
    """Put the note on this person into the letter, or take it out again."""
    person = desk.interview(here.case).record
    try:
        place = place_of_quotes(desk.folder.report().document, desk.criteria)
        out = is_quoted(desk.folder.narrative().record, person)

        def change(narrative: Narrative) -> Narrative:
            return unquoting(narrative, person) if out else quoting(narrative, person, place)

        change(desk.folder.narrative().record)  # what cannot be quoted is refused before anything is saved
    except SqsError as error:
        desk.talk.say(str(error))
        return here
    if desk.change_narrative(change, "a quote in the letter"):
        done = "Taken out of the letter." if out else f'Quoted in the letter; "letter {place}" reads it.'
        desk.talk.say(f"{done} {desk.saved}")
    return here
