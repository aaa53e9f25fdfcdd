"""A made-up version with four populations, shaped as the inspections of 2025 are; its wording is ours.

It is the small audit that ships, whose cases are the children's, with victims, staff and parents beside them.
"""

from __future__ import annotations

import random
import tomllib
from datetime import date
from pathlib import Path

import tomli_w

from sqs_core.criteria import Criteria
from sqs_core.records.case import Session
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.states import State, question_states
from sqs_core.storage.create import new_inspection
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.first_letter import with_first_letter
from sqs_core.storage.folder import InspectionFolder

CHECKOUT = Path(__file__).resolve().parent.parent
NAME = "four-populations"
SIZES = {"children": 20, "victims": 12, "staff": 6, "parents": 10}

POPULATIONS = """
[[populations]]
id = "children"
title = "Children's cases"
one = "child's case"
many = "children's cases"
about = "one child and the work done with the child"
seen = "the case manager"

[[populations]]
id = "victims"
title = "Victims' cases"
one = "victim's case"
many = "victims' cases"
about = "one victim of an offence by a child"
seen = "the victim worker"

[[populations]]
id = "staff"
title = "Staff"
one = "member of staff"
many = "members of staff"

[[populations]]
id = "parents"
title = "Parents and carers"
one = "parent or carer"
many = "parents and carers"
"""

QUESTIONS = {
    "victims": ("v.contact", "victim contacted in time", "Was the victim contacted in time?"),
    "staff": ("s.training", "training helps", "Does the training help with the work of today?"),
    "parents": ("p.heard", "views taken into account", "Were their views taken into account?"),
}

MORE = """
[[facts]]
id = "direct_contact"
text = "The victim wanted direct contact"
of = "victims"

[[themes]]
id = "victims-safety"
label = "V2"
title = "Victims' safety"
of = "victims"

[[questions]]
id = "v.safety"
theme = "victims-safety"
short = "victim's safety planned for"
text = "Was the victim's safety planned for?"
when = { fact = "direct_contact", "=" = true }
population = "where direct contact was wanted"
reasons = [{ id = "no-one", text = "nobody asked", letter = "nobody had asked the victim" }]

[[subsets]]
id = "direct"
text = "with direct contact"
phrase = "with direct contact"
when = { fact = "direct_contact", "=" = true }
of = "victims"

[[letter.sections]]
id = "victims"
number = "4"
title = "Victims"

[[letter.sections.paragraphs]]
id = "4.1"
[[letter.sections.paragraphs.sentences]]
text = "We looked at {children|count cases} and {victims|count cases}."
[[letter.sections.paragraphs.sentences]]
about = "v.contact"
some = "The victim was contacted in time in {|of cases}{subsets}."
none = "The victim was not contacted in time in {|any cases}."
other = "In {|other unit} this was late, because {reasons}."
because = "This was because {reasons}."
subsets = ["direct"]

[[letter.sections.paragraphs]]
id = "4.2"
[[letter.sections.paragraphs.sentences]]
about = "v.safety"
some = "The victim's safety was planned for in {|of cases} where direct contact was wanted."
none = "The victim's safety was not planned for in {|any cases} where direct contact was wanted."
nothing = "Direct contact was wanted in no victim's case."

[[letter.sections]]
id = "people"
number = "5"
title = "Staff and parents"

[[letter.sections.paragraphs]]
id = "5.1"
[[letter.sections.paragraphs.sentences]]
about = "s.training"
some = "Training helped with the work of today for {|of cases}."
none = "Training did not help {|any cases} with the work of today."
nothing = "No member of staff was asked about training."

[[letter.sections.paragraphs]]
id = "5.2"
[[letter.sections.paragraphs.sentences]]
about = "p.heard"
some = "Their views were taken into account for {|of cases}."
none = "Their views were not taken into account for {|any cases}."
nothing = "No parent or carer was asked for views."
"""

LINKED = """
[[facts]]
id = "child"
text = "Case of the child"
kind = "text"
of = "victims"
links = "children"

[[subsets]]
id = "child_at_risk"
text = "of a child with a risk to others"
phrase = "of a child with a risk to others"
when = { link = "child", fact = "risk_identified", "=" = true }
of = "victims"

[[themes]]
id = "victims-told"
label = "V3"
title = "What victims are told"
of = "victims"

[[questions]]
id = "v.told"
theme = "victims-told"
short = "victim told of changes to the plan"
text = "Was the victim told of changes to the plan?"
when = { link = "child", answer = "plan.risk", "=" = "insufficient" }
population = "where the plan for risk to others fell short"
reasons = [{ id = "nobody", text = "nobody did", letter = "nobody had told the victim" }]

[[questions]]
id = "v.warned"
theme = "victims-told"
short = "victim warned within 15 days"
text = "Was the victim warned within 15 days?"
when = { link = "child", fact = "risk_identified", "=" = true }
population = "where a risk had been identified"
reasons = [{ id = "nobody", text = "nobody did", letter = "nobody had warned the victim" }]

[[letter.sections]]
id = "warned"
number = "6"
title = "Warnings"

[[letter.sections.paragraphs]]
id = "6.1"
[[letter.sections.paragraphs.sentences]]
about = "v.warned"
some = "The victim was warned within 15 days in {|of cases} where a risk had been identified."
none = "The victim was not warned within 15 days in {|any cases} where a risk had been identified."
nothing = "No risk had been identified."
other = "In {|other unit} none had been given, because {reasons}."
because = "This was because {reasons}."
"""

ASKED = """
[[themes]]
id = "{population}"
label = "{label}"
title = "{title}"
of = "{population}"

[[questions]]
id = "{id}"
theme = "{population}"
short = "{short}"
text = "{text}"
reasons = [{{ id = "late", text = "too late", letter = "it was left too late" }}]
"""


def version_text(name: str = NAME) -> str:
    """Return the file of the version called ``name``."""
    text = (CHECKOUT / "criteria" / "sqs_criteria" / "local-audit.toml").read_text(encoding="utf-8")
    asked = "".join(
        ASKED.format(population=population, label=population[0].upper(), title=population.title(),
                      id=question, short=short, text=words)
        for population, (question, short, words) in QUESTIONS.items()
    )  # fmt: skip
    return text.replace('"local-audit"', f'"{name}"', 1) + POPULATIONS + asked + MORE


def linked_text() -> str:
    """Return the file of a version whose victims name the child's case, in words that both have."""
    return version_text("linked") + LINKED


def first_letter_text() -> str:
    """Return the file of that version with the letter that is made for any."""
    table = tomllib.loads(linked_text())
    del table["letter"]
    data = tomli_w.dumps(table).encode()
    return with_first_letter(read_criteria(data, f"{NAME}.toml"), data).decode()


def version(text: str = "") -> Criteria:
    """Return the version, or the one whose file has ``text``."""
    return read_criteria((text or version_text()).encode(), f"{NAME}.toml")


def made(path: Path, text: str = "") -> InspectionFolder:
    """Make an inspection under the version, or that of ``text``, with blank records in each population."""
    text = text or version_text()
    criteria = version(text)
    days = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 25)}
    inspection = Inspection("Anytown YJS", criteria.id, "", **days)
    others = {name: size for name, size in SIZES.items() if name != "children"}
    return new_inspection(
        path, inspection, criteria, cases=SIZES["children"], others=others, kept=text.encode()
    )


def screened(folder: InspectionFolder, seed: int = 1) -> None:
    """Answer every question of every record of ``folder``, one and the same way for one ``seed``."""
    chance = random.Random(seed)
    for name in folder.populations:
        within = folder.population(name)
        for case in within.case_ids():
            stored = within.case(case)
            session = Session(within.criteria, stored.record)
            for fact in within.criteria.facts:
                if fact.kind == "boolean":
                    session = session.setting(fact.id, chance.random() < 0.6)
                elif fact.links:
                    session = session.setting(fact.id, case.rpartition("/")[2])
            for question in within.criteria.questions:
                if question_states(within.criteria, session.record)[question.id] is State.UNANSWERED:
                    good = chance.random() < 0.7
                    reasons = () if good else (question.reasons[0].id,)
                    session = session.judging(question.id, "sufficient" if good else "insufficient", reasons)
                    session = session.noting(question.id, "evidence", "Seen in the file.")
            within.save_case(session.record, expect=stored.hash)
