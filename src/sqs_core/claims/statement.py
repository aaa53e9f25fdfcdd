"""What one quantity of a sentence says: of which measure, within which group, of how many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from sqs_core.claims.amounts import Quantity
from sqs_core.claims.clause_splitter import Parsed, WordSpan, content_of
from sqs_core.claims.link import Link, Spoken
from sqs_core.claims.measure_cues import MeasureCues, PlannedWords, Stems
from sqs_core.claims.measured import Measured, Reading
from sqs_core.claims.naming import NO_MEASURE, MeasureNamer, Mention, Named, Pool
from sqs_core.claims.nearby import Nearby
from sqs_core.claims.out_of_scope import why_out_of_scope
from sqs_core.claims.population_nouns import calls_others
from sqs_core.claims.sense import Sense, judgements, negations, sense_of
from sqs_core.claims.values import MORE_THAN_CHOSEN, VALUE, said_of_values
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.letter.reference import Reference
from sqs_core.scoring.findings import OTHER, Count, MixedPopulationsError

MIXED: Final = "it counts records of two populations"
VAGUE: Final = "too vague to check: say how many"
COMPARED: Final = "it compares two numbers, and neither is named"
TWO_OUTCOMES: Final = "it names more than one outcome"


@frozen
class Statement:
    """One quantity with the statement it stands in, in a paragraph of ``pool`` that has ``spoken`` so far."""

    nearby: Nearby
    namer: MeasureNamer
    measured: Measured
    pool: Pool
    spoken: Spoken
    own_years: frozenset[str]
    pointed: Stems = frozenset()
    """The nouns of records that words beside the quantity say it is of."""

    @property
    def q(self) -> Quantity:
        """The quantity."""
        return self.nearby.q

    @property
    def cues(self) -> MeasureCues:
        """The words by which measures are known."""
        return self.namer.cues

    @property
    def parsed(self) -> Parsed:
        """The sentence."""
        return self.nearby.parsed

    @property
    def span(self) -> WordSpan:
        """The statement."""
        return self.nearby.span

    def link(self) -> Link | None:
        """Return what ties the quantity to the records; None where it is no claim after all.

        No quantity is tied to records of another population than its noun says, or to those of two.
        """
        try:
            link = self._as_planned(self._link())
        except MixedPopulationsError:
            return self._no(MIXED)
        if link is None or not link.ways:
            return link
        abouts = [about for reading in link.readings for about in reading.abouts]
        values = [] if link.total else [a for a in abouts if self.measured.findings.is_value(a.measure)]
        if values and (why := said_of_values(self.nearby, values)):
            return self._no(why)
        if not self.measured.populations:
            return link
        counted = set(map(self.measured.population_of, abouts))
        if self.q.own_population and counted != {self.q.population}:
            return self._no(f"its noun is that of {self.q.population}, and it seems to speak of others")
        if calls_others(self.nearby, self.pointed, counted, {about.measure for about in abouts}):
            return self._no("its noun is not one of the records that it seems to speak of")
        together = any(
            len(set(map(self.measured.population_of, reading.abouts))) > 1 for reading in link.readings
        )
        return self._no(MIXED) if together else link

    def _as_planned(self, link: Link | None) -> Link | None:
        """Return ``link``, or where its words name no measure, what the plan says in the same words."""
        about, at = next(
            ((found, i) for i in range(len(self.parsed.spans)) if (found := self._planned(i))), (None, 0)
        )
        if about is None:
            return link
        if at > self.nearby.at:
            return None  # "at least 3 – mostly met" is the name of a grade
        if at < self.nearby.at:
            return link
        read = {one.measure for reading in link.readings for one in reading.abouts} if link else set()
        if link and len(link.ways) == 1 and not link.total and not about.outcome and read == {about.measure}:
            return link
        negated = about.form == "any"  # "was not … in any"
        return self._linked([[about._replace(form="of")]], about.subset, negated=negated, planned=True)

    def _planned(self, at: int) -> Reference | None:
        """Return what the plan says around a number in the words that stand around this one."""
        words, (first, last) = self.parsed.words, self.parsed.spans[at]
        asides = (s.first for s in self.parsed.statements if s.kind in ("including", "excluding"))
        end = min((first for first in asides if first >= last), default=len(words))
        after = words[last : end - 1] if words[end - 1] in (".", ",") else words[last:end]
        starts = (PlannedWords(words[:start], after) for start in range(first, last))
        planned = self.cues.planned
        abouts: set[Reference] = next((planned[said] for said in starts if said in planned), set())
        here = [a for a in abouts if len(abouts) == 1 or a.measure in self.pool.measures]
        return here[0] if len(here) == 1 else None

    def _link(self) -> Link | None:
        q = self.q
        if q.broken:
            return self._no("it gives two numbers that differ, or can be understood in two ways")
        measures = [self.cues.measures[name] for name in self.pool.measures]
        if why := why_out_of_scope(self.nearby, measures, self.own_years):
            return self._no(why)
        if q.means == "comparison" or self.nearby.tags("compared"):
            return self._no(COMPARED)
        if q.means == "vague":
            return self._no(VAGUE)
        if people := self._of_people():
            return people
        if self.span.kind in ("including", "excluding"):
            return self._aside()
        if q.means == "included" or self._names_absence():
            return None
        if q.means == "sample":
            return Link(evolve(q, means="total"), self._whole(), total=True)
        if q.means in ("others", "the-rest"):
            return self._others()
        subset, why = self.nearby.group()
        if why:
            return self._no(why)
        if subset and self._of_those_counted():
            return self._aside()
        return self._total(subset) or self._stated(subset)

    @property
    def _population(self) -> str:
        """The population that is meant: of its noun, or else of all that the paragraph is about."""
        own = {self.cues.measures[name].population for name in self.pool.measures}
        return self.q.own_population or (own.pop() if len(own) == 1 else "")

    def _whole(self) -> tuple[tuple[Reading, ...], ...]:
        """Return the ways to understand "all cases": of the population that is meant, or of any there is."""
        populations = self.measured.populations
        if not populations:
            return ((self.measured.whole(),),)
        own = {self.cues.measures[name].population for name in self.pool.measures} & populations
        meant = {self.q.population} if self.q.own_population else own or populations
        return tuple((self.measured.whole(name),) for name in sorted(meant))

    def _beside_whole(self) -> bool:
        """Return whether a number before it is of all: "we saw 20 children's cases and 12 victims' cases"."""
        return any(Nearby(self.parsed, at, self.cues).is_whole() for at in range(self.nearby.at))

    def _is_everyone(self) -> bool:
        """Return whether it counts among as many as were screened."""
        return any(self.q.n == reading.first.n for way in self._whole() for reading in way)

    def _no(self, why: str) -> Link | None:
        """Return the quantity unlinked; an adverb, or a "no" that says what there was not, is no number.

        Nor is "another tool", where nothing was counted before it.
        """
        first = (
            self.q.means == "another" and not self.q.n and not self.spoken.topic and not self.spoken.unlinked
        )
        silent = self.q.means == "hedge" or self.q.mute or (first and not self.nearby.neighbours)
        return None if silent else Link(self.q, why=why)

    def _names_absence(self) -> bool:
        """Return whether "no plan" says what a case had, and not how many plans there were."""
        counting = ("count", "another", "total", "others")
        beside = any(self.parsed.quantities[i].means in counting for i in self.nearby.neighbours)
        return beside and self.q.mute

    # -------------------------------------------------------------- people, asides, the rest

    def _of_people(self) -> Link | None:
        """Link how many were interviewed, or gave their views; None where neither is told."""
        q, measured = self.q, self.measured
        if q.population == "people" and q.means in ("count", "none"):
            # "We interviewed five", "no staff were interviewed"; not "five we talked to said …".
            reach = len(self.parsed.words) if q.means == "none" else self.nearby.segment()[1]
            if any(m.first < reach for m in self.parsed.of_kind("interviewed")):
                return Link(q, ((measured.interviewed(q.role),),), total=True)
        asides = self.nearby.tags("asides")  # "who gave us a view" only says who is meant
        views = [m for m in self.nearby.tags("views") if not any(a.holds(m.first) for a in asides)]
        if views and q.population != "cases" and q.means in ("count", "none", "all", "band", "both"):
            return Link(q, ((measured.reading([Reference(INTERVIEWS)], "count"),),))
        return None

    def _of_those_counted(self) -> bool:
        """Return whether it counts among what was counted just before: "of these, three were in custody"."""
        own = any(token.type == "C_THEM" for token in self.parsed.tokens[self.q.first : self.q.last])
        before = self.spoken.counted.get(frozenset(about.measure for about in self.spoken.topic), ())
        again = self.q.n is not None and self.q.n == len(before)  # "none of the six was in custody"
        partitive = own or again or bool(self.nearby.tags("partitive"))
        return partitive and bool(self.spoken.topic) and not self.nearby.tells()

    def _aside(self) -> Link | None:
        """Link ", including three of the four cases …": a subset of what was just spoken of."""
        subset, why = self.nearby.group()
        if self.span.kind == "excluding" and not subset and not why:
            return self._elliptical(Sense(-1, elliptical=True), "")  # "in eighteen cases, but not in five"
        if why or not subset:
            return None if self.q.means == "included" else self._no(why or NO_MEASURE)
        if not self.spoken.topic:
            return self._no("nothing was counted before it")
        readings = self.measured.readings(self.spoken.topic, subset, negated=self.spoken.negated)
        if self.span.kind == "excluding" and self.q.means in ("the-one", "all", "both", "included"):
            counts = tuple(Count(c.of if c.k == 0 else c.cases, c.of) for c in readings[0].counts)
            readings = [Reading(readings[0].abouts, counts)]
        return Link(self.q, (tuple(readings),), subset=True)

    def _others(self) -> Link | None:
        """Link "the other four": those judged whom nothing said before has counted."""
        if not self.q.amounts:
            return None  # "the other cases" states no number
        before, spoken = self.spoken.topic, self.spoken
        if not before:
            named = self._named(content_of(self.parsed, self.span, self.cues))
            before = tuple(map(Reference, named.alternatives[0])) if len(named.alternatives) == 1 else ()
        if not before:
            return self._no("it does not say what the others are the rest of")
        measures = frozenset(about.measure for about in before)
        subset, why = self.nearby.group()
        if why:
            return self._no(why)
        if subset := subset or spoken.subset:
            return self._others_within(before, subset)
        plain = [self.measured.count(about._replace(outcome="", subset="")) for about in before]
        of: set[str] = set().union(*(c.of for c in plain))
        poor: set[str] = set().union(*(set(c.of) - set(c.cases) for c in plain))
        counted = spoken.counted.get(measures) or of - poor
        rest = of - counted
        sense = sense_of(self.parsed, self.span, self.cues.particles)
        if spoken.unlinked and self.q.k != len(rest):
            return self._no("something before it could not be tied to a measure")
        praised = not sense.elliptical and sense.sign > 0 and not self.parsed.tagged("negations", self.span)
        if praised and rest & poor:
            return self._no("it seems to praise the rest, which fell short")
        count = Count(tuple(sorted(rest)), tuple(sorted(of)))
        rest_of = tuple(dict.fromkeys(self.measured.rest_named(a.measure, count) for a in before))
        spoken.counted.setdefault(measures, set(counted)).update(rest)
        spoken.topic, spoken.so = before, True
        return Link(self.q, ((Reading(rest_of, (count,), "other"),),))

    def _others_within(self, before: Sequence[Reference], subset: str) -> Link | None:
        """Link "the other three" of those in custody: whom nothing said of that group has counted."""
        measures = frozenset(about.measure for about in before)
        counted = self.spoken.within.get((measures, subset))
        if counted is None or self.spoken.unlinked or len(before) > 1:
            return self._no("it does not say what the others are the rest of")
        of = set(self.measured.count(before[0]._replace(outcome="", subset=subset)).of)
        sense = sense_of(self.parsed, self.span, self.cues.particles)
        if not sense.elliptical and sense.sign > 0:
            return self._no("it seems to praise the rest")
        count = Count(tuple(sorted(of - counted)), tuple(sorted(of)))
        rest_of = before[0]._replace(outcome=OTHER, subset=subset)
        return Link(self.q, ((Reading((rest_of,), (count,), "other"),),), subset=True)

    # -------------------------------------------------------------- how many there are

    def _total(self, subset: str) -> Link | None:
        """Link how many cases something is asked of, or a group has; None where it is neither."""
        q, nearby = self.q, self.nearby
        content = self._content()
        tags = nearby.tags("unknown", "pending", "exempt", "judged")
        if any(not self.nearby.is_in(tag, "of-judged") for tag in tags):
            return self._unjudged(content)
        if q.means == "any" and (denied := nearby.near("notpopulation", self._population)):
            return self._asked(evolve(q, means="none"), denied, "")
        facts, whole = nearby.near("population", self._population), nearby.is_whole()
        if q.means == "any" and q.n is None and facts and not content and self._denied():
            return self._asked(evolve(q, means="none"), facts, "")  # "there was not any case where …"
        if facts and q.means != "total" and (self._denied() or self._names_more(content)):
            return None  # "one case in which health issues had not been identified"
        if q.means == "total" or (q.means == "the-one" and (facts or subset or whole) and not nearby.tells()):
            if facts:
                return self._asked(q, facts, subset)
            if whole and not subset and q.population != "people":
                return Link(q, self._whole(), total=True)
            named = self._named(content)
            readings = self._totals(named, subset)
            if not readings:
                return self._no(named.why or NO_MEASURE)
            return Link(q, (tuple(readings),), subset=bool(subset), total=True, sure=bool(self.pool.measures))
        counts = q.means in ("count", "all", "none", "the-one", "both") and (q.n is None or q.means == "all")
        if not (counts or self._is_everyone()) or nearby.tells() or q.population == "people":
            return None
        if facts:
            return self._asked(q, facts, subset)
        alone = q.n is None and q.means == "count" and not content and not subset
        if q.own_population and alone and (whole or self._beside_whole()):
            return Link(q, self._whole(), total=True)
        if subset and not content and not self._verb_after("subset"):
            return Link(q, ((self.measured.subset_total(subset),),), subset=True, total=True)
        if whole and q.n is None:
            if not content:
                return Link(q, self._whole(), total=True)
            readings = self._totals(self._named(content), "")
            return Link(q, (tuple(readings),), total=True) if readings else None
        return None

    def _names_more(self, content: Stems) -> bool:
        """Whether it says of a measure that it was done: "issues had been identified", not "for a review"."""
        words, stems, verbs = self.parsed.words, self.parsed.stems, self.cues.particles.auxiliaries
        done = (stems[i] for i in range(self.span.first + 1, self.span.last) if words[i - 1] in verbs)
        named = content & frozenset(done)
        measures = (self.cues.measures[name] for name in self.pool.measures)
        return any(named & m.keys and named <= m.own for m in measures)

    def _verb_after(self, kind: str) -> bool:
        """Whether more is said of a group named beside the quantity: "every child in custody had one"."""
        last, end = self.nearby.place[1], self.span.last
        words, verbs = self.parsed.words, self.cues.particles.auxiliaries
        group = next((m for m in self.nearby.tags(kind) if m.first >= last), None)
        joined = group is not None and not any(w in verbs for w in words[last : group.first])
        return group is not None and joined and any(w in verbs for w in words[group.last : end])

    def _totals(self, named: Named, subset: str) -> list[Reading]:
        abouts = [Reference(name) for way in named.alternatives for name in way]
        return self.measured.totals(abouts, subset, judged=self._of_judged())

    def _of_judged(self) -> bool:
        """Return whether only those are meant of whom it could be told: "the nine cases we could judge"."""
        first, end = self.nearby.window()
        return any(first <= m.first < end for m in self.parsed.of_kind("of-judged"))

    def _asked(self, q: Quantity, facts: Sequence[str], subset: str) -> Link | None:
        """Link a number of cases of the kind that ``facts`` say to how many cases there are of it."""
        if len(facts) > 1:
            return self._no("it names two groups of cases")
        own = self.measured.subset_of(facts[0])
        abouts = self.measured.asked_when(facts[0])
        if self._of_judged():
            abouts = [Reference(name) for name in self.pool.measures if name in {a.measure for a in abouts}]
        within = "" if subset == own else subset
        readings = self.measured.totals(abouts, within, judged=self._of_judged())
        if own and not readings:
            readings = [self.measured.subset_total(own)]
        if not readings:
            return self._no(NO_MEASURE)
        return Link(q, (tuple(readings),), total=True, subset=bool(subset))

    def _unjudged(self, content: Stems) -> Link | None:
        """Link a number of cases in which something could be judged, or was not for some reason."""
        named = self._named(content)
        abouts = [Reference(name) for way in named.alternatives for name in way]
        if not abouts:
            return self._no(named.why or NO_MEASURE)
        none = self.q.means in ("any", "none")
        q = evolve(self.q, means="none" if none else "count" if self.q.means == "another" else self.q.means)
        reasons = ("unknown", "pending", "exempt")
        kind = next((k for k in reasons if self.nearby.tags(k)), "")
        if none or not (kind or self._denied()):
            return Link(q, tuple((self.measured.judged(about),) for about in abouts), total=True)
        apart = len({m.kind for m in self.parsed.of_kind(*reasons)}) > 1
        ways = tuple(tuple(self.measured.unjudged(about, kind or "unknown", apart=apart)) for about in abouts)
        return Link(q, ways, total=True)

    # -------------------------------------------------------------- how well it was done

    def _stated(self, subset: str) -> Link | None:
        """Link a quantity that says how many of a measure's cases were good enough, or were not."""
        sense = sense_of(self.parsed, self.span, self.cues.particles)
        outcomes = list(dict.fromkeys(m.name for m in self.nearby.tags("outcome")))
        content = self._content()
        if self.nearby.tags("same") and self.spoken.topic and not self.spoken.unlinked:
            # "For safeguarding this was so in eleven" goes on to another measure.
            known = frozenset().union(
                *(self.cues.measures[about.measure].keys for about in self.spoken.topic)
            )
            topic = list(self.spoken.topic) if content <= known else self._siblings(content)
            return self._linked([topic], subset, negated=self.spoken.so) if topic else self._no(NO_MEASURE)
        if sense.elliptical and not content and not outcomes:
            return self._elliptical(sense, subset)
        if sense.why:
            return self._no(sense.why)
        if len(outcomes) == 1 and (graded := self._graded(outcomes[0])):
            said_more = self.measured.findings.is_value(graded.measure) and self._more_than(graded, content)
            return self._no(said_more) if said_more else self._linked([[graded]], subset, negated=False)
        if self.nearby.tags("degrees"):
            return self._no("it says more of how well it was done than the records do")
        if outcomes:
            return self._outcome(outcomes, sense, content, subset)
        judged = not sense.elliptical
        if not judged and self._leaves_out():
            named = self._named(content)
            alike = list(map(Reference, named.alternatives[0])) if len(named.alternatives) == 1 else []
            if alike := self._siblings(content) or alike:
                return self._linked([alike], subset, negated=self.spoken.negated)
        if not judged and self._takes_up() and (alike := self._siblings(content)):
            return self._linked([alike], subset, negated=(sense.sign < 0) != self.spoken.base)
        named = self._of_two_judgements(content) or self._named(content, judged=judged)
        if not named.alternatives:
            could = () if judged else self._named(content).alternatives
            return self._no(f"it does not say how well it was done ({could[0][0]})" if could else named.why)
        ways = [[Reference(name) for name in way] for way in named.alternatives]
        return self._linked(ways, subset, negated=sense.sign < 0)

    def _graded(self, name: str) -> Reference | None:
        """Return the grade or choice ``name``, whose phrase says by itself what is meant; None for others."""
        measure, _, outcome = name.partition(":")
        criteria = self.measured.findings.criteria
        alone = not criteria.question(measure).is_judged or criteria.outcome(outcome).grade
        return Reference(measure, outcome) if alone else None

    def _more_than(self, choice: Reference, content: Stems) -> str:
        """Return what is said beside that a choice was recorded, which no count tells; "" for nothing."""
        if self.nearby.tags("good", "bad"):
            return VALUE
        if self._denied() and self.q.means != "any":
            return "it says in how many cases that was not so, and the records count in how many it was"
        return "" if content <= self.cues.measures[choice.measure].own else MORE_THAN_CHOSEN

    def _outcome(self, outcomes: Sequence[str], sense: Sense, content: Stems, subset: str) -> Link | None:
        """Link a quantity that says how many had one of several ways to fall short: "no plan at all"."""
        measure, _, outcome = outcomes[0].partition(":")
        if len(outcomes) > 1:
            return self._no(TWO_OUTCOMES)
        if not sense.elliptical:
            # "Not good enough, or there was no plan at all" is every way to fall short.
            words = self.parsed.words[self.span.first : self.span.last]
            either = any(w in self.cues.particles.alternatives for w in words) and sense.sign < 0
            if not either:
                return self._no(TWO_OUTCOMES)
            outcome = OTHER
        elif sense.sign < 0:
            return self._no("it is in the negative twice over")
        if not content <= self.cues.measures[measure].own:
            named = self._named(content)
            if named.alternatives != ((measure,),):
                return self._no(named.why or NO_MEASURE)
        return self._linked([[Reference(measure, outcome)]], subset, negated=False)

    def _elliptical(self, sense: Sense, subset: str) -> Link | None:
        """Link "three were not": of what was spoken of before, turned round by its own words alone."""
        first, last = self.nearby.place
        words, particles = self.parsed.words, self.cues.particles
        hedges = [
            s for q, s in zip(self.parsed.quantities, self.parsed.spans, strict=True) if q.means == "hedge"
        ]
        free = [not any(a <= i < b for a, b in hedges) for i in range(len(words))]
        after = [words[i] for i in range(last, self.span.last) if words[i][:1].isalpha() and free[i]]
        before = [words[i] for i in range(self.span.first, first) if words[i][:1].isalpha() and free[i]]
        able = all(w in particles.small or particles.denies(w) for w in (*before, *after))
        denied = sense.sign < 0
        anchored = denied or after or self.spoken.here
        if not self.spoken.topic or self.spoken.unlinked or not able or not anchored or sense.why:
            return self._no(NO_MEASURE)
        # "Seven were good, three not"; "more than half, but fewer than three-quarters" goes on as it began.
        negated = denied != self.spoken.base if denied or after else self.spoken.negated
        return self._linked([self.spoken.topic], subset, negated=negated)

    def _leaves_out(self) -> bool:
        """Return whether the same is said as before, of another measure: "and of safeguarding in eleven"."""
        words, particles = self.parsed.words[self.span.first : self.span.last], self.cues.particles
        verbs = any(w in particles.auxiliaries or particles.denies(w) for w in words)
        acts = any(self.parsed.stems[i] in self.cues.acts for i in range(self.span.first, self.span.last))
        after = [w for w in self.parsed.words[self.nearby.place[1] : self.span.last] if w[:1].isalpha()]
        return (
            self.spoken.here
            and not self.spoken.unlinked
            and self.span.first > 0
            and not (verbs or acts or after)
        )

    def _takes_up(self) -> bool:
        """Whether it has no verb but one that stands for what was said: "and eight of the plans had not"."""
        particles, first = self.cues.particles, self.nearby.place[0]
        words = [w for w in self.parsed.words[self.span.first : self.span.last] if w[:1].isalpha()]
        before = self.parsed.words[max(0, first - 1) : first]
        done = [w for w in words[-2:] if w in particles.auxiliaries or particles.denies(w)]
        ends = words[-1:] == done[-1:] and not any(particles.denies(w) for w in words[:-2])
        led = bool(before) and before[0] in particles.auxiliaries and not self.spoken.negated
        return len({w for w in words if w in particles.auxiliaries}) == 1 and (ends or led)

    def _siblings(self, content: Stems) -> list[Reference]:
        """Return the measure that has ``content`` in its name and else what the last one has in its own."""
        if len(content) != 1 or len(self.spoken.topic) != 1 or self.spoken.unlinked:
            return []
        keys = self.cues.measures[self.spoken.topic[0].measure].keys
        own = {name: self.cues.measures[name].keys for name in self.pool.measures}
        alike = [name for name, named in own.items() if content <= named - keys and named - content < keys]
        return [Reference(alike[0])] if len(alike) == 1 else []

    def _content(self) -> Stems:
        """Return what the statement is about, for this quantity: without what other numbers of it count.

        A number without a noun counts what the one before it did: "twelve plans were due and eight …".
        """
        content = content_of(self.parsed, self.span, self.cues)
        nouns = ["" if q.own_population else self.cues.stemmer.stem(q.unit) for q in self.parsed.quantities]
        own = nouns[self.nearby.at]
        if own and own not in self.cues.plain:
            content -= {nouns[i] for i in self.nearby.neighbours} - {own}
        before = [noun for noun in nouns[: self.nearby.at] if noun]
        if content and not own and before and before[-1] not in self.cues.plain:
            content |= {before[-1]}
        return content

    def _named(self, content: Stems, *, judged: bool = True) -> Named:
        """Return what measures the statement can be about."""
        said = Mention(
            content,
            judged,
            {"people": True, "cases": False}.get(self.q.population),
            self.q.own_population,
            tuple(m.name for m in self.nearby.tags("short")),
            tuple(dict.fromkeys(m.name for m in self.nearby.tags("named"))),
            tuple(about.measure for about in self.spoken.topic),
        )
        return self.namer.named(said, self.pool)

    def _of_two_judgements(self, content: Stems) -> Named | None:
        """Name the measures of two judgements: "the assessments were good and were reviewed properly"."""
        for one, other in pairwise(judgements(self.parsed, self.span)):
            joins = [
                i
                for i in range(one.last, other.first)
                if self.parsed.words[i] in self.cues.particles.conjunctions
            ]
            if not joins or any(one.last <= a < other.first for a, _ in self.parsed.spans):
                continue
            halves = (WordSpan(self.span.first, joins[0]), WordSpan(joins[0], self.span.last))
            contents = [content_of(self.parsed, half, self.cues) & content for half in halves]
            named = [self._named(part) for part in contents if part]
            if len(named) == 2 and all(len(n.alternatives) == 1 for n in named) and named[0] != named[1]:
                return Named((tuple(dict.fromkeys((*named[0].alternatives[0], *named[1].alternatives[0]))),))
        return None

    def _denied(self) -> bool:
        return bool(negations(self.parsed, self.span, self.cues.particles))

    def _linked(
        self, ways: Sequence[Sequence[Reference]], subset: str, *, negated: bool, planned: bool = False
    ) -> Link | None:
        """Put a link together: check groups, roles and the 'not' of "all", and remember what was said.

        Where it is ``planned``, the words are those of a sentence of the plan, and its 'not' is known.
        """
        q = self.q
        values = (about for way in ways for about in way if self.measured.findings.is_value(about.measure))
        if not planned and any(not about.outcome or self.nearby.tags("good") for about in values):
            return self._no(VALUE)
        so = negated != (q.means == "none")
        if q.means == "any":
            if not (planned or self._denied()):
                return self._no("'any' without a 'not' says no number")
            negated, q = not negated, evolve(q, means="none")
        elif q.means in ("all", "both", "hedge") and self._denied():
            return self._no("it is not clear what the 'not' belongs to")
        for fact in self.nearby.near("population", self._population):
            if all(fact in self.cues.measures[about.measure].facts for way in ways for about in way):
                continue
            own = self.measured.subset_of(fact)
            if not own or (subset and subset != own):
                return self._no("the records are not counted for that group of cases")
            subset = own
        everyone = (self.measured.count(about) for way in ways for about in way)
        if q.role and not all(count.k == count.n for count in everyone):
            return self._no("the records do not say this by role")
        readings = tuple(tuple(self.measured.readings(way, subset, negated=negated)) for way in ways)
        if q.means == "hedge":
            link = Link(q, readings, subset=True)
            doubtful = self.nearby.neighbours and not all(link.way_fit(way) is True for way in readings)
            return None if doubtful or not self.pool.measures else link
        if not subset and len(ways) == 1:
            blamed = bool(self.nearby.tags("bad"))
            self.spoken.tell(ways[0], readings[0][0], negated=negated, so=so, blamed=blamed)
        elif subset and len(ways) == 1:
            self.spoken.tell_within(ways[0], subset, readings[0][0], negated=negated)
        return Link(q, readings, subset=bool(subset), sure=bool(self.pool.measures))
