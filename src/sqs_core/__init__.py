"""Short Quality Screening: criteria, records, scoring, the letter, and the hooks for plugins.

The names in ``__all__`` are the public library.  Each is loaded when it is first used, so that a
command, which needs few of them, does not load them all.

>>> import sqs_core
>>> folder = sqs_core.open_inspection("darlington-2012")
>>> sqs_core.findings_of(folder).count("roh.plan")
<Count 7 of 10>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqs_core.claims.check import LetterCheck as LetterCheck
    from sqs_core.claims.claim import Claim as Claim
    from sqs_core.criteria import Criteria as Criteria
    from sqs_core.errors import HeldError as HeldError
    from sqs_core.errors import NotSavedError as NotSavedError
    from sqs_core.errors import PluginError as PluginError
    from sqs_core.errors import Problem as Problem
    from sqs_core.errors import RecordError as RecordError
    from sqs_core.errors import SqsError as SqsError
    from sqs_core.errors import UsageError as UsageError
    from sqs_core.exports.table import Table as Table
    from sqs_core.letter.compose import compose as compose
    from sqs_core.letter.document import Document as Document
    from sqs_core.letter.document import Figure as Figure
    from sqs_core.letter.document import Heading as Heading
    from sqs_core.letter.document import Items as Items
    from sqs_core.letter.document import Lines as Lines
    from sqs_core.letter.document import Paragraph as Paragraph
    from sqs_core.letter.report import Report as Report
    from sqs_core.letter.report import report_on as report_on
    from sqs_core.plugins import DocumentReader as DocumentReader
    from sqs_core.plugins import Option as Option
    from sqs_core.plugins import Renderer as Renderer
    from sqs_core.plugins import hookimpl as hookimpl
    from sqs_core.plugins import load_plugins as load_plugins
    from sqs_core.records import Answer as Answer
    from sqs_core.records import CaseRecord as CaseRecord
    from sqs_core.records import Inspection as Inspection
    from sqs_core.records import Interview as Interview
    from sqs_core.records import Narrative as Narrative
    from sqs_core.records import Session as Session
    from sqs_core.scoring.differences import PairAgreement as PairAgreement
    from sqs_core.scoring.findings import Count as Count
    from sqs_core.scoring.findings import Findings as Findings
    from sqs_core.scoring.findings import count_findings as count_findings
    from sqs_core.scoring.intervals import Interval as Interval
    from sqs_core.scoring.intervals import wilson as wilson
    from sqs_core.scoring.ratings import Rating as Rating
    from sqs_core.scoring.ratings import compute_ratings as compute_ratings
    from sqs_core.scoring.states import State as State
    from sqs_core.scoring.states import question_states as question_states
    from sqs_core.scoring.tally import Tally as Tally
    from sqs_core.storage.criteria_files import read_criteria as read_criteria
    from sqs_core.storage.findings import findings_of as findings_of
    from sqs_core.storage.folder import InspectionFolder as InspectionFolder
    from sqs_core.storage.folder import open_inspection as open_inspection
    from sqs_core.storage.library import load_criteria as load_criteria
    from sqs_core.storage.lint_files import lint_criteria as lint_criteria
    from sqs_core.workflow.analysis import agreement as agreement
    from sqs_core.workflow.analysis import check_letter as check_letter
    from sqs_core.workflow.analysis import export as export
    from sqs_core.workflow.analysis import programme as programme
    from sqs_core.workflow.composing import compose_report as compose_report
    from sqs_core.workflow.starting import new_inspection as new_inspection

__version__ = "0.1.0"

DEFAULT_CRITERIA = "sqs-2012"
"""The criteria version of a new inspection where no other is named."""

_HOMES = {
    "Answer": "sqs_core.records",
    "CaseRecord": "sqs_core.records",
    "Claim": "sqs_core.claims.claim",
    "Count": "sqs_core.scoring.findings",
    "Criteria": "sqs_core.criteria",
    "Document": "sqs_core.letter.document",
    "DocumentReader": "sqs_core.plugins",
    "Figure": "sqs_core.letter.document",
    "Findings": "sqs_core.scoring.findings",
    "Heading": "sqs_core.letter.document",
    "HeldError": "sqs_core.errors",
    "Inspection": "sqs_core.records",
    "InspectionFolder": "sqs_core.storage.folder",
    "Interval": "sqs_core.scoring.intervals",
    "Interview": "sqs_core.records",
    "Items": "sqs_core.letter.document",
    "LetterCheck": "sqs_core.claims.check",
    "Lines": "sqs_core.letter.document",
    "Narrative": "sqs_core.records",
    "NotSavedError": "sqs_core.errors",
    "Option": "sqs_core.plugins",
    "PairAgreement": "sqs_core.scoring.differences",
    "Paragraph": "sqs_core.letter.document",
    "PluginError": "sqs_core.errors",
    "Problem": "sqs_core.errors",
    "Rating": "sqs_core.scoring.ratings",
    "RecordError": "sqs_core.errors",
    "Renderer": "sqs_core.plugins",
    "Report": "sqs_core.letter.report",
    "Session": "sqs_core.records",
    "SqsError": "sqs_core.errors",
    "State": "sqs_core.scoring.states",
    "Table": "sqs_core.exports.table",
    "Tally": "sqs_core.scoring.tally",
    "UsageError": "sqs_core.errors",
    "agreement": "sqs_core.workflow.analysis",
    "check_letter": "sqs_core.workflow.analysis",
    "compose": "sqs_core.letter.compose",
    "compose_report": "sqs_core.workflow.composing",
    "compute_ratings": "sqs_core.scoring.ratings",
    "count_findings": "sqs_core.scoring.findings",
    "export": "sqs_core.workflow.analysis",
    "findings_of": "sqs_core.storage.findings",
    "hookimpl": "sqs_core.plugins",
    "lint_criteria": "sqs_core.storage.lint_files",
    "load_criteria": "sqs_core.storage.library",
    "load_plugins": "sqs_core.plugins",
    "new_inspection": "sqs_core.workflow.starting",
    "open_inspection": "sqs_core.storage.folder",
    "programme": "sqs_core.workflow.analysis",
    "question_states": "sqs_core.scoring.states",
    "read_criteria": "sqs_core.storage.criteria_files",
    "report_on": "sqs_core.letter.report",
    "wilson": "sqs_core.scoring.intervals",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'sqs_core' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted((*__all__, "DEFAULT_CRITERIA", "__version__"))
