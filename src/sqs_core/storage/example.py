"""The example inspection that ships with the product: synthetic cases, invented officials."""

from __future__ import annotations

from pathlib import Path

from sqs_core.storage.atomic import ABSENT, write_durably
from sqs_core.storage.create import write_attributes
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.layout import INSPECTION

NAME = "darlington-2012"


def example_source() -> Path:
    """Return where the example lies: inside the installed package, or in a checkout beside ``src``."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "examples" / NAME
    return installed if installed.is_dir() else package.parent.parent / "examples" / NAME


def write_example(target: Path) -> tuple[InspectionFolder, bool]:
    """Copy the example to ``target`` and open it; an inspection already there is left as it is.

    The second value is whether it was written.
    """
    if (target / INSPECTION).exists():
        return open_inspection(target), False
    source = example_source()
    files = sorted(path for path in source.rglob("*.toml"))
    # inspection.toml last, so that a folder that has one is a whole inspection.
    for file in sorted(files, key=lambda path: path.name == INSPECTION):
        copy = target / file.relative_to(source)
        make_folder(copy.parent)
        if not copy.exists():
            write_durably(copy, file.read_bytes(), expect=ABSENT)
    write_attributes(target)
    folder = open_inspection(target)
    folder.journal.note("new", new={"example": NAME})
    return folder, True
