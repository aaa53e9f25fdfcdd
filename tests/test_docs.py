"""The pages of the documentation do what they show: their code runs as it stands there, and their links lead somewhere.

A page says in HTML comments, which no reader sees, what its blocks need:

- ``<!-- begins with: leeds, north -->``: these folders are there, each a copy of the Darlington example, with its days in
  the month that the name ends in, if it does;
- ``<!-- file: poster.py -->`` and ``<!-- add to: audit.toml -->`` before a block: it is written to that file;
- ``<!-- needs: pandas -->``: run where that module is installed; ``<!-- only read -->``: run nowhere, because it
  changes the computer it is on.

In an ``sh`` block the lines that begin with ``sqs`` are run, and end with 0, or as ``# (exit 1)`` says.  The lines of a
block ``text output`` were printed by the block before it; ``…`` stands for anything.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from tests import warm

from conftest import CHECKOUT, EXAMPLE
from scripts import script

PAGES = (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md")))
BLOCK = re.compile(r"((?:^<!-- [^\n]+ -->\n)*)^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# What installs something or needs a terminal is tried elsewhere: by CI, or by the tests of the screens.
LEFT_OUT = re.compile(
    r"^(sqs$|sqs tui |sqs screen (?!.*<)|sqs view .*--follow|sqs --plain|(SQS_PLAIN=1 )sqs tui)"
)


class Block(NamedTuple):
    """A fenced block: what the comments before it say, its language, its text."""

    told: dict[str, str]
    language: str
    text: str


def name_of(page: Path) -> str:
    """The page's place in the checkout."""
    return page.relative_to(CHECKOUT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Every fenced block of a page."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [Block(comments(before), language, text) for before, language, text in found]


def comments(text: str) -> dict[str, str]:
    """What the HTML comments in ``text`` say, each by its first words."""
    told = re.findall(r"^<!-- ([a-z ]+)(?:: (.+?))? -->$", text, flags=re.MULTILINE)
    return dict(told)


RUN = [page for page in PAGES if any(one.language in ("sh", "python") for one in blocks(page))]


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_the_code_of_a_page_runs_as_it_stands_there(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.syspath_prepend(here)
    for name in comments(page.read_text(encoding="utf-8")).get("begins with", "").split(", "):
        if name:
            shutil.copytree(EXAMPLE, name)
            if month := re.search(r"\d{4}-\d\d$", name):
                header = Path(name, "inspection.toml")
                header.write_text(re.sub(r"2012-1[12]-", f"{month[0]}-", header.read_text()))
    env = {**os.environ, "COLUMNS": "80", "XDG_STATE_HOME": f"{tmp_path}", "XDG_CONFIG_HOME": f"{tmp_path}"}
    loaded = set(sys.modules)
    names: dict[str, object] = {"__name__": "page"}
    printed = ""
    for told, language, text in blocks(page):
        needed = told.get("needs", "")
        if "only read" in told or (needed and importlib.util.find_spec(needed) is None):
            continue
        if "file" in told or "add to" in told:
            with Path(told.get("file") or told["add to"]).open("a", encoding="utf-8") as file:
                file.write("\n" * ("add to" in told) + text)
        elif language == "sh":
            printed = "".join(shell(text, env))
        elif language == "python":
            printed = ran(text, names)
        elif language == "text output":
            shown = [line for line in text.splitlines() if line.strip() not in ("", "…")]
            assert [line for line in shown if line not in printed] == [], printed
    for name in set(sys.modules) - loaded:
        if getattr(sys.modules[name], "__file__", None) and str(here) in str(sys.modules[name].__file__):
            del sys.modules[name]


def shell(text: str, env: dict[str, str]) -> Iterator[str]:
    """Run the lines of a block that are ours; yield what each printed."""
    for line in text.splitlines():
        command, _, remark = line.partition("  #")
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").strip().partition("=")
            env[name] = value
        elif re.match(r"([A-Z_]+=\S+ )*sqs\b", command) and not LEFT_OUT.match(command.strip()):
            expected = re.search(r"\(exit (\d+)\)", remark)
            code, printed = ran_sqs(command, env)
            assert code == int(expected[1] if expected else 0), f"{line}\n{printed}"
            yield printed


def ran_sqs(command: str, env: Mapping[str, str]) -> tuple[int, str]:
    """Run one line of a shell that begins with ``sqs``; give its exit code and all it printed."""
    words = shlex.split(command)
    own = dict(word.split("=", 1) for word in words[: words.index("sqs")])
    words = words[words.index("sqs") + 1 :]
    typed, into = None, None
    for mark in ("<", ">", ">>"):
        if mark in words:
            place = words.index(mark)
            typed = Path(words[place + 1]).read_bytes() if mark == "<" else typed
            into = words[place + 1] if mark != "<" else into
            del words[place : place + 2]
    done = warm.run(words, cwd=Path.cwd(), env={**env, **own}, typed=typed)
    if into and not into.startswith(("~", "$")):
        Path(into).write_bytes(done.stdout)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def ran(code: str, names: dict[str, object]) -> str:
    """Run a block of Python; what a remark after ``print`` says is what it printed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "page", "exec"), names)
    printed = out.getvalue().splitlines()
    promised = re.findall(r"^ *print\(.*\)  # (.+)$", code, flags=re.MULTILINE)
    assert [line for line in promised if line not in printed] == []
    return out.getvalue()


def test_every_link_of_the_pages_leads_to_a_page_and_a_heading_that_are_there() -> None:
    lost = []
    for page in PAGES:
        for target in LINK.findall(
            re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        ):
            place, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target) or place in MADE:
                continue
            file = page if not place else (page.parent / place).resolve()
            if not file.exists() or (anchor and anchor not in anchors(file)):
                lost.append(f"{name_of(page)}: {target}")
    assert lost == []


def test_every_table_has_all_its_cells_and_every_page_is_linked_to_and_not_named_as_a_file() -> None:
    torn = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
            rows = table.splitlines()
            cells = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
            if len(cells) > 1 or not re.fullmatch(r"[|:\- ]+", "".join(rows[1:2])):
                torn.append(f"{name_of(page)}: {rows[0]}")
        if page.parent == CHECKOUT / "docs":
            torn += [f"{name_of(page)}: {named}" for named in re.findall(r"docs/[\w-]+\.md", text)]
    assert torn == []


# Made from the program when the site is built, and so in no checkout.
MADE = {
    "api.md",
    "commands.md",
    "../criteria-sqs-2012.md",
    "../criteria-local-audit.md",
    "plugin-files.md",
    "../plugin-files.md",
}


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page are linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_contents_of_the_site() -> None:
    index = (CHECKOUT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([\w./-]+)$", index, flags=re.MULTILINE))
    pages = {name_of(page).removeprefix("docs/").removesuffix(".md") for page in PAGES[1:]}
    assert pages - {"index"} - listed == set()


# What the generator and its parts say to each other of their own coming versions is not of our pages.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_the_site_builds_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    pytest.importorskip("furo", reason="the site's generator is not installed: pip install -e .[docs]")
    build = script("docs/build.py")
    assert build.main([str(tmp_path)]) == 0
    pages = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")}
    loads = re.compile(
        r'<(?:script|img|iframe)[^>]* src="https?:|<link[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="https?:'
    )
    assert [name for name, text in pages.items() if loads.search(text)] == []
    assert "sqs letter check" in pages["commands.html"]


def test_the_record_shown_is_the_one_in_the_example() -> None:
    (record,) = [one.text for one in blocks(CHECKOUT / "docs" / "files.md") if one.language == "toml"]
    assert record.strip() in (EXAMPLE / "cases" / "07.toml").read_text()


def test_every_place_that_the_map_names_is_there_and_every_room_is_on_it() -> None:
    page = (CHECKOUT / "docs" / "architecture.md").read_text()
    there = {f"/{path.relative_to(CHECKOUT).as_posix()}" for path in (CHECKOUT / "src").rglob("*.py")}
    folders = {f"/{path.relative_to(CHECKOUT).as_posix()}/" for path in (CHECKOUT / "src").rglob("*/")}
    named = re.findall(r"`([\w/]+(?:\.py|/))`", page)
    missing = [name for name in named if not any(place.endswith(f"/{name}") for place in there | folders)]
    assert [name for name in missing if not (CHECKOUT / name).exists()] == []
    rooms = {place.split("/")[3].removesuffix(".py") for place in there if place.startswith("/src/sqs_core/")}
    picture = page.partition("```text")[2].partition("```")[0]
    assert [room for room in sorted(rooms - {"__init__"}) if not re.search(rf"\b{room}\b", picture)] == []


def test_the_poster_of_the_tutorial_is_the_one_to_copy() -> None:
    shown = [one.text for one in blocks(CHECKOUT / "docs" / "tutorials" / "plugin-author.md")]
    assert (CHECKOUT / "examples" / "plugins" / "poster.py").read_text() in shown
