"""The kit for authors of plugins: reports with every edge, and checks that say what is wrong.

It uses only the public library, so anything it does, a plugin's own tests can do too.

>>> from sqs_core.plugins.testing import check_renderer, sample_report
>>> from sqs_core import load_plugins
>>> check_renderer(load_plugins(plugins=False).renderer("text"))
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib.resources.abc import Traversable
from pathlib import Path

from sqs_core.letter.document import Document, Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.report import Report
from sqs_core.plugins.pages import PAGES, page_of
from sqs_core.plugins.renderer import Renderer, wrong_with
from sqs_core.plugins.reproducible import dated_today, elsewhere
from sqs_core.plugins.samples import CANARY, reference, samples

Extract = Callable[[bytes], str]


def sample_report(kind: str = "full", *, options: Mapping[str, str] | None = None) -> Report:
    """A made-up report: ``full``, ``one-case``, ``empty``, ``accented``, ``markup``, ``control`` or ``long``.

    ``accented`` has Welsh and other accented letters, ``markup`` text that HTML, Markdown, TeX,
    Typst, spreadsheets and templates would act on, ``control`` was composed from text with
    control characters, ``long`` has paragraphs of thousands of words.  ``options`` are those a
    user would give.  KeyError for any other kind.
    """
    return samples(options or {})[kind]


def sample_reports(*, options: Mapping[str, str] | None = None) -> Mapping[str, Report]:
    """Every sample report by its kind."""
    return samples(options or {})


def letter_words(document: Document) -> list[str]:
    """The words of a letter in reading order, with printed numbers, without list marks.

    What every renderer of the letter must show, neither more nor less.
    """
    parts = _parts(document)
    return [word for number, text in parts for word in (f"{number}. {text}" if number else text).split()]


def _parts(document: Document) -> Iterator[tuple[str, str]]:
    """The number, or "", and the words of each heading, paragraph, item and line."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.number, block.text
        elif isinstance(block, Paragraph):
            yield block.number, block.words
        elif isinstance(block, Items):
            yield from (("", item.words) for item in block.items)
        elif isinstance(block, Lines):
            yield from (("", line) for line in (block.title, *block.lines))


def without_marks(document: Document, words: list[str]) -> list[str]:
    """``words`` of a rendered letter without bullets and roman numerals at the head of list items.

    The list marks are taken out only where the document has an item, so that a lost word is
    still missed.
    """
    heads = {}
    for block in document.blocks:
        if isinstance(block, Items):
            for place, item in enumerate(block.items, 1):
                mark = {"•", "-"} if block.style == "bullet" else {f"{roman(place)}."}
                heads[tuple(item.words.split()[:3])] = mark
    kept = []
    for place, word in enumerate(words):
        following = tuple(words[place + 1 : place + 4])
        if any(word in mark and following[: len(head)] == head for head, mark in heads.items()):
            continue
        kept.append(word)
    return kept


def check_renderer(
    renderer: Renderer,
    *,
    extract: Extract | None = None,
    whole_letter: bool = True,
    options: Mapping[str, str] | None = None,
) -> None:
    """AssertionError with everything that is wrong with ``renderer``, one line each.

    It must give bytes for every sample report, the same each time, in another process and on
    another day, print nothing, leave its report alone, and, unless it declares ``needs_records``,
    name no case.  Every part of the letter must be in a file that is HTML or plain text.
    ``extract`` turns a file of any kind into text: with it every word of the letter must be there
    in order, and nothing else.  ``whole_letter`` false is for boards and summaries, of which
    neither is asked.
    """
    wrong = [*wrong_with(renderer), *_ill_prepared(renderer)]
    reports = samples(options or {})
    faults: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for kind, report in reports.items():
        found, told = _rendered_well(renderer, report, extract, whole_letter)
        for fault in told:
            faults.setdefault(fault, []).append(kind)
        if found:
            files[kind] = found
    if len(files) > 1 and len(set(files.values())) == 1:
        wrong.append("gives the same file whatever the report")
    if not (wrong or faults):  # a process of its own costs a moment, and would say the same again
        for kind in elsewhere(renderer, files, options or {}):
            fault = "gives other bytes in another process: look for sets and the clock"
            faults.setdefault(fault, []).append(kind)
    for fault, kinds in faults.items():
        wrong.append(f"{'every sample' if len(kinds) == len(reports) else ', '.join(kinds)}: {fault}")
    assert not wrong, f"renderer '{renderer.name}':\n  " + "\n  ".join(wrong)


def _ill_prepared(renderer: Renderer) -> list[str]:
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            if callable(renderer.prepare):
                renderer.prepare()
    except Exception as error:
        return [f"its prepare raises {type(error).__name__}: {error}"]
    except SystemExit:
        return ["its prepare calls sys.exit"]
    return ["its prepare prints; what it prints is dropped"] if said.getvalue() else []


def _rendered_well(
    renderer: Renderer, report: Report, extract: Extract | None, whole_letter: bool
) -> tuple[bytes | None, list[str]]:
    said = io.StringIO()
    before = repr(report)
    try:
        with redirect_stdout(said), redirect_stderr(said):
            first, second = renderer.render(report), renderer.render(report)
    except Exception as error:
        return None, [f"raises {type(error).__name__}: {error}"]
    except SystemExit:
        return None, ["calls sys.exit"]
    if not isinstance(first, bytes) or not first:
        given = type(first).__name__ if first != b"" else "no bytes"
        return None, [f"gives {given} instead of a file"]
    wrong = []
    if said.getvalue():
        wrong.append("prints; what it prints is dropped")
    if first != second:
        wrong.append("gives other bytes the second time: look for dates, random ids and sets")
    if repr(report) != before:
        wrong.append("changes the report")
    text = extract(first) if extract is not None else None
    everything = "\n".join((*_members(first), text or ""))
    wrong += _leaks(renderer, report, everything)
    wrong += dated_today(first, everything)
    page = page_of(first) if renderer.media_type.startswith(PAGES) else None
    wrong += page.wrong if page else ()
    if text is not None:
        wrong += _words_wrong(report, text, whole_letter)
    elif whole_letter and renderer.needs_letter:
        if renderer.media_type.startswith("text/html") and page:
            wrong += _left_out(report, page.words)
        elif renderer.media_type.startswith("text/plain"):
            wrong += _left_out(report, first.decode("utf-8", "replace"))
    return first, wrong


def _leaks(renderer: Renderer, report: Report, everything: str) -> list[str]:
    wrong = []
    if CANARY in everything:
        wrong.append("holds a private note of a case")
    named = [case for case in report.findings.cases if case in everything]
    if named and not renderer.needs_records:
        wrong.append(f"names case {named[0]}, but does not declare needs_records")
    return wrong


def _members(data: bytes) -> list[str]:
    """The file as text; the members of a zip one by one, for they are compressed."""
    if not data.startswith(b"PK"):
        return [data.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name).decode("utf-8", "replace") for name in package.namelist()]


def _left_out(report: Report, text: str) -> list[str]:
    """The first part of the letter that is not in ``text`` word for word; how it is spaced is left open."""
    shown = "".join(text.split())
    for _, part in _parts(report.document):
        words = part.split()
        if "".join(words) not in shown:
            kept = next(n for n in range(len(words)) if "".join(words[: n + 1]) not in shown)
            after = f"after “{' '.join(words[max(0, kept - 6) : kept])}” it" if kept else "it"
            lost = " ".join(words[kept : kept + 6])
            return [f"{after} lacks “{lost}” of the letter; for a summary say whole_letter=False"]
    return []


def _words_wrong(report: Report, text: str, whole_letter: bool) -> list[str]:
    if not whole_letter:
        return [] if text.strip() else ["has no text"]
    wanted = letter_words(report.document)
    found = without_marks(report.document, text.split())
    for place, (want, have) in enumerate(zip(wanted, found, strict=False)):
        if want != have:
            near = " ".join(wanted[max(0, place - 3) : place])
            return [f"after “{near}” the letter says “{want}”, the file “{have}”"]
    if len(wanted) > len(found):
        return [f"leaves out the end of the letter, from “{' '.join(wanted[len(found) :][:5])}”"]
    if len(found) > len(wanted):
        return [f"adds words that are not in the letter: “{' '.join(found[len(wanted) :][:5])}”"]
    return []


def check_criteria(file: Traversable | Path) -> None:
    """AssertionError with everything that is wrong with a criteria file, one line each.

    It must be readable and lint clean (advice apart), as it must where ``sqs`` is to use it; and
    compose a letter in each of its languages from no case, from one case and from many, and from
    as many interviews.
    """
    from sqs_core import Inspection, SqsError, count_findings, lint_criteria, read_criteria, report_on
    from sqs_core.plugins.samples import made_up_cases, made_up_interviews

    data = file.read_bytes()
    wrong = [str(problem) for problem in lint_criteria(data, file.name) if not problem.advice]
    assert not wrong, f"{file.name}:\n  " + "\n  ".join(wrong)
    criteria = read_criteria(data, file.name)
    for language in criteria.languages if criteria.letter else ():
        for count in (0, 1, 30):
            inspection = Inspection("A service", criteria.id, criteria.hash, language=language)
            people = made_up_interviews(criteria, min(count, 5))
            findings = count_findings(criteria, made_up_cases(criteria, count), people)
            try:
                report_on(inspection, findings)
            except SqsError as error:
                wrong.append(f"no letter in '{language}' from {count} cases: {error}")
    assert not wrong, f"{file.name}:\n  " + "\n  ".join(wrong)


__all__ = [
    "check_criteria",
    "check_renderer",
    "letter_words",
    "reference",
    "sample_report",
    "sample_reports",
    "without_marks",
]
