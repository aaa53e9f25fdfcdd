"""An edited letter as a web page with each claim marked, in words and not by colour alone."""

from __future__ import annotations

from html import escape

from sqs_core.claims.check import LetterCheck
from sqs_core.claims.claim import STATUSES, Claim, Unread
from sqs_core.documents.passages import Passage

SIGNS = {"holds": "✓", "fails": "✗", "question": "?", "unverifiable": "–", "unread": "○"}
TITLES = {
    "fails": "fails: the records say otherwise",
    "question": "question: two numbers that do not meet",
    "unverifiable": "cannot be verified",
    "holds": "holds",
    "unread": "not checked: no claim covers it",
}
STYLE = """
:root { color-scheme: light dark; --ink: #0b0c0c; --paper: #fff; --rule: #767b7f; --fails: #ffd5d0; \
--question: #fff0b3; --unverifiable: #e6e6e6; --holds: #dff3e4; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --paper: #14181b; --fails: #6b1a12; \
--question: #5a4700; --unverifiable: #3a3f43; --holds: #124a26; } }
body { margin: 0; background: var(--paper); color: var(--ink); \
font: 1.0625rem/1.6 Arial, Helvetica, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
mark { color: inherit; padding: 0 .15em; border-bottom: 2px solid var(--ink); }
mark.fails { background: var(--fails); border-bottom-style: double; border-bottom-width: 4px; }
mark.question { background: var(--question); border-bottom-style: dashed; }
mark.unverifiable { background: var(--unverifiable); border-bottom-style: dotted; }
mark.unread { background: transparent; border-bottom-style: dotted; border-bottom-width: 1px; }
mark.holds { background: var(--holds); border-bottom-width: 1px; }
ul.claims { margin: -.5rem 0 1.25rem; padding-left: 1.5rem; font-size: .9375rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem .25rem 0; \
border-bottom: 1px solid var(--rule); }
"""


def annotated_html(letter: LetterCheck, *, title: str, language: str) -> str:
    """Return the letter with its claims marked; what does not hold is explained under its paragraph."""
    counts: dict[str, int] = {status: letter.count(status) for status in STATUSES}
    counts["unread"] = len(letter.unread)
    rows = "\n".join(
        f"<tr><td>{SIGNS[s]}</td><td>{TITLES[s]}</td><td>{n}</td></tr>" for s, n in counts.items()
    )
    by_block: dict[int, list[Claim | Unread]] = {}
    marked: list[Claim | Unread] = [*letter.claims, *letter.unread]
    for found in marked:
        by_block.setdefault(found.block, []).append(found)
    body = "\n".join(_block(block, by_block.get(block.index, [])) for block in letter.passages)
    return f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<table>
<thead><tr><th>Mark</th><th>Meaning</th><th>Claims</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
{body}
</main>
</body>
</html>
"""


def _block(block: Passage, found: list[Claim | Unread]) -> str:
    words, place = "", 0
    # A question is about words that are a claim already; it stands below.
    marked = sorted((f for f in found if f.status != "question"), key=lambda f: f.span)
    for mark in marked:
        start, end = mark.span
        if start < place:
            continue
        words += escape(block.text[place:start])
        words += f'<mark class="{mark.status}" title="{escape(_line(mark), quote=True)}">'
        words += escape(block.text[start:end]) + f"<sup>{SIGNS[mark.status]}</sup></mark>"
        place = end
    words += escape(block.text[place:])
    tag = "h2" if block.heading else "p"
    said = "".join(
        f"<li>{SIGNS[f.status]} <q>{escape(f.quote)}</q> {escape(_line(f))}</li>"
        for f in found
        if f.status != "holds"
    )
    return f"<{tag}>{words}</{tag}>" + (f'\n<ul class="claims">{said}</ul>' if said else "")


def _line(found: Claim | Unread) -> str:
    """Return what there is to say of a claim, or of a number that is none, in a line."""
    title = TITLES[found.status]
    return f"{title}; {found.remark}" if found.remark else title
