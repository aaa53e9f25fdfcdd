"""What the testing kit makes of a web page: the words it shows, and whatever in it is live."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt

PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml")
_FETCHED = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)
_NAME = re.compile(r"[a-z_:][-\w:.]*", re.IGNORECASE)


class Page(NamedTuple):
    """The words of a page as they are read, and what is wrong with it, one line each.

    ``language`` is that of its <html>; None where it is a part of a page.
    """

    words: str
    wrong: tuple[str, ...]
    language: str | None


def page_of(data: bytes) -> Page:
    """Return the page in ``data``."""
    tags = _Tags()
    tags.feed(data.decode("utf-8", "replace"))
    tags.close()
    if tags.language is not None and "title" not in tags.seen:
        tags.wrong.append("has no <title>")
    return Page("".join(tags.words), tuple(sorted(set(tags.wrong))), tags.language)


def live_markdown(data: bytes) -> Iterator[str]:
    """Yield what a reader of the Markdown in ``data`` would make of the markup in the samples' texts."""
    page = MarkdownIt("commonmark").render(data.decode("utf-8", "replace"))
    for live, what in _LIVE.items():
        if live in page:
            yield f"lets {what} of what people wrote act: put a backslash before it"


_LIVE = {"<script>": "HTML", ">link</a>": "a link", "<em>": "stars or lines", "<code>code</code>": "code"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.seen: set[str] = set()
        self.language: str | None = None
        self.in_style = False

    def handle_endtag(self, tag: str) -> None:
        self.in_style = self.in_style and tag != "style"

    def handle_data(self, words: str) -> None:
        if not self.in_style:
            self.words.append(words)
        elif _FETCHED.search(words):
            self.wrong.append("refers to something outside the page: its style")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        self.seen.add(tag)
        if tag == "html":
            self.language = dict(attributes).get("lang") or ""
        if tag in ("script", "iframe", "object", "embed", "form", "base"):
            self.wrong.append(f"holds a <{tag}>")
        for name, value in attributes:
            if not _NAME.fullmatch(name):
                self.wrong.append(f"does not escape quotes in an attribute of <{tag}>")
            if name.startswith("on"):
                self.wrong.append(f"holds the script attribute {name}")
            followed = ("#",) if tag != "a" else ("#", "mailto:", "tel:", "https:")
            if name in ("src", "srcset", "action", "data", "poster", "http-equiv") or (
                name in ("href", "xlink:href") and not (value or "").startswith(followed)
            ):
                self.wrong.append(f"refers to something outside the page: {name}")
            if name == "style" and _FETCHED.search(value or ""):
                self.wrong.append("refers to something outside the page: style")
