"""What is installed: renderers, criteria versions and readers, what failed, and which names clash.

examples:
  sqs plugins
  sqs plugins --json
  sqs plugins --freeze
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_json, table
from sqs_core.errors import PluginError, RecordError
from sqs_core.exports.data import pick
from sqs_core.plugins import PluginFault, Registry, load_plugins
from sqs_core.plugins.registry import OURS
from sqs_core.storage.library import load_criteria


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs plugins``."""
    takes_json(parser)
    parser.add_argument("--freeze", action="store_true", help="print the line that installs these again")


def run(args: Namespace) -> int:
    """List the plugins; exit 4 where one failed, or where two offer one name."""
    found = load_plugins()
    if args.freeze:
        pins = dict.fromkeys(f"{name}=={version}" for name, version, _ in found.plugins)
        echo(f"python -m pip install {' '.join(pins)}")
        return 0
    faults = [*found.faults, *_refused(found)]
    clashes = list(_clashes(found))
    rows: list[dict[str, Any]] = [
        {
            "distribution": distribution,
            "version": version,
            "plugin": name,
            "renderers": [o.name for o in found.renderers if o.distribution == distribution],
            "criteria": [o.name for o in found.criteria if o.distribution == distribution],
            "readers": [o.name for o in found.readers if o.distribution == distribution],
            "faults": [
                pick(f, "phase", "what") for f in faults if (f.distribution, f.plugin) == (distribution, name)
            ],
        }
        for distribution, version, name in found.plugins
    ]
    if args.json:
        echo_json({"plugins": rows, "clashes": clashes})
    else:
        for row in {row["distribution"]: row for row in rows}.values():
            echo(f"{row['distribution']} {row['version']}")
            kinds = [kind for kind in ("renderers", "criteria", "readers") if row[kind]]
            offered = [(f"  {kind}", ", ".join(row[kind])) for kind in kinds]
            echo(table(offered or [("  nothing",)]))
        for clash in clashes:
            echo(f"clash: {clash['what']}")
        for fault in faults:
            echo(f"failed: {fault}")
    return 4 if faults or any(clash["used"] is None for clash in clashes) else 0


def _refused(found: Registry) -> Iterator[PluginFault]:
    """Yield what is wrong with each criteria version of a plugin that is refused."""
    owners = {distribution: plugin for distribution, _, plugin in reversed(found.plugins)}
    for offer in found.criteria:
        try:
            load_criteria(f"{offer.distribution}:{offer.name}")
        except RecordError as error:
            of = (offer.distribution, offer.version, owners[offer.distribution])
            yield from (PluginFault(*of, f"criteria '{offer.name}'", str(p)) for p in error.problems)


def _clashes(found: Registry) -> Iterator[dict[str, Any]]:
    """Yield each name that several distributions offer, and whose is used: what ships, or (None) nobody's."""
    kinds = (("renderer", found.renderers, found.renderer), ("criteria", found.criteria, found.criteria_file))
    for kind, offers, choose in kinds:
        for name in dict.fromkeys(offer.name for offer in offers):
            owners = [offer.distribution for offer in offers if offer.name == name]
            if len(owners) == 1:
                continue
            used = None
            try:
                choose(name)
            except PluginError as error:
                what = str(error)
            else:
                used = OURS
                others = " and ".join(f"{owner}:{name}" for owner in owners if owner != OURS)
                what = f"{kind} '{name}' is the one that ships; say {others} for the other"
            yield {"kind": kind, "name": name, "distributions": owners, "used": used, "what": what}
