"""The words "finish" and "reopen": locking the answers of a case, and opening it again with a reason."""

from __future__ import annotations

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.review import review_lines, to_put_right
from sqs_core.storage.moderation.second import finish_second
from sqs_core.storage.moderation.sign_off import UnfinishedError, finish, reopen

INCOMPLETE = "incomplete"


def finish_case(desk: Desk, here: Place, rest: str) -> Place:
    """Lock the answers; where something is missing, go to the review, which lists it with numbers.

    What follows the word is a remark for the history.  A second marking ends for good, as it is
    where the word is "finish incomplete".
    """
    if desk.second:
        return _finish_second(desk, here, rest)
    try:
        locked = finish(desk.folder, here.case, rest)
    except UnfinishedError:
        return _not_yet(desk, here)
    desk.reread(here.case)
    if locked:
        desk.talk.say(f'Case {here.case} is finished, its answers locked. "reopen" opens it. {desk.saved}')
    else:
        desk.talk.say(f"Case {here.case} was finished already.")
    return here


def _not_yet(desk: Desk, here: Place) -> Place:
    desk.reread(here.case)
    desk.talk.say(f"Case {here.case} cannot be finished yet.")
    review = Place("review", here.case)
    if here == review:  # it is said on arriving only
        desk.talk.say(*review_lines(desk, here.case, to_put_right(desk, desk.record(here.case))))
    return review


def _finish_second(desk: Desk, here: Place, rest: str) -> Place:
    if rest.lower() not in ("", INCOMPLETE):
        desk.talk.say(
            f'Only "{INCOMPLETE}" can follow "finish" here: it ends the marking with answers missing.'
        )
        return here
    # Through the person's own yes: nothing opens it again, and the first can be seen from then on.
    if desk.talk.ask("This ends the second marking for good. Type yes to end it:").lower() != "yes":
        desk.talk.say(f"The second marking of case {here.case} is open as before.")
        return here
    finish_second(desk.folder, here.case, incomplete=bool(rest))
    desk.reread(here.case)
    desk.talk.say(
        f"The second marking of case {here.case} is finished. {desk.saved} "
        "What differs from the first is told by 'sqs second differences'."
    )
    return here


def reopen_case(desk: Desk, here: Place, rest: str) -> Place:
    """Open a finished case again; the reason is kept in the history."""
    if desk.record(here.case).status != "finished":
        desk.talk.say(f"Case {here.case} is not finished: it is open.")
        return here
    why = rest or desk.talk.ask("Why is it opened again? One line, it is kept in the history:")
    if not why:
        desk.talk.say("It stays finished: a reason is needed.")
        return here
    reopen(desk.folder, here.case, why)
    desk.reread(here.case)
    desk.talk.say(f"Case {here.case} is open again. {desk.saved}")
    return here
