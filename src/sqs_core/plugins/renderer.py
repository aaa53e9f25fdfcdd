"""What a plugin offers when it offers a renderer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import field, frozen

from sqs_core.letter.report import Report


@frozen
class Renderer:
    """A way to write the letter, or the board, as a file.

    ``name`` is what people type after ``-r``; ``suffix`` (".docx") and ``media_type`` say what
    comes out; ``description`` is one line for lists.  ``render`` gives the whole file as bytes
    from a report, and the same bytes from the same report.  ``needs_records`` declares, and
    shows to users, that the output opens up single cases (case references and answers), so
    that it is not for publication.

    ``options`` maps each option the renderer reads from ``report.options`` to one line that
    says what it does; any other option is refused before ``render`` is called.  ``stem`` is
    the name of the file, without suffix, where the user gives only a folder.  One that reads
    only the findings says ``needs_letter`` false, and works under versions that plan no letter.

    ``prepare`` is what ``render`` would do first whatever the report is, such as importing a library.
    It may be called before there is a report, in the process in which ``render`` will be called, so
    that the records are read meanwhile; or not at all.
    """

    name: str
    suffix: str
    media_type: str
    description: str
    render: Callable[[Report], bytes]
    needs_records: bool = False
    options: Mapping[str, str] = field(factory=dict)
    stem: str = "letter"
    needs_letter: bool = True
    prepare: Callable[[], object] | None = None

    @property
    def is_text(self) -> bool:
        """Whether the output can go to a terminal."""
        return self.media_type.startswith("text/") or self.media_type == "application/json"


def wrong_with(renderer: Renderer) -> Iterator[str]:
    """What keeps ``renderer`` from being offered: of what it declares, whatever no one could use."""
    name = renderer.name
    if not (isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name)):
        yield f"a renderer's name is small letters, digits and hyphens, not {name!r}"
    if not (isinstance(renderer.suffix, str) and re.fullmatch(r"\.[A-Za-z0-9.]+", renderer.suffix)):
        yield f"the suffix of '{name}' must be such as '.docx', not {renderer.suffix!r}"
    if not (isinstance(renderer.media_type, str) and "/" in renderer.media_type):
        yield f"the media type of '{name}' must be such as 'text/html', not {renderer.media_type!r}"
    if not (isinstance(renderer.stem, str) and re.fullmatch(r"\w[\w.-]{0,99}", renderer.stem)):
        yield f"the stem of '{name}' must be a file's name such as 'letter', not {renderer.stem!r}"
    told = (renderer.description, *renderer.options.values()) if _named(renderer.options) else ()
    if not all(isinstance(line, str) and line.isprintable() and 0 < len(line) <= 100 for line in told):
        yield f"the description of '{name}', and of each option, must be one line of at most 100 characters"
    if not _named(renderer.options):
        yield f"the options of '{name}' must be a mapping of names to what they do, not {renderer.options!r}"
    if not callable(renderer.render):
        yield f"the render of '{name}' cannot be called"
    if not (renderer.prepare is None or callable(renderer.prepare)):
        yield f"the prepare of '{name}' cannot be called"


def _named(options: object) -> bool:
    return isinstance(options, Mapping) and all(isinstance(name, str) for name in options)
