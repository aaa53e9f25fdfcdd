"""A day as people write it: 2012-09-12, 12/09/2012, or 12 Sep 2012."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sqs_core.errors import UsageError
from sqs_core.text import iso_date

_DAY: Final = r"(?P<d>\d{1,2})[/. -](?P<m>\d{1,2}|[a-z]{3,9})[/. -](?P<y>\d{4})"
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

# Between two ISO dates also a blank or a slash: within another date they part day, month and year.
_BETWEEN: Final = re.compile(r"\.\.|\bto\b|,|[–—]|(?<=\d\d)[/\s](?=\s*\d{4}-)")


def day(value: date) -> str:
    """Return a day as it is read: "27 Nov 2012"."""
    return f"{value.day} {value:%b %Y}"


def dated(words: str) -> str:
    """Return ``words`` as they are read where they are a date, else as they are."""
    found = parse_date(words)
    return day(found) if found is not None else words


def parse_date(words: str) -> date | None:
    """Return the date in ``words``: an ISO date, or day, month and year, the month by number or English name.

    None where there is none.  The day comes first: 12/09/2012 is the twelfth of September.
    """
    words = words.strip()
    if match := re.fullmatch(_DAY, words, re.IGNORECASE):
        month = match["m"].lower()
        known = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(month)]
        number = int(month) if month.isdigit() else known[0] if known else 0
        words = f"{match['y']}-{number:02}-{int(match['d']):02}"
    return iso_date(words)


def read_dates(words: str) -> tuple[date, date]:
    """Return the first and last day in "2012-11-26..2012-11-28", "26/11/2012 to 28/11/2012" or one date.

    Raises:
        UsageError: the words are not dates, or the last day comes before the first.
    """
    days = [parse_date(part) for part in _BETWEEN.split(words) if part.strip()]
    first, last = (days[0], days[-1]) if 1 <= len(days) <= 2 else (None, None)
    if first is None or last is None:
        raise UsageError(f"'{words}' are not dates; write 2012-11-26..2012-11-28, or one date")
    if last < first:
        raise UsageError(f"'{words}': the last day comes before the first")
    return first, last
