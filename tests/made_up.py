"""Inspections made up by chance, under any version with a letter plan: what the recount and the letters are tried on.

They are written as files, straight from the version's TOML: one to sixty cases, with answers that are not known,
not applicable or missing, facts that nobody recorded, answers parked by a fact changed later, overrides, practice
cases, interviews, and paragraphs of an author's own with live figures.  Synthetic: about nobody.
"""

from __future__ import annotations

import random
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import tomli_w

from sqs_core.storage.library import load_criteria

Data = dict[str, Any]
SHARES = (0.0, 0.05, 0.3, 0.6, 0.9, 0.97, 1.0)
FORMS = ("of cases", "count cases", "total cases", "n cases", "of", "words cases")


@cache
def version_file(version: str) -> Data:
    """The version as plain data in English, read by nothing of ours."""
    told = (resources.files("sqs_criteria") / f"{version}.toml").read_text("utf-8")
    return cast("Data", _english(tomllib.loads(told)))


def _english(part: object) -> object:
    if isinstance(part, list):
        return [_english(one) for one in part]
    if not isinstance(part, dict):
        return part
    text = part.get("en")
    return text if isinstance(text, str) else {key: _english(value) for key, value in part.items()}


@cache
def versions_with_a_letter() -> list[str]:
    """Every version we ship that plans a letter on one population."""
    files = sorted(f.name for f in resources.files("sqs_criteria").iterdir() if f.name.endswith(".toml"))
    versions = {name: version_file(name) for name in (file.removesuffix(".toml") for file in files)}
    return [name for name, asked in versions.items() if "letter" in asked and "populations" not in asked]


def write_inspection(folder: Path, version: str, seed: int, *, authored: bool = True) -> Path:
    """Write the inspection of ``seed`` under ``version`` into ``folder``, which is made, and return it.

    With ``authored`` its letter has paragraphs of an author's own.
    """
    asked = version_file(version)
    pins = {"criteria": version, "criteria_hash": load_criteria(version, plugins=False).hash}
    chance = random.Random(f"{version}/{seed}")
    day = f"2026-11-{chance.randint(1, 27):02}"
    voices = asked["letter"].get("voices", {})
    last = chance.choice([day, f"2026-11-{int(day[-2:]) + 2:02}"])
    write(
        folder / "inspection.toml",
        {
            "service": "Anytown Youth Justice Service",
            **pins,
            "area": "Anytown",
            "first_day": tomllib.loads(f"d = {day}")["d"],
            "last_day": tomllib.loads(f"d = {last}")["d"],
            **({"voice": chance.choice(list(voices))} if voices else {}),
        },
    )
    n = chance.choice([1, 2, 3, chance.randint(4, 9), chance.randint(10, 25), chance.randint(26, 60)])
    maker = _Cases(asked, chance)
    for number in range(1, n + 1):
        write(folder / "cases" / f"{number:02}.toml", {"case": f"{number:02}", **pins, **maker.case()})
    if asked.get("interview_questions"):
        for person in "ABCDEFGHIJKL"[: chance.choice([0, 1, 2, 3, 5, 6, 12])]:
            write(
                folder / "interviews" / f"{person}.toml",
                {"person": person, **pins, **_interview(asked, chance)},
            )
    if authored:
        write(folder / "letter.toml", _narrative(asked, chance))
    return folder


def write(path: Path, data: Data) -> None:
    """Write one record, whole, as the program would read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps({"format": 1, **data}) + "\n# end of record\n", encoding="utf-8")


class _Cases:
    """Cases whose facts and answers have shares of their own in each inspection."""

    def __init__(self, asked: Data, chance: random.Random) -> None:
        self.asked, self.chance = asked, chance
        self.facts = {
            f["id"]: chance.choice(SHARES) for f in asked["facts"] if f.get("kind", "boolean") == "boolean"
        }
        self.good = {q["id"]: chance.choice(SHARES) for q in asked["questions"]}
        self.gaps = chance.choice([0, 0, 0.1, 0.3, 0.8])
        self.unrecorded = chance.choice([0, 0, 0, 0.1, 0.5])
        self.told = chance.choice([0, 0.5, 1, 1, 1])
        self.counts = {o["id"]: o["counts"] for o in asked["outcomes"]}

    def case(self) -> Data:
        chance = self.chance
        made: Data = {"facts": {}, "answers": {}, "overrides": []}
        for fact in self.asked["facts"]:
            if chance.random() < self.unrecorded:
                continue
            kind = fact.get("kind", "boolean")
            if kind == "boolean":
                made["facts"][fact["id"]] = chance.random() < self.facts[fact["id"]]
            elif kind == "choice":
                made["facts"][fact["id"]] = chance.choice(fact["choices"])["id"]
        # Every question is answered, asked or not: what is not asked is parked.
        for question in self.asked["questions"]:
            answer = self._answer(question)
            if not answer:
                continue
            made["answers"][question["id"]] = answer
            if chance.random() < 0.03:
                made["overrides"].append(self._override(question, answer["outcome"]))
        if chance.random() < 0.04:
            made["practice"] = True
        return {key: value for key, value in made.items() if value}

    def _outcomes(self, question: Data, counts: str) -> list[str]:
        names = question.get("outcomes") or self.asked["default_outcomes"]
        return [name for name in names if self.counts[name] == counts]

    def _answer(self, question: Data) -> Data:
        chance = self.chance
        if chance.random() < self.gaps:
            gap = chance.choice(["none", "not-known", "not-applicable"])
            found = self._outcomes(question, gap) if gap != "none" else []
            return {"outcome": chance.choice(found)} if found else {}
        good = chance.random() < self.good[question["id"]]
        outcome = chance.choice(self._outcomes(question, "sufficient" if good else "insufficient"))
        answer: Data = {"outcome": outcome}
        known = [*question.get("reasons", ()), *self.asked.get("common_reasons", ())]
        reasons = [r for r in known if outcome in r.get("outcomes", [outcome])]
        if not good and reasons and chance.random() < self.told:
            chosen = chance.sample(reasons, chance.randint(1, min(3, len(reasons))))
            answer["reasons"] = [reason["id"] for reason in chosen]
        return answer

    def _override(self, question: Data, old: str) -> Data:
        names = self._outcomes(question, "sufficient") + self._outcomes(question, "insufficient")
        new = self.chance.choice([name for name in names if name != old])
        said = {"remark": "synthetic", "time": "2026-11-28T16:05:00Z", "authority": "lead"}
        return {"question": question["id"], "old": old, "new": new, **said}


def _interview(asked: Data, chance: random.Random) -> Data:
    person: Data = {"role": chance.choice(list(asked["letter"]["roles"]))}
    if chance.random() < 0.2:
        return {**person, "gave_views": False}
    names = [o["id"] for o in asked["interview_outcomes"]]
    answers = {q["id"]: chance.choice([names[0], names[0], *names]) for q in asked["interview_questions"]}
    return {**person, "answers": {q: a for q, a in answers.items() if chance.random() < 0.95}}


def _narrative(asked: Data, chance: random.Random) -> Data:
    """A summary and one paragraph of the author's own, whose numbers are live figures."""

    def sentence() -> str:
        question = chance.choice(asked["questions"])["id"]
        subset = chance.choice(["", "", *(f"@{s['id']}" for s in asked.get("subsets", ()))])
        outcome = chance.choice(["", ":other"])
        return f"In this respect the letter counts {{{question}{outcome}{subset}|{chance.choice(FORMS)}}}."

    paragraphs = [p["id"] for s in asked["letter"]["sections"] for p in s.get("paragraphs", ())]
    made: Data = {"summary": f"{sentence()} {sentence()}"}
    if chance.random() < 0.3:
        made["paragraphs"] = {chance.choice(paragraphs): {"text": sentence()}}
    if chance.random() < 0.3:
        made["improvements"] = [{"text": "the planning of work", "questions": [asked["questions"][0]["id"]]}]
    return made
