"""One value of a good file replaced by one that no reader expects."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.history import line_of_entry

DEEP = "as deep as it gets"
STRANGE: tuple[Any, ...] = (
    *(DEEP, float("inf"), float("nan"), 10**400),
    *(None, True, 0, -1, 10**30, 1.5, "", "x" * 5000, "../../etc/passwd", "[red]x[/]", "a\u202eb", "\x1b[2J"),
    *([], [None], {}, {"a": {}}, [[]], [{"$text": 0}], {"$text": 7}, {"$text": "0"}, {"$date": "x"}),
    *("2012-13-45", "sha256:", "absent", "07", "roh.plan", {"path": "cases/07.toml", "hash": "absent"}),
)
_VALUES: tuple[bytes, ...] = (
    *(
        b'""',
        b"1",
        b"-1",
        b"true",
        b"[]",
        b"{}",
        b"[1]",
        b"[[]]",
        b"[{}]",
        b"{a = {}}",
        b"1.5",
        b"inf",
        b"9" * 30,
    ),
    *(b"2012-13-45", b"2012-11-12", b"2012-11-12T09:00:00Z", b"12:00:00", b'"x"', b'"../../x"', b'"[red]"'),
    *(
        b'"07"',
        b'"roh.plan"',
        b'["roh.plan", "roh.plan"]',
        b'"' + b"x" * 5000 + b'"',
        b'"\\u202e"',
        b'"\\u0000"',
    ),
)
_WORD = re.compile(rb'"what":"(\w+)"')
_LINE = re.compile(rb"(?m)^(\S[^=\n]*= )(.+)$")


def spoilt_value(data: bytes, chance: random.Random) -> bytes:
    """The TOML file ``data`` with one of its values, keys or headings replaced."""
    places = list(_LINE.finditer(data))
    if not places:
        return data
    at = chance.choice(places)
    if chance.random() < 0.15:
        return data[: at.start(1)] + b"strange" + data[at.start(1) :]
    return data[: at.start(2)] + chance.choice(_VALUES) + data[at.end(2) :]


def spoilt_json(data: bytes, chance: random.Random) -> bytes:
    """The JSON lines, or file, ``data`` with one value replaced in a line or two; entries sealed again."""
    whole = data.startswith(b"{\n")
    lines = [data] if whole else data.splitlines()
    for _ in range(chance.choice((1, 1, 2))):
        # Of each kind of entry alike: there are many answers, and few merges and purges.
        kinds: dict[object, list[int]] = {}
        for at, line in enumerate(lines):
            found = _WORD.search(line)
            kinds.setdefault(found and found[1], []).append(at)
        n = chance.choice(kinds[chance.choice(list(kinds))])
        try:
            value = json.loads(lines[n])
        except (ValueError, RecursionError):
            continue
        _replace(value, chance)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = text.replace(json.dumps(DEEP), "[" * 50_000 + "]" * 50_000)
        lines[n] = text.encode("utf-8", "replace")
    return lines[0] if whole else b"".join(line + b"\n" for line in _chained(lines))


def _replace(value: Any, chance: random.Random) -> None:
    """Put a strange value somewhere in ``value``, as deep as chance has it."""
    while isinstance(value, dict | list) and value:
        key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        if not isinstance(value[key], dict | list) or not value[key] or chance.random() < 0.3:
            if chance.random() < 0.1:
                del value[key]
            else:
                value[key] = deepcopy(chance.choice(STRANGE))
            return
        value = value[key]


def _chained(lines: Sequence[bytes]) -> Iterator[bytes]:
    """The lines with each entry sealed again and following the one before, where it still can be one."""
    prev: str | None = None
    for line in lines:
        try:
            fields = json.loads(line)
            del fields["hash"]
            fields["prev"] = prev if prev is not None else fields["prev"]
            line = line_of_entry(fields)[0]
        except Exception:  # no entry any more: as it is
            pass
        yield line
        prev = content_hash(line)
