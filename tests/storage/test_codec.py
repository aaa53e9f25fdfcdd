"""Records as the bytes of their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.criteria import Criteria
from sqs_core.errors import NotSavedError
from sqs_core.records.case import Answer, CaseRecord, Parked
from sqs_core.records.override import Override
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage import record_files as codec
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.formats import FORMAT
from sqs_core.storage.record_files import decode, encode
from sqs_core.storage.safe_read import END_MARK, parse_toml
from sqs_core.text import forbidden

LONG = "A remark of some length, about what was seen and where in the file it stands. " * 2


def awkward(record: CaseRecord) -> list[CaseRecord]:
    """``record`` as it is, without an answer, with lines and quotes in one, overridden and parked."""
    note = Answer(None, (), 'He said """no""" \\ twice.\n\n[answers."x"]\n\tand\n')
    override = Override("roh.plan", "sufficient", "insufficient", "seen", "2012-11-28T16:05:00Z", "HR")
    parked = Parked("sqs-2009", "sha256:0", question="old", answer=note)
    return [
        record,
        evolve(record, answers={}),
        evolve(record, answers={}, facts={}),
        record.answering("roh.plan", note),
        evolve(record, answers={"roh.plan": Answer()}),
        record.overriding(override),
        record.overriding(override).overriding(evolve(override, remark=LONG)),
        evolve(
            record.overriding(override),
            parked=(parked, Parked("sqs-2009", "sha256:0", fact="lac", value=True)),
        ),
    ]


def test_a_file_is_what_the_writer_of_toml_makes_of_the_whole_record(criteria: Criteria) -> None:
    for synthetic in synthetic_records(criteria, 20, 1, practice=False):
        for record in awkward(synthetic):
            table = {"format": FORMAT, **unstructured(record)}
            for key, order in (("facts", criteria.facts), ("answers", criteria.questions)):
                if key in table:
                    table[key] = {o.id: table[key][o.id] for o in order if o.id in table[key]}
            whole = f"{tomli_w.dumps(table, multiline_strings=True)}\n{END_MARK}\n"
            assert encode(record, criteria).decode() == whole
            assert encode(record, criteria, proved=False).decode() == whole


def test_what_a_file_says_is_the_table_of_its_record(criteria: Criteria) -> None:
    for synthetic in synthetic_records(criteria, 20, 1, practice=False):
        for record in awkward(synthetic):
            said = parse_toml(encode(record, criteria), "07.toml", end_mark=True)
            assert said == {"format": FORMAT, **unstructured(record)}


# ---------------------------------------------------------------- block by block

AWKWARD_WORDS = [
    "", "a.b", 'a"b', "a'b", "a]b", "[answers]", '[answers."x"]\n', "answers", "facts", END_MARK, f"\n{END_MARK}\n",
    '"""', "'''", "\\", "\\u0041", "#", "é ü 漢", "x" * 120, "\n", "\n\n", "tab\there", "." * 20, "[" * 40, "{" * 40,
]  # fmt: skip
words = st.sampled_from(AWKWARD_WORDS) | st.text(max_size=40).filter(lambda text: not forbidden(text))
names = words.filter(lambda name: name not in ("<", ">"))
values = st.booleans() | words | st.dates()
answers = st.builds(
    Answer,
    st.none() | words,
    st.lists(words, max_size=3).map(tuple),
    *[words] * 4,
    st.none() | words,
    st.booleans(),
)
parked = st.builds(Parked, words, words, words, words, st.none() | answers, words, st.none() | values)
records = st.builds(
    CaseRecord,
    *[words] * 3,
    st.sampled_from(["open", "finished"]),
    words,
    words,
    st.none() | st.booleans(),
    st.booleans(),
    st.dictionaries(names, values, max_size=4),
    st.dictionaries(names, answers, max_size=4),
    st.lists(parked, max_size=2).map(tuple),
    st.lists(st.builds(Override, *[words] * 6), max_size=2).map(tuple),
)


@given(records)
def test_the_whole_file_says_what_its_blocks_were_made_of(record: CaseRecord) -> None:
    data = encode(record)
    assert decode(data, CaseRecord, "07.toml") == record
    assert data.endswith(f"\n{END_MARK}\n".encode())


@given(records, names, answers)
def test_a_file_with_one_block_changed_says_the_record_with_that_answer(
    record: CaseRecord, name: str, answer: Answer
) -> None:
    encode(record)
    changed = record.answering(name, answer)
    assert decode(encode(changed), CaseRecord, "07.toml") == changed


def test_only_the_answer_that_changed_is_read_back(folder: InspectionFolder) -> None:
    record = folder.case("07").record
    encode(record, folder.criteria)
    before = [block.cache_info().misses for block in (codec._frame, codec._facts, codec._answer)]
    note = Answer("sufficient", evidence="Only this test says so.")
    encode(record.answering("roh.plan", note), folder.criteria)
    after = [block.cache_info().misses for block in (codec._frame, codec._facts, codec._answer)]
    assert [now - then for then, now in zip(before, after, strict=True)] == [0, 0, 1]


NOTE = "What nobody else may read"
OTHER = f"{NOTE}, changed"
# What a writer of TOML can do wrong to a block that holds NOTE.
FAULTS: dict[str, Callable[[str], str]] = {
    "another text": lambda block: block.replace(NOTE, OTHER),
    "a text lost": lambda block: block.replace(NOTE, ""),
    "no heading": lambda block: block.partition("\n")[2],
    "half a heading": lambda block: block.replace("]", "", 1),
    "another answer as well": lambda block: f'{block}\n[answers."lor.plan"]\noutcome = "sufficient"\n',
    "the heading of all answers": lambda block: f"[answers]\n\n{block}",
    "the heading of the facts": lambda block: f"[facts]\n\n{block}",
    "a key at the root": lambda block: f'status = "finished"\n{block}',
    "a text not closed": lambda block: block.rstrip('\n"'),
    "a value not ended": lambda block: f"{block}learning =",
    "the end mark within": lambda block: f"{block}{END_MARK}\n",
    "a comment that goes on": lambda block: f"{block}#",
    "a character no record may hold": lambda block: block.replace(NOTE, f"{NOTE}\x1b"),
    "an escape that no record may hold": lambda block: block.replace(NOTE, f"{NOTE}\\u001b"),
    "nothing": lambda block: "",
}
HARMLESS = {"the end mark within", "a comment that goes on"}


@pytest.fixture
def no_blocks() -> Iterator[None]:
    """No block is known from before, nor stays known."""
    for block in (codec._frame, codec._facts, codec._answer):
        block.cache_clear()
    yield
    for block in (codec._frame, codec._facts, codec._answer):
        block.cache_clear()


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Each file under ``folder``, what it holds and when it was changed."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def at_fault(fault: Callable[[str], str]) -> Callable[..., str]:
    """The writer of TOML with a fault in whatever holds NOTE."""
    sound = tomli_w.dumps

    def dumps(table: Any, **options: Any) -> str:
        text = sound(table, **options)
        return fault(text) if NOTE in text else text

    return dumps


@pytest.mark.usefixtures("no_blocks")
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in HARMLESS])
def test_a_block_that_does_not_say_what_it_was_made_of_gets_nowhere(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    stored = folder.case("07")
    changed = stored.record.answering("roh.plan", Answer("sufficient", evidence=f"{NOTE}."))
    before = tree(folder.path)
    with monkeypatch.context() as patch:
        patch.setattr(tomli_w, "dumps", at_fault(FAULTS[fault]))
        with pytest.raises(NotSavedError) as refusal:
            folder.save_case(changed, expect=stored.hash)
    first = refusal.value.problems[0]
    assert (first.where, first.code) == ("07.toml", "R022")
    assert NOTE not in str(refusal.value)
    assert tree(folder.path) == before
    folder.save_case(changed, expect=stored.hash)  # and it was not kept: the next try has a sound one
    assert folder.case("07").record == changed


@pytest.mark.usefixtures("no_blocks")
@pytest.mark.parametrize("fault", sorted(HARMLESS))
def test_a_block_with_a_comment_more_does_no_harm(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    stored = folder.case("07")
    changed = stored.record.answering("roh.plan", Answer("sufficient", evidence=f"{NOTE}."))
    monkeypatch.setattr(tomli_w, "dumps", at_fault(FAULTS[fault]))
    folder.save_case(changed, expect=stored.hash)
    assert folder.case("07").record == changed


@pytest.mark.usefixtures("no_blocks")
@pytest.mark.parametrize("heading", ["facts", "answers"])
@pytest.mark.parametrize("block", ["case = ", "[facts]", "[[overrides]]"])
def test_a_block_that_writes_the_heading_of_another_gets_nowhere(
    criteria: Criteria, monkeypatch: pytest.MonkeyPatch, block: str, heading: str
) -> None:
    (record,) = synthetic_records(criteria, 1, 1, practice=False)
    override = Override("roh.plan", "sufficient", "insufficient", LONG, "2012-11-28T16:05:00Z", "HR")
    sound = tomli_w.dumps

    def dumps(table: Any, **options: Any) -> str:
        text = sound(table, **options)
        return f"{text}\n[{heading}]\n" if text.startswith(block) else text

    monkeypatch.setattr(tomli_w, "dumps", dumps)
    with pytest.raises(NotSavedError, match="R022 not saved: it would not read back as it was"):
        encode(record.overriding(override), criteria)


def test_an_interview_that_does_not_come_back_as_it_was_is_not_saved(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = folder.interview("A")
    before = (folder.path / "interviews" / "A.toml").read_bytes()
    monkeypatch.setattr(tomli_w, "dumps", at_fault(FAULTS["another text"]))
    with pytest.raises(
        NotSavedError, match=r"A\.toml: R022 .*\nR012 what was read back is not what was written"
    ):
        folder.save_interview(evolve(stored.record, note=NOTE), expect=stored.hash)
    assert (folder.path / "interviews" / "A.toml").read_bytes() == before


def test_blocks_that_are_too_large_together_are_refused(criteria: Criteria) -> None:
    (record,) = synthetic_records(criteria, 1, 1, practice=False)
    for question in criteria.questions[:20]:
        record = record.answering(question.id, Answer("sufficient", evidence="x" * 60_000))
    with pytest.raises(NotSavedError, match=r"R022 .*\n.* R002 the file is larger than 1024 KiB"):
        encode(record, criteria)


def test_a_text_that_is_no_unicode_is_refused_and_none_of_it_told(criteria: Criteria) -> None:
    (record,) = synthetic_records(criteria, 1, 1, practice=False)
    with pytest.raises(NotSavedError, match=r"^[0-9]+\.toml: R022 [^\n]*$"):
        encode(record.answering("roh.plan", Answer(evidence="his mother\ud800")), criteria)


def test_the_newlines_of_another_system_are_no_difference(folder: InspectionFolder) -> None:
    stored = folder.case("07")
    folder.save_case(
        stored.record.answering("roh.plan", Answer(evidence="one\r\ntwo\rthree")), expect=stored.hash
    )
    assert folder.case("07").record.answer("roh.plan").evidence == "one\ntwo\nthree"


def test_what_would_not_read_back_can_be_written_for_a_person_to_read(criteria: Criteria) -> None:
    (record,) = synthetic_records(criteria, 1, 1, practice=False)
    record = record.answering("roh.plan", Answer(evidence="seen \x1b[2J on page 3"))
    with pytest.raises(NotSavedError):
        encode(record, criteria)
    assert b"on page 3" in encode(record, criteria, proved=False)
