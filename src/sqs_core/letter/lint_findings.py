"""Whether fixed words of a letter plan state a finding that nobody recorded.

The letter says only what was recorded: how work was done is told by a figure or by the reasons
ticked, never by words that stand in every letter.  No rule of this kind can read; these are signs,
found sentence by sentence, of words that would be false in some inspection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STAFF = r"(?:staff|(?:case |line )?managers?|officers?|the (?:service|team|yos|board)|\{short\})"
_WORK = (
    r"(?:assessments?|plans?|planning|reviews?|reviewing|reports?|contact|oversight|supervision|engagement|"
    r"meetings?|safeguarding|work|practice|cases?|victims?|children|young people|famil(?:y|ies)|parents?|"
    r"carers?|they|it)"
)
_PAST = (
    r"(?:was|were|had|did|has|have|fell|knew|kept|made|took|gave|found|met|got|went|left|led|wrote|told|held|"
    r"brought|built|dealt|forgot|understood|(?!need)\w{2,}ed)"
)
_JUDGED = (
    r"(?:good|better|best|poor|weak|strong|high|low|thorough|clear|excellent|outstanding|sound|(?:in)?effective|"
    r"impressive|worrying|(?:in)?adequate|(?:in)?sufficient|disappointing|competent|committed|creative|well-\w+)"
)
SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (
            rf"\b(?:very |really |quite |particularly )?{_JUDGED} at\b|\bin a good way\b|\bmakes? good use\b",
            "praises or blames",
        ),
        (
            r"\bwe (?:were|are) (?:\w+ly |very )?"
            r"(?:pleased|impressed|encouraged|concerned|disappointed|worried)\b|\bwe have (?:\w+ )?concerns\b"
            r"|\bit is (?:\w+ly )?(?:pleasing|worrying|encouraging|disappointing)\b"
            r"|\bdeserves? (?:credit|praise)\b|\bhard work of\b|\bevidence of\b"
            r"|\ba (?:real )?(?:strength|weakness)\b",
            "praises or blames",
        ),
        (
            rf"\b{_WORK}(?: \w+){{0,3}} (?:is|are|was|were|remains?) (?:\w+ly |very |not )?"
            rf"{_JUDGED}\b(?! to\b)"
            rf"|\bthis is an? {_JUDGED}\b"
            r"|\b(?:excellent|outstanding|impressive|competent|poor|weak|disappointing|hard)(?: \w+)? "
            r"(?:work|practice|planning|plans?|assessments?|reviews?|reports?)\b",
            "praises or blames",
        ),
        (r"\b(?:did|had|has|have|was|were|could|is|are|does|do) not\b|\w+n't\b", "says what was not done"),
        (
            r"\b(?:failed|omitted|neglected) to\b|\black(?:s|ed)\b|\bmissed\b|\bfell short\b",
            "says what was not done",
        ),
        (
            rf"(?<!\w)(?:{_STAFF}|{_WORK})\s+(?:\w+ly\s+|always\s+|never\s+|also\s+)?{_PAST}\b",
            "says what was done",
        ),
        (
            rf"(?<!\w){_STAFF} (?:\w+ly |always |never |also )?"
            r"(?:know|make|keep|receive|use|work|help|do|take|give|check|understand)(?:s|es)?\b"
            r"|\b(?:assessments|plans|reviews|reports|meetings) (?:\w+ly |always |never |also )?"
            r"(?:happen|help|come|follow|deal)s?\b",
            "says what is done",
        ),
        (
            r"\b(?:improved|worsened|declined) since\b"
            r"|\b(?:most|almost all|too many|lots of) (?:of the )?\w+ \w*(?:was|were)\b",
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
        (
            r"\b(?:needs? to|must) (?:improve|be improved|get better)\b|\bcould (?:be|do) better\b",
            "praises or blames",
        ),
    )
}
"""The same, of words that no figure in the sentence can bear out."""

_AIM = {
    "en": re.compile(
        r"\b(?:(?:to )?(?:see|check|know) (?:if|that|whether)|to (?:see|check|know)|"
        r"(?:to )?(?:make sure|ensure)|important|whether)"
        r"\b[^.]*"
        r"|\b(?:should|ought to|want to)\b[^.]*"
        r"|\b(?:must|needs? to)\b(?! (?:improve|be improved|get better)\b)[^.]*"
    )
}
"""What ought to be, or was looked for: "we looked to see that managers had checked the work"."""
_RECORDED = re.compile(r"\{[^{}]*\||\{(?:of|count|reasons|clauses|subsets|because|[\w.\-]+[@:])[^{}]*\}")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def stated_findings(
    words: str, language: str, *, result: bool, counted: bool = True
) -> Iterator[tuple[str, str]]:
    """Yield each place in ``words`` that states a finding by itself, and what it does there.

    Args:
        words: a template of the plan.
        language: its language; one without ``SIGNS`` is not looked at.
        result: whether it words a result, so that a figure or reasons in a sentence bear it out.
        counted: whether a figure is needed for that; a result of one case is told without.
    """
    for match in _SENTENCE.finditer(words):
        sentence = match.group().strip()
        aimless = _AIM[language].sub("", sentence) if language in _AIM else sentence
        signs = ALWAYS.get(language, ())
        if not result or (counted and not _RECORDED.search(sentence)):
            signs = (*signs, *SIGNS.get(language, ()))
        for pattern, does in signs:
            found = re.search(pattern, aimless, re.IGNORECASE)
            if found:
                yield found.group(), does
                break
