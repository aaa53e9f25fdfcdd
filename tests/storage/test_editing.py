"""A text in the person's own editor: real editors, which are small programs here."""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sqs_core.errors import HeldError, RecordError, SqsError, UsageError
from sqs_core.platform.shell import quoted
from sqs_core.records.case import Session
from sqs_core.storage.audit.purge import purge_plan
from sqs_core.storage.external_editor import (
    Edited,
    TextOf,
    edited,
    editor_command,
    left_behind,
    put_away,
)
from sqs_core.storage.folder import open_inspection
from systems import file_modes, links, posix, windows

Editor = Callable[[str], Mapping[str, str]]


# A process that was ended has a signal, or on Windows a code of the system's.
ENDED = (
    ("note.write_text('two'); os._exit(0xC000013A - (1 << 32))", "was ended .0xC000013A")
    if sys.platform == "win32"
    else ("note.write_text('two'); os.kill(os.getpid(), 9)", r"was ended \(signal 9\)")
)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """An environment whose EDITOR runs some Python with the file in ``note``."""

    def made(code: str) -> Mapping[str, str]:
        script = tmp_path / "editor.py"
        head = "import os, sys\nfrom pathlib import Path\nnote = Path(sys.argv[1])\n"
        script.write_text(f"{head}{code}\n", encoding="utf-8")
        return {**os.environ, "EDITOR": f"{quoted(sys.executable)} {quoted(script)}", "VISUAL": ""}

    return made


@pytest.fixture
def evidence(darlington: Path) -> TextOf:
    """The evidence on a question of case 07."""
    return TextOf(open_inspection(darlington), "case", "07", "roh.plan.evidence")


def beside(which: TextOf) -> list[str]:
    """What there is of case 07 but its record."""
    return sorted(p.name for p in (which.folder.path / "cases").iterdir() if "07.toml" in p.name[1:])


def save(which: TextOf, text: str) -> None:
    """Make ``text`` the evidence on the question."""
    stored = which.folder.case("07")
    session = Session(which.folder.criteria, stored.record).noting("roh.plan", "evidence", text)
    which.folder.save_case(session.record, expect=stored.hash)


def test_what_the_editor_leaves_is_the_text_and_nothing_stays_beside_the_record_once_it_is_saved(
    evidence: TextOf, editor: Editor
) -> None:
    copies = "Path(str(note) + '~').touch(); note.with_name('.' + note.name + '.swp').touch()"
    added = "note.read_text(encoding='utf-8') + 'Added \\x1b[31mŵ\\n'"
    change = editor(f"note.write_text({added}, encoding='utf-8'); {copies}")
    assert edited(evidence, "One.", change) == Edited("One.\nAdded [31mŵ", dropped=1)
    save(evidence, "One.\nAdded [31mŵ")
    assert put_away(evidence)
    assert beside(evidence) == [".07.toml.lock"]


def test_what_came_back_stays_beside_the_record_until_its_words_are_saved(
    evidence: TextOf, editor: Editor
) -> None:
    assert edited(evidence, "One.", editor("note.write_text('Two.')")).text == "Two."
    assert not put_away(evidence)
    assert left_behind(evidence.folder, "07") == ("roh.plan.evidence",)
    assert edited(evidence, "One.", editor("")) == Edited("Two.", resumed=True)
    save(evidence, "Before. Two.")
    assert put_away(evidence)
    assert left_behind(evidence.folder, "07") == ()


def test_what_was_saved_but_never_put_away_is_not_taken_for_lost_words(
    evidence: TextOf, editor: Editor
) -> None:
    edited(evidence, "One.", editor("note.write_text('Two.\\n')"))
    assert edited(evidence, "Two.", editor("")) == Edited("Two.")
    assert beside(evidence) == []


@file_modes
def test_the_file_is_its_owners_alone_and_beside_the_record(evidence: TextOf, editor: Editor) -> None:
    say = editor("note.write_text(f'{note.parent.name}/{note.name} {oct(note.stat().st_mode)}')")
    found = edited(evidence, "", say).text
    assert found == f"cases/.07.toml.roh.plan.evidence.txt {oct(stat.S_IFREG | 0o600)}"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param({}, "no editor is set: name one in the variable VISUAL or EDITOR", marks=posix),
        (
            {"EDITOR": "/no/such/editor"},
            "could not be started .(No such file or directory|.* found|.* file specified).",
        ),
        ({"VISUAL": 'vi "x'}, "the quotes in the variable VISUAL do not pair"),
    ],
)
def test_without_an_editor_the_sentence_names_the_variable(
    evidence: TextOf, environment: Mapping[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        edited(evidence, "One.", environment)
    assert beside(evidence) == []


def test_an_editor_that_ends_with_an_error_changes_nothing(evidence: TextOf, editor: Editor) -> None:
    with pytest.raises(UsageError, match=r"ended with an error \(3\); the text is as it was"):
        edited(evidence, "One.", editor("sys.exit(3)"))
    assert beside(evidence) == []


@windows
def test_without_a_variable_windows_has_notepad() -> None:
    assert editor_command({}) == ["notepad"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("note.write_bytes(b'caf\\xe9')", "is not UTF-8; the text is as it was"),
        ("note.write_text('x' * 200_001)", "larger than 195 KiB"),
        ("note.write_text('two'); sys.exit(3)", r"ended with an error \(3\)"),
        ENDED,
    ],
)
def test_what_cannot_be_taken_is_kept_and_opened_the_next_time(
    evidence: TextOf, editor: Editor, code: str, said: str
) -> None:
    with pytest.raises(RecordError, match=said):
        edited(evidence, "One.", editor(code))
    assert left_behind(evidence.folder, "07") == ("roh.plan.evidence",)
    assert left_behind(evidence.folder, "08") == ()
    again = edited(evidence, "One.", editor("note.write_text(str(note.stat().st_size > 1))"))
    assert again == Edited("True", resumed=True)
    save(evidence, "True")
    assert put_away(evidence)
    assert left_behind(evidence.folder, "07") == ()


def test_what_is_left_behind_goes_with_the_case_when_it_is_purged(evidence: TextOf, editor: Editor) -> None:
    with pytest.raises(RecordError):
        edited(evidence, "", editor("note.write_bytes(b'\\xff')"))
    assert "cases/.07.toml.roh.plan.evidence.txt" in purge_plan(evidence.folder, ["07"]).files


@links
def test_a_link_in_place_of_the_text_is_not_followed(
    evidence: TextOf, editor: Editor, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's")
    with pytest.raises(RecordError, match="cannot be taken"):
        edited(evidence, "", editor(f"note.unlink(); note.symlink_to({str(secret)!r})"))


def test_the_same_text_is_open_in_one_editor_at_a_time(
    evidence: TextOf, editor: Editor, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    slow = editor(
        f"import time\nnote.with_suffix('.here').touch()\nwhile not Path({str(go)!r}).exists(): time.sleep(0.01)"
    )
    first = threading.Thread(target=edited, args=(evidence, "One.", slow))
    first.start()
    here = evidence.folder.path / "cases" / ".07.toml.roh.plan.evidence.here"
    while not here.exists():
        time.sleep(0.01)
    try:
        with pytest.raises(HeldError, match="this text is open in an editor already: .* has it"):
            edited(evidence, "One.", slow)
        assert left_behind(evidence.folder, "07") == ()
    finally:
        go.touch()
        first.join()


@pytest.mark.parametrize(
    ("kind", "name", "file"), [("letter", "", ".letter.toml.2-2.txt"), ("case", "A", ".A.toml.2-2.txt")]
)
def test_texts_of_the_letter_and_of_interviews_stand_beside_theirs(
    evidence: TextOf, editor: Editor, kind: str, name: str, file: str
) -> None:
    folder = evidence.folder.staff if name else evidence.folder
    which = TextOf(folder, kind, name, "2/2")  # type: ignore[arg-type]
    assert edited(which, "", editor("note.write_text(note.name)")).text == file


def test_no_sentence_quotes_the_text(evidence: TextOf, editor: Editor) -> None:
    for code in ("note.write_bytes(b'secret\\xff')", "sys.exit(1)"):
        with pytest.raises(SqsError) as raised:
            edited(evidence, "secret", editor(code))
        assert "secret" not in str(raised.value)
