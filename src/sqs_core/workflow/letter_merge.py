"""Merge two people's changes to one letter: keep both, and report texts that both changed.

    >>> merged, clashes = merge_letters(base, ours, theirs)      # doctest: +SKIP
    >>> clashes[0].name, clashes[0].ours, clashes[0].theirs
    ('summary', 'Ours.', 'Theirs.')
    >>> settled(merged, clashes[0], "theirs")

Parts are the summary, each paragraph, each wording of a figure, each list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from attrs import evolve, frozen

from sqs_core.errors import HeldError
from sqs_core.records.narrative import EditedParagraph, Narrative

LISTS = ("strengths", "improvements", "exceptions", "accuracy")
ClashSide = Literal["ours", "theirs", "both"]


@frozen
class Clash:
    """A part that both changed, each in another way; the values are as the narrative holds them."""

    name: str
    ours_held: Any
    theirs_held: Any

    @property
    def ours(self) -> str:
        """Return our words."""
        return _words(self.ours_held)

    @property
    def theirs(self) -> str:
        """Return their words."""
        return _words(self.theirs_held)


def merge_letters(base: Narrative, ours: Narrative, theirs: Narrative) -> tuple[Narrative, tuple[Clash, ...]]:
    """Return ``base`` with the changes of both sides, and what both changed; there ours stands."""
    was, one, two = author_parts(base), author_parts(ours), author_parts(theirs)
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name in dict.fromkeys((*was, *one, *two)):
        before, mine, other = was.get(name), one.get(name), two.get(name)
        if mine == other or other == before:
            merged[name] = mine
        elif mine == before:
            merged[name] = other
        elif name in LISTS and (added := _both_added(before, mine, other)) is not None:
            merged[name] = added
        else:
            merged[name] = mine
            clashes.append(Clash(name, mine, other))
    return _made(merged), tuple(clashes)


class ClashError(HeldError):
    """Somebody else changed the same text of the letter meanwhile."""


def clash_error(clashes: tuple[Clash, ...]) -> ClashError:
    """Return the error that says which texts both changed."""
    names = ", ".join(clash.name for clash in clashes)
    return ClashError(f"{names} changed elsewhere meanwhile; both are kept: open the letter to choose")


def settled(narrative: Narrative, clash: Clash, side: ClashSide) -> Narrative:
    """Return the narrative with one side of ``clash``; of texts and lists also with both, theirs first."""
    held = clash.ours_held if side == "ours" else clash.theirs_held
    if side == "both":
        held = _both(clash.theirs_held, clash.ours_held)
    return _made({**author_parts(narrative), clash.name: held})


def author_parts(narrative: Narrative) -> dict[str, Any]:
    """Return what an author writes, by part: "summary", "paragraph 2.2", "wording roh.plan", "strengths"."""
    return {
        "summary": narrative.summary,
        **{f"paragraph {name}": edit for name, edit in narrative.paragraphs.items()},
        **{f"wording {name}": form for name, form in narrative.wording.items()},
        **{name: getattr(narrative, name) for name in LISTS},
    }


def _made(parts: dict[str, Any]) -> Narrative:
    def named(kind: str) -> dict[str, Any]:
        lead = f"{kind} "
        return {name[len(lead) :]: v for name, v in parts.items() if name.startswith(lead) and v is not None}

    lists: dict[str, Any] = {name: parts.get(name) or () for name in LISTS}
    made = Narrative(summary=parts.get("summary") or "", wording=named("wording"), **lists)
    return evolve(made, paragraphs=named("paragraph"))


def _both_added(before: Any, mine: Any, other: Any) -> Any:
    """Return a list to which both added, with all additions; None where one also changed what was there."""
    known = tuple(before or ())
    mine, other = tuple(mine or ()), tuple(other or ())
    if mine[: len(known)] != known or other[: len(known)] != known:
        return None
    return (*other, *(item for item in mine[len(known) :] if item not in other))


def _both(first: Any, second: Any) -> Any:
    if isinstance(first, tuple) and isinstance(second, tuple):
        return (*first, *(item for item in second if item not in first))
    if isinstance(first, EditedParagraph) and isinstance(second, EditedParagraph):
        return EditedParagraph(_joined((first.text, second.text)), _joined((first.add, second.add)))
    if isinstance(first, str) and isinstance(second, str):
        return _joined((first, second))
    return second if second is not None else first


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _words(held: Any) -> str:
    if held is None:
        return ""
    if isinstance(held, EditedParagraph):
        return _joined((held.text, held.add))
    if isinstance(held, tuple):
        return "\n".join(getattr(item, "text", "") or str(getattr(item, "reason", item)) for item in held)
    return str(held)
