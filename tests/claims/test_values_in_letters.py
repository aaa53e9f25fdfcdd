"""Answers that are values in a letter: told as any count, read back, and nothing more believed of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sqs_core.cli import main

FILE = Path(__file__).parent.parent / "criteria" / "values.toml"
HOLDS, FAILS, UNVERIFIABLE = "holds", "fails", "unverifiable"
SAID = {
    "The police took part in two of the 12 cases.": HOLDS,
    "The police took part in seven of the 12 cases.": FAILS,
    "The police took part in none of the 12 cases.": FAILS,
    "The police did not take part in two of the 12 cases.": UNVERIFIABLE,
    "The police did not take part in ten of the 12 cases.": UNVERIFIABLE,
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
