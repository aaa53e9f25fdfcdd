"""Make a new inspection from a few answers, alike by command, in plain mode and on the screens."""

from __future__ import annotations

from pathlib import Path

from sqs_core import DEFAULT_CRITERIA
from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.dates import read_dates
from sqs_core.records.inspection import Inspection, Lead
from sqs_core.storage import create
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.library import criteria_to_keep
from sqs_core.text import clean, whole_number
from sqs_core.workflow.letter_details import check_language

MOST_CASES = 999


def number_of_cases(words: str) -> int:
    """Return how many blank cases are meant; UsageError where it is no number from 0 to 999."""
    number = whole_number(words.strip())
    if number is None or number > MOST_CASES:
        raise UsageError(f"a number of cases from 0 to {MOST_CASES}, not {words}")
    return number


def cases_by_population(words: str, version: Criteria) -> dict[str, int]:
    """Return how many blank records each population begins with: "20", or "children=20,victims=12".

    A number alone is of the first; without populations it is the one there is, called "".

    Raises:
        UsageError: it is no number of cases, or the version has no such population.
    """
    known = [population.id for population in version.populations]
    found: dict[str, int] = {}
    for part in words.split(","):
        name, equals, number = part.partition("=") if "=" in part else (known[0] if known else "", "", part)
        name = name.strip()
        if equals and name not in known:
            ways = did_you_mean(name, known) if known else "give a number alone"
            raise UsageError(f"no population '{name}' in {version.id}; {ways}")
        if name in found:
            raise UsageError(f"--cases says twice how many {name} there are; which is meant?")
        found[name] = number_of_cases(number)
    return found


def new_inspection(
    path: str | Path,
    service: str,
    dates: str,
    cases: int | str,
    *,
    criteria: str = DEFAULT_CRITERIA,
    area: str = "",
    lead: str = "",
    voice: str = "",
    language: str = "",
) -> InspectionFolder:
    """Make the folder ``path`` with an inspection and its blank cases.

    ``cases`` is a number, or words for :func:`cases_by_population`.
    ``criteria`` is the name of a version, or the path of its file, which the inspection keeps a copy of.
    ``voice`` is who writes the letter, by its name in the version's letter plan; "" for the first there.
    ``language`` is the one of the letter, by its tag; "" for the first of the version.

    >>> new_inspection("pilot", "Pilot Youth Justice Service", "2026-11-23..2026-11-25", 3).case_ids()
    ('01', '02', '03')

    Raises:
        UsageError: an answer cannot be taken, or there is a file or an inspection already.
    """
    path = Path(path)
    if not service.strip():
        raise UsageError("--service names the service whose work is screened; it cannot be blank")
    if path.is_file():
        raise UsageError(f"{path} is a file; name a folder to make")
    first_day, last_day = read_dates(dates)
    version, kept = criteria_to_keep(criteria)
    try:
        blank = cases_by_population(str(cases), version)
    except UsageError as error:
        raise UsageError(f"--cases: {error}") from None
    voices = version.letter.voices if version.letter else {}
    if voice and voice not in voices:
        raise UsageError(f"the letter of {version.id} has no voice '{voice}'; {did_you_mean(voice, voices)}")
    check_language(version, language)
    inspection = Inspection(
        service=clean(service, "the service"),
        area=clean(area, "the area"),
        criteria=version.id,
        criteria_hash=version.hash,
        first_day=first_day,
        last_day=last_day,
        lead=Lead(clean(lead, "the lead's name")),
        voice=voice,
        language=language,
    )
    first = version.populations[0].id if version.populations else ""
    return create.new_inspection(
        path, inspection, version, cases=blank.pop(first, 0), others=blank, kept=kept
    )
