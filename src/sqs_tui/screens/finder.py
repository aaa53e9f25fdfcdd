"""One box for three things: going somewhere, everything that can be done, and words in notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from attrs import frozen
from textual.widgets import Input

from sqs_core.records.case import NOTES
from sqs_core.scoring.states import State
from sqs_tui.deeds import Deed, key_shown
from sqs_tui.desk import Desk
from sqs_tui.paint.lines import EMPTY, Line, box, line, short, window
from sqs_tui.screens.case import open_case
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.view import ViewFrame

MOST = 200


@frozen
class Hit:
    """One line of the list: what it says, what it is found by, and what Enter on it does."""

    words: str
    tail: str
    found_by: str
    run: Callable[[], object]

    def is_named(self, wanted: Sequence[str]) -> bool:
        """Whether all the words are in what it is called."""
        name = self.words.partition(":")[0].lower()
        return all(word in name for word in wanted)


class FinderScreen(Frame):
    """Type, choose, Enter."""

    deeds = (
        Deed("finder.close", "escape", "back", "Back to where you were", foot=2, text=True),
        Deed("finder.run", "enter", "do it", "Do what the mark is on", foot=1),
    )
    help_text = "Type some letters of it; ↑ and ↓ choose; Enter does it."

    def __init__(self, about: Frame, kind: str) -> None:
        super().__init__()
        self.about = about
        self.kind = kind
        self.words = ""
        self.cursor = 0
        self.top = 0
        self._hits: tuple[Hit, ...] | None = None

    def where(self) -> str:
        """What is being looked for."""
        return {"go": "Go to", "commands": "Commands", "search": "Find in all notes"}[self.kind]

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.ask(">", self.words, self._entered)

    def hits(self) -> list[Hit]:
        """What the words find, best first."""
        if self.kind == "search":
            return list(self._notes())[:MOST] if len(self.words.strip()) > 1 else []
        if self._hits is None:
            self._hits = tuple(self._commands() if self.kind == "commands" else self._places())
        wanted = self.words.lower().split()
        found = [hit for hit in self._hits if all(word in hit.found_by for word in wanted)]
        # What begins with the words comes before what only holds them, and its name before what
        # is said of it: Enter on the first line must not be a surprise.
        lead = " ".join(wanted)
        found.sort(key=lambda hit: (not hit.found_by.startswith(lead), not hit.is_named(wanted)))
        return found[:MOST]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The list in a box."""
        hits = self.hits()
        self.cursor = max(0, min(self.cursor, len(hits) - 1))
        room = height - 4
        self.top = window(self.cursor, self.top, room, len(hits))
        rows: list[Line] = []
        inner = width - 4
        for place in range(self.top, min(len(hits), self.top + room)):
            hit = hits[place]
            here = place == self.cursor
            # The id of a deed, by which its key is changed, only where there is room.
            tail = hit.tail.partition("   ")[0] if width < 100 else short(hit.tail, inner // 2)
            words = short(hit.words, inner - 7 - len(tail))
            gap = " " * max(1, inner - 6 - len(words) - len(tail))
            rows.append(
                line(
                    (" ▶ " if here else "   ", "here"),
                    (words, "here" if here else ""),
                    gap,
                    (tail, "dim"),
                    wish=f"row:{place}",
                )
            )
        if not rows:
            rows.append(line(("   " + self._nothing(), "dim")))
        rows += [EMPTY] * (room - len(rows))
        tail = f"{len(hits)} found"
        hint = {
            "go": "  type 07 · 07 victims · board · letter · later · a word",
            "commands": "  type some letters of what you want to do",
            "search": "  words in any note of any case; Enter goes there",
        }[self.kind]
        return [
            *[(line(" ")[0], *row) for row in box(self.where(), rows, width - 2, tail=tail)],
            line((hint, "dim")),
        ]

    def footer_deeds(self) -> Sequence[Deed]:
        """Enter does what the mark is on, though one is typing."""
        return self.keys.deeds

    def _nothing(self) -> str:
        if self.kind != "search":
            return "nothing is called that"
        return "no note says that" if len(self.words.strip()) > 1 else "type two letters or more"

    def on_input_changed(self, message: Input.Changed) -> None:
        """Other words, another list."""
        self.words, self.cursor, self.top = message.value, 0, 0
        self.draw()

    def _entered(self, words: str) -> None:
        self.do_run()
        if self.is_current:  # nothing was found: go on typing
            self.ask(">", words, self._entered)

    def take(self, key: str) -> bool:
        """Arrows move in the list although one is typing."""
        step = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10, "tab": 1, "shift+tab": -1}.get(key)
        if step is not None:
            self.cursor = max(0, self.cursor + step)
            self.draw()
            return True
        if key == "escape":
            self.sqs.pop_screen()
            return True
        return super().take(key)

    def pointed(self, row: int) -> None:
        """A click does it."""
        self.cursor = row
        self.do_run()

    def do_run(self) -> None:
        """Do what the mark is on."""
        hits = self.hits()
        if not hits:
            return
        run = hits[self.cursor].run
        self.sqs.pop_screen()
        # Once this screen is gone: what runs may put another in its place.
        self.sqs.call_later(run)

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()

    # ------------------------------------------------------------ what can be found

    def _commands(self) -> Iterator[Hit]:
        for deed in self.about.keys.deeds:
            if deed.id == "app.commands":
                continue
            keys = key_shown(deed.key) if deed.key else ""
            words = f"{deed.words}: {deed.about}" if deed.about else deed.words
            run = partial(self.about.run_deed, deed)
            yield Hit(words, f"{keys}   {deed.id:<22}", f"{words} {deed.id}".lower(), run)

    def _places(self) -> Iterator[Hit]:
        app, desk = self.sqs, self.sqs.desk
        if desk is None:
            return
        here = getattr(self.about, "case", None)
        for case, name, why in desk.later():
            words = f"⚑ {case}  {desk.criteria.question(name).short}  come back" + (
                f": “{why}”" if why else ""
            )
            yield self._to(case, name, words, f"later {words}")
        for deed in ViewFrame.views:
            found_by = f"{deed.words} {deed.about}".lower()
            yield Hit(deed.words, key_shown(deed.key), found_by, partial(self._view, deed))
        cases = [here] if here in desk.sessions else []
        cases += [case for case in desk.cases if case != here]
        for case in cases:
            found_by = f"case {case} {case.lstrip('0')} next"
            yield Hit(f"case {case}", _left(desk, case), found_by, partial(open_case, app, case))
        for case in cases[: 60 if len(cases) < 100 else 1]:
            for question in desk.criteria.questions:
                state = desk.standing(case).states[question.id]
                if state is not State.NOT_ASKED:
                    words = f"{case}  {question.short}"
                    found_by = f"{words} {question.id} {case.lstrip('0')}"
                    yield self._to(case, question.id, words, found_by, str(state))

    def _to(self, case: str, question: str, words: str, found_by: str, tail: str = "") -> Hit:
        about = self.about

        def go() -> None:
            from sqs_tui.screens.question import QuestionScreen

            if isinstance(about, QuestionScreen) and about.case == case:
                about.visit(question)
            else:
                open_case(self.sqs, case, question)

        return Hit(words, tail or question, found_by.lower(), go)

    def _view(self, deed: Deed) -> None:
        screens = self.sqs.screen_stack
        base = next((s for s in screens if isinstance(s, OverviewScreen)), None)
        if base is None:
            return
        while self.sqs.screen is not base:
            self.sqs.pop_screen()
        base.run_deed(deed)

    def _notes(self) -> Iterator[Hit]:
        desk = self.sqs.desk
        if desk is None:
            return
        wanted = self.words.lower().strip()
        for case in desk.cases:
            for question, answer in desk.record(case).answers.items():
                for note in (*NOTES, "later"):
                    text = getattr(answer, note) or ""
                    at = text.lower().find(wanted)
                    if at >= 0:
                        around = text[max(0, at - 20) :].replace("\n", " ")
                        name = desk.criteria.question(question).short
                        yield self._to(case, question, f"{case}  {name}, {note}: {around}", "", note)


def _left(desk: Desk, case: str) -> str:
    standing = desk.standing(case)
    left = standing.asked - standing.done
    return f"{left} left" if left else "all answered"
