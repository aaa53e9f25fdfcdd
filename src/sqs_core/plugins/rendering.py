"""Calling a renderer behind a fence: whatever it does, its distribution is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from sqs_core.errors import PluginError, UsageError, did_you_mean
from sqs_core.letter.report import Report
from sqs_core.plugins.fence import StrayedError, apart, can_part, here
from sqs_core.plugins.registry import OURS, Offer
from sqs_core.plugins.renderer import Renderer


def rendered(chosen: Offer[Renderer] | Renderer, report: Report, *, limit: float | None = None) -> bytes:
    """The file that a renderer makes of ``report``.

    PluginError names the renderer, and its distribution where an Offer is given, when it
    raises, exits, crashes, or gives something other than bytes.  What it prints is dropped.
    With ``limit`` a renderer that did not ship with the product runs in a process of its own,
    which is ended after so many seconds (0: never), or by Ctrl-C; where no process can be
    split off (Windows, several threads) it runs here, without a limit.
    """
    offer = chosen if isinstance(chosen, Offer) else None
    renderer = chosen.value if isinstance(chosen, Offer) else chosen
    ours = offer is not None and offer.distribution == OURS

    def work() -> bytes:
        return renderer.render(report)

    try:
        if limit is not None and not ours and can_part():
            return apart(work, limit or None)
        return here(work)
    except StrayedError as error:
        owner = f" of {offer.distribution} {offer.version}" if offer else ""
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
