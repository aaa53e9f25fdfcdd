"""``sqs compare``: an inspection against the one before it, as words, data and files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import EXAMPLE, Run


def test_two_screenings_are_compared_and_what_is_wrong_with_either_is_named(sqs: Run, tmp_path: Path) -> None:
    for name in ("then", "now"):
        shutil.copytree(EXAMPLE, tmp_path / name)
    text = (tmp_path / "now" / "inspection.toml").read_text(encoding="utf-8")
    later = text.replace("2012-11-26", "2013-11-25").replace("2012-11-28", "2013-11-27")
    (tmp_path / "now" / "inspection.toml").write_text(later, encoding="utf-8")

    printed = sqs("compare", "then", "now", "--json")
    data = json.loads(printed.stdout)
    assert (printed.returncode, data["format"], data["notes"]) == (0, 1, [])
    first = data["questions"][0]
    assert first == {
        "id": "roh.plan", "earlier": "roh.plan", "subset": "", "area": True, "declared": False,
        "before": [7, 10], "after": [7, 10], "difference": 0.0, "interval95": [-0.359009, 0.359009],
        "p": 1.0, "p_together": 1.0, "verdict": "cannot be told", "cases_needed": None, "why": "",
    }  # fmt: skip
    told = sqs("compare", "then", "now").stdout
    assert told.startswith(
        "What has changed since November 2012: Darlington Youth Offending Service\n\nAreas for"
    )
    wrote = sqs("compare", "then", "now", "-o", "changes.html")
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert (wrote.returncode, "<h2>Areas for improvement</h2>" in page, "7 of 10 then" in page) == (
        0,
        True,
        True,
    )
    sqs("compare", "then", "now", "-o", "changes.csv")
    table = (tmp_path / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert table[1].startswith(
        "roh.plan,roh.plan,,True,7,10,7,10,0.0,-0.359009,0.359009,1.0,1.0,cannot be told"
    )

    again = sqs("compare", "now", "then")
    assert (again.returncode, "the wrong way round" in again.stderr) == (1, True)
    assert sqs("compare", "then", "then/").returncode == 2
    assert "--same takes OLD=NEW" in sqs("compare", "then", "now", "--same", "roh.plan").stderr
    for name in ("then", "now"):
        (tmp_path / name / "cases" / "07.toml").write_text("format = 1\n", encoding="utf-8")
    broken = sqs("compare", "then", "now")
    assert (broken.returncode, broken.stdout) == (3, "")
    assert "then/cases/07.toml" in broken.stderr
    assert "now/cases/07.toml" in broken.stderr
    neither = sqs("compare", "nowhere", "nothing")
    assert (neither.returncode, neither.stderr.count("no inspection in")) == (2, 2)
