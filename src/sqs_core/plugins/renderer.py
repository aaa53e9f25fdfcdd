"""What a plugin offers when it offers a renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from sqs_core.lean import Lean
from sqs_core.letter.report import Report


@frozen
class Renderer(Lean):
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
