"""Find the cases that are blinded: while they are marked a second time, nobody sees the first marking.

The check stands here, below every command and screen, so that none of them can forget it.
What it cannot do: the files are plain text, and an editor opens them.
"""

from __future__ import annotations

from pathlib import Path

from sqs_core.errors import HeldError, Problem, SqsError
from sqs_core.storage.layout import CASES, SECOND, inside, list_records
from sqs_core.storage.safe_read import parse_toml, read_bytes

FINISHED = "finished"
BLINDED = "S101"


class BlindedError(HeldError):
    """The first marking of a case cannot be seen or changed while the second is open."""


def is_blinded(folder: Path, case: str) -> bool:
    """Return whether ``case`` in the inspection folder ``folder`` has an open second marking.

    A second marking that cannot be read counts as open: lost blindness cannot be restored.
    """
    name = f"{SECOND}/{case}.toml"
    try:
        path = inside(folder, name)
        path.lstat()  # a link that leads nowhere cannot be read, and counts as open
        status = parse_toml(read_bytes(path), name, end_mark=True).get("status")
    except FileNotFoundError:
        return False
    except (OSError, SqsError):
        return True
    return status != FINISHED


def blinded_cases(folder: Path) -> tuple[str, ...]:
    """Return the cases with an open second marking, in the order of their file names.

    Where the drawn cases cannot be determined, every case that could be one counts as open.
    """
    try:
        names = list_records(folder, SECOND).records
    except SqsError:
        try:
            names = list_records(folder, CASES).records
        except SqsError:
            names = ()  # then no case can be read, blinded or not
    return tuple(case for case in names if is_blinded(folder, case))


def unreadable_seconds(folder: Path) -> tuple[Problem, ...]:
    """Return why second markings cannot be read: their cases are blinded, and no figure counts them."""
    try:
        names = list_records(folder, SECOND).records
    except SqsError as error:
        return error.problems
    found: list[Problem] = []
    for case in names:
        name = f"{SECOND}/{case}.toml"
        try:
            parse_toml(read_bytes(inside(folder, name)), name, end_mark=True)
        except SqsError as error:
            found += error.problems
    return tuple(found)


def blinded_problem(case: str) -> Problem:
    """Return the sentence for whoever asks for the first marking of a blinded case."""
    return Problem(
        f"case {case}",
        "is being marked a second time, blind; its first marking is hidden until that is finished",
        f"--second works on the second marking, 'sqs second finish DIR {case}' ends it",
        BLINDED,
        advice=True,
    )


def check_not_blinded(folder: Path, case: str) -> None:
    """Raise BlindedError where ``case`` is blinded."""
    if is_blinded(folder, case):
        raise BlindedError(blinded_problem(case))
