"""Kept drafts of the letter: ``drafts/1.json``, ``drafts/2.json`` … beside the records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict

from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.letter.change_annex import with_changes
from sqs_core.letter.drafts import Draft, draft_of
from sqs_core.storage.atomic import ABSENT, write_durably
from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.converter import structured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.layout import folder_inside, inside
from sqs_core.storage.safe_read import names_in, read_bytes
from sqs_core.text import whole_number

if TYPE_CHECKING:
    from sqs_core.letter.document import Document
    from sqs_core.letter.report import Report
    from sqs_core.plugins.renderer import Renderer
    from sqs_core.scoring.findings import Findings

DRAFTS = "drafts"
FORMAT = 1


def draft_numbers(folder: Path) -> tuple[int, ...]:
    """Return the numbers of the drafts kept in the inspection ``folder``, in order."""
    drafts = names_in(folder_inside(folder, DRAFTS))
    found = (whole_number(name.removesuffix(".json")) for name in drafts if name.endswith(".json"))
    return tuple(sorted(number for number in found if number is not None))


def keep_draft(folder: InspectionFolder, document: Document, findings: Findings) -> tuple[int, Path]:
    """Keep the letter ``document`` as the next draft and enter that; return its number and its file.

    HeldError where somebody else kept one meanwhile.
    """
    number = max(draft_numbers(folder.path), default=0) + 1
    path = inside(folder.path, f"{DRAFTS}/{number}.json")
    make_folder(path.parent)
    data = {"format": FORMAT, **asdict(draft_of(document, findings, number))}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_durably(path, text.encode(), expect=ABSENT, check=lambda kept: _read(kept, path.name))
    log_output(folder, "draft", {"number": number})
    return number, path


def load_draft(folder: Path, number: int | None = None) -> Draft:
    """Draft ``number``, the last one where None; UsageError where there is none."""
    numbers = draft_numbers(folder)
    if not numbers:
        raise UsageError(f"no draft has been kept in {folder}; 'sqs letter draft {folder}' keeps one")
    wanted = numbers[-1] if number is None else number
    if wanted not in numbers:
        raise UsageError(f"no draft {wanted}; kept: {', '.join(map(str, numbers))}")
    name = f"{DRAFTS}/{wanted}.json"
    return _read(read_bytes(inside(folder, name)), name)


def since_draft(folder: Path, report: Report, draft: str, renderers: Iterable[Renderer]) -> Report:
    """Return ``report`` with what changed since ``draft`` ("1", "2" … or "last") at the end of its letter.

    UsageError where there is no such draft, and where one of the ``renderers`` renders no letter.
    """
    for renderer in renderers:
        if not renderer.needs_letter:
            raise UsageError(
                f"what changed since a draft stands in the letter, and '{renderer.name}' renders none"
            )
    number = whole_number(draft)
    if draft != "last" and number is None:
        raise UsageError(f"'{draft}' is not the number of a draft, nor last")
    return with_changes(report, load_draft(folder, number))


def _read(data: bytes, where: str) -> Draft:
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        raise RecordError(
            Problem(where, "not JSON", "delete it, or restore it from a copy", "R060")
        ) from None
    if not isinstance(parsed, dict) or parsed.pop("format", None) != FORMAT:
        what = "not a draft that this version can read"
        raise RecordError(Problem(where, what, "open it with the version that kept it", "R061"))
    return structured(parsed, Draft, lambda _: where)
