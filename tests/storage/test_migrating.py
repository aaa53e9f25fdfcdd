"""Migrating a folder: on paper first, then whole or not at all, with the old one kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import populations
from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, RecordError, UsageError
from sqs_core.records.inspection import Inspection
from sqs_core.storage.atomic import ANY
from sqs_core.storage.audit import history
from sqs_core.storage.check import check_inspection
from sqs_core.storage.create import new_inspection
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.migrate import apply
from sqs_core.storage.migrate.apply import apply_migration
from sqs_core.storage.migrate.plan import plan_migration

EXAMPLE = Path(__file__).parents[2] / "examples" / "darlington-2012"


@pytest.fixture
def folder(tmp_path: Path) -> InspectionFolder:
    """A copy of the example that a test may change."""
    return open_inspection(shutil.copytree(EXAMPLE, tmp_path / "darlington"))


@pytest.fixture(scope="module")
def later() -> Criteria:
    """Another version than the example's."""
    return load_criteria("yjs-2018", plugins=False)


def contents(path: Path) -> dict[str, bytes]:
    """Every file below ``path``."""
    return {str(f.relative_to(path)): f.read_bytes() for f in sorted(path.rglob("*")) if f.is_file()}


def test_a_plan_writes_nothing(folder: InspectionFolder, later: Criteria) -> None:
    before = contents(folder.path)
    plan_migration(folder, later)
    assert contents(folder.path) == before


def test_every_answer_fact_and_role_of_the_example_is_accounted_for(
    folder: InspectionFolder, later: Criteria
) -> None:
    plan = plan_migration(folder, later)
    records, _ = folder.cases()
    people, _ = folder.interviews()
    recorded = sum(len(r.answers) + len(r.facts) for r in records) + sum(
        len(p.answers) + bool(p.role) for p in people
    )
    assert sum(plan.counts().values()) == recorded
    assert plan.unaccounted() == []


def test_the_old_inspection_is_kept_whole_beside_the_new_one(
    folder: InspectionFolder, later: Criteria
) -> None:
    before = contents(folder.path)
    applied = apply_migration(plan_migration(folder, later))
    assert applied.kept.name == "darlington-before-yjs-2018"
    assert contents(applied.kept) == before
    assert {p.name for p in folder.path.parent.iterdir()} == {"darlington", applied.kept.name}


def test_migrated_records_open_under_their_new_version(folder: InspectionFolder, later: Criteria) -> None:
    apply_migration(plan_migration(folder, later))
    again = open_inspection(folder.path)
    case = again.case("07").record
    assert (again.criteria.id, case.criteria_hash) == ("yjs-2018", later.hash)
    assert case.answer("court.plan.others").evidence == folder_answer("roh.plan")


def folder_answer(question: str) -> str:
    """The evidence the example's case 07 has for ``question``."""
    return open_inspection(EXAMPLE).case("07").record.answer(question).evidence


def test_there_and_back_every_record_is_what_it_was_and_both_ways_are_entered(
    folder: InspectionFolder, later: Criteria
) -> None:
    before = contents(folder.path)
    apply_migration(plan_migration(folder, later))
    apply_migration(plan_migration(open_inspection(folder.path), folder.criteria))
    after = contents(folder.path)
    assert {name: data for name, data in after.items() if name in before} == before
    assert set(after) - set(before) == {"history.jsonl", ".history.jsonl.lock"}
    ways = [(entry.new["from"], entry.new["to"]) for entry in history.read(folder.path)[0]]
    assert ways == [("sqs-2012", "yjs-2018"), ("yjs-2018", "sqs-2012")]


def test_what_moves_is_the_whole_of_a_question_not_only_what_was_good_enough(
    folder: InspectionFolder, later: Criteria
) -> None:
    before = findings_of(folder).count("roh.plan")
    apply_migration(plan_migration(folder, later))
    records, _ = open_inspection(folder.path).cases()
    outcomes = [r.answer("court.plan.others").outcome for r in records]
    assert (outcomes.count("sufficient"), len(outcomes) - outcomes.count(None)) == (before.k, before.n)


def test_what_a_person_should_look_at_is_told(folder: InspectionFolder, later: Criteria) -> None:
    notes = [note.what for note in plan_migration(folder, later).notes]
    assert "yjs-2018 has no paragraph '1.4'; your text for it is kept, but not shown" in notes
    assert (
        "court.plan.child has no outcome 'absent', so every answer to vul.plan is parked: "
        "those that fit would not be a fair part"
    ) in notes
    assert any("answers now stand under a question with other wording" in note for note in notes)


def test_a_record_changed_meanwhile_stops_it_and_nothing_is_changed(
    folder: InspectionFolder, later: Criteria
) -> None:
    plan = plan_migration(folder, later)
    changed = evolve(folder.case("07").record, inspector="ZZ")
    folder.save_case(changed, expect=ANY)
    before = contents(folder.path)
    with pytest.raises(HeldError, match=r"cases/07\.toml: changed while it was migrated"):
        apply_migration(plan)
    assert contents(folder.path) == before
    assert [p.name for p in folder.path.parent.iterdir()] == ["darlington"]


def test_a_case_added_meanwhile_stops_it_too(folder: InspectionFolder, later: Criteria) -> None:
    plan = plan_migration(folder, later)
    folder.add_case(folder.new_case("15"))
    with pytest.raises(HeldError, match=r"cases/15\.toml: changed"):
        apply_migration(plan)


def test_a_record_that_cannot_be_read_stops_it(folder: InspectionFolder, later: Criteria) -> None:
    path = folder.path / "cases" / "07.toml"
    path.write_text(path.read_text().replace('outcome = "insufficient"', 'outcome = "bad"', 1))
    with pytest.raises(RecordError, match="no outcome 'bad'"):
        plan_migration(folder, later)


def second_marking(folder: InspectionFolder, status: str) -> None:
    """Case 07 marked a second time."""
    (folder.path / "second").mkdir()
    text = (folder.path / "cases" / "07.toml").read_text()
    (folder.path / "second" / "07.toml").write_text(
        text.replace("\n[facts]", f'\nstatus = "{status}"\n[facts]')
    )


def test_an_open_second_marking_stops_it_before_anything_of_the_first_is_told(
    folder: InspectionFolder, later: Criteria
) -> None:
    second_marking(folder, "open")
    with pytest.raises(HeldError, match=r"second/07\.toml: is a second marking that is still open"):
        plan_migration(folder, later)


def test_a_finished_second_marking_stays_with_the_old_inspection(
    folder: InspectionFolder, later: Criteria
) -> None:
    second_marking(folder, "finished")
    plan = plan_migration(folder, later)
    assert [note.where for note in plan.notes if "stays with the old inspection" in note.what] == ["second"]
    applied = apply_migration(plan)
    assert (applied.kept / "second" / "07.toml").exists()
    assert not (folder.path / "second").exists()


def test_files_that_are_no_records_come_along(folder: InspectionFolder, later: Criteria) -> None:
    (folder.path / "notes").mkdir()
    (folder.path / "notes" / "a.txt").write_text("kept")
    apply_migration(plan_migration(folder, later))
    assert (folder.path / "notes" / "a.txt").read_text() == "kept"


def test_a_second_migration_keeps_its_own_copy(folder: InspectionFolder, later: Criteria) -> None:
    (folder.path.parent / "darlington-before-yjs-2018").mkdir()
    assert apply_migration(plan_migration(folder, later)).kept.name == "darlington-before-yjs-2018-2"


def test_practice_records_are_migrated_and_stay_practice(folder: InspectionFolder, later: Criteria) -> None:
    folder.save_case(evolve(folder.case("07").record, practice=True), expect=ANY)
    apply_migration(plan_migration(folder, later))
    assert open_inspection(folder.path).case("07").record.practice


def test_to_the_version_it_is_under_there_is_nothing_to_migrate(folder: InspectionFolder) -> None:
    with pytest.raises(UsageError, match="is under sqs-2012 already"):
        plan_migration(folder, folder.criteria)


def test_without_a_migration_records_are_not_read_under_another_version(
    folder: InspectionFolder, later: Criteria
) -> None:
    other = evolve(folder, criteria=later)
    with pytest.raises(
        RecordError, match="made under criteria sqs-2012, but the inspection is under yjs-2018"
    ):
        findings_of(other)


def test_a_folder_that_some_program_is_in_is_migrated_where_it_stands(
    folder: InspectionFolder, later: Criteria
) -> None:
    before = contents(folder.path)
    here = "import time; print(flush=True); time.sleep(600)"
    shell = subprocess.Popen([sys.executable, "-c", here], cwd=folder.path, stdout=subprocess.PIPE)
    assert shell.stdout is not None
    shell.stdout.readline()
    try:
        applied = apply_migration(plan_migration(folder, later))
    finally:
        shell.kill()
        shell.communicate()
    assert contents(applied.kept) == before
    assert open_inspection(folder.path).criteria.id == later.id
    assert left_of_migrating(folder.path) == []


def test_files_are_put_in_place_one_by_one_where_the_folder_cannot_be_renamed(tmp_path: Path) -> None:
    folder, made, kept = tmp_path / "leeds", tmp_path / "made", tmp_path / "kept"
    for name in ("inspection.toml", "cases/07.toml", "second/07.toml"):
        for place, words in ((folder, "old"), (made, "new")):
            if place == folder or not name.startswith("second"):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(words)
    before, after = contents(folder), contents(made)
    apply._replace_files(folder, made, kept)
    assert (contents(kept), contents(folder)) == (before, after)


def left_of_migrating(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir() if "migrating" in path.name]


def test_each_population_is_carried_over_with_its_own_records_and_its_own_history(tmp_path: Path) -> None:
    inspection = Inspection("Anytown YJS", populations.NAME, "")
    text, sizes = populations.version_text().encode(), {"victims": 2, "staff": 1}
    folder = new_inspection(
        tmp_path / "a", inspection, populations.version(), cases=1, others=sizes, kept=text
    )
    populations.screened(folder)
    before = folder.population("victims").cases()[0]
    panel = '\n[[populations]]\nid = "panel"\ntitle = "Panel"\none = "panel"\nmany = "panels"\n'
    panel += populations.ASKED.format(
        population="panel", label="N", title="Panel", id="n.met", short="panel met", text="Did it meet?"
    )
    later = (
        populations.version_text("four-2").replace("contacted in time?", "contacted within ten days?") + panel
    )
    new = read_criteria(later.encode(), "four-2.toml")

    plan = plan_migration(folder, new)
    apply_migration(plan, later.encode())

    assert (plan.unaccounted(), plan.added) == ([], ("panel",))
    assert {"cases/01.toml", "victims/cases/02.toml", "staff/cases/01.toml"} <= set(plan.all_records)
    again = open_inspection(folder.path)
    assert again.criteria.id == "four-2"
    assert [r.answers for r in again.population("victims").cases()[0]] == [r.answers for r in before]
    assert [again.population(name).case_ids() for name in again.populations] == [
        ("01",), ("01", "02"), ("01",), (), (),
    ]  # fmt: skip
    assert check_inspection(again)[0] == ()
    with pytest.raises(UsageError, match="local-audit has no population 'victims'"):
        plan_migration(again, load_criteria("local-audit", plugins=False))
    with pytest.raises(UsageError, match="an inspection is migrated as a whole"):
        plan_migration(again.population("victims"), new)
