"""Made-up inspections for the testing kit: every edge a renderer meets, nothing real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from attrs import evolve

from sqs_core import DEFAULT_CRITERIA
from sqs_core.criteria import Criteria, Fact, Outcome, Question, Text, Theme
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import RECORDED
from sqs_core.letter.report import Report
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Addressee, Inspection, Lead, Signatory
from sqs_core.records.interview import Interview, interview_with
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.scoring.states import applying_questions

# Stands in every private note: a renderer is given none, so no output may hold it.
CANARY = "qzxprivatenotezxq"
MANY = 14

ACCENTED = "Gwasanaeth Troseddau Ieuenctid Tŷ-ddŵr â’r Môr, Zoë Ångström, Łukasz Çelik"
MARKUP = (
    "<script>alert(1)</script> &amp; & *stars* _lines_ [link](https://example.org) \"quotes\" 'single' "
    "`code` # = - + @ =1+1 #set page() $x^2$ {{ name }} ${name} \\textbf{x} <!-- -->"
)
TAGS = '</title><script>alert(2)</script> "quoted" | `a` & b'
WORDS = "the plan for the work with each child"
MONTHS = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)
LONG_PLACE = (
    "the Royal Borough of Exampleton upon Wolds, the City and County Borough of Sampleford with its "
    "surrounding districts, and the Unitary Authority of "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
)
CONTROL = "bell \x07 escape \x1b[31mred nul \x00 bidi \u202e zero\u200bwidth line\nbreak tab\tstop"


def reference(place: int) -> str:
    """Return the reference of the made-up case ``place``: no word or number of any letter.

    >>> reference(7)
    'Qzx07xzQ'
    """
    return f"Qzx{place:02}xzQ"


def samples(options: Mapping[str, str], criteria: Criteria | None = None) -> Mapping[str, Report]:
    """Return every sample report by its kind, under ``criteria``, or under those that show the kind best."""
    made = _under(criteria) if criteria is not None else _shipped()
    return {kind: evolve(report, options=dict(options)) for kind, report in made.items()}


@cache
def untouched() -> Mapping[str, Report]:
    """Every sample report once more, of which no renderer gets hold: to see whether one changed its own."""
    return _made()


@cache
def _shipped() -> Mapping[str, Report]:
    return _made()


def _made() -> dict[str, Report]:
    from sqs_core import load_criteria

    under_sqs, audit = _under(load_criteria(DEFAULT_CRITERIA, plugins=False)), load_criteria("local-audit")
    rated = load_criteria("yjs-2018", plugins=False)
    return under_sqs | {
        "four-grades": _report(_with_four_grades(audit), MANY, WORDS),
        "rated": _report(rated, MANY, WORDS),
        "six-themes": _report(_with_six_themes(audit), MANY, WORDS, people=0),
    }


def _under(criteria: Criteria) -> dict[str, Report]:
    many = _report(criteria, MANY, WORDS)
    return {
        "full": many,
        "one-case": _report(criteria, 1, "the plan"),
        "empty": _report(criteria, 0, ""),
        "accented": _report(criteria, 3, ACCENTED),
        "markup": _report(criteria, 3, MARKUP),
        "control": _report(criteria, 3, CONTROL),
        "long": _report(criteria, 3, "unbroken" * 40 + " and many words " * 1000, LONG_PLACE),
        "odd-criteria": _report(_with_markup(criteria), MANY, MARKUP, TAGS),
        "four-grades": _report(_with_four_grades(criteria), MANY, WORDS),
        "rated": many,
        "welsh": _report(_in_welsh(criteria), 3, ACCENTED, "Tŷ-ddŵr", language="cy"),
        "no-letter": _report(evolve(criteria, letter=None), MANY, WORDS),
        "practice": evolve(_report(criteria, 3, WORDS), practice=True),
        "draft": evolve(_report(criteria, 3, WORDS), draft="Two things are left."),
        "many-cases": _report(criteria, 24, WORDS),
        "six-themes": _report(_with_six_themes(criteria), MANY, WORDS, people=0),
    }


def _report(
    criteria: Criteria,
    cases: int,
    words: str,
    area: str = "Exampleton",
    *,
    people: int = 5,
    language: str = "",
) -> Report:
    from sqs_core import count_findings, report_on

    interviews = made_up_interviews(criteria, min(cases, people))
    findings = count_findings(criteria, made_up_cases(criteria, cases), interviews)
    inspection = evolve(_inspection(criteria, words, area), language=language)
    return report_on(inspection, findings, _narrative(words), letter=criteria.letter is not None)


# ---------------------------------------------------------------- odd criteria


def _with_markup(criteria: Criteria) -> Criteria:
    """Return ``criteria`` with texts that a page would act on and a table would be torn by."""

    def odd(text: Text) -> Text:
        return Text.plain(f"{TAGS}\n{text}") if text else text

    reasons = tuple(evolve(reason, text=odd(reason.text)) for reason in criteria.common_reasons)
    letter = criteria.letter
    return evolve(
        criteria,
        title=odd(criteria.title),
        source=odd(criteria.source),
        outcomes=tuple(evolve(outcome, text=odd(outcome.text)) for outcome in criteria.outcomes),
        themes=tuple(evolve(t, title=odd(t.title), label="<1>") for t in criteria.themes),
        facts=tuple(evolve(fact, text=odd(fact.text)) for fact in criteria.facts),
        questions=tuple(
            evolve(
                question,
                text=odd(question.text),
                short=odd(question.short),
                guidance=odd(question.guidance),
                reasons=tuple(evolve(reason, text=odd(reason.text)) for reason in question.reasons),
            )
            for question in criteria.questions
        ),
        common_reasons=reasons,
        interview_questions=tuple(
            evolve(question, text=odd(question.text), short=odd(question.short))
            for question in criteria.interview_questions
        ),
        subsets=tuple(evolve(subset, text=odd(subset.text)) for subset in criteria.subsets),
        letter=letter and evolve(letter, title=odd(letter.title)),
    )


def _with_four_grades(criteria: Criteria) -> Criteria:
    """Return ``criteria`` in which every question has a grade above and one below those it had."""
    taken = {outcome.key for outcome in criteria.outcomes} | {outcome.mark for outcome in criteria.outcomes}
    free = (letter for letter in "owvuzqjgh" if letter not in taken)
    best, worst = next(free), next(free)
    grades = (
        Outcome("outstanding", Text.plain("outstanding"), "sufficient", best, best),
        Outcome("inadequate", Text.plain("inadequate"), "insufficient", worst, worst),
    )
    names = tuple(grade.id for grade in grades)
    return evolve(
        criteria,
        outcomes=(*criteria.outcomes, *grades),
        default_outcomes=(*criteria.default_outcomes, *names),
        questions=tuple(
            evolve(
                question,
                outcomes=(*question.outcomes, *names) if question.outcomes and question.is_judged else (),
            )
            for question in criteria.questions
        ),
    )


def _with_six_themes(criteria: Criteria) -> Criteria:
    """Return ``criteria`` with its questions in six themes, and a seventh without any."""
    themes = [Theme(f"theme-{n}", str(n), Text.plain(f"Theme {n} of seven")) for n in range(1, 8)]
    questions = [
        evolve(question, theme=themes[place * 6 // len(criteria.questions)].id)
        for place, question in enumerate(criteria.questions)
    ]
    return evolve(criteria, themes=tuple(themes), questions=tuple(questions))


def _in_welsh(criteria: Criteria) -> Criteria:
    """``criteria`` that can write in Welsh: only the title and the months, which are enough to tell."""
    plan = criteria.letter
    if plan is None:
        return criteria
    words = evolve(next(iter(plan.words.values())), months=MONTHS)
    return evolve(
        criteria,
        languages=tuple(dict.fromkeys((*criteria.languages, "cy"))),
        letter=evolve(
            plan,
            title=Text({**plan.title.wordings, "cy": "Adroddiad ar waith yn {place}"}),
            words={"cy": words, **plan.words},
        ),
    )


# ---------------------------------------------------------------- what is in them


def _inspection(criteria: Criteria, words: str, area: str) -> Inspection:
    if not words:
        return Inspection("A service", criteria.id, criteria.hash)
    short = words[:120]
    return Inspection(
        service=f"Service of {short}",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        area=area,
        first_day=date(2012, 11, 26),
        last_day=date(2012, 11, 28),
        letter_date=date(2012, 12, 19),
        note=f"Sample: {short}",
        letterhead=("Inspectorate of Samples", short),
        addressee=Addressee("Sam Sample", "Sam", (short,)),
        lead=Lead("Alex Sample", "020 7946 0000", "alex@example.org"),
        signatory=Signatory("Kim Sample", short),
        copies=("One", short, "Three"),
        publications_note=short,
    )


def _narrative(words: str) -> Narrative:
    if not words:
        return Narrative()
    return Narrative(
        summary=f"A first part about {words}.\n\nA second part, with {{cases|count cases}}.",
        paragraphs={"2.2": EditedParagraph(add=f"We add {words}.")},
        strengths=(Strength(f"A strength: {words}"), Strength("- a line that begins with a mark")),
        improvements=tuple(Improvement(f"area {place}: {words[:200]}") for place in range(1, 13)),
    )


def made_up_cases(criteria: Criteria, count: int) -> list[CaseRecord]:
    """Return ``count`` cases in which every outcome and reason of ``criteria`` turns up in turn.

    Every second one has answers to questions that do not apply (parked); the last, where there
    are more than two, is left half answered.
    """
    made = []
    for place in range(1, count + 1):
        record = CaseRecord(
            case=reference(place),
            criteria=criteria.id,
            criteria_hash=criteria.hash,
            inspector="AB",
            case_manager="CD",
            assessed_with_case_manager=place % 3 != 0,
            facts={fact.id: _value(fact, place + turn) for turn, fact in enumerate(criteria.facts)},
        )
        questions = criteria.questions
        if place % 2:
            questions = tuple(criteria.question(name) for name in applying_questions(criteria, record))
        if count > 2 and place == count:
            questions = questions[: len(questions) // 2]
        for turn, question in enumerate(questions):
            if not question.is_judged:
                record = record.answering(question.id, _given(question, place + turn))
                continue
            outcomes = criteria.outcomes_of(question)
            # Three in four are sufficient, as in most inspections; the others take turns.
            other = 1 + (place + turn) // 4 % (len(outcomes) - 1) if len(outcomes) > 1 else 0
            outcome = outcomes[other if (place + turn) % 4 == 0 else 0]
            reasons = criteria.reasons_of(question, outcome.id)[:2]
            answer = Answer(
                outcome=outcome.id,
                reasons=tuple(reason.id for reason in reasons),
                evidence=CANARY,
                said=CANARY,
                learning=CANARY,
                strength=CANARY,
            )
            record = record.answering(question.id, answer)
        made.append(record)
    return made


def made_up_interviews(criteria: Criteria, count: int) -> list[Interview]:
    """Return ``count`` interviews, the last of someone who gave no views."""
    roles = list(criteria.letter.roles) if criteria.letter else []
    made = []
    for place in range(count):
        outcomes = criteria.interview_outcomes
        answers = {
            question.id: outcomes[0 if (place + turn) % 3 else turn % len(outcomes)].id
            for turn, question in enumerate(criteria.interview_questions)
        }
        gave = count < 2 or place < count - 1
        role = roles[place % len(roles)] if roles else ""
        made.append(
            interview_with(
                person="ABCDEFGH"[place],
                criteria=criteria.id,
                criteria_hash=criteria.hash,
                role=role,
                gave_views=gave,
                note=CANARY,
                answers=answers if gave else {},
            )
        )
    return made


def _given(question: Question, turn: int) -> Answer:
    value = None if question.answer == "text" else _value(question.as_fact, turn)
    return Answer(RECORDED.id, evidence=CANARY, said=CANARY, value=value)


def _value(fact: Fact, turn: int) -> FactValue:
    if fact.kind == "boolean":
        return turn % 3 != 0
    if fact.kind == "choice":
        return fact.choices[turn % len(fact.choices)].id
    if fact.kind == "several":
        return tuple(choice.id for choice in fact.choices[turn % 2 :])
    if fact.kind == "number":
        return min(fact.least + turn, fact.most)
    if fact.kind == "date":
        return date(2012, 9, 1 + turn % 28)
    return "a text"
