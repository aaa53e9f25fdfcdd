"""Values show, compare and hash their fields, and a start compiles nothing for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from sqs_core.criteria.conditions import AllOf, AnyOf
from sqs_core.records.case import Answer
from sqs_core.storage.library import load_criteria

CHECKOUT = Path(__file__).resolve().parent.parent
# The classes of ours that attrs wrote such a method for.
WRITTEN = """
import sys
sys.path[:0] = ["src", "criteria"]
from sqs_core.cli import main
main(sys.argv[1:])
from attrs import has
ours = [module for name, module in sys.modules.items() if name.startswith("sqs_core.")]
classes = {cls for module in ours for cls in vars(module).values() if isinstance(cls, type) and has(cls)}
methods = [(cls, getattr(cls, name)) for cls in classes for name in ("__repr__", "__eq__", "__hash__")]
written = {cls.__name__ for cls, method in methods if method.__code__.co_filename.startswith("<attrs")}
print(len(classes) > 30, *sorted(written), file=sys.stderr)
"""


def test_a_value_shows_its_fields() -> None:
    assert repr(Answer("insufficient", ("no-plan",), later="")) == (
        "Answer(outcome='insufficient', reasons=('no-plan',), evidence='', said='', learning='', "
        "strength='', later='', discuss=False)"
    )


def test_values_are_the_same_where_their_fields_are_and_only_in_their_own_class() -> None:
    answer = Answer("insufficient", ("no-plan",))
    same = Answer("insufficient", ("no-plan",))
    assert (answer, hash(answer)) == (same, hash(same))
    assert answer != Answer("insufficient", ("no-plan",), discuss=True)
    assert AllOf(()) != AnyOf(())
    assert not answer == "insufficient"  # noqa: SIM201 - the comparison itself is meant


def test_a_field_that_is_not_compared_makes_no_difference() -> None:
    criteria = load_criteria("sqs-2012", plugins=False)
    assert evolve(criteria, hash="sha256:other") == criteria


@pytest.mark.parametrize("command", [("summary",), ("report", "-r", "html", "-o", "-")])
def test_a_start_compiles_no_such_method(command: tuple[str, ...]) -> None:
    name, *options = command
    call = [sys.executable, "-c", WRITTEN, name, "examples/darlington-2012", *options]
    done = subprocess.run(call, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stderr == "True\n"
