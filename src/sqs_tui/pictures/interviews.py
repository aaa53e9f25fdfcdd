"""What members of staff said: question by person, and the person in view."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records import Interview
from sqs_core.scoring.by_role import LEAST, count_by_role
from sqs_tui.paint.lines import EMPTY, Line, Part, line, rule, short
from sqs_tui.pictures.board_panel import whole_items
from sqs_tui.pictures.edges import tabs
from sqs_tui.pictures.words import STYLE_OF


@frozen
class Seats:
    """Who was interviewed, by letter, with the mark on a question and a person.

    ``quoted`` says whether the note on the person with the mark stands in the letter.
    """

    criteria: Criteria
    people: Mapping[str, Interview]
    row: int
    column: int
    quoted: bool = False

    @property
    def letters(self) -> list[str]:
        """The letters in their order."""
        return sorted(self.people)

    @property
    def person(self) -> Interview:
        """The person with the mark; only where there is one."""
        return self.people[self.letters[self.column]]


def interviews_picture(seats: Seats, width: int, height: int) -> list[Line]:
    """The grid, and the person with the mark under it."""
    gave = sum(person.gave_views for person in seats.people.values())
    head = [tabs("Interviews", width, f"{gave} of {len(seats.people)} gave views"), rule(width)]
    foot = _foot(seats, width, short_one=height < 19)
    return [*head, *_grid(seats, width, height - len(head) - len(foot)), *foot]


def _grid(seats: Seats, width: int, height: int) -> list[Line]:
    criteria, letters = seats.criteria, seats.letters
    room = max(1, min(len(letters), (width - 45) // 3))
    first = max(0, min(seats.column - room + 1, len(letters) - room)) if letters else 0
    shown = range(first, first + room if letters else 0)
    # Not wider than the longest question: a line is read across.
    longest = max((len(str(q.short)) for q in criteria.interview_questions), default=20)
    label = min(width - 4 - 3 * room - 15, longest + 4)
    head: list[Part] = [" " * (label + 3)]
    head += [
        (f"{short(letters[place], 2):^3}", "here" if place == seats.column else "title") for place in shown
    ]
    rows = [line(*head, ("   yes of asked", "dim"))]
    questions = criteria.interview_questions
    space = height - 1
    top = max(0, min(seats.row - space + 2, len(questions) - space))
    for at, question in list(enumerate(questions))[top : top + space]:
        rows.append(_row(seats, at, str(question.short), question.id, shown, label))
    return [*rows, *([EMPTY] * (height - len(rows)))]


def _row(seats: Seats, at: int, name: str, question: str, shown: range, label: int) -> Line:
    criteria = seats.criteria
    marks = {o.id: (o.mark, STYLE_OF[o.counts]) for o in criteria.interview_outcomes}
    good = {o.id for o in criteria.interview_outcomes if o.counts == "sufficient"}
    judged = {o.id for o in criteria.interview_outcomes if not o.counts.startswith("not-")}
    here = at == seats.row
    parts: list[Part] = [(" ▶ " if here else "   ", "here")]
    parts.append((f"{short(name, label):<{label}}", "here" if here else ""))
    for place in shown:
        someone = seats.people[seats.letters[place]]
        mark, style = marks.get(someone.answers.get(question, ""), (".", "dim"))
        mark = mark if someone.gave_views else " "
        parts.append((f"[{mark}]" if here and place == seats.column else f" {mark} ", style))
    given = [i.answers.get(question) for i in seats.people.values() if i.gave_views]
    parts.append(f"   {sum(g in good for g in given):>2} of {sum(g in judged for g in given):<2}")
    return line(*parts, wish=f"row:{at}")


def _foot(seats: Seats, width: int, *, short_one: bool) -> list[Line]:
    if not seats.people:
        nobody = line("  Nobody yet.  ", ("a", "title", "key:a"), " adds a person, by a letter.")
        return [rule(width), nobody, EMPTY]
    person, criteria = seats.person, seats.criteria
    roles = {name: one for name, (one, _) in (criteria.letter.roles if criteria.letter else {}).items()}

    def told(who: Interview) -> str:
        role = roles.get(who.role, who.role) or "no role yet"
        return role if who.gave_views else f"{role}, gave no views"

    alike: dict[str, list[str]] = {}
    # Whose column is empty comes first: that is what somebody asks who sees it.
    for who in sorted(seats.letters, key=lambda letter: (seats.people[letter].gave_views, letter)):
        if who != person.person:
            alike.setdefault(told(seats.people[who]), []).append(who)
    others = [f"{' '.join(who)} {role}" for role, who in alike.items()]
    keys = "   ".join(f"{o.key} {o.text}" for o in criteria.interview_outcomes)
    tick = "[x]" if seats.quoted else "[ ]"
    rows = [rule(width), line((f"  {person.person}  ", "here"), (told(person), "bold"))]
    if not short_one:
        rows[-1] = (*rows[-1], *line((whole_items("    ", others, width - 24), "dim")))
    rows.append(line(("  e Note   ", "title", "key:e"), short(person.note or "–", width - 12)))
    words = (
        "the note stands in the letter" if seats.quoted else "a note goes into the letter only when ticked"
    )
    rows.append(line((f"  Q {tick}    ", "title", "key:Q"), (short(words, width - 12), "dim")))
    if not short_one:
        rows.append(line(("  " + short(_split(seats, roles), width - 3), "dim")))
    rows.append(line((short(f"  {keys}   Letters only, no names.", width), "dim")))
    return rows


def _split(seats: Seats, roles: Mapping[str, str]) -> str:
    """The question with the mark by role, or why it is not told so."""
    if not seats.criteria.interview_questions:
        return ""
    question = seats.criteria.interview_questions[seats.row].id
    split = count_by_role(seats.criteria, seats.people.values(), question)
    if not split:
        return f"No split by role: where fewer than {LEAST} answered, a person could be known."
    return "By role: " + ", ".join(
        f"{roles.get(role, role) or 'no role'} {k} of {n}" for role, (k, n) in split.items()
    )
