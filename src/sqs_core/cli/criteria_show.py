"""What a version asks, when, how it can be answered, and how it is rated.

examples:
  sqs criteria show sqs-2012
  sqs criteria show my-audit.toml --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from attrs import asdict

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import echo, echo_json, table
from sqs_core.criteria import Criteria, InterviewQuestion, Question, Rollup, Theme
from sqs_core.criteria.conditions import describe_condition
from sqs_core.criteria.questions import Prompt
from sqs_core.criteria.vocabulary import days_in_force, whose_words
from sqs_core.exports.data import pick
from sqs_core.storage.library import find_criteria
from sqs_core.text import counted
from sqs_core.workflow.answering import answer_hint


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria show``."""
    parser.add_argument("id", metavar="ID", help="the version to show, or its file", completer=criteria_ids)
    takes_json(parser)


def run(args: Namespace) -> int:
    """Show it."""
    criteria = find_criteria(args.id)
    if args.json:
        echo_json(criteria_data(criteria))
    else:
        echo(criteria_text(criteria))
    return 0


def criteria_data(criteria: Criteria) -> dict[str, Any]:
    """Return what a version asks, as data."""
    return {
        **pick(criteria, "id", "hash", "title", "source", "status", "languages"),
        "populations": [pick(p, "id", "title") for p in criteria.populations],
        "missing": [pick(m, "what", "where", "of") for m in criteria.missing],
        "facts": [
            {**pick(f, "id", "text", "kind"), "choices": [c.id for c in f.choices]} for f in criteria.facts
        ],
        "in_force": {"from": criteria.in_force_from, "to": criteria.in_force_to},
        "themes": [{**pick(t, "id", "label", "title"), **_marks(criteria, t)} for t in criteria.themes],
        "questions": [
            {
                **pick(q, "id", "theme", "text", "guidance"),
                "applies": describe_condition(q.when),
                "replaces": q.replaces,
                "timely": asdict(q.timely) if q.timely else None,
                "lowest_of": q.lowest_of,
                **({} if q.is_judged else {"answer": q.answer, "choices": [c.id for c in q.choices]}),
                "outcomes": [o.id for o in criteria.outcomes_of(q)],
                "reasons": [pick(r, "id", "text") for r in criteria.reasons_of(q)],
                "prompts": [{**pick(p, "id", "text"), **_marks(criteria, p)} for p in q.prompts],
                **_marks(criteria, q),
            }
            for q in criteria.questions
        ],
        "interview_questions": [
            {**pick(q, "id", "text"), **_marks(criteria, q)} for q in criteria.interview_questions
        ],
        "rollups": [
            {
                **pick(r, "id", "title", "model", "of"),
                "denominator": r.denominator or None,
                "fewest_cases": r.fewest_cases or None,
                "bands": [pick(b, "id", "text", "score", "at_least") for b in r.bands],
            }
            for r in criteria.rollups
        ],
        "profiles": [pick(p, "id", "title", "questions") for p in criteria.profiles],
    }


def _marks(criteria: Criteria, text: Theme | Question | InterviewQuestion | Prompt) -> dict[str, str | None]:
    """Whose words a text is, and where they are published; of the whole version, where it does not say."""
    return {"wording": text.wording or criteria.wording or None, "place": str(text.place) or None}


def criteria_text(criteria: Criteria) -> str:
    """Return what a version asks, in words."""
    draft = " (a draft)" if criteria.status == "draft" else ""
    lines = [
        f"{criteria.id}: {criteria.title}{draft}",
        f"source: {criteria.source}",
        f"hash: {criteria.hash}",
        *([f"in force: {days}"] if (days := days_in_force(criteria)) else []),
        "",
    ]
    for population in criteria.populations:
        lines.append(f"population {population.id}: {population.title}; {population.sampled}".rstrip("; "))
    lines += [f"missing: {missing}" for missing in criteria.missing]
    lines += [""] if criteria.populations or criteria.missing else []
    lines += ["Facts of a case", table((f"  {f.id}", f.kind, str(f.text)) for f in criteria.facts)]
    numbers = criteria.question_numbers
    for theme in criteria.themes:
        lines += ["", f"{theme.label} {theme.title}"]
        lines += [f"  title {words}"] if (words := whose_words(criteria, theme)) else []
        for question in criteria.theme_questions(theme.id):
            outcomes = ", ".join(o.id for o in criteria.outcomes_of(question))
            reasons = ", ".join(r.id for r in criteria.reasons_of(question))
            lines += [
                f"  {numbers[question.id]} {question.id}  {question.text}",
                f"      asked {describe_condition(question.when)}",
                *(
                    (f"      outcomes {outcomes}", f"      reasons {reasons}")
                    if question.is_judged
                    else (f"      answer {_value(question)}{outcomes and f', or {outcomes}'}",)
                ),
            ]
            points = ", ".join(prompt.id for prompt in question.prompts)
            lines += [f"      points {points}"] if points else []
            lines += [f"      wording {words}"] if (words := whose_words(criteria, question)) else []
    if criteria.interview_questions:
        lines += ["", "Staff interviews"]
        for asked in criteria.interview_questions:
            lines.append(f"  {asked.id}  {asked.text}")
            lines += [f"      wording {words}"] if (words := whose_words(criteria, asked)) else []
    if criteria.rollups:
        lines += ["", "Ratings"]
        lines += [f"  {r.id}  {r.title}: {rollup_words(r)}" for r in criteria.rollups]
    for profile in criteria.profiles:
        lines += ["", f"Profile {profile.id}: {profile.title}", f"  {', '.join(profile.questions)}"]
    return "\n".join(lines)


def rollup_words(rollup: Rollup) -> str:
    """Return how a rating comes about, in words."""
    if rollup.model == "none":
        return "no rating"
    if rollup.model == "given":
        return "given by the inspectors: " + ", ".join(str(band.text) for band in rollup.bands)
    if rollup.model == "worst":
        return f"the lowest of {', '.join(rollup.of)}"
    limits = ", ".join(
        f"{band.text} from {band.at_least}" if band.at_least is not None else str(band.text)
        for band in rollup.bands
    )
    if rollup.model == "sum":
        return f"points of {', '.join(rollup.of)}: {limits}"
    means = {
        "answers": "all answers",
        "questions": "the mean of the questions",
        "themes": "the mean of the themes",
    }
    share = f"the share of {means.get(rollup.denominator, 'cases')} sufficient"
    return f"{share}, from {counted(rollup.fewest_cases, 'case')} on: {limits}"


def _value(question: Question) -> str:
    choices = ", ".join(choice.id for choice in question.choices)
    return f"{question.answer} ({choices or answer_hint(question)})"
