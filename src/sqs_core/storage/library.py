"""Criteria versions by name: the ones that ship, and those of plugins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import sqs_core.plugins
from sqs_core.criteria import Criteria
from sqs_core.errors import PluginError, Problem, RecordError
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.storage.criteria_files import criteria_at, read_criteria


def load_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """Return the criteria version called ``name``: one that ships, or one that a plugin offers.

    UsageError names the known ones where there is none; RecordError lists every problem of
    its file.  A version that a plugin offers is linted first, and refused unless it is clean.
    """
    shipped = {file.stem: file for file in shipped_criteria()}
    # Plugins are only looked for when the name is not ours: looking costs as much as loading.
    if ours := shipped.get(name):
        return _read(ours.name, ours.read_bytes(), lint=False)
    file = sqs_core.plugins.load_plugins(plugins=plugins).criteria_file(name)
    is_ours = shipped.get(file.name.removesuffix(".toml")) == file
    return _read(file.name, file.read_bytes(), lint=not is_ours)


def pinned_criteria(name: str, digest: str, *, plugins: bool = True) -> Criteria:
    """Return the version called ``name``; where several plugins offer one, that with the hash ``digest``.

    Raises as :func:`load_criteria` does.
    """
    try:
        return load_criteria(name, plugins=plugins)
    except PluginError:
        for _, criteria in _offered(name, plugins=plugins):
            if criteria.hash == digest:
                return criteria
        raise


def needed_for(criteria: Criteria) -> tuple[str, ...]:
    """Return the distribution without which there is no ``criteria``; none where the version ships."""
    if criteria.id in {file.stem for file in shipped_criteria()}:
        return ()
    owners = (owner for owner, offered in _offered(criteria.id) if offered.hash == criteria.hash)
    return tuple(owners)[:1]


def find_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """Return the criteria version called ``name``, or the one in the file at that path.

    What ends in ``.toml`` or has a folder in it is a path.
    """
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1:
        return criteria_at(path)
    return load_criteria(name, plugins=plugins)


def _offered(name: str, *, plugins: bool = True) -> Iterator[tuple[str, Criteria]]:
    """Yield each distribution that offers a version called ``name``, with it."""
    for offer in sqs_core.plugins.load_plugins(plugins=plugins).criteria:
        if offer.name == name:
            with suppress(RecordError):
                yield offer.distribution, load_criteria(f"{offer.distribution}:{name}", plugins=plugins)


@cache
def _read(name: str, data: bytes, *, lint: bool) -> Criteria:
    if lint:
        from sqs_core.storage.linting import lint_without_claims  # a room of its own, which ours do without

        if problems := [problem for problem in lint_without_claims(data, name) if not problem.advice]:
            raise RecordError(*problems)
    criteria = read_criteria(data, name)
    stem = name.removesuffix(".toml")
    if criteria.id != stem:
        raise RecordError(
            Problem(name, f"the id is '{criteria.id}', but the file is called '{stem}'", "make them the same")
        )
    return criteria
