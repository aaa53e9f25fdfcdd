"""A criteria version in a file of one's own: the inspection keeps a copy, and is whole by itself."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from conftest import Run
from sqs_core.cli import main
from sqs_core.errors import RecordError, UsageError
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.layout import CRITERIA
from sqs_core.storage.library import criteria_to_keep
from sqs_core.storage.lint_files import lint_without_claims
from sqs_core.storage.safe_read import parse_toml
from systems import links


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of one's own in a file, and an inspection of two cases made under it."""
    place = tmp_path_factory.mktemp("written")
    file = str(place / "spring.toml")
    main(["criteria", "new", file])
    days = ("--service", "S", "--dates", "2026-11-23", "--cases", "2")
    assert main(["new", str(place / "autumn"), *days, "--criteria", file]) == 0
    return place


@pytest.fixture
def spring(written: Path, tmp_path: Path) -> Path:
    """A version of one's own in a file."""
    return Path(shutil.copy(written / "spring.toml", tmp_path))


@pytest.fixture
def autumn(written: Path, spring: Path) -> Path:
    """An inspection of two cases made under it."""
    return Path(shutil.copytree(written / "autumn", spring.with_name("autumn")))


def reworded(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_inspection_keeps_the_file_it_was_made_under_and_needs_nothing_else(
    sqs: Run, spring: Path, autumn: Path
) -> None:
    assert (autumn / CRITERIA).read_bytes() == spring.read_bytes()
    spring.unlink()
    sqs("fact", "autumn", "01", "setting=community", "review_due=yes")
    assert sqs("answer", "autumn", "01", "deliver.review", "yes").returncode == 0
    shutil.copytree(autumn, autumn.with_name("copy"))
    assert sqs("answer", "copy", "02", "assess.needs", "yes").returncode == 0
    for command in (
        ("merge", "autumn", "copy", "--apply"),
        ("check", "autumn"),
        ("report", "autumn", "-r", "text", "-o", "-"),
        ("programme", "autumn", "copy", "--csv"),
        ("takeaway", "autumn", "01"),
        ("screen", "autumn", "--plain"),
        ("verify", "autumn"),
    ):
        done = sqs(*command)
        assert (command[0], done.returncode, done.stderr if done.returncode else "") == (command[0], 0, "")


def test_a_version_that_ships_is_not_copied(sqs: Run, tmp_path: Path) -> None:
    sqs("new", "leeds", "--service", "S", "--dates", "2026-11-23", "--criteria", "local-audit")
    assert not (tmp_path / "leeds" / CRITERIA).exists()


def test_a_copy_that_asks_something_else_is_refused_with_what_to_do(sqs: Run, autumn: Path) -> None:
    reworded(autumn / CRITERIA, "should have been", "ought to have been")
    said = sqs("status", "autumn")
    assert (said.returncode, said.stderr) == (
        3,
        "sqs: criteria.toml: R039 this is not what the inspection was made under: what it asks was changed, or "
        "it is another file; put the file back as it was, from a copy of the folder; whoever wants to ask "
        "something else gives the changed file another id, elsewhere, and migrates the inspection\n",
    )


def test_only_the_letter_of_a_copy_may_be_reworded(sqs: Run, autumn: Path) -> None:
    reworded(autumn / CRITERIA, 'title = "Audit of casework in {place}"', 'title = "Our audit of {place}"')
    assert "Our audit of S" in sqs("report", "autumn", "-r", "text", "-o", "-").stdout


def test_a_copy_that_is_gone_is_told_with_what_to_do(sqs: Run, autumn: Path) -> None:
    (autumn / CRITERIA).unlink()
    assert "or put criteria.toml back from a copy of the folder" in sqs("status", "autumn").stderr


@links
def test_a_copy_that_leads_out_of_the_folder_is_not_followed(sqs: Run, spring: Path, autumn: Path) -> None:
    (autumn / CRITERIA).unlink()
    (autumn / CRITERIA).symlink_to(spring)
    assert "criteria.toml: R001 this is no ordinary file" in sqs("status", "autumn").stderr


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (b"", "R013"),
        (b"\xff\xfe", "R004"),
        (b"a = '\x1b[2J'\n", "R005"),
        (b"#" * (1 << 21), "R002"),
        (b"format = 1\n", "R010"),
        (b"format = 9\n", "R002"),
    ],
)
def test_a_received_copy_is_believed_in_nothing(autumn: Path, spoilt: bytes, told: str) -> None:
    (autumn / CRITERIA).write_bytes(spoilt)
    with pytest.raises(RecordError) as refused:
        open_inspection(autumn)
    assert {(problem.where.partition(":")[0], problem.code) for problem in refused.value.problems} == {
        (CRITERIA, told)
    }


def test_a_copy_is_linted_before_it_is_used(autumn: Path) -> None:
    reworded(autumn / CRITERIA, '"{k} of the {n} {unit}"', '"{k:>999999999} of the {n} {unit}"')
    with pytest.raises(RecordError, match=r"criteria.toml:\d+: V606 nothing fills {k:>999999999} in some_of"):
        open_inspection(autumn)


def test_a_file_that_does_not_lint_makes_no_inspection(sqs: Run, spring: Path) -> None:
    reworded(spring, 'theme = "plan"', 'theme = "plam"')
    said = sqs("new", "autumn", "--service", "S", "--dates", "2026-11-23", "--criteria", "./spring.toml")
    assert (said.returncode, (spring.parent / "autumn").exists()) == (3, False)
    assert "V102 no theme 'plam'; did you mean 'plan'?" in said.stderr


def test_a_file_called_like_a_version_that_ships_must_ask_the_same(tmp_path: Path, spring: Path) -> None:
    file = spring.with_name("local-audit.toml")
    file.write_text(spring.read_text("utf-8").replace('id = "spring"', 'id = "local-audit"'), "utf-8")
    assert criteria_to_keep(str(file))[1] == file.read_bytes()  # commented otherwise, and so kept
    reworded(file, "should have been", "ought to have been")
    with pytest.raises(
        RecordError, match="V112 asks something else than the version 'local-audit' that ships"
    ):
        criteria_to_keep(str(file))
    with pytest.raises(UsageError, match=r"no file .*nothing\.toml"):
        criteria_to_keep(str(tmp_path / "nothing.toml"))


def test_two_inspections_with_versions_of_one_name_are_not_one_table(
    sqs: Run, spring: Path, autumn: Path
) -> None:
    reworded(spring, "should have been", "ought to have been")
    sqs("new", "winter", "--service", "S", "--dates", "2026-11-23", "--cases", 1, "--criteria", spring)
    said = sqs("programme", "autumn", "winter", "--csv")
    assert (said.returncode, said.stderr) == (
        2,
        "sqs: autumn, winter keep versions called 'spring' that ask different things: migrate them to one, or "
        "take them one by one\n",
    )


# ---------------------------------------------------------------- another version, and drafts


def test_an_inspection_is_carried_over_to_a_file_and_keeps_that(sqs: Run, spring: Path, autumn: Path) -> None:
    sqs("answer", "autumn", "01", "assess.needs", "yes")
    second = spring.with_name("spring-2.toml")
    second.write_text(spring.read_text("utf-8").replace('id = "spring"', 'id = "spring-2"', 1), "utf-8")
    assert sqs("criteria", "migrate", "autumn", "--to", "./spring-2.toml", "--apply").returncode == 0
    assert (autumn / CRITERIA).read_bytes() == second.read_bytes()
    assert open_inspection(autumn).case("01").record.judged("assess.needs") == "sufficient"
    sqs("criteria", "migrate", "autumn", "--to", "local-audit", "--apply")
    assert not (autumn / CRITERIA).exists()


def test_a_changed_version_under_the_same_id_is_no_other_version(
    sqs: Run, spring: Path, autumn: Path
) -> None:
    reworded(spring, "should have been", "ought to have been")
    said = sqs("criteria", "migrate", "autumn", "--to", "./spring.toml", "--apply")
    assert (said.returncode, "asks something else; give it another id" in said.stderr) == (2, True)


def test_a_draft_may_be_reworded_while_a_pilot_is_under_it_and_then_frozen(sqs: Run, spring: Path) -> None:
    reworded(spring, "format = 1\n", 'format = 1\nstatus = "draft"\n')
    sqs("new", "pilot", "--service", "S", "--dates", "2026-11-23", "--cases", 2, "--criteria", spring)
    sqs("answer", "pilot", "01", "assess.needs", "yes")
    assert "C302 is under a draft of spring, whose wording may still change" in sqs("check", "pilot").stdout
    reworded(spring, "Does the assessment say clearly", "Does the assessment say in plain words")
    assert sqs("criteria", "migrate", "pilot", "--to", spring, "--apply").returncode == 0
    pilot = open_inspection(spring.with_name("pilot"))
    assert str(pilot.criteria.question("assess.needs").text).startswith("Does the assessment say in plain")
    reworded(spring.with_name("pilot") / CRITERIA, 'id = "thin"', 'id = "thinner"')
    assert "R039" in sqs("status", "pilot").stderr
    shutil.copy(spring, spring.with_name("pilot") / CRITERIA)
    reworded(spring, 'status = "draft"\n', "")
    assert sqs("criteria", "migrate", "pilot", "--to", spring, "--apply").returncode == 0
    frozen = open_inspection(spring.with_name("pilot"))
    assert (frozen.criteria.status, frozen.case("01").record.judged("assess.needs")) == (
        "frozen",
        "sufficient",
    )


# ---------------------------------------------------------------- while it is written


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "id = “spring”",
            "x.toml:2: R008 column 6: a curly quotation mark, as word processors make them; write straight ones",
        ),
        ('id = "spring”', "x.toml:2: R008 column 14: a curly quotation mark"),
        ('id = = "spring"', "x.toml:2: R008 column 6: two equals signs; write one"),
        ('id == "spring"', "x.toml:2: R008 column 5: two equals signs; write one"),
        (
            'ids = ["a" "b"]',
            "x.toml:2: R008 column 12: a comma is missing before this, or the closing ]; add it",
        ),
        (
            "w = { a = 1 b = 2 }",
            "x.toml:2: R008 column 13: a comma is missing before this, or the closing }; add it",
        ),
        ("id = spring", 'x.toml:2: R008 column 6: words without quotation marks; write them as "…"'),
        (
            "yes = True",
            "x.toml:2: R008 column 7: true and false are written in small letters; write true or false",
        ),
        (
            'id = "a "b" c"',
            'x.toml:2: R008 column 10: something follows the closing quotation mark; write \\" for one',
        ),
        ('id: "a"', "x.toml:2: R008 column 3: a colon, where an equals sign stands; write: key = value"),
        ("day = 23/11/2026", "x.toml:2: R008 column 9: a date is written 2026-11-23"),
        ("[[facts]", "x.toml:2: R008 column 8: a heading is not closed; end it with ]]"),
        ("id =", "x.toml:2: R008 column 5: there is nothing after the equals sign; write the value"),
    ],
)
def test_what_is_no_toml_is_told_by_line_and_column_with_its_cure(written: str, told: str) -> None:
    with pytest.raises(RecordError) as refused:
        parse_toml(f"format = 1\n{written}\n".encode(), "x.toml", end_mark=False)
    assert str(refused.value).startswith(told)


def test_a_problem_names_the_question_and_not_its_number(spring: Path) -> None:
    text = spring.read_text("utf-8").replace('short = "plan for risk to others"', "short = 3", 1)
    (problem,) = lint_without_claims(text.encode(), "spring.toml")
    assert problem.what == (
        "short of question 'plan.risk': expected words in quotes, or a table of them by language "
        'such as { en = "…" }'
    )


@pytest.mark.parametrize("name", ["status", "Case"])
def test_a_name_that_is_a_column_of_a_table_is_refused(spring: Path, name: str) -> None:
    text = spring.read_text("utf-8").replace('id = "opened"', f'id = "{name}"', 1)
    (problem,) = lint_without_claims(text.encode(), "spring.toml")
    assert (problem.code, problem.what) == (
        "V106", f"tables have a column '{name.lower()}' beside facts and questions"
    )  # fmt: skip


def test_lint_looks_again_whenever_the_file_is_saved(
    spring: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter(("plam", "plan"))

    def saved(_: float) -> None:
        if (theme := next(steps, None)) is None:
            raise KeyboardInterrupt
        text = spring.read_text("utf-8")
        spring.write_text(
            text.replace('theme = "plan"' if theme == "plam" else 'theme = "plam"', f'theme = "{theme}"', 1),
            "utf-8",
        )
        os.utime(spring, ns=(time.time_ns(), time.time_ns()))

    monkeypatch.setattr(time, "sleep", saved)
    assert main(["criteria", "lint", str(spring), "--watch"]) == 0
    printed = capsys.readouterr()
    assert [line for line in printed.err.splitlines() if line.startswith("sqs: one file")] == [
        "sqs: one file, no problems",
        "sqs: one file, one problem",
        "sqs: one file, no problems",
    ]
