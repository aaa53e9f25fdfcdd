"""Records as the bytes of their files."""

from __future__ import annotations

from collections.abc import Callable
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
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.record_files import FORMAT, decode, encode
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


def test_what_a_file_says_is_the_table_of_its_record(criteria: Criteria) -> None:
    for synthetic in synthetic_records(criteria, 20, 1, practice=False):
        for record in awkward(synthetic):
            said = parse_toml(encode(record, criteria), "07.toml", end_mark=True)
            assert said == {"format": FORMAT, **unstructured(record)}


# ---------------------------------------------------------------- read back

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
def test_a_file_says_what_its_record_said(record: CaseRecord) -> None:
    data = encode(record)
    assert decode(data, CaseRecord, "07.toml") == record
    assert data.endswith(f"\n{END_MARK}\n".encode())


NOTE = "What nobody else may read"
OTHER = f"{NOTE}, changed"
# What a writer of TOML can do wrong to a text that holds NOTE.
FAULTS: dict[str, Callable[[str], str]] = {
    "another text": lambda text: text.replace(NOTE, OTHER),
    "a text lost": lambda text: text.replace(NOTE, ""),
    "no first line": lambda text: text.partition("\n")[2],
    "half a heading": lambda text: text.replace("]", "", 1),
    "another answer as well": lambda text: f'{text}\n[answers."lor.plan"]\noutcome = "sufficient"\n',
    "the heading of all answers": lambda text: f"[answers]\n\n{text}",
    "the heading of the facts": lambda text: f"[facts]\n\n{text}",
    "a key at the root": lambda text: f'status = "finished"\n{text}',
    "a text not closed": lambda text: text.rstrip('\n"'),
    "a value not ended": lambda text: f"{text}learning =",
    "the end mark within": lambda text: f"{text}{END_MARK}\n",
    "a comment that goes on": lambda text: f"{text}#",
    "a character no record may hold": lambda text: text.replace(NOTE, f"{NOTE}\x1b"),
    "an escape that no record may hold": lambda text: text.replace(NOTE, f"{NOTE}\\u001b"),
    "nothing": lambda text: "",
}
HARMLESS = {"the end mark within", "a comment that goes on"}


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


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in HARMLESS])
def test_a_file_that_does_not_say_what_its_record_said_gets_nowhere(
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
    assert (Path(first.where).name, first.code) == ("07.toml", "R022")
    assert NOTE not in str(refusal.value)
    assert tree(folder.path) == before
    folder.save_case(changed, expect=stored.hash)
    assert folder.case("07").record == changed


@pytest.mark.parametrize("fault", sorted(HARMLESS))
def test_a_file_with_a_comment_more_does_no_harm(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    stored = folder.case("07")
    changed = stored.record.answering("roh.plan", Answer("sufficient", evidence=f"{NOTE}."))
    monkeypatch.setattr(tomli_w, "dumps", at_fault(FAULTS[fault]))
    folder.save_case(changed, expect=stored.hash)
    assert folder.case("07").record == changed


def test_an_interview_that_does_not_come_back_as_it_was_is_not_saved(
    folder: InspectionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = folder.interview("A")
    before = (folder.path / "interviews" / "A.toml").read_bytes()
    monkeypatch.setattr(tomli_w, "dumps", at_fault(FAULTS["another text"]))
    with pytest.raises(
        NotSavedError, match=r"A\.toml: R022 .*\nR012 what was read back is not what was written"
    ):
        folder.save_interview(stored.record.noting("note", NOTE), expect=stored.hash)
    assert (folder.path / "interviews" / "A.toml").read_bytes() == before


def test_a_record_too_large_to_be_read_is_not_saved_and_says_what_would_help(
    folder: InspectionFolder,
) -> None:
    stored = folder.case("07")
    before = tree(folder.path)
    changed = stored.record.answering("roh.plan", Answer("sufficient", evidence=f"{NOTE} " * 50_000))
    with pytest.raises(NotSavedError) as refusal:
        folder.save_case(changed, expect=stored.hash)
    assert str(refusal.value) == (
        "cases/07.toml: R002 not saved: the record would be larger than 1024 KiB, the most that is read "
        "back; shorten its longest text: say what it shows, and where in the file it stands"
    )
    assert tree(folder.path) == before


def test_a_text_that_is_no_unicode_is_refused_and_none_of_it_told(folder: InspectionFolder) -> None:
    stored = folder.case("07")
    with pytest.raises(NotSavedError, match=r"^cases/07\.toml: R022 [^\n]*$"):
        folder.save_case(
            stored.record.answering("roh.plan", Answer(evidence="his mother\ud800")), expect=stored.hash
        )


def test_the_newlines_of_another_system_are_no_difference(folder: InspectionFolder) -> None:
    stored = folder.case("07")
    folder.save_case(
        stored.record.answering("roh.plan", Answer(evidence="one\r\ntwo\rthree")), expect=stored.hash
    )
    assert folder.case("07").record.answer("roh.plan").evidence == "one\ntwo\nthree"


def test_what_would_not_be_saved_can_be_written_for_a_person_to_read(criteria: Criteria) -> None:
    (record,) = synthetic_records(criteria, 1, 1, practice=False)
    record = record.answering("roh.plan", Answer(evidence="seen \x1b[2J on page 3" + "." * (1 << 20)))
    assert b"on page 3" in encode(record, criteria)
