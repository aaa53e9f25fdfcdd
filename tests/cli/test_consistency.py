"""Sampling, second marking and agreement from the command line; blindness, tried to be broken."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from math import comb
from pathlib import Path

import pytest
from attrs import evolve

from conftest import CHECKOUT
from sqs_core.cli import main
from sqs_core.cli.commands import COMMANDS
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.calibration import SURE, sign_p
from sqs_core.scoring.grey_zone import case_share
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.examples import write_example
from sqs_core.storage.findings import findings_or_practice
from sqs_core.storage.folder import open_inspection

CANARY = "Zanzibar"
Sqs = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sqs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sqs:
    """Run a command in an empty folder; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> tuple[int, str, str]:
        # Whatever a command asks, it is answered with the case that is blinded, and an end.
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"board\nletter\n07\ny\nq\n")))
        try:
            code = main(argv)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def frame(path: Path, cases: int = 40) -> None:
    """A list of cases whose orders were made on the days before 12 October 2026, one a day."""
    lines = [
        f"Y{n:02},2026-{9 - n // 28:02}-{28 - n % 28:02},{'DTO' if n % 4 else 'RO'}" for n in range(cases)
    ]
    path.write_text("case,order_made,order_type\n" + "\n".join(lines) + "\n")


# ---------------------------------------------------------------- sampling


def test_a_draw_is_recorded_and_made_again_on_another_machine(sqs: Sqs, tmp_path: Path) -> None:
    frame(tmp_path / "f.csv")
    sqs("new", "leeds", "--service", "Leeds", "--dates", "2026-11-23..2026-11-25")
    code, out, _ = sqs("sample", "f.csv", "--n", "14", "--by", "order_type", "--seed", "7", "--into", "leeds")
    lines = (tmp_path / "f.csv").read_text().splitlines()
    (tmp_path / "other.csv").write_text("\r\n".join([lines[0], *reversed(lines[1:])]), newline="")
    shutil.move("leeds", "elsewhere")
    again, repeated, said = sqs("sample", "other.csv", "--repeat", "elsewhere")
    folder = open_inspection("elsewhere")
    sample = folder.inspection.sample
    assert (code, again, repeated) == (0, 0, out)
    assert tuple(out.split()) == sample.drawn == folder.case_ids()
    assert (sample.size, sample.frame, sample.listed, sample.seed, sample.by) == (
        14,
        34,
        40,
        7,
        ("order_type",),
    )
    assert "the same 14 cases" in said


def test_a_draw_from_another_list_is_told(sqs: Sqs, tmp_path: Path) -> None:
    frame(tmp_path / "f.csv")
    sqs("new", "leeds", "--service", "Leeds", "--dates", "2026-11-23")
    sqs("sample", "f.csv", "--n", "14", "--seed", "7", "--into", "leeds")
    frame(tmp_path / "f.csv", cases=20)
    code, _, said = sqs("sample", "f.csv", "--repeat", "leeds")
    assert code == 1
    assert "not the list" in said


def test_three_eligible_when_fourteen_are_asked_is_told_so(sqs: Sqs, tmp_path: Path) -> None:
    frame(tmp_path / "f.csv")
    asked = (
        "sample",
        "f.csv",
        "--n",
        "14",
        "--seed",
        "7",
        "--from-date",
        "2026-09-26",
        "--to-date",
        "2026-10-12",
    )
    code, out, said = sqs(*asked)
    assert (code, out) == (1, "")
    assert "3 of the 40 cases listed are eligible (orders made 2026-09-26 to 2026-10-12)" in said
    assert "14 were asked for" in said


def test_a_second_draw_until_it_pleases_is_refused(sqs: Sqs, tmp_path: Path) -> None:
    frame(tmp_path / "f.csv")
    sqs("new", "leeds", "--service", "Leeds", "--dates", "2026-11-23")
    draw = ("sample", "f.csv", "--n", "5", "--into", "leeds", "--seed")
    assert sqs(*draw, "7")[0] == 0
    assert sqs(*draw, "8")[0] == 2
    (tmp_path / "leeds" / "cases" / f"{open_inspection('leeds').case_ids()[0]}.toml").unlink()
    assert sqs(*draw, "7")[0] == 0
    assert len(open_inspection("leeds").case_ids()) == 5


def test_a_list_with_names_is_refused_with_the_columns_named(sqs: Sqs, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(f"case,Surname,DOB,order_made\nY1,{CANARY},2011-01-02,2026-09-12\n")
    code, out, said = sqs("sample", "f.csv", "--fieldwork", "2026-11-23")
    assert (code, out) == (3, "")
    assert "'Surname'" in said
    assert "'DOB'" in said
    assert CANARY not in said


def test_advice_on_size_comes_as_data_too(sqs: Sqs, tmp_path: Path) -> None:
    frame(tmp_path / "f.csv")
    _, out, _ = sqs("sample", "f.csv", "--any-date", "--json")
    data = json.loads(out)
    assert (data["listed"], data["eligible"]) == (40, 40)
    assert [size["n"] for size in data["advice"]] == [10, 14, 20, 30, 40]


# ---------------------------------------------------------------- blindness

BLINDED = ["07", "05", "14"]
TRIED = {
    "show": [["d", "07"], ["d", "07", "--json"], ["d", "07", "--second"], ["d", "07", "--second", "--json"]],
    "answer": [
        ["d", "07", "roh.plan", "sufficient"],
        ["d", "07", "roh.plan", "none"],
        ["d", "07", "roh.plan", "sufficient", "--second"],
    ],
    "fact": [["d", "07", "custody=yes"], ["d", "07", "custody=yes", "--second"]],
    "case": [["add", "d", "07"], ["add", "d", "07", "--fact", "custody=yes"]],
    "summary": [
        ["d"],
        ["d", "--json"],
        ["d", "--csv"],
        ["d", "--what-if"],
        ["d", "--practice"],
        ["d", "--where", "custody=yes", "--json"],
    ],
    "report": [["d", "-r", r] for r in ("text", "html", "markdown", "json")],
    "second": [
        ["status", "d"],
        ["status", "d", "--json"],
        ["differences", "d", "07"],
        ["differences", "d", "07", "--json"],
        ["agree", "d", "07", "roh.plan", "first", "--why", "x"],
        ["agree", "d", "07", "roh.plan", "second", "--why", "x", "--apply"],
        ["agree", "d", "07", "roh.plan", "insufficient", "--why", "x", "--json"],
        ["finish", "d", "07"],
        ["draw", "d", "--n", "1", "--seed", "3"],
    ],
    "agreement": [["d"], ["d", "--json"]],
    "export": [["d", "--to", "out"], ["d", "--to", "out2", "--json"]],
    "screen": [["d", "07", "--plain"], ["d", "--plain"]],
    "letter": [
        *(["check", "d", "edited.txt", *more] for more in ([], ["--json"])),
        *([action, "d"] for action in ("disclose", "draft", "compare", "propose", "map", "left")),
        ["figures", "d", "plan"],
        ["wording", "d", "2.2"],
    ],
    "action": [
        ["add", "d", "--action", "Train", "--area", "i", "--question", "roh.plan"],
        ["set", "d", "1", "--state", "started"],
        ["list", "d", "--json"],
    ],
    "compare": [["d", "d2"], ["d2", "d", "--subsets"], ["d2", "d", "--json"]],
    "criteria": [
        *(
            ["migrate", "d", "--to", to, *more]
            for to in ("sqs-2016", "yjs-2018")
            for more in ([], ["--json"])
        ),
    ],
    "takeaway": [["d", "07"], ["d", "07", "--judgements"], ["d", "07", "--html"]],
    "merge": [["d", "d"]],
    "override": [["d", "07", "roh.plan", "sufficient", "--why", "x", "--authority", "y"]],
    "finish": [["d", "07"]],
    "reopen": [["d", "07", "--why", "x"]],
    "history": [["d"], ["d", "07"], ["d", "--json"], ["d", "07", "--json"]],
}
TRIED_ANYWAY = [["d"], ["d", "07"], ["d", "--json"], ["d", "07", "--json"]]
WRITES_ELSEWHERE = {"demo", "new", "synth", "sample", "tui"}


def other_first(folder: Path, words: str, seed: int) -> None:
    """Give every case to be blinded another first marking, with ``words`` in all its notes."""
    opened = open_inspection(folder)
    for case, made in zip(BLINDED, synthetic_records(opened.criteria, 3, seed, practice=False), strict=True):
        stored = opened.case(case)
        unlike = {
            q: evolve(a, evidence=words, said=words, learning=words, strength=words, later=words)
            for q, a in made.answers.items()
        }
        record = evolve(made, case=case, answers=unlike, case_manager="ZQ", inspector="QZ")
        opened.save_case(record, expect=stored.hash)


def told(sqs: Sqs, home: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> str:
    """All that a command lets out: exit code, both streams, and every file it wrote elsewhere."""
    monkeypatch.chdir(home)
    code, out, err = sqs(*argv)
    inspections = (home / "d", home / "d2")
    files = sorted(p for p in home.rglob("*") if p.is_file() and not {*inspections} & {*p.parents})
    written = [f"{p.relative_to(home)}\n{p.read_bytes()!r}" for p in files]
    all_of_it = "\n".join([str(code), out, err, *written])
    # Hashes and times differ between any two folders, and the room on the disk between two moments.
    hashes = r"sha256:[0-9a-f]{64}|\b\d+:[0-9a-f]{64}|\b[0-9a-f]{12,64}\b"
    return re.sub(hashes + r"|\d[\d.]* [GM]iB of the disk|\d\d:\d\d(:\d\d)?(\.\d+)?", "#", all_of_it)


HOMES = "one", "two"


def quietly(*argv: str) -> str:
    """Run a command that has to succeed; gives what it printed."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        assert main(argv) == 0
    return out.getvalue()


def example_beside_an_edited_letter(home: Path) -> str:
    write_example(home / "d")
    (home / "edited.txt").write_text("Planning was good enough in seven of the ten cases.\n")
    return str(home / "d")


@pytest.fixture(scope="module")
def blinded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two inspections that differ in the blinded first markings alone; to be copied."""
    place = tmp_path_factory.mktemp("blinded")
    # Both are changed, so that the number of entries in the history is no difference.
    for name, words, seed in (("one", "Timbuktu", 9), ("two", CANARY, 5)):
        d = example_beside_an_edited_letter(place / name)
        write_example(place / name / "d2")
        other_first(Path(d), words, seed)
        assert sorted(quietly("second", "draw", d, "--n", "3", "--seed", "11").split()) == sorted(BLINDED)
    return place


@pytest.fixture(scope="module")
def being_marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two inspections that differ in an open second marking alone; to be copied."""
    place = tmp_path_factory.mktemp("open")
    for name, outcome, words in (("one", "sufficient", "Timbuktu"), ("two", "not-known", CANARY)):
        d = example_beside_an_edited_letter(place / name)
        quietly("second", "draw", d, "--n", "3", "--seed", "11")
        for question in ("lor.plan", "roh.assess"):
            quietly("answer", d, "07", question, outcome, "--evidence", words, "--second")
        shutil.copytree(d, place / name / "d2")
        d2 = str(place / name / "d2")
        quietly("answer", d2, "07", "lor.plan", "none", "--said", words, "--second")
        quietly("answer", d, "07", "lor.plan", outcome, "--said", f"not {words}", "--second")
    return place


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - WRITES_ELSEWHERE))
def test_no_command_lets_out_anything_of_a_first_marking_that_is_shut(
    command: str, sqs: Sqs, blinded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two inspections that differ in the blinded first markings alone must look the same from outside."""
    shutil.copytree(blinded, tmp_path, dirs_exist_ok=True)
    for argv in TRIED.get(command, TRIED_ANYWAY):
        one, two = (told(sqs, tmp_path / home, monkeypatch, [command, *argv]) for home in HOMES)
        assert one == two, argv
        assert CANARY not in two, argv


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - WRITES_ELSEWHERE))
def test_no_command_lets_out_anything_of_a_second_marking_that_is_open(
    command: str, sqs: Sqs, being_marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two inspections that differ in an open second marking alone look the same to the first inspector."""
    shutil.copytree(being_marked, tmp_path, dirs_exist_ok=True)
    merged = [["d", "d2"], ["d", "d2", "--json"], ["d", "d2", "--take", "second/07=theirs", "--apply"]]
    tried = {**TRIED, "merge": merged, "history": [*TRIED["history"], ["d2"]]}
    for argv in tried.get(command, TRIED_ANYWAY):
        if "--second" not in argv:
            one, two = (told(sqs, tmp_path / home, monkeypatch, [command, *argv]) for home in HOMES)
            assert one == two, argv
            assert CANARY not in two, argv


def test_the_history_tells_of_a_second_marking_once_it_is_finished(sqs: Sqs) -> None:
    write_example(Path("d"))
    sqs("second", "draw", "d", "--n", "3", "--seed", "11")
    sqs("fact", "d", "07", "inspector=ZZ", "--second")
    sqs("answer", "d", "07", "roh.plan", "sufficient", "--evidence", CANARY, "--second")
    assert CANARY not in sqs("history", "d", "07")[1]
    sqs("second", "finish", "d", "07", "--incomplete")
    told_now = sqs("history", "d", "07")[1]
    assert "answer    case 07 second roh.plan" in told_now
    assert f"answers.roh.plan.evidence: – → {CANARY}" in told_now


def test_what_is_shut_is_said_and_not_just_left_out(sqs: Sqs) -> None:
    write_example(Path("d"))
    sqs("second", "draw", "d", "--n", "3", "--seed", "11")
    assert sqs("show", "d", "07")[0] == 5
    assert sqs("report", "d")[0] == 5
    code, out, said = sqs("summary", "d", "--json")
    assert (code, json.loads(out)["cases"], json.loads(out)["sealed"]) == (0, 11, ["05", "07", "14"])
    assert "left out, being marked a second time: 05, 07, 14" in said


# ---------------------------------------------------------------- second marking, end to end


def marked_twice(sqs: Sqs) -> None:
    """The example with case 07 marked again by ZZ, who finds the risk of harm plan good enough."""
    folder, _ = write_example(Path("d"))
    first: CaseRecord = folder.case("07").record
    sqs("second", "draw", "d", "--n", "3", "--seed", "11")
    facts = [f"{n}={'yes' if v is True else 'no' if v is False else v}" for n, v in first.facts.items()]
    assert sqs("fact", "d", "07", "inspector=ZZ", *facts, "--second")[0] == 0
    for question, answer in first.answers.items():
        outcome = "sufficient" if question == "roh.plan" else str(answer.outcome)
        assert sqs("answer", "d", "07", question, outcome, "--second")[0] == 0
    assert sqs("second", "finish", "d", "07")[0] == 0


def test_a_difference_is_settled_with_its_effect_shown_before_it_is_written(sqs: Sqs) -> None:
    marked_twice(sqs)
    agree = ("second", "agree", "d", "07", "roh.plan", "second", "--why", "The plan names the victim.")
    before = Path("d/cases/07.toml").read_bytes()
    _, shown, said = sqs(*agree)
    assert "roh.plan  6/9 → 7/9" in shown
    assert "roh.plan@custody  3/4 → 4/4" in shown
    assert "+ " in shown
    assert "nothing written" in said
    assert Path("d/cases/07.toml").read_bytes() == before
    assert not Path("d/agreed").exists()
    code, applied, said = sqs(*agree, "--apply")
    assert (code, applied) == (0, shown)
    assert "written" in said
    _, data, _ = sqs("second", "differences", "d", "07", "--json")
    (row,) = [d for d in json.loads(data)["differences"] if d["item"] == "roh.plan"]
    assert json.loads(sqs("show", "d", "07", "--json")[1])["agreed"]["roh.plan"]["first"] == "insufficient"
    assert (row["first"], row["second"], row["agreed"]["value"]) == (
        "insufficient",
        "sufficient",
        "sufficient",
    )


def test_a_finished_second_marking_takes_no_more_answers(sqs: Sqs) -> None:
    marked_twice(sqs)
    code, _, said = sqs("answer", "d", "07", "roh.plan", "insufficient", "--second")
    assert code == 5
    assert "stays as it is" in said


def test_agreement_comes_raw_first_with_a_warning_for_few_cases(sqs: Sqs) -> None:
    marked_twice(sqs)
    code, out, said = sqs("agreement", "d")
    whole = next(line for line in out.splitlines() if line.startswith("all questions"))
    assert code == 0
    assert whole.split()[2:5] == ["21", "of", "22"]
    assert out.index("raw") < out.index("AC1") < out.index("alpha")
    assert "undefined: all gave the same answer" in out
    assert "only 1 case was marked twice, fewer than 10" in said
    assert "not counted, still being marked: 05, 14" in said


def test_agreement_as_data_tells_why_a_figure_is_undefined(sqs: Sqs) -> None:
    marked_twice(sqs)
    data = json.loads(sqs("agreement", "d", "--json")[1])
    (line,) = [q for q in data["questions"] if q["id"] == "lor.assess"]
    assert data["cases"] == ["07"]
    assert (line["units"], line["few"], line["raw"]["value"]) == (1, True, 1.0)
    assert line["alpha"]["value"] is None
    assert line["alpha"]["why"].startswith("undefined")


# ---------------------------------------------------------------- the board, synthetic inspections


def test_the_range_is_corrected_only_for_questions_asked_and_judged_in_every_case(sqs: Sqs) -> None:
    write_example(Path("d"))
    file = Path("d/inspection.toml")
    file.write_text(file.read_text().replace("size = 14", "size = 14\nframe = 31"))
    lines = {q["id"]: q for q in json.loads(sqs("summary", "d", "--json")[1])["questions"]}
    filtered = json.loads(sqs("summary", "d", "--where", "custody=yes", "--json")[1])["questions"]
    assert lines["vul.assess"]["interval95"] == [0.3876, 0.8366]
    assert lines["vul.assess"]["interval95_frame"] == [0.4468, 0.8005]
    assert lines["roh.plan"]["interval95_frame"] is None
    assert {q["interval95_frame"] for q in filtered} == {None}


def test_what_if_tells_one_more_case_and_what_may_not_be_rated(sqs: Sqs) -> None:
    write_example(Path("d"))
    _, out, _ = sqs("summary", "d", "--what-if", "--boundary", "65")
    (line,) = [found for found in out.splitlines() if found.startswith("vul.assess ")]
    assert "9/14 → 10/14" in line
    assert "1 more to 65%" in line
    assert "do not rate: the range 38.8–83.7% does not decide 65%" in line


@pytest.mark.parametrize("words", ["101", "-1", "many", "1/0"])
def test_a_boundary_that_is_no_percentage_is_refused(sqs: Sqs, words: str) -> None:
    write_example(Path("d"))
    assert sqs("summary", "d", "--what-if", f"--boundary={words}")[0] == 2


def test_a_synthetic_inspection_is_practice_consistent_and_the_same_each_time(sqs: Sqs) -> None:
    for name in ("one", "two"):
        assert sqs("synth", name, "--cases", "6", "--seed", "3")[0] == 0
    same = [p.relative_to("one") for p in Path("one").rglob("*.toml")]
    assert sorted(p.as_posix() for p in same) == [
        *(f"cases/{n:02}.toml" for n in range(1, 7)),
        "inspection.toml",
        *(f"interviews/{person}.toml" for person in "ABC"),
    ]
    assert all((Path("one") / p).read_bytes() == (Path("two") / p).read_bytes() for p in same)
    assert json.loads(sqs("check", "one", "--json")[1])["problems"] == []
    assert json.loads(sqs("summary", "one", "--json")[1])["cases"] == 6  # practice to the end
    assert "Synthetic" in sqs("report", "one")[1]
    sheet = sqs("takeaway", "one", "01")[1].splitlines()
    assert (sheet[0], sheet[-1]) == ("PRACTICE: made-up cases, not findings",) * 2
    for name in ("sheet.html", "sheet.md"):
        assert sqs("takeaway", "one", "01", "-o", name)[0] == 0
        assert "PRACTICE: made-up cases, not findings" in Path(name).read_text()


# ---------------------------------------------------------------- calibration


def test_a_new_assessor_is_held_against_agreed_judgements_and_where_they_differ_is_told(
    sqs: Sqs, tmp_path: Path
) -> None:
    sqs("synth", "agreed", "--cases", "8", "--seed", "5")
    made = sqs("calibrate", "agreed", "--to", "jo", "--inspector", "JO")
    blank = [open_inspection(tmp_path / "jo").case(case).record for case in ("01", "08")]
    assert (made[0], [(r.answers, r.practice, r.inspector) for r in blank]) == (0, [({}, True, "JO")] * 2)
    assert open_inspection(tmp_path / "agreed").case("01").record.facts == blank[0].facts
    waiting = sqs("calibrate", "agreed", "jo", "--least", "80")
    assert (waiting[0], "judgements still to be made" in waiting[2]) == (1, True)

    for name, cases in (("first", ()), ("last", range(1, 9))):
        shutil.copytree(tmp_path / "agreed", tmp_path / name)
        for case in cases:
            sqs("answer", name, f"{case:02}", "lor.assess", "insufficient")
    agreed = findings_or_practice(open_inspection(tmp_path / "agreed"))[0].tally("lor.assess")
    told = json.loads(sqs("calibrate", "agreed", "first", "last", "--least", "95", "--json")[1])
    first, last = told["attempts"]
    assert (first["same"], first["standing"], first["leaning"], first["differences"]) == (
        first["judgements"], "reached", "cannot be told", [],
    )  # fmt: skip
    assert (last["harsher"], last["milder"], last["standing"], told["drift"]) == (
        agreed.k, 0, "cannot be told", "cannot be told",
    )  # fmt: skip
    words = sqs("calibrate", "agreed", "last")[1]
    assert f"1.1 first assessment: {agreed.k} of 8" in words
    assert "sufficient → insufficient, harsher" in words
    (tmp_path / "last" / "cases" / "07.toml").write_text("format = 99\n")
    assert "last/cases/07.toml" in sqs("calibrate", "agreed", "last")[2]
    assert sqs("calibrate", "agreed", "agreed/")[0] == 2


def test_an_assessor_who_leans_nowhere_is_called_harsher_or_milder_in_at_most_five_of_a_hundred() -> None:
    for n in range(1, 31):
        wrong = sum(comb(n, k) for k in range(n + 1) if sign_p(k, n - k) <= SURE)
        assert wrong <= 0.05 * 2**n, n


def test_a_case_in_the_grey_zone_of_its_version_is_marked_a_second_time(sqs: Sqs, tmp_path: Path) -> None:
    written = (CHECKOUT / "criteria" / "sqs_criteria" / "local-audit.toml").read_text(encoding="utf-8")
    written = written.replace('id = "local-audit"', 'id = "ours"', 1)
    ours = f"grey_zone = {{lowest = 1, highest = 99}}\n{written}"
    (tmp_path / "ours.toml").write_text(ours, encoding="utf-8")
    assert sqs("new", "york", "--criteria", "ours.toml", "--service", "York", "--dates", "2026-01-12")[0] == 0
    folder = open_inspection(tmp_path / "york")
    for record in synthetic_records(folder.criteria, 3, 4, practice=False):
        folder.add_case(record)
    grey = [r.case for r in folder.cases()[0] if 0 < (case_share(folder.criteria, r) or 0) < 1]
    assert grey
    assert sqs("check", "york")[1].count("S106") == len(grey)
    drawn = json.loads(sqs("second", "draw", "york", "--due", "--json")[1])
    assert drawn["drawn"] == grey
    assert open_inspection(tmp_path / "york").inspection.second_draws[0].rule == "from 1 to 99% sufficient"
    assert "S106" not in sqs("check", "york")[1]
    assert "none is from 1 to 99%" in sqs("second", "draw", "york", "--due")[2]
    (tmp_path / "wrong.toml").write_text(ours.replace("highest = 99", "highest = 0"), encoding="utf-8")
    assert "V704 the grey zone from 1 to 0 is none" in sqs("criteria", "lint", "wrong.toml")[1]
