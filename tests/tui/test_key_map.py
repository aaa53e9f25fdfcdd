"""The keys that these screens promise: each runs a deed, and the deed is there to be run."""

from __future__ import annotations

import pytest

from sqs_tui.app import SqsApp
from sqs_tui.deeds import EVERYWHERE, Keys
from sqs_tui.screens.board import BoardScreen
from sqs_tui.screens.check import CheckScreen
from sqs_tui.screens.drafts import DraftsScreen
from sqs_tui.screens.facts import FactsScreen
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.interviews import InterviewsScreen
from sqs_tui.screens.letter import LetterScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.review import ReviewScreen
from sqs_tui.screens.start import StartScreen
from sqs_tui.screens.takeaway import TakeawayScreen

VIEWS = "1 2 3 4 5"
PROMISED: dict[type[Frame], str] = {
    StartScreen: "enter n o t d",
    OverviewScreen: f"enter f a b p x s / F {VIEWS}",
    FactsScreen: "space enter tab shift+tab backspace p F",
    ReviewScreen: "enter F R p u U",
    BoardScreen: f"enter tab s w x a {VIEWS}",
    LetterScreen: f"left right enter [ ] w E d D S + i x {VIEWS}",
    InterviewsScreen: f"a e r v Q u U backspace {VIEWS}",
    CheckScreen: f"enter {VIEWS}",
    DraftsScreen: "K left right escape",
    TakeawayScreen: "x J p escape",
}
ALWAYS = "? f1 ctrl+p G ctrl+g / ctrl+f ctrl+s q ctrl+q escape Z"


@pytest.mark.parametrize("screen", PROMISED, ids=lambda screen: screen.__name__)
def test_every_key_of_a_screen_does_something_that_its_help_names(screen: type[Frame]) -> None:
    keys = Keys((*screen.deeds, *EVERYWHERE), {})
    for key in f"{PROMISED[screen]} {ALWAYS}".split():
        deed = keys.deed(key, writing=False)
        assert deed is not None, f"{key} does nothing on {screen.__name__}"
        assert deed.about, f"the help has no words for {key} on {screen.__name__}"
        name = "do_" + deed.id.partition(".")[2].replace("-", "_")
        taken = "take" in vars(screen) and key == "enter"  # a screen may take Enter before its deed
        assert taken or hasattr(screen, name) or hasattr(SqsApp, name), deed.id


@pytest.mark.parametrize("screen", PROMISED, ids=lambda screen: screen.__name__)
def test_no_two_deeds_of_a_screen_want_the_same_key(screen: type[Frame]) -> None:
    own = [key for deed in screen.deeds for key in (deed.key, *deed.also) if key]
    assert sorted(own) == sorted(set(own))
