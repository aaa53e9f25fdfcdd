"""An edited letter as a web page with each claim marked, in words and not by colour alone."""

from __future__ import annotations

from html import escape

from sqs_core.claims.check import Checked
from sqs_core.claims.claim import STATUSES, Claim
from sqs_core.documents.passages import Passage

SIGNS = {"holds": "✓", "fails": "✗", "question": "?", "unverifiable": "–"}
TITLES = {
    "fails": "fails: the records say otherwise",
    "question": "question: two numbers that do not meet",
    "unverifiable": "cannot be verified",
    "holds": "holds",
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
mark.holds { background: var(--holds); border-bottom-width: 1px; }
ul.claims { margin: -.5rem 0 1.25rem; padding-left: 1.5rem; font-size: .9375rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem .25rem 0; \
border-bottom: 1px solid var(--rule); }
"""


def annotated_html(letter: Checked, *, title: str, language: str) -> str:
    """The letter with its claims marked; what does not hold is explained under its paragraph."""
    rows = "\n".join(
        f"<tr><td>{SIGNS[s]}</td><td>{TITLES[s]}</td><td>{letter.count(s)}</td></tr>" for s in STATUSES
    )
    by_block: dict[int, list[Claim]] = {}
    for claim in letter.claims:
        by_block.setdefault(claim.block, []).append(claim)
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


def _block(block: Passage, claims: list[Claim]) -> str:
    words, place = "", 0
    # A question is about words that are a claim already; it is told below.
    marked = sorted((c for c in claims if c.status != "question"), key=lambda c: c.span)
    for claim in marked:
        start, end = claim.span
        if start < place:
            continue
        sign = f"<sup>{SIGNS[claim.status]}</sup>"
        words += escape(block.text[place:start])
        words += f'<mark class="{claim.status}" title="{escape(_told(claim), quote=True)}">'
        words += escape(block.text[start:end]) + sign + "</mark>"
        place = end
    words += escape(block.text[place:])
    tag = "h2" if block.heading else "p"
    told = "".join(
        f"<li>{SIGNS[c.status]} <q>{escape(c.quote)}</q> {escape(_told(c))}</li>"
        for c in claims
        if c.status != "holds"
    )
    return f"<{tag}>{words}</{tag}>" + (f'\n<ul class="claims">{told}</ul>' if told else "")


def _told(claim: Claim) -> str:
    return f"{TITLES[claim.status]}; {remark(claim)}" if remark(claim) else TITLES[claim.status]


def remark(claim: Claim) -> str:
    """What there is to say of a claim: the measure, why, and the words the records would have."""
    parts = [", ".join(claim.figures), claim.why]
    if claim.status == "fails" and claim.words:
        parts.append(f"the words would be “{claim.words}”")
    return "; ".join(part for part in parts if part)
