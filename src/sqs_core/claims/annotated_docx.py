"""A Word document with a comment at each paragraph whose claims do not all hold.

The document's own text is left as it is, byte by byte: only the marks of the comments are
put in between.  Reading it into a tree and writing it back would lose what Word needs.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from xml.parsers import expat

from sqs_core.claims.annotated_page import TITLES, remark
from sqs_core.claims.check import Checked
from sqs_core.claims.office import broken, part_of, xml_root
from sqs_core.errors import Problem, RecordError

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"


def annotated_docx(data: bytes, letter: Checked, name: str) -> bytes:
    """``data`` with comments on the claims of ``letter`` that fail, ask or cannot be verified.

    RecordError where it is no Word document.
    """
    document = part_of(data, DOCUMENT, name)
    xml_root(document, name)
    if f'xmlns:w="{NS}"'.encode() not in document:
        raise RecordError(Problem(name, "not written as Word writes it", "save it anew in Word", "K005"))
    notes: dict[int, list[str]] = {}
    for claim in letter.claims:
        if claim.status != "holds":
            said = f"“{claim.quote}”: {TITLES[claim.status]}. {remark(claim)}"
            notes.setdefault(claim.block, []).append(said)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        old = _text_of(data, COMMENTS, name) if COMMENTS in names else ""
        taken = [int(n) for n in re.findall(r'<w:comment\b[^>]*\bw:id="(\d{1,9})"', old)]
        first = max(taken, default=-1) + 1
        ids = {block: first + place for place, block in enumerate(sorted(notes))}
        changed = {
            DOCUMENT: _marked(document, ids),
            COMMENTS: _comments(old, {ids[block]: lines for block, lines in notes.items()}),
            RELATIONS: _related(_text_of(data, RELATIONS, name) if RELATIONS in names else ""),
            TYPES: _typed(_text_of(data, TYPES, name)),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in archive.namelist():
                content = changed.pop(entry, None)
                made.writestr(entry, part_of(data, entry, name) if content is None else content)
            for entry, content in changed.items():
                made.writestr(entry, content)
    return out.getvalue()


def _text_of(data: bytes, part: str, name: str) -> str:
    try:
        return part_of(data, part, name).decode()
    except UnicodeDecodeError:
        raise broken(name) from None


def _marked(document: bytes, ids: dict[int, int]) -> bytes:
    """The marks of each comment at the bounds of its paragraph."""
    inserts: list[tuple[int, str]] = []
    for block, (start, end) in enumerate(_paragraph_bounds(document)):
        if block in ids:
            number = ids[block]
            inserts.append((start, f'<w:commentRangeStart w:id="{number}"/>'))
            reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
            inserts.append((end, f'<w:commentRangeEnd w:id="{number}"/>{reference}'))
    for place, mark in sorted(inserts, reverse=True):
        document = document[:place] + mark.encode() + document[place:]
    return document


def _paragraph_bounds(document: bytes) -> list[tuple[int, int]]:
    """Where the content of each paragraph with words in it begins and ends, in bytes.

    Only as Word itself counts them: a paragraph within a text box ends before its outer one,
    but the outer one began first.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    open_ones: list[list[int]] = []  # number, content begin, whether it has words, whether in properties
    found: dict[int, tuple[int, int, bool]] = {}
    count, after, in_words = 0, [False], [False]

    def begin(tag: str, _: dict[str, str]) -> None:
        nonlocal count
        if after[0] and open_ones:
            open_ones[-1][1] = parser.CurrentByteIndex
            after[0] = False
        if tag == f"{NS}}}p":
            open_ones.append([count, parser.CurrentByteIndex, 0])
            count += 1
            after[0] = True
        in_words[0] = tag == f"{NS}}}t"

    def end(tag: str) -> None:
        place = parser.CurrentByteIndex
        if tag == f"{NS}}}p":
            number, start, words = open_ones.pop()
            found[number] = (start, place, bool(words))
            if open_ones and words:
                open_ones[-1][2] = 1
            after[0] = False
        elif tag == f"{NS}}}pPr" and open_ones:
            after[0] = True
        in_words[0] = False

    def text(words: str) -> None:
        if in_words[0] and words.strip() and open_ones:
            open_ones[-1][2] = 1

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    parser.Parse(document, True)
    return [(start, stop) for _, (start, stop, words) in sorted(found.items()) if words]


def _comments(old: str, notes: dict[int, list[str]]) -> bytes:
    made = "".join(
        f'<w:comment w:id="{number}" w:author="sqs letter check" w:initials="sqs">'
        + "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>'
            for line in lines
        )
        + "</w:comment>"
        for number, lines in sorted(notes.items())
    )
    if "</w:comments>" in old:
        return old.replace("</w:comments>", made + "</w:comments>").encode()
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{NS}">'
    return f"{head}{made}</w:comments>".encode()


def _related(relations: str) -> bytes:
    text = relations or (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    if RELATION in text:
        return text.encode()
    added = f'<Relationship Id="rIdSqsComments" Type="{RELATION}" Target="comments.xml"/>'
    text = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", text)
    return text.replace("</Relationships>", added + "</Relationships>").encode()


def _typed(types: str) -> bytes:
    if TYPE in types:
        return types.encode()
    return types.replace(
        "</Types>", f'<Override PartName="/word/comments.xml" ContentType="{TYPE}"/></Types>'
    ).encode()
