"""Calling a renderer: whatever it does, it is named together with its distribution."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from attrs import evolve

from sqs_core.errors import PluginError, UsageError, did_you_mean
from sqs_core.letter.report import Report
from sqs_core.platform.shell import quoted
from sqs_core.plugins.discovery import canonical
from sqs_core.plugins.registry import OFFICE, SUFFIXES, Offer, Registry
from sqs_core.plugins.remote import RENDER_SECONDS, RemoteRender, WorkProcess
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.sandbox import StrayedError, checked_file, error_line
from sqs_core.renderers.board_svg import board_picture

RenderReport = Callable[[Report], bytes]


def rendered(chosen: Offer[Renderer] | Renderer, report: Report, *, limit: float = RENDER_SECONDS) -> bytes:
    """Return the file that a renderer makes of ``report``; see :func:`readied`.

    Raises:
        PluginError: names the renderer, and its distribution where an Offer is given, when it raises,
            exits, takes longer than ``limit`` seconds or gives something other than bytes.
    """
    with readied([chosen], limit) as (render,):
        return render(report)


@contextmanager
def readied(chosen: Sequence[Offer[Renderer] | Renderer], limit: float) -> Iterator[tuple[RenderReport, ...]]:
    """Yield for each renderer what makes its file of a report.

    A renderer that did not ship with the product runs in a process of its own, which begins at once to
    load what it needs, while the caller reads the records.  It is ended ``limit`` seconds after the
    report was handed over (0: never), and what it prints is dropped.
    """
    with ExitStack() as stack:
        yield tuple(_render_of(one, limit, stack) for one in chosen)


def _render_of(chosen: Offer[Renderer] | Renderer, limit: float, stack: ExitStack) -> RenderReport:
    renderer = chosen.value if isinstance(chosen, Offer) else chosen
    owner = f" of {chosen.distribution} {chosen.version}" if isinstance(chosen, Offer) else ""
    work: RenderReport = renderer.render
    if isinstance(work, RemoteRender):
        work = stack.enter_context(WorkProcess(work.source, "renderer", work.name, limit)).made_of

    def render(report: Report) -> bytes:
        if report.options.get("board") == "yes" and not report.pictures:
            report = evolve(report, pictures=(board_picture(report),))
        try:
            return checked_file(work(report))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: no renderer ends the program
            said = str(error) if isinstance(error, StrayedError) else error_line(error)
            raise PluginError(
                f"renderer '{renderer.name}'{owner} failed: {said}; it wrote nothing"
            ) from error

    return render


def with_options(report: Report, renderers: Sequence[Renderer], given: Mapping[str, str]) -> Report:
    """Return ``report`` with the options ``given``.

    Raises:
        UsageError: no renderer in use knows one of them, or one of them has a value that is none.
    """
    known = {name: renderer.option(name) for renderer in renderers for name in renderer.options}
    for name, value in given.items():
        if name not in known:
            names = " and ".join(f"'{renderer.name}'" for renderer in renderers)
            raise UsageError(f"no option '{name}' for {names}; {did_you_mean(name, known)}")
        if wrong := known[name].wrong_with(value):
            raise UsageError(f"the option {name} {wrong}")
    return evolve(report, options=dict(given)) if given else report


def fitting(registry: Registry, file: str, kind: str) -> Offer[Renderer]:
    """Return the renderer meant by a file's name: by its suffix, and where its stem is one's own, that one.

    "letter.docx" is the letter as a Word file, "grid.html" the grid, and any other ".html" what
    writes ``kind`` ("letter" or "board") so.

    Raises:
        PluginError: a distribution of ours that failed, or is not installed here, writes such files.
        UsageError: nothing does; it names the suffixes that would do.
    """
    stem, dot, suffix = file.rpartition(".")
    suffix = dot + suffix.lower()
    known = [offer for offer in registry.renderers if dot and offer.value.suffix == suffix]
    named = [offer for offer in known if stem == offer.value.stem]
    for offer in (*named, *(offer for offer in known if offer.value.stem == kind)):
        return offer
    if suffix in SUFFIXES and not known:
        for fault in registry.faults:
            if canonical(fault.distribution) == SUFFIXES[suffix]:
                raise PluginError(f"{fault}; try again, and where it stays so, install it anew")
        message = f"no renderer here writes {suffix} files; they come with {SUFFIXES[suffix]}"
        raise PluginError(f"{message}; install with: python -m pip install {quoted(OFFICE)}")
    suffixes = sorted({offer.value.suffix for offer in registry.renderers if offer.value.stem == kind})
    message = f"what '{file}' shall hold does not show; {kind} files end in {', '.join(suffixes)}"
    if known:
        names = " or ".join(offer.name for offer in known)
        message = f"what '{file}' shall hold does not show; {names} writes {suffix}: say which with -r"
    raise UsageError(message)
