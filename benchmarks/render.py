"""A letter from the records to the file, whole process, against others that write the same document.

Peers: LibreOffice and pandoc on the PATH; weasyprint, python-docx and odfdo in this Python, or in the one
that ``SQS_BENCH_PEERS`` names.  One that is not there is left out, and said so on stderr.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rounds import Row, Unavailable, against, interleaved
from startup import LIBRARIES, LIBRARIES_ARE

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "darlington-2012"
PEERS = os.environ.get("SQS_BENCH_PEERS", sys.executable)
# Ours, peer, what the peer does, and the goal.
PAIRS = (
    ("pdf", "weasyprint", "weasyprint, our web page to PDF/UA-1", None),
    ("pdf", "libreoffice", "LibreOffice, our Word file to PDF", 0.25),
    ("docx", "python-docx", "python-docx, the same document from JSON", 2),
    ("odt", "odfdo", "odfdo, the same document from JSON", 2),
    ("html", "pandoc", "pandoc, the same letter from Markdown", None),
)
WHAT = {
    "pdf": "the letter as PDF/UA-1",
    "docx": "the letter as a Word file",
    "odt": "the letter as an OpenDocument text",
    "html": "the letter as a web page",
}
# What the libraries cost in one process, before a line of ours has run: its name, the peer, what it is.
ALONE = (
    ("typst alone", "weasyprint", f"{LIBRARIES_ARE}, and typst on the same source and data"),
    ("typst alone", "libreoffice", f"{LIBRARIES_ARE}, and typst on the same source and data"),
    ("docx alone", "python-docx", f"{LIBRARIES_ARE}, and python-docx on an empty document"),
    ("odt alone", "odfdo", f"{LIBRARIES_ARE}, and odfdo on an empty document"),
    ("libraries alone", "pandoc", f"{LIBRARIES_ARE}, and does nothing"),
)
WEASYPRINT = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
PYTHON_DOCX = """
import json, sys
from docx import Document
letter = Document()
def add(block, style=None):
    letter.add_paragraph(" ".join(filter(None, (block["number"], block["text"]))), style)
for block in json.load(open(sys.argv[1]))["blocks"]:
    if block["block"] == "heading":
        add(block, f"Heading {block['level']}")
    elif block["block"] == "paragraph":
        add(block)
    elif block["block"] == "list":
        for item in block["items"]:
            add(item, "List Bullet")
    else:
        paragraph = letter.add_paragraph()
        for place, line in enumerate(block["lines"]):
            if place:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
letter.save(sys.argv[2])
"""

ODFDO = """
import json, sys
from odfdo import Document, Header, LineBreak, List, ListItem, Paragraph
letter = Document("text")
body = letter.body
body.clear()
for block in json.load(open(sys.argv[1]))["blocks"]:
    words = " ".join(filter(None, (block.get("number"), block.get("text"))))
    if block["block"] == "heading":
        body.append(Header(block["level"], words))
    elif block["block"] == "paragraph":
        body.append(Paragraph(words))
    elif block["block"] == "list":
        body.append(List([item["text"] for item in block["items"]]))
    else:
        paragraph = Paragraph()
        for place, line in enumerate(block["lines"]):
            if place:
                paragraph.append(LineBreak())
            paragraph.append(line)
        body.append(paragraph)
letter.save(sys.argv[2])
"""

EMPTY_DOCX = f"{LIBRARIES}\nimport docx, sys; docx.Document().save(sys.argv[1])"
EMPTY_ODT = f"{LIBRARIES}\nimport odfdo, sys; odfdo.Document('text').save(sys.argv[1])"
TYPST = f"""{LIBRARIES}
import sys, typst
source, data, target = sys.argv[1:]
inputs = dict(letter=open(data, encoding="utf-8").read())
typst.compile(
    source, output=target, ignore_system_fonts=True, format="pdf", sys_inputs=inputs, pdf_standards="ua-1"
)
"""
TYPST_DATA = """
import sys
from pathlib import Path
from sqs_core import compose_report, open_inspection
from sqs_pdf.letter import SOURCE, letter_data
Path(sys.argv[2]).write_text(letter_data(compose_report(open_inspection(sys.argv[1]))), encoding="utf-8")
Path(sys.argv[2]).with_name("letter.typ").write_bytes(SOURCE.read_bytes())
"""


def bench() -> list[Row]:
    """``sqs report`` as PDF, Word file, OpenDocument text and web page, each against its peers.

    Beside each peer what the libraries alone cost, which says how much of a goal is ours to reach.
    """
    with tempfile.TemporaryDirectory() as folder:
        contestants = _contestants(Path(folder))
        pairs = [pair for pair in PAIRS if pair[0] in contestants and pair[1] in contestants]
        if not pairs:
            raise Unavailable("none of weasyprint, LibreOffice, python-docx, odfdo and pandoc is here")
        alone = [pair for pair in ALONE if pair[0] in contestants and pair[1] in contestants]
        wanted = {name for ours, peer, *_ in (*pairs, *alone) for name in (ours, peer)}
        wanted.add("text")
        times = interleaved({name: run for name, run in contestants.items() if name in wanted})
    beyond = {
        f"{name} beyond text": [a - b for a, b in zip(times[name], times["text"], strict=True)]
        for name in WHAT
        if name in times
    }
    floors = {peer: floor for _, peer, floor, _ in PAIRS}
    return [
        *(
            against(times, ours, peer, what=f"{WHAT[ours]} (`sqs report`)", floor_is=floor, goal=goal)
            for ours, peer, floor, goal in pairs
        ),
        *(
            against(
                {**times, **beyond},
                f"{ours} beyond text",
                peer,
                what=f"{WHAT[ours]}: what it costs beyond the letter as text",
                floor_is=floor,
            )
            for ours, peer, floor, _ in pairs
        ),
        *(
            against(times, ours, peer, what=f"the libraries alone: {what}", floor_is=floors[peer])
            for ours, peer, what in alone
        ),
    ]


def _contestants(folder: Path) -> dict[str, Callable[[], object]]:
    """Every process that runs here, after one run of it."""
    report = [
        sys.executable,
        "-m",
        "sqs_core.cli",
        "report",
        str(shutil.copytree(EXAMPLE, folder / "records")),
    ]
    formats = [word for name in ("html", "markdown", "json") for word in ("-r", name)]
    subprocess.run([*report, *formats, "-o", str(folder / "in")], check=True, capture_output=True)
    source = folder / "in"
    data = folder / "letter-data.json"
    _run([sys.executable, "-c", TYPST_DATA, report[-1], str(data)], check=False)
    commands: dict[str, list[str]] = {
        "text": [*report, "-r", "text", "-o", str(folder / "ours.txt")],
        "html": [*report, "-r", "html", "-o", str(folder / "ours.html")],
        "docx": [*report, "-r", "docx", "-o", str(folder / "ours.docx")],
        "pdf": [*report, "-r", "pdf", "-o", str(folder / "ours.pdf")],
        "weasyprint": [PEERS, "-c", WEASYPRINT, str(source / "letter.html"), str(folder / "w.pdf")],
        "python-docx": [PEERS, "-c", PYTHON_DOCX, str(source / "letter.json"), str(folder / "p.docx")],
        "odt": [*report, "-r", "odt", "-o", str(folder / "ours.odt")],
        "odfdo": [PEERS, "-c", ODFDO, str(source / "letter.json"), str(folder / "p.odt")],
        "libraries alone": [sys.executable, "-c", LIBRARIES],
        "docx alone": [PEERS, "-c", EMPTY_DOCX, str(folder / "empty.docx")],
        "odt alone": [PEERS, "-c", EMPTY_ODT, str(folder / "empty.odt")],
        "typst alone": [
            sys.executable,
            "-c",
            TYPST,
            str(folder / "letter.typ"),
            str(data),
            str(folder / "t.pdf"),
        ],
        "pandoc": [
            "pandoc",
            "-s",
            str(source / "letter.md"),
            "-o",
            str(folder / "p.html"),
            "-M",
            "title=Letter",
        ],
        "libreoffice": [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder / "office"),
            str(folder / "ours.docx"),
        ],
    }
    found: dict[str, Callable[[], object]] = {}
    for name, command in commands.items():
        works = shutil.which(command[0]) and _run(command, check=False).returncode == 0
        if works:
            found[name] = lambda command=command: _run(command)  # type: ignore[misc]
        else:
            print(f"left out: {name}, which does not run here", file=sys.stderr)
    return found


def _run(command: Sequence[str], *, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Run ``command`` with plugins, which the other benchmarks leave out: these renderers are some."""
    environment = {name: value for name, value in os.environ.items() if name != "SQS_NO_PLUGINS"}
    return subprocess.run(command, check=check, capture_output=True, env=environment)
