"""What is asked of plugins from outside their process: what they offer, a file made, a document read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from attrs import evolve, frozen

from sqs_core.letter.report import Report
from sqs_core.plugins.discovery import PluginFault, PluginSource
from sqs_core.plugins.loading import LoadingError, Offered, load
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.sandbox import Deadline, PluginProcess, StrayedError, checked_file, error_line

T = TypeVar("T")
WorkKind = Literal["renderer", "reader"]
RENDER_SECONDS = 60.0
READ_SECONDS = 60.0
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
        renderers = tuple(_without_code(source, renderer) for renderer in found.renderers)
        readers = tuple(evolve(reader, read=RemoteRead(source, reader.suffix)) for reader in found.readers)
        connection.send(found._replace(renderers=renderers, readers=readers))


def _without_code(source: PluginSource, renderer: Renderer) -> Renderer:
    remote = RemoteRender(source, renderer.name)
    return evolve(renderer, render=remote, options=dict(renderer.options), prepare=None)


class WorkProcess:
    """A renderer or a reader in a process of its own, which loads what it needs at once.

    Leaving the ``with`` block ends a process that is still there.
    """

    def __init__(self, source: PluginSource, kind: WorkKind, name: str, limit: float) -> None:
        self._child = PluginProcess(_work, source, kind, name)
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.__exit__(kind, error, trace)

    def made_of(self, given: object) -> Any:
        """Return what it makes of ``given``, in at most ``limit`` seconds from now (0: any time).

        Raises:
            StrayedError: what the plugin did wrong.
        """
        deadline = Deadline(self._limit)
        self._answer(deadline)  # that it is ready
        self._child.send(given)
        return self._answer(deadline)

    def _answer(self, deadline: Deadline) -> Any:
        done, made = self._child.receive(deadline)
        if not done:
            raise StrayedError(made)
        return made


def _work(connection: Connection, source: PluginSource, kind: WorkKind, name: str) -> None:
    """In the child: load the plugin, get ready, wait for a report or file and send what is made of it."""
    try:
        work = (_renderer if kind == "renderer" else _reader)(source, name)
        connection.send((True, None))
        connection.send((True, work(connection.recv())))
    except BaseException as error:  # SystemExit too
        connection.send((False, error_line(error)))


def _renderer(source: PluginSource, name: str) -> Callable[[Report], bytes]:
    renderer = _still_offered(one for one in _loaded(source).renderers if one.name == name)
    if renderer.prepare is not None:
        renderer.prepare()
    return lambda report: checked_file(renderer.render(report))


def _reader(source: PluginSource, suffix: str) -> Callable[[bytes], list[str]]:
    reader = _still_offered(one for one in _loaded(source).readers if one.suffix == suffix)
    return lambda data: checked_paragraphs(reader.read(data))


def _still_offered(found: Iterator[T]) -> T:
    if (one := next(found, None)) is None:
        raise StrayedError("it is not offered any more")
    return one


def _loaded(source: PluginSource) -> Offered:
    try:
        return load(source)
    except LoadingError as error:
        raise StrayedError(f"{error.phase}: {error.what}") from error


def checked_paragraphs(given: object) -> list[str]:
    """Return ``given``, which a reader gave; StrayedError where it is no list of paragraphs."""
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise StrayedError(f"it gave {type(given).__name__} instead of a list of paragraphs")
    paragraphs = list(given)
    for paragraph in paragraphs:
        if not isinstance(paragraph, str):
            raise StrayedError(f"it gave {type(paragraph).__name__} as a paragraph instead of str")
    return paragraphs


@frozen
class RemoteRender:
    """What stands as ``render`` of a plugin's renderer: it runs in a process of its own."""

    source: PluginSource
    name: str

    def __call__(self, report: Report) -> bytes:
        with WorkProcess(self.source, "renderer", self.name, RENDER_SECONDS) as process:
            made: bytes = process.made_of(report)
            return made


@frozen
class RemoteRead:
    """What stands as ``read`` of a plugin's reader, likewise."""

    source: PluginSource
    suffix: str

    def __call__(self, data: bytes) -> list[str]:
        with WorkProcess(self.source, "reader", self.suffix, READ_SECONDS) as process:
            paragraphs: list[str] = process.made_of(data)
            return paragraphs
