"""Build the site: the pages of this folder, and those made from the program itself.

    pip install -e .[docs]
    python docs/build.py [FOLDER]

The site is written into ``site/`` unless a folder is named, and can be read from the disk without a server.
The pages of the commands are made from their parsers, those of the criteria from their files, those of the
library from its docstrings; none of these is kept.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import sqs_core
from sqs_core.cli.commands import GROUPS
from sqs_core.cli.help import EXIT_CODES
from sqs_core.cli.parser import command_parser
from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.conditions import describe_condition
from sqs_core.criteria.vocabulary import whose_words
from sqs_core.storage.library import load_criteria

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
# Pages that stand elsewhere in the repository, because that is where their readers look first.
GUESTS = {
    "README.md": "install.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "packaging/windows/README.md": "windows-packages.md",
    "plugins/template-renderer/README.md": "template-renderer.md",
    "plugins/template-criteria/README.md": "template-criteria.md",
}
VERSIONS = (
    *("sqs-2012", "yjs-2018", "yjs-2021", "hmip-youth-2025", "fji-2014"),
    *("local-audit", "social-care-audit"),
)
# What the theme's pages lack for WCAG 2.2 AA, says axe: levels of headings, names of landmarks, heads
# of columns that say nothing, and a way by keyboard to what scrolls sideways in a narrow window.
MENDED = {
    'role="heading">': 'role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    "<pre>": '<pre tabindex="0">',
    '<th class="head"><p></p></th>': "<td></td>",
    '<div id="search-results"></div>': '<h1>Search</h1><div id="search-results"></div>',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
}
MARKUP = re.compile(r"([\\`*_<>\[\]{}|#~^$])")
LINK = re.compile(r"\]\(([^)#:]+)(#[^)]*)?\)")
ROOMS = {
    "errors": "Mistakes",
    "criteria": "Criteria",
    "records": "Records",
    "scoring": "Counting",
    "letter": "The letter",
    "claims": "An edited letter",
    "workflow": "What one does with a folder",
    "exports": "Tables",
    "storage": "Folders and files",
    "plugins": "Plugins",
}
# pluggy's marker is a value of another library, and says nothing of itself.
NOT_SHOWN = {"hookimpl"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the site; return 1 where a page has a fault, such as a link to nothing."""
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("folder", nargs="?", type=Path, default=CHECKOUT / "site", help="where (site/)")
    target = parser.parse_args(arguments).folder
    try:
        from sphinx.cmd.build import build_main
    except ModuleNotFoundError:
        print("the site is built by Sphinx, which is not installed: pip install -e .[docs]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place) / "pages"
        lay_out(stage)
        words = ["-q", "-W", "--keep-going", "-b", "html", "-c", str(HERE), "-d", f"{place}/doctrees"]
        code: int = build_main([*words, str(stage), str(target)])
    if not code:
        for page in target.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            for bare, mended in MENDED.items():
                text = text.replace(bare, mended)
            page.write_text(text, encoding="utf-8")
        (target / ".buildinfo").unlink(missing_ok=True)
        print(f"{target / 'index.html'}")
    return code


def lay_out(stage: Path) -> None:
    """Put every page of the site into ``stage``, written ones and made ones."""
    shutil.copytree(HERE, stage, ignore=shutil.ignore_patterns("*.py", "*.1", "__pycache__"))
    for source, name in GUESTS.items():
        text = (CHECKOUT / source).read_text(encoding="utf-8")
        if source == "README.md":  # the rest of it is what the site begins with
            text = "# Try it" + text.partition("## Try it")[2].partition("The tests:")[0]
        (stage / name).write_text(text, encoding="utf-8")
    for name, text in made().items():
        (stage / name).write_text(text, encoding="utf-8")
    here = {page.relative_to(stage).as_posix() for page in stage.rglob("*.md")}
    for page in stage.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(links(text, page.relative_to(stage), here), encoding="utf-8")


def made() -> dict[str, str]:
    """Return the pages that are made from the program, by name."""
    pages = {f"criteria-{name}.md": "\n".join(criteria_page(name)) + "\n" for name in VERSIONS}
    written = {"commands.md": command_page(), "api.md": api_page(), "plugin-files.md": plugin_page()}
    return pages | {name: "\n".join(lines) + "\n" for name, lines in written.items()}


def links(text: str, page: Path, here: set[str]) -> str:
    """Return ``text`` with its links as the site has them; one to a file that is no page is plain words."""
    home = next((Path(source).parent for source, name in GUESTS.items() if name == page.name), None)
    folder = home if home is not None else Path("docs") / page.parent

    def link(found: re.Match[str]) -> str:
        target, anchor = found[1], found[2] or ""
        parts: list[str] = []
        for part in (folder / target).as_posix().split("/"):
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        place = "/".join(parts)
        name = GUESTS.get(place) or place.removeprefix("docs/")
        if name in here or (HERE / name).is_file():
            up = "../" * (len(page.parts) - 1)
            return f"]({up}{name}{anchor})"
        return f"](#{NO_PAGE})"

    return re.sub(rf"\[([^\]]+)\]\(#{NO_PAGE}\)", r"\1", LINK.sub(link, text))


NO_PAGE = "not-a-page-of-the-site"


def plain(text: object) -> str:
    """Return ``text`` with what Markdown would take for markup escaped, on one line."""
    return MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def plugin_page() -> Iterator[str]:
    """Yield the page of the plugins that are there to be copied."""
    yield from (
        "# Plugins to copy",
        "",
        "Each is one file: put it into the folder `plugins` beside your settings, and it is",
        "there (`~/.config/sqs/plugins`, on Windows `%LOCALAPPDATA%\\sqs\\plugins`).",
        "[Plugins](plugins.md) says what they may rely on.",
    )
    for file in sorted((CHECKOUT / "examples" / "plugins").glob("*.py")):
        yield from ("", f"## {file.name}", "", "```python", file.read_text(encoding="utf-8").rstrip(), "```")


def command_page() -> Iterator[str]:
    """Yield the page of all commands, group by group, from their parsers."""
    yield from (
        "# Commands",
        "",
        "Made from the commands' own help: `sqs COMMAND --help` prints the same. `sqs help WORD` finds the",
        "command that has to do with a word, such as `sqs help lock`.",
        "Data goes to stdout and words to stderr; [JSON](json.md) describes what `--json` prints.",
        "",
        "## Exit codes",
        "",
        "| code | means |",
        "|---|---|",
        *("| {} | {} |".format(*line.split(maxsplit=1)) for line in EXIT_CODES.splitlines()),
    )  # fmt: skip
    for group in GROUPS:
        yield from ("", f"## {group.name.capitalize()}", "", f"{group.purpose.capitalize()}.")
        for name in group.commands:
            yield from ("", f"### sqs {name}", *parser_lines(command_parser(name)))


def parser_lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield what a command is for, how it is called, its examples and its arguments."""
    purpose, _, examples = (parser.description or "").partition("examples:\n")
    usage = re.sub(r"^usage: ", "", parser.format_usage(), flags=re.IGNORECASE)
    for paragraph in filter(None, purpose.strip().split("\n\n")):
        yield from ("", plain(paragraph))
    yield from ("", "```text", *usage.rstrip().splitlines(), "```")
    if examples:
        yield from ("", "For example:", "", "```text")
        yield from (line.removeprefix("  ") for line in examples.rstrip().splitlines())
        yield "```"
    formatter = argparse.HelpFormatter(prog=parser.prog)
    actions: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            actions = action.choices
        elif action.help != argparse.SUPPRESS and action.dest != "help":
            words = formatter._format_action_invocation(action)
            help_text = formatter._expand_help(action) if action.help else ""
            yield from ("", f"`{words}`", f": {plain(help_text) or '–'}")
    for name, inner in actions.items():
        yield from ("", f"#### {parser.prog} {name}", *parser_lines(inner))


def criteria_page(name: str) -> Iterator[str]:
    """Yield what a criteria version asks, when, and how it may be answered."""
    criteria = load_criteria(name, plugins=False)
    yield from (f"# Criteria {criteria.id}", "", f"*{plain(criteria.title)}*", "", plain(criteria.source))
    yield from (
        "",
        f"Made from `{criteria.id}.toml`. Its ids are what `sqs answer` and live figures in a letter name.",
    )
    yield from ("", "## Facts of a case", "", "| fact | what it says | kind |", "|---|---|---|")
    for fact in criteria.facts:
        kinds = ", ".join(f"`{choice.id}`" for choice in fact.choices) or fact.kind
        yield f"| `{fact.id}` | {plain(fact.text)} | {kinds} |"
    for theme in criteria.themes:
        yield from ("", f"## {plain(theme.title)}")
        if words := whose_words(criteria, theme):
            yield from ("", f"*Title: {plain(words)}*")
        for question in criteria.questions:
            if question.theme == theme.id:
                yield from (
                    "",
                    f"### {question.id}",
                    "",
                    plain(question.text),
                    *question_lines(criteria, question),
                )
    if criteria.interview_questions:
        yield from ("", "## Asked of staff", "", "| question | text |", "|---|---|")
        yield from (f"| `{one.id}` | {plain(one.text)} |" for one in criteria.interview_questions)
    if criteria.subsets:
        yield from ("", "## Subsets", "", "Any question can be counted for these alone.", "")
        yield from ("| subset | cases | when |", "|---|---|---|")
        yield from (
            f"| `{one.id}` | {plain(one.text)} | {plain(describe_condition(one.when))} |"
            for one in criteria.subsets
        )
    if criteria.rollups:
        yield from ("", "## Ratings", "", "| rating | model | of |", "|---|---|---|")
        for one in criteria.rollups:
            parts = ", ".join(f"`{part}`" for part in one.of)
            yield f"| {plain(one.title)} (`{one.id}`) | {one.model} | {parts} |"


def question_lines(criteria: Criteria, question: Question) -> Iterator[str]:
    """Yield when a question is asked, its guidance, outcomes, points to weigh, wording and reasons."""
    if question.guidance:
        yield from ("", plain(question.guidance))
    yield from ("", f"- Asked: {plain(describe_condition(question.when))}")
    outcomes = (f"`{one.id}` ({plain(one.text)})" for one in criteria.outcomes_of(question))
    yield f"- Outcomes: {', '.join(outcomes)}"
    if question.prompts:
        yield f"- Points to weigh: {'; '.join(f'{plain(one.text)} (`{one.id}`)' for one in question.prompts)}"
    if words := whose_words(criteria, question):
        yield f"- Wording: {plain(words)}"
    reasons = [f"{plain(one.text)} (`{one.id}`)" for one in criteria.reasons_of(question)]
    if reasons:
        yield f"- Reasons: {'; '.join(reasons)}"


def api_page() -> Iterator[str]:
    """Yield the page of the library: every public name of ``sqs_core``, by the room it stands in."""
    yield from (
        "# The library",
        "",
        "Every name here is imported from `sqs_core`: `from sqs_core import open_inspection`.",
        "[From folder to figure to data frame](library.md) is the way in; this page is made from docstrings.",
    )
    names: dict[str, list[str]] = {}
    for name in sqs_core.__all__:
        if name not in NOT_SHOWN:
            names.setdefault(sqs_core._HOMES[name].split(".")[1], []).append(name)
    for room in sorted(names, key=list(ROOMS).index):
        yield from ("", f"## {ROOMS[room]}", "", "```{eval-rst}", ".. currentmodule:: sqs_core")
        for name in sorted(names[room]):
            value = getattr(sqs_core, name)
            kind = "class" if isinstance(value, type) else "function" if callable(value) else "data"
            yield from ("", f".. auto{kind}:: sqs_core.{name}")
            if kind == "class":
                yield "   :members:"
        yield "```"
    yield from (
        "",
        "## For plugins",
        "",
        "A plugin is also given these values, and imports these modules.",
        "",
        "```{eval-rst}",
    )
    for name in ("Fact", "Outcome", "Question", "Reason", "Text", "Theme"):  # of which Criteria is made
        yield from ("", f".. autoclass:: sqs_core.criteria.{name}", "   :members:")
    for module in (
        "sqs_core.letter.document",
        "sqs_core.letter.sheets",
        "sqs_core.plugins.testing",
        "sqs_core.plugins.fixtures",
    ):
        import_module(module)
        yield from ("", f".. automodule:: {module}", "   :members:", "   :no-index:")
    yield "```"


if __name__ == "__main__":
    sys.exit(main())
