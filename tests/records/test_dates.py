"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from sqs_core.errors import UsageError
from sqs_core.records.dates import parse_date, read_dates

DAY = date(2012, 9, 12)


@pytest.mark.parametrize(
    "words",
    [
        "2012-09-12",
        "12/09/2012",
        "12.9.2012",
        "12-09-2012",
        "12 Sep 2012",
        " 12 september 2012 ",
        "12 Sept 2012",
    ],
)
def test_a_day_is_read_as_people_write_it(words: str) -> None:
    assert parse_date(words) == DAY


@pytest.mark.parametrize(
    "words", ["", "soon", "32/09/2012", "12/13/2012", "12/09/12", "12 Foo 2012", "12 Sep"]
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert parse_date(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "2012-09-12..2012-09-14",
        "2012-09-12/2012-09-14",
        "2012-09-12 2012-09-14",
        "12/09/2012..14/09/2012",
        "12 Sep 2012 to 14 Sep 2012",
        "12/09/2012 – 14/09/2012",
    ],
)
def test_the_days_of_fieldwork_are_read_so_too(words: str) -> None:
    assert read_dates(words) == (DAY, date(2012, 9, 14))


@pytest.mark.parametrize(
    "words", ["", "soon", "14/09/2012..12/09/2012", "12/09/2012, 13/09/2012, 14/09/2012"]
)
def test_days_that_are_none_or_the_wrong_way_round_are_refused(words: str) -> None:
    with pytest.raises(UsageError, match="are not dates|comes before the first"):
        read_dates(words)
