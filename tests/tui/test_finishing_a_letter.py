"""From the last answer to a letter that can go: details, lists, live figures, what is left, undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.tui.conftest import LOOK

from emulator import Terminal
from sqs_core import Session
from sqs_core.records.narrative import EditedParagraph, Narrative
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.rescue import RescueCopy
from sqs_core.workflow.letter_details import change_details, with_detail
from sqs_core.workflow.what_is_left import what_is_left
from sqs_tui.app import SqsApp
from sqs_tui.screens.left import LeftScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.question import QuestionScreen


def left(folder: Path) -> int:
    """How much is left before the letter can go."""
    return len(what_is_left(open_inspection(folder)).items)


def written(folder: Path) -> Narrative:
    """What the author wrote, as it is on the disk."""
    return open_inspection(folder).narrative().record


def test_what_esc_leaves_in_a_box_is_a_draft_and_an_improvement_says_what_it_rests_on(
    example: Path, play: Any
) -> None:
    typed = ("I", "A purpose", "Esc", "I", " for each", LOOK, "F2", "Enter")
    played = play(example, "4", "]", "]", "]", *typed, size=(120, 40))
    (box,) = played.looks
    assert "A purpose for each" in box.text
    assert "a draft that Esc left: typing goes on with it, ^U clears it" in box.text
    assert "[x] rests on " in box.text
    assert "left as a draft: nothing was done with it, and the box has it again" in [
        words for _, words in played.app.messages
    ]
    assert [(i.text, i.questions) for i in written(example).improvements][-1] == ("A purpose for each", ())


# ---------------------------------------------------------------- details


def test_a_detail_is_typed_on_its_line_and_kept_and_semicolons_part_the_lines_of_an_address(
    example: Path, play: Any
) -> None:
    played = play(example, "4", "D", "Tab", "1 New Street; Leeds", "Tab", "Dr Example", "Tab")
    assert "Salutation               Dr Example" in played.text
    addressee = open_inspection(example).inspection.addressee
    assert (addressee.salutation, addressee.lines) == ("Dr Example", ("1 New Street", "Leeds"))


def test_a_date_that_is_none_is_refused_under_its_line_and_stays_there(example: Path, play: Any) -> None:
    played = play(example, "4", "D", "Tab", "Tab", "Tab", "soon", "Tab")
    rows = played.rows
    row = next(n for n, words in enumerate(rows) if "Date of the letter" in words)
    assert "soon" in rows[row]
    assert "'soon' is no date" in rows[row + 1]
    assert open_inspection(example).inspection.letter_date is not None


@pytest.mark.parametrize(("words", "line"), [("salutation", "Salutation"), ("sign", "Signatory")])
def test_the_palette_finds_a_detail_and_goes_to_its_line(
    words: str, line: str, example: Path, play: Any
) -> None:
    played = play(example, "^P", words, "Enter")
    assert "Letter details" in played.rows[0]
    assert f"▶ {line} " in played.text


def test_the_blank_details_are_recalled_from_the_last_inspection_of_the_service(
    example: Path, tmp_path: Path, play: Any
) -> None:
    from sqs_core.cli import main

    new = tmp_path / "new"
    service = open_inspection(example).inspection.service
    assert main(["new", str(new), "--service", service, "--dates", "2013-11-25", "--cases", "1"]) == 0
    played = play(new, "4", "D", "^R")
    assert "recalled: addressee" in played.rows[0]
    now, then = open_inspection(new).inspection, open_inspection(example).inspection
    assert (now.addressee, now.signatory, now.letterhead) == (then.addressee, then.signatory, then.letterhead)
    assert now.letter_date is None


# ---------------------------------------------------------------- lists


def to_strengths(*keys: str) -> tuple[str, ...]:
    return ("^P", "the list of strengths", "Enter", *keys)


def test_an_item_is_added_moved_changed_linked_and_taken_away(example: Path, play: Any) -> None:
    before = [s.text for s in written(example).strengths]
    play(example, *to_strengths("a", "Kind words.", "Esc"))
    assert [s.text for s in written(example).strengths] == [*before, "Kind words."]
    play(example, *to_strengths(*("Down",) * len(before), "^Up", "e", " Always.", "Esc"))
    assert [s.text for s in written(example).strengths] == [*before[:-1], "Kind words. Always.", before[-1]]
    play(example, *to_strengths("L", "Space", "Enter"))
    first = open_inspection(example).criteria.questions[0].id
    assert first in written(example).strengths[0].questions
    played = play(example, *to_strengths("Back"))
    assert "u brings it back" in played.rows[0]
    assert len(written(example).strengths) == len(before)


def test_what_was_added_to_a_list_has_the_mark_among_others(example: Path, play: Any) -> None:
    played = play(example, *to_strengths("a", "K", "Esc", "a", "L", "Esc"))
    assert next(row for row in played.rows if "▶" in row).endswith(". L")


def test_an_item_of_which_no_words_are_left_is_taken_away(example: Path, play: Any) -> None:
    before = written(example).strengths
    play(example, *to_strengths("a", "K", "Esc", "e", "Back", "Esc"))
    assert written(example).strengths == before


def test_copies_are_a_list_like_the_others(example: Path, play: Any) -> None:
    before = open_inspection(example).inspection.copies
    play(example, "^P", "those who get a copy", "Enter", "a", "Jo Example", "Enter", "Back")
    assert open_inspection(example).inspection.copies == (*before[1:], "Jo Example")


def test_what_the_records_propose_stands_under_the_items_and_is_taken_by_enter(
    example: Path, play: Any
) -> None:
    before = written(example).strengths
    played = play(example, *to_strengths(*("Down",) * len(before), "Enter"))
    assert "The records propose" in played.text
    assert written(example).strengths[-1].text == "The assessment was written together with the young person."
    assert written(example).strengths[-1].questions == ("lor.assess",)


# ---------------------------------------------------------------- live figures


def test_a_figure_is_found_by_name_and_put_in_by_its_words(example: Path, play: Any) -> None:
    played = play(example, "4", "S", " Seen in ", "^R", "harm plan custody", LOOK, "Enter", ".")
    (picking,) = played.looks
    assert "3 of 4" in picking.text
    assert "“three of the four cases”" in picking.text
    assert "[three of the four cases]." in " ".join(played.text.replace("┃", " ").split())
    assert "{" not in played.text
    assert written(example).summary.endswith("Seen in {roh.plan@custody|of cases}.")


def test_of_two_figures_with_the_same_words_the_one_that_stays_stays(example: Path, play: Any) -> None:
    two = "{roh.plan|of cases} {lor.plan|of cases} {roh.plan|of cases}"
    folder = open_inspection(example)
    stored = folder.narrative()
    folder.save_narrative(evolve(stored.record, summary=two), expect=stored.hash)
    play(example, "4", "S", *("Back",) * 24, "x")
    assert written(example).summary.startswith("{roh.plan|of cases} {lor.plan|of cases}")
    assert written(example).summary.endswith("x")


# ---------------------------------------------------------------- what is left


def test_a_missing_detail_is_mended_from_the_list(example: Path, play: Any) -> None:
    change_details(open_inspection(example), lambda i: with_detail(i, "signatory", ()))
    played = play(example, "6", "Down", "Enter", LOOK, "Jo Example", "Esc")
    assert "▶ Signatory" in played.looks[0].text
    assert "What is left" in played.rows[0]
    assert f"{left(example)} things left" in played.text
    assert open_inspection(example).inspection.signatory.name == "Jo Example"


def test_a_line_is_kept_as_it_is_with_a_reason(example: Path, play: Any) -> None:
    before = left(example)
    played = play(example, "6", *("Down",) * 4, "K", "It is clear as it is.", "Enter")
    assert f"{before - 1} things left" in played.text
    assert written(example).exceptions[-1].reason == "It is clear as it is."


def test_the_letter_is_written_from_the_list_and_says_why_it_is_a_draft(
    example: Path, tmp_path: Path, play: Any
) -> None:
    played = play(example, "6", "X", "^U", str(tmp_path / "a.txt"), "Enter")
    assert f"marked DRAFT: {left(example)} things left" in f"{played.rows[0]}{played.rows[1]}"
    assert "DRAFT" in (tmp_path / "a.txt").read_text()


WORD = """
from sqs_core import Renderer, hookimpl


@hookimpl
def sqs_register_renderers():
    return [Renderer("word", ".docx", "application/octet-stream", "the letter", lambda report: b"PK")]
"""


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_letter_is_proposed_as_a_word_file_where_one_can_be_written(
    ending: str, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example.parent)  # a path that the box has the room for
    plugin = tmp_path / "word.py"
    plugin.write_text(WORD)
    with Terminal(
        "tui",
        example.name,
        environment={"SQS_NO_PLUGINS": "", "SQS_PLUGINS": str(plugin) if ending == ".docx" else ""},
    ) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("6", "left to look at")
        terminal.press("X", f"/letter{ending}")


def with_every_kind_of_finding(folder: Path) -> None:
    """Leave one thing to do of each kind in the inspection."""
    made = open_inspection(folder)

    def change(name: str, how: Callable[[Session], Session]) -> None:
        stored = made.case(name)
        made.save_case(how(Session(made.criteria, stored.record)).record, expect=stored.hash)

    change("01", lambda case: case.judging("lor.plan", None))
    change("02", lambda case: case.judging("lor.assess", "insufficient", ()))
    change("03", lambda case: case.flagging("lor.plan", later="ask"))
    change("05", lambda case: case.setting("review_due", False))
    change("06", lambda case: case.setting("rosh_identified", None))
    for name in ("09", "10"):
        change(name, lambda case: case.noting("lor.plan", "learning", "x"))
    made.add_case(made.new_case("15"))
    person = made.interview(made.people()[0])
    some = dict(list(person.record.answers.items())[1:])
    made.save_interview(evolve(person.record.noting("role", None), answers=some), expect=person.hash)
    made = change_details(made, lambda i: with_detail(i, "signatory", ()))
    text = "Anna Brown saw that nine of the ten plans were good enough. " + "very " * 45 + "long."
    paragraphs = {"2.2": EditedParagraph(text), "1.1": EditedParagraph("{no.such|of}")}
    stored = made.narrative()
    lacking = evolve(stored.record, summary="", strengths=(), paragraphs=paragraphs)
    made.save_narrative(lacking, expect=stored.hash)
    case = made.case("07")
    learned = case.record.answering("roh.plan", evolve(case.record.answer("roh.plan"), learning="Ask."))
    RescueCopy(made.path, made.criteria, "case", "07").save(learned, case.hash)
    cases = folder / "cases"
    (cases / "08 (LAPTOP's conflicted copy).toml").write_bytes((cases / "08.toml").read_bytes())
    (cases / "09.toml").write_text((cases / "09.toml").read_text().replace('inspector = "', 'inspector = "X'))
    (cases / "10.toml").unlink()


PLACES = {
    "C101": "Case 01 · 1.",
    "C110": "Case 15 ▸ Facts",
    "C111": "Case 04 ▸ Check before",
    "C201": "Case 05 · 1.",
    "C204": "Case 06 ▸ Facts",
    "H008": "accept and why lets it stand",
    "I003": "Do you know what the service wants",
    "L002": "▸summary",
    "L003": "▸ Letter",
    "L013": "▶ Signatory",
    "L014": "Anna Brown",
    "R035": "put what is missing",
    "R037": "puts its last version back",
    "R050": "▸ Not saved",
}


def test_each_kind_of_finding_is_reached_from_the_list_and_the_gone_record_is_put_back_there(
    example: Path, stage: Any
) -> None:
    with_every_kind_of_finding(example)
    seen: dict[str, str] = {}

    async def go() -> None:
        app = SqsApp(str(example))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            on = stage(app, pilot)
            await on.records_in()
            assert "still looking" in LeftScreen().why_not("left_keep")
            await on.keys("6")
            await listed(on)
            await on.keys("Enter", "a sync program took it", "Enter")
            assert (example / "cases" / "10.toml").exists()
            while "cases/10.toml" in on.text():
                await listed(on)
            items = what_is_left(open_inspection(example)).items
            for place, item in enumerate(items):
                if item.code in seen or item.code not in PLACES:
                    continue
                app.screen.menu.mark(str(place))
                await on.keys("Enter")
                while item.code == "I003" and not isinstance(app.screen, QuestionScreen):
                    await asyncio.sleep(0.01)  # another population is read first
                await on.settled()
                seen[item.code] = on.text()
                while not isinstance(app.screen, LeftScreen):
                    # Esc does not lead out of another population, and 6 does.
                    await on.keys("6" if isinstance(app.screen, OverviewScreen) else "Esc")
                await listed(on)
            app.screen.menu.mark(str([item.code for item in items].index("R035")))
            await on.keys("Enter", "aside", "Enter")

    async def listed(on: Any) -> None:
        while on.app.screen.item is None:
            await asyncio.sleep(0.01)
        await on.settled()

    asyncio.run(go())
    assert "R035" not in {item.code for item in what_is_left(open_inspection(example)).items}
    assert len([*example.with_name(f"{example.name}-set-aside").glob("cases-08 *.toml")]) == 1
    assert {code: place for code, place in PLACES.items() if place not in seen.get(code, "")} == {
        "R037": "puts its last version back"  # it was mended first
    }


# ---------------------------------------------------------------- undo, and two people


def test_u_takes_back_paragraphs_lists_details_and_wording_across_a_restart(example: Path, play: Any) -> None:
    before, signed = written(example), open_inspection(example).inspection.signatory
    detail = ("D", "Esc", "D", *("Tab",) * 11, "Jo Example", "Tab", "Esc")
    play(example, *to_strengths("a", "K", "Esc"))
    play(example, "4", *detail, *("]",) * 8, "w")
    assert open_inspection(example).inspection.signatory != signed
    played = play(example, "4", "u", "u", "u")
    assert "taken back: strengths" in played.rows[0]
    assert (written(example), open_inspection(example).inspection.signatory) == (before, signed)
    again = play(example, "4", "U", "U")
    assert "made again: signatory" in again.rows[0]
    assert open_inspection(example).inspection.signatory.name == "Jo Example"


def theirs(example: Path, **changes: Any) -> Any:
    """Somebody else's change of the letter."""

    def change() -> None:
        folder = open_inspection(example)
        stored = folder.narrative()
        folder.save_narrative(evolve(stored.record, **changes), expect=stored.hash)

    return change


def test_two_people_who_write_two_paragraphs_both_keep_theirs(example: Path, play: Any) -> None:
    change = theirs(example, paragraphs={"1.2": EditedParagraph(text="Theirs.")})
    play(example, " ours.", "Esc", first=("4", "S"), meanwhile=change, tick=False)
    assert written(example).summary.endswith(" ours.")
    assert written(example).paragraphs["1.2"].text == "Theirs."


def test_a_text_that_both_changed_is_shown_as_a_difference_and_not_overwritten(
    example: Path, play: Any
) -> None:
    change = theirs(example, summary="Theirs.")
    shown = play(example, "ours", "Esc", first=("4", "S"), meanwhile=change, tick=False)
    assert "summary was changed elsewhere meanwhile" in shown.text
    assert "→ Theirs" in shown.text
    assert written(example).summary == "Theirs."


@pytest.mark.parametrize(("key", "kept"), [("Right", "Theirs."), ("=", "Theirs.\n\nours")])
def test_of_a_text_that_both_changed_one_side_is_chosen_or_both(
    key: str, kept: str, example: Path, play: Any
) -> None:
    theirs(example, summary="")()
    change = theirs(example, summary="Theirs.")
    play(example, "ours", "Esc", key, first=("4", "S"), meanwhile=change, tick=False)
    assert written(example).summary == kept
