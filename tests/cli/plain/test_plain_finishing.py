"""From the last answer to a letter that can be signed, in words alone."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sqs_core.records.case import Session
from sqs_core.records.inspection import Addressee, Signatory
from sqs_core.records.narrative import EditedParagraph, Strength
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.rescue import RescueCopy
from sqs_core.workflow.what_is_left import COPY_LEFT, GONE, STRAY, what_is_left

Sqs = Callable[..., CompletedProcess[str]]


def said(sqs: Sqs, folder: Path, *typed: str, **changes: str) -> str:
    """All that plain mode says to ``typed``, on one line."""
    done = sqs("screen", folder, "--plain", typed=typed, cwd=folder.parent, **changes)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_details_are_set_by_number_by_name_and_at_once(sqs: Sqs, leeds: Path) -> None:
    typed = ("details", "1", "Ms A", "address 1 High Street; Leeds", "signatory", "Jo", "date soon", "")
    told = said(sqs, leeds, *typed, "details role Head", "goto details", "99", "nonsense x")
    made = open_inspection(leeds).inspection
    assert made.addressee == Addressee("Ms A", "", ("1 High Street", "Leeds"))
    assert made.signatory == Signatory("Jo", "Head")
    assert "'soon' is no date; write such as 2026-12-19" in told
    assert "There is no line 99; they are numbered 1 to 19." in told
    assert '"nonsense x" means nothing here.' in told


def test_details_are_recalled_from_the_inspection_beside(sqs: Sqs, leeds: Path) -> None:
    sqs("new", leeds.parent / "older", "--service", "Leeds YJS", "--dates", "2025-11-24")
    said(sqs, leeds.parent / "older", "details signatory Jo", "details phone 0113")
    assert "Nothing to recall" in said(sqs, leeds.parent / "older", "details", "recall")
    told = said(sqs, leeds, "details lead Me", "details", "recall")
    assert "Telephone: 0113 Signatory: Jo Recalled from the last inspection of this service." in told
    made = open_inspection(leeds).inspection
    assert (made.lead.name, made.lead.phone, made.signatory.name) == ("Me", "0113", "Jo")


def test_a_live_figure_is_put_in_by_its_name_and_shown_by_its_words(sqs: Sqs, darlington: Path) -> None:
    typed = (
        "write summary",
        "clear",
        "write summary",
        "# custody 2.3",
        "Good in #1, and #9.",
        ".",
        "write summary",
        ".",
    )
    told = said(sqs, darlington, *typed)
    assert '#1 2.3 risk of harm plan, in custody: 3 of 4, "three of the four cases"' in told
    assert "#9 is no figure yet" in told
    assert "It reads: Good in three of the four cases, and #9." in told
    assert "Summary now: Good in [three of the four cases], and #9." in told
    assert open_inspection(darlington).narrative().record.summary == (
        "Good in {roh.plan@custody|of cases}, and #9."
    )


def test_writing_a_paragraph_begins_with_the_composed_words(
    sqs: Sqs, darlington: Path, editor: Callable[[str], str]
) -> None:
    command = editor("note.write_text(note.read_text().replace('To make sure', 'So that'))")
    typed = ("write instead 2.2", "begin", "More.", ".", "write instead 2.2", "edit")
    told = said(sqs, darlington, *typed, EDITOR=command)
    text = open_inspection(darlington).narrative().record.paragraphs["2.2"].text
    assert "including [three of the four cases] where" in told
    assert text.startswith("So that the public is protected")
    assert text.endswith("More.")
    assert "{roh.plan|of cases} where a risk" in text
    assert "{roh.plan@custody|of cases}" in text


def test_a_paragraph_changed_by_somebody_else_meanwhile_is_shown_and_not_written_over(
    sqs: Sqs, darlington: Path, editor: Callable[[str], str]
) -> None:
    # The editor is where the other one gets in.
    other = [sys.executable, "-m", "sqs_core.cli", "screen", str(darlington), "--plain"]
    theirs = "write summary\\nclear\\nwrite summary\\nTheirs.\\n.\\n"
    command = editor(
        f"import subprocess\nsubprocess.run({other!r}, input='{theirs}', text=True, capture_output=True, check=True)\n"
        "note.write_text('Mine.')"
    )
    told = said(sqs, darlington, "write summary", "edit", "show", "again", EDITOR=command)
    assert "Summary was changed meanwhile. It is now: Theirs." in told
    assert open_inspection(darlington).narrative().record.summary == "Theirs.\nMine."


def test_strengths_and_improvements_are_lists_with_what_the_records_propose(
    sqs: Sqs, darlington: Path
) -> None:
    stored = open_inspection(darlington).narrative().record.strengths
    typed = (
        "strengths",
        "add Joint work",
        "move 4 1",
        "link 1 2.3 4.1",
        "change 1 Joint planning",
        "remove 2",
        "take 1",
    )
    told = said(sqs, darlington, *typed, "move 9 1", "")
    assert open_inspection(darlington).narrative().record.strengths == (
        Strength("Joint planning", ("roh.plan", "sen.engage")),
        *stored[1:],
        Strength("The assessment was written together with the young person.", ("lor.assess",)),
    )
    assert "1. Joint planning [2.3, 4.1]" in told
    assert "there is no item 9" in told.lower()


def test_an_area_is_made_of_a_question_that_fell_short_in_the_authors_words(
    sqs: Sqs, darlington: Path
) -> None:
    typed = (
        "improvements",
        "remove 1",
        "read",
        "take 1",
        "# 3.2 vulnerability",
        "Plans fell short: #1.",
        ".",
    )
    told = said(sqs, darlington, *typed)
    area = open_inspection(darlington).narrative().record.improvements[-1]
    assert (area.text, area.questions) == ("Plans fell short: {vul.plan|of cases}.", ("vul.plan",))
    assert "1. vulnerability plan: 5 of 13 good enough" in told


def test_undo_outside_a_case_goes_back_in_the_letter_also_after_a_restart(sqs: Sqs, leeds: Path) -> None:
    said(sqs, leeds, "write summary", "One.", ".", "details lead Me", "write 1.4", "Two.", ".")
    told = said(sqs, leeds, "undo", "undo", "undo", "undo", "redo")
    assert "Undone: paragraph 1.4." in told
    assert "Undone: lead inspector." in told
    assert "There is nothing to undo in the letter" in told
    folder = open_inspection(leeds)
    assert (folder.narrative().record.summary, folder.narrative().record.paragraphs) == ("One.", {})
    assert "Made again: paragraph 1.4." in said(sqs, leeds, "redo", "redo")
    assert folder.narrative().record.paragraphs == {"1.4": EditedParagraph(add="Two.")}


def test_everything_left_is_reached_from_one_list_and_what_may_stay_is_accepted_with_a_reason(
    sqs: Sqs, darlington: Path
) -> None:
    folder = open_inspection(darlington)
    count = len(what_is_left(folder).items)
    accepts = [line for place in range(count) for line in ("left", "accept 1 because agreed with the lead")]
    told = said(sqs, darlington, "left", "2", *accepts, "left")
    assert f"{count} things left to look at." in told
    assert '"write instead 3.3" writes it yourself' in told
    assert told.endswith(
        "Nothing is left. The letter can go. Left (Enter to go back): The input ended. Everything entered is saved."
    )
    assert what_is_left(folder).final


def test_the_list_leads_to_each_place(sqs: Sqs, leeds: Path) -> None:
    told = said(sqs, leeds, "left", "1", "done", "left", "accept 1", "accept 99", "5", "Ms A", "quit")
    assert "Case 01. Facts, 16 of them." in told
    assert "this has to be mended" in told.lower()
    assert "There is no line 99" in told
    assert open_inspection(leeds).inspection.addressee.name == "Ms A"


def test_copies_and_records_that_are_gone_are_settled_from_the_list(
    sqs: Sqs, darlington: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = open_inspection(darlington)
    for case in ("03", "07"):
        stored = folder.case(case)
        session = Session(folder.criteria, stored.record).noting("roh.plan", "learning", "Talk about it.")
        if case == "07":
            RescueCopy(folder.path, folder.criteria, "case", case).save(session.record, stored.hash)
        else:
            folder.save_case(session.record, expect=stored.hash)
    (darlington / "cases" / "03.toml").unlink()
    shutil.copy(darlington / "cases" / "07.toml", darlington / "cases" / "07 (conflicted copy).toml")
    places = {item.code: str(place) for place, item in enumerate(what_is_left(folder).items, 1)}
    copy, gone, stray = places[COPY_LEFT], places[GONE], places[STRAY]
    typed = (copy, "", gone, "", stray, "", copy, "take", gone, "restore it was deleted", stray, "aside")
    told = said(sqs, darlington, "left", *typed, XDG_STATE_HOME=str(tmp_path / "state"))
    assert told.count("Left as it is.") == 3
    assert folder.case("03").record.answer("roh.plan").learning == "Talk about it."
    assert folder.case("07").record.answer("roh.plan").learning == "Talk about it."
    assert {item.code for item in what_is_left(folder).items}.isdisjoint({COPY_LEFT, GONE, STRAY})


def test_the_shared_view_and_a_second_marking_have_no_list_of_what_is_left(sqs: Sqs, leeds: Path) -> None:
    told = said(sqs, leeds, "shared", "left", "strengths")
    assert told.count('"shared" turns the shared view off') == 2
