"""sqs criteria …, sqs schema and the ratings of sqs summary, as a person or a script uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from attrs import evolve

import populations
from sqs_core.cli import main
from sqs_core.cli.criteria_show import rollup_words
from sqs_core.records import Answer
from sqs_core.storage.atomic import ANY
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import load_criteria

EXAMPLE = Path(__file__).parents[2] / "examples" / "darlington-2012"


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class Sqs:
    """The command line, called in this process, in a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *arguments: object) -> Said:
        code = main([str(a) for a in arguments])
        printed = self.capsys.readouterr()
        return Said(code, printed.out, printed.err)


@pytest.fixture
def sqs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sqs:
    """Run ``sqs`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Sqs(tmp_path, capsys)


@pytest.fixture
def darlington(sqs: Sqs) -> Path:
    """A copy of the example in the folder where ``sqs`` runs."""
    shutil.copytree(EXAMPLE, sqs.folder / "darlington")
    return Path("darlington")


def audit(sqs: Sqs) -> Path:
    """A local audit of six cases, four of them good enough in all but plans for risk."""
    sqs(
        "new",
        "audit",
        "--service",
        "A service",
        "--dates",
        "2026-11-23",
        "--cases",
        6,
        "--criteria",
        "local-audit",
    )
    folder = open_inspection("audit")
    for i, case in enumerate(folder.case_ids()):
        record = folder.case(case).record.noting("risk_identified", True)
        for question in folder.criteria.questions[:5]:
            short = question.id == "plan.risk" or i > 3
            record = record.answering(question.id, Answer("insufficient" if short else "sufficient"))
        folder.save_case(record, expect=ANY)
    return Path("audit")


def test_a_new_file_lints_clean_and_can_be_previewed(sqs: Sqs) -> None:
    assert sqs("criteria", "new", "spring.toml", "--title", 'Audit "one"').code == 0
    assert sqs("criteria", "lint", "spring.toml") == Said(0, "", "sqs: one file, no problems\n")
    assert sqs("criteria", "show", "spring.toml").out.startswith('spring: Audit "one"\n')
    assert sqs("criteria", "new", "mine.toml", "--from", "fji-2014", "--title", "Mine").code == 0
    assert sqs("criteria", "show", "mine.toml").out.startswith("mine: Mine\n")


def test_a_new_file_never_replaces_one(sqs: Sqs) -> None:
    Path("spring.toml").write_text("mine")
    assert sqs("criteria", "new", "spring.toml").code == 2
    assert Path("spring.toml").read_text() == "mine"


def test_a_new_file_cannot_take_the_name_of_a_version(sqs: Sqs) -> None:
    said = sqs("criteria", "new", "sqs-2012.toml")
    assert (said.code, Path("sqs-2012.toml").exists()) == (2, False)
    assert "there is a version 'sqs-2012' already" in said.err


def test_lint_prints_each_problem_on_a_line_and_exits_1(sqs: Sqs) -> None:
    sqs("criteria", "new", "spring.toml")
    path = Path("spring.toml")
    path.write_text(
        path.read_text().replace('theme = "plan"', 'theme = "plam"', 1).replace('key = "y"', 'key = "e"')
    )
    said = sqs("criteria", "lint", "spring.toml")
    assert (said.code, len(said.out.splitlines())) == (1, 2)
    assert "V102 no theme 'plam'; did you mean 'plan'?" in said.out
    assert said.err == "sqs: one file, 2 problems\n"


def test_lint_as_json_has_code_file_line_what_and_remedy(sqs: Sqs) -> None:
    sqs("criteria", "new", "spring.toml")
    path = Path("spring.toml")
    path.write_text(path.read_text().replace('key = "y"', 'key = "e"'))
    said = sqs("criteria", "lint", "spring.toml", "--json")
    assert (said.code, said.data) == (
        1,
        {
            "format": 1,
            "files": ["spring.toml"],
            "problems": [
                {
                    "file": "spring.toml",
                    "line": said.data["problems"][0]["line"],
                    "code": "V104",
                    "what": "the key 'e' of outcome 'sufficient' already stands for the evidence",
                    "remedy": "choose a free one, such as a, h, i, j, o, s, w, y",
                    "advice": False,
                }
            ],
        },
    )
    assert path.read_text().splitlines()[said.data["problems"][0]["line"] - 1] == 'key = "e"'


def test_lint_of_a_file_that_is_not_there_is_a_mistake_of_use(sqs: Sqs) -> None:
    assert sqs("criteria", "lint", "nothing.toml") == Said(2, "", "sqs: no file nothing.toml\n")


def test_lint_takes_what_is_not_toml_and_goes_on_with_the_next(sqs: Sqs) -> None:
    Path("bad.toml").write_text("id = \n")
    sqs("criteria", "new", "spring.toml")
    said = sqs("criteria", "lint", "bad.toml", "spring.toml")
    assert (said.code, said.err) == (1, "sqs: 2 files, one problem\n")


def test_preview_shows_what_applies_and_under_which_condition_the_rest_would(sqs: Sqs) -> None:
    said = sqs("criteria", "preview", "local-audit", "--fact", "risk_identified=yes")
    assert "  plan.risk  Does the plan say what will be done to keep others safe?" in said.out
    assert said.out.endswith("Not asked of this case\n  deliver.review  asked when review_due is yes\n")
    assert said.err == "sqs: 5 of 6 questions of local-audit apply\n"


def test_preview_gives_no_key_for_what_is_computed(sqs: Sqs) -> None:
    said = sqs("criteria", "preview", "social-care-audit").out
    assert (
        "computed from 'Referral received on' and 'Decision on what happens next'; nobody gives it:\n      · on time\n      · late\n"
        in said
    )


def test_preview_can_be_limited_to_a_profile(sqs: Sqs) -> None:
    assert sqs("criteria", "preview", "yjs-2018", "--profile", "court-only").err == (
        "sqs: 5 of 12 questions of yjs-2018 apply\n"
    )


def test_preview_refuses_a_fact_that_is_not_there_with_the_nearest(sqs: Sqs) -> None:
    said = sqs("criteria", "preview", "local-audit", "--fact", "risk_identifed=yes")
    assert (said.code, "did you mean 'risk_identified'" in said.err) == (2, True)


def test_each_population_is_previewed_synthesised_and_counted_by_itself(sqs: Sqs) -> None:
    Path("linked.toml").write_text(populations.linked_text(), encoding="utf-8")
    said = sqs("criteria", "preview", "linked.toml", "--population", "victims")
    assert (said.out.count("assess."), said.err) == (
        0,
        "sqs: Victims' cases: 1 of 4 questions of linked apply\n",
    )
    said = sqs("criteria", "preview", "linked.toml", "--fact", "risk_identified=yes")
    assert [line for line in said.out.splitlines() if line in ("Children's cases", "Victims' cases")] != []
    assert said.err.splitlines()[:2] == [
        "sqs: Children's cases: 5 of 6 questions of linked apply",
        "sqs: Victims' cases: 1 of 4 questions of linked apply",
    ]
    counts = "3 children's cases, 3 victims' cases, 3 members of staff, 3 parents and carers"
    said = sqs("synth", "trial", "--criteria", "./linked.toml", "--cases", "3")
    assert said.err.splitlines()[0] == f"made trial: {counts}, all practice, under linked, by seed 1"
    said = sqs("check", "trial")
    assert said.err.startswith(f"{counts}, 0 problems of reading; 0 findings, 0 to think about; ")
    assert "interview" not in sqs("status", "trial").out


def test_diff_classes_every_question(sqs: Sqs) -> None:
    counts = sqs("criteria", "diff", "sqs-2012", "yjs-2018", "--json").data["counts"]
    assert counts == {"same": 0, "reworded": 7, "split": 0, "merged": 3, "gone": 12, "new": 13}


def test_diff_takes_files_as_well_as_ids(sqs: Sqs) -> None:
    sqs("criteria", "new", "spring.toml")
    path = Path("spring.toml")
    path.write_text(path.read_text().replace("Does the assessment say clearly", "Does the assessment say"))
    said = sqs("criteria", "diff", "local-audit", "spring.toml")
    assert said.out.splitlines()[1] == "  reworded  assess.needs     text"
    assert said.err == "sqs: from local-audit to spring: 5 same, 1 reworded\n"


def test_migrate_is_a_dry_run_that_accounts_for_everything(sqs: Sqs, darlington: Path) -> None:
    before = (darlington / "cases" / "07.toml").read_bytes()
    said = sqs("criteria", "migrate", darlington, "--to", "yjs-2018")
    assert said.code == 0
    assert "  each of them found again, whole and equal: 538 of 538; none came from nowhere" in said.out
    assert said.err == "sqs: nothing was written; --apply does it\n"
    assert (darlington / "cases" / "07.toml").read_bytes() == before


def test_migrate_with_apply_does_it_and_says_where_the_old_inspection_is(sqs: Sqs, darlington: Path) -> None:
    said = sqs("criteria", "migrate", darlington, "--to", "yjs-2018", "--apply", "--json")
    assert (said.code, said.data["applied"], said.data["unaccounted"]) == (0, True, [])
    assert Path(said.data["kept"]).name == "darlington-before-yjs-2018"
    assert sqs("summary", darlington, "--json").data["criteria"]["id"] == "yjs-2018"
    assert sqs("summary", said.data["kept"], "--json").data["criteria"]["id"] == "sqs-2012"


def test_what_was_parked_is_shown_with_the_case(sqs: Sqs, darlington: Path) -> None:
    sqs("criteria", "migrate", darlington, "--to", "yjs-2018", "--apply")
    assert "Parked from other versions: kept, not counted" in sqs("show", darlington, "07").out


def test_the_example_is_not_counted_under_another_version_without_a_migration(
    sqs: Sqs, darlington: Path
) -> None:
    path = darlington / "inspection.toml"
    path.write_text(path.read_text().replace('criteria = "sqs-2012"', 'criteria = "yjs-2018"'))
    said = sqs("summary", darlington)
    assert (said.code, said.out) == (3, "")
    assert "made under another content of yjs-2018" in said.err


def test_summary_shows_ratings_with_the_way_to_the_next(sqs: Sqs) -> None:
    said = sqs("summary", audit(sqs))
    assert said.out.splitlines()[-2:] == [
        "  Judged good enough, over all questions: between needs attention and sound (16 of 30), because the range "
        "36.1–69.8% does not decide 60%",
        "      by the count alone, 2 more sufficient cases would make it sound: assess.needs 4/6 → 6/6",
    ]


def test_summary_as_json_has_the_ratings(sqs: Sqs) -> None:
    (rating,) = sqs("summary", audit(sqs), "--json").data["rollups"]
    assert (rating["value"], rating["denominator"], rating["rests_on"]) == ("8/15", "answers", "16 of 30")
    assert (rating["status"], rating["rating"], rating["score"]) == ("between", None, None)
    assert (rating["between"], rating["count_in"]) == (["attention", "sound"], "attention")
    assert rating["next"]["steps"] == [
        {"question": "assess.needs", "sufficient": 4, "applicable": 6, "more": 2}
    ]


def test_summary_of_a_version_without_roll_ups_has_none(sqs: Sqs, darlington: Path) -> None:
    assert sqs("summary", darlington, "--json").data["rollups"] == []


def test_ratings_are_of_all_cases_not_of_some(sqs: Sqs) -> None:
    said = sqs("summary", audit(sqs), "--where", "risk_identified=yes", "--json")
    assert (said.data["rollups"], said.err) == (
        [],
        "sqs: ratings are of all cases; leave out --where to see them\n",
    )


def test_a_practice_case_is_on_no_board_in_no_letter_and_in_no_rating(sqs: Sqs) -> None:
    folder = open_inspection(audit(sqs))
    for case in folder.case_ids()[1:]:
        folder.save_case(evolve(folder.case(case).record, practice=True), expect=ANY)
    board = sqs("summary", "audit", "--json").data
    assert (board["cases"], board["questions"][0]["applicable"]) == (1, 1)
    assert board["rollups"][0]["why"] == "not rated, because only one case was judged and it takes 5"
    letter = sqs("report", "audit", "-r", "json", "-o", "-").out
    assert '"02"' not in letter


def test_a_case_can_be_added_for_practice(sqs: Sqs) -> None:
    audit(sqs)
    assert sqs("case", "add", "audit", "99", "--practice", "--fact", "setting=custody").code == 0
    record = open_inspection("audit").case("99").record
    assert (record.practice, record.facts) == (True, {"setting": "custody"})
    assert sqs("summary", "audit", "--json").data["cases"] == 6


def test_schema_prints_one_json_document(sqs: Sqs) -> None:
    assert sqs("schema", "criteria").data["title"] == "sqs criteria file, format 1"


def test_how_a_version_rates_is_shown_in_words() -> None:
    words = {
        rollup.id: rollup_words(rollup)
        for name in ("yjs-2021", "hmip-youth-2025", "social-care-audit")
        for rollup in load_criteria(name, plugins=False).rollups
    }
    assert [words[name] for name in ("standard.1.1", "standard.2.1", "v1", "safety")] == [
        "given by the inspectors: Inadequate, Requires improvement, Good, Outstanding",
        "the lowest of key.court.assess.desistance, key.court.assess.child, key.court.assess.others",
        "no rating",
        "the share of cases sufficient, from 1 case on: concern, no concern from 1",
    ]


@pytest.mark.parametrize("action", ["list", "show", "lint", "diff", "migrate", "new", "preview"])
def test_each_action_explains_itself_with_two_examples(sqs: Sqs, action: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["criteria", action, "--help"])
    printed = sqs.capsys.readouterr().out
    assert ended.value.code == 0
    assert printed.count(f"\n  sqs criteria {action}") >= 2


def test_a_computed_rating_is_decided_otherwise_and_both_are_shown(sqs: Sqs) -> None:
    audit(sqs)
    decide = (
        "override",
        "audit",
        "--why",
        "new managers since June",
        "--authority",
        "head of service",
        "--rating",
    )
    computed = sqs("summary", "audit", "--json").data["rollups"][0]
    assert sqs(*decide, "overall", "strong").code == 0
    rating = sqs("summary", "audit", "--json").data["rollups"][0]
    assert (rating["rating"], rating["rests_on"]) == ("strong", computed["rests_on"])
    decision = rating["override"]
    assert (decision["new"], decision["authority"], decision["computed"]) == (
        "strong",
        "head of service",
        computed["shown"],
    )
    assert rating["shown"] == (
        f"strong (decided by head of service: new managers since June; computed: {computed['shown']})"
    )
    assert "new managers since June" in sqs("summary", "audit").out
    assert "did you mean 'strong'?" in sqs(*decide, "overall", "strog").err
    assert "did you mean 'overall'?" in sqs(*decide, "overal", "strong").err
    assert sqs(*decide, "overall", "computed").code == 0
    assert sqs("summary", "audit", "--json").data["rollups"][0] == computed
    assert sqs("verify", "audit").code == 0
