"""By which words the measures, populations and subsets of a version are known.

Nearly all of it is derived: from the questions (their text, short name and population), from the sentences
of the letter plan that are about them, from the facts that decide what is asked, and from the subsets.
What a version lists under ``[letter.claims.<language>]`` is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

import attrs
from attrs import define, frozen

from sqs_core.claims.language import Particles
from sqs_core.claims.tokens import folded, phrase_of
from sqs_core.criteria import ClaimWords, Criteria, LetterPlan, PlannedParagraph, Prompt, Question, Reason
from sqs_core.criteria.letter_plan import texts_in, without_braces
from sqs_core.documents.phrases import phrase_finder
from sqs_core.letter.reference import Reference, read_reference

Stems = frozenset[str]
SHORTEST_STEM: Final = 4
GENERAL_UNITS: Final = ("cases", "people")


@frozen
class Stemmer:
    """Reduces words to what their forms have in common: "assessed" and "assessments" to one."""

    endings: tuple[str, ...]

    @classmethod
    def of(cls, words: ClaimWords) -> Stemmer:
        """Return the stemmer of a language."""
        endings = sorted(words.words.get("endings", ()), key=len, reverse=True)
        return cls(tuple(endings))

    def stem(self, word: str) -> str:
        """Return what the forms of ``word`` have in common."""
        return _stem(word, self.endings)


@cache
def _stem(word: str, endings: tuple[str, ...]) -> str:
    word = word.removesuffix("'s").removesuffix("s'").replace("'", "")
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > SHORTEST_STEM and word[-1:] == word[-2:-1] else word


@frozen
class Measure:
    """What is known of a question: the words it may be told in, and those that name it.

    ``own`` are the stems that a sentence on it may hold, ``keys`` those of its short name.  ``judged`` says
    that it is told as good or poor; what is not (whether something was on time) is told in its own words.
    ``reasons`` are the stems of the reasons for "not sufficient", ``words`` all words of its texts,
    ``asked`` those of the question itself and of its choices;
    ``population`` is the one that it counts, "" where the version declares none.
    """

    id: str
    people: bool
    own: Stems
    keys: Stems
    judged: bool
    reasons: Stems
    facts: Stems = frozenset()
    paragraphs: tuple[str, ...] = ()
    section: str = ""
    words: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    population: str = ""


@frozen
class Phrase:
    """Words by which something is known, as stems in their order; ``name`` is what they stand for.

    ``clause`` says that they have a verb: "a risk of harm had been identified".  ``population`` is the one
    whose records a group of cases is of.
    """

    name: str
    stems: tuple[str, ...]
    clause: bool = False
    population: str = ""


@frozen
class PlannedWords:
    """A sentence of the plan around the one number that it states: the words before it, and those after."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@define(slots=False, eq=False)
class MeasureCues:
    """The words by which a version is understood in one language, each list derived when first asked for."""

    criteria: Criteria
    plan: LetterPlan
    words: ClaimWords
    language: str

    @cached_property
    def stemmer(self) -> Stemmer:
        """What reduces the words of the language to stems."""
        return Stemmer.of(self.words)

    @cached_property
    def particles(self) -> Particles:
        """The small words of the language."""
        return Particles.of(self.words)

    @cached_property
    def _judging(self) -> list[str]:
        judgements = self.words.judgements
        return [folded(phrase) for kind in ("good", "bad") for phrase in judgements.get(kind, ())]

    @cached_property
    def _judgement(self) -> re.Pattern[str]:
        return phrase_finder(self._judging)

    @cached_property
    def _unsaying(self) -> Stems:
        lists = (self.words.words.get(key, ()) for key in ("small", "plain", "adjectives"))
        return frozenset(self.stemmer.stem(folded(word)) for words in lists for word in words)

    @cached_property
    def plain(self) -> Stems:
        """The words that say nothing of what is spoken of, and those that judge it."""
        return self._unsaying | {self.stemmer.stem(word) for said in self._judging for word in said.split()}

    # ---------------------------------------------------------------- measures

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        return (*self.criteria.questions, *self.criteria.staff.questions)

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[str, ...]]:
        """The measures of each paragraph of the plan."""
        known = {question.id for question in self._asked}
        spoken = {p.id: [about.measure for about, _ in self._sentences(p)] for p in self.plan.paragraphs}
        return {name: tuple(dict.fromkeys(m for m in found if m in known)) for name, found in spoken.items()}

    @cached_property
    def sections(self) -> Mapping[str, tuple[str, ...]]:
        """The measures of each section of the plan."""
        return {
            section.id: tuple(dict.fromkeys(m for p in section.paragraphs for m in self.paragraphs[p.id]))
            for section in self.plan.sections
        }

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """What is known of each question, with the words that the plan says around it whatever was found."""
        measures = {question.id: self._measure(question) for question in self._asked}
        keys = _keys(measures)
        around = {p: self._content(texts) - keys for p, texts in self._fixed()}
        return {
            name: attrs.evolve(m, own=m.own.union(*(around.get(p, frozenset()) for p in m.paragraphs)))
            for name, m in measures.items()
        }

    @cached_property
    def keys(self) -> Stems:
        """The words that name any measure."""
        return _keys(self.measures)

    @cached_property
    def acts(self) -> Stems:
        """The words that name what is told as done or not done."""
        return _keys(self.measures, judged=False) - _keys(self.measures, judged=True)

    @cached_property
    def implied(self) -> Mapping[str, Stems]:
        """The words that go without saying in a section."""
        return {
            name: _common([self.measures[m].keys for m in found]) for name, found in self.sections.items()
        }

    @cached_property
    def present(self) -> Mapping[str, str]:
        """For a word of the past the one in which a question asks it."""
        return {past: now for pair in self.words.words.get("backshift", ()) for past, now in [pair.split()]}

    @cached_property
    def named(self) -> tuple[Phrase, ...]:
        """By which words of its own the version knows its measures."""
        return tuple(
            Phrase(name, tuple(map(self.stemmer.stem, phrase_of(said))))
            for name, phrases in self.words.measures.items()
            if name in self.measures
            for said in phrases
        )

    # ---------------------------------------------------------------- records

    @cached_property
    def called(self) -> Mapping[str, Stems]:
        """The words for the records of each population: its own, and general ones for the same.

        "Young people" are those of a population of children, and practitioners those of one of staff.
        """
        found = {}
        for population, names in self.criteria.population_nouns(self.language).items():
            own = self._noun_words(*names) - self.anyone
            own = own.union(*(self._noun_words(*pair) for pair in self.words.units.get(population, ())))
            for kind in GENERAL_UNITS:
                nouns = [self._noun_words(*pair) - self.anyone for pair in self.words.units.get(kind, ())]
                alike = [words for words in nouns if words & own]
                own = own.union(*(nouns if alike and kind == "people" else alike))
            found[population] = own
        return found

    @cached_property
    def anyone(self) -> Stems:
        """What any record may be called: a case, a person."""
        first = (pair for kind in GENERAL_UNITS for pair in self.words.units.get(kind, ())[:1])
        return frozenset().union(*(self._noun_words(*pair) for pair in first))

    def _noun_words(self, *nouns: str) -> Stems:
        return frozenset(stem for noun in nouns for stem in self._phrase("", noun).stems)

    # ---------------------------------------------------------------- texts

    @cached_property
    def planned(self) -> Mapping[PlannedWords, set[Reference]]:
        """The wordings of the plan that are one sentence with one number, and what it counts."""
        found: dict[PlannedWords, set[Reference]] = {}
        for sentence in (one for one in self.plan.sentences if one.about):
            for wording in (sentence.some, sentence.few, sentence.most, sentence.none):
                words = wording.in_language(self.language).replace("{subsets}", "") if wording else ""
                parts = words.removesuffix(".").split("{")
                about = read_reference(sentence.about)
                if about is None or len(parts) != 2 or not parts[1].startswith("|") or ". " in words:
                    continue
                before, (form, _, after) = phrase_of(parts[0]), parts[1].partition("}")
                if form.startswith("|any"):  # what it says is denied
                    about = about._replace(form="any")
                for tail in ("", *self._tails()):
                    found.setdefault(PlannedWords(before, phrase_of(tail + after)), set()).add(about)
        return found

    def _tails(self) -> Iterator[str]:
        """Yield what may be said behind the noun of a number: "we could judge"."""
        if self.language in self.plan.words:
            said = self.plan.words[self.language]
            for words in (said.so_far, said.judged, said.applied, said.recorded):
                yield from (tail for each in words.values() if (tail := each.partition("{unit}")[2]))

    @cached_property
    def _planned_texts(self) -> Mapping[str, list[str]]:
        """What the plan says of each measure."""
        texts_of: dict[str, list[str]] = {}
        for paragraph in self.plan.paragraphs:
            for about, texts in self._sentences(paragraph):
                texts_of.setdefault(about.measure, []).extend(texts)
        return texts_of

    def _fixed(self) -> Iterator[tuple[str, list[str]]]:
        """Yield what each paragraph says whatever was found, with the title of its section."""
        for section in self.plan.sections:
            for paragraph in section.paragraphs:
                fixed = tuple(sentence for sentence in paragraph.sentences if sentence.is_fixed)
                texts = [text.in_language(self.language) for text in texts_in(fixed)]
                yield paragraph.id, [*texts, section.title.in_language(self.language)]

    def _sentences(self, paragraph: PlannedParagraph) -> Iterator[tuple[Reference, list[str]]]:
        """Yield what each sentence of a paragraph is about, with its texts."""
        for sentence in paragraph.sentences:
            shared = [text.in_language(self.language) for text in texts_in(sentence, skip="items")]
            if sentence.about and (about := read_reference(sentence.about)):
                yield about, shared
            for item in sentence.items:
                if about := read_reference(item.about):
                    yield about, [*shared, item.clause.in_language(self.language)]

    def _content(self, texts: Iterable[str]) -> Stems:
        stems = frozenset(map(self.stemmer.stem, _words_in(*texts)))
        return stems - self.plain

    def _measure(self, question: Question) -> Measure:
        name, language = question.id, self.language
        people = not self.criteria.has_question(name)
        short, text = question.short.in_language(language), question.text.in_language(language)
        planned = self._planned_texts.get(name, ())
        population = question.population.in_language(language)
        why: tuple[Reason | Prompt, ...] = (*question.reasons, *question.prompts)
        reasons = [words.in_language(language) for one in why for words in (one.letter, one.text)]
        chosen = [c.text.in_language(language) for c in question.choices]
        for choice in question.choices:
            chosen += self.words.measures.get(f"{name}:{choice.id}", ())
        when = question.when
        facts = {test.looked_up for test in when.comparisons() if test.source != "answer"} if when else ()
        return Measure(
            name,
            people,
            self._content([short, text, population, *planned, *chosen]),
            self._content([short]),
            judged=not people and question.is_judged and bool(self._judgement.search(f"{short}. {text}")),
            reasons=self._content(reasons),
            facts=frozenset(facts),
            paragraphs=tuple(p for p, found in self.paragraphs.items() if name in found),
            section=next((s for s, found in self.sections.items() if name in found), ""),
            population="" if people else self.criteria.population_of(name),
            words=frozenset(w for said in (text, *planned) for w in phrase_of(without_braces(said))),
            asked=frozenset(w for said in (text, short, *chosen) for w in phrase_of(said)),
        )

    @cached_property
    def modifiers(self) -> frozenset[str]:
        """The words that may stand between a number and its noun: of the questions and the judgements."""
        texts = [text.in_language(self.language) for q in self._asked for text in (q.short, q.text)]
        texts += [said for found in self._planned_texts.values() for said in found]
        texts += [said for kind in ("good", "bad") for said in self.words.judgements.get(kind, ())]
        plain = {folded(word) for word in self.words.words.get("plain", ())}
        # "Risk of harm" in "not one risk of harm plan" is one word.
        shorts = [folded(q.short.in_language(self.language)) for q in self._asked]
        heads = "|".join(map(re.escape, self.words.sentence.get("heads", ()))) or "(?!)"
        several = {
            m[1]
            for short in shorts
            if (m := re.match(rf"([^\W\d_]+ (?:{heads}) [^\W\d_]+) (?!(?:{heads}) )\S", short))
        }
        return (frozenset(_words_in(*texts)) - self.particles.small - plain) | several

    @cached_property
    def shorts(self) -> tuple[Phrase, ...]:
        """The short names of several words that one question alone has."""
        found: dict[tuple[str, ...], list[str]] = {}
        for question in self._asked:
            stems = self._phrase(question.id, question.short.in_language(self.language)).stems
            found.setdefault(stems, []).append(question.id)
        own = {stems: names[0] for stems, names in found.items() if len(names) == 1 < len(stems)}
        return tuple(Phrase(name, stems) for stems, name in own.items())

    def _phrase(self, name: str, text: str, population: str = "") -> Phrase:
        words = _words_in(text)
        stems = tuple(self.stemmer.stem(w) for w in words if w not in self.particles.small)
        return Phrase(name, stems, not self.particles.auxiliaries.isdisjoint(words), population)

    @cached_property
    def populations(self) -> tuple[Phrase, ...]:
        """The phrases of each fact that decides what is asked: of its questions, its own, and its id.

        What is asked because of a linked record has those of its questions alone.
        """
        found: dict[Phrase, None] = {}
        deciding = set()
        for question in self.criteria.questions:
            tests = [t for t in question.when.comparisons() if t.source != "answer"] if question.when else []
            deciding |= {t.name for t in tests if t.source == "fact"}
            if len(tests) == 1:
                said = question.population.in_language(self.language)
                phrase = self._phrase(tests[0].looked_up, said, self.criteria.population_of(question.id))
                found[phrase] = None
        for fact in self.criteria.facts:
            if fact.id in deciding:
                population = self.criteria.home_of(fact)
                named = re.split(r"[^a-z]+", fact.id)
                texts = [fact.text.in_language(self.language), *self.words.populations.get(fact.id, ())]
                found |= dict.fromkeys(self._phrase(fact.id, text, population) for text in texts)
                if len(named) == 2 and self.language == self.criteria.languages[0]:
                    both = (self._phrase(fact.id, f"{a} {b}", population) for a, b in (named, named[::-1]))
                    found |= dict.fromkeys(phrase for phrase in both if len(phrase.stems) == len(named))
        return tuple(phrase for phrase in found if phrase.stems)

    @cached_property
    def subsets(self) -> tuple[Phrase, ...]:
        """The phrases of each subset of the version."""
        found: dict[Phrase, None] = {}
        for subset in self.criteria.subsets:
            texts = [subset.text.in_language(self.language), subset.phrase.in_language(self.language)]
            for said in (*texts, *self.words.subsets.get(subset.id, ())):
                phrase = self._phrase(subset.id, said)
                kept = tuple(s for s in phrase.stems if s not in self._unsaying)
                found[Phrase(subset.id, kept, population=self.criteria.home_of(subset))] = None
        return tuple(phrase for phrase in found if phrase.stems)

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases of outcomes and choices that are told by themselves, by measure: "no plan at all"."""
        found: dict[str, list[Phrase]] = {}
        for question in self.criteria.questions:
            judged = self.criteria.judgements_of(question)
            poor = [o for o in judged if o.counts == "insufficient"]
            graded = self.criteria.grades_of(question)
            for outcome in graded or (poor if len(poor) > 1 else ()):
                reference = f"{question.id}:{outcome.id}"
                usual = outcome.id in self.criteria.default_outcomes
                texts = () if usual else (outcome.text.in_language(self.language),)
                texts = (*texts, *self.words.measures.get(reference, ()))
                found.setdefault(question.id, []).extend(
                    Phrase(outcome.id, tuple(phrase_of(text))) for text in texts
                )
            for choice in question.choices:
                said = self.words.measures.get(f"{question.id}:{choice.id}", ())
                phrases = (choice.text.in_language(self.language), *said)
                found.setdefault(question.id, []).extend(
                    Phrase(choice.id, tuple(phrase_of(text))) for text in phrases
                )
        return {name: tuple(phrases) for name, phrases in found.items()}


def _words_in(*texts: str) -> list[str]:
    """Return the words of texts of the version, without what stands in braces."""
    return [word for text in texts for word in phrase_of(without_braces(text)) if word[0].isalpha()]


def _keys(measures: Mapping[str, Measure], *, judged: bool | None = None) -> Stems:
    """Return the words that name the measures, or those of them that are told as good or poor, or are not."""
    return frozenset().union(*(m.keys for m in measures.values() if judged in (None, m.judged)))


def _common(keys: Sequence[Stems]) -> Stems:
    """Return the words that name more than half of several measures."""
    every = frozenset().union(*keys)
    return frozenset(word for word in every if 2 * sum(word in k for k in keys) > len(keys) > 1)
