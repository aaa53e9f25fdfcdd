"""The inspection itself: whose work, when, by whom, under which criteria version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from sqs_core.records.override import RatingOverride


@frozen
class Addressee:
    """To whom the letter is written; ``lines`` is the address block without the name."""

    name: str = ""
    salutation: str = ""
    lines: tuple[str, ...] = ()


@frozen
class Lead:
    """The lead inspector, and how to reach them."""

    name: str = ""
    phone: str = ""
    email: str = ""


@frozen
class Signatory:
    """Who signs the letter."""

    name: str = ""
    role: str = ""


@frozen
class Sample:
    """How many cases were to be screened, of how many that could have been (None: unknown).

    Where the cases were drawn by the program, the rest is the draw, so that anyone with the
    same list of cases can make it again: ``seed``; ``by``, the columns it was stratified by;
    ``made_from`` and ``made_to``, the first and last day on which an eligible order was made
    (None: the dates were not looked at); ``listed``, cases in the list before that;
    ``frame_hash``, which list it was; ``drawn``, the case references; ``method``, the name of
    the algorithm.
    """

    size: int = 0
    frame: int | None = None
    method: str = ""
    seed: int | None = None
    by: tuple[str, ...] = ()
    made_from: date | None = None
    made_to: date | None = None
    listed: int | None = None
    frame_hash: str = ""
    drawn: tuple[str, ...] = ()


@frozen
class SecondDraw:
    """Cases drawn to be marked a second time, blind: by which seed, among how many, which ones.

    ``rule`` says why, where they were not drawn by chance but are all in the version's grey zone.
    """

    seed: int
    among: int
    drawn: tuple[str, ...]
    rule: str = ""


@frozen
class Reoffending:
    """The area's published reoffending rate, as words ("34.1%"); it is no count of the records.

    ``before`` is the rate of the year before, ``national`` the national one, ``period`` what
    they are of ("the year to March 2014").
    """

    rate: str = ""
    before: str = ""
    national: str = ""
    period: str = ""


@frozen
class EarlierInspection:
    """The inspection before, which the letter says what has changed since.

    ``folder`` is where it is, as seen from this one's ("../leeds-2026-03"); "" for none.  ``same`` maps
    questions of its criteria version to those of this one that were declared to ask the same.
    """

    folder: str = ""
    same: Mapping[str, str] = field(factory=dict)


@frozen(repr=False)
class Inspection:
    """What ``inspection.toml`` holds.

    ``service`` is the service's name and ``area`` the place it serves; ``short`` is what the
    letter calls the service after that ("the YOS").  Dates are the first and last day of
    fieldwork, and the date on the letter.  ``ratings`` are those that a version leaves to the
    inspectors (roll-ups whose model is "given"), by roll-up.  ``voice`` is who writes the letter,
    by its name in the version's letter plan; "" for the first one there.  ``overridden`` are decisions
    over computed ratings, by roll-up.  ``population`` is the one whose
    records are in this folder, within that of the inspection; "" for the inspection itself, which has
    those of the first.  ``earlier`` is the inspection that this one is compared with in the letter.

    >>> open_inspection("darlington-2012").inspection
    <Inspection of Darlington Youth Offending Service, 2012-11-26 to 2012-11-28, under sqs-2012>
    """

    service: str
    criteria: str
    criteria_hash: str
    area: str = ""
    short: str = "the YOS"
    first_day: date | None = None
    last_day: date | None = None
    letter_date: date | None = None
    language: str = ""
    note: str = ""
    letterhead: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    publications_note: str = ""
    sample: Sample = field(factory=Sample)
    second_draws: tuple[SecondDraw, ...] = ()
    addressee: Addressee = field(factory=Addressee)
    lead: Lead = field(factory=Lead)
    signatory: Signatory = field(factory=Signatory)
    reoffending: Reoffending = field(factory=Reoffending)
    needs: tuple[str, ...] = ()
    ratings: Mapping[str, str] = field(factory=dict)
    voice: str = ""
    population: str = ""
    overridden: Mapping[str, RatingOverride] = field(factory=dict)
    earlier: EarlierInspection = field(factory=EarlierInspection)

    def __repr__(self) -> str:
        return f"<Inspection of {self.service}, {self.first_day} to {self.last_day}, under {self.criteria}>"

    @property
    def place(self) -> str:
        """The area where there is one, else the service."""
        return self.area or self.service
