"""Conditions as people write them in a cell: ``custody = yes and (order in (RO, YRO) or plan = absent)``.

``=``, ``!=``, ``in (…)``, ``is known``, ``is not known``, joined by ``and``, ``or`` and round brackets;
``always`` and ``never``; ``custody of child = yes`` is of the record that the fact ``child`` names.
A name is a fact where the version has one so called, else a question.  A condition that is written out reads
back as the same one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqs_core.criteria.conditions import AllOf, Comparison, Condition, FactValue
from sqs_core.errors import did_you_mean
from sqs_core.text import iso_date, whole_number

_TOKEN = re.compile(
    r"""\s*(?:(?P<sign>!=|==?|<=?|>=?|[(),])|"(?P<quoted>[^"]*)"|'(?P<apostrophes>[^']*)'|(?P<word>[\w.\-]+))"""
)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "≠": "!="})
_BARE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_KEPT = (
    "and", "or", "not", "in", "is", "known", "all", "any", "always", "never", "yes", "no", "true", "false",
)  # fmt: skip
_BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}
_MOST_TOKENS = 400
_MOST_NESTED = 20


def write_condition(condition: Condition) -> str:
    """Return ``condition`` as :func:`read_condition` takes it."""
    return _written(condition, inside=False)


def _written(condition: Condition, *, inside: bool) -> str:
    if isinstance(condition, Comparison):
        name = condition.looked_up
        if condition.operator == "exists":
            return f"{name} is {'known' if condition.value else 'not known'}"
        if isinstance(condition.value, tuple):
            return f"{name} in ({', '.join(map(_value_text, condition.value))})"
        return f"{name} {condition.operator} {_value_text(condition.value)}"
    word = "and" if isinstance(condition, AllOf) else "or"
    parts = [_written(part, inside=True) for part in condition.parts]
    if not parts:
        return "always" if word == "and" else "never"
    if len(parts) == 1:
        return f"{'all' if word == 'and' else 'any'} ({parts[0]})"
    joined = f" {word} ".join(parts)
    return f"({joined})" if inside else joined


def _value_text(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    bare = _BARE.fullmatch(value) and value.lower() not in _KEPT and not iso_date(value)
    return value if bare else f'"{value}"'


def read_condition(words: str, facts: Mapping[str, str], questions: Mapping[str, str]) -> dict[str, Any]:
    """Return the condition in ``words`` as a table of a criteria file.

    ``facts`` are the kinds of the version's facts by id, ``questions`` what its questions are answered with.

    Raises:
        ValueError: the words are no condition; the sentence says what is wrong and what would work.
    """
    reader = _Reader(words.translate(_STRAIGHT).replace("${", "").replace("}", ""), facts, questions)
    found = reader.joined()
    if reader.left:
        raise ValueError(f"'{reader.left[0][1]}' follows a whole condition; join two with 'and' or 'or'")
    return found


class _Reader:
    def __init__(self, words: str, facts: Mapping[str, str], questions: Mapping[str, str]) -> None:
        self.facts, self.questions = facts, questions
        self.left: list[tuple[str, str]] = []
        self.nested = 0
        at = 0
        while words[at:].strip():
            match = _TOKEN.match(words, at)
            if match is None:
                sign = words[at:].strip()[0]
                raise ValueError(f"'{sign}' has no meaning in a condition; write it as: custody = yes")
            kind = str(match.lastgroup)
            self.left.append((kind, match[kind]))
            at = match.end()
        if len(self.left) > _MOST_TOKENS:
            raise ValueError("this condition is too long; make a fact that stands for part of it")

    def joined(self) -> dict[str, Any]:
        """Parts joined by ``or``, each of parts joined by ``and``: "and" binds more closely."""
        parts = [self.both()]
        while self.take_word("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else {"any": parts}

    def both(self) -> dict[str, Any]:
        parts = [self.single()]
        while self.take_word("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else {"all": parts}

    def single(self) -> dict[str, Any]:
        if self.take("sign", "("):
            return self.bracketed()
        for word, key in (("all", "all"), ("any", "any")):
            if len(self.left) > 1 and self.left[1] == ("sign", "(") and self.take_word(word):
                self.left.pop(0)
                return {key: [self.bracketed()]}
        if self.take_word("always"):
            return {"all": []}
        if self.take_word("never"):
            return {"any": []}
        return self.comparison()

    def bracketed(self) -> dict[str, Any]:
        self.nested += 1
        if self.nested > _MOST_NESTED:
            raise ValueError("brackets are nested too deeply; make a fact that stands for part of it")
        found = self.joined()
        if not self.take("sign", ")"):
            raise ValueError("a closing bracket is missing; add )")
        self.nested -= 1
        return found

    def comparison(self) -> dict[str, Any]:
        if not self.left or self.left[0][0] == "sign":
            raise ValueError("the name of a fact or a question is missing; write it as: custody = yes")
        name = self.left.pop(0)[1]
        if name in self.facts:
            source, kind = "fact", self.facts[name]
        elif name in self.questions:
            source, kind = "answer", self.questions[name]
        else:
            known = [*self.facts, *self.questions]
            raise ValueError(f"no fact or question '{name}'; {did_you_mean(name, known)}")
        linked = {"link": self.linking()} if self.take_word("of") else {}
        if self.take_word("is"):
            known_ = not self.take_word("not")
            if not self.take_word("known"):
                raise ValueError(f"after 'is' stands 'known' or 'not known'; or write: {name} = …")
            return {**linked, source: name, "exists": known_}
        if self.take_word("in"):
            return {**linked, source: name, "in": self.values(kind)}
        for sign, operator in (("=", "="), ("==", "="), ("!=", "!=")):
            if self.take("sign", sign):
                return {**linked, source: name, operator: self.value(kind)}
        if self.left and self.left[0][1][0] in "<>":
            raise ValueError("there is no < or >; make a fact of what it decides, such as review_due = yes")
        raise ValueError(f"what '{name}' is compared with is missing; write it as: {name} = yes")

    def linking(self) -> str:
        """Return the fact that names the record whose value is meant: "case" of "custody of child = yes"."""
        name = self.left.pop(0)[1] if self.left else ""
        if name not in self.facts:
            way = "write it as: custody of child = yes"
            raise ValueError(
                f"after 'of' stands a fact that names a record; {way}; {did_you_mean(name, self.facts)}"
            )
        return name

    def values(self, kind: str) -> list[FactValue]:
        if not self.take("sign", "("):
            raise ValueError("a list stands in brackets after 'in'; write it as: order in (RO, YRO)")
        found = [self.value(kind)]
        while self.take("sign", ","):
            found.append(self.value(kind))
        if not self.take("sign", ")"):
            raise ValueError("a list is not closed; put a comma between its values and ) after the last")
        return found

    def value(self, kind: str) -> FactValue:
        if not self.left or self.left[0][0] == "sign":
            raise ValueError("a value is missing; write it as: custody = yes")
        token, words = self.left.pop(0)
        if token == "word" and kind == "boolean" and words.lower() in _BOOLEANS:
            return _BOOLEANS[words.lower()]
        if token == "word" and kind == "number" and (number := whole_number(words)) is not None:
            return number
        if token == "word" and kind == "date" and (day := iso_date(words)):
            return day
        return words

    def take(self, kind: str, words: str) -> bool:
        """Whether that comes next, which is then behind us."""
        if self.left and self.left[0] == (kind, words):
            self.left.pop(0)
            return True
        return False

    def take_word(self, word: str) -> bool:
        if self.left and self.left[0][0] == "word" and self.left[0][1].lower() == word:
            self.left.pop(0)
            return True
        return False
