"""A first letter plan for any version: a section for each theme, a sentence for each question.

It says of each question by its short name in how many cases the work was good enough, and why it was not in
the others.  An author words it better; what stands here is true of any question.
"""

from __future__ import annotations

import re
from typing import Any

from sqs_core.criteria import Criteria, InterviewQuestion, Outcome, Question
from sqs_core.errors import UsageError

LANGUAGE = "en"
STAFF = ("member of staff", "members of staff")


def first_sections(criteria: Criteria) -> list[dict[str, Any]]:
    """Return the sections of a first letter for ``criteria``, as tables of a criteria file.

    UsageError where the version's texts are not in English.
    """
    if criteria.languages[0] != LANGUAGE:
        raise UsageError(
            f"a first letter is written in English, and {criteria.id} is in '{criteria.languages[0]}'"
        )
    found: list[dict[str, Any]] = [
        {
            "id": "summary",
            "title": "Summary",
            "holds": "summary",
            "missing": "[The summary has not been written yet.]",
        }
    ]
    asked = [theme for theme in criteria.themes if criteria.theme_questions(theme.id)]
    for number, theme in enumerate(asked, 1):
        questions = criteria.theme_questions(theme.id)
        paragraphs = [
            {"id": f"{number}.{place}", "sentences": _sentences(criteria, question)}
            for place, question in enumerate(questions, 1)
        ]
        title = theme.title.in_language(LANGUAGE)
        found.append(
            {"id": f"theme-{number}", "number": str(number), "title": title, "paragraphs": paragraphs}
        )
    if criteria.interview_questions:
        number = len(asked) + 1
        said = [
            {"id": f"{number}.{place}", "sentences": [_of_staff(question)]}
            for place, question in enumerate(criteria.interview_questions, 1)
        ]
        found.append({"id": "staff", "number": str(number), "title": "What staff said", "paragraphs": said})
    found.append(
        {
            "id": "strengths",
            "title": "Strengths",
            "holds": "strengths",
            "before": "These were particular strengths:",
            "missing": "[No strengths have been chosen yet.]",
        }
    )
    found.append(
        {
            "id": "improvements",
            "title": "What should improve",
            "holds": "improvements",
            "before": "These matter most:",
            "missing": "[No areas for improvement have been chosen yet.]",
        }
    )
    return found


def _sentences(criteria: Criteria, question: Question) -> list[dict[str, Any]]:
    """The sentence of a question; where it is graded, how many cases were given each grade as well.

    Of a value it is in how many cases that is recorded, and how many have each of several choices.
    """
    if not question.is_judged:
        return _of_value(question)
    made = _sentence(criteria, question)
    grades = criteria.grades_of(question)
    if not grades:
        return [made]
    passed = [grade for grade in grades if grade.counts == "sufficient"]
    least = _grade(passed[-1])
    at_least = f"at least {least}" if len(passed) > 1 else least
    for key, words in made.items():
        made[key] = words.replace("work was good enough", f"grade was {at_least}").replace(
            "work was not good enough", f"grade was not {at_least}"
        )
    each = [
        {"about": f"{question.id}:{grade}", "some": f"{words} in {{|of cases}}."}
        for grade, words in _grade_phrases(criteria, question).items()
    ]
    return [made, *each]


def _of_value(question: Question) -> list[dict[str, Any]]:
    name = _plain(question.short.in_language(LANGUAGE))
    recorded = {
        "about": question.id,
        "some": f"{name}: this is recorded in {{|of cases}}.",
        "none": f"{name}: this is not recorded in {{|any cases}}.",
        "nothing": f"{name}: this was asked in no case.",
    }
    each = [
        {"about": f"{question.id}:{choice}", "some": f"{words} in {{|of cases}}."}
        for choice, words in _choice_phrases(question).items()
    ]
    return [recorded, *each]


def _choice_phrases(question: Question) -> dict[str, str]:
    """Return how the letter says each choice of ``question``."""
    name = _plain(question.short.in_language(LANGUAGE))
    texts = {choice.id: _without_braces(choice.text.in_language(LANGUAGE)) for choice in question.choices}
    return {choice: f"{name}: {words}" for choice, words in texts.items()}


def _grade_phrases(criteria: Criteria, question: Question) -> dict[str, str]:
    """Return how the letter says each grade of ``question``, by outcome; not of one that is the same as k."""
    grades = criteria.grades_of(question)
    passed = [grade for grade in grades if grade.counts == "sufficient"]
    name = _plain(question.short.in_language(LANGUAGE))
    return {
        grade.id: f"{name}: the grade was {_grade(grade)}"
        for grade in grades
        if grade not in passed or len(passed) > 1
    }


def _grade(grade: Outcome) -> str:
    """The words of a grade, without a number before them: "mostly met" for "3 - mostly met"."""
    words = _without_braces(grade.text.in_language(LANGUAGE))
    return re.sub(r"^[0-9]+[\s.:)\u2013-]+(?=[^\W\d_])", "", words)


def first_measures(criteria: Criteria) -> dict[str, list[str]]:
    """Return by which words the checker of an edited letter knows the grades and choices that one tells."""
    return {
        f"{question.id}:{grade}": [words]
        for question in criteria.questions
        for grade, words in (_grade_phrases(criteria, question) | _choice_phrases(question)).items()
    }


def _sentence(criteria: Criteria, question: Question) -> dict[str, Any]:
    name = _plain(question.short.in_language(LANGUAGE))
    # Before the number, because behind it stands which of them were judged: "to which this applied".
    group = _group(criteria, question)
    made = {
        "about": question.id,
        "some": f"{name}{group}: the work was good enough in {{|of cases}}.",
        "few": f"{name}{group}: the work was good enough in only {{|of cases}}.",
        "none": f"{name}{group}: the work was not good enough in {{|any cases}}.",
        "nothing": f"{name}: this {{unjudged}}.",
        "other": "In {|other unit} it was not, because {reasons}.",
        "because": "This was because {reasons}.",
    }
    if question.when is not None:
        made["nothing"] = f"{name}: this had to be looked at in no case."
        made["unjudged"] = f"{name}: this {{unjudged}}."
        made["unrecorded"] = f"{name}: it was not recorded in which cases this had to be looked at."
    return made


def _group(criteria: Criteria, question: Question) -> str:
    """Return of which records a question is asked: " (cases where a review was due)"; "" where of all."""
    words = question.population.in_language(LANGUAGE) if question.population else ""
    of = next((p for p in criteria.populations if p.id == criteria.population_of(question.id)), None)
    many = of.many.in_language(LANGUAGE) if of else "cases"
    return f" ({_without_braces(f'{many} {words}')})" if words else ""


def _of_staff(question: InterviewQuestion) -> dict[str, Any]:
    name = _plain(question.short.in_language(LANGUAGE))
    return {
        "about": question.id,
        "unit": "people",
        "some": f"{name}: {{|of people}} said yes.",
        "none": f"{name}: {{|of people}} said yes.",
        "nothing": f"{name}: nobody was asked about this.",
        "unjudged": f"{name}: this was not answered.",
    }


def _plain(words: str) -> str:
    """``words`` with a capital at the beginning."""
    words = _without_braces(words)
    return words[:1].upper() + words[1:]


def _without_braces(words: str) -> str:
    """``words`` in one line, without braces, which would be figures."""
    return " ".join(words.replace("{", "(").replace("}", ")").split())
