"""Following a case on a second screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import asdict

from changing import change
from sqs_core.errors import SqsError
from sqs_core.letter.shared_view import SharedView, shared_text
from sqs_core.records import Session
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.watch import Following, Watch


def noting(question: str, note: str, text: str) -> Callable[[Session], Session]:
    return lambda session: session.noting(question, note, text)


def seen(view: SharedView | SqsError | None) -> SharedView:
    assert isinstance(view, SharedView)
    return view


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def test_the_view_shows_what_was_said_and_has_no_room_for_a_private_note(folder: InspectionFolder) -> None:
    change(folder, "07", noting("roh.plan", "evidence", "never to be seen"))
    view = seen(Following(Watch(folder, "07"), question="roh.plan").poll())
    assert "agreed by telephone" in view.said
    assert set(asdict(view)) == {
        *("case", "heading", "done", "asked", "theme", "question", "text", "applies"),
        *("outcomes", "said", "learning", "strengths"),
    }
    assert "never to be seen" not in shared_text(view) + str(asdict(view))


def test_following_takes_no_lock_and_writes_nothing(folder: InspectionFolder) -> None:
    change(folder, "07", noting("roh.plan", "said", "x"))
    before = files(folder.path)
    following = Following(Watch(folder, "07"))
    for _ in range(3):
        following.poll()
    assert files(folder.path) == before


def test_a_look_gives_the_view_once_for_each_change_of_it(folder: InspectionFolder) -> None:
    following = Following(Watch(folder, "07"), question="roh.plan")
    seen(following.poll())
    assert following.poll() is None
    change(folder, "07", noting("roh.plan", "said", "New words."))
    assert seen(following.poll()).said == "New words."


def test_a_private_note_being_written_shows_in_nothing(folder: InspectionFolder) -> None:
    following = Following(Watch(folder, "07"), question="roh.plan")
    following.poll()
    change(folder, "07", noting("roh.plan", "evidence", "private"))
    assert following.poll() is None


def test_it_goes_to_the_question_that_was_changed_where_nobody_says_which(folder: InspectionFolder) -> None:
    following = Following(Watch(folder, "07"))
    assert seen(following.poll()).question == "lor.assess"
    change(folder, "07", noting("vul.plan", "said", "x"))
    assert seen(following.poll()).question == "vul.plan"


def test_it_goes_with_the_first_screen_once_that_was_seen_to_move(folder: InspectionFolder) -> None:
    places = ["roh.plan"]
    following = Following(Watch(folder, "07"), lambda: places[-1])
    questions = [seen(following.poll()).question]
    places.append("vul.plan")
    questions.append(seen(following.poll()).question)
    change(folder, "07", noting("roh.plan", "said", "said late"))
    assert following.poll() is None
    places.append("not.a.question")
    assert following.poll() is None
    assert questions == ["roh.plan", "vul.plan"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: p.unlink(), "there is no case 07 in the folder any more"),
        (lambda p: p.write_text("x = [\n"), "the file seems cut short"),
        (lambda p: second(p), "is being marked a second time, blind"),
    ],
)
def test_a_case_that_is_gone_broken_or_sealed_is_told_and_comes_back(
    folder: InspectionFolder, spoil: Callable[[Path], object], said: str
) -> None:
    path = folder.path / "cases" / "07.toml"
    whole = path.read_bytes()
    following = Following(Watch(folder, "07"))
    before = following.poll()
    spoil(path)
    told = following.poll()
    assert isinstance(told, SqsError)
    assert said in str(told)
    assert "13" not in str(told)  # nothing of the other cases: two people read it
    assert (following.view, following.poll()) == (None, None)
    (folder.path / "second" / "07.toml").unlink(missing_ok=True)
    path.write_bytes(whole)
    assert following.poll() == before


def second(path: Path) -> None:
    marking = path.parent.parent / "second"
    marking.mkdir()
    (marking / path.name).write_bytes(path.read_bytes())
