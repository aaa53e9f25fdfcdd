"""What an inspection needs: the distributions it says it is rendered and judged with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final

from sqs_core.errors import Problem
from sqs_core.text import one_line

_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
"""A name of a distribution, as PEP 508 has it."""


def missing(needs: Iterable[str]) -> tuple[str, ...]:
    """Those of ``needs`` (names of distributions) that are not installed, as they were written."""
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and few inspections ask

    absent = []
    for name in needs:
        if not _NAME.fullmatch(name):
            absent.append(name)
            continue
        try:
            version(name)
        except (PackageNotFoundError, ValueError):
            absent.append(name)
    return tuple(absent)


def needs_advice(needs: Iterable[str], where: str) -> Iterator[Problem]:
    """Advice for each distribution that is needed and not there; nothing is imported where none is."""
    for name in missing(needs) if needs else ():
        yield Problem(
            where,
            f"this inspection needs {one_line(name, 60)}, which is not installed",
            install_hint(name),
            "C301",
            True,
        )


def needs_sentence(needs: Iterable[str]) -> str:
    """Return why a name that is asked for may be unknown: "" where everything needed is there."""
    needs = tuple(needs)
    if needs and os.environ.get("SQS_NO_PLUGINS"):
        off = "and plugins are switched off (--no-plugins, SQS_NO_PLUGINS)"
        return f"this inspection needs {_listed(needs)}, {off}"
    absent = missing(needs) if needs else ()
    if not absent:
        return ""
    return f"this inspection needs {_listed(absent)}, not installed here; {install_hint(*absent)}"


def install_hint(*names: str) -> str:
    """Return what would help where ``names`` are missing.

    They come from a folder that somebody may have sent: none is written into a command to paste.
    """
    odd = [name for name in names if not _NAME.fullmatch(name)]
    if odd:
        return f"'{one_line(odd[0], 40)}' is no name that a package can have: mend it in inspection.toml"
    return "install it if you know who makes it: whoever sent the folder can say, and why it is needed"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(one_line(name, 60) for name in names)
