"""What is on offer by name: renderers and criteria versions, what ships first, each with its owner."""

from __future__ import annotations

import os
from functools import cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from sqs_core import __version__
from sqs_core.errors import PluginError, UsageError, did_you_mean
from sqs_core.plugins.discovery import PluginFault, PluginSource, canonical, plugin_sources
from sqs_core.plugins.document_reader import DocumentReader
from sqs_core.plugins.loading import HOOKS, Offered, load
from sqs_core.plugins.remote import offered
from sqs_core.plugins.renderer import Renderer

T = TypeVar("T")
OURS = "sqs-screening"
LOAD_SECONDS = 10.0
SUFFIXES = {
    ".docx": "sqs-docx",
    ".pdf": "sqs-pdf",
    ".odt": "sqs-odf",
    ".ods": "sqs-odf",
    ".xlsx": "sqs-xlsx",
}
"""Our own distributions apart from the core, by how the files end that they write.

Their renderers are called as the ending is, those of the grid with "-grid" after it.
"""
OFFICE = "sqs-screening[office]"
"""What installs all of them."""


class NamedFile(Protocol):
    """A criteria version's file: its name, and what is in it."""

    @property
    def name(self) -> str:
        """The name of the file."""

    def read_bytes(self) -> bytes:
        """Return its bytes."""

    def read_text(self, encoding: str = "utf-8") -> str:
        """Return its text."""


class Offer(NamedTuple, Generic[T]):
    """Something a distribution offers by name."""

    name: str
    distribution: str
    version: str
    value: T


class Registry(NamedTuple):
    """What is on offer: renderers, criteria versions and readers, and which plugins failed to offer any."""

    renderers: tuple[Offer[Renderer], ...]
    criteria: tuple[Offer[NamedFile], ...]
    faults: tuple[PluginFault, ...] = ()
    plugins: tuple[tuple[str, str, str], ...] = ()
    readers: tuple[Offer[DocumentReader], ...] = ()

    def __repr__(self) -> str:
        return f"<Registry: {len(self.renderers)} renderers, {len(self.criteria)} criteria versions>"

    def renderer(self, name: str) -> Renderer:
        """Return the renderer called ``name`` or ``distribution:name``.

        UsageError names the installed ones where there is none; PluginError names every
        owner where two distributions offer the same name.
        """
        return self.renderer_offer(name).value

    def renderer_offer(self, name: str) -> Offer[Renderer]:
        """Return the same, with the distribution it comes from, so that a failure can name it."""
        return _chosen("renderer", self.renderers, name, self.faults)

    def criteria_file(self, name: str) -> NamedFile:
        """Return the file of the criteria version ``name`` or ``distribution:name``, likewise."""
        return _chosen("criteria", self.criteria, name, self.faults).value


def _chosen(kind: str, offers: tuple[Offer[T], ...], name: str, faults: tuple[PluginFault, ...]) -> Offer[T]:
    owner, _, plain = name.rpartition(":")
    owner = owner and canonical(owner)
    found = [o for o in offers if o.name == plain and owner in ("", canonical(o.distribution))]
    # What ships with the product cannot be replaced by a plugin of the same name.
    found = [o for o in found if o.distribution == OURS] or found
    if len(found) == 1:
        return found[0]
    if found:
        owners = " and ".join(o.distribution for o in found)
        raise PluginError(
            f"{kind} '{plain}' is offered by {owners}, so neither is used; "
            f"say {' or '.join(f'{o.distribution}:{plain}' for o in found)}"
        )
    names = sorted({o.name for o in offers})
    failed = "".join(f"\n{fault}" for fault in faults)
    article = f"no {kind} named" if kind == "renderer" else "no criteria version named"
    # Where a plugin failed, the name may be one it would have offered: that is no slip of typing.
    kind_of_error = PluginError if faults else UsageError
    home = SUFFIXES.get(f".{plain.removesuffix('-grid')}")
    missing = f" (it comes with {home}, which is not installed here)" if home else ""
    raise kind_of_error(f"{article} '{name}'{missing}; {did_you_mean(plain, names)}{failed}")


def load_plugins(*, plugins: bool = True) -> Registry:
    """Return what is on offer.  ``plugins`` false, or SQS_NO_PLUGINS set, gives only what ships.

    >>> load_plugins(plugins=False).renderer("markdown")
    <Renderer markdown (.md): the letter as Markdown, to paste>
    """
    return _registry(plugins and not os.environ.get("SQS_NO_PLUGINS"))


@cache
def _registry(look: bool) -> Registry:
    ours = PluginSource(OURS, __version__, OURS, "sqs_core.plugins.builtin")
    found: list[tuple[PluginSource, Offered | PluginFault]] = [(ours, load(ours))]
    faults: list[PluginFault] = []
    if look:
        sources, faults = plugin_sources()
        found += offered(sources, LOAD_SECONDS)
    renderers: list[Offer[Renderer]] = []
    criteria: list[Offer[NamedFile]] = []
    readers: list[Offer[DocumentReader]] = []
    for source, offer in found:
        if isinstance(offer, PluginFault):
            faults.append(offer)
            continue
        if offer.silent:
            what = f"offers nothing: it has none of the hooks {', '.join(HOOKS)}"
            faults.append(PluginFault(*source[:3], "registering", what))
        owner = source.distribution, source.version
        renderers += [Offer(renderer.name, *owner, renderer) for renderer in offer.renderers]
        criteria += [Offer(file.name.removesuffix(".toml"), *owner, file) for file in offer.criteria]
        readers += [Offer(reader.suffix, *owner, reader) for reader in offer.readers]
    loaded = tuple(source[:3] for source, _ in found)
    return Registry(tuple(renderers), tuple(criteria), tuple(faults), loaded, tuple(readers))
