"""Several populations in one inspection: each has its own records, sample, figures, words and files."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from tests import warm
from textual.pilot import Pilot

import populations
from conftest import Run
from sqs_core.claims.check import check_letter
from sqs_core.claims.proofreading import passages_of
from sqs_core.errors import RecordError, UsageError
from sqs_core.letter.document import Figure, Paragraph
from sqs_core.scoring.findings import Findings, MixedPopulationsError
from sqs_core.scoring.states import question_states
from sqs_core.storage.findings import doubts_about, findings_of, findings_or_practice
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.lint_files import lint_without_claims
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.resolving import accepting
from sqs_core.workflow.what_is_left import what_is_left
from sqs_tui.app import SqsApp
from sqs_tui.messages import GoTo
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.letter import LetterScreen
from sqs_tui.screens.question import QuestionScreen
from systems import links


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """State and settings of nobody."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inspection of 20 children, 12 victims, six staff and ten parents, screened."""
    place = tmp_path_factory.mktemp("populations") / "anytown"
    populations.screened(populations.made(place))
    return place


@pytest.fixture
def anytown(screened: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(screened, tmp_path / "anytown"))


@pytest.fixture(scope="module")
def whole(screened: Path) -> InspectionFolder:
    return open_inspection(screened)


@pytest.fixture(scope="module", params=["whole", "linked", "first letter"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> InspectionFolder:
    """The inspection, one where two populations name a group by the same words, and one with a first letter."""
    if request.param == "whole":
        return open_inspection(request.getfixturevalue("screened"))
    text = populations.linked_text() if request.param == "linked" else populations.first_letter_text()
    place = tmp_path_factory.mktemp("linked") / "anytown"
    populations.screened(populations.made(place, text))
    return open_inspection(place)


def test_the_version_has_nothing_wrong() -> None:
    assert lint_without_claims(populations.version_text().encode(), f"{populations.NAME}.toml") == ()


def test_each_population_is_counted_by_itself(whole: InspectionFolder) -> None:
    found = findings_of(whole).of_all
    assert {name: len(records) for name, records in found.populations.items()} == populations.SIZES
    assert [found.count(name).n for name in ("assess.needs", "v.contact", "s.training", "p.heard")] == [
        20, 12, 6, 10,
    ]  # fmt: skip
    assert found.count("v.contact").of[:2] == ("victims/01", "victims/02")
    assert found.count("victims", subset="direct").n == 12


def test_no_figure_counts_one_population_among_another(whole: InspectionFolder) -> None:
    found = findings_of(whole).of_all
    with pytest.raises(MixedPopulationsError, match="'v.contact' is of population 'victims' and the subset"):
        found.count("v.contact", subset="custody")


def test_a_population_alone_has_no_letter(whole: InspectionFolder) -> None:
    victims = whole.population("victims")
    with pytest.raises(UsageError, match="the letter is on the whole inspection"):
        compose_report(victims)
    assert compose_report(victims, letter=False).document.title.endswith("Victims' cases: Anytown YJS")


def test_the_letter_names_the_population_of_each_figure(whole: InspectionFolder) -> None:
    words = " ".join(p.words for p in compose_report(whole).document.paragraphs())
    assert "We looked at 20 children's cases and 12 victims' cases." in words
    for noun in ("of the 20 children's cases", "of the 12 victims' cases", "of the six members of staff"):
        assert noun in words
    assert re.search(r"\d+ cases", words) is None


def test_every_number_of_the_letter_holds_against_its_own_population(written: InspectionFolder) -> None:
    letter = [_line(p) for p in compose_report(written).document.paragraphs()]
    check = check_letter(written.inspection, findings_of(written), passages_of(letter))
    assert len(check.claims) > 15
    assert ({claim.status for claim in check.claims}, check.unread) == ({"holds"}, ())


def test_a_first_letter_tells_of_people_what_was_so_and_of_work_how_good_it_was() -> None:
    plan = populations.version(populations.first_letter_text()).letter
    assert plan is not None
    told = {s.about: s for section in plan.sections for p in section.paragraphs for s in p.sentences}
    assert [str(told[name].some) for name in ("p.heard", "s.training", "v.contact")] == [
        "Views taken into account: this was so for {|of cases}.",
        "Training helps: this was so for {|of cases}.",
        "Victim contacted in time: the work was good enough in {|of cases}.",
    ]
    assert plan.words["en"].judged["parents"] == "{unit} of whom it is known"
    assert str(told["v.safety"].nothing) == (
        "Victim's safety planned for: this had to be looked at in no victim's case."
    )


def test_figures_of_made_up_cases_are_of_every_population(sqs: Run, tmp_path: Path) -> None:
    sqs("synth", "trial", "--criteria", "social-care-audit", "--cases", "4", "--seed", "2")
    findings, practice = findings_or_practice(open_inspection(tmp_path / "trial"))
    plans = findings.others["plans"].cases
    assert (practice, len(findings.cases), plans[:1]) == (True, 4, ("01-1",))
    assert len(findings.of_all.count("plan.quality").asked) == len(plans)


def test_a_number_in_the_words_of_a_question_is_known_only_as_it_stands_there(
    written: InspectionFolder,
) -> None:
    letter = [_line(p).replace("15 days", "20 days") for p in compose_report(written).document.paragraphs()]
    check = check_letter(written.inspection, findings_of(written), passages_of(letter))
    assert {one.quote for one in check.unread} == ({"20"} if written.criteria.id == "linked" else set())


def test_a_number_moved_to_another_population_never_holds(written: InspectionFolder) -> None:
    found, paragraphs = (
        findings_of(written),
        [p for p in compose_report(written).document.paragraphs() if p.figures],
    )
    figures = [(p, f) for p in paragraphs for f in p.figures if " of the " in f.text]
    moved = 0
    for paragraph, figure in figures:
        texts = set()
        for _, other in figures:
            if _population(found, other) != _population(found, figure):
                noun, theirs = (_noun(found, one) for one in (figure, other))
                texts |= {other.text, other.text.replace(theirs, noun), other.text.replace(theirs, "cases")}
        numbers = [_line(paragraph, {figure: text}) for text in texts if _told(text) != _told(figure.text)]
        moved += len(numbers)
        as_it_is = check_letter(written.inspection, found, passages_of([_line(paragraph)])).claims
        assert {claim.status for claim in as_it_is} == {"holds"}
        for line in numbers:
            claims = check_letter(written.inspection, found, passages_of([line])).claims
            assert any(claim.status != "holds" for claim in claims), line
    assert moved >= 150


CALLED = {
    "children": ("children's cases", "children", "young people"),
    "victims": ("victims' cases", "victims"),
    "staff": ("members of staff", "staff", "practitioners"),
    "parents": ("parents and carers", "parents", "carers"),
}


def test_the_same_number_holds_of_its_own_population_alone(whole: InspectionFolder) -> None:
    found = findings_of(whole)
    told = []
    for paragraph in (p for p in compose_report(whole).document.paragraphs() if p.figures):
        figure = next(f for f in paragraph.figures if " of the " in f.text)
        theirs, noun = _population(found, figure), _noun(found, figure)
        for population, names in CALLED.items():
            lines = [_line(paragraph, {figure: figure.text.replace(noun, name)}) for name in names]
            checks = [check_letter(whole.inspection, found, passages_of([line])) for line in lines]
            holds = [{claim.status for claim in check.claims} == {"holds"} for check in checks]
            told += [(paragraph.number, population)] * (holds != [population == theirs] * len(names))
    assert told == []


def test_other_words_say_whose_records_a_number_counts(whole: InspectionFolder) -> None:
    found = findings_of(whole)
    k, needed = found.of_all.count("assess.needs").k, "the assessment said clearly what the child needed"
    heard = {
        (place, population): claim.status
        for population in ("children", "victims", "parents")
        for place, line in enumerate((
            f"1.1. We looked at 20 {population}. In {k} {needed}.",
            f"1.1. We looked at 20 {population}. In {k} of them {needed}.",
            f"1.1. In {k} of 20 {needed}; these were {CALLED[population][0]}.",
            f"1.1. In {k} of the 20 cases {needed}. These were {CALLED[population][0]}.",
        ))
        for claim in check_letter(whole.inspection, found, passages_of([line])).claims
        if claim.k == k
    }  # fmt: skip
    own = {(place, "children"): "holds" for place in range(4)}
    others = {(place, name): "unverifiable" for place in range(4) for name in ("victims", "parents")}
    assert heard == own | others


def test_a_number_without_a_noun_is_of_all_that_were_numbered_before_or_of_whom_its_words_tell(
    whole: InspectionFolder,
) -> None:
    found = findings_of(whole)
    children, victims = (found.of_all.count(name).k for name in ("assess.needs", "v.contact"))
    needed = f"In {children} the assessment said clearly what the child needed."
    for line in (
        f"1.1. We looked at 20 children's cases and 12 victims' cases. {needed}",
        f"1.1. In {victims} of the 12 victims' cases the victim was contacted in time. {needed}",
        f"1.1. We looked at 12 victims' cases. In {victims} the victim was contacted in time.",
    ):
        claims = check_letter(whole.inspection, found, passages_of([line])).claims
        assert {claim.status for claim in claims} == {"holds"}, line


def _told(text: str) -> str:
    """What a figure says, without its noun."""
    return " ".join(text.split()[: text.split().index("the") + 2])


def _population(found: Findings, figure: Figure) -> str:
    return found.criteria.whole.population_of(figure.measure)


def _noun(found: Findings, figure: Figure) -> str:
    version = found.criteria.whole
    return str(next(p.many for p in version.populations if p.id == _population(found, figure)))


def _line(paragraph: Paragraph, instead: dict[Figure, str] | None = None) -> str:
    lead = f"{paragraph.number}. " if paragraph.number else ""
    runs = (run if isinstance(run, str) else (instead or {}).get(run, run.text) for run in paragraph.runs)
    return lead + "".join(runs)


# ---------------------------------------------------------------- commands


def test_a_population_is_named_by_its_folder_an_option_or_before_the_case(sqs: Run, anytown: Path) -> None:
    ways = (
        (anytown / "victims", "03", "v.contact", "no"),
        (anytown, "03", "v.contact", "no", "--population", "victims"),
        (anytown, "victims/3", "v.contact", "no"),
    )
    for way in ways:
        done = sqs("answer", *way, "--reason", "late")
        assert (done.returncode, "case 03 v.contact: insufficient" in done.stderr) == (0, True), done.stderr
    assert sqs("answer", anytown, "03", "v.contact", "no").returncode == 2
    missing = sqs("show", anytown, "03", "--population", "victim")
    assert "no population 'victim' in" in missing.stderr
    assert "did you mean 'victims'? known: children, victims, staff, parents" in missing.stderr


def test_every_population_has_a_board_and_tables_of_its_own(sqs: Run, anytown: Path, tmp_path: Path) -> None:
    board = sqs("summary", anytown).stdout
    for noun in ("20 children's cases", "12 victims' cases", "6 members of staff", "10 parents and carers"):
        assert f"Anytown YJS: {noun}" in " ".join(board.split())
    data = json.loads(sqs("summary", anytown, "--json", "--population", "victims").stdout)
    assert (data["population"], data["cases"], len(data["questions"])) == ("victims", 12, 2)
    assert sqs("export", anytown, "--to", tmp_path / "out").returncode == 0
    rows = (tmp_path / "out" / "answers.csv").read_text().splitlines()[1:]
    assert {row.split(",")[1] for row in rows}.isdisjoint({"v.contact", "v.safety", "s.training"})
    assert (tmp_path / "out" / "victims" / "cases.csv").read_text().count("\n") == 13


def test_each_population_is_drawn_once(sqs: Run, tmp_path: Path) -> None:
    (tmp_path / f"{populations.NAME}.toml").write_text(populations.version_text(), encoding="utf-8")
    new = ("--service", "S", "--dates", "2026-11-23", "--criteria", f"./{populations.NAME}.toml")
    assert sqs("new", "drawn", *new).returncode == 0
    (tmp_path / "frame.csv").write_text("case\n" + "".join(f"{n:02}\n" for n in range(1, 31)))
    draw = ("sample", "frame.csv", "--any-date", "--into", "drawn", "--seed", 7)
    assert sqs(*draw, "--n", 20).returncode == 0
    assert sqs(*draw, "--n", 12, "--population", "victims").returncode == 0
    again = sqs(*draw, "--n", 11, "--population", "victims")
    assert again.returncode == 2
    assert "another sample is recorded in" in again.stderr
    drawn = open_inspection(tmp_path / "drawn")
    assert [len(drawn.population(name).inspection.sample.drawn) for name in ("children", "victims")] == [
        20,
        12,
    ]


def test_a_history_is_kept_and_verified_for_each(sqs: Run, anytown: Path) -> None:
    with (anytown / "victims" / "cases" / "03.toml").open("r+b") as file:
        text = file.read().replace(b"Seen in the file", b"Seen in the fire")
        file.seek(0)
        file.write(text)
    verified = sqs("verify", anytown)
    assert verified.returncode == 1
    assert "victims/cases/03.toml: H008" in verified.stdout
    assert "population victims has a history of its own" in sqs("history", anytown).stderr


def test_a_condition_and_a_subset_look_at_the_record_that_a_fact_links(sqs: Run, tmp_path: Path) -> None:
    (tmp_path / "linked.toml").write_text(populations.linked_text(), encoding="utf-8")
    new = ("new", "lk", "--service", "S", "--dates", "2026-11-23", "--criteria", "./linked.toml")
    assert sqs(*new, "--cases", "children=3,victims=3").returncode == 0
    folder = tmp_path / "lk"

    def told() -> tuple[str, str]:
        whole = open_inspection(folder)
        victims = whole.population("victims")
        state = question_states(victims.criteria, victims.case("01").record)["v.told"]
        return str(state), str(findings_of(whole).of_all.count("victims", subset="child_at_risk").k)

    refused = [sqs("fact", "lk", "victims/01", f"child={named}").stderr for named in ("07", "Jo Doe")]
    assert "names a record of 'children', and there is no '07'; known: 01, 02, 03" in refused[0]
    assert "never a name" in refused[1]
    assert sqs("fact", "lk", "victims/01", "child=02").returncode == 0
    assert told() == ("not-asked", "0")
    sqs("fact", "lk", "02", "risk_identified=yes")
    sqs("answer", "lk", "02", "plan.risk", "insufficient")
    assert told() == ("unanswered", "1")
    sqs("answer", "lk", "victims/01", "v.told", "yes")
    sqs("purge", "lk", "02", "--why", "drawn by mistake", "--apply")
    assert told() == ("parked", "0")
    checked = sqs("check", "lk/victims")
    assert "C206 'child' names '02', and there is no such record of 'children'" in checked.stdout


def test_a_migration_knows_what_is_asked_of_a_record_that_names_another(sqs: Run, tmp_path: Path) -> None:
    (tmp_path / "linked.toml").write_text(populations.linked_text(), encoding="utf-8")
    later = populations.linked_text().replace('id = "linked"', 'id = "later"', 1)
    later = later.replace('id = "v.warned"', 'id = "v.warned.in.time"').replace(
        '"v.warned"', '"v.warned.in.time"'
    )
    (tmp_path / "later.toml").write_text(later, encoding="utf-8")
    new = ("new", "lk", "--service", "S", "--dates", "2026-11-23", "--criteria", "./linked.toml")
    sqs(*new, "--cases", "children=1,victims=1")
    sqs("fact", "lk", "01", "risk_identified=yes")
    sqs("answer", "lk", "01", "plan.risk", "sufficient")
    sqs("fact", "lk", "victims/01", "child=01", "direct_contact=no")
    for question in ("v.contact", "v.safety", "v.warned"):
        sqs("answer", "lk", "victims/01", question, "sufficient")
    assert sqs("finish", "lk", "victims/01").returncode == 0
    planned = sqs("criteria", "migrate", "lk", "--to", "./later.toml")
    assert "victims/cases/01.toml: finished, but 1 questions of later are not answered" in planned.stdout
    assert sqs("criteria", "migrate", "lk", "--to", "./later.toml", "--apply").returncode == 0
    victims = open_inspection(tmp_path / "lk").population("victims")
    states = question_states(victims.criteria, victims.case("01").record)
    assert str(states["v.warned.in.time"]) == "unanswered"


# ---------------------------------------------------------------- plain mode and screens


def test_plain_mode_goes_from_population_to_population(anytown: Path) -> None:
    typed = "population victims\ngoto 03\npopulation staff\nletter 4.1\ngoto victims/3\nback\nquit\n"
    done = warm.run(("tui", anytown, "--plain"), cwd=None, env=dict(os.environ), typed=typed.encode())
    said = " ".join(done.stdout.decode().split())
    steps = (
        "12 victims' cases, 12 complete", "Victim's case 03. Review.", "assessed with the victim worker",
        "Enter for the victims' cases):", "6 members of staff",
        "Children's cases. 4.1 We looked at 20 children's cases and 12 victims' cases.", "Victims' cases. Victim's case 03.",
        "There is nothing before this.", "Everything entered is saved.",
    )  # fmt: skip
    places = [said.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_the_screens_go_from_population_to_population(anytown: Path) -> None:
    app = SqsApp(str(anytown))

    async def walk() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await _until(pilot, lambda: app.workspace is not None)
            assert _head(app) == (
                "Anytown YJS · Children's cases · 23–25 Nov 2026",
                "20 of 20 children's cases",
            )
            await pilot.press("P")
            await _until(pilot, lambda: "Victims' cases" in _head(app)[0])
            assert _head(app)[1] == "12 of 12 victims' cases"
            app.post_message(GoTo(Location("letter")))
            await _until(pilot, lambda: isinstance(app.screen, LetterScreen))
            app.post_message(GoTo(Location("question", "victims/03", "v.contact")))
            await _until(pilot, lambda: isinstance(app.screen, QuestionScreen))
            assert _head(app)[0].startswith("Victim's case 03 · ")
            await pilot.press("n", "escape")  # back to the letter it was opened from
            await _until(pilot, lambda: isinstance(app.screen, LetterScreen))
            await pilot.press("3")
            assert "four-populations has no interviews" in app.messages[-1][1]

    asyncio.run(walk())
    assert open_inspection(anytown / "victims").case("03").record.judged("v.contact") == "insufficient"


def _head(app: SqsApp) -> tuple[str, str]:
    screen = app.screen
    return (screen.where(), screen.far()) if isinstance(screen, SqsScreen) else ("", "")


async def _until(pilot: Pilot[None], reached: Callable[[], bool]) -> None:
    for _ in range(200):
        if reached():
            return
        await pilot.pause(0.05)
    raise AssertionError("not reached")


# ---------------------------------------------------------------- what is wrong


def test_a_population_without_its_folder_is_told_and_stops_every_figure_of_the_letter(anytown: Path) -> None:
    shutil.rmtree(anytown / "victims")
    folder = open_inspection(anytown)
    with pytest.raises(RecordError) as refused:
        findings_of(folder)
    assert [str(problem) for problem in refused.value.problems] == [
        "victims/inspection.toml: R037 the records of population 'victims' are not there; "
        "put the folder victims back from a copy; 'sqs new' makes it with the inspection"
    ]
    assert "victims/inspection.toml" in [problem.where for problem in doubts_about(folder)]
    assert not what_is_left(folder).final


def test_a_population_without_records_is_left_to_draw_and_may_stay_so(anytown: Path) -> None:
    for file in (anytown / "parents" / "cases").iterdir():
        file.unlink()
    folder = open_inspection(anytown)
    (item,) = [item for item in what_is_left(folder).items if item.code == "C112"]
    assert str(item) == (
        "parents: C112 there are no parents and carers yet; "
        "draw them or add them, or keep it so with a reason"
    )
    stored = folder.narrative()
    folder.save_narrative(accepting(stored.record, item, "None agreed to talk."), expect=stored.hash)
    assert "C112" not in [item.code for item in what_is_left(folder).items]


def test_a_broken_record_of_a_population_is_told_with_its_place(sqs: Run, anytown: Path) -> None:
    (anytown / "victims" / "cases" / "03.toml").write_text("format = 1\n")
    checked = sqs("check", anytown)
    assert checked.returncode == 3
    assert "victims/cases/03.toml" in checked.stdout
    assert sqs("report", anytown, "-r", "text").returncode == 3


@links
@pytest.mark.parametrize(("name", "place"), [("victims", "victims"), ("victims/cases", "cases")])
def test_no_folder_of_a_population_is_followed_out_of_its_inspection(
    sqs: Run, anytown: Path, tmp_path: Path, name: str, place: str
) -> None:
    elsewhere = Path(shutil.copytree(anytown, tmp_path / "elsewhere"))
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    shutil.rmtree(anytown / name)
    (anytown / name).symlink_to(elsewhere / name)
    done = sqs("check", anytown)
    assert (done.returncode, f"{name}: R001 this is a link" in done.stdout) == (3, True)
    assert "left: child's case 01" in done.stdout  # nothing else is hidden
    refused = sqs("purge", anytown / "victims", "01", "--why", "w", "--apply")
    assert (refused.returncode, f"{place}: R001" in refused.stderr) == (3, True)
    assert sqs("case", "add", anytown / "victims", "77").returncode == 3
    assert sqs("doctor", anytown / name).returncode == 3  # it would try there whether it can save
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before


@links
def test_a_new_inspection_makes_no_population_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "victims").symlink_to(tmp_path / "outside")
    with pytest.raises(RecordError, match="victims: R001 this is a link"):
        populations.made(tmp_path / "begun")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_copy_of_the_folder_of_a_population_is_named(anytown: Path) -> None:
    shutil.copytree(anytown / "victims", anytown / "victims-LAPTOP")
    assert [problem.where for problem in doubts_about(open_inspection(anytown))] == ["victims-LAPTOP"]


def test_what_is_left_of_a_population_is_left_of_the_letter(anytown: Path) -> None:
    folder = open_inspection(anytown)
    victims = folder.population("victims")
    stored = victims.case("03")
    victims.save_case(evolve(stored.record, answers={}), expect=stored.hash)
    left = [item for item in what_is_left(folder).items if item.population == "victims"]
    assert [(item.where, item.location.case) for item in left if item.code == "C101"] == [
        ("victim's case 03", "victims/03")
    ]


def test_of_a_population_that_is_done_it_is_not_said_that_the_letter_can_go(anytown: Path) -> None:
    folder = open_inspection(anytown)
    done = evolve(what_is_left(folder.population("victims")), items=())
    assert done.summary == "Nothing is left of the victims' cases; the letter is of the whole inspection."
    assert not what_is_left(folder).part


def test_a_hold_on_the_inspection_stops_a_purge_in_every_population(sqs: Run, anytown: Path) -> None:
    assert sqs("hold", anytown, "--why", "a complaint").returncode == 0
    purged = sqs("purge", anytown, "victims/03", "--why", "its time is over", "--apply")
    assert (purged.returncode, "stops every purge" in purged.stderr) == (5, True), purged.stderr


# ---------------------------------------------------------------- the framework of 2025


def test_the_framework_of_2025_says_what_is_missing_and_rates_nothing(sqs: Run, tmp_path: Path) -> None:
    new = ("--service", "S", "--dates", "2026-11-23", "--cases", "children=14,victims=9")
    made = sqs("new", "spring", *new, "--criteria", "hmip-youth-2025")
    assert made.returncode == 0
    assert "missing in hmip-youth-2025: the key questions and prompts on children's cases" in made.stderr
    answered = sqs("answer", "spring", "victims/01", "v1.1", "sufficient", "--evidence", "Seen.")
    assert answered.returncode == 0
    board = sqs("summary", "spring").stdout
    for line in ("Victims (V1): not rated: V1.1 is counted and V1.2 is given",
                 "V1.2, given by the inspectors: not rated, because no \"v1.2\" is recorded under [ratings]",
                 "Assessing, planning, delivering: not rated"):  # fmt: skip
        assert line in board
    left = [item for item in what_is_left(open_inspection(tmp_path / "spring")).items if item.code == "L015"]
    assert [item.acceptable for item in left] == [False, *[True] * 5]
    assert sqs("agreement", "spring").returncode == 2
