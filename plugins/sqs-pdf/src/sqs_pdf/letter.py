"""Setting the letter with Typst: tagged, fonts embedded, the same bytes from the same report."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import typst
from attrs import asdict

from sqs_core.letter.document import Block, Heading, Items, Lines, Paragraph, stays_with
from sqs_core.letter.report import Report

SOURCE = Path(__file__).with_name("letter.typ")


def render_pdf(report: Report) -> bytes:
    """The letter as PDF/UA-1.

    ValueError where the fonts lack a character of it: such a PDF could not be read aloud.
    """
    fonts = [Path(folder).expanduser() for name, folder in report.options.items() if name == "fonts"]
    for folder in fonts:
        if not folder.is_dir():
            raise ValueError(f"the option fonts needs a folder, and {folder} is none")
    try:
        return _set(letter_data(report), fonts)
    except typst.TypstError as error:
        raise ValueError(_told(error)) from None


def prepare() -> None:
    """Have Typst read its fonts and the source, which it keeps; an empty letter is set for that."""
    blocks = [{"kind": "paragraph", "text": "-", "leads": False}]
    letter = {"title": "-", "marks": "", "lang": "en", "region": "GB", "date": [2000, 1, 1]}
    _set(json.dumps({**letter, "blocks": blocks, "pictures": [], "after": []}), [])


def _set(data: str, fonts: list[Path]) -> bytes:
    made: bytes = typst.compile(
        SOURCE,
        output=None,
        root=SOURCE.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"letter": data},
        pdf_standards="ua-1",
    )
    return made


def letter_data(report: Report) -> str:
    """The letter as the JSON that the source reads."""
    language, _, region = report.language_tag.partition("-")
    day = report.file_time
    before, after = map(_blocks, report.around_pictures)
    data = {
        "title": report.document.title,
        "lang": language,
        "region": region or None,
        "marks": report.mark_line,
        "date": [day.year, day.month, day.day],
        "blocks": before,
        "pictures": [asdict(picture) for picture in report.pictures],
        "after": after,
    }
    return json.dumps(data, ensure_ascii=False)


def _told(error: typst.TypstError) -> str:
    """What is wrong, and what would work: most often a character that no font has."""
    said = str(error)
    missing = re.search(r"the text `\"(.+?)\"` could not be displayed", said)
    if missing:
        codes = " ".join(f"U+{ord(letter):04X}" for letter in missing[1])
        return f"no font here has {missing[1]} ({codes}); give one that has with --option fonts=FOLDER"
    return said


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [_block(block, following) for block, following in zip_longest(blocks, blocks[1:])]


def _block(block: Block, following: Block | None) -> dict[str, Any]:
    if isinstance(block, Heading):
        number = f"{block.number}. " if block.number else ""
        return {"kind": "heading", "level": block.level, "text": number + block.text}
    if isinstance(block, Paragraph):
        if block.number:
            return {"kind": "numbered", "number": f"{block.number}.", "text": block.words}
        return {"kind": "paragraph", "text": block.words, "leads": stays_with(following)}
    if isinstance(block, Items):
        return {"kind": block.style, "items": [item.words for item in block.items]}
    assert isinstance(block, Lines)
    return {"kind": block.role, "title": block.title, "lines": list(block.lines)}
