"""Records that are known to hurt a reader, and good ones spoilt at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from sqs_core.storage.safe_read import END_MARK, MAX_BYTES

_END = f"\n{END_MARK}\n".encode()

GOOD = b"""format = 1
case = "07"
status = "open"
notes = []

[facts]
custody = false
start = 2012-03-01

[answers."roh.plan"]
outcome = "insufficient"
reasons = ["late", "no-review"]
evidence = \"\"\"
The plan was written in week 9 (file, part 3). It says "see above" and no more.
A second line, \\"quoted\\", caf\xc3\xa9.\"\"\"
later = {why = "ask \\u00e9", on = 2012-11-12}

[answers."lor.plan"]
outcome = "sufficient"
# end of record
"""


ANY_REFUSAL = "refused"


class Sample(NamedTuple):
    """A record, and what must become of it: the ``code`` of a refusal, "" taken, "?" either."""

    name: str
    data: bytes
    code: str


def by_hand() -> Iterator[Sample]:
    """The records that are known to hurt something, each with the refusal it must get."""
    many = 50_000
    yield Sample("the good one", GOOD, "")
    yield Sample("a byte order mark", b"\xef\xbb\xbf" + GOOD, "")
    yield Sample("CRLF", GOOD.replace(b"\n", b"\r\n"), "")
    yield Sample("spaces after the end mark", GOOD + b" \t\n\n\n", "")
    yield Sample("joiners and emoji", _text("family 👨‍👩‍👦, نمی‌خواهم"), "")
    for name, key in (
        ("bare", "a"),
        ("quoted", '"a"'),
        ("literal", "'a'"),
        ("spaced", "a "),
        ("mixed", 'a."b"'),
    ):
        long = ".".join([key] * many).encode()
        yield Sample(f"a {name} key of {many} parts", long + b" = 1" + _END, "R007")
        yield Sample(f"a {name} heading of {many} parts", b"[" + long + b"]" + _END, "R007")
        yield Sample(f"an inline {name} key of {many} parts", b"x = {" + long + b" = 1}" + _END, "R007")
    yield Sample("a key of 17 parts", b"a." * 16 + b"a = 1" + _END, "R007")
    yield Sample("a key of 16 parts", b"a." * 15 + b"a = 1" + _END, "")
    yield Sample("dots in a note", _text("…" + "." * many), "")
    for name, opening in (
        ("[", b"["),
        ("{a=", b"{a="),
        ("[newline", b"[\n"),
        ("[comment", b"[#]\n"),
        ("[text,", b'["]",'),
        ("[{b=[", b"[{b=["),
        ("[[]", b"[[],"),
        ('["""]', b'["""]""",'),
        ("['''", b"[''']''',"),
    ):
        yield Sample(f"{name} 5,000 deep", b"x = " + opening * 5000 + _END, "R006")
    yield Sample("500 brackets deep", b"x = " + b"[" * 500 + b"]" * 500 + _END, "R006")
    yield Sample("100 brackets deep", b"x = " + b"[" * 100 + b"]" * 100 + _END, "")
    yield Sample("brackets in a note", _text("[" * many), "")
    yield Sample("brackets in a comment", b"# " + b"[{" * many + _END, "")
    yield Sample("100,000 flat lists", b"x = [" + b"[]," * 100_000 + b"]" + _END, "")
    yield Sample("a million newlines", b"\n" * 1_000_000 + _END, "")
    yield Sample("a million spaces", b"x = 1" + b" " * 1_000_000 + _END, "")
    yield Sample("a million spaces in a key", b"x" + b" " * 1_000_000 + b". y = 1" + _END, "")
    yield Sample("a million tabs", b"\t" * 1_000_000 + _END, "")
    for mark in (
        b'"',
        b"'",
        b"\\",
        b"#",
        b"=",
        b".",
        b",",
        b'"""',
        b"'''",
        b'""\\',
        b'"a"',
        b"-",
        b"1_",
        b"{}",
    ):
        yield Sample(f"half a million {mark!r}", mark * (500_000 // len(mark)) + _END, "?")
        yield Sample(f"x = half a million {mark!r}", b"x = " + mark * (500_000 // len(mark)) + _END, "?")
    yield Sample("20,000 headings", b"".join(b"[t%d]\n" % n for n in range(20_000)) + _END, "")
    yield Sample("20,000 entries", b"[[t]]\n" * 20_000 + _END, "")
    yield Sample("a number of 5,000 digits", b"x = " + b"1" * 5000 + _END, "R008")
    yield Sample("a number of 500,000 digits", b"x = " + b"1" * 500_000 + _END, "R008")
    yield Sample("a hexadecimal of 500,000 digits", b"x = 0x" + b"f" * 500_000 + _END, "?")
    yield Sample("a fraction of 500,000 digits", b"x = 0." + b"1" * 500_000 + _END, "")
    for number in ("nan", "+nan", "-inf", "inf", "1e999", "-1e999"):
        yield Sample(number, f"x = {number}".encode() + _END, "R010")
        yield Sample(f"[{number}]", f"x = [{{a = {number}}}]".encode() + _END, "R010")
    yield Sample("over the size limit", b"#" + b"a" * MAX_BYTES + _END, "R002")
    yield Sample("at the size limit", b"#" + b"a" * (MAX_BYTES - len(_END) - 1) + _END, "")
    for name, twice in (
        ("key", "a = 1\na = 2"),
        ("heading", "[a]\n[a]"),
        ("dotted", "a.b = 1\na.b = 2"),
        ("in line", "x = {a = 1, a = 2}"),
        ("table over value", "a = 1\n[a]"),
        ("closed table", "a = {b = 1}\n[a.c]"),
        ("quoted", '"a" = 1\na = 2'),
        ("list and table", "[[a]]\n[a]"),
        ("escape", '"\\u0061" = 1\na = 2'),
    ):
        yield Sample(f"written twice: {name}", twice.encode() + _END, "R009")
    for name, sign in _MARKS.items():
        yield Sample(f"{name} in a text", _text(f"a{sign}b"), "R005")
        yield Sample(f"{name} in a key", f'"a{sign}b" = 1'.encode() + _END, "R005")
        yield Sample(f"{name} in a comment", f"# a{sign}b".encode() + _END, "R005")
        escape = "".join(f"\\U{ord(one):08x}" for one in sign)
        yield Sample(f"{name} by its escape", f'x = "{escape}"'.encode() + _END, "R005")
        yield Sample(f"{name} by its escape in a key", f'"{escape}" = 1'.encode() + _END, "R005")
        yield Sample(f"{name} by its escape, deep", f'x = [[{{y = ["{escape}"]}}]]'.encode() + _END, "R005")
    for name, bad in (
        ("Latin-1", b"caf\xe9"),
        ("cut", b"\xe2\x82"),
        ("overlong", b"\xc0\x80"),
        ("surrogate", b"\xed\xa0\x80"),
    ):
        yield Sample(f"not UTF-8: {name}", b'x = "' + bad + b'"' + _END, "R004")
    yield Sample("UTF-16", GOOD.decode().encode("utf-16"), "R004")
    yield Sample("a surrogate by its escape", b'x = "\\ud800"' + _END, "R008")
    yield Sample("CR by its escape", b'x = "a\\r\\nb"' + _END, "")
    yield Sample("a lone CR", b"x = 1\ry = 2" + _END, "R005")
    yield Sample("nothing at all", b"", "R013")
    yield Sample("only the end mark", END_MARK.encode(), "")
    yield Sample("after the end mark", GOOD + b"x = 1\n", "R011")
    yield Sample("an end mark in a note only", b'x = """a' + _END, "R008")
    yield Sample("an end mark not on its own", f"x = 1 {END_MARK}\n".encode(), "R011")
    for cut in range(len(GOOD) - len(END_MARK) - 1):
        yield Sample(f"cut after {cut} bytes", GOOD[:cut], ANY_REFUSAL)


_MARKS = {
    "NUL": "\0",
    "ESC": "\x1b[31m",
    "BEL": "\a",
    "DEL": "\x7f",
    "C1 CSI": "\x9b2J",
    "RLO": "\u202e",
    "isolate": "\u2066",
    "zero width": "\u200b",
    "LRM": "\u200e",
    "line separator": "\u2028",
    "BOM": "\ufeff",
    "annotation": "\ufff9",
    "tag": "\U000e0041",
    "non-character": "\uffff",
    "Arabic mark": "\u061c",
}


def _text(text: str) -> bytes:
    return f'x = "{text}"'.encode() + _END


_BITS = (
    *(
        b'"',
        b"'",
        b'"""',
        b"'''",
        b"[",
        b"]",
        b"{",
        b"}",
        b".",
        b"=",
        b"\n",
        b"\r",
        b"#",
        b"\\",
        b"\\u",
        b",",
    ),
    *(
        b"\0",
        b"\xff",
        b"a" * 300,
        b"1979-05-27T07:32:00Z",
        b"nan",
        b"[[x]]\n",
        b"\xe2\x80\xae",
        b"\x1b",
        _END,
    ),
    *(b"_", b"0x", b"e9", b"\t"),
)


def at_random(count: int, seed: int = 7) -> Iterator[Sample]:
    """Good records spoilt at random, the same ones for the same seed."""
    chance = random.Random(seed)
    for n in range(count):
        yield Sample(f"at random {seed}.{n}", spoilt(GOOD if chance.random() < 0.9 else b"", chance), "?")


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """``data`` cut, doubled, overwritten and sprinkled with marks, once or some times."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
        at = chance.randrange(len(made) + 1)
        to = min(len(made), at + chance.choice((0, 1, 1, 2, 10, 100)))
        match chance.randrange(5):
            case 0:
                made[at:to] = b""
            case 1:
                made[at:at] = made[at:to] * chance.choice((1, 2, 30))
            case 2:
                made[at:to] = chance.randbytes(to - at)
            case _:
                made[at:to] = chance.choice(_BITS) * chance.choice((1, 1, 1, 3, 20))
    return bytes(made)
