"""A folder changed by a known hand at a known time."""

from __future__ import annotations

from pathlib import Path

import pytest

from changing import ticking
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.folder import InspectionFolder, open_inspection


@pytest.fixture
def told() -> list[str]:
    """The sentences said beside saving."""
    return []


@pytest.fixture
def folder(darlington: Path, told: list[str]) -> InspectionFolder:
    """The Darlington example, as CN changes it."""
    return open_inspection(darlington, actor=Actor("CN", ticking(), told.append))
