"""A criteria version for ``sqs``: one TOML file beside this module, offered through the hook."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from sqs_core import hookimpl


@hookimpl
def sqs_register_criteria() -> Iterable[Traversable]:
    """The versions of this package: the stem of each file is the version's id."""
    return [files(__name__) / "template-audit.toml"]
