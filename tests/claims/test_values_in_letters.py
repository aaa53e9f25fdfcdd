"""Answers that are values in a letter: told as any count, read back, and nothing more believed of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sqs_core.cli import main
from sqs_core.storage.lint_files import lint_without_claims

FILE = Path(__file__).parent.parent / "criteria" / "values.toml"
HOLDS, FAILS, UNVERIFIABLE = "holds", "fails", "unverifiable"
SAID = {
    "The police took part in two of the 12 cases.": HOLDS,
    "The police took part in seven of the 12 cases.": FAILS,
    "The police took part in none of the 12 cases.": FAILS,
    "The police did not take part in two of the 12 cases.": UNVERIFIABLE,
    "The police did not take part in ten of the 12 cases.": UNVERIFIABLE,
    "Only the police took part in two of the 12 cases.": UNVERIFIABLE,
    "The police only took part in two of the 12 cases.": UNVERIFIABLE,
    "Even the police took part in two of the 12 cases.": UNVERIFIABLE,
    "The police officer took part in two of the 12 cases.": UNVERIFIABLE,
    "The police took part again in two of the 12 cases.": UNVERIFIABLE,
    "The police took part every week in two of the 12 cases.": UNVERIFIABLE,
    "The police took part on their own in two of the 12 cases.": UNVERIFIABLE,
    "The police took part first in two of the 12 cases.": UNVERIFIABLE,
    "In two of the 12 cases the police took part.": HOLDS,
    "The police were absent in two of the 12 cases.": UNVERIFIABLE,
    "The police took part well in two of the 12 cases.": UNVERIFIABLE,
    "The work of the police was good enough in two of the 12 cases.": UNVERIFIABLE,
    "Health took part in only six of the 12 cases.": HOLDS,
    "School took part in fewer than half of the cases.": HOLDS,
    "The agencies were good enough in all 12 cases.": UNVERIFIABLE,
    "Agencies: health in five of the 12 cases.": FAILS,
    "Visits: this is recorded in all 12 cases.": HOLDS,
    "Visits: this is recorded in nine of the 12 cases.": FAILS,
    "Visits were made in all 12 cases.": UNVERIFIABLE,
    "The median number of visits was 23 in all 12 cases.": UNVERIFIABLE,
    "Referred: this was good enough in all 12 cases.": UNVERIFIABLE,
}


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, str]:
    """An inspection of twelve made-up cases, and its first letter as text."""
    home = tmp_path_factory.mktemp("values")
    version, folder, text = home / "values.toml", str(home / "trial"), home / "letter.txt"
    version.write_bytes(FILE.read_bytes())
    assert main(["criteria", "letter", str(version)]) == 0
    assert main(["synth", folder, "--criteria", str(version), "--cases", "12", "--seed", "3"]) == 0
    assert main(["report", folder, "-r", "text", "-o", str(text)]) == 0
    return folder, home, text.read_text("utf-8")


def _verdicts(folder: str, text: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    capsys.readouterr()
    main(["letter", "check", folder, str(text), "--json"])
    found: dict[str, list[str]] = {}
    for claim in json.loads(capsys.readouterr().out)["claims"]:
        found.setdefault(claim["paragraph"] or "", []).append(claim["status"])
    return found


def test_a_first_letter_tells_values_and_every_claim_of_it_holds(
    letter: tuple[str, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, home, text = letter
    told = " ".join(text.split())
    assert "Agencies: police in two of the 12 cases." in told
    assert "What would have helped: this is recorded in all 12 cases." in told
    verdicts = _verdicts(folder, home / "letter.txt", capsys)
    assert {verdict for paragraph, found in verdicts.items() if paragraph for verdict in found} == {HOLDS}


def test_what_is_said_beyond_a_count_of_values_never_holds(
    letter: tuple[str, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, home, text = letter
    start = text.index("1.3. ")
    edited = home / "edited.txt"
    edited.write_text(
        text[:start] + "1.3. " + "\n\n".join(SAID) + "\n\n" + text[text.index("1.4. ") :], "utf-8"
    )
    capsys.readouterr()
    main(["letter", "check", folder, str(edited), "--json"])
    claims = json.loads(capsys.readouterr().out)["claims"]
    verdicts = {}
    for sentence in SAID:
        at = edited.read_text("utf-8").index(sentence)
        line = edited.read_text("utf-8")[:at].count("\n") + 1
        verdicts[sentence] = [claim["status"] for claim in claims if claim["line"] == line]
    assert verdicts == {sentence: [verdict] for sentence, verdict in SAID.items()}


def test_a_letter_says_where_values_are_not_recorded_of_all_and_nothing_of_judging_them(
    letter: tuple[str, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, home, _ = letter
    folder, text = str(home / "begun"), home / "begun.txt"
    version = ["--criteria", str(home / "values.toml"), "--service", "Pilot Service"]
    assert main(["new", folder, *version, "--dates", "2026-11-23", "--cases", "3"]) == 0
    for case, words in (("01", "police, school"), ("02", "none of them")):
        assert main(["answer", folder, case, "agencies", words]) == 0
    assert main(["report", folder, "-r", "text", "-o", str(text)]) == 0
    begun = " ".join(text.read_text("utf-8").split())
    start, end = begun.index("1.2. "), begun.index("1.4. ")
    assert begun[start:end].strip() == (
        "1.2. Visits: this is not recorded in any of the three cases. "
        "1.3. Agencies: this is recorded in two of the three cases. Agencies: police in one of the two cases "
        "in which that is recorded. Agencies: school in one of the two cases in which that is recorded."
    )
    verdicts = _verdicts(folder, text, capsys)
    assert {verdict for paragraph, found in verdicts.items() if paragraph for verdict in found} == {HOLDS}


def test_no_verdict_is_given_on_what_nobody_judged(letter: tuple[str, Path, str]) -> None:
    _, home, _ = letter
    text = (home / "values.toml").read_text("utf-8")
    sentence = 'about = "visits"\n'
    assert text.count(sentence) == 1
    broken = text.replace(sentence, f"{sentence}verdict = true\n")
    found = [p.what for p in lint_without_claims(broken.encode(), "values.toml") if p.code == "V610"]
    assert found[0] == "a verdict is given on 'visits', whose answer is a value that nobody judged"


def test_a_sentence_on_values_that_judges_or_limits_or_gives_reasons_is_refused_and_never_holds(
    letter: tuple[str, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, home, _ = letter
    told = "Visits: this is recorded in {|of cases}."
    text = (home / "values.toml").read_text("utf-8")
    assert text.count(told) == 1
    (home / "judged").mkdir()
    version = home / "judged" / "values.toml"
    found = {}
    for said, more in (
        ("There were enough visits in {|of cases}.", ""),
        ("Only visits are recorded in {|of cases}.", ""),
        ("Somebody was visited in {|of cases}.", ""),
        (told, 'because = "This was because {reasons}."'),
    ):
        version.write_text(text.replace(f'some = "{told}"', f'some = "{said}"\n{more}'), "utf-8")
        capsys.readouterr()
        main(["criteria", "lint", str(version)])
        lines = capsys.readouterr().out.splitlines()
        found[said] = [line.partition(" V907 ")[2].partition(";")[0] for line in lines if " V907 " in line]
    assert list(found.values()) == [
        ["'enough' says more of visits than that an answer is recorded"],
        ["'only' says more of visits than that an answer is recorded"],
        ["it does not say that it is the answers to visits that are counted"],
        ["the answer to visits is a value, and has no reasons and no others to tell"],
    ]
    version.write_text(text.replace(told, "There were enough visits in {|of cases}."), "utf-8")
    folder, text_of = str(home / "enough"), home / "enough.txt"
    assert main(["synth", folder, "--criteria", str(version), "--cases", "3"]) == 0
    assert main(["report", folder, "-r", "text", "-o", str(text_of)]) == 0
    assert UNVERIFIABLE in _verdicts(folder, text_of, capsys)["1.2"]
