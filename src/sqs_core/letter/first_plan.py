"""A first letter plan for any version: a section for each theme, a sentence for each question.

It says of each question by its short name in how many cases the work was good enough, and why it was not in
the others; of people (parents, staff) for how many it was so.  An author words it better; what stands here is
true of any question.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sqs_core.criteria import Criteria, InterviewQuestion, Outcome, Question
from sqs_core.errors import UsageError
from sqs_core.text import capitalised

LANGUAGE = "en"
STAFF = ("member of staff", "members of staff")
_WORK = frozenset({
    "case", "file", "record", "plan", "report", "order", "review", "assessment", "referral", "visit",
    "contact", "session", "meeting", "placement", "intervention", "programme", "disposal", "episode",
})  # fmt: skip
"""What work is done in: of a population called after one of these it is told how good the work was."""
PEOPLE_TAILS = {
    "so_far": "{unit} of whom it is known so far",
    "judged": "{unit} of whom it is known",
    "applied": "{unit} to whom this applied",
    "recorded": "{unit} of whom it is known",
}
"""How the letter says of which people something is known; nobody judges them."""
NOT_JUDGED_OF_PEOPLE = {
    "unknown": "this could not be judged for {|unknown cases}",
    "pending": "this must still be judged for {|pending cases}",
}
"""What stands for "two further cases could not be judged" where some of the populations are people."""


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


def populations_of_people(criteria: Criteria) -> tuple[str, ...]:
    """Return the populations whose records are people, and no pieces of work: "parent or carer", "child"."""
    heads = {p.id: p.one.in_language(LANGUAGE).lower().partition(" of ")[0] for p in criteria.populations}
    return tuple(name for name, head in heads.items() if head.split()[-1:] and head.split()[-1] not in _WORK)


class _Words(NamedTuple):
    """How a question is told of: what is said where it was so, and where not, "in" cases or "for" people."""

    yes: str
    no: str
    where: str
    one: str
    many: str

    @classmethod
    def of(cls, criteria: Criteria, question: Question) -> _Words:
        """Return the words for ``question``, with the nouns of the population that it is asked of."""
        population = criteria.population_of(question.id)
        nouns = next(((p.one, p.many) for p in criteria.populations if p.id == population), None)
        one, many = (_without_braces(n.in_language(LANGUAGE)) for n in nouns) if nouns else ("case", "cases")
        people = population in populations_of_people(criteria)
        yes, no = "the work was good enough", "the work was not good enough"
        if people:
            yes, no = "this was so", "this was not so"
        if grades := criteria.grades_of(question):
            passed = [grade for grade in grades if grade.counts == "sufficient"]
            least = f"{'at least ' if len(passed) > 1 else ''}{_grade(passed[-1])}"
            yes, no = f"the grade was {least}", f"the grade was not {least}"
        return cls(yes, no, "for" if people else "in", one, many)


def _sentences(criteria: Criteria, question: Question) -> list[dict[str, Any]]:
    """Return the sentence of a question; where it is graded, how many cases were given each grade as well.

    Of a value it is in how many cases that is recorded, and how many have each of several choices.
    """
    words = _Words.of(criteria, question)
    sentence = _sentence(criteria, question, words) if question.is_judged else _of_value(question, words)
    each = _grade_phrases(criteria, question) | _choice_phrases(question)
    about = [
        {"about": f"{question.id}:{name}", "some": f"{said} {words.where} {{|of cases}}."}
        for name, said in each.items()
    ]
    return [sentence, *about]


def _of_value(question: Question, words: _Words) -> dict[str, Any]:
    name = _name(question)
    return {
        "about": question.id,
        "some": f"{name}: this is recorded {words.where} {{|of cases}}.",
        "none": f"{name}: this is not recorded {words.where} {{|any cases}}.",
        "nothing": f"{name}: this was asked {words.where} no {words.one}.",
    }


def _choice_phrases(question: Question) -> dict[str, str]:
    """Return how the letter says each choice of ``question``."""
    name = _name(question)
    texts = {choice.id: _without_braces(choice.text.in_language(LANGUAGE)) for choice in question.choices}
    return {choice: f"{name}: {words}" for choice, words in texts.items()}


def _grade_phrases(criteria: Criteria, question: Question) -> dict[str, str]:
    """Return how the letter says each grade of ``question``, by outcome; not of one that is the same as k."""
    grades = criteria.grades_of(question)
    passed = [grade for grade in grades if grade.counts == "sufficient"]
    name = _name(question)
    return {
        grade.id: f"{name}: the grade was {_grade(grade)}"
        for grade in grades
        if grade not in passed or len(passed) > 1
    }


def _grade(grade: Outcome) -> str:
    """Return the words of a grade, without a number before them: "mostly met" for "3 - mostly met"."""
    words = _without_braces(grade.text.in_language(LANGUAGE))
    return re.sub(r"^[0-9]+[\s.:)\u2013-]+(?=[^\W\d_])", "", words)


def first_measures(criteria: Criteria) -> dict[str, list[str]]:
    """Return by which words the checker of an edited letter knows the grades and choices that one tells."""
    return {
        f"{question.id}:{grade}": [words]
        for question in criteria.questions
        for grade, words in (_grade_phrases(criteria, question) | _choice_phrases(question)).items()
    }


def _sentence(criteria: Criteria, question: Question, words: _Words) -> dict[str, Any]:
    name = _name(question)
    # Before the number, because behind it stands which of them were judged: "to which this applied".
    yes, no, where, one, many = words
    of = _without_braces(question.population.in_language(LANGUAGE))
    group = f" ({many} {of})" if of else ""
    made = {
        "about": question.id,
        "some": f"{name}{group}: {yes} {where} {{|of cases}}.",
        "few": f"{name}{group}: {yes} {where} only {{|of cases}}.",
        "none": f"{name}{group}: {no} {where} {{|any cases}}.",
        "nothing": f"{name}: this {{unjudged}}.",
        "other": f"{where.capitalize()} {{|other unit}} it was not, because {{reasons}}.",
        "because": "This was because {reasons}.",
    }
    if question.when is not None:
        made["nothing"] = f"{name}: this had to be looked at {where} no {one}."
        made["unjudged"] = f"{name}: this {{unjudged}}."
        made["unrecorded"] = f"{name}: it was not recorded {where} which {many} this had to be looked at."
    return made


def _of_staff(question: InterviewQuestion) -> dict[str, Any]:
    name = _name(question)
    return {
        "about": question.id,
        "unit": "people",
        "some": f"{name}: {{|of people}} said yes.",
        "none": f"{name}: {{|of people}} said yes.",
        "nothing": f"{name}: nobody was asked about this.",
        "unjudged": f"{name}: this was not answered.",
    }


def _name(question: Question | InterviewQuestion) -> str:
    """Return the short name of a question with a capital at the beginning."""
    return capitalised(_without_braces(question.short.in_language(LANGUAGE)))


def _without_braces(words: str) -> str:
    """Return ``words`` in one line, without braces, which would be figures."""
    return " ".join(words.replace("{", "(").replace("}", ")").split())
