"""What the author writes into the letter, around and instead of the composed words."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class EditedParagraph:
    """An edit to one paragraph: ``text`` stands instead of the draft, ``add`` after it.

    Both may hold live figures such as ``{roh.plan|of cases}``.
    """

    text: str = ""
    add: str = ""


@frozen
class Strength:
    """A strength, or an example of good work, that the author chose to tell of.

    Args:
        text: its words, without anything that could make a person known.
        questions: the questions it rests on.
        in_paragraph: whether it is told in the paragraph of its first question, and not in the list.
    """

    text: str
    questions: tuple[str, ...] = ()
    in_paragraph: bool = False


@frozen
class Action:
    """What the service will do about an area: a row of its action plan, in its own words."""

    action: str
    date: str = ""
    lead: str = ""
    progress: str = ""


@frozen
class Improvement:
    """An area requiring improvement, the questions it rests on and what will be done about it."""

    text: str
    questions: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@frozen
class Excepted:
    """Something that could identify a person and stays in the letter nonetheless, with the reason.

    ``kind`` is a kind of disclosure finding and ``quote`` the words it is about; "*" for every
    finding of that kind.
    """

    kind: str
    quote: str
    reason: str


@frozen
class AccuracyComment:
    """One comment of the factual-accuracy check, the response to it and what was changed."""

    comment: str
    response: str = ""
    change: str = ""
    paragraph: str = ""


@frozen(repr=False)
class Narrative:
    """What ``letter.toml`` holds; ``paragraphs`` is keyed by paragraph number or id.

    ``wording`` chooses the shape of a composed figure by its reference: ``of`` for the count,
    ``words`` for the rung of the phrase scale.

    >>> open_inspection("darlington-2012").narrative().record
    <Narrative: 3 strengths, 4 areas for improvement>
    """

    summary: str = ""
    wording: Mapping[str, str] = field(factory=dict)
    paragraphs: Mapping[str, EditedParagraph] = field(factory=dict)
    strengths: tuple[Strength, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    accuracy: tuple[AccuracyComment, ...] = ()

    def __repr__(self) -> str:
        return f"<Narrative: {len(self.strengths)} strengths, {len(self.improvements)} areas for improvement>"
