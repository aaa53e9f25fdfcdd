"""List what is left before the letter can go: every gap, warning and finding, each with its place.

    >>> left = what_is_left(folder)                              # doctest: +SKIP
    >>> [(item.where, item.what, item.location) for item in left.items]
    [('case 02', 'not started', Location('facts', '02', 'all')), …]
    >>> left.final
    False

``sqs check`` and ``sqs status`` print it, plain mode and the screens go from it to each place, exports bear
DRAFT until it is empty, and ``sqs report --final`` refuses while it is not.  What need not be mended can be
accepted with a reason, which stays with the letter (:mod:`sqs_core.workflow.resolving`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS, ROLE
from sqs_core.errors import Problem, SqsError, UsageError
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Document
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Excepted, Narrative
from sqs_core.records.second_marking import OPEN
from sqs_core.scoring.findings import Findings, FindingsCounter
from sqs_core.scoring.grey_zone import is_in_grey_zone
from sqs_core.scoring.states import State, question_states
from sqs_core.state import at_home
from sqs_core.storage.audit.known_records import KnownRecords, known_records
from sqs_core.storage.audit.verify import changed_outside
from sqs_core.storage.blinding import BLINDED, blinded_cases
from sqs_core.storage.findings import doubts_about, earlier_screening, findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.integrity import COPY
from sqs_core.storage.layout import CASES, INSPECTION, within_population
from sqs_core.storage.moderation.agreed import not_carried_out
from sqs_core.storage.moderation.pending_decisions import begun_merges, read_choices
from sqs_core.storage.moderation.second import SecondFolder, second_ids
from sqs_core.storage.rescue import unsaved_copies
from sqs_core.text import counted
from sqs_core.workflow.letter_details import missing_details
from sqs_core.workflow.moderation import KIND as AGREE
from sqs_core.workflow.moderation import cases_to_compare, read_moderation
from sqs_core.workflow.navigation import Location, next_open, where_work_goes_on
from sqs_core.workflow.progress import progress_of
from sqs_core.workflow.review import NOT_ANSWERED, gaps_of

if TYPE_CHECKING:
    from sqs_core.claims.proofreading import Proofreading

COPY_LEFT: Final = "R050"
"""The code of a rescue copy that is still there."""
STRAY: Final = COPY
"""The code of a file that may be a copy of a record, made by a sync program."""
GONE: Final = "R037"
"""The code of a record that the history knows and that is not there."""
CHANGED: Final = ("H008", "H011")
"""The codes of a record that is not as its last entry left it."""

LeftGroup = Literal["records", "cases", "moderation", "interviews", "letter"]
GROUPS: Final[dict[LeftGroup, str]] = {
    "records": "The records",
    "cases": "The cases",
    "moderation": "Moderation and merging",
    "interviews": "The interviews",
    "letter": "The letter",
}


def group_title(criteria: Criteria, group: LeftGroup) -> str:
    """Return what ``group`` is headed with: it may have records of every population."""
    populations = criteria.whole.populations
    if group != "cases" or not populations:
        return GROUPS[group]
    return f"The {', '.join(str(population.many) for population in populations)}"


@frozen
class LeftItem:
    """One thing that is left: where it is, what it is, what would mend it, and where to go for that.

    ``kind`` and ``about`` are what an acceptance of it is recorded by; ``acceptable`` says whether it can be.
    """

    group: LeftGroup
    code: str
    location: Location
    where: str
    what: str
    remedy: str = ""
    about: str = ""
    kind: str = ""
    acceptable: bool = True
    population: str = ""
    """The population in whose folder it is, where what is left of the whole inspection is told."""

    @property
    def by_itself(self) -> LeftItem:
        """The same as it is told in the folder of its population."""
        prefix = f"{self.population}/" if self.population else ""
        place = self.location
        case, item = (part.removeprefix(prefix) for part in (place.case, place.item))
        where, about = self.where.removeprefix(f"{self.population} "), self.about.removeprefix(prefix)
        location = evolve(place, case=case, item=item)
        return evolve(self, location=location, where=where, about=about, population="")

    def __str__(self) -> str:
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.where}: {self.code} {self.what}{remedy}"


@frozen
class WhatIsLeft:
    """All that is left, in the order in which it is best done; ``unreadable`` is what could not be read.

    ``part`` are the records of one population ("victims' cases"), where no more than these was looked at.
    """

    items: tuple[LeftItem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    part: str = ""

    @property
    def final(self) -> bool:
        """Whether nothing is left: the letter can go."""
        return not self.items

    @property
    def summary(self) -> str:
        """How much is left, in a sentence: what an export says under DRAFT."""
        if self.final and self.part:
            return f"Nothing is left of the {self.part}; the letter is of the whole inspection."
        if self.final:
            return "Nothing is left."
        return f"{counted(len(self.items), 'thing')} left to look at."

    def in_group(self, group: LeftGroup) -> tuple[LeftItem, ...]:
        """Return the items of one group."""
        return tuple(item for item in self.items if item.group == group)


class CasesLeft:
    """What is left of the cases, and what the letter counts of them, as they go by: no record is kept."""

    def __init__(self, criteria: Criteria) -> None:
        self.problems: list[Problem] = []
        self.names: list[str] = []
        self.counter = FindingsCounter(criteria)
        self.grey: list[str] = []
        """The complete cases in the grey zone of the version."""
        self._criteria = criteria
        self._real, self._practice = _GapList(criteria), _GapList(criteria)

    def reading(self, folder: InspectionFolder, known: KnownRecords) -> Iterator[CaseRecord]:
        """Yield each case of ``folder`` as it is taken in; ``known`` is what the history knows."""
        for stored in folder.stream_cases(self.problems, known):
            self.add(stored.record)
            yield stored.record

    def add(self, record: CaseRecord) -> None:
        """Take ``record`` in; it must be of the criteria version given."""
        self.names.append(record.case)
        if record.practice:
            self._practice.add(record)
        else:
            self._real.add(record)
            if is_in_grey_zone(self._criteria, record):
                self.grey.append(record.case)
            self.counter.add(record)

    def items(self) -> Iterator[LeftItem]:
        """Yield what is left of the cases: of practice cases only where there are no others."""
        return (self._real if self._real.seen else self._practice).items()


def what_is_left(
    folder: InspectionFolder,
    known: KnownRecords | None = None,
    cases: CasesLeft | None = None,
    outside: tuple[Problem, ...] | None = None,
) -> WhatIsLeft:
    """Return what is left in ``folder``; nothing for second markings, which have no letter.

    Args:
        folder: the inspection.
        known: what the history knows; like the others, for whoever has it already.
        cases: what is left of the cases, all of which have gone by.
        outside: the records that were changed outside the program.
    """
    if isinstance(folder, SecondFolder):
        return WhatIsLeft()
    known = known or known_records(folder.path)
    if cases is None:
        cases = CasesLeft(folder.criteria)
        for _ in cases.reading(folder, known):
            pass
    broken = [problem for problem in cases.problems if problem.code != BLINDED]
    interviews: tuple[Interview, ...] = ()
    narrative = Narrative()
    moderation: list[LeftItem] = []
    with _telling(broken):
        stored, more = folder.stored_interviews(known)
        interviews = tuple(one.record for one in stored)
        broken += more
    with _telling(broken):
        narrative = folder.narrative(known).record
    with _telling(broken):
        moderation += _moderation(folder) if folder.room == CASES else ()
    others, within, counted_all = _other_populations(folder)
    items = _to_mend(broken)
    items += _of_the_folder(folder, known, changed_outside(folder.path) if outside is None else outside)
    items += moderation
    items += _grey_zone(folder, cases.grey)
    items += cases.items()
    items += _interviews(folder.criteria, interviews)
    items += within.items
    items += _missing(folder.criteria) if folder.whole_is_here else ()
    items += _empty(folder) if folder.whole_is_here else ()
    tells = not broken and counted_all and folder.criteria.letter is not None
    if tells and not blinded_cases(folder.path):
        counted = cases.counter.findings(interviews)
        findings = evolve(counted, others=others, earlier=earlier_screening(folder)).of_all
        try:
            items += _letter(folder.inspection, findings, narrative, tuple(cases.names))
        except UsageError as error:  # what the inspection asks for is in no version: its language, perhaps
            found = [Problem(INSPECTION, p.what, p.remedy or "mend it there", "C303") for p in error.problems]
            items += _to_mend(found)
    unreadable = (*broken, *within.unreadable)
    part = "" if folder.whole_is_here else folder.criteria.many
    return WhatIsLeft(_without_accepted(_in_order(items), narrative.exceptions), unreadable, part)


def _other_populations(folder: InspectionFolder) -> tuple[Mapping[str, Findings], WhatIsLeft, bool]:
    """Return the findings of the other populations, what is left in them, and whether all could be counted.

    Within the folder of one population nothing is said of the letter, which is of the whole inspection.
    """
    found: dict[str, Findings] = {}
    items: list[LeftItem] = []
    unreadable: list[Problem] = []
    for name in folder.other_populations:
        try:
            within = folder.population(name)
        except SqsError as error:
            items += _to_mend(error.problems)
            continue
        try:
            left = what_is_left(within)
        except SqsError as error:
            left = WhatIsLeft(tuple(_to_mend(error.problems)), error.problems)
        items += [_placed(name, item) for item in left.items]
        unreadable += within_population(name, left.unreadable)
        with suppress(SqsError):  # why not is among what is left of it
            found[name] = findings_of(within)
    whole = folder.whole_is_here and len(found) == max(0, len(folder.populations) - 1)
    return found, WhatIsLeft(tuple(items), tuple(unreadable)), whole


def _missing(criteria: Criteria) -> Iterator[LeftItem]:
    """Yield what the version says it lacks; of a population that is asked nothing, nothing can be said."""
    version = criteria.whole
    asked = {version.population_of(question.id) for question in version.questions}
    for missing in version.missing:
        place, where = Location("check", item=version.id), f"criteria {version.id}"
        what, remedy = f"missing: {missing}", "put the official text into a version of your own"
        needed = bool(missing.of) and missing.of not in asked
        about = str(missing.what)
        yield LeftItem("letter", "L015", place, where, what, remedy, about, acceptable=not needed)


def _empty(folder: InspectionFolder) -> Iterator[LeftItem]:
    """Yield each population of the version that has no record."""
    for population in folder.criteria.whole.populations:
        with suppress(SqsError):  # that its folder is not there is told already
            if not folder.population(population.id).case_ids():
                place = Location("cases", item=f"{population.id}/")
                what = f"there are no {population.many} yet"
                remedy = "draw them or add them, or keep it so with a reason"
                yield LeftItem("cases", "C112", place, population.id, what, remedy, population.id)


def _placed(name: str, item: LeftItem) -> LeftItem:
    """Return what is left in the population ``name`` as it is told of the whole inspection."""
    place = item.location
    if place.case:
        moved = evolve(place, case=f"{name}/{place.case}")
    else:
        moved = evolve(place, item=f"{name}/{place.item}")
    return evolve(
        item,
        location=moved,
        where=item.where if place.case else f"{name} {item.where}",
        about=f"{name}/{item.about}",
        population=name,
    )


def _in_order(items: Iterable[LeftItem]) -> tuple[LeftItem, ...]:
    order = list(GROUPS)
    return tuple(sorted(dict.fromkeys(items), key=lambda item: order.index(item.group)))


def _without_accepted(items: tuple[LeftItem, ...], exceptions: tuple[Excepted, ...]) -> tuple[LeftItem, ...]:
    accepted = {(one.kind, " ".join(one.quote.split()).lower()) for one in exceptions if one.reason}
    return tuple(
        item
        for item in items
        if not item.acceptable
        or not accepted & {(item.kind or item.code, " ".join(item.about.split()).lower()), (item.kind, "*")}
    )


@contextmanager
def _telling(broken: list[Problem]) -> Iterator[None]:
    """Add what cannot be read to ``broken``, so that it hides nothing else."""
    try:
        yield
    except SqsError as error:
        broken += error.problems


def _to_mend(problems: Iterable[Problem]) -> list[LeftItem]:
    """Return problems of the records that nobody can accept."""
    return [evolve(_problem(problem), acceptable=False) for problem in problems]


def _problem(problem: Problem) -> LeftItem:
    where, what, remedy, code, _ = problem
    return LeftItem("records", code, Location("check", item=where), where, what, remedy, where)


# ---------------------------------------------------------------- records, moderation


def _of_the_folder(
    folder: InspectionFolder, known: KnownRecords, outside: tuple[Problem, ...]
) -> Iterator[LeftItem]:
    doubts = doubts_about(folder, known)
    gone = {problem.where for problem in doubts if problem.code == GONE}
    for problem in (*not_carried_out(folder), *outside):
        if problem.where not in gone:
            yield _problem(problem)
    yield from _to_mend(doubts)
    for copy in unsaved_copies(folder.path):
        where = at_home(copy)
        what = "holds words that could not be saved"
        remedy = "put them into the record, or delete the copy"
        yield LeftItem(
            "records", COPY_LEFT, Location("unsaved", item=where), where, what, remedy, str(copy),
            acceptable=False,
        )  # fmt: skip


def _of_markings(
    folder: InspectionFolder, code: str, case: str, what: str, remedy: str, item: str = "", about: str = ""
) -> LeftItem:
    place, named = Location("moderation", case, item), folder.criteria.named(case)
    # It is by what it is about that one is accepted.
    return LeftItem("moderation", code, place, named, what, remedy, about, acceptable=bool(about))


def _grey_zone(folder: InspectionFolder, cases: Iterable[str]) -> Iterator[LeftItem]:
    """Yield each of ``cases`` that the version wants marked a second time, and that was not drawn for it."""
    drawn = second_ids(folder)
    for case in cases:
        if case not in drawn:
            what = "in the grey zone of the version, and not marked a second time"
            yield _of_markings(folder, "S106", case, what, "sqs second draw --due draws it", about=case)


def _moderation(folder: InspectionFolder) -> Iterator[LeftItem]:
    cases, blinded = cases_to_compare(folder)
    for case in blinded:
        what, remedy = "being marked a second time, blind", "finish the second marking"
        yield _of_markings(folder, "S101", case, what, remedy)
    found = read_moderation(folder).disagreements if cases else ()
    for_the_lead = [one for one in found if one.agreed is not None and one.agreed.taken == OPEN]
    open_ = [one for one in found if one.agreed is None and not one.difference.same_outcome] + for_the_lead
    for case in dict.fromkeys(one.case for one in open_):
        items = [one.item for one in open_ if one.case == case]
        what = f"{counted(len(items), 'difference')} between its two markings not settled"
        if left := [one for one in for_the_lead if one.case == case]:
            what += f", {len(left)} left for the lead to decide"
        yield _of_markings(folder, "S103", case, what, "agree on each", items[0], about=case)
    for case in cases:
        if read_choices(folder.path, AGREE, case).record.choices:
            what = "what was chosen in moderation is not written"
            yield _of_markings(folder, "S104", case, what, "write it", about=case)
    for begun in begun_merges(folder.path):
        what = f"a merge is begun and not written, {counted(len(begun.choices), 'choice')} kept"
        place = Location("merge", item=begun.about)
        yield LeftItem("moderation", "S105", place, at_home(begun.about), what, "finish it", begun.about)


# ---------------------------------------------------------------- cases and interviews


class _GapList:
    """What is left of some of the cases, as they go by."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.seen = 0
        self._items: list[LeftItem] = []
        self._unfinished: list[str] = []

    def add(self, record: CaseRecord) -> None:
        """Note what is left of ``record``."""
        self.seen += 1
        criteria, where = self.criteria, self.criteria.named(record.case)
        progress = progress_of(criteria, record)
        if progress.facts_first:
            place = where_work_goes_on(criteria, record)
            what = "not started" if record.blank else progress.answered
            self._items.append(LeftItem("cases", "C110", place, where, what, "screen it", acceptable=False))
            return
        gaps = gaps_of(criteria, record)
        unanswered = [gap for gap in gaps if gap.code == NOT_ANSWERED]
        if unanswered:
            place = Location("question", record.case, next_open(criteria, record) or "")
            what = f"{counted(len(unanswered), 'question')} not answered"
            self._items.append(
                LeftItem("cases", NOT_ANSWERED, place, where, what, "answer each", acceptable=False)
            )
        self._items += (
            LeftItem(
                "cases", gap.code, gap.location, where, gap.words, gap.remedy,
                f"{record.case} {gap.location.item}".strip(), acceptable=not gap.stops,
            )
            for gap in gaps if gap.code != NOT_ANSWERED
        )  # fmt: skip
        if record.status != "finished" and not any(gap.stops for gap in gaps):
            self._unfinished.append(record.case)

    def items(self) -> Iterator[LeftItem]:
        """Yield what is left of them; finishing is one line for all: ninety would hide the rest."""
        yield from self._items
        if names := self._unfinished:
            place = Location("review", names[0])
            noun = self.criteria.one if len(names) == 1 else self.criteria.many
            where = f"{noun} {' '.join(names)}"
            what = "answered and not finished"
            remedy = "finish each: that locks the answers the letter tells of"
            yield LeftItem("cases", "C111", place, where, what, remedy, " ".join(names))


def _interviews(criteria: Criteria, interviews: tuple[Interview, ...]) -> Iterator[LeftItem]:
    staff = criteria.staff
    if staff.questions and not interviews:
        place = Location("interviews")
        yield LeftItem("interviews", "I001", place, "interviews", "nobody was interviewed", "add a person")
    for interview in interviews:
        where, name = f"interview {interview.case}", f"{INTERVIEWS}/{interview.case}"
        if staff.questions and not interview.role:
            place = Location("facts", name, ROLE)
            about = interview.case
            yield LeftItem("interviews", "I002", place, where, "the role is not recorded", "choose it", about)
        states = question_states(staff, interview)
        if left := [question for question, state in states.items() if state is State.UNANSWERED]:
            place = Location("question", name, left[0])
            what = f"{counted(len(left), 'question')} not answered"
            remedy = "answer each, or say that no views were given"
            yield LeftItem("interviews", "I003", place, where, what, remedy, interview.case)


# ---------------------------------------------------------------- the letter


def _letter(
    inspection: Inspection, findings: Findings, narrative: Narrative, cases: tuple[str, ...]
) -> Iterator[LeftItem]:
    # The checker's parser is a large library: a start that shows no letter does without it.
    from sqs_core.claims.proofreading import proofread

    for detail in missing_details(inspection, findings.criteria):
        place = Location("details", item=detail.name)
        what = f"no {detail.label.lower()}"
        yield LeftItem(
            "letter", "L013", place, "letter details", what, "write it", detail.name, acceptable=False
        )
    document = compose(inspection, findings, narrative)
    plan = findings.criteria.whole.letter
    titles = plan.titles(document.language, inspection.place) if plan else []
    places = {section: title for title, section in titles} | document.places()
    yield from _composed(findings, document, places)
    proof = proofread(inspection, findings, document, cases, narrative.exceptions)
    yield from _read_through(proof, places)


def _composed(findings: Findings, document: Document, places: Mapping[str, str]) -> Iterator[LeftItem]:
    """Yield the problems found in composing the letter, but for those that cases and details report.

    ``places`` say where a part without a number is; an acceptance is recorded by the words with its id.
    """
    for problem in document.problems:
        if problem.code in ("L001", "L006"):
            continue
        if problem.code == "L004" and _waits_for_answers(problem, findings):
            continue
        place = _place_of(findings.criteria, problem)
        where, what = problem.where, problem.what
        if where == "letter.toml":
            where = f"letter {places.get(place.item, place.item)}".strip()
            what = what.removeprefix(f"in '{place.item}': ").removesuffix(f" under '{place.item}'")
        yield LeftItem(
            "letter", problem.code, place, where, what, problem.remedy, problem.what,
            acceptable=problem.advice,
        )  # fmt: skip


def _place_of(criteria: Criteria, problem: Problem) -> Location:
    """Return where a problem found in composing the letter can be mended."""
    if problem.where == "inspection.toml":
        return Location("details", item={"L007": "voice", "L009": "earlier"}.get(problem.code, ""))
    if problem.where.startswith("cases "):
        case = problem.where.split()[1]
        asked = (q.id for q in criteria.questions if problem.what.startswith(f"{q.short} was asked"))
        return Location("question", case, next(asked, ""))
    return Location("letter", item=problem.what.partition("'")[2].partition("'")[0])


def _waits_for_answers(problem: Problem, findings: Findings) -> bool:
    cases = set(problem.where.removeprefix("cases ").split())
    return any(cases & set(tally.unjudged[State.UNANSWERED]) for tally in findings.tallies.values())


def _read_through(proof: Proofreading, places: Mapping[str, str]) -> Iterator[LeftItem]:
    def left(paragraph: str, code: str, what: str, remedy: str, about: str, **more: Any) -> LeftItem:
        where = f"letter {places.get(paragraph, paragraph)}".strip()
        place = Location("letter", item=paragraph)
        return LeftItem("letter", code, place, where, what, remedy, about, **more)

    for claim in proof.typed or ():
        wrong = claim.status == "fails"
        what = f"“{claim.quote}” is typed, not a live figure" + (f": {claim.why}" if claim.why else "")
        code = "L010" if wrong else "L011"
        remedy = "correct it" if wrong else "put the live figure in its place"
        about = f"{claim.paragraph} {claim.quote}"
        yield left(claim.paragraph, code, what, remedy, about, acceptable=not wrong)
    for finding in proof.findings:
        remedy = "say it otherwise, or keep it with a reason"
        yield left(finding.paragraph, "L014", finding.words, remedy, finding.quote, kind=finding.kind)
    for sentence in proof.long:
        what = f"a sentence of {sentence.words} words"
        remedy, about = "make two of it, or keep it with a reason", f"{sentence.paragraph} {sentence.words}"
        yield left(sentence.paragraph, "L012", what, remedy, about)
