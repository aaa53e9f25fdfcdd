"""The real commands as targets: each scenario makes its own folder and says what its command is.

    python -m tests.faults.kill --scenario merge --full

A scenario's folder is ``leeds``; its command is run as a person would run it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from attrs import evolve
from tests.faults.target import Target

from sqs_core.records.case import Answer, Session
from sqs_core.records.second_marking import decide
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit.journal import Actor, utc_now
from sqs_core.storage.audit.purge import hold, purge
from sqs_core.storage.drafts import keep_draft
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.plan import plan
from sqs_core.storage.moderation.agreed import markings, save_decisions
from sqs_core.storage.moderation.pending_decisions import (
    DecisionKind,
    PendingChoice,
    PendingChoices,
    merge_name,
    save_choices,
)
from sqs_core.storage.moderation.second import draw_seconds, finish_second, save_second, second_case
from sqs_core.storage.moderation.sign_off import finish, override
from sqs_core.storage.rescue import copy_name
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.following import add_actions, new_action
from sqs_tui.recent import Place, Recent, RecentInspections, write_recent
from sqs_tui.settings import Settings, write_settings

SQS = (sys.executable, "-m", "sqs_core.cli")
LEEDS, OTHER = "leeds", "leeds-ab"
CANARY = "Zanzibar"
STATE = "state"
_KEPT = ("03", "07", "A", "inspection", "letter")
_SEED = 1  # draws 07 of the two cases kept


def _nothing(store: Path) -> None:
    """Nothing has to stand beside the inspection."""


class Scenario(NamedTuple):
    """A command of ``sqs`` and the folder it starts from.

    ``acknowledged`` fits the words by which it says that it is done.  ``beside`` makes what has
    to know where the store is.  No file may hold ``gone`` once the command is done.
    """

    prepare: Callable[[Path], None]
    command: tuple[str, ...]
    acknowledged: str
    beside: Callable[[Path], None] = _nothing
    gone: str = ""


def _example(store: Path) -> InspectionFolder:
    """Two cases and an interview of the example, with a history that knows case 07.

    No more, for each record that a command reads is some calls to be swept.
    """
    folder = evolve(write_example(store / LEEDS)[0], actor=Actor("CN", utc_now))
    kept = evolve(folder.inspection.sample, size=sum(name.isdigit() for name in _KEPT))
    folder = folder.save_inspection(evolve(folder.inspection, sample=kept))
    for path in folder.path.rglob("*.toml"):
        if path.stem not in _KEPT:
            path.unlink()
    _note(folder, "07", "evidence", "RMP p.2 names the curfew only.")
    return folder


def _known(store: Path) -> None:
    _example(store)


def _finished(store: Path) -> None:
    finish(_example(store), "07", "agreed with KM")


def _followed(store: Path) -> None:
    """An action that is followed up."""
    folder = _example(store)
    add_actions(folder, [new_action(folder, "Train the team")])


def _note(folder: InspectionFolder, case: str, note: str, text: str) -> None:
    stored = folder.case(case)
    session = Session(folder.criteria, stored.record).noting("roh.plan", note, text)
    folder.save_case(session.record, expect=stored.hash)


def _mark_second(folder: InspectionFolder, case: str, evidence: str) -> None:
    """Finish the second marking of ``case``, which answers one question."""
    stored = second_case(folder, case)
    marked = stored.record.answering("roh.plan", Answer("sufficient", evidence=evidence))
    save_second(folder, evolve(marked, inspector="ZZ"), expect=stored.hash)
    finish_second(folder, case, incomplete=True)


def _agree(folder: InspectionFolder, case: str, why: str) -> None:
    both = markings(folder, case)
    views = (folder.criteria, both.first.record, both.second.record)
    save_decisions(folder, case, {"roh.plan": decide(*views, "roh.plan", "second", why, "CN")})


def _marked_twice(store: Path) -> None:
    folder = draw_seconds(_example(store), 1, _SEED)[0]
    _mark_second(folder, "07", "seen p.4")


def _second_open(store: Path) -> None:
    draw_seconds(_example(store), 1, _SEED)


def _to_merge(store: Path) -> None:
    """Another inspector's copy went on: answers, a second marking, what was agreed, an interview, a case."""
    folder = draw_seconds(_example(store), 1, _SEED)[0]
    shutil.copytree(folder.path, store / OTHER)
    other = open_inspection(store / OTHER, actor=Actor("AB", utc_now))
    _note(folder, "03", "evidence", "seen here")
    _note(other, "03", "said", "said there")
    _mark_second(other, "07", "seen p.4")
    _agree(other, "07", "the curfew was enough")
    interview = other.interview("A")
    other.save_interview(interview.record.noting("note", "Came late."), expect=interview.hash)
    other.add_case(other.new_case("15"))


def _to_purge(store: Path) -> None:
    """The canary in a record, its second marking, what was agreed, a merged history, a comment, a reason."""
    folder = _example(store)
    _note(folder, "07", "said", f"{CANARY} said")
    override(folder, "07", "roh.victim", "sufficient", why=f"{CANARY} why", authority="lead")
    folder = draw_seconds(folder, 1, _SEED)[0]
    _mark_second(folder, "07", f"{CANARY} second")
    _agree(folder, "07", f"{CANARY} agreed")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder.path, Path(scratch) / OTHER))
        other = open_inspection(copy, actor=Actor("AB", utc_now))
        _note(other, "03", "said", "stays")
        apply(plan(folder, [other], lambda difference: None))
    path = folder.path / "cases" / "07.toml"
    path.write_text(path.read_text().replace("[facts]", f"# {CANARY} comment\n[facts]"))
    _note(folder, "07", "learning", f"{CANARY} learning")


def _rescued(store: Path) -> None:
    """A copy of what the screens could not save of case 07."""
    place = store / STATE / "sqs" / "rescue"
    place.mkdir(parents=True)
    (place / copy_name(store / LEEDS, "case", "07")).write_text(f"{CANARY} rescued")


def to_be_read(store: Path) -> None:
    """Every kind of file that can be in two folders to be merged, and in those of the screens."""
    _to_purge(store)
    folder = open_inspection(store / LEEDS, actor=Actor("CN", utc_now))
    add_actions(folder, [new_action(folder, "Train the team", area="i", due="2026-03-01")])
    folder.add_case(folder.new_case("15"))
    purge(folder, ["15"], "retention")
    hold(folder, "an inquiry")
    hold(folder, "it is over", off=True)
    shutil.copytree(folder.path, store / OTHER)
    _note(open_inspection(store / OTHER, actor=Actor("AB", utc_now)), "03", "evidence", "seen there")
    _note(folder, "03", "evidence", "seen here")
    choices = PendingChoices(str(store / OTHER)).choosing(
        "roh.plan", PendingChoice("second", "seen", "both", "lead")
    )
    kinds: dict[DecisionKind, str] = {"agree": "07", "override": "07", "merge": merge_name(store / OTHER)}
    for kind, name in kinds.items():
        save_choices(folder.path, kind, name, choices, expect=ABSENT)
    report = compose_report(folder)
    keep_draft(folder, report.document, report.findings)
    write_recent(
        store / STATE / "sqs",
        RecentInspections().adding(Recent(str(folder.path), "S", place=Place("07", "roh.plan"))),
    )
    write_settings(
        store / "config" / "sqs" / "config.toml", Settings(theme="light", keys={"note.evidence": "v"})
    )


_DIR = f"{{store}}/{LEEDS}"
SCENARIOS = {
    "answer": Scenario(
        _known,
        ("answer", _DIR, "07", "roh.plan", "sufficient", "--evidence", "p.3"),
        r"; saved sha256:",
    ),
    "check": Scenario(_known, ("check", _DIR), ""),
    "finish": Scenario(
        _known, ("finish", _DIR, "07", "--why", "agreed with KM"), r"^case 07 (finished;|was finished)"
    ),
    "reopen": Scenario(
        _finished,
        ("reopen", _DIR, "07", "--why", "a report came"),
        r"^case 07 (is open again|was not finished)",
    ),
    "override": Scenario(
        _finished,
        ("override", _DIR, "07", "roh.victim", "sufficient", "--why", "seen p.4", "--authority", "lead"),
        r"^case 07 roh.victim: sufficient counts",
    ),
    "second": Scenario(
        _second_open,
        ("answer", _DIR, "07", "roh.plan", "sufficient", "--evidence", "p.3", "--second"),
        r"; saved sha256:",
    ),
    "agree": Scenario(
        _marked_twice,
        ("second", "agree", _DIR, "07", "roh.plan", "second", "--why", "seen", "--apply"),
        r"^written; both",
    ),
    "merge": Scenario(
        _to_merge, ("merge", _DIR, f"{{store}}/{OTHER}", "--apply"), r"^merged: \d+ records written"
    ),
    "action": Scenario(
        _followed,
        ("action", "set", _DIR, "1", "--state", "done", "--note", "Nine of ten.", "--on", "2027-03-04"),
        r"^action 1 is saved",
    ),
    "added": Scenario(_followed, ("action", "add", _DIR, "--action", "Ask the team"), r"as action 2$"),
    "letter": Scenario(
        _known, ("letter", "write", _DIR, "summary", "--text", "Good work."), r"^Summary: (saved|that is)"
    ),
    "details": Scenario(
        _known, ("letter", "details", _DIR, "--signatory", "Ms A. Example"), r"--signatory .* Ms A. Example"
    ),
    "interview": Scenario(_known, ("interview", _DIR, "A", "staff.wanted=no"), r"^interview A saved"),
    "fact": Scenario(_known, ("fact", _DIR, "07", "case_manager=ZQ"), r"^case 07: \d+ questions"),
    "case": Scenario(_known, ("case", "add", _DIR, "20"), r"^case 20 added"),
    "purge": Scenario(
        _to_purge,
        ("purge", _DIR, "07", "--why", "retention", "--apply"),
        r"^purged ",
        _rescued,
        CANARY,
    ),
}


@contextmanager
def scenario_target(name: str) -> Iterator[Target]:
    """The scenario called ``name``, its folder made."""
    scenario = SCENARIOS[name]
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch)
        scenario.prepare(prepared)
        # What the screens kept elsewhere is looked for in the store, not in the home of whoever runs this.
        command = ("env", f"XDG_STATE_HOME={{store}}/{STATE}", *SQS, *scenario.command)
        acknowledged = f"(?m){scenario.acknowledged}"
        yield Target(command, prepared, acknowledged, LEEDS, scenario.beside, scenario.gone)
