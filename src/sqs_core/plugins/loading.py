"""Loading a plugin: its module, its hooks, and what each of them offers.

What is loaded from elsewhere is loaded in a child process only (:mod:`sqs_core.plugins.sandbox`).
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import EntryPoint
from typing import Any, NamedTuple, TypeVar

import pluggy
from attrs import frozen

from sqs_core.errors import did_you_mean
from sqs_core.plugins import hookspecs
from sqs_core.plugins.discovery import GROUP, PluginSource
from sqs_core.plugins.document_reader import DocumentReader, wrong_with_reader
from sqs_core.plugins.renderer import Renderer, wrong_with
from sqs_core.plugins.sandbox import StrayedError, error_line

T = TypeVar("T")
HOOKS = ("sqs_register_renderers", "sqs_register_criteria", "sqs_register_readers")


@frozen
class CriteriaFile:
    """A criteria version that a plugin offers: the name of its file, and what is in it."""

    name: str
    data: bytes

    def read_bytes(self) -> bytes:
        """Return the file's bytes."""
        return self.data

    def read_text(self, encoding: str = "utf-8") -> str:
        """Return the file's text."""
        return self.data.decode(encoding)


class Offered(NamedTuple):
    """What one plugin offers."""

    renderers: tuple[Renderer, ...]
    criteria: tuple[CriteriaFile, ...]
    readers: tuple[DocumentReader, ...]
    silent: bool
    """Whether it has no hook at all."""


class LoadingError(Exception):
    """A plugin could not be loaded: in which phase, and why in one line."""

    def __init__(self, phase: str, what: str) -> None:
        super().__init__(phase, what)
        self.phase, self.what = phase, what


def load(source: PluginSource) -> Offered:
    """Import the plugin and ask what it offers; LoadingError says what it does wrong."""
    phase = "loading"
    try:
        plugin = _imported(source)
        phase = "registering"
        manager = _registered(plugin, source.name)
        phase = "asking for renderers"
        rule = "a renderer must be a sqs_core.plugins.Renderer"
        renderers = tuple(_checked(one, Renderer, wrong_with, rule) for one in _values(manager, HOOKS[0]))
        _check_names([renderer.name for renderer in renderers])
        phase = "asking for criteria"
        criteria = tuple(_checked_file(value) for value in _values(manager, HOOKS[1]))
        phase = "asking for readers"
        rule = "a reader must be a sqs_core.DocumentReader"
        readers = tuple(
            _checked(one, DocumentReader, wrong_with_reader, rule) for one in _values(manager, HOOKS[2])
        )
        _check_names([reader.suffix for reader in readers])
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a plugin must not end the program
        raise LoadingError(phase, _words(error)) from error
    return Offered(renderers, criteria, readers, not manager.get_hookcallers(plugin))


def _imported(source: PluginSource) -> object:
    if not source.file:
        return EntryPoint(source.name, source.target, GROUP).load()
    spec = importlib.util.spec_from_file_location(f"sqs_file_{source.name}", source.target)
    if spec is None or spec.loader is None:
        raise StrayedError("it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and pickle look it up
    spec.loader.exec_module(module)
    return module


def _registered(plugin: object, name: str) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name)
    manager.check_pending()
    return manager


def _values(manager: pluggy.PluginManager, hook: str) -> Iterator[Any]:
    """Return what the one plugin of ``manager`` gives; pluggy itself would drop a None in silence."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        values = implementation.function()
        if values is None or not isinstance(values, Iterable):
            raise StrayedError(f"{hook} gave {type(values).__name__}, not a list of what it offers")
        yield from values


def _checked(value: object, kind: type[T], wrong_with: Callable[[T], Iterable[str]], rule: str) -> T:
    if not isinstance(value, kind):
        raise StrayedError(f"{rule}, not {type(value).__name__}")
    for wrong in wrong_with(value):
        raise StrayedError(wrong)
    return value


def _check_names(names: list[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise StrayedError(f"it offers '{twins[0]}' twice")


def _checked_file(value: Any) -> CriteriaFile:
    if not (hasattr(value, "read_bytes") and str(getattr(value, "name", "")).endswith(".toml")):
        raise StrayedError(f"a criteria version must be a .toml file, not {type(value).__name__}")
    return CriteriaFile(str(value.name), value.read_bytes())


def _words(error: BaseException) -> str:
    """Return what went wrong in one line; a misspelt hook is told together with the right ones."""
    if isinstance(error, pluggy.PluginValidationError) and (
        misspelt := re.search(r"unknown hook '(\w+)'", str(error))
    ):
        return f"there is no hook '{misspelt[1]}'; {did_you_mean(misspelt[1], HOOKS)}"
    if isinstance(error, pluggy.PluginValidationError) and "Argument(s)" in str(error):
        return f"a hook takes no arguments; {', '.join(HOOKS)} are called with none"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"ModuleNotFoundError: it needs the module '{error.name}', which is not installed"
    return error_line(error)
