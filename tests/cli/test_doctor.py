"""``sqs doctor``: each line says whether something works, and what would help where it does not."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from shlex import quote

import pexpect

from conftest import CHECKOUT, Run
from sqs_core.storage import diagnostics as computer
from systems import file_modes, terminals


def shut(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


@file_modes
def test_a_folder_that_only_its_owner_can_read_is_found_in_order(sqs: Run, darlington: Path) -> None:
    shut(darlington)
    done = sqs("doctor", darlington)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    assert "ok records can be written and locked" in lines
    assert "ok Darlington Youth Offending Service, under sqs-2012" in lines
    assert "ok only you can read the records" in lines


def test_looking_leaves_nothing_behind_in_the_folder(sqs: Run, darlington: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in darlington.rglob("*")}
    sqs("doctor", darlington)
    assert {path: path.stat().st_mtime_ns for path in darlington.rglob("*")} == before


@file_modes
def test_records_that_others_can_read_are_told_with_the_remedy_as_json(sqs: Run, darlington: Path) -> None:
    shut(darlington)
    (darlington / "cases" / "07.toml").chmod(0o644)
    done = sqs("doctor", darlington, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["format"]) == (1, 1)
    assert [row for row in told["findings"] if row["mark"] != "ok"] == [
        {
            "mark": "!",
            "about": "rights",
            "what": "1 file or folder of the inspection can be read by other users of this computer, "
            "such as darlington/cases/07.toml",
            "remedy": f"chmod -R go= {quote(str(darlington))}",
        }
    ]


def test_what_the_inspection_needs_and_has_not_is_told_and_no_command_is_proposed(
    sqs: Run, darlington: Path
) -> None:
    shut(darlington)
    file = darlington / "inspection.toml"
    file.write_text(file.read_text().replace("\n[", '\nneeds = ["sqs-nothing"]\n\n[', 1))
    done = sqs("doctor", darlington)
    wanted = (
        "x  this inspection needs sqs-nothing, not installed; "
        "install it if you know who makes it: whoever sent the folder can say, and why it is needed"
    )
    assert (done.returncode, wanted in done.stdout.splitlines()) == (1, True)


def test_an_inspection_that_cannot_be_read_is_a_finding_and_the_rest_is_looked_at(
    sqs: Run, darlington: Path
) -> None:
    (darlington / "inspection.toml").write_text("format = 99\n")
    done = sqs("doctor", darlington)
    assert done.returncode == 1
    assert "\nx  inspection.toml" in done.stdout
    assert "records can be written" in done.stdout


def test_a_folder_without_an_inspection_is_refused_and_not_made(sqs: Run, tmp_path: Path) -> None:
    done = sqs("doctor", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no inspection in nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_where_nothing_can_be_written_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    (found,) = computer.saving(tmp_path / "a-file")
    assert (found.mark, found.about) == ("x", "saving")
    assert "what should be its folder is a file" in found.what


def test_memory_and_network_shares_are_told_apart_from_a_disk() -> None:
    found = {kind: computer.kept_on(kind).mark for kind in ("ext4", "", "tmpfs", "cifs", "nfs4")}
    assert found == {"ext4": "ok", "": "ok", "tmpfs": "!", "cifs": "!", "nfs4": "!"}


@terminals
def test_in_a_terminal_its_size_and_colour_are_told(tmp_path: Path) -> None:
    sources = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT / "criteria")))
    environment = {**os.environ, "PYTHONPATH": sources, "TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    small = pexpect.spawn(
        sys.executable,
        ["-m", "sqs_core.cli", "doctor"],
        env=environment,
        cwd=str(tmp_path),
        dimensions=(10, 50),
        encoding="utf-8",
        timeout=30,
    )
    small.expect(pexpect.EOF)
    told = " ".join(small.before.split())
    assert "! terminal xterm, 50×10, no colour (NO_COLOR); make the window larger" in told
