"""The numbers of a letter that no claim covers, each with its place: none is passed over.

Only this is not told: a date, telephone number or name that the inspection itself has; the words of the
version that stand in every letter, in its sentence on a question ("within 15 working days") or in a reason
("because there was no plan"); and numbers in idioms ("one another").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen

from sqs_core.claims.clause_splitter import Parsed
from sqs_core.claims.link import Link
from sqs_core.claims.tokens import Lexer, Token, WordTuple, folded, phrase_of
from sqs_core.criteria import ClaimWords, Criteria, Text
from sqs_core.criteria.letter_plan import BRACES, texts_in, without_braces
from sqs_core.documents.folding import Span
from sqs_core.documents.phrases import phrase_finder
from sqs_core.documents.sentences import sentences
from sqs_core.letter.disclosure import header_words, own_dates
from sqs_core.records.inspection import Inspection

_NUMERIC = frozenset({"NUMBER", "DECIMAL", "VULGAR", "HALF", "C_NONE", "C_NOBODY"})


@frozen
class UnreadNumbers:
    """Finds the numbers of sentences; ``fixed`` are the version's own sentences, as expressions.

    ``planned`` are those on a question that state a number beside what was counted, ``reasons`` finds the
    clauses of its reasons.
    """

    counting: frozenset[str]
    numbers: frozenset[WordTuple]
    fixed: tuple[re.Pattern[str], ...]
    planned: tuple[re.Pattern[str], ...]
    reasons: re.Pattern[str]
    own: frozenset[date]
    months: tuple[str, ...]
    header: str

    @classmethod
    def of(
        cls, inspection: Inspection, criteria: Criteria, words: ClaimWords, lexer: Lexer, language: str
    ) -> UnreadNumbers:
        """Return the finder for a letter on ``inspection``."""
        numbers = frozenset(phrase for phrase, (kind, _) in lexer.lexemes.items() if kind == "NUMBER")
        counting = frozenset(map(folded, words.words.get("counting", ())))
        numeric = counting | {phrase[0] for phrase in numbers if len(phrase) == 1}
        numbered = (
            text for text in _on_questions(criteria) if _has_number(text.in_language(language), numeric)
        )
        fixed = tuple(_patterns(_every_letter(criteria), criteria, language))
        planned = tuple(_patterns(numbered, criteria, language))
        header = _solid(header_words(inspection, criteria))
        months = tuple(map(folded, lexer.months))
        reasons = phrase_finder(sorted(_reasons(criteria, language), key=len, reverse=True))
        return cls(counting, numbers, fixed, planned, reasons, own_dates(inspection), months, header)

    def is_header(self, text: str) -> bool:
        """Whether a paragraph is of the inspection's own letterhead or lists: nothing is claimed there."""
        return _solid(text) in self.header if _solid(text) else False

    def is_the_versions(self, parsed: Parsed, link: Link) -> bool:
        """Return whether a number stands in words of the version, and so claims nothing.

        These are its reasons ("because nobody had asked"); for a number that is tied to no records, also what
        it says in every letter, or beside a figure.
        """
        q, own = link.quantity, [*self._reason_parts(parsed)]
        if not link.ways:
            beside = [pattern for pattern in self.planned if pattern.groups]  # "in the other two none had"
            own += (*_parts(parsed.text, self.fixed), *_parts(parsed.text, beside))
        return any(a <= q.start and q.end <= b for a, b in own)

    def _reason_parts(self, parsed: Parsed) -> Iterator[Span]:
        begins = min((s.first for s in parsed.statements if s.kind == "reason"), default=len(parsed.words))
        starts = [
            token.start for token, at in zip(parsed.tokens, parsed.firsts, strict=False) if at >= begins
        ]
        if starts:
            yield from (match.span() for match in self.reasons.finditer(parsed.text, starts[0]))

    def unread(self, parsed: Parsed, covered: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
        """Yield the numbers of a sentence outside of ``covered``: where, and what each looks like."""
        sentence, tokens = parsed.text, parsed.tokens
        idioms = parsed.of_kind("idioms")
        own = [*_parts(sentence, self.fixed), *_parts(sentence, self.planned), *self._reason_parts(parsed)]
        known = [*covered, *own]
        last: tuple[int, int, str] | None = None
        for i, token in enumerate(tokens):
            what = self._what(token, tokens[i - 1] if i else None)
            idiom = any(m.holds(parsed.firsts[i]) for m in idioms)
            if what is None or idiom or any(a < token.end and token.start < b for a, b in known):
                continue
            if last is not None and sentence[last[1] : token.start].strip() in ("", "-") and what == last[2]:
                last = (last[0], token.end, what)  # "twenty-one", "two thirds": one number
                continue
            if last is not None:
                yield last
            last = (token.start, token.end, what)
        if last is not None:
            yield last

    def _what(self, token: Token, before: Token | None) -> str | None:
        """Return what a number looks like, "" where like any; None where it is none, or a known one."""
        if token.aside:
            known = _solid(token.text) in self.header
            return None if known or self._is_own(token) else token.aside
        if token.type in _NUMERIC or any(word in self.counting for word in (token.text, *token.text.split())):
            return ""
        if token.type == "PART" and before is not None and before.type in ("ARTICLE", "NUMBER", "HYPHEN"):
            return ""
        words = token.text.split("-")
        return "" if len(words) > 1 and any((word,) in self.numbers for word in words) else None

    def _is_own(self, token: Token) -> bool:
        """Return whether a date or year is one of the inspection's own."""
        if token.aside not in ("date", "year"):
            return False
        numbers = [int(number) for number in re.findall(r"\d+", token.text)]
        years = [n for n in numbers if n > 31]
        month = next((i for i, name in enumerate(self.months, 1) if name in token.text), 0)
        if token.aside == "date" and not month:
            return any({d.day, d.month, d.year % 100} == {*(n % 100 for n in numbers)} for d in self.own)
        days = {d for d in self.own if (not month or d.month == month) and (not years or d.year in years)}
        return bool(days) and {n for n in numbers if n <= 31} <= {d.day for d in days}


def _solid(words: str) -> str:
    """Return ``words`` without blanks and hyphens, in which telephone numbers and lists differ."""
    return re.sub(r"[\s-]+", "", folded(words))


def _parts(sentence: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Span]:
    """Yield the parts of a sentence that are the version's own words, by the first pattern that fits."""
    said = sentence.strip()
    lead = len(sentence) - len(sentence.lstrip())
    for pattern in patterns:
        if match := pattern.fullmatch(said):
            place = 0
            for group in range(1, (match.re.groups or 0) + 1):
                yield lead + place, lead + match.start(group)
                place = match.end(group)
            yield lead + place, lead + len(said)
            return


def _every_letter(criteria: Criteria) -> Iterator[Text]:
    """Yield the texts that the version puts into every letter."""
    plan = criteria.letter
    if plan is None:
        return
    for value in (plan.opening, plan.closing, plan.title, plan.note):
        yield from texts_in(value)
    for section in plan.sections:
        yield from (section.before, section.after, section.missing)
    yield from texts_in(tuple(sentence for sentence in plan.sentences if sentence.is_fixed))


def _on_questions(criteria: Criteria) -> Iterator[Text]:
    """Yield the texts of the plan's sentences on what was counted."""
    if criteria.letter:
        yield from texts_in(tuple(one for one in criteria.letter.sentences if not one.is_fixed))


def _reasons(criteria: Criteria, language: str) -> Iterator[str]:
    """Yield the clauses by which a letter gives reasons."""
    said = [reason.letter for q in criteria.questions for reason in q.reasons]
    said += [prompt.letter for q in criteria.questions for prompt in q.prompts]
    said += [reason.letter for reason in criteria.common_reasons]
    said += criteria.letter.reasons.values() if criteria.letter else ()
    yield from (words for text in said if (words := text.in_language(language)))


def _has_number(text: str, numeric: frozenset[str]) -> bool:
    """Return whether a number stands in ``text`` beside its braces."""
    return any(word[0].isdigit() or word in numeric for word in phrase_of(without_braces(text)))


def _patterns(texts: Iterable[Text], criteria: Criteria, language: str) -> Iterator[re.Pattern[str]]:
    """Yield the sentences of ``texts``; what fills their braces is a group."""
    for text in texts:
        words = text.in_language(language).replace("{source}", criteria.source.in_language(language))
        for a, b in sentences(words):
            parts = BRACES.split(words[a:b].strip())
            if "".join(parts).strip():
                shaped = [r"\s+".join(map(re.escape, part.split())) for part in parts]
                lead = [
                    (r"\s*" if part[:1].isspace() else "", r"\s*" if part[-1:].isspace() else "")
                    for part in parts
                ]
                yield re.compile(
                    "(.{0,200}?)".join(x + s + y for (x, y), s in zip(lead, shaped, strict=True)), re.DOTALL
                )
