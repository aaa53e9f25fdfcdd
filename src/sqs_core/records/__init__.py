"""What was found: the records of an inspection as values, and a session over one of them."""

from sqs_core.records.case import Answer, CaseRecord, Parked, Session
from sqs_core.records.inspection import Addressee, Inspection, Lead, Sample, SecondDraw, Signatory
from sqs_core.records.interview import Interview, interview_with
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.records.override import Override

__all__ = [
    "Addressee",
    "Answer",
    "CaseRecord",
    "EditedParagraph",
    "Improvement",
    "Inspection",
    "Interview",
    "Lead",
    "Narrative",
    "Override",
    "Parked",
    "Sample",
    "SecondDraw",
    "Session",
    "Signatory",
    "Strength",
    "interview_with",
]
