"""A sentence of an edited letter taken apart: its quantities, and the statements that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import evolve, fields, frozen

from sqs_core.claims.amounts import Quantity
from sqs_core.claims.grammar import Grammar
from sqs_core.claims.language import Particles
from sqs_core.claims.measure_cues import MeasureCues, Phrase, Stems
from sqs_core.claims.tokens import Token, mutations, phrase_of
from sqs_core.criteria import ClaimWords
from sqs_core.documents.sentences import LONGEST_SENTENCE

# From how many words before it a group of cases takes the word that makes it one: "where there was a PSR".
REACH: Final = 3
# How many small words may stand between the words of a group's name.
GAP: Final = 4
MOST_WORDS: Final = 300
"""Words and marks in a sentence that is read: the time that one takes grows with their square."""
MOST_QUANTITIES: Final = 40
"""Quantities in a sentence that is read: so does that which its claims take."""
_NO_TAGS: Final = frozenset(f.name for f in fields(Particles)) | {"abbreviations", "denying-endings"}
_TAGGED: Final = ("good", "bad", "negations", "degrees")


class Tag(NamedTuple):
    """A phrase found in a sentence: what it is, which of its kind, and from which word to which.

    ``population`` is the one whose records a group of cases is of.
    """

    kind: str
    name: str
    first: int
    last: int
    population: str = ""

    def holds(self, word: int) -> bool:
        """Return whether ``word`` is in it."""
        return self.first <= word < self.last


class WordSpan(NamedTuple):
    """From which word to which, end excluded; ``kind`` is "main", "reason", "including" or "excluding"."""

    first: int
    last: int
    kind: str = "main"

    def holds(self, word: int) -> bool:
        """Return whether ``word`` is in it."""
        return self.first <= word < self.last


@frozen(slots=False)
class Parsed:
    """A sentence: its words, its quantities, the tags in it, and its statements.

    ``words`` are those of its tokens, with their ``stems``; ``firsts`` is the first word of each token, and
    ``spans`` from which word to which each quantity stands.  ``front`` is where the opening of the sentence
    ends ("In custody, …"), 0 where it has none.  ``unread`` is why it was not taken apart, "" where it was.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    firsts: tuple[int, ...]
    quantities: tuple[Quantity, ...]
    tags: tuple[Tag, ...] = ()
    statements: tuple[WordSpan, ...] = ()
    front: int = 0
    unread: str = ""

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """From which word to which each quantity stands."""
        return tuple((self.firsts[q.first], self.firsts[q.last]) for q in self.quantities)

    @cached_property
    def _owners(self) -> tuple[WordSpan, ...]:
        """The smallest statement that each word stands in."""
        whole = WordSpan(0, len(self.words))
        owners = [whole] * len(self.words)
        nested = sorted(self.statements, key=lambda s: (s.last - s.first, s.kind == "main"), reverse=True)
        for span in nested:
            owners[span.first : span.last] = [span] * (span.last - span.first)
        return tuple(owners)

    @cached_property
    def tagged_words(self) -> frozenset[int]:
        """The words that a tag stands on, but for the short names of measures."""
        return frozenset(i for m in self.tags if m.kind != "short" for i in range(m.first, m.last))

    def of_kind(self, *kinds: str) -> list[Tag]:
        """Return the tags that are of one of ``kinds``, wherever they stand."""
        return [tag for tag in self.tags if tag.kind in kinds]

    def statement(self, word: int) -> WordSpan:
        """Return the statement that ``word`` stands in."""
        return self._owners[word] if word < len(self.words) else WordSpan(0, len(self.words))

    def tagged(self, kind: str, span: WordSpan) -> list[Tag]:
        """Return the tags of ``kind`` in ``span`` that are in no smaller statement within it."""
        return [m for m in self.of_kind(kind) if span.holds(m.first) and self.statement(m.first) == span]


@frozen(eq=False)
class Splitter:
    """Takes sentences apart by the words of one language of a version."""

    grammar: Grammar
    cues: MeasureCues
    index: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def of(cls, grammar: Grammar, cues: MeasureCues, words: ClaimWords) -> Splitter:
        """Return the splitter of a language under a version."""
        lists = {**words.sentence, **{name: words.judgements.get(name, ()) for name in _TAGGED}}
        index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind in lists:
            if kind in _NO_TAGS:
                continue
            for phrase in lists[kind]:
                for said in mutations(phrase, words):
                    parts = phrase_of(said)
                    index.setdefault(parts[0], []).append((parts, kind))
        longest = {
            first: tuple(sorted(found, key=lambda f: len(f[0]), reverse=True))
            for first, found in index.items()
        }
        return cls(grammar, cues, longest)

    def parse(self, text: str) -> Parsed:
        """Take a sentence apart; one that nobody would write is left whole, and says so."""
        if len(text) > LONGEST_SENTENCE:
            return _left_whole(text, f"is longer than {LONGEST_SENTENCE:,} characters")
        tokens = self.grammar.lexer.tokens(text)
        if len(tokens) > MOST_WORDS:
            return _left_whole(text, f"has more than {MOST_WORDS} words and marks")
        quantities = self.grammar.quantities(text, tokens)
        if len(quantities) > MOST_QUANTITIES:
            return _left_whole(text, f"has more than {MOST_QUANTITIES} numbers")
        words: list[str] = []
        firsts: list[int] = []
        for token in tokens:
            firsts.append(len(words))
            words += token.text.split() if token.text else [""]
        firsts.append(len(words))
        stems = tuple(self.cues.stemmer.stem(word) for word in words)
        bare = Parsed(text, tokens, tuple(words), stems, tuple(firsts), quantities)
        tags = tuple(self._tags(bare))
        spans, particles = zip(quantities, bare.spans, strict=True), self.cues.particles
        kept = tuple(q for q, span in spans if _counts(q, span, words, tags, particles))
        marked = evolve(bare, quantities=kept, tags=tags, front=self._front(words, tags))
        return evolve(marked, statements=tuple(_statements(marked, self.cues.acts, self.cues.particles)))

    def _tags(self, parsed: Parsed) -> Iterator[Tag]:
        """Find every phrase of the language in a sentence; of each kind the longest at a place."""
        words, stems, spans = parsed.words, parsed.stems, parsed.spans
        groups = [
            *self._groups(self.cues.populations, "population", parsed),
            *self._groups(self.cues.subsets, "subset", parsed),
            *(
                o
                for measure, said in self.cues.outcomes.items()
                for o in self._outcomes(measure, said, parsed)
            ),
        ]
        taken: dict[str, int] = {}
        for at, word in enumerate(words):
            for phrase, kind in self.index.get(word, ()):
                last = at + len(phrase)
                if words[at:last] == phrase and taken.get(kind, 0) <= at:
                    taken[kind] = last
                    inside = any(a <= at and last <= b for a, b in spans)
                    grouped = kind in ("good", "bad", "negations") and any(
                        g.first <= at < g.last for g in groups
                    )
                    if not grouped and (not inside or kind in ("good", "bad")):
                        yield Tag(kind, " ".join(phrase), at, last)
            if word not in self.cues.particles.denials and self.cues.particles.denies(word):
                yield Tag("negations", word, at, at + 1)
        yield from self._named(words, stems)
        yield from groups

    def _named(self, words: Sequence[str], stems: Sequence[str]) -> Iterator[Tag]:
        """Find the names of measures: their short ones, and what the version says of them beside."""
        for kind, phrases in (("short", self.cues.shorts), ("named", self.cues.named)):
            for phrase in phrases:
                at = 0
                while (place := _runs(stems, phrase.stems, words, self.cues.particles, at)) is not None:
                    yield Tag(kind, phrase.name, *place)
                    at = place[0] + 1

    def _groups(self, phrases: Iterable[Phrase], kind: str, parsed: Parsed) -> Iterator[Tag]:
        """Find where a group of cases is named: "in custody", "where a risk of harm had been identified"."""
        words, stems = parsed.words, parsed.stems
        nouns, particles = self.grammar.lexer.nouns, self.cues.particles
        counted = {last for _, last in parsed.spans}
        for phrase in phrases:
            at = 0
            while (place := _runs(stems, phrase.stems, words, self.cues.particles, at)) is not None:
                first, last = place
                noun = any(words[i] in nouns for i in (first - 1, last) if 0 <= i < len(words))
                opens = phrase.clause and _opens(words, first, particles.small, counted)
                denied = "not" if any(map(particles.denies, words[max(0, first - 1) : last])) else ""
                after = self.index.get(words[last], ()) if last < len(words) else ()
                # "had not been identified properly"
                judged = denied and any(sort == "good" for _, sort in after)
                if not judged and (noun or opens or denied or self._restricts(parsed, first)):
                    yield Tag(f"{denied}{kind}", phrase.name, first, last, phrase.population)
                at = first + 1

    def _restricts(self, parsed: Parsed, first: int) -> bool:
        """Whether the words before ``first`` make a group of it; "assessments of vulnerability" are none."""
        words, particles = parsed.words, self.cues.particles
        for at in range(first - 1, max(-1, first - 1 - REACH), -1):
            if words[at] == "(" and at == first - 1:
                return True
            if words[at] in particles.restrictors:
                names_measure = at > 0 and parsed.stems[at - 1] in self.cues.keys
                return words[at] not in particles.heads or not names_measure
        return False

    def _outcomes(self, measure: str, outcomes: Iterable[Phrase], parsed: Parsed) -> Iterator[Tag]:
        """Find where an outcome is named: "no vulnerability management plan at all"."""
        own = self.cues.measures[measure].own | self.cues.plain
        for outcome in outcomes:
            for at in range(len(parsed.words)):
                last = _spread(parsed, outcome.stems, at, own, self.cues.particles.small)
                if last and not self._judges(parsed.words, at, last):
                    yield Tag("outcome", f"{measure}:{outcome.name}", at, last)

    def _judges(self, words: Sequence[str], first: int, last: int) -> bool:
        """Whether a judgement is said in more words than those: "good enough" is not the grade "good"."""
        return any(
            kind in ("good", "bad") and len(said) > last - first and words[first : first + len(said)] == said
            for said, kind in self.index.get(words[first], ())
        )

    def _front(self, words: Sequence[str], tags: Sequence[Tag]) -> int:
        """Return where the opening of a sentence ends: "In custody, …", "Where there was a PSR, …"."""
        if not words or words[0] not in self.cues.particles.restrictors or "," not in words:
            return 0
        comma = words.index(",")
        cutting = ("breaks", "reasons", "including", "excluding")
        ends = any(m.first <= comma and m.kind in cutting for m in tags)
        return 0 if ends or comma >= len(words) - 2 else comma


def _left_whole(text: str, why: str) -> Parsed:
    return Parsed(text, (), (), (), (), (), unread=f"not read: a sentence of this paragraph {why}")


def _statements(parsed: Parsed, acts: Stems, particles: Particles) -> Iterator[WordSpan]:
    """Yield the statements of a sentence, and within them what is included and what is left out."""
    kinds = ("good", "bad", "outcome", "population", "negations", "unknown", "pending", "exempt", "judged")
    inside = [*parsed.spans, *((m.first, m.last) for m in parsed.of_kind(*kinds))]
    asides = list(_asides(parsed, particles))
    grouped = {i for m in parsed.of_kind("population", "subset") for i in range(m.first, m.last)}
    cuts = {0: "main", len(parsed.words): "main"}

    def free(at: int) -> bool:
        return not any(a < at < b or (a == at and b - a > 1) for a, b in inside)

    def free_of_spans(at: int) -> bool:
        return not any(a <= at < b for a, b in parsed.spans)

    def says(first: int, last: int) -> bool:
        """Return whether words judge something, or tell of something done."""
        open_ = [i for i in range(first, last) if i not in grouped and not any(a.holds(i) for a in asides)]
        tags = (m for m in parsed.of_kind(*kinds, "same") if first <= m.first < last)
        tagged = any(not any(a.holds(m.first) for a in asides) for m in tags)
        words = [word for word in parsed.words[first:last] if word[:1].isalpha()]
        ending = words[-1] if words else ""
        taken_up = ending in particles.auxiliaries or particles.denies(ending)  # "and nineteen did"
        return tagged or taken_up or any(parsed.stems[i] in acts for i in open_)

    def gapped(at: int, before: int) -> bool:
        """Whether it leaves out what it says and ends with its number: "and of safeguarding in eleven"."""
        last = part(at)[1]
        spans = [(a, b) for a, b in parsed.spans if at <= a < last]
        words = [i for i in range(at, last) if parsed.words[i][:1].isalpha()]
        if len(spans) != 1 or at > before + 1 or not words or words[-1] >= spans[0][1]:
            return False
        between = [i for i in words if i < spans[0][0] and i not in grouped]
        return any(parsed.words[i] not in particles.small for i in between)

    def part(at: int) -> tuple[int, int]:
        return max(c for c in cuts if c <= at), min(c for c in cuts if c > at)

    breaks = [m.first for m in parsed.of_kind("breaks")]
    for tag in parsed.of_kind("breaks", "reasons", "compared"):
        at = tag.first
        if not free(at) or at <= parsed.front or at in cuts or any(a.holds(at) for a in asides):
            continue
        if tag.kind == "reasons" and not says(part(at)[0], at):
            continue
        if tag.name == ":":
            ahead = min((c for c in (*cuts, *breaks) if c > at), default=len(parsed.words))
            if not any(parsed.words[i][:1].isalpha() for i in range(at, ahead) if free_of_spans(i)):
                continue  # "Plans reviewed properly: 10 of 18"
        cuts[at] = "reason" if tag.kind == "reasons" else "main"
    if 0 in breaks and "," in parsed.words:
        cuts.setdefault(parsed.words.index(","), "main")  # "Though seven plans were sound, three were weak"
    counted = [span for span in parsed.spans if not any(a.holds(span[0]) for a in asides)]
    for (_, end), (start, _) in pairwise(counted):
        if any(end <= cut <= start for cut in cuts):
            continue
        joins = [m.first for m in parsed.of_kind("joins") if end <= m.first < start and free(m.first)]
        # Only where both parts say something: "clear and thorough in nine" is one.
        parting = (
            at
            for at in reversed(joins)
            if says(part(at)[0], at) and (says(at, part(at)[1]) or gapped(at, end))
        )
        cuts |= dict.fromkeys(list(parting)[:1], "main")
    for a, b in pairwise(sorted(cuts)):
        yield WordSpan(a, b, cuts[a])
    yield from asides


def _counts(
    q: Quantity, span: tuple[int, int], words: Sequence[str], tags: Sequence[Tag], particles: Particles
) -> bool:
    """Whether a quantity counts: "no plan at all" is an outcome, "both the plan and …" a conjunction."""
    first, last = span
    # In Welsh "a" is "and", and also the "which" of "which were judged".
    judged = any(m.kind == "of-judged" and m.first == last for m in tags)
    if q.means == "both" and last < len(words) and words[last] in particles.conjunctions and not judged:
        return False
    named = any(m.kind == "outcome" and m.first <= first and last <= m.last for m in tags)
    return q.means != "none" or not named


def _asides(parsed: Parsed, particles: Particles) -> Iterator[WordSpan]:
    words = parsed.words
    for tag in parsed.of_kind("including", "excluding", "reasons"):
        stops = [i for i in range(tag.last, len(words)) if words[i] in (",", ";", ".")]
        if tag.kind != "reasons":
            # At the beginning of a sentence ("This included …") it is the whole of it.
            end = next((i for i in stops if i > tag.last), len(words))
            yield WordSpan(tag.first, len(words) if tag.first < 2 else end, tag.kind)
        elif words[tag.first] == "," and stops:
            # "Good plans, which covered victims, were found in nine": what it says of plans stands apart.
            resumes = words[stops[0]] == "," and words[stops[0] + 1 : stops[0] + 2]
            if resumes and resumes[0] in particles.auxiliaries:
                yield WordSpan(tag.first, stops[0], "reason")


def _opens(words: Sequence[str], at: int, small: frozenset[str], counted: Collection[int]) -> bool:
    """Whether only articles and the like stand before ``at`` in its clause, or after what it counts."""
    while at and words[at - 1] in small and at not in counted:
        at -= 1
    return not at or at in counted or not words[at - 1][:1].isalpha()


def _runs(
    stems: Sequence[str], wanted: Sequence[str], words: Sequence[str], particles: Particles, start: int
) -> tuple[int, int] | None:
    """Return where ``wanted`` stands in ``stems`` from ``start`` on; small words may stand between."""
    for first in range(start, len(stems)):
        if stems[first] != wanted[0]:
            continue
        at = first + 1
        for stem in wanted[1:]:
            skipped = 0
            while (
                at < len(stems)
                and stems[at] != stem
                and skipped < GAP
                and (words[at] in particles.small or particles.denies(words[at]))
            ):
                at, skipped = at + 1, skipped + 1
            if at >= len(stems) or stems[at] != stem:
                break
            at += 1
        else:
            return first, at
    return None


def _spread(
    parsed: Parsed, wanted: Sequence[str], at: int, own: frozenset[str], small: frozenset[str]
) -> int:
    """Return where ``wanted`` ends that begins at ``at``, words of its measure between; 0 if it does not."""
    words, stems = parsed.words, parsed.stems
    place = at
    for word in wanted:
        while (
            at < place < len(words)
            and words[place] != word
            and stems[place] in own
            and words[place] not in small
        ):
            place += 1
        if place >= len(words) or words[place] != word:
            return 0
        place += 1
    return place


def content_of(parsed: Parsed, span: WordSpan, cues: MeasureCues) -> Stems:
    """Return the stems in a statement that say what it is about: no tags, no numbers, no plain words."""
    left_out: set[int] = set()
    groups = {phrase.stems[0] for phrase in cues.subsets if len(phrase.stems) == 1}
    for quantity in parsed.quantities:
        for at in range(quantity.first, quantity.last):
            group = cues.stemmer.stem(parsed.tokens[at].text) in groups  # "one PSR"
            named = quantity.own_population and parsed.tokens[at].type == "UNIT"
            if group or named or parsed.tokens[at].type not in ("UNIT", "MOD", "WORD"):
                left_out |= set(range(parsed.firsts[at], parsed.firsts[at + 1]))
    for inner in parsed.statements:
        if inner != span and span.first <= inner.first and inner.last <= span.last:
            left_out |= set(range(inner.first, inner.last))
    kept = (
        i
        for i in range(span.first, span.last)
        if i not in parsed.tagged_words and i not in left_out and parsed.words[i][:1].isalpha()
    )
    return frozenset(parsed.stems[i] for i in kept if parsed.stems[i] not in cues.plain)
