"""Points weighed before a judgement: kept, counted, told as reasons and strengths, and never a judgement."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sqs_core.errors import RecordError
from sqs_core.scoring.tally import prompt_counts
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import open_inspection

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def audit(tmp_path: Path, sqs: Run) -> Path:
    """Three cases of the social care audit; points of the assessment are weighed in two."""
    folder = tmp_path / "audit"
    dates = ("--dates", "2026-11-23", "--cases", "children=3")
    sqs("new", folder, "--criteria", "social-care-audit", "--service", "Anytown", *dates)
    weak = ("weak", "--reason", "history", "--prompt", "sources=no", "--prompt", "daily-life=yes")
    sqs("answer", folder, "01", "assess.quality", *weak, "--evidence", "tab 3")
    good = ("good", "--prompt", "daily-life=yes", "--prompt", "fathers=not-applicable")
    sqs("answer", folder, "02", "assess.quality", *good)
    return folder


def test_points_are_counted_with_the_cases_behind_them_and_told_as_reasons_and_strengths(
    audit: Path, sqs: Run, tmp_path: Path
) -> None:
    found = findings_of(open_inspection(audit))
    tally = found.tally("assess.quality")
    counts = [(prompt.id, yes, of) for prompt, yes, of in prompt_counts(found.criteria, tally)]
    assert counts == [("sources", 0, 1), ("daily-life", 2, 2)]
    assert tally.prompts["fathers"]["not-applicable"] == ("02",)
    assert (tally.k, tally.n) == (1, 2)
    board = " ".join(sqs("summary", audit).stdout.split())
    assert "points met: more than one source 0 of 1, the child's daily life 2 of 2" in board
    told = sqs("letter", "propose", audit).stdout
    assert "not met: more than one source: 01" in told
    assert "assess.quality, the child's daily life: 2 of 2" in told
    letter = " ".join(sqs("report", audit, "-r", "text", "-o", "-").stdout.split())
    assert "because the history was not used and it rested on too few sources" in letter
    sheet = sqs("takeaway", audit, "01", "--judgements").stdout
    assert sheet.split("What there is to learn")[1].strip() == (
        "- Quality of the assessment (weak): more than one source"
    )
    assert "daily life" not in sqs("takeaway", audit, "01").stdout
    sqs("export", audit, "--to", tmp_path / "tables")
    with (tmp_path / "tables" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["case"], row["question"]): row["prompts"] for row in csv.DictReader(file)}
    assert rows["02", "assess.quality"] == "daily-life=yes fathers=not-applicable"


def test_a_point_that_is_none_is_refused_where_it_is_typed_and_where_it_is_read(
    audit: Path, sqs: Run
) -> None:
    done = sqs("answer", audit, "02", "assess.quality", "good", "--prompt", "souces=yes")
    known = "sources, daily-life, strengths, fathers"
    assert (done.returncode, done.stderr.partition("; ")[2].strip()) == (
        2,
        f"did you mean 'sources'? known: {known}",
    )
    done = sqs("answer", audit, "02", "visits", "none", "--prompt", "sources=yes")
    assert done.stderr.strip() == "sqs: no point 'sources' to weigh for visits; it has none"
    done = sqs("answer", audit, "02", "assess.quality", "good", "--prompt", "sources=maybe")
    assert done.stderr.strip() == "sqs: 'sources=maybe' is not ID=yes, ID=no or ID=not-applicable"
    file = audit / "cases" / "01.toml"
    file.write_text(file.read_text("utf-8").replace("sources =", "souces ="), "utf-8")
    with pytest.raises(RecordError, match=r"01.toml:14.*no point 'souces' to weigh for assess.quality"):
        open_inspection(audit).case("01")


def test_two_who_weigh_different_points_of_one_question_lose_neither(
    audit: Path, sqs: Run, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(audit, tmp_path / "other"))
    sqs("answer", audit, "02", "assess.quality", "good", "--prompt", "sources=yes")
    sqs("answer", other, "02", "assess.quality", "good", "--prompt", "strengths=no")
    done = sqs("merge", audit, other, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    answer = open_inspection(audit).case("02").record.answers["assess.quality"]
    assert answer.prompts.items() >= {("sources", "yes"), ("strengths", "no"), ("daily-life", "yes")}
