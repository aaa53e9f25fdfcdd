"""What a version asks, and of whom: facts, outcomes, reasons, points, questions, themes, populations."""

from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

from sqs_core.criteria.conditions import Condition
from sqs_core.errors import UsageError
from sqs_core.text import Text

FactKind = Literal["boolean", "choice", "several", "number", "date", "text"]
Counting = Literal["sufficient", "insufficient", "not-applicable", "not-known"]
AnswerKind = Literal["judgement", "number", "several", "date", "text"]
"""What a question is answered with: one of its outcomes, or a value that nobody judges."""
Demand = Literal["reason", "evidence"]
Origin = Literal["", "published", "published structure", "paraphrase", "ours"]
"""Whose words a text is in: quoted, ours for what is published to be asked, told in our words, or ours."""
Weight = Literal["yes", "no", "not-applicable"]
"""How a point was weighed: it was met, it was not, or it does not apply."""
NOTHING = Text({})
MOST: Final = 999_999_999
"""The largest number that can be recorded, where a version says no other."""
INTERVIEWS = "interviews"
"""What the population of the staff interviewed is called."""
ROLE, GAVE_VIEWS, NOTE = "role", "gave_views", "note"
"""The facts of a member of staff."""


@frozen
class Choice:
    """One value a choice fact can have."""

    id: str
    text: Text


@frozen
class Fact:
    """Something true of a case that decides which questions apply, or describes it.

    ``several`` takes any of its choices at once; a ``number`` is whole, and from ``least`` to ``most``.
    ``of`` is the population whose records have it; "" for the first.  Where it ``links``, its value names a
    record of that population, which conditions can look at.
    """

    id: str
    text: Text
    kind: FactKind = "boolean"
    choices: tuple[Choice, ...] = ()
    hint: Text = NOTHING
    of: str = ""
    least: int = 0
    most: int = MOST
    links: str = ""


_BRIEF = {"sufficient": "yes", "not-applicable": "n/a", "not-known": "?"}
_BRIEF_ID = {"insufficient": "no", "absent": "none"}


@frozen
class Outcome:
    """A judgement that can be given; ``counts`` says what it means for a tally.

    ``key`` is the letter that gives it, ``mark`` its one character in a grid.
    ``demands`` is what must be recorded with it before a case can be finished.  ``grade`` is its place among
    graded judgements, the better the higher; 0 where it is none.
    """

    id: str
    text: Text
    counts: Counting
    key: str
    mark: str
    demands: tuple[Demand, ...] = ()
    grade: int = 0

    @property
    def judges(self) -> bool:
        """Whether it is a judgement, and does not say that there is none."""
        return not self.counts.startswith("not-")

    @property
    def word(self) -> str:
        """The outcome in short: "yes" for "yes, good enough"."""
        return str(self.text).lower().split(",")[0]

    @property
    def brief_word(self) -> str:
        """The outcome in at most six characters, for a grid; each that falls short has its own."""
        word = str(self.text).split()[0]
        if not self.grade:  # a grade is no "yes"
            word = _BRIEF.get(self.counts) or _BRIEF_ID.get(self.id) or word
        return word.rstrip(",")[:6]


RECORDED: Final = Outcome("recorded", Text.plain("recorded"), "recorded", key="", mark="#")  # type: ignore[arg-type]
"""What a question has for its outcome where its answer is a value, and that is recorded: no judgement.

No version declares it, and nobody gives it but by giving the value.
"""
PARKED_MARK: Final = "~"
"""The mark in a grid of an answer that is kept, but does not apply any more."""
OWN_MARKS: Final = {
    RECORDED.mark: "a value that is recorded",
    PARKED_MARK: "a parked answer",
    ".": "an open question",
    "○": "an open question",
    "·": "a question that is not asked",
    "⚑": "an answer to come back to",
}
"""The marks that a grid has of its own, which no outcome can have, and what each means."""


@frozen
class Reason:
    """Why something was not sufficient; ``letter`` is a whole clause for the letter.

    ``outcomes`` limits the outcomes it can be given with; empty means every one
    that counts as insufficient.
    """

    id: str
    text: Text
    letter: Text = NOTHING
    outcomes: tuple[str, ...] = ()


@frozen
class Prompt:
    """A point that is weighed before a question is judged; what is weighed never makes the judgement.

    ``letter`` is a whole clause for the letter, where it was not met in a case that fell short.  ``wording``
    says whose words these are, and ``place`` where what they say is published.
    """

    id: str
    text: Text
    letter: Text = NOTHING
    wording: Origin = ""
    place: Text = NOTHING


@frozen
class Population:
    """One kind of record of a version, with its own sample, denominators and words.

    Args:
        id: its name in commands and letter plans, and of its folder within the inspection.
        title: what a list of its records is headed with ("Victims' cases").
        one: what the letter calls one of its records ("victim's case").
        many: what it calls several of them.
        about: what a record is about ("one victim of an offence by a child").
        seen: who a record is assessed together with ("the victim worker"); "" for nobody.
        sampled: how many are drawn, and from what list.
        part_of: the population whose records its own are parts of (several plans in one case): a part is
            called after its case, "07-1", and there is none without its case.
    """

    id: str
    title: Text
    one: Text
    many: Text
    about: Text = NOTHING
    seen: Text = NOTHING
    sampled: Text = NOTHING
    part_of: str = ""

    def whole_of(self, part: str) -> str:
        """Return what the record is called that ``part`` is a part of: "07" for "07-1"; "" for no part."""
        return part.rpartition("-")[0] if self.part_of else ""


@frozen
class Missing:
    """What a version ought to have and does not: official text that was not found, and none is invented.

    Args:
        what: what is missing ("the bands of the ratings").
        where: where it is published, or whom to ask.
        of: the population that it is of; "" for the whole version.
    """

    what: Text
    where: Text = NOTHING
    of: str = ""

    def __str__(self) -> str:
        return f"{self.what} ({self.where})" if self.where else str(self.what)


@frozen
class Theme:
    """A group of questions; ``label`` is its short name in grids ("1", "M").

    ``of`` is the population that is asked them; "" for the first.  ``wording`` and ``place`` say whose words
    its title is, and where that is published.
    """

    id: str
    label: str
    title: Text
    of: str = ""
    wording: Origin = ""
    place: Text = NOTHING


@frozen
class Timely:
    """Whether something was done in time: computed from two dates of the record, and never typed.

    It was where the fact ``end`` is at most ``within`` days after the fact ``start``, the first day not
    counted.  Working days are Monday to Friday, without the ``holidays`` of the version.  Where a date is
    missing, or ``end`` lies before ``start``, nobody can tell.
    """

    start: str
    end: str
    within: int
    days: Literal["calendar", "working"] = "calendar"


@frozen(repr=False)
class Question:
    """One question asked of a case.

    Where it is ``timely``, or has the ``lowest_of`` the grades of other questions, its outcome is computed.

    ``when`` is the condition under which it is asked (always, where there is none);
    ``population`` words the cases it applies to ("where a risk of harm had been identified").
    ``replaces`` names the questions of earlier versions whose place it takes, where the id
    alone does not say so: one old question split in two, two merged, one renamed.
    ``prompts`` are the points weighed before it is judged.  ``wording`` and ``place`` say whose words
    these are, and where what they ask is published.

    ``answer`` says what it is answered with.  Where that is no judgement but a value, ``choices``, ``least``
    and ``most`` are those of a :class:`Fact` of that kind; a text is kept as the evidence, among the notes.
    """

    id: str
    theme: str
    text: Text
    short: Text
    guidance: Text = NOTHING
    when: Condition | None = None
    outcomes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    population: Text = NOTHING
    replaces: tuple[str, ...] = ()
    timely: Timely | None = None
    lowest_of: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    wording: Origin = ""
    place: Text = NOTHING
    answer: AnswerKind = "judgement"
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = MOST

    def __repr__(self) -> str:
        return f"<Question {self.id}: {self.short}>"

    @property
    def is_judged(self) -> bool:
        """Whether it is answered with an outcome, and not with a value."""
        return self.answer == "judgement"

    @property
    def as_fact(self) -> Fact:
        """What its value can be, as a fact of that kind; UsageError where it is answered with an outcome."""
        if self.answer == "judgement":
            raise UsageError(f"{self.id} is answered with an outcome, not with a value")
        return Fact(self.id, self.text, self.answer, self.choices, least=self.least, most=self.most)

    @property
    def is_computed(self) -> bool:
        """Whether its outcome follows from dates or other answers, so that nobody gives it."""
        return self.timely is not None or bool(self.lowest_of)

    @property
    def hangs_on(self) -> frozenset[str]:
        """The facts by whose value it is asked or not; ``exists`` takes "not recorded" for a value too."""
        tests = self.when.comparisons() if self.when else ()
        names = ((t.link or t.name) for t in tests if t.source != "answer" and t.operator != "exists")
        return frozenset(names)


@frozen
class InterviewQuestion:
    """One question asked of a member of staff: another population than cases."""

    id: str
    text: Text
    short: Text
    replaces: tuple[str, ...] = ()
    wording: Origin = ""
    place: Text = NOTHING


@frozen
class Subset:
    """Cases picked out by a condition on their facts, to report any question for.

    ``of`` is the population whose records it picks; "" for the first.
    """

    id: str
    text: Text
    phrase: Text
    when: Condition
    of: str = ""


@frozen
class GreyZone:
    """Which cases are marked a second time: those with a share sufficient from ``lowest`` to ``highest``.

    Both are in hundredths, and included; the share is of a case's judgements that are sufficient or not.
    """

    lowest: int
    highest: int
