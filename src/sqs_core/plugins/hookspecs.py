"""The hooks.  They take nothing and give values back."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable

import pluggy

from sqs_core.plugins.document_reader import DocumentReader
from sqs_core.plugins.renderer import Renderer

PROJECT = "sqs"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def sqs_register_renderers() -> Iterable[Renderer]:
    """Give the renderers this plugin offers.

    Called once, when a renderer is first asked for.  Names are short and lower case; a name
    that two plugins offer is refused for both, and ``distribution:name`` still selects one.
    """
    raise AssertionError("a specification is never called")


@hookspec
def sqs_register_criteria() -> Iterable[Traversable]:
    """Give the criteria versions this plugin offers: one TOML file each, the stem is the id.

    Called once, when a version is asked for that does not ship with the product.  Return
    ``importlib.resources.files("your_package") / "your-version.toml"`` or the like.
    """
    raise AssertionError("a specification is never called")


@hookspec
def sqs_register_readers() -> Iterable[DocumentReader]:
    """Give the formats of documents that this plugin reads.

    Called once, when a file is to be read whose suffix sqs does not know.
    """
    raise AssertionError("a specification is never called")
