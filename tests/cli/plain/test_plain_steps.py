"""One case, line by line: what is typed, what is recorded, what is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sqs_core.cli.plain.conversation import PlainMode
from sqs_core.cli.plain.line_io import LineIO
from sqs_core.cli.plain.workspace import PlainWorkspace
from sqs_core.records.case import NO_ANSWER, Answer
from sqs_core.records.narrative import EditedParagraph, Narrative, Strength
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.navigation import Location

Sqs = Callable[..., CompletedProcess[str]]


def answer(folder: Path, question: str, case: str = "01") -> Answer:
    return open_inspection(folder).case(case).record.answer(question)


@pytest.fixture
def darlington(tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_source(), tmp_path / "darlington"))


def test_the_first_line_says_that_plain_mode_is_on_and_why(sqs: Sqs, leeds: Path) -> None:
    said = [
        sqs(*arguments, **changes).stdout.replace("\n", " ").partition(".")[0]
        for arguments, changes in (
            (("screen", leeds, "--plain"), {}),
            (("--plain", leeds), {}),
            (("tui", leeds, "--plain"), {}),
            (("tui", leeds), {"SQS_PLAIN": "1"}),
        )
    ]

    assert said == [
        *["[plain mode: on, because of --plain"] * 3,
        "[plain mode: on, because of SQS_PLAIN",
    ]


def test_without_a_terminal_the_screens_still_refuse_and_name_plain_mode(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, TERM="dumb")

    assert (done.returncode, done.stdout) == (2, "")
    assert "sqs screen DIR --plain" in done.stderr


def test_answers_are_given_by_number_by_letter_by_id_or_in_words(sqs: Sqs, leeds: Path) -> None:
    typed = ("1.1", "1", "1.2", "x", "1.5", "not-known", "2.1", "YES", "4.1", "yes, good enough")

    sqs("screen", leeds, "01", "--plain", typed=("facts", *typed))

    record = open_inspection(leeds).case("01").record
    assert {q: a.outcome for q, a in record.answers.items()} == {
        "lor.assess": "sufficient",
        "lor.assess.timely": "not-applicable",
        "lor.plan": "not-known",
        "roh.assess": "sufficient",
        "sen.engage": "sufficient",
    }


def test_reasons_are_ticked_and_unticked_by_numbers(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "01", "--plain", typed=("facts", "1.1", "n", "1 3 4", "3,1", "9", "", "."))

    assert answer(leeds, "lor.assess").reasons == ("care-missed",)
    assert "There is no reason 9; they are numbered 1 to 5." in done.stdout


def test_none_at_the_reasons_takes_the_reasons_away_and_leaves_the_answer(sqs: Sqs, leeds: Path) -> None:
    sqs("screen", leeds, "01", "--plain", typed=("facts", "1.1", "n", "1 2", "none", "."))

    assert answer(leeds, "lor.assess") == Answer(outcome="insufficient")


def test_where_any_words_fit_a_command_is_obeyed_and_its_letter_is_an_initial(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "01", "--plain", typed=("Q", "help goto", "=next", "done", "quit"))

    record = open_inspection(leeds).case("01").record
    assert done.returncode == 0
    assert (record.inspector, record.case_manager) == ("Q", "next")


def test_a_fact_says_which_questions_it_adds_and_leaves_out_and_parks_answers(sqs: Sqs, leeds: Path) -> None:
    done = sqs(
        "screen", leeds, "01", "--plain", typed=("facts", "rosh_identified=yes", "2.3", "y", "facts", "7 no")
    )

    assert "Risk of harm to others identified: yes. Saved" in done.stdout
    assert "Adds 2.3." in done.stdout
    assert "Leaves out 2.3. Kept,\nbut no longer counted: 2.3." in done.stdout
    assert answer(leeds, "roh.plan").outcome == "sufficient"


def test_welsh_letters_and_several_lines_arrive_as_typed(sqs: Sqs, leeds: Path) -> None:
    sqs(
        "screen", leeds, "01", "--plain", typed=("facts", "1.1", "evidence", "Tŷ Gwyn, p.3", "", "ŵ ŷ â", ".")
    )

    assert answer(leeds, "lor.assess").evidence == "Tŷ Gwyn, p.3\n\nŵ ŷ â"


def test_what_is_typed_at_the_wrong_prompt_can_be_kept(sqs: Sqs, leeds: Path) -> None:
    done = sqs(
        "screen", leeds, "01", "--plain", typed=("facts", "1.1", "The Asset was late, by 9 days", "keep said")
    )

    assert answer(leeds, "lor.assess").said == "The Asset was late, by 9 days"
    assert '"keep" puts the' in done.stdout


def test_a_note_is_added_to_and_only_clear_takes_it_away(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "evidence one", "evidence", "two", ".", "learning three", "learning", "clear")

    sqs("screen", leeds, "01", "--plain", typed=typed)

    assert answer(leeds, "lor.assess") == Answer(evidence="one\ntwo")


def test_what_is_typed_after_clear_can_be_kept_line_by_line(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "evidence one", "evidence", "clear", "Seen in the file,", "page 3", ".", "keep")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    assert answer(leeds, "lor.assess") == Answer(evidence="Seen in the file,\npage 3")
    assert "That ends the text as well" in done.stdout


def test_an_editor_gets_the_note_and_what_it_leaves_is_the_note(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    command = editor("note.write_text(note.read_text().upper())")

    sqs("screen", leeds, "01", "--plain", typed=("facts", "1.1", "evidence", "late", "edit"), EDITOR=command)

    assert answer(leeds, "lor.assess").evidence == "LATE"


def test_lines_typed_are_kept_where_the_editor_fails(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    done = sqs(
        "screen",
        leeds,
        "01",
        "--plain",
        typed=("facts", "1.1", "evidence", "late", "edit", "."),
        EDITOR=editor("sys.exit(1)"),
    )

    assert answer(leeds, "lor.assess").evidence == "late"
    assert "ended with an error (1)" in done.stdout


def test_undo_and_redo_name_what_they_change(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "y", "evidence p.3", "undo", "undo", "undo", "redo")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    told = [line.partition(" Saved")[0] for line in done.stdout.splitlines()]
    assert [line for line in told if line.startswith(("Undone", "Made again", "There is nothing"))] == [
        "Undone: 1.1 evidence.",
        "Undone: 1.1 answer.",
        "There is nothing to undo in this case.",
        "Made again: 1.1 answer.",
    ]
    assert answer(leeds, "lor.assess") == Answer(outcome="sufficient")


def test_a_question_is_marked_to_come_back_to_and_found_again(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "later ask for the review", "2.1", "goto later", "done", "l", "")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    assert "Marked to come back to: ask for the review." in done.stdout
    assert answer(leeds, "lor.assess") == Answer(later="")


def test_the_shared_view_shows_neither_evidence_nor_other_cases(sqs: Sqs, darlington: Path) -> None:
    typed = ("shared", "7", "2.3", "read", "board", "letter", "search zone", "check", "answers", "cases")

    done = sqs("screen", darlington, "--plain", typed=typed)

    after = done.stdout.partition("Shared view on")[2]
    assert "RMP: lists the curfew only" not in after
    assert "Case 09" not in after
    assert "09. " not in after
    assert "The case manager said: The exclusion zone was agreed by telephone" in after
    assert after.count('"shared" turns') == 5


def test_the_review_lists_what_is_left_and_a_number_goes_there(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "n", "", "late", ".", "1.2", "later", "", "review", "1")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    review = done.stdout.partition("Review. ")[2]
    assert review.startswith(
        "13 things to put right before this case is done.\n1. 1.1 is answered no, but no reason"
    )
    assert "1.1 Does the first assessment explain" in review


def test_the_board_tells_every_question_or_what_is_behind_one(sqs: Sqs, darlington: Path) -> None:
    done = sqs("screen", darlington, "--plain", typed=("board", "board custody", "board 2.3", "board harrow"))

    for told in (
        "2.3 risk of harm plan: 7 of 10. Not good enough: 07 08 09.",
        "2.3 risk of harm plan: 3 of 4. Not good enough: 07.",
        "Reason, victims' issues not looked at enough: 07 09.",
        'There is no part of the board called "harrow"',
    ):
        assert told in done.stdout


def test_a_figure_of_the_letter_opens_to_its_cases(sqs: Sqs, darlington: Path) -> None:
    done = sqs("screen", darlington, "--plain", typed=("letter 2.2",))

    assert (
        'Figure 2 of 3: "three of the four cases", from 2.3 risk of harm plan, in\n'
        "custody: 3 of 4. Counted: 02 03 06. The others: 07."
    ) in done.stdout


def test_the_letter_is_written_part_by_part_and_a_wrong_figure_is_told(sqs: Sqs, leeds: Path) -> None:
    typed = (
        *("write summary", "Good work.", "", "Some gaps.", "."),
        *("write 1.4", "Joint planning.", "."),
        *("write strength", "One", ".", "write strength", "Two", ".", "write strength 1", "clear"),
        *("write instead 2.2", "In {roh.plam|of cases}.", ".", "write 9.9"),
    )

    done = sqs("screen", leeds, "--plain", typed=typed)

    assert open_inspection(leeds).narrative().record == Narrative(
        summary="Good work.\n\nSome gaps.",
        paragraphs={
            "1.4": EditedParagraph(add="Joint planning."),
            "2.2": EditedParagraph("In {roh.plam|of cases}."),
        },
        strengths=(Strength("Two"),),
    )
    assert "L003 in '2.2': no question 'roh.plam'" in done.stdout
    assert "Write what?" in done.stdout


def test_the_take_away_sheet_has_learning_and_strengths_and_no_judgement(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "n", "1", "", "Poor.", ".", "strength Clear report", "learning Write it up")

    done = sqs("screen", leeds, "01", "--plain", typed=(*typed, "takeaway"))

    sheet = done.stdout.partition("What to take away from case 01\n")[2].partition("Answer (now")[0]
    assert sheet == (
        "What went well\n- First assessment: Clear report\n"
        "What there is to learn\n- First assessment: Write it up\n"
    )


def test_a_person_is_interviewed_one_question_at_a_time(sqs: Sqs, leeds: Path) -> None:
    typed = (
        "add person A",
        "1",
        "yes",
        "y",
        "",
        "no",
        "",
        "3",
        "undo",
        "note",
        "Wants more time.",
        ".",
        "quit",
    )

    done = sqs("screen", leeds, "--plain", typed=typed)

    interview = open_inspection(leeds).interview("A").record
    assert done.returncode == 0
    assert (interview.role, interview.gave_views, interview.note) == (
        "case-manager",
        True,
        "Wants more time.",
    )
    assert interview.answers == {"staff.wanted": Answer("yes"), "staff.training": Answer("no")}


def test_a_word_is_found_in_all_notes(sqs: Sqs, darlington: Path) -> None:
    done = sqs("screen", darlington, "--plain", typed=("search CURFEW",))

    assert "Case 07, 2.3, evidence: RMP: lists the curfew only" in done.stdout
    assert '1 note with "CURFEW" in 14 cases.' in done.stdout


def test_a_case_is_added_and_one_that_is_there_is_said_to_be(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "--plain", typed=("add case 04", "done", "add case 04", "add case ../x"))

    assert open_inspection(leeds).case_ids() == ("01", "02", "03", "04")
    assert "Case 04 is there already." in done.stdout
    assert "Add what? For example: add case 15" in done.stdout


def test_a_record_that_cannot_be_read_is_named_and_the_others_can_be_used(sqs: Sqs, leeds: Path) -> None:
    (leeds / "cases" / "02.toml").write_text("format = 1\nwhat")

    done = sqs("screen", leeds, "--plain", typed=("2", "3", "done", "y"))

    assert done.returncode == 0
    assert "Cannot be read: cases/02.toml" in done.stdout
    assert answer(leeds, "lor.assess", "03").outcome == "sufficient"


def test_a_finished_case_is_read_but_not_changed(sqs: Sqs, leeds: Path) -> None:
    file = leeds / "cases" / "01.toml"
    file.write_text(file.read_text().replace('case = "01"', 'case = "01"\nstatus = "finished"'))

    done = sqs("screen", leeds, "01", "--plain", typed=("facts", "1.1", "y"))

    assert "Case 01 is finished; reopen it" in done.stdout
    assert answer(leeds, "lor.assess") == NO_ANSWER


def test_nothing_said_is_wider_than_76_columns_or_moves_the_cursor(sqs: Sqs, darlington: Path) -> None:
    done = sqs("screen", darlington, "--plain", typed=("help", "board", "letter", "7", "2.3", "review"))

    assert max(map(len, done.stdout.splitlines())) <= 76
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("goto victims", "2.5 Was the risk of harm to identifiable victims managed well enough?"),
        ("goto roh victim", "2.5 Was the risk of harm to identifiable victims managed well enough?"),
        ("goto 2 victims", "Case 02. Section 2,"),
        ("goto barriers", '"barriers" is in the names of several questions: 4.2 barriers identified, 4.3'),
        ("goto nothing", 'There is no question or case "nothing"; the cases are 01 02 03;'),
        ("goto 2 nothing", 'There is no question "nothing"; they have numbers such as 2.3.'),
    ],
)
def test_goto_takes_words_of_the_name_of_a_question(sqs: Sqs, leeds: Path, typed: str, said: str) -> None:
    done = sqs("screen", leeds, "01", "--plain", typed=("done", "1.1", typed, "quit"))
    assert said in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    "typed", ["²", "9" * 5000, "merge ~nobody-here/x", "report ~nobody-here/letter.html"]
)
def test_what_looks_like_a_number_or_a_home_and_is_none_is_told_and_ends_nothing(
    sqs: Sqs, leeds: Path, typed: str
) -> None:
    done = sqs("screen", leeds, "--plain", typed=(typed, "quit"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "means nothing here" in done.stdout or "knows no home folder ~nobody-here" in done.stdout


def test_a_person_is_added_by_a_letter_and_not_by_a_name(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "--plain", typed=("add person Sarah", "interviews", "quit"))
    assert "'Sarah' could be a name; call people A, B, C …" in done.stdout
    assert "0 interviews, 0 complete" in done.stdout


def test_a_case_that_was_taken_away_meanwhile_stops_no_goto_later(leeds: Path) -> None:
    folder = open_inspection(leeds)
    said = StringIO()
    workspace = PlainWorkspace(folder, LineIO(BytesIO(), said, echo=False), datetime.now)
    shell = PlainMode(workspace, Location("facts", "03"))
    (leeds / "cases" / "03.toml").unlink()
    shell.obey("goto later")
    assert shell.here == Location("facts", "03")
    assert "Nothing else is marked to come back to." in said.getvalue()


def test_facts_are_typed_and_ticked_and_points_weighed_by_their_numbers(sqs: Sqs, tmp_path: Path) -> None:
    audit = tmp_path / "audit"
    new = ("--criteria", "social-care-audit", "--service", "Anytown", "--dates", "2026-11-23")
    sqs("new", audit, *new, "--cases", "children=2")
    sqs("answer", audit, "02", "assess.quality", "good", "--prompt", "daily-life=yes")
    facts = ("goto case 01", "done", "facts", "10 12", "11 yes", "12 no", "13 y", "10 x", "2 Karen S")
    told = " ".join(sqs("screen", audit, "--plain", typed=(*facts, "quit")).stdout.split())
    assert "13. Agencies in the record: police: not recorded" in told
    assert "Agencies in the record: school or nursery: ticked." in told
    assert "is a whole number, not 'x'" in told
    assert "visits_made" not in told
    assert "Social worker: this looks like a name; initials are enough" in told
    recorded = open_inspection(audit).case("01").record.facts
    assert recorded == {"visits_made": 12, "agencies_seen": ("school", "police")}
    typed = ("goto case 02", "goto 1.3", "points", "1 3 yes, 4 n/a", "2 none", "9 yes", "1", "", "quit")
    told = " ".join(sqs("screen", audit, "--plain", typed=typed).stdout.split())
    assert "1. more than one source: not weighed 2. the child's daily life: yes" in told
    assert "Weighed: more than one source: yes; what goes well: yes; fathers" in told
    assert "There is no point 9; they are numbered 1 to 4." in told
    assert "How is it weighed?" in told
    prompts = {"sources": "yes", "strengths": "yes", "fathers": "not-applicable"}
    assert answer(audit, "assess.quality", "02") == Answer("good", prompts=prompts)


def test_in_plain_mode_a_line_that_is_a_value_is_the_answer(sqs: Sqs, tmp_path: Path) -> None:
    audit = tmp_path / "audit"
    new = ("--service", "Anytown", "--dates", "2026-11-23", "--cases", "1")
    sqs("new", audit, "--criteria", Path(__file__).parents[2] / "criteria" / "values.toml", *new)
    lines = (
        *("goto case 01", "goto 1.2", "77", "12", "", "1 3", "1", "", "26/11/2012", "k", "1.7", "1"),
        *("An earlier visit.", ".", "read", "goto 1.3", "0", "override", "quit"),
    )
    done = sqs("screen", audit, "--plain", typed=lines)
    said = " ".join(done.stdout.split())
    assert "The answer to 1.2 is a whole number from 0 to 60, not 77." in said
    assert "Answer (now: 12):" in said
    assert "Answer: health." in said
    assert "Answer: An earlier visit." in said
    assert "only a judgement is overridden" in said
    assert [answer(audit, name, "01") for name in ("visits", "agencies", "referred", "words")] == [
        Answer("recorded", value=12),
        Answer("recorded", value=()),
        Answer("not-known"),
        Answer("recorded", evidence="An earlier visit."),
    ]
