"""Query a data set of many inspections: which of them, which columns, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from sqs_core import DEFAULT_CRITERIA
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.exports.programme_answers import DIMENSIONS, UNDATED, Dimension, count_answers, period_words
from sqs_core.exports.programme_view import ProgrammeView, ViewKind, WantedView, programme_views, view_csv
from sqs_core.letter.document import Block, Document, Heading, Items, Paragraph
from sqs_core.letter.report import Report
from sqs_core.plugins import load_plugins
from sqs_core.plugins.rendering import fitting, rendered
from sqs_core.renderers.pictures import programme_picture
from sqs_core.renderers.programme_page import programme_page, programme_section
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.suppression import LEAST
from sqs_core.storage.library import load_criteria
from sqs_core.storage.programme_data import ProgrammeManifest, ProgrammeVersion, part_files, read_manifest
from sqs_core.text import counted, first_few

BY: Mapping[ViewKind, tuple[Dimension, ...]] = {
    "table": ("question", "period"),
    "bars": ("question",),
    "heatmap": ("theme", "period"),
    "trend": ("period",),
    "funnel": ("service",),
}
PICTURED = (".docx", ".pdf")
"""Files with pictures, beside web pages."""
OTHER_WORDS: Mapping[str, Dimension] = {"quarter": "period"}


@frozen
class ProgrammeRequest:
    """A query of a data set; "" where it is not narrowed down.

    ``by`` are columns in people's words, ``question`` the number, id or name of one; ``period`` is such as
    2026-Q1.
    """

    kind: ViewKind = "table"
    by: tuple[str, ...] = ()
    question: str = ""
    service: str = ""
    period: str = ""
    criteria: str = ""
    least: int = LEAST
    engine: str = "polars"


@frozen
class ProgrammeAnswer:
    """A view, with what is not in it (``left_out``) and what makes it doubtful (``notes``)."""

    view: ProgrammeView
    inspections: int
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    practice: bool


def ask_of(dataset: Path, kind: ViewKind, question: str = "") -> ProgrammeAnswer:
    """Answer what a screen asks of a data set; errors as :func:`ask_together`, and of the data set."""
    request = ProgrammeRequest(kind, question=question)
    return ask_together(dataset, read_manifest(dataset), request, [kind])[0]


def ask_together(
    dataset: Path, manifest: ProgrammeManifest, request: ProgrammeRequest, kinds: Sequence[ViewKind]
) -> list[ProgrammeAnswer]:
    """Count what is asked for in views of several ``kinds``, to be handed out together.

    They are of the same cases, and none shows what another leaves out.

    Raises:
        UsageError: there is no such question, service, quarter, version or column, or nothing to count.
        RecordError: a part of the data set is gone.
    """
    version = _version(manifest, request.criteria)
    of = manifest.versions[version]
    question = _question(of, request.question)
    for kind in kinds:
        if kind in ("trend", "funnel") and not question:
            known = ", ".join(q.id for q in of.questions[:12])
            raise UsageError(f"a {kind} is of one question: give --question, one of {known} …")
    columns = {kind: _columns(evolve(request, kind=kind)) for kind in kinds}
    chosen = [name for name, one in manifest.inspections.items() if one.version == version and one.part]
    for what, wanted in (("service", request.service), ("period", request.period)):
        if wanted:
            chosen = _only(manifest, chosen, what, wanted)
    dated = [name for name in chosen if manifest.inspections[name].period != UNDATED]
    undated = set(chosen) - set(dated) if "trend" in kinds else set()
    files = part_files(dataset, manifest, dated if undated else chosen)
    names: dict[Dimension, dict[str, str]] = {
        "theme": dict(of.themes),
        "question": {q.id: f"{q.short} ({q.number})" for q in of.questions},
        "period": {},
    }
    called = names["question"].get(question, "")
    views = programme_views(
        [WantedView(kind, by, _title(request, by, called)) for kind, by in columns.items()],
        lambda by: count_answers(files, by, question=question, engine=request.engine),
        within={("question", q.id): ("theme", q.theme) for q in of.questions},
        names={key: named for key, named in names.items() if named},
        criteria=version,
        question=question,
        least=request.least,
    )
    apart = [*left_out(manifest, version)]
    if undated:
        apart.append(
            f"{counted(len(undated), 'inspection')} without days of fieldwork: a trend, and what stands "
            "beside it, has none of them"
        )
    notes = manifest.notes()
    return [ProgrammeAnswer(view, len(files), tuple(apart), notes, manifest.practice) for view in views]


def programme_file(dataset: Path, answers: Sequence[ProgrammeAnswer], path: Path) -> bytes:
    """Return the answers with their pictures as a file of the kind that ``path`` ends in.

    A format without pictures has every figure as words; a CSV holds one answer.

    Raises:
        UsageError: nothing here writes files that end so.
    """
    first, name = answers[0], dataset.resolve().name
    if path.suffix.lower() == ".csv":
        if len(answers) > 1:
            raise UsageError("a CSV is of one answer: say which with --as")
        return view_csv(first.view)
    if path.suffix.lower() in ("", ".html"):
        return programme_page(
            name,
            [answer.view for answer in answers],
            inspections=first.inspections,
            left_out=first.left_out,
            doubts=first.notes,
            practice=first.practice,
        )
    doubtful = [*(f"Left out: {words}." for words in first.left_out)]
    doubtful += [f"Take care: {words}." for words in first.notes]
    basis = f"{counted(first.inspections, 'inspection')} under {first.view.criteria}."
    title = f"Programme: {name}"
    blocks: list[Block] = [Heading(title, 1), Paragraph((basis,))]
    blocks += [Paragraph((words,)) for words in doubtful]
    pictures = []
    for place, one in enumerate(answers, 1):
        section = programme_section(f"v{place}", one.view)
        picture = programme_picture(section) if path.suffix.lower() in PICTURED else None
        if picture is not None:
            pictures.append(picture)
            if picture.rows:
                continue
        blocks += [Heading(section.title, 2), *(Paragraph((note,)) for note in section.notes)]
        blocks.append(Items("bullet", tuple(Paragraph((line,)) for line in section.lines())))
    # No inspection of its own: nothing is counted beside the pictures.
    nothing = count_findings(load_criteria(DEFAULT_CRITERIA), ())
    report = Report(
        Document(title, "en", tuple(blocks)),
        nothing,
        name,
        name,
        practice=first.practice,
        pictures=tuple(pictures),
    )
    return rendered(fitting(load_plugins(), path.name, "letter"), report)


def _version(manifest: ProgrammeManifest, wanted: str) -> str:
    inspections = Counter(one.version for one in manifest.inspections.values() if one.part)
    if not inspections:
        cases = sum(one.left_out for one in manifest.inspections.values())
        kind = "real" if manifest.practice else "practice"
        why = f"; {counted(cases, f'{kind} case')} left out" if cases else ""
        ways = (
            ""
            if manifest.practice or not cases
            else ": 'sqs programme build … --practice' counts those alone"
        )
        raise UsageError(f"no case is in this data set{why}{ways}")
    found = "; ".join(f"{name} ({counted(number, 'inspection')})" for name, number in inspections.items())
    if wanted:
        if wanted not in inspections:
            raise UsageError(f"none of these inspections was made under '{wanted}': {found}")
        return wanted
    if len(inspections) > 1:
        raise UsageError(
            f"these inspections were made under {len(inspections)} criteria versions, and a figure is of "
            f"one: {found}; choose with --criteria {inspections.most_common(1)[0][0]}"
        )
    return next(iter(inspections))


def _question(version: ProgrammeVersion, words: str) -> str:
    if not words:
        return ""
    word = words.strip().casefold()
    for question in version.questions:
        if word in (question.id.casefold(), question.number.casefold(), question.short.casefold()):
            return question.id
    known = did_you_mean(words, [q.id for q in version.questions])
    raise UsageError(f"no question '{words}'; {known} (what is answered with a value is in no data set)")


def _columns(request: ProgrammeRequest) -> tuple[Dimension, ...]:
    if not request.by:
        # The heat map of one question has one theme only: where it is asked says more.
        return ("service", "period") if request.kind == "heatmap" and request.question else BY[request.kind]
    found: list[Dimension] = []
    for word in request.by:
        name = OTHER_WORDS.get(word, word)
        if name not in DIMENSIONS:
            known = [*OTHER_WORDS, *(one for one in DIMENSIONS if one not in OTHER_WORDS.values())]
            raise UsageError(f"no column '{word}'; {did_you_mean(word, known)}")
        found.append(name)
    wanted = {"heatmap": 2, "bars": 1, "trend": 1, "funnel": 1}.get(request.kind)
    if wanted and len(found) != wanted:
        raise UsageError(f"a {request.kind} is by {counted(wanted, 'column')}, not {len(found)}")
    return tuple(dict.fromkeys(found))


def _only(manifest: ProgrammeManifest, names: Sequence[str], what: str, wanted: str) -> list[str]:
    word = _flat(wanted)
    found = []
    for name in names:
        value = getattr(manifest.inspections[name], what)
        if word in (_flat(value), _flat(period_words(value))):
            found.append(name)
    if not found:
        known = dict.fromkeys(getattr(manifest.inspections[name], what) for name in names)
        called = {"period": "quarter"}.get(what, what)
        raise UsageError(f"no {called} '{wanted}'; {did_you_mean(wanted, known)}")
    return found


def _flat(words: str) -> str:
    """Return words as they are compared: pages have the dash of "Jan–Mar 2026", most keyboards do not."""
    return " ".join(words.replace("–", "-").split()).casefold()


def _title(request: ProgrammeRequest, by: Sequence[Dimension], question: str) -> str:
    columns = " and ".join({"period": "quarter"}.get(column, column) for column in by)
    of = f"{question}: " if question else ""
    where = "".join(f", {words}" for words in (request.service, period_words(request.period)) if words)
    # A case has one answer to a question, and several to a theme.
    what = "cases" if question or "question" in by else "answers"
    return f"{of}{what} judged good enough, by {columns}{where}"


def left_out(manifest: ProgrammeManifest, version: str = "") -> Iterator[str]:
    """Yield what is not counted and why, in words; under another criteria version too where one is given."""
    other = [one for one in manifest.inspections.values() if version and one.part and one.version != version]
    if other:
        versions = ", ".join(sorted({one.version for one in other}))
        yield f"{counted(len(other), 'inspection')} under another version: {versions}"
    cases = {name: one.left_out for name, one in manifest.inspections.items() if one.left_out}
    if cases:
        kind, why = (
            ("real", "this data set is of practice") if manifest.practice else ("practice", _NO_FINDINGS)
        )
        yield f"{counted(sum(cases.values()), f'{kind} case')} of {first_few([*cases])}; {why}"
    empty = [n for n, one in manifest.inspections.items() if not (one.part or one.unread or one.left_out)]
    if empty:
        yield f"{counted(len(empty), 'inspection')} without a case: {first_few(empty)}"


_NO_FINDINGS = "they are no findings"
