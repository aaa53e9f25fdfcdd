"""What the pages say: help on what is in view, all of the guidance on a question, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual.binding import ActiveBinding
from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import Question
from sqs_core.criteria.vocabulary import whose_words
from sqs_tui.bindings import EVERYWHERE, has_key, known_bindings, shown_key
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.page import PageScreen
from sqs_tui.styles import DIM, TITLE, fitted, text, wrapped

MARKS = (
    *("✓ finished", "● all answered", "◐ begun", "○ not looked at"),
    *("⚑ come back", "▶ here", "· none", "+ more than nine"),
    *("✎ your own words", "! to look at"),
)
IN_TEXT = "In text: ^A ^E line ends, ^K ^U delete, ^Z ^Y undo, ^J done and next, Esc keeps it."


def help_page(
    help_text: str, bindings: Iterable[ActiveBinding], width: int, in_words: Callable[[str], str] = str
) -> list[Content]:
    """Return the words on a screen, its keys, the keys that hold everywhere, and the marks.

    ``in_words`` puts what is said of cases in the words of the population in view.
    """
    known: dict[str, tuple[list[str], str, str]] = {}
    for found in bindings:
        binding = found.binding
        if binding.id is None or not binding.tooltip:
            continue
        description = in_words(binding.description), in_words(binding.tooltip)
        keys = known.setdefault(binding.id, ([], *description))[0]
        if has_key(binding) and (key := shown_key(binding)) not in keys:
            keys.append(key)
    rows: list[Content] = [text(in_words(help_text)), Content.empty()] if help_text else []
    rows.append(Content.styled("Here", TITLE))
    rows += [row for name in known if name not in EVERYWHERE for row in _rows(*known[name], width)]
    rows += [Content.empty(), Content.styled("Everywhere", TITLE)]
    rows += [row for name in known if name in EVERYWHERE for row in _rows(*known[name], width)]
    rows += [Content.empty(), Content.styled("Marks", TITLE), text("   ".join(MARKS))]
    return [*rows, Content.empty(), text(IN_TEXT, DIM)]


def _rows(keys: Sequence[str], name: str, about: str, width: int) -> list[Content]:
    shown = " ".join(keys) or "^P"
    key = Content.styled(f"  {shown:<10}", TITLE)
    lead = key + fitted(name, 22)
    if width - lead.cell_length < 24:
        indent = Content(" " * key.cell_length)
        return [key + text(name), *(indent + row for row in wrapped(about, width - key.cell_length, DIM))]
    first, *more = wrapped(about, max(20, width - lead.cell_length), DIM)
    return [lead + first, *(Content(" " * lead.cell_length) + row for row in more)]


def help_screen(screen: SqsScreen) -> PageScreen:
    """Return what can be done on ``screen``, and every key."""
    bindings = [one for one in known_bindings(screen) if not _only_says_where(screen, one.binding.action)]
    page = partial(help_page, screen.help_text, bindings, in_words=screen.in_its_words)
    return PageScreen(f"Help ▸ {screen.where()}", page)


def _only_says_where(screen: SqsScreen, action: str) -> bool:
    """Whether ``action`` does nothing outside an inspection but say where it works."""
    name = f"action_{action.partition('(')[0]}"
    here = getattr(type(screen), name, None)
    return (
        screen.view in ("start", "new", "settings")
        and here is not None
        and here is getattr(SqsScreen, name, None)
    )


def guidance_screen(criteria: Criteria, question: Question) -> PageScreen:
    """Return all of the guidance on ``question``."""
    page = guidance_page(criteria, question)
    return PageScreen(f"Guidance ▸ {question.short}", lambda _: page)


def guidance_page(criteria: Criteria, question: Question) -> list[Content]:
    """Return the question, what to look for, the reasons, and where the words come from."""
    rows = [text(str(question.text), TITLE), Content.empty(), text(" ".join(str(question.guidance).split()))]
    if question.population:
        rows += [Content.empty(), text(f"Asked of {criteria.many} {question.population}.", DIM)]
    rows += [Content.empty(), text(criteria.in_its_words("Reasons it can be not good enough"), TITLE)]
    rows += [text(f"  • {reason.text}") for reason in criteria.reasons_of(question)]
    if question.prompts:
        rows += [Content.empty(), Content.styled("Points to weigh", TITLE)]
        rows += [text(f"  • {prompt.text}") for prompt in question.prompts]
    if words := whose_words(criteria, question):
        rows += [Content.empty(), text(f"Wording: {words}.", DIM)]
    source = f"{criteria.title}: {criteria.source}.  Question id {question.id}."
    return [*rows, Content.empty(), text(source, DIM)]


def messages_page(messages: Sequence[tuple[str, str]]) -> list[Content]:
    """Return everything that row 1 has told, the last first."""
    return [Content.styled(f"{at:<10}", DIM) + text(words) for at, words in reversed(messages)]
