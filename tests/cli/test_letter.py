"""The letter's commands, end to end on a copy of the example."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Run
from sqs_core.cli import main
from sqs_core.storage.audit import history
from sqs_core.storage.audit.verify import verify_inspection

ROOT = Path(__file__).parents[2]
LETTER = "2.2. We found that this had been done well enough in {} of the ten cases.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "inspection"
    shutil.copytree(ROOT / "examples" / "darlington-2012", copy)
    return copy


def test_a_letter_whose_claims_hold_exits_0(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER.format("seven"))
    assert main(["letter", "check", str(folder), str(tmp_path / "letter.txt")]) == 0


def test_a_failing_claim_exits_1_and_is_told_as_json(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.txt").write_text(LETTER.format("eight"))
    code = main(["letter", "check", str(folder), str(tmp_path / "letter.txt"), "--json"])
    assert code == 1
    assert json.loads(capsys.readouterr().out) == {
        "format": 1,
        "claims": [
            {
                "paragraph": "2.2",
                "quote": "eight of the ten cases",
                "k": 8,
                "n": 10,
                "status": "fails",
                "figure": "roh.plan",
                "expected": {"k": 7, "n": 10, "words": "seven of the ten cases"},
                "why": "the records have 7 of 10",
                "figures": ["roh.plan"],
                "block": 0,
                "line": 1,
                "span": [53, 75],
            }
        ],
        "unread": [],
    }


def test_what_cannot_be_verified_is_no_finding_of_strict(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.format("seven") + " Plans were exceptional in several cases.\n")
    assert main(["letter", "check", str(folder), str(letter), "--strict"]) == 0
    assert "1 hold, 0 fail, 0 to ask about, 1 cannot be verified; 0 numbers" in capsys.readouterr().err


def test_a_number_that_no_claim_covers_is_told_and_strict_makes_it_a_finding(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.format("seven") + " Staff had three days of training in 2009.\n")
    assert main(["letter", "check", str(folder), str(letter)]) == 0
    told = capsys.readouterr()
    assert (
        "not checked: no claim covers these\n  2.2 (line 1) “three”\n  2.2 (line 1) “2009”: year" in told.out
    )
    assert "2 numbers not checked" in told.err
    assert main(["letter", "check", str(folder), str(letter), "--strict", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["unread"] == [
        {"paragraph": "2.2", "quote": "three", "line": 1, "span": [88, 93], "block": 0, "what": ""},
        {"paragraph": "2.2", "quote": "2009", "line": 1, "span": [114, 118], "block": 0, "what": "year"},
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("letter.txt", "", "no paragraph was found in this file"),
        ("letter.html", "<p> </p>", "no paragraph was found in this file"),
        ("letter.txt", "Dear Sam,\n\nThank you.", "no claim was found in 2 paragraphs"),
    ],
)
def test_a_letter_in_which_nothing_is_checked_is_no_pass(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    assert main(["letter", "check", str(folder), str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err


def test_what_is_not_part_of_the_printed_letter_is_said_not_to_be_read(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.html").write_text(f"<p>{LETTER.format('seven')} <del>eight</del></p><img><!-- x -->")
    assert main(["letter", "check", str(folder), str(tmp_path / "letter.html")]) == 0
    said = "not read as the letter's text: 1 comment, 1 tracked deletion, 1 picture"
    assert said in capsys.readouterr().err


def test_the_letter_composed_as_a_page_checks_clean(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    main(["report", str(folder), "-r", "html", "-o", str(page)])
    assert main(["letter", "check", str(folder), str(page), "--annotate", str(tmp_path / "marked.html")]) == 0
    assert "<mark" in (tmp_path / "marked.html").read_text("utf-8")


def test_an_annotated_copy_never_replaces_the_letter(folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.html"
    letter.write_text("<p>x</p>")
    assert main(["letter", "check", str(folder), str(letter), "--annotate", str(letter)]) == 2
    assert letter.read_text() == "<p>x</p>"


def test_a_draft_is_kept_and_a_changed_answer_is_told_against_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["letter", "draft", str(folder)])
    main(["answer", str(folder), "07", "roh.plan", "sufficient"])
    capsys.readouterr()
    assert main(["letter", "compare", str(folder)]) == 1
    assert "roh.plan: 7 of 10 → 8 of 10 (07: insufficient → sufficient)" in capsys.readouterr().out


def test_comparing_without_a_draft_says_how_to_keep_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["letter", "compare", str(folder)]) == 2
    assert "'sqs letter draft" in capsys.readouterr().err


def test_disclosure_findings_exit_1_until_each_is_excepted(folder: Path) -> None:
    assert main(["letter", "disclose", str(folder)]) == 1
    text = (folder / "letter.toml").read_text("utf-8")
    kept = '[[exceptions]]\nkind = "cell-of-one"\nquote = "*"\nreason = "agreed with the lead"\n\n'
    end = "# end of record"
    (folder / "letter.toml").write_text(text.replace(end, kept + end), "utf-8")
    assert main(["letter", "disclose", str(folder)]) == 0


def test_an_accuracy_comment_is_kept_with_its_response(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(
        [
            "letter",
            "accuracy",
            str(folder),
            "--comment",
            "It was ten.",
            "--response",
            "It was.",
            "--paragraph",
            "2.2",
        ]
    )
    capsys.readouterr()
    main(["letter", "accuracy", str(folder), "--json"])
    assert json.loads(capsys.readouterr().out)["comments"] == [
        {"comment": "It was ten.", "response": "It was.", "change": "", "paragraph": "2.2"}
    ]


@pytest.mark.parametrize(
    "command",
    [["letter", "map"], ["letter", "propose"], ["actions"], ["takeaway"]],
)
def test_every_reading_command_gives_json_with_its_format(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ["07"] if command == ["takeaway"] else []
    assert main([*command, str(folder), *case, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == 1


@pytest.mark.parametrize("place", [1, 2, 5], ids=["before the action", "after it", "at the end"])
def test_who_does_it_may_be_said_anywhere(folder: Path, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQS_WHO", "ZZ")
    words = ["letter", "accuracy", str(folder), "--comment", "It was ten."]
    assert main([*words[:place], "--who", "AB", *words[place:]]) == 0
    assert history.read(folder)[0][-1].who == "AB"


def test_the_details_of_the_letter_are_set_and_shown_by_a_command(sqs: Run, darlington: Path) -> None:
    given = ("--signatory", "Jo Example", "--copies", "The Head of Service", "--copies", "The Board")
    assert sqs("letter", "details", darlington, *given, "--date", "19 December 2026").returncode == 0
    details = json.loads(sqs("letter", "details", darlington, "--json").stdout)["details"]
    assert [details[name] for name in ("signatory", "copies", "date")] == [
        ["Jo Example"],
        ["The Head of Service", "The Board"],
        ["2026-12-19"],
    ]


def test_a_detail_that_cannot_be_is_refused_and_nothing_is_changed(sqs: Run, darlington: Path) -> None:
    before = (darlington / "inspection.toml").read_bytes()
    done = sqs("letter", "details", darlington, "--signatory", "Jo Example", "--date", "soon")
    assert (done.returncode, (darlington / "inspection.toml").read_bytes()) == (2, before)
    assert done.stderr == "sqs: 'soon' is no date; write such as 2026-12-19 or 19 December 2026\n"


@pytest.mark.parametrize(
    "command",
    [
        ("action add D --action Train", "action set D 1 --note Seen."),
        ("action add D --action Train",),
        ("letter write D summary --text Good.",),
        ("letter write D strength --text Good.",),
        ("letter details D --signatory Somebody",),
        ("case add D 20 --fact custody=yes",),
        ("interview D Z staff.wanted=yes",),
    ],
)
def test_the_same_command_completes_what_was_stopped_before_its_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SQS_WHO", "CN")
    *before, last = [line.replace("D", str(folder), 1).split() for line in command]
    assert [main(words) for words in (*before, last)] == [0] * len(command)
    records = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    entered = [entry.what for entry in history.stream(folder)]
    file = folder / history.NAME
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert main(last) == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == records
    assert [entry.what.replace("save", entered[-1]) for entry in history.stream(folder)] == entered
    assert verify_inspection(folder) == ()


def test_the_letter_of_practice_cases_is_checked_against_them(sqs: Run, tmp_path: Path) -> None:
    sqs("synth", "training", "--seed", 1, "--cases", 6)
    sqs("report", "training", "-o", "letter.txt")
    checked = sqs("letter", "check", "training", "letter.txt")
    assert (checked.returncode, " 0 fail, " in checked.stderr, "practice cases" in checked.stderr) == (
        0,
        True,
        True,
    )
