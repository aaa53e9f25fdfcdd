"""Over time: ``sqs compare`` and ``sqs action``, as words, data and files."""

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
        "What has changed since November 2012: Darlington Youth Offending Service\n\nOf 25 questions"
    )
    wrote = sqs("compare", "then", "now", "-o", "changes.html")
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert (wrote.returncode, "<h2>Areas for improvement</h2>" in page, "7 of 10 then" in page) == (
        0,
        True,
        True,
    )
    parts = (
        "Areas for improvement<",
        "Areas for improvement, then and now<",
        "Other questions<",
        "How to read",
    )
    places = [page.index(f">{words}") for words in (*parts, "Parts of the sample<")]
    assert places == sorted(places)
    checked = sqs("compare", "then", "now", "--check", "changes.html")
    assert (checked.returncode, " 0 fail, 0 cannot be verified" in checked.stderr) == (0, True)
    edited = page.replace("7 of 10 then", "3 of 10 then", 1)
    (tmp_path / "edited.html").write_text(edited, encoding="utf-8")
    wrong = sqs("compare", "then", "now", "--check", "edited.html")
    assert (wrong.returncode, wrong.stdout.partition(": ")[2]) == (
        1,
        "roh.plan “3 of 10 then”, but the records say 7 of 10 then\n",
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


def test_the_letter_says_what_has_changed_since_an_earlier_inspection_and_its_figures_then_are_checked(
    sqs: Run, tmp_path: Path
) -> None:
    for name in ("then", "now"):
        shutil.copytree(EXAMPLE, tmp_path / name)
    header = tmp_path / "now" / "inspection.toml"
    later = header.read_text(encoding="utf-8").replace("2012-11-2", "2013-11-2")
    header.write_text(later, encoding="utf-8")
    sqs("answer", "now", "08", "roh.plan", "sufficient")
    assert sqs("letter", "details", "now", "--earlier", "nowhere").returncode == 2
    assert sqs("letter", "details", "now", "--earlier", "then").returncode == 0
    assert 'folder = "../then"' in header.read_text(encoding="utf-8")

    document = json.loads(sqs("report", "now", "-r", "json", "-o", "-").stdout)
    items = [item for block in document["blocks"] if block["block"] == "list" for item in block["items"]]
    before, after = (run for run in next(i for i in items if i["id"] == "since.roh.plan")["runs"][1::2][:2])
    assert (before["figure"], before["form"], before["k"], before["n"], "08" in before["cases"]) == (
        "then/roh.plan", "then", 7, 10, False,
    )  # fmt: skip
    assert (after["figure"], after["k"], "08" in after["cases"]) == ("roh.plan", 8, True)
    sqs("report", "now", "-o", "letter.txt")
    letter = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert "What has changed since November 2012\n\nThis screening is compared" in letter
    checked = sqs("letter", "check", "now", "letter.txt", "--strict")
    assert (checked.returncode, " 0 fail, " in checked.stderr) == (0, True)
    edited = letter.replace("7 of 10 then", "6 of 10 then").replace("+10 points (", "+30 points (")
    edited = edited.replace(" 14 cases then", " 13 cases then").replace("up to 1.2 of", "up to 0.2 of")
    edited = edited.replace("about 290 cases", "about 29 cases").replace("0 are better", "1 are better")
    (tmp_path / "edited.txt").write_text(edited, encoding="utf-8")
    claims = json.loads(sqs("letter", "check", "now", "edited.txt", "--json").stdout)["claims"]
    assert [(c["quote"], c["figure"]) for c in claims if c["status"] == "fails"] == [
        ("13 cases then", "then/cases"),
        ("Of 25 questions compared, 1 are better, 0 are worse, and of 25 it cannot be told", None),
        ("6 of 10 then", "then/roh.plan"),
        ("+30 points (−26 to +44)", None),
        ("about 29 cases each time", None),
        ("up to 0.2 of 25 would", None),
    ]

    told = {
        "../gone": f"no inspection in {Path('now/../gone')}",
        "//server/share": "as seen from this folder",
        ".": "it is this inspection itself",
        "../broken": "cases/07.toml",
    }
    shutil.copytree(tmp_path / "then", tmp_path / "broken")
    (tmp_path / "broken" / "cases" / "07.toml").write_text("format = 99\n", encoding="utf-8")
    end = "# end of record\n"
    for folder, words in told.items():
        named = f'{later.removesuffix(end)}\n[earlier]\nfolder = "{folder}"\n\n{end}'
        header.write_text(named, encoding="utf-8")
        wrote = sqs("report", "now", "-r", "text", "-o", "-")
        left = " ".join(sqs("check", "now").stdout.split())
        assert (wrote.returncode, "What has changed" in wrote.stdout) == (0, False)
        assert words in left
        assert "put it there, or name another" in left
    other = tmp_path / "then" / "inspection.toml"
    other.write_text(
        other.read_text(encoding="utf-8").replace("Darlington Youth", "Elsewhere Youth"), encoding="utf-8"
    )
    header.write_text(f'{later.removesuffix(end)}\n[earlier]\nfolder = "../then"\n\n{end}', encoding="utf-8")
    assert "What has changed" not in sqs("report", "now", "-r", "text", "-o", "-").stdout
    assert "these are two services" in sqs("check", "now").stdout
    header.write_text(named, encoding="utf-8")
    unheld = sqs("letter", "check", "now", "letter.txt")
    assert "7 of 10 then" in unheld.stdout
    assert "unverifiable: since" in unheld.stdout


def test_an_action_is_added_looked_at_listed_and_exported(sqs: Run, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "leeds")
    added = sqs("action", "add", "leeds", "--area", "ii", "--action", "Train the team", "--due", "2026-09-30")
    assert (added.returncode, added.stderr) == (0, "added as action 1\n")
    refused = sqs("action", "set", "leeds", "1", "--state", "done")
    assert (refused.returncode, "says how it was seen" in refused.stderr) == (2, True)
    sqs(
        "action",
        "set",
        "leeds",
        "1",
        "--state",
        "started",
        "--note",
        "Half trained",
        "--on",
        "2026-05-01",
        "--who",
        "AB",
    )
    listed = sqs("action", "list", "leeds", "--on", "2026-10-01", "--overdue")
    assert listed.stdout == (
        "Overdue\n  1  2026-09-30  nobody yet  Train the team\n      2026-05-01 started: Half trained\n"
    )
    assert listed.stderr == "1 action: 1 overdue on 2026-10-01, 0 done or dropped\n"
    data = json.loads(sqs("action", "list", "leeds", "--due-by", "2026-09-29", "--json").stdout)
    assert data["actions"] == []
    assert sqs("action", "list", "leeds", "-o", "acts.html").returncode == 0
    assert "<h3>1. Train the team</h3>" in (tmp_path / "acts.html").read_text(encoding="utf-8")
    assert "Half trained" in sqs("actions", "leeds", "--csv").stdout


def test_a_sample_by_coverage_and_risk_is_drawn_repeated_and_speaks_for_the_list(
    sqs: Run, tmp_path: Path
) -> None:
    rows = [f"A{n},M{n % 3},{'yes' if n % 4 else 'no'},{'2026-01-01' if n == 5 else ''}" for n in range(12)]
    (tmp_path / "list.csv").write_text("\n".join(["case,manager,custody,last_audited", *rows]))
    sqs("new", "york", "--service", "York", "--dates", "2026-11-23")
    asked = (
        "--n",
        5,
        "--each",
        "manager",
        "--over",
        "custody=yes:2",
        "--not-audited",
        "last_audited",
        "--any-date",
    )
    drawn = sqs("sample", "list.csv", *asked, "--seed", 7, "--into", "york", "--json")
    chances = {one["case"]: one["chance"] for one in json.loads(drawn.stdout)["chances"]}
    assert "11 of 11 cases listed are eligible; 1 case audited after 2025-11-23 left out" in drawn.stderr
    assert sqs("sample", "list.csv", "--repeat", "york").returncode == 0
    first = next(iter(chances))
    sqs("case", "add", "york", "A5")
    for case in (first, "A5"):
        sqs("answer", "york", case, "lor.assess", "yes")
    told = json.loads(sqs("sample", "list.csv", "--estimate", "york", "--json").stdout)
    found = next(one for one in told["questions"] if one["id"] == "lor.assess")
    speaks_for = round(chances[first][1] / chances[first][0], 4)
    assert (found["drawn"], found["estimated"], found["picked"], told["picked"]) == (
        [1, 1],
        [speaks_for, speaks_for],
        [1, 1],
        ["A5"],
    )
    none = sqs("sample", "list.csv", "--n", 2, "--each", "manager", "--any-date", "--seed", 1)
    assert (none.returncode, none.stderr) == (
        1, "nothing was drawn: 2 cases cannot be of 3 managers, one of each at least\n",
    )  # fmt: skip
