"""Criteria versions written in a spreadsheet: there and back, and every mistake told by its cell."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import populations
from sqs_core.cli import main
from sqs_core.errors import RecordError, UsageError
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.criteria_sheets import CriteriaSheet, cell, to_sheets
from sqs_core.storage.first_letter import with_first_letter
from sqs_core.storage.lint_files import lint_without_claims
from sqs_core.storage.safe_read import parse_toml

openpyxl: Any = pytest.importorskip("openpyxl")

from sqs_core.storage.criteria_workbook import export_workbook, import_sheets, import_workbook  # noqa: E402

LOCAL = next(file for file in shipped_criteria() if file.stem == "local-audit")
SMALL = Path(__file__).with_name("small.toml")
VALUES = Path(__file__).with_name("values.toml")


@pytest.fixture(scope="module")
def sheets() -> tuple[CriteriaSheet, ...]:
    """The sheets of the version to start from."""
    return to_sheets(parse_toml(LOCAL.read_bytes(), LOCAL.name, end_mark=False))


@pytest.mark.parametrize("file", [*shipped_criteria(), SMALL, VALUES], ids=lambda file: file.stem)
def test_a_version_comes_back_from_its_sheets_as_it_was(file: Path) -> None:
    parsed = parse_toml(file.read_bytes(), file.name, end_mark=False)
    back, _ = import_sheets(to_sheets(parsed), "audit.xlsx")
    assert parse_toml(back, file.name, end_mark=False) == parsed


def test_a_version_in_two_languages_has_a_column_for_each() -> None:
    parsed = parse_toml(SMALL.read_bytes(), SMALL.name, end_mark=False)
    del parsed["letter"]
    parsed["languages"] = ["en", "cy"]
    text = {"en": "The plan", "cy": "Y cynllun"}
    parsed["themes"][0]["title"] = text
    made = {sheet.name: sheet for sheet in to_sheets(parsed)}
    assert made["themes"].rows[0][:4] == ("id", "label", "title::cy", "title::en")


def test_a_workbook_is_exported_changed_and_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["criteria", "export", "local-audit", "--to", "audit.xlsx"]) == 0
    book = openpyxl.load_workbook("audit.xlsx")
    assert book.sheetnames[:3] == ["version", "outcomes", "themes"]
    book["version"]["B2"] = "spring"
    book["questions"]["E2"] = "=is asked, and no formula"
    book["questions"]["E2"].data_type = "s"
    book.create_sheet("notes")["A1"] = "for us"
    book.save("audit.xlsx")
    assert main(["criteria", "import", "audit.xlsx", "--to", "spring.toml"]) == 0
    assert main(["criteria", "import", "audit.xlsx", "--to", "autumn.toml"]) == 2
    assert "next: sqs criteria preview spring.toml" in capsys.readouterr().err
    assert read_criteria(Path("spring.toml").read_bytes(), "spring.toml").id == "spring"
    book["questions"]["B3"] = "asess"
    book.save("audit.xlsx")
    assert main(["criteria", "import", "audit.xlsx", "--to", "spring.toml"]) == 1
    said = capsys.readouterr()
    assert (
        said.out
        == "audit.xlsx questions!B3: V102 no theme 'asess'; did you mean 'assess'? known: assess, plan, deliver\n"
    )
    assert said.err == "sqs: audit.xlsx, one problem; nothing was written\n"


# ---------------------------------------------------------------- mistakes


def edited(sheets: tuple[CriteriaSheet, ...], at: str, words: str) -> tuple[CriteriaSheet, ...]:
    """The sheets with ``words`` in the cell ``at``; "themes!" is the name of a sheet."""
    name, _, place = at.partition("!")
    found = []
    for sheet in sheets:
        if sheet.name == name and not place:
            sheet = evolve(sheet, name=words)
        elif sheet.name == name:
            letters, number = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
            column = sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(letters))) - 1
            rows = [list(row) for row in sheet.rows]
            while len(rows) < int(number):
                rows.append([""] * len(rows[0]))
            for row in rows:
                row += [""] * (column + 1 - len(row))
            rows[int(number) - 1][column] = words
            sheet = evolve(sheet, rows=tuple(map(tuple, rows)))
        found.append(sheet)
    return tuple(found)


MISTAKES = [
    ("a theme misspelt", "questions!B2", "asess", "questions!B2: V102 no theme 'asess'; did you mean 'assess'?"),
    ("an id twice", "questions!A3", "assess.needs", "questions!A3: V101 the question 'assess.needs' is there twice"),
    ("an id with a blank", "facts!A2", "review due", "facts!A2: V106 this question or fact has an id that cannot be typed"),
    ("an id that is a column", "facts!A5", "status", "facts!A5: V106 tables have a column 'status'"),
    ("a word that is none of the few", "outcomes!C2", "sufficent", "outcomes!C2: R010 counts of outcome 'sufficient': not one of the words allowed here"),
    ("a key of two letters", "outcomes!D2", "ye", "outcomes!D2: V104 the key of outcome 'sufficient' is not one character"),
    ("a key that the screen has", "outcomes!D2", "e", "outcomes!D2: V104 the key 'e' of outcome 'sufficient' already stands for"),
    ("a kind misspelt", "facts!C4", "chioce", "facts!C4: R010 kind of fact 'setting': not one of the words"),
    ("a text left out", "themes!C2", "", "themes!A2: R010 title of theme 'assess': 'title' is missing; add it"),
    ("a fact in a condition misspelt", "questions!F5", "risk_identifed = yes", "questions!F5: X008 when: no fact or question 'risk_identifed'; did you mean 'risk_identified'?"),
    ("a condition that compares a yes with words", "questions!F5", "risk_identified = maybe", "questions!F5: V203 fact 'risk_identified' is a boolean"),
    ("a choice in a condition misspelt", "subsets!D2", "setting = custdy", "subsets!D2: V202 fact 'setting' has no choice 'custdy'; did you mean 'custody'?"),
    ("a bracket left out", "questions!F5", "(risk_identified = yes", "questions!F5: X008 when: a closing bracket is missing; add )"),
    ("a comparison with a greater", "questions!F5", "review_due > 3", "questions!F5: X008 when: there is no < or >"),
    ("a reason for a question that is not there", "reasons!A3", "assess.neds", "reasons!A3: X009 no question 'assess.neds'; did you mean 'assess.needs'?"),
    ("a choice for a fact that is not there", "choices!A2", "seting", "choices!A2: X009 no fact 'seting'; did you mean 'setting'?"),
    ("a column misspelt", "questions!E1", "guidence", "questions!E1: X003 there is no column 'guidence' in this sheet; did you mean 'guidance'?"),
    ("a column twice", "questions!E1", "text", "questions!E1: X004 the column 'text' is there twice"),
    ("a cell beside the table", "themes!H2", "note to self", "themes!H2: X004 this cell has no heading"),
    ("a sheet misspelt", "questions!", "question", "question!A1: X002 there is no sheet 'question'; did you mean 'questions'?"),
    ("a sheet left out", "outcomes!", "notes", "outcomes: X002 the sheet 'outcomes' is missing; add it"),
    ("a date made of a fraction", "bands!E3", "2026-05-03", "bands!E3: X007 at_least: expected a fraction (the program made a date of it); format the cell as text"),
    ("a number in words", "bands!D3", "one", "bands!D3: X007 score: expected a whole number"),
    ("a roll-up of a question that is not there", "rollups!D2", "assess.needs, plan.rsk", "rollups!D2: V102 no question 'plan.rsk'; did you mean 'plan.risk'?"),
    ("a key of the version misspelt", "version!A4", "sourse", "version!A4: X003 there is no key 'sourse' here; did you mean 'source'?"),
    ("a date that is none", "version!A5", "in_force_from", "version!B5: X007 in_force_from: expected a date"),
    ("a measure in the letter misspelt", "letter!C2", "assess.neds", "letter!C2: V602 nothing fills 'assess.neds': no measure 'assess.neds'; did you mean 'assess.needs'?"),
    ("a figure in the letter misspelt", "letter!D2", "It was clear in {|of case}.", "letter!D2: V601"),
    ("a section of the letter misspelt", "letter!A2", "asess", "letter!A2: X009 no section 'asess'; did you mean 'assess'?"),
    ("an id left out", "questions!A3", "", "questions!A3: R010 id of question 2: 'id' is missing; add it"),
    ("an id in place of another one", "questions!A4", "assess.needs", "questions!A4: V101 the question 'assess.needs' is there twice, first in questions!A2; give"),
    ("a reason twice", "reasons!B4", "thin", "reasons!B4: V101 the reason of 'assess.needs' 'thin' is there twice, first in reasons!B3; give"),
    ("a fact twice", "facts!A5", "setting", "facts!A5: V101 the question or fact 'setting' is there twice, first in facts!A4; give"),
    ("a section's id misspelt", "sections!A3", "asess", "letter!A2:A3: X009 no section 'assess'; did you mean 'asess'?"),
    ("no facts", "facts!", "notes", "facts: X002 the sheet 'facts' is missing, and 'choices' has those of facts; add it"),
    ("no choices", "choices!", "notes", "choices: X002 the sheet 'choices' is missing, and fact 'setting' is a choice; add it"),
    ("no reasons", "reasons!", "notes", "reasons: X002 the sheet 'reasons' is missing, and 'insufficient' demands a reason; add it"),
    ("no letter", "letter!", "notes", "letter: X002 the sheet 'letter' is missing, and section 'assess' holds paragraphs; add it"),
    ("no populations", "themes!D2", "children", "populations: X002 the sheet 'populations' is missing, and rows are of 'children'; add it"),
    ("a number in words is quoted", "bands!D3", "one", "bands!D3: X007 score: expected a whole number, and 'one' stands here; write one such as 3"),
    ("per cent where a number belongs", "rollups!F2", "3%", "rollups!F2: X007 fewest_cases: expected a whole number, and '3%' stands here; write a number of them, such as 3"),
    ("a share without its sign", "bands!E3", "75", "bands!E3: V702 roll-up 'overall' has a band from 75, which is not a share"),
    ("the days of a question in words", "questions!J2", "within 15 days", "questions!J2: X007 timely: expected names with their values, and 'within 15 days' stands here; write it as start = referred, end = assessed, within = 15"),
]  # fmt: skip


def refused(sheets: tuple[CriteriaSheet, ...]) -> list[str]:
    with pytest.raises(RecordError) as error:
        import_sheets(sheets, "audit.xlsx")
    return [str(problem).removeprefix("audit.xlsx ") for problem in error.value.problems]


@pytest.mark.parametrize(("at", "words", "told"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_by_its_cell(
    sheets: tuple[CriteriaSheet, ...], at: str, words: str, told: str
) -> None:
    found = refused(edited(sheets, at, words))
    assert [line for line in found if line.startswith(told)] != []
    assert len(found) == 1 + (at == "version!A5")  # a key in place of another one: that is missing as well


@pytest.mark.parametrize(
    ("table", "column", "row", "words", "told"),
    [
        (
            "questions",
            "answer",
            2,
            "numbr",
            "R010 answer of question 'visits': not one of the words allowed here; did you",
        ),
        ("questions", "most", 2, "many", "X007 most: expected a whole number, and 'many' stands here"),
        ("questions", "most", 4, "9", "V115 referred is answered with a date, and has 'least' or 'most'"),
        (
            "questions",
            "outcomes",
            2,
            "sufficient",
            "V115 visits is answered with a number, and 'sufficient' would",
        ),
        (
            "questions",
            "timely",
            6,
            "start = visits, end = seen, within = 5",
            "V114 intime rests on 'visits', which",
        ),
        (
            "questions",
            "when",
            8,
            "visits = few",
            "V203 the answer to visits is a number, so comparing it with",
        ),
        (
            "questions",
            "when",
            9,
            "agencies = skool",
            "V202 the answer to agencies has no choice 'skool'; did you mean 'school'",
        ),
        ("questions", "when", 8, "visits = 99", "V203 the answer to visits is from 0 to 60, so"),
        ("questions", "most", 2, "-1", "V108 visits is from 0 to -1, which no number is"),
        ("questions", "answer", 0, "anwser", "X003 there is no column 'anwser' in this sheet; did you mean"),
        ("choices", "id", 1, "None", "V115 agencies has a choice 'none', which takes an answer away"),
        ("choices", "fact", 1, "agenzies", "X009 no fact or question 'agenzies'; did you mean 'agencies'"),
    ],
)
def test_a_mistake_in_an_answer_that_is_a_value_is_told_by_its_cell(
    table: str, column: str, row: int, words: str, told: str
) -> None:
    made = to_sheets(parse_toml(VALUES.read_bytes(), VALUES.name, end_mark=False))
    place = next(sheet for sheet in made if sheet.name == table).rows[0].index(column)
    at = f"{table}!{cell(row, place)}"
    found = [line for line in refused(edited(made, at, words)) if "(advice)" not in line]
    assert [line.startswith(f"{at}: {told}") for line in found] == [True], found


def test_mistakes_of_every_kind_are_told_at_once_and_nothing_that_only_follows(
    sheets: tuple[CriteriaSheet, ...],
) -> None:
    at_once = [3, 4, 6, 7, 9, 11, 14, 16, 18, 22, 23, 24, 26]
    for _, at, words, _ in (MISTAKES[i] for i in at_once):
        sheets = edited(sheets, at, words)
    found = refused(sheets)
    assert len(found) == len(at_once)
    assert [m[0] for m in (MISTAKES[i] for i in at_once) if not any(f.startswith(m[3]) for f in found)] == []


def test_a_share_may_be_written_in_per_cent(sheets: tuple[CriteriaSheet, ...]) -> None:
    changed = edited(sheets, "bands!E3", "62.5 %")
    made = parse_toml(import_sheets(changed, "audit.xlsx")[0], "audit.toml", end_mark=False)
    assert made["rollups"][0]["bands"][1]["at_least"] == "5/8"


def test_of_an_unknown_population_only_that_is_told(sheets: tuple[CriteriaSheet, ...]) -> None:
    heading = ("id", "title", "one", "many")
    ours, theirs = ("children", "Children", "case", "cases"), ("parents", "Parents", "parent", "parents")
    populations = CriteriaSheet("populations", (heading, ours, theirs))
    assert refused((*edited(sheets, "themes!D4", "parent"), populations)) == [
        "themes!D4: V102 no population 'parent'; did you mean 'parents'? known: children, parents"
    ]


def test_a_population_whose_row_is_gone_is_told_once_for_all_sheets() -> None:
    whole = to_sheets(parse_toml(populations.linked_text().encode(), "x.toml", end_mark=False))
    rows = {sheet.name: tuple(row for row in sheet.rows if row[0] != "victims") for sheet in whole}
    gone = tuple(evolve(s, rows=rows[s.name]) if s.name == "populations" else s for s in whole)
    assert refused(gone) == [
        "themes!D5,D8:D9, facts!E6:E7, subsets!E3:E4: V102 no population 'victims'; "
        "known: children, staff, parents"
    ]


def test_a_few_letter_words_change_only_what_they_name(sheets: tuple[CriteriaSheet, ...]) -> None:
    all_of_it = parse_toml(import_sheets(sheets, "audit.xlsx")[0], "audit.toml", end_mark=False)["letter"]
    few = CriteriaSheet("letter words", (("key", "value"), ("salutation", "To all,"), ("words.en.last_and", " and ")))  # fmt: skip
    given = (*(sheet for sheet in sheets if sheet.name != "letter words"), few)
    made = parse_toml(import_sheets(given, "audit.xlsx")[0], "audit.toml", end_mark=False)["letter"]
    assert (made["salutation"], made["words"]["en"]["last_and"]) == ("To all,", " and ")
    assert (made["title"], made["words"]["en"]["comma"]) == (all_of_it["title"], ", ")


@pytest.mark.parametrize(
    ("at", "missing"),
    [("outcomes!C1", "counts"), ("outcomes!E1", "mark"), ("letter!D1", ""), ("facts!C1", "")],
)
def test_a_misspelt_heading_is_not_told_again_of_each_row(
    sheets: tuple[CriteriaSheet, ...], at: str, missing: str
) -> None:
    sheet = at.partition("!")[0]
    told = [line.partition(": ")[0] for line in refused(edited(sheets, at, "quite another"))]
    assert told == [at, *([f"{sheet}!A1"] if missing else [])]


@pytest.mark.parametrize("name", ["themes", "questions", "bands", "letter", "choices"])
def test_a_sheet_without_its_first_row_is_told_once(sheets: tuple[CriteriaSheet, ...], name: str) -> None:
    cut = tuple(evolve(sheet, rows=sheet.rows[1:]) if sheet.name == name else sheet for sheet in sheets)
    (told,) = refused(cut)
    assert told.startswith(
        f"{name}!A1: X003 the first row names no column of this sheet; put the names of the "
    )


def test_a_mistake_in_many_cells_of_a_column_is_told_once(sheets: tuple[CriteriaSheet, ...]) -> None:
    for row in (2, 3, 5):
        sheets = edited(sheets, f"questions!B{row}", "asess")
    assert [line.partition(":V")[0].partition(": V")[0] for line in refused(sheets)] == ["questions!B2:B3,B5"]


def test_holidays_and_days_are_lists_and_names_with_values_in_a_cell(
    sheets: tuple[CriteriaSheet, ...],
) -> None:
    for words, days in (("2026-12-25, 2026-12-28", [25, 28]), ("2026-12-25", [25])):
        changed = edited(edited(sheets, "version!A9", "holidays"), "version!B9", words)
        made = parse_toml(import_sheets(changed, "audit.xlsx")[0], "audit.toml", end_mark=False)
        assert made["holidays"] == [date(2026, 12, day) for day in days]
    changed = edited(edited(sheets, "version!A9", "holidays"), "version!B9", "2026-12-25, Boxing Day")
    assert refused(changed) == [
        "version!B9: X007 holidays: expected dates, and 'Boxing Day' stands here; write them as 2026-12-25, 2026-12-28"
    ]
    changed = edited(edited(sheets, "facts!A6", "begun"), "facts!B6", "Begun on")
    changed = edited(changed, "facts!C6", "date")
    changed = edited(edited(changed, "facts!A7", "done"), "facts!B7", "Done on")
    changed = edited(changed, "facts!C7", "date")
    assert refused(edited(changed, "questions!J2", "start = begun, end = don, within = 15")) == [
        "questions!J2: V114 assess.needs rests on 'don', which is no date here; did you mean 'done'? known: opened, begun, done"
    ]


def test_capitals_in_headings_keys_sheets_and_words_change_nothing(sheets: tuple[CriteriaSheet, ...]) -> None:
    same, _ = import_sheets(sheets, "audit.xlsx")
    for at, words in (("questions!A1", "ID"), ("questions!B1", "Theme"), ("outcomes!C2", "Sufficient"), ("facts!C4", "Choice"), ("version!A4", "Source"), ("questions!", "Questions")):  # fmt: skip
        sheets = edited(sheets, at, words)
    assert import_sheets(sheets, "audit.xlsx")[0] == same


def test_what_a_spreadsheet_program_makes_of_a_sheet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    path.write_bytes(export_workbook(LOCAL.read_bytes(), LOCAL.name))
    book = openpyxl.load_workbook(path)
    book["questions"].merge_cells("B2:B3")
    book["bands"]["E3"] = date(2026, 5, 3)
    book["bands"]["D3"] = "=1+1"
    book["bands"]["D4"] = 2.0
    book["themes"]["A4"] = date(2026, 3, 1)
    book["letter"]["B3"] = 1.1
    book["reasons"]["C3"] = True
    book.save(path)
    with pytest.raises(RecordError) as error:
        import_workbook(path)
    assert [str(problem) for problem in error.value.problems] == [
        "audit.xlsx questions!B2: X005 the cells B2:B3 are merged, so that all but the first are empty; split them, and fill each",
        "audit.xlsx bands!D3: X006 a formula stands here, and only its result can be read in it; copy it, and paste it as a value",
        "audit.xlsx themes!A4: X007 id: the program made a date or a time of this cell, where words belong; format the cell as text, and type them again",
        "audit.xlsx reasons!C3: X007 text: the program made yes or no of this cell, where words belong; format the cell as text, and type them again",
        "audit.xlsx bands!E3: X007 at_least: expected a fraction (the program made a date of it); format the cell as text, and write it as 3/4 or 75%",
        "audit.xlsx letter!B3: X007 paragraph: the program made a number of this cell, where words belong; format the cell as text, and type them again",
    ]


def test_a_workbook_from_elsewhere_is_believed_in_nothing(tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(RecordError, match="X001 is not a readable workbook, or has a password"):
        import_workbook(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" * (23 << 20))
    with pytest.raises(RecordError, match="X001 is larger than any criteria version"):
        import_workbook(path)
    book = openpyxl.Workbook()
    book.active.title = "version"
    book.active["A1"], book.active["XFD1048576"] = "a\u202eb", "far out"
    book.save(path)
    with pytest.raises(RecordError) as error:
        import_workbook(path)
    assert [(p.where, p.code) for p in error.value.problems] == [
        ("audit.xlsx version!A1", "R005"),
        ("audit.xlsx version!XFD1048576", "X001"),
    ]
    with pytest.raises(UsageError, match=r"is no \.xlsx file"):
        import_workbook(path.with_suffix(".ods"))


# ---------------------------------------------------------------- a first letter


@pytest.mark.parametrize("file", shipped_criteria(), ids=lambda file: file.stem)
def test_a_first_letter_speaks_of_every_question_and_lints_clean(file: Path) -> None:
    text = file.read_text("utf-8")
    data = text.partition("\n[letter]\n")[0].encode()
    made = with_first_letter(read_criteria(data, file.name), data)
    criteria = read_criteria(made, file.name)
    # It is written in English: that it has none of a version's other languages is told once.
    assert [p.code for p in lint_without_claims(made, file.name)] == ["V504"] * (len(criteria.languages) - 1)
    assert criteria.letter is not None
    told = [s.about for section in criteria.letter.sections for p in section.paragraphs for s in p.sentences]
    assert {about.partition(":")[0] for about in told} == {
        q.id for q in (*criteria.questions, *criteria.interview_questions)
    }
    some = [
        str(s.some) for section in criteria.letter.sections for p in section.paragraphs for s in p.sentences
    ]
    assert {words.partition("|")[2] for words in some} <= {"of cases}.", "of people} said yes."}
    with pytest.raises(UsageError, match="has a letter already"):
        with_first_letter(criteria, made)
