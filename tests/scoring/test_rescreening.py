"""Two screenings compared: which questions, in which order, and what makes it doubtful.  Made-up cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from attrs import evolve

from made_inspections import Made, cases, made
from sqs_core.errors import UsageError
from sqs_core.letter.change_since import change_document, difference_words, how_to_read, verdict_words
from sqs_core.scoring.rescreening import Rescreening, compare_findings

SPRING = {"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 6)}
AUTUMN = {"first_day": date(2026, 9, 7), "last_day": date(2026, 9, 11)}


def screening(version: str, poor: Mapping[str, range], days: Mapping[str, date], many: int = 14) -> Made:
    inspection, findings = made(
        version, {}, {name: {"insufficient": cases(some)} for name, some in poor.items()}, many=many
    )
    return evolve(inspection, **days), findings  # type: ignore[arg-type]


def compared(version: str = "sqs-2012", **options: object) -> Rescreening:
    before = screening("sqs-2012", {"lor.assess": range(1, 11), "lor.plan": range(1, 8)}, SPRING)
    after = screening(version, {"lor.plan": range(1, 5)}, AUTUMN)
    return compare_findings(before, after, areas={"lor.plan"}, **options)  # type: ignore[arg-type]


def test_areas_for_improvement_come_first_and_each_question_has_its_word() -> None:
    found = compared()
    told = [
        (one.question, str(one.before), str(one.after), difference_words(one), verdict_words(one))
        for one in found.compared[:2]
    ]
    assert told == [
        (
            "lor.plan", "7 of 14", "10 of 14", "+21 points (−13 to +50)",
            "cannot be told at these sizes; about 81 cases each time would tell a difference such as this",
        ),
        ("lor.assess", "4 of 14", "14 of 14", "+71 points (+38 to +88)", "better, also with all questions taken together"),
    ]  # fmt: skip
    assert found.notes == ()


def test_many_questions_at_once_are_said_with_how_many_are_wrong_by_chance() -> None:
    found = compared()
    number = len(found.compared)
    words = " ".join(how_to_read(found))
    assert f"Of {number} questions compared, 1 is better, 0 are worse" in words
    assert f"up to {number / 20:.1f} of {number} would be called better or worse by chance" in words
    assert "Of the 1 called better or worse, 1 still would be with all questions taken together" in words


def test_where_the_interval_alone_would_say_otherwise_it_is_told_that_the_word_follows_the_test() -> None:
    before = screening("sqs-2012", {"lor.assess": range(1, 3)}, SPRING)
    after = screening("sqs-2012", {"lor.assess": range(1, 8)}, AUTUMN)
    found = compare_findings(before, after)
    first = found.compared[0]
    assert (difference_words(first), first.verdict) == ("−36 points (−61 to −1)", "cannot be told")
    assert "For 1 question the interval alone would say otherwise" in " ".join(how_to_read(found))
    assert "the interval alone" not in " ".join(how_to_read(found, of_letter=True))


def test_under_another_version_only_what_is_the_same_is_compared_and_the_rest_is_named() -> None:
    found = compared("yjs-2018")
    assert [one.question for one in found.compared if not one.declared] == []
    by_name = {one.question: one.why for one in found.questions}
    assert by_name["lor.psr"] == "it is not asked any more"
    assert all(one.why for one in found.questions)
    assert how_to_read(found) == ("No question could be compared.",)


def test_what_is_declared_the_same_is_compared_and_said_to_be_declared() -> None:
    new = screening("yjs-2018", {}, AUTUMN)[1].criteria.questions[0].id
    found = compared("yjs-2018", equivalents={"lor.plan": new})
    (one,) = found.compared
    assert (one.question, one.earlier, one.declared, one.area) == (new, "lor.plan", True, True)
    with pytest.raises(UsageError, match="declared the same as two others"):
        compared("yjs-2018", equivalents={"lor.plan": new, "lor.assess": new})


def test_what_makes_a_comparison_doubtful_is_named_and_the_rest_is_done() -> None:
    before = screening("sqs-2012", {}, SPRING)
    inspection, findings = screening("sqs-2012", {}, SPRING)
    other = compare_findings(before, (evolve(inspection, service="Elsewhere"), findings))
    assert other.notes == (
        "these are two services, Anytown Youth Justice Service and Elsewhere: what differs is not a change over time",
        "the days of fieldwork overlap (2026-03-02 to 2026-03-06): the same work may be counted in both",
    )
    assert len(other.compared) == len(compare_findings(before, (inspection, findings)).compared) == 12
    before_north = (evolve(before[0], area="North"), before[1])
    south = compare_findings(before_north, (evolve(inspection, area="South"), findings))
    assert south.notes[0] == (
        "Anytown Youth Justice Service is in two areas, North then and South now: these may be two services of one name"
    )
    swapped = compare_findings(screening("sqs-2012", {}, AUTUMN), before)
    assert swapped.notes == (
        "the first inspection given is the later one: 'then' and 'now' are the wrong way round",
    )


def test_a_part_of_the_sample_is_compared_and_the_document_has_the_counts_of_both_live() -> None:
    found = compared()
    assert {one.subset for one in found.subsets} <= {s.id for s in found.findings_after.criteria.subsets}
    document = change_document(found, "en")
    assert document.title == "What has changed since March 2026: Anytown Youth Justice Service"
    figures = [(figure.reference, figure.text, len(figure.cases)) for _, figure in document.figures()]
    assert figures[1:4:2] == [("lor.plan", "10 of 14", 10), ("lor.assess", "14 of 14", 14)]
    assert all(reference.startswith("then/") for reference, _, _ in figures[::2])
