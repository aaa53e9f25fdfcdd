"""What changed since a kept draft leaves the machine with the letter, in any format, and names no case."""

from __future__ import annotations

from pathlib import Path

from conftest import Run
from sqs_core import Answer, InspectionFolder, Report, count_findings, load_plugins, report_on
from sqs_core.letter.change_annex import with_changes
from sqs_core.letter.document import Heading, Items, Paragraph
from sqs_core.letter.drafts import Draft, DraftParagraph, draft_of
from sqs_core.workflow.composing import compose_report


def answered_otherwise(example: InspectionFolder) -> Report:
    """The example's report, were the plan of case 08 good enough."""
    records = [
        record.answering("roh.plan", Answer("sufficient")) if record.case == "08" else record
        for record in example.cases()[0]
    ]
    findings = count_findings(example.criteria, records, example.interviews()[0])
    return report_on(example.inspection, findings, example.narrative().record)


def draft(example: InspectionFolder) -> Draft:
    report = compose_report(example)
    return draft_of(report.document, report.findings, 1)


def part(report: Report) -> list[str]:
    """What stands under the last heading of the second level, with the headings in it."""
    blocks = report.document.blocks
    start = max(
        place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2
    )
    said = []
    for block in blocks[start:]:
        if isinstance(block, Heading | Paragraph):
            said.append(block.text if isinstance(block, Heading) else block.words)
        elif isinstance(block, Items):
            said += [item.words for item in block.items]
    return said


def test_each_changed_paragraph_is_told_as_it_was_and_is_with_the_figures_that_count_otherwise(
    example: InspectionFolder,
) -> None:
    told = part(with_changes(answered_otherwise(example), draft(example)))
    assert told[0] == "Changes since draft 1"
    assert told[1].startswith("1 paragraph changed since draft 1.")
    assert told[2] == "Paragraph 2.2"
    assert "in seven of the ten cases" in told[3]
    assert "in all but two of the ten cases" in told[4]
    assert told[5:] == [
        "risk of harm plan: 7 of 10, now 8 of 10",
        "risk of harm plan: not sufficient: 3 of 10, now 2 of 10",
    ]


def test_a_letter_as_it_was_says_that_nothing_changed(example: InspectionFolder) -> None:
    told = part(with_changes(compose_report(example), draft(example)))
    assert told == [
        "Changes since draft 1",
        "Nothing changed since draft 1. Take this away before the letter is sent.",
    ]


def test_a_paragraph_that_came_or_went_is_told_too(example: InspectionFolder) -> None:
    old = draft(example)
    kept = tuple(p for p in old.paragraphs if p.name != "1.3")
    told = part(
        with_changes(compose_report(example), Draft(2, (*kept, DraftParagraph("9.9", "Gone.")), old.answers))
    )
    assert told[2:4] == ["Paragraph 1.3", "Was: not in the draft."]
    assert told[-3:] == ["Paragraph 9.9", "Was: Gone.", "Now: not in the letter."]


def test_a_draft_that_somebody_wrote_controls_into_is_made_printable(example: InspectionFolder) -> None:
    old = draft(example)
    odd = DraftParagraph("9.9", "red\x1b[31m\nline")
    told = part(with_changes(compose_report(example), Draft(1, (*old.paragraphs, odd), old.answers)))
    assert told[-2] == "Was: red\N{REPLACEMENT CHARACTER}[31m line"


def test_the_list_has_no_live_figure_and_the_letter_before_it_is_untouched(
    example: InspectionFolder,
) -> None:
    report = answered_otherwise(example)
    longer = with_changes(report, draft(example))
    assert longer.document.blocks[: len(report.document.blocks)] == report.document.blocks
    assert list(longer.document.figures()) == list(report.document.figures())


def test_every_format_of_the_letter_can_carry_the_list(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    sqs("letter", "draft", darlington)
    sqs("answer", darlington, "08", "roh.plan", "sufficient")
    letters = [o.name for o in load_plugins(plugins=False).renderers if o.value.needs_letter]
    chosen = [word for name in letters for word in ("-r", name)]
    assert sqs("report", darlington, *chosen, "-o", tmp_path / "out", "--since", "last").returncode == 0
    for file in (tmp_path / "out").iterdir():
        assert "risk of harm plan: 7 of 10, now 8 of 10" in " ".join(file.read_text().split()), file.name


def test_a_draft_that_is_not_there_is_refused_with_those_that_are(sqs: Run, darlington: Path) -> None:
    assert "no draft has been kept" in sqs("report", darlington, "--since", "1").stderr
    sqs("letter", "draft", darlington)
    wrong = {words: sqs("report", darlington, *words.split()) for words in ("--since 7", "--since first")}
    assert [done.returncode for done in wrong.values()] == [2, 2]
    assert wrong["--since 7"].stderr == "sqs: no draft 7; kept: 1\n"
    assert wrong["--since first"].stderr == "sqs: 'first' is not the number of a draft, nor last\n"
    board = sqs("report", darlington, "-r", "board", "--since", "1")
    assert board.stderr == "sqs: what changed since a draft stands in the letter, and 'board' renders none\n"


def test_the_list_of_changes_is_no_claim_of_the_letter(sqs: Run, darlington: Path, tmp_path: Path) -> None:
    assert sqs("letter", "draft", darlington).returncode == 0
    assert sqs("answer", darlington, "08", "roh.plan", "sufficient").returncode == 0
    for name in ("text", "markdown", "html"):
        made = sqs("report", darlington, "-r", name, "--since", "last", "-o", "out/").returncode
        assert made == 0
    for file in sorted((tmp_path / "out").iterdir()):
        done = sqs("letter", "check", darlington, file)
        assert (done.returncode, "Was:" in done.stdout) == (0, False)
        assert "the list of changes since a draft was not read; take it away" in done.stderr
        assert " 0 fail, 0 to ask about, " in done.stderr
