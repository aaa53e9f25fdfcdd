"""A line of the board and what is behind it: k of n as blocks that are cases, reasons, subsets, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen
from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.fact_counts import FactCount
from sqs_core.scoring.findings import Findings, board_facts
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.ratings import Rating, ratings_of
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally, grade_counts, prompt_counts
from sqs_tui.styles import BAR, DIM, FIGURE, NO, TITLE, fitted, shortened, text, wrapped
from sqs_tui.widgets.option_menu import Line
from sqs_tui.widgets.pick_row import Entry, Pick

NOT_COUNTED = {
    State.NOT_APPLICABLE: "not applicable",
    State.NOT_ASKED: "not asked",
    State.NOT_KNOWN: "not known",
    State.UNANSWERED: "not answered yet",
    State.PARKED: "parked",
}
RATING = "rating:"
"""How the id of a line begins that tells a rating; what follows is its roll-up."""
FACT = "fact:"
"""How the id of a line begins that tells a fact; what follows is the fact."""
LEAD = 3
"""Cells before a line of the list, for its mark."""


@frozen
class Behind:
    """What is behind a line: its tally, and what the letter says of it.

    ``words`` are the letter's for this figure, ``used`` the paragraphs that state it, and ``draft`` the
    number of the draft kept last (0: none).
    """

    tally: Tally
    words: str
    used: tuple[str, ...] = ()
    draft: int = 0

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases to open, those not good enough first."""
        return (*self.tally.other_cases, *self.tally.sufficient_cases)

    @property
    def where_used(self) -> str:
        """Where the letter says it: "said in 2.2; draft 3 is kept"."""
        if not self.used:
            return "the letter does not say it"
        places = f"said in {', '.join(self.used)}"
        return places + (f"; draft {self.draft} is kept" if self.draft else "")


def weakest_first(findings: Findings, questions: Sequence[str]) -> list[str]:
    """Return ``questions`` by the share judged sufficient, those that nobody judged last."""
    share = {q: findings.tally(q).share for q in questions}
    return sorted(questions, key=lambda q: (share[q] is None, share[q] or 0))


def subset_picks(criteria: Criteria, findings: Findings, subset: str, lead: str) -> list[Entry]:
    """Return every case and each group of cases, with how many there are; the chosen one in brackets."""
    known = [("", "all", findings.cases)]
    known += [(s.id, str(s.text), findings.subsets[s.id].cases) for s in criteria.subsets]
    picks: list[Entry] = [Content.styled(lead, DIM)]
    for name, words, cases in known:
        shown = f"{words} {len(cases)}"
        here = name == subset
        picks += [Pick(name or "all", text(f"[{shown}]" if here else f" {shown} ", TITLE if here else ""))]
    return picks


# ------------------------------------------------------------ the lines


def titles(criteria: Criteria, width: int) -> Content:
    """Return the head of the columns, for lines in ``width`` cells."""
    name = _name_width(width) + LEAD
    words = criteria.enough.rjust(name + 7) + "  of" + " " * max(1, width - name - 18) + "range*"
    return text(words, DIM)


def board_lines(findings: Findings, order: Sequence[str], width: int, *, themed: bool) -> list[Line]:
    """Return a line for each question of ``order``, ``themed`` under the titles of their themes."""
    criteria = findings.criteria
    numbers = criteria.question_numbers
    lines: list[Line] = []
    theme = ""
    for name in order:
        question = criteria.question(name)
        if themed and question.theme != theme:
            theme = question.theme
            title = next(t for t in criteria.themes if t.id == theme)
            lines.append(Line("", text(f"  {title.label} {title.title}", TITLE)))
        lines.append(Line(name, _line(f"{numbers[name]} {question.short}", findings.tally(name), width)))
    return lines


def shown_ratings(findings: Findings, inspection: Inspection) -> dict[str, Rating]:
    """Return the ratings by the ids of their lines: of these cases, then of all populations."""
    found = list(ratings_of(findings, inspection))
    if findings.criteria.population and findings.has_all and not inspection.population:
        found += ratings_of(findings.of_all, inspection)
    return {f"{RATING}{rating.rollup.id}": rating for rating in found}


def rating_lines(ratings: Mapping[str, Rating], width: int) -> list[Line]:
    """Return a line for each of ``ratings``, under a heading; none where the version rates nothing."""
    label = _name_width(width)
    lines = [Line("", text("  Ratings", TITLE))] if ratings else []
    for name, rating in ratings.items():
        words = rating.shown.partition(", because ")[0]
        title = fitted(str(rating.rollup.title), label)
        lines.append(Line(name, title + "  " + shortened(words, width - label - LEAD - 4)))
    return lines


def shown_facts(findings: Findings) -> dict[str, FactCount]:
    """Return the counts of facts that are told, by the ids of their lines."""
    return {f"{FACT}{count.fact.id}": count for count in board_facts(findings)}


def fact_lines(facts: Mapping[str, FactCount], width: int) -> list[Line]:
    """Return a line for each of ``facts``, under a heading; none where there is none."""
    label = _name_width(width)
    lines = [Line("", text("  Facts", TITLE))] if facts else []
    for name, count in facts.items():
        title = fitted(str(count.fact.text), label)
        lines.append(Line(name, title + "  " + shortened(count.words, width - label - LEAD - 4)))
    return lines


def fact_rows(count: FactCount, width: int, *, wide: bool) -> list[Content]:
    """Return what is behind a fact: in how many cases it is recorded, and how often each choice.

    Where it is not ``wide``, in no more rows than a question has: the list over it keeps its height.
    """
    of = len(count.recorded)
    rows = wrapped(f"  {count.fact.text}: recorded in {of}", width, TITLE)
    if not wide:
        return [rows[0], *(Content("  ") + row for row in wrapped(count.words, width - 2)[:2])]
    if count.numbers:
        rows += [Content("  ") + row for row in wrapped(count.words, width - 2)]
    for choice in count.fact.choices:
        rows.append(fitted(f"  {choice.text}", width - 10) + f"{len(count.choices[choice.id]):>3} of {of}")
    return rows


def rating_rows(rating: Rating, width: int) -> list[Content]:
    """Return what is behind a rating: what it rests on, why it is none, and how far the next one is."""
    words, _, why = rating.shown.partition(", because ")
    reasons = [rating.rests_on and f"It rests on {rating.rests_on}.", why and f"Because {why}."]
    reasons += [rating.next.sentence + "."] if rating.next else []
    rows = [Content("  ") + row for row in wrapped(f"{rating.rollup.title}: {words}", width - 2, TITLE)]
    return rows + [Content("  ") + row for words in reasons if words for row in wrapped(words, width - 2)]


def _name_width(width: int) -> int:
    return max(22, min(40, width - 46))


def _line(name: str, tally: Tally, width: int) -> Content:
    label = _name_width(width)
    if tally.value:
        return fitted(name, label) + "  " + shortened(tally.value_words, width - label - LEAD - 4)
    room = max(8, width - label - LEAD - 23)
    full, rest = _blocks(tally, room)
    interval = wilson(tally.k, tally.n)
    range_ = f"{interval.low * 100:.0f}–{interval.high * 100:.0f}%" if interval else "no case"
    return Content.assemble(
        fitted(name, label),
        f"  {tally.k:>4}  {tally.n:>3}  ",
        ("█" * full, BAR),
        ("▒" * rest, DIM),
        " " * (room - full - rest),
        (f"{range_:>9}", DIM),
    )


def _blocks(tally: Tally, room: int) -> tuple[int, int]:
    """Return one block a case where there is room; else as many as there is room for, in proportion."""
    if tally.n <= room:
        return tally.k, tally.n - tally.k
    full = round(room * tally.k / tally.n)
    return full, room - full


# ------------------------------------------------------------ what is behind one


def counts(criteria: Criteria, tally: Tally) -> str:
    """Return the counts in words: "7 enough, 3 not, 4 not asked", or by grade: "good 7, weak 3"."""
    grades = grade_counts(criteria, tally)
    parts = [f"{grade.text} {count}" for grade, count in grades]
    parts = parts or [tally.value_words or f"{tally.k} {criteria.enough}, {tally.n - tally.k} not"]
    parts += [f"{len(tally.unjudged[s])} {words}" for s, words in NOT_COUNTED.items() if tally.unjudged[s]]
    return ", ".join(parts)


def head_rows(criteria: Criteria, tally: Tally, width: int, *, wide: bool) -> list[Content]:
    """Return the question and its counts, in one row where it is not ``wide``."""
    question = criteria.question(tally.question)
    number = criteria.question_numbers[tally.question]
    if not wide:
        return [shortened(f"  {number} {question.short}: {counts(criteria, tally)}", width, TITLE)]
    return [
        *wrapped(f"{number} {question.text}", width, TITLE)[:3],
        *wrapped(counts(criteria, tally), width),
        Content.empty(),
    ]


def case_picks(
    criteria: Criteria, findings: Findings, tally: Tally, width: int, *, wide: bool
) -> list[Entry]:
    """Return the cases behind a line: those not good enough first, ``wide`` with their reasons."""
    entries: list[Entry] = []
    if tally.recorded:
        entries = [Content.styled("recorded" if wide else "  recorded: ", DIM), *([None] * wide)]
        return entries + [Pick(case, text(f"{case} ")) for case in tally.recorded]
    why = _why(criteria, findings, tally) if wide else {}
    if tally.other_cases:
        words = criteria.in_its_words("not good enough")
        entries.append(text(words if wide else f"  {words}: ", DIM))
    for case in tally.other_cases:
        if wide:
            reasons = shortened(f"  {why.get(case, '')}", width - len(case) - 2)
            entries += [None, Pick(case, text(f" {case}", NO) + reasons)]
        else:
            entries.append(Pick(case, text(f"{case} ", NO)))
    if tally.sufficient_cases:
        entries += [None] * (wide and bool(entries))
        words = criteria.in_its_words("good enough") if wide else f"  {criteria.enough}: "
        entries.append(text(words, DIM))
        entries += [None] * wide
    entries += [Pick(case, text(f"{case} ")) for case in tally.sufficient_cases]
    nothing = "nothing is recorded" if tally.value else f"no {criteria.one} was judged"
    return entries or [Content.styled(nothing if wide else f"  {nothing}", DIM)]


def rest_rows(
    criteria: Criteria, findings: Findings, behind: Behind, width: int, *, wide: bool
) -> list[Content]:
    """Return the reasons, the subsets, and the words of the letter."""
    tally = behind.tally
    texts, found = _reasons(criteria, findings, tally)
    subsets = [(str(s.text), findings.count(tally.question, subset=s.id)) for s in criteria.subsets]
    subsets = [(words, count) for words, count in subsets if count.n]
    if not wide:
        why = [f"{texts.get(reason, reason)} {len(cases)}" for reason, cases in found.items()]
        notes = [f"letter: “{behind.words}”"] if behind.words else []
        points = prompt_counts(criteria, tally)
        why += [f"not met: {prompt.text} {of - yes}" for prompt, yes, of in points if yes < of]
        notes += [f"{words} {count.k} of {count.n}" for words, count in subsets]
        return [whole_items("  why: ", why, width, ", "), whole_items("  ", notes, width, style=DIM)]
    rows: list[Content] = []
    if tally.value and tally.value.choices:
        of = len(tally.recorded)
        rows += [Content.empty(), Content.styled("of those recorded", DIM)]
        rows += [
            fitted(f"  {choice.text}", width - 10) + f"{len(tally.value.choices[choice.id]):>3} of {of}"
            for choice in tally.value.fact.choices
        ]
    if found:
        rows += [Content.empty(), text(criteria.in_its_words("reasons (a case can have several)"), DIM)]
        most = min(8, max(map(len, found.values())))
        for reason, cases in list(found.items())[:6]:
            bar = Content.styled("█" * min(most, len(cases)), NO)
            name = fitted(texts.get(reason, reason), width - most - 6)
            rows.append(Content("  ") + name + " " + bar + f"{' ' * max(0, most - len(cases))} {len(cases)}")
    if points := prompt_counts(criteria, tally):
        rows += [Content.empty(), Content.styled("points met, of those weighed", DIM)]
        rows += [fitted(f"  {prompt.text}", width - 10) + f"{yes:>3} of {of}" for prompt, yes, of in points]
    if subsets:
        rows.append(Content.empty())
        rows += [fitted(words, width - 10) + f"{count.k:>3} of {count.n}" for words, count in subsets]
    if behind.words:
        rows += [Content.empty(), Content.styled("in the letter" if behind.used else "in words", DIM)]
        rows += [Content("  ") + row for row in wrapped(f"“{behind.words}”", width - 2, FIGURE)]
        rows += [Content("  ") + row for row in wrapped(behind.where_used, width - 2, DIM)]
    return rows


def _reasons(
    criteria: Criteria, findings: Findings, tally: Tally
) -> tuple[dict[str, str], Mapping[str, tuple[str, ...]]]:
    texts = {r.id: str(r.text) for r in criteria.reasons_of(criteria.question(tally.question))}
    return texts, findings.reasons(tally.question, tally.other_cases)


def _why(criteria: Criteria, findings: Findings, tally: Tally) -> dict[str, str]:
    """Return for each case not good enough its reasons; an outcome of its own where there are several."""
    question = criteria.question(tally.question)
    texts, found = _reasons(criteria, findings, tally)
    reasons_of: dict[str, list[str]] = {}
    short_of = [o for o in criteria.outcomes_of(question) if o.counts == "insufficient"]
    graded = any(outcome.grade for outcome in short_of)
    for outcome in short_of[0 if graded else 1 :]:  # a plain "no" is in the heading
        for case in tally.outcomes.get(outcome.id, ()):
            reasons_of.setdefault(case, []).append(str(outcome.text))
    for reason, cases in found.items():
        for case in cases:
            reasons_of.setdefault(case, []).append(texts.get(reason, reason))
    return {case: "; ".join(words) for case, words in reasons_of.items()}


def whole_items(lead: str, items: Iterable[str], width: int, gap: str = "   ", style: str = "") -> Content:
    """Return ``items`` after ``lead``, as many whole ones as fit into ``width``, then an ellipsis."""
    line = lead
    for item in items:
        longer = f"{line}{gap if line != lead else ''}{item}"
        if text(longer).cell_length > width - 2:
            return text(f"{line} …", style) if line != lead else shortened(longer, width, style)
        line = longer
    return text(line, style) if line != lead else Content.empty()
