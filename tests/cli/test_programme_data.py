"""A data set of many inspections: built again only where something changed, and asked."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import EXAMPLE, Run
from sqs_core.cli.folders import open_folder
from sqs_core.exports.programme_answers import DIMENSIONS, count_answers, total_of
from sqs_core.records.case import Answer
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.programme_data import (
    ProgrammeInspection,
    ProgrammeManifest,
    build_programme,
    part_files,
    read_manifest,
)
from sqs_core.workflow.programme import ProgrammeRequest, ask_together
from systems import links

pytestmark = pytest.mark.skipif(find_spec("polars") is None, reason="polars is not installed")
MONTHS = ("2025-04", "2025-07", "2025-10")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set that is only asked."""
    return made(tmp_path_factory.mktemp("programme"))


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A data set that a test may change, with the inspections beside it."""
    return made(tmp_path)


def made(here: Path) -> Path:
    """Three copies of the example, a quarter apart, as a data set."""
    for month in MONTHS:
        shutil.copytree(EXAMPLE, here / f"north-{month}")
        header = here / f"north-{month}" / "inspection.toml"
        header.write_text(header.read_text().replace("2012-11-", f"{month}-"))
    build(here)
    return here / "region"


def build(here: Path) -> dict[str, str]:
    """Bring the data set up to date; what was done to each inspection."""
    folders = sorted(str(path) for path in here.glob("north-*"))
    return dict(build_programme(here / "region", folders, opening=open_folder).done)


def test_only_what_changed_is_read_again(region: Path, tmp_path: Path) -> None:
    parts = {path: path.stat().st_ino for path in region.rglob("*.parquet")}
    assert (len(parts), build(tmp_path)) == (3, {f"north-{month}": "unchanged" for month in MONTHS})
    folder = open_inspection(tmp_path / "north-2025-07")
    stored = folder.case("07")
    folder.save_case(stored.record.answering("roh.plan", Answer("not-known")), expect=stored.hash)
    assert build(tmp_path)["north-2025-07"] == "read again"
    after = {path: path.stat().st_ino for path in region.rglob("*.parquet")}
    assert (len(after), sum(parts.get(path) == inode for path, inode in after.items())) == (3, 2)


def test_a_file_touched_but_not_changed_is_not_read_again(region: Path, tmp_path: Path) -> None:
    old = 1_700_000_000
    for path in (tmp_path / "north-2025-04" / "cases").iterdir():
        os.utime(path, (old, old))
    assert set(build(tmp_path).values()) == {"unchanged"}


def test_the_figures_are_those_of_the_board(sqs: Run, shared: Path) -> None:
    told = json.loads(
        sqs("programme", "show", shared, "--json", "--by", "question,quarter", "--least", 1).stdout
    )
    board = json.loads(sqs("summary", shared.parent / "north-2025-07", "--json").stdout)
    wanted = {one["id"]: (one["sufficient"], one["applicable"]) for one in board["questions"]}
    found = {row["question"]: (row["k"], row["n"]) for row in told["rows"] if row["quarter"] == "2025-Q3"}
    assert found == {name: count for name, count in wanted.items() if name in found}
    assert len(found) == len(wanted)


def test_children_are_counted_once_wherever_their_answers_are_added_up(shared: Path) -> None:
    files = part_files(shared, read_manifest(shared), [f"north-{month}" for month in MONTHS])
    polars = pytest.importorskip("polars")
    judged = polars.concat([polars.read_parquet(file, hive_partitioning=False) for file in files])
    judged = judged.filter(polars.col("answer").is_in(["yes", "no"]))
    for by in (("theme", "period"), ("question", "period"), ("theme", "question")):
        counted = count_answers(files, by)
        for kept in ((0, 1), (0,), (1,), ()):
            left = [by[place] for place in kept]
            wanted = {
                keys: group["record"].n_unique()
                for keys, group in (judged.group_by(left) if left else [((), judged)])
            }
            found = {one.keys: one.children(left) for one in total_of(counted, kept)}
            assert {keys: number for keys, number in found.items() if number} == wanted


def test_engines_give_the_same_figures(shared: Path) -> None:
    files = part_files(shared, read_manifest(shared), [f"north-{month}" for month in MONTHS])
    others = [name for name in ("duckdb", "spark") if find_spec({"spark": "pyspark"}.get(name, name))]
    if "spark" in others and (os.environ.get("CI") or not shutil.which("java")):
        others.remove("spark")  # it takes Java, and half a minute to start
    if not others:
        pytest.skip("neither duckdb nor pyspark with Java is installed: there is no second engine to ask")
    for by, question in ((DIMENSIONS, ""), (("theme",), ""), (("period", "service"), "roh.plan")):
        wanted = count_answers(files, by, question=question)
        assert [count_answers(files, by, question=question, engine=name) for name in others] == [
            wanted
        ] * len(others)


def test_bad_inspections_are_named_and_the_rest_is_done(sqs: Run, region: Path, tmp_path: Path) -> None:
    (tmp_path / "north-2025-04" / "cases" / "07.toml").write_text("format = 1\n")
    shutil.rmtree(tmp_path / "north-2025-10")
    sqs("synth", "made-up", "--cases", 2)
    done = sqs("programme", "build", "made-up", "nowhere", "--to", "region")
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == (
        "region: 28 cases of 5 inspections (3 not read, 1 unchanged, 1 added)"
    )
    assert "left out: 2 practice cases of made-up; they are no findings" in done.stderr
    for words in (
        "sqs: north-2025-04/cases/07.toml",
        "sqs: north-2025-10: P004 its folder is gone",
        "sqs: nowhere: P004 there is no",
    ):
        assert words in done.stderr
    shown = sqs("programme", "show", "region", "--as", "heatmap")
    assert (shown.returncode, "Apr–Jun 2025" in shown.stdout, "Oct–Dec 2025" in shown.stdout) == (
        1,
        False,
        True,
    )
    assert "sqs: north-2025-04 is left out: cases/07.toml" in shown.stderr


@links
def test_nothing_is_followed_out_and_what_is_somebody_elses_stays(
    sqs: Run, region: Path, tmp_path: Path
) -> None:
    outside = Path(shutil.copytree(EXAMPLE / "cases", tmp_path / "outside"))
    shutil.rmtree(tmp_path / "north-2025-04" / "cases")
    (tmp_path / "north-2025-04" / "cases").symlink_to(outside)
    own = region / "data" / "own.parquet"
    own.write_bytes(b"mine")
    (region / "data" / "empty").mkdir()
    done = sqs("programme", "build", "--to", "region")
    assert (done.returncode, own.read_bytes(), (region / "data" / "empty").is_dir()) == (3, b"mine", True)
    assert "north-2025-04/cases: R001 this is a link, and no inspection is followed" in done.stderr
    manifest = region / "programme.json"
    part = read_manifest(region).inspections["north-2025-07"].part
    (tmp_path / "part.parquet").write_bytes((region / part).read_bytes())
    manifest.write_text(manifest.read_text().replace(part, "../part.parquet"))
    shown = sqs("programme", "show", "region", "--csv")
    assert (shown.returncode, "its part of the data set is gone" in shown.stderr) == (3, True)
    shutil.move(region / "data", tmp_path / "data")
    (region / "data").symlink_to(tmp_path / "data")
    there = sorted((tmp_path / "data").rglob("*"))
    done = sqs("programme", "build", "--to", "region")
    assert (done.returncode, "this is a link" in done.stderr) == (3, True)
    assert sorted((tmp_path / "data").rglob("*")) == there


def test_practice_is_a_data_set_of_its_own(sqs: Run, tmp_path: Path) -> None:
    sqs("synth", "made-up", "--cases", 6)
    sqs("programme", "build", "made-up", "--to", "real")
    none = sqs("programme", "show", "real")
    assert (none.returncode, none.stdout) == (2, "")
    assert (
        "no case is in this data set; 6 practice cases left out: 'sqs programme build … --practice'"
        in none.stderr
    )
    assert sqs("programme", "build", "made-up", "--to", "training", "--practice").returncode == 0
    shown = sqs("programme", "show", "training", "--as", "bars")
    assert (shown.returncode, shown.stdout.splitlines()[0]) == (0, "PRACTICE CASES, not findings")
    mixed = sqs("programme", "build", "made-up", "--to", "training")
    assert (mixed.returncode, "is a data set of practice cases" in mixed.stderr) == (2, True)


def test_a_data_set_that_cannot_be_trusted_gives_no_figure(sqs: Run, region: Path) -> None:
    next(region.rglob("*.parquet")).unlink()
    gone = sqs("programme", "show", region)
    assert (gone.returncode, gone.stdout) == (3, "")
    assert "its part of the data set is gone or not whole" in gone.stderr
    manifest = region / "programme.json"
    written = manifest.read_text()
    manifest.write_text(written.replace('"format": 2', '"format": 1', 1))
    older = sqs("programme", "show", region)
    assert (older.returncode, "'sqs programme build --to" in older.stderr) == (3, True)
    again = sqs("programme", "build", "--to", region)
    assert (again.returncode, "(3 read again)" in again.stderr) == (0, True)
    manifest.write_text(written.replace('"format": 2', '"format": 99', 1))
    newer = sqs("programme", "show", region)
    assert (newer.returncode, "newer version of sqs (format 99" in newer.stderr) == (3, True)


def test_one_page_has_every_picture_with_words_and_loads_nothing(
    sqs: Run, shared: Path, tmp_path: Path
) -> None:
    for words, pictures in (
        (["--question", "2.3"], 1),
        ([], 2),
        (["--as", "funnel", "--question", "2.3"], 1),
    ):
        assert sqs("programme", "show", shared, *words, "--html", "page.html", "--force").returncode == 0
        page = (tmp_path / "page.html").read_text()
        assert [page.count(part) for part in ("<svg", "<title id", "<desc id", "<table>")] == [pictures] * 4
        assert not any(word in page for word in ("<script", "http", "src=", "@import"))
    assert sqs("programme", "show", shared, "--html", "page.html").returncode == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as", "trend"], "a trend is of one question: give --question"),
        (["--question", "roh.plam"], "no question 'roh.plam'; did you mean 'roh.plan'?"),
        (["--by", "quartr"], "no column 'quartr'; did you mean 'quarter'?"),
        (["--quarter", "2024-Q1"], "no quarter '2024-Q1'; did you mean '2025-Q4'? known: 2025-Q2"),
        (["--criteria", "sqs-2013"], "none of these inspections was made under 'sqs-2013': sqs-2012 (3"),
    ],
)
def test_what_cannot_be_asked_says_what_can(sqs: Run, shared: Path, words: list[str], said: str) -> None:
    done = sqs("programme", "show", shared, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_two_services_of_one_name_one_in_two_spellings_and_days_that_overlap_are_told() -> None:
    def one(service: str, area: str, first: str, last: str) -> ProgrammeInspection:
        return ProgrammeInspection("", service, area, first, last, part="a part")

    found = ProgrammeManifest(
        inspections={
            "a": one("Leeds", "North", "2026-01-12", "2026-01-14"),
            "b": one("Leeds", "South", "2026-04-13", "2026-04-15"),
            "c": one("LEEDS", "", "2026-04-14", "2026-04-16"),
            "d": one("York", "North", "2026-04-14", "2026-04-16"),
        }
    )
    assert found.notes() == (
        "Leeds is in several areas (North, as in a; South, as in b): one service, or two with the same name; they are "
        "counted as one",
        "one service spelt in 2 ways, “Leeds”, “LEEDS”: they are counted as 2 services",
        "b and c are of one service and their days overlap: work may be counted twice",
    )


def test_what_stands_on_one_page_gives_nothing_away_that_another_view_leaves_out(shared: Path) -> None:
    manifest = read_manifest(shared)
    left_out = 0
    for least in (10, 20, 30):
        themes, questions = (
            one.view
            for one in ask_together(shared, manifest, ProgrammeRequest(least=least), ["heatmap", "bars"])
        )
        for version in manifest.versions.values():
            for theme in version.themes:
                unknown = [q for q in version.questions if q.theme == theme and questions.cells[q.id,].hidden]
                left_out += len(unknown)
                assert len(unknown) != 1 or themes.cells[theme, "total"].hidden
    assert left_out
