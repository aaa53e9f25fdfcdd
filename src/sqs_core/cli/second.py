"""Second marking: a few cases marked again, blind, then compared and agreed.

While a case is open for its second marking, its first marking is blinded: no command shows it, the
board leaves the case out and the letter waits.  The second inspector works with --second on 'sqs
fact', 'sqs answer' and 'sqs show', from a blank record: facts are judged anew too.

examples:
  sqs second draw leeds --n 3 --seed 11
  sqs second finish leeds 07
  sqs second differences leeds 07
  sqs second agree leeds 07 roh.plan second --why "The plan names no victim." --apply
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from attrs import asdict

from sqs_core.cli.arguments import takes_folder, takes_json, takes_many
from sqs_core.cli.completers import cases, questions
from sqs_core.cli.console import as_typed, echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.exports.data import pick
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.second_marking import decide
from sqs_core.scoring.differences import compare_markings, differing_points
from sqs_core.scoring.states import progress
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.effects import effect_of
from sqs_core.storage.moderation.agreed import markings, save_decisions, settled_case
from sqs_core.storage.moderation.second import (
    NONE_DRAWN,
    draw_due,
    draw_seconds,
    finish_second,
    second_case,
    second_ids,
)
from sqs_core.text import clean


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs second``."""
    parser.add_argument("action", choices=tuple(NEEDS), help="what to do")
    takes_folder(parser)
    parser.add_argument(
        "case", nargs="?", metavar="CASE", help="finish, differences, agree: the case", completer=cases
    )
    parser.add_argument(
        "item", nargs="?", metavar="QUESTION", help="agree: the question, or a fact", completer=questions
    )
    parser.add_argument(
        "taken",
        nargs="?",
        metavar="first|second|both|open|OUTCOME",
        help="agree: whose view; both (one outcome, the reasons of either); open (left for the lead); "
        "or another outcome",
    )
    parser.add_argument("--n", type=int, metavar="N", help="draw: how many cases")
    parser.add_argument("--seed", type=int, metavar="N", help="draw: any whole number; it is recorded")
    parser.add_argument("--due", action="store_true", help="draw: all that are in the version's grey zone")
    parser.add_argument("--incomplete", action="store_true", help="finish: with questions unanswered")
    parser.add_argument("--why", metavar="TEXT", help="agree: why it was agreed so")
    parser.add_argument(
        "--keep",
        choices=("both", "first", "second"),
        default="",
        help="agree: whose notes go with the answer; without, those of the view taken",
    )
    takes_many(parser, "--reason", "ID", "agree: a reason for another outcome; can be given again")
    parser.add_argument("--by", default="", metavar="INITIALS", help="agree: who agreed it")
    parser.add_argument("--apply", action="store_true", help="agree: write it; without, the effect is shown")
    takes_json(parser)


NEEDS = {
    "draw": (),
    "status": (),
    "finish": ("case",),
    "differences": ("case",),
    "agree": ("case", "item", "taken", "why"),
}


def run(args: Namespace) -> int:
    """Do one of the actions."""
    names = {"n": "--n N", "seed": "--seed N", "case": "CASE", "item": "QUESTION", "why": "--why TEXT"}
    names["taken"] = "first, second or an OUTCOME"
    if missing := [names[need] for need in NEEDS[args.action] if getattr(args, need) is None]:
        raise UsageError(f"sqs second {args.action} needs {', '.join(missing)}; see 'sqs second --help'")
    actions = {
        "draw": _draw,
        "status": _status,
        "finish": _finish,
        "differences": _differences,
        "agree": _agree,
    }
    return actions[args.action](open_folder(args.dir, args), args)


def _draw(folder: InspectionFolder, args: Namespace) -> int:
    if args.due:
        folder, drawn = draw_due(folder)
    elif args.n is None or args.seed is None:
        raise UsageError("sqs second draw needs --n N and --seed N, or --due; see 'sqs second --help'")
    else:
        folder, drawn = draw_seconds(folder, args.n, args.seed)
    among = folder.inspection.second_draws[-1].among
    if args.json:
        echo_json({"seed": args.seed, "among": among, "drawn": list(drawn)})
    else:
        echo("\n".join(drawn))
    how = "as its grey zone asks" if args.due else f"by seed {args.seed}"
    echo_err(
        f"drawn from {among} completely marked {folder.criteria.many} {how}; their first marking is blinded"
    )
    echo_err(f"next: sqs fact {as_typed(args.dir)} {drawn[0]} inspector=INITIALS NAME=VALUE … --second")
    return 0


def _status(folder: InspectionFolder, args: Namespace) -> int:
    rows = []
    for case in second_ids(folder):
        record = second_case(folder, case).record
        done, asked = progress(folder.criteria, record)
        rows.append((case, record.status, f"{done}/{asked}", record.inspector))
    if args.json:
        keys = ("case", "status", "done", "inspector")
        draws = [pick(draw, "seed", "among", "drawn") for draw in folder.inspection.second_draws]
        echo_json({"draws": draws, "cases": [dict(zip(keys, r, strict=True)) for r in rows]})
    elif rows:
        echo(table([("case", "second", "done", "inspector"), *rows]))
    else:
        echo(NONE_DRAWN)
    return 0


def _finish(folder: InspectionFolder, args: Namespace) -> int:
    finish_second(folder, args.case, incomplete=args.incomplete)
    named = folder.criteria.named(args.case)
    echo_err(f"the second marking of {named} is finished; both can be seen now, and neither changes")
    echo_err(f"next: sqs second differences {as_typed(args.dir)} {args.case}")
    return 0


def _differences(folder: InspectionFolder, args: Namespace) -> int:
    both = markings(folder, args.case)
    first, second, agreed = both.first.record, both.second.record, both.agreed.record
    criteria = folder.criteria
    found = compare_markings(criteria, first, second)
    if args.json:
        rows = []
        for d in found:
            decision = agreed.decided(d.item)
            row = pick(d, "item", "kind", "first", "second")
            if d.kind != "fact":
                row |= pick(d, "asked_first", "asked_second")
                row["notes"] = {"first": _notes(first, d.item), "second": _notes(second, d.item)}
                row["points"] = {
                    point.id: {"first": mine, "second": theirs}
                    for point, mine, theirs in differing_points(criteria.question(d.item), first, second)
                }
            row["agreed"] = decision and {
                "taken": decision.taken,
                "value": decision.agreed,
                **pick(decision, "why", "by"),
            }
            rows.append(row)
        inspectors = {"first": first.inspector, "second": second.inspector}
        echo_json({"case": args.case, "inspectors": inspectors, "differences": rows})
        return 0
    heads = (f"first {first.inspector}".strip(), f"second {second.inspector}".strip())
    lines: list[tuple[str, ...]] = [("", *heads, "agreed")]
    notes: list[str] = []
    for d in found:
        decision = agreed.decided(d.item)
        settled = f"{decision.agreed or '–'} ({decision.taken})" if decision else ""
        if d.same_outcome:
            settled = settled or f"same outcome, {d.kind} differ"
        views = ((d.first, d.asked_first), (d.second, d.asked_second))
        lines.append((d.item, *(view or "–" if asked else "not asked" for view, asked in views), settled))
        for whose, record in (("first", first), ("second", second)):
            notes += [f"{d.item} {whose} {k}: {v}" for k, v in _notes(record, d.item).items() if v]
        if d.kind != "fact":
            for point, *weights in differing_points(criteria.question(d.item), first, second):
                mine, theirs = (weight or "not weighed" for weight in weights)
                notes.append(f"{d.item} point {point.id}: first {mine}, second {theirs}")
        notes += [f"{d.item} agreed because: {decision.why}"] if decision else []
    echo(table(lines) if found else f"no differences in {criteria.named(args.case)}")
    if notes:
        echo("\n" + "\n".join(notes))
    return 0


def _notes(record: CaseRecord, item: str) -> dict[str, str]:
    answer: Answer = record.answer(item)
    return {"reasons": ", ".join(answer.reasons), "evidence": answer.evidence, "said": answer.said}


def _agree(folder: InspectionFolder, args: Namespace) -> int:
    both = markings(folder, args.case)
    why, by = clean(args.why, "the reason why"), clean(args.by, "the initials")
    first, second = both.first.record, both.second.record
    decision = decide(folder.criteria, first, second, args.item, args.taken, why, by, args.keep, args.reason)
    found = effect_of(folder, settled_case(folder, args.case, {args.item: decision}))
    if args.apply:
        save_decisions(folder, args.case, {args.item: decision})
    if args.json:
        echo_json(
            {
                "case": args.case,
                "item": args.item,
                **pick(decision, "taken", "first", "second", "agreed", "kept", "reasons"),
                "counts": [asdict(change) for change in found.counts],
                "letter": [asdict(change) for change in found.words],
                "left_out": found.left_out,
                "applied": args.apply,
            }
        )
    else:
        named = folder.criteria.named(args.case)
        echo(f"{named} {args.item}: first {decision.first or '–'}, second {decision.second or '–'}")
        whose = "neither marking's" if decision.taken == "other" else decision.taken
        reasons = f", because: {', '.join(decision.reasons)}" if decision.reasons else ""
        echo(f"agreed: {decision.agreed or '–'} ({whose}){reasons}\n")
        echo("board: " + ("\n       ".join(map(str, found.counts)) or "no count changes"))
        echo("letter: " + ("" if found.words else "no word changes"))
        for change in found.words:
            echo(f"  {change.number}\n  - {change.before or '(nothing)'}\n  + {change.after or '(nothing)'}")
    if found.left_out:
        echo_err(f"reckoned without {', '.join(found.left_out)}: they are being marked a second time")
    echo_err(
        "written; both markings stay as they were" if args.apply else "nothing written; --apply writes it"
    )
    return 0
