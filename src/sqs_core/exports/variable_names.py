"""What a column is called in R, Stata and SPSS."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words of R, Stata and SPSS; v1, v2 … are what a column is called while Stata and SPSS read it.
_KEPT = re.compile(
    r"all|and|by|eq|ge|gt|le|lt|ne|not|or|to|with|byte|double|float|if|in|int|long|strl|str\d+|using|"
    r"else|for|function|next|repeat|break|while|true|false|null|inf|nan|na|v\d+",
    re.IGNORECASE,
)


def variable_names(columns: Iterable[str]) -> tuple[str, ...]:
    """Return a name for each of ``columns`` that R, Stata and SPSS all take, no two alike.

    ASCII letters, digits and ``_``, a letter first, at most 32 characters (Stata's limit), no
    word that one of them keeps for itself, and told apart without regard to case (SPSS).

    >>> variable_names(["roh.plan", "roh_plan", "in"])
    ('roh_plan', 'roh_plan_2', 'in_')
    """
    found: dict[str, str] = {}
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_]", "_", column)
        name = name if name[:1].isalpha() else f"q{name}"
        plain = name = f"{name}_" if _KEPT.fullmatch(name) else name[:32]
        place = 1
        while name.lower() in found:
            place += 1
            name = f"{plain[: 31 - len(str(place))]}_{place}"
        found[name.lower()] = name
    return tuple(found.values())
