"""The inspection folder: what is written, and what is refused."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, RecordError, UsageError
from sqs_core.records import Inspection, Session
from sqs_core.storage.check import check_inspection
from sqs_core.storage.create import new_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import natural_order
from systems import file_modes


@pytest.fixture
def folder(tmp_path: Path, criteria: Criteria) -> InspectionFolder:
    inspection = Inspection("Example Service", criteria.id, criteria.hash)
    return new_inspection(tmp_path / "new", inspection, criteria, cases=3)


def broken(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_case_reads_back_as_it_was_written(folder: InspectionFolder) -> None:
    stored = folder.case("01")
    note = 'a "quoted" line\nand \\ another, with ŵ ŷ and \'\'\' """'
    session = Session(folder.criteria, stored.record).setting("rosh_identified", True)
    session = session.judging("roh.plan", "insufficient", ("victims",)).noting("roh.plan", "evidence", note)
    folder.save_case(session.record, expect=stored.hash)
    assert folder.case("01").record == session.record


def test_answers_stand_in_the_order_of_the_version(folder: InspectionFolder) -> None:
    stored = folder.case("01")
    session = Session(folder.criteria, stored.record)
    for question in ("vul.assess", "lor.assess", "roh.assess"):
        session = session.judging(question, "sufficient")
    folder.save_case(session.record, expect=stored.hash)
    lines = (folder.path / "cases" / "01.toml").read_text().splitlines()
    assert [line for line in lines if line.startswith("[answers")] == [
        '[answers."lor.assess"]',
        '[answers."roh.assess"]',
        '[answers."vul.assess"]',
    ]


def test_saving_what_did_not_change_changes_no_byte(folder: InspectionFolder) -> None:
    stored = folder.case("01")
    before = (folder.path / "cases" / "01.toml").read_bytes()
    folder.save_case(stored.record, expect=stored.hash)
    assert (folder.path / "cases" / "01.toml").read_bytes() == before


def test_a_stale_save_is_refused_and_loses_nothing(folder: InspectionFolder) -> None:
    stored = folder.case("01")
    first = Session(folder.criteria, stored.record).judging("lor.assess", "sufficient").record
    second = Session(folder.criteria, stored.record).judging("lor.assess", "insufficient").record
    folder.save_case(first, expect=stored.hash)
    with pytest.raises(HeldError, match="changed"):
        folder.save_case(second, expect=stored.hash)
    assert folder.case("01").record == first


@file_modes
def test_files_are_for_their_owner_only(folder: InspectionFolder) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.path.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [folder.path, folder.path / "cases"]}
    assert (modes, folders) == ({0o600}, {0o700})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "cases/07.toml:1: R002 written by a newer version of sqs"),
        ('"lor.assess"', '"lor.asess"', "did you mean 'lor.assess'"),
        ('outcome = "sufficient"', 'outcome = "suficient"', "did you mean 'sufficient'"),
        ('outcome = "sufficient"', "outcome = true", "expected words in quotes, found true or false"),
        ('outcome = "sufficient"', 'outcom = "sufficient"', "unknown key outcom"),
        ("custody = true", 'custody = "yes"', "is true or false"),
        ('    "victims",', '    "victim",', "did you mean 'victims'"),
        ("# end of record", "", "cut short"),
        ("[facts]", "[facts", "cases/07.toml:9"),
        ('case = "07"', 'case = "08"', "holds case '08'"),
    ],
)
def test_a_broken_record_is_told_by_file_and_line_and_the_others_stay_usable(
    darlington: Path, old: str, new: str, said: str
) -> None:
    path = darlington / "cases" / "07.toml"
    broken(path, old, new)
    before = path.read_bytes()
    records, problems = open_inspection(darlington).cases()
    assert len(records) == 13
    assert said in "\n".join(map(str, problems))
    assert all(problem.where.startswith("cases/07.toml") for problem in problems)
    assert path.read_bytes() == before


def test_every_fault_of_a_record_is_told_at_once(darlington: Path) -> None:
    path = darlington / "cases" / "07.toml"
    broken(path, 'outcome = "sufficient"', "outcome = 3")
    broken(path, "assessed_with_case_manager = true", 'assessed_with_case_manager = "yes"')
    problems = open_inspection(darlington).cases()[1]
    assert [(p.where, p.code) for p in problems] == [
        ("cases/07.toml:7", "R010"),
        ("cases/07.toml:25", "R010"),
    ]


def test_no_note_is_repeated_in_an_error(darlington: Path) -> None:
    path = darlington / "cases" / "07.toml"
    broken(path, 'evidence = "RMP: lists', 'evidence = 1\nsecret = "RMP: lists')
    said = "\n".join(map(str, open_inspection(darlington).cases()[1]))
    assert "curfew" not in said
    assert "secret" in said


def test_there_is_no_figure_while_a_record_cannot_be_read(darlington: Path) -> None:
    broken(darlington / "cases" / "07.toml", "format = 1", "format = 9")
    with pytest.raises(RecordError, match="newer version"):
        findings_of(open_inspection(darlington))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/tmp/x", "con", "a b", "", "x" * 41, ".hidden", "07\n"]
)
def test_a_case_reference_cannot_leave_the_folder(folder: InspectionFolder, name: str) -> None:
    with pytest.raises(UsageError, match="a case id is"):
        folder.case(name)


def test_a_case_that_differs_only_in_capitals_is_refused_on_every_system(folder: InspectionFolder) -> None:
    folder.add_case(folder.new_case("07a"))
    with pytest.raises(
        UsageError, match="there is a case '07a' already, which on Windows and macOS is the same"
    ):
        folder.add_case(folder.new_case("07A"))
    assert folder.case_ids() == ("01", "02", "03", "07a")


def test_a_case_asked_for_in_other_capitals_is_not_known_but_named(folder: InspectionFolder) -> None:
    folder.add_case(folder.new_case("07a"))
    with pytest.raises(UsageError, match="no case '07A' in .*; did you mean '07a'"):
        folder.case("07A")


@pytest.mark.skipif(sys.platform == "win32", reason="there, the two are one file")
def test_a_pair_that_differs_only_in_capitals_is_told_by_check(folder: InspectionFolder) -> None:
    folder.add_case(folder.new_case("07a"))
    text = (folder.path / "cases" / "07a.toml").read_text()
    (folder.path / "cases" / "07A.toml").write_text(text.replace('case = "07a"', 'case = "07A"'))
    if len(folder.case_ids()) == 4:
        pytest.skip("this disk takes the two for one file")
    broken, found = check_inspection(folder)
    assert broken == ()
    assert [(p.where, p.code) for p in found] == [("cases/07A.toml", "R034"), ("cases/07a.toml", "R034")]


def test_git_leaves_the_records_of_a_new_inspection_as_they_are(folder: InspectionFolder) -> None:
    assert (folder.path / ".gitattributes").read_bytes() == b"* -text\n"


def test_an_inspection_is_not_made_over_another(folder: InspectionFolder, criteria: Criteria) -> None:
    with pytest.raises(UsageError, match="already"):
        new_inspection(folder.path, folder.inspection, criteria, cases=1)


def test_a_record_made_under_another_content_of_the_criteria_is_refused(darlington: Path) -> None:
    broken(darlington / "inspection.toml", 'criteria_hash = "sha256:', 'criteria_hash = "sha256:0')
    with pytest.raises(RecordError, match="another content of sqs-2012"):
        open_inspection(darlington)


def test_cases_are_listed_as_people_count() -> None:
    assert sorted(["10", "2", "1", "b2", "b10"], key=natural_order) == ["1", "2", "10", "b2", "b10"]
