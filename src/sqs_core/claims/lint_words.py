"""Linting the words by which letters are read back: of a version, and of the tables that ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqs_core.claims.amounts import Amount, Quantity
from sqs_core.claims.check import reader_of
from sqs_core.claims.clause_splitter import Splitter
from sqs_core.claims.grammar import MEANINGS, Grammar
from sqs_core.claims.language import claim_words, shipped, shipped_languages
from sqs_core.criteria import ClaimWords, Criteria, LetterPlan, Sentence
from sqs_core.criteria.letter_plan import BRACES
from sqs_core.criteria.lint.finding import LintFinding, located
from sqs_core.errors import Locator, Problem, UsageError, did_you_mean
from sqs_core.letter.reference import Reference, read_reference

_PREFIXES: Final = {
    "all": "all", "not-all": "not all", "none": "none", "any": "any", "band": "", "hedge": "", "total": "the",
    "sample": "the sample of", "others": "the other", "another": "another", "all-but": "all but",
}  # fmt: skip
_COUNTING: Final = ("some", "few", "most", "none")
_WITHOUT_REASONS: Final = ("other", "other_partly", "other_bare", "because")
_ONLY_RECORDED: Final = "say in how many cases it is recorded, or a choice was made: nobody judged it"
_WORDS: Final = {
    "both": "both",
    "the-one": "the one",
    "the-rest": "the rest",
    "vague": "vague",
    "comparison": "comparison",
    "included": "included",
}


def lint_claim_words(criteria: Criteria, place: Locator) -> tuple[Problem, ...]:
    """Return every problem of ``[letter.claims]``; none where the version has no letter plan."""
    return located(_findings(criteria), place) if criteria.letter else ()


def _findings(criteria: Criteria) -> Iterator[LintFinding]:
    plan = criteria.letter
    if plan is None:
        return
    for language, words in plan.claims.items():
        path = ("letter", "claims", language)
        if language not in criteria.languages:
            what = f"[letter.claims.{language}] is for a language that the version does not have"
            yield LintFinding(path, "V901", what, f"it has {', '.join(criteria.languages)}")
            continue
        yield from _unknown(criteria, words, language)
    for language in criteria.languages:
        if claim_words(plan, language) is None:
            what = f"edited letters in '{language}' cannot be checked: there is no table of its numbers"
            remedy = f"add [letter.claims.{language}]; tables ship for {', '.join(shipped_languages())}"
            yield LintFinding(("letter",), "V902", what, remedy, advice=True)
            continue
        try:
            splitter = reader_of(criteria, language).splitter
            grammar = splitter.grammar
        except UsageError as error:
            remedy = "mend the form, or take it away: docs/letter-check.md says what stands in one"
            yield LintFinding(("letter", "claims", language), "V903", str(error), remedy)
            continue
        yield from _beyond_values(criteria, plan, splitter, language)
        own = plan.claims.get(language)
        if own:
            for at, (example, comes, wanted) in misread_examples(grammar, own):
                what = f'the example "{example}" comes to "{comes}", not "{wanted}"'
                path_ = ("letter", "claims", language, "forms", at, "examples")
                yield LintFinding(path_, "V904", what, "mend the wording, or the example")


def _beyond_values(
    criteria: Criteria, plan: LetterPlan, splitter: Splitter, language: str
) -> Iterator[LintFinding]:
    """Yield what sentences on answers that are values say beside that these are recorded (V907)."""
    for i, section in enumerate(plan.sections):
        for j, paragraph in enumerate(section.paragraphs):
            for k, sentence in enumerate(paragraph.sentences):
                about = read_reference(sentence.about) if sentence.about else None
                if about is not None and criteria.is_value(about.measure):
                    path = ("letter", "sections", i, "paragraphs", j, "sentences", k)
                    for name, what, advice in _said_of_value(sentence, about, splitter, language):
                        yield LintFinding((*path, name), "V907", what, _ONLY_RECORDED, advice=advice)


def _said_of_value(
    sentence: Sentence, about: Reference, splitter: Splitter, language: str
) -> Iterator[tuple[str, str, bool]]:
    """Yield the key of each wording that says more than is counted, what, and whether that is advice."""
    measure, particles = about.measure, splitter.cues.particles
    asked = splitter.cues.measures[measure].asked
    for name in _WITHOUT_REASONS:
        if getattr(sentence, name):
            yield name, f"the answer to {measure} is a value, and has no reasons and no others to tell", False
    for name in _COUNTING:
        wording = getattr(sentence, name)
        if not wording:
            continue
        parts = BRACES.split(wording.in_language(language))
        parsed = splitter.parse(" ".join(_without_limit(part, particles.limits) for part in parts))
        judged = [tag.name for tag in parsed.of_kind("good", "bad", "degrees")]
        over = [*judged, *(word for word in parsed.words if word in particles.limits)]
        if over := [words for words in over if not asked.issuperset(words.split())]:
            yield name, f"'{over[0]}' says more of {measure} than that an answer is recorded", False
        elif not about.outcome and not particles.recording.intersection(parsed.words):
            yield name, f"it does not say that it is the answers to {measure} that are counted", True


def _without_limit(words: str, limits: Iterable[str]) -> str:
    """Return ``words`` without an "only" at the end, which belongs to the figure after them."""
    bare = words.rstrip()
    return next((bare.removesuffix(limit) for limit in limits if bare.endswith(f" {limit}")), bare)


def _unknown(criteria: Criteria, words: ClaimWords, language: str) -> Iterator[LintFinding]:
    """Yield the names that the version does not have."""
    asked = [*(q.id for q in criteria.questions), *(q.id for q in criteria.interview_questions)]
    known: Mapping[str, list[str]] = {
        "measures": asked,
        "populations": [fact.id for fact in criteria.facts],
        "subsets": [subset.id for subset in criteria.subsets],
    }
    for table, names in known.items():
        for name in getattr(words, table):
            bare = name.partition(":")[0] if table == "measures" else name
            if bare not in names:
                path = ("letter", "claims", language, table, name)
                what = f"'{bare}' is none of the version's {'questions' if table == 'measures' else table}"
                remedy = did_you_mean(bare, names) or f"it has {', '.join(names) or 'none'}"
                yield LintFinding(path, "V905", what, remedy)
    for at, form in enumerate(words.forms):
        path_ = ("letter", "claims", language, "forms", at)
        if form.means not in MEANINGS:
            remedy = did_you_mean(form.means, MEANINGS) or f"one of {', '.join(MEANINGS)}"
            yield LintFinding((*path_, "means"), "V906", f"no form means '{form.means}'", remedy)
        base = shipped(language)
        bounds = [*(base.bounds if base else ()), *words.bounds]
        if form.bound and form.bound not in bounds:
            remedy = did_you_mean(form.bound, bounds) or f"one of {', '.join(bounds)}"
            yield LintFinding((*path_, "bound"), "V906", f"no words are a bound '{form.bound}'", remedy)


def misread_examples(grammar: Grammar, words: ClaimWords) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield the examples that are read otherwise than they say: by form, the example, what it comes to."""
    for at, form in enumerate(words.forms):
        for example, wanted in form.examples.items():
            tokens = grammar.lexer.tokens(example)
            comes = "; ".join(map(read_as, grammar.quantities(example, tokens)))
            if comes != wanted:
                yield at, (example, comes or "nothing", wanted)


def read_as(quantity: Quantity) -> str:
    """Return in short what a quantity says: "7 of 10", "all but 1 of 5", "over 70%"."""
    if quantity.means in _WORDS:
        return _WORDS[quantity.means]
    join = " to " if quantity.means in ("range", "loose-range") else ", "
    said = join.join(_amount(amount) for amount in quantity.amounts)
    if quantity.band is not None:
        said = str(quantity.band.text)
    n = "" if quantity.n is None else str(quantity.n)
    head = _PREFIXES.get(quantity.means, "")
    if n and (said or quantity.means in ("none", "any")):
        n = f"of {n}"
    return " ".join(part for part in (head, said, n) if part)


def _amount(amount: Amount) -> str:
    if amount.decimals is not None:
        value = f"{float(amount.value * 100):.{amount.decimals}f}%"
    else:
        value = str(amount.value)
    return value if amount.bound == "exactly" else f"{amount.bound} {value}"
