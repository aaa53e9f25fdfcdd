"""Finding plugins, each behind a fence: one that fails loses only its own offer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import pluggy
from attrs import field, frozen

from sqs_core.errors import PluginError, UsageError, did_you_mean
from sqs_core.plugins import hookspecs
from sqs_core.plugins.renderer import Renderer, wrong_with
from sqs_core.plugins.sandbox import StrayedError, at_most, muted, words_for

if TYPE_CHECKING:
    from importlib.abc import Traversable  # at run time it would load tempfile, shutil and more

GROUP = "sqs"
T = TypeVar("T")
OURS = "sqs-screening"
LOAD_SECONDS = 10.0
HOMES = {
    "sqs-docx": ("docx",),
    "sqs-pdf": ("pdf",),
    "sqs-odf": ("odt", "ods", "ods-grid"),
    "sqs-xlsx": ("xlsx", "xlsx-grid"),
}
"""Our own distributions apart from the core, and the renderers that they offer."""
HOOKS = ("sqs_register_renderers", "sqs_register_criteria")


class Offer(NamedTuple, Generic[T]):
    """Something a distribution offers by name."""

    name: str
    distribution: str
    version: str
    value: T


class PluginFault(NamedTuple):
    """What went wrong with one plugin, in one sentence that names its distribution."""

    distribution: str
    version: str
    plugin: str
    phase: str
    what: str

    def __str__(self) -> str:
        return f"plugin '{self.plugin}' of {self.distribution} {self.version}: {self.phase}: {self.what}"


class Registry(NamedTuple):
    """The renderers and criteria versions on offer, and the plugins that failed to offer any."""

    renderers: tuple[Offer[Renderer], ...]
    criteria: tuple[Offer[Traversable], ...]
    faults: tuple[PluginFault, ...] = ()
    plugins: tuple[tuple[str, str, str], ...] = ()

    def renderer(self, name: str) -> Renderer:
        """The renderer called ``name`` or ``distribution:name``.

        UsageError names the installed ones where there is none; PluginError names every
        owner where two distributions offer the same name.
        """
        return self.renderer_offer(name).value

    def renderer_offer(self, name: str) -> Offer[Renderer]:
        """The same, with the distribution it comes from, so that a failure can name it."""
        return _chosen("renderer", self.renderers, name, self.faults)

    def criteria_file(self, name: str) -> Traversable:
        """The file of the criteria version ``name`` or ``distribution:name``, likewise."""
        return _chosen("criteria", self.criteria, name, self.faults).value


def _chosen(kind: str, offers: tuple[Offer[T], ...], name: str, faults: tuple[PluginFault, ...]) -> Offer[T]:
    owner, _, plain = name.rpartition(":")
    found = [o for o in offers if o.name == plain and (not owner or _same(owner, o.distribution))]
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
    homes = [home for home, has in HOMES.items() if plain in has]
    missing = f" (it comes with {homes[0]}, which is not installed here)" if homes else ""
    raise kind_of_error(f"{article} '{name}'{missing}; {did_you_mean(plain, names)}{failed}")


def _same(one: str, other: str) -> bool:
    """Whether two names are of one distribution: capitals, and which mark divides words, do not count."""
    return re.sub("[-_.]+", "-", one).lower() == re.sub("[-_.]+", "-", other).lower()


def installed(*, plugins: bool = True) -> Registry:
    """What is on offer.  ``plugins`` false, or SQS_NO_PLUGINS set, gives only what ships."""
    return _load(plugins and not os.environ.get("SQS_NO_PLUGINS"))


@cache
def _load(scan: bool) -> Registry:
    from sqs_core import __version__
    from sqs_core.plugins import builtin

    gathering = _Gathering()
    # No limit on what ships: setting one up would be part of every start.
    gathering.take(OURS, __version__, OURS, lambda: builtin, hurried=False)
    if scan:
        from sqs_core.plugins.discovery import points

        for point in points(GROUP):
            gathering.take(point.distribution, point.version, point.name, point.load)
    return Registry(
        tuple(gathering.renderers),
        tuple(gathering.criteria),
        tuple(gathering.faults),
        tuple(gathering.plugins),
    )


@frozen
class _Gathering:
    renderers: list[Offer[Renderer]] = field(factory=list)
    criteria: list[Offer[Traversable]] = field(factory=list)
    faults: list[PluginFault] = field(factory=list)
    plugins: list[tuple[str, str, str]] = field(factory=list)

    def take(
        self,
        distribution: str,
        version: str,
        name: str,
        load: Callable[[], object],
        *,
        hurried: bool = True,
    ) -> None:
        """Take in one plugin; whatever it does wrong becomes a fault, and only its offer is lost."""
        self.plugins.append((distribution, version, name))

        def fault(phase: str, what: str) -> None:
            self.faults.append(PluginFault(distribution, version, name, phase, what))

        phase = "loading"
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        try:
            with muted(), at_most(LOAD_SECONDS) if hurried else nullcontext():
                plugin = load()
                phase = "registering"
                manager.register(plugin, name)
                manager.check_pending()
                phase = "asking for renderers"
                renderers = [_checked_renderer(r) for r in _offered(manager, HOOKS[0])]
                _refuse_twins([r.name for r in renderers])
                phase = "asking for criteria"
                files = [_checked_file(f) for f in _offered(manager, HOOKS[1])]
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: a plugin must not end the program
            fault(phase, _words(error))
            return
        if not manager.get_hookcallers(plugin):
            fault("registering", f"offers nothing: it has neither hook, {' nor '.join(HOOKS)}")
        self.renderers.extend(Offer(r.name, distribution, version, r) for r in renderers)
        self.criteria.extend(Offer(f.name.removesuffix(".toml"), distribution, version, f) for f in files)


def _offered(manager: pluggy.PluginManager, hook: str) -> Iterator[Any]:
    """What the one plugin of ``manager`` gives; pluggy itself would drop a None in silence."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        values = implementation.function()
        if values is None or not hasattr(values, "__iter__"):
            raise StrayedError(f"{hook} gave {type(values).__name__}, not a list of what it offers")
        yield from values


def _checked_renderer(value: object) -> Renderer:
    if not isinstance(value, Renderer):
        raise StrayedError(f"a renderer must be a sqs_core.plugins.Renderer, not {type(value).__name__}")
    for wrong in wrong_with(value):
        raise StrayedError(wrong)
    return value


def _refuse_twins(names: list[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise StrayedError(f"it offers '{twins[0]}' twice")


def _checked_file(value: Any) -> Traversable:
    if not (hasattr(value, "read_bytes") and str(getattr(value, "name", "")).endswith(".toml")):
        raise StrayedError(f"a criteria version must be a .toml file, not {type(value).__name__}")
    return value  # type: ignore[no-any-return]


def _words(error: BaseException) -> str:
    """What went wrong in one line; a misspelt hook is told together with the right ones."""
    if isinstance(error, StrayedError):
        return str(error)
    if isinstance(error, pluggy.PluginValidationError) and (
        misspelt := re.search(r"unknown hook '(\w+)'", str(error))
    ):
        return f"there is no hook '{misspelt[1]}'; {did_you_mean(misspelt[1], HOOKS)}"
    if isinstance(error, pluggy.PluginValidationError) and "Argument(s)" in str(error):
        return f"a hook takes no arguments; {' and '.join(HOOKS)} are called with none"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"ModuleNotFoundError: it needs the module '{error.name}', which is not installed"
    return words_for(error)
