"""Agreement figures against published ones.

Every figure in ``PUBLISHED`` was printed by someone else, and its source is named beside it; a figure is
met when it agrees to the last digit that was printed.  The ratings are written the way they came: a word a
unit, a letter a rating, a dot a gap; or a line a rater; or the table of two raters' answers; or the count
of ratings by answer.
"""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from sqs_core.scoring.agreement import Agreement, measures, raw_agreement

Rows = list[list[Hashable | None]]


def units(*lines: str) -> Rows:
    words = " ".join(lines).split()
    return [[None if letter == "." else letter for letter in word] for word in words]


def raters(*lines: str) -> Rows:
    return [list(unit) for unit in zip(*units(*lines), strict=True)]


def table(*rows: str) -> Rows:
    counts = [[int(cell) for cell in row.split()] for row in rows]
    return [[a, b] for a, row in enumerate(counts) for b, times in enumerate(row) for _ in range(times)]


def counted(*rows: str) -> Rows:
    return [[a for a, times in enumerate(row.split()) for _ in range(int(times))] for row in rows]


DATA = {
    # Gwet (2014), after Krippendorff (2004), p. 230; also Krippendorff (2011), section C, but for one gap.
    "four raters": units("11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3."),
    "abstractors": table("13 0 0", "0 20 7", "0 4 56"),
    "six raters": counted(
        *("0 0 0 6 0", "0 3 0 0 3", "0 1 4 0 1", "0 0 0 0 6", "0 3 0 3 0", "2 0 4 0 0", "0 0 4 0 2"),
        *("2 0 3 1 0", "2 0 0 4 0", "0 0 0 0 6", "1 0 0 5 0", "1 1 0 4 0", "0 3 3 0 0", "1 0 0 5 0"),
        "0 2 0 3 1",
    ),
    "three answers": counted(
        *("3 0 1", "2 1 1", "2 1 1", "2 0 2", "3 1 0", "3 1 0", "0 4 0", "0 3 1"),
        *("0 0 4", "3 1 0", "0 4 0", "0 3 1", "0 2 2", "0 0 4", "3 1 0"),
    ),
    "five observers": raters(
        "112.001122.0131", "1130000.2110231", "203000222100221", ".13....0.10022.", "2..0001.2....31"
    ),
    "two groups": raters("abccbadab...bb", "abccbbdabe..ba", ".cccbcdbbeaccc", "abccbddabea.bb"),
    "gender": raters("aaaaabbbcaaaaab", "aaaababccaaaaba", "abbcaabbcabbcaa", "ccccaabbcccccaa"),
    "Ben and Gerry": raters("aabbdcccedda", "babbbccce.dd"),
    "diagnosis": table("40 4 4 17", "6 25 2 13", "4 1 21 12", "15 5 9 45"),
    "skewed": table("80 7", "8 5"),
    "Cohen p. 37": table("25 12 3", "13 2 15", "12 16 2"),
    "Cohen p. 45": table("88 14 18", "10 40 10", "2 6 12"),
    "Likert of 4": table("20 5 1 0", "4 15 6 1", "0 5 18 4", "0 1 3 12"),
    "Likert of 5": table("15 4 1 0 0", "3 12 4 1 0", "1 3 14 3 1", "0 1 3 10 2", "0 0 1 2 8"),
    "1980 p. 133": raters("0100000010", "0110010100"),
    "1980 p. 139": units("111 122 222 444 144 222 123 333 222"),
    "2004 p. 224": raters("1100000000", "0110010100"),
    "2004 p. 227": raters("aabbbbbccccc", "abbbbbcccccc"),
    "2004 p. 246": table("12 9 9", "9 14 9", "9 9 20"),
    "2011 A": raters("0100000010", "1110010000"),
    "2011 B": raters("aabbdcccedda", "babbbccceddd"),
    "2011 C": raters("123321412...", "1233224125.3", ".3332342251.", "12332441251."),
    "three coders": raters(".....34121133.3", "1.213343.......", "..21344.21133.4"),
    "forty papers": units(
        "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1",
        "212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121.",
        "22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1",
    ),
    "STAT and IReq": table("20 10", "20 50"),
    "and Chck": table("46 0 0", "6 32 6", "0 0 10"),
    "Zwick 1": table("20 0 0 5", "0 10 15 0", "0 15 10 0", "5 0 0 20"),
    "Zwick 2": table("20 10 10 0", "10 10 0 0", "10 0 10 0", "0 0 0 20"),
    "Zwick 3": table("20 5 5 10", "0 10 5 5", "0 5 10 5", "0 0 0 20"),
    "psychiatrists": units(
        "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444",
        "224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444",
        "133333 555555",
    ),
}

IRRCAC = "R package irrCAC 1.0 by K. L. Gwet, README"
IRRCAC_14 = "R package irrCAC 1.4, output kept in the tests of dkpro-statistics"
IRRCAC_PY = "Python package irrCAC 0.4.4, its tests"
DKPRO = "as kept in the tests of dkpro-statistics"
COMPUTING = "Krippendorff (2011), Computing Krippendorff's Alpha-Reliability"

FIGURES = ("raw", "ac1", "ac1.se", "alpha", "alpha.se")

# Source; ratings; the figures in the order of FIGURES, "-" where the source prints none.  Two figures
# printed a digit longer are cut, not rounded, in their source and stand a digit shorter: 0.740 for 20/27
# and 0.800 for 0.8005.
PUBLISHED = [
    (IRRCAC, "four raters", "0.8181818 0.77544 0.14295 0.74342 0.14557"),
    (IRRCAC, "abstractors", "0.89 0.8493305 - 0.7972585"),
    (IRRCAC, "six raters", "0.5511111 0.4448007 0.08418757 0.4204384"),
    (IRRCAC, "three answers", "- 0.3518903"),
    (IRRCAC_PY, "five observers", "0.616 0.497 0.122 0.481 0.114"),
    (IRRCAC_PY, "two groups", "0.744 0.685 0.134 0.632 0.150"),
    (IRRCAC_PY, "gender", "0.456 0.208 0.091 0.143 0.141"),
    (IRRCAC_PY, "Ben and Gerry", "0.727 0.661 0.184 0.665 0.180"),
    (IRRCAC_PY, "diagnosis", "0.587 0.456"),
    (IRRCAC_14, "skewed", "0.85 0.808"),
    (IRRCAC_14, "Cohen p. 37", "0.29 -0.04797"),
    (IRRCAC_14, "Cohen p. 45", "0.7 0.57597"),
    (IRRCAC_14, "Likert of 4", "0.684210526 0.58046"),
    (IRRCAC_14, "Likert of 5", "0.662921348 0.57997"),
    (f"Krippendorff (1980), Content Analysis, {DKPRO}", "1980 p. 133", "0.600 - - 0.095"),
    (f"Krippendorff (1980), Content Analysis, {DKPRO}", "1980 p. 139", "0.74 - - 0.642"),
    (f"Krippendorff (2004), Content Analysis, {DKPRO}", "2004 p. 224", "0.600 - - 0.095"),
    (f"Krippendorff (2004), Content Analysis, {DKPRO}", "2004 p. 227", "0.833 - - 0.734"),
    (f"Krippendorff (2004), Content Analysis, {DKPRO}", "2004 p. 246", "0.460"),
    (COMPUTING, "2011 A", "- - - 0.095"),
    (COMPUTING, "2011 B", "- - - 0.692"),
    (COMPUTING, "2011 C", "- - - 0.743"),
    ("Python package krippendorff 0.9, docstring, after Wikipedia", "three coders", "- - - 0.691358"),
    ("Hayes & Krippendorff (2007), by nltk-krippendorff-validation", "forty papers", "- - - 0.477"),
    (f"Artstein & Poesio (2008), p. 558, {DKPRO}", "STAT and IReq", "0.700"),
    (f"Artstein & Poesio (2008), p. 568, {DKPRO}", "and Chck", "0.880 - - 0.80"),
    (f"Zwick (1988), Psychol. Bull. 103, {DKPRO}", "Zwick 1", "0.600"),
    (f"Zwick (1988), Psychol. Bull. 103, {DKPRO}", "Zwick 2", "0.600"),
    (f"Zwick (1988), Psychol. Bull. 103, {DKPRO}", "Zwick 3", "0.600"),
    (f"Fleiss (1971), Psychol. Bull. 76, {DKPRO}", "psychiatrists", "0.5556"),
]
CHECKS = [
    pytest.param(source, data, figure, printed, id=f"{data}: {figure} {printed}")
    for source, data, row in PUBLISHED
    for figure, printed in zip(FIGURES, row.split(), strict=False)
    if printed != "-"
]

# The agreement within one unit.  Fourteen raters: Wikipedia, "Fleiss' kappa", worked example, as kept in the
# tests of statsmodels 0.15.  Six raters: units of Fleiss (1971), as kept in the tests of dkpro-statistics.
WITHIN_A_UNIT = [
    *(("0 0 0 0 14", "1.000"), ("0 2 6 4 2", "0.253"), ("0 0 3 5 6", "0.308"), ("0 3 9 2 0", "0.440")),
    *(("2 2 8 1 1", "0.330"), ("7 7 0 0 0", "0.462"), ("3 2 6 3 0", "0.242"), ("2 5 3 2 2", "0.176")),
    *(("6 5 2 1 0", "0.286"), ("0 2 2 3 7", "0.286")),
    *(("0 3 0 0 3", "0.400"), ("2 0 4 0 0", "0.467"), ("2 0 3 1 0", "0.267"), ("1 0 0 5 0", "0.667")),
]


def as_printed(printed: str) -> object:
    """What counts as the printed figure: within half of its last digit."""
    return pytest.approx(float(printed), abs=0.5 * 10 ** -len(printed.partition(".")[2]), rel=0)


def figure_of(rows: Rows, figure: str) -> object:
    """A figure by its name in FIGURES."""
    name, _, part = figure.partition(".")
    found: Agreement = getattr(measures(rows), name)
    return found.standard_error if part == "se" else float(found.value or 0)


@pytest.mark.parametrize(("source", "data", "figure", "printed"), CHECKS)
def test_a_published_figure_is_met_to_its_last_digit(
    source: str, data: str, figure: str, printed: str
) -> None:
    assert figure_of(DATA[data], figure) == as_printed(printed), source


@pytest.mark.parametrize(("unit", "printed"), WITHIN_A_UNIT)
def test_the_agreement_within_one_unit_is_met_to_its_last_digit(unit: str, printed: str) -> None:
    value = raw_agreement(counted(unit)).value

    assert value is not None
    assert float(value) == as_printed(printed)
