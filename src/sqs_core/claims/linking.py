"""Tying each quantity of a paragraph to what it counts, by the plan and the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from sqs_core.claims.clause_splitter import Cutter, SentenceParts
from sqs_core.claims.link import Spoken, Tie
from sqs_core.claims.measure_cues import Hit, Topics
from sqs_core.claims.quantities import Finder, Quantity
from sqs_core.claims.readings import Measured, Reading, name_of
from sqs_core.letter.live_figures import Reference
from sqs_core.scoring.findings import CASES, INTERVIEWS, Count

NO_MEASURE = "no measure is named in the words around it"
# These say nothing of what they count but through the words before: "the other four were not".
HEDGE_REACH = 60  # characters from an adverb to the words it belongs to
ANAPHORIC = frozenset({"others", "bare", "another", "the_total"})


@frozen
class Tier:
    """Ties the quantities of paragraphs to measures of the version."""

    finder: Finder
    cutter: Cutter
    topics: Topics
    measured: Measured

    def tie(self, sentences: Sequence[str], paragraphs: Sequence[str]) -> list[tuple[int, Tie]]:
        """The quantities of one paragraph's sentences (by their place in the list), tied."""
        spoken = Spoken()
        ties: list[tuple[int, Tie]] = []
        for place, sentence in enumerate(sentences):
            parts = self._parts(sentence, paragraphs)
            hedged = [h for q in parts.quantities if q.kind == "hedge" for h in self._hedged(parts, q)]
            plain = self._without(parts, hedged)
            head = ""
            for quantity in parts.quantities:
                subset = self._subset(parts, quantity)
                tie = self._tie(
                    parts if quantity.kind == "hedge" else plain,
                    quantity,
                    subset or head,
                    spoken,
                    bool(paragraphs),
                )
                if tie is None:
                    continue
                ties.append((place, evolve(tie, sure=bool(paragraphs))))
                if not tie.readings and quantity.kind not in ("hedge", "bare", "vague"):
                    spoken.untied = True
                leads = len(parts.text[: quantity.start].split()) <= 1
                if quantity.kind == "the_total" and subset and leads:
                    head = subset  # "Of the four cases where …, one had … and another …"
        return ties

    def _parts(self, sentence: str, paragraphs: Sequence[str]) -> SentenceParts:
        text = self.cutter.asides.sub(lambda m: " " * len(m[0]), sentence)
        hits = [h for h in self.topics.hits(text, paragraphs) if self.measured.is_known(h.about)]
        found = self.finder.find(text)
        # "No plan at all" is the name of an outcome, not a number of plans.
        named = [
            q
            for q in found
            if q.kind == "none_of" and any(h.start <= q.start and q.end <= h.end for h in hits)
        ]
        return self.cutter.cut(text, hits, [q for q in found if q not in named])

    def _subset(self, parts: SentenceParts, quantity: Quantity) -> str:
        found = parts.subset(parts.window(quantity))
        known = {s.id for s in self.measured.findings.criteria.subsets}
        return found if found in known and quantity.population != "people" else ""

    def _without(self, parts: SentenceParts, hedged: list[Hit]) -> SentenceParts:
        """``parts`` less the cues an adverb has taken, where other measures are left.

        "In almost all cases they complied, and the YOS always did the right thing" makes two claims.
        """
        left = tuple(h for h in parts.hits if h not in hedged)
        others = {h.about.measure for h in left} - {h.about.measure for h in hedged}
        return evolve(parts, hits=left) if hedged and others else parts

    def _tie(
        self, parts: SentenceParts, q: Quantity, subset: str, spoken: Spoken, planned: bool
    ) -> Tie | None:
        """The tie of one quantity; None where it is no claim after all."""
        window, clause = parts.window(q), parts.clause(q.start)
        aside = parts.aside(q.start)
        if q.population == "people" and q.kind in ("count", "none_of"):
            # "We interviewed five", "no staff were interviewed"; not "five we interviewed said …".
            reach = len(parts.text) if q.kind == "none_of" else q.start
            if self.cutter.interviewed.search(parts.text, 0, reach):
                return self._interviewees(q)
        if aside is not None:
            return self._aside(q, subset, spoken, aside[2])
        if q.kind == "included":
            return None
        if q.kind == "hedge":
            return self._hedge(parts, q) if planned else None
        if q.kind == "vague":
            return Tie(q, why="too vague to check: say how many")
        abouts = self._abouts(parts.hits_in(clause), q)
        if q.kind == "further":
            return Tie(q, tuple(self.measured.not_judged(spoken.abouts or abouts)), NO_MEASURE, total=True)
        if q.kind == "others":
            return self._others(q, abouts, spoken)
        if q.kind in ("none_of", "any_of") and parts.is_unjudged(clause):
            return Tie(q, tuple(self.measured.totals(abouts, "")), NO_MEASURE, total=True)
        near = self._abouts(parts.hits_in(window), q)
        fact = parts.population(window) or ("" if abouts else parts.population(clause))
        if q.kind == "the_total":
            return self._total(parts, q, abouts, subset, fact, spoken)
        counts_only = q.kind in ("count", "bare") or not self._abouts(parts.hits, q)
        # "All but one of 11 cases with …" tells of those 11, not of how many there are.
        of_all = q.n is None or q.n == len(self.measured.findings.cases)
        if fact and not near and counts_only and of_all and q.population != "people":
            among = self._abouts(parts.hits, q) or list(spoken.abouts)
            asked = self.measured.asked_when(fact, among or self._all(parts))
            if asked:
                return Tie(q, tuple(self.measured.totals(asked, "")), total=True)
        if not abouts:
            abouts = self._abouts(parts.hits, q)
            if len({a.measure for a in abouts}) > 1:
                abouts = []
        if not abouts and q.kind in ANAPHORIC and not spoken.untied:
            abouts = list(spoken.abouts)
        if not abouts and q.kind in ("all_of", "phrase") and parts.is_whole(window):
            return Tie(q, why=NO_MEASURE)
        if not abouts:
            return Tie(q, why=NO_MEASURE)
        return self._stated(parts, q, abouts, subset, spoken)

    def _stated(
        self, parts: SentenceParts, q: Quantity, abouts: list[Reference], subset: str, spoken: Spoken
    ) -> Tie:
        """A quantity that says how many of a measure's cases were good enough, or were not."""
        clause = parts.clause(q.start)
        negated = parts.negated(clause)
        if q.kind in ("all_of", "both") and parts.negated((clause[0], q.start)):
            before = parts.text[clause[0] : q.start]
            last = [m.end() for m in self.cutter.negations.finditer(before)]
            if not last or before[last[-1] :].strip() or parts.negated((q.end, clause[1])):
                return Tie(q, why="it is not clear what the 'not' belongs to")
            q, negated = evolve(q, kind="not_all"), False
        if len({a.outcome for a in abouts}) > 1 and len({a.measure for a in abouts}) == 1:
            return Tie(q, why="the words around it name more than one outcome")
        if any(a.outcome for a in abouts):
            abouts = [a for a in abouts if a.outcome]
            if negated:
                return Tie(q, why="the sentence is in the negative twice over")
        if abouts[0].measure == CASES:
            if negated:
                return Tie(q, why="the sentence is in the negative")
            return Tie(q, (self.measured.whole(),), total=True)
        if q.kind == "any_of":
            if not negated:
                return Tie(q, why="'any' without a 'not' says no number")
            negated = False
        if q.role and not all(c.k == c.n for a in abouts for c in [self.measured.count(a)]):
            return Tie(q, why="the records do not say this by role")
        readings = self.measured.readings(abouts, subset, negated)
        if not subset:
            self._note(abouts, readings[0], negated, spoken)
        return Tie(q, tuple(readings), subset=bool(subset))

    def _note(self, abouts: list[Reference], reading: Reading, negated: bool, spoken: Spoken) -> None:
        spoken.abouts, spoken.negated, spoken.untied = tuple(abouts), negated, False
        measures = frozenset(a.measure for a in abouts)
        spoken.counted.setdefault(measures, set()).update(*(c.cases for c in reading.counts))

    def _interviewees(self, q: Quantity) -> Tie:
        """How many were interviewed, of a role or of all."""
        people = self.measured.findings.people
        count = self.measured.findings.count(INTERVIEWS, subset=q.role) if q.role else Count(people, people)
        name = f"{INTERVIEWS}@{q.role}" if q.role else f"{INTERVIEWS}|total"
        return Tie(q, (Reading((name,), (count,), "count"),), total=True)

    def _aside(self, q: Quantity, subset: str, spoken: Spoken, inside: bool) -> Tie | None:
        """ ", including three of the four cases …": a subset of what was just spoken of."""
        if not subset and q.kind == "included":
            return None  # "including the child or young person" counts nothing
        if not subset or not spoken.abouts:
            return Tie(q, why=NO_MEASURE if not subset else "nothing was counted before it")
        readings = self.measured.readings(spoken.abouts, subset, spoken.negated)
        if not inside and q.kind in ("the_one", "all_of", "both"):
            counts = tuple(Count(c.of if c.k == 0 else c.cases, c.of) for c in readings[0].counts)
            readings = [Reading(readings[0].names, counts)]
        return Tie(q, tuple(readings), subset=True)

    def _hedged(self, parts: SentenceParts, q: Quantity) -> list[Hit]:
        """The cues an adverb speaks of: the next after it, or those of its clause's one measure."""
        hits = parts.hits_in(parts.clause(q.start))
        after = [h for h in hits if 0 <= h.start - q.end < HEDGE_REACH]
        return list(after[:1] or (hits if len({h.about.measure for h in hits}) == 1 else ()))

    def _hedge(self, parts: SentenceParts, q: Quantity) -> Tie | None:
        abouts = self._abouts(self._hedged(parts, q), q)
        negated = parts.negated(parts.clause(q.start))
        if not abouts or abouts[0].measure == CASES or negated:
            return None
        return Tie(q, tuple(self.measured.readings(abouts, "", negated=False)), subset=True)

    def _others(self, q: Quantity, abouts: list[Reference], spoken: Spoken) -> Tie | None:
        """ "The other four": those judged whom nothing said before has counted."""
        if q.unit and not q.singular and q.text[-1:] == "s" and q.k == 1 and not _has_number(q):
            return None  # "the other cases" states no number
        before = spoken.abouts or tuple(abouts)
        if not before:
            return Tie(q, why="it does not say what the others are the rest of")
        measures = frozenset(a.measure for a in before)
        counted = spoken.counted.get(measures, set())
        plain = [self.measured.count(a._replace(outcome="", subset="")) for a in before]
        of = set().union(*(c.of for c in plain))
        if not counted:
            counted = of - set().union(*(set(c.of) - set(c.cases) for c in plain))
        rest = Count(tuple(sorted(of - counted)), tuple(sorted(of)))
        if spoken.untied and q.k != rest.k:
            return Tie(q, why="something before it could not be tied to a measure")
        names = tuple(dict.fromkeys(name_of(self.measured.named_rest(a.measure, rest)) for a in before))
        spoken.counted.setdefault(measures, set(counted)).update(rest.cases)
        return Tie(q, (Reading(names, (rest,), "other"),))

    def _total(
        self,
        parts: SentenceParts,
        q: Quantity,
        abouts: list[Reference],
        subset: str,
        fact: str,
        spoken: Spoken,
    ) -> Tie:
        """ "The 12 cases which …": the number of cases that something is asked of."""
        near = abouts or self._abouts(parts.hits, q) or list(spoken.abouts)
        if fact and not subset:
            asked = self.measured.asked_when(fact, near or self._all(parts))
            return Tie(q, tuple(self.measured.totals(asked, "")), total=True)
        if subset:
            readings = (
                self.measured.totals(near[:1], subset) if near else [self.measured.subset_total(subset)]
            )
            return Tie(q, tuple(readings), subset=True, total=True)
        if parts.is_whole(parts.window(q)) and q.population != "people":
            return Tie(q, (self.measured.whole(),), total=True)
        if not near:
            return Tie(q, why=NO_MEASURE)
        readings = self.measured.totals(near, "")
        if parts.negated(parts.clause(q.start)) and abouts:
            readings += self.measured.readings(abouts, "", negated=True)
        return Tie(q, tuple(readings), total=True)

    def _abouts(self, hits: Sequence[Hit], q: Quantity) -> list[Reference]:
        """The measures of ``hits`` that count the units of ``q``; weak cues only where alone."""
        fitting = [
            h
            for h in hits
            if not q.population or (h.about.measure in self.measured.people) == (q.population == "people")
        ]
        strong = [h for h in fitting if not h.weak] or fitting
        return list(dict.fromkeys(h.about for h in strong))

    def _all(self, parts: SentenceParts) -> list[Reference]:
        return list(dict.fromkeys(h.about for h in parts.hits))


def _has_number(q: Quantity) -> bool:
    return any(part.isdigit() for part in q.text.split()) or len(q.text.split()) > 2 + q.unit.count(" ")
