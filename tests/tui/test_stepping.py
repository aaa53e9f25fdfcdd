"""Stepping through a case: keys in, files out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from tests.tui.conftest import LOOK

from sqs_core.records import Session
from sqs_core.records.inspection import Inspection
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import load_criteria
from sqs_tui.screens.case import GrowingStep
from sqs_tui.undo_history import with_past

TO_07 = ("Down",) * 6
AT_ROH_PLAN = ("at:07 roh.plan",)


def test_a_plain_yes_costs_two_keys_and_is_in_the_file(example: Path, play: Any) -> None:
    folder = open_inspection(example)
    record = folder.case("14").record
    for question in ("lor.assess", "lor.assess.timely"):
        record = record.answering(question, type(record.answer(question))())
    folder.save_case(record, expect=folder.case("14").hash)
    played = play(example, *("Down",) * 13, "Enter", "y", "Enter")
    answers = open_inspection(example).case("14").record.answers
    assert answers["lor.assess"].outcome == "sufficient"
    assert "Was the first assessment finished on time?" in played.text


def test_a_no_with_two_reasons_and_evidence_is_written_as_typed(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "Back", "n", "1", "2", "e", " See p.3 ŵŷ.", "Esc")
    answer = open_inspection(example).case("07").record.answers["roh.plan"]
    assert answer.outcome == "insufficient"
    assert answer.reasons == ("no-plan", "not-clear")  # victims and not-clear were ticked before
    assert answer.evidence.endswith("in the assessment. See p.3 ŵŷ.")
    assert "✓ saved 00:00:00" in played.rows[0]


def test_undo_takes_a_whole_note_back_and_redo_makes_it_again(example: Path, play: Any) -> None:
    before = open_inspection(example).case("07").record
    play(example, *AT_ROH_PLAN, "c", "abc def", "Esc", "u")
    assert open_inspection(example).case("07").record == before
    play(example, *AT_ROH_PLAN, "c", "abc", "Esc", "u", "U")
    assert open_inspection(example).case("07").record.answers["roh.plan"].said.endswith("abc")


def test_come_back_later_asks_for_a_line_and_shows_in_the_grid(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "l", "ask for the review", "Enter", "Esc")
    assert open_inspection(example).case("07").record.answers["roh.plan"].later == "ask for the review"
    assert "1 to come back to" in played.rows[1]
    assert "⚑" in next(row for row in played.rows if "  07 " in row)


def test_esc_keeps_the_line_of_why_as_one_step_to_undo(example: Path, play: Any) -> None:
    before = open_inspection(example).case("07").record
    play(example, *AT_ROH_PLAN, "l", "ask for the review", "Esc", "u")
    assert open_inspection(example).case("07").record == before
    play(example, *AT_ROH_PLAN, "l", "ask for the review", "Esc")
    assert open_inspection(example).case("07").record.answers["roh.plan"].later == "ask for the review"


def test_esc_before_a_word_of_why_sets_no_mark(example: Path, play: Any) -> None:
    before = open_inspection(example).case("07").record
    play(example, *AT_ROH_PLAN, "l", "Esc")
    assert open_inspection(example).case("07").record == before


def test_a_line_that_esc_left_stands_there_when_it_is_asked_for_again(example: Path, play: Any) -> None:
    played = play(example, "4", "+", "clear letters to parents", "Esc", "+")
    assert "clear letters to parents" in played.text


def test_backspace_takes_the_answer_away_and_keeps_the_notes(example: Path, play: Any) -> None:
    play(example, *AT_ROH_PLAN, "Back")
    answer = open_inspection(example).case("07").record.answers["roh.plan"]
    assert answer.outcome is None
    assert answer.evidence.startswith("RMP:")


def test_no_plan_at_all_has_its_own_letter_where_the_question_has_it(example: Path, play: Any) -> None:
    play(example, *TO_07, "^G", "07 vul.plan", "Enter", "a")
    assert open_inspection(example).case("07").record.answers["vul.plan"].outcome == "absent"


def test_a_digit_without_a_no_says_what_to_press_and_changes_nothing(example: Path, play: Any) -> None:
    before = open_inspection(example).case("07").record
    played = play(example, *AT_ROH_PLAN, "Back", "1")
    assert "press n first" in played.rows[0]
    assert open_inspection(example).case("07").record.answers["roh.plan"].reasons == (
        before.answers["roh.plan"].reasons
    )


def test_unticking_a_fact_parks_its_answers_and_says_so_while_one_ticks(example: Path, play: Any) -> None:
    played = play(example, *TO_07, "f", *("Down",) * 6, "Space", size=(60, 18))  # where the form scrolls
    assert "! Parked, kept but not counted: risk of harm plan." in played.text
    record = open_inspection(example).case("07").record
    assert record.facts["rosh_identified"] is False
    assert record.answers["roh.plan"].outcome == "insufficient"


def test_a_fact_says_which_questions_it_would_switch(example: Path, play: Any) -> None:
    played = play(example, *TO_07, "f", *("Down",) * 3)
    expected = "Pre-sentence report written for this order: would add pre-sentence report, PSR checked."
    assert expected in " ".join(played.text.split())


def test_the_shared_view_shows_what_was_said_and_never_the_evidence(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "Z")
    assert "The exclusion zone was agreed by telephone" in played.text
    assert "nothing on the ex-partner" not in played.text
    assert "RMP" not in played.text


def test_escape_goes_outwards_and_loses_nothing(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "t", "x", "Esc", "Esc")
    assert "[Cases]" in played.text
    assert open_inspection(example).case("07").record.answers["roh.plan"].learning.endswith("x")


def test_opening_again_lands_in_the_same_note_at_the_same_place(example: Path, play: Any) -> None:
    play(example, *AT_ROH_PLAN, "e", "Left", "Left")
    played = play(None, "Enter", "|")
    assert "Case 07" in played.rows[0]
    assert "▸e Evidence" in played.text
    assert open_inspection(example).case("07").record.answers["roh.plan"].evidence.endswith("assessmen|t.")


def test_hostile_text_in_a_record_is_drawn_as_plain_characters(example: Path, play: Any) -> None:
    played = play(example, "^G", "01 lor.plan", "Enter", "c", "[@click=app.quit]x[/] [/red] [b", "Esc")
    assert "[@click=app.quit]x[/] [/red] [b" in played.text


def test_a_finished_case_refuses_changes_in_words(example: Path, play: Any) -> None:
    played = play(example, "F", "F", "Esc", "Enter", "n")
    assert "case 01 is finished" in played.rows[0]
    assert open_inspection(example).case("01").record.status == "finished"
    assert played.app.recent.recent[0].place.case == "", "there is nothing to carry on with in it"


def test_the_mouse_does_what_the_keys_do(example: Path, play: Any) -> None:
    play(example, *AT_ROH_PLAN, "click:yes, good enough", (8, 23))
    record = open_inspection(example).case("07").record
    assert record.answers["roh.plan"].outcome == "sufficient"


def test_a_click_on_a_reason_ticks_it_once(example: Path, play: Any) -> None:
    play(example, *AT_ROH_PLAN, "click:no risk management plan")
    reasons = open_inspection(example).case("07").record.answers["roh.plan"].reasons
    assert reasons == ("no-plan", "victims", "not-clear")


def test_tab_goes_round_all_boxes_in_a_small_window_too(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "e", *("Tab",) * 4, size=(60, 18))
    assert "▸Judgement" in played.text


def test_in_the_shared_view_neither_evidence_nor_other_cases_can_be_opened(example: Path, play: Any) -> None:
    for key in ("e", "G", "/", "^P"):
        played = play(example, *AT_ROH_PLAN, "Z", key)
        assert "not in the shared view" in played.rows[0]
        assert "RMP" not in played.text
    tabbed = play(example, *AT_ROH_PLAN, "Z", "Tab", " And agreed.", "Esc")
    assert "not written up. And agreed." in " ".join(tabbed.text.split())
    assert "RMP" not in tabbed.text


def test_the_check_of_a_case_offers_only_what_can_be_done(example: Path, play: Any) -> None:
    open_case, finished = (seen.rows[-1] for seen in play(example, "F", LOOK, "F", LOOK).looks)
    assert open_case.startswith(" F finish case  p take-away   ")
    assert finished.startswith(" Enter go on  R reopen  p take-away   ")


def test_a_line_is_one_step_to_undo_although_the_steps_before_it_are_found_while_it_is_typed(
    example: Path,
) -> None:
    stored, _ = open_session(open_inspection(example), "07")
    earlier = stored.judging("roh.plan", "sufficient")  # of another run, and found late
    step, now = GrowingStep(), Session(earlier.criteria, earlier.record)
    for typed in ("a", "as", "ask"):
        now = step.changing(
            with_past(now, earlier), partial(Session.flagging, question="roh.plan", later=typed)
        )
    assert now.record.answers["roh.plan"].later == "ask"
    assert now.undoing().record == earlier.record
    assert now.undoing().undoing().record == stored.record


def test_points_are_weighed_by_space_and_stand_under_the_reasons_after_a_no(
    tmp_path: Path, play: Any
) -> None:
    criteria = load_criteria("social-care-audit")
    made = Inspection("Anytown", criteria.id, criteria.hash)
    audit = new_inspection(tmp_path / "audit", made, criteria, cases=1).path
    weigh = ("r", "Space", "Down", "Space", "Space", "Down", *("Space",) * 3, "Down", *("Space",) * 4)
    played = play(audit, "^G", "01 assess.quality", "Enter", *weigh, "w")
    answer = open_inspection(audit).case("01").record.answers["assess.quality"]
    prompts = {"sources": "yes", "daily-life": "no", "strengths": "not-applicable"}
    assert (answer.outcome, answer.prompts) == ("weak", prompts)
    shown = [row for row in played.rows if "[" in row]
    assert [" ".join(row.split("┃")[1].split()) for row in shown[:6]] == [
        "▶ 1 [ ] history not used",
        "2 [ ] described, not analysed",
        "3 [ ] another reason (say which in the ev…",
        "[y] more than one source",
        "[n] the child's daily life",
        "[/] what goes well",
    ]
    assert played.rows[-2].strip() == "history not used"
