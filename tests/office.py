"""Small office documents, made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = ("office", "text", "table", "draw", "style", "meta")


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of ``parts``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def run(words: str, properties: str = "") -> str:
    """A run of a Word paragraph."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A Word paragraph; what is no markup becomes a run."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def word(
    *paragraphs: str, main: str = "word/document.xml", space: str = W, document: str = "", **parts: str
) -> bytes:
    """A Word document; ``parts`` are others of the main part's, such as ``footnotes``, by their content.

    What stands in ``paragraphs`` is a paragraph's words, or its markup.
    """
    body = "".join(p if p.startswith("<") else paragraph(p) for p in paragraphs)
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": main}),
        main: document or f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        "word/media/image.png": "PNG",
    }
    if parts:
        folder, _, name = main.rpartition("/")
        made[f"{folder}/_rels/{name}.rels"] = _relations({kind: f"{kind}.xml" for kind in parts})
    for kind, content in parts.items():
        made[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{space}">{content}</w:{kind}>'
    return archive(made)


def _relations(targets: Mapping[str, str]) -> str:
    made = "".join(f'<Relationship Id="r{k}" Type="{_KIND}/{k}" Target="{t}"/>' for k, t in targets.items())
    return f'<Relationships xmlns="{_RELATIONS}">{made}</Relationships>'


def odt(body: str, looks: str = "", meta: str = "", masters: str = "") -> bytes:
    """An OpenDocument text; ``looks`` are its automatic styles, ``masters`` the heads and feet of its pages."""
    names = " ".join(f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in _ODF)
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    automatic = f"<office:automatic-styles>{looks}</office:automatic-styles>"
    made = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {names}>{automatic}{text}</office:document-content>",
    }
    for name, content in (("meta", meta), ("styles", masters)):
        made[f"{name}.xml"] = f"<office:document-{name} {names}>{content}</office:document-{name}>"
    return archive(made)
