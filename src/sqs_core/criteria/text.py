"""A text of a criteria version, in one language or several."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Text:
    """Words shown to a person; ``wordings`` maps a language tag to the words.

    A plain string in a criteria file is stored under the empty tag: it is in the
    version's first language.  ``str(text)`` gives those words.
    """

    wordings: Mapping[str, str]

    @classmethod
    def plain(cls, words: str) -> Text:
        """Return the text whose only wording is ``words``, in the version's first language."""
        return cls({"": words})

    def in_language(self, tag: str) -> str:
        """Return the wording in ``tag``; the version's first language where there is none."""
        return self.wordings.get(tag) or str(self)

    def __str__(self) -> str:
        return self.wordings.get("") or next(iter(self.wordings.values()), "")

    def __bool__(self) -> bool:
        return any(self.wordings.values())
