"""The kit as fixtures of pytest.

In ``conftest.py``, or at the head of a test file::

    pytest_plugins = ["sqs_core.plugins.fixtures"]

A test that takes ``sample`` is run for every kind of report.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sqs_core.letter.report import Report
from sqs_core.plugins.testing import KINDS, sample_reports


@pytest.fixture(params=KINDS)
def sample(request: pytest.FixtureRequest) -> Report:
    """Return each sample report, one after the other."""
    return sample_reports()[request.param]


@pytest.fixture
def samples() -> Mapping[str, Report]:
    """Return every sample report by its kind."""
    return sample_reports()
