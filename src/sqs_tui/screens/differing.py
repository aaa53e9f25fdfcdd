"""Both markings of the cases marked twice: read, walked through, and what the choices make of them."""

from __future__ import annotations

from attrs import evolve

from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.letter.effect import Effect, effect
from sqs_core.records import CaseRecord
from sqs_core.records.second_marking import Decision, apply_decisions
from sqs_tui.messages import Compared
from sqs_tui.moderating import Moderation, Twice, decision, read_moderation, write
from sqs_tui.paint.words import number
from sqs_tui.pictures.differences import Place, item_name, taken_words
from sqs_tui.screens.choosing import Choosing

NO_REASON = "(no reason written yet)"


class Differing(Choosing):
    """A screen on the differences between two markings, of one case or of all marked twice."""

    kind = "agree"

    def __init__(self, case: str | None = None) -> None:
        super().__init__()
        self.only = case
        self.found: Moderation | None = None
        self.cursor = 0
        self.trouble = ""

    def on_mount(self) -> None:
        """Read both markings of every case marked twice, off the UI thread."""
        self.read()

    def read(self) -> None:
        """Read them; they arrive as a message."""
        folder = self.desk.folder

        def work() -> None:
            try:
                self.post_message(Compared(read_moderation(folder)))
            except SqsError as error:
                self.post_message(Compared(None, error))

        self.run_worker(work, thread=True, group="compare")

    def on_compared(self, message: Compared) -> None:
        """The markings are there."""
        if message.error is not None:
            self.trouble = str(message.error)
            self.draw()
            return
        assert message.found is not None
        begun = self.found is None
        self.found = message.found
        if begun:
            self.cursor = next((i for i, p in enumerate(self.places()) if not settled_now(p)), 0)
        self.draw()

    @property
    def twice(self) -> tuple[Twice, ...]:
        """The cases looked at: the one asked for, or all."""
        found = self.found.twice if self.found else ()
        return tuple(t for t in found if self.only in (None, t.case))

    def places(self) -> tuple[Place, ...]:
        """Every difference, with what is chosen about it."""
        return tuple(
            Place(t.case, d, self.kept(t.case).choice(d.item), t.agreed.decided(d.item))
            for t in self.twice
            for d in t.differences
        )

    def here(self) -> tuple[Twice, Place] | None:
        """The case and the difference with the mark."""
        places = self.places()
        if not places:
            return None
        self.cursor = max(0, min(self.cursor, len(places) - 1))
        place = places[self.cursor]
        return next(t for t in self.twice if t.case == place.case), place

    def go_to(self, place: int) -> None:
        """Put the mark on a difference."""
        raise NotImplementedError

    def at(self) -> tuple[str, str] | None:
        """Under what name the choice in view is kept."""
        here = self.here()
        return (here[1].case, here[1].difference.item) if here else None

    # ------------------------------------------------------------ the effect

    def settled(self, twice: Twice, decisions: dict[str, Decision]) -> CaseRecord:
        """The case that counts as it would be with ``decisions``."""
        if twice.case not in self.desk.sessions:
            raise HeldError(f"case {twice.case} cannot be read now; 5 tells why")
        record = self.desk.record(twice.case)
        return apply_decisions(self.desk.criteria, record, twice.first, twice.second, twice.agreed, decisions)

    def effect_here(self, twice: Twice, place: Place) -> Effect | None:
        """What the choice at ``place`` would do; None where nothing is chosen, or it is being reckoned."""
        if not place.choice.taken or twice.case not in self.desk.sessions:
            return None
        item = place.difference.item
        made = decision(self.desk, twice, item, evolve(place.choice, why=""), NO_REASON)
        record, basis = self.settled(twice, {item: made}), self.basis()
        about = (twice.case, item, made, self.desk.version)
        return self.effect_for(about, lambda: effect(basis, basis.replacing([record])))

    def decisions(self, twice: Twice) -> dict[str, Decision]:
        """What the choices about a case decide."""
        choices = self.kept(twice.case)
        return {
            d.item: decision(self.desk, twice, d.item, choices.choice(d.item), "")
            for d in twice.differences
            if choices.choice(d.item).taken
        }

    # ------------------------------------------------------------ writing

    def do_write(self) -> None:
        """Look at the whole effect, then write."""
        from sqs_tui.screens.effect import EffectScreen

        self.stop_writing()
        chosen = [p for p in self.places() if p.choice.taken]
        if not chosen:
            self.sqs.say("nothing is chosen that is not written: ← or → chooses")
            return
        silent = next((p for p in chosen if not p.choice.why), None)
        if silent is not None:
            self.go_to(self.places().index(silent))
            raise UsageError(
                f"say why first (e): {silent.case} {item_name(self.desk.criteria, silent.difference.item)}"
            )
        basis = self.basis()
        records = [self.settled(t, self.decisions(t)) for t in self.twice if self.decisions(t)]
        found = effect(basis, basis.replacing(records))
        rows = [(self._named(p), self._words(p)) for p in chosen]
        self.sqs.push_screen(EffectScreen("Moderation", rows, found, self._write))

    def _named(self, place: Place) -> str:
        return f"{place.case}  {item_name(self.desk.criteria, place.difference.item)}"

    def _words(self, place: Place) -> str:
        words = taken_words(self.desk.criteria, place.difference.item, place.choice.taken)
        return f"{words}: {' '.join(place.choice.why.split())}"

    def _write(self) -> None:
        count = 0
        for twice in self.twice:
            decisions = self.decisions(twice)
            if decisions:
                write(self.desk, twice.case, decisions)
                self.chosen(twice.case, tuple(decisions))
                count += len(decisions)
        self.sqs.count()
        self.sqs.say(f"written: {number(count, 'decision')}; both markings stay as they were")
        self.read()


def settled_now(place: Place) -> bool:
    return bool(place.choice.taken) or place.decision is not None
