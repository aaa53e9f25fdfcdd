"""A day as people write it: 2012-09-12, 12/09/2012, or 12 Sep 2012."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = r"(?P<d>\d{1,2})[/. -](?P<m>\d{1,2}|[a-z]{3,9})[/. -](?P<y>\d{4})"
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def read_day(words: str) -> date | None:
    """The date in ``words``: an ISO date, or day, month and year, the month by number or English name.

    None where there is none.  The day comes first: 12/09/2012 is the twelfth of September.
    """
    words = words.strip()
    if match := re.fullmatch(_DAY, words, re.IGNORECASE):
        month = match["m"].lower()
        known = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(month)]
        number = int(month) if month.isdigit() else known[0] if known else 0
        words = f"{match['y']}-{number:02}-{int(match['d']):02}"
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
