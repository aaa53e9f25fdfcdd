"""Second markings and what was agreed, of several inspectors' folders: nothing silent, nothing shown too early."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve

from changing import change, ticking
from sqs_core.records.case import Answer
from sqs_core.records.second_marking import decide
from sqs_core.storage.audit import history
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.blinding import BlindedError, blinded_cases
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.plan import HIDDEN, plan
from sqs_core.storage.merge.three_way import WHOLE, FieldDifference, Side
from sqs_core.storage.moderation.agreed import markings, not_carried_out, save_decisions
from sqs_core.storage.moderation.second import draw_seconds, finish_second, save_second, second_case

SEED, DRAWN = 11, ("05", "07", "14")


@pytest.fixture
def ours(folder: InspectionFolder) -> InspectionFolder:
    """The example with a history, three cases drawn for a second marking."""
    change(folder, "03", lambda s: s.noting("roh.plan", "evidence", "p.1"))
    return draw_seconds(folder, 3, SEED)[0]


@pytest.fixture
def theirs(ours: InspectionFolder) -> InspectionFolder:
    return copy(ours, "ab")


def copy(folder: InspectionFolder, name: str) -> InspectionFolder:
    path = shutil.copytree(folder.path, folder.path.parent / name)
    return open_inspection(path, actor=Actor(name.upper(), ticking()))


def answer(folder: InspectionFolder, case: str, outcome: str, evidence: str = "") -> None:
    """Answer one question in the second marking of ``case``."""
    stored = second_case(folder, case)
    record = stored.record.answering("roh.plan", Answer(outcome, evidence=evidence))
    save_second(folder, evolve(record, inspector="ZZ"), expect=stored.hash)


def agree(folder: InspectionFolder, case: str, item: str, why: str) -> None:
    both = markings(folder, case)
    views = (folder.criteria, both.first.record, both.second.record)
    save_decisions(folder, case, {item: decide(*views, item, "second", why)})


def undecided(difference: FieldDifference) -> Side | None:
    return None


def files(folder: InspectionFolder, *names: str) -> list[bytes]:
    return [(folder.path / name).read_bytes() for name in names]


def test_a_finished_second_marking_and_what_was_agreed_come_over_byte_for_byte(
    ours: InspectionFolder, theirs: InspectionFolder
) -> None:
    answer(theirs, "07", "sufficient")
    finish_second(theirs, "07", incomplete=True)
    agree(theirs, "07", "roh.plan", "the curfew was enough")
    found = plan(ours, [theirs], undecided)
    assert found.differences == ()
    assert set(apply(found)) == {"second/07.toml", "agreed/07.toml", "cases/07.toml"}
    names = ("second/07.toml", "second/first/07.toml", "agreed/07.toml")
    assert files(ours, *names) == files(theirs, *names)
    assert ours.case("07").record.judged("roh.plan") == "sufficient"
    assert (blinded_cases(ours.path), not_carried_out(ours), verify_inspection(ours.path)) == (
        ("05", "14"),
        (),
        (),
    )
    assert apply(plan(ours, [theirs], undecided)) == ()


def test_of_a_shut_case_a_merge_says_only_which_record_is_taken_or_to_be_decided(
    ours: InspectionFolder, theirs: InspectionFolder
) -> None:
    answer(ours, "05", "sufficient", "seen here")
    answer(theirs, "05", "insufficient", "seen there")
    answer(theirs, "07", "insufficient", "seen there")
    found = plan(ours, [theirs], undecided)
    assert [d for _, d in found.differences] == [
        FieldDifference("second/05.toml", WHOLE, HIDDEN, HIDDEN, HIDDEN)
    ]
    assert [(t.record, t.field) for _, t in found.taken] == [("second/07.toml", WHOLE)]
    apply(plan(ours, [theirs], lambda difference: "theirs"))
    assert second_case(ours, "05").record.answer("roh.plan").evidence == "seen there"
    noted = history.read(ours.path)[0][-1].new["decided"]
    assert noted == {"second/05.toml": "theirs"}


def test_a_finished_second_marking_is_never_made_of_two(
    ours: InspectionFolder, theirs: InspectionFolder
) -> None:
    answer(ours, "07", "sufficient", "seen here")
    finish_second(ours, "07", incomplete=True)
    answer(theirs, "07", "insufficient")
    before = second_case(ours, "07")
    found = plan(ours, [theirs], undecided)
    assert [(d.record, d.field) for _, d in found.differences] == [("second/07.toml", WHOLE)]
    apply(plan(ours, [theirs], lambda difference: "ours"))
    assert second_case(ours, "07") == before


def test_a_first_marking_changed_on_the_other_side_while_it_is_shut_stops_the_merge(
    folder: InspectionFolder,
) -> None:
    change(folder, "07", lambda s: s.noting("roh.plan", "evidence", "p.1"))
    theirs = copy(folder, "ab")
    change(theirs, "07", lambda s: s.noting("roh.plan", "evidence", "p.2"))
    ours = draw_seconds(folder, 3, SEED)[0]
    before = {p: p.read_bytes() for p in ours.path.rglob("*") if p.is_file()}
    with pytest.raises(BlindedError, match=r"case 07: S101 .* is not the same in .*ab; finish the second"):
        plan(ours, [theirs], undecided)
    assert {p: p.read_bytes() for p in ours.path.rglob("*") if p.is_file()} == before


def test_a_draw_made_elsewhere_shuts_its_cases_here_and_draws_of_both_are_joined(
    folder: InspectionFolder,
) -> None:
    change(folder, "03", lambda s: s.noting("roh.plan", "evidence", "p.1"))
    theirs = draw_seconds(copy(folder, "ab"), 1, 20)[0]
    ours = draw_seconds(folder, 1, SEED)[0]
    (here,), (there,) = (side.inspection.second_draws for side in (ours, theirs))
    apply(plan(ours, [theirs], undecided))
    assert open_inspection(ours.path).inspection.second_draws == (here, there)
    assert blinded_cases(ours.path) == tuple(sorted((*here.drawn, *there.drawn)))


def test_a_decision_is_one_field_and_decisions_about_different_things_are_both_kept(
    ours: InspectionFolder, theirs: InspectionFolder
) -> None:
    for side in (ours, theirs):
        answer(side, "07", "sufficient")
        finish_second(side, "07", incomplete=True)
    agree(ours, "07", "roh.plan", "seen here")
    agree(theirs, "07", "custody", "never in custody")
    found = plan(ours, [theirs], undecided)
    assert found.differences == ()
    apply(found)
    agreed = markings(ours, "07").agreed.record
    assert ([*agreed.answers], [*agreed.facts]) == (["roh.plan"], ["custody"])
    agree(theirs, "07", "roh.plan", "seen there")
    again = plan(ours, [theirs], undecided)
    assert [d.field for _, d in again.differences] == [("answers", "roh.plan", "decision")]


def test_the_history_of_a_folder_merged_in_is_verified_where_it_is_kept(
    ours: InspectionFolder, theirs: InspectionFolder
) -> None:
    change(theirs, "03", lambda s: s.noting("roh.plan", "said", "not seen"))
    apply(plan(ours, [theirs], undecided))
    kept = ours.path / history.copy_of(history.head(theirs.path))
    texts = kept.with_name(kept.name.replace(".jsonl", "-texts.jsonl"))
    whole = {path: path.read_bytes() for path in (kept, texts)}

    def codes(path: Path, data: bytes | None) -> list[str]:
        path.unlink() if data is None else path.write_bytes(data)
        found = [problem.code for problem in verify_inspection(ours.path) if not problem.advice]
        path.write_bytes(whole[path])
        return found

    assert codes(kept, whole[kept]) == []
    assert codes(kept, whole[kept].replace(b'"who":"AB"', b'"who":"BA"', 1)) == ["H003"]
    assert codes(kept, b"\n".join(whole[kept].split(b"\n")[:-2]) + b"\n") == ["H005"]
    assert codes(kept, None) == ["H010"]
    assert codes(texts, whole[texts].replace(b"not seen", b"was seen")) == ["H006", "H007"]
    assert codes(texts, whole[texts].partition(b"\n")[0] + b"\n")[:1] == ["H007"]
