"""How a screen is drawn: row 1, the picture, one row for tips and questions, the footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.widget import Widget

from sqs_tui.deeds import EVERYWHERE, Deed, Keys
from sqs_tui.paint.lines import EMPTY, Line, line, parted
from sqs_tui.pictures.edges import LEAST, footer_line, goes_on, header_line, too_small
from sqs_tui.screens.prompt import Prompting
from sqs_tui.widgets.narrow import Narrow
from sqs_tui.widgets.painted import Painted

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp
    from sqs_tui.desk import Desk


READ_FIRST = 0.5
"""Seconds after the first frame in which the records are read before anything else is made ready."""
SAVED = 30
"""Cells at the right of row 1 that say how far one is, and when it was saved."""

ASKED = (
    Deed("asked.keep", "enter", "keep it", foot=1),
    Deed("asked.leave", "escape", "leave it", foot=2),
)
"""What the keys do while one line is asked for."""


class Beside(Widget):
    """Panes next to each other, which cover it: it has nothing to draw itself."""

    BLANK = True


class Picture(Prompting, inherit_bindings=False):
    """A screen that draws values: row 1, a picture with panes beside it, a tip, and the footer."""

    AUTO_FOCUS = "#body"
    BLANK = True
    deeds: ClassVar[tuple[Deed, ...]] = ()
    counts: ClassVar[bool] = False
    """Whether the picture shows figures, so that they are to be counted again when a record changed."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Narrow()
        self._keys: Keys | None = None
        self._goes_on = EMPTY
        # Each widget costs the first frame half a millisecond: panes only where a screen has them.
        sides = ("left", "right") if type(self).panes is not Picture.panes else ()
        names = ("header", "saved", "body", *sides, "tip", "footer")
        self._painted = {name: Painted(name, takes_keys=name == "body") for name in names}

    # ------------------------------------------------------------ what each screen says

    def where(self) -> str:
        """Where one is, for row 1."""
        return "Short Quality Screening"

    def far(self) -> str:
        """How far one is, for row 1."""
        return ""

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The lines between row 1 and the tip."""
        raise NotImplementedError

    def panes(self, width: int) -> tuple[int, int]:
        """How many cells there are for a pane at the left and for one at the right of the picture."""
        return 0, 0

    def side(self, name: str, width: int, height: int) -> Sequence[Line]:
        """The lines of the pane "left" or "right"."""
        return ()

    def tip(self) -> Line:
        """The row over the footer."""
        return EMPTY

    def extra(self) -> list[Widget]:
        """Further widgets, such as a box to write in."""
        return []

    # ------------------------------------------------------------ what all screens share

    @property
    def sqs(self) -> SqsApp:
        """The application, with the desk."""
        return cast("SqsApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk; only screens that need an open inspection ask for it."""
        desk = self.sqs.desk
        assert desk is not None
        return desk

    @property
    def keys(self) -> Keys:
        """Which key does what here."""
        if self._keys is None:
            self._keys = Keys((*self.deeds, *EVERYWHERE), self.sqs.settings.keys)
        return self._keys

    @property
    def writing(self) -> bool:
        """Whether the keys go into a text field."""
        focused = self.focused
        return focused is not None and focused.id in ("note", "line")

    @property
    def takes_keys(self) -> bool:
        """Whether a key pressed now gets to where it belongs; not while a box is being given the focus."""
        return self.is_mounted and self.writing == self.wants_words

    @property
    def wants_words(self) -> bool:
        """Whether one is writing, as the screen sees it; the focus follows a little later."""
        return bool(self.asking)

    def compose(self) -> ComposeResult:
        """Row 1, picture, tip, footer; and the boxes one writes in, hidden until then."""
        panes = self._painted
        yield Beside(panes["header"], panes["saved"], id="top")
        if "left" in panes:
            yield Beside(panes["left"], panes["body"], panes["right"], id="middle")
        else:
            yield panes["body"]
        yield panes["tip"]
        yield panes["footer"]
        if self.sqs.first_frame_is_out:
            yield self.line_box
        yield from self.extra()

    def on_mount(self) -> None:
        """Draw at once: the first frame waits for no record and for no box to write in."""
        self.draw()
        if not self.sqs.first_frame_is_out:
            self.call_after_refresh(self._first_frame_out)

    def _first_frame_out(self) -> None:
        self.sqs.first_frame_is_out = True
        self.set_timer(READ_FIRST, self._ready_to_ask)

    def _ready_to_ask(self) -> None:
        self.mount_line_box()
        self.call_after_refresh(self._follow_mark)  # the box takes the terminal's cursor as it comes

    def on_screen_resume(self) -> None:
        """Draw what may have changed while another screen was shown."""
        if self.counts:
            self.sqs.count()
        self.sqs.moved(self)
        self.sqs.look_for_seals()
        self.draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        if self.asking:
            self.place_prompt()
        self.draw()

    def draw(self) -> None:
        """Draw everything; only cells that differ reach the terminal."""
        if not (self.is_mounted and self.is_current):  # one under another is drawn when it comes into view
            return
        width, height = self.size
        self.draw_header()
        if width < LEAST[0] or height < LEAST[1]:
            for name in ("left", "right"):
                if name in self._painted:
                    self._painted[name].display = False
            self.show("body", too_small(width, height))
            self.show("footer", ())
            return
        self._show_middle(width, height - 3)
        self._goes_on = goes_on(self.sqs.news(), width)
        self.show("tip", [line((self.asking, "title")) if self.asking else self._goes_on or self.tip()])
        self.draw_footer()
        self._follow_mark()

    def _follow_mark(self) -> None:
        if self.sqs.settings.reader_cursor:
            from sqs_tui.reader import follow

            follow(self)

    def painted(self, name: str) -> Painted | None:
        """One of the painted widgets; None where this screen has none of that name."""
        return self._painted.get(name)

    def draw_body(self) -> None:
        """Draw the picture alone: nothing beside it changed, nor in row 1 and the footer."""
        width, height = self.size
        if self.is_mounted and self.is_current and width >= LEAST[0] and height >= LEAST[1]:
            self.show("body", self.picture(width - sum(self.panes(width)), height - 3))

    def _show_middle(self, width: int, height: int) -> None:
        left, right = self.panes(width)
        self.show("body", self.picture(width - left - right, height))
        for name, cells in (("left", left), ("right", right)):
            pane = self._painted.get(name)
            if pane is None:
                continue
            if pane.display != bool(cells):
                pane.display = bool(cells)
            if cells:
                if pane.styles.width is None or pane.styles.width.value != cells:
                    pane.styles.width = cells
                pane.show(self.side(name, cells, height))

    def draw_header(self) -> None:
        """Draw row 1 alone."""
        if self.is_mounted and self.is_current:
            width = self.size.width
            news = self.sqs.news()
            row = header_line(news, self.where(), self.far(), width)
            left, right = parted(row, max(0, width - SAVED))
            self.show("header", [left])
            self.show("saved", [right])
            rest = goes_on(news, width)
            if rest != self._goes_on and self.size.height >= LEAST[1]:
                self._goes_on = rest
                self.show("tip", [line((self.asking, "title")) if self.asking else rest or self.tip()])

    def footer_deeds(self) -> Sequence[Deed]:
        """The deeds for the footer; while one writes those that hold then."""
        return ASKED if self.asking else self.keys.deeds

    def show(self, name: str, lines: Sequence[Line]) -> None:
        """Give one of the painted widgets its lines."""
        self._painted[name].show(lines)

    def draw_footer(self) -> None:
        """Draw the last row alone."""
        if self.is_mounted and self.size.width >= LEAST[0]:
            shown = tuple([d for d in self.footer_deeds() if d.foot])
            self.show("footer", [footer_line(shown, self.size.width, writing=self.writing)])

    def on_descendant_focus(self) -> None:
        """Other keys hold in a text field."""
        self.draw_footer()

    def on_descendant_blur(self) -> None:
        """Other keys hold outside one."""
        self.draw_footer()
