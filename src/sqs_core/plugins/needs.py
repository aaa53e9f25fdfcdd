"""What an inspection needs: the distributions it says it is rendered and judged with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from sqs_core.errors import Problem
from sqs_core.platform.shell import python


def missing(needs: Iterable[str]) -> tuple[str, ...]:
    """Those of ``needs`` (names of distributions) that are not installed, as they were written."""
    from importlib.metadata import PackageNotFoundError, version

    absent = []
    for name in needs:
        try:
            version(name)
        except (PackageNotFoundError, ValueError):
            absent.append(name)
    return tuple(absent)


def needs_advice(needs: Iterable[str], where: str) -> Iterator[Problem]:
    """Advice for each distribution that is needed and not there; nothing is imported where none is."""
    for name in missing(needs) if needs else ():
        yield Problem(
            where, f"this inspection needs {name}, which is not installed", install_hint(name), "C301", True
        )


def needs_sentence(needs: Iterable[str]) -> str:
    """Why a name that is asked for may be unknown: "" where everything needed is there."""
    needs = tuple(needs)
    if needs and os.environ.get("SQS_NO_PLUGINS"):
        off = "and plugins are switched off (--no-plugins, SQS_NO_PLUGINS)"
        return f"this inspection needs {', '.join(needs)}, {off}"
    absent = missing(needs) if needs else ()
    if not absent:
        return ""
    return f"this inspection needs {', '.join(absent)}, not installed here; {install_hint(*absent)}"


def install_hint(*names: str) -> str:
    """The line that installs ``names``."""
    return f"install with: {python()} -m pip install {' '.join(names)}"
