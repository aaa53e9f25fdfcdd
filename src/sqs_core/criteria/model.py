"""A criteria version: what is asked of a case, of a member of staff, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar

from attrs import evolve, field, fields, frozen

from sqs_core.criteria.conditions import Comparison, FactValue, sources_first
from sqs_core.criteria.letter_plan import LetterPlan
from sqs_core.criteria.questions import (
    GAVE_VIEWS,
    INTERVIEWS,
    NOTE,
    RECORDED,
    ROLE,
    Choice,
    Demand,
    Fact,
    GreyZone,
    InterviewQuestion,
    Missing,
    Origin,
    Outcome,
    Population,
    Prompt,
    Question,
    Reason,
    Subset,
    Theme,
)
from sqs_core.criteria.ratings import Profile, Rollup
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.text import Text, capitalised, counted

LinkedRecords = Mapping[str, Mapping[str, Mapping[str, FactValue]]]
"""By population and reference, the values of other records that conditions look at, by fact or question."""
_Placed = TypeVar("_Placed", "Theme", "Fact", "Subset")
_Named = TypeVar("_Named")
_CASES = Population(
    "cases",
    Text.plain("Cases"),
    Text.plain("case"),
    Text.plain("cases"),
    seen=Text.plain("the case manager"),
)
_STAFF = Population(
    INTERVIEWS,
    Text.plain("Staff interviews"),
    Text.plain("interview"),
    Text.plain("interviews"),
    Text.plain("one member of staff, called by a letter"),
)
_NO_STAFF: Mapping[str, Any] = {"interview_questions": (), "interview_outcomes": ()}
_OUR_WORDS = re.compile(
    r"\b(?:(?P<seen>the case manager)|(?P<article>[Aa] )?(?P<noun>[Cc]ases?)(?! manager)"
    r"|(?P<short>[Nn]ot )?(?P<good>[Gg]ood enough))\b"
)


@frozen(repr=False)
class Criteria:
    """One criteria version, pinned in every record by ``id`` and ``hash``.

    ``source`` says where the wording comes from; ``hash`` is of the content, so that
    comments and layout of the file do not matter to it.  A ``draft`` may be reworded while records
    of a pilot are under it: its hash leaves the wording out.

    ``wording`` says whose words its questions, points and themes are in, where they do not say it themselves.

    A version that declares ``populations`` asks each of them its own questions: :meth:`of` gives
    what it asks one of them, as criteria by themselves.  Ids are unique in the whole version.

    >>> criteria = load_criteria("sqs-2012")
    >>> criteria
    <Criteria sqs-2012: 25 questions in 5 themes>
    >>> [outcome.id for outcome in criteria.outcomes_of(criteria.question("roh.plan"))]
    ['sufficient', 'insufficient', 'not-applicable', 'not-known']
    """

    id: str
    title: Text
    source: Text
    languages: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    default_outcomes: tuple[str, ...]
    themes: tuple[Theme, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    format: int = 1
    status: Literal["frozen", "draft"] = "frozen"
    in_force_from: date | None = None
    in_force_to: date | None = None
    wording: Origin = ""
    common_reasons: tuple[Reason, ...] = ()
    interview_outcomes: tuple[Outcome, ...] = ()
    interview_questions: tuple[InterviewQuestion, ...] = ()
    populations: tuple[Population, ...] = ()
    missing: tuple[Missing, ...] = ()
    subsets: tuple[Subset, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    profiles: tuple[Profile, ...] = ()
    holidays: tuple[date, ...] = ()
    grey_zone: GreyZone | None = None
    letter: LetterPlan | None = None
    hash: str = field(default="", eq=False)

    def __repr__(self) -> str:
        return f"<Criteria {self.id}: {len(self.questions)} questions in {len(self.themes)} themes>"

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        return {f.id: f for f in self.facts}

    @cached_property
    def _outcomes(self) -> Mapping[str, Outcome]:
        return {o.id: o for o in self.outcomes}

    @cached_property
    def _outcomes_taken(self) -> Mapping[str, frozenset[str]]:
        return {
            q.id: frozenset(o.id for o in (*self.outcomes_of(q), *(() if q.is_judged else (RECORDED,))))
            for q in self.questions
        }

    @cached_property
    def _reasons_taken(self) -> Mapping[str, frozenset[str]]:
        return {q.id: frozenset(r.id for r in self.reasons_of(q)) for q in self.questions}

    @cached_property
    def asking_order(self) -> tuple[str, ...]:
        """The questions, each after those whose answers decide whether it is asked."""
        return sources_first({q.id: q.when for q in self.questions})

    @cached_property
    def computed(self) -> tuple[Question, ...]:
        """The questions whose outcome is computed: from dates first, then from the grades of others."""
        return tuple(sorted((q for q in self.questions if q.is_computed), key=lambda q: bool(q.lowest_of)))

    @cached_property
    def counting(self) -> Mapping[str, str]:
        """What each outcome counts as, by its id."""
        return {o.id: o.counts for o in (*self.outcomes, RECORDED)}

    @cached_property
    def question_numbers(self) -> Mapping[str, str]:
        """The number of every question by its id: "2.3" is the third of the section labelled 2.

        The numbers do not depend on a case, so 2.3 is the same question all day.  They are not the
        paragraph numbers of the letter.
        """
        return {
            question.id: f"{theme.label}.{place}"
            for theme in self.themes
            for place, question in enumerate(self.theme_questions(theme.id), 1)
        }

    @cached_property
    def deciding_facts(self) -> tuple[str, ...]:
        """The facts by whose value a question is asked or not, in the version's order."""
        wanted = {name for q in self.questions for name in q.hangs_on}
        return tuple(fact.id for fact in self.facts if fact.id in wanted)

    # ------------------------------------------------------------ populations

    @property
    def whole(self) -> Criteria:
        """The version itself, with the questions of all populations."""
        return self

    @property
    def linked(self) -> LinkedRecords:
        """Return what conditions look at in the records of other populations; nothing for a whole version."""
        return {}

    def value_linked(self, looked_up: str, facts: Mapping[str, FactValue]) -> FactValue | None:
        """Return the value of "custody of child" for a record with these ``facts``; None for none."""
        name, _, link = looked_up.rpartition(" of ")
        if not self.has_fact(link):
            return None
        records = self.linked.get(self.fact(link).links, {})
        return records.get(str(facts.get(link, "")), {}).get(name)

    @property
    def population(self) -> Population | None:
        """The population that these criteria are of; None for a whole version."""
        return None

    @property
    def first_population(self) -> str:
        """The population of whatever names none; "" where the version declares none."""
        return self.populations[0].id if self.populations else ""

    def home_of(self, placed: Theme | Fact | Subset) -> str:
        """Return the population that a theme, fact or subset is of."""
        return placed.of or self.first_population

    @cached_property
    def _population_of(self) -> Mapping[str, str]:
        theme = {theme.id: self.home_of(theme) for theme in self.themes}
        found = {question.id: theme.get(question.theme, self.first_population) for question in self.questions}
        return found | {population.id: population.id for population in self.populations}

    @property
    def all_populations(self) -> tuple[Population, ...]:
        """The populations that there are records of: those declared, else the cases; then the staff asked."""
        version = self.whole
        staff = (version.staff.population,) if version.interview_questions else ()
        return (*(version.populations or (_CASES,)), *staff)

    def population_nouns(self, language: str) -> Mapping[str, tuple[str, str]]:
        """Return what one record of each population is called, and what several are."""
        populations = self.whole.populations
        return {p.id: (p.one.in_language(language), p.many.in_language(language)) for p in populations}

    def population_of(self, measure: str) -> str:
        """Return the population that ``measure`` counts; the first one where it says none."""
        return self._population_of.get(measure) or self.first_population

    def of_population(self, name: str) -> tuple[Question, ...]:
        """Return the questions that the population called ``name`` is asked."""
        return tuple(question for question in self.questions if self.population_of(question.id) == name)

    def of(self, name: str) -> Criteria:
        """Return what is asked of the population called ``name``; UsageError with the nearest known one.

        The ids, the outcomes, the letter and the hash are those of the version.  A roll-up is among them
        where everything it is made of is of that population.
        """
        population = self._called("population", name, {one.id: one for one in self.populations})

        def within(all_of: tuple[_Placed, ...]) -> tuple[_Placed, ...]:
            return tuple(one for one in all_of if self.home_of(one) == name)

        questions = self.of_population(name)
        asked = {q.id for q in questions}
        profiles = (evolve(p, questions=tuple(q for q in p.questions if q in asked)) for p in self.profiles)
        return self._asking(
            population,
            themes=within(self.themes),
            facts=within(self.facts),
            questions=questions,
            subsets=within(self.subsets),
            missing=tuple(m for m in self.missing if m.of in ("", name)),
            rollups=tuple(r for r in self.rollups if self.rated_populations(r.id) == {name}),
            profiles=tuple(profile for profile in profiles if profile.questions),
            **({} if population == self.populations[0] else _NO_STAFF),
        )

    def _asking(self, population: Population, **asked: Any) -> PopulationCriteria:
        """Return the criteria of one population: those of the version, but for what it is ``asked``."""
        parts = {attribute.name: getattr(self, attribute.name) for attribute in fields(Criteria)}
        return PopulationCriteria(**{**parts, **asked}, version=self, population=population)

    @cached_property
    def staff(self) -> PopulationCriteria:
        """What is asked of the staff interviewed, as criteria by themselves, with the letter's roles.

        Whoever gave no views is not asked.  No questions where the version asks staff none.
        """
        version = self.whole
        roles = version.letter.roles if version.letter else {}
        asked = Comparison("fact", GAVE_VIEWS, "=", True)
        choices = tuple(Choice(role, Text.plain(words[0])) for role, words in roles.items())
        questions = tuple(
            Question(q.id, "", q.text, q.short, when=asked, replaces=q.replaces)
            for q in version.interview_questions
        )
        facts = (
            Fact(ROLE, Text.plain("Role"), "choice", choices),
            Fact(GAVE_VIEWS, Text.plain("Gave views")),
            Fact(NOTE, Text.plain("Note"), "text"),
        )
        return version._asking(
            _STAFF,
            outcomes=version.interview_outcomes,
            default_outcomes=tuple(outcome.id for outcome in version.interview_outcomes),
            themes=(Theme("", "S", _STAFF.title),),
            facts=facts,
            questions=questions,
            **dict.fromkeys(("subsets", "rollups", "profiles", "missing", "common_reasons"), ()),
            **_NO_STAFF,
        )

    @property
    def one(self) -> str:
        """What one of its records is called: "case", "member of staff"."""
        return str((self.population or _CASES).one)

    @property
    def many(self) -> str:
        """What several of its records are called: "cases", "members of staff"."""
        return str((self.population or _CASES).many)

    @property
    def seen(self) -> str:
        """Who a record is assessed together with: "the case manager"; "" for nobody."""
        return str((self.population or _CASES).seen)

    def counted(self, number: int) -> str:
        """Return so many records in words: "1 case", "12 victims' cases"."""
        return counted(number, self.one, self.many)

    def named(self, record: str) -> str:
        """Return what ``record`` is called within a sentence: "case 07", "member of staff 03"."""
        return f"{self.one} {record}"

    def heading(self, record: str) -> str:
        """Return what ``record`` is called at the head of a page: "Case 07", "Member of staff 03"."""
        return capitalised(self.named(record))

    def in_its_words(self, ours: str) -> str:
        """Return ``ours``, a text of this program on cases, in the words of the version and the population.

        >>> load_criteria("yjs-2018").in_its_words("not good enough")
        'not sufficient'
        >>> load_criteria("hmip-youth-2025").of("victims").in_its_words("A case is opened by Enter")
        "A victim's case is opened by Enter"
        """
        return _OUR_WORDS.sub(self._its_word, ours)

    @property
    def enough(self) -> str:
        """What counts as sufficient, in one word: "enough", "sufficient"."""
        return self.in_its_words("good enough").split()[-1]

    def _its_word(self, found: re.Match[str]) -> str:
        if found["good"]:
            word = self._called_well("insufficient" if found["short"] else "sufficient", found[0])
            return capitalised(word) if found[0][0].isupper() else word
        if found["seen"]:
            return self.seen or "the person"
        noun = self.many if found["noun"].endswith("s") else self.one
        article = found["article"] or ""
        if article and noun[0].lower() in "aeiou":
            article = f"{article.strip()}n "
        return article + (capitalised(noun) if found["noun"][0] == "C" else noun)

    def _called_well(self, counts: str, ours: str) -> str:
        """Return what the one outcome that ``counts`` so is called, without its yes or no; else ``ours``."""
        texts = [str(o.text) for name in self.default_outcomes if (o := self.outcome(name)).counts == counts]
        said = (texts[0].partition(", ")[2] or texts[0]) if len(texts) == 1 else ""
        return ours if said in ("", "yes", "no") else said

    def rated_populations(self, rollup: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        """Return the populations that the roll-up called ``rollup`` is made of, through other roll-ups too.

        None where nothing is counted in it: a rating that the inspectors give is of the whole inspection.
        """
        rollups = {one.id: one for one in self.rollups}
        found: set[str] = set()
        for name in rollups[rollup].of:
            if name not in rollups:
                found.add(self.population_of(name))
            elif name not in above:
                found |= self.rated_populations(name, (*above, rollup))
        return frozenset(found)

    # ------------------------------------------------------------ by name

    def _called(self, kind: str, name: str, known: Mapping[str, _Named]) -> _Named:
        """Return what is called ``name`` among those ``known``; UsageError with the nearest of them."""
        if name not in known:
            raise UsageError(f"no {kind} '{name}' in {self.id}; {did_you_mean(name, known)}")
        return known[name]

    def question(self, name: str) -> Question:
        """Return the question called ``name``; UsageError with the nearest known one."""
        return self._called("question", name, self._questions)

    def has_question(self, name: str) -> bool:
        """Return whether a question of this version is called ``name``."""
        return name in self._questions

    def is_value(self, measure: str) -> bool:
        """Return whether ``measure`` is a question whose answer is a value, which nobody judges."""
        return measure in self._questions and not self._questions[measure].is_judged

    def asking(self, measure: str) -> Criteria:
        """Return the criteria that ask ``measure``: these, or those of the staff interviewed."""
        return self if measure in self._questions else self.staff

    def fact(self, name: str) -> Fact:
        """Return the fact called ``name``; UsageError with the nearest known one."""
        return self._called("fact", name, self._facts)

    def has_fact(self, name: str) -> bool:
        """Return whether a fact of this version is called ``name``."""
        return name in self._facts

    def interview_question(self, name: str) -> InterviewQuestion:
        """Return the interview question called ``name``; UsageError with the nearest known one."""
        return self._called("interview question", name, {q.id: q for q in self.interview_questions})

    def outcome(self, name: str) -> Outcome:
        """Return the outcome called ``name``; UsageError with the nearest known one."""
        return self._called("outcome", name, self._outcomes)

    def outcomes_of(self, question: Question) -> tuple[Outcome, ...]:
        """Return the outcomes that can be given to ``question``, in the version's order.

        Where its answer is a value, those by which none is recorded, of which there may be none.
        """
        usual = self.default_outcomes if question.is_judged else ()
        return tuple(self._outcomes[o] for o in question.outcomes or usual)

    def judgements_of(self, question: Question) -> tuple[Outcome, ...]:
        """Return the outcomes of ``question`` that judge, in the version's order."""
        return tuple(outcome for outcome in self.outcomes_of(question) if outcome.judges)

    def grades_of(self, question: Question) -> tuple[Outcome, ...]:
        """Return the graded judgements of ``question``, the best first; none where it is not graded."""
        graded = (o for o in self.outcomes_of(question) if o.grade)
        return tuple(sorted(graded, key=lambda outcome: -outcome.grade))

    def outcome_of(self, question: Question, name: str) -> Outcome:
        """Return the outcome ``name`` of ``question``; UsageError names those it has."""
        allowed = {o.id: o for o in self.outcomes_of(question)}
        if not question.is_judged:
            allowed[RECORDED.id] = RECORDED
        found = allowed.get(name)
        if found is None:
            raise UsageError(f"no outcome '{name}' for {question.id}; {did_you_mean(name, allowed)}")
        return found

    def demands_of(self, question: Question, outcome: str) -> tuple[Demand, ...]:
        """Return what has to be recorded with ``outcome``; nothing where it is the lowest of other grades."""
        return () if question.lowest_of else self.outcome_of(question, outcome).demands

    def reasons_of(self, question: Question, outcome: str | None = None) -> tuple[Reason, ...]:
        """Return the reasons that can be ticked for ``question``, its own first, then the common ones.

        With ``outcome``, only those that can be given with it; none where it does not
        count as insufficient.
        """
        reasons = (*question.reasons, *self.common_reasons) if question.is_judged else ()
        if outcome is None or not reasons:
            return reasons
        if self._outcomes[outcome].counts != "insufficient":
            return ()
        return tuple(r for r in reasons if not r.outcomes or outcome in r.outcomes)

    def reason_of(self, question: Question, name: str) -> Reason:
        """Return the reason ``name`` of ``question``; UsageError with the nearest known one."""
        reasons = {r.id: r for r in self.reasons_of(question)}
        found = reasons.get(name)
        if found is None:
            raise UsageError(f"no reason '{name}' for {question.id}; {did_you_mean(name, reasons)}")
        return found

    def prompt_of(self, question: Question, name: str) -> Prompt:
        """Return the point ``name`` weighed for ``question``; UsageError with the nearest known one."""
        prompts = {prompt.id: prompt for prompt in question.prompts}
        if name not in prompts:
            remedy = did_you_mean(name, prompts) if prompts else "it has none"
            raise UsageError(f"no point '{name}' to weigh for {question.id}; {remedy}")
        return prompts[name]

    def takes(
        self, question: str, outcome: str | None, reasons: tuple[str, ...], prompts: Iterable[str] = ()
    ) -> bool:
        """Return whether these are a question and an outcome (None: none yet), reasons and points it has.

        :meth:`question`, :meth:`outcome_of`, :meth:`reason_of` and :meth:`prompt_of` say what is wrong
        where not.
        """
        return (
            question in self._questions
            and (outcome is None or outcome in self._outcomes_taken[question])
            and self._reasons_taken[question].issuperset(reasons)
            and {prompt.id for prompt in self._questions[question].prompts}.issuperset(prompts)
        )

    def subset(self, name: str) -> Subset:
        """Return the subset called ``name``; UsageError with the nearest known one."""
        return self._called("subset", name, {subset.id: subset for subset in self.subsets})

    def theme_questions(self, theme: str) -> tuple[Question, ...]:
        """Return the questions of one theme, in the version's order."""
        return tuple(q for q in self.questions if q.theme == theme)

    def profile(self, name: str) -> Profile:
        """Return the profile called ``name``; UsageError with the nearest known one."""
        return self._called("profile", name, {profile.id: profile for profile in self.profiles})


@frozen
class PopulationCriteria(Criteria):
    """What a ``version`` asks of one population: criteria by themselves, with the hash of the version."""

    version: Criteria = field(kw_only=True, eq=False)
    population: Population = field(kw_only=True)
    linked: LinkedRecords = field(factory=dict, kw_only=True, eq=False, repr=False)

    @property
    def whole(self) -> Criteria:
        """The version itself, with the questions of all populations."""
        return self.version
