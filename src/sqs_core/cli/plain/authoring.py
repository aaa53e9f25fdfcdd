"""What the author writes into the letter: summary, paragraphs, strengths, areas to improve."""

from __future__ import annotations

from attrs import evolve

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.talk import counted
from sqs_core.cli.plain.writing import added, written
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import whole_number

KINDS = (
    '"write summary", "write 1.4" (after the composed words of 1.4), "write instead 1.4" (in their place), '
    '"write strength", "write improvement", "write strength 2" (to change the second)'
)


def write_part(desk: Desk, words: str) -> None:
    """Ask for one part of the letter in lines and save it; "clear" takes away what was written."""
    part = part_called(desk, words)
    if part is None:
        desk.talk.say(f"Write what? {KINDS}.")
        return
    before = text_of(desk.folder.narrative().record, part)
    title = " ".join(part).strip().capitalize()
    if before:
        desk.talk.say(f'{title} now: {before}\nWhat you type is added; "clear" takes away what is there.')
    desk.talk.say(
        f'{title}. Finish with a line holding only a full stop, or "edit" for your editor. '
        "A live figure is written {roh.plan|of cases}."
    )
    found = written(desk.talk, before, TextOf(desk.folder, "letter", "", ".".join(part)))
    if found.text or found.replaces:

        def change(narrative: Narrative) -> Narrative:
            there = text_of(narrative, part)
            return with_text(narrative, part, found.text if found.replaces else added(there, found.text))

        what = f"{title}, {counted(len(found.text), 'character')}"
        if desk.change_narrative(change, what, found.text):
            desk.talk.say(f"{title}: saved in the letter. {desk.saved}")
            for problem in desk.folder.report().document.problems:
                if not problem.advice:
                    desk.talk.say(f"To look at: {problem}.")
    if found.broken_off:
        raise found.broken_off


Part = tuple[str, str]


def part_called(desk: Desk, words: str) -> Part | None:
    """The part that ``words`` name: its kind, and the paragraph or the place in a list."""
    kind, _, rest = words.lower().partition(" ")
    narrative = desk.folder.narrative().record
    if kind == "summary":
        return ("summary", "")
    for name, known in (("strength", len(narrative.strengths)), ("improvement", len(narrative.improvements))):
        if kind in (name, name + "s"):
            if not rest:
                return (name, str(known + 1))
            place = whole_number(rest) or 0
            return (name, str(place)) if 1 <= place <= known else None
    plan = desk.criteria.letter
    paragraphs = [p.id for section in plan.sections for p in section.paragraphs] if plan else []
    kind, name = ("instead", rest) if kind == "instead" else ("after", words.lower())
    return (kind, name) if name in paragraphs else None


def text_of(narrative: Narrative, part: Part) -> str:
    """What the author wrote for a part; "" where nothing yet."""
    kind, name = part
    if kind == "summary":
        return narrative.summary
    if kind in ("strength", "improvement"):
        items = narrative.strengths if kind == "strength" else narrative.improvements
        return items[int(name) - 1].text if int(name) <= len(items) else ""
    edit = narrative.paragraphs.get(name, EditedParagraph())
    return edit.text if kind == "instead" else edit.add


def with_text(narrative: Narrative, part: Part, text: str) -> Narrative:
    """The narrative with ``text`` as that part; an empty one leaves no trace."""
    kind, name = part
    if kind == "summary":
        return evolve(narrative, summary=text)
    if kind == "strength":
        strengths = list(narrative.strengths)
        strengths[int(name) - 1 : int(name)] = [Strength(text)] if text else []
        return evolve(narrative, strengths=tuple(strengths))
    if kind == "improvement":
        at = int(name) - 1
        improvements = list(narrative.improvements)
        kept = improvements[at].questions if at < len(improvements) else ()
        improvements[at : at + 1] = [Improvement(text, kept)] if text else []
        return evolve(narrative, improvements=tuple(improvements))
    edit = narrative.paragraphs.get(name, EditedParagraph())
    edit = evolve(edit, text=text) if kind == "instead" else evolve(edit, add=text)
    paragraphs = {**narrative.paragraphs, name: edit}
    if edit == EditedParagraph():
        del paragraphs[name]
    return evolve(narrative, paragraphs=paragraphs)
