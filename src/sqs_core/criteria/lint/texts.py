"""Linting texts: what is empty, what is not in every language of the version, and the phrase scale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from attrs import NOTHING, fields, has

from sqs_core.criteria.lint.finding import LintFinding, Path, path_words
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.ranges import Band
from sqs_core.criteria.vocabulary import unmarked_texts
from sqs_core.text import Text, first_few

MOST_CASES = 100
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NEEDED = ("title", "source", "text", "short", "phrase", "label")


def lint_texts(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint empty texts (V109), dates (V111), languages (V501–V504), whose words texts are in (V116)
    and the phrase scale (V301, V302).
    """
    languages = criteria.languages
    if not languages or len(set(languages)) < len(languages) or not all(languages):
        remedy = 'name each once, the first language first: languages = ["en"]'
        yield LintFinding(("languages",), "V503", "the languages are missing or named twice", remedy)
    if criteria.in_force_from and criteria.in_force_to and criteria.in_force_to < criteria.in_force_from:
        what = "in force to a day before the day it is in force from"
        yield LintFinding(("in_force_to",), "V111", what, "correct one of the dates")
    for tag in filter(None, languages):
        if not _TAG.fullmatch(tag):
            what = f"'{tag}' is no tag of a language"
            yield LintFinding(("languages",), "V503", what, "write en for English, cy for Welsh")
    yield from _texts((), criteria, criteria)
    yield from _marks(criteria)
    if criteria.letter:
        for tag in languages:
            if tag not in criteria.letter.words:
                what = f"the letter has no words for quantities in '{tag}'"
                yield LintFinding(("letter", "words"), "V504", what, f"add [letter.words.{tag}]")
        for tag in criteria.letter.words:
            if tag not in languages:
                yield _undeclared(("letter", "words", tag), tag, criteria)
        yield from _scale(criteria.letter.phrase_scale)


def _marks(criteria: Criteria) -> Iterator[LintFinding]:
    """Where one text says whose words it is in, each is to: else what is not marked is taken for the same."""
    unmarked = unmarked_texts(criteria)
    texts = len(criteria.themes) + len(criteria.questions) + len(criteria.interview_questions)
    texts += sum(len(question.prompts) for question in criteria.questions)
    if unmarked and len(unmarked) < texts:
        what = f"nothing says whose words these are in, though it is said of others: {first_few(unmarked)}"
        remedy = 'say wording = "ours" (or published, paraphrase …) of each, or once at the top of the file'
        yield LintFinding(("wording",), "V116", what, remedy, advice=True)


def _texts(path: Path, value: Any, criteria: Criteria) -> Iterator[LintFinding]:
    """Yield every text inside ``value``, however deep."""
    if isinstance(value, Text):
        yield from _text(path, value, criteria)
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _texts((*path, i), part, criteria)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts((*path, str(key)), part, criteria)
    elif has(type(value)):
        for attribute in fields(type(value)):
            part = getattr(value, attribute.name)
            here = (*path, attribute.name)
            if attribute.name in _NEEDED and attribute.default is NOTHING and not part:
                what = f"{path_words(here, criteria)} is empty"
                yield LintFinding(here, "V109", what, "write it: it is shown to people")
            yield from _texts(here, part, criteria)


def _text(path: Path, text: Text, criteria: Criteria) -> Iterator[LintFinding]:
    languages = criteria.languages
    if not text:
        return
    said = {tag or (languages[0] if languages else "") for tag, words in text.wordings.items() if words}
    letter = criteria.letter if path[0] == "letter" else None
    # Of a language that the letter is not written in at all V504 tells, once.
    missing = [tag for tag in languages if tag not in said and (letter is None or tag in letter.words)]
    if missing:
        quoted = " and ".join(f"'{tag}'" for tag in missing)
        example = ", ".join(f'{tag} = "…"' for tag in languages)
        what = f"{path_words(path, criteria)} has no wording in {quoted}"
        yield LintFinding(path, "V501", what, f"write it as {{ {example} }}")
    for tag in text.wordings:
        if tag and tag not in languages:
            yield _undeclared(path, tag, criteria)


def _undeclared(path: Path, tag: str, criteria: Criteria) -> LintFinding:
    languages = criteria.languages
    what = f"{path_words(path, criteria)} has words in '{tag}', which is not a language of this version"
    return LintFinding(path, "V502", what, f"add '{tag}' to languages, or use one of: {', '.join(languages)}")


def _scale(scale: tuple[Band, ...]) -> Iterator[LintFinding]:
    """Lint the phrase scale: each k of each n from 1 to 100 has one phrase, and only one."""
    if not scale:
        return
    gaps: list[tuple[int, int]] = []
    overlaps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for n in range(1, MOST_CASES + 1):
        for k in range(n + 1):
            admitting = [i for i, band in enumerate(scale) if band.admits(k, n)]
            if not admitting:
                gaps.append((k, n))
            for pair in combinations(admitting, 2):
                overlaps.setdefault(pair, []).append((k, n))
    if gaps:
        what = f"no phrase may be said of {_some(gaps)}"
        yield LintFinding(("letter", "phrase_scale"), "V301", what, "widen a phrase, or add one between")
    for (one, other), found in overlaps.items():
        what = f"both '{scale[one].id}' and '{scale[other].id}' may be said of {_some(found)}"
        remedy = "narrow one of them, so that each count has one phrase"
        yield LintFinding(("letter", "phrase_scale", other), "V302", what, remedy)


def _some(found: list[tuple[int, int]]) -> str:
    shown = ", ".join(f"{k} of {n}" for k, n in found[:3])
    return shown if len(found) <= 3 else f"{shown} and {len(found) - 3} more counts"
