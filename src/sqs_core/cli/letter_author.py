"""``sqs letter propose``, ``map`` and ``accuracy``: beside the letter, for its author."""

from __future__ import annotations

from argparse import Namespace

from attrs import asdict, evolve

from sqs_core.cli.console import as_typed, echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import RecordError, UsageError
from sqs_core.exports.data import pick
from sqs_core.letter.claim_map import NOTICE, PARTS, claim_map
from sqs_core.letter.proposals import proposals
from sqs_core.records.narrative import AccuracyComment
from sqs_core.storage.findings import findings_of
from sqs_core.text import clean
from sqs_core.workflow.composing import compose_report


def run_propose(args: Namespace) -> int:
    """Print the weakest questions and the marked strengths; nothing is chosen."""
    folder = open_folder(args.dir)
    records, problems = folder.cases()
    if problems:
        raise RecordError(*problems)
    found = proposals(findings_of(folder), records, folder.narrative().record, most=args.most)
    if args.json:
        echo_json(asdict(found))
        return 0
    echo("Fell short most (an area for improvement is yours to choose and to word):")
    for weak in found.weak:
        mark = "in the letter" if weak.chosen else "not in the letter"
        enough = folder.criteria.in_its_words("good enough")
        echo(f"  {weak.question}  {weak.short}: {weak.k} of {weak.n} {enough}; {mark}")
        echo(f"    fell short: {' '.join(weak.cases)}")
        for reason, cases in weak.reasons.items():
            echo(f"    {reason}: {' '.join(cases)}")
    echo("\nStrengths that inspectors marked:")
    for strength in found.strengths:
        where = f" (paragraph {strength.paragraph})" if strength.paragraph else ""
        echo(f"  case {strength.case}, {strength.short}{where}: {strength.text}")
    if not found.strengths:
        echo("  none were marked")
    if found.met:
        echo("\nPoints met in every case in which they were weighed:")
        for point in found.met:
            echo(f"  {point.question}, {point.text}: {point.k} of {point.n}")
    echo_err(
        f"to choose one: sqs letter write {as_typed(args.dir)} improvement --text … --link QUESTION, "
        "or strength in its place"
    )
    return 0


def run_map(args: Namespace) -> int:
    """Print every figure with its cases."""
    found = claim_map(compose_report(open_folder(args.dir)).document)
    if args.json:
        figures = [{"paragraph": name, **pick(figure, *PARTS)} for name, figure in found]
        echo_json({"notice": NOTICE, "figures": figures})
        return 0
    echo(NOTICE + "\n")
    rows = [("para", "words", "number", "k/n", "asked", "figure", "its cases", "the others")]
    for name, f in found:
        cases = (" ".join(f.counted_cases) or "–", " ".join(f.others) or "–")
        rows.append((name, f.text, str(f.counted), f"{f.k}/{f.n}", str(f.asked), f.reference, *cases))
    echo(table(rows))
    return 0


def run_accuracy(args: Namespace) -> int:
    """Print the factual-accuracy log, after adding to it where a comment is given."""
    folder = open_folder(args.dir)
    stored = folder.narrative()
    log = stored.record.accuracy
    given = {
        name: clean(getattr(args, name) or "", name)
        for name in ("comment", "response", "change", "paragraph")
    }
    if given["comment"]:
        log = (*log, AccuracyComment(**given))
        folder.save_narrative(evolve(stored.record, accuracy=log), expect=stored.hash)
        echo_err(f"comment {len(log)} kept")
    elif any(given.values()):
        raise UsageError("a response or a change belongs to a comment; give --comment too")
    if args.json:
        echo_json({"comments": [asdict(comment) for comment in log]})
    else:
        for number, entry in enumerate(log, 1):
            echo(f"{number}. {entry.paragraph or 'whole letter'}: {entry.comment}")
            echo(f"   response: {entry.response or 'none yet'}\n   change: {entry.change or 'none'}")
        if not log:
            echo("no comments")
    return 0
