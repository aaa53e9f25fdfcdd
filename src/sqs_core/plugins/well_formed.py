"""Whether a file is what its media type says: JSON and XML that can be read, tables with whole rows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}
_XML = (".xml", ".rels", ".xhtml", ".svg")


def ill_formed(data: bytes, media_type: str) -> Iterator[str]:
    """Yield what keeps ``data`` from being read as ``media_type``; nothing where that cannot be told."""
    kind = media_type.partition(";")[0].strip()
    if kind == "application/json" or kind.endswith("+json"):
        try:
            json.loads(data)
        except ValueError as error:
            yield f"is no JSON: {error}"
    elif kind in ("text/xml", "application/xml") or kind.endswith("+xml"):
        yield from _no_xml(data, "it")
    elif kind in _SEPARATORS:
        yield from _torn(data, _SEPARATORS[kind])
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                if name.endswith(_XML):
                    yield from _no_xml(package.read(name), name)


def _no_xml(data: bytes, name: str) -> Iterator[str]:
    try:
        ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"{name} is no XML: {error}; escape what people wrote"


def _torn(data: bytes, separator: str) -> Iterator[str]:
    rows = [
        row
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
        if row
    ]
    for place, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            yield f"row {place} has {len(row)} cells, the first {len(rows[0])}: quote what people wrote"
            return
