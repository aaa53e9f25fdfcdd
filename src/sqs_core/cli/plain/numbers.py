"""Questions by number: 2.3 is the third question of the section labelled 2."""

from __future__ import annotations

from sqs_core.criteria import Criteria


def numbers(criteria: Criteria) -> dict[str, str]:
    """The number of every question: its section's label and its place there in the version.

    They do not depend on a case, so 2.3 is the same question all day.  They are not the
    paragraph numbers of the letter.
    """
    return {
        question.id: f"{theme.label}.{place}"
        for theme in criteria.themes
        for place, question in enumerate(criteria.theme_questions(theme.id), 1)
    }


def question_called(criteria: Criteria, word: str) -> str | None:
    """The question whose number or id is ``word``; None where there is none."""
    word = word.strip().lower()
    for name, number in numbers(criteria).items():
        if word in (number.lower(), name.lower()):
            return name
    return None


def questions_named(criteria: Criteria, words: str) -> tuple[str, ...]:
    """The questions in whose id or short name each of ``words`` stands, in the version's order."""
    wanted = words.lower().split()
    return tuple(
        question.id
        for question in criteria.questions
        if wanted and all(word in f"{question.id} {question.short}".lower() for word in wanted)
    )
