"""Move between the populations of an inspection, alike in plain mode and on the screens."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.workflow.navigation import CASES, Location, View

ONE_ONLY = "This inspection has one population only."
OF_THE_WHOLE: tuple[View, ...] = ("letter", "paragraph", "details", "list", "drafts")
"""Views of what the whole inspection has one of, in the folder of its first population."""
BESIDE_INTERVIEWS: tuple[View, ...] = (
    "check",
    "left",
    "moderation",
    "merge",
    "actions",
    "compared",
    "unsaved",
)
"""Views that cover the interviews together with the cases, and have none of their own for them."""


def population_meant(folder: InspectionFolder, words: str) -> str:
    """Return the population that ``words`` name by its id or title; without words the next one.

    Raises:
        UsageError: the version has one only, or none that is called so.
    """
    populations = folder.criteria.all_populations
    if len(populations) < 2:
        raise UsageError(ONE_ONLY)
    ids = [population.id for population in populations]
    if not words.strip():
        return ids[(ids.index(folder.own_population) + 1) % len(ids)]
    wanted = words.strip().lower()
    for population in populations:
        if wanted in (population.id, str(population.title).lower(), str(population.many).lower()):
            return population.id
    begun = [name for name in ids if name.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise UsageError(f"no population '{words}'; {did_you_mean(wanted, ids)}")


def other_population(folder: InspectionFolder, name: str) -> InspectionFolder:
    """Return the folder of the population called ``name``, from that of any other; first markings.

    Raises:
        UsageError: there is no such population.
        RecordError: its folder is not there.
    """
    return open_inspection(folder.path, actor=folder.actor).population(name)


def population_of_place(folder: InspectionFolder, place: Location) -> tuple[str, Location] | None:
    """Return the population that ``place`` is in, with the place as it is called there; None for this one.

    "victims/03" is a case of the victims; the letter is where the first population is.

    Raises:
        UsageError: the interviews are wanted, and the version asks none.
    """
    populations = folder.criteria.all_populations
    ids = [population.id for population in populations]
    if place.view == "interviews":
        if INTERVIEWS not in ids:
            ways = f"; there are {', '.join(ids)}, and P goes to the next" if ids[1:] else ""
            raise UsageError(f"{folder.criteria.id} has no interviews{ways}")
        return INTERVIEWS, CASES
    name = next((n for n in ids if (place.case or place.item).startswith(f"{n}/")), "")
    if name:
        case, item = (part.removeprefix(f"{name}/") for part in (place.case, place.item))
        return name, evolve(place, case=case, item=item)
    staff = folder.own_population == INTERVIEWS
    if place.view in (*OF_THE_WHOLE, *(BESIDE_INTERVIEWS if staff else ())) and not folder.whole_is_here:
        return ids[0], place
    return None


def population_lines(folder: InspectionFolder) -> Iterator[str]:
    """Yield a line for each population: its title, how many records it has, and where one is."""
    for population in folder.criteria.all_populations:
        here = population.id == folder.own_population
        within = folder if here else other_population(folder, population.id)
        size = within.criteria.counted(len(within.case_ids()))
        word = "you are here" if here else f'"population {population.id}" goes there'
        yield f"{population.title}: {size}; {word}."
