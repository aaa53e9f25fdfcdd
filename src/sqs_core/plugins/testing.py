"""The kit for authors of plugins: reports with every edge, and checks that say what is wrong.

It uses only the public library, so anything it does, a plugin's own tests can do too.

As fixtures of pytest they are in :mod:`sqs_core.plugins.fixtures`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.resources.abc import Traversable
from itertools import zip_longest
from pathlib import Path

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.letter.document import Document, Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.report import Report
from sqs_core.plugins.document_reader import DocumentReader, wrong_with_reader
from sqs_core.plugins.pages import PAGES, live_markdown, page_of
from sqs_core.plugins.remote import checked_paragraphs
from sqs_core.plugins.renderer import Renderer, wrong_with
from sqs_core.plugins.reproducible import dated_today, wrong_in_another_process
from sqs_core.plugins.samples import CANARY, MARKUP, TAGS, reference, samples, untouched
from sqs_core.plugins.well_formed import ill_formed

Extract = Callable[[bytes], str]
KINDS = (
    "full",
    "one-case",
    "empty",
    "accented",
    "markup",
    "control",
    "long",
    "odd-criteria",
    "four-grades",
    "rated",
    "welsh",
    "no-letter",
    "practice",
    "draft",
    "many-cases",
    "six-themes",
)
"""The kinds of samples."""


def sample_report(
    kind: str = "full", *, criteria: Criteria | None = None, options: Mapping[str, str] | None = None
) -> Report:
    """Return a made-up report of one kind.

    - ``full``, ``one-case``, ``empty``: 14 cases with every outcome, reason and state; one; none
    - ``accented``, ``welsh``: Welsh and other accented letters; a letter in Welsh
    - ``markup``: text that HTML, Markdown, TeX, Typst, spreadsheets and templates would act on
    - ``odd-criteria``: the same, and newlines, in title, themes, questions, reasons and outcomes
    - ``control``: composed from text with control characters
    - ``long``: paragraphs of thousands of words, a word of 320 letters
    - ``four-grades``, ``rated``: two outcomes above and two below the line; ratings
    - ``six-themes``: six themes, a seventh without questions, no interviews
    - ``no-letter``: a version that plans no letter
    - ``practice``, ``draft``: marked so on every page
    - ``many-cases``: 24 cases

    ``criteria`` are those it is made under; without them each kind is under the version that shows it best.
    ``options`` are those a user would give.

    >>> sample_report("many-cases")
    <Report on Service of the plan for the work with each child: 24 cases>

    Raises:
        KeyError: for any other kind.
    """
    return samples(options or {}, criteria)[kind]


def sample_reports(
    *, criteria: Criteria | None = None, options: Mapping[str, str] | None = None
) -> Mapping[str, Report]:
    """Return every sample report by its kind.

    >>> len(sample_reports())
    16
    """
    return samples(options or {}, criteria)


def letter_words(document: Document) -> list[str]:
    """Return the words of a letter in reading order, with printed numbers, without list marks.

    What every renderer of the letter must show, neither more nor less.

    >>> letter_words(Document("A letter", "en", (Paragraph(("It was good.",), number="1.1"),)))
    ['1.1.', 'It', 'was', 'good.']
    """
    parts = _parts(document)
    return [word for number, text in parts for word in (f"{number}. {text}" if number else text).split()]


def _parts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the number, or "", and the words of each heading, paragraph, item and line."""
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
    """Return ``words`` of a rendered letter without bullets and roman numerals at the head of list items.

    The list marks are taken out only where the document has an item, so that a lost word is
    still missed.

    >>> without_marks(Document("", "en", (Items("bullet", (Paragraph(("one",)),)),)), ["•", "one"])
    ['one']
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
    """Raise AssertionError with everything that is wrong with ``renderer``, one line each.

    It must give a file that is what its media type says for every sample report, and under each value that
    an option lists (of a number the least, of a text some markup; a file is for you to try): the same each
    time, in another process and on another day.  It must print and write nothing, ask no network, leave its
    report alone; escape what people wrote; bear the marks; and, unless it declares ``needs_records``, name no
    case.  Every part of the letter must be in a file that is HTML or plain text, in order, with its number.
    ``extract`` turns a file of any kind into text: with it every word of the letter must be there in order,
    and nothing else.  ``whole_letter`` false is for boards and summaries, of which neither is asked.

    >>> check_renderer(load_plugins(plugins=False).renderer("text"))
    """
    wrong = [*wrong_with(renderer), *_ill_prepared(renderer)]
    reports = {
        kind: report
        for kind, report in samples(options or {}).items()
        if kind != "no-letter" or not renderer.needs_letter
    }
    pristine = untouched()
    faults: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for kind, report in reports.items():
        found, mistakes = _rendered_well(renderer, report, extract, whole_letter)
        if found and evolve(report, options=pristine[kind].options) != pristine[kind]:
            mistakes.append("changes the report")
        for fault in mistakes:
            faults.setdefault(fault, []).append(kind)
        if found:
            files[kind] = found
    if len(files) > 1 and len(set(files.values())) == 1:
        wrong.append("gives the same file whatever the report")
    if not (wrong or faults):
        wrong += _wrong_options(renderer, options or {})
        if renderer.render(reports["full"]) != files["full"]:
            wrong.append("gives another file after it has made others: look for what it keeps between calls")
    if not (wrong or faults):  # a process of its own costs a moment, and would say the same again
        wrong += wrong_in_another_process(renderer, files, options or {})
    for fault, kinds in faults.items():
        wrong.append(f"{'every sample' if len(kinds) == len(reports) else ', '.join(kinds)}: {fault}")
    assert not wrong, f"renderer '{renderer.name}':\n  " + "\n  ".join(wrong)


def _wrong_options(renderer: Renderer, given: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with ``renderer`` under each value that its options can have."""
    for name in renderer.options:
        option = renderer.option(name)
        if name in given or option.kind in ("file", "folder"):
            continue  # which would do, only its author knows
        listed = (str(option.least),) if option.kind == "number" else option.values
        for value in listed or (MARKUP, TAGS):
            report = samples({**given, name: value})["full"]
            prefix = f"with --option {name}={value if listed else '…'}"
            try:
                with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                    made = renderer.render(report)
            except Exception as error:
                if listed:  # of a text it may say that it will not do
                    yield f"{prefix}: raises {type(error).__name__}: {error}"
                continue
            yield from (f"{prefix}: {fault}" for fault in _file_wrong(renderer, made))


def _file_wrong(renderer: Renderer, made: object) -> Iterator[str]:
    """Yield what is wrong with a file whatever it was made of."""
    if not isinstance(made, bytes) or not made:
        yield f"gives {type(made).__name__ if made != b'' else 'no bytes'} instead of a file"
        return
    yield from ill_formed(made, renderer.media_type)
    if renderer.media_type.startswith(PAGES):
        yield from page_of(made).wrong
    if renderer.media_type.startswith("text/markdown"):
        yield from live_markdown(made)


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
    try:
        with redirect_stdout(said), redirect_stderr(said):
            first, second = renderer.render(report), renderer.render(report)
    except Exception as error:
        return None, [f"raises {type(error).__name__}: {error}"]
    except SystemExit:
        return None, ["calls sys.exit"]
    wrong = [*_file_wrong(renderer, first)]
    if not isinstance(first, bytes) or not first:
        return None, wrong
    if said.getvalue():
        wrong.append("prints; what it prints is dropped")
    if first != second:
        wrong.append("gives other bytes the second time: look for dates, random ids and sets")
    text = extract(first) if extract is not None else None
    everything = "\n".join((*_members(first), text or ""))
    wrong += _leaks(renderer, report, everything)
    wrong += dated_today(first, everything)
    page = page_of(first) if renderer.media_type.startswith(PAGES) else None
    if page and page.language is not None and renderer.needs_letter:
        wrong += _other_language(page.language, report.document.language)
    shown = text
    if shown is None and page:
        shown = page.words
    elif shown is None and renderer.media_type.startswith("text/"):
        shown = first.decode("utf-8", "replace")
    if shown is not None:
        wrong += (f"lacks the mark {mark.word}" for mark in report.marks if mark.word not in everything)
    as_read = text is not None or renderer.media_type.startswith(("text/html", "text/plain"))
    if text is not None and not report.marks:
        wrong += _words_wrong(report, text, whole_letter)
    elif shown is not None and as_read and whole_letter and renderer.needs_letter:
        wrong += _left_out(report, shown)
    return first, wrong


def _other_language(said: str, meant: str) -> Iterator[str]:
    if said.partition("-")[0] != meant.partition("-")[0]:
        yield f'says lang="{said}" where the letter is in "{meant}"'


def _leaks(renderer: Renderer, report: Report, everything: str) -> list[str]:
    wrong = []
    if CANARY in everything:
        wrong.append("holds a private note of a case")
    cases = report.findings.cases
    named = tuple(case for case in cases if case in everything)
    if named and not renderer.needs_records:
        wrong.append(f"names case {named[0]}, but does not declare needs_records")
    elif LEAST_LIST <= len(named) < len(cases) and named == cases[: len(named)]:
        wrong.append(f"names the first {len(named)} of {len(cases)} cases: does it stop there?")
    return wrong


LEAST_LIST = 10
"""Cases from which on those named are taken for a list of all."""


def _members(data: bytes) -> list[str]:
    """Return the file as text; the members of a zip one by one, for they are compressed."""
    if not data.startswith(b"PK"):
        return [data.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name).decode("utf-8", "replace") for name in package.namelist()]


def _left_out(report: Report, text: str) -> list[str]:
    """The first part of the letter that is not in its place in ``text``; how it is spaced is left open."""
    shown = "".join(text.split())
    for mark in report.marks:  # they stand between the lines of a paragraph that goes on overleaf
        shown = shown.replace("".join(str(mark).split()), "")
    place = 0
    for number, part in _parts(report.document):
        words = part.split()
        whole = "".join(words)
        at = shown.find(whole, place)
        if at < 0 and whole in shown:
            return [f"has “{' '.join(words[:6])}” before what stands above it in the letter"]
        if at < 0:
            kept = next(n for n in range(len(words)) if "".join(words[: n + 1]) not in shown)
            after = f"after “{' '.join(words[max(0, kept - 6) : kept])}” it" if kept else "it"
            lost = " ".join(words[kept : kept + 6])
            return [f"{after} lacks “{lost}” of the letter; for a summary say whole_letter=False"]
        if number not in shown[max(0, at - len(number) - 4) : at]:
            return [f"lacks the number {number} before “{' '.join(words[:6])}”"]
        place = at + len(whole)
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
    """Raise AssertionError with everything that is wrong with a criteria file, one line each.

    It must be readable and lint clean (advice apart), as it must where ``sqs`` is to use it; and
    compose a letter in each of its languages from no case, from one case and from many, and from
    as many interviews.

    >>> check_criteria(Path("my-audit.toml"))
    Traceback (most recent call last):
    AssertionError: my-audit.toml: ...
    """
    from sqs_core import Inspection, SqsError, count_findings, lint_criteria, read_criteria, report_on
    from sqs_core.plugins.samples import made_up_cases, made_up_interviews

    data = file.read_bytes()
    wrong = [str(problem) for problem in lint_criteria(data, file.name) if not problem.advice]
    assert not wrong, f"{file.name}:\n  " + "\n  ".join(wrong)
    criteria = read_criteria(data, file.name)
    first, *others = [criteria.of(p.id) for p in criteria.populations] or [criteria]
    for language in criteria.languages if criteria.letter else ():
        for count in (0, 1, 30):
            inspection = Inspection("A service", criteria.id, criteria.hash, language=language)
            people = made_up_interviews(criteria, min(count, 5))
            counted = {
                p.id: count_findings(one, made_up_cases(one, count))
                for p, one in zip(criteria.populations[1:], others, strict=True)
            }
            findings = count_findings(first, made_up_cases(first, count), people, others=counted)
            try:
                report_on(inspection, findings)
            except SqsError as error:
                wrong.append(f"no letter in '{language}' from {count} cases: {error}")
    assert not wrong, f"{file.name}:\n  " + "\n  ".join(wrong)


def check_reader(reader: DocumentReader, data: bytes, paragraphs: Sequence[str]) -> None:
    """Raise AssertionError with everything that is wrong with ``reader``, one line each.

    It must give ``paragraphs`` of the file ``data``, the same each time, and print nothing; a file cut
    short, an empty one and one of rubbish must be read or be an exception with a message.

    >>> lines = DocumentReader(".lines", "one paragraph a line", lambda data: data.decode().splitlines())
    >>> check_reader(lines, b"We saw\\nten cases.", ["We saw", "ten cases."])
    Traceback (most recent call last):
    AssertionError: reader of '.lines':
      a file of rubbish: raises UnicodeDecodeError: say what is wrong in words of your own
    """
    wrong = [*wrong_with_reader(reader)]
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            found = [checked_paragraphs(reader.read(data)) for _ in range(2)]
        except (Exception, SystemExit) as error:
            wrong.append(f"raises {type(error).__name__}: {error}")
        else:
            if found[0] != found[1]:
                wrong.append("gives other paragraphs the second time")
            wrong += _first_difference(found[0], paragraphs)
        for case, broken in (
            ("a file cut short", data[: len(data) // 2]),
            ("an empty file", b""),
            ("a file of rubbish", RUBBISH),
        ):
            try:
                checked_paragraphs(reader.read(broken))
            except ValueError as error:
                if type(error) is not ValueError:
                    wrong.append(
                        f"{case}: raises {type(error).__name__}: say what is wrong in words of your own"
                    )
            except (Exception, SystemExit) as error:
                wrong.append(f"{case}: raises {type(error).__name__}: say what is wrong in a ValueError")
    if said.getvalue():
        wrong.append("prints; what it prints is dropped")
    assert not wrong, f"reader of '{reader.suffix}':\n  " + "\n  ".join(wrong)


RUBBISH = bytes(range(256)) * 4


def _first_difference(found: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    for place, (have, want) in enumerate(zip_longest(found, wanted), 1):
        if have != want:
            yield f"paragraph {place} is {have!r}, not {want!r}"
            return


__all__ = [
    "KINDS",
    "check_criteria",
    "check_reader",
    "check_renderer",
    "letter_words",
    "reference",
    "sample_report",
    "sample_reports",
    "without_marks",
]
