"""Calling a renderer behind a fence: whatever it does, its distribution is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from attrs import evolve

from sqs_core.errors import PluginError, UsageError, did_you_mean
from sqs_core.letter.report import Report
from sqs_core.plugins.registry import OURS, Offer
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.sandbox import Apart, StrayedError, can_part, here


def rendered(chosen: Offer[Renderer] | Renderer, report: Report) -> bytes:
    """The file that a renderer makes of ``report``, in this process and without a limit of time.

    PluginError names the renderer, and its distribution where an Offer is given, when it
    raises, exits, or gives something other than bytes.  What it prints is dropped.
    """
    renderer = chosen.value if isinstance(chosen, Offer) else chosen
    with _named(chosen):
        return here(lambda: renderer.render(report))


@contextmanager
def readied(
    offers: Sequence[Offer[Renderer]], limit: float
) -> Iterator[tuple[Callable[[Report], bytes], ...]]:
    """For each of ``offers`` what makes its file of a report, as :func:`rendered` does.

    A renderer that did not ship with the product runs in a process of its own, which begins at once to
    load what it needs, while the caller reads the records.  It is ended ``limit`` seconds after the
    report was handed over (0: never), or by Ctrl-C.  Where no process can be split off (Windows,
    several threads) it runs here, without a limit.
    """
    with ExitStack() as stack:
        yield tuple(_maker(offer, limit, stack) for offer in offers)


def _maker(offer: Offer[Renderer], limit: float, stack: ExitStack) -> Callable[[Report], bytes]:
    if offer.distribution == OURS or not can_part():
        return partial(rendered, offer)
    child = stack.enter_context(Apart(offer.value.render, offer.value.prepare, limit))

    def make(report: Report) -> bytes:
        with _named(offer):
            return child.done(report)

    return make


@contextmanager
def _named(chosen: Offer[Renderer] | Renderer) -> Iterator[None]:
    """What goes wrong within is told with the name of the renderer, and of who offers it."""
    try:
        yield
    except StrayedError as error:
        renderer = chosen.value if isinstance(chosen, Offer) else chosen
        owner = f" of {chosen.distribution} {chosen.version}" if isinstance(chosen, Offer) else ""
        raise PluginError(f"renderer '{renderer.name}'{owner} failed: {error}; it wrote nothing") from error


def with_options(report: Report, renderers: Iterable[Renderer], given: Mapping[str, str]) -> Report:
    """``report`` with the options ``given``; UsageError where no renderer in use knows one."""
    known = {name: what for renderer in renderers for name, what in renderer.options.items()}
    for name in given:
        if name not in known:
            names = " and ".join(f"'{renderer.name}'" for renderer in renderers)
            raise UsageError(f"no option '{name}' for {names}; {did_you_mean(name, known)}")
    return evolve(report, options=dict(given)) if given else report


def fitting(offers: Iterable[Offer[Renderer]], file: str, kind: str) -> Offer[Renderer]:
    """The renderer meant by a file's name: by its suffix, and where its name begins as one's own, that one.

    "letter.docx" is the letter as a Word file, "grid.html" the grid, and any other ".html" what
    writes ``kind`` ("letter" or "board") so.  UsageError with the suffixes that would do.
    """
    stem, dot, suffix = file.rpartition(".")
    offers = tuple(offers)
    known = [offer for offer in offers if dot and offer.value.suffix == f".{suffix.lower()}"]
    named = [offer for offer in known if stem == offer.value.stem]
    for offer in (*named, *(offer for offer in known if offer.value.stem == kind)):
        return offer
    suffixes = sorted({offer.value.suffix for offer in offers if offer.value.stem == kind})
    raise UsageError(f"what '{file}' shall hold does not show; {kind} files end in {', '.join(suffixes)}")
