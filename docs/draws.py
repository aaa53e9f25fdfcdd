"""Enumerate every draw by coverage and risk of lists of up to 12 cases: chances, and estimates on average.

PYTHONPATH=src:criteria python docs/draws.py     # about a minute

Lists are of up to three managers, with custody twice as likely.  A draw is decided by one number from 0 to 1:
where it can fall without changing what is drawn is a stretch, and its length is the chance of that draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, combinations_with_replacement, pairwise, product

from sqs_core.scoring.unequal_sampling import (
    WeighedCase,
    chances_of,
    drawn_from,
    in_order,
    weighed_share,
)

MOST = 12
KINDS = tuple(product("PQR", (Fraction(1), Fraction(2))))


def draws(cases: Sequence[WeighedCase], n: int, seed: int) -> Iterator[tuple[Fraction, set[str]]]:
    """Yield every draw of ``n`` of ``cases`` in the order of ``seed``, with its chance."""
    chances, order = chances_of(cases, n), in_order(cases, seed)
    ends = {end % 1 for end in accumulate(chances[case] for case in order)}
    for low, high in pairwise(sorted({Fraction(0), *ends, Fraction(1)})):
        yield high - low, set(drawn_from(order, chances, (low + high) / 2))


def mistakes(cases: Sequence[WeighedCase], n: int, seed: int) -> list[str]:
    """Return what is not as it is stated: the number drawn, the managers, the chances, the estimates."""
    chances = chances_of(cases, n)
    names = [one.case for one in cases]
    managers = {one.manager for one in cases}
    good = {case for place, case in enumerate(names) if place % 3}
    drawn_in, of_k, of_n = dict.fromkeys(names, Fraction(0)), Fraction(0), Fraction(0)
    found = []
    for chance, drawn in draws(cases, n, seed):
        if len(drawn) != n or {one.manager for one in cases if one.case in drawn} != managers:
            found.append("what is drawn")
        for case in drawn:
            drawn_in[case] += chance
        share = weighed_share(good & drawn, drawn, chances)
        of_k, of_n = of_k + chance * share.of_k, of_n + chance * share.of_n
    if drawn_in != chances:
        found.append("chances")
    if (of_k, of_n) != (len(good), len(names)):
        found.append("estimates")
    return found


def lists() -> Iterator[list[WeighedCase]]:
    """Yield every list of up to twelve cases, once whatever its managers are called."""
    for size in range(1, MOST + 1):
        for kinds in combinations_with_replacement(KINDS, size):
            held = [[factor for name, factor in kinds if name == manager] for manager in "PQR"]
            if held == sorted(held, reverse=True):
                yield [WeighedCase(f"A{place}", *kind) for place, kind in enumerate(kinds)]


def main() -> None:
    """Print how many draws were enumerated, and what is not as it is stated."""
    done = wrong = number = 0
    for number, cases in enumerate(lists(), 1):
        for n in range(len({one.manager for one in cases}), len(cases) + 1):
            wrong += bool(mistakes(cases, n, seed=number))
            done += 1
    print(f"{number:,} lists, {done:,} samples, every draw of each enumerated: {wrong} not as stated")


if __name__ == "__main__":
    main()
