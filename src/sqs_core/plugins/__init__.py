"""Everything offered by name comes in here: renderers, criteria versions and readers, ours first.

A plugin is an installed distribution with an entry point in the group ``sqs`` that names a
module (or object) whose hook implementations are marked with :data:`hookimpl`.

Each name is loaded when it is first used: what ships is read without looking for plugins.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqs_core.plugins.discovery import PluginFault as PluginFault
    from sqs_core.plugins.document_reader import DocumentReader as DocumentReader
    from sqs_core.plugins.hookspecs import hookimpl as hookimpl
    from sqs_core.plugins.registry import Offer as Offer
    from sqs_core.plugins.registry import Registry as Registry
    from sqs_core.plugins.registry import load_plugins as load_plugins
    from sqs_core.plugins.renderer import Option as Option
    from sqs_core.plugins.renderer import Renderer as Renderer

_HOMES = {
    "DocumentReader": "document_reader",
    "Offer": "registry",
    "Option": "renderer",
    "PluginFault": "discovery",
    "Registry": "registry",
    "Renderer": "renderer",
    "hookimpl": "hookspecs",
    "load_plugins": "registry",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'sqs_core.plugins' has no attribute '{name}'")
    return getattr(import_module(f"sqs_core.plugins.{_HOMES[name]}"), name)
