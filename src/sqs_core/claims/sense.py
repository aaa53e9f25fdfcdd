"""Whether a statement praises or blames: its judgements, and the negations that turn them round."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqs_core.claims.clause_splitter import Parsed, Tag, WordSpan
from sqs_core.claims.language import Particles

# A negation in the name of one of these is part of the name.
_NAMES: Final = ("outcome", "notsubset", "notpopulation", "unknown", "pending", "exempt", "judged")


class Sense(NamedTuple):
    """Whether a statement praises (1) or blames (-1), 0 where that is unclear, with why.

    ``elliptical`` says that it has no judgement of its own: "three were not".
    """

    sign: int
    why: str = ""
    elliptical: bool = False


def sense_of(parsed: Parsed, span: WordSpan, particles: Particles) -> Sense:
    """Return whether the statement ``span`` praises or blames."""
    judged = judgements(parsed, span)
    denials = negations(parsed, span, particles)
    if not judged:
        why = "it is in the negative twice over" if len(denials) > 1 else ""
        return Sense(-1 if denials else 1, why, elliptical=True)
    signs = set()
    at, turned = span.first, 1
    for tag in judged:
        turning = [d for d in denials if at <= d.first < tag.first]
        if len(turning) > 1:
            return Sense(0, "it is in the negative twice over")
        # "Not clear and thorough" denies both; a verb between them begins anew.
        anew = at == span.first or any(word in particles.auxiliaries for word in parsed.words[at : tag.first])
        turned = -1 if turning else 1 if anew else turned
        signs.add(turned if tag.kind == "good" else -turned)
        at = tag.last
    late = [d for d in denials if d.first >= at]
    if late:
        # "Enough help was not given" is not enough help; "in eight cases, not in ten" is no such thing.
        verb = parsed.words[max(0, late[0].first - 1) : late[0].first]
        glued = late[0].name not in particles.denials and particles.denies(late[0].name)
        denied = glued or (verb and verb[0] in particles.auxiliaries)
        if len(late) > 1 or len(judged) > 1 or not denied or signs == {-1}:
            return Sense(0, "it is not clear what the 'not' belongs to")
        signs = {-1}
    return Sense(signs.pop()) if len(signs) == 1 else Sense(0, "it both praises and blames")


def judgements(parsed: Parsed, span: WordSpan) -> list[Tag]:
    """Return the words of a statement that praise or blame, in order; of two that overlap the longer."""
    found = [tag for kind in ("good", "bad") for tag in parsed.tagged(kind, span)]
    kept: list[Tag] = []
    for tag in sorted(found, key=lambda m: (m.first - m.last, m.first)):
        if all(tag.last <= k.first or tag.first >= k.last for k in kept):
            kept.append(tag)
    return sorted(kept, key=lambda tag: tag.first)


def negations(parsed: Parsed, span: WordSpan, particles: Particles) -> list[Tag]:
    """Return the negations that turn round what a statement says."""
    kept = []
    names, blames = parsed.of_kind(*_NAMES), parsed.of_kind("bad")
    for tag in parsed.tagged("negations", span):
        inside = any(m.first - 1 <= tag.first < m.last for m in names)
        # "Fell below the standard" is one blame, and no blame denied.
        blamed = any(m.first < tag.last and tag.first < m.last for m in blames)
        only = any(word in particles.limits for word in parsed.words[tag.last : tag.last + 1])
        aside = _is_relative(parsed, span, tag, particles) and not _governs(parsed, span, tag, particles)
        if not inside and not blamed and not only and not aside:
            kept.append(tag)
    return kept


def _is_relative(parsed: Parsed, span: WordSpan, tag: Tag, particles: Particles) -> bool:
    """Whether a negation stands in a clause of its own on some noun: "children who were not complying"."""
    places = range(max(span.first, tag.first - 3), tag.first)
    relatives = particles.relatives - particles.clausal
    found = [i for i in places if parsed.words[i] in relatives]
    said = [i for i in found if {parsed.words[i - 1], " ".join(parsed.words[i - 2 : i])} & particles.saying]
    return len(found) > len(said) and tag.first - 3 > span.first


def _governs(parsed: Parsed, span: WordSpan, tag: Tag, particles: Particles) -> bool:
    """Return whether the next word that says something is a judgement."""
    for at in range(tag.last, span.last):
        if any(m.first == at for m in parsed.of_kind("good", "bad")):
            return True
        if parsed.words[at] not in particles.small:
            return False
    return False
