"""Finishing, reopening and overriding."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from changing import change
from sqs_core.errors import HeldError, UsageError
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history_versions import with_texts
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.check import check_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.sign_off import UnfinishedError, finish, override, reopen


def test_a_case_with_gaps_is_not_finished_and_every_gap_is_named(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.judging("lor.plan", None).judging("roh.plan", "insufficient"))
    before = folder.case("01")
    with pytest.raises(UnfinishedError) as refused:
        finish(folder, "01")
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["", "C101", "C102", "C103"]
    assert all(p.where.startswith("cases/01.toml:") for p in refused.value.problems[1:])
    assert (folder.case("01"), refused.value.exit_code) == (before, 1)


def test_a_finished_case_is_locked_until_it_is_reopened_with_a_reason(folder: InspectionFolder) -> None:
    assert finish(folder, "01")
    with pytest.raises(HeldError, match="reopen it, saying why"):
        change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    with pytest.raises(UsageError, match="say why"):
        reopen(folder, "01", " ")
    assert reopen(folder, "01", "the order was varied")
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    entries = [with_texts(e, history.read_texts(folder.path)) for e in history.read(folder.path)[0]]
    assert [(e.what, e.why) for e in entries[1:]] == [
        ("finish", ""),
        ("reopen", "the order was varied"),
        ("answer", ""),
    ]


def test_finishing_twice_is_no_mistake(folder: InspectionFolder) -> None:
    assert [finish(folder, "01"), finish(folder, "01")] == [True, False]
    assert [reopen(folder, "01", "why"), reopen(folder, "01", "why")] == [True, False]


def stopped_before_the_entry(folder: InspectionFolder, decide: Callable[[], object]) -> None:
    """Decide as the program does, and be stopped before the entry is made."""
    names = (history.NAME, history.TEXTS)
    before = [(folder.path / name).read_bytes() for name in names]
    decide()
    for name, data in zip(names, before, strict=True):
        (folder.path / name).write_bytes(data)


def test_a_decision_that_was_stopped_before_its_entry_keeps_the_reason_given_again(
    folder: InspectionFolder,
) -> None:
    change(folder, "01", lambda s: s.noting("roh.plan", "said", "nothing"))

    def overriding() -> object:
        return override(folder, "01", "roh.plan", "not-known", why="not seen", authority="lead")

    for decide, why in (
        (lambda: finish(folder, "01", "agreed with KM"), "agreed with KM"),
        (lambda: reopen(folder, "01", "the order was varied"), "the order was varied"),
        (overriding, "not seen"),
    ):
        stopped_before_the_entry(folder, decide)
        decide()
        last = with_texts(history.read(folder.path)[0][-1], history.read_texts(folder.path))
        assert (last.what, last.why) == ("save", why)
        assert verify_inspection(folder.path) == ()


def test_what_is_found_changed_outside_the_program_is_not_given_the_reason(folder: InspectionFolder) -> None:
    finish(folder, "01")
    path = folder.path / "cases" / "01.toml"
    path.write_text(path.read_text() + "\n")
    assert not finish(folder, "01", "agreed with KM")
    assert history.read(folder.path)[0][-1].who == "outside the program"


def test_an_override_counts_and_the_answer_stays(folder: InspectionFolder) -> None:
    before = findings_of(folder).count("roh.plan")
    finish(folder, "07")
    made = override(folder, "07", "roh.plan", "sufficient", why="seen again", authority="lead")
    record = folder.case("07").record
    after = findings_of(folder).count("roh.plan")
    assert (after.k, after.n) == (before.k + 1, before.n)
    assert record.answer("roh.plan").outcome == "insufficient"
    assert record.overrides == (made,)
    assert (made.old, made.new, made.remark, made.authority) == (
        "insufficient",
        "sufficient",
        "seen again",
        "lead",
    )
    assert made.time == "2012-11-12T09:02:00Z"
    assert record.status == "finished"


def test_the_latest_override_counts_and_the_others_stay(folder: InspectionFolder) -> None:
    override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead")
    override(folder, "07", "roh.plan", "not-known", why="b", authority="head")
    record = folder.case("07").record
    assert record.judged("roh.plan") == "not-known"
    assert [(o.old, o.new) for o in record.overrides] == [
        ("insufficient", "sufficient"),
        ("sufficient", "not-known"),
    ]


def test_the_same_override_made_again_is_no_mistake_and_another_reason_is(folder: InspectionFolder) -> None:
    made = override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead")
    assert override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead") == made
    with pytest.raises(UsageError, match="counts for roh.plan of case 07 already"):
        override(folder, "07", "roh.plan", "sufficient", why="b", authority="lead")
    assert [entry.what for entry in history.read(folder.path)[0]] == ["found", "override"]


def test_a_new_answer_under_an_override_is_pointed_out(folder: InspectionFolder) -> None:
    override(folder, "07", "roh.plan", "sufficient", why="a", authority="lead")
    change(folder, "07", lambda s: s.judging("roh.plan", "not-known"))
    assert [p.code for p in check_inspection(folder)[1] if p.where.startswith("cases/07")] == ["C203"]


@pytest.mark.parametrize(
    ("case", "question", "outcome", "said"),
    [
        ("07", "roh.plan", "insufficient", "counts for roh.plan of case 07 already"),
        ("07", "roh.plan", "suficient", "did you mean 'sufficient'"),
        ("07", "roh.plam", "sufficient", "did you mean 'roh.plan'"),
        ("14", "roh.plan", "sufficient", "does not apply to case 14"),
    ],
)
def test_an_override_of_nothing_is_refused(
    folder: InspectionFolder, case: str, question: str, outcome: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        override(folder, case, question, outcome, why="w", authority="lead")


def test_an_override_without_a_reason_or_an_authority_is_refused(folder: InspectionFolder) -> None:
    with pytest.raises(UsageError, match="needs --why"):
        override(folder, "07", "roh.plan", "sufficient", why="w", authority=" ")
