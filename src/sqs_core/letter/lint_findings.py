"""Whether fixed words of a letter plan state a finding that nobody recorded.

The letter says only what was recorded: how work was done is told by a figure or by the reasons
ticked, never by words that stand in every letter.  No rule of this kind can read; these are signs,
found sentence by sentence, of words that would be false in some inspection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (
            r"\b(?:very |really |quite |particularly )?(?:good|poor|excellent|weak|clever|impressive) at\b",
            "praises or blames",
        ),
        (
            r"\bwe (?:were|are) (?:\w+ly |very )?"
            r"(?:pleased|impressed|encouraged|concerned|disappointed|worried)\b",
            "praises or blames",
        ),
        (
            r"\b(?:excellent|outstanding|impressive|competent|poor|weak|disappointing)(?: \w+)? "
            r"(?:work|practice|planning|plans?|assessments?|reviews?|reports?)\b",
            "praises or blames",
        ),
        (r"\b(?:did|had|has|have|was|were|could|is|are|does|do) not\b|\w+n't\b", "says what was not done"),
        (r"\b(?:failed|omitted|neglected) to\b|\black(?:s|ed)\b|\bmissed\b", "says what was not done"),
        (
            r"\b(?:staff|managers?|the (?:service|team|yos)|\{short\}|plans?|assessments?|reviews?|reports?|"
            r"work|practice|cases?|they)\s+(?:\w+ly\s+)?(?:was|were|had|did|\w+ed)\b",
            "says what was done",
        ),
    )
}
"""For each language, patterns of words that state how work was done, and what they do."""

ALWAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\beither\b(?! of\b)(?![^.]*\bor\b)", "speaks of another finding ('either')"),
        (
            r"\b(?:because|since|as) (?:the )?(?:staff|managers?|service|team|yos|\{short\})\b"
            r"|\bthanks to\b|\bhelped by\b|\bdue to\b",
            "gives a cause that nobody recorded",
        ),
    )
}
"""The same, of words that no figure in the sentence can bear out."""

_AIM = {
    "en": re.compile(
        r"\b(?:to (?:see|check|know|make sure|ensure)|(?:see|check|know|make sure|ensure|important|whether)) "
        r"(?:if|that|whether)?\b[^.]*"
        r"|\b(?:should|must|ought to|needs? to|want to)\b[^.]*"
    )
}
"""What ought to be, or was looked for: "we looked to see that managers had checked the work"."""
_RECORDED = re.compile(r"\{[^{}]*\||\{(?:of|count|reasons|clauses|subsets|because|[\w.\-]+[@:])[^{}]*\}")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def stated_findings(words: str, language: str, *, result: bool) -> Iterator[tuple[str, str]]:
    """Yield each place in ``words`` that states a finding by itself, and what it does there.

    Args:
        words: a template of the plan.
        language: its language; one without ``SIGNS`` is not looked at.
        result: whether it words a result, so that a figure or reasons in a sentence bear it out.
    """
    for match in _SENTENCE.finditer(words):
        sentence = match.group().strip()
        signs = ALWAYS.get(language, ())
        if not (result and _RECORDED.search(sentence)):
            signs = (*signs, *SIGNS.get(language, ()))
        aimless = _AIM[language].sub("", sentence) if language in _AIM else sentence
        for pattern, does in signs:
            found = re.search(pattern, aimless, re.IGNORECASE)
            if found:
                yield found.group(), does
                break
