"""Whether a planned paragraph can come out empty: for which results none of its sentences has words."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.criteria import PlannedParagraph, Sentence
from sqs_core.letter.realise import chosen_wording
from sqs_core.letter.reference import Reference, read_reference

_TRIED = range(7)  # every wording of a sentence is chosen by some k of n up to 6


def can_be_empty(paragraph: PlannedParagraph) -> str:
    """Return for which result no sentence of ``paragraph`` says anything; "" where one always does.

    Sentences about one measure and subset share their n; different measures come out
    independently of each other.  A sentence on a condition is one that may not be said.
    """
    silent: list[str] = []
    measures: dict[tuple[str, str], dict[str, list[Sentence]]] = {}
    for sentence in paragraph.sentences:
        if sentence.when or sentence.verdict or sentence.voice:
            continue
        if sentence.is_fixed:
            if sentence.text:
                return ""
            continue
        about = read_reference(sentence.abouts[0]) or Reference("")
        group = measures.setdefault((about.measure, about.subset), {})
        group.setdefault(about.outcome, []).append(sentence)
    for (measure, subset), outcomes in measures.items():
        when = next((n for n in _TRIED if _all_silent(outcomes.values(), n)), None)
        if when is None:
            return ""
        k = _all_silent(outcomes.values(), when)
        name = f"{measure}@{subset}" if subset else measure
        silent.append(f"{name} {k}" if when else f"nothing judged for {name}")
    if not silent:
        return "for it has no words"
    return "for instance with " + ", ".join(silent[:3])


def _all_silent(groups: Iterable[list[Sentence]], n: int) -> str:
    """A result of ``n`` for which each group of sentences can be silent: "0 of 2"; "" where none."""
    found = ""
    for sentences in groups:
        k = next((k for k in range(n + 1) if not any(chosen_wording(s, k, n, n) for s in sentences)), None)
        if k is None:
            return ""
        found = found or f"{k} of {n}"
    return found
