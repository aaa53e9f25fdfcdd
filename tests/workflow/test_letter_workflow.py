"""The letter from the last answer to a signature: details, lists, figures, undo, and what is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from conftest import Staged
from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.records import Session
from sqs_core.records.inspection import Addressee, Inspection, Lead, Signatory
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.records.second_marking import decide
from sqs_core.storage.create import new_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.moderation.agreed import markings, save_decisions
from sqs_core.workflow import letter_details, letter_lists
from sqs_core.workflow.choosing import keep_choice
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.figures import (
    composed_text,
    figure_filler,
    figures_offered,
    followed,
    shown_text,
    stored_text,
)
from sqs_core.workflow.letter_details import change_details, recall, with_detail
from sqs_core.workflow.letter_text import paragraph_called
from sqs_core.workflow.letter_undo import redo_letter, undo_letter
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.resolving import accepting
from sqs_core.workflow.what_is_left import what_is_left
from twice import marked_twice


@pytest.fixture
def folder(darlington: Path) -> InspectionFolder:
    return open_inspection(darlington)


def inspection(**changes: object) -> Inspection:
    return evolve(Inspection("Leeds YJS", "sqs-2012", "sha256:0"), **changes)  # type: ignore[arg-type]


# ---------------------------------------------------------------- details


def test_every_detail_can_be_set_read_and_taken_away(criteria: Criteria) -> None:
    typed = {
        "date": ["19 December 2026"],
        "first-day": ["2026-11-23"],
        "last-day": ["25/11/2026"],
        "address": ["1 High Street", "Leeds"],
        "letterhead": ["An office", "A street"],
        "copies": ["The chief executive", "Ofsted"],
    }
    made = inspection()
    for detail in letter_details.DETAILS:
        made = with_detail(made, detail.name, typed.get(detail.name, [detail.label]))
    assert (made.addressee, made.lead, made.signatory, made.letter_date, made.copies) == (
        Addressee("Addressee", "Salutation", ("1 High Street", "Leeds")),
        Lead("Lead inspector", "Telephone", "E-mail"),
        Signatory("Signatory", "Role of the signatory"),
        date(2026, 12, 19),
        ("The chief executive", "Ofsted"),
    )
    assert letter_details.missing_details(made, criteria) == ()
    for detail in letter_details.DETAILS:
        made = with_detail(made, detail.name, [])
    assert made == inspection(short="")


def test_of_the_lead_only_what_the_letter_names_is_needed(criteria: Criteria) -> None:
    def of_the_lead(version: Criteria) -> list[str]:
        return [d.name for d in letter_details.needed_details(version) if d.path[0] == "lead"]

    assert of_the_lead(criteria) == ["lead", "phone", "email"]
    assert of_the_lead(load_criteria("local-audit")) == ["lead"]


@pytest.mark.parametrize(
    ("name", "lines", "why"),
    [
        ("date", ["soon"], "'soon' is no date; write such as 2026-12-19"),
        ("lead", ["one", "two"], "lead inspector is one line, not 2"),
        ("signature", [], "did you mean 'signatory'"),
        ("lead", ["a\x1bb"], r"the lead inspector holds U\+001B"),
    ],
)
def test_a_detail_that_cannot_be_taken_says_why(name: str, lines: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        with_detail(inspection(), name, lines)


def test_blank_details_are_recalled_from_the_last_inspection_of_the_service() -> None:
    old = inspection(signatory=Signatory("Old", "Head"), letter_date=date(2024, 1, 1))
    last = inspection(signatory=Signatory("New", "Head"), lead=Lead("L", "1"), letter_date=date(2025, 1, 1))
    other = evolve(last, service="York YJS", letter_date=date(2026, 1, 1))
    made, names = recall(inspection(lead=Lead("Mine")), [old, last, other])
    assert (made.signatory, made.lead, made.letter_date) == (
        Signatory("New", "Head"),
        Lead("Mine", "1"),
        None,
    )
    assert names == ("phone", "signatory", "role")


def test_two_people_who_change_two_details_both_keep_theirs(folder: InspectionFolder) -> None:
    change_details(open_inspection(folder.path), lambda i: with_detail(i, "lead", ["Somebody"]))
    after = change_details(folder, lambda i: with_detail(i, "phone", ["0113"]))
    assert (after.inspection.lead.name, after.inspection.lead.phone) == ("Somebody", "0113")


def test_details_of_a_broken_inspection_beside_are_passed_over(tmp_path: Path, criteria: Criteria) -> None:
    for name in ("a", "b"):
        new_inspection(tmp_path / name, inspection(), criteria, cases=0)
    (tmp_path / "b" / "inspection.toml").write_text("broken")
    assert list(letter_details.other_inspections(tmp_path / "a")) == []


# ---------------------------------------------------------------- lists


def test_items_are_added_changed_moved_linked_and_removed(criteria: Criteria) -> None:
    made = letter_lists.adding(Narrative(), "improvements", "one")
    made = letter_lists.adding(made, "improvements", "two", ("roh.plan",))
    made = letter_lists.editing(made, "improvements", 1, "first")
    made = letter_lists.moving(made, "improvements", 2, 1)
    made = letter_lists.linking(criteria, made, "improvements", 2, ["2.1", "vulnerability plan"])
    assert made.improvements == (
        Improvement("two", ("roh.plan",)),
        Improvement("first", ("roh.assess", "vul.plan")),
    )
    assert letter_lists.item_words(criteria, made.improvements[1]) == "first [2.1, 3.2]"
    assert letter_lists.removing(made, "improvements", 1).improvements == made.improvements[1:]


def test_what_was_agreed_about_an_area_stays_where_its_words_change() -> None:
    from sqs_core.records.narrative import Action

    made = Narrative(improvements=(Improvement("one", ("roh.plan",), (Action("train"),)),))
    assert letter_lists.editing(made, "improvements", 1, "two").improvements == (
        Improvement("two", ("roh.plan",), (Action("train"),)),
    )


def test_a_place_that_is_not_there_is_refused(criteria: Criteria) -> None:
    made = Narrative(strengths=(Strength("one"),))
    with pytest.raises(UsageError, match="there is no item 2; the strengths are numbered 1 to 1"):
        letter_lists.place_meant(made, "strengths", "2")
    with pytest.raises(UsageError, match="there are no improvements yet"):
        letter_lists.place_meant(made, "improvements", "1")


def test_the_records_propose_and_nothing_is_chosen(folder: InspectionFolder) -> None:
    first = letter_lists.proposals_for(folder, "improvements")[0]
    assert first.text.startswith("vulnerability plan: 5 of 13 good enough; no contingency planning 2")
    assert (first.questions, first.chosen) == (("vul.plan",), True)


# ---------------------------------------------------------------- figures


def test_figures_are_offered_by_name_number_and_group_with_what_they_say_today(
    folder: InspectionFolder,
) -> None:
    filler = figure_filler(folder.inspection, findings_of(folder), folder.narrative().record)
    names = {offer.name: (offer.words, offer.reference) for offer in figures_offered(filler, "2.3 plan")}
    assert names["2.3 risk of harm plan"] == ("seven of the ten cases", "{roh.plan|of cases}")
    assert names["2.3 risk of harm plan, in custody"] == (
        "three of the four cases",
        "{roh.plan@custody|of cases}",
    )
    assert names["2.3 risk of harm plan, not good enough"][0] == "three of the ten cases"
    staff = figures_offered(filler, "staff training")[0]
    assert (staff.words, staff.reference) == ("all five people", "{staff.training|of people}")


def test_a_text_is_shown_with_words_and_stored_with_references(folder: InspectionFolder) -> None:
    filler = figure_filler(folder.inspection, findings_of(folder), folder.narrative().record)
    stored = "We saw {roh.plan|of cases}, {roh.plan|of cases} [sic] and {roh.plam|of cases}."
    shown = shown_text(filler, stored)
    assert shown.text == (
        "We saw [seven of the ten cases], [seven of the ten cases] [sic] and {roh.plam|of cases}."
    )
    assert stored_text(shown, shown.text) == stored
    assert stored_text(shown, "Only [seven of the ten cases].") == "Only {roh.plan|of cases}."
    assert stored_text(shown, "Only [eight of the ten cases].") == "Only [eight of the ten cases]."
    put_in = followed(shown, "In [three of four].", {"three of four": "{roh.plan@custody|of cases}"})
    assert stored_text(put_in, put_in.text) == "In {roh.plan@custody|of cases}."


def test_editing_begins_from_the_composed_sentence_with_its_figures_live(folder: InspectionFolder) -> None:
    document = compose_report(folder).document
    for paragraph in document.paragraphs():
        if paragraph.id in ("2.2", "3.3", "management.staff", "1.1"):
            text = composed_text(paragraph)
            edited = evolve(folder.narrative().record, paragraphs={paragraph.id: EditedParagraph(text)})
            stored = folder.narrative()
            folder.save_narrative(edited, expect=stored.hash)
            again = paragraph_called(compose_report(folder).document, paragraph.id)
            assert (again.words, [f.reference for f in again.figures]) == (
                paragraph.words,
                [f.reference for f in paragraph.figures],
            )


# ---------------------------------------------------------------- undo


def test_undo_goes_back_over_text_lists_details_and_wording_and_forward_again(
    folder: InspectionFolder,
) -> None:
    begin = (folder.narrative().record, folder.inspection)

    def write(narrative: Narrative) -> None:
        folder.save_narrative(narrative, expect=folder.narrative().hash)

    write(evolve(folder.narrative().record, summary="New."))
    folder = change_details(folder, lambda i: with_detail(i, "salutation", ["All"]))
    write(letter_lists.adding(folder.narrative().record, "strengths", "Another"))
    write(evolve(folder.narrative().record, wording={"roh.plan": "words"}))
    end = (folder.narrative().record, folder.inspection)

    undone = []
    while (step := undo_letter(open_inspection(folder.path))) is not None:
        undone.append(step.names)
    now = open_inspection(folder.path)
    assert undone == [("wording",), ("strengths",), ("salutation",), ("summary",)]
    assert (now.narrative().record, now.inspection) == begin

    made_again = []
    while (step := redo_letter(open_inspection(folder.path))) is not None:
        made_again.append(step.names)
    now = open_inspection(folder.path)
    assert made_again == undone[::-1]
    assert (now.narrative().record, now.inspection) == end


def test_undo_of_the_very_first_words_leaves_an_empty_letter(tmp_path: Path, criteria: Criteria) -> None:
    made = new_inspection(tmp_path / "leeds", inspection(), criteria, cases=1)
    made.save_narrative(Narrative(summary="First."), expect=made.narrative().hash)
    step = undo_letter(made)
    assert step is not None
    assert step.names == ("summary",)
    assert made.narrative().record == Narrative()
    assert undo_letter(made) is None


def test_undo_of_details_touches_nothing_else_of_the_inspection(folder: InspectionFolder) -> None:
    folder = change_details(folder, lambda i: with_detail(i, "lead", ["X"]))
    folder = folder.save_inspection(evolve(folder.inspection, team=("A", "B")))
    undo_letter(folder)
    after = open_inspection(folder.path).inspection
    assert (after.lead.name == "X", after.team) == (False, ("A", "B"))


# ---------------------------------------------------------------- what is left


def left(folder: InspectionFolder) -> dict[str, list[tuple[str, Location]]]:
    found: dict[str, list[tuple[str, Location]]] = {}
    for item in what_is_left(folder).items:
        found.setdefault(item.code, []).append((f"{item.where}: {item.what}", item.location))
    return found


def test_every_kind_of_gap_is_on_the_list_with_the_place_to_mend_it(
    tmp_path: Path, criteria: Criteria
) -> None:
    made = new_inspection(tmp_path / "leeds", inspection(), criteria, cases=2)
    stored = made.case("01")
    session = Session(criteria, stored.record).judging("lor.assess", "insufficient")
    session = session.flagging("lor.plan", later="ask").attending(inspector="CN")
    made.save_case(session.record, expect=stored.hash)
    text = "Anna Brown saw that nine of the ten plans were good enough. " + "very " * 45 + "long."
    narrative = Narrative(
        summary="x", paragraphs={"2.2": EditedParagraph(text), "1.1": EditedParagraph("{no.such|of}")}
    )
    made.save_narrative(narrative, expect=made.narrative().hash)

    found = left(made)

    assert found["C101"] == [
        ("case 01: 11 questions not answered", Location("question", "01", "lor.assess.timely"))
    ]
    assert found["C102"] == [
        ("case 01: 1.1 is answered no, but no reason is ticked", Location("question", "01", "lor.assess"))
    ]
    assert found["C104"][0][1] == Location("question", "01", "lor.plan")
    assert found["C110"] == [("case 02: not started", Location("facts", "02", "all"))]
    assert found["I001"] == [("interviews: nobody was interviewed", Location("interviews"))]
    assert ("letter details: no signatory", Location("details", item="signatory")) in found["L013"]
    assert found["L002"][0] == (
        "letter Outstanding strengths: nothing written",
        Location("letter", item="strengths"),
    )
    assert found["L003"][0][1] == Location("letter", item="1.1")
    assert found["L014"][0][1] == Location("letter", item="2.2")
    assert ("letter 2.2: a sentence of 58 words", Location("letter", item="2.2")) in found["L012"]
    assert {code for code in found if code.startswith("L01")} >= {"L012", "L013", "L014"}
    assert found.get("L010", []) + found.get("L011", []) != []


def test_what_cannot_be_read_is_on_the_list_and_nothing_is_said_of_the_letter(
    folder: InspectionFolder,
) -> None:
    (folder.path / "cases" / "03.toml").write_text("broken")
    items = what_is_left(folder).items
    assert next(item.where for item in items if item.group == "records").startswith("cases/03.toml")
    assert not any(item.group == "letter" for item in items)


def test_the_list_is_empty_once_everything_is_mended_or_accepted(folder: InspectionFolder) -> None:
    for item in what_is_left(folder).items:
        assert item.acceptable, item
        stored = folder.narrative()
        folder.save_narrative(accepting(stored.record, item, "agreed with the lead"), expect=stored.hash)
    assert what_is_left(folder).items == ()
    assert what_is_left(folder).final


def test_an_acceptance_wants_a_reason_and_what_must_be_mended_cannot_be_accepted(
    tmp_path: Path, criteria: Criteria, folder: InspectionFolder
) -> None:
    with pytest.raises(UsageError, match="why can it stay"):
        accepting(Narrative(), what_is_left(folder).items[0], " ")
    made = new_inspection(tmp_path / "leeds", inspection(), criteria, cases=1)
    with pytest.raises(UsageError, match="this has to be mended"):
        accepting(Narrative(), what_is_left(made).items[0], "because")


def test_a_question_not_known_and_a_voice_that_is_not_there_lead_to_their_places(
    folder: InspectionFolder,
) -> None:
    stored = folder.case("02")
    session = Session(folder.criteria, stored.record).judging("roh.assess", "not-known")
    folder.save_case(session.record, expect=stored.hash)
    folder = change_details(folder, lambda i: with_detail(i, "voice", ["nobody"]))
    found = left(folder)
    assert found["L004"] == [
        (
            "cases 02: risk of harm assessed was asked but not judged in 1 of the cases; the letter says so",
            Location("question", "02", "roh.assess"),
        )
    ]
    assert found["L007"][0][1] == Location("details", item="voice")


def test_a_finished_inspection_with_all_accepted_does_not_take_a_new_finding_for_accepted(
    folder: InspectionFolder,
) -> None:
    for item in what_is_left(folder).items:
        stored = folder.narrative()
        folder.save_narrative(accepting(stored.record, item, "fine"), expect=stored.hash)
    stored = folder.narrative()
    edit = evolve(stored.record, summary="Anna Brown did this well.")
    folder.save_narrative(edit, expect=stored.hash)
    assert [item.code for item in what_is_left(folder).items] == ["L014"]


def test_an_interview_begun_and_a_marking_not_settled_are_left(folder: InspectionFolder) -> None:
    person = folder.interview("A")
    answers = dict(list(person.record.answers.items())[:3])
    folder.save_interview(evolve(person.record.noting("role", None), answers=answers), expect=person.hash)
    found = left(folder)
    assert found["I002"][0][1] == Location("facts", "interviews/A", "role")
    assert found["I003"][0][0] == "interview A: 8 questions not answered"


def test_what_two_markings_do_not_agree_on_is_left_until_it_is_settled(
    staged: Staged, tmp_path: Path
) -> None:
    folder = open_inspection(staged(marked_twice, tmp_path))
    found = left(folder)
    assert found["S101"] == [("case 14: being marked a second time, blind", Location("moderation", "14"))]
    assert (
        "case 05: 2 differences between its two markings not settled",
        Location("moderation", "05", "lor.plan"),
    ) in found["S103"]
    keep_choice(folder.path, "agree", "05", "lor.plan", taken="second")
    assert left(folder)["S104"] == [
        ("case 05: what was chosen in moderation is not written", Location("moderation", "05"))
    ]
    both = markings(folder, "05")
    one = decide(folder.criteria, both.first.record, both.second.record, "lor.plan", "open", "lead decides")
    save_decisions(folder, "05", {"lor.plan": one})
    assert [words for words, _ in left(folder)["S103"] if "case 05" in words] == [
        "case 05: 2 differences between its two markings not settled, 1 left for the lead to decide"
    ]
