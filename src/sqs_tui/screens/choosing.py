"""What screens share on which one chooses before anything is written.

Every choice, and every word of why, is kept on the disk as it is made; Esc, q and a closed lid
lose none of them.  What a choice would do is reckoned off the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from attrs import evolve
from textual.widget import Widget
from textual.widgets import TextArea

from sqs_core.errors import SqsError
from sqs_core.letter.effect import Basis, Effect
from sqs_core.storage.moderation.pending_decisions import (
    NO_CHOICE,
    DecisionKind,
    PendingChoice,
    PendingChoices,
)
from sqs_core.text import without_forbidden
from sqs_tui.deeds import Deed
from sqs_tui.messages import Reckoned
from sqs_tui.pictures.sheet import Box
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.prompt import PAUSE
from sqs_tui.widgets.editor import NoteBox

WRITING = (
    Deed("choosing.keep", "escape", "keep it, back to the choice", foot=1),
    Deed("choosing.done", "ctrl+j", "done, go on", foot=2),
)


class Choosing(Frame):
    """Something to choose, with a reason, and an effect to look at."""

    kind: ClassVar[DecisionKind]
    settles = True

    def __init__(self) -> None:
        super().__init__()
        self.note_box = NoteBox()
        self.why_open = False
        self.box = Box(3, 0, 20, 1)
        self._soon = False
        self._effect: tuple[object, Effect] | None = None
        self._wanted: object = None

    # ------------------------------------------------------------ what each screen says

    def at(self) -> tuple[str, str] | None:
        """Under what name the choice in view is kept, and what it is about; None where there is none."""
        raise NotImplementedError

    def do_following(self) -> None:
        """Go on to what is next to be chosen."""
        raise NotImplementedError

    # ------------------------------------------------------------ choices

    def kept(self, name: str) -> PendingChoices:
        """The choices kept under ``name``, as they are now."""
        return self.desk.take_choices(self.kind, name)

    @property
    def choice(self) -> PendingChoice:
        """The choice in view, as it is now."""
        here = self.at()
        return self.kept(here[0]).choice(here[1]) if here else NO_CHOICE

    def choose(self, **changes: Any) -> None:
        """Change the choice in view, and have it kept."""
        here = self.at()
        if here is not None:
            name, item = here
            before = self.kept(name)
            after = before.choosing(item, evolve(before.choice(item), **changes))
            if after != before:
                self.desk.keep_choices(self.kind, name, after)
        self.draw()

    def chosen(self, name: str, items: Sequence[str]) -> None:
        """What was chosen of ``items`` is written: it is no longer kept as a choice."""
        choices = self.kept(name)
        for item in items:
            choices = choices.choosing(item, NO_CHOICE)
        self.desk.keep_choices(self.kind, name, choices)

    def do_again(self) -> None:
        """Take the choices that are on the disk, where somebody else made others."""
        here = self.at()
        if here is not None:
            self.desk.take_choices(self.kind, here[0], again=True)
            self.sqs.say("choices read from disk again; yours are in the rescue folder if they were refused")
        self.draw()

    # ------------------------------------------------------------ why

    def extra(self) -> list[Widget]:
        """The box one writes in."""
        return [self.note_box]

    def footer_deeds(self) -> Sequence[Deed]:
        """Other keys while one writes."""
        return WRITING if self.writing and self.why_open else super().footer_deeds()

    @property
    def wants_words(self) -> bool:
        """Whether one is writing: why, or in the line over the footer."""
        return self.why_open or super().wants_words

    def do_why(self) -> None:
        """Write why."""
        if self.at() is None:
            return
        with self.prevent(TextArea.Changed):
            self.note_box.load_text(self.choice.why)
        self.why_open = True
        self.draw()
        self.note_box.display = True
        self.note_box.focus()
        self.note_box.move_cursor(self.note_box.document.end)
        self.call_after_refresh(self.note_box.point)

    def stop_writing(self) -> None:
        """Keep what was typed and give the keys back to the choice."""
        self.commit()
        if self.why_open:
            self.why_open = False
            self.note_box.display = False
            self.query_one("#body").focus()
            self.call_after_refresh(self.draw)
        self.draw()

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """A key in the box: keep it soon."""
        if self.why_open and not self._soon:
            self._soon = True
            self.set_timer(PAUSE, lambda: self.commit() if self._soon else None)

    def commit(self) -> None:
        """Keep what is in the box."""
        super().commit()
        self._soon = False
        if self.why_open:
            why = without_forbidden(self.note_box.text)[0].strip()
            if why != self.choice.why:
                self.choose(why=why)

    def draw(self) -> None:
        """Draw, and lay the box over its place."""
        super().draw()
        if self.why_open and self.is_mounted:
            left = self.panes(self.size.width)[0]
            box = self.note_box
            box.styles.offset = (self.box.x + left, self.box.y + 1)
            box.styles.width, box.styles.height = self.box.width, self.box.height

    def do_back(self) -> None:
        """From the box to the choice, from there out: every choice is kept."""
        if self.why_open:
            self.stop_writing()
        else:
            self.sqs.pop_screen()

    def do_done(self) -> None:
        """Keep the words and go on."""
        self.stop_writing()
        self.do_following()

    # ------------------------------------------------------------ the effect

    def effect_for(self, about: object, reckon: Callable[[], Effect]) -> Effect | None:
        """The effect of ``about``; None while it is being reckoned, off the UI thread."""
        if self._effect is not None and self._effect[0] == about:
            return self._effect[1]
        if self._wanted != about:
            self._wanted = about

            def work() -> None:
                try:
                    self.post_message(Reckoned(about, reckon()))
                except SqsError as error:
                    self.post_message(Reckoned(about, None, error))

            self.run_worker(work, thread=True, group="effect")
        return None

    def on_reckoned(self, message: Reckoned) -> None:
        """Show it, where the choice is still the one in view."""
        if message.error is not None:
            self.sqs.warn(message.error)
        elif message.effect is not None and message.about == self._wanted:
            self._effect = message.about, message.effect
            self.draw()

    def basis(self) -> Basis:
        """What figures and letter are made from, as it stands on the desk."""
        desk = self.desk
        return Basis(
            desk.criteria,
            desk.inspection,
            tuple(session.record for session in desk.sessions.values()),
            tuple(desk.interviews.values()),
            desk.narrative,
            desk.sealed,
        )
