"""An office document is an archive of XML: its parts, read with a bound on size and depth.

What comes from outside is not trusted: a document type (with which entities could be declared), a part
that grows too large or elements nested too deep are refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cached_property
from typing import Final

from attrs import define
from lxml import etree

from sqs_core.documents.passages import too_large
from sqs_core.errors import Problem, RecordError

LARGEST: Final = 20_000_000
"""Bytes of one part; the longest letters are a thousandth of this."""
MOST_TAGS: Final = 1_000_000
"""Tags in one part, or in a web page, with which a file can be small and yet take minutes to read."""


@define(slots=False)
class Archive:
    """The parts of the office document ``data``, a file called ``name`` in what is said of it."""

    data: bytes
    name: str

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, OSError, ValueError):
            raise self.broken() from None

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._zip.namelist())

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._zip.NameToInfo

    def read(self, part: str) -> bytes:
        """Return one part; RecordError where there is none, or it is too large."""
        try:
            if self._zip.getinfo(part).file_size > LARGEST:
                raise too_large(self.name)
            # The stated size can lie: never read more than it allows.
            with self._zip.open(part) as file:
                content = file.read(LARGEST + 1)
        except (
            zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError,
        ):  # fmt: skip
            raise self.broken() from None
        if len(content) > LARGEST:
            raise too_large(self.name)
        return content

    def root(self, part: str) -> etree._Element:
        """Return the root of a part that is XML; RecordError where it is not, or nests too deep."""
        return xml_root(self.read(part), self.name)

    def broken(self) -> RecordError:
        """Return the refusal of a file that is not what its suffix says."""
        return broken_file(self.name)


def xml_root(content: bytes, name: str) -> etree._Element:
    """Return the root of ``content``; the file called ``name`` is refused where it is no plain XML."""
    if content.count(b"<") > MOST_TAGS:
        raise too_large(name)
    declares = b"<!DOCTYPE" in content or b"<!ENTITY" in content
    # In another encoding those words would read otherwise; offices write UTF-8.
    if declares or b"\x00" in content:
        raise RecordError(
            Problem(name, "holds a document type, which no letter needs", "save it anew", "K004")
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, remove_comments=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if gave_up_for_depth(error.code, error.msg):
            raise too_deep(name) from None
        raise broken_file(name) from None
    except (LookupError, ValueError):  # of an unknown encoding
        raise broken_file(name) from None


def gave_up_for_depth(kind: int, message: str) -> bool:
    """Return whether an error of the parser is that what it read nests too deep.

    libxml2 has a kind of its own for that only since 2.12; lxml's wheel for Windows brings 2.11.
    """
    return kind == etree.ErrorTypes.ERR_RESOURCE_LIMIT or "Excessive depth" in message


def too_deep(name: str) -> RecordError:
    """Return the refusal of a file whose parts are nested as no letter's are."""
    what = "nested more than 250 deep, as no letter is"
    return RecordError(Problem(name, what, "copy its words into a new document", "K006"))


def broken_file(name: str) -> RecordError:
    """Return the refusal of a file that is not what its suffix says."""
    if name.lower().endswith(".odt"):
        return RecordError(Problem(name, "not an OpenDocument text", "save it as .odt or .txt", "K003"))
    return RecordError(Problem(name, "not a Word document", "save it as .docx or .txt", "K003"))
