"""Drafts and what changed, proposals, the claim map, the take-away sheet, the action plan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from attrs import evolve

from sqs_core.criteria import Text
from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY, MemoHead
from sqs_core.letter.action_plan import action_plan, plan_csv, plan_markdown
from sqs_core.letter.claim_map import claim_map
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Lines
from sqs_core.letter.drafts import changes, draft_of
from sqs_core.letter.proposals import proposals
from sqs_core.letter.takeaway import takeaway, takeaway_html, takeaway_text, takeaway_words
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Reoffending
from sqs_core.records.narrative import Action, EditedParagraph, Improvement, Narrative
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.workflow.composing import compose_report

ROOT = Path(__file__).parents[2]


@cache
def example() -> InspectionFolder:
    return open_inspection(ROOT / "examples" / "darlington-2012")


def with_answer(case: str, question: str, outcome: str) -> Findings:
    records, _ = example().cases()
    changed = [r.answering(question, Answer(outcome)) if r.case == case else r for r in records]
    return count_findings(example().criteria, changed, example().interviews()[0])


def words(narrative: Narrative, paragraph: str, findings: Findings | None = None) -> str:
    document = compose(example().inspection, findings or findings_of(example()), narrative)
    return next(p.words for p in document.paragraphs() if p.id == paragraph)


def test_a_change_is_told_with_its_figure_and_the_case_behind_it() -> None:
    folder = example()
    before = draft_of(compose_report(folder).document, findings_of(folder), 1)
    findings = with_answer("07", "roh.plan", "sufficient")
    after = draft_of(compose(folder.inspection, findings, folder.narrative().record), findings, 2)
    (change,) = changes(before, after)
    told = [(f.reference, f.before and f.before.k, f.after and f.after.k, f.because) for f in change.figures]
    assert (change.name, told) == (
        "2.2",
        [
            ("roh.plan", 7, 8, ("07: insufficient → sufficient",)),
            ("roh.plan@custody", 3, 4, ("07: insufficient → sufficient",)),
            ("roh.plan:other", 3, 2, ("07: insufficient → sufficient",)),
        ],
    )


def test_a_draft_of_the_same_records_shows_no_change() -> None:
    folder = example()
    draft = draft_of(compose_report(folder).document, findings_of(folder), 1)
    assert changes(draft, draft) == ()


def test_an_edited_paragraph_rewords_itself_when_the_records_change() -> None:
    edited = Narrative(paragraphs={"2.2": EditedParagraph("Plans were fine in {roh.plan|of cases}.")})
    was, now = words(edited, "2.2"), words(edited, "2.2", with_answer("07", "roh.plan", "sufficient"))
    assert (was, now) == (
        "Plans were fine in seven of the ten cases.",
        "Plans were fine in all but two of the ten cases.",
    )


def test_a_wording_choice_gives_the_count_instead_of_the_phrase() -> None:
    chosen = Narrative(wording={"lor.assess": "of"})
    assert "good enough in all but two of the 14 cases." in words(chosen, "1.1")


def test_a_wording_choice_that_cannot_be_followed_is_told() -> None:
    document = compose(
        example().inspection, findings_of(example()), Narrative(wording={"lor.assess": "loud"})
    )
    assert [p.what for p in document.problems if p.code == "L005"] == [
        "the wording of 'lor.assess' cannot be 'loud'"
    ]


def test_a_question_left_open_in_a_case_is_told_to_the_author() -> None:
    document = compose(example().inspection, with_answer("03", "lor.psr", "not-known"), Narrative())
    told = [(p.where, p.what) for p in document.problems if p.code == "L004"]
    assert told == [
        (
            "cases 03",
            "pre-sentence report was asked but not judged in 1 of the cases; the letter says so",
        )
    ]


def test_the_weakest_questions_come_with_their_reasons_and_cases_and_nothing_is_chosen() -> None:
    folder = example()
    found = proposals(findings_of(folder), folder.cases()[0], Narrative(), most=2)
    assert [(w.question, w.k, w.n, w.chosen) for w in found.weak] == [
        ("vul.plan", 5, 13, False),
        ("vul.plan.review", 6, 12, False),
    ]
    assert found.weak[1].reasons["not on time"] == ("06", "11")
    assert ("03", "sen.engage") in [(s.case, s.question) for s in found.strengths]


def test_the_claim_map_names_the_cases_behind_a_figure() -> None:
    found = claim_map(compose_report(example()).document)
    ((paragraph, figure),) = [one for one in found if one[1].reference == "roh.plan"]
    assert (paragraph, figure.k, figure.n, figure.others) == ("2.2", 7, 10, ("07", "08", "09"))


def test_a_takeaway_tells_no_judgement_and_no_evidence() -> None:
    record = evolve(
        example().case("07").record,
        answers={
            "roh.plan": Answer("insufficient", ("victims",), "SECRET", learning="Agree it on the day."),
            "sen.engage": Answer("sufficient", strength="Kept in touch <well>."),
        },
    )
    sheet = takeaway(example().criteria, record)
    assert takeaway_text(sheet, PLAIN_TAKEAWAY) == (
        "What to take away from case 07\nFor the case manager: PQ\n\nWhat went well\n"
        "- Engagement: Kept in touch <well>.\n\nWhat there is to learn\n"
        "- Risk of harm plan: Agree it on the day."
    )
    assert "Kept in touch &lt;well&gt;." in takeaway_html(sheet, PLAIN_TAKEAWAY)


def test_a_takeaway_speaks_of_each_population_in_its_words() -> None:
    criteria = load_criteria("hmip-youth-2025", plugins=False)
    heads = [
        takeaway_text(
            takeaway(of, CaseRecord("03", of.id, of.hash, case_manager="RR")), takeaway_words(of)
        ).split("\n")[:2]
        for of in (criteria.of("children"), criteria.of("victims"))
    ]
    assert heads == [
        ["What to take away: child's case 03", "For the case manager: RR"],
        ["What to take away: victim's case 03", "For the victim worker: RR"],
    ]


def test_a_takeaway_tells_judgements_only_when_asked_to() -> None:
    record = example().case("07").record
    told = takeaway(example().criteria, record, judgements=True)
    assert [p.outcome for p in told.learning] == ["no, not good enough"]


def test_an_action_plan_has_a_row_for_each_action_linked_to_its_questions() -> None:
    narrative = Narrative(
        improvements=(
            Improvement("plans", ("roh.plan",), (Action("Train", "May", "AB", "begun"), Action("=Check|it"))),
            Improvement("reviews", ("roh.plan.review",)),
        )
    )
    rows = action_plan(narrative, findings_of(example()))
    assert [row.cells for row in rows] == [
        ("i.1", "plans", "roh.plan 7/10", "Train", "May", "AB", "begun"),
        ("i.2", "plans", "roh.plan 7/10", "=Check|it", "", "", ""),
        ("ii", "reviews", "roh.plan.review 8/12", "", "", "", ""),
    ]
    assert rows[0].rests_on == ("risk of harm plan (2.3), 7 of 10",)
    assert "'=Check|it" in plan_csv(rows)
    assert "=Check\\|it" in plan_markdown(rows)


def test_a_plan_with_a_memo_head_puts_addressee_copies_sender_and_date_in_it() -> None:
    folder, findings = example(), findings_of(example())
    labels = ("To:", "Copy to:", "From:", "Publication date:")
    plan = findings.criteria.letter
    assert plan is not None
    memo = evolve(plan, memo=MemoHead(*map(Text.plain, labels)))
    document = compose(
        evolve(folder.inspection, copies=("Ofsted",)),
        evolve(findings, criteria=evolve(findings.criteria, letter=memo)),
    )
    head = next(b for b in document.blocks if isinstance(b, Lines) and b.lines[0].startswith("To:"))
    assert head.lines == (
        "To: Sam Thornley, Vice Chair of the Management Board, Darlington Youth Offending Service",
        "Copy to: Ofsted",
        "From: Kim Weaver, Assistant Chief Inspector",
        "Publication date: 19 December 2012",
    )
    assert [b.role for b in document.blocks if isinstance(b, Lines)].count("copies") == 0


def test_the_reoffending_rate_is_told_where_the_plan_has_words_and_the_inspection_the_rate() -> None:
    folder, findings = example(), findings_of(example())
    plan = findings.criteria.letter
    assert plan is not None
    words = Text.plain("The rate for {period} was {rate}, against {before} before and {national} nationally.")
    document = compose(
        evolve(folder.inspection, reoffending=Reoffending("34%", "36%", "38%", "2014")),
        evolve(findings, criteria=evolve(findings.criteria, letter=evolve(plan, reoffending=words))),
    )
    said = [p.words for p in document.paragraphs() if p.id == "reoffending"]
    assert said == ["The rate for 2014 was 34%, against 36% before and 38% nationally."]
