"""Write the table of docs/programme.md: how often a point is beyond the limits where nothing differs.

PYTHONPATH=src:criteria python docs/limits.py     # about two minutes

Nothing is simulated: for each number of cases of a point, and of the others together, every total and every
count is put to the function that the command uses, and the chances are summed at each base rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb
from pathlib import Path

from sqs_core.scoring.control_limits import limits_in_total

PAGE = Path(__file__).with_name("programme.md")
BEGIN, END = "<!-- limits: written by docs/limits.py -->\n", "<!-- end -->\n"
SIZES = (5, 8, 10, 14, 20, 25, 30)
OTHERS = (*range(1, 31), 40, 60, 100, 200)
BASE_RATES = tuple(Fraction(rate, 200) for rate in range(1, 200))
Beyond = tuple[float, float]


def beyond_by_total(n: int, others: int) -> list[Beyond]:
    """Return for each total T the chance that a point of ``n`` is beyond the inner, and the outer, limits."""
    found: list[Beyond] = []
    for total in range(n + others + 1):
        limits = limits_in_total(n, total, n + others)
        ways = comb(n + others, total)
        counts = range(max(0, total - others), min(n, total) + 1)
        chances = [(k, comb(n, k) * comb(others, total - k)) for k in counts]
        inner = sum(chance for k, chance in chances if not limits.inner.holds(k))
        outer = sum(chance for k, chance in chances if not limits.outer.holds(k))
        found.append((inner / ways, outer / ways))
    return found


def false_alarms(n: int, others: int, rates: Sequence[Fraction] = BASE_RATES) -> Iterator[Beyond]:
    """Yield, for each base rate, how often a point of ``n`` is beyond its limits where nothing differs."""
    every, beyond = n + others, beyond_by_total(n, others)
    ways = [comb(every, total) for total in range(every + 1)]
    for rate in map(float, rates):
        weights = [ways[t] * rate**t * (1 - rate) ** (every - t) for t in range(every + 1)]
        inner = sum(w * b[0] for w, b in zip(weights, beyond, strict=True))
        yield inner, sum(w * b[1] for w, b in zip(weights, beyond, strict=True))


def worst(n: int, others: Sequence[int] = OTHERS, rates: Sequence[Fraction] = BASE_RATES) -> Beyond:
    """Return the highest shares of false alarms of a point of ``n``, over ``others`` and base rates."""
    found = [one for other in others for one in false_alarms(n, other, rates)]
    return max(inner for inner, _ in found), max(outer for _, outer in found)


def power(n: int, others: int, then: float, now: float) -> float:
    """Return the chance that a point of ``n`` is beyond its inner limits, its share being another one."""
    held = {t: limits_in_total(n, t, n + others).inner for t in range(n + others + 1)}
    rest = [comb(others, k) * then**k * (1 - then) ** (others - k) for k in range(others + 1)]
    point = [comb(n, k) * now**k * (1 - now) ** (n - k) for k in range(n + 1)]
    return sum(
        chance * other
        for k, chance in enumerate(point)
        for rest_k, other in enumerate(rest)
        if not held[k + rest_k].holds(k)
    )


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| cases | beyond inner, at worst | beyond outer, at worst | a fall from 70% to 50% | to 30% |"
    yield "|---:" * 5 + "|"
    for n in SIZES:
        inner, outer = worst(n)
        seen, more = (power(n, 7 * n, 0.7, now) for now in (0.5, 0.3))
        yield f"| {n} | {inner:.1%} | {outer:.2%} | {seen:.0%} | {more:.0%} |"


def main() -> None:
    """Write the page, and print what is told in its text."""
    text = PAGE.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    if not found:
        raise ValueError(f"{PAGE.name} has no place for the table")
    made = "\n".join(table()) + "\n"
    PAGE.write_text(before + BEGIN + made + END + rest.partition(END)[2], encoding="utf-8")
    every = [(n, worst(n)) for n in range(1, 31)]
    print(f"1 to 30 cases: inner {max(w[0] for _, w in every):.3%}, outer {max(w[1] for _, w in every):.4%}")


if __name__ == "__main__":
    main()
