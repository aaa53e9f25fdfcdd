"""How long it takes to know which questions apply to a case, per question, against a named floor.

The floor is what no implementation in Python could leave out: one dictionary look-up and one
comparison for each test of each condition.  The version is generated: 500 questions, 3,000 tests,
nested conditions, and chains of answers forty questions long.  It is linted as well.
"""

from __future__ import annotations

from rounds import Row, against, interleaved

from sqs_core.criteria import Criteria
from sqs_core.records import Answer, CaseRecord
from sqs_core.scoring.states import question_states
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.lint_files import lint_without_claims

QUESTIONS, TESTS_EACH, FACTS = 500, 6, 60
HEAD = """\
format = 1
id = "big"
title = "A generated version"
source = "generated to measure with"
languages = ["en"]
default_outcomes = ["yes", "no"]
outcomes = [
    { id = "yes", text = "yes", counts = "sufficient", key = "y", mark = "y" },
    { id = "no", text = "no", counts = "insufficient", key = "n", mark = "n" },
]
common_reasons = [{ id = "late", text = "late" }]
themes = [{ id = "t", label = "1", title = "T" }]
"""


def generated(questions: int = QUESTIONS) -> bytes:
    """The file of a version with ``questions`` questions and six tests each."""
    parts = [HEAD]
    parts += [f'[[facts]]\nid = "f{i}"\ntext = "Fact {i}"\n' for i in range(FACTS)]
    for i in range(questions):
        tests = [f'{{ fact = "f{(i * 7 + j * 11) % FACTS}", "!=" = false }}' for j in range(TESTS_EACH - 1)]
        before = i - 1 if i % 40 else None  # chains of forty
        last = f'{{ fact = "f{i % FACTS}", exists = true }}'
        if before is not None:
            last = f'{{ answer = "q{before}", in = ["yes", "no"] }}'
        some = f"{{ any = [{', '.join(tests[2:])}] }}"
        when = f"{{ all = [{tests[0]}, {tests[1]}, {some}, {last}] }}"
        parts.append(
            f'[[questions]]\nid = "q{i}"\ntheme = "t"\nshort = "q{i}"\ntext = "Q {i}?"\nwhen = {when}\n'
        )
    return "\n".join(parts).encode()


def full_record(criteria: Criteria) -> CaseRecord:
    """A case to which every question applies, and which answers each."""
    facts = {fact.id: True for fact in criteria.facts}
    answers = {question.id: Answer("yes") for question in criteria.questions}
    return CaseRecord("01", criteria.id, criteria.hash, facts=facts, answers=answers)


def bench() -> list[Row]:
    """States of one case, and linting, of a generated version with 500 questions and 3,000 tests."""
    data = generated()
    criteria = read_criteria(data, "big.toml")
    record = full_record(criteria)
    tests = [(t.source, t.name, t.value) for q in criteria.questions if q.when for t in q.when.comparisons()]
    facts, answers = dict(record.facts), {q: a.outcome for q, a in record.answers.items()}

    def least() -> int:
        return sum((facts if s == "fact" else answers).get(name) == value for s, name, value in tests)

    states_of = interleaved({"states": lambda: question_states(criteria, record), "floor": least}, rounds=15)
    linting = interleaved(
        {
            "lint": lambda: lint_without_claims(data, "big.toml"),
            "read": lambda: read_criteria(data, "big.toml"),
        },
        rounds=9,
    )
    return [
        against(
            states_of,
            "states",
            "floor",
            what="which of 500 questions apply to a case",
            floor_is="one look-up and one comparison for each of the 3,000 tests",
        ),
        against(
            linting, "lint", "read", what="lint a version of 500 questions", floor_is="reading that version"
        ),
    ]
