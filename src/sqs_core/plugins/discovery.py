"""Which plugins there are: entry points of installed distributions, and files of one's own.

Nothing of a plugin is run here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

from sqs_core.plugins.sandbox import error_line
from sqs_core.state import settings_folder

GROUP = "sqs"


class PluginFault(NamedTuple):
    """What went wrong with one plugin, in one sentence that names its distribution."""

    distribution: str
    version: str
    plugin: str
    phase: str
    what: str

    def __str__(self) -> str:
        of = f"plugin '{self.plugin}' of " if self.plugin else ""
        return f"{of}{self.distribution} {self.version}: {self.phase}: {self.what}"


class PluginSource(NamedTuple):
    """A plugin that is there: who has it, its name, and the module (or ``file``) to load."""

    distribution: str
    version: str
    name: str
    target: str
    file: bool = False


def plugin_sources() -> tuple[list[PluginSource], list[PluginFault]]:
    """Return every plugin in the order of their names, and what could not be read while looking.

    Of a distribution that is there twice only the one that Python would import counts.  Folders whose
    name begins with "~" are what an interrupted pip leaves behind.
    """
    found: list[PluginSource] = []
    faults: list[PluginFault] = []
    seen: set[str] = set()
    for distribution in distributions():
        name = _name(distribution)
        if not name or name.startswith("~") or canonical(name) in seen:
            continue
        seen.add(canonical(name))
        try:
            points = distribution.entry_points.select(group=GROUP)
            found += [PluginSource(name, distribution.version, p.name, p.value) for p in points]
        except Exception as error:
            what = error_line(error)
            faults.append(PluginFault(name, distribution.version, "", "reading its entry points", what))
    files = [PluginSource(path.name, "(a file)", path.stem, str(path), file=True) for path in plugin_files()]
    return sorted(found, key=lambda source: (source.distribution, source.name)) + files, faults


def plugin_files() -> Iterator[Path]:
    """Yield the plugins that are single files: what SQS_PLUGINS names, and the settings' folder ``plugins``.

    SQS_PLUGINS holds files and folders with the mark between them that PATH has.
    """
    named = os.environ.get("SQS_PLUGINS", "").split(os.pathsep)
    for place in [*(Path(name).expanduser() for name in named if name), settings_folder() / "plugins"]:
        if place.is_dir():
            yield from sorted(path for path in place.glob("*.py") if not path.name.startswith("_"))
        elif place.name and (place.suffix == ".py" or place.exists()):
            yield place


def canonical(name: str) -> str:
    """Return the name of a distribution as all its spellings are compared (PEP 503)."""
    return re.sub("[-_.]+", "-", name).lower()


def _name(distribution: Distribution) -> str:
    """Return the distribution's name; "" where its metadata cannot be read, or where it is rubbish."""
    folder = getattr(distribution, "_path", None)
    if folder is not None and str(folder.name).startswith("~"):
        return ""
    try:
        return distribution.metadata["Name"] or ""
    except Exception:
        return ""
