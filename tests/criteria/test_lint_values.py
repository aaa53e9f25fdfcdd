"""What the linter says of ratings and populations that do not hold together, value by value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from attrs import evolve

from rollups import BANDS, PARTS, SUM, WORST, bands, version
from sqs_core.criteria import Criteria, Fact, Missing, Population, Profile, Rollup, Text, Theme
from sqs_core.criteria.lint.linter import lint
from sqs_core.criteria.ratings import RatingBand, RatingLimit

T = Text.plain
GIVEN = Rollup("g", T("G"), "given", bands=tuple(evolve(band, at_least=None) for band in BANDS))

LOW, HIGH = RatingBand("low", T("Low"), 0), RatingBand("high", T("High"), 1, Fraction(1, 2))


def said(criteria: Criteria) -> list[str]:
    return [f"{p.code} {p.what}" for p in lint(criteria, lambda path: "") if not p.advice]


@pytest.mark.parametrize(
    ("rollup", "sentence"),
    [
        (bands(weights={"q1": -1}), "V703 roll-up 'r' has a weight below zero"),
        (bands(denominator=""), "V701 roll-up 'r' does not say what it counts among"),
        (evolve(WORST, fewest_cases=2), "V701 roll-up 'w' is 'worst', which counts no cases itself"),
        (evolve(WORST, fewest_parts=3), "V701 roll-up 'w' needs 3 rated parts, but has 2"),
        (evolve(WORST, bands=BANDS), "V702 roll-up 'w' is 'worst' and has no bands of its own"),
        (bands(bands=(LOW, evolve(HIGH, score=0))), "V702 roll-up 'r' has two bands with one score"),
        (evolve(GIVEN, bands=BANDS), "V702 roll-up 'g' is given, not counted, so nothing reaches 'at_least'"),
        (
            evolve(SUM, bands=(LOW, HIGH)),
            "V702 roll-up 's' has a band from 1/2 points",
        ),
        (
            bands(bands=(LOW, HIGH, RatingBand("top", T("Top"), 2, Fraction(1, 3)))),
            "V702 roll-up 'r' has bands whose at_least and score do not rise together",
        ),
        (
            bands(bands=(evolve(LOW, score=3), HIGH)),
            "V702 roll-up 'r' gives its lowest band more than the next",
        ),
        (
            bands(rounding="whole", bands=(LOW, evolve(HIGH, at_least=Fraction(1, 3)))),
            "V704 roll-up 'r' rounds to whole per cents, and 'high' is from 1/3",
        ),
        (evolve(WORST, rounding="whole"), "V704 roll-up 'w' is 'worst', which has no share to round"),
        (
            bands(limits=(RatingLimit("none-such", "good", "good"),)),
            "V102 no roll-up 'none-such'",
        ),
        (
            bands(limits=(RatingLimit("w", "good", "good"),)),
            "V704 roll-up 'w' has no bands of its own, so none can limit 'r'",
        ),
    ],
)
def test_a_roll_up_that_cannot_rate_is_refused(rollup: Rollup, sentence: str) -> None:
    others = [one for one in (*PARTS, WORST) if one.id != rollup.id]
    assert sentence in said(version(*others, rollup))


CHILDREN = Population("children", T("Children"), T("child"), T("children"))
VICTIMS = Population("victims", T("Victims"), T("victim"), T("victims"))


def with_populations(*populations: Population, facts: Sequence[Fact] = (), **changes: object) -> Criteria:
    whole = evolve(version(), populations=populations, facts=tuple(facts))
    return evolve(whole, **changes)


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        (
            with_populations(CHILDREN, evolve(VICTIMS, id="cases")),
            "V106 'cases' cannot be a population: it is the name of a folder and a measure",
        ),
        (
            with_populations(CHILDREN, evolve(VICTIMS, id="q1")),
            "V101 'q1' is a question too, and both are measures of the letter",
        ),
        (
            with_populations(CHILDREN, evolve(VICTIMS, part_of="parents")),
            "V102 no earlier population 'parents'",
        ),
        (with_populations(CHILDREN, VICTIMS), "V110 population 'victims' is asked nothing"),
        (
            with_populations(CHILDREN, facts=[Fact("whose", T("Whose"), "text", links="parents")]),
            "V102 no population 'parents'",
        ),
        (
            with_populations(CHILDREN, facts=[Fact("whose", T("Whose"), "text", links="children")]),
            "V207 'whose' cannot name a record of 'children'",
        ),
        (
            with_populations(CHILDREN, themes=(Theme("t", "1", T("t"), of="parents"),)),
            "V102 no population 'parents'",
        ),
        (with_populations(CHILDREN, profiles=(Profile("p", T("P"), ()),)), "V801 profile 'p' asks nothing"),
        (
            with_populations(CHILDREN, missing=(Missing(T("nothing yet"), of="parents"),)),
            "V102 no population 'parents'",
        ),
    ],
)
def test_what_belongs_to_no_population_is_refused(criteria: Criteria, sentence: str) -> None:
    assert sentence in said(criteria)
