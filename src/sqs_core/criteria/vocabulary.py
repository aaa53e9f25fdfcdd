"""The words that people use for what a version asks: numbers, names, outcomes and reasons.

"2.3", "roh.plan" and "risk of harm plan" are one question, "yes" and "sufficient" one outcome, in every
command, in plain mode and on the screens.  The ``…_called`` functions give None for a word that means
nothing; :func:`question_meant` and :func:`outcome_meant` refuse it with what would have worked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqs_core.criteria.model import Criteria
from sqs_core.criteria.questions import InterviewQuestion, Outcome, Prompt, Question, Theme, Weight
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.text import first_few, whole_number

WEIGHTS: Final[Mapping[str, Weight | None]] = {
    **dict.fromkeys(("yes", "y", "+"), "yes"),
    **dict.fromkeys(("no", "n", "-"), "no"),
    **dict.fromkeys(("not-applicable", "n/a", "na", "x", "/"), "not-applicable"),
    "none": None,
}
"""The words by which a point is weighed; with "none" it is not weighed any more."""

MOST_NAMED = 8
"""So many questions are named where a word is in the names of several."""


def question_called(criteria: Criteria, word: str) -> str | None:
    """Return the question whose number, id or whole short name is ``word``."""
    word = " ".join(word.lower().split())
    for name, number in criteria.question_numbers.items():
        if word in (number.lower(), name.lower(), str(criteria.question(name).short).lower()):
            return name
    return None


def questions_named(criteria: Criteria, words: str) -> tuple[str, ...]:
    """Return the questions that ``words`` can mean, in the version's order.

    One where it is a number, an id or a whole name; else all in whose id or short name each word stands.
    """
    exact = question_called(criteria, words)
    if exact is not None:
        return (exact,)
    wanted = words.lower().split()
    return tuple(
        question.id
        for question in criteria.questions
        if wanted and all(word in f"{question.id} {question.short}".lower() for word in wanted)
    )


def question_meant(criteria: Criteria, words: str) -> str:
    """Return the one question that ``words`` mean.

    Raises:
        UsageError: no question is called so, or several are; the sentence names them.
    """
    found = questions_named(criteria, words)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(several_named(criteria, words, found))
    known = [question.id for question in criteria.questions]
    raise UsageError(f"no question '{words}' in {criteria.id}; {did_you_mean(words, known)}")


def several_named(criteria: Criteria, words: str, found: Sequence[str]) -> str:
    """Return the sentence that names the questions in whose names ``words`` are."""
    numbers = criteria.question_numbers
    named = first_few([f"{numbers[name]} {criteria.question(name).short}" for name in found], MOST_NAMED)
    return f'"{words}" is in the names of several questions: {named}. Type a number.'


def outcome_called(criteria: Criteria, question: Question, words: str) -> Outcome | None:
    """Return the outcome of ``question`` meant by its place in the list, its key, its id or its words."""
    word = words.strip().lower().rstrip(".")
    for number, outcome in enumerate(criteria.outcomes_of(question), 1):
        text = str(outcome.text).lower()
        # Where the answer is a value, a number may be that, or the place of a choice.
        place = str(number) if question.is_judged else ""
        if word and word in (place, outcome.key, outcome.id, text, outcome.word):
            return outcome
    return None


def outcome_meant(criteria: Criteria, question: Question, words: str) -> Outcome:
    """Return the outcome of ``question`` that ``words`` mean; UsageError names those it has."""
    return outcome_called(criteria, question, words) or criteria.outcome_of(question, words)


def reasons_called(reasons: Sequence[str], words: str) -> frozenset[str] | str | None:
    """Return the reasons meant by numbers or ids, several in one line.

    A sentence where a number is too high; None where ``words`` are something else.
    """
    parts = words.lower().replace(",", " ").split()
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    if len(numbers) == len(parts):
        wrong = [number for number in numbers if not 1 <= number <= len(reasons)]
        if wrong:
            return f"There is no reason {wrong[0]}; they are numbered 1 to {len(reasons)}."
        return frozenset(reasons[number - 1] for number in numbers)
    return frozenset(parts) if all(part in reasons for part in parts) else None


def weights_called(prompts: Sequence[Prompt], words: str) -> dict[str, Weight | None] | str | None:
    """Return how the points named by numbers or ids are weighed: "1 3 yes, 2 no".

    A sentence where a number is too high or nothing says how; None where ``words`` are something else.
    """
    known = {prompt.id: prompt.id for prompt in prompts}
    known |= {str(number): prompt.id for number, prompt in enumerate(prompts, 1)}
    found: dict[str, Weight | None] = {}
    named: list[str] = []
    for part in words.lower().replace(",", " ").replace("=", " ").split():
        if part in known:
            named.append(known[part])
        elif part in WEIGHTS and named:
            found |= dict.fromkeys(named, WEIGHTS[part])
            named = []
        elif (number := whole_number(part)) is not None:
            return f"There is no point {number}; they are numbered 1 to {len(prompts)}."
        else:
            return None
    if named:
        return "How is it weighed? Say yes, no or n/a behind the numbers, for example 1 3 yes, 2 no."
    return found or None


def whose_words(criteria: Criteria, text: Question | InterviewQuestion | Theme) -> str:
    """Return whose words a question with its points, or a title, is in, and where published; "" where unsaid.

    "ours; points to weigh: paraphrase; guide on effective practice in case management, 2021".
    """
    prompts = text.prompts if isinstance(text, Question) else ()
    wordings = dict.fromkeys(prompt.wording or criteria.wording for prompt in prompts)
    points = "".join(f"points to weigh: {wording}" for wording in wordings if wording)
    return "; ".join(filter(None, (text.wording or criteria.wording, points, str(text.place))))


def unmarked_texts(criteria: Criteria) -> tuple[str, ...]:
    """Return the themes, questions and points of which nothing says whose words they are in."""
    if criteria.wording:
        return ()
    texts: tuple[Theme | Question | InterviewQuestion, ...] = (
        *criteria.themes,
        *criteria.questions,
        *criteria.interview_questions,
    )
    points = ((question, prompt) for question in criteria.questions for prompt in question.prompts)
    return (
        *(text.id for text in texts if not text.wording),
        *(f"{question.id}: {prompt.id}" for question, prompt in points if not prompt.wording),
    )


def days_in_force(criteria: Criteria) -> str:
    """Return from when to when a version is in force; "" where it says neither day."""
    first, last = criteria.in_force_from, criteria.in_force_to
    if first is None and last is None:
        return ""
    begins = f"from {first.isoformat()}" if first else "first day not known"
    return f"{begins} to {last.isoformat()}" if last else f"{begins}, last day not known"
