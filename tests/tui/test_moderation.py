"""Moderating on the screen: what differs, what is chosen, and what is written of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.tui.conftest import LOOK

from conftest import Staged
from sqs_core.criteria import Text
from sqs_core.errors import UsageError
from sqs_core.records.second_marking import decide
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.moderation.agreed import markings, save_decisions
from sqs_core.storage.moderation.pending_decisions import PendingChoice, read_choices
from sqs_core.storage.moderation.sign_off import finish
from twice import marked_twice

CANARY = "kingfisher"
WHY = "the log has it"
SECOND = ("Right", "e", WHY, "Esc")


def with_canaries_in_14(path: Path) -> None:
    """05, 06 and 07 marked twice, and 14, with the canary in its notes, still being marked."""
    folder = open_inspection(path)
    stored = folder.case("14")
    answers = {name: evolve(a, evidence=CANARY) for name, a in stored.record.answers.items()}
    folder.save_case(evolve(stored.record, answers=answers), expect=stored.hash)
    marked_twice(path)


@pytest.fixture
def twice(staged: Staged, tmp_path: Path) -> Path:
    """The example with cases marked twice."""
    return staged(with_canaries_in_14, tmp_path)


def files(folder: Path) -> dict[str, bytes]:
    """The records of an inspection."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for room in ("cases", "agreed", "second")
        for path in sorted((folder / room).rglob("[!.]*.toml"))
    }


def test_what_differs_stands_side_by_side_with_the_agreement(twice: Path, play: Any) -> None:
    text = play(twice, "m", "Down").text
    for words in ("← CD, with the case manager", "→ ZZ, from the file", "this case 21 of 23", "all 65 of 67"):
        assert words in text
    assert "alpha 0.90 · AC1 0.97" in text
    assert "reasons only" in text


def test_of_a_case_still_being_marked_nothing_is_shown(twice: Path, play: Any) -> None:
    keys = ("m", LOOK, *("Down",) * 3, LOOK, *("Up",) * 3, "Right", "e", "x", "Esc", "W", LOOK)
    for seen in play(twice, *keys, size=(120, 40)).looks:
        assert CANARY not in seen.text
        assert "14" in seen.text


def test_whoever_marks_a_second_time_cannot_moderate(twice: Path, play: Any) -> None:
    played = play(twice, "m", second=True)
    assert "a second marking sees nothing of the first" in played.rows[0]
    assert "Moderation" not in played.text


def test_a_marking_that_cannot_be_read_is_named(twice: Path, play: Any) -> None:
    (twice / "second" / "first" / "06.toml").write_text("broken")
    assert "second/first/06.toml" in play(twice, "m").text


def test_the_effect_stands_there_before_anything_is_written(twice: Path, play: Any) -> None:
    before = files(twice)
    text = play(twice, "m", "Right").text
    assert "right plan 13 of 13 → 12 of 13" in text
    assert "1.4 “very good at planning.” becomes “good at planning.”" in text
    assert files(twice) == before


def test_what_is_written_is_what_the_command_line_writes(
    twice: Path, play: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQS_WHO", "MM")
    other = Path(shutil.copytree(twice, tmp_path / "by-command"))
    played = play(twice, "m", *SECOND, "N", "Down", "Left", "e", WHY, "Esc", "W", "W")
    assert "written: 2 decisions" in played.rows[0]
    folder = open_inspection(other)
    both = markings(folder, "05")
    views = (folder.criteria, both.first.record, both.second.record)
    made = {
        "lor.plan": decide(*views, "lor.plan", "second", WHY, "MM", "both"),
        "roh.plan": decide(*views, "roh.plan", "first", WHY, "MM"),
    }
    save_decisions(folder, "05", made)
    assert files(twice) == files(other)
    assert (both.agreed.record.first, both.agreed.record.second) == ("CD", "ZZ")
    assert read_choices(twice, "agree", "05").record.choices == {}


def test_choices_not_written_are_there_after_a_restart_and_nothing_else_is(twice: Path, play: Any) -> None:
    before = files(twice)
    play(twice, "m", *SECOND)
    played = play(twice, "m", "Up")
    assert files(twice) == before
    assert WHY in played.text
    assert "3 left, 1 to write" in played.rows[0]
    assert "yes / no  → second" in played.text


def test_esc_keeps_the_words_of_why_while_they_are_typed(twice: Path, play: Any) -> None:
    play(twice, "m", "e", "half a sen", "Esc", "Esc")
    assert read_choices(twice, "agree", "05").record.choice("lor.plan") == PendingChoice(why="half a sen")


def test_esc_on_the_whole_effect_writes_nothing(twice: Path, play: Any) -> None:
    before = files(twice)
    played = play(twice, "m", *SECOND, "W", "Esc")
    assert files(twice) == before
    assert "1 to write" in played.rows[0]


def test_without_a_reason_nothing_is_written_and_the_mark_goes_there(twice: Path, play: Any) -> None:
    played = play(twice, "m", *SECOND, "Down", "Left", "Up", "W")
    assert "say why first (e): 05 risk of harm plan" in played.rows[0]
    assert not (twice / "agreed").exists()


def test_any_outcome_that_the_question_has_can_be_agreed(twice: Path, play: Any) -> None:
    asked = play(twice, "m", "o", LOOK, "x", "e", WHY, "Esc", "W", "W").looks[0]
    assert "y yes   n no   x not applicable   k not known" in asked.text
    decision = markings(open_inspection(twice), "05").agreed.record.answers["lor.plan"]
    assert (decision.taken, decision.agreed) == ("other", "not-applicable")
    assert open_inspection(twice).case("05").record.answer("lor.plan").outcome == "not-applicable"


def test_the_letter_of_a_view_that_one_of_them_gave_is_that_view(twice: Path, play: Any) -> None:
    play(twice, "m", "o", "n")
    assert read_choices(twice, "agree", "05").record.choice("lor.plan").taken == "second"


def test_a_fact_is_settled_too_and_another_value_is_typed(twice: Path, play: Any) -> None:
    keys = ("m", "Up", "o", "maybe", "Enter", LOOK, "Esc", "Right", "e", WHY, "Esc", "W", "W")
    refused = play(twice, *keys).looks[0]
    assert "is yes or no, not 'maybe'" in " ".join(refused.text.split())
    assert open_inspection(twice).case("07").record.facts["custody"] is False


def test_the_same_answer_for_other_reasons_is_shown_as_such_and_keeps_both(twice: Path, play: Any) -> None:
    keys = ("m", "=", LOOK, "Down", "Down", LOOK, "=", "e", WHY, "Esc", "W", "W")
    refused, shown = play(twice, *keys).looks
    assert "where the answer is the same" in refused.rows[0]
    assert "Same answer, other reasons." in shown.text
    answer = open_inspection(twice).case("06").record.answer("vul.assess")
    assert answer.reasons == ("first-poor", "not-identified", "agencies", "irrelevant")


def test_what_is_left_open_for_the_lead_is_recorded_and_changes_no_answer(twice: Path, play: Any) -> None:
    before = open_inspection(twice).case("05")
    play(twice, "m", "l", "e", "the lead decides", "Esc", "W", "W")
    decision = markings(open_inspection(twice), "05").agreed.record.answers["lor.plan"]
    assert (decision.taken, decision.why) == ("open", "the lead decides")
    assert open_inspection(twice).case("05") == before


def test_from_a_question_it_is_about_that_case_alone(twice: Path, play: Any) -> None:
    played = play(twice, "at:07 roh.plan", "m")
    assert "Case 07" in played.rows[0]
    assert "1 left" in played.rows[0]


def test_enter_goes_to_what_nothing_is_chosen_about(twice: Path, play: Any) -> None:
    done = play(twice, "m", "Left", "Enter", "Left", "Enter", LOOK, "Left", "Enter", "Left", "Enter")
    (half,) = done.looks
    assert "Case 06" in half.rows[0]
    assert "2 left, 2 to write" in half.rows[0]
    assert "nothing is left to choose; W writes 4" in done.rows[0]


def test_a_finished_case_stays_finished_when_it_is_settled(twice: Path, play: Any) -> None:
    finish(open_inspection(twice), "05")
    play(twice, "m", *SECOND, "W", "W")
    record = open_inspection(twice).case("05").record
    assert (record.status, record.answer("lor.plan").outcome) == ("finished", "insufficient")


def test_a_case_changed_elsewhere_meanwhile_is_not_settled_unseen(twice: Path, play: Any) -> None:
    file = twice / "cases" / "05.toml"
    theirs = file.read_text().replace('case_manager = "TU"', 'case_manager = "XX"')
    assert theirs != file.read_text()
    played = play(twice, "W", first=("m", *SECOND, "W"), meanwhile=lambda: file.write_text(theirs))
    assert "changed outside this program" in played.rows[0]
    assert not (twice / "agreed").exists()


def test_the_mouse_does_the_same(twice: Path, play: Any) -> None:
    play(twice, "m", "click:→ no")
    assert read_choices(twice, "agree", "05").record.choice("lor.plan").taken == "second"


def test_without_second_markings_it_says_how_there_come_to_be_some(example: Path, play: Any) -> None:
    assert "No case has been marked twice.  'sqs second draw' draws some" in play(example, "m").text


def test_something_else_takes_the_reasons_that_are_ticked_by_digits(twice: Path, play: Any) -> None:
    shown = play(twice, "m", "Down", "Down", "o", "n", "1", "3", "2", "2").text
    assert "1 [x] first assessment not good enough" in shown
    assert "2 [ ] vulnerability not identified properly" in shown
    play(twice, "m", "Down", "Down", "e", WHY, "Esc", "W", "W")
    folder = open_inspection(twice)
    known = [r.id for r in folder.criteria.reasons_of(folder.criteria.question("vul.assess"), "insufficient")]
    answer = folder.case("06").record.answer("vul.assess")
    assert (answer.outcome, answer.reasons) == ("insufficient", (known[0], known[2]))
    decision = markings(folder, "06").agreed.record.decided("vul.assess")
    assert decision is not None
    assert (decision.taken, decision.reasons) == ("other", (known[0], known[2]))


def test_a_reason_that_does_not_go_with_the_outcome_is_refused_by_name(twice: Path) -> None:
    folder = open_inspection(twice)
    both = markings(folder, "06")
    views = both.first.record, both.second.record
    with pytest.raises(UsageError, match="no reason 'elephants' with 'insufficient' for vul.assess"):
        decide(folder.criteria, *views, "vul.assess", "insufficient", WHY, reasons=["elephants"])
    with pytest.raises(UsageError, match="reasons are ticked for another outcome; 'second' has its own"):
        decide(folder.criteria, *views, "vul.assess", "second", WHY, reasons=["agencies"])


def test_each_outcome_that_falls_short_has_a_word_of_its_own() -> None:
    criteria = load_criteria("sqs-2012")
    no = next(o for o in criteria.outcomes if o.id == "insufficient")
    partly = evolve(no, id="partly", key="w", text=Text({"en": "partly met, see why"}))
    assert [o.brief_word for o in (*criteria.outcomes, partly)] == [
        "yes",
        "no",
        "none",
        "n/a",
        "?",
        "partly",
    ]
