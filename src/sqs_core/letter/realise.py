"""One sentence of the letter plan, said of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from sqs_core.criteria import Sentence, Text
from sqs_core.criteria.letter_plan import LetterPlan, Wordings
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.criteria.ranges import FigureTest
from sqs_core.letter.document import Run
from sqs_core.letter.live_figures import Filler, capital, merged_runs
from sqs_core.letter.reference import Reference, planned_reference
from sqs_core.scoring.findings import CASES, Count

Texts = Mapping[str, str | tuple[Run, ...]]
MOST_POINTS = 3
"""So many points that were not met are told as reasons, those of most cases first."""
JudgedCases = set[tuple[str, str]]
"""Cases, each with the question it was judged on."""


@frozen
class MeasureGroup:
    """Measures that are told of together because they came out alike, and the clauses that name them."""

    abouts: tuple[Reference, ...]
    count: Count
    clauses: tuple[str, ...] = ()

    @property
    def short(self) -> set[str]:
        """The cases whose reasons are told: those counted of an outcome, else those that fell short."""
        counted = set(self.count.cases)
        return counted if self.abouts[0].outcome else set(self.count.of) - counted


@frozen
class Said:
    """What a sentence of the plan came to, as sentences: the result, and those who were not judged."""

    result: Sequence[tuple[Run, ...]] = ()
    rest: Sequence[tuple[Run, ...]] = ()


@frozen
class Realiser:
    """Says planned sentences: chooses the wording by the result, and fills it.

    Args:
        filler: fills what stands in braces.
        plan: the letter plan of the version.
        texts: what the names of texts in braces stand for.
        voice: who writes; a sentence of another voice is not said.
    """

    filler: Filler
    plan: LetterPlan
    texts: Texts
    voice: str = ""

    def realise(self, sentences: Iterable[Sentence]) -> tuple[Run, ...]:
        """Return the runs of a paragraph's ``sentences``, less those that are not to be said."""
        said: list[tuple[Run, ...]] = []
        rest: list[tuple[Run, ...]] = []  # of those not judged, after all that is said of the measure
        measure = ("", "")
        for sentence in sentences:
            about = planned_reference(next(iter(sentence.abouts), ""))
            if (about.measure, about.subset) != measure:
                said, rest, measure = [*said, *rest], [], (about.measure, about.subset)
            one = self._sentence(sentence)
            said += one.result
            rest += [runs for runs in one.rest if not any(_same(runs, before) for before in said)]
        return _spaced([*said, *rest])

    def _sentence(self, sentence: Sentence) -> Said:
        about = planned_reference(sentence.about) if sentence.about else None
        if sentence.voice and sentence.voice != self.voice:
            return Said()
        if not all(self._passes(test, about) for test in sentence.when):
            return Said()
        first = next(map(planned_reference, sentence.abouts), None)
        if first and not self.filler.findings.cases and not self._counts_by_itself(first):
            return Said()
        if sentence.items:
            return self._of_groups(sentence)
        if about is None:
            return Said([self._fill(sentence.text, sentence, None, self.texts)])
        group = MeasureGroup((about,), self._count(about))
        if sentence.verdict and not self._bears_a_verdict(group.count):
            return Said()
        said = self._result(sentence, sentence, group)
        return Said(said, self._of_those_not_judged(sentence, [group], said) if group.count.n else [])

    def _passes(self, test: FigureTest, about: Reference | None) -> bool:
        tested = planned_reference(test.about) if test.about else about
        if tested is None:
            return True
        count = self._count(tested)
        return test.admits(count.k, count.n)

    def _counts_by_itself(self, about: Reference) -> bool:
        """Return whether there is something to tell of ``about`` where no case was looked at."""
        return about.measure in (CASES, INTERVIEWS) or self.filler.findings.is_of_people(about.measure)

    def _bears_a_verdict(self, count: Count) -> bool:
        """Return whether enough cases were judged, and most of the population, for more than the count."""
        applies = len(count.asked) - len(count.exempt)
        return count.n >= max(self.plan.verdicts_from, 1) and 2 * count.n > applies

    # ------------------------------------------------------------ one measure, or several alike

    def _result(self, sentence: Sentence, wordings: Wordings, group: MeasureGroup) -> list[tuple[Run, ...]]:
        """Return what came out, and why in the others, as sentences."""
        about, count = group.abouts[0], group.count
        chosen = self._chosen(sentence, wordings, about, count)
        if not chosen:
            return []
        reasons, complete = self._reasons([group])
        texts: dict[str, str | tuple[Run, ...]] = {
            **self.texts,
            "clauses": self.filler.wording.clauses(group.clauses, together=bool(count.k)),
            "reasons": reasons,
            "subsets": self._subsets(sentence, about, count),
            "because": "",
            "unjudged": self._why_unjudged(count),
        }
        inline = "{because}" in str(chosen)
        if inline and reasons and complete:
            texts["because"] = self._fill(sentence.because, sentence, about, texts)
        said = [self._fill(chosen, sentence, about, texts)]
        if count.n and not inline:
            said.append(self._fill(self._why(sentence, count, reasons, complete), sentence, about, texts))
        return said

    def _chosen(self, sentence: Sentence, wordings: Wordings, about: Reference, count: Count) -> Text:
        if count.n or not wordings.nothing:
            return _chosen(wordings, count)
        plan = self.plan.not_judged
        if count.asked:
            conditional = about.subset or self._facts(about)
            return wordings.unjudged or (plan.all if conditional else wordings.nothing)
        if any(fact in self.filler.findings.unrecorded for fact in self._facts(about)):
            return wordings.unrecorded or plan.unrecorded
        return wordings.nothing

    def _why_unjudged(self, count: Count) -> str:
        """Return why nothing was judged: it could not be, it is not answered yet, or it applied nowhere."""
        plan = self.plan.not_judged
        if count.pending and count.not_known:
            why = plan.so_far
        elif count.pending or not count.asked:
            why = plan.waiting
        else:
            why = plan.tried if count.not_known else plan.needless
        return why.in_language(self.filler.wording.language)

    def _facts(self, about: Reference) -> frozenset[str]:
        criteria = self.filler.findings.criteria
        return (
            criteria.question(about.measure).hangs_on if criteria.has_question(about.measure) else frozenset()
        )

    def _why(self, sentence: Sentence, count: Count, reasons: str, complete: bool) -> Text:
        """The template for the cases that were not sufficient; an empty one where there is nothing to say."""
        plan = self.plan
        if count.k == 0:
            known = sentence.because if complete else plan.because_partly
            return known if reasons and sentence.because else Text({})
        if count.k == count.n or not sentence.other:
            return Text({})
        if "{reasons}" not in str(sentence.other) or complete:
            return sentence.other
        if reasons:
            return sentence.other_partly or plan.other_partly
        return sentence.other_bare or plan.other_bare

    def _of_those_not_judged(
        self, sentence: Sentence, groups: Iterable[MeasureGroup], said: Iterable[tuple[Run, ...]]
    ) -> list[tuple[Run, ...]]:
        """Return how many of the population could not be judged, are not answered yet or need no judgement.

        Nothing where what was said states the population, or a verdict was given beside the count.
        """
        if sentence.verdict or any(getattr(run, "form", "") == "total" for runs in said for run in runs):
            return []
        sentences: list[tuple[Run, ...]] = []
        for group in groups:
            about, count = group.abouts[0], group.count
            findings = self.filler.findings
            if findings.is_of_people(about.measure) or findings.is_value(about.measure) or about.outcome:
                continue
            plan = self.plan.not_judged
            parts = (
                (count.not_known, plan.unknown),
                (count.pending, plan.pending),
                (count.exempt, plan.exempt),
            )
            templates = [template for cases, template in parts if cases and template]
            clauses = [
                self._fill(template, sentence, about, self.texts, starting=not at)
                for at, template in enumerate(templates)
            ]
            if clauses:
                joiners = self.filler.wording.joiners(len(clauses), self.filler.wording.words.last_and)
                runs = [run for pair in zip(joiners, clauses, strict=True) for run in (pair[0], *pair[1])]
                sentences.append(capital(merged_runs([*runs, "."])))
        return sentences

    # ------------------------------------------------------------ several measures

    def _of_groups(self, sentence: Sentence) -> Said:
        """One saying for each group of items that came out alike, and the reasons of several at the end."""
        every = self._groups(sentence)
        groups = [group for group in every if group.count.n]
        if not groups:
            return Said(self._result(sentence, sentence, every[0]))
        unjudged = self._of_unjudged(sentence, every)
        if len(groups) == 1:
            one = self._of_clauses(sentence, sentence, groups[0])
            return Said(one, [*self._of_those_not_judged(sentence, groups, one), *unjudged])
        plain = evolve(sentence, other=Text({}), because=Text({}))
        alike = len({(g.count.not_known, g.count.pending, g.count.exempt) for g in groups}) == 1
        said: list[tuple[Run, ...]] = []
        for before, group in zip([None, *groups], groups, strict=False):
            wordings: Wordings = plain.next if before and plain.next.some else plain
            if before and _same_numbers(group.count, before.count) and _chosen(plain.again, group.count):
                wordings = plain.again
            said += self._of_clauses(plain, wordings, group)
            said += [] if alike else self._of_those_not_judged(sentence, [group], said)
        rest = self._of_those_not_judged(sentence, groups[:1], said) if alike else []
        return Said([*said, self._reasons_of_all(sentence, groups)], [*rest, *unjudged])

    def _groups(self, sentence: Sentence) -> list[MeasureGroup]:
        """Return the groups of items that came out alike, the best result first and those not judged last."""
        found: dict[tuple[frozenset[str], frozenset[str]], MeasureGroup] = {}
        for item in sentence.items:
            about = planned_reference(item.about)
            count = self._count(about)
            words = "".join(_words(self._fill(item.clause, sentence, None, self.texts)))
            key = (frozenset(count.cases), frozenset(count.of))
            group = found.get(key, MeasureGroup((), count))
            asked = max(group.count, count, key=lambda c: len(c.asked))
            found[key] = MeasureGroup((*group.abouts, about), asked, (*group.clauses, words))
        return sorted(
            found.values(),
            key=lambda g: (-Fraction(g.count.k, g.count.n) if g.count.n else Fraction(1), -g.count.n),
        )

    def _of_unjudged(self, sentence: Sentence, groups: Sequence[MeasureGroup]) -> list[tuple[Run, ...]]:
        """Return what is said of the items that were asked about and judged in no case."""
        unjudged = [group for group in groups if group.count.asked and not group.count.n]
        clauses = [clause for group in unjudged for clause in group.clauses]
        if not clauses or not sentence.next.unjudged:
            return []
        listed = self.filler.wording.clauses(clauses, together=False)
        texts = {**self.texts, "clauses": listed, "unjudged": self._why_unjudged(unjudged[0].count)}
        return [self._fill(sentence.next.unjudged, sentence, None, texts)]

    def _of_clauses(
        self, sentence: Sentence, wordings: Wordings, group: MeasureGroup
    ) -> list[tuple[Run, ...]]:
        """Return what is said of one group; a long list of clauses is told in several sentences."""
        most = sentence.clauses_at_most
        if not most or len(group.clauses) <= most or not sentence.also or not group.count.k:
            return self._result(sentence, wordings, group)
        first, *rest = [group.clauses[at : at + most] for at in range(0, len(group.clauses), most)]
        result, *why = self._result(sentence, wordings, evolve(group, clauses=first))
        more = []
        for clauses in rest:
            texts = {**self.texts, "clauses": self.filler.wording.clauses(clauses, together=True)}
            more.append(self._fill(sentence.also, sentence, group.abouts[0], texts))
        return [result, *more, *why]

    def _reasons_of_all(self, sentence: Sentence, groups: Sequence[MeasureGroup]) -> tuple[Run, ...]:
        reasons, complete = self._reasons(groups)
        if not reasons or not sentence.others:
            return ()
        template = sentence.others if complete else self.plan.because_partly
        return self._fill(template, sentence, groups[0].abouts[0], {**self.texts, "reasons": reasons})

    # ------------------------------------------------------------ parts of a sentence

    def _count(self, about: Reference) -> Count:
        return self.filler.findings.count(about.measure, about.outcome, about.subset)

    def _reasons(self, groups: Iterable[MeasureGroup]) -> tuple[str, bool]:
        """The reasons of those that fell short as prose, most frequent first; and whether each has one."""
        findings, wording = self.filler.findings, self.filler.wording
        criteria = findings.criteria
        counted: dict[str, JudgedCases] = {}
        wanting: JudgedCases = set()
        for group in groups:
            short = tuple(sorted(group.short))
            for about in group.abouts:
                if about.measure in (CASES, INTERVIEWS) or not criteria.has_question(about.measure):
                    continue
                question = criteria.question(about.measure)
                wanting |= {(about.measure, case) for case in short}
                for name, found in findings.reasons(about.measure, short).items():
                    phrase = self.plan.reasons.get(name) or criteria.reason_of(question, name).letter
                    clause = phrase.in_language(wording.language)
                    if clause:
                        counted.setdefault(clause, set()).update((about.measure, case) for case in found)
                for name, found in list(findings.not_met(about.measure, short).items())[:MOST_POINTS]:
                    if clause := criteria.prompt_of(question, name).letter.in_language(wording.language):
                        counted.setdefault(clause, set()).update((about.measure, case) for case in found)
        explained = set().union(*counted.values()) if counted else set()
        clauses = sorted(counted, key=lambda clause: -len(counted[clause]))
        # Of one case all its reasons hold; of several, each case has some of them.
        together = all(counted[clause] >= wanting for clause in clauses)
        return wording.clauses(clauses, together=together), bool(wanting) and wanting <= explained

    def _subsets(self, sentence: Sentence, about: Reference, count: Count) -> tuple[Run, ...]:
        """Return the clauses on subsets worth saying: ", including three of the four cases where …"."""
        said: list[Run] = []
        words = self.filler.wording.words
        for name in sentence.subsets if count.k else ():
            part = about._replace(subset=name, unit=sentence.unit, form="of")
            found = self._count(part)
            rest = set(count.of) - set(count.cases)
            if not found.n or set(found.of) == set(count.of) or (not found.k and set(found.of) == rest):
                continue
            if not found.k:
                part = part._replace(form="any")
            subset = self.filler.findings.criteria.subset(name)
            phrase = subset.phrase.in_language(self.filler.wording.language)
            shape = words.including if found.k else words.but_not
            figure = self.filler.figure(part, unit=sentence.unit)
            texts: Texts = {"figure": (figure,), "subset": phrase}
            said += self.filler.runs(shape, texts, starting=False)
        return merged_runs(said)

    def _fill(
        self,
        template: Text,
        sentence: Sentence,
        about: Reference | None,
        texts: Texts,
        *,
        starting: bool = True,
    ) -> tuple[Run, ...]:
        words = template.in_language(self.filler.wording.language)
        return self.filler.runs(words, texts, about=about, unit=sentence.unit, starting=starting)


def chosen_wording(wordings: Wordings, k: int, n: int, asked: int) -> Text:
    """Return the wording for ``k`` of ``n`` judged of ``asked``; an empty text where it is not spoken of."""
    if n == 0:
        return (wordings.unjudged if asked else wordings.nothing) or wordings.nothing
    partly = wordings.partly if k else wordings.partly_none
    if n < asked and partly:
        return partly
    if n == 1:
        one = wordings.single_yes if k else wordings.single_no
        # "We saw two cases with a report, and it was good": not where one of two was judged.
        if one and (asked == 1 or ("{|" in str(one) and "|total" not in str(one))):
            return one
    if k == 0:
        return wordings.lone_no if n == 1 and wordings.lone_no else wordings.none
    if k == n:
        return wordings.all or wordings.some
    if n - k == 1 and n >= 4 and wordings.but_one:
        return wordings.but_one
    return (wordings.most if 2 * k > n else wordings.few) or wordings.some


def _words(runs: Sequence[Run]) -> list[str]:
    return [run if isinstance(run, str) else run.text for run in runs]


def _same(one: Sequence[Run], other: Sequence[Run]) -> bool:
    """Return whether two sentences say the same of the same cases, though of two questions."""
    return [getattr(r, "counted_cases", r) for r in one] == [getattr(r, "counted_cases", r) for r in other]


def _chosen(wordings: Wordings, count: Count) -> Text:
    return chosen_wording(wordings, count.k, count.n, len(count.asked))


def _same_numbers(one: Count, other: Count) -> bool:
    """Return whether the words for two counts are the same, though they count different cases."""
    return all(
        len(a) == len(b)
        for a, b in (
            (one.cases, other.cases),
            (one.of, other.of),
            (one.asked, other.asked),
            (one.pending, other.pending),
            (one.exempt, other.exempt),
        )
    )


def _spaced(sentences: Iterable[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Sentences one after the other, a blank between two."""
    runs: list[Run] = []
    for sentence in sentences:
        runs += (" ", *sentence) if runs and sentence else sentence
    return merged_runs(runs)
