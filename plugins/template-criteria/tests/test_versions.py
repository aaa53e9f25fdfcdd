"""What to hold a criteria version to before it is published."""

from __future__ import annotations

from sqs_template_criteria import sqs_register_criteria

from sqs_core import load_criteria
from sqs_core.plugins.testing import check_criteria


def test_every_version_lints_clean_and_composes_a_letter() -> None:
    for file in sqs_register_criteria():
        check_criteria(file)


def test_every_version_is_found_by_its_name_once_this_is_installed() -> None:
    for file in sqs_register_criteria():
        assert load_criteria(file.name.removesuffix(".toml")).source
