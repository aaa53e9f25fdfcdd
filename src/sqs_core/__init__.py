"""Short Quality Screening: criteria, records, scoring, the letter, and the hooks for plugins.

The names below are the public library.  They are loaded when first used, so that importing
the package is cheap.

>>> import sqs_core
>>> folder = sqs_core.open_inspection("examples/darlington-2012")  # doctest: +SKIP
>>> folder.findings().count("roh.plan").k  # doctest: +SKIP
7
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, and type checkers know the name; --help does without typing
if TYPE_CHECKING:
    from sqs_core.criteria import Criteria
    from sqs_core.errors import (
        HeldError,
        NotSavedError,
        PluginError,
        Problem,
        RecordError,
        SqsError,
        UsageError,
    )
    from sqs_core.letter.compose import compose
    from sqs_core.letter.document import Document, Figure
    from sqs_core.letter.report import Report, report_on
    from sqs_core.plugins import Renderer, hookimpl, installed
    from sqs_core.records import Answer, CaseRecord, Inspection, Interview, Narrative, Session
    from sqs_core.scoring.findings import Findings, find
    from sqs_core.scoring.ratings import Rating, rate
    from sqs_core.scoring.states import State, states
    from sqs_core.scoring.tally import Summary, Tally, summarise
    from sqs_core.storage.criteria_files import read_criteria
    from sqs_core.storage.folder import InspectionFolder, open_inspection
    from sqs_core.storage.library import load_criteria
    from sqs_core.storage.linting import lint_criteria

_HOMES = {
    "sqs_core.criteria": ("Criteria",),
    "sqs_core.errors": (
        "HeldError",
        "NotSavedError",
        "PluginError",
        "Problem",
        "RecordError",
        "SqsError",
        "UsageError",
    ),
    "sqs_core.letter.compose": ("compose",),
    "sqs_core.letter.document": ("Document", "Figure"),
    "sqs_core.letter.report": ("Report", "report_on"),
    "sqs_core.plugins": ("Renderer", "hookimpl", "installed"),
    "sqs_core.records": ("Answer", "CaseRecord", "Inspection", "Interview", "Narrative", "Session"),
    "sqs_core.scoring.findings": ("Findings", "find"),
    "sqs_core.scoring.ratings": ("Rating", "rate"),
    "sqs_core.scoring.states": ("State", "states"),
    "sqs_core.scoring.tally": ("Summary", "Tally", "summarise"),
    "sqs_core.storage.folder": ("InspectionFolder", "open_inspection"),
    "sqs_core.storage.criteria_files": ("read_criteria",),
    "sqs_core.storage.library": ("load_criteria",),
    "sqs_core.storage.linting": ("lint_criteria",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__version__ = "0.1.0"

DEFAULT_CRITERIA = "sqs-2012"
"""The criteria version a new inspection is under where no other is named."""

__all__ = [
    "Answer",
    "CaseRecord",
    "Criteria",
    "Document",
    "Figure",
    "Findings",
    "HeldError",
    "Inspection",
    "InspectionFolder",
    "Interview",
    "Narrative",
    "NotSavedError",
    "PluginError",
    "Problem",
    "Rating",
    "RecordError",
    "Renderer",
    "Report",
    "Session",
    "SqsError",
    "State",
    "Summary",
    "Tally",
    "UsageError",
    "compose",
    "find",
    "hookimpl",
    "installed",
    "lint_criteria",
    "load_criteria",
    "open_inspection",
    "rate",
    "read_criteria",
    "report_on",
    "states",
    "summarise",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'sqs_core' has no attribute '{name}'")
    from importlib import import_module

    found: object = getattr(import_module(home), name)
    return found
