"""Load criteria versions by name: those that ship, and those of plugins."""

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
from sqs_core.storage.layout import CRITERIA
from sqs_core.storage.safe_read import MissingFileError, read_bytes


def load_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """Return the criteria version called ``name``: one that ships, or one that a plugin offers.

    UsageError names the known ones where there is none; RecordError lists every problem of
    its file.  A version that a plugin offers is linted first, and refused unless it is clean.

    >>> load_criteria("local-audit")
    <Criteria local-audit: 6 questions in 3 themes>
    """
    shipped = _shipped()
    # Plugins are only looked for when the name is not ours: looking costs as much as loading.
    if ours := shipped.get(name):
        return _read(ours.name, ours.read_bytes(), lint=False)
    file = sqs_core.plugins.load_plugins(plugins=plugins).criteria_file(name)
    data, ours = file.read_bytes(), shipped.get(file.name.removesuffix(".toml"))
    return _read(file.name, data, lint=ours is None or data != ours.read_bytes())


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


def kept_criteria(folder: Path) -> Criteria | None:
    """Return the version whose copy the inspection in ``folder`` keeps; None where it keeps none.

    Somebody may have sent it: RecordError with every problem of its file, which is linted first.
    """
    try:
        data = read_bytes(folder / CRITERIA)
    except MissingFileError:
        return None
    except RecordError as error:
        raise RecordError(*(problem._replace(where=CRITERIA) for problem in error.problems)) from None
    return _read(CRITERIA, data, lint=True)


def criteria_to_keep(name: str) -> tuple[Criteria, bytes]:
    """Return the version called ``name``, or in the file at that path, and what a new inspection keeps of it.

    That is its file, so that the inspection is whole by itself; nothing where the version ships.
    UsageError where there is no such file, or its id is that of another version that ships; RecordError
    with every problem of the file.
    """
    if _is_path(name):
        path = Path(name)
        criteria_at(path)  # whether it is there, and can be read
        data = read_bytes(path)
        criteria = _read(str(path), data, lint=True)
    else:
        criteria = load_criteria(name)
        data = _file_of(name)
    ours = _shipped().get(criteria.id)
    if ours is None:
        return criteria, data
    if _read(ours.name, ours.read_bytes(), lint=False).hash != criteria.hash:
        what = f"asks something else than the version '{criteria.id}' that ships"
        raise RecordError(Problem(name, what, "give it another id, and call the file the same", "V112"))
    return criteria, data if data != ours.read_bytes() else b""


def needed_for(criteria: Criteria) -> tuple[str, ...]:
    """Return the distribution without which there is no ``criteria``; none where the version ships."""
    if criteria.id in _shipped():
        return ()
    owners = (owner for owner, offered in _offered(criteria.id) if offered.hash == criteria.hash)
    return tuple(owners)[:1]


def find_criteria(name: str, *, plugins: bool = True) -> Criteria:
    """Return the criteria version called ``name``, or the one in the file at that path.

    What ends in ``.toml`` or has a folder in it is a path.
    """
    return criteria_at(Path(name)) if _is_path(name) else load_criteria(name, plugins=plugins)


def criteria_file(name: str) -> tuple[Criteria, bytes]:
    """Return the version called ``name``, or in the file at that path, and the bytes of its file."""
    return find_criteria(name), read_bytes(Path(name)) if _is_path(name) else _file_of(name)


def _is_path(name: str) -> bool:
    path = Path(name)
    return path.suffix in (".toml", ".xlsx", ".ods", ".csv") or len(path.parts) > 1


def _shipped() -> dict[str, Path]:
    """Return the files of the versions that ship, by their names."""
    return {file.stem: file for file in shipped_criteria()}


def _file_of(name: str) -> bytes:
    """Return the file of the version that :func:`load_criteria` gives."""
    return (_shipped().get(name) or sqs_core.plugins.load_plugins().criteria_file(name)).read_bytes()


def _offered(name: str, *, plugins: bool = True) -> Iterator[tuple[str, Criteria]]:
    """Yield each distribution that offers a version called ``name``, with it."""
    for offer in sqs_core.plugins.load_plugins(plugins=plugins).criteria:
        if offer.name == name:
            with suppress(RecordError):
                yield offer.distribution, load_criteria(f"{offer.distribution}:{name}", plugins=plugins)


@cache
def _read(name: str, data: bytes, *, lint: bool) -> Criteria:
    if lint:
        from sqs_core.storage.lint_files import lint_without_claims  # ours were linted before they shipped

        if problems := [problem for problem in lint_without_claims(data, name) if not problem.advice]:
            raise RecordError(*problems)
    return read_criteria(data, name)
