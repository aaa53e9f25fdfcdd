"""What sync programs and people do to a folder behind the program: copies, losses, versions put back."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from changing import change
from conftest import Run
from sqs_core.errors import HeldError, RecordError, SqsError
from sqs_core.records.inspection import Sample
from sqs_core.storage.audit.purge import purge_plan
from sqs_core.storage.audit.restore import restore, versions_to_choose
from sqs_core.storage.audit.verify import changed_outside, verify_inspection
from sqs_core.storage.check import check_inspection
from sqs_core.storage.findings import doubts_about, findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.integrity import set_aside
from sqs_core.storage.layout import natural_order, own_id
from sqs_core.workflow.composing import compose_report
from systems import any_name, links


def problems_of(folder: InspectionFolder) -> list[tuple[str, str]]:
    """What ``sqs check`` says cannot be read, by place and code."""
    return [(problem.where, problem.code) for problem in check_inspection(folder)[0]]


def copy(folder: InspectionFolder, old: str, new: str) -> None:
    (folder.path / new).write_bytes((folder.path / old).read_bytes())


# ---------------------------------------------------------------- copies

COPIES = [
    ("cases/07.toml", "cases/07 (conflicted copy 2026-11-23).toml"),  # Dropbox
    ("cases/07.toml", "cases/07-LAPTOP123.toml"),  # OneDrive
    ("cases/07.toml", "cases/07 2.toml"),  # iCloud
    ("cases/07.toml", "cases/07.sync-conflict-20261123-101500-ABCDEFG.toml"),  # Syncthing
    ("cases/07.toml", "cases/Copy of 07.toml"),
    ("interviews/A.toml", "interviews/A 2.toml"),
    ("interviews/A.toml", "interviews/A-LAPTOP123.toml"),
    ("letter.toml", "letter-LAPTOP123.toml"),
    ("inspection.toml", "inspection (1).toml"),
]


@pytest.mark.parametrize(("original", "made"), COPIES)
def test_a_copy_beside_a_record_is_named_and_changes_no_figure(
    folder: InspectionFolder, original: str, made: str
) -> None:
    before = compose_report(folder)
    copy(folder, original, made)
    (problem,) = check_inspection(folder)[0]
    assert (problem.where, problem.code) == (made, "R035")
    assert problem.what == f"may be a copy of {original} that a sync program made; it is not counted"
    assert doubts_about(folder) == (problem,)
    assert compose_report(folder) == before


@pytest.mark.parametrize("name", ["cases 2", "Copy of cases", "interviews (1)"])
def test_a_copy_of_a_whole_folder_is_named_and_can_be_moved_out(folder: InspectionFolder, name: str) -> None:
    original = "cases" if "cases" in name else "interviews"
    shutil.copytree(folder.path / original, folder.path / name)
    (problem,) = check_inspection(folder)[0]
    assert (problem.where, problem.code) == (name, "R035")
    assert problem.what.startswith(f"may be a copy of the folder {original} that a sync program made")
    assert purge_plan(folder, ["07"]).doubtful == (name,)
    set_aside(folder.path, name)
    assert check_inspection(folder) == ((), ())


@pytest.mark.parametrize(("original", "made"), COPIES)
def test_what_is_said_to_do_about_a_copy_works(folder: InspectionFolder, original: str, made: str) -> None:
    copy(folder, original, made)
    assert doubts_about(folder)[0].remedy.endswith("then move it out of the inspection")
    (folder.path / made).rename(folder.path.parent / "aside.toml")
    assert check_inspection(folder) == ((), ())


@pytest.mark.parametrize("command", ["summary", "status", "actions", "report", "export"])
def test_every_command_that_counts_tells_of_a_copy_and_ends_with_3(
    folder: InspectionFolder, sqs: Run, command: str
) -> None:
    copy(folder, "cases/07.toml", "cases/07-LAPTOP123.toml")
    more = {"report": ("-r", "text", "-o", "-"), "export": ("--to", "data")}
    done = sqs(command, folder.path, *more.get(command, ()))
    assert (done.returncode, "cases/07-LAPTOP123.toml: R035" in done.stderr) == (3, True)
    assert command == "export" or done.stdout


def test_two_cases_that_begin_alike_are_both_cases(folder: InspectionFolder) -> None:
    for case in ("07-2", "07a"):
        folder.add_case(folder.new_case(case))
    assert folder.case_ids()[6:9] == ("07", "07-2", "07a")
    assert doubts_about(folder) == ()


def test_a_case_whose_file_has_another_name_is_told_what_would_work(folder: InspectionFolder) -> None:
    (folder.path / "cases" / "07.toml").rename(folder.path / "cases" / "70.toml")
    (problem,) = folder.cases()[1]
    assert (problem.code, problem.remedy) == ("R032", "rename the file to 07.toml")
    (folder.path / "cases" / "70.toml").rename(folder.path / "cases" / "07.toml")
    assert folder.cases()[1] == ()


def test_a_case_that_was_made_from_another_is_told_what_would_work(folder: InspectionFolder) -> None:
    copy(folder, "cases/07.toml", "cases/15.toml")
    (problem,) = folder.cases()[1]
    assert (problem.where, problem.code) == ("cases/15.toml", "R032")
    assert problem.remedy == (
        'write case = "15" in it where it is another; move it away where it is a copy of cases/07.toml'
    )
    path = folder.path / "cases" / "15.toml"
    path.write_text(path.read_text().replace('case = "07"', 'case = "15"'))
    assert len(folder.cases()[0]) == 15


BARRED = [pytest.param(name, marks=any_name) for name in ("07\x1b[2J.toml", "con.toml")]


@pytest.mark.parametrize("name", ["07².toml", "²³.toml", "٧.toml", *BARRED, "a b.toml"])
def test_one_odd_name_hides_nothing_else(folder: InspectionFolder, name: str) -> None:
    copy(folder, "cases/07.toml", f"cases/{name}")
    (folder.path / "cases" / "08.toml").write_text("broken")
    codes = [problem.code for problem in check_inspection(folder)[0]]
    assert codes == ["R011", "R008", "R035"]
    assert all("\x1b" not in str(problem) for problem in check_inspection(folder)[0])
    assert len(folder.case_ids()) == 14


def test_digits_of_other_scripts_are_no_numbers_to_sort_by() -> None:
    assert sorted(["10", "2", "2²", "٧"], key=natural_order) == ["2", "2²", "10", "٧"]


def test_a_record_in_capitals_is_told_to_be_renamed(folder: InspectionFolder) -> None:
    (folder.path / "cases" / "07.toml").rename(folder.path / "cases" / "07.TOML")
    where = [(p.where, p.code) for p in doubts_about(folder)]
    if len(folder.case_ids()) == 13:  # else one file on this system
        assert ("cases/07.TOML", "R035") in where


def test_what_an_editor_leaves_is_advice(folder: InspectionFolder) -> None:
    for name in ("cases/07.toml~", "cases/#07.toml#", "cases/~$07.toml", "cases/desktop.ini", "cases/n.docx"):
        (folder.path / name).write_text("x")
    broken, found = check_inspection(folder)
    assert broken == ()
    assert [(p.where, p.code, p.advice) for p in found] == [
        (f"cases/{name}", "R036", True) for name in ("#07.toml#", "07.toml~", "n.docx", "~$07.toml")
    ]


# ---------------------------------------------------------------- records that vanish


@pytest.mark.parametrize("name", ["cases/01.toml", "interviews/A.toml", "letter.toml"])
def test_a_record_that_the_history_knows_is_missed(folder: InspectionFolder, name: str) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    person, written = folder.interview("A"), folder.narrative()
    folder.save_interview(person.record.noting("note", "Seen on Monday."), expect=person.hash)
    folder.save_narrative(evolve(written.record, summary="All is well."), expect=written.hash)
    (folder.path / name).unlink()
    assert problems_of(folder) == [(name, "R037")]
    with pytest.raises(RecordError, match=f"{name}: R037 this record is in the history, but missing"):
        compose_report(folder)


def test_no_table_and_no_draw_is_made_without_a_case_that_vanished(
    folder: InspectionFolder, sqs: Run
) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    (folder.path / "cases" / "01.toml").unlink()
    for words in (
        ("programme", folder.path, "--csv"),
        ("second", "draw", folder.path, "--n", 1, "--seed", 7),
    ):
        done = sqs(*words)
        assert (done.returncode, done.stdout, "cases/01.toml: R037" in done.stderr) == (3, "", True)


def test_a_record_that_vanished_is_written_again_as_the_history_knows_it(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    before = folder.case("01")
    (folder.path / "cases" / "01.toml").unlink()
    assert restore(folder, "01", "a sync program lost it") == "cases/01.toml"
    assert folder.case("01") == before
    assert (verify_inspection(folder.path), problems_of(folder)) == ((), [])


def test_a_record_that_is_let_go_is_missed_no_more(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    (folder.path / "cases" / "01.toml").unlink()
    list(folder.journal.enter_all_missed(["cases/01.toml"], why="it was not ours"))
    assert (problems_of(folder), len(folder.cases()[0])) == ([], 13)


def test_a_case_that_was_purged_is_not_missed(folder: InspectionFolder) -> None:
    from sqs_core.storage.audit.purge import purge

    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    purge(folder, ["01"], "kept long enough")
    assert problems_of(folder) == []


def test_a_sample_that_is_not_whole_is_told_wherever_it_is_counted(
    folder: InspectionFolder, sqs: Run
) -> None:
    (folder.path / "cases" / "07.toml").unlink()
    what = "cases: R037 the sample is of 14 cases, and 1 of them are missing"
    for command in ("summary", "status", "check", "actions"):
        done = sqs(command, folder.path)
        assert (done.returncode, what in done.stderr + done.stdout) == (3, True)


def test_a_case_that_was_drawn_is_missed(folder: InspectionFolder) -> None:
    drawn = folder.save_inspection(evolve(folder.inspection, sample=Sample(14, drawn=folder.case_ids())))
    (folder.path / "cases" / "07.toml").unlink()
    (problem,) = drawn.cases()[1]
    assert (problem.where, problem.code) == ("cases/07.toml", "R037")


# ---------------------------------------------------------------- versions put back


@pytest.fixture
def put_back(folder: InspectionFolder) -> InspectionFolder:
    """Case 01, saved twice, with the first of the two versions in its place again, its lock as well."""
    path, lock = folder.path / "cases" / "01.toml", folder.path / "cases" / ".01.toml.lock"
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    earlier, held = path.read_bytes(), lock.read_bytes()
    change(folder, "01", lambda s: s.judging("roh.plan", "sufficient"))
    path.write_bytes(earlier)
    lock.write_bytes(held)
    return folder


def test_an_earlier_version_is_found_and_counts_for_nothing(put_back: InspectionFolder) -> None:
    assert problems_of(put_back) == [("cases/01.toml", "R038")]
    with pytest.raises(RecordError, match="R038 an earlier version of this record was put in its place"):
        findings_of(put_back)
    assert [p.code for p in verify_inspection(put_back.path)] == ["H011"]


def test_nothing_is_answered_over_an_earlier_version(put_back: InspectionFolder) -> None:
    before = (put_back.path / "cases" / "01.toml").read_bytes()
    with pytest.raises(HeldError, match="--restore takes the later one back, --accept lets this one stand"):
        change(put_back, "01", lambda s: s.judging("vul.plan", "not-known"))
    assert (put_back.path / "cases" / "01.toml").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("answer", "roh.plan", "not-known"),
        ("fact", "custody=no"),
        ("reopen", "--why", "seen"),
        ("finish", "--why", "w"),
    ],
)
def test_no_command_enters_an_earlier_version_as_a_change(
    put_back: InspectionFolder, sqs: Run, words: tuple[str, ...]
) -> None:
    before = (put_back.path / "history.jsonl").read_bytes()
    done = sqs(words[0], put_back.path, "01", *words[1:])  # the first changes nothing of what stands there
    assert done.returncode in (2, 5)
    assert (put_back.path / "history.jsonl").read_bytes() == before


def test_both_versions_are_there_to_choose_from(put_back: InspectionFolder) -> None:
    choice = versions_to_choose(put_back, "01")
    assert choice.on_disk is not None
    outcomes = [table["answers"]["roh.plan"]["outcome"] for table in (choice.known, choice.on_disk)]
    assert (choice.name, outcomes) == ("cases/01.toml", ["sufficient", "not-known"])


@pytest.mark.parametrize(
    ("chosen", "outcome"), [(("--restore", "01"), "sufficient"), (("--accept",), "not-known")]
)
def test_either_version_can_be_let_stand(
    put_back: InspectionFolder, sqs: Run, chosen: tuple[str, ...], outcome: str
) -> None:
    done = sqs("verify", put_back.path, *chosen, "--why", "looked at both")
    assert (done.returncode, "everything fits" in done.stderr) == (0, True)
    assert put_back.case("01").record.judged("roh.plan") == outcome
    assert problems_of(put_back) == []
    change(put_back, "01", lambda s: s.judging("vul.plan", "sufficient"))


def test_a_save_that_says_again_what_an_earlier_one_said_is_no_version_put_back(
    folder: InspectionFolder,
) -> None:
    for outcome in ("not-known", "sufficient", "not-known"):
        change(folder, "01", lambda s, o=outcome: s.judging("roh.plan", o))  # type: ignore[misc]
    log = folder.path / "history.jsonl"
    log.write_bytes(
        b"".join(log.read_bytes().splitlines(keepends=True)[:-1])
    )  # stopped before it was entered
    assert problems_of(folder) == []
    assert [(p.code, p.advice) for p in verify_inspection(folder.path)] == [("H009", True)]
    change(folder, "01", lambda s: s.judging("vul.plan", "sufficient"))
    assert verify_inspection(folder.path) == ()


# ---------------------------------------------------------------- other states of a folder


def test_a_file_of_nothing_is_perhaps_not_downloaded(folder: InspectionFolder) -> None:
    for data in (b"", b"\0" * 4096):
        (folder.path / "cases" / "07.toml").write_bytes(data)
        (problem,) = folder.cases()[1]
        assert (problem.where, problem.code) == ("cases/07.toml", "R013")
        assert "perhaps it was not downloaded yet" in problem.what


@pytest.mark.parametrize("name", ["history.jsonl", "history-texts.jsonl"])
def test_line_ends_of_another_system_break_no_chain(folder: InspectionFolder, name: str) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"), "asked again")
    path = folder.path / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    change(folder, "01", lambda s: s.judging("vul.plan", "not-known"))
    again = open_inspection(folder.path)
    assert verify_inspection(again.path) == ()
    from sqs_core.storage.audit.undo import open_session

    assert [r.judged("roh.plan") for r in open_session(again, "01")[0].past][1:] == ["not-known"]


def test_texts_that_are_missing_are_not_called_purged(folder: InspectionFolder, sqs: Run) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"), "asked again")
    (folder.path / "history-texts.jsonl").unlink()
    told = sqs("history", folder.path, "01").stdout
    assert "missing from the texts of the history, though no purge took it" in told
    assert "taken away by a purge" not in told


@links
def test_what_keeps_a_save_from_being_entered_is_told_with_what_would_help(
    folder: InspectionFolder,
) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    log = folder.path / "history.jsonl"
    kept = log.read_bytes()
    log.unlink()
    log.symlink_to("/dev/zero")
    with pytest.raises(HeldError.__mro__[1], match="R026 .*put the file itself there, not a link") as refusal:
        change(folder, "01", lambda s: s.judging("roh.plan", "sufficient"))
    assert "move history.jsonl aside" not in str(refusal.value)
    log.unlink()
    log.write_bytes(kept)
    change(folder, "01", lambda s: s.judging("roh.plan", "sufficient"))


@pytest.mark.parametrize("refusal", [errno.EMFILE, errno.EACCES])
def test_a_history_that_the_system_does_not_let_us_open_is_never_told_to_be_moved(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    opened = os.open

    def refused(path: object, *more: Any, **others: Any) -> int:
        if str(path).endswith("history.jsonl"):
            raise OSError(refusal, os.strerror(refusal))
        return opened(path, *more, **others)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(SqsError) as told:
        change(folder, "01", lambda s: s.judging("roh.plan", "sufficient"))
    assert "history.jsonl" in str(told.value)
    assert "aside" not in str(told.value)


@any_name
def test_a_folder_whose_name_is_no_utf_8_can_be_worked_in(folder: InspectionFolder, sqs: Run) -> None:
    odd = folder.path.rename(folder.path.parent / Path("leeds-\udce9"))
    more = {"answer": ("07", "roh.plan", "sufficient"), "programme": ("--csv",)}
    for command in ("summary", "check", "answer", "verify", "history", "programme"):
        done = sqs(command, odd, *more.get(command, ()))
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("blank", [" ", "\n", "\t"])
def test_a_file_of_blanks_is_looked_at_once(folder: InspectionFolder, blank: str) -> None:
    path = folder.path / "cases" / "07-LAPTOP.toml"
    path.write_text(blank * 500_000)  # hours, were it looked at from each blank anew
    assert own_id(path) == ""
    assert "07-LAPTOP" in folder.case_ids()


@pytest.mark.parametrize("name", ["interviews", "letter.toml", "actions.toml"])
def test_what_cannot_be_read_hides_nothing_else(folder: InspectionFolder, sqs: Run, name: str) -> None:
    path = folder.path / name
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text("broken")
    (folder.path / "cases" / "08.toml").write_text("also broken")
    done = sqs("check", folder.path)
    told = done.stdout.splitlines()
    assert done.returncode == 3
    assert any(line.startswith("cases/08.toml") for line in told)
    assert any(name in line and not line.startswith("left: ") for line in told)
    assert len(told) == len(set(told))


def test_a_language_that_no_version_has_hides_nothing_else(folder: InspectionFolder, sqs: Run) -> None:
    path = folder.path / "inspection.toml"
    path.write_text(path.read_text().replace("format = 1\n", 'format = 1\nlanguage = "../x"\n'))
    folder.add_case(folder.new_case("15"))
    told = sqs("check", folder.path).stdout.splitlines()
    assert (
        "left: inspection.toml: C303 criteria sqs-2012 have no letter words in '../x'; known: en; mend it there"
        in told
    )
    assert "left: case 15: C110 not started; screen it" in told


def test_a_history_that_is_gone_is_told(folder: InspectionFolder) -> None:
    for outcome in ("not-known", "sufficient"):
        change(folder, "07", lambda s, outcome=outcome: s.judging("roh.plan", outcome))  # type: ignore[misc]
    (folder.path / "history.jsonl").unlink()
    (problem,) = verify_inspection(folder.path)
    assert (problem.code, problem.advice) == ("H012", False)
    assert problem.what == "the history is gone: cases/07.toml was saved after entry 2 of it"
    assert "H012" in [problem.code for problem in changed_outside(folder.path)]


def test_a_copy_made_with_hard_links_keeps_its_own_history(folder: InspectionFolder, tmp_path: Path) -> None:
    change(folder, "07", lambda s: s.noting("roh.plan", "evidence", "seen"))
    copy = Path(shutil.copytree(folder.path, tmp_path / "copy", copy_function=os.link))
    before = {name: (copy / name).read_bytes() for name in ("history.jsonl", "history-texts.jsonl")}
    change(folder, "07", lambda s: s.noting("roh.plan", "evidence", "seen again"))
    assert {name: (copy / name).read_bytes() for name in before} == before
    assert [verify_inspection(folder.path), folder.cases()[1]] == [(), ()]
