"""The data set of a programme: a Parquet file an inspection, and a manifest of what each was made of.

``programme.json`` is the truth: a file of the data set that it does not name is not read, so a build that was
stopped leaves what was there before, or less that says so, and never half a table that looks whole.  A part
is written under a name of its own, then the manifest is replaced in one step, then what it no longer names is
removed.

An inspection is read again where a file of its records has another size or time than the manifest says, and
then only if its contents differ too.  A time so near to the reading that a later change could bear it as well
is not relied upon.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain, combinations
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from attrs import asdict, evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, RecordError, SqsError, UsageError
from sqs_core.exports.parquet import check_polars, parquet_bytes
from sqs_core.exports.programme_answers import ANSWER_COLUMNS, answer_rows, period_of
from sqs_core.exports.table import CellValue
from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.converter import structured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.layout import CASES, CRITERIA, INSPECTION, SECOND, folder_inside, inside
from sqs_core.storage.locks import locked
from sqs_core.storage.output import write_output
from sqs_core.storage.safe_read import MissingFileError, read_bytes
from sqs_core.text import counted, one_line

MANIFEST = "programme.json"
DATA = "data"
FORMAT = 2
"""From 2 on a column says which answer is the first of a child; a data set before that is read anew."""
UNSAVED = 100
"""After so many inspections read the manifest is saved: a build that is stopped goes on from there."""

_MOST_BYTES = 1 << 27
_NEAR = 2_000_000_000  # nanoseconds: FAT keeps times in steps of two seconds
_LONGEST = 60

# What is ours below the folder of the data: how the parts, and those being written, are called.
_PLACE = re.compile(rf"{DATA}/criteria=")
_PART = re.compile(rf"{DATA}/criteria=[^/]+/period=[^/]*/service=[^/]+/[^/]+-[0-9a-f]{{12}}\.parquet")
_UNFINISHED = re.compile(rf"{DATA}/criteria=[^/]+/period=[^/]*/service=[^/]+/\.[^/]+\.part")

OpenInspection = Callable[[str], InspectionFolder]
Done = Literal["added", "read again", "unchanged", "taken out", "not read"]


@frozen
class ProgrammeQuestion:
    """A question of a criteria version, as tables and pictures name it."""

    id: str
    number: str
    short: str
    theme: str


@frozen
class ProgrammeVersion:
    """A criteria version of the data set; ``themes`` are titles by id."""

    id: str
    hash: str
    source: str
    themes: Mapping[str, str]
    questions: tuple[ProgrammeQuestion, ...]


@frozen
class ProgrammeInspection:
    """One inspection of the data set.

    ``part`` is its file ("" where it has no row), ``size`` the bytes of that; ``times`` and ``contents``
    say what it was made of; ``cases`` are in it, ``left_out`` are not: practice, or in a data set of
    practice the real ones.  ``unread`` says why nothing of it is counted.
    """

    folder: str
    service: str = ""
    area: str = ""
    first_day: str = ""
    last_day: str = ""
    period: str = ""
    version: str = ""
    part: str = ""
    size: int = 0
    times: str = ""
    contents: str = ""
    cases: int = 0
    left_out: int = 0
    unread: str = ""


@frozen
class ProgrammeManifest:
    """What is in a data set; ``practice`` where it is of made-up cases, which are no findings."""

    format: int = FORMAT
    practice: bool = False
    versions: Mapping[str, ProgrammeVersion] = field(factory=dict)
    inspections: Mapping[str, ProgrammeInspection] = field(factory=dict)

    def notes(self) -> tuple[str, ...]:
        """Return what makes its figures doubtful, each in a sentence."""
        unread = (f"{name} is left out: {i.unread}" for name, i in self.inspections.items() if i.unread)
        return (*unread, *self._alike())

    def _alike(self) -> Iterator[str]:
        areas: dict[str, dict[str, str]] = {}
        spelt: dict[str, dict[str, list[str]]] = {}
        for name, one in self.inspections.items():
            if one.part:
                spelt.setdefault(one.service.casefold(), {}).setdefault(one.service, []).append(name)
                if one.area:
                    areas.setdefault(one.service, {}).setdefault(one.area, name)
        for service, found in areas.items():
            if len({area.casefold() for area in found}) > 1:
                where = "; ".join(f"{area}, as in {name}" for area, name in found.items())
                yield (
                    f"{service} is in several areas ({where}): one service, or two with the same name; "
                    "they are counted as one"
                )
        for ways in spelt.values():
            if len(ways) > 1:
                spellings, many = ", ".join(f"“{service}”" for service in ways), len(ways)
                yield f"one service spelt in {many} ways, {spellings}: they are counted as {many} services"
        # By service first: all pairs of a thousand inspections would be half a million.
        for alike in ([*chain.from_iterable(ways.values())] for ways in spelt.values()):
            for a, b in combinations(alike, 2):
                one, other = self.inspections[a], self.inspections[b]
                if _overlap(one, other):
                    yield f"{a} and {b} are of one service and their days overlap: work may be counted twice"


def _overlap(one: ProgrammeInspection, other: ProgrammeInspection) -> bool:
    if not (one.first_day and other.first_day):
        return False
    return one.first_day <= (other.last_day or other.first_day) and other.first_day <= (
        one.last_day or one.first_day
    )


@frozen
class ProgrammeBuild:
    """What a build did to each inspection, and what went wrong."""

    manifest: ProgrammeManifest
    done: Mapping[str, Done]
    problems: tuple[Problem, ...] = ()


def read_manifest(dataset: Path, *, older: bool = False) -> ProgrammeManifest:
    """Return what the data set at ``dataset`` holds; one of an earlier version where ``older`` ones will do.

    Raises:
        UsageError: there is none.
        RecordError: it was written by another version, or its manifest is no such file.
    """
    try:
        data = read_bytes(dataset / MANIFEST, most=_MOST_BYTES)
    except MissingFileError:
        raise UsageError(
            f"no data set in {dataset}; 'sqs programme build DIR… --to {dataset}' makes one"
        ) from None
    where = f"{dataset.name}/{MANIFEST}"
    broken = Problem(
        where, "is no manifest of a data set", "build the data set anew, in another folder", "P001"
    )
    try:
        plain = json.loads(data)
    except ValueError:
        raise RecordError(broken) from None
    written = plain.get("format") if isinstance(plain, dict) else None
    if not isinstance(written, int):
        raise RecordError(broken)
    if written > FORMAT:
        what = f"written by a newer version of sqs (format {written}; this one reads up to {FORMAT})"
        raise RecordError(Problem(where, what, "update sqs; the data set is left as it is", "P002"))
    if written < FORMAT and not older:
        what, remedy = "written by an earlier version of sqs", f"sqs programme build --to {dataset}"
        raise RecordError(Problem(where, what, f"'{remedy}' reads its inspections anew", "P005"))
    return structured(plain, ProgrammeManifest, lambda keys: where)


def part_files(dataset: Path, manifest: ProgrammeManifest, names: Sequence[str]) -> list[Path]:
    """Return the Parquet files of the inspections called ``names``.

    Raises:
        RecordError: one is gone or was cut short: a table without it would look whole.
    """
    found = [(name, manifest.inspections[name]) for name in names if manifest.inspections[name].part]
    missing = [name for name, one in found if not _has_part(dataset, one)]
    if missing:
        remedy = f"'sqs programme build --to {dataset}' makes it again"
        raise RecordError(
            *(
                Problem(name, "its part of the data set is gone or not whole", remedy, "P003")
                for name in missing
            )
        )
    return [dataset / one.part for _, one in found]


def build_programme(
    dataset: Path,
    folders: Sequence[str],
    *,
    opening: OpenInspection,
    practice: bool = False,
    only: bool = False,
    on_progress: Callable[[int, int, str], object] = lambda done, total, name: None,
) -> ProgrammeBuild:
    """Bring the data set up to date with ``folders`` and with the inspections that it holds already.

    Whatever cannot be read is reported, and the rest is done.  An inspection whose folder is gone keeps what
    was read of it; one that changed and cannot be read now counts for nothing, since it would be out of date.

    Args:
        dataset: the folder of the data set, made where it is missing.
        folders: inspections to add; those it holds are looked at again anyway.
        opening: opens one.
        practice: make a data set of practice cases alone.
        only: take out what is not among ``folders``.
        on_progress: hears how many of how many are done, and which is next.

    Raises:
        UsageError: the data set there is not of practice, or is, and the other was asked for.
        HeldError: another build is at work on it.
    """
    check_polars()
    folder_inside(dataset, DATA)
    with locked(dataset / MANIFEST, making_folder=True):
        known = _known(dataset, practice=practice, wanted=bool(folders))
        entries = _named(known, folders, only=only)
        builder = _Builder(dataset, known, opening)
        for place, (name, path) in enumerate(entries.items()):
            on_progress(place, len(entries), name)
            builder.look_at(name, path)
        for name in [name for name in known.inspections if name not in entries]:
            del builder.inspections[name]
            builder.done[name] = "taken out"
        builder.save()
        _sweep(dataset, builder.manifest)
    return ProgrammeBuild(builder.manifest, builder.done, tuple(builder.problems))


def _known(dataset: Path, *, practice: bool, wanted: bool) -> ProgrammeManifest:
    if not (dataset / MANIFEST).exists():
        if not wanted:
            raise UsageError(f"no data set in {dataset} yet: name the inspections to make it of")
        return ProgrammeManifest(practice=practice)
    known = read_manifest(dataset, older=True)
    other = wanted and known.practice != practice
    if other and any(one.part for one in known.inspections.values()):
        of, use = ("practice", "with") if known.practice else ("real", "without")
        raise UsageError(f"{dataset} is a data set of {of} cases: build it {use} --practice, or name another")
    if other or known.format < FORMAT:
        unread = "it was read for another kind of data set"
        before = {
            n: ProgrammeInspection(o.folder, o.service, unread=unread) for n, o in known.inspections.items()
        }
        known = evolve(known, practice=practice if other else known.practice, versions={}, inspections=before)
    return known


def _named(known: ProgrammeManifest, folders: Sequence[str], *, only: bool) -> dict[str, str]:
    """Return the path of each inspection to look at, by its name in the data set."""
    names = {one.folder: name for name, one in known.inspections.items()}
    found = {} if only else {name: one.folder for name, one in known.inspections.items()}
    for given in folders:
        path = Path(given).resolve()
        name = names.get(str(path), "")
        if not name:
            base, number = one_line(path.name) or "inspection", 1
            name = base
            while name in found or name in known.inspections:
                number += 1
                name = f"{base} ({number})"
            names[str(path)] = name
        found[name] = str(path)
    return found


class _Builder:
    """A build under way: the manifest as it grows."""

    def __init__(self, dataset: Path, manifest: ProgrammeManifest, opening: OpenInspection) -> None:
        self.dataset = dataset
        self.opening = opening
        self.practice = manifest.practice
        self.versions = dict(manifest.versions)
        self.inspections = dict(manifest.inspections)
        self.done: dict[str, Done] = {}
        self.problems: list[Problem] = []
        self._unsaved = 0

    @property
    def manifest(self) -> ProgrammeManifest:
        used = {one.version for one in self.inspections.values()}
        versions = {name: version for name, version in sorted(self.versions.items()) if name in used}
        return ProgrammeManifest(FORMAT, self.practice, versions, dict(sorted(self.inspections.items())))

    def save(self) -> None:
        text = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1)
        write_output(self.dataset / MANIFEST, text.encode())
        self._unsaved = 0

    def look_at(self, name: str, path: str) -> None:
        """Read the inspection at ``path`` where it is new or has changed."""
        known = self.inspections.get(name)
        folder = Path(path)
        if not (folder / INSPECTION).is_file():
            what = "there is no inspection"
            if known is not None and not known.unread:
                what = "its folder is gone; what was read of it before is still counted"
            self._refused(name, path, (Problem(path, what, "", "P004"),), known, keep=True)
            return
        try:
            times = _times(folder)
            there = known is not None and not known.unread and _has_part(self.dataset, known)
            if known is not None and there and times and times == known.times:
                self.done[name] = "unchanged"
                return
            contents = _contents(folder)
            if known is not None and there and contents == known.contents:
                self.inspections[name] = evolve(known, times=times)
                self.done[name] = "unchanged"
                return
            self.inspections[name] = evolve(self._read(name, path), times=times, contents=contents)
        except SqsError as error:
            self._refused(name, path, error.problems, known)
            return
        except OSError as error:
            self._refused(name, path, (Problem(path, error.strerror or str(error), "", "P004"),), known)
            return
        self.done[name] = "added" if known is None else "read again"
        self._unsaved += 1
        if self._unsaved >= UNSAVED:
            self.save()

    def _refused(
        self,
        name: str,
        path: str,
        problems: Sequence[Problem],
        known: ProgrammeInspection | None,
        *,
        keep: bool = False,
    ) -> None:
        self.problems += [
            p._replace(where=f"{name}/{p.where}" if p.where != path else name) for p in problems
        ]
        self.done[name] = "not read"
        if known is None or not keep:
            more = f", and {counted(len(problems) - 1, 'other problem')}" if len(problems) > 1 else ""
            why = f"{problems[0].where}: {problems[0].what}{more}" if problems[0].where else problems[0].what
            self.inspections[name] = ProgrammeInspection(
                path, known.service if known else "", unread=why.removeprefix(f"{path}: ")
            )

    def _read(self, name: str, path: str) -> ProgrammeInspection:
        """Write the part of the inspection at ``path`` and return what the manifest says of it."""
        folder = self.opening(path)
        version = self._version(folder.criteria)
        problems: list[Problem] = []
        rows: list[tuple[CellValue, ...]] = []
        cases, left_out = 0, 0
        for stored in folder.stream_cases(problems):
            if stored.record.practice is not self.practice:
                left_out += 1
                continue
            cases += 1
            rows += answer_rows(folder.criteria, version, name, folder.inspection, stored.record)
        if problems:
            raise RecordError(*problems)
        inspection = folder.inspection
        entry = ProgrammeInspection(
            path,
            " ".join(inspection.service.split()),
            " ".join(inspection.area.split()),
            inspection.first_day.isoformat() if inspection.first_day else "",
            inspection.last_day.isoformat() if inspection.last_day else "",
            period_of(inspection),
            version,
            cases=cases,
            left_out=left_out,
        )
        if not rows:
            return entry
        data = parquet_bytes(ANSWER_COLUMNS, rows, {"sqs.format": str(FORMAT), "sqs.criteria": version})
        place = {"criteria": version, "period": entry.period, "service": entry.service}
        parent = "/".join(f"{key}={_file_name(value)}" for key, value in place.items())
        part = f"{DATA}/{parent}/{_file_name(name)}-{sha256(data).hexdigest()[:12]}.parquet"
        file = inside(self.dataset, part)
        make_folder(file.parent)
        write_output(file, data)
        log_output(folder, "export", {"files": [f"{self.dataset.name}/{MANIFEST}"], "text": False})
        return evolve(entry, part=part, size=len(data))

    def _version(self, criteria: Criteria) -> str:
        """Return what a criteria version is called here: its id, with a hash where another has that id."""
        name = criteria.id
        if name in self.versions and self.versions[name].hash != criteria.hash:
            name = f"{criteria.id}@{criteria.hash.rpartition(':')[2][:8]}"
        if name not in self.versions:
            numbers = criteria.question_numbers
            self.versions[name] = ProgrammeVersion(
                criteria.id,
                criteria.hash,
                str(criteria.source),
                {theme.id: str(theme.title) for theme in criteria.themes},
                tuple(
                    ProgrammeQuestion(q.id, numbers[q.id], str(q.short), q.theme)
                    for q in criteria.questions
                    if q.is_judged
                ),
            )
        return name


def _has_part(dataset: Path, one: ProgrammeInspection) -> bool:
    if not one.part:
        return True
    try:
        return bool(_PART.fullmatch(one.part)) and inside(dataset, one.part).lstat().st_size == one.size
    except (OSError, RecordError):
        return False


def _sources(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files that the answers of an inspection are read from, in order.

    The history is not among them: that it was read for a data set is entered there.
    """
    for room in (folder, folder_inside(folder, CASES), folder_inside(folder, SECOND)):
        with suppress(FileNotFoundError), os.scandir(room) as found:
            names = (INSPECTION, CRITERIA)
            kept = [e for e in found if not e.name.startswith(".") and (room != folder or e.name in names)]
            yield from sorted(kept, key=lambda entry: entry.name)


def _times(folder: Path) -> str:
    """Return a hash of name, size and time of the files; "" where one is too new to rely upon."""
    found, newest = sha256(), 0
    for entry in _sources(folder):
        status = entry.stat(follow_symlinks=False)
        newest = max(newest, status.st_mtime_ns)
        found.update(
            f"{entry.path}\n{status.st_size}\n{status.st_mtime_ns}\n".encode(errors="surrogateescape")
        )
    return "" if newest > time.time_ns() - _NEAR else found.hexdigest()


def _contents(folder: Path) -> str:
    found = sha256()
    for entry in _sources(folder):
        data = b""
        with suppress(RecordError):  # whoever reads the record says what is wrong with it
            data = read_bytes(Path(entry.path), most=_MOST_BYTES)
        found.update(f"{entry.name}\n{len(data)}\n".encode(errors="surrogateescape") + data)
    return found.hexdigest()


def _file_name(words: str) -> str:
    """Return ``words`` as part of a path on any system; long ones are cut, with a hash of the whole."""
    quoted = quote(words, safe="").replace(".", "%2E") or "-"
    if len(quoted) <= _LONGEST:
        return quoted
    cut = quote(words[: _LONGEST // 6], safe="").replace(".", "%2E")
    return f"{cut}-{sha256(words.encode(errors='surrogateescape')).hexdigest()[:8]}"


def _sweep(dataset: Path, manifest: ProgrammeManifest) -> None:
    """Remove parts that the manifest does not name: those of before, and of builds that were stopped.

    Whatever else is in the folder of the data is somebody's own.
    """
    named = {one.part for one in manifest.inspections.values()}
    for folder, _, files in os.walk(dataset / DATA, topdown=False):
        here = Path(folder).relative_to(dataset)
        for part in ((here / file).as_posix() for file in files):
            if part not in named and (_PART.fullmatch(part) or _UNFINISHED.fullmatch(part)):
                with suppress(OSError):  # on Windows somebody may be reading it: it goes the next time
                    (dataset / part).unlink()
        if _PLACE.match(f"{here.as_posix()}/"):
            with suppress(OSError):
                Path(folder).rmdir()  # only where nothing is left in it
