"""An independent recount: every number of a letter, counted again from the TOML files alone.

Nothing here is shared with what composes the letter.  It reads the records and the version as plain data, the
letter as the JSON that ``sqs report -r json`` writes, and the words of a figure as a reader would.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Data = dict[str, Any]
NUMBERS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty"}
WORDS = {word: value for value, word in enumerate(NUMBERS)} | {
    ten + (f"-{NUMBERS[unit]}" if unit else ""): value + unit
    for value, ten in TENS.items()
    for unit in range(10)
}
NUMBER = re.compile(r"\b(\d+|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
SO_FEW = re.compile(r"\b(could judge|judged so far|to which this applied|had a view|who answered)\b")
WHYS = ("tried", "so_far", "waiting", "needless")
NOT_A_NUMBER = re.compile(
    r"\d{1,2}(?:–\d{1,2})? [A-Z][a-z]+ \d{4}|\d{1,2} [A-Z][a-z]+ (?:\d{4} )?to \d{1,2} [A-Z][a-z]+ \d{4}"
    r"|\bno one\b|\bone (?:another|or (?:the )?other|thing)\b",
)


class Records:
    """The records of an inspection and what the version asks, as plain data."""

    def __init__(self, folder: Path, version: Data) -> None:
        self.version = version
        self.cases = [c for c in _records(folder / "cases") if not c.get("practice")]
        self.people = _records(folder / "interviews")
        self.counts = {o["id"]: o["counts"] for o in version["outcomes"]}
        self.questions = {q["id"]: q for q in version["questions"]}

    def outcome(self, case: Data, question: str) -> str | None:
        """The outcome that counts: of the last override, else of the answer."""
        overridden = [o["new"] for o in case.get("overrides", ()) if o["question"] == question]
        return (overridden or [case.get("answers", {}).get(question, {}).get("outcome")])[-1]

    def is_asked(self, case: Data, question: str, above: tuple[str, ...] = ()) -> bool:
        """Whether the question's condition holds in this case."""
        when = self.questions[question].get("when")
        return question not in above and (when is None or self.holds(when, case, (*above, question)))

    def holds(self, test: Data, case: Data, above: tuple[str, ...] = ()) -> bool:
        if "all" in test:
            return all(self.holds(part, case, above) for part in test["all"])
        if "any" in test:
            return any(self.holds(part, case, above) for part in test["any"])
        if "fact" in test:
            value = case.get("facts", {}).get(test["fact"])
        else:
            there = self.is_asked(case, test["answer"], above)
            value = self.outcome(case, test["answer"]) if there else None
        if "exists" in test:
            return (value is not None) == test["exists"]
        if "in" in test:
            return value in test["in"]
        return value == test["="] if "=" in test else value != test["!="]

    def unrecorded(self, question: str) -> bool:
        """Whether a fact that decides where the question is asked was not recorded in some case."""
        names = re.findall(r"'fact': '([^']+)'", str(self.questions[question].get("when", "")))
        return any(name not in case.get("facts", {}) for name in names for case in self.cases)

    def parts(self, figure: str) -> tuple[set[str], set[str], set[str], dict[str, set[str]]]:
        """The cases (or people) counted, judged and asked of a figure; and, by why, those asked but not judged."""
        counted, _, subset = figure.partition("@")
        measure, _, outcome = counted.partition(":")
        if measure in ("cases", "interviews") or measure not in self.questions:
            return self._others(measure, outcome, subset)
        within = next((s["when"] for s in self.version.get("subsets", ()) if s["id"] == subset), None)
        asked = [
            c for c in self.cases if self.is_asked(c, measure) and (within is None or self.holds(within, c))
        ]
        given = {c["case"]: self.outcome(c, measure) for c in asked}
        means = {case: self.counts.get(name or "", "unanswered") for case, name in given.items()}
        return _parts(given, means, outcome)

    def _others(self, measure: str, outcome: str, subset: str) -> tuple[set[str], set[str], set[str], Any]:
        none: dict[str, set[str]] = {}
        if measure == "cases":
            every = {c["case"] for c in self.cases}
            within = next((s["when"] for s in self.version.get("subsets", ()) if s["id"] == subset), None)
            chosen = {c["case"] for c in self.cases if within is None or self.holds(within, c)}
            return chosen, every, every, none
        everyone = {p["person"] for p in self.people}
        if measure == "interviews":
            if subset:
                return {p["person"] for p in self.people if p["role"] == subset}, everyone, everyone, none
            return {p["person"] for p in self.people if p.get("gave_views", True)}, everyone, everyone, none
        counts = {o["id"]: o["counts"] for o in self.version["interview_outcomes"]}
        given = {
            p["person"]: p.get("answers", {}).get(measure) for p in self.people if p.get("gave_views", True)
        }
        means = {person: counts.get(name or "", "unanswered") for person, name in given.items()}
        return _parts(given, means, outcome)


def _parts(
    given: dict[str, str | None], means: dict[str, str], outcome: str
) -> tuple[set[str], set[str], set[str], dict[str, set[str]]]:
    judged = {unit for unit, meaning in means.items() if meaning in ("sufficient", "insufficient")}
    wanted = {
        "": {u for u in judged if means[u] == "sufficient"},
        "other": {u for u in judged if means[u] == "insufficient"},
    }
    counted = wanted.get(outcome, {u for u in judged if given[u] == outcome})
    rest = {
        why: {u for u, m in means.items() if m == why}
        for why in ("not-known", "not-applicable", "unanswered")
    }
    return counted, judged, set(given), rest


def _records(folder: Path) -> list[Data]:
    return [tomllib.loads(f.read_text("utf-8")) for f in sorted(folder.glob("*.toml"))]


def recounted(letter: Data, records: Records) -> tuple[int, list[str]]:
    """How many numbers of ``letter`` were recounted, and what is wrong with those that are not right."""
    numbers, wrong = 0, []
    for paragraph in paragraphs(letter):
        where = paragraph["number"] or paragraph["id"] or "opening"
        for run in paragraph["runs"]:
            if isinstance(run, str):
                plain = NOT_A_NUMBER.sub("", run)
                wrong += [f"{where}: '{found}' is no figure: {run!r}" for found in NUMBER.findall(plain)]
            else:
                numbers += 1
                wrong += [f"{where}: {why}: {run['text']!r}" for why in figure_faults(run, records)]
    wrong += absences(letter, records)
    return numbers, wrong


def paragraphs(letter: Data) -> Iterable[Data]:
    for block in letter["blocks"]:
        if block["block"] == "paragraph":
            yield block
        elif block["block"] == "list":
            yield from block["items"]


def figure_faults(figure: Data, records: Records) -> Iterable[str]:
    """What is wrong with a figure: its numbers, the cases behind them, or its words."""
    counted, judged, asked, rest = records.parts(figure["figure"])
    form = figure["form"]
    stated = {
        "n": judged,
        "any": judged,
        "total": asked,
        "unknown": rest.get("not-known", set()),
        "pending": rest.get("unanswered", set()),
        "exempt": rest.get("not-applicable", set()),
        "noun": set(),
    }.get(form, counted)
    for name, cases in (
        ("cases", counted),
        ("of", judged),
        ("asked_cases", asked),
        ("counted_cases", stated),
    ):
        if set(figure[name]) != cases or len(figure[name]) != len(cases):
            yield f"{name} are {sorted(cases)}, not {figure[name]}"
    for name, cases in (("k", counted), ("n", judged), ("asked", asked), ("counted", stated)):
        if figure[name] != (None if name == "counted" and form == "noun" else len(cases)):
            yield f"{name} is {len(cases)}, not {figure[name]}"
    yield from words_faults(figure["text"], form, len(counted), len(judged), len(stated), len(asked))


def words_faults(text: str, form: str, k: int, n: int, stated: int, asked: int) -> Iterable[str]:
    """Whether the words say the numbers, and that not all were judged where not all were."""
    if form == "noun":
        return
    found = [int(w) if w.isdigit() else WORDS[w.lower()] for w in NUMBER.findall(text)]
    low = text.lower()
    if form in ("count", "total", "unknown", "pending", "exempt"):
        wanted = [stated]
        found = [0] if low.startswith("no ") else found
    elif form == "other":
        wanted = [1] if stated == 1 and "other" in low and not found else [stated]
        found = found or wanted
    elif form in ("n", "any"):
        wanted = [2] if low.startswith("both") else [n]
    else:
        wanted, found = _of(low, found, k, n)
    if found != wanted and not (n == 0 and form in ("of", "words", "n", "any")):
        yield f"the words say {found}, the records {wanted}"
    partly = form in ("of", "words", "n", "any") and n < asked
    if partly != bool(SO_FEW.search(low)):
        yield f"{n} of {asked} were judged, and the words " + ("do not say so" if partly else "say otherwise")


def _of(low: str, found: list[int], k: int, n: int) -> tuple[list[int], list[int]]:
    """The numbers that "seven of the ten", "all but two of the 14", "both", "most of the 12" should have."""
    if k == n:
        said = "all" in low.split() or low.startswith(("both", "the one"))
        return ([n] if said else [-1]), (found or [2 if low.startswith("both") else n])
    if k == 0:
        return ([0, n] if low.startswith("none") else [n] if low.startswith("neither") else [-1]), found
    if low.startswith("all but"):
        return [n - k, n], found
    share = k / n
    ranges = {
        "almost all": n - k == 1 and n >= 5,
        "over three-quarters": share > 0.75,
        "most": share > 0.5,
        "half or fewer": share <= 0.5,
        "half": share == 0.5,
        "fewer than half": 0.25 <= share < 0.5,
        "few": share < 0.25,
    }
    phrase = next((words for words in ranges if low.startswith(words)), None)
    if phrase:
        return ([n] if ranges[phrase] else [-1]), found[-1:]
    return [k, n], found


def absences(letter: Data, records: Records) -> Iterable[str]:
    """Where the letter says that there was nothing, there was nothing; where it says unjudged, it was asked.

    Why nothing was judged is told as it is: nobody has answered, nobody could, or it did not apply.
    """
    whys = records.version["letter"].get("not_judged", {})
    said = {p["id"]: p["text"] for p in paragraphs(letter)}
    for section in records.version["letter"]["sections"]:
        for paragraph in section.get("paragraphs", ()):
            text = said.get(paragraph["id"], "")
            for sentence in paragraph["sentences"]:
                about = sentence.get("about") or (sentence.get("items") or [{"about": ""}])[0]["about"]
                if about.partition("@")[0] not in records.questions:
                    continue
                _, judged, asked, rest = records.parts(about)
                why = "tried" if rest["not-known"] else "needless"
                if rest["unanswered"] or not asked:
                    why = "so_far" if rest["not-known"] else "waiting"
                wrong = [words for name, words in whys.items() if name in WHYS and name != why]
                nothing = sentence.get("nothing", "")
                conditional = "when" in records.questions[about.partition("@")[0]]
                there = judged or (conditional and (asked or records.unrecorded(about)))
                if nothing and _stands(nothing, whys.get(why, ""), text) and there:
                    yield f"{paragraph['id']}: says {nothing!r} of {len(asked)} asked, {len(judged)} judged"
                for words in wrong:
                    for told in filter(None, (nothing, sentence.get("unjudged", ""))):
                        if "{unjudged}" in told and not judged and _stands(told, words, text):
                            yield f"{paragraph['id']}: says {words!r}, but it is {why}"
                for name in ("unjudged", "unrecorded"):
                    words = sentence.get(name, "")
                    stands = words and _stands(words, whys.get(why, ""), text)
                    if stands and (judged or bool(asked) != (name == "unjudged")):
                        yield f"{paragraph['id']}: says {words!r} of {len(asked)} asked, {len(judged)} judged"


def _stands(template: str, unjudged: str, text: str) -> bool:
    """Whether ``template`` stands in ``text``, whatever its figures are."""
    fixed = [re.escape(part) for part in re.split(r"\{[^{}]*\}", template.replace("{unjudged}", unjudged))]
    return re.search(r"[^.]*".join(fixed), text) is not None
