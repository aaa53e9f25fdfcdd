"""The grammar of quantities: the table of forms of a language, made into an LALR grammar for Lark.

Each wording of a form is a rule over tokens.  Quantities are islands in a sentence: the parser is begun at
every token that can begin one, and the longest that it accepts is kept.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from typing import Any, Final, NamedTuple

import lark
from attrs import define, field, frozen
from lark import Lark, Tree
from lark import Token as Leaf
from lark.exceptions import GrammarError, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from sqs_core.claims.amounts import Amount, Quantity
from sqs_core.claims.tokens import VULGAR, Lexer, Noun, Token, WordTuple, folded, mutations, phrase_of
from sqs_core.criteria import Band, ClaimWords
from sqs_core.errors import UsageError
from sqs_core.platform.cache import read_cached, write_cached

_PART: Final = re.compile(
    r"\[(?P<context>[^\]]+)\]|\{(?P<slot>[\w|-]+)(?P<may>\??)\}|(?P<word>[^\s\[\]{}?]+)(?P<can>\??)|(?P<odd>\S)"
)
_SLOTS: Final = {"k": "number", "n": "number"} | {
    name: name for name in ("share", "percent", "unit", "bound", "band", "hedge")
}
_RULES: Final = """
number: NUMBER
share: number HYPHEN? (PART | HALF) | ARTICLE (PART | HALF) | HALF | VULGAR
percent: (NUMBER | DECIMAL) SIGN
unit: (MOD | WORD)? UNIT | (MOD | WORD) (MOD | WORD) UNIT | MOD MOD MOD UNIT
band: BAND
hedge: HEDGE
"""
_DECLARED: Final = {
    "UNIT", "MOD", "WORD", "OTHER", "NUMBER", "DECIMAL", "VULGAR", "PART", "HALF", "ARTICLE", "SIGN",
    "BAND", "HEDGE",
}  # fmt: skip
_MARKS: Final[Mapping[WordTuple, tuple[str, int]]] = {
    ("(",): ("LEFT", 0),
    (")",): ("RIGHT", 0),
    ("-",): ("HYPHEN", 0),
}
MEANINGS: Final = (
    "count", "range", "loose-range", "all-but", "all", "both", "the-one", "not-all", "none", "no", "any",
    "band", "vague", "others", "the-rest", "total", "sample", "another", "ratio", "included", "hedge",
    "comparison",
)  # fmt: skip
LONGEST: Final = 40
"""Tokens in one quantity, at most."""
Node = Tree[Leaf]


class FormWording(NamedTuple):
    """One wording of a form.

    ``bound`` is what its own words do to its number, "" where nothing; ``number`` the one that they state
    themselves, 0 where none.
    """

    form: str
    means: str
    says: str
    bound: str = ""
    number: int = 0


class RangePhrase(NamedTuple):
    """A phrase with a range; ``scale`` says whether the version's own phrase scale has it."""

    says: str
    band: Band
    scale: bool = False


@define
class _Writer:
    """Writes the grammar; ``lexemes`` are the phrases that are one token of it."""

    words: ClaimWords
    bands: Sequence[RangePhrase]
    modifiers: frozenset[str]
    lexemes: dict[WordTuple, tuple[str, int]] = field(factory=dict)
    also: dict[str, list[str]] = field(factory=dict)
    rules: dict[str, str] = field(factory=dict)
    single: int = 0

    def grammar(self, wordings: Sequence[FormWording]) -> str:
        """Return the grammar of ``wordings``; UsageError where one names what there is not."""
        words = self.words
        # What is listed later is what a phrase is: "half" is a part that can stand alone.
        self._token("MOD", [said for said in sorted(self.modifiers) if " " in said])
        for name, phrases in words.classes.items():
            self._token(_terminal(name), phrases)
        for kind, phrases in words.bounds.items():
            self._token(_terminal(kind), phrases)
        self._token("ARTICLE", words.words.get("articles", ()))
        self._token("SIGN", words.words.get("percent", ("%",)))
        for part, value in words.parts.items():
            self._token("PART", (part,), value)
        for part in words.words.get("alone", ()):
            self._token("HALF", (part,), words.parts.get(part, 2))
        for number, value in self._numbers():
            self._token("NUMBER", (number,), value)
        for i, (phrase, _, _) in enumerate(self.bands):
            self._token("BAND", (phrase,), i)
        for i, band in enumerate(words.hedges):
            self._token("HEDGE", (str(band.text),), i)
        self.lexemes |= _MARKS
        start = " | ".join(f"{self._wording(wording)} -> w{i}" for i, wording in enumerate(wordings))
        bound = " | ".join(f"{_terminal(kind)} -> b_{_terminal(kind).lower()}" for kind in words.bounds)
        lines = [
            f"start: {start}",
            f"bound: {bound}",
            *(f"{name}: {said}" for name, said in self.rules.items()),
        ]
        named = {kind for kind, _ in self.lexemes.values()}
        # A class can lose all its phrases to the version's phrase scale.
        named |= set(map(_terminal, (*words.classes, *words.bounds)))
        return "\n".join(lines) + _RULES + f"%declare {' '.join(sorted(named | _DECLARED))}\n"

    def _numbers(self) -> Iterator[tuple[str, int]]:
        """Yield the numbers in words: those of the table, the tens, and tens with a number below ten."""
        yield from self.words.numbers.items()
        for clitic in self.words.words.get("clitics", ()):
            yield from ((f"{word}{clitic}", value) for word, value in self.words.numbers.items())
        below = [(word, value) for word, value in self.words.numbers.items() if 0 < value < 10]
        for ten, value in self.words.tens.items():
            yield ten, value
            for one, more in below:
                yield f"{ten} {one}", value + more
                yield f"{ten}-{one}", value + more

    def _token(self, kind: str, phrases: Sequence[str], value: int = 0) -> None:
        for phrase in phrases:
            for said in mutations(folded(phrase), self.words):
                self.lexemes[phrase_of(said)] = kind, value
                if "-" in said:  # the lexer takes a number apart at its hyphens
                    self.lexemes[tuple(p for w in said.split() for p in re.split("(-)", w) if p)] = (
                        kind,
                        value,
                    )

    def _wording(self, wording: FormWording) -> str:
        written = []
        for match in _PART.finditer(wording.says):
            if match["odd"]:
                raise UsageError(f"'{match['odd']}' cannot stand in \"{wording.says}\"")
            if match["context"]:
                part = self._part(_PART.fullmatch(match["context"]), wording)
                name = f"context_{part.lower()}"
                self.rules[name] = part
                written.append(name)
            else:
                written.append(self._part(match, wording) + (match["may"] or match["can"] or ""))
        return " ".join(written)

    def _part(self, match: re.Match[str] | None, wording: FormWording) -> str:
        if match is None or not (match["slot"] or match["word"]):
            raise UsageError(f'one word, or one class of words, stands in the brackets of "{wording.says}"')
        if match["word"]:
            word = phrase_of(match["word"])
            if word not in self.lexemes:
                self.single += 1
                self.lexemes[word] = f"W{self.single}", 0
            return self.lexemes[word][0]
        slot = match["slot"]
        if slot in _SLOTS:
            return _SLOTS[slot]
        names = slot.split("|")
        if odd := [n for n in names if n not in self.words.classes and n not in self.words.bounds]:
            raise UsageError(f'{{{odd[0]}}} in "{wording.says}" is neither a slot nor a class of words')
        return _terminal(slot) if len(names) == 1 else f"({' | '.join(map(_terminal, names))})"


def _terminal(name: str) -> str:
    return "C_" + re.sub(r"\W", "_", name).upper()


class _Given(LarkLexer):
    """Stands in for a lexer of Lark's: the tokens are ours."""

    def __init__(self, _: object) -> None:
        pass

    def lex(self, _: object) -> Iterator[Leaf]:  # type: ignore[override]
        """Yield nothing."""
        return iter(())


@frozen
class Grammar:
    """Finds the quantities of a sentence by the forms of a language."""

    words: ClaimWords
    bands: tuple[RangePhrase, ...]
    lexer: Lexer
    begun: Any  # Lark's interactive parser, which it does not type
    wordings: tuple[FormWording, ...]
    beginnings: frozenset[str]

    def quantities(self, sentence: str, tokens: Sequence[Token]) -> tuple[Quantity, ...]:
        """Return the quantities of ``sentence`` in reading order; of those that overlap, the longest."""
        starts = [start for start, token in enumerate(tokens) if token.type in self.beginnings]
        found = [self._longest(sentence, tokens, start) for start in starts]
        kept: list[Quantity] = []
        for quantity in sorted((q for q in found if q), key=lambda q: (q.first - q.last, q.first)):
            if all(quantity.last <= k.first or quantity.first >= k.last for k in kept):
                kept.append(quantity)
        return tuple(sorted(kept, key=lambda q: q.first))

    def _longest(self, sentence: str, tokens: Sequence[Token], start: int) -> Quantity | None:
        parser = self.begun.copy(deepcopy_values=False)
        best: Node | None = None
        for at in range(start, min(len(tokens), start + LONGEST)):
            if tokens[at].type not in parser.choices():
                break
            try:
                parser.feed_token(Leaf(tokens[at].type, str(at)))
            except UnexpectedInput:
                break
            best = _ended(parser) or best
        return self._quantity(sentence, tokens, best) if best is not None else None

    def _quantity(self, sentence: str, tokens: Sequence[Token], tree: Node) -> Quantity:
        wording = self.wordings[int(tree.data[1:])]
        nodes = [node for node in tree.children if not _name(node).startswith("context")]
        places = [int(leaf) for node in nodes for leaf in _leaves(node)]
        first, last = min(places), max(places) + 1
        slots = [m["slot"] for m in _PART.finditer(wording.says) if m["slot"] in ("k", "n")]
        amounts: list[Amount] = []
        n, bound, noun, unit, broken = None, wording.bound or "exactly", None, "", False
        band: RangePhrase | None = None
        for node in nodes:
            here = [tokens[int(leaf)] for leaf in _leaves(node)]
            match _name(node):
                case "number":
                    broken = broken or bool(here[0].aside)
                    if slots.pop(0) == "n":
                        n = here[0].value
                    else:
                        amounts.append(Amount(Fraction(here[0].value)))
                case "share":
                    amounts.append(Amount(_share(here), share=True))
                case "percent":
                    amounts.append(_percent(here[0]))
                case "unit":
                    unit, noun = here[-1].text, self.lexer.nouns.get(here[-1].text)
                case "band":
                    band = self.bands[here[0].value]
                case "hedge":
                    hedge = self.words.hedges[here[0].value]
                    band = RangePhrase(str(hedge.text), hedge)
                case name if name.startswith("b_"):
                    bound = next(k for k in self.words.bounds if _terminal(k).lower() == name[2:])
        means = "none" if wording.means == "no" else wording.means
        if means == "total" and n == 1:
            means = "the-one"
        if means == "ratio":
            # "There was one in fourteen cases" is no ratio.
            broken = broken or (amounts[0].value == 1 and first > 0 and tokens[first - 1].type == "C_HAD")
            # "Four in five" is a share, whatever there are of.
            means, amounts, n = (
                "count",
                [Amount(Fraction(int(amounts[0].value), max(1, n or 1)), share=True)],
                None,
            )
        if wording.number:
            amounts = [Amount(Fraction(wording.number))]
        if not amounts and (means == "another" or (means == "others" and (noun is None or noun.singular))):
            amounts = [Amount(Fraction(1))]
        amounts = [Amount(a.value, bound, a.share, a.decimals) for a in amounts]
        start, end = tokens[first].start, tokens[last - 1].end
        noun = noun or Noun("", "", singular=False)
        return Quantity(
            means, start, end, first, last, sentence[start:end], tuple(amounts), n, noun.population,
            noun.role, unit, noun.singular, band.band if band else None, bool(band and band.scale), broken,
            wording.means == "no", any(tokens[i].type in ("C_THE", "C_THOSE") for i in places),
        )  # fmt: skip


def _ended(parser: Any) -> Node | None:
    """Return what was parsed, where it may end here; None where it may not."""
    if "$END" not in parser.choices():
        return None
    try:
        tree: Node = parser.copy(deepcopy_values=False).feed_token(Leaf("$END", ""))
    except UnexpectedInput:  # LALR tells this only after it has reduced what it has
        return None
    return tree


def _share(said: Sequence[Token]) -> Fraction:
    if said[0].type == "VULGAR":
        return Fraction(VULGAR[said[0].text])
    number = said[0].value if said[0].type == "NUMBER" else 1
    return Fraction(number, max(1, said[-1].value))


def _percent(said: Token) -> Amount:
    places = len(said.text.partition(".")[2]) if said.type == "DECIMAL" else 0
    number = Fraction(said.text) if said.type == "DECIMAL" else Fraction(said.value)
    return Amount(number / 100, share=True, decimals=places)


def _name(node: Node | Leaf) -> str:
    return str(node.data) if isinstance(node, Tree) else ""


def _leaves(node: Node | Leaf) -> Iterator[Leaf]:
    if isinstance(node, Tree):
        for child in node.children:
            yield from _leaves(child)
    else:
        yield node


def nouns_of(
    words: ClaimWords,
    roles: Mapping[str, tuple[str, str]],
    populations: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Noun]:
    """Return what cases and people are called, with the names of roles and ``populations``."""
    found: dict[str, Noun] = {}
    for name, (one, many) in (populations or {}).items():
        # As the lexer has it: the apostrophe of "victims' cases" is a token of its own.
        found[" ".join(phrase_of(folded(many)))] = Noun(name, "", singular=False)
        found[" ".join(phrase_of(folded(one)))] = Noun(name, "", singular=True)
    for population, pairs in words.units.items():
        for one, many in pairs:
            found.setdefault(folded(many), Noun(population, "", singular=False))
            if one != many and (populations is None or folded(one) not in found):
                found[folded(one)] = Noun(population, "", singular=True)
    for role, (one, many) in roles.items():
        found[folded(one)] = Noun("people", role, singular=True)
        found[folded(many)] = Noun("people", role, singular=False)
    return {mutated: noun for word, noun in found.items() for mutated in mutations(word, words)}


def grammar_of(
    words: ClaimWords,
    bands: Sequence[RangePhrase],
    modifiers: frozenset[str],
    roles: Mapping[str, tuple[str, str]],
    months: Sequence[str],
    populations: Mapping[str, tuple[str, str]] | None = None,
) -> Grammar:
    """Return the grammar of a language under a version.

    ``bands`` are the phrases with a range; ``modifiers`` the words that may stand before a noun; ``roles``
    the names of the staff's roles; ``populations`` what the records of each are called. UsageError where
    two forms say the same, or one cannot be read.
    """
    wordings = tuple(
        FormWording(f.id, f.means, said, f.bound, f.number) for f in words.forms for said in f.says
    )
    writer = _Writer(words, bands, modifiers)
    written = writer.grammar(wordings)
    try:
        parser = _parser_of(written)
    except GrammarError as error:
        raise UsageError(_ambiguity(str(error), writer)) from None
    begun: Any = parser.parse_interactive("")
    references = words.words.get("references", ())
    stops = {folded(said) for key in ("small", "plain") for said in words.words.get(key, ())}
    stops |= {
        folded(said)
        for key in ("unreal", "reported", "reasons", "breaks")
        for said in words.sentence.get(key, ())
    }
    nouns = nouns_of(words, roles, populations)
    lexer = Lexer.of(writer.lexemes, nouns, modifiers, frozenset(stops - modifiers), references, months)
    return Grammar(words, tuple(bands), lexer, begun, wordings, frozenset(begun.choices()))


def _parser_of(written: str) -> Lark:
    """Return the parser of a grammar, as it was kept where an earlier start made it: its table takes a while.

    GrammarError where two rules say the same.
    """
    options: dict[str, Any] = {"parser": "lalr", "lexer": _Given, "strict": True}
    made_of = f"{written}{options}{lark.__version__}{sys.version_info[:2]}"
    name = f"letter-parser-{sha256(made_of.encode()).hexdigest()[:16]}"
    if kept := read_cached(name):
        return Lark.load(BytesIO(kept))
    parser = Lark(written, **options)
    parser.save(made := BytesIO())
    write_cached(name, made.getvalue())
    return parser


def _ambiguity(error: str, writer: _Writer) -> str:
    """Return what is wrong with a grammar, with the words of the language for the names of the grammar."""
    said = {kind: " ".join(phrase) for phrase, (kind, _) in writer.lexemes.items()}
    named = re.sub(r"\b(?:W\d+|C_\w+)\b", lambda m: f"'{said.get(m[0], m[0])}'", error)
    rule = re.search(r"<start : ([^>]*)>", named)
    return f"two wordings can be read of the same words: {rule[1] if rule else ' '.join(named.split())}"
