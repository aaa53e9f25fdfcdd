"""One sentence of the letter plan, said of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from sqs_core.criteria import Sentence, Text
from sqs_core.criteria.letter_plan import LetterPlan
from sqs_core.letter.document import Run
from sqs_core.letter.live_figures import Filler, Reference, joined, read_reference
from sqs_core.scoring.findings import CASES, INTERVIEWS, Count
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import RecordIds

Texts = Mapping[str, str | tuple[Run, ...]]


@frozen
class Speaker:
    """Says planned sentences: chooses the wording by the result, and fills it."""

    filler: Filler
    plan: LetterPlan
    texts: Texts

    def say(self, sentence: Sentence) -> tuple[Run, ...]:
        """The runs of ``sentence``; none where the plan has no words for the result."""
        if sentence.items:
            return self._grouped(sentence)
        if not sentence.about:
            return self._fill(sentence.text, sentence, None, self.texts)
        about = read_reference(sentence.about) or Reference(sentence.about)
        return self._said_of(sentence, (about,), self.texts)

    def _grouped(self, sentence: Sentence) -> tuple[Run, ...]:
        """One saying for each group of items that came out alike, in the very same cases."""
        groups: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Reference, Text]]] = {}
        for item in sentence.items:
            about = read_reference(item.about) or Reference(item.about)
            count = self._count(about)
            groups.setdefault((frozenset(count.cases), frozenset(count.of)), []).append((about, item.clause))
        said: list[Run] = []
        # That nothing applied is said only where it is so of all: it would gainsay the others.
        judged = any(of for _, of in groups)
        for (cases, of), members in groups.items():
            if judged and not of:
                continue
            clauses = ["".join(_words(self._fill(c, sentence, None, self.texts))) for _, c in members]
            # What none did is listed with "or": "none said that a or that b".
            listed = self.filler.wording.clauses(clauses, together=bool(cases))
            abouts = tuple(about for about, _ in members)
            said += _spaced(said, self._said_of(sentence, abouts, {**self.texts, "clauses": listed}))
        return joined(said)

    def _said_of(self, sentence: Sentence, abouts: Sequence[Reference], texts: Texts) -> tuple[Run, ...]:
        about = abouts[0]
        count = self._count(about)
        chosen = chosen_wording(sentence, count.k, count.n)
        if count.n == 0 and sentence.unjudged and self._was_open(about):
            chosen = sentence.unjudged
        if not chosen:
            return ()
        # The reasons told are those of the cases that fell short: of the very cases
        # counted where the sentence is about an outcome, of the others where it is not.
        short = set(count.cases) if about.outcome else set(count.of) - set(count.cases)
        reasons, complete = self._reasons(abouts, short)
        texts = {**texts, "reasons": reasons, "subsets": self._subsets(sentence, about, count), "because": ""}
        inline = "{because}" in str(chosen)
        if inline and reasons and complete:
            texts["because"] = self._fill(sentence.because, sentence, about, texts)
        said = list(self._fill(chosen, sentence, about, texts))
        if count.n and not inline:
            said += _spaced(said, self._of_the_rest(sentence, about, count, texts, complete))
        return joined(said)

    def _of_the_rest(
        self, sentence: Sentence, about: Reference, count: Count, texts: Texts, complete: bool
    ) -> tuple[Run, ...]:
        """What is said of the cases that were not sufficient."""
        has_reasons = bool(texts["reasons"])
        if count.k == 0:
            template = sentence.because if complete else self.plan.because_partly
            return self._fill(template, sentence, about, texts) if has_reasons and sentence.because else ()
        if count.k == count.n or not sentence.other:
            return ()
        template = sentence.other
        if "{reasons}" in str(template) and not complete:
            template = (
                (sentence.other_partly or self.plan.other_partly)
                if has_reasons
                else (sentence.other_bare or self.plan.other_bare)
            )
        return self._fill(template, sentence, about, texts)

    def _was_open(self, about: Reference) -> bool:
        """Whether no case was judged for another reason than that the question applies to none.

        It was asked and not judged; or nobody has yet said of each case whether it applies.
        """
        board = self.filler.findings
        tally = board.tallies.get(about.measure)
        if tally is None:
            return False
        asked = (State.UNANSWERED, State.NOT_KNOWN, State.NOT_APPLICABLE)
        hangs_on = board.criteria.question(about.measure).hangs_on
        unseen = any(fact in board.unrecorded for fact in hangs_on)
        return unseen or any(tally.unjudged[state] for state in asked)

    def _count(self, about: Reference) -> Count:
        return self.filler.findings.count(about.measure, about.outcome, about.subset)

    def _reasons(self, abouts: Sequence[Reference], short: set[str]) -> tuple[str, bool]:
        """The reasons in ``short`` as prose, most frequent first; and whether each case has one."""
        findings, wording = self.filler.findings, self.filler.wording
        criteria = findings.criteria
        counted: dict[str, set[tuple[str, str]]] = {}
        wanting: set[tuple[str, str]] = set()
        for about in abouts:
            if about.measure in (CASES, INTERVIEWS) or not criteria.has_question(about.measure):
                continue
            question = criteria.question(about.measure)
            wanting |= {(about.measure, case) for case in short}
            cases: RecordIds = tuple(sorted(short))
            for name, found in findings.reasons(about.measure, cases).items():
                clause = criteria.reason_of(question, name).letter.in_language(wording.language)
                if clause:
                    counted.setdefault(clause, set()).update((about.measure, case) for case in found)
        explained = set().union(*counted.values()) if counted else set()
        clauses = sorted(counted, key=lambda clause: -len(counted[clause]))
        # Of one case all its reasons hold; of several, each case has some of them.
        together = all(counted[clause] >= wanting for clause in clauses)
        return wording.clauses(clauses, together=together), bool(wanting) and wanting <= explained

    def _subsets(self, sentence: Sentence, about: Reference, count: Count) -> tuple[Run, ...]:
        """The clauses on subsets worth saying: ", including three of the four cases where …"."""
        said: list[Run] = []
        words = self.filler.wording.words
        for name in sentence.subsets if count.k else ():
            part = about._replace(subset=name, unit=sentence.unit, form="of")
            found = self._count(part)
            if not found.n or set(found.of) == set(count.of):
                continue
            if not found.k:
                part = part._replace(form="any")
            subset = self.filler.findings.criteria.subset(name)
            phrase = subset.phrase.in_language(self.filler.wording.language)
            shape = words.including if found.k else words.but_not
            figure = self.filler.figure(part, unit=sentence.unit)
            texts: Texts = {"figure": (figure,), "subset": phrase}
            said += self.filler.runs(shape, texts, starting=False)
        return joined(said)

    def _fill(
        self, template: Text, sentence: Sentence, about: Reference | None, texts: Texts
    ) -> tuple[Run, ...]:
        words = template.in_language(self.filler.wording.language)
        return self.filler.runs(words, texts, about=about, unit=sentence.unit)


def chosen_wording(sentence: Sentence, k: int, n: int) -> Text:
    """The wording of ``sentence`` for ``k`` of ``n``; an empty text where it is not spoken of."""
    if n == 0:
        return sentence.nothing
    if k == 0:
        return (sentence.single_no if n == 1 else Text({})) or sentence.none
    if k == n:
        return (sentence.single_yes if n == 1 else Text({})) or sentence.all or sentence.some
    if n - k == 1 and n >= 4 and sentence.but_one:
        return sentence.but_one
    return (sentence.most if 2 * k > n else sentence.few) or sentence.some


def _words(runs: Sequence[Run]) -> list[str]:
    return [run if isinstance(run, str) else run.text for run in runs]


def _spaced(before: Sequence[Run], runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return (" ", *runs) if before and runs else runs
