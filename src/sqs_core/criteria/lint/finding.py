"""What a part of the linter finds, before the line of it is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqs_core.errors import Locator, Problem

Path = tuple[str | int, ...]


class LintFinding(NamedTuple):
    """One finding; ``path`` are the keys that lead to it."""

    path: Path
    code: str
    what: str
    remedy: str
    advice: bool = False


def located(findings: Iterable[LintFinding], place: Locator) -> tuple[Problem, ...]:
    """Return ``findings`` as problems with their lines, each once."""
    once = dict.fromkeys(findings)
    return tuple(Problem(place(f.path), f.what, f.remedy, f.code, f.advice) for f in once)


def circles(leads: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of names that lead to one another, from a name round to the same again.

    Walked without recursion: a chain of 1,000 questions is deeper than Python's own stack.
    """
    done: set[str] = set()
    for start in leads:
        walk = [] if start in done else [(start, iter(leads[start]))]
        while walk:
            name, ahead = walk[-1]
            above = [step for step, _ in walk]
            following = next(ahead, None)
            if following is None:
                walk.pop()
                done.add(name)
            elif following in above:
                yield (*above[above.index(following) :], following)
            elif following in leads and following not in done:
                walk.append((following, iter(leads[following])))


_SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


def path_words(path: Iterable[str | int], root: Any) -> str:
    """Return what the keys ``path`` lead to in ``root``, a version or the data of its file, by name.

    ``("questions", 3, "text")`` is "text of question 'plan.risk'"; by number where there is no id.
    """
    pieces: list[str] = []
    keys: list[str] = []
    node = root
    for key in path:
        if not isinstance(key, int) or not keys:
            node = node.get(key) if isinstance(node, Mapping) else getattr(node, str(key), None)
            keys.append(str(key))
            continue
        listed = isinstance(node, (list, tuple)) and key < len(node)
        node = node[key] if listed else None
        name = node.get("id") if isinstance(node, Mapping) else getattr(node, "id", None)
        known = isinstance(name, str) and _SHOWN.fullmatch(name)
        kind = keys.pop().removesuffix("s").replace("_", " ")
        pieces += [".".join(keys)] if keys else []
        pieces.append(f"{kind} '{name}'" if known else f"{kind} {key + 1}")
        keys = []
    pieces += [".".join(keys)] if keys else []
    return " of ".join(reversed(pieces))
