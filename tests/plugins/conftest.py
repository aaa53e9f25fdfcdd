"""An inspection as small as one can be, for plugins to which it is the same what they are given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.storage.create import new_inspection


@pytest.fixture
def leeds(tmp_path: Path, criteria: Criteria) -> Path:
    """A new inspection of one blank case."""
    inspection = Inspection("Leeds YJS", criteria.id, criteria.hash, first_day=date(2026, 11, 23))
    return new_inspection(tmp_path / "leeds", inspection, criteria, cases=1).path
