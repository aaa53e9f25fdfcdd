"""The benchmark suite keeps its contract; what it measures is no test's business."""

from __future__ import annotations

import gc
import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent.parent / "benchmarks"
SUPPORT = {"answer_trace", "rounds", "subjects", "terminals"}
MODULES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in SUPPORT)
POSIX = {"growth", "tui", "tui_keys", "tui_peers", "tui_questions"}


def loaded(name: str) -> ModuleType:
    """A file of the suite as a module; they import one another by bare name."""
    file = HERE / (name if name == "run" else f"{name}.py")
    loader = SourceFileLoader(f"benchmark_{name}", str(file))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    # Writing byte code beside `run`, which has no suffix, would leave a stray file.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_offers_bench(name: str) -> None:
    if sys.platform == "win32" and name in POSIX:
        pytest.skip("Windows has no pseudo-terminals, and tells no process what memory its children took")
    assert callable(loaded(name).bench)


def test_contestants_take_turns_at_being_first_and_each_runs_in_every_round() -> None:
    ran: list[str] = []
    gc.freeze()  # between turns all garbage is collected, and the tests have much that is none
    try:
        times = loaded("rounds").interleaved({n: lambda n=n: ran.append(n) for n in "ab"}, rounds=9)
    finally:
        gc.unfreeze()
    assert ran == ["a", "b", "b", "a"] * 5
    assert [len(seconds) for seconds in times.values()] == [9, 9]


def test_fewer_than_nine_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="9 are the least"):
        loaded("rounds").interleaved({"a": list}, rounds=8)


def test_a_ratio_is_the_median_of_each_rounds_own() -> None:
    rounds = loaded("rounds")
    times = {"ours": [2.0, 30.0, 2.0], "floor": [1.0, 10.0, 4.0]}
    row = rounds.against(times, "ours", "floor", what="this", floor_is="that", goal=1.5)
    assert (row.ratio, row.ours_seconds, row.floor_seconds, row.verdict) == (2.0, 2.0, 4.0, "over")


def test_the_page_tells_what_was_not_measured_and_holds_no_path() -> None:
    run = loaded("run")
    row = {"what": "this", "floor": "that", "ours_seconds": 0.002, "floor_seconds": 0.001, "ratio": 2.0}
    rows = [{**row, "goal": 2.5, "verdict": "held"}]
    page = run.page({"save": rows, "tui": "not measured here"}, 1.25)
    assert "| this | that | **2.00** | ≤ 2.5 | held | 2 | 1 |" in page
    assert "## tui\n\nNot measured here." in page
    assert str(HERE.parent) not in page


def test_a_page_with_a_failure_in_it_never_replaces_a_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = loaded("run")
    page = tmp_path / "benchmarks.md"
    page.write_text("the last good one")
    monkeypatch.setattr(run, "PAGE", page)
    run.report("all failed", ["save: failed: ImportError"], 0.1)
    assert page.read_text() == "the last good one"
    assert "is left as it was: 1 of the modules failed" in capsys.readouterr().err
    run.report("a good one", [], 0.1)
    assert page.read_text() == "a good one"


def test_what_is_lacking_is_named_with_what_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    run = loaded("run")
    monkeypatch.setattr(run, "PACKAGES", (("no_such_module", "render", "it"),))
    monkeypatch.setattr(run, "PROGRAMS", (("no-such-program", "tui_peers"),))
    assert run.lacks() == [
        "no_such_module (render): pip install it",
        "the program no-such-program (tui_peers)",
    ]
    assert sys.executable in run.interpreter()
