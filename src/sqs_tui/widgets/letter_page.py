"""Show the letter as it reads, its figures between marks; the mark moves from figure to figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset, Region
from textual.message import Message
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sqs_core.letter.document import Block, Document, Figure, Heading, Items, Lines, Paragraph, roman
from sqs_tui.styles import DIM, FIGURE, PICK, TITLE, text, wrapped
from sqs_tui.widgets.lines import point_at
from sqs_tui.widgets.selectable_list import SelectableList

_STOP = "stop"


class LetterPage(SelectableList, inherit_bindings=False):
    """Textual's list with a paragraph in each option.  ``stop`` is the place that has the mark."""

    DEFAULT_CSS = """
    LetterPage { border: none; padding: 0; background: $background; scrollbar-size-vertical: 1; }
    LetterPage:focus { border: none; background-tint: $foreground 0%; }
    LetterPage > .option-list--option { padding: 0; }
    LetterPage > .option-list--option-disabled { color: $foreground; }
    LetterPage > .option-list--option-highlighted, LetterPage:focus > .option-list--option-highlighted {
        background: $background; color: $foreground; text-style: none;
    }
    LetterPage > .option-list--option-hover { background: $background; }
    """
    BINDINGS = [
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("ctrl+home", "scroll_home", show=False),
        Binding("ctrl+end", "scroll_end", show=False),
    ]

    @dataclass
    class Pointed(Message):
        """A figure, or a paragraph without one, was clicked: the place of it."""

        place: int

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._document: Document | None = None
        self._stop = -1
        self._first: list[int | None] = []
        """For each option, its first place; None where it has none."""
        self._set: dict[tuple[int, int, int], Content] = {}
        """The paragraphs as set, by first place, place of the mark and width."""

    def show_letter(self, document: Document, stop: int) -> None:
        """Show ``document`` with the mark at ``stop``."""
        if document is self._document and stop == self._stop:
            return
        moved = stop != self._stop
        if document is not self._document:
            self._set = {}
        self._document, self._stop = document, stop
        if self._lay_out() or moved:
            self.call_after_refresh(self.scroll_to_mark)

    def on_resize(self) -> None:
        """Lay the letter out for the new width."""
        self._lay_out()
        self.call_after_refresh(self.scroll_to_mark)

    def _lay_out(self) -> bool:
        """Lay the letter out, and return whether its paragraphs changed."""
        if self._document is None or not self.scrollable_content_region.width:
            return False
        made = list(self._prompts(self._document, self.scrollable_content_region.width))
        self._first = [first for _, first in made]
        anew = len(made) != self.option_count
        if anew:
            self.clear_options()
            self.add_options(Option(prompt, disabled=first is None) for prompt, first in made)
        else:
            for place, (prompt, first) in enumerate(made):
                option = self.get_option_at_index(place)
                if not (isinstance(option.prompt, Content) and option.prompt.is_same(prompt)):
                    self.replace_option_prompt_at_index(place, prompt)
                option.disabled = first is None
        here = [place for place, first in enumerate(self._first) if first is not None and first <= self._stop]
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = here[-1] if here else None
        return anew

    def _row_of_mark(self) -> int | None:
        """Return the row of the mark in the whole letter."""
        if self.highlighted is None:
            return None
        rows = 0
        for place in range(self.highlighted + 1):
            prompt = self.get_option_at_index(place).prompt
            lines = prompt.plain.split("\n") if isinstance(prompt, Content) else [""]
            if place == self.highlighted:
                return rows + next((y for y, row in enumerate(lines) if "▸" in row), 0)
            rows += len(lines)
        return None

    def scroll_to_mark(self) -> None:
        """Scroll the mark into view, with some rows around it."""
        row = self._row_of_mark()
        if row is None:
            return
        region = Region(0, max(0, row - 2), self.scrollable_content_region.width, 6)
        self.scroll_to_region(region, animate=False, immediate=True)
        if self.has_focus:
            at = row - round(self.scroll_offset.y)
            point_at(self, Offset(1, at))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Put the list's highlight back on the mark, which the screen owns."""

    def action_page(self, step: int) -> None:
        """Show the page after, or before; the mark stays where it is."""
        self.scroll_relative(y=step * max(1, self.size.height - 2), animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()  # a click chooses; what is chosen is opened by its key

    def on_click(self, event: events.Click) -> None:
        """Go to the figure that was clicked, or to its paragraph."""
        stop = event.style.meta.get(_STOP)
        option = event.style.meta.get("option")
        if stop is None and option is not None and option < len(self._first):
            stop = self._first[option]
        if stop is not None:
            self.post_message(self.Pointed(stop))

    def _prompts(self, document: Document, width: int) -> Iterator[tuple[Content, int | None]]:
        """Yield each paragraph, heading or block of lines, and the first place in it."""
        at = 0
        for block in document.blocks:
            for words, paragraph in _blocks(block, width):
                if paragraph is None or not (places := _places(paragraph)):
                    yield words if paragraph is None else _paragraph(paragraph, words, -1, at, width), None
                    continue
                key = at, self._stop if at <= self._stop < at + places else -1, width
                if key not in self._set:
                    self._set[key] = _paragraph(paragraph, words, self._stop, at, width)
                yield self._set[key], at
                at += places

    def stops_in_view(self) -> Iterator[tuple[int, int]]:
        """Yield the row in view and the place of everything that can have the mark."""
        for y in range(self.scrollable_content_region.height):
            seen: set[int] = set()
            for segment in self.render_line(y):
                meta = segment.style.meta if segment.style else {}
                if _STOP in meta and meta[_STOP] not in seen:
                    seen.add(meta[_STOP])
                    yield y, meta[_STOP]


def _blocks(block: Block, width: int) -> Iterator[tuple[Content, Paragraph | None]]:
    if isinstance(block, Heading):
        title = f"{block.number}. {block.text}" if block.number else block.text
        yield _set(wrapped(title, width - 4, TITLE)), None
    elif isinstance(block, Paragraph):
        yield text(f"{block.number}. " if block.number else "", TITLE), block
    elif isinstance(block, Items):
        for place, item in enumerate(block.items, 1):
            yield text("• " if block.style == "bullet" else f"{roman(place)}. ", TITLE), item
    elif isinstance(block, Lines):
        yield _set([row for words in block.lines for row in wrapped(words, width - 4, DIM)]), None


def _places(paragraph: Paragraph) -> int:
    return len(paragraph.figures) or bool(paragraph.name)


def _paragraph(paragraph: Paragraph, lead: Content, stop: int, first: int, width: int) -> Content:
    words = lead
    at = first
    for run in paragraph.runs:
        if isinstance(run, Figure):
            left, right = ("▸", "◂") if at == stop else ("[", "]")
            figure = text(f"{left}{run.text}{right}", PICK if at == stop else FIGURE)
            words = words + figure.stylize(Style.from_meta({_STOP: at}))
            at += 1
        else:
            words = words + text(run)
    bare = not paragraph.figures and bool(paragraph.name)
    if bare:
        words = words.stylize(Style.from_meta({_STOP: first}))
    return _set(words.wrap(width - 4), marked=bare and first == stop)


def _set(rows: list[Content], *, marked: bool = False) -> Content:
    """Return the rows under each other, two blanks before each and an empty one after them."""
    led = [Content.styled("▸ ", PICK) if marked and not y else Content("  ") for y in range(len(rows))]
    joined = [lead + row.rstrip() for lead, row in zip(led, rows, strict=True)]
    return Content("\n").join([*joined, Content(" ")])
