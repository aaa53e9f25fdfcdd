"""Writing files: several formats at once, whole or not at all, never over somebody's edits."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

from tests import warm

from conftest import Run
from sqs_core import load_plugins
from sqs_core.plugins.shipped import shipped_criteria
from systems import file_modes


def test_several_formats_in_one_call_go_into_a_folder(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    done = sqs("report", darlington, "-r", "text", "-r", "html", "-r", "html-map", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "letter-map.html",
        "letter.html",
        "letter.txt",
    ]
    assert (
        f"wrote {tmp_path / 'out' / 'letter-map.html'}, which opens up single cases: not for publication"
        in done.stderr
    )


@file_modes
def test_what_is_written_is_readable_by_its_owner_only(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    sqs("report", darlington, "-o", tmp_path / "letter.txt")
    assert stat.S_IMODE((tmp_path / "letter.txt").stat().st_mode) == 0o600


def test_several_formats_without_a_folder_are_refused(sqs: Run, darlington: Path) -> None:
    done = sqs("report", darlington, "-r", "text", "-r", "html")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sqs: 2 formats need a folder to be written to: -o FOLDER\n"


def test_an_edited_letter_is_not_replaced_without_saying(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.md"
    sqs("report", darlington, "-r", "markdown", "-o", letter)
    letter.write_text(letter.read_text() + "\nA line of my own.\n")
    refused = sqs("report", darlington, "-r", "markdown", "-o", letter)
    assert refused.returncode == 5
    assert refused.stderr == (
        f"sqs: {letter}: is there, and is not as it was rendered from this inspection: it may have been "
        "edited; write to another file, or replace it with --force\n"
    )
    assert letter.read_text().endswith("A line of my own.\n")
    assert sqs("report", darlington, "-r", "markdown", "-o", letter, "--force").returncode == 0
    assert not letter.read_text().endswith("A line of my own.\n")


def test_a_letter_nobody_edited_is_replaced_when_the_records_change(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    sqs("report", darlington, "-o", letter)
    sqs("answer", darlington, "07", "roh.plan", "sufficient")
    assert sqs("report", darlington, "-o", letter).returncode == 0
    assert "all but two of the ten cases" in " ".join(letter.read_text().split())


def test_one_edited_file_among_several_formats_stops_all_of_them(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.html").write_text("mine")
    assert sqs("report", darlington, "-r", "text", "-r", "html", "-o", out).returncode == 5
    assert [p.name for p in out.iterdir()] == ["letter.html"]


def test_where_no_letter_is_planned_what_needs_none_is_written_all_the_same(sqs: Run, tmp_path: Path) -> None:
    text = next(file for file in shipped_criteria() if file.stem == "fji-2014").read_text("utf-8")
    silent = tmp_path / "silent.toml"
    silent.write_text(
        text.partition("\n[letter]\n")[0].replace('id = "fji-2014"', 'id = "silent"', 1), "utf-8"
    )
    assert sqs("synth", tmp_path / "rated", "--cases", "3", "--criteria", silent).returncode == 0
    done = sqs("report", tmp_path / "rated", "-r", "html", "-r", "board", "-o", tmp_path / "out")
    assert done.returncode == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["board.md"]
    assert done.stderr.splitlines()[-1] == (
        "sqs: criteria silent have no letter plan, so no letter can be written as 'html'"
    )


def test_a_renderer_that_nobody_has_is_told_once_for_many_inspections(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "no-inspection"
    done = sqs("report", broken, darlington, "-r", "papyrus", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sqs: no renderer named 'papyrus'; known: ")
    assert done.stderr.count("papyrus") == 1


def test_many_inspections_are_told_one_by_one_and_a_broken_one_does_not_stop_the_rest(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(darlington, tmp_path / "broken"))
    (broken / "cases" / "07.toml").write_text("format = 1\n")
    third = Path(shutil.copytree(darlington, tmp_path / "third"))
    out = tmp_path / "out"
    done = sqs("report", darlington, broken, third, "-o", out, "--progress")
    assert done.returncode == 3
    assert f"1/3 {darlington}\n" in done.stderr
    assert f"3/3 {third}\n" in done.stderr
    assert f"sqs: {broken}: cases/07.toml" in done.stderr
    assert sorted(p.parent.name for p in out.rglob("letter.txt")) == ["darlington", "third"]


def test_export_writes_the_tables_with_what_reads_them_and_says_where_the_criteria_come_from(
    sqs: Run, darlington: Path, tmp_path: Path
) -> None:
    done = sqs("export", darlington, "--to", tmp_path / "data")
    assert done.returncode == 0
    names = sorted(p.name for p in (tmp_path / "data").iterdir())
    assert names == [
        "answers.csv",
        "board.csv",
        "cases.csv",
        "codebook.csv",
        "interviews.csv",
        "labels.do",
        "labels.sps",
        "read.R",
        "read.py",
    ]
    assert "reconstructed" in done.stderr
    assert (
        "07,roh.plan,roh,no,insufficient,victims not-clear\n" in (tmp_path / "data/answers.csv").read_text()
    )


def test_export_with_a_broken_record_writes_nothing(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    (darlington / "cases" / "07.toml").write_text("format = 1\n")
    assert sqs("export", darlington, "--to", tmp_path / "data").returncode == 3
    assert not (tmp_path / "data").exists()


def test_the_bytes_depend_on_nothing_but_the_records(darlington: Path, tmp_path: Path) -> None:
    names = [offer.name for offer in load_plugins(plugins=False).renderers]
    chosen = [word for name in names for word in ("-r", name)]
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati")):
        out = tmp_path / seed
        paths = os.pathsep.join(filter(None, (*warm.SOURCES, os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [*warm.COMMAND, "report", str(darlington), *chosen, "-o", str(out)]
        subprocess.run(command, env=environment, capture_output=True, check=True)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == len(names)
