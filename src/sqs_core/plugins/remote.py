"""What is asked of plugins from outside their process: what they offer, and a file made of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from attrs import evolve, frozen

from sqs_core.letter.report import Report
from sqs_core.plugins.discovery import PluginFault, PluginSource
from sqs_core.plugins.loading import LoadingError, Offered, load
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.sandbox import Deadline, PluginProcess, StrayedError, checked_file, words_for

RENDER_SECONDS = 60.0
START_SECONDS = 60.0
"""For the child itself: on Windows a new Python, whose files a virus scanner reads first, takes its time."""


def offered(
    sources: Sequence[PluginSource], limit: float
) -> Iterator[tuple[PluginSource, Offered | PluginFault]]:
    """Yield what each of ``sources`` offers, or what is wrong with it; each may take ``limit`` seconds.

    One child process loads them all, one after the other.  A plugin that ends it loses only its own
    offer: another child goes on with those after it.
    """
    left = list(sources)
    while left:
        with PluginProcess(_offer, left) as child:
            deadline = Deadline(START_SECONDS)
            for source in tuple(left):
                del left[0]
                try:
                    child.receive(deadline)  # that this plugin is begun with
                    yield source, child.receive(Deadline(limit))
                except StrayedError as error:
                    yield source, PluginFault(*source[:3], "loading", str(error))
                    break


def _offer(connection: Connection, sources: Sequence[PluginSource]) -> None:
    """In the child: send of each plugin what it offers, without its code."""
    for source in sources:
        connection.send(None)
        try:
            found = load(source)
        except LoadingError as error:
            connection.send(PluginFault(*source[:3], error.phase, error.what))
            continue
        connection.send(found._replace(renderers=tuple(_without_code(source, r) for r in found.renderers)))


def _without_code(source: PluginSource, renderer: Renderer) -> Renderer:
    remote = RemoteRender(source, renderer.name)
    return evolve(renderer, render=remote, options=dict(renderer.options), prepare=None)


class RenderProcess:
    """A renderer in a process of its own, which loads what it needs while the records are read.

    Leaving the ``with`` block ends a process that is still there.
    """

    def __init__(self, source: PluginSource, name: str, limit: float) -> None:
        self._child = PluginProcess(_render, source, name)
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.__exit__(kind, error, trace)

    def render(self, report: Report) -> bytes:
        """Return the file made of ``report``, in at most ``limit`` seconds from now (0: any time).

        Raises:
            StrayedError: what the plugin did wrong.
        """
        deadline = Deadline(self._limit)
        self._answer(deadline)  # that it is ready
        self._child.send(report)
        return self._answer(deadline)

    def _answer(self, deadline: Deadline) -> bytes:
        done, data = self._child.receive(deadline)
        if not done:
            raise StrayedError(data)
        return data  # type: ignore[no-any-return]


def _render(connection: Connection, source: PluginSource, name: str) -> None:
    """In the child: load the plugin, get ready, wait for a report and send the file made of it."""
    try:
        renderer = _renderer(source, name)
        if renderer.prepare is not None:
            renderer.prepare()
        connection.send((True, b""))
        connection.send((True, checked_file(renderer.render(connection.recv()))))
    except BaseException as error:  # SystemExit too
        connection.send((False, words_for(error)))


def _renderer(source: PluginSource, name: str) -> Renderer:
    try:
        return next(renderer for renderer in load(source).renderers if renderer.name == name)
    except LoadingError as error:
        raise StrayedError(f"{error.phase}: {error.what}") from error
    except StopIteration:
        raise StrayedError("it is not offered any more") from None


@frozen
class RemoteRender:
    """What stands as ``render`` of a plugin's renderer: it runs in a process of its own."""

    source: PluginSource
    name: str

    def __call__(self, report: Report) -> bytes:
        with RenderProcess(self.source, self.name, RENDER_SECONDS) as process:
            return process.render(report)
