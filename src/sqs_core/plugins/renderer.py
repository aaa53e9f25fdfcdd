"""What a plugin offers when it offers a renderer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

from attrs import field, frozen

from sqs_core.letter.report import Report

OptionKind = Literal["text", "number", "yes-no", "file", "folder"]


@frozen
class Option:
    """An option of a renderer, given as ``--option NAME=VALUE``.

    ``description`` is one line for lists.  With ``choices`` the value is one of them; else ``kind`` says
    what it is: text, a whole number from ``least`` up, yes or no, or the path of a file or folder that
    must be there.  ``default`` is what the renderer takes where the option is not given; lists show it.

    >>> page = Option("the size of the paper", choices=("A4", "A5"), default="A4")
    >>> page.wrong_with("A7")
    "is A4 or A5, not 'A7'"
    """

    description: str
    kind: OptionKind = "text"
    choices: tuple[str, ...] = ()
    default: str = ""
    least: int = 1

    @property
    def values(self) -> tuple[str, ...]:
        """The values there are; () where there are too many to list."""
        return self.choices or (("yes", "no") if self.kind == "yes-no" else ())

    def wrong_with(self, value: str) -> str:
        """Return what is wrong with ``value``; "" where it can be used."""
        if self.values and value not in self.values:
            return f"is {' or '.join(self.values)}, not '{value}'"
        if self.kind == "number" and not (re.fullmatch(r"-?[0-9]{1,9}", value) and int(value) >= self.least):
            return f"is a whole number from {self.least} up, not '{value}'"
        if self.kind == "file" and not Path(value).expanduser().is_file():
            return f"needs a file, and {value} is none"
        if self.kind == "folder" and not Path(value).expanduser().is_dir():
            return f"needs a folder, and {value} is none"
        return ""


@frozen(repr=False)
class Renderer:
    r"""A way to write the letter, or the board, as a file.

    ``name`` is what people type after ``-r``; ``suffix`` (".docx") and ``media_type`` say what
    comes out; ``description`` is one line for lists.  ``render`` gives the whole file as bytes
    from a report, and the same bytes from the same report.  ``needs_records`` declares, and
    shows to users, that the output opens up single cases (case references and answers), so
    that it is not for publication.

    ``options`` maps the name of each option the renderer reads from ``report.options`` to an
    :class:`Option`, or to one line that says what it does; any other option, or a value that is none,
    is refused before ``render`` is called.  ``stem`` is
    the name of the file, without suffix, where the user gives only a folder.  One that reads
    only the findings says ``needs_letter`` false, and works under versions that plan no letter.

    ``prepare`` is what ``render`` would do first whatever the report is, such as importing a library.
    It may be called before there is a report, in the process in which ``render`` will be called, so
    that the records are read meanwhile; or not at all.

    >>> def headings(report):
    ...     return "\n".join(b.text for b in report.document.blocks if isinstance(b, Heading)).encode()
    >>> renderer = Renderer("headings", ".txt", "text/plain", "the headings of the letter", headings)
    >>> renderer.render(compose_report(open_inspection("darlington-2012"))).split(b"\n")[1]
    b'Context'
    """

    name: str
    suffix: str
    media_type: str
    description: str
    render: Callable[[Report], bytes]
    needs_records: bool = False
    options: Mapping[str, Option | str] = field(factory=dict)
    stem: str = "letter"
    needs_letter: bool = True
    prepare: Callable[[], object] | None = None

    def __repr__(self) -> str:
        return f"<Renderer {self.name} ({self.suffix}): {self.description}>"

    def option(self, name: str) -> Option:
        """Return what is declared of the option ``name``; KeyError where it is none of the renderer's."""
        declared = self.options[name]
        return declared if isinstance(declared, Option) else Option(declared)

    @property
    def is_text(self) -> bool:
        """Whether the output can go to a terminal."""
        return self.media_type.startswith("text/") or self.media_type == "application/json"


def wrong_with(renderer: Renderer) -> Iterator[str]:
    """Yield what keeps ``renderer`` from being offered: of what it declares, whatever no one could use."""
    name = renderer.name
    if not (isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name)):
        yield f"a renderer's name is small letters, digits and hyphens, not {name!r}"
    if not (isinstance(renderer.suffix, str) and re.fullmatch(r"\.[A-Za-z0-9.]+", renderer.suffix)):
        yield f"the suffix of '{name}' must be such as '.docx', not {renderer.suffix!r}"
    if not (isinstance(renderer.media_type, str) and "/" in renderer.media_type):
        yield f"the media type of '{name}' must be such as 'text/html', not {renderer.media_type!r}"
    if not (isinstance(renderer.stem, str) and re.fullmatch(r"\w[\w.-]{0,99}", renderer.stem)):
        yield f"the stem of '{name}' must be a file's name such as 'letter', not {renderer.stem!r}"
    known = renderer.options if _named(renderer.options) else {}
    descriptions = (renderer.description, *(_description(option) for option in known.values()))
    if not all(isinstance(d, str) and d.isprintable() and 0 < len(d) <= 100 for d in descriptions):
        yield f"the description of '{name}', and of each option, must be one line of at most 100 characters"
    if not _named(renderer.options):
        yield f"the options of '{name}' must be a mapping of names to what they do, not {renderer.options!r}"
    for option_name, option in known.items():
        if isinstance(option, Option):
            yield from (f"the option '{option_name}' of '{name}' {what}" for what in _unusable(option))
    if not callable(renderer.render):
        yield f"the render of '{name}' cannot be called"
    if not (renderer.prepare is None or callable(renderer.prepare)):
        yield f"the prepare of '{name}' cannot be called"


def _unusable(option: Option) -> Iterator[str]:
    kinds = get_args(OptionKind)
    if option.kind not in kinds:
        yield f"has the kind {option.kind!r}; known: {', '.join(kinds)}"
    elif option.default and option.kind not in ("file", "folder") and option.wrong_with(option.default):
        yield f"{option.wrong_with(option.default)}, its default"


def _description(option: object) -> object:
    return option.description if isinstance(option, Option) else option


def _named(options: object) -> bool:
    return isinstance(options, Mapping) and all(isinstance(name, str) for name in options)
