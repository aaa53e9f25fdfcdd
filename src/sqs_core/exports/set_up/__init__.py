"""Set-up files beside the CSV of an export: what reads it into pandas, R, Stata and SPSS."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.exports.set_up.pandas import READ_PY
from sqs_core.exports.set_up.r import read_r
from sqs_core.exports.set_up.spss import labels_sps
from sqs_core.exports.set_up.stata import labels_do
from sqs_core.exports.table import Table


def set_up_files(tables: Iterable[Table]) -> dict[str, bytes]:
    """Return ``read.py``, ``read.R``, ``labels.do`` and ``labels.sps`` for the CSV of ``tables``, in UTF-8.

    They are run in the folder of the CSV.  But in pandas variables have the names that the codebook
    gives in its column ``variable``, and each state a code of its own (docs/export.md).
    """
    made = tuple(tables)
    written = {
        "read.py": READ_PY,
        "read.R": read_r(made),
        "labels.do": labels_do(made),
        "labels.sps": labels_sps(made),
    }
    return {name: text.encode() for name, text in written.items()}
