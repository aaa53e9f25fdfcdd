"""Opening the inspection that a command is about."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sqs_core.cli.console import echo_err
from sqs_core.criteria.vocabulary import outcome_called, outcome_meant, question_meant, questions_named
from sqs_core.errors import SqsError, UsageError
from sqs_core.storage.audit.journal import current_actor
from sqs_core.storage.findings import doubts_about
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION
from sqs_core.storage.moderation.second import as_second
from sqs_core.workflow.navigation import case_called

WHOSE = ("first", "second", "both", "open")
"""What two inspectors can agree on beside another outcome: whose view is taken, or none yet."""

opened: list[InspectionFolder] = []
"""The inspections that this command has opened."""


def open_folder(path: str, args: Namespace | None = None) -> InspectionFolder:
    """Return the inspection folder at ``path``; what ``args`` call in people's words is put in ids.

    With ``--second`` among them, it is the folder as the second inspector sees it.
    """
    try:
        folder = open_inspection(path, actor=current_actor(echo_err))
    except SqsError:
        given = Path(path)
        if given.is_file():
            inside = given.parent if given.name == INSPECTION else "FOLDER"
            raise UsageError(
                f"{path} is a file, and an inspection is a folder: give {inside} instead"
            ) from None
        raise
    opened.append(folder)
    if args is not None:
        understand(folder, args)
    return as_second(folder) if args is not None and vars(args).get("second") else folder


def choose_population(args: Namespace, name: str = "") -> None:
    """Have ``args`` name the folder of a population: the one called ``name``, or that of a case "victims/03".

    Raises:
        UsageError: there is no such population, or several are named.
        RecordError: its folder is not there.
    """
    given = vars(args)
    if "population" in given:  # it is about a version, and no folder
        given["population"] = name
        return
    if given.get("dirs"):
        if name:
            given["dirs"] = [str(open_inspection(path).population(name).address) for path in given["dirs"]]
        return
    option = next((option for option in ("dir", "folder", "into", "repeat") if given.get(option)), "")
    if not option:
        if name:
            raise UsageError("--population goes with the folder of an inspection, and none is named here")
        return
    several = isinstance(given.get("cases"), list)
    cases: list[str] = given["cases"] if several else [word] if (word := given.get("case")) else []
    try:
        folder = open_inspection(given[option])
    except SqsError:
        if name:
            raise
        return  # the command itself tells of it
    split = [word.partition("/") for word in cases]
    ids = [population.id for population in folder.criteria.all_populations]
    named = [first for first, slash, _ in split if slash and first in ids]
    wanted = list(dict.fromkeys([*([name] if name else []), *named]))
    if not wanted:
        return  # a slash that means something else
    if len(wanted) > 1 or (named and not name and len(named) < len(cases)):
        raise UsageError(f"{' '.join(cases)}: these are of different populations; take one after the other")
    given[option] = str(folder.population(wanted[0]).address)
    plain = [
        rest if slash and first == wanted[0] else word
        for word, (first, slash, rest) in zip(cases, split, strict=True)
    ]
    if several:
        given["cases"] = plain
    elif plain:
        given["case"] = plain[0]


def understand(folder: InspectionFolder, args: Namespace) -> None:
    """Put the case, question and outcome of ``args`` in the ids they mean.

    Case "7" is 07, question "2.3" or "risk of harm plan" roh.plan, outcome "yes" sufficient; a fact has only
    its id.  A case that is not there stays as it was given: whoever reads it says so.

    Raises:
        UsageError: no question, or several, can be meant; the question has no such outcome.
    """
    given = vars(args)
    criteria = folder.criteria
    for name in ("case", "cases"):
        if words := given.get(name):
            known = folder.case_ids()
            meant = [case_called(word, known) or word for word in ([words] if name == "case" else words)]
            given[name] = meant[0] if name == "case" else meant
    if words := given.get("question"):
        given["question"] = question_meant(criteria, words)
    if (words := given.get("item")) and not criteria.has_fact(words) and questions_named(criteria, words):
        given["item"] = question_meant(criteria, words)
    for name, others in (("outcome", ("none",)), ("taken", WHOSE)):
        words, question = given.get(name), given.get("question") or given.get("item")
        if words and words not in others and question and criteria.has_question(question):
            asked = criteria.question(question)
            look_up = outcome_meant if asked.is_judged else outcome_called
            outcome = look_up(criteria, asked, words)
            given[name] = outcome.id if outcome else words  # a value


def tell_of_populations() -> None:
    """Say which population a command was about that is about one, where an inspection opened has several."""
    for folder in opened[:1]:
        here, *others = folder.populations or ("",)
        if others and folder.whole_is_here:
            ways = f"--population {' or '.join(others)} is about others"
            echo_err(f"sqs: {folder.path}: this is about {here} alone; {ways}")


def tell_of_doubts() -> bool:
    """Say what makes the figures of the inspections opened so far doubtful; return whether anything does."""
    found = [(folder, problem) for folder in opened for problem in doubts_about(folder)]
    for folder, problem in found:
        echo_err(f"sqs: {f'{folder.path}: ' if len(opened) > 1 else ''}{problem}")
    return bool(found)
