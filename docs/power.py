"""Write the tables of docs/over-time.md: how often "better" or "worse" is said, by exact enumeration.

PYTHONPATH=src:criteria python docs/power.py            # the tables, about a minute
PYTHONPATH=src:criteria python docs/power.py --every    # and the error at every pair of sizes from 5 to 30

Nothing is simulated: for each pair of sizes every possible outcome is put to the function that the command
uses, and the chances of the outcomes are summed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from itertools import product
from math import comb
from pathlib import Path

from sqs_core.scoring.two_proportions import KOfN, cases_to_tell, difference_interval, verdict_on

PAGE = Path(__file__).with_name("over-time.md")
END = "<!-- end -->\n"
SIZES = (5, 8, 10, 14, 20, 25, 30)
CHANGES = ((0.3, 0.5), (0.3, 0.7), (0.3, 0.9), (0.5, 0.7), (0.5, 0.9), (0.7, 0.9))
BASE_RATES = tuple(rate / 200 for rate in range(1, 200))


@cache
def better_from(n1: int, n2: int) -> tuple[int, ...]:
    """Return for each k of ``n1`` then the smallest k of ``n2`` now that is better; n2 + 1 for none."""
    found: list[int] = []
    least = 0
    for k in range(n1 + 1):
        # More then never asks for fewer now, so the boundary is walked along and not searched.
        while least <= n2 and verdict_on(KOfN(k, n1), KOfN(least, n2)) != "better":
            least += 1
        found.append(least)
    return tuple(found)


def chances(n: int, share: float) -> list[float]:
    """Return the chance of each k of ``n``."""
    return [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]


def said_better(n1: int, n2: int, then: float, now: float) -> float:
    """Return the chance that "better" is said when the true shares are ``then`` and ``now``."""
    later = chances(n2, now)
    above = [sum(later[k:]) for k in range(n2 + 2)]
    earlier = chances(n1, then)
    return sum(chance * above[least] for chance, least in zip(earlier, better_from(n1, n2), strict=True))


def said(n1: int, n2: int, then: float, now: float) -> float:
    """Return the chance that "better" or "worse" is said."""
    # Worse is better with the two screenings, and so with "sufficient" and its opposite, exchanged.
    return said_better(n1, n2, then, now) + said_better(n2, n1, now, then)


def error_rows(sizes: tuple[int, ...]) -> Iterator[tuple[float, int, int, float]]:
    """Yield the highest chance of a wrong word over all base rates, for each pair of ``sizes``."""
    for n1, n2 in product(sizes, repeat=2):
        if n1 <= n2:
            yield max((said(n1, n2, rate, rate), n1, n2, rate) for rate in BASE_RATES)


def power_table() -> Iterator[str]:
    """Yield the chance that a true change is told, by the number of cases in each screening."""
    heads = [f"{then:.0%} → {now:.0%}" for then, now in CHANGES]
    yield f"| cases each time | no change, at worst | {' | '.join(heads)} |"
    yield "|---:" * (2 + len(CHANGES)) + "|"
    for n in SIZES:
        worst = max(said(n, n, rate, rate) for rate in BASE_RATES)
        power = " | ".join(f"{said_better(n, n, *change):.0%}" for change in CHANGES)
        yield f"| {n} | {worst:.1%} | {power} |"


def needed_table() -> Iterator[str]:
    """Yield how many cases the command names, and the true chance with so many."""
    yield "| change | cases each time named | true chance of being told with so many |"
    yield "|---|---:|---:|"
    for then, now in CHANGES:
        named = cases_to_tell(KOfN(round(then * 10), 10), KOfN(round(now * 10), 10))
        if named is None:
            raise ValueError(f"no number of cases for {then} to {now}")
        yield f"| {then:.0%} → {now:.0%} | {named} | {said_better(named, named, then, now):.0%} |"


def disagreeing(n: int) -> tuple[int, int]:
    """Return in how many outcomes of ``n`` cases each time interval and test disagree, and of how many."""
    apart = 0
    outcomes = list(product(range(n + 1), repeat=2))
    for then, now in outcomes:
        before, after = KOfN(then, n), KOfN(now, n)
        interval = difference_interval(before, after)
        excludes = interval is not None and (interval.low > 0 or interval.high < 0)
        apart += excludes != (verdict_on(before, after) != "cannot be told")
    return apart, len(outcomes)


def written(text: str) -> str:
    """Return the page with its tables made anew."""
    for name, table in (("power", power_table()), ("needed", needed_table())):
        begin = f"<!-- {name}: written by docs/power.py -->\n"
        before, found, rest = text.partition(begin)
        if not found:
            raise ValueError(f"{PAGE.name} has no place for {name}")
        text = before + begin + "\n".join(table) + "\n" + END + rest.partition(END)[2]
    return text


def main() -> None:
    """Write the page, and print what is told in its text."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    for n in (10, 14, 20):
        apart, every = disagreeing(n)
        print(f"{n} cases each time: interval and test disagree in {apart} of {every} outcomes")
    if "--every" in sys.argv:
        worst, n1, n2, rate = max(error_rows(tuple(range(5, 31))))
        print(
            f"5 to 30 cases: a wrong word in at most {worst:.4%} ({n1} and {n2} cases, base rate {rate:.1%})"
        )


if __name__ == "__main__":
    main()
