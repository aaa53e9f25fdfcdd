"""What the palette finds: everything that can be done, places to go to, words in notes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen
from rich.console import RenderableType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape

from sqs_core.scoring.states import State
from sqs_core.workflow.commands import COMMANDS, command, commands_in
from sqs_core.workflow.letter_details import details_of
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.search import search
from sqs_tui.base_app import BaseApp
from sqs_tui.bindings import EVERYWHERE, has_key, known_bindings, shown_key
from sqs_tui.box import dimmed
from sqs_tui.messages import GoTo
from sqs_tui.styles import DIM, text

if TYPE_CHECKING:
    from sqs_tui.workspace import Workspace

IDS = frozenset(one.id for one in COMMANDS)
MOST = 200
"""Lines of one list."""
MOST_CASES = 60
"""Cases of which every question is listed; among more only those of the case in view are."""


@frozen
class PaletteLine:
    """One line: its name, what is said of it, what it is found by, its key, and what choosing it does."""

    name: str
    about: str
    found_by: str
    run: Callable[[], object]
    key: str = ""


class PaletteProvider(Provider):
    """Finds offers that hold all the words; what is called so comes before what is only said to be so."""

    @abstractmethod
    def offers(self, query: str) -> Iterator[PaletteLine]:
        """Yield what there is; ``query`` is what was typed."""

    @property
    def sqs(self) -> BaseApp:
        """The application."""
        app = self.app
        assert isinstance(app, BaseApp)
        return app

    @property
    def workspace(self) -> Workspace | None:
        """The open inspection."""
        return self.sqs.workspace

    async def discover(self) -> Hits:
        """Yield everything, before anything was typed."""
        for place, offer in enumerate(self.offers("")):
            if place < MOST:
                yield DiscoveryHit(_shown(offer), offer.run, text=offer.name, help=escape(offer.about))

    async def search(self, query: str) -> Hits:
        """Yield what the words find, best first."""
        wanted = query.lower().split()
        found = [offer for offer in self.offers(query) if all(word in offer.found_by for word in wanted)]
        lead = " ".join(wanted)
        found.sort(key=lambda offer: (not offer.found_by.startswith(lead), not _named(offer, wanted)))
        for place, offer in enumerate(found[:MOST]):
            score = 1 - place / MOST
            yield Hit(score, _shown(offer), offer.run, text=offer.name, help=escape(offer.about))


def _named(offer: PaletteLine, wanted: list[str]) -> bool:
    name = offer.name.lower()
    return all(word in name for word in wanted)


def _shown(offer: PaletteLine) -> Content:
    """Return the name of ``offer``, with its key."""
    return text(offer.name) + Content.styled(f"   {offer.key}", DIM) if offer.key else text(offer.name)


class CommandProvider(PaletteProvider):
    """Everything that can be done on the screen in view, and what can be done everywhere."""

    def offers(self, query: str) -> Iterator[PaletteLine]:
        """Yield each command once, with its first key."""
        seen: set[str] = set()
        for found in sorted(known_bindings(self.screen), key=lambda found: found.binding.id in EVERYWHERE):
            binding = found.binding
            if (
                not binding.id
                or not found.enabled
                or not binding.tooltip
                or binding.id in seen
                or binding.action == "app.commands"
            ):
                continue
            seen.add(binding.id)
            run = partial(self.app.run_action, binding.action, found.node)
            finds = command(binding.id).finds if binding.id in IDS else ""
            name, about = self.sqs.in_its_words(binding.description), self.sqs.in_its_words(binding.tooltip)
            found_by = f"{binding.description} {name} {about} {binding.id} {finds}".lower()
            key = shown_key(binding) if has_key(binding) else ""
            yield PaletteLine(name, f"{about}  ({binding.id})", found_by, run, key)
        if self.workspace is not None and not self.workspace.second:
            for detail in details_of(self.workspace.criteria):
                words = f"{detail.label} {detail.name} {detail.hint} {detail.finds} letter details".lower()
                go = partial(self.app.post_message, GoTo(Location("details", item=detail.name)))
                yield PaletteLine(f"letter: {detail.label.lower()}", detail.hint, words, go)


class PlaceProvider(PaletteProvider):
    """What is marked to come back to, the views, the cases and their questions."""

    def offers(self, query: str) -> Iterator[PaletteLine]:
        """Yield each place, the case in view first."""
        workspace = self.workspace
        if workspace is None:
            return
        criteria = workspace.criteria
        for case, name, why in workspace.later():
            words = f"⚑ {case}  {criteria.question(name).short}  come back" + (f": “{why}”" if why else "")
            yield self._to(Location("question", case, name), words, f"later {words}", name)
        for view in commands_in("cases"):
            asked = view.id != "view.interviews" or criteria.whole.interview_questions
            if view.id.startswith("view.") and asked:
                location = Location(view.id.removeprefix("view."))  # type: ignore[arg-type]
                name, about = self.sqs.in_its_words(view.name), self.sqs.in_its_words(view.help)
                yield self._to(location, name, f"{view.name} {view.help} {about}", about)
        for population in criteria.all_populations if criteria.all_populations[1:] else ():
            if population.id != workspace.folder.own_population:
                there, title = Location("cases", item=f"{population.id}/"), str(population.title)
                yield self._to(there, title, f"population {population.id} {title}", "another population")
        here = getattr(self.screen, "case", None)
        cases = [here] if here in workspace.sessions else []
        cases += [case for case in workspace.cases if case != here]
        for case in cases:
            left = workspace.progress(case).left
            help_text = f"{left} left" if left else "all answered"
            yield self._to(
                Location("question", case),
                criteria.named(case),
                f"case {criteria.named(case)} {case.lstrip('0')} next",
                help_text,
            )
        for case in cases[: MOST_CASES if len(cases) < 100 else 1]:
            for question in criteria.questions:
                state = workspace.progress(case).states[question.id]
                if state is not State.NOT_ASKED:
                    words = f"{case}  {question.short}"
                    found_by = f"{words} {question.id} {case.lstrip('0')}"
                    yield self._to(Location("question", case, question.id), words, found_by, str(state))

    def _to(self, location: Location, words: str, found_by: str, about: str) -> PaletteLine:
        return PaletteLine(words, about, found_by.lower(), partial(self.app.post_message, GoTo(location)))


class NoteProvider(PaletteProvider):
    """Words in every note of every case, and of the interviews."""

    def offers(self, query: str) -> Iterator[PaletteLine]:
        """Yield each note that holds the words."""
        workspace = self.workspace
        if workspace is None or len(query.strip()) < 2:
            return
        criteria = workspace.criteria
        for hit in search(criteria, workspace.records(), workspace.people(), query):
            at = hit.location
            name = f"{criteria.question(at.item).short}, " if at.view == "question" else ""
            words = f"{at.case}  {name}{hit.kind}"
            found_by = f"{words} {hit.around} {query}".lower()
            yield PaletteLine(words, hit.around, found_by, partial(self.app.post_message, GoTo(at)))


PALETTES = {
    "commands": (CommandProvider, "type some letters of what you want to do"),
    "go": (PlaceProvider, "type 07 · 07 victims · board · letter · later · a word"),
    "search": (NoteProvider, "words in any note of any case; Enter goes there"),
}


class Palette(CommandPalette):
    """Textual's palette; what lies under it is seen."""

    def render(self) -> RenderableType:
        """Return what lies under it."""
        return dimmed(self) or super().render()


def palette(kind: str) -> CommandPalette:
    """Return the box of one ``kind``: "commands", "go" or "search"."""
    provider, placeholder = PALETTES[kind]
    found = Palette([provider], placeholder=placeholder)
    found.add_class(f"-{kind}")
    return found
