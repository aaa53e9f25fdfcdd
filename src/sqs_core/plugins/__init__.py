"""Everything offered by name comes in here: renderers, criteria versions and readers, ours first.

A plugin is an installed distribution with an entry point in the group ``sqs`` that names a
module (or object) whose hook implementations are marked with :data:`hookimpl`.

Each name is loaded when it is first used: what ships is read without looking for plugins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqs_core.plugins.discovery import PluginFault
    from sqs_core.plugins.document_reader import DocumentReader
    from sqs_core.plugins.hookspecs import hookimpl
    from sqs_core.plugins.registry import Offer, Registry, load_plugins
    from sqs_core.plugins.renderer import Option, Renderer

_HOMES = {
    "hookspecs": ("hookimpl",),
    "discovery": ("PluginFault",),
    "document_reader": ("DocumentReader",),
    "registry": ("Offer", "Registry", "load_plugins"),
    "renderer": ("Option", "Renderer"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "DocumentReader",
    "Offer",
    "Option",
    "PluginFault",
    "Registry",
    "Renderer",
    "hookimpl",
    "load_plugins",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'sqs_core.plugins' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"sqs_core.plugins.{home}"), name)
