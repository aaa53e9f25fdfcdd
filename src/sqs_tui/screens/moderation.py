"""Moderation: where two markings of a case differ, settled one by one, with the effect in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.text import without_forbidden
from sqs_tui.moderating import decision
from sqs_tui.paint.lines import EMPTY, Line, beside, line, wrapped
from sqs_tui.pictures.differences import item_name
from sqs_tui.pictures.moderation import (
    KEPT,
    Seen,
    moderation_picture,
    nothing_picture,
    reasons_here,
    side_pane,
)
from sqs_tui.screens.differing import NO_REASON, Differing, settled_now
from sqs_tui.screens.moderation_deeds import DEEDS, HELP

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp

LEFT = 38
WIDE = 110


class ModerationScreen(Differing):
    """The differences between two markings, of one case or of all marked twice."""

    deeds = DEEDS
    help_text = HELP

    def __init__(self, case: str | None = None) -> None:
        super().__init__(case)
        self.top = 0
        self.other = False
        self._below = 0

    # ------------------------------------------------------------ what is drawn

    def where(self) -> str:
        """The inspection, and which case."""
        here = self.here()
        case = f" ▸ Case {here[1].case}" if here else ""
        return f"{self.desk.inspection.place} ▸ Moderation{case}"

    def far(self) -> str:
        """How many are left, and that nothing is written."""
        if self.found is None:
            return ""
        left = sum(not settled_now(p) for p in self.places())
        waiting = sum(bool(p.choice.taken) for p in self.places())
        return f"{left} left, {waiting} to write"

    def panes(self, width: int) -> tuple[int, int]:
        """List and agreement at the side, where there is room."""
        return (LEFT, 0) if width >= WIDE and self.here() else (0, 0)

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """One difference, or why there is none."""
        if self.found is None:
            words = self.trouble or "Reading both markings …"
            return [
                EMPTY,
                *(line(("  " + row, "warn" if self.trouble else "")) for row in wrapped(words, width - 4)),
            ]
        seen = self.seen()
        if seen is None:
            return nothing_picture(self.found.shut, len(self.twice), width)
        aside = bool(self.panes(self.size.width)[0])
        rows, self.box, self._below = moderation_picture(seen, width, height, aside=aside)
        return rows

    def side(self, name: str, width: int, height: int) -> Sequence[Line]:
        """List and agreement."""
        seen = self.seen()
        rows = side_pane(seen, width - 1, height) if seen else []
        return beside(((rows, width - 1), ((), 1)), gap="│", height=height)

    def seen(self) -> Seen | None:
        """What is to be drawn."""
        here = self.here()
        if here is None or self.found is None:
            return None
        twice, place = here
        return Seen(
            self.desk.criteria,
            self.places(),
            self.cursor,
            twice.first,
            twice.second,
            twice.agreement,
            self.found.agreement,
            self.effect_here(twice, place),
            self.top,
            self.other,
            self.why_open,
        )

    def tip(self) -> Line:
        """What is shut, or that both markings stay."""
        if self.found and self.found.shut:
            shut = ", ".join(self.found.shut)
            return line((f" Still being marked a second time, blind, so not shown: {shut}", "flag"))
        return line(
            (" Both markings stay as they are; W writes a third record that says who agreed what.", "dim")
        )

    # ------------------------------------------------------------ keys

    def other_key(self, key: str) -> bool:
        """Arrows; the letter of an outcome once something else is wanted."""
        if self.other:
            return self._other(key)
        if len(key) == 1 and key in "123456789":
            return self._tick(int(key) - 1)
        if key in ("down", "j", "up", "k"):
            self._move(1 if key in ("down", "j") else -1)
        elif key in ("pagedown", "pageup"):
            self.top = max(
                0, self.top + (3 if key == "pagedown" and self._below > 0 else -3 if key == "pageup" else 0)
            )
            self.draw()
        else:
            return False
        return True

    def _other(self, key: str) -> bool:
        self.other = False
        here = self.here()
        if here is not None:
            question = self.desk.criteria.question(here[1].difference.item)
            outcome = next((o for o in self.desk.criteria.outcomes_of(question) if o.key == key), None)
            if outcome is not None:
                self._take(outcome.id)
                return True
        self.draw()
        return key == "escape"

    def pointed(self, row: int) -> None:
        """A click chooses a difference."""
        self.go_to(row)

    def _move(self, step: int) -> None:
        self.go_to((self.cursor + step) % max(1, len(self.places())))

    def go_to(self, place: int) -> None:
        """Put the mark on a difference."""
        self.commit()
        self.cursor, self.top, self.other = place, 0, False
        self.draw()

    def do_this(self) -> None:
        """The first marking's view."""
        self._take("first")

    def do_that(self) -> None:
        """The second marking's view."""
        self._take("second")

    def do_both(self) -> None:
        """Both reasons, where the answer is the same."""
        here = self.here()
        if here and here[1].difference.kind != "reasons":
            raise UsageError("both reasons can be taken where the answer is the same: ← or → here")
        self._take("both")

    def do_open(self) -> None:
        """Leave it open for the lead."""
        self._take("open")

    def do_other(self) -> None:
        """Neither view: another outcome, or another value of the fact."""
        here = self.here()
        if here is None:
            return
        if here[1].difference.kind == "fact":
            self.ask(f"{item_name(self.desk.criteria, here[1].difference.item)}:", "", self._other_fact)
        else:
            self.other = True
            self.draw()

    def _other_fact(self, words: str) -> None:
        self._take(without_forbidden(words)[0].strip())

    def _take(self, taken: str) -> None:
        here = self.here()
        if here is None or not taken:
            return
        twice, place = here
        views = {place.difference.first: "first", place.difference.second: "second"}
        if place.difference.kind != "reasons":
            taken = views.get(taken, taken)
        choice = evolve(place.choice, taken=taken)
        decision(self.desk, twice, place.difference.item, choice, NO_REASON)  # refused here, or never
        self.choose(taken=taken, reasons=())

    def _tick(self, place: int) -> bool:
        """Tick or untick a reason of an outcome that is neither view."""
        seen = self.seen()
        known = [reason.id for reason in reasons_here(seen)] if seen else []
        if place >= len(known):
            return False
        ticked = {*self.choice.reasons} ^ {known[place]}
        self.choose(reasons=tuple(reason for reason in known if reason in ticked))
        return True

    def do_clear(self) -> None:
        """Take the choice back; the reason stays."""
        self.choose(taken="", reasons=())

    def do_notes(self) -> None:
        """Whose notes go with the answer: both, one, the other."""
        order = ["", *(kept for kept, _ in KEPT)]
        self.choose(kept=order[(order.index(self.choice.kept) + 1) % len(order)])

    def do_following(self) -> None:
        """The next difference that nothing is chosen about."""
        places = self.places()
        for step in range(1, len(places) + 1):
            at = (self.cursor + step) % len(places)
            if not settled_now(places[at]) and at != self.cursor:
                self.go_to(at)
                return
        waiting = sum(bool(p.choice.taken) for p in places)
        self.sqs.say(
            f"nothing is left to choose; W writes {waiting}" if waiting else "nothing is left to choose"
        )

    def do_guidance(self) -> None:
        """All of the guidance on the question."""
        from sqs_tui.screens.help import GuidanceScreen

        here = self.here()
        if here and here[1].difference.kind != "fact":
            self.sqs.push_screen(GuidanceScreen(self.desk.criteria.question(here[1].difference.item)))

    def do_undo(self) -> None:
        """Choices are not steps of a case."""
        self.sqs.say("Backspace takes this choice back; what was written can be agreed anew")


def open_moderation(app: SqsApp) -> None:
    """Open moderation: of the case one is in where it was marked twice, else of all."""
    from sqs_core.storage.moderation.second import second_ids
    from sqs_tui.screens.case import CaseFrame

    if app.desk is None:
        app.say("still reading the records")
        return
    if app.desk.second:
        app.say("a second marking sees nothing of the first until both are finished")
        return
    app.commit()
    screen = app.screen
    case = screen.case if isinstance(screen, CaseFrame) else None
    app.push_screen(ModerationScreen(case if case in second_ids(app.desk.folder) else None))
