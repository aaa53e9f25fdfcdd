"""Row 1 and what of it goes on in the rows under it, or over the footer: no sentence is cut for want of room."""

from __future__ import annotations

from sqs_tui.widgets.status_bar import News, goes_on, row_1

SAVED = "✓ saved 14:02:11"


def rows(news: News, width: int = 80) -> tuple[str, str]:
    """Row 1, and what goes on."""
    row = row_1(news, "Darlington ▸ Letter", "", width)
    return row.plain.rstrip(), goes_on(news, width).plain.rstrip()


def test_a_message_that_has_the_room_stands_beside_the_time() -> None:
    told, more = rows(News(message="kept as draft 1", saved=SAVED))
    assert told == " kept as draft 1".ljust(63) + SAVED
    assert more == ""


def test_a_longer_message_takes_the_place_of_the_time() -> None:
    words = "this figure has one shape only; E writes the paragraph yourself"
    assert rows(News(message=words, saved=SAVED)) == (f" {words}", "")


def test_a_message_longer_than_the_row_goes_on_in_the_next_one() -> None:
    words = "the case was changed by somebody else while you were writing; ^P reads it from disk again"
    assert rows(News(message=words, warning=True), 60) == (
        " the case was changed by somebody else while you were",
        " writing; ^P reads it from disk again",
    )


def test_a_long_path_is_broken_where_the_row_ends() -> None:
    path = "/shares/inspectors/youth-justice/2012/darlington-2012/letters/draft-3/letter.html"
    told, more = rows(News(message=f"written to {path}"))
    assert (len(told), told.strip() + more.strip()) == (79, f"written to {path}")


def test_why_nothing_is_saved_is_told_to_its_end() -> None:
    failure = (
        "the disk is full - kept in memory and in ~/.local/state/sqs/rescue/darlington-2012-case-07.toml"
    )
    told, more = rows(News(failure=failure, saved=SAVED))
    assert f"{told.strip()} {more.strip()}" == f"! NOT SAVED: {failure}"
