"""What screens share on which one chooses before anything is written.

Every choice, and every word of why, is kept on the disk as it is made; Esc, q and a closed lid lose none
of them.  What a choice would do is reckoned off the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from attrs import evolve, frozen
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from sqs_core.letter.effect import Effect
from sqs_core.storage.moderation.pending_decisions import (
    NO_CHOICE,
    DecisionKind,
    PendingChoice,
    PendingChoices,
)
from sqs_core.text import without_forbidden
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.effect import EffectScreen
from sqs_tui.styles import TITLE, text
from sqs_tui.widgets.note_field import NoteField
from sqs_tui.widgets.option_menu import OptionMenu
from sqs_tui.widgets.pick_row import Entry, Pick
from sqs_tui.widgets.side_pane import SidePane

WHY_TITLE = "Why (kept with the record)"


class DecisionScreen(SqsScreen):
    """Something to choose, with a reason, and an effect to look at.  It has a ``NoteField`` "why"."""

    fits_room = True
    kind: ClassVar[DecisionKind]
    decides = True
    saved = "kept"
    shows_notes = True

    def __init__(self) -> None:
        super().__init__()
        self._why_of: tuple[str, str] | None = None
        self._effect: tuple[object, Effect] | None = None
        self._wanted: object = None

    # ------------------------------------------------------------ what each screen says

    def at(self) -> tuple[str, str] | None:
        """Return the name by which the choice in view is kept, and what it is about (None: there is none)."""
        raise NotImplementedError

    def to_choice(self) -> None:
        """Give the keys to what is chosen from."""
        raise NotImplementedError

    def action_choice_next(self) -> None:
        """Go on to what is next to be chosen."""
        raise NotImplementedError

    # ------------------------------------------------------------ choices

    def kept(self, name: str) -> PendingChoices:
        """Return the choices kept under ``name``, as they are now."""
        return self.workspace.read_choices(self.kind, name)

    @property
    def choice(self) -> PendingChoice:
        """The choice in view, as it is now."""
        here = self.at()
        return self.kept(here[0]).choice(here[1]) if here else NO_CHOICE

    def choose(self, **changes: Any) -> None:
        """Change the choice in view, and have it kept."""
        here = self.at()
        if here is not None:
            self.change_choice(*here, **changes)
        self.refresh_view()

    def change_choice(self, name: str, item: str, **changes: Any) -> None:
        """Change the choice about ``item``, and have it kept."""
        before = self.kept(name)
        after = before.choosing(item, evolve(before.choice(item), **changes))
        if after != before:
            self.workspace.save_choices(self.kind, name, after)

    def action_again(self) -> None:
        """Take the choices that are on the disk, where somebody else made others."""
        here = self.at()
        if here is not None:
            self.workspace.read_choices(self.kind, here[0], again=True)
            words = "choices read from disk again; yours are in the rescue folder if they were refused"
            self.app.show_message(words)
        self.refresh_view()

    # ------------------------------------------------------------ why

    @property
    def why(self) -> NoteField:
        """The box one writes the reason in."""
        return self.query_one("#why", NoteField)

    def show_why(self) -> None:
        """Show the reason of the choice in view, where another one is shown."""
        here = self.at()
        if here != self._why_of or not self.why.area.has_focus:
            self._why_of = here
            self.why.load(self.choice.why, read_only=here is None)

    def action_choice_why(self) -> None:
        """Write why."""
        if self.at() is not None:
            self.show_why()
            self.why.write()

    @on(NoteField.Edited)
    def _why_edited(self) -> None:
        """A key in the box."""
        self.commit_soon()

    def commit(self) -> None:
        """Keep what is in the box."""
        self.commits_soon = False
        if self._why_of is None or not self.is_mounted or self._why_of != self.at():
            return
        why = without_forbidden(self.why.text)[0].strip()
        if why != self.choice.why:
            self.change_choice(*self._why_of, why=why)

    def stop_writing(self) -> None:
        """Keep what was typed and give the keys back to the choice."""
        self.commit()
        self.to_choice()
        self.refresh_view()

    def action_choice_done(self) -> None:
        """Keep the words and go on."""
        self.stop_writing()
        self.action_choice_next()

    def leave(self) -> None:
        """Go from the box to the choice, from there out: every choice is kept."""
        if self.writing:
            self.stop_writing()
        else:
            super().leave()

    def on_descendant_blur(self) -> None:
        """What was written is kept."""
        if self.at() is not None:
            self.commit()
            self.refresh_view()

    # ------------------------------------------------------------ the effect

    def effect_for(self, about: object, reckon: Callable[[], Effect]) -> Effect | None:
        """Return the effect of ``about``; None while it is being reckoned, off the UI thread."""
        if self._effect is not None and self._effect[0] == about:
            return self._effect[1]
        if self._wanted != about:
            self._wanted = about

            def then(effect: Effect) -> None:
                if about == self._wanted:  # else another choice is in view by now
                    self._effect = about, effect
                    self.refresh_view()

            self.in_background(lambda: self.reckoned(reckon), then)
        return None

    def reckoned(self, reckon: Callable[[], Effect]) -> Effect:
        """Return what ``reckon`` finds from the records on the disk, once everything is there."""
        self.workspace.check_saved()
        return reckon()

    # ------------------------------------------------------------ writing

    def look_at_effect(self) -> None:
        """Show the whole effect of what is chosen; SqsError where it cannot be written."""
        raise NotImplementedError

    def action_choice_write(self) -> None:
        """Look at the whole effect, then write."""
        self.stop_writing()
        self.app.attempt(self.look_at_effect)

    def show_effect(
        self,
        title: str,
        chosen: Sequence[tuple[str, str]],
        reckon: Callable[[], Effect],
        write: Callable[[], object],
    ) -> None:
        """Reckon the effect of all that is ``chosen``, and show it; to write it is one key from there."""

        def then(effect: Effect) -> None:
            if self.is_current:
                self.app.push_screen(EffectScreen(title, chosen, effect, write))

        self.app.begin("reckoning what it does", lambda _: self.reckoned(reckon), then)


class SidesScreen(DecisionScreen):
    """Differences in a list, ``#places``, and the two sides of the one with the mark."""

    BINDINGS = [Binding("pageup", "read_on(-3)", show=False), Binding("pagedown", "read_on(3)", show=False)]

    @property
    def menu(self) -> OptionMenu:
        """The differences."""
        return self.query_one("#places", OptionMenu)

    def to_choice(self) -> None:
        """Give the keys to the list."""
        self.set_focus(self.menu)

    def take(self, side: str) -> None:
        """Take one side, "first" or "second"."""
        raise NotImplementedError

    @on(SidePane.Picked)
    def _side_picked(self, message: SidePane.Picked) -> None:
        self.take(message.id)

    def action_choice_first(self) -> None:
        """Take the side at the left."""
        self.take("first")

    def action_choice_second(self) -> None:
        """Take the side at the right."""
        self.take("second")

    @on(OptionList.OptionHighlighted, "#places")
    def _marked(self) -> None:
        if self.at() != self._why_of:
            self.begin_difference()
        self.refresh_view()

    def begin_difference(self) -> None:
        """Show both sides of another difference from their beginning."""
        for pane in self.query(SidePane):
            pane.scroll_home(animate=False)

    def action_read_on(self, rows: int) -> None:
        """Read on in both sides."""
        for pane in self.query(SidePane):
            pane.scroll_relative(y=rows, animate=False)

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """The lines in view, and the reason."""
        for row, name in self.menu.lines_in_view():
            yield self.menu, row, "", name
        yield self.why, 0, "e", "-why"

    def jump_to(self, name: str) -> None:
        """Put the mark on a line, or write why."""
        if name == "-why":
            self.action_choice_why()
        else:
            self.menu.mark(name)
            self.to_choice()


@frozen
class ChoiceOption:
    """One thing that can be chosen: its id, its key, its words, and the short words for a narrow window."""

    id: str
    key: str
    words: str
    brief: str = ""


def option_entries(label: str, options: Sequence[ChoiceOption], chosen: str, width: int) -> list[Entry]:
    """Return the options with the chosen one marked; in short words where they take more than one row."""
    for brief in (False, True):
        entries: list[Entry] = [text(f"  {label}", TITLE)]
        for option in options:
            here = option.id == chosen
            words = (option.brief or option.words) if brief else option.words
            shown = " ".join(part for part in ("(•)" if here else "( )", option.key, words) if part)
            entries.append(Pick(option.id, text(f"  {shown}", TITLE if here else "")))
        if sum(_width(entry) for entry in entries) < width:
            break
    return entries


def _width(entry: Entry) -> int:
    return (entry.words if isinstance(entry, Pick) else entry or Content.empty()).cell_length
