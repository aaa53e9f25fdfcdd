"""Values show their fields, and a start compiles nothing for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sqs_core.records.case import Answer

CHECKOUT = Path(__file__).resolve().parent.parent
# The classes of ours that attrs wrote a __repr__ for.
WRITTEN = """
import sys
sys.path[:0] = ["src", "criteria"]
from sqs_core.cli import main
main(sys.argv[1:])
from attrs import has
ours = [module for name, module in sys.modules.items() if name.startswith("sqs_core.")]
classes = {cls for module in ours for cls in vars(module).values() if isinstance(cls, type) and has(cls)}
written = {cls.__name__ for cls in classes if cls.__repr__.__code__.co_filename.startswith("<attrs")}
print(len(classes) > 30, *sorted(written), file=sys.stderr)
"""


def test_a_value_shows_its_fields() -> None:
    assert repr(Answer("insufficient", ("no-plan",), later="")) == (
        "Answer(outcome='insufficient', reasons=('no-plan',), evidence='', said='', learning='', "
        "strength='', later='', discuss=False)"
    )


@pytest.mark.parametrize("command", [("summary",), ("report", "-r", "html", "-o", "-")])
def test_a_start_compiles_no_repr(command: tuple[str, ...]) -> None:
    name, *options = command
    call = [sys.executable, "-c", WRITTEN, name, "examples/darlington-2012", *options]
    done = subprocess.run(call, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stderr == "True\n"
