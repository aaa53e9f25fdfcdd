"""What a lay member of a board reads: each of the worst sentences ever found, as a test of its kind."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from composing import EXEMPT, NO, UNKNOWN, YES, composed, said, text_of
from made_up import versions_with_a_letter, write_inspection
from sqs_core import open_inspection
from sqs_core.criteria import Criteria
from sqs_core.letter.document import Document, Heading, Paragraph
from sqs_core.records import Improvement, Narrative, Strength
from sqs_core.storage.library import load_criteria
from sqs_core.workflow.composing import compose_report

PSR = {"psr_prepared": True}
HARM = {"rosh_identified": True}
REVIEW = {"review_due": True}


def no(*reasons: str) -> tuple[str, tuple[str, ...]]:
    return NO, reasons


# ---------------------------------------------------------------- populations


def test_a_population_is_told_though_not_all_of_it_could_be_judged(criteria: Criteria) -> None:
    document = composed(criteria, [{**PSR, "lor.psr": YES}, {**PSR, "lor.psr": UNKNOWN}])
    assert said(document, "1.2") == (
        "We saw two cases with a pre-sentence report (PSR). The report was good in the one case we could judge."
    )


def test_a_population_that_nobody_could_judge_is_no_absence(criteria: Criteria) -> None:
    document = composed(criteria, [{**PSR, "lor.psr": UNKNOWN}] * 2)
    assert said(document, "1.2") == (
        "We saw two cases with a pre-sentence report (PSR), but how good the report was could not be judged."
    )


def test_what_is_left_of_a_population_is_told_before_one_part_of_it(criteria: Criteria) -> None:
    wrong = {**PSR, "sen.barriers.assess": no("learning-style")}
    document = composed(
        criteria, [wrong, wrong, {"sen.barriers.assess": YES}, {"sen.barriers.assess": UNKNOWN}]
    )
    assert said(document, "4.3").partition("missed. ")[2] == (
        "One further case could not be judged. The assessment was not good enough in either of the two cases with a "
        "pre-sentence report."
    )


def test_where_the_facts_were_not_recorded_the_letter_says_that(criteria: Criteria) -> None:
    document = composed(criteria, [{"lor.psr": YES}])
    assert said(document, "1.2") == "It was not recorded whether there was a pre-sentence report (PSR)."


def test_those_not_judged_are_told_after_all_that_is_said_of_those_who_were(criteria: Criteria) -> None:
    answers = [YES, no("no-plan"), UNKNOWN, None, "not-applicable"]
    document = composed(criteria, [{**HARM, "roh.plan": answer} for answer in answers])
    assert said(document, "2.2").partition("assessment. ")[2] == (
        "Where a risk of harm had been identified, we found that this had been done well enough in one of the two "
        "cases judged so far. In the other case, there was no risk management plan. One further case could not "
        "be judged, one further case must still be judged, and this did not apply to one further case."
    )


# ---------------------------------------------------------------- verdicts and findings


@pytest.mark.parametrize(("cases", "verdict"), [(1, False), (4, False), (5, True), (14, True)])
def test_praise_needs_as_many_cases_as_the_version_says(
    criteria: Criteria, cases: int, verdict: bool
) -> None:
    document = composed(criteria, [{"lor.plan": YES}] * cases)
    assert ("The YOS was very good at planning." in said(document, "1.4")) is verdict


def test_praise_needs_most_of_the_population(criteria: Criteria) -> None:
    document = composed(criteria, [*[{"lor.plan": YES}] * 6, *[{"lor.plan": UNKNOWN}] * 7])
    assert "very good" not in said(document, "1.4")


def test_what_no_question_asks_is_not_told(criteria: Criteria) -> None:
    learning = {"sen.barriers.assess": no("learning-style")}
    document = composed(criteria, [{**PSR, **learning}, {**PSR, **learning}, {"sen.barriers.assess": YES}])
    assert said(document, "4.3").partition("engagement. ")[2] == (
        "The assessment of these was good enough in only one of the three cases. In the other two cases, the child "
        "or young person's learning style had been missed. The assessment was not good enough in either of the two "
        "cases with a pre-sentence report."
    )


@pytest.mark.parametrize("version", versions_with_a_letter())
@pytest.mark.parametrize("kind", ["empty", "not-known", "nothing-recorded"])
def test_where_nothing_was_judged_no_letter_says_how_anything_was_done(version: str, kind: str) -> None:
    asked = load_criteria(version, plugins=False)
    case: dict[str, object] = {}
    if kind == "not-known":
        case = {f.id: True for f in asked.facts if f.kind == "boolean"}
        case |= {f.id: f.choices[0].id for f in asked.facts if f.kind == "choice"}
        case |= {q.id: UNKNOWN for q in asked.questions}
    text = text_of(composed(asked, [case] * (0 if kind == "empty" else 7)))
    told = re.findall(
        r"\b(?:good|well|enough|properly|thoroughly|poor|missed|pleased|clearly)\b[^.]*\.", text
    )
    allowed = r"could not be judged|must still be judged|good quality|should|need|how (?:good|well)|look(?:ed)? to see|long enough|important"
    assert [words for words in told if not re.search(allowed, _sentence(text, words), re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("answers", "said_of_it"),
    [
        ([UNKNOWN] * 2, "Engagement could not be judged."),
        ([None] * 2, "Engagement must still be judged."),
        ([UNKNOWN, None], "Engagement could not be judged so far."),
        ([EXEMPT] * 2, "Engagement did not have to be judged."),
        ([], ""),
    ],
)
def test_why_nothing_was_judged_is_told_as_it_is(
    criteria: Criteria, answers: list[str | None], said_of_it: str
) -> None:
    document = composed(criteria, [{"sen.engage": answer} for answer in answers])
    assert said(document, "4.2") == said_of_it


@pytest.mark.parametrize("version", versions_with_a_letter())
def test_where_no_case_was_looked_at_the_letter_tells_of_none(version: str) -> None:
    document = composed(load_criteria(version, plugins=False))
    assert [
        p.words
        for p in document.paragraphs()
        if re.search(r"\b(?:case had|in any case|cases with)\b", p.words)
    ] == []


def _sentence(text: str, words: str) -> str:
    at = text.index(words)
    return text[max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1 : at + len(words)]


# ---------------------------------------------------------------- repetitions


def test_a_letter_on_one_case_does_not_say_each_time_that_it_is_of_the_one_case(criteria: Criteria) -> None:
    case = {q.id: YES for q in criteria.questions} | {
        f.id: True for f in criteria.facts if f.kind == "boolean"
    }
    text = text_of(composed(criteria, [case]))
    assert len(re.findall("in the one case", text)) == 7
    assert "We found that the assessment was good enough. The assessment was properly reviewed" in text


def test_a_review_that_could_not_be_judged_is_told_beside_one_that_could(criteria: Criteria) -> None:
    case = {**REVIEW, "lor.assess.review": YES, "lor.plan.review": UNKNOWN}
    left = {**REVIEW, "lor.assess.review": None, "lor.plan.review": UNKNOWN}
    assert said(composed(criteria, [case, left]), "1.3") == (
        "Of the cases which had been going long enough, the assessment had been reviewed properly in the one case "
        "judged so far. "
        "One further case must still be judged. The review of the plan could not be judged."
    )


def test_reasons_that_begin_alike_are_told_as_one(criteria: Criteria) -> None:
    document = composed(criteria, [{**PSR, "lor.psr": no("custody", "vulnerability")}])
    assert said(document, "1.2").endswith(
        "This was because it did not pay enough attention to the use of custody or to the vulnerability of the "
        "child or young person."
    )


def test_reasons_that_end_alike_are_told_as_one(criteria: Criteria) -> None:
    answers = [no("learning-style"), no("communication"), YES, YES]
    document = composed(criteria, [{"sen.barriers.assess": answer} for answer in answers])
    assert (
        "the child or young person's learning style, or speech, language and communication needs, had been missed"
        in (said(document, "4.3"))
    )


def test_the_reasons_of_two_reviews_are_told_once(criteria: Criteria) -> None:
    late, poor = no("late"), no("poor")
    pairs = [(YES, YES), (late, late), (YES, poor), (poor, YES), (YES, late)]
    cases = [{**REVIEW, "lor.assess.review": a, "lor.plan.review": b} for a, b in pairs]
    assert said(composed(criteria, cases), "1.3") == (
        "In three of the five cases which had been going long enough, the assessment had been reviewed properly. The "
        "plan had been reviewed properly in only two of the five cases. Where this had not been done, the review was "
        "not on time or not quite good enough."
    )


def test_two_outcomes_of_one_question_are_told_in_one_sentence(criteria: Criteria) -> None:
    needs = {"vulnerability_identified": True, "custody": True}
    cases = [
        {**needs, "vul.plan": "absent"},
        {**needs, "vul.plan": no("not-clear")},
        {**needs, "custody": False, "vul.plan": YES},
    ]
    assert said(composed(criteria, cases), "3.3").partition("young person. ")[2] == (
        "Three cases in the sample had vulnerability or safeguarding needs to be met, but there was enough planning in "
        "place to deal with them in only one of the three cases. In one case there was no vulnerability management "
        "plan at all, and in one there was a plan, but it was not good enough, because it was not clear. Of the two "
        "cases where the child or young person was in custody, one had no vulnerability management plan at all and "
        "one had a plan that was not good enough."
    )


def test_a_subset_that_came_out_badly_keeps_its_preposition(criteria: Criteria) -> None:
    cases = [
        {"vul.assess": YES, "psr_prepared": False},
        *[{"vul.assess": NO, "psr_prepared": at < 1} for at in (0, 1)],
    ]
    assert "in only one of the three cases, but not in the one case with a pre-sentence report." in (
        said(composed(criteria, cases), "3.2")
    )


# ---------------------------------------------------------------- staff


def test_five_of_six_people_are_counted_and_not_called_almost_all(criteria: Criteria) -> None:
    people = [{"staff.watch": "yes"}] * 4 + [{"staff.watch": "no"}]
    assert said(composed(criteria, people=people), "management.staff").endswith(
        "All but one of the five people said that managers kept an eye on their work for risk of harm to others and "
        "safeguarding."
    )


def test_a_second_thing_that_people_said_does_not_begin_all_over_again(criteria: Criteria) -> None:
    people = [{"staff.wanted": "yes", "staff.watch": "yes"}] * 2 + [
        {"staff.wanted": "yes", "staff.watch": "no"}
    ]
    assert said(composed(criteria, people=people), "management.staff").partition("work there. ")[2] == (
        "All three people said that they understood what the YOS wanted them to do and why it was important. Two of "
        "the three people said that managers kept an eye on their work for risk of harm to others and safeguarding."
    )


def test_a_long_list_of_what_people_said_is_told_in_several_sentences(criteria: Criteria) -> None:
    names = ("wanted", "training", "skills", "skills.used", "supervision", "watch")
    people = [{f"staff.{name}": "yes" for name in names}] * 3
    told = said(composed(criteria, people=people), "management.staff")
    assert "They also said that their line managers used their skills and knowledge enough," in told
    assert max(len(sentence.split()) for sentence in told.split(". ")) < 55


def test_as_many_people_who_said_another_thing_are_counted_and_no_more(criteria: Criteria) -> None:
    names = ("wanted", "training", "skills", "watch")
    people = [{f"staff.{name}": "no" if name == left else "yes" for name in names} for left in names]
    assert said(composed(criteria, people=people), "management.staff").partition("work there. ")[2] == (
        "Three of the four people said that they understood what the YOS wanted them to do and why it was important. "
        "Three said that they were given enough training for their current job. Three said that their line "
        "managers had the skills and knowledge to help them improve the quality of their work. Three said that "
        "managers kept an eye on their work for risk of harm to others and safeguarding."
    )


def test_the_one_of_several_who_had_a_view_and_said_no_is_told_plainly(criteria: Criteria) -> None:
    people = [{"staff.guidance": "no"}, {"staff.guidance": "no-view"}]
    assert said(composed(criteria, people=people), "management.policies") == (
        "We did not find that the one person who had a view understood the guidance for effective working."
    )


def test_one_person_is_not_called_the_one_person(criteria: Criteria) -> None:
    document = composed(criteria, people=[{"staff.wanted": "yes", "staff.watch": "no"}])
    assert said(document, "management.staff").partition("work there. ")[2] == (
        "They said that they understood what the YOS wanted them to do and why it was important. They did not say that "
        "managers kept an eye on their work for risk of harm to others and safeguarding."
    )


def test_where_nobody_was_interviewed_no_policies_are_listed(criteria: Criteria) -> None:
    document = composed(criteria, [{}])
    assert said(document, "management.staff") == "No staff were interviewed for this inspection."
    assert said(document, "management.policies") == ""


# ---------------------------------------------------------------- what stands around the figures


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "conducted on 24 November 2026."),
        (date(2026, 11, 24), date(2026, 11, 26), "conducted during 24–26 November 2026."),
        (date(2026, 11, 30), date(2026, 12, 2), "conducted during 30 November 2026 to 2 December 2026."),
    ],
)
def test_one_day_is_a_day_on_which(criteria: Criteria, first: date, last: date, words: str) -> None:
    assert words in text_of(composed(criteria, dates=(first, last)))


def test_areas_are_recommended_only_where_some_are_chosen(criteria: Criteria) -> None:
    chosen = Narrative(improvements=(Improvement("planning"),))
    recommended = ["recommend" in text_of(composed(criteria, narrative=n)) for n in (None, chosen)]
    assert recommended == [False, True]


def test_a_strength_is_told_in_the_paragraph_it_belongs_to_where_its_author_wants_it(
    criteria: Criteria,
) -> None:
    example = Strength("For example, one plan was built round music.", ("sen.engage",), in_paragraph=True)
    listed = Strength("Staff stayed in touch.", ("sen.engage",))
    document = composed(criteria, [{"sen.engage": YES}] * 2, narrative=Narrative(strengths=(listed, example)))
    assert said(document, "4.2").endswith("in both cases. For example, one plan was built round music.")
    assert [p.words for p in document.paragraphs() if p.id.startswith("strengths")] == [
        "Staff stayed in touch."
    ]


def test_where_every_strength_is_told_in_its_paragraph_there_is_no_empty_list(criteria: Criteria) -> None:
    example = Strength("For example, one plan was built round music.", ("sen.engage",), in_paragraph=True)
    document = composed(criteria, narrative=Narrative(strengths=(example,)))
    assert "Outstanding strengths" not in [b.text for b in document.blocks if isinstance(b, Heading)]
    assert "No strengths" not in text_of(document)


def letters(tmp_path: Path, version: str, many: int) -> list[Document]:
    return [
        compose_report(open_inspection(write_inspection(tmp_path / str(seed), version, seed))).document
        for seed in range(many)
    ]


@pytest.mark.parametrize("version", versions_with_a_letter())
def test_no_letter_has_an_empty_section_a_sentence_twice_or_words_twice_in_a_sentence(
    version: str, tmp_path: Path
) -> None:
    found = []
    for seed, document in enumerate(letters(tmp_path, version, 40)):
        blocks = document.blocks
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            deeper = (
                isinstance(following, Heading)
                and isinstance(block, Heading)
                and following.level > block.level
            )
            if isinstance(block, Heading) and not (deeper or not isinstance(following, Heading | None)):
                found.append((seed, f"nothing under '{block.text}'"))
        for paragraph in document.paragraphs():
            found += [(seed, fault) for fault in awkward(paragraph)]
        found += [
            (seed, "in the other") for _ in range(len(re.findall("In the other", text_of(document))) // 9)
        ]
    assert found == []


NO_REPEAT = re.compile(
    r"\d|\b(?:of the|all but|could judge|judged so far|child|young|person|people|cases?|further|plan|in the letter)\b"
)


def awkward(paragraph: Paragraph) -> list[str]:
    """What is awkward in a composed paragraph: a sentence or four words said twice, a small letter to begin with."""
    sentences = re.split(r"(?<=[.!?])\s+", paragraph.words)
    often = re.compile("in this respect| further case|^where a reason was recorded", re.IGNORECASE)
    composed_once = [s for s in sentences if not often.search(s)]
    faults = [f"twice: {s}" for s in set(composed_once) if composed_once.count(s) > 1]
    for sentence in sentences:
        words = sentence.split()
        runs = [" ".join(words[at : at + 4]) for at in range(len(words) - 3)]
        faults += [
            f"'{r}' twice: {sentence}" for r in set(runs) if runs.count(r) > 1 and not NO_REPEAT.search(r)
        ]
        if sentence[:1].islower() and paragraph.number:
            faults.append(f"small letter: {sentence}")
        if re.search(r"\s[,.]|,,|\.\.|  |\{|\}", sentence):
            faults.append(f"marks: {sentence}")
    return faults


# ---------------------------------------------------------------- who writes


def test_an_authority_writes_of_its_own_audit(criteria: Criteria) -> None:
    text = text_of(composed(criteria, [{}], voice="authority"))
    assert "We audited our own work" in text
    assert re.findall("inspect(?:orate|ion|or)", text) == []


def test_a_voice_that_the_version_does_not_have_is_told(criteria: Criteria) -> None:
    document = composed(criteria, [{}], voice="authorty")
    (told,) = [problem for problem in document.problems if problem.code == "L007"]
    assert "did you mean 'authority'" in str(told)
